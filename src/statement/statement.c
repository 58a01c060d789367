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

/* ---- "according to", "in the view of", "as X put it" ---- */

static bool holds_verb(const finder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (at(f, i)->upos == UPOS_VERB || at(f, i)->upos == UPOS_AUX)
            return true;
    return false;
}

static void piece_add(const finder *f, cue *c, uint32_t first, uint32_t last)
{
    const sentence *s = &f->d->sentences.at[at(f, c->token)->sentence];
    run content = {first, last};
    if (first <= last && last < s->first + s->count && run_trim(f->d, &content))
        c->content[c->contents++] = content;
}

/* The sentence without such a phrase: what follows it where it leads, else what stands before it, and the rest too where that
 * has no verb. */
static bool phrase_write(finder *f, cue *c)
{
    const sentence *s = &f->d->sentences.at[at(f, c->token)->sentence];
    uint32_t last = s->first + s->count - 1;
    bool leads = c->clause.first <= s->first + 1;
    if (!leads)
        piece_add(f, c, s->first, c->clause.first - 1);
    if (leads || !holds_verb(f, s->first, c->clause.first))
        piece_add(f, c, c->clause.last + 1, last);
    if (c->contents)
        cue_write(f, c);
    return c->contents > 0;
}

static uint32_t comma_from(const finder *f, uint32_t token, uint32_t last)
{
    while (token < last && !str_is(at(f, token + 1)->lower, ","))
        token++;
    return token;
}

static bool according_write(finder *f, uint32_t word)
{
    const doc *d = f->d;
    uint32_t noun = at(f, word)->head, first, last;
    if (!str_is(at(f, word + 1)->lower, "to") || noun == NONE || noun < word)
        return false;
    tree_yield(d, noun, &first, &last);
    first = MIN(first, word);
    last = comma_from(f, noun, last);
    cue c = {.token = word, .kind = CUE_SPEECH, .speaker = noun, .addressee = NONE, .clause = {first, last}, .phrase = {MIN(word + 2, noun), last}};
    return phrase_write(f, &c);
}

/* "In the view of X, ...", "By X's account, ...": the noun of such a phrase is at `noun`. */
static bool view_write(finder *f, uint32_t noun)
{
    const sentence *s = &f->d->sentences.at[at(f, noun)->sentence];
    uint32_t first = noun, last = s->first + s->count - 1;
    while (first > s->first && noun - first < 6 && at(f, first)->upos != UPOS_ADP && at(f, first)->upos != UPOS_PUNCT && at(f, first)->upos != UPOS_VERB)
        first--;
    bool opens = str_is(at(f, first)->lower, "in") || str_is(at(f, first)->lower, "by") || str_is(at(f, first)->lower, "to");
    if (!opens || (first > s->first && !str_is(at(f, first - 1)->lower, ",")))
        return false;
    run owner = {first + 1, noun - 1};
    if (str_is(at(f, noun + 1)->lower, "of"))
        owner = (run){noun + 2, comma_from(f, noun + 1, last)};
    cue c = {.token = noun, .kind = CUE_SPEECH, .addressee = NONE, .clause = {first, MAX(noun, owner.last)}, .phrase = owner};
    bool ends = c.clause.last == last || str_is(at(f, c.clause.last + 1)->lower, ",") || str_is(at(f, c.clause.last + 1)->lower, ".");
    c.speaker = owner.first <= owner.last ? phrase_head(f->d, owner) : NONE;
    return ends && c.speaker != NONE && c.clause.last < last && phrase_write(f, &c);
}

/* "as X put it" */
static bool put_write(finder *f, uint32_t verb)
{
    const sentence *s = &f->d->sentences.at[at(f, verb)->sentence];
    uint32_t first = verb;
    while (first > s->first && verb - first < 10 && at(f, first)->upos != UPOS_PUNCT && !str_is(at(f, first)->lower, "as"))
        first--;
    run who = {first + 1, verb - 1};
    if (!str_is(at(f, first)->lower, "as") || !str_is(at(f, verb + 1)->lower, "it") || who.first > who.last)
        return false;
    cue c = {.token = verb, .kind = CUE_SPEECH, .addressee = NONE, .clause = {first, verb + 1}, .phrase = who};
    c.speaker = phrase_head(f->d, who);
    return c.speaker != NONE && phrase_write(f, &c);
}

/* ---- headlines ---- */

static uint32_t colon_of(const finder *f, const sentence *s)
{
    for (uint32_t i = s->first + 1; i + 1 < s->first + s->count; i++)
        if (str_is(at(f, i)->lower, ":"))
            return i;
    return NONE;
}

/* The head of what alone stands in [first, last] where that names a person, a body or an office, or NONE. */
static uint32_t speaker_alone(const finder *f, uint32_t first, uint32_t last)
{
    if (first > last || last - first > 6 || holds_verb(f, first, last + 1))
        return NONE;
    uint32_t head = phrase_head(f->d, (run){first, last}), m = head == NONE ? NONE : f->m->mention[head];
    if (m == NONE || f->d->mentions.at[m].adjective || head != last)
        return NONE;
    const mention *n = &f->d->mentions.at[m];
    return n->kind == MENTION_NOMINAL || n->first == first ? head : NONE;
}

static void headline_add(finder *f, run speaker, uint32_t head, run words)
{
    quote *q = quote_at(f, words.first);
    uint32_t entity = speaker_entity(f, head, speaker);
    bool direct = q && q == quote_at(f, words.last);
    span said = direct ? q->inner : (span){at(f, words.first)->span.start, at(f, words.last)->span.end};
    if (direct)
        q->used = true;
    statement *t = statement_add(f, said, direct ? STATEMENT_DIRECT : STATEMENT_INDIRECT, entity);
    t->speaker_span = (span){at(f, speaker.first)->span.start, at(f, speaker.last)->span.end};
}

/* "Somebody: what they say", and "What they say: somebody". */
static void headline_write(finder *f)
{
    for (uint32_t n = 0; n < f->d->sentences.count; n++) {
        const sentence *s = &f->d->sentences.at[n];
        uint32_t colon = colon_of(f, s), last = s->first + s->count - 1;
        if (colon == NONE)
            continue;
        run sides[2] = {{s->first, colon - 1}, {colon + 1, last}};
        for (int i = 0; i < 2; i++) {
            run words = sides[!i];
            uint32_t head = speaker_alone(f, sides[i].first, sides[i].last);
            if (head == NONE || !run_trim(f->d, &words))
                continue;
            headline_add(f, sides[i], head, words);
            break;
        }
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

/* The phrases that tell whose words a sentence is; false where none begins with or turns on this token. */
static bool phrase_read(finder *f, uint32_t token)
{
    if (str_is(at(f, token)->lower, "according"))
        return according_write(f, token);
    if (str_is(at(f, token)->lemma, "put"))
        return put_write(f, token);
    return at(f, token)->upos == UPOS_NOUN && match_in_set(f->m, token, f->view) && view_write(f, token);
}

static void sentences_read(finder *f)
{
    for (uint32_t n = 0; n < f->d->sentences.count; n++) {
        const sentence *s = &f->d->sentences.at[n];
        uint32_t end = s->first + s->count;
        for (uint32_t t = s->first; s->parsed && t < end; t++) {
            cue c;
            if (!(t + 2 < end && phrase_read(f, t)) && cue_read(f, t, &c))
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
    f->view = kb_set_find(k, "cue:view");
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
