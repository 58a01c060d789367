#ifndef BENCH_GUNZIP_H
#define BENCH_GUNZIP_H

#include <stddef.h>

/* Unpacks one gzip member to `ret`, which has room for its `plain` bytes. */
void gunzip(const char *packed, size_t len, char *ret, size_t plain);

#endif
