/* The recogniser of names never seen before: token by token, from left to right, by the weights of train/names.c. */
#include "mention/guess.h"

enum {
    HINT_NONE, HINT_STATE, HINT_PEOPLE, HINT_PERSON, HINT_BODY, HINT_SURNAME, HINT_CITY, HINT_TOWN, HINT_NATURE, HINT_INSIDE = 16
};
enum { WORD_GIVEN = 1, WORD_TITLE = 2, WORD_ORG = 4, WORD_PLACE = 8, WORD_MISC = 16, WORD_AGENT = 32, WORD_FAMILY = 64 };

/* ---- what is known of every token beforehand ---- */

static uint8_t hint_of_name(const scan *s, const hit *h)
{
    kb_name n = kb_name_at(s->k, kb_value(s->k, KB_TRIE_NAMES, h->first));
    kb_entity e = kb_entity_at(s->k, n.entity);
    if (n.use == USE_SURNAME)
        return HINT_SURNAME;
    if (n.use == USE_PEOPLE)
        return HINT_PEOPLE;
    if (e.type == ENTITY_PER)
        return HINT_PERSON;
    return e.type == ENTITY_GPE || e.type == ENTITY_LOC ? HINT_STATE : HINT_BODY;
}

static uint8_t hint_of_place(const scan *s, const hit *h)
{
    for (uint32_t i = 0; i < h->count; i++) {
        kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, h->first + i));
        if (p.kind == TOPONYM_CITY && p.population && p.population < LEAST_TOWN)
            continue;
        if (p.kind == TOPONYM_CITY || p.kind == TOPONYM_REGION)
            return p.population >= 100000 ? HINT_CITY : HINT_TOWN;
        return HINT_NATURE;
    }
    return HINT_NONE;
}

static void hints_fill(guesser *g)
{
    const scan *s = g->s;
    uint32_t count = s->d->tokens.count;
    for (uint32_t t = 0; t < count; t++) {
        hit names[HITS], places[HITS];
        if (!(s->shape[t] & SHAPE_UPPER))
            continue;
        uint32_t n = scan_walk(s, KB_TRIE_NAMES, t, names), p = scan_walk(s, KB_TRIE_PLACES, t, places);
        while (p && (hint_of_place(s, &places[p - 1]) == HINT_NONE || scan_short(s, t, places[p - 1].last)))
            p--;
        if (!n && !p)
            continue;
        bool name = n && (!p || names[n - 1].last >= places[p - 1].last) && !(p && hint_of_name(s, &names[n - 1]) == HINT_SURNAME);
        const hit *h = name ? &names[n - 1] : p ? &places[p - 1] : &names[n - 1];
        g->hint[t] = name || !p ? hint_of_name(s, h) : hint_of_place(s, h);
        for (uint32_t i = t + 1; i <= h->last; i++)
            g->hint[i] = g->hint[t] | HINT_INSIDE;
        t = h->last;
    }
}

static uint8_t word_kinds(const scan *s, uint32_t t)
{
    static const struct {
        const char *kind;
        uint8_t bit;
    } kinds[] = {{"given", WORD_GIVEN}, {"title", WORD_TITLE}, {"orgword", WORD_ORG}, {"placeword", WORD_PLACE}, {"miscword", WORD_MISC}};
    hit hits[HITS];
    uint8_t bits = 0;
    for (uint32_t n = scan_walk(s, KB_TRIE_WORDS, t, hits); n--;)
        for (uint32_t i = 0; i < hits[n].count; i++) {
            kb_time w = kb_word_at(s->k, kb_value(s->k, KB_TRIE_WORDS, hits[n].first + i));
            for (size_t k = 0; k < COUNT(kinds); k++)
                if (str_is(w.kind, kinds[k].kind))
                    bits |= kinds[k].bit;
        }
    if (scan_walk(s, KB_TRIE_AGENTS, t, hits))
        bits |= WORD_AGENT;
    for (uint32_t n = scan_walk(s, KB_TRIE_NAMES, t, hits); n--;)
        for (uint32_t i = 0; i < hits[n].count && hits[n].last == t; i++)
            bits |= kb_name_at(s->k, kb_value(s->k, KB_TRIE_NAMES, hits[n].first + i)).use == USE_SURNAME ? WORD_FAMILY : 0;
    return bits;
}

