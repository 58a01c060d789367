/* tokens: one pass over the bytes of a page, without a tree.
 *
 * What comes out are flat lists that point into the page: leaves (runs of text between the borders of blocks), boxes (the
 * elements that make blocks, each with its parent, so that a leaf can ask what it stands in), links, times and the
 * statements of the head. */
#ifndef PAGE_TOKENS_H
#define PAGE_TOKENS_H

#include "base/base.h"

/* BOX makes a block; CLOSES_P as well ends an open paragraph; RAW is skipped to its end tag; VOID has no end; LOOK has
 * attributes that matter; WALL keeps end tags inside from reaching out. */
enum { BOX = 1, CLOSES_P = 2, RAW = 4, VOID = 8, LOOK = 16, WALL = 32 };

#define TAG_LIST(X)                                                                                                         \
    X(DIV, 'd', 'i', 'v', 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                             \
    X(P, 'p', 0, 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                   \
    X(A, 'a', 0, 0, 0, 0, 0, 0, 0, LOOK)                                                                                    \
    X(SPAN, 's', 'p', 'a', 'n', 0, 0, 0, 0, LOOK)                                                                           \
    X(LI, 'l', 'i', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(UL, 'u', 'l', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(OL, 'o', 'l', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(BR, 'b', 'r', 0, 0, 0, 0, 0, 0, VOID)                                                                                 \
    X(B, 'b', 0, 0, 0, 0, 0, 0, 0, 0)                                                                                       \
    X(STRONG, 's', 't', 'r', 'o', 'n', 'g', 0, 0, 0)                                                                        \
    X(I, 'i', 0, 0, 0, 0, 0, 0, 0, 0)                                                                                       \
    X(EM, 'e', 'm', 0, 0, 0, 0, 0, 0, 0)                                                                                    \
    X(IMG, 'i', 'm', 'g', 0, 0, 0, 0, 0, VOID)                                                                              \
    X(H1, 'h', '1', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(H2, 'h', '2', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(H3, 'h', '3', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(H4, 'h', '4', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(H5, 'h', '5', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(H6, 'h', '6', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(TIME, 't', 'i', 'm', 'e', 0, 0, 0, 0, LOOK)                                                                           \
    X(META, 'm', 'e', 't', 'a', 0, 0, 0, 0, VOID | LOOK)                                                                    \
    X(LINK, 'l', 'i', 'n', 'k', 0, 0, 0, 0, VOID | LOOK)                                                                    \
    X(SCRIPT, 's', 'c', 'r', 'i', 'p', 't', 0, 0, RAW | LOOK)                                                               \
    X(STYLE, 's', 't', 'y', 'l', 'e', 0, 0, 0, RAW)                                                                         \
    X(TITLE, 't', 'i', 't', 'l', 'e', 0, 0, 0, RAW)                                                                         \
    X(NOSCRIPT, 'n', 'o', 's', 'c', 'r', 'i', 'p', 't', RAW)                                                                \
    X(TEMPLATE, 't', 'e', 'm', 'p', 'l', 'a', 't', 'e', RAW)                                                                \
    X(IFRAME, 'i', 'f', 'r', 'a', 'm', 'e', 0, 0, RAW)                                                                      \
    X(TEXTAREA, 't', 'e', 'x', 't', 'a', 'r', 'e', 'a', RAW)                                                                \
    X(SELECT, 's', 'e', 'l', 'e', 'c', 't', 0, 0, RAW)                                                                      \
    X(SVG, 's', 'v', 'g', 0, 0, 0, 0, 0, RAW)                                                                               \
    X(BUTTON, 'b', 'u', 't', 't', 'o', 'n', 0, 0, BOX | LOOK)                                                               \
    X(VIDEO, 'v', 'i', 'd', 'e', 'o', 0, 0, 0, RAW)                                                                         \
    X(AUDIO, 'a', 'u', 'd', 'i', 'o', 0, 0, 0, RAW)                                                                         \
    X(OBJECT, 'o', 'b', 'j', 'e', 'c', 't', 0, 0, RAW)                                                                      \
    X(HTML, 'h', 't', 'm', 'l', 0, 0, 0, 0, LOOK)                                                                           \
    X(BODY, 'b', 'o', 'd', 'y', 0, 0, 0, 0, 0)                                                                              \
    X(HEAD, 'h', 'e', 'a', 'd', 0, 0, 0, 0, 0)                                                                              \
    X(SECTION, 's', 'e', 'c', 't', 'i', 'o', 'n', 0, BOX | CLOSES_P | LOOK)                                                 \
    X(ARTICLE, 'a', 'r', 't', 'i', 'c', 'l', 'e', 0, BOX | CLOSES_P | LOOK)                                                 \
    X(MAIN, 'm', 'a', 'i', 'n', 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                          \
    X(ASIDE, 'a', 's', 'i', 'd', 'e', 0, 0, 0, BOX | CLOSES_P | LOOK)                                                       \
    X(NAV, 'n', 'a', 'v', 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                             \
    X(HEADER, 'h', 'e', 'a', 'd', 'e', 'r', 0, 0, BOX | CLOSES_P | LOOK)                                                    \
    X(FOOTER, 'f', 'o', 'o', 't', 'e', 'r', 0, 0, BOX | CLOSES_P | LOOK)                                                    \
    X(FIGURE, 'f', 'i', 'g', 'u', 'r', 'e', 0, 0, BOX | CLOSES_P | LOOK)                                                    \
    X(FIGCAPTION, 'f', 'i', 'g', 'c', 'a', 'p', 't', 'i', BOX | CLOSES_P | LOOK)                                            \
    X(BLOCKQUOTE, 'b', 'l', 'o', 'c', 'k', 'q', 'u', 'o', BOX | CLOSES_P | LOOK)                                            \
    X(PRE, 'p', 'r', 'e', 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                             \
    X(TABLE, 't', 'a', 'b', 'l', 'e', 0, 0, 0, BOX | CLOSES_P | LOOK | WALL)                                                \
    X(TBODY, 't', 'b', 'o', 'd', 'y', 0, 0, 0, 0)                                                                           \
    X(THEAD, 't', 'h', 'e', 'a', 'd', 0, 0, 0, 0)                                                                           \
    X(TR, 't', 'r', 0, 0, 0, 0, 0, 0, BOX)                                                                                  \
    X(TD, 't', 'd', 0, 0, 0, 0, 0, 0, BOX | LOOK | WALL)                                                                    \
    X(TH, 't', 'h', 0, 0, 0, 0, 0, 0, BOX | LOOK | WALL)                                                                    \
    X(CAPTION, 'c', 'a', 'p', 't', 'i', 'o', 'n', 0, BOX | WALL)                                                            \
    X(DL, 'd', 'l', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(DT, 'd', 't', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(DD, 'd', 'd', 0, 0, 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                                \
    X(FORM, 'f', 'o', 'r', 'm', 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                          \
    X(FIELDSET, 'f', 'i', 'e', 'l', 'd', 's', 'e', 't', BOX | CLOSES_P | LOOK)                                              \
    X(ADDRESS, 'a', 'd', 'd', 'r', 'e', 's', 's', 0, BOX | CLOSES_P | LOOK)                                                 \
    X(DETAILS, 'd', 'e', 't', 'a', 'i', 'l', 's', 0, BOX | CLOSES_P | LOOK)                                                 \
    X(SUMMARY, 's', 'u', 'm', 'm', 'a', 'r', 'y', 0, BOX | CLOSES_P | LOOK)                                                 \
    X(CENTER, 'c', 'e', 'n', 't', 'e', 'r', 0, 0, BOX | CLOSES_P | LOOK)                                                    \
    X(HGROUP, 'h', 'g', 'r', 'o', 'u', 'p', 0, 0, BOX | CLOSES_P | LOOK)                                                    \
    X(DIALOG, 'd', 'i', 'a', 'l', 'o', 'g', 0, 0, BOX | CLOSES_P | LOOK)                                                    \
    X(MENU, 'm', 'e', 'n', 'u', 0, 0, 0, 0, BOX | CLOSES_P | LOOK)                                                          \
    X(HR, 'h', 'r', 0, 0, 0, 0, 0, 0, VOID | CLOSES_P)                                                                      \
    X(INPUT, 'i', 'n', 'p', 'u', 't', 0, 0, 0, VOID)                                                                        \
    X(BASE, 'b', 'a', 's', 'e', 0, 0, 0, 0, VOID)                                                                           \
    X(SUP, 's', 'u', 'p', 0, 0, 0, 0, 0, 0)                                                                                 \
    X(SUB, 's', 'u', 'b', 0, 0, 0, 0, 0, 0)                                                                                 \
    X(LABEL, 'l', 'a', 'b', 'e', 'l', 0, 0, 0, 0)                                                                           \
    X(WBR, 'w', 'b', 'r', 0, 0, 0, 0, 0, VOID)                                                                              \
    X(CITE, 'c', 'i', 't', 'e', 0, 0, 0, 0, LOOK)                                                                           \
    X(SMALL, 's', 'm', 'a', 'l', 'l', 0, 0, 0, LOOK)                                                                        \
    X(FONT, 'f', 'o', 'n', 't', 0, 0, 0, 0, 0)                                                                              \
    X(STRIKE, 's', 't', 'r', 'i', 'k', 'e', 0, 0, 0)                                                                        \
    X(ABBR, 'a', 'b', 'b', 'r', 0, 0, 0, 0, LOOK)

enum {
    TAG_OTHER,
#define X(name, a, b, c, d, e, f, g, h, flags) TAG_##name,
    TAG_LIST(X)
#undef X
    TAG_COUNT
};

extern const uint8_t tag_flags[TAG_COUNT];
uint8_t tag_of(const char *name, uint32_t len);

/* What words in class, id, role and itemprop say of an element: a set. */
#define HINT_LIST(X)                                                                                                        \
    X(COMMENT) X(RELATED) X(SHARE) X(NAV) X(FOOT) X(SIDE) X(AD) X(META) X(CAPTION) X(NEWS) X(DECK) X(BODY) X(ARTICLE)       \
    X(TITLE) X(HIDDEN) X(BIO) X(PULL) X(AUTHOR) X(DATE) X(TAGS) X(WIDGET) X(HEAD) X(FORM) X(LIST) X(MEDIA) X(LEGAL) X(LEAD) \
    X(UNSEEN) X(PROMO) X(INFO) X(KICKER) X(SUBHEAD)

enum {
#define X(name) HINT_AT_##name,
    HINT_LIST(X)
#undef X
    HINT_COUNT
};
enum {
#define X(name) HINT_##name = (int)(1u << HINT_AT_##name),
    HINT_LIST(X)
#undef X
};

/* The words of attributes that say something, ready to be looked up. */
struct hint_index *hint_index_new(arena *a);
/* What the words of an attribute say. */
uint32_t hints_of(const struct hint_index *x, str words);

/* An element that makes a block. Number 0 is the whole page. */
typedef struct box {
    uint32_t parent;
    uint32_t first, end;   /* leaves inside */
    uint32_t hints, above; /* its own; with those of all it stands in */
    uint32_t offset;
    uint32_t key;          /* hash of tag and class: the same for siblings of one kind */
    uint16_t depth;
    uint8_t tag;
    bool article_body;     /* itemprop or class says "articleBody" */
    bool hidden;
} box;

enum { LEAF_BREAK = 1, LEAF_DOUBLE = 2, LEAF_TIME = 4, LEAF_PICTURE = 8, LEAF_ITALIC = 16 };

/* A run of text between borders of blocks: white space collapsed, entities decoded. */
typedef struct leaf {
    str text;
    uint32_t box;
    uint32_t offset;
    uint32_t linked, bold, slanted; /* bytes of the text inside a, b and strong, i and em */
    uint32_t links;                 /* links in it */
    uint8_t flags;                  /* LEAF_BREAK: a <br> stands before it, LEAF_DOUBLE: two */
} leaf;

typedef struct anchor {
    str href;
    uint32_t leaf;       /* in which it begins; it may run on */
    uint32_t last_leaf;
    uint32_t start, end; /* bytes into the text of its first and of its last leaf */
    uint32_t offset;
    uint32_t hints;
    uint32_t box;
    bool author;         /* it leads to somebody who writes: rel=author, or by its address */
} anchor;

/* An inline element or a block whose class says author, date or title, or a <time>. */
typedef struct mark {
    str text;      /* filled when the pass is through */
    str stamp;     /* datetime or content attribute, or the title of an abbreviation */
    uint32_t from, to; /* bytes of the decoded text */
    uint32_t leaf, box;
    uint32_t hints;
    uint8_t tag;
    bool published, modified; /* itemprop, pubdate */
} mark;

typedef struct meta {
    str name, content; /* of <meta>; name in the page's own case, content still with entities */
} meta;

typedef struct tokens {
    arena *arena;
    str page;
    VEC(leaf) leaves;
    VEC(box) boxes;
    VEC(anchor) anchors;
    VEC(mark) marks;
    VEC(meta) metas;
    VEC(str) json; /* contents of application/ld+json */
    str title, language, canonical, amp;
} tokens;

/* Reads the page in one pass. Never fails; nesting deeper than LIMIT_DEPTH is read as if it were not nested. */
tokens *tokens_read(arena *a, str page);

/* Decodes character references and collapses white space; used for attributes and the title. */
str tokens_plain(arena *a, str s);
/* One reference at `at` ("&amp;"): writes its characters to `ret`, returns the bytes it took, 0 where it is none. */
uint32_t entity_decode(const char *at, const char *end, char ret[8], uint32_t *ret_len);

#endif
