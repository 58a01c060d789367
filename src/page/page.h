/* page: bytes of any input become clean text with blocks, links, turns, outlet and candidates for the date. */
#ifndef PAGE_H
#define PAGE_H

#include "doc/doc.h"

/* A cursor over the documents of one file, folder, archive, feed or of standard input ("-"). */
typedef struct page_reader page_reader;

/* `input` is an INPUT_ or INPUT_GUESS: told from name and bytes. 0, ENTENTE_IO or ENTENTE_USAGE. */
int page_reader_open(const char *path, uint8_t input, page_reader **ret_reader, entente_error *ret_error);
void page_reader_close(page_reader *r);

/* Resets `d` and loads the next document's bytes (doc->raw, input, given, head.origin). 1 loaded, 0 no more;
 * ENTENTE_REJECTED: what stood there cannot be used, `ret_error` says why and where, call again for the next. */
int page_reader_next(page_reader *r, doc *d, entente_error *ret_error);

/* Bytes to text: fills head, text, blocks, links, turns. 0 or ENTENTE_REJECTED. Input of kind conllu and record is
 * left alone (their layers come from elsewhere). */
int page_read(doc *d, const kb *k, entente_error *ret_error);

#endif