/* Runs of capitalised words within a sentence. */
static void runs_fill(guesser *g)
{
    const scan *s = g->s;
    uint32_t count = s->d->tokens.count;
    for (uint32_t t = 0; t < count; t++) {
        uint32_t end = scan_end(s, t), last = t;
        while (s->shape[t] & SHAPE_UPPER && last + 1 < end && s->shape[last + 1] & SHAPE_UPPER)
            last++;
        for (uint32_t i = t; i <= last; i++) {
            g->run_first[i] = t;
            g->run_last[i] = last;
        }
        t = last;
    }
}

guesser *guesser_new(scan *s)
{
    uint32_t count = s->d->tokens.count;
    guesser *g = arena_take(s->a, 1, sizeof *g);
    *g = (guesser){.s = s, .memory = map_new(s->a)};
    g->form = arena_take(s->a, count + 1u, sizeof *g->form);
    g->hint = arena_take(s->a, count + 1u, 1);
    g->words = arena_take(s->a, count + 1u, 1);
    g->low = arena_take(s->a, count + 1u, 1);
    g->label = arena_take(s->a, count + 1u, 1);
    g->remembered = arena_take(s->a, count + 1u, sizeof *g->remembered);
    g->run_first = arena_take(s->a, count + 1u, sizeof *g->run_first);
    g->run_last = arena_take(s->a, count + 1u, sizeof *g->run_last);
    runs_fill(g);
    map *low = map_new(s->a);
    for (uint32_t t = 0; t < count; t++) {
        g->form[t] = (uint32_t)str_hash(scan_token(s, t)->lower);
        if (!(s->shape[t] & SHAPE_UPPER) && s->shape[t] & SHAPE_LETTER)
            map_add(low, scan_token(s, t)->lower, t);
    }
    for (uint32_t t = 0; t < count; t++)
        if (s->shape[t] & SHAPE_UPPER) {
            g->low[t] = map_get(low, scan_token(s, t)->lower) != NONE;
            g->words[t] = word_kinds(s, t);
        }
    hints_fill(g);
    return g;
}

/* ---- features ---- */

/* "Xx", "XX", "Xx-Xx", "X.", "d": runs are written once. */
static uint32_t pattern(str form)
{
    char out[12];
    uint32_t n = 0;
    char before = 0;
    for (const char *p = form.at, *end = form.at + form.len; p < end && n < sizeof out;) {
        uint32_t c = utf8_next(&p, end);
        char k = utf8_is_letter(c) ? (utf8_is_upper(c) ? 'X' : 'x') : utf8_is_digit(c) ? 'd' : c < 128 ? (char)c : '~';
        if (k != before)
            out[n++] = k;
        before = k;
    }
    return (uint32_t)str_hash((str){out, n}) ^ (form.len > 3 ? 0 : form.len);
}

static uint32_t part(str form, uint32_t len, bool front)
{
    if (form.len < len)
        return 0;
    return (uint32_t)str_hash(front ? str_part(form, 0, len) : str_part(form, form.len - len, form.len));
}

typedef struct out {
    uint32_t *at, count, kind;
} out;

static void add(out *o, uint32_t a, uint32_t b)
{
    o->kind++;
    if (o->count < GUESS_FEATURES)
        o->at[o->count++] = feature_of(o->kind, a, b);
}

typedef struct near {
    uint32_t form, shape, tag, hint, words;
} near;

static near near_of(const guesser *g, uint32_t t, bool exists)
{
    if (!exists)
        return (near){1, 0, 0, 0, 0};
    const token *w = scan_token(g->s, t);
    return (near){g->form[t], g->s->shape[t], w->upos * 64u + w->xpos, g->hint[t], g->words[t]};
}

static bool starts_sentence(const guesser *g, uint32_t t)
{
    uint32_t begin = scan_begin(g->s, t);
    while (begin < t && !(g->s->shape[begin] & (SHAPE_LETTER | SHAPE_DIGIT)))
        begin++;
    return begin == t;
}

/* What stands at a token and around it, gathered once for all features. */
typedef struct view {
    uint32_t t, begin, end;
    near w, l, l2, r, r2;
    uint32_t prev, prev2, shape, first, low, remembered, remembered_next;
    str form, lower;
} view;

static uint32_t memory_of(const guesser *g, uint32_t t, bool exists)
{
    uint32_t at = exists ? map_get(g->memory, scan_token(g->s, t)->lower) : NONE;
    return at == NONE ? 0 : g->remembered[at];
}

