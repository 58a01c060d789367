/* Invented news, for the recogniser of names: sentences of our own (train/news.txt) with slots, which are filled by rules of
 * the same file and by names of the knowledge. The same seed gives the same documents. */
#include "train.h"

#include "kb/kb.h"
#include "mention/guess.h"

enum { CAST = 3 /* names of a kind that a document comes back to */, DEPTH = 8 };

typedef VEC(str) strings;

typedef struct slot {
    str name;
    strings fillings;
} slot;

struct invention {
    arena *arena;
    VEC(slot) slots;
    map *by_name;
    strings sentences;
};

static slot *slot_of(invention *v, str name)
{
    uint32_t at = map_add(v->by_name, name, v->slots.count);
    if (at == v->slots.count)
        vec_push(v->arena, &v->slots)->name = name;
    return &v->slots.at[at];
}

/* Names of plain words: what the tokeniser would cut is left out. */
static void fill(invention *v, const char *name, str filling)
{
    for (uint32_t i = 0; i < filling.len; i++)
        if (strchr("-'.,&()/<>", filling.at[i]) || utf8_is_digit((uint32_t)(unsigned char)filling.at[i]))
            return;
    if (filling.len)
        *vec_push(v->arena, &slot_of(v, str_of(name))->fillings) = filling;
}

static void fill_from_knowledge(invention *v, const kb *k)
{
    for (uint32_t i = 0; i < kb_entity_count(k); i++) {
        kb_entity e = kb_entity_at(k, i);
        uint32_t space = str_find(e.name, STR(" "));
        if (e.class == CLASS_PERSON && space != NONE) {
            fill(v, "given", str_part(e.name, 0, space));
            fill(v, "family", str_part(e.name, space + 1, e.name.len));
        }
        if (e.class == CLASS_STATE)
            fill(v, "state", e.name);
        if (e.class >= CLASS_BODY && e.class <= CLASS_UNIVERSITY)
            fill(v, "body", e.name);
    }
    for (uint32_t i = 0; i < kb_name_count(k); i++)
        if (kb_name_at(k, i).use == USE_PEOPLE)
            fill(v, "people", kb_name_at(k, i).text);
    for (uint32_t i = 0; i < kb_toponym_count(k); i++) {
        kb_toponym t = kb_toponym_at(k, i);
        if (t.kind == TOPONYM_CITY && t.population > 15000)
            fill(v, "city", t.name);
        if (t.kind == TOPONYM_REGION)
            fill(v, "region", t.name);
    }
}

/* "slot = words", or a sentence. */
static void read_line(invention *v, str line)
{
    uint32_t at = str_find(line, STR(" = "));
    if (!line.len || line.at[0] == '#')
        return;
    if (at == NONE)
        *vec_push(v->arena, &v->sentences) = line;
    else
        *vec_push(v->arena, &slot_of(v, str_trim(str_part(line, 0, at)))->fillings) = str_trim(str_part(line, at + 3, line.len));
}

invention *invention_open(const kb *k, const char *path)
{
    arena *a = arena_new((size_t)1 << 30);
    if (!a)
        train_fail("out of memory");
    invention *v = arena_take(a, 1, sizeof *v);
    *v = (invention){.arena = a, .by_name = map_new(a)};
    char *bytes;
    size_t len;
    entente_error e;
    if (file_read(path, 1 << 20, &bytes, &len, &e))
        train_fail(e.text);
    str rest = {bytes, (uint32_t)len}, line;
    while (str_next(&rest, '\n', &line))
        read_line(v, str_trim(line));
    fill_from_knowledge(v, k);
    if (!v->sentences.count)
        train_fail("no sentences to invent news from");
    return v;
}

/* ---- one document ---- */

typedef struct telling {
    invention *v;
    arena *arena;
    uint64_t *seed;
    strings words;
    VEC(uint8_t) labels;
    str cast[LABEL_INSIDE + 1][CAST];
} telling;

static str any(telling *t, const strings *of)
{
    return of->at[train_random(t->seed) % of->count];
}

