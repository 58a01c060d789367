/* usage: train-refer KNOWLEDGE MODEL WORDNET TREEBANK...
 * Trains what noun phrases refer to on CoNLL-U with GUM's Entity= marks, and puts the weights into MODEL as the section
 * "refer", and what WordNet says that nouns can be as "nouns". Tags, names and trees are those of MODEL. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

#include "lang/lang.h"
#include "mention/refer.h"
#include "text/text.h"

enum { ROUNDS = 15, ROWS_LIMIT = 300000, HIDDEN = 30 /* percent */, MARGIN = 4 };

/* ---- nouns ---- */

typedef struct wordnet {
    arena *arena;
    str data;
    VEC(uint8_t) type; /* by synset offset: what was found + 1 */
} wordnet;

/* The synsets of WordNet 3.0 below which a noun is of a type; the nearest wins. */
static const struct {
    uint32_t synset;
    uint8_t noun;
} roots[] = {
    {7846, NOUN_PERSON}, {8008335, NOUN_BODY}, {7950920, NOUN_GROUP}, {7942152, NOUN_GROUP}, {27167, NOUN_PLACE}, {4341686, NOUN_BUILDING},
    {3315023, NOUN_BUILDING}, {4564698, NOUN_BUILDING}, {9287968, NOUN_NATURE}, {9225146, NOUN_NATURE}, {15388, NOUN_ANIMAL},
    {21939, NOUN_ARTIFACT}, {29378, NOUN_EVENT},
};

static uint32_t number_at(str line, uint32_t *at, int base)
{
    char *end;
    uint32_t n = (uint32_t)strtoul(line.at + *at, &end, base);
    *at = (uint32_t)(end - line.at);
    return n;
}

/* The type of a synset or of the nearest above it; NOUN_LATER where none. */
static uint8_t synset_type(const wordnet *w, uint32_t offset, int depth)
{
    for (size_t i = 0; i < COUNT(roots); i++)
        if (roots[i].synset == offset)
            return roots[i].noun;
    str line, rest = str_part(w->data, offset, w->data.len), part;
    if (depth > 16 || offset >= w->data.len || !str_next(&rest, '\n', &line))
        return NOUN_LATER;
    bool above = false;
    while (str_next(&line, ' ', &part) && !str_is(part, "|")) {
        if (above) {
            uint32_t at = 0;
            return synset_type(w, number_at(part, &at, 10), depth + 1);
        }
        above = str_is(part, "@") || str_is(part, "@i");
    }
    return NOUN_LATER;
}

/* "minister n 4 3 @ ~ + 4 1 10320863 ...": the offsets stand last, by frequency. */
static void noun_add(learner *l, const wordnet *w, str line)
{
    str part, lemma = {0};
    uint32_t offsets[3], count = 0;
    while (str_next(&line, ' ', &part)) {
        if (!lemma.len)
            lemma = part;
        if (part.len == 8 && count < 3) {
            uint32_t at = 0;
            offsets[count++] = number_at(part, &at, 10);
        }
    }
    if (str_find(lemma, STR("_")) != NONE)
        return;
    uint32_t feature = feature_of(NOUN_FEATURE, (uint32_t)str_hash(lemma), 0), seen = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t type = synset_type(w, offsets[i], 0);
        if (type == NOUN_LATER || seen & 1u << type)
            continue;
        seen |= 1u << type;
        learner_move(l, &feature, 1, i ? type + NOUN_LATER : type, 1);
    }
}

static str file_text(arena *a, const char *folder, const char *name)
{
    char *at;
    size_t len;
    entente_error e;
    if (file_read(arena_format(a, "%s/%s", folder, name).at, 64 << 20, &at, &len, &e))
        train_fail(e.text);
    return (str){at, (uint32_t)len};
}

static void nouns_make(const char *folder, const char *path)
{
    wordnet w = {.arena = arena_new((size_t)1 << 28)};
    learner *l = learner_new();
    buffer rows = {0};
    w.data = file_text(w.arena, folder, "data.noun");
    str index = file_text(w.arena, folder, "index.noun"), line;
    while (str_next(&index, '\n', &line))
        if (line.len && line.at[0] != ' ')
            noun_add(l, &w, line);
    learner_step(l);
    learner_finish(l);
    learner_rows(l, ROWS_LIMIT, &rows);
    model_replace(path, "nouns", &rows);
    learner_free(l);
    buffer_free(&rows);
}

/* ---- documents ---- */

typedef struct sample {
    doc *d;
    uint32_t *gold;  /* by token: what the phrase that it governs refers to, 0 where it is none */
    uint8_t *type;   /* by token: REFER_ */
    const model *weights;
    const kb *k;
} sample;

static uint8_t type_of(str type)
{
    return str_is(type, "person") ? REFER_PERSON : str_is(type, "organization") ? REFER_BODY : str_is(type, "place") ? REFER_PLACE : REFER_THING;
}

static sample sample_of(const kb *k, const lang *l, str raw)
{
    sample s = {.d = doc_new(), .weights = lang_model(l), .k = k};
    doc *given = doc_new();
    entente_error e;
    if (!s.d || !given)
        train_fail("out of memory");
    given->raw = s.d->raw = raw;
    if (text_given(given, true, &e) || text_given(s.d, false, &e))
        train_fail(e.text);
    uint32_t count = s.d->tokens.count;
    s.gold = arena_take(s.d->arena, count + 1u, sizeof *s.gold);
    s.type = arena_take(s.d->arena, count + 1u, 1);
    marks all = marks_read(given);
    for (uint32_t i = 0; i < all.count; i++) {
        s.gold[all.at[i].head] = (uint32_t)str_hash(all.at[i].id) | 1;
        s.type[all.at[i].head] = type_of(all.at[i].type);
    }
    doc_free(given);
    lang_tag(s.d, l);
    mention_find(s.d, k, s.weights);
    doc_retag(s.d, k);
    lang_parse(s.d, l, LANG_FAST, false);
    link_names(scan_again(s.d, k));
    return s;
}