static view view_of(const guesser *g, uint32_t t)
{
    const scan *s = g->s;
    uint32_t begin = scan_begin(s, t), end = scan_end(s, t);
    return (view){
        .t = t, .begin = begin, .end = end, .w = near_of(g, t, true), .l = near_of(g, t - 1, t > begin),
        .l2 = near_of(g, t - 2, t > begin + 1), .r = near_of(g, t + 1, t + 1 < end), .r2 = near_of(g, t + 2, t + 2 < end),
        .prev = t > begin ? g->label[t - 1] : 0, .prev2 = t > begin + 1 ? g->label[t - 2] : 0, .shape = pattern(scan_form(s, t)),
        .first = starts_sentence(g, t), .low = g->low[t], .remembered = memory_of(g, t, true),
        .remembered_next = memory_of(g, t + 1, t + 1 < end), .form = scan_form(s, t), .lower = scan_token(s, t)->lower};
}

/* The word's own letters. */
static void add_own(out *o, const view *x)
{
    add(o, x->w.form, 0);
    add(o, x->w.form, x->prev);
    add(o, x->w.form, x->first);
    add(o, x->l.form, x->w.form);
    add(o, x->w.form, x->r.form);
    add(o, part(x->lower, 1, true), x->prev > 0);
    add(o, part(x->lower, 3, true), 0);
    add(o, part(x->lower, 2, false), 0);
    add(o, part(x->lower, 3, false), 0);
    add(o, part(x->lower, 4, false), 0);
    add(o, part(x->lower, 3, false), x->first);
}

/* The words around it, their shapes and tags. */
static void add_near(out *o, const view *x)
{
    add(o, 0, 0);
    add(o, x->l.form, 0);
    add(o, x->r.form, 0);
    add(o, x->l2.form, 0);
    add(o, x->r2.form, 0);
    add(o, x->l.form, x->l2.form);
    add(o, x->r.form, x->r2.form);
    add(o, x->l.form, x->prev);
    add(o, x->r.form, x->prev);
    add(o, x->shape, 0);
    add(o, x->shape, x->first);
    add(o, x->shape, x->prev);
    add(o, x->l.shape, x->w.shape * 16 + x->r.shape);
    add(o, x->w.tag, x->prev);
    add(o, x->l.tag, x->w.tag);
    add(o, x->w.tag, x->r.tag);
    add(o, x->l.tag, x->r.tag);
    add(o, x->prev, x->prev2);
    add(o, x->prev * 16 + x->prev2, x->w.shape);
    add(o, x->prev, x->r.shape * 16 + x->w.shape);
    add(o, MIN(x->form.len, 12), x->w.shape);
}

/* What the knowledge and this text have on it. */
static void add_known(out *o, const view *x)
{
    add(o, x->w.tag, x->first * 2 + x->low);
    add(o, x->w.hint, x->prev);
    add(o, x->w.hint, x->shape);
    add(o, x->w.hint, x->l.form);
    add(o, x->w.hint, x->r.form);
    add(o, x->w.hint, x->first * 2 + x->low);
    add(o, x->w.hint, x->r.hint * 32 + x->l.hint);
    add(o, x->r.hint, x->prev);
    add(o, x->l.hint, x->prev);
    add(o, x->w.words, x->prev);
    add(o, x->w.words, x->r.words);
    add(o, x->w.words, x->l.words);
    add(o, x->l.words, x->prev);
    add(o, x->r.words, x->r.shape);
    add(o, x->r.words, x->r2.words);
    add(o, x->w.words, x->w.hint);
    add(o, x->remembered, x->prev);
    add(o, x->remembered, x->r.shape);
    add(o, x->remembered_next, x->prev * 2 + (x->r.shape & 1));
    add(o, x->low, x->w.shape);
    add(o, x->low * 2 + x->first, x->remembered);
    add(o, x->w.hint * 128 + x->w.words, x->r.shape * 16 + x->l.shape);
}

