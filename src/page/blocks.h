/* blocks: which leaves of a page are the story.
 *
 * First the box with most prose is found, by rules; then each leaf near it is judged by what can be seen of it: a sum of
 * weights over features that hold or do not (weights.c, made by train/blocks.c). */
#ifndef PAGE_BLOCKS_H
#define PAGE_BLOCKS_H

#include "page/tokens.h"

/* What is known of a page before leaves are judged. */
typedef struct layout {
    const tokens *t;
    str title;               /* folded to letters, for comparison; perhaps empty */
    uint32_t main;           /* the box with the story */
    uint32_t around;         /* an ancestor of it: what stands outside is not judged */
    uint32_t first, last;    /* leaves: first and last prose of the main box */
    uint16_t *words;         /* a leaf */
    uint8_t *apart;          /* a leaf: of a list of other stories, whatever it looks like */
    uint8_t *prose;          /* a leaf: looks like a paragraph of a text */
    float *total;            /* a box: words of prose in it */
    uint32_t *bytes, *linked; /* a box: bytes of text in it, and those inside links */
    uint32_t *under;         /* a leaf: the heading above it, or NONE */
    const struct phrase_index *phrases;
    uint32_t heading;        /* the leaf with the title, or NONE */
    str said;                /* the page's own description of the story, folded to letters; perhaps empty */
    struct { uint32_t key, words; } keys[32]; /* words of prose of the main box by box.key; what is left of 32 is not told */
    uint32_t prose_words;
    uint32_t closing;        /* the leaf where what is about the sender begins ("About ...", "Media contact"), or NONE */
} layout;

/* The features of a leaf: groups of numbers, of which some hold. */
enum {
    FEATURE_BIAS = 0,
    FEATURE_WORDS = 1,                             /* 10 lengths */
    FEATURE_LINKED = FEATURE_WORDS + 10,           /* 6 shares of linked text */
    FEATURE_TAG = FEATURE_LINKED + 6,              /* TAG_COUNT: the box it stands in */
    FEATURE_PATH_TAG = FEATURE_TAG + TAG_COUNT,    /* TAG_COUNT: a box between it and the main box */
    FEATURE_HINT = FEATURE_PATH_TAG + TAG_COUNT,   /* HINT_COUNT: of its own box */
    FEATURE_PATH_HINT = FEATURE_HINT + HINT_COUNT, /* HINT_COUNT: of a box between it and the main box */
    FEATURE_LOOK = FEATURE_PATH_HINT + HINT_COUNT, /* 64 odds and ends, see blocks.c */
    FEATURE_PLACE = FEATURE_LOOK + 64,             /* 24: where in the main box */
    FEATURE_NEAR = FEATURE_PLACE + 24,             /* 24: what stands before and behind */
    FEATURE_PAIR = FEATURE_NEAR + 24,              /* 256: kind of box with length */
    FEATURE_LIKE = FEATURE_PAIR + 256,             /* 32: like the rest of the prose, like what is said elsewhere */
    FEATURE_COUNT = FEATURE_LIKE + 32,
    FEATURES_MOST = 96 /* of one leaf */
};

/* Phrases of furniture, ready to be looked for. */
struct phrase_index *phrase_index_new(arena *a);

/* `said`: what the head of the page tells of the story, perhaps empty. */
layout *layout_find(arena *a, const tokens *t, str title, str said);
/* Numbers of the features that hold for `leaf`; their count. */
uint32_t layout_features(const layout *l, uint32_t leaf, uint16_t ret[FEATURES_MOST]);
/* Is `text` what the head of the page tells of the story? */
bool layout_is_said(const layout *l, str text);
/* Is the leaf judged at all? */
bool layout_is_near(const layout *l, uint32_t leaf);
/* Above 0: of the story. */
float layout_judge(const layout *l, uint32_t leaf);

/* The first half of reading a page, for html_read and for the trainer: tokens, title, layout. */
struct entente_doc;
void html_layout(struct entente_doc *d, const tokens **ret_tokens, const layout **ret_layout);

extern const float block_weights[FEATURE_COUNT];

#endif
