/* The tagger's weights, the classes of frequent words, and tags for the parser's training by taggers that did not see
 * the sentence (so that the parser learns from tags as wrong as it will meet). */
#include "train.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 12, FOLD_ROUNDS = 6, FOLDS = 5, ROUNDS_TRY = 4, CLASS_LEAST = 4, KEEP = 108000, ROWS_LIMIT = 1650000, RARE = 2, HIDE = 50 /* percent */ };

typedef struct job {
    const doc *d;
    const sentence *s;
    word *words, *hidden; /* hidden: for a round, the forms of some rare words are not seen */
    uint8_t *gold, *rare;
} job;

typedef struct jobs {
    job *at;
    uint32_t count;
} jobs;

static uint32_t label_of(making *m, uint8_t upos, uint8_t xpos)
{
    for (uint32_t i = 0; i < m->label_count; i++)
        if (m->labels[2 * i] == upos && m->labels[2 * i + 1] == xpos)
            return i;
    if (m->label_count == TAG_NONE)
        return 0;
    m->labels[2 * m->label_count] = upos;
    m->labels[2 * m->label_count + 1] = xpos;
    return m->label_count++;
}

/* ---- classes ---- */

typedef struct seen {
    str form;
    uint16_t counts[256];
    uint32_t all;
} seen;

static uint32_t class_hash(const seen *w)
{
    uint32_t h = 99;
    for (uint32_t k = 0; k < 256; k++)
        if (w->counts[k] * 20u >= w->all)
            h = mix(h, k + 1);
    return spread(h);
}

/* Words that are met often enough get the number of the set of labels that they had. */
static void make_classes(making *m)
{
    typedef VEC(seen) seen_list;
    seen_list list = {0};
    map *numbers = map_new(m->arena), *sets = map_new(m->arena);
    uint32_t set_count = 0;
    for (uint32_t b = 0; b < m->bank.count; b++)
        for (uint32_t i = 0; i < m->bank.docs[b]->tokens.count; i++) {
            const token *t = &m->bank.docs[b]->tokens.at[i];
            uint32_t n = map_add(numbers, t->lower, list.count);
            if (n == list.count)
                vec_push(m->arena, &list)->form = t->lower;
            list.at[n].counts[label_of(m, t->upos, t->xpos)]++;
            list.at[n].all++;
        }
    m->counts = numbers;
    for (uint32_t i = 0; i < list.count; i++)
        *vec_push(m->arena, &m->count_list) = list.at[i].all;
    m->classes = table_new(14);
    for (uint32_t i = 0; i < list.count; i++) {
        if (list.at[i].all < CLASS_LEAST)
            continue;
        str name = arena_format(m->arena, "%u", class_hash(&list.at[i]));
        uint32_t set = map_add(sets, name, set_count);
        set_count += set == set_count;
        table_set(&m->classes, word_hash(list.at[i].form), set + 1);
    }
    fprintf(stderr, "labels %u, words with a class %u, classes %u\n", m->label_count, m->classes.count, set_count);
}

/* ---- learning ---- */

static jobs make_jobs(making *m)
{
    jobs j = {0};
    lexicon x_lexicon = making_lexicon(m);
    for (uint32_t b = 0; b < m->bank.count; b++)
        j.count += m->bank.docs[b]->sentences.count;
    j.at = arena_take(m->arena, j.count, sizeof *j.at);
    uint32_t n = 0;
    for (uint32_t b = 0; b < m->bank.count; b++)
        for (uint32_t i = 0; i < m->bank.docs[b]->sentences.count; i++) {
            const doc *d = m->bank.docs[b];
            const sentence *s = &d->sentences.at[i];
            job *x = &j.at[n++];
            *x = (job){d, s, arena_take(m->arena, s->count + 4u, sizeof(word)), arena_take(m->arena, s->count + 4u, sizeof(word)),
                       arena_take(m->arena, s->count, 1), arena_take(m->arena, s->count, 1)};
            words_read(d, s, &x_lexicon, x->words);
            for (uint32_t k = 0; k < s->count; k++) {
                uint32_t number = map_get(m->counts, d->tokens.at[s->first + k].lower);
                x->rare[k] = number == NONE || m->count_list.at[number] <= RARE;
            }
            for (uint32_t k = 0; k < s->count; k++)
                x->gold[k] = (uint8_t)label_of(m, d->tokens.at[s->first + k].upos, d->tokens.at[s->first + k].xpos);
        }
    return j;
}

static uint32_t guess(const learner *l, const job *x, uint32_t i, uint32_t label1, uint32_t label2, uint32_t labels, uint32_t *features, uint32_t *count)
{
    int32_t scores[256] = {0};
    *count = tag_features(x->words, i, label1, label2, features);
    learner_score(l, features, *count, scores);
    uint32_t best = 0;
    for (uint32_t k = 1; k < labels; k++)
        if (scores[k] > scores[best])
            best = k;
    return best;
}

