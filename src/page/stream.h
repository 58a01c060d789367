/* stream: bytes of a file or of standard input, unpacked on the way. Apart from inside.h since zlib.h brings in names of
 * POSIX that doc.h has, too. */
#ifndef PAGE_STREAM_H
#define PAGE_STREAM_H

#include "base/base.h"

typedef struct stream stream;

/* "-" is standard input. 0 or ENTENTE_IO. */
int stream_open(const char *path, stream **ret_stream, entente_error *ret_error);
void stream_close(stream *s);
/* What comes next, at least `want` bytes of it unless the end is near. Valid until the next call. */
str stream_peek(stream *s, uint32_t want);
void stream_skip(stream *s, uint64_t bytes);
/* Bytes unpacked and skipped so far. */
uint64_t stream_at(const stream *s);
/* Why the bytes ended before their time, or NULL. */
const char *stream_fault(const stream *s);
/* Where, in unpacked bytes, a damaged member was left for the next one; UINT64_MAX where none was. */
uint64_t stream_damage(const stream *s);

#endif
