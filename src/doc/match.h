/* match: phrase patterns of the knowledge against trees. Shared by the stages that read events and claims. */
#ifndef MATCH_H
#define MATCH_H

/* A document made ready for matching: the knowledge's number of every lemma, the mention that every token heads. */
typedef struct matcher {
    doc *d;
    const kb *k;
    uint32_t *lemma;   /* by token; NONE where the knowledge does not know it */
    uint32_t *form;    /* by token: the same for the form in lower case */
    kb_set_member *member;  /* the sets that lemma and form of all tokens are in */
    uint32_t *member_first; /* by token, and one more: where its own begin */
    uint64_t *present;      /* by sentence, present_words each: bits of the sets of its words; first, of its words themselves */
    uint32_t present_words;
    uint32_t *mention; /* by token: the longest mention with this head, or NONE */
    uint32_t *cover;   /* by token: a mention that it lies in, adjectives left out, or NONE */
    uint32_t *within;  /* by token: the innermost statement that holds it, or NONE */
    bool *timed;       /* by token: part of a time, and of no mention */
    map *entities;     /* entity of the document by identifier */
    int referring;     /* how deep party.c is in following pronouns */
    bool governments;  /* capitals that act are governments, not towns */
    uint32_t containers, persons, weapons; /* sets */
} matcher;

enum { MATCH_WORDS = 8 };

/* One pattern found at one trigger. Tokens, NONE where the pattern or the text has none. */
typedef struct match {
    uint32_t rule, token;
    uint32_t actor, recipient;
    uint32_t clause;             /* head of the embedded clause */
    uint32_t words[MATCH_WORDS]; /* what its lexical slots took */
    uint8_t word_count;
    uint8_t weight;              /* the more the more specific */
    uint8_t shape;
} match;

matcher *match_new(doc *d, const kb *k);
/* Whether a token's lemma is in a set (with the word that must stand before it, where the set asks for one). */
bool match_in_set(const matcher *m, uint32_t token, uint32_t set);
/* The line of the lexicon that puts it there, or NONE. */
uint32_t match_set_line(const matcher *m, uint32_t token, uint32_t set);
/* The most specific rule of this purpose that fits at `token`; PURPOSE_EVENT includes idioms. */
bool match_best(const matcher *m, uint32_t token, uint8_t purpose, match *ret);
/* "a series of attacks": from the container to what it holds. */
uint32_t match_content(const matcher *m, uint32_t token);

enum { PARTY_LIMIT = 16 };
typedef struct party {
    uint32_t entity[PARTY_LIMIT];
    uint32_t count;
    bool guessed; /* not by syntax but by what else the sentence names */
} party;

/* ---- party.c: from words to entities ---- */

/* The powers or groups that a noun phrase names, its coordinations included. */
void party_of(matcher *m, uint32_t token, party *ret);
/* Whose something is: its possessive, adjective, or "of", "from", "against" ... phrase. */
void party_of_owner(matcher *m, uint32_t noun, party *ret);
/* The party last named before `token` that is not of `not`: what an object pronoun stands for. */
void party_before(matcher *m, uint32_t token, const party *not, party *ret);
/* The first party below `token` that shares no entity with `not`. */
void party_below(matcher *m, uint32_t token, const party *not, party *ret);
/* The power that an entity belongs to, as an entity of the document; itself where it belongs to none. */
uint32_t party_power(matcher *m, uint32_t entity);
bool party_has(const party *p, uint32_t entity);
void party_without(party *p, const party *not);
/* A group without a country gets the one its sentence names first. */
void party_guess(matcher *m, uint32_t token, const party *other, party *ret);

#endif
