/* The open knowledge file: bounds are checked once when it is opened, and trusted afterwards. */
#include "kb/kb.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "kb/build.h"

const char *const kb_class_names[CLASS_COUNT] = {"state", "partial", "un", "eu", "body", "armed", "party", "agency", "company",
                                                 "outlet", "ngo", "church", "union", "university", "group", "region", "person"};

const void *kb_records(const kb *k, enum kb_section section, size_t size, uint32_t *ret_count)
{
    if (ret_count)
        *ret_count = (uint32_t)(k->head->section[section].size / size);
    return k->base + k->head->section[section].at;
}

str kb_string(const kb *k, kb_pstr s)
{
    return (str){k->base + k->head->section[KB_STRINGS].at + s.at, s.len};
}

/* ---- opening ---- */

static int broken(const char *path, const char *what, entente_error *ret_error)
{
    return error_set(ret_error, ENTENTE_DATA, str_of(path), UINT64_MAX, "not usable as knowledge: %s", what);
}

uint64_t kb_checksum(const kb_disk_header *head, const char *file, size_t len)
{
    kb_disk_header plain;
    memcpy(&plain, head, sizeof plain);
    plain.checksum = 0;
    return XXH3_64bits_withSeed(file + sizeof plain, len - sizeof plain, XXH3_64bits(&plain, sizeof plain));
}

static int head_check(const char *path, const kb *k, entente_error *ret_error)
{
    const kb_disk_header *h = k->head;
    if (k->size < sizeof *h || memcmp(h->magic, KB_MAGIC, sizeof h->magic))
        return broken(path, "it is no knowledge file", ret_error);
    if (h->version != KB_VERSION || h->sections != KB_SECTIONS)
        return broken(path, "it is of another version; build it anew with 'entente kb build'", ret_error);
    if (h->size != k->size)
        return broken(path, "it is cut short", ret_error);
    for (int i = 0; i < KB_SECTIONS; i++)
        if (h->section[i].at % 16 || h->section[i].at > k->size || h->section[i].size > k->size - h->section[i].at)
            return broken(path, "a section lies outside the file", ret_error);
    if (kb_checksum(h, k->base, k->size) != h->checksum)
        return broken(path, "its checksum is wrong", ret_error);
    return 0;
}

static int map_file(const char *path, kb *k, entente_error *ret_error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st)) {
        int code = error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "cannot be opened: %s", strerror(errno));
        if (fd >= 0)
            close(fd);
        return code;
    }
    if (!S_ISREG(st.st_mode) || st.st_size < (off_t)sizeof(kb_disk_header)) {
        close(fd);
        return broken(path, "it is no knowledge file", ret_error);
    }
    void *at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "cannot be mapped: %s", strerror(errno));
    *k = (kb){at, (size_t)st.st_size, true, at};
    return 0;
}

static int open_one(const char *path, kb **ret_kb, entente_error *ret_error)
{
    kb *k = calloc(1, sizeof *k);
    if (!k)
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "out of memory");
    int code = map_file(path, k, ret_error);
    if (!code)
        code = head_check(path, k, ret_error);
    if (code) {
        kb_close(k);
        return code;
    }
    *ret_kb = k;
    return 0;
}

void kb_close(kb *k)
{
    if (!k)
        return;
    if (k->mapped)
        munmap((void *)k->base, k->size);
    else
        free((void *)k->base);
    free(k);
}

/* Several files are compiled anew from the text that they carry, into memory of our own. */
static int merge(const kb *const *layers, size_t count, kb **ret_kb, entente_error *ret_error)
{
    buffer file = {0}, faults = {0};
    int code = kb_merge(layers, count, &file, &faults, ret_error);
    if (code == ENTENTE_DATA && faults.len)
        error_set(ret_error, code, STR("knowledge"), UINT64_MAX, "%.*s", (int)MIN(faults.len, 400), faults.at);
    buffer_free(&faults);
    kb *k = code ? NULL : calloc(1, sizeof *k);
    if (!k) {
        buffer_free(&file);
        return code ? code : error_set(ret_error, ENTENTE_IO, STR("knowledge"), UINT64_MAX, "out of memory");
    }
    *k = (kb){file.at, file.len, false, (const void *)file.at};
    *ret_kb = k;
    return 0;
}

int kb_open(const char *const *paths, size_t count, kb **ret_kb, entente_error *ret_error)
{
    enum { LAYERS = 16 };
    kb *layers[LAYERS] = {0};
    if (!count || count > LAYERS)
        return error_set(ret_error, ENTENTE_USAGE, STR("knowledge"), UINT64_MAX, "between 1 and %d knowledge files", LAYERS);
    int code = 0;
    for (size_t i = 0; i < count && !code; i++)
        code = open_one(paths[i], &layers[i], ret_error);
    if (!code && count == 1) {
        *ret_kb = layers[0];
        return 0;
    }
    if (!code)
        code = merge((const kb *const *)layers, count, ret_kb, ret_error);
    for (size_t i = 0; i < count; i++)
        kb_close(layers[i]);
    return code;
}

