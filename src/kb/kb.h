/* kb: what is known of the world and of a language, compiled from the text in lexicon/ into one mapped file.
 *
 * Opened once, read-only, shared by all threads and, by the pages of the file, by all processes. Strings that leave
 * here point into the file and live as long as the kb. Every record carries `line`: the line of the lexicon that it
 * came from (kb_line tells file and number), which is what `why` prints. */
#ifndef KB_H
#define KB_H

#include "base/base.h"

typedef struct kb kb;

/* ---- opening and building ---- */

/* Opens one compiled file, or several: later ones add to the earlier and replace entries of the same name.
 * 0, ENTENTE_IO, or ENTENTE_DATA where a file is broken or of another version. */
int kb_open(const char *const *paths, size_t count, kb **ret_kb, entente_error *ret_error);
void kb_close(kb *k);

/* Compiles files and folders of lexicon text (folders are walked in order of name; files end in .txt) into the bytes
 * of a knowledge file. Every fault is written to `faults`, one a line: file:line: what. Returns 0, ENTENTE_IO, or
 * ENTENTE_DATA when there was any fault. */
int kb_build(const char *const *paths, size_t count, buffer *ret_file, buffer *faults, entente_error *ret_error);

/* SHA-256 of the knowledge, in hex: names the knowledge in every manifest. */
str kb_digest(const kb *k);

/* ---- lines: where a rule stands ---- */

/* File name below the lexicon folder, number from 1, and the text of the line. Empty and 0 for NONE. */
typedef struct kb_place_of_line {
    str file;
    uint32_t number;
    str text;
} kb_place_of_line;
kb_place_of_line kb_line(const kb *k, uint32_t line);
uint32_t kb_line_count(const kb *k);

/* ---- words and tries: all names at once ---- */

/* A form is cut into words: runs of letters and digits, and single marks; case and accents are folded. Writes the
 * number of each word (NONE for one that no trie knows) and returns how many there are, at most `room`. */
uint32_t kb_words(const kb *k, str form, uint32_t *ret_words, uint32_t room);

enum kb_trie { KB_TRIE_NAMES, KB_TRIE_AGENTS, KB_TRIE_PLACES, KB_TRIE_CUES, KB_TRIE_TIMES, KB_TRIE_WORDS, KB_TRIES };

/* Walks from `node` (0 is the root) by one word: the next node, or NONE. */
uint32_t kb_step(const kb *k, enum kb_trie trie, uint32_t node, uint32_t word);
/* What ends at `node`: values [*ret_first, +count) for kb_value; returns the count. */
uint32_t kb_ends(const kb *k, enum kb_trie trie, uint32_t node, uint32_t *ret_first);
uint32_t kb_value(const kb *k, enum kb_trie trie, uint32_t at);

/* ---- entities ---- */

enum { CLASS_STATE, CLASS_PARTIAL, CLASS_UN, CLASS_EU, CLASS_BODY, CLASS_ARMED, CLASS_PARTY, CLASS_AGENCY, CLASS_COMPANY,
       CLASS_OUTLET, CLASS_NGO, CLASS_CHURCH, CLASS_UNION, CLASS_UNIVERSITY, CLASS_GROUP, CLASS_REGION, CLASS_PERSON, CLASS_COUNT };
extern const char *const kb_class_names[CLASS_COUNT];

typedef struct kb_entity {
    str identifier; /* "RUS", "CSTO", "person:emmanuel-macron" */
    str name;
    uint8_t class;
    uint8_t type;   /* ENTITY_ of base/names.h */
    str code;       /* alpha-3 or IGO UNO EUR NGO ISM IMG MNC, or empty */
    str sector;     /* or empty */
    str role;
    uint32_t of;    /* entity, or NONE */
    date spell;     /* since .. until, half-open; NO_DAY at an open end */
    uint32_t line;
} kb_entity;

uint32_t kb_entity_count(const kb *k);
kb_entity kb_entity_at(const kb *k, uint32_t entity);
/* By identifier, exactly; NONE where there is none. */
uint32_t kb_entity_find(const kb *k, str identifier);

