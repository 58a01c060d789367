/* doc: the document, and every struct that flows. Read this first.
 *
 * A document walks the street of stages once: bytes -> page -> text -> lang -> mention -> statement -> event -> claim.
 * Its text is UTF-8, fixed after `page`, and never edited. Each stage adds a layer that points at the text by byte
 * span and at other layers by index, never by pointer, so that a layer can be dumped, compared and loaded back.
 * Layers only grow; a stage sets its bit in `done` when it is through, and the next asserts it.
 *
 * Everything lives in `doc->arena` and is gone at the next `doc_reset`. Strings of the knowledge outlive the document. */
#ifndef DOC_H
#define DOC_H

#include "base/base.h"
#include "kb/kb.h"

/* ---- page ---- */

/* What a paragraph of the text was in the page. */
enum { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_ITEM, BLOCK_QUOTE, BLOCK_CELL, BLOCK_CAPTION };

/* A paragraph of the text. Blocks cover the text in order; each ends in "\n" (given texts may differ). */
typedef struct block {
    span span;
    uint64_t offset; /* byte in the unpacked origin at which it stood */
    uint8_t kind;
} block;

/* An item of the page's lists of other stories. */
typedef struct link {
    str text, href;
    day date;        /* NO_DAY where the list gives none */
    uint64_t offset; /* byte in the unpacked origin */
} link;

/* A turn of an interview. `page` gives role, span and the printed label; `mention` resolves the speaker. */
typedef struct turn {
    span span;
    str label;        /* "Surname:" or the name under the title; empty where nothing was printed */
    bool answer;      /* else a question */
    uint32_t speaker; /* entity or NONE */
} turn;

/* Everything that is said of the document as a whole. Unknown strings are empty. */
typedef struct head {
    str id;      /* 32 hex digits, set by the front when the page is read */
    str content; /* SHA-256 of its words, hex: see doc_identify */
    str origin;  /* where it came from; never empty */
    str url, title, deck, byline, outlet;
    str language; /* ISO 639-1 */
    uint8_t kind;
    str published; /* ISO day or time as printed in the record */
    day published_day;
    uint8_t published_from;
    date written;  /* by the text's own words ("content" in records) */
    bool conflict; /* published and written cannot both be right */
    day reference; /* the day from which "Monday" is counted, or NO_DAY */
} head;

/* ---- text and lang ---- */

typedef struct sentence {
    span span;
    uint32_t first, count; /* tokens */
    uint32_t block;        /* or NONE */
    uint32_t turn;         /* or NONE */
    uint32_t root;         /* token, or NONE while not parsed */
    bool wanted;           /* a stage asks for its tree */
    bool parsed;
    bool headline;
} sentence;

/* A syntactic word (UD 2). Words of one contraction ("don't") have spans that touch; `joined` marks all but the first. */
typedef struct token {
    span span;
    str lower;      /* the form in lower case, quotes and dashes as ASCII */
    str lemma;
    uint32_t sentence;
    uint32_t head;  /* token of the document, NONE for a root or while not parsed */
    uint8_t upos, xpos, deprel;
    bool joined;
    bool spaced;    /* white space follows */
    uint8_t sure;   /* confidence of the arc in 255ths; 0 = not told */
} token;

/* ---- mention ---- */

/* Someone or something with a name or a role: a power, a body, a person, a place that acts, a group. */
typedef struct entity {
    uint32_t known;  /* number of the entity in the knowledge, or NONE */
    str identifier;  /* "RUS", "person:emmanuel-macron"; empty for one unknown to the knowledge */
    str name;
    uint8_t type;
    char code[4];    /* alpha-3 or IGO UNO EUR NGO ISM IMG MNC; "" where none */
    char sector[4];  /* "" where none */
    str other_sectors; /* joined by spaces */
    str role;        /* as the text or the knowledge tells it: "chair of the Danish farmers' union" */
    str office;      /* "foreign_minister", where one is known as of the reference date */
    uint32_t country; /* entity in the knowledge of the power it belongs to, or NONE */
    slice mentions;  /* filled when the layer is complete */
} entity;