str kb_digest(const kb *k)
{
    return (str){k->head->digest, sizeof k->head->digest};
}

/* ---- looking up ---- */

uint32_t kb_line_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_LINES, sizeof(kb_disk_line), &count);
    return count;
}

kb_place_of_line kb_line(const kb *k, uint32_t line)
{
    const kb_disk_line *lines = kb_records(k, KB_LINES, sizeof *lines, NULL);
    if (line >= kb_line_count(k))
        return (kb_place_of_line){{"", 0}, 0, {"", 0}};
    return (kb_place_of_line){kb_string(k, lines[line].file), lines[line].number, str_trim(kb_string(k, lines[line].text))};
}

uint32_t kb_example_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_EXAMPLES, sizeof(kb_disk_example), &count);
    return count;
}

kb_example kb_example_at(const kb *k, uint32_t example)
{
    const kb_disk_example *all = kb_records(k, KB_EXAMPLES, sizeof *all, NULL), *e = &all[example];
    return (kb_example){e->line, e->entry, (char)e->mark, kb_string(k, e->text)};
}

uint32_t kb_entity_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_ENTITIES, sizeof(kb_disk_entity), &count);
    return count;
}

kb_entity kb_entity_at(const kb *k, uint32_t entity)
{
    const kb_disk_entity *all = kb_records(k, KB_ENTITIES, sizeof *all, NULL), *e = &all[entity];
    return (kb_entity){
        .identifier = kb_string(k, e->identifier), .name = kb_string(k, e->name), .class = e->class, .type = e->type,
        .code = kb_string(k, e->code), .sector = kb_string(k, e->sector), .role = kb_string(k, e->role),
        .of = e->of, .spell = e->spell, .line = e->line};
}

uint32_t kb_entity_find(const kb *k, str identifier)
{
    uint32_t room;
    const uint32_t *slots = kb_records(k, KB_ENTITY_SLOTS, sizeof *slots, &room);
    const kb_disk_entity *all = kb_records(k, KB_ENTITIES, sizeof *all, NULL);
    for (uint32_t at = (uint32_t)str_hash(identifier) & (room - 1); slots[at]; at = (at + 1) & (room - 1))
        if (str_equal(kb_string(k, all[slots[at] - 1].identifier), identifier))
            return slots[at] - 1;
    return NONE;
}

uint32_t kb_name_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_NAMES, sizeof(kb_disk_name), &count);
    return count;
}

kb_name kb_name_at(const kb *k, uint32_t value)
{
    const kb_disk_name *all = kb_records(k, KB_NAMES, sizeof *all, NULL), *n = &all[value];
    return (kb_name){n->entity, n->use, n->beware, n->own, n->spell, kb_string(k, n->text)};
}

uint32_t kb_tenure_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_TENURES, sizeof(kb_disk_tenure), &count);
    return count;
}

kb_tenure kb_tenure_at(const kb *k, uint32_t tenure)
{
    const kb_disk_tenure *all = kb_records(k, KB_TENURES, sizeof *all, NULL), *t = &all[tenure];
    return (kb_tenure){t->power, t->person, kb_string(k, t->office), kb_string(k, t->title), t->spell,
                       t->known_until, t->doubtful, t->line};
}

static uint32_t range(const kb *k, enum kb_section section, uint32_t entity, uint32_t *ret_first)
{
    uint32_t count;
    const kb_disk_range *ranges = kb_records(k, section, sizeof *ranges, &count);
    *ret_first = entity < count ? ranges[entity].first : 0;
    return entity < count ? ranges[entity].count : 0;
}

uint32_t kb_tenures_of_person(const kb *k, uint32_t entity, uint32_t *ret_first)
{
    return range(k, KB_PERSON_RANGES, entity, ret_first);
}

uint32_t kb_tenures_of_power(const kb *k, uint32_t entity, uint32_t *ret_first)
{
    return range(k, KB_POWER_RANGES, entity, ret_first);
}

uint32_t kb_tenure_of_person(const kb *k, uint32_t at)
{
    const uint32_t *all = kb_records(k, KB_BY_PERSON, sizeof *all, NULL);
    return all[at];
}

uint32_t kb_tenure_of_power(const kb *k, uint32_t at)
{
    const uint32_t *all = kb_records(k, KB_BY_POWER, sizeof *all, NULL);
    return all[at];
}

bool kb_holds(date spell, day d)
{
    if (d == NO_DAY)
        return spell.to == NO_DAY;
    return (spell.from == NO_DAY || spell.from <= d) && (spell.to == NO_DAY || d < spell.to);
}
