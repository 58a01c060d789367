/* The compiler: files in, one knowledge file out. */
#include "kb/build.h"

#include <dirent.h>
#include <errno.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A licence is for people: its lines are kept with all others, and printed. */
static void kb_compile_licence(kb_builder *b, const kb_entry *e)
{
    if (!kb_field_of(e, "terms") || !kb_field_of(e, "cite"))
        kb_fault(b, e->line, "a licence wants terms and a citation");
}

/* In the order in which they are compiled. */
static const struct kind {
    const char *name;
    int words;   /* of the head line that name the entry */
    bool titled; /* several of one name may stand together, told apart by the rest of the head line */
    void (*compile)(kb_builder *b, const kb_entry *e);
    void (*finish)(kb_builder *b);
} kinds[] = {
    {"entity", 1, false, kb_compile_entity, NULL},
    {"iso", 1, false, kb_compile_iso, NULL},
    {"office", 2, true, kb_compile_office, kb_finish_offices},
    {"places", 0, false, kb_compile_places, NULL},
    {"agents", 0, false, kb_compile_agents, NULL},
    {"times", 0, false, kb_compile_times, NULL},
    {"tie", 1, false, kb_compile_tie, kb_finish_ties},
    {"licence", 1, false, kb_compile_licence, NULL},
    {"body", 1, false, kb_compile_body, kb_finish_bodies},
    {"words", 0, false, kb_compile_words, NULL},
    {"spelled", 1, false, kb_compile_spelled, NULL},
    {"codes", 0, false, kb_compile_codes, kb_finish_codes},
    {"", 0, false, NULL, kb_finish_entities},
    {"set", 1, false, kb_compile_set, kb_finish_sets},
    {"cue", 1, false, kb_compile_cue, kb_finish_sets},
    {"event", 0, false, kb_compile_event, NULL},
    {"idiom", 0, false, kb_compile_idiom, NULL},
    {"claim", 0, false, kb_compile_claim, NULL},
    {"cameo", 1, false, kb_compile_cameo, kb_finish_patterns},
};

enum { BUILD_MEMORY = 1 << 30, SOURCE_LIMIT = 64 << 20 };

kb_pstr kb_put(kb_builder *b, str s)
{
    uint32_t at = map_get(b->strings, s);
    if (at == NONE) {
        at = (uint32_t)b->section[KB_STRINGS].len;
        buffer_str(&b->section[KB_STRINGS], s);
        map_add(b->strings, arena_copy(b->arena, s), at);
    }
    return (kb_pstr){at, s.len};
}

uint32_t kb_count(const kb_builder *b, enum kb_section section, size_t size)
{
    return (uint32_t)(b->section[section].len / size);
}

uint32_t kb_append(kb_builder *b, enum kb_section section, const void *record, size_t size)
{
    buffer_add(&b->section[section], record, size);
    return kb_count(b, section, size) - 1;
}

uint32_t kb_entity_wanted(kb_builder *b, uint32_t line, str identifier)
{
    uint32_t entity = map_get(b->entities, identifier);
    if (entity == NONE)
        kb_fault(b, line, "no entity '%.*s'", (int)identifier.len, identifier.at);
    return entity;
}

/* ---- reading files ---- */

typedef struct sources {
    arena *arena;
    VEC(kb_source) list;
} sources;

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int source_add(sources *s, str name, const char *path, entente_error *ret_error)
{
    char *bytes = NULL;
    size_t len = 0;
    int code = file_read(path, SOURCE_LIMIT, &bytes, &len, ret_error);
    if (code)
        return code;
    arena_defer(s->arena, free, bytes);
    *vec_push(s->arena, &s->list) = (kb_source){name, {bytes, (uint32_t)len}};
    return 0;
}

static int path_add(sources *s, str name, const char *path, bool named, entente_error *ret_error);

static int folder_add(sources *s, str name, const char *path, DIR *dir, entente_error *ret_error)
{
    VEC(char *) names = {0};
    for (struct dirent *e; (e = readdir(dir));)
        if (e->d_name[0] != '.')
            *vec_push(s->arena, &names) = arena_copy_terminated(s->arena, str_of(e->d_name));
    if (names.count)
        qsort(names.at, names.count, sizeof *names.at, compare_names);
    int code = 0;
    for (uint32_t i = 0; i < names.count && !code; i++) {
        str below = name.len ? arena_format(s->arena, "%.*s/%s", (int)name.len, name.at, names.at[i]) : str_of(names.at[i]);
        str whole = arena_format(s->arena, "%s/%s", path, names.at[i]);
        code = path_add(s, below, whole.at, false, ret_error);
    }
    return code;
}

