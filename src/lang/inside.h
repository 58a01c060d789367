/* Inside of lang: what the tagger, the parser and their trainers share. */
#ifndef LANG_INSIDE_H
#define LANG_INSIDE_H

#include "lang/lang.h"

/* ---- features ---- */

static inline uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t h = (a ^ b * 0x9E3779B1u) * 0x85EBCA6Bu;
    return h ^ h >> 15;
}

/* Spreads what `mix` made over all 32 bits, so that the upper ones can choose a bucket. */
static inline uint32_t spread(uint32_t h)
{
    h = (h ^ h >> 13) * 0xC2B2AE35u;
    return h ^ h >> 16;
}

uint32_t word_hash(str s);

/* ---- the lexicon of forms ---- */

/* What a form may be, whatever the sentence: bits of a word's entry. */
enum { FORM_NOUN = 1, FORM_NOUNS = 2, FORM_VERB = 4, FORM_VERBS = 8, FORM_PAST = 16, FORM_PARTICIPLE = 32, FORM_ING = 64,
       FORM_ADJECTIVE = 128, FORM_COMPARATIVE = 256, FORM_SUPERLATIVE = 512, FORM_ADVERB = 1024, FORM_NAME = 2048, FORM_LOWER = 4096 };

/* Open addressing over 32-bit cells: the low 16 bits of the hash, 16 bits of value; 0 is free. */
typedef struct table {
    const uint32_t *at;
    uint32_t bits;
} table;

uint32_t table_get(table t, uint32_t hash); /* the value, 0 where there is none */

/* What the lexicon tells of a form: FORM_ bits, and the field of meaning it has as a noun and as a verb (0: none). */
typedef struct form_kind {
    uint16_t bits;
    uint8_t noun, verb;
} form_kind;

typedef struct lexicon {
    table forms;            /* number of a kind, from 1 */
    const form_kind *kinds;
    uint32_t kind_count;
    table classes;          /* of frequent words: the set of labels that they had */
} lexicon;

form_kind lexicon_get(const lexicon *x, uint32_t hash);

/* ---- words ---- */

/* A word as the tagger sees it. */
typedef struct word {
    uint32_t form, suffix[4], prefix[2], shape, bits, class;
} word;

/* `at[0..1]` and the last two are borders: room for count + 4. */
void words_read(const doc *d, const sentence *s, const lexicon *x, word *at);

/* ---- tagger ---- */

enum { TAG_FEATURES = 56, TAG_NONE = 255 };

/* Features of word `i` (from 0) given the labels of the two before it. */
uint32_t tag_features(const word *words, uint32_t i, uint32_t label1, uint32_t label2, uint32_t *ret);

/* ---- parser ---- */

enum { ACT_SHIFT, ACT_REDUCE, ACT_LEFT, ACT_RIGHT = ACT_LEFT + DEPREL_COUNT, ACT_COUNT = ACT_RIGHT + DEPREL_COUNT };
enum { PARSE_FEATURES = 140, ACTIONS_MOST = 32 }; /* ACTIONS_MOST: that the weights of one language use */

/* A word as the parser sees it. */
typedef struct node {
    uint32_t w, p, wp, c, k, x; /* hashes: form, tag, both, coarse tag, field of meaning, ending */
    uint8_t upos;
} node;

/* The state of arc-eager parsing: words 1..n, the root is word n + 1 at the end of the buffer, 0 is nobody. */
typedef struct state {
    uint16_t n, next, depth;
    uint16_t *stack, *head, *left, *left2, *right, *right2;
    uint8_t *label, *lefts, *rights;
    uint64_t *left_set, *right_set;
} state;

/* While the tree is being built, relations are told apart by group only (the second labeller names them): the one of
 * the group that stands for it. */
uint8_t label_group(uint8_t deprel);
size_t state_size(uint32_t n);
/* `memory` has room for state_size bytes; state_place leaves what is in it to state_copy. */
void state_start(state *s, uint32_t n, void *memory);
void state_place(state *s, uint32_t n, void *memory);
void state_copy(state *to, const state *from);
void state_act(state *s, uint32_t action);
static inline uint32_t state_top(const state *s) { return s->depth ? s->stack[s->depth - 1] : 0; }
static inline bool state_done(const state *s) { return s->next > s->n && !s->depth; }
bool can_shift(const state *s);
bool can_reduce(const state *s);
bool can_left(const state *s);
bool can_right(const state *s);

void nodes_read(const doc *d, const sentence *s, const lexicon *x, node *nodes); /* room for count + 2 */
uint32_t parse_features(const state *s, const node *nodes, uint32_t *ret);

/* ---- lemmas ---- */

/* An edit: strip so many bytes off the end, add these; of the form itself or of the form in lower case. */
typedef struct edit {
    uint8_t strip, keep_case, len;
    char add[5];
} edit;

enum { LEMMA_SUFFIX = 8 };
/* Key of the last `len` bytes (of all of it where `whole`) of a word with this tag. */
uint32_t lemma_key(str lower, uint32_t len, bool whole, uint8_t upos, uint8_t xpos);

/* ---- the weights of a language ---- */

struct lang {
    model *model;
    model_rows tags, fast, best, relate;
    lexicon lexicon;
    table lemmas;
    const uint8_t *labels; /* pairs of UPOS and XPOS */
    uint32_t label_count;
    const edit *edits;
    uint32_t edit_count;
    const uint8_t *actions; /* that occur */
    uint32_t action_count;
};

str lang_lemma(const lang *l, arena *a, str form, str lower, uint8_t upos, uint8_t xpos);

#endif