typedef struct mention {
    span span;
    uint32_t entity;
    uint32_t sentence;
    uint32_t first, last; /* tokens, inclusive */
    uint32_t head;        /* token */
    uint8_t kind;
    bool adjective;       /* "Russian" in "Russian troops": a modifier, not a participant */
    bool metonym;         /* a capital or palace that stands for its government */
} mention;

typedef struct timex {
    span span;
    uint8_t type;
    str value;  /* TIMEX3 */
    date date;  /* the days it covers, NO_DATE for durations and sets */
    uint32_t first, last; /* tokens, inclusive */
} timex;

typedef struct place {
    span span;
    str name;
    double lat, lon;
    bool located;
    char country[4]; /* alpha-3, "" where none */
    str feature;
    uint32_t geonameid; /* 0 where none */
    uint32_t first, last; /* tokens, inclusive */
} place;

/* ---- statement, event, claim ---- */

/* Who said, thinks or denies what. */
typedef struct statement {
    span span;
    uint32_t speaker;   /* entity or NONE */
    span speaker_span;  /* empty where none */
    span cue;           /* empty where none */
    uint8_t kind;
    bool denied;
    date date;
    uint32_t place;     /* or NONE */
    uint32_t addressee; /* entity or NONE */
    uint32_t cited_by;  /* the statement it stands in, or NONE */
    uint32_t sentence;  /* of its first word */
    uint32_t rule;
} statement;

typedef struct event {
    span span;
    uint32_t sentence;
    slice actors, recipients; /* entities */
    date date;
    uint32_t place, statement; /* or NONE */
    uint8_t event;      /* EVENT_ */
    uint8_t auxiliary;  /* a set of AUXILIARY_ */
    uint64_t contexts;  /* a set: bit CONTEXT_ */
    str modes;          /* joined by spaces */
    str cameo;          /* closest CAMEO code */
    float goldstein;
    uint32_t rule;      /* line of the knowledge that fired: kb_line */
    float confidence;   /* 0 to 1: share of such findings that are right */
    str given_rule;     /* of a loaded record, whose knowledge may be another: "file:line" as printed there */
} event;

typedef struct claim {
    span span;
    uint32_t sentence;
    uint32_t about[2];  /* entities; giver, joiner, occupier or recogniser first */
    uint8_t tie;        /* TIE_ */
    bool holds;
    uint8_t change;     /* CHANGE_ */
    bool formal, practical;
    uint32_t statement; /* or NONE */
    uint8_t side;       /* SIDE_ */
    uint32_t rule;
    str given_rule;     /* as in event */
} claim;

/* ---- the document ---- */

enum {
    DONE_PAGE = 1,
    DONE_TEXT = 2,
    DONE_TAGS = 4,
    DONE_NAMES = 8,   /* mentions by name and role, times, places: what can be told without trees */
    DONE_TREES = 16,  /* every wanted sentence has its tree */
    DONE_MENTION = 32,
    DONE_STATEMENT = 64,
    DONE_EVENT = 128,
    DONE_CLAIM = 256
};

/* What the reader was told or knows beside the bytes. */
typedef struct given {
    str id, text, title, deck, url, outlet, date, charset;
} given;

typedef struct entente_doc {
    arena *arena;
    uint32_t done;

    str raw;       /* the bytes of the origin, perhaps packed; after `page` the unpacked ones */
    uint64_t at;   /* byte of the origin at which `raw` stood: of a line of JSON lines, a record of an archive */
    uint8_t input; /* INPUT_ */
    given given;

    head head;
    str text;
    VEC(block) blocks;
    VEC(link) links;
    VEC(turn) turns;
    VEC(span) evidence; /* of the date the text gives of itself */

    VEC(sentence) sentences;
    VEC(token) tokens;
    VEC(entity) entities;
    VEC(mention) mentions; /* by start, longer first */
    VEC(timex) times;      /* by start */
    VEC(place) places;     /* by start */
    VEC(statement) statements;
    VEC(event) events;
    VEC(claim) claims;
    VEC(uint32_t) refs;    /* what slices point into */

    VEC(str) notes;        /* for people: "main text cut at 1 MiB" */
} doc;