/* A folder is walked; of what it holds only *.txt is lexicon. A file that was named is taken whatever its name. */
static int path_add(sources *s, str name, const char *path, bool named, entente_error *ret_error)
{
    DIR *dir = opendir(path);
    if (dir) {
        int code = folder_add(s, named ? (str){0} : name, path, dir, ret_error);
        closedir(dir);
        return code;
    }
    if (errno != ENOTDIR)
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "cannot be opened: %s", strerror(errno));
    return named || str_ends(name, ".txt") ? source_add(s, name, path, ret_error) : 0;
}

static str base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

/* ---- compiling ---- */

static str entry_name(const kb_entry *e, int words)
{
    str rest = e->rest, word, name = e->rest;
    for (int i = 0; i < words && kb_word_next(&rest, &word); i++)
        name.len = (uint32_t)(word.at + word.len - name.at);
    return name;
}

/* An entry that a later layer writes anew is left out; twice in one layer is a fault. Of an office there may be several,
 * one for each title (seats of a presidency, co-chairs): a later layer's entry takes the place of all of them. */
static void entries_replace(kb_builder *b, const struct kind *kind, uint32_t layer_start)
{
    map *late = map_new(b->arena), *seen = map_new(b->arena);
    for (uint32_t i = layer_start; i < b->entries.count && kind->words; i++)
        if (str_is(b->entries.at[i].kind, kind->name))
            map_add(late, entry_name(&b->entries.at[i], kind->words), i);
    for (uint32_t i = 0; i < b->entries.count && kind->words; i++) {
        kb_entry *e = &b->entries.at[i];
        if (!str_is(e->kind, kind->name))
            continue;
        str name = entry_name(e, kind->words);
        e->replaced = i < layer_start && map_get(late, name) != NONE;
        if (!e->replaced && map_add(seen, kind->titled ? e->rest : name, i) != i)
            kb_fault(b, e->line, "%s %.*s is written twice", kind->name, (int)name.len, name.at);
    }
}

static void kinds_check(kb_builder *b)
{
    for (uint32_t i = 0; i < b->entries.count; i++) {
        const kb_entry *e = &b->entries.at[i];
        bool known = false;
        for (size_t k = 0; k < COUNT(kinds); k++)
            known |= str_is(e->kind, kinds[k].name);
        if (!known)
            kb_fault(b, e->line, "no kind of entry is called '%.*s'", (int)e->kind.len, e->kind.at);
    }
}

static void compile_between(kb_builder *b, const struct kind *kind, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && kind->compile; i++)
        if (str_is(b->entries.at[i].kind, kind->name) && !b->entries.at[i].replaced)
            kind->compile(b, &b->entries.at[i]);
}

/* What has no name cannot be replaced by it; there the later layers come first, and of two patterns that fit alike the first
 * wins. */
static void compile(kb_builder *b, uint32_t layer_start)
{
    kinds_check(b);
    for (size_t k = 0; k < COUNT(kinds); k++) {
        entries_replace(b, &kinds[k], layer_start);
        uint32_t turn = kinds[k].words ? 0 : layer_start;
        compile_between(b, &kinds[k], turn, b->entries.count);
        compile_between(b, &kinds[k], 0, turn);
        if (kinds[k].finish)
            kinds[k].finish(b);
    }
    kb_trie_finish(b);
    buffer_add(&b->section[KB_LINES], b->lines.at, b->lines.count * sizeof *b->lines.at);
}

