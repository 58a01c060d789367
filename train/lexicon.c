/* The lexicon of forms (WordNet, a word list), the classes of frequent words, and the edits that make lemmas. */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

static uint32_t bit_of(uint8_t xpos)
{
    switch (xpos) {
    case XPOS_NN: return FORM_NOUN;
    case XPOS_NNS: return FORM_NOUNS;
    case XPOS_VB: return FORM_VERB;
    case XPOS_VBZ: return FORM_VERBS;
    case XPOS_VBD: return FORM_PAST;
    case XPOS_VBN: return FORM_PARTICIPLE;
    case XPOS_VBG: return FORM_ING;
    case XPOS_JJ: return FORM_ADJECTIVE;
    case XPOS_JJR: return FORM_COMPARATIVE;
    case XPOS_JJS: return FORM_SUPERLATIVE;
    case XPOS_RB: return FORM_ADVERB;
    }
    return 0;
}

typedef struct form_bits {
    str form;
    form_kind kind;
} form_bits;

typedef struct form_list {
    arena *arena;
    map *numbers;
    VEC(form_bits) forms;
} form_list;

static form_kind *add_bits(form_list *l, str form, uint32_t bits)
{
    uint32_t number = map_add(l->numbers, form, l->forms.count);
    if (number == l->forms.count)
        *vec_push(l->arena, &l->forms) = (form_bits){form, {0}};
    l->forms.at[number].kind.bits |= (uint16_t)bits;
    return &l->forms.at[number].kind;
}

static void add_words(form_list *l, const char *path)
{
    char *at;
    size_t len;
    if (file_read(path, 16 << 20, &at, &len, NULL)) {
        fprintf(stderr, "train: no list of words at %s\n", path);
        exit(1);
    }
    arena_defer(l->arena, free, at);
    str rest = {at, (uint32_t)len}, word;
    while (str_next(&rest, '\n', &word)) {
        if (!word.len || str_find(word, STR("'")) != NONE)
            continue;
        bool name = word.at[0] >= 'A' && word.at[0] <= 'Z';
        add_bits(l, utf8_lower(l->arena, word), name ? FORM_NAME : FORM_LOWER);
    }
}

static uint32_t kind_number(making *m, form_kind k)
{
    for (uint32_t i = 0; i < m->kinds.count; i++)
        if (!memcmp(&m->kinds.at[i], &k, sizeof k))
            return i + 1;
    *vec_push(m->arena, &m->kinds) = k;
    return m->kinds.count;
}

lexicon making_lexicon(const making *m)
{
    return (lexicon){table_of(&m->forms), m->kinds.at, m->kinds.count, table_of(&m->classes)};
}

void train_lexicon(making *m, const char *wordnet, const char *words)
{
    form_list l = {.arena = m->arena, .numbers = map_new(m->arena)};
    inflected_list list = {0};
    wordnet_read(m->arena, wordnet, &list);
    if (!list.count) {
        fprintf(stderr, "train: no WordNet in %s\n", wordnet);
        exit(1);
    }
    for (uint32_t i = 0; i < list.count; i++) {
        form_kind *k = add_bits(&l, list.at[i].form, bit_of(list.at[i].xpos));
        uint8_t *field = list.at[i].upos == UPOS_NOUN ? &k->noun : &k->verb;
        if (!*field)
            *field = list.at[i].field;
    }
    add_words(&l, words);
    m->forms = table_new(18);
    for (uint32_t i = 0; i < l.forms.count; i++)
        table_set(&m->forms, word_hash(l.forms.at[i].form), kind_number(m, l.forms.at[i].kind));
    fprintf(stderr, "forms: %u of %u, kinds %u\n", m->forms.count, l.forms.count, m->kinds.count);
}

/* ---- lemmas ---- */

typedef struct vote {
    uint32_t key, edit, count;
} vote;

typedef struct votes {
    arena *arena;
    VEC(vote) all;
} votes;

static bool edit_same(const edit *a, const edit *b)
{
    return a->strip == b->strip && a->keep_case == b->keep_case && a->len == b->len && !memcmp(a->add, b->add, a->len);
}

/* The edit that makes `lemma` of `base`; false where it would be too long. */
static bool edit_make(str base, str lemma, bool keep_case, edit *ret)
{
    uint32_t same = 0;
    while (same < base.len && same < lemma.len && base.at[same] == lemma.at[same])
        same++;
    while (same && same < base.len && ((unsigned char)base.at[same] & 0xC0) == 0x80)
        same--;
    while (same && same < lemma.len && ((unsigned char)lemma.at[same] & 0xC0) == 0x80)
        same--;
    *ret = (edit){.keep_case = keep_case, .len = 0};
    if (lemma.len - same > sizeof ret->add || base.len - same > 200)
        return false;
    ret->strip = (uint8_t)(base.len - same);
    ret->len = (uint8_t)(lemma.len - same);
    memcpy(ret->add, lemma.at + same, ret->len);
    return true;
}