/* Somebody known who acts for no state, and need not be at home where a court or a crowd is named beside. */
bool doc_travels(const entity *e);

doc *doc_new(void); /* NULL when memory runs out */
void doc_free(doc *d);
void doc_reset(doc *d);
/* Remembers a message that goes with the document to standard error. */
void doc_note(doc *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Sets content, id and the reference day from head and text (docs/schema.md says of what they are hashes). */
void doc_identify(doc *d);
/* Fills all layers from a record (doc->raw holds its JSON). 0 or ENTENTE_REJECTED. */
int doc_load(doc *d, entente_error *ret_error);

str doc_str(const doc *d, span s);
/* Appends one number to a slice that is the last in `refs` (or empty). */
void doc_refer(doc *d, slice *s, uint32_t number);
static inline uint32_t doc_ref(const doc *d, slice s, uint32_t i) { return d->refs.at[s.at + i]; }

/* The first token that ends after `byte`, or tokens.count. Likewise the sentence. */
uint32_t doc_token_at(const doc *d, uint32_t byte);
uint32_t doc_sentence_at(const doc *d, uint32_t byte);
/* The first mention that starts at `byte` or after it, or mentions.count. Likewise the place. */
uint32_t doc_mention_from(const doc *d, uint32_t byte);
uint32_t doc_place_from(const doc *d, uint32_t byte);

/* Mends tags by names and by nouns of the lexicon (retag.c): after names are known, before trees are made. */
void doc_retag(doc *d, const kb *k);

/* Mends two slips of the parser (mend.c): after trees are made, before they are read. */
void doc_mend_trees(doc *d);

/* ---- trees (tree.c): readers that more than one stage needs ---- */

/* The first dependent of `token` by this relation (subtypes are relations of their own), from `after` on; NONE where
 * there is none. Start with `after` = NONE. */
uint32_t tree_child(const doc *d, uint32_t token, uint8_t deprel, uint32_t after);
/* The next dependent of any relation after `after` (NONE: from the first). */
uint32_t tree_next(const doc *d, uint32_t token, uint32_t after);
/* Whether a dependent of `token` is this preposition or mark. */
bool tree_has_case(const doc *d, uint32_t token, str preposition);
/* Who is spoken of: the subject of the words, active or passive, also under control, coordination and in relatives. */
uint32_t tree_subject(const doc *d, uint32_t verb);
/* Who stands in the by-phrase, or NONE. */
uint32_t tree_agent(const doc *d, uint32_t verb);
/* The subject in the deep sense: nsubj of the active, by-phrase of the passive, that of the governing verb under
 * control and coordination, what a relative clause hangs on. NONE where the tree does not tell. */
uint32_t tree_actor(const doc *d, uint32_t verb);
/* The object in the deep sense: obj of the active, nsubj:pass of the passive, the noun of a reduced relative. */
uint32_t tree_object(const doc *d, uint32_t verb);
/* The noun that depends on `token` as obl or nmod with this preposition (lower case), or NONE. */
uint32_t tree_oblique(const doc *d, uint32_t token, str preposition);
bool tree_is_passive(const doc *d, uint32_t verb);
/* Whether a verb is more than an attribute of the noun after it, by mistake of the tree or not. */
bool tree_is_main(const doc *d, uint32_t verb);
bool tree_is_negated(const doc *d, uint32_t token);
bool tree_under(const doc *d, uint32_t token, uint32_t ancestor);
/* First and last token of what hangs on `token`, itself included. */
void tree_yield(const doc *d, uint32_t token, uint32_t *ret_first, uint32_t *ret_last);

#include "doc/match.h"

#endif
