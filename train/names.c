/* usage: train-names KNOWLEDGE MODEL NEWS TREEBANK...
 * Trains the recogniser of names on CoNLL-U with GUM's Entity= marks and puts its weights into MODEL as the section
 * "names", beside what is there. Tags are those of MODEL, as they will be when it is used. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

#include "lang/lang.h"
#include "mention/guess.h"
#include "text/text.h"

enum { ROUNDS = 25, ROWS_LIMIT = 500000, HIDDEN = 50 /* percent */, MARGIN = 8 };

typedef struct sample {
    doc *d;
    guesser *g;
    uint8_t *gold;
} sample;

typedef struct samples {
    sample *at;
    uint32_t count, room;
} samples;

/* ---- gold labels ---- */

static uint8_t label_of(str type)
{
    static const struct {
        const char *type;
        uint8_t label;
    } types[] = {{"person", LABEL_PER}, {"organization", LABEL_ORG}, {"place", LABEL_PLACE}, {"event", LABEL_MISC}, {"object", LABEL_MISC},
                 {"abstract", LABEL_MISC}, {"animal", LABEL_MISC}, {"plant", LABEL_MISC}, {"substance", LABEL_MISC}};
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_is(type, types[i].type))
            return types[i].label;
    return LABEL_NONE;
}

static bool proper(const sample *s, uint32_t t)
{
    return s->d->tokens.at[t].upos == UPOS_PROPN;
}

/* "University of X": the run goes on over "of" within the mention, as newspapers name it. */
static uint32_t run_end(const sample *s, const mark *m, uint32_t last)
{
    while (last < m->last && proper(s, last + 1))
        last++;
    scan *sc = s->g->s;
    uint32_t next = last + 1;
    if (next < m->last && (scan_is(sc, next, "of") || scan_is(sc, next, "for") || scan_is(sc, next, "and") || scan_is(sc, next, "-"))) {
        uint32_t after = scan_is(sc, next + 1, "the") && next + 1 < m->last ? next + 2 : next + 1;
        if (after <= m->last && proper(s, after) && sc->shape[after] & SHAPE_UPPER)
            return run_end(s, m, after);
    }
    return last;
}

/* A title or a power before a person's name is no part of it. */
static uint32_t after_titles(const sample *s, uint32_t first, uint32_t last)
{
    hit hits[HITS];
    while (first < last) {
        uint32_t n = scan_walk(s->g->s, KB_TRIE_AGENTS, first, hits), end = NONE;
        if (n && hits[n - 1].last < last)
            end = hits[n - 1].last;
        uint32_t w = scan_walk(s->g->s, KB_TRIE_WORDS, first, hits);
        for (uint32_t i = 0; i < w && end == NONE; i++) {
            if (scan_is_kind(s->g->s, &hits[i], "title") && hits[i].last < last)
                end = hits[i].last;
        }
        if (end == NONE)
            break;
        first = end + 1;
    }
    return first;
}

static void paint(sample *s, const mark *m)
{
    uint32_t head = m->head;
    uint8_t label = label_of(m->type);
    if (!label || !proper(s, head))
        return;
    uint32_t first = head, last = run_end(s, m, head);
    while (first > m->first && proper(s, first - 1))
        first--;
    if (label == LABEL_PER)
        first = after_titles(s, first, last);
    for (uint32_t t = first; t <= last; t++)
        if (s->gold[t])
            return;
    for (uint32_t t = first; t <= last; t++)
        s->gold[t] = t == first ? label : label + LABEL_INSIDE;
}

static int compare_marks(const void *x, const void *y)
{
    const mark *a = x, *b = y;
    uint32_t la = a->last - a->first, lb = b->last - b->first;
    return la != lb ? (la > lb ? -1 : 1) : a->first != b->first ? (a->first < b->first ? -1 : 1) : (int)label_of(a->type) - (int)label_of(b->type);
}

static void marks_paint(sample *s)
{
    marks all = marks_read(s->d);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, compare_marks);
    for (uint32_t i = 0; i < all.count; i++)
        paint(s, &all.at[i]);
}

/* ---- learning ---- */

static uint8_t predict(const learner *l, const guesser *g, uint32_t t, const uint32_t *features, uint32_t count, uint8_t gold)
{
    int32_t scores[256] = {0}, best = INT32_MIN;
    uint8_t found = LABEL_NONE;
    learner_score(l, features, count, scores);
    for (uint8_t c = 0; c < LABELS; c++)
        scores[c] += c == gold ? 0 : MARGIN;
    for (uint8_t c = 0; c < LABELS; c++)
        if (guess_fits(g, t, c) && scores[c] > best) {
            best = scores[c];
            found = c;
        }
    return found;
}

