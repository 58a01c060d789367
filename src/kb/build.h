/* build: how lexicon text becomes the sections of a knowledge file. Private to src/kb.
 *
 * A kind of entry is a row in `kinds` (build.c): its name, how many words of its head name it (0: entries of the kind
 * never replace each other), and the function that compiles it. Kinds are compiled in the order of that table, so that
 * a later kind may look up what an earlier one has set. */
#ifndef KB_BUILD_H
#define KB_BUILD_H

#include "kb/kb.h"

#define KB_MAGIC "entente1"
enum { KB_VERSION = 3 };

/* The sections of a file; their order in it. */
enum kb_section {
    KB_STRINGS,  /* bytes */
    KB_LINES,    /* kb_disk_line */
    KB_EXAMPLES, /* kb_disk_example */
    KB_WORD_SLOTS, /* u32: hash table, word + 1, 0 = empty */
    KB_WORDS,    /* kb_pstr */
    KB_EDGES,    /* kb_disk_edge: hash table, next = 0 is empty */
    KB_ENDS,     /* kb_disk_range by node */
    KB_VALUES,   /* u32 */
    KB_ENTITIES, /* kb_disk_entity */
    KB_ENTITY_SLOTS, /* u32: hash table by identifier, entity + 1 */
    KB_NAMES,    /* kb_disk_name */
    KB_TENURES,  /* kb_disk_tenure */
    KB_BY_PERSON, KB_BY_POWER,             /* u32 tenures, grouped */
    KB_PERSON_RANGES, KB_POWER_RANGES,     /* kb_disk_range by entity */
    KB_PLACES,  /* kb_disk_toponym */
    KB_AGENTS,  /* kb_disk_agent */
    KB_TIMES,   /* kb_disk_time */
    KB_TIES,     /* kb_disk_tie */
    KB_BONDS,    /* kb_disk_bond, in order of a, b, tie, begin */
    KB_MEMBERS,  /* kb_disk_member, in order of body, member, begin */
    KB_LEX_SLOTS, /* u32: hash table by lemma, word + 1 */
    KB_LEX,       /* kb_disk_lex */
    KB_TRIGGERS,  /* u32 rules, grouped by lemma */
    KB_SET_MEMBERS, /* kb_disk_in_set, grouped by lemma */
    KB_SETS,      /* kb_pstr: names of the word sets */
    KB_RULES,     /* kb_disk_rule */
    KB_RULE_SLOTS, /* kb_disk_slot */
    KB_CAMEO,     /* kb_disk_cameo */
    KB_CODES,     /* kb_disk_code, in order of system, power, begin */
    KB_SECTIONS
};

/* A string in KB_STRINGS. */
typedef struct kb_pstr {
    uint32_t at, len;
} kb_pstr;

typedef struct kb_disk_header {
    char magic[8];
    uint32_t version, sections;
    uint64_t size;     /* of the whole file */
    uint64_t checksum; /* kb_checksum */
    char digest[64];   /* SHA-256 of the lexicon text, hex */
    struct {
        uint64_t at, size;
    } section[KB_SECTIONS];
} kb_disk_header;

typedef struct kb_disk_line {
    kb_pstr file, text;
    uint32_t number;
} kb_disk_line;

typedef struct kb_disk_example {
    uint32_t line, entry, mark;
    kb_pstr text;
} kb_disk_example;

typedef struct kb_disk_edge {
    uint32_t node, word, next;
} kb_disk_edge;

typedef struct kb_disk_range {
    uint32_t first, count;
} kb_disk_range;

typedef struct kb_disk_entity {
    kb_pstr identifier, name, code, sector, role;
    uint32_t of, line;
    date spell;
    uint8_t class, type, pad[2];
} kb_disk_entity;

typedef struct kb_disk_name {
    kb_pstr text;
    uint32_t entity;
    date spell;
    uint8_t use, beware, own, pad;
} kb_disk_name;

typedef struct kb_disk_tenure {
    kb_pstr office, title;
    uint32_t power, person, line, doubtful;
    date spell;
    day known_until;
} kb_disk_tenure;

typedef struct kb_disk_toponym {
    kb_pstr name, country, feature, admin, disputed;
    float lat, lon;
    uint32_t population, geonameid, kind, line;
} kb_disk_toponym;

