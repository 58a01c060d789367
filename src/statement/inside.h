/* What the files of this stage share. */
#ifndef STATEMENT_INSIDE_H
#define STATEMENT_INSIDE_H

#include "statement/statement.h"

/* Words between marks of quotation. Without an end mark it runs to the end of its paragraph. */
typedef struct quote {
    span whole, inner;    /* with and without the marks */
    uint32_t first, last; /* tokens of the inner part */
    bool closed, used;
    bool nested;          /* stands inside another */
} quote;

enum { CUE_SPEECH, CUE_TELL, CUE_THOUGHT, CUE_DENIAL, CUE_NAMING, CUE_NOUN, CUE_KINDS };

/* A run of tokens, inclusive. */
typedef struct run {
    uint32_t first, last;
} run;

/* A cue with what the tree and the order of words tell of it. Tokens, NONE where there is none. */
typedef struct cue {
    uint32_t token;
    uint32_t kind;
    uint32_t speaker, addressee; /* heads */
    run phrase;     /* the words of the speaker; first = NONE where the tree alone tells them */
    run clause;     /* the cue with its subject and its circumstances, without the content */
    run content[3]; /* in order */
    uint32_t contents;
} cue;

typedef struct finder {
    doc *d;
    const kb *k;
    matcher *m;
    uint32_t sets[CUE_KINDS];
    uint32_t view;  /* set: "in the view of X", "by X's account" */
    uint32_t aside; /* set: verbs of thought that may follow what they tell, or cut it in two */
    VEC(quote) quotes; /* by end: an inner one before its outer one */
    uint32_t *quote_of; /* by token: the outer quote that holds it, or NONE */
} finder;

/* ---- quotes.c ---- */

void quotes_find(finder *f);
/* The outer quote that holds this token, or NULL. */
quote *quote_at(finder *f, uint32_t token);

/* ---- cues.c ---- */

/* The kind of cue that a verb is, or NONE. */
uint32_t cue_kind(const finder *f, uint32_t token);
/* Reads the clause and the content of the cue at `token`; false when it tells nothing that was said. */
bool cue_read(finder *f, uint32_t token, cue *ret);
/* Whether a "that" opens a clause: it is a mark, or a subject follows. */
bool begins_clause(const doc *d, uint32_t word);
/* Takes marks, "that" and the like off both ends; false when no word is left. */
bool run_trim(const doc *d, run *r);

/* ---- speakers.c ---- */

/* The words of a phrase with this head, without clauses that hang on it. */
run speaker_phrase(const doc *d, uint32_t head);
/* The entity that a phrase with this head names, or NONE. */
uint32_t speaker_entity(finder *f, uint32_t head, run phrase);
/* The head of the first noun phrase in these words, or NONE. */
uint32_t phrase_head(const doc *d, run words);

/* ---- attribute.c ---- */

/* Writes the statements of one cue. */
void cue_write(finder *f, const cue *c);
/* Writes those of quotations that no cue has taken. */
void quotes_write(finder *f);

statement *statement_add(finder *f, span words, uint8_t kind, uint32_t speaker);

#endif
