/* refer: noun phrases and what they refer to, as the trainer sees them. Private to the folder and to train/.
 *
 * Every phrase of the text (names, nouns, pronouns) is taken in order. It is of a type, and it either refers to what an
 * earlier one referred to, or to something new: the best score of both by weights. Candidates are the last few
 * referents and those that were called by the same noun, so the work is linear in the text. */
#ifndef MENTION_REFER_H
#define MENTION_REFER_H

#include "mention/inside.h"

/* What a phrase speaks of. A thing is no entity: it is followed only so that "it" can mean it. */
enum { REFER_THING, REFER_PERSON, REFER_BODY, REFER_PLACE, REFER_TYPES };
/* The class of the weights in which a link, or a new referent, is scored; types have the classes before it. */
enum { REFER_SCORE = REFER_TYPES, REFER_CLASSES };
/* The section "nouns" has for a lemma what WordNet says it can be: NOUN_ of its first sense, NOUN_ + NOUN_LATER of others. */
enum { NOUN_PERSON, NOUN_BODY, NOUN_GROUP, NOUN_PLACE, NOUN_BUILDING, NOUN_NATURE, NOUN_ANIMAL, NOUN_ARTIFACT, NOUN_EVENT, NOUN_LATER };
enum { NOUN_FEATURE = 250 }; /* kind of those features, of no other */

enum { ARTICLE_NONE, ARTICLE_THE, ARTICLE_THIS, ARTICLE_A, ARTICLE_OWNED, ARTICLE_OTHER };
/* Pronouns by what they can mean. */
enum { PRONOUN_NONE, PRONOUN_HE, PRONOUN_SHE, PRONOUN_IT, PRONOUN_THEY, PRONOUN_I, PRONOUN_WE, PRONOUN_YOU, PRONOUN_ANY };
enum { GENDER_NONE, GENDER_HE, GENDER_SHE };

/* It does something that the lexicon has a word for; it owns somebody with a role ("its troops"). */
enum { PART_NONE, PART_ACTS, PART_OWNS };

typedef struct phrase {
    uint32_t first, last, head; /* tokens */
    uint32_t mention;           /* that is there already, or NONE */
    uint32_t entity;            /* of the document, where the text tells it without more ado, or NONE */
    uint32_t owner;             /* entity whose name stands in it and has a code, or NONE */
    uint32_t referent;
    uint32_t group;             /* all of whose members it means, or NONE */
    uint32_t lemma, core;       /* hashes: of the head's lemma, of the words without the article */
    uint32_t nouns;             /* a set of NOUN_ */
    uint8_t kind, type, article, pronoun, gender, agent;
    uint8_t part;               /* PART_ in its clause */
    bool plural, sure;          /* sure: its type is told by the knowledge or by a name */
    bool quoted;
} phrase;

/* "Eritrea and Djibouti ... the two": several referents that are spoken of as one. */
typedef struct group {
    uint32_t members[4], count; /* referents */
    uint32_t latest;            /* phrase */
} group;

typedef struct referent {
    uint32_t latest, first; /* phrases */
    uint32_t count, names;
    uint32_t entity;        /* of the document, or NONE */
    uint32_t seen;          /* stamp of the phrase that last had it as candidate */
    uint8_t type, gender, class; /* class: of the knowledge + 1 */
    bool plural;
    bool subject;           /* its latest phrase is one, pronouns that own aside */
} referent;

/* The first TYPE_OWN features of a type are of the noun itself: the trainer hides them at times. */
enum { TYPE_OWN = 5 };
enum { REFER_FEATURES = 40, REFER_CANDIDATES = 24, RECENT = 10 };

typedef struct referrer {
    scan *s;
    VEC(phrase) phrases;
    VEC(referent) referents;
    VEC(group) groups;
    uint32_t recent[2][RECENT];  /* referents, latest first: those that act, and things */
    uint32_t recent_count[2];
    map *by_noun;                /* lemmas and whole phrases, to a number in `called` */
    VEC(uint32_t) called;        /* the referent that was last called so */
    uint32_t *of_entity;         /* by entity of the document: referent + 1 */
    uint32_t stamp, entity_count;
} referrer;

/* Finds all phrases; their types are open but for those that are sure. */
referrer *referrer_new(scan *s, const model *weights);
uint32_t type_features(const referrer *r, uint32_t phrase, uint32_t ret[REFER_FEATURES]);
/* The referents that the phrase may mean, by the grammar. */
uint32_t refer_candidates(referrer *r, uint32_t phrase, uint32_t ret[REFER_CANDIDATES]);
/* What speaks for `referent`, or for a new one (NONE). */
uint32_t refer_features(const referrer *r, uint32_t phrase, uint32_t referent, uint32_t ret[REFER_FEATURES]);
/* "The two sides", "both", and "they" where `referent` is none that is nearer: means the latest group. */
bool refer_group(referrer *r, uint32_t phrase, uint32_t referent);
/* Settles it: a referent, or NONE for a new one. Returns which it became. */
uint32_t refer_settle(referrer *r, uint32_t phrase, uint32_t referent);
/* Whether the text itself settles it (a name, or somebody's "I"); `*ret` is the referent or NONE. */
bool refer_told(referrer *r, uint32_t phrase, uint32_t *ret);

#endif