static uint32_t learn_document(learner *l, sample *s, uint64_t *seed)
{
    uint32_t wrong = 0, count = s->d->tokens.count;
    scan *sc = s->g->s;
    guesser fresh = *s->g;
    fresh.memory = map_new(s->d->arena);
    memset(fresh.label, 0, count);
    memset(fresh.remembered, 0, count * sizeof *fresh.remembered);
    for (uint32_t t = 0; t < count; t++) {
        uint32_t features[GUESS_FEATURES];
        if (!guess_may(&fresh, t))
            continue;
        uint32_t n = guess_features(&fresh, t, features);
        if (train_random(seed) % 100 < HIDDEN) {
            memmove(features, features + GUESS_OWN, (n - GUESS_OWN) * sizeof *features);
            n -= GUESS_OWN;
        }
        uint8_t label = predict(l, &fresh, t, features, n, s->gold[t]), gold = s->gold[t];
        learner_step(l);
        if (gold > LABEL_INSIDE && !guess_fits(&fresh, t, gold))
            gold = sc->shape[t] & (SHAPE_UPPER | SHAPE_DIGIT) ? gold - LABEL_INSIDE : LABEL_NONE;
        if (label != gold) {
            learner_move(l, features, n, gold, 1);
            learner_move(l, features, n, label, -1);
            wrong++;
        }
        guess_settle(&fresh, t, label);
    }
    return wrong;
}

/* ---- other names in the same sentences ----
 * The treebank has few names, and the tagger has seen them all. In copies of each document persons and places bear other
 * names, of the knowledge, the same ones throughout; so contexts are learned, and names that nobody has seen. */

enum { COPIES = 3 };

typedef struct pool {
    arena *arena;
    VEC(str) given;
    VEC(str) family;
    VEC(str) place;
} pool;

static str first_word(str name)
{
    uint32_t space = str_find(name, STR(" "));
    return space == NONE ? name : str_part(name, 0, space);
}

static str last_word(str name)
{
    uint32_t at = name.len;
    while (at && name.at[at - 1] != ' ')
        at--;
    return str_part(name, at, name.len);
}

static void pool_fill(pool *p, const kb *k)
{
    for (uint32_t i = 0; i < kb_entity_count(k); i++) {
        kb_entity e = kb_entity_at(k, i);
        if (e.class != CLASS_PERSON || str_find(e.name, STR(" ")) == NONE)
            continue;
        *vec_push(p->arena, &p->given) = first_word(e.name);
        *vec_push(p->arena, &p->family) = last_word(e.name);
    }
    for (uint32_t i = 0; i < kb_toponym_count(k); i++) {
        kb_toponym t = kb_toponym_at(k, i);
        if ((t.kind == TOPONYM_CITY || t.kind == TOPONYM_REGION) && t.population > 20000 && str_find(t.name, STR(" ")) == NONE)
            *vec_push(p->arena, &p->place) = t.name;
    }
}

static str other_name(const pool *p, const sample *s, uint32_t t, uint64_t *seed)
{
    uint8_t label = s->gold[t], after = t + 1 < s->d->tokens.count ? s->gold[t + 1] : 0;
    bool upper = s->g->s->shape[t] & SHAPE_UPPER && !(s->g->s->shape[t] & SHAPE_ALL_UPPER);
    if (!upper || !proper(s, t))
        return (str){0};
    if (label == LABEL_PER && after == LABEL_PER + LABEL_INSIDE)
        return p->given.at[train_random(seed) % p->given.count];
    if (label == LABEL_PER || (label == LABEL_PER + LABEL_INSIDE && after != label))
        return p->family.at[train_random(seed) % p->family.count];
    if (label == LABEL_PLACE && after != LABEL_PLACE + LABEL_INSIDE)
        return p->place.at[train_random(seed) % p->place.count];
    return (str){0};
}

/* The words of the document, some of them others: the same word is always the same other one. */
static str *words_renamed(const pool *p, const sample *s, uint64_t *seed)
{
    map *seen = map_new(s->d->arena);
    str *all = arena_take(s->d->arena, s->d->tokens.count + 1u, sizeof *all);
    for (uint32_t t = 0; t < s->d->tokens.count; t++) {
        str form = doc_str(s->d, s->d->tokens.at[t].span);
        if (!s->gold[t])
            continue;
        uint32_t before = map_get(seen, form);
        all[t] = before != NONE ? all[before] : other_name(p, s, t, seed);
        if (before == NONE && all[t].len)
            map_add(seen, form, t);
    }
    return all;
}

/* CoNLL-U with the forms replaced; a contraction ("Gordon's") with its first word. */
static str renamed(const sample *s, const str *words)
{
    buffer out = {0};
    str rest = s->d->raw, line;
    uint32_t t = 0;
    while (str_next(&rest, '\n', &line)) {
        uint32_t digits = 0;
        while (digits < line.len && line.at[digits] >= '0' && line.at[digits] <= '9')
            digits++;
        bool word = digits && digits < line.len && line.at[digits] == '\t', range = digits && digits < line.len && line.at[digits] == '-';
        str old = t < s->d->tokens.count ? doc_str(s->d, s->d->tokens.at[t].span) : (str){0};
        uint32_t at = str_find(line, STR("\t"));
        bool here = (word || range) && words[t].len && at != NONE && line.len > at + old.len && !memcmp(line.at + at + 1, old.at, old.len);
        if (here) {
            buffer_add(&out, line.at, at + 1u);
            buffer_str(&out, words[t]);
            buffer_str(&out, str_part(line, at + 1 + old.len, line.len));
        } else {
            buffer_str(&out, line);
        }
        buffer_char(&out, '\n');
        t += word;
    }
    str copy = arena_copy(s->d->arena, (str){out.at, (uint32_t)out.len});
    buffer_free(&out);
    return copy;
}