typedef struct kb_disk_agent {
    kb_pstr sector, code, office;
    uint32_t line;
    uint8_t kind, plural, pad[2];
} kb_disk_agent;

typedef struct kb_disk_time {
    kb_pstr kind, value;
    uint32_t line;
} kb_disk_time;
/* A lemma that a pattern or a set speaks of. */
typedef struct kb_disk_lex {
    kb_pstr lemma;
    uint32_t rule_first, rule_count, member_first, member_count;
} kb_disk_lex;

/* The lemma belongs to `set`, after the lemma `before` - 1 where that is not 0. */
typedef struct kb_disk_in_set {
    uint32_t set, before, line;
} kb_disk_in_set;

typedef struct kb_disk_rule {
    kb_pstr modes, cameo;
    uint64_t contexts;
    uint32_t line, slot_first, trigger;
    uint8_t slot_count, shape, purpose, type;
    uint8_t scope, weight, change, pad;
    uint32_t flags;
} kb_disk_rule;

typedef struct kb_disk_slot {
    uint32_t preposition, word; /* tests */
    uint8_t role, relation, under, needed;
} kb_disk_slot;

typedef struct kb_disk_cameo {
    char code[8];
    float goldstein;
} kb_disk_cameo;

typedef struct kb_disk_code {
    uint32_t system, number, power, line;
    date spell;
} kb_disk_code;

typedef struct kb_disk_tie {
    kb_pstr identifier, kind, name, article, citation;
    uint32_t owes, line;
    day signed_on, force, known_until;
} kb_disk_tie;

typedef struct kb_disk_bond {
    uint32_t a, b, tie, line;
    kb_pstr note;
    date spell;
    day since;
    uint8_t status, doubtful, pad[2];
} kb_disk_bond;

typedef struct kb_disk_member {
    kb_pstr body, citation;
    uint32_t organisation, member, line;
    date spell;
    day known_until;
    uint8_t status, doubtful, pad[2];
} kb_disk_member;

/* ---- an open file (kb.c) ---- */

struct kb {
    const char *base;
    size_t size;
    bool mapped; /* else malloc'ed */
    const kb_disk_header *head;
};

/* Of the header (but the checksum itself) and of all that follows it: a wrong byte anywhere is found. */
uint64_t kb_checksum(const kb_disk_header *head, const char *file, size_t len);
/* The records of a section and how many of this size there are. */
const void *kb_records(const kb *k, enum kb_section section, size_t size, uint32_t *ret_count);
str kb_string(const kb *k, kb_pstr s);

/* One file out of several open ones: later ones replace entries of the same name. As kb_build. */
int kb_merge(const kb *const *layers, size_t count, buffer *ret_file, buffer *faults, entente_error *ret_error);

/* ---- lines of lexicon text (lines.c) ---- */

typedef struct kb_source {
    str file, text;
} kb_source;

typedef struct kb_field {
    str key, rest; /* first word, and what follows it */
    str text;      /* the whole line, trimmed */
    uint32_t line;
} kb_field;

typedef struct kb_entry {
    str kind, rest; /* of the head line */
    uint32_t line;
    VEC(kb_field) fields;
    day known_until; /* the file's last `known until` above it */
    bool replaced;
} kb_entry;

/* A value of a `;` list with the spell that it may carry: "Astana [..2019-03-23]". */
typedef struct kb_item {
    str text;
    date spell;
} kb_item;

struct kb_lexicon; /* patterns.c: sets and rules on their way */

typedef struct kb_builder {
    arena *arena;
    buffer section[KB_SECTIONS];
    buffer *faults;
    uint32_t fault_count;
    map *strings, *words, *edges, *entities;
    VEC(kb_entry) entries;
    VEC(kb_disk_line) lines;
    uint32_t nodes;
    struct {
        uint32_t node, value;
    } *ends;
    uint32_t ends_count, ends_room;
    struct kb_lexicon *lexicon;
} kb_builder;

