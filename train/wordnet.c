/* Forms and lemmas from WordNet: its lemmas, inflected by the rules of English spelling, and its lists of exceptions. */
#include "train.h"

#include <stdlib.h>

typedef struct reading {
    arena *arena;
    inflected_list *list;
    str data;       /* the synsets of the part of speech that is being read */
    uint8_t field;  /* of the lemma that is being read */
    map *irregular[2]; /* nouns and verbs whose inflection is listed: "NNS" or past forms are not made by rule */
} reading;

static str file_text(arena *a, const char *folder, const char *name)
{
    char *at;
    size_t len;
    str path = arena_format(a, "%s/%s", folder, name);
    if (file_read(path.at, 64 << 20, &at, &len, NULL))
        return (str){0};
    arena_defer(a, free, at);
    return (str){at, (uint32_t)len};
}

static void add(reading *r, str form, str lemma, uint8_t upos, uint8_t xpos)
{
    *vec_push(r->arena, r->list) = (inflected){form, lemma, upos, xpos, r->field};
}

static bool is_vowel(char c)
{
    return c && strchr("aeiou", c);
}

static str join(reading *r, str stem, uint32_t cut, const char *more)
{
    return arena_format(r->arena, "%.*s%s", (int)(stem.len - cut), stem.at, more);
}

static str plural(reading *r, str w)
{
    char last = w.at[w.len - 1], before = w.len > 1 ? w.at[w.len - 2] : 0;
    if (last == 'y' && !is_vowel(before))
        return join(r, w, 1, "ies");
    bool hisses = last == 's' || last == 'x' || last == 'z' || (last == 'h' && (before == 'c' || before == 's'));
    return join(r, w, 0, hisses || (last == 'o' && !is_vowel(before)) ? "es" : "s");
}

/* "stop" doubles, "visit" does not: one vowel before one consonant, in a word of one syllable. */
static bool doubles(str w)
{
    uint32_t vowels = 0;
    for (uint32_t i = 0; i < w.len; i++)
        vowels += is_vowel(w.at[i]) && !(i && is_vowel(w.at[i - 1]));
    char last = w.at[w.len - 1];
    return w.len > 2 && vowels == 1 && !is_vowel(last) && !strchr("wxy", last) && is_vowel(w.at[w.len - 2]) && !is_vowel(w.at[w.len - 3]);
}

static str suffixed(reading *r, str w, const char *ending)
{
    char last = w.at[w.len - 1], before = w.len > 1 ? w.at[w.len - 2] : 0;
    bool ing = ending[0] == 'i';
    if (last == 'e' && !(ing && strchr("eoy", before)))
        return join(r, w, 1, ending);
    if (last == 'y' && !is_vowel(before) && !ing)
        return arena_format(r->arena, "%.*si%s", (int)w.len - 1, w.at, ending);
    if (doubles(w))
        return arena_format(r->arena, "%.*s%c%s", (int)w.len, w.at, last, ending);
    return join(r, w, 0, ending);
}

static void inflect_noun(reading *r, str w)
{
    add(r, w, w, UPOS_NOUN, XPOS_NN);
    if (map_get(r->irregular[0], w) == NONE)
        add(r, plural(r, w), w, UPOS_NOUN, XPOS_NNS);
}

static void inflect_verb(reading *r, str w)
{
    add(r, w, w, UPOS_VERB, XPOS_VB);
    add(r, plural(r, w), w, UPOS_VERB, XPOS_VBZ);
    add(r, suffixed(r, w, "ing"), w, UPOS_VERB, XPOS_VBG);
    if (map_get(r->irregular[1], w) != NONE)
        return;
    add(r, suffixed(r, w, "ed"), w, UPOS_VERB, XPOS_VBD);
    add(r, suffixed(r, w, "ed"), w, UPOS_VERB, XPOS_VBN);
}

static void inflect_adjective(reading *r, str w)
{
    add(r, w, w, UPOS_ADJ, XPOS_JJ);
    if (w.len > 6)
        return;
    add(r, suffixed(r, w, "er"), w, UPOS_ADJ, XPOS_JJR);
    add(r, suffixed(r, w, "est"), w, UPOS_ADJ, XPOS_JJS);
}

static void inflect_adverb(reading *r, str w)
{
    add(r, w, w, UPOS_ADV, XPOS_RB);
}

static bool is_plain(str w)
{
    for (uint32_t i = 0; i < w.len; i++)
        if (w.at[i] < 'a' || w.at[i] > 'z')
            return false;
    return w.len > 1;
}

