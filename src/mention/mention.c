#include "mention/inside.h"

#include <stdlib.h>

static int compare_mentions(const void *x, const void *y)
{
    const mention *a = x, *b = y;
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    if (a->span.end != b->span.end)
        return a->span.end > b->span.end ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->entity < b->entity ? -1 : a->entity > b->entity;
}

void mentions_order(doc *d)
{
    if (d->mentions.count)
        qsort(d->mentions.at, d->mentions.count, sizeof *d->mentions.at, compare_mentions);
}

/* Every entity's list of its mentions. */
static void mentions_list(doc *d)
{
    uint32_t *counts = arena_take(d->arena, d->entities.count + 1u, sizeof *counts), at = d->refs.count;
    for (uint32_t i = 0; i < d->mentions.count; i++)
        counts[d->mentions.at[i].entity]++;
    for (uint32_t e = 0; e < d->entities.count; e++) {
        d->entities.at[e].mentions = (slice){at, 0};
        at += counts[e];
    }
    while (d->refs.count < at)
        *vec_push(d->arena, &d->refs) = NONE;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        slice *of = &d->entities.at[d->mentions.at[i].entity].mentions;
        d->refs.at[of->at + of->count++] = i;
    }
}

/* An entity that nothing in the text mentions any more, and nobody speaks as, is dropped. */
static void entities_compact(doc *d)
{
    uint32_t *number = arena_take(d->arena, d->entities.count + 1u, sizeof *number), kept = 0;
    for (uint32_t i = 0; i < d->mentions.count; i++)
        number[d->mentions.at[i].entity] = 1;
    for (uint32_t i = 0; i < d->turns.count; i++)
        if (d->turns.at[i].speaker != NONE)
            number[d->turns.at[i].speaker] = 1;
    for (uint32_t e = 0; e < d->entities.count; e++) {
        bool keep = number[e];
        number[e] = kept;
        if (keep)
            d->entities.at[kept++] = d->entities.at[e];
    }
    d->entities.count = kept;
    for (uint32_t i = 0; i < d->mentions.count; i++)
        d->mentions.at[i].entity = number[d->mentions.at[i].entity];
    for (uint32_t i = 0; i < d->turns.count; i++)
        if (d->turns.at[i].speaker != NONE)
            d->turns.at[i].speaker = number[d->turns.at[i].speaker];
}

/* A word that may stand for a power told before: "they", "it", "both", "the two", "the alliance". */
static bool stands_in(const scan *s, uint32_t t)
{
    static const char *const words[] = {"he", "she", "it", "they", "both", "two", "sides"};
    const token *w = scan_token(s, t);
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(w->lower, words[i]))
            return true;
    hit hits[HITS];
    for (uint32_t n = w->upos == UPOS_NOUN ? scan_walk(s, KB_TRIE_WORDS, t, hits) : 0; n--;)
        if (scan_is_kind(s, &hits[n], "standin"))
            return true;
    return false;
}

/* Any sentence in which somebody is mentioned, or may be meant, or something is quoted, can matter. */
static void sentences_want(const scan *scan)
{
    doc *d = scan->d;
    for (uint32_t i = 0; i < d->mentions.count; i++)
        d->sentences.at[d->mentions.at[i].sentence].wanted = true;
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        sentence *s = &d->sentences.at[i];
        for (uint32_t t = s->first; t < s->first + s->count && !s->wanted; t++)
            s->wanted = str_is(d->tokens.at[t].lower, "\"") || stands_in(scan, t);
    }
}

void mention_find(doc *d, const kb *k, const model *weights)
{
    scan *s = scan_new(d, k);
    find_times(s);
    if (date_text(s)) {
        d->times.count = 0;
        s = scan_new(d, k);
        find_times(s);
    }
    guess_names(s, weights);
    find_names(s);
    find_places(s);
    find_agents(s);
    mentions_order(d);
    mentions_list(d);
    sentences_want(s);
    d->done |= DONE_NAMES;
}

void mention_link(doc *d, const kb *k, const model *weights)
{
    scan *s = scan_again(d, k);
    link_turns(s);
    link_mentions(s, weights);
    mentions_order(d);
    entities_compact(d);
    mentions_list(d);
    link_spellings(s);
    d->done |= DONE_MENTION;
}
