/* A section put into a file of weights beside those that are there. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

void train_fail(const char *what)
{
    fprintf(stderr, "train: %s\n", what);
    exit(1);
}

typedef struct entry {
    char name[16];
    uint32_t kind, pad;
    uint64_t offset, size;
} entry;

void model_replace(const char *path, const char *name, const buffer *rows)
{
    char *at;
    size_t len;
    entente_error e;
    if (file_read(path, 256 << 20, &at, &len, &e))
        train_fail(e.text);
    uint32_t count = *(uint32_t *)(void *)(at + 12), kept = 0;
    entry all[32];
    const char *bytes[32];
    for (uint32_t i = 0; i < count && kept < 31; i++) {
        memcpy(&all[kept], at + 24 + i * sizeof *all, sizeof *all);
        bytes[kept] = at + all[kept].offset;
        kept += strcmp(all[kept].name, name) != 0;
    }
    all[kept] = (entry){.kind = MODEL_ROWS, .size = rows->len};
    snprintf(all[kept].name, sizeof all[kept].name, "%s", name);
    bytes[kept++] = rows->at;
    uint64_t offset = 24 + kept * sizeof *all;
    for (uint32_t i = 0; i < kept; i++) {
        all[i].offset = offset;
        offset += (all[i].size + 7) & ~(uint64_t)7;
    }
    FILE *f = fopen(path, "wb");
    uint32_t head[2] = {1, kept};
    if (!f)
        train_fail("the weights cannot be written");
    fwrite("ENTMODEL", 1, 8, f);
    fwrite(head, 1, 8, f);
    fwrite(&offset, 1, 8, f);
    fwrite(all, sizeof *all, kept, f);
    for (uint32_t i = 0; i < kept; i++) {
        fwrite(bytes[i], 1, all[i].size, f);
        fwrite("\0\0\0\0\0\0\0", 1, (8 - all[i].size % 8) % 8, f);
    }
    if (fclose(f))
        train_fail("the weights cannot be written");
    fprintf(stderr, "%s: %llu bytes, %s %zu\n", path, (unsigned long long)offset, name, rows->len);
}
