/* All names of a kind in one trie over folded words. The tries share one space of nodes; the first KB_TRIES nodes are
 * their roots. */
#include <utf8proc.h>

#include "kb/build.h"

enum { WORD_ROOM = 128 };

/* Appends the folded form of one code point; nothing where it is a mark that folding drops. */
static uint32_t fold_char(uint32_t c, char *out)
{
    if (c < 0x80) {
        *out = c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c;
        return 1;
    }
    utf8proc_int32_t parts[8];
    int last = 0;
    c = utf8_plain_letter(c);
    if (c < 0x80)
        return utf8_put(c, out);
    const utf8proc_option_t options = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, COUNT(parts), options, &last);
    uint32_t len = 0;
    for (utf8proc_ssize_t i = 0; i < n && i < (utf8proc_ssize_t)COUNT(parts); i++)
        len += utf8_put((uint32_t)parts[i], out + len);
    return len;
}

/* Typographic apostrophes and dashes are the plain ones. */
static uint32_t plain_mark(uint32_t c)
{
    if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x02BB)
        return '\'';
    return c >= 0x2010 && c <= 0x2014 ? '-' : c;
}

void kb_cut(str form, void (*each)(void *closure, str word), void *closure)
{
    char word[WORD_ROOM + 40];
    uint32_t len = 0;
    for (const char *p = form.at, *end = form.at + form.len; p < end;) {
        uint32_t c = plain_mark(utf8_next(&p, end));
        bool part = utf8_is_letter(c) || utf8_is_digit(c);
        if (part && len < WORD_ROOM)
            len += fold_char(c, word + len);
        if (part && p < end)
            continue;
        if (len)
            each(closure, (str){word, len});
        len = 0;
        if (!part && !utf8_is_space(c))
            each(closure, (str){word, utf8_put(c, word)});
    }
}

/* ---- building ---- */

static uint32_t word_number(kb_builder *b, str word)
{
    uint32_t number = map_get(b->words, word);
    if (number != NONE)
        return number;
    kb_pstr s = kb_put(b, word);
    number = kb_append(b, KB_WORDS, &s, sizeof s);
    return map_add(b->words, arena_copy(b->arena, word), number);
}

typedef struct path {
    kb_builder *b;
    uint32_t node;
} path;

static void path_step(void *closure, str word)
{
    path *p = closure;
    uint32_t key[2] = {p->node, word_number(p->b, word)};
    str bytes = {(const char *)key, sizeof key};
    uint32_t next = map_get(p->b->edges, bytes);
    if (next == NONE) {
        kb_disk_edge edge = {key[0], key[1], p->b->nodes};
        kb_append(p->b, KB_EDGES, &edge, sizeof edge);
        next = map_add(p->b->edges, arena_copy(p->b->arena, bytes), p->b->nodes++);
    }
    p->node = next;
}

void kb_trie_add(kb_builder *b, enum kb_trie trie, str name, uint32_t value)
{
    path p = {b, trie};
    kb_cut(name, path_step, &p);
    if (p.node == (uint32_t)trie)
        return;
    if (b->ends_count == b->ends_room)
        b->ends = vec_grow(b->arena, b->ends, b->ends_count, &b->ends_room, sizeof *b->ends);
    b->ends[b->ends_count].node = p.node;
    b->ends[b->ends_count++].value = value;
}

static uint32_t table_room(uint32_t count)
{
    uint32_t room = 16;
    while (room < 2 * count)
        room *= 2;
    return room;
}

static uint32_t edge_hash(uint32_t node, uint32_t word)
{
    uint64_t x = ((uint64_t)node << 32 | word) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(x >> 32);
}

/* The list of edges becomes a hash table. */
static void edges_finish(kb_builder *b)
{
    uint32_t count = kb_count(b, KB_EDGES, sizeof(kb_disk_edge)), room = table_room(count);
    kb_disk_edge *table = arena_take(b->arena, room, sizeof *table);
    const kb_disk_edge *list = (const void *)b->section[KB_EDGES].at;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = edge_hash(list[i].node, list[i].word) & (room - 1);
        while (table[at].next)
            at = (at + 1) & (room - 1);
        table[at] = list[i];
    }
    b->section[KB_EDGES].len = 0;
    buffer_add(&b->section[KB_EDGES], table, room * sizeof *table);
}

