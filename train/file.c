/* The layout of a file of weights that base/model.c reads. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

void train_fail(const char *what)
{
    fprintf(stderr, "train: %s\n", what);
    exit(1);
}

static void pad(buffer *b)
{
    buffer_add(b, "\0\0\0\0\0\0\0", (8 - b->len % 8) % 8);
}

static void put_heads(buffer *b, const section *all, uint32_t count)
{
    uint64_t at = b->len + count * 40u;
    for (uint32_t i = 0; i < count; i++) {
        char name[16] = {0};
        uint32_t kind[2] = {all[i].kind, 0};
        uint64_t place[2] = {at, all[i].bytes.len};
        memcpy(name, all[i].name, MIN(strlen(all[i].name), 15));
        buffer_add(b, name, sizeof name);
        buffer_add(b, kind, sizeof kind);
        buffer_add(b, place, sizeof place);
        at += (all[i].bytes.len + 7) & ~(size_t)7;
    }
}

void file_write(const char *path, const section *all, uint32_t count)
{
    buffer b = {0};
    uint32_t head[2] = {MODEL_VERSION, count};
    uint64_t sizes[2] = {0}; /* of the file; its checksum */
    buffer_add(&b, "ENTMODEL", 8);
    buffer_add(&b, head, sizeof head);
    buffer_add(&b, sizes, sizeof sizes);
    put_heads(&b, all, count);
    for (uint32_t i = 0; i < count; i++) {
        buffer_add(&b, all[i].bytes.at, all[i].bytes.len);
        pad(&b);
        fprintf(stderr, "%-10s %8zu bytes\n", all[i].name, all[i].bytes.len);
    }
    sizes[0] = b.len;
    memcpy(b.at + 16, sizes, sizeof sizes);
    sizes[1] = model_checksum(b.at, b.len);
    memcpy(b.at + 16, sizes, sizeof sizes);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b.at, 1, b.len, f) != b.len || fclose(f))
        train_fail("the weights cannot be written");
    fprintf(stderr, "%s: %zu bytes\n", path, b.len);
    buffer_free(&b);
}

void model_replace(const char *path, const char *name, const buffer *rows)
{
    enum { HEAD = 32, ENTRY = 40, MOST = 32 };
    char *at;
    size_t len;
    entente_error e;
    if (file_read(path, 256 << 20, &at, &len, &e))
        train_fail(e.text);
    uint32_t count, kept = 0;
    section all[MOST];
    memcpy(&count, at + 12, 4);
    for (uint32_t i = 0; i < count && kept + 1 < MOST; i++) {
        const char *entry = at + HEAD + i * ENTRY;
        uint64_t place[2];
        memcpy(place, entry + 24, sizeof place);
        all[kept] = (section){.name = entry, .bytes = {.at = at + place[0], .len = place[1]}};
        memcpy(&all[kept].kind, entry + 16, 4);
        kept += strcmp(entry, name) != 0;
    }
    all[kept++] = (section){.name = name, .kind = MODEL_ROWS, .bytes = *rows};
    file_write(path, all, kept);
    free(at);
}