/* The run of capitalised words that it stands in. */
static void add_run(out *o, const guesser *g, const view *x)
{
    uint32_t from = g->run_first[x->t], to = g->run_last[x->t], len = MIN(to - from + 1, 5), at = MIN(x->t - from, 3);
    uint32_t after_run = to + 1 < x->end ? g->form[to + 1] : 1, before_run = from > x->begin ? g->form[from - 1] : 1;
    add(o, g->words[to], at * 8 + len);
    add(o, g->words[to], x->prev);
    add(o, g->form[to], at);
    add(o, g->words[from] * 256 + g->words[to], at);
    add(o, g->hint[from] * 32 + g->hint[to], at * 8 + len);
    add(o, after_run, x->prev);
    add(o, before_run, x->prev);
    add(o, after_run, len);
    add(o, before_run, len);
}

uint32_t guess_features(const guesser *g, uint32_t t, uint32_t ret[GUESS_FEATURES])
{
    out o = {ret, 0, 0};
    view x = view_of(g, t);
    add_own(&o, &x);
    add_near(&o, &x);
    add_known(&o, &x);
    add_run(&o, g, &x);
    return o.count;
}

/* ---- labels ---- */

static bool is_link(const guesser *g, uint32_t t)
{
    static const char *const links[] = {"of", "the", "and", "for", "de", "la", "del", "di", "da", "dos", "du", "von", "van", "der", "den", "bin", "ibn", "al",
                                        "el", "-", "&", "'s", ".", "'", "y", "on", "to", "in", "le", "les", "des", "das", "do", "a", "e", "/", ":", "!", "at", "with"};
    return scan_is_any(g->s, t, links, COUNT(links));
}

bool guess_may(const guesser *g, uint32_t t)
{
    const scan *s = g->s;
    if (s->shape[t] & SHAPE_UPPER)
        return true;
    if (t == scan_begin(s, t) || !g->label[t - 1])
        return false;
    if (s->shape[t] & SHAPE_DIGIT)
        return true;
    uint32_t end = scan_end(s, t);
    return is_link(g, t) && t + 1 < end && (s->shape[t + 1] & SHAPE_UPPER || (t + 2 < end && is_link(g, t + 1) && s->shape[t + 2] & SHAPE_UPPER));
}

bool guess_fits(const guesser *g, uint32_t t, uint8_t label)
{
    if (label <= LABEL_INSIDE)
        return label == LABEL_NONE || g->s->shape[t] & (SHAPE_UPPER | SHAPE_DIGIT);
    uint8_t before = t > scan_begin(g->s, t) ? g->label[t - 1] : LABEL_NONE;
    return before == label || before + LABEL_INSIDE == label;
}

void guess_settle(guesser *g, uint32_t t, uint8_t label)
{
    g->label[t] = label;
    if (!(g->s->shape[t] & SHAPE_UPPER) || starts_sentence(g, t))
        return;
    uint32_t at = map_add(g->memory, scan_token(g->s, t)->lower, t);
    g->remembered[at] = 1 + (label > LABEL_INSIDE ? label - LABEL_INSIDE : label);
}

static uint8_t best_label(const guesser *g, const model_rows *rows, uint32_t t)
{
    uint32_t features[GUESS_FEATURES], count = guess_features(g, t, features);
    int32_t scores[256], best = INT32_MIN;
    uint8_t found = LABEL_NONE;
    memset(scores, 0, LABELS * sizeof *scores);
    model_rows_add(rows, features, count, scores);
    for (uint8_t c = 0; c < LABELS; c++)
        if (guess_fits(g, t, c) && scores[c] > best) {
            best = scores[c];
            found = c;
        }
    return found;
}

/* Without weights: what the tagger calls a proper noun, of whatever type. */
static uint8_t plain_label(const guesser *g, uint32_t t)
{
    if (scan_token(g->s, t)->upos != UPOS_PROPN || !(g->s->shape[t] & SHAPE_UPPER))
        return LABEL_NONE;
    return guess_fits(g, t, LABEL_MISC + LABEL_INSIDE) ? LABEL_MISC + LABEL_INSIDE : LABEL_MISC;
}

/* Names that end in a link ("University of") lose it. */
static void trim_links(guesser *g)
{
    const scan *s = g->s;
    for (uint32_t t = s->d->tokens.count; t-- > 1;)
        if (g->label[t] > LABEL_INSIDE && !(s->shape[t] & (SHAPE_UPPER | SHAPE_DIGIT))
            && (t + 1 == scan_end(s, t) || g->label[t + 1] <= LABEL_INSIDE) && !str_is(scan_form(s, t), ".") && !str_is(scan_form(s, t), "!"))
            g->label[t] = LABEL_NONE;
}