/* The field of a synset: its lexicographer's file; of a verb also whether it takes a clause, an infinitive, two objects. */
static uint8_t synset_field(str data, uint32_t offset, uint32_t *frames)
{
    str line, part, rest = str_part(data, MIN(offset, data.len), data.len);
    int64_t number = 0;
    if (!str_next(&rest, '\n', &line))
        return 0;
    str left = line;
    str_next(&left, ' ', &part);
    str_next(&left, ' ', &part);
    str_to_int(part, &number);
    uint32_t bar = str_find(line, STR(" | "));
    left = str_part(line, 0, bar == NONE ? line.len : bar);
    while (str_next(&left, ' ', &part)) {
        int64_t frame;
        if (!str_is(part, "+") || !str_next(&left, ' ', &part) || part.len != 2 || !str_to_int(part, &frame))
            continue;
        *frames |= frame == 26 || frame == 34 || frame == 29 ? 1u : frame == 28 || frame == 24 ? 2u : frame == 14 || frame == 15 ? 4u : 0;
    }
    return (uint8_t)number;
}

/* Fields of the first sense, and what the first three take. */
static uint8_t field_of(str data, str line, bool verb)
{
    str part;
    uint32_t frames = 0, seen = 0;
    uint8_t field = 0;
    while (seen < 3 && str_next(&line, ' ', &part)) {
        int64_t offset;
        if (part.len != 8 || !str_to_int(part, &offset))
            continue;
        uint8_t f = synset_field(data, (uint32_t)offset, &frames);
        field = seen++ ? field : f;
    }
    return verb ? (uint8_t)((field - 28) * 8 + (int)frames) : field;
}

static void read_index(reading *r, str text, str data, bool verb, void (*inflect)(reading *, str))
{
    str line, word;
    while (str_next(&text, '\n', &line))
        if (str_next(&line, ' ', &word) && is_plain(word)) {
            r->field = data.len ? field_of(data, line, verb) : 0;
            inflect(r, word);
        }
    r->field = 0;
}

static void except(reading *r, str form, str lemma, int kind)
{
    if (kind == 0)
        add(r, form, lemma, UPOS_NOUN, XPOS_NNS);
    else if (kind == 1 && !str_ends(form, "ing") && !str_ends(form, "s")) {
        add(r, form, lemma, UPOS_VERB, XPOS_VBD);
        add(r, form, lemma, UPOS_VERB, XPOS_VBN);
    } else if (kind == 1)
        add(r, form, lemma, UPOS_VERB, str_ends(form, "s") ? XPOS_VBZ : XPOS_VBG);
    else
        add(r, form, lemma, UPOS_ADJ, str_ends(form, "est") ? XPOS_JJS : XPOS_JJR);
}

static void read_exceptions(reading *r, str text, int kind)
{
    str line, form, lemma;
    while (str_next(&text, '\n', &line))
        if (str_next(&line, ' ', &form) && str_next(&line, ' ', &lemma) && is_plain(form) && is_plain(lemma)) {
            except(r, form, lemma, kind);
            if (kind < 2 && !str_ends(form, "ing"))
                map_add(r->irregular[kind], lemma, 1);
        }
}

/* Irregular forms have the field of their lemma. */
static void lend_fields(inflected_list *list, arena *a)
{
    map *fields[2] = {map_new(a), map_new(a)};
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i].field)
            map_add(fields[list->at[i].upos == UPOS_VERB], list->at[i].lemma, list->at[i].field);
    for (uint32_t i = 0; i < list->count; i++) {
        uint32_t f = list->at[i].field || list->at[i].upos == UPOS_ADJ ? NONE : map_get(fields[list->at[i].upos == UPOS_VERB], list->at[i].lemma);
        if (f != NONE)
            list->at[i].field = (uint8_t)f;
    }
}

void wordnet_read(arena *a, const char *folder, inflected_list *ret)
{
    reading r = {.arena = a, .list = ret, .irregular = {map_new(a), map_new(a)}};
    str nouns = file_text(a, folder, "data.noun"), verbs = file_text(a, folder, "data.verb");
    read_exceptions(&r, file_text(a, folder, "noun.exc"), 0);
    read_exceptions(&r, file_text(a, folder, "verb.exc"), 1);
    read_exceptions(&r, file_text(a, folder, "adj.exc"), 2);
    read_index(&r, file_text(a, folder, "index.noun"), nouns, false, inflect_noun);
    read_index(&r, file_text(a, folder, "index.verb"), verbs, true, inflect_verb);
    read_index(&r, file_text(a, folder, "index.adj"), (str){0}, false, inflect_adjective);
    read_index(&r, file_text(a, folder, "index.adv"), (str){0}, false, inflect_adverb);
    lend_fields(ret, a);
}