/* Rare words are taken for unknown ones half of the time, so that endings and neighbours learn to decide. */
static void hide_words(const job *x, uint64_t *seed)
{
    memcpy(x->hidden, x->words, (x->s->count + 4u) * sizeof *x->hidden);
    for (uint32_t i = 0; i < x->s->count; i++)
        if (x->rare[i] && train_random(seed) % 100 < HIDE)
            x->hidden[i + 2].form ^= 0x5A5A5A5A;
}

/* Drops the features that change when the hidden words change. */
static uint32_t keep_seen(const job *x, uint32_t i, uint32_t label1, uint32_t label2, uint32_t *features, uint32_t count)
{
    uint32_t other[TAG_FEATURES], n = 0;
    tag_features(x->hidden, i, label1, label2, other);
    for (uint32_t k = 0; k < count; k++)
        if (features[k] == other[k])
            features[n++] = features[k];
    return n;
}

static uint32_t learn_sentence(learner *l, const filter *f, const job *x, uint32_t labels, uint64_t *seed)
{
    uint32_t label1 = TAG_NONE, label2 = TAG_NONE, features[TAG_FEATURES], wrong = 0;
    hide_words(x, seed);
    for (uint32_t i = 0; i < x->s->count; i++) {
        int32_t scores[256] = {0};
        uint32_t n = tag_features(x->words, i, label1, label2, features), best = 0, bad = NONE;
        n = filter_pass(f, features, keep_seen(x, i, label1, label2, features, n));
        learner_score(l, features, n, scores);
        for (uint32_t k = 0; k < labels; k++) {
            if (scores[k] > scores[best])
                best = k;
            if (k != x->gold[i] && (bad == NONE || scores[k] > scores[bad]))
                bad = k;
        }
        learner_step(l);
        if (scores[x->gold[i]] <= scores[bad]) {
            learner_move(l, features, n, x->gold[i], 1);
            learner_move(l, features, n, bad, -1);
            wrong++;
        }
        label2 = label1;
        label1 = best;
    }
    return wrong;
}

/* Learns from all sentences but those of one fold (FOLDS: none is left out). */
static learner *learn(const making *m, const jobs *j, const filter *f, uint32_t without, uint32_t rounds)
{
    learner *l = learner_new();
    uint64_t seed = 7;
    uint32_t *order = calloc(j->count, sizeof *order);
    for (uint32_t round = 0; order && round < rounds; round++) {
        uint32_t wrong = 0;
        train_shuffle(order, j->count, &seed);
        for (uint32_t i = 0; i < j->count; i++)
            if (order[i] * FOLDS / j->count != without)
                wrong += learn_sentence(l, f, &j->at[order[i]], m->label_count, &seed);
        fprintf(stderr, "  tags: round %u, %u wrong\n", round + 1, wrong);
    }
    free(order);
    learner_finish(l);
    return l;
}

/* Writes a learner's tags in place of the gold ones. */
static void retag(const making *m, const jobs *j, const learner *l, uint32_t fold)
{
    uint32_t right = 0, all = 0;
    for (uint32_t k = 0; k < j->count; k++) {
        const job *x = &j->at[k];
        uint32_t label1 = TAG_NONE, label2 = TAG_NONE, features[TAG_FEATURES], n;
        for (uint32_t i = 0; k * FOLDS / j->count == fold && i < x->s->count; i++) {
            uint32_t best = guess(l, x, i, label1, label2, m->label_count, features, &n);
            token *t = &x->d->tokens.at[x->s->first + i];
            t->upos = m->labels[2 * best];
            t->xpos = m->labels[2 * best + 1];
            all++;
            right += t->upos == m->labels[2 * x->gold[i]];
            label2 = label1;
            label1 = best;
        }
    }
    fprintf(stderr, "  fold %u: universal tags %.2f%%\n", fold, 100.0 * right / all);
}

void train_tags(making *m, buffer *ret_rows)
{
    make_classes(m);
    jobs j = make_jobs(m);
    filter all = {0};
    learner *l = learn(m, &j, &all, FOLDS, ROUNDS_TRY);
    filter few = filter_of(l, KEEP);
    learner_free(l);
    l = learn(m, &j, &few, FOLDS, ROUNDS);
    learner_rows(l, ROWS_LIMIT, ret_rows);
    learner_free(l);
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        l = learn(m, &j, &few, fold, FOLD_ROUNDS);
        retag(m, &j, l, fold);
        learner_free(l);
    }
}
