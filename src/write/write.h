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

/* ---- pieces that the ledger and the answers use as well ---- */

void write_json_str(buffer *out, str s);
/* null where it is empty. */
void write_json_text(buffer *out, str s);
void write_json_day(buffer *out, day d);
/* {"from","to"} or null. */
void write_json_date(buffer *out, date d);
void write_uint(buffer *out, uint64_t value);
/* At most `decimals` (1 to 9) of them, without trailing zeros; needs |value| < 1e9. */
void write_real(buffer *out, double value, int decimals);
void write_csv_field(buffer *out, str s, char separator);

/* "file:line" of the lexicon, or what a loaded record gave. */
void write_rule(buffer *out, const kb *k, uint32_t line, str given);

/* The id of a finding: 16 hex digits, a hash of the document's id and of what was found. `nth` tells findings apart
 * that are alike in everything. */
typedef struct write_id {
    char hex[17];
} write_id;
write_id write_statement_id(const doc *d, uint32_t statement);
write_id write_event_id(const doc *d, uint32_t event);
write_id write_claim_id(const doc *d, uint32_t claim);

#endif
