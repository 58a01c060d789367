/* train: from treebanks and word lists to one file of weights. Integers only and one fixed order of everything, so that
 * the same files give the same bytes on every machine. */
#ifndef TRAIN_H
#define TRAIN_H

#include "lang/inside.h"

/* ---- learner: an averaged perceptron with sparse rows ---- */

typedef struct learner learner;

learner *learner_new(void);
void learner_free(learner *l);
/* Adds the weights of the features to the scores; of these there are as many as classes. */
void learner_score(const learner *l, const uint32_t *features, uint32_t count, int32_t *scores);
/* Moves the weights of the features for one class by `by`. */
void learner_move(learner *l, const uint32_t *features, uint32_t count, uint32_t class, int32_t by);
/* One more step: averages count in steps. */
void learner_step(learner *l);
/* Puts the averages (scaled) in place of the weights; nothing can be learned after that. */
void learner_finish(learner *l);
/* The finished weights as a section of rows of about `limit` bytes at most: the smallest weights are left out. Full rows
 * are written whole, which is quicker to read. */
void learner_rows(const learner *l, size_t limit, buffer *out);

/* ---- filter: the features that are worth their bytes ---- */

typedef struct filter {
    uint32_t *features; /* open addressing, 0 is free */
    uint32_t bits;
} filter;

/* The `count` features of a finished learner that weigh most. */
filter filter_of(const learner *l, uint32_t count);
/* Moves the features that pass to the front; how many they are. A filter of no bits lets all pass. */
uint32_t filter_pass(const filter *f, uint32_t *features, uint32_t count);

/* ---- numbers that look random and are the same every time ---- */

static inline uint32_t train_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}
/* 0..count-1 in an order told by the seed. */
void train_shuffle(uint32_t *order, uint32_t count, uint64_t *seed);

/* ---- tables ---- */

typedef struct table_maker {
    uint32_t *cells;
    uint32_t bits, count;
} table_maker;
table_maker table_new(uint32_t bits);
/* Keeps the first value that is set (values are 1 to 65535). */
void table_set(table_maker *t, uint32_t hash, uint32_t value);
table table_of(const table_maker *t);

/* ---- the file of weights ---- */

typedef struct section {
    const char *name;
    uint32_t kind; /* MODEL_ROWS, or MODEL_BYTES */
    buffer bytes;
} section;

void file_write(const char *path, const section *all, uint32_t count);
/* Puts rows into the file as this section, in place of the one of that name. */
void model_replace(const char *path, const char *name, const buffer *rows);
/* Ends the program with this message. */
void train_fail(const char *what);

/* ---- what is being made ---- */

typedef struct treebank {
    doc **docs;
    uint32_t count;
} treebank;

typedef struct making {
    treebank bank;
    table_maker forms, classes, lemmas;
    VEC(form_kind) kinds;
    uint8_t labels[512];
    uint32_t label_count;
    map *counts;               /* of words: number in the list */
    VEC(uint32_t) count_list;
    VEC(edit) edits;
    arena *arena;
} making;

void train_lexicon(making *m, const char *wordnet, const char *words);
void train_lemmas(making *m, const char *wordnet);
void train_tags(making *m, buffer *ret_rows);
lexicon making_lexicon(const making *m);
void train_parser(making *m, buffer *ret_fast, buffer *ret_best, buffer *ret_actions);
void train_relations(making *m, buffer *ret_rows);
void train_sentences(making *m, buffer *ret_rows);

/* An inflected form made by rule or found in a list of exceptions. */
typedef struct inflected {
    str form, lemma;
    uint8_t upos, xpos, field;
} inflected;
typedef VEC(inflected) inflected_list;
void wordnet_read(arena *a, const char *folder, inflected_list *ret);

/* ---- invented news ---- */

typedef struct invention invention;
/* Reads the sentences with slots at `path`. */
invention *invention_open(const kb *k, const char *path);
/* A document of so many sentences as CoNLL-U of forms alone, and the labels of its tokens (mention/guess.h). */
str invention_tell(invention *v, arena *a, uint32_t sentences, uint64_t *seed, const uint8_t **ret_labels);

/* ---- GUM's marks of entities ---- */

typedef struct mark {
    uint32_t first, last, head; /* tokens, head by the tree that was given */
    str id, type;
} mark;
typedef VEC(mark) marks;
/* Of a document made of CoNLL-U with its trees. */
marks marks_read(doc *d);

#endif
