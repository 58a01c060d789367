#include "statement/inside.h"

#include <stdlib.h>

static const token *at(const finder *f, uint32_t i)
{
    return &f->d->tokens.at[i];
}

/* ---- turns of an interview ---- */

static void turns_write(finder *f)
{
    for (uint32_t i = 0; i < f->d->turns.count; i++) {
        const turn *t = &f->d->turns.at[i];
        statement_add(f, t->span, STATEMENT_TURN, t->speaker);
    }
}

/* ---- "according to" ---- */

/* The clause that "according to X" hangs on, without the phrase itself. */
static void according_write(finder *f, uint32_t word)
{
    const doc *d = f->d;
    uint32_t noun = at(f, word)->head, first, last, from, to;
    if (!str_is(at(f, word + 1)->lower, "to") || noun == NONE || noun < word)
        return;
    const sentence *s = &d->sentences.at[at(f, word)->sentence];
    tree_yield(d, noun, &first, &last);
    first = MIN(first, word);
    for (uint32_t i = noun + 1; i <= last; i++)
        if (str_is(at(f, i)->lower, ","))
            last = i - 1;
    cue c = {.token = word, .kind = CUE_SPEECH, .speaker = noun, .addressee = NONE, .clause = {first, last}, .phrase = {MIN(word + 2, noun), last}};
    bool leads = first <= s->first + 1;
    from = leads ? last + 1 : s->first;
    to = leads ? s->first + s->count - 1 : first - 1;
    run content = {from, to};
    if (from <= to && to < s->first + s->count && run_trim(d, &content)) {
        c.content[c.contents++] = content;
        cue_write(f, &c);
    }
}

/* ---- headlines ---- */

static uint32_t colon_of(const finder *f, const sentence *s)
{
    for (uint32_t i = s->first + 1; i + 1 < s->first + s->count; i++)
        if (str_is(at(f, i)->lower, ":"))
            return i;
    return NONE;
}

/* The person or body that alone stands in [first, last], or NONE. */
static uint32_t mention_alone(const finder *f, uint32_t first, uint32_t last)
{
    for (uint32_t i = 0; i < f->d->mentions.count && f->d->mentions.at[i].first <= first; i++) {
        const mention *m = &f->d->mentions.at[i];
        if (m->first == first && m->last == last && m->kind == MENTION_NAME)
            return i;
    }
    return NONE;
}

/* "Somebody: what they say", and "What they say: somebody". */
static void headline_write(finder *f)
{
    const doc *d = f->d;
    for (uint32_t n = 0; n < d->sentences.count; n++) {
        const sentence *s = &d->sentences.at[n];
        uint32_t colon = colon_of(f, s), last = s->first + s->count - 1;
        if (colon == NONE)
            continue;
        uint32_t m = mention_alone(f, s->first, colon - 1);
        run r = {colon + 1, last};
        if (m == NONE) {
            m = mention_alone(f, colon + 1, last);
            r = (run){s->first, colon - 1};
        }
        if (m == NONE || !run_trim(d, &r))
            continue;
        span words = {at(f, r.first)->span.start, at(f, r.last)->span.end};
        statement *t = statement_add(f, words, STATEMENT_INDIRECT, d->mentions.at[m].entity);
        t->speaker_span = d->mentions.at[m].span;
    }
}

/* ---- who stands in whose words ---- */

/* Statements come by start, longer first: the last one that is still open and longer is the closest that holds it. */
static void citations_settle(doc *d)
{
    uint32_t *open = arena_take(d->arena, d->statements.count + 1u, sizeof *open), depth = 0;
    for (uint32_t i = 0; i < d->statements.count; i++) {
        statement *s = &d->statements.at[i];
        while (depth && d->statements.at[open[depth - 1]].span.end <= s->span.start)
            depth--;
        for (uint32_t o = depth; o-- > 0 && s->cited_by == NONE;) {
            span outer = d->statements.at[open[o]].span;
            if (span_holds(outer, s->span) && span_len(outer) > span_len(s->span))
                s->cited_by = open[o];
        }
        open[depth++] = i;
    }
}

static int compare_statements(const void *x, const void *y)
{
    const statement *a = x, *b = y;
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    if (a->span.end != b->span.end)
        return a->span.end > b->span.end ? -1 : 1;
    return a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : 0;
}

/* ---- the stage ---- */

static void sentences_read(finder *f)
{
    for (uint32_t n = 0; n < f->d->sentences.count; n++) {
        const sentence *s = &f->d->sentences.at[n];
        for (uint32_t t = s->first; s->parsed && t < s->first + s->count; t++) {
            cue c;
            if (str_is(at(f, t)->lower, "according") && t + 2 < s->first + s->count)
                according_write(f, t);
            else if (cue_read(f, t, &c))
                cue_write(f, &c);
        }
    }
}

static finder *finder_new(doc *d, const kb *k)
{
    static const char *const sets[CUE_KINDS] = {"cue:speech", "cue:tell", "cue:thought", "cue:denial", "cue:naming", "cue:noun"};
    finder *f = arena_take(d->arena, 1, sizeof *f);
    *f = (finder){.d = d, .k = k, .m = match_new(d, k)};
    for (size_t i = 0; i < COUNT(sets); i++)
        f->sets[i] = kb_set_find(k, sets[i]);
    f->aside = kb_set_find(k, "cue:aside");
    return f;
}

void statement_want(doc *d, const kb *k)
{
    const finder *f = finder_new(d, k);
    for (uint32_t n = 0; n < d->sentences.count; n++) {
        sentence *s = &d->sentences.at[n];
        uint32_t verbs = 0, cues = 0;
        for (uint32_t t = s->first; t < s->first + s->count && !s->wanted; t++) {
            verbs += at(f, t)->upos == UPOS_VERB || at(f, t)->upos == UPOS_AUX;
            cues += at(f, t)->upos == UPOS_VERB && cue_kind(f, t) != NONE;
            s->wanted = cues && verbs > 1;
        }
    }
}

void statement_find(doc *d, const kb *k)
{
    finder *f = finder_new(d, k);
    quotes_find(f);
    turns_write(f);
    if (d->head.kind == KIND_HEADLINE)
        headline_write(f);
    sentences_read(f);
    quotes_write(f);
    if (d->statements.count)
        qsort(d->statements.at, d->statements.count, sizeof *d->statements.at, compare_statements);
    citations_settle(d);
}