/* How a name names: what KB_TRIE_NAMES gives. */
enum { USE_NAME, USE_SHORT, USE_PEOPLE, USE_METONYM, USE_CAPITAL, USE_SURNAME };
typedef struct kb_name {
    uint32_t entity;
    uint8_t use;     /* USE_ */
    bool beware;     /* also means something else */
    bool own;        /* the principal name, not a variant */
    date spell;      /* half-open, NO_DAY at an open end */
    str text;        /* as written in the lexicon: USE_SHORT is matched in this case only */
} kb_name;
uint32_t kb_name_count(const kb *k);
kb_name kb_name_at(const kb *k, uint32_t value);

/* ---- offices ---- */

typedef struct kb_tenure {
    uint32_t power;  /* entity */
    uint32_t person; /* entity */
    str office;      /* "head_of_state" */
    str title;       /* "President; Head of State" */
    date spell;      /* half-open, NO_DAY at an open end */
    day known_until; /* of the file; NO_DAY where not told */
    bool doubtful;
    uint32_t line;
} kb_tenure;

uint32_t kb_tenure_count(const kb *k);
kb_tenure kb_tenure_at(const kb *k, uint32_t tenure);
/* Tenures of a person, or of a power, in order of begin: [*ret_first, +count) for kb_tenure_of. */
uint32_t kb_tenures_of_person(const kb *k, uint32_t entity, uint32_t *ret_first);
uint32_t kb_tenures_of_power(const kb *k, uint32_t entity, uint32_t *ret_first);
uint32_t kb_tenure_of_person(const kb *k, uint32_t at); /* a tenure, from the first list */
uint32_t kb_tenure_of_power(const kb *k, uint32_t at);  /* a tenure, from the second */

/* ---- ties: what binds two powers on a day ---- */

enum { OWES_DEFENSE = 1, OWES_OFFENSE = 2, OWES_NEUTRALITY = 4, OWES_NONAGGRESSION = 8, OWES_CONSULTATION = 16, OWES_COUNT = 5 };
/* From the least to the most that a party has done to a tie; the stronger of two counts. */
enum { TIE_IN_FORCE, TIE_PROVISIONAL, TIE_DISPUTED, TIE_FROZEN, TIE_DENOUNCED, TIE_SUSPENDED, TIE_SIGNED, TIE_EXPIRED, TIE_STATUS_COUNT };
extern const char *const kb_owes_names[OWES_COUNT];
extern const char *const kb_status_names[TIE_STATUS_COUNT];

typedef struct kb_tie {
    str identifier; /* "nato" */
    str kind;       /* "alliance" */
    str name;       /* "North Atlantic Treaty; Washington Treaty": the usual one first */
    str article;    /* "articles 1, 4 and 5" */
    str citation;
    uint8_t owes;   /* OWES_ */
    day signed_on, force;
    day known_until;
    uint32_t line;
} kb_tie;

/* A tie between two powers for the days on which its status stays the same. */
typedef struct kb_bond {
    uint32_t tie;
    uint32_t a, b;  /* entities, identifier of a < identifier of b */
    uint8_t status; /* TIE_ */
    bool doubtful;  /* kept and shown, never used to decide */
    date spell;     /* half-open, NO_DAY at an open end */
    day since;      /* from when on the tie has bound the two without a gap */
    str note;
    uint32_t line;  /* of the field that says so */
} kb_bond;

uint32_t kb_tie_count(const kb *k);
kb_tie kb_tie_at(const kb *k, uint32_t tie);
uint32_t kb_bond_count(const kb *k);
kb_bond kb_bond_at(const kb *k, uint32_t bond);
/* All bonds of two powers, in either order: [*ret_first, +count) for kb_bond_at, by tie, then by begin. */
uint32_t kb_bonds_of(const kb *k, uint32_t a, uint32_t b, uint32_t *ret_first);
/* The bonds that stand on a day, whatever their status, without the doubtful ones; returns how many there are and
 * writes at most `room`. */
uint32_t kb_ties_between(const kb *k, uint32_t a, uint32_t b, day on, kb_bond *ret, uint32_t room);

/* ---- members of bodies ---- */

