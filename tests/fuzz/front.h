/* What the fuzz targets behind the pages share: the knowledge and the weights of the build, opened once. */
#ifndef FUZZ_FRONT_H
#define FUZZ_FRONT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entente.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static inline void must(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    abort();
}

/* By $ENTENTE_BUILD, the build folder. */
static inline const entente_kb *fuzz_kb(void)
{
    static entente_kb *kb;
    if (kb)
        return kb;
    char file[4096], model[4096];
    const char *build = getenv("ENTENTE_BUILD"), *paths[] = {file};
    entente_error e;
    must(build != NULL, "ENTENTE_BUILD names no build folder");
    snprintf(file, sizeof file, "%s/entente.kb", build);
    snprintf(model, sizeof model, "%s/en.model", build);
    must(!entente_kb_open(paths, 1, model, &kb, &e), "the knowledge cannot be opened");
    return kb;
}

/* What was written last. */
typedef struct written {
    char *at;
    size_t len;
} written;

static inline int fuzz_sink(void *closure, const char *bytes, size_t len)
{
    written *w = closure;
    w->at = realloc(w->at, w->len + len + 1);
    must(w->at != NULL, "out of memory");
    memcpy(w->at + w->len, bytes, len);
    w->len += len;
    w->at[w->len] = 0;
    return 0;
}

static inline void fuzz_file_write(const char *path, const uint8_t *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");
    must(f && fwrite(bytes, 1, len, f) == len && !fclose(f), "cannot write");
}

#endif