static void digest(const sources *s, char ret[64])
{
    struct sha256_ctx ctx;
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_init(&ctx);
    for (uint32_t i = 0; i < s->list.count; i++) {
        sha256_update(&ctx, s->list.at[i].file.len, (const uint8_t *)s->list.at[i].file.at);
        sha256_update(&ctx, 1, (const uint8_t *)"\n");
        sha256_update(&ctx, s->list.at[i].text.len, (const uint8_t *)s->list.at[i].text.at);
    }
    sha256_digest(&ctx, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        ret[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
        ret[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
    }
}

/* Sections start at multiples of 16, so that their records are aligned in the map. */
static void write_file(kb_builder *b, const sources *s, buffer *out)
{
    static const char zeros[16];
    kb_disk_header head = {.magic = KB_MAGIC, .version = KB_VERSION, .sections = KB_SECTIONS};
    digest(s, head.digest);
    size_t at = (sizeof head + 15) / 16 * 16;
    for (int i = 0; i < KB_SECTIONS; i++) {
        head.section[i].at = at;
        head.section[i].size = b->section[i].len;
        at += (b->section[i].len + 15) / 16 * 16;
    }
    head.size = at;
    buffer_add(out, &head, sizeof head);
    buffer_add(out, zeros, (16 - out->len % 16) % 16);
    for (int i = 0; i < KB_SECTIONS; i++) {
        buffer_add(out, b->section[i].at, b->section[i].len);
        buffer_add(out, zeros, (16 - out->len % 16) % 16);
    }
    if (out->failed)
        return;
    head.checksum = kb_checksum(&head, out->at, out->len);
    memcpy(out->at, &head, sizeof head);
}

static int builder_run(kb_builder *b, const sources *s, uint32_t layers, buffer *ret_file, entente_error *ret_error)
{
    b->strings = map_new(b->arena);
    b->words = map_new(b->arena);
    b->edges = map_new(b->arena);
    b->entities = map_new(b->arena);
    b->nodes = KB_TRIES;
    uint32_t layer_start = 0;
    for (uint32_t i = 0; i < s->list.count; i++) {
        if (i == layers)
            layer_start = b->entries.count;
        kb_lines_read(b, s->list.at[i]);
    }
    compile(b, layer_start);
    write_file(b, s, ret_file);
    if (b->fault_count)
        return error_set(ret_error, ENTENTE_DATA, STR("lexicon"), UINT64_MAX, "%u faults in the lexicon", b->fault_count);
    if (ret_file->failed)
        return error_set(ret_error, ENTENTE_IO, STR("lexicon"), UINT64_MAX, "out of memory");
    return 0;
}

/* `first_layer`: how many of the sources belong to the first knowledge file; the later ones may replace its entries. */
static int build_sources(const sources *s, uint32_t first_layer, buffer *ret_file, buffer *faults, entente_error *ret_error)
{
    kb_builder b = {.arena = s->arena, .faults = faults};
    int code = builder_run(&b, s, first_layer, ret_file, ret_error);
    for (int i = 0; i < KB_SECTIONS; i++)
        buffer_free(&b.section[i]);
    return code;
}

static int build_paths(arena *a, const char *const *paths, size_t count, buffer *ret_file, buffer *faults, entente_error *ret_error)
{
    sources s = {.arena = a};
    int code = 0;
    for (size_t i = 0; i < count && !code; i++)
        code = path_add(&s, base_name(paths[i]), paths[i], true, ret_error);
    if (!code && !s.list.count)
        return error_set(ret_error, ENTENTE_DATA, str_of(paths[0]), UINT64_MAX, "no lexicon text: files that end in .txt");
    return code ? code : build_sources(&s, s.list.count, ret_file, faults, ret_error);
}

int kb_build(const char *const *paths, size_t count, buffer *ret_file, buffer *faults, entente_error *ret_error)
{
    arena *a = arena_new(BUILD_MEMORY);
    int code;
    if (!a || setjmp(*arena_escape(a)))
        code = error_set(ret_error, ENTENTE_IO, STR("lexicon"), UINT64_MAX, "out of memory");
    else
        code = build_paths(a, paths, count, ret_file, faults, ret_error);
    arena_free(a);
    return code;
}

/* ---- several files as one ---- */

/* The text of the files that a knowledge file was built from, as far as it means anything. */
static void sources_of(const kb *k, sources *s)
{
    uint32_t count;
    const kb_disk_line *lines = kb_records(k, KB_LINES, sizeof *lines, &count);
    for (uint32_t i = 0; i < count;) {
        str file = kb_string(k, lines[i].file);
        VEC(char) text = {0};
        uint32_t number = 1;
        for (; i < count && str_equal(kb_string(k, lines[i].file), file); i++) {
            str line = kb_string(k, lines[i].text);
            for (; number < lines[i].number; number++)
                *vec_push(s->arena, &text) = '\n';
            for (uint32_t c = 0; c < line.len; c++)
                *vec_push(s->arena, &text) = line.at[c];
        }
        *vec_push(s->arena, &s->list) = (kb_source){file, {text.at, text.count}};
    }
}

int kb_merge(const kb *const *layers, size_t count, buffer *ret_file, buffer *faults, entente_error *ret_error)
{
    arena *a = arena_new(BUILD_MEMORY);
    int code;
    if (!a || setjmp(*arena_escape(a))) {
        code = error_set(ret_error, ENTENTE_IO, STR("lexicon"), UINT64_MAX, "out of memory");
    } else {
        sources s = {.arena = a};
        uint32_t first = 0;
        for (size_t i = 0; i < count; i++) {
            sources_of(layers[i], &s);
            first = i ? first : s.list.count;
        }
        code = build_sources(&s, first, ret_file, faults, ret_error);
    }
    arena_free(a);
    return code;
}