enum { MEMBER_FULL, MEMBER_ASSOCIATE, MEMBER_OBSERVER, MEMBER_SUSPENDED, MEMBER_FROZEN, MEMBER_STATUS_COUNT };
extern const char *const kb_member_names[MEMBER_STATUS_COUNT];

typedef struct kb_member {
    str body;         /* its identifier */
    uint32_t organisation; /* its entity, or NONE */
    uint32_t member;
    uint8_t status;   /* MEMBER_ */
    bool doubtful;
    date spell;       /* half-open, NO_DAY at an open end */
    str citation;
    day known_until;
    uint32_t line;
} kb_member;

uint32_t kb_member_count(const kb *k);
kb_member kb_member_at(const kb *k, uint32_t member);
/* The membership that stands on a day, or NONE. */
uint32_t kb_member_find(const kb *k, uint32_t organisation, uint32_t member, day on);

/* ---- numbers of states in other systems ---- */

enum { KB_CODES_ISO, KB_CODES_COW, KB_CODES_GW, KB_CODES_COUNT };
extern const char *const kb_code_systems[KB_CODES_COUNT]; /* "iso", "cow", "gw" */

typedef struct kb_code {
    uint32_t system, number, power;
    date spell; /* half-open, NO_DAY at an open end */
} kb_code;
uint32_t kb_code_count(const kb *k);
kb_code kb_code_at(const kb *k, uint32_t code);
/* The number of a power on a day, 0 where it has none. ISO has no numbers here: our identifiers are its codes. */
uint32_t kb_code_of(const kb *k, uint32_t system, uint32_t power, day on);

/* The tables of `kb ties` and `kb memberships`: one row a pair, or a member, and spell of one status. */
void kb_print_ties(const kb *k, char separator, buffer *out);
void kb_print_memberships(const kb *k, char separator, buffer *out);

/* Whether a half-open spell holds on `d`; an unknown day holds wherever the spell is not over for good. */
bool kb_holds(date spell, day d);

/* ---- places: what KB_TRIE_PLACES gives ---- */

enum { TOPONYM_CITY, TOPONYM_REGION, TOPONYM_COUNTRY, TOPONYM_NATURE, TOPONYM_WIDE, TOPONYM_SITE, TOPONYM_COUNT };
extern const char *const kb_toponym_names[TOPONYM_COUNT]; /* "city", "region", "country", "nature", "wide", "site" */

/* A place. Its name is not kept here: several names lead to one place, the first of them is `name`. */
typedef struct kb_toponym {
    str name;
    double lat, lon;
    uint32_t population, geonameid; /* 0 where not known */
    str country;  /* alpha-3, or empty */
    str feature;  /* GeoNames' code: PPLC, ADM1, SEA ... */
    str admin;    /* first-order division, GeoNames' code within the country */
    str disputed; /* "held RUS; claimed UKR", or empty */
    uint8_t kind; /* TOPONYM_ */
    uint32_t line;
} kb_toponym;

uint32_t kb_toponym_count(const kb *k);
kb_toponym kb_toponym_at(const kb *k, uint32_t value);

/* ---- agents: what KB_TRIE_AGENTS gives ---- */

enum { AGENT_PERSON, AGENT_GROUP, AGENT_BODY, AGENT_MODIFIER, AGENT_COUNT };
extern const char *const kb_agent_names[AGENT_COUNT]; /* "person", "group", "body", "modifier" */

/* A role noun ("minister", "troops", "parliament"), or a word before one that changes it ("former"). */
typedef struct kb_agent {
    str sector;  /* or empty */
    str code;    /* of its own: "IMG" for jihadists; or empty */
    str office;  /* "head_of_government"; or empty */
    uint8_t kind; /* AGENT_ */
    bool plural;
    uint32_t line;
} kb_agent;
kb_agent kb_agent_at(const kb *k, uint32_t value);

/* ---- words of time, and words that tell what a name is: what KB_TRIE_TIMES and KB_TRIE_WORDS give ---- */

typedef struct kb_time {
    str kind;  /* "month", "weekday", "unit", "number", ...; "given", "title", "orgword", ... */
    str value; /* "3", "P1W", "SU", "XXXX-12-25", ... */
    uint32_t line;
} kb_time;
kb_time kb_time_at(const kb *k, uint32_t value);
kb_time kb_word_at(const kb *k, uint32_t value);