/* "Sierra Leone Tuesday": the day is no part of the name. */
static void cut_times(guesser *g)
{
    for (uint32_t t = 0; t < g->s->d->tokens.count; t++) {
        if (!g->s->timed[t] || !g->label[t])
            continue;
        g->label[t] = LABEL_NONE;
        if (t + 1 < g->s->d->tokens.count && g->label[t + 1] > LABEL_INSIDE)
            g->label[t + 1] -= LABEL_INSIDE;
    }
}

static uint32_t label_end(const guesser *g, uint32_t t)
{
    uint32_t end = scan_end(g->s, t);
    while (t + 1 < end && g->label[t + 1] > LABEL_INSIDE)
        t++;
    return t;
}

static void relabel(guesser *g, uint32_t first, uint32_t last, uint8_t label)
{
    for (uint32_t t = first; t <= last; t++)
        g->label[t] = t == first ? label : label + LABEL_INSIDE;
}

/* A last word that says what the name is, is right where the weights are not: no person is called "Band" or "Bridge". */
static void mend_types(guesser *g)
{
    for (uint32_t t = 0; t < g->s->d->tokens.count; t++) {
        if (!g->label[t] || g->label[t] > LABEL_INSIDE)
            continue;
        uint32_t last = label_end(g, t);
        uint8_t kinds = g->words[last];
        bool person = g->label[t] == LABEL_PER && last > t && !(kinds & (WORD_GIVEN | WORD_FAMILY));
        if (person && kinds & WORD_ORG && !(kinds & WORD_PLACE))
            relabel(g, t, last, LABEL_ORG);
        else if (person && kinds & WORD_PLACE && !(kinds & WORD_ORG))
            relabel(g, t, last, LABEL_PLACE);
        t = last;
    }
}

/* "Mrs. Brandt": what stands before a name is none itself. */
static void cut_titles(guesser *g)
{
    for (uint32_t t = 0; t < g->s->d->tokens.count; t++) {
        bool starts = g->label[t] && g->label[t] <= LABEL_INSIDE, dotted = scan_form(g->s, t).at[scan_form(g->s, t).len - 1] == '.';
        if (!starts || !dotted || !(g->words[t] & WORD_TITLE))
            continue;
        if (label_end(g, t) > t)
            g->label[t + 1] -= LABEL_INSIDE;
        g->label[t] = LABEL_NONE;
    }
}

/* "The town of Ali Sabieh": no person. */
static bool in_place(const scan *s, uint32_t t)
{
    static const char *const words[] = {"in", "near", "at", "around", "outside"};
    if (t == scan_begin(s, t))
        return false;
    bool of = scan_is(s, t - 1, "of") && t > scan_begin(s, t) + 1 && scan_token(s, t - 2)->upos == UPOS_NOUN;
    hit hits[HITS];
    for (uint32_t n = of ? scan_walk(s, KB_TRIE_WORDS, t - 2, hits) : 0; n--;)
        if (scan_is_kind(s, &hits[n], "placeword"))
            return true;
    return scan_is_any(s, t - 1, words, COUNT(words));
}

/* "Jane Xyzabc": a given name and proper nouns after it, where the weights see nothing, or two names, or a thing. */
static void mend_persons(guesser *g)
{
    const scan *s = g->s;
    for (uint32_t t = 0; t + 1 < s->d->tokens.count; t++) {
        uint32_t last = g->run_last[t];
        bool names = g->words[t] & WORD_GIVEN && g->run_first[t] == t && last > t && last < t + 4 && !in_place(s, t);
        for (uint32_t i = t; names && i <= last; i++) {
            uint8_t label = g->label[i] > LABEL_INSIDE ? g->label[i] - LABEL_INSIDE : g->label[i];
            names = (!label || label == LABEL_PER || label == LABEL_MISC) && scan_token(s, i)->upos == UPOS_PROPN && !s->timed[i]
                    && !(g->words[i] & (WORD_ORG | WORD_PLACE | WORD_MISC));
        }
        if (names)
            relabel(g, t, last, LABEL_PER);
    }
}

