/* A mapped file of named sections. Layout, all little endian: "ENTMODEL", version, number of sections, size of the
 * file, then for each section its name (16 bytes), kind, offset and size; sections are aligned to 8 bytes. A section
 * of kind "rows" is checked when the file is opened, so that look-ups need no checks of their own. */
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
    uint64_t size;
} file_head;

typedef struct file_section {
    char name[16];
    uint32_t kind, pad;
    uint64_t offset, size;
} file_section;

typedef struct rows_head {
    uint32_t bits, pool, pad[2];
} rows_head;

struct model {
    const char *at;
    size_t size;
};

static bool rows_sound(const char *at, uint64_t size)
{
    const rows_head *h = (const rows_head *)(const void *)at;
    if (size < sizeof *h || h->bits < 1 || h->bits > 24)
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

/* What is wrong with the file, or NULL. */
static const char *fault(const model *m)
{
    const file_head *h = (const file_head *)(const void *)m->at;
    if (m->size < sizeof *h || memcmp(h->magic, "ENTMODEL", 8))
        return "not a file of weights";
    if (h->version != 1)
        return "weights of another version";
    if (h->size != m->size || h->count > 64 || sizeof *h + h->count * sizeof(file_section) > m->size)
        return "weights cut short";
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
    return XXH3_64bits(m->at, m->size);
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
    ret->starts = (const uint32_t *)(const void *)(at + sizeof *h);
    ret->pool = (const uint8_t *)(ret->starts + ((size_t)1 << h->bits) + 1);
    return true;
}

/* An entry of the pool: 16 bits of the feature, number of pairs, then pairs of class and weight. */
static void add_row(const uint8_t *p, const uint8_t *end, uint32_t feature, int32_t *scores)
{
    while (p + 3 <= end) {
        uint32_t n = p[2];
        const uint8_t *pair = p + 3;
        if (pair + 2 * n > end)
            return;
        if (p[0] == (feature & 255) && p[1] == (feature >> 8 & 255)) {
            for (uint32_t i = 0; i < n; i++)
                scores[pair[2 * i]] += (int8_t)pair[2 * i + 1];
            return;
        }
        p = pair + 2 * n;
    }
}

void model_rows_add(const model_rows *r, const uint32_t *features, uint32_t count, int32_t scores[256])
{
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&r->starts[features[i] >> r->shift]);
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&r->pool[r->starts[features[i] >> r->shift]]);
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t *start = &r->starts[features[i] >> r->shift];
        add_row(r->pool + start[0], r->pool + start[1], features[i], scores);
    }
}
