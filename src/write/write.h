/* write: a document as text that leaves the program: one file an output format. */
#ifndef WRITE_H
#define WRITE_H

#include "doc/doc.h"

/* One JSON object on one line, as docs/schema.md says. */
void write_jsonl(const doc *d, const kb *k, bool tokens, buffer *out);
/* CoNLL-U, UD 2. */
void write_conllu(const doc *d, buffer *out);
/* For people; with ANSI colours where `colour`. */
void write_text(const doc *d, const kb *k, bool colour, buffer *out);
/* Rows of `entente code`, one an actor and recipient: separator ',' or '\t', or 0 for JSON lines. */
void write_rows_header(char separator, buffer *out);
void write_rows(const doc *d, const kb *k, char separator, bool all, buffer *out);

/* JSON pieces that the ledger and the answers use as well. */
void write_json_str(buffer *out, str s);
void write_csv_field(buffer *out, str s, char separator);

#endif