static uint32_t edit_number(making *m, const edit *e)
{
    for (uint32_t i = 0; i < m->edits.count; i++)
        if (edit_same(&m->edits.at[i], e))
            return i + 1;
    if (m->edits.count == 65000)
        return 0;
    *vec_push(m->arena, &m->edits) = *e;
    return m->edits.count;
}

static void add_vote(votes *v, uint32_t key, uint32_t edit, uint32_t count)
{
    *vec_push(v->arena, &v->all) = (vote){key, edit, count};
}

typedef struct example {
    str form, lower, lemma;
    uint8_t upos, xpos;
    uint32_t count;
} example;

typedef VEC(example) example_list;

static void vote_at(making *m, votes *v, const example *x, uint32_t len, bool whole)
{
    uint32_t key = lemma_key(x->lower, len, whole, x->upos, x->xpos);
    edit e;
    for (int keep = 0; keep < 2; keep++)
        if (edit_make(keep ? x->form : x->lower, x->lemma, keep, &e)) {
            uint32_t number = edit_number(m, &e);
            if (number)
                add_vote(v, key, number, x->count);
        }
}

static int by_key(const void *a, const void *b)
{
    const vote *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->edit < y->edit ? -1 : x->edit > y->edit;
}

/* Sets the best edit of every key that was voted on. */
static void count_votes(votes *v, table_maker *best)
{
    qsort(v->all.at, v->all.count, sizeof(vote), by_key);
    for (uint32_t i = 0; i < v->all.count;) {
        uint32_t key = v->all.at[i].key, top = 0, top_count = 0;
        while (i < v->all.count && v->all.at[i].key == key) {
            uint32_t edit = v->all.at[i].edit, n = 0;
            while (i < v->all.count && v->all.at[i].key == key && v->all.at[i].edit == edit)
                n += v->all.at[i++].count;
            if (n > top_count)
                top = edit, top_count = n;
        }
        table_set(best, key, top);
    }
}

static uint32_t known_edit(const table_maker *kept, const example *x, uint32_t longest)
{
    for (uint32_t len = longest;; len--) {
        uint32_t number = table_get(table_of(kept), lemma_key(x->lower, len, false, x->upos, x->xpos));
        if (number || !len)
            return number;
    }
}

/* Keeps, from short endings to long ones, only what differs from what the shorter ending gives. */
static void keep_needed(making *m, const table_maker *best, const example *all, uint32_t count)
{
    for (uint32_t len = 0; len <= LEMMA_SUFFIX + 1; len++) {
        bool whole = len > LEMMA_SUFFIX;
        for (uint32_t i = 0; i < count; i++) {
            const example *x = &all[i];
            if (!whole && len > x->lower.len)
                continue;
            uint32_t key = lemma_key(x->lower, whole ? x->lower.len : len, whole, x->upos, x->xpos);
            uint32_t number = table_get(table_of(best), key);
            if (!number || (len && number == known_edit(&m->lemmas, x, MIN(whole ? LEMMA_SUFFIX : len - 1, x->lower.len))))
                continue;
            table_set(&m->lemmas, key, number);
        }
    }
}

void train_lemmas(making *m, const char *wordnet)
{
    example_list all = {0};
    for (uint32_t b = 0; b < m->bank.count; b++)
        for (uint32_t i = 0; i < m->bank.docs[b]->tokens.count; i++) {
            const doc *d = m->bank.docs[b];
            const token *t = &d->tokens.at[i];
            str form = doc_str(d, t->span);
            if (t->lemma.len && !str_is(t->lemma, "_") && str_equal(utf8_lower(m->arena, form), t->lower))
                *vec_push(m->arena, &all) = (example){form, t->lower, t->lemma, t->upos, t->xpos, 2};
        }
    inflected_list list = {0};
    wordnet_read(m->arena, wordnet, &list);
    for (uint32_t i = 0; i < list.count; i++)
        *vec_push(m->arena, &all) = (example){list.at[i].form, list.at[i].form, list.at[i].lemma, list.at[i].upos, list.at[i].xpos, 1};
    votes v = {.arena = m->arena};
    for (uint32_t i = 0; i < all.count; i++) {
        const example *x = &all.at[i];
        for (uint32_t len = 0; len <= MIN(LEMMA_SUFFIX, x->lower.len); len++)
            vote_at(m, &v, x, len, false);
        vote_at(m, &v, x, x->lower.len, true);
    }
    table_maker best = table_new(22);
    count_votes(&v, &best);
    m->lemmas = table_new(16);
    keep_needed(m, &best, all.at, all.count);
    fprintf(stderr, "lemmas: %u edits, %u endings\n", m->edits.count, m->lemmas.count);
    free(best.cells);
}