/* ---- invented news ---- */

static void samples_push(samples *all, sample s)
{
    if (all->count == all->room) {
        all->room = all->room ? 2 * all->room : 64;
        all->at = realloc(all->at, all->room * sizeof *all->at);
        if (!all->at)
            train_fail("out of memory");
    }
    all->at[all->count++] = s;
}

enum { INVENTED = 1000, SENTENCES = 12 };

static void invented_add(samples *all, const kb *k, const lang *l, const char *path)
{
    invention *v = invention_open(k, path);
    uint64_t seed = 11;
    for (int i = 0; i < INVENTED; i++) {
        sample s = {.d = doc_new()};
        const uint8_t *labels;
        entente_error e;
        if (!s.d)
            train_fail("out of memory");
        s.d->raw = invention_tell(v, s.d->arena, SENTENCES, &seed, &labels);
        if (text_given(s.d, false, &e))
            train_fail(e.text);
        s.gold = arena_take(s.d->arena, s.d->tokens.count + 1u, 1);
        memcpy(s.gold, labels, s.d->tokens.count);
        lang_tag(s.d, l);
        s.g = guesser_new(scan_new(s.d, k));
        samples_push(all, s);
    }
}

/* ---- reading ---- */

static void copy_add(samples *all, const kb *k, const lang *l, const pool *names, const sample *from, uint64_t *seed)
{
    sample s = {.d = doc_new(), .gold = from->gold};
    entente_error e;
    if (!s.d)
        train_fail("out of memory");
    s.d->raw = renamed(from, words_renamed(names, from, seed));
    if (text_given(s.d, false, &e))
        train_fail(e.text);
    if (s.d->tokens.count != from->d->tokens.count)
        train_fail("a copy has other words");
    lang_tag(s.d, l);
    s.g = guesser_new(scan_new(s.d, k));
    samples_push(all, s);
}

static void sample_add(samples *all, const kb *k, const lang *l, const pool *names, str raw)
{
    sample s = {.d = doc_new()};
    entente_error e;
    if (!s.d)
        train_fail("out of memory");
    s.d->raw = raw;
    if (text_given(s.d, true, &e))
        train_fail(e.text);
    s.gold = arena_take(s.d->arena, s.d->tokens.count + 1u, 1);
    s.g = guesser_new(scan_new(s.d, k));
    marks_paint(&s);
    uint64_t seed = all->count + 1u;
    sample plain = s;
    lang_tag(s.d, l);
    s.g = guesser_new(scan_new(s.d, k));
    samples_push(all, s);
    for (int i = 0; i < COPIES; i++)
        copy_add(all, k, l, names, &plain, &seed);
}

static void treebank_add(samples *all, const kb *k, const lang *l, const pool *names, const char *path)
{
    char *at;
    size_t len;
    entente_error e;
    if (file_read(path, 256 << 20, &at, &len, &e))
        train_fail(e.text);
    str rest = {at, (uint32_t)len};
    while (rest.len) {
        str tail = str_part(rest, 1, rest.len);
        uint32_t next = str_find(tail, STR("# newdoc"));
        str raw = next == NONE ? rest : str_part(rest, 0, next + 1);
        sample_add(all, k, l, names, raw);
        rest = str_part(rest, raw.len, rest.len);
    }
}

int main(int argc, char **argv)
{
    kb *k;
    lang *l;
    entente_error e;
    samples all = {0};
    if (argc < 5) {
        fputs("usage: train-names KNOWLEDGE MODEL NEWS TREEBANK...\n", stderr);
        return 2;
    }
    if (kb_open((const char *const *)&argv[1], 1, &k, &e) || lang_open(argv[2], &l, &e))
        train_fail(e.text);
    pool names = {.arena = arena_new((size_t)1 << 30)};
    if (!names.arena)
        train_fail("out of memory");
    pool_fill(&names, k);
    for (int i = 4; i < argc; i++)
        treebank_add(&all, k, l, &names, argv[i]);
    invented_add(&all, k, l, argv[3]);
    fprintf(stderr, "%u documents\n", all.count);
    learner *model = learner_new();
    uint64_t seed = 7;
    uint32_t *order = malloc(all.count * sizeof *order);
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t wrong = 0;
        train_shuffle(order, all.count, &seed);
        for (uint32_t i = 0; i < all.count; i++)
            wrong += learn_document(model, &all.at[order[i]], &seed);
        fprintf(stderr, "round %d: %u wrong\n", round + 1, wrong);
    }
    buffer rows = {0};
    learner_finish(model);
    learner_rows(model, ROWS_LIMIT, &rows);
    lang_close(l);
    model_replace(argv[2], "names", &rows);
    return 0;
}