static const slot *slot_named(const telling *t, str name)
{
    uint32_t at = map_get(t->v->by_name, name);
    if (at == NONE || !t->v->slots.at[at].fillings.count)
        train_fail(arena_copy_terminated(t->arena, arena_format(t->arena, "nothing fills the slot <%.*s>", (int)name.len, name.at)));
    return &t->v->slots.at[at];
}

/* The words that a pattern comes to, slots and slots within them filled. */
static str filled(telling *t, str pattern, int depth)
{
    uint32_t open = str_find(pattern, STR("<")), close = str_find(pattern, STR(">"));
    if (open == NONE || close == NONE || close < open || depth == DEPTH)
        return pattern;
    str inner = filled(t, any(t, &slot_named(t, str_part(pattern, open + 1, close))->fillings), depth + 1);
    str rest = filled(t, str_part(pattern, close + 1, pattern.len), depth);
    return arena_format(t->arena, "%.*s%.*s%.*s", (int)open, pattern.at, (int)inner.len, inner.at, (int)rest.len, rest.at);
}

static void say(telling *t, str words, uint8_t label)
{
    str word;
    for (bool first = true; str_next(&words, ' ', &word); first = false) {
        *vec_push(t->arena, &t->words) = word;
        *vec_push(t->arena, &t->labels) = !label || first ? label : label + LABEL_INSIDE;
    }
}

/* A name told before, of a person mostly the last word of it, or a new one. */
static void say_name(telling *t, str slot, uint8_t label)
{
    str *known = &t->cast[label][train_random(t->seed) % CAST], name = *known;
    if (!name.len || train_random(t->seed) % 100 < 30)
        name = *known = filled(t, any(t, &slot_named(t, slot)->fillings), 0);
    else if (label == LABEL_PER && train_random(t->seed) % 100 < 75)
        while (str_find(name, STR(" ")) != NONE)
            name = str_part(name, str_find(name, STR(" ")) + 1, name.len);
    say(t, name, label);
}

static uint8_t label_of(str word)
{
    static const char *const slots[] = {[LABEL_PER] = "<PER>", [LABEL_ORG] = "<ORG>", [LABEL_PLACE] = "<LOC>", [LABEL_MISC] = "<MISC>"};
    for (uint8_t i = LABEL_PER; i <= LABEL_MISC; i++)
        if (str_is(word, slots[i]))
            return i;
    return LABEL_NONE;
}

static void say_sentence(telling *t, str pattern)
{
    str word;
    while (str_next(&pattern, ' ', &word)) {
        uint8_t label = label_of(word);
        if (label)
            say_name(t, str_part(word, 1, word.len - 1), label);
        else
            say(t, filled(t, word, 0), LABEL_NONE);
    }
}

static bool joined(str word, const str *next)
{
    return str_is(word, "(") || str_is(word, "“") || (next && (strchr(",.;:)?!", next->at[0]) || str_starts(*next, "'") || str_is(*next, "”")));
}

static void put_sentence(const telling *t, uint32_t from, buffer *out)
{
    for (uint32_t i = from; i < t->words.count; i++) {
        const str *next = i + 1 < t->words.count ? &t->words.at[i + 1] : NULL;
        buffer_format(out, "%u\t%.*s\t_\t_\t_\t_\t_\t_\t_\t%s\n", i - from + 1, (int)t->words.at[i].len, t->words.at[i].at,
                      joined(t->words.at[i], next) ? "SpaceAfter=No" : "_");
    }
    buffer_char(out, '\n');
}

str invention_tell(invention *v, arena *a, uint32_t sentences, uint64_t *seed, const uint8_t **ret_labels)
{
    telling t = {.v = v, .arena = a, .seed = seed};
    buffer out = {0};
    for (uint32_t i = 0; i < sentences; i++) {
        uint32_t from = t.words.count;
        say_sentence(&t, any(&t, &v->sentences));
        put_sentence(&t, from, &out);
    }
    str text = arena_copy(a, (str){out.at, (uint32_t)out.len});
    buffer_free(&out);
    *vec_push(a, &t.labels) = LABEL_NONE;
    *ret_labels = t.labels.at;
    return text;
}