/* "Otto van der Zee": what follows small words within a person's name. */
static void mend_particles(guesser *g)
{
    static const char *const particles[] = {"von", "van", "de", "der", "den", "du", "da", "di", "dos", "del", "della", "bin", "bint", "ibn", "al", "el", "ten", "ter", "zu", "la", "le"};
    const scan *s = g->s;
    for (uint32_t t = 0; t < s->d->tokens.count; t++) {
        if (g->label[t] != LABEL_PER)
            continue;
        uint32_t last = label_end(g, t), to = last + 1, end = scan_end(s, t);
        while (to < end && to < last + 3 && scan_is_any(s, to, particles, COUNT(particles)) && !scan_is_upper(s, to))
            to++;
        if (to == last + 1 || to >= end || !scan_is_upper(s, to) || scan_token(s, to)->upos != UPOS_PROPN || s->timed[to])
            continue;
        if (g->label[to] == LABEL_NONE || g->label[to] == LABEL_PER || g->label[to] == LABEL_MISC)
            relabel(g, t, MAX(to, label_end(g, to)), LABEL_PER);
    }
}

/* "German Air Force", "New Jersey Department": a power or place right before a body is part of its name. */
static void mend_bodies(guesser *g)
{
    for (uint32_t t = 1; t < g->s->d->tokens.count; t++) {
        if (g->label[t] != LABEL_ORG || t == scan_begin(g->s, t))
            continue;
        uint32_t last = label_end(g, t), from = t - 1;
        uint8_t before = g->hint[from] & ~HINT_INSIDE;
        bool power = before == HINT_STATE || before == HINT_PEOPLE || before == HINT_CITY || g->label[from] == LABEL_PLACE || g->label[from] == LABEL_MISC;
        if (!power || !(g->words[last] & (WORD_ORG | WORD_AGENT)) || !(g->s->shape[from] & SHAPE_UPPER))
            continue;
        while (g->hint[from] & HINT_INSIDE && from > scan_begin(g->s, t))
            from--;
        if (!g->label[from] || g->label[from] == LABEL_PLACE || g->label[from] == LABEL_MISC)
            relabel(g, from, last, LABEL_ORG);
    }
}

/* Whether the knowledge has a power or a people there, or the words are a role or title: such stand before other names. */
static bool stands_before(const guesser *g, uint32_t first, uint32_t last)
{
    for (uint32_t t = first; t <= last; t++) {
        uint8_t hint = g->hint[t] & ~HINT_INSIDE;
        if (hint == HINT_STATE || hint == HINT_PEOPLE || hint == HINT_BODY || g->words[t] & (WORD_TITLE | WORD_AGENT))
            return true;
    }
    return false;
}

/* "Corvey Bridge" seen as two names side by side: it is one, and what its last word is. */
static void mend_splits(guesser *g)
{
    const scan *s = g->s;
    for (uint32_t t = 0; t + 1 < s->d->tokens.count; t++) {
        if (!g->label[t] || g->label[t] > LABEL_INSIDE)
            continue;
        uint32_t last = label_end(g, t), next = last + 1;
        bool beside = next < scan_end(s, t) && g->run_first[next] == g->run_first[t] && g->label[next] && g->label[next] <= LABEL_INSIDE;
        if (beside && !stands_before(g, t, last) && !s->timed[next])
            relabel(g, t, label_end(g, next), g->label[next]);
    }
}

/* Where the name of a body or place that ends at `last` begins within its run: after titles, and after persons and bodies. */
static uint32_t head_start(const guesser *g, uint32_t last)
{
    uint32_t from = last;
    while (from > g->run_first[last]) {
        uint8_t label = g->label[from - 1] > LABEL_INSIDE ? g->label[from - 1] - LABEL_INSIDE : g->label[from - 1];
        const token *w = scan_token(g->s, from - 1);
        bool fits = (w->upos == UPOS_PROPN || w->upos == UPOS_ADJ || w->upos == UPOS_NOUN) && !(g->words[from - 1] & (WORD_TITLE | WORD_AGENT));
        if (!fits || label == LABEL_PER || g->s->timed[from - 1])
            break;
        from--;
    }
    return from;
}

/* What the last word of a run says that it is: a body or a place; LABEL_NONE where it says neither, or both. */
static uint8_t headed_by(const guesser *g, uint32_t t)
{
    uint8_t kinds = g->words[t];
    if (kinds & (WORD_MISC | WORD_GIVEN) || scan_token(g->s, t)->upos != UPOS_PROPN)
        return LABEL_NONE;
    return kinds & WORD_ORG ? kinds & WORD_PLACE ? LABEL_NONE : LABEL_ORG : kinds & WORD_PLACE ? LABEL_PLACE : LABEL_NONE;
}