/* ---- patterns: word sets and rules ---- */

/* The number of a lemma that some pattern or set speaks of, or NONE. */
uint32_t kb_lemma(const kb *k, str lemma);
str kb_lemma_text(const kb *k, uint32_t lemma);
/* A word set by name, or NONE. Cues are sets too: "cue:speech". */
uint32_t kb_set_find(const kb *k, const char *name);
/* The sets of a lemma: [*ret_first, +count) for kb_set_member_at. */
typedef struct kb_set_member {
    uint32_t set;
    uint32_t before; /* the lemma that must stand before it, or NONE */
    uint32_t line;
} kb_set_member;
uint32_t kb_set_members(const kb *k, uint32_t lemma, uint32_t *ret_first);
kb_set_member kb_set_member_at(const kb *k, uint32_t at);

enum { PURPOSE_EVENT, PURPOSE_IDIOM, PURPOSE_CLAIM };
/* What the trigger of a pattern is: a verb, a noun with arguments, or what follows "be". */
enum { SHAPE_VERB, SHAPE_NOUN, SHAPE_BE };
/* Of a rule. */
enum { RULE_MUTUAL = 1, RULE_HAS_RECIPIENT = 2, RULE_HAS_ACTOR = 4, RULE_BOTH = 8, RULE_DENIES = 16, RULE_SWAP = 32, RULE_BODY = 64, RULE_ALONE = 128, RULE_ABROAD = 256 };
enum { ROLE_WORD, ROLE_ACTOR, ROLE_RECIPIENT, ROLE_ANY };
/* How a slot hangs on the trigger or on the slot `under`: a bare dependent, one with a preposition, an embedded clause
 * (infinitive or that-clause), a modifier (possessive, adjective, of ...), the preposition of the trigger itself, its
 * modal verb, or its subject. */
enum { SLOT_BARE, SLOT_PREPOSITION, SLOT_CLAUSE, SLOT_OWNER, SLOT_CASE, SLOT_MODAL, SLOT_SUBJECT };

typedef struct kb_rule {
    uint32_t line, slot_first;
    uint32_t trigger; /* test */
    uint8_t slot_count, shape, purpose;
    uint8_t type;   /* EVENT_ or TIE_ */
    uint8_t weight;
    uint32_t flags;
    uint8_t scope;  /* claims: 1 formal, 2 practical; events: 1 an object of any kind may follow */
    uint8_t change; /* claims: CHANGE_ */
    str modes, cameo;
    uint64_t contexts;
} kb_rule;

typedef struct kb_slot {
    uint32_t preposition, word; /* for kb_test_* */
    uint8_t role, relation;
    uint8_t under; /* slot of the same rule, or 255 for the trigger */
    bool needed;
    uint8_t rank; /* 0 any word, 1 many words, 2 few or one: what it adds to the weight */
} kb_slot;

/* Rules that a lemma triggers: [*ret_first, +count) for kb_trigger_at. */
uint32_t kb_triggers(const kb *k, uint32_t lemma, uint32_t *ret_first);
uint32_t kb_trigger_at(const kb *k, uint32_t at);
kb_rule kb_rule_at(const kb *k, uint32_t rule);
kb_slot kb_slot_at(const kb *k, uint32_t slot);
/* A test of a slot: whether it is one, the set it asks for, or the lemma. */
static inline bool kb_test_is_set(uint32_t test) { return test & 0x80000000u; }
static inline uint32_t kb_test_set(uint32_t test) { return test & 0x7fffffffu; }
static inline uint32_t kb_test_lemma(uint32_t test) { return test - 1; }

/* Goldstein's value of a CAMEO code, of its three digits or of its root where it has none; 0 where all lack. */
float kb_goldstein(const kb *k, str cameo);

/* ---- examples: what `kb check` runs ---- */

typedef struct kb_example {
    uint32_t line;   /* of the example itself */
    uint32_t entry;  /* the line that it belongs to */
    char mark;       /* '@' '>' '=' '!' '?' */
    str text;
} kb_example;
uint32_t kb_example_count(const kb *k);
kb_example kb_example_at(const kb *k, uint32_t example);

#endif