void kb_lines_read(kb_builder *b, kb_source source);
/* Says what is wrong with a line, for people. */
void kb_fault(kb_builder *b, uint32_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Takes the next item off `*rest`; false when there are no more. Bad spells are faults of `line`. */
bool kb_item_next(kb_builder *b, uint32_t line, str *rest, kb_item *ret);
/* Takes the next word off `*rest`. */
bool kb_word_next(str *rest, str *ret);
/* "2020-10", "-" for an open end: NO_DAY. False, and a fault, when it is neither. */
bool kb_day_read(kb_builder *b, uint32_t line, str word, day *ret);
/* A field by key, or NULL. */
const kb_field *kb_field_of(const kb_entry *e, const char *key);

/* ---- tables being built (build.c) ---- */

kb_pstr kb_put(kb_builder *b, str s);
/* Appends a record and returns its number. */
uint32_t kb_append(kb_builder *b, enum kb_section section, const void *record, size_t size);
uint32_t kb_count(const kb_builder *b, enum kb_section section, size_t size);
/* The entity of this identifier, or NONE and a fault. */
uint32_t kb_entity_wanted(kb_builder *b, uint32_t line, str identifier);

/* ---- tries (trie.c) ---- */

void kb_trie_add(kb_builder *b, enum kb_trie trie, str name, uint32_t value);
void kb_trie_finish(kb_builder *b);
/* Cuts a form into folded words for the tries; calls `each` for every one. */
void kb_cut(str form, void (*each)(void *closure, str word), void *closure);

/* ---- kinds (one file each) ---- */

void kb_compile_entity(kb_builder *b, const kb_entry *e);
void kb_compile_iso(kb_builder *b, const kb_entry *e);
void kb_finish_entities(kb_builder *b);
void kb_add_name(kb_builder *b, str text, uint32_t entity, int use, bool own, date spell);
/* The entity of a person of this name, made when it is new. */
uint32_t kb_person(kb_builder *b, str name, uint32_t line);

void kb_compile_places(kb_builder *b, const kb_entry *e);
void kb_compile_agents(kb_builder *b, const kb_entry *e);
void kb_compile_times(kb_builder *b, const kb_entry *e);
void kb_compile_set(kb_builder *b, const kb_entry *e);
void kb_finish_sets(kb_builder *b);
void kb_compile_event(kb_builder *b, const kb_entry *e);
void kb_compile_idiom(kb_builder *b, const kb_entry *e);
void kb_compile_cue(kb_builder *b, const kb_entry *e);
void kb_compile_claim(kb_builder *b, const kb_entry *e);
void kb_compile_cameo(kb_builder *b, const kb_entry *e);
void kb_finish_patterns(kb_builder *b);
void kb_compile_words(kb_builder *b, const kb_entry *e);
void kb_compile_spelled(kb_builder *b, const kb_entry *e);
/* Gives every person the other spellings of its names (spellings.c). */
void kb_spell_persons(kb_builder *b);

void kb_compile_office(kb_builder *b, const kb_entry *e);
void kb_finish_offices(kb_builder *b);

void kb_compile_tie(kb_builder *b, const kb_entry *e);
void kb_finish_ties(kb_builder *b);
void kb_compile_body(kb_builder *b, const kb_entry *e);
void kb_finish_bodies(kb_builder *b);
void kb_compile_codes(kb_builder *b, const kb_entry *e);
void kb_finish_codes(kb_builder *b);

/* What the fields of ties and bodies have in common (spans.c). */
typedef struct kb_subject {
    uint32_t a, b; /* b: NONE but for a pair; a: NONE for everybody */
} kb_subject;

typedef struct kb_span {
    VEC(kb_subject) who;
    str words, note; /* what stands between the powers and the dates; what follows them */
    date spell;
    uint32_t line;
    bool doubtful;
} kb_span;

/* "A; B words FROM TO note", also "A+B" and "*". False after a fault. `dates` is how many are wanted. */
bool kb_span_read(kb_builder *b, const kb_entry *e, const kb_field *f, int dates, kb_span *ret);
/* All `cite` fields as one string; a fault where there is none. */
str kb_cited(kb_builder *b, const kb_entry *e);
/* The number of `word` in `names`, or -1. */
int kb_number_of(str word, const char *const *names, int count);
/* Half-open spells meet; NO_DAY is an open end. */
bool kb_spells_meet(date x, date y);

#endif
