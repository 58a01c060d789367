/* inside: what the files of src/mention share. Private to the folder. */
#ifndef MENTION_INSIDE_H
#define MENTION_INSIDE_H

#include "mention/mention.h"

/* A word of the tries. A token holds one or more ("U.S." is four). */
typedef struct piece {
    uint32_t word, token;
    bool last; /* of its token */
} piece;

/* A name of a place that stood as such; find_places settles which place it is. */
typedef struct toponym {
    uint32_t first, last;   /* tokens */
    uint32_t at, count;     /* places of the knowledge that are called so: for kb_value of KB_TRIE_PLACES */
    uint32_t power;         /* known entity where the name is a power's, else NONE */
    uint32_t mention;       /* or NONE */
} toponym;

/* One walk of a document through this stage. All of it lies in the document's arena. */
typedef struct scan {
    doc *d;
    const kb *k;
    arena *a;
    day on;                /* the day as of which offices are told, or NO_DAY */
    day now;               /* the day from which "Monday" is counted, or NO_DAY */
    VEC(piece) pieces;
    uint32_t *first_piece; /* by token; one more than there are tokens */
    uint8_t *shape;        /* by token: SHAPE_ */
    uint32_t *taken;       /* by token: mention + 1 that covers it as part of a name, else 0 */
    uint32_t *entity_of;   /* by entity of the knowledge: entity of the document + 1 */
    bool *told;            /* by entity of the knowledge: it, or something of it, is in the text so far */
    map *by_name;          /* folded names of entities that the knowledge does not have */
    bool *timed;           /* by token: part of a time */
    uint8_t *guess;        /* by token: GUESS_, what the recogniser takes it for */
    VEC(toponym) toponyms;
} scan;

/* What the recogniser says of a token: type of entity + 1 (0: no name), with GUESS_BEGIN on the first of a name. */
enum { GUESS_TYPE = 15, GUESS_BEGIN = 128 };

/* A town with fewer people is one only where the text says so: half of all surnames are villages. */
enum { LEAST_TOWN = 5000 };

enum { SHAPE_UPPER = 1, SHAPE_ALL_UPPER = 2, SHAPE_DIGIT = 4, SHAPE_LETTER = 8 };

scan *scan_new(doc *d, const kb *k);
/* The same with what is in the document already: entities by what they are, names taken. */
scan *scan_again(doc *d, const kb *k);
static inline token *scan_token(const scan *s, uint32_t t) { return &s->d->tokens.at[t]; }
str scan_form(const scan *s, uint32_t t);
bool scan_is(const scan *s, uint32_t t, const char *lower);
bool scan_is_any(const scan *s, uint32_t t, const char *const *list, size_t count);
/* One past the last token of the sentence of `t`, and its first. */
uint32_t scan_end(const scan *s, uint32_t t);
uint32_t scan_begin(const scan *s, uint32_t t);
bool scan_is_upper(const scan *s, uint32_t t);
/* "Tenn.", "TN": the short name of a division, believed only after the comma of a place. */
bool scan_short(const scan *s, uint32_t first, uint32_t last);
/* The name in tokens [first, last] as one string without line breaks. */
str scan_text(const scan *s, uint32_t first, uint32_t last);

/* What a trie knows from `token` on: ends of matches at token borders, shortest first. */
typedef struct hit {
    uint32_t last;         /* token */
    uint32_t first, count; /* for kb_value */
} hit;
enum { HITS = 16 };
uint32_t scan_walk(const scan *s, enum kb_trie trie, uint32_t token, hit ret_hits[HITS]);

/* Whether a hit of KB_TRIE_WORDS is a word of this kind. */
bool scan_is_kind(const scan *s, const hit *h, const char *kind);

/* ---- entities (entity.c) ---- */

/* The document's entity for one of the knowledge, made when it is new. */
uint32_t entity_known(scan *s, uint32_t known);
/* An entity of its own: same key, same entity. */
uint32_t entity_own(scan *s, str key, str name, uint8_t type);
void entity_set_code(entity *e, str code);
void entity_set_sector(entity *e, str sector);
/* Takes code and country from a power of the knowledge. */
void entity_belongs(scan *s, uint32_t entity, uint32_t power);
/* What one is told to be (code, sector, role) goes over to the other where that lacks it. */
void entity_inherits(scan *s, uint32_t to, uint32_t from);
/* The power of the knowledge that this entity is or belongs to, or NONE. */
uint32_t entity_power(const scan *s, uint32_t entity);
/* Who held `office` of `power` on the scan's day; NONE where not known or not one person alone. */
uint32_t entity_holder(const scan *s, uint32_t power, str office);
/* Whether the person ever held an office of `power` that `title` names (any power where NONE, any where empty). */
bool entity_had_office(const scan *s, uint32_t person, uint32_t power, str title, bool now);

uint32_t mention_add(scan *s, uint32_t entity, uint32_t first, uint32_t last, uint8_t kind);

/* A feature of the trained parts: its kind and what it says, well mixed. */
static inline uint32_t feature_of(uint32_t kind, uint32_t a, uint32_t b)
{
    uint64_t x = ((uint64_t)kind * 0x9E3779B97F4A7C15u) ^ ((uint64_t)a * 0xC2B2AE3D27D4EB4Fu) ^ ((uint64_t)b * 0x165667B19E3779F9u);
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (uint32_t)x;
}

/* ---- finders ---- */

void guess_names(scan *s, const model *weights); /* guess.c */
void find_names(scan *s);    /* names.c */
void find_agents(scan *s);   /* agents.c */
void find_times(scan *s);    /* timex.c */
void find_places(scan *s);   /* toponym.c */
void link_names(scan *s);    /* coref.c: short names and abbreviations */
void link_mentions(scan *s, const model *weights); /* coref.c */
void link_spellings(scan *s); /* persons are called as the text calls them; needs the lists of mentions */
void link_turns(scan *s);    /* turns.c */
/* Settles what the text says of its own date; true when that cannot be reconciled with the published one. */
bool date_text(scan *s);     /* dating.c */

/* Mentions by start, longer first (mention.c). */
void mentions_order(doc *d);

#endif