/* "the Ruthenian Botanical Institute": a run that ends in such a word is one, where the weights see nothing or a part. */
static void mend_heads(guesser *g)
{
    for (uint32_t t = 0; t < g->s->d->tokens.count; t++) {
        uint8_t head = g->run_last[t] == t ? headed_by(g, t) : LABEL_NONE, label = g->label[t] > LABEL_INSIDE ? g->label[t] - LABEL_INSIDE : g->label[t];
        uint32_t from = head ? head_start(g, t) : t;
        if (from < t && t - from < 6 && (!label || label == LABEL_MISC || label == head) && g->label[t] <= LABEL_INSIDE)
            relabel(g, from, t, head);
    }
}

enum { VOTES = LABEL_INSIDE + 1 };

static str name_text(const guesser *g, uint32_t first, uint32_t last)
{
    return utf8_lower(g->s->a, scan_text(g->s, first, last));
}

/* One name is of one type throughout: of the type that it mostly has. */
static void mend_votes(guesser *g)
{
    uint32_t count = g->s->d->tokens.count, (*votes)[VOTES] = arena_take(g->s->a, count + 1u, sizeof *votes);
    map *names = map_new(g->s->a);
    for (uint32_t t = 0; t < count; t++)
        if (g->label[t] && g->label[t] <= LABEL_INSIDE)
            votes[map_add(names, name_text(g, t, label_end(g, t)), t)][g->label[t]]++;
    for (uint32_t t = 0; t < count; t++) {
        if (!g->label[t] || g->label[t] > LABEL_INSIDE)
            continue;
        const uint32_t *of = votes[map_get(names, name_text(g, t, label_end(g, t)))];
        uint8_t best = g->label[t];
        for (uint8_t l = LABEL_PER; l < LABEL_MISC; l++)
            best = of[l] > of[best] || (best == LABEL_MISC && of[l]) ? l : best;
        relabel(g, t, label_end(g, t), best);
    }
}

/* "Carla Ostheim ... Ostheim": a word by itself is what the same word is at the end of a person's name. */
static void mend_alike(guesser *g)
{
    const scan *s = g->s;
    uint32_t count = s->d->tokens.count;
    map *family = map_new(s->a);
    for (uint32_t t = 0; t < count; t++)
        if (g->label[t] == LABEL_PER && label_end(g, t) > t)
            map_add(family, scan_token(s, label_end(g, t))->lower, t);
    for (uint32_t t = 0; t < count; t++) {
        uint8_t hint = g->hint[t] & ~HINT_INSIDE;
        bool single = g->label[t] <= LABEL_INSIDE && label_end(g, t) == t && g->label[t] != LABEL_PER && g->label[t] != LABEL_ORG;
        bool run = g->run_first[t] == t && g->run_last[t] == t;
        if (single && run && s->shape[t] & SHAPE_UPPER && !g->low[t] && hint != HINT_STATE && hint != HINT_PEOPLE && !s->timed[t]
            && map_get(family, scan_token(s, t)->lower) != NONE)
            relabel(g, t, t, LABEL_PER);
    }
}

void guess_names(scan *s, const model *weights)
{
    static const uint8_t types[] = {[LABEL_PER] = ENTITY_PER, [LABEL_ORG] = ENTITY_ORG, [LABEL_PLACE] = ENTITY_GPE, [LABEL_MISC] = ENTITY_MISC};
    model_rows rows;
    bool trained = weights && model_rows_find(weights, "names", &rows);
    guesser *g = guesser_new(s);
    uint32_t count = s->d->tokens.count;
    s->guess = arena_take(s->a, count + 1u, 1);
    for (uint32_t t = 0; t < count; t++)
        if (guess_may(g, t))
            guess_settle(g, t, trained ? best_label(g, &rows, t) : plain_label(g, t));
    cut_times(g);
    trim_links(g);
    mend_types(g);
    cut_titles(g);
    mend_persons(g);
    mend_particles(g);
    mend_splits(g);
    mend_heads(g);
    mend_bodies(g);
    mend_votes(g);
    mend_alike(g);
    for (uint32_t t = 0; t < count; t++) {
        uint8_t label = g->label[t];
        if (label)
            s->guess[t] = label > LABEL_INSIDE ? types[label - LABEL_INSIDE] + 1 : (types[label] + 1) | GUESS_BEGIN;
    }
}
