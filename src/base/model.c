/* A mapped file of named sections. Layout, all little endian: "ENTMODEL", version, number of sections, size of the
 * file, its checksum, then for each section its name (16 bytes), kind, offset and size; sections are aligned to 8 bytes.
 * The checksum covers every byte, so that what was damaged on its way is refused; of a file that was forged so that its
 * checksum is right, sections are checked far enough that no look-up leaves them. */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

typedef struct file_head {
    char magic[8];
    uint32_t version, count;
    uint64_t size, checksum;
} file_head;

typedef struct file_section {
    char name[16];
    uint32_t kind, pad;
    uint64_t offset, size;
} file_section;

typedef struct rows_head {
    uint32_t bits, pool, lanes, pad;
} rows_head;

struct model {
    const char *at;
    size_t size;
};

static bool rows_sound(const char *at, uint64_t size)
{
    const rows_head *h = (const rows_head *)(const void *)at;
    if (size < sizeof *h || h->bits < 1 || h->bits > 24 || !h->lanes || h->lanes > 256 || h->lanes % MODEL_LANES)
        return false;
    uint64_t starts = ((uint64_t)1 << h->bits) + 1;
    if (size < sizeof *h + starts * 4 + h->pool)
        return false;
    const uint32_t *start = (const uint32_t *)(const void *)(at + sizeof *h);
    bool rising = start[0] == 0 && start[starts - 1] == h->pool;
    for (uint64_t i = 1; i < starts; i++)
        rising &= start[i - 1] <= start[i];
    return rising;
}

static const file_section *sections(const model *m)
{
    return (const file_section *)(const void *)(m->at + sizeof(file_head));
}

uint64_t model_checksum(const char *file, size_t len)
{
    file_head plain;
    memcpy(&plain, file, sizeof plain);
    plain.checksum = 0;
    return XXH3_64bits_withSeed(file + sizeof plain, len - sizeof plain, XXH3_64bits(&plain, sizeof plain));
}

/* What is wrong with the file, or NULL. */
static const char *fault(const model *m)
{
    const file_head *h = (const file_head *)(const void *)m->at;
    if (m->size < sizeof *h || memcmp(h->magic, "ENTMODEL", 8))
        return "not a file of weights";
    if (h->version != MODEL_VERSION)
        return "weights of another version";
    if (h->size != m->size || h->count > 64 || sizeof *h + h->count * sizeof(file_section) > m->size)
        return "weights cut short";
    if (model_checksum(m->at, m->size) != h->checksum)
        return "weights that were damaged: their checksum is wrong";
    for (uint32_t i = 0; i < h->count; i++) {
        const file_section *s = &sections(m)[i];
        if (s->offset % 8 || s->offset > m->size || s->size > m->size - s->offset || s->name[15])
            return "a section lies outside the file";
        if (s->kind == MODEL_ROWS && !rows_sound(m->at + s->offset, s->size))
            return "a section of rows is broken";
    }
    return NULL;
}

static int map_file(const char *path, model *m, entente_error *ret_error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "cannot be opened: %s", strerror(errno));
    struct stat st;
    void *at = MAP_FAILED;
    if (!fstat(fd, &st) && st.st_size > 0) {
        m->size = (size_t)st.st_size;
        at = mmap(NULL, m->size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    close(fd);
    if (at == MAP_FAILED)
        return error_set(ret_error, ENTENTE_DATA, str_of(path), UINT64_MAX, "cannot be mapped");
    m->at = at;
    return 0;
}

int model_open(const char *path, model **ret_model, entente_error *ret_error)
{
    model m;
    int code = map_file(path, &m, ret_error);
    if (code)
        return code;
    const char *wrong = fault(&m);
    model *copy = wrong ? NULL : malloc(sizeof *copy);
    if (!copy) {
        munmap((void *)m.at, m.size);
        return error_set(ret_error, wrong ? ENTENTE_DATA : ENTENTE_IO, str_of(path), UINT64_MAX, "%s", wrong ? wrong : "out of memory");
    }
    *copy = m;
    *ret_model = copy;
    return 0;
}

void model_close(model *m)
{
    if (!m)
        return;
    munmap((void *)m->at, m->size);
    free(m);
}

static const file_section *find(const model *m, const char *name)
{
    const file_head *h = (const file_head *)(const void *)m->at;
    for (uint32_t i = 0; i < h->count; i++)
        if (!strcmp(sections(m)[i].name, name))
            return &sections(m)[i];
    return NULL;
}

uint64_t model_digest(const model *m)
{
    return ((const file_head *)(const void *)m->at)->checksum;
}

str model_section(const model *m, const char *name)
{
    const file_section *s = m ? find(m, name) : NULL;
    return s ? (str){m->at + s->offset, (uint32_t)s->size} : (str){0};
}

bool model_rows_find(const model *m, const char *name, model_rows *ret)
{
    const file_section *s = m ? find(m, name) : NULL;
    if (!s || s->kind != MODEL_ROWS)
        return false;
    const char *at = m->at + s->offset;
    const rows_head *h = (const rows_head *)(const void *)at;
    ret->shift = 32 - h->bits;
    ret->lanes = h->lanes;
    ret->starts = (const uint32_t *)(const void *)(at + sizeof *h);
    ret->pool = (const uint8_t *)(ret->starts + ((size_t)1 << h->bits) + 1);
    return true;
}

enum { ENTRY_HEAD = 3, ENTRY_WHOLE = 255 };

static void add_pairs(const uint8_t *restrict at, const uint8_t *end, int16_t *restrict sums)
{
    for (; at < end; at += 2)
        sums[at[0]] = (int16_t)(sums[at[0]] + (int8_t)at[1]);
}

/* Walks two pointers in steps of a fixed length: compilers make whole registers of it. */
static void add_whole(const int8_t *restrict at, uint32_t lanes, int16_t *restrict sums)
{
    for (const int8_t *end = at + lanes; at < end; at += MODEL_LANES, sums += MODEL_LANES)
        for (int i = 0; i < MODEL_LANES; i++)
            sums[i] = (int16_t)(sums[i] + at[i]);
}

/* An entry of the pool: 16 bits of the feature, number of pairs, then pairs of class and weight; or, instead of a number,
 * ENTRY_WHOLE and the weights of all classes. */
static void add_entry(const uint8_t *p, const uint8_t *end, uint32_t feature, uint32_t lanes, int16_t sums[256])
{
    while (p + ENTRY_HEAD <= end) {
        uint32_t n = p[2], size = n == ENTRY_WHOLE ? lanes : 2 * n;
        const uint8_t *at = p + ENTRY_HEAD;
        p = at + size;
        if (p > end)
            return;
        if ((at[-3] | at[-2] << 8) != (int)(feature & 0xFFFF))
            continue;
        if (n == ENTRY_WHOLE)
            add_whole((const int8_t *)at, lanes, sums);
        else
            add_pairs(at, p, sums);
        return;
    }
}

void model_rows_add(const model_rows *r, const uint32_t *features, uint32_t count, int32_t *scores)
{
    int16_t sums[256] = {0};
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&r->pool[r->starts[features[i] >> r->shift]]);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t *start = &r->starts[features[i] >> r->shift];
        add_entry(r->pool + start[0], r->pool + start[1], features[i], r->lanes, sums);
    }
    for (uint32_t i = 0; i < r->lanes; i++)
        scores[i] += sums[i];
}