static void words_finish(kb_builder *b)
{
    uint32_t count = kb_count(b, KB_WORDS, sizeof(kb_pstr)), room = table_room(count);
    uint32_t *table = arena_take(b->arena, room, sizeof *table);
    const kb_pstr *words = (const void *)b->section[KB_WORDS].at;
    for (uint32_t i = 0; i < count; i++) {
        str word = {b->section[KB_STRINGS].at + words[i].at, words[i].len};
        uint32_t at = (uint32_t)str_hash(word) & (room - 1);
        while (table[at])
            at = (at + 1) & (room - 1);
        table[at] = i + 1;
    }
    buffer_add(&b->section[KB_WORD_SLOTS], table, room * sizeof *table);
}

/* Values in order of node, and in the order in which they were added within one. */
static void ends_finish(kb_builder *b)
{
    kb_disk_range *ranges = arena_take(b->arena, b->nodes, sizeof *ranges);
    uint32_t *values = arena_take(b->arena, b->ends_count + 1u, sizeof *values), at = 0;
    for (uint32_t i = 0; i < b->ends_count; i++)
        ranges[b->ends[i].node].count++;
    for (uint32_t n = 0; n < b->nodes; n++) {
        ranges[n].first = at;
        at += ranges[n].count;
        ranges[n].count = 0;
    }
    for (uint32_t i = 0; i < b->ends_count; i++) {
        kb_disk_range *r = &ranges[b->ends[i].node];
        values[r->first + r->count++] = b->ends[i].value;
    }
    buffer_add(&b->section[KB_ENDS], ranges, b->nodes * sizeof *ranges);
    buffer_add(&b->section[KB_VALUES], values, b->ends_count * sizeof *values);
}

void kb_trie_finish(kb_builder *b)
{
    edges_finish(b);
    words_finish(b);
    ends_finish(b);
}

/* ---- looking up ---- */

typedef struct finding {
    const kb *k;
    uint32_t *words, count, room;
} finding;

static uint32_t word_find(const kb *k, str word)
{
    uint32_t room;
    const uint32_t *slots = kb_records(k, KB_WORD_SLOTS, sizeof *slots, &room);
    const kb_pstr *words = kb_records(k, KB_WORDS, sizeof *words, NULL);
    for (uint32_t at = (uint32_t)str_hash(word) & (room - 1); slots[at]; at = (at + 1) & (room - 1))
        if (str_equal(kb_string(k, words[slots[at] - 1]), word))
            return slots[at] - 1;
    return NONE;
}

static void finding_add(void *closure, str word)
{
    finding *f = closure;
    if (f->count < f->room)
        f->words[f->count++] = word_find(f->k, word);
}

uint32_t kb_words(const kb *k, str form, uint32_t *ret_words, uint32_t room)
{
    finding f = {k, ret_words, 0, room};
    kb_cut(form, finding_add, &f);
    return f.count;
}

uint32_t kb_step(const kb *k, enum kb_trie trie, uint32_t node, uint32_t word)
{
    uint32_t room;
    const kb_disk_edge *edges = kb_records(k, KB_EDGES, sizeof *edges, &room);
    if (word == NONE)
        return NONE;
    if (!node)
        node = trie;
    for (uint32_t at = edge_hash(node, word) & (room - 1); edges[at].next; at = (at + 1) & (room - 1))
        if (edges[at].node == node && edges[at].word == word)
            return edges[at].next;
    return NONE;
}

uint32_t kb_ends(const kb *k, enum kb_trie trie, uint32_t node, uint32_t *ret_first)
{
    const kb_disk_range *ranges = kb_records(k, KB_ENDS, sizeof *ranges, NULL);
    const kb_disk_range *r = &ranges[node ? node : (uint32_t)trie];
    *ret_first = r->first;
    return r->count;
}

uint32_t kb_value(const kb *k, enum kb_trie trie, uint32_t at)
{
    (void)trie;
    const uint32_t *values = kb_records(k, KB_VALUES, sizeof *values, NULL);
    return values[at];
}