/* ---- learning ---- */

typedef struct tally {
    uint32_t types, types_wrong, links, links_wrong;
} tally;

static int32_t score_of(const learner *l, const uint32_t *features, uint32_t count)
{
    int32_t scores[256] = {0};
    learner_score(l, features, count, scores);
    return scores[REFER_SCORE];
}

static void learn_type(learner *l, const sample *s, referrer *r, uint32_t at, uint64_t *seed, tally *t)
{
    uint32_t features[REFER_FEATURES], n = type_features(r, at, features), *own = features;
    phrase *p = &r->phrases.at[at];
    int32_t scores[256] = {0};
    uint8_t best = 0, gold = s->type[p->head];
    if (train_random(seed) % 100 < HIDDEN) {
        own += TYPE_OWN;
        n -= TYPE_OWN;
    }
    learner_score(l, own, n, scores);
    for (uint8_t c = 0; c < REFER_TYPES; c++) {
        scores[c] += c == gold ? 0 : MARGIN;
        best = scores[c] > scores[best] ? c : best;
    }
    t->types++;
    p->type = best;
    if (best == gold)
        return;
    t->types_wrong++;
    learner_move(l, own, n, gold, 1);
    learner_move(l, own, n, best, -1);
}

/* Right is every candidate whose latest phrase means the same by the gold; where there is none, a new one. */
static uint32_t learn_link(learner *l, const sample *s, referrer *r, uint32_t at, tally *t)
{
    uint32_t candidates[REFER_CANDIDATES], features[REFER_CANDIDATES + 1][REFER_FEATURES], counts[REFER_CANDIDATES + 1];
    uint32_t count = refer_candidates(r, at, candidates), gold = s->gold[r->phrases.at[at].head], right = NONE, best = 0;
    int32_t scores[REFER_CANDIDATES + 1];
    bool fits[REFER_CANDIDATES + 1] = {false}, any = false;
    if (!count)
        return NONE;
    candidates[count] = NONE;
    for (uint32_t i = 0; i <= count; i++) {
        counts[i] = refer_features(r, at, candidates[i], features[i]);
        scores[i] = score_of(l, features[i], counts[i]);
        fits[i] = i < count ? gold && s->gold[r->phrases.at[r->referents.at[candidates[i]].latest].head] == gold : !any;
        any |= fits[i];
        if (fits[i] && (right == NONE || scores[i] > scores[right]))
            right = i;
    }
    for (uint32_t i = 0; i <= count; i++)
        if (scores[i] + (fits[i] ? 0 : MARGIN) > scores[best] + (fits[best] ? 0 : MARGIN))
            best = i;
    t->links++;
    if (!fits[best]) {
        t->links_wrong++;
        learner_move(l, features[right], counts[right], REFER_SCORE, 1);
        learner_move(l, features[best], counts[best], REFER_SCORE, -1);
    }
    return candidates[fits[best] ? best : right];
}

static void learn_document(learner *l, sample *s, uint64_t *seed, tally *t)
{
    scan *sc = scan_again(s->d, s->k);
    referrer *r = referrer_new(sc, s->weights);
    for (uint32_t i = 0; i < r->phrases.count; i++) {
        uint32_t referent;
        learner_step(l);
        if (!r->phrases.at[i].sure)
            learn_type(l, s, r, i, seed, t);
        if (!refer_told(r, i, &referent))
            referent = learn_link(l, s, r, i, t);
        refer_settle(r, i, referent);
    }
}

int main(int argc, char **argv)
{
    kb *k;
    lang *l;
    entente_error e;
    static sample all[4096];
    uint32_t count = 0, order[4096];
    if (argc < 5) {
        fputs("usage: train-refer KNOWLEDGE MODEL WORDNET TREEBANK...\n", stderr);
        return 2;
    }
    nouns_make(argv[3], argv[2]);
    if (kb_open((const char *const *)&argv[1], 1, &k, &e) || lang_open(argv[2], &l, &e))
        train_fail(e.text);
    for (int i = 4; i < argc; i++) {
        char *at;
        size_t len;
        if (file_read(argv[i], 256 << 20, &at, &len, &e))
            train_fail(e.text);
        for (str rest = {at, (uint32_t)len}; rest.len && count < COUNT(all);) {
            uint32_t next = str_find(str_part(rest, 1, rest.len), STR("# newdoc"));
            str raw = next == NONE ? rest : str_part(rest, 0, next + 1);
            all[count++] = sample_of(k, l, raw);
            rest = str_part(rest, raw.len, rest.len);
        }
    }
    fprintf(stderr, "%u documents\n", count);
    learner *model = learner_new();
    uint64_t seed = 7;
    for (int round = 0; round < ROUNDS; round++) {
        tally t = {0};
        train_shuffle(order, count, &seed);
        for (uint32_t i = 0; i < count; i++)
            learn_document(model, &all[order[i]], &seed, &t);
        fprintf(stderr, "round %d: types %u of %u wrong, links %u of %u\n", round + 1, t.types_wrong, t.types, t.links_wrong, t.links);
    }
    buffer rows = {0};
    learner_finish(model);
    learner_rows(model, ROWS_LIMIT, &rows);
    lang_close(l);
    model_replace(argv[2], "refer", &rows);
    return 0;
}
