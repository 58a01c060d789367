/* From cues and quotations to statements. */
#include "statement/inside.h"

static const token *at(const finder *f, uint32_t i)
{
    return &f->d->tokens.at[i];
}

statement *statement_add(finder *f, span words, uint8_t kind, uint32_t speaker)
{
    statement *s = vec_push(f->d->arena, &f->d->statements);
    *s = (statement){.span = words, .speaker = speaker, .kind = kind, .date = NO_DATE, .place = NONE, .addressee = NONE,
                     .cited_by = NONE, .sentence = doc_sentence_at(f->d, words.start), .rule = NONE};
    return s;
}

static span run_span(const finder *f, run r)
{
    return (span){at(f, r.first)->span.start, at(f, r.last)->span.end};
}

/* ---- when and where it was said ---- */

static bool in_clause(const cue *c, uint32_t first, uint32_t last)
{
    return c->clause.first <= first && last <= c->clause.last;
}

static bool in_content(const cue *c, uint32_t token)
{
    for (uint32_t i = 0; i < c->contents; i++)
        if (c->content[i].first <= token && token <= c->content[i].last)
            return true;
    return false;
}

/* A day told in the clause itself; else the only one in the sentence outside of what was said; a day before a month. */
static date cue_date(const finder *f, const cue *c)
{
    const doc *d = f->d;
    date only = NO_DATE;
    uint32_t found = 0;
    for (uint32_t i = 0; i < d->times.count; i++) {
        const timex *t = &d->times.at[i];
        if (t->type != TIMEX_DATE || !date_known(t->date) || t->first == NONE || at(f, t->first)->sentence != at(f, c->token)->sentence)
            continue;
        if (in_clause(c, t->first, t->last))
            return t->date;
        int days = t->date.to - t->date.from;
        if (in_content(c, t->first) || quote_at((finder *)f, t->first) || days > 31)
            continue;
        bool closer = found && days == 0 && only.to - only.from > 0;
        if (!found || days == 0 || only.to - only.from > 0) {
            only = t->date;
            found = closer ? 1 : found + 1;
        }
    }
    return found == 1 ? only : NO_DATE;
}

/* "Speaking in Lisbon on Monday, the minister said": what opens the sentence and hangs on the cue. */
static bool leads_to(const finder *f, const cue *c, uint32_t token)
{
    const sentence *s = &f->d->sentences.at[at(f, c->token)->sentence];
    str opens = at(f, s->first)->lower;
    bool leads = str_is(opens, "speaking") || str_is(opens, "talking") || str_is(opens, "in") || str_is(opens, "at");
    return leads && token <= s->first + 4 && c->clause.first > token && !in_content(c, token) && tree_under(f->d, token, c->token);
}

static uint32_t cue_place(const finder *f, const cue *c)
{
    for (uint32_t i = 0; i < f->d->places.count; i++) {
        const place *p = &f->d->places.at[i];
        if (p->first == NONE || !(in_clause(c, p->first, p->last) || leads_to(f, c, p->first)))
            continue;
        str before = p->first ? at(f, p->first - 1)->lower : (str){0};
        if (str_is(before, "in") || str_is(before, "at") || str_is(before, "from"))
            return i;
    }
    return NONE;
}

/* ---- kinds ---- */

/* The next outer quote that meets the tokens from `*token` on, which then stands past it. */
static quote *next_quote(finder *f, run r, uint32_t *token)
{
    for (; *token <= r.last; (*token)++) {
        quote *q = quote_at(f, *token);
        if (q) {
            *token = q->last + 1;
            return q;
        }
    }
    return NULL;
}

static uint32_t quoted_bytes(finder *f, span s, run r)
{
    uint32_t sum = 0, token = r.first;
    for (quote *q; (q = next_quote(f, r, &token));)
        sum += MIN(q->inner.end, s.end) - MAX(q->inner.start, s.start);
    return sum;
}

/* Told within a quotation: direct only where it has marks of its own. (Inner quotations stand right before their outer one.) */
static uint8_t kind_within(const finder *f, span *words, run r)
{
    uint32_t outer = f->quote_of[r.first];
    for (uint32_t i = outer; i-- > 0 && f->quotes.at[i].first >= f->quotes.at[outer].first;) {
        const quote *q = &f->quotes.at[i];
        if (q->nested && q->first <= r.first + 1 && r.last <= q->last + 1 && r.first <= q->last) {
            *words = q->inner;
            return STATEMENT_DIRECT;
        }
    }
    return STATEMENT_INDIRECT;
}

/* What lies in one quotation is direct and as long as that; what holds one is mixed; a word or two in marks changes
 * nothing. */
static uint8_t kind_of(finder *f, const cue *c, span *words, run r)
{
    if (c->token != NONE && quote_at(f, c->token) && quote_at(f, c->token) == quote_at(f, r.first))
        return kind_within(f, words, r);
    uint32_t quoted = quoted_bytes(f, *words, r), len = span_len(*words);
    quote *q = quote_at(f, r.first);
    if (!q)
        q = quote_at(f, r.last);
    if (q && q == quote_at(f, r.first) && quoted * 20 >= len * 17) {
        q->used = true;
        *words = q->inner;
        return STATEMENT_DIRECT;
    }
    uint32_t at_token = r.first;
    for (quote *held; (held = next_quote(f, r, &at_token));)
        held->used = true;
    if (q && quoted * 10 > len) {
        words->start = MIN(words->start, q->whole.start);
        words->end = MAX(words->end, MIN(q->whole.end, f->d->sentences.at[at(f, r.last)->sentence].span.end));
    }
    return quoted * 10 > len ? STATEMENT_MIXED : STATEMENT_INDIRECT;
}

/* The line of the lexicon that knows the cue. */
static uint32_t rule_of(const finder *f, const cue *c)
{
    uint32_t line = match_set_line(f->m, c->token, f->sets[c->kind]);
    return line == NONE ? match_set_line(f->m, c->token, f->view) : line;
}

static void statement_fill(finder *f, statement *s, const cue *c)
{
    s->speaker_span = c->speaker == NONE ? (span){0, 0} : run_span(f, c->phrase);
    s->cue = c->token == NONE ? (span){0, 0} : at(f, c->token)->span;
    s->denied = c->kind == CUE_DENIAL;
    if (c->token == NONE)
        return;
    s->rule = rule_of(f, c);
    s->date = cue_date(f, c);
    s->place = cue_place(f, c);
    if (c->addressee != NONE)
        s->addressee = speaker_entity(f, c->addressee, speaker_phrase(f->d, c->addressee));
}

/* Statements come in the order of their cues, so that the same words can only stand near the end of the list. */
static bool already(const finder *f, span words)
{
    enum { NEAR = 64 };
    uint32_t count = f->d->statements.count;
    for (uint32_t i = count; i-- > 0 && i + NEAR > count;) {
        const statement *s = &f->d->statements.at[i];
        if (s->kind != STATEMENT_TURN && s->span.start == words.start && s->span.end == words.end)
            return true;
    }
    return false;
}

/* An unknown "he" is whoever spoke last, a sentence or two before. */
static uint32_t last_speaker(const finder *f, uint32_t token)
{
    uint32_t here = at(f, token)->sentence;
    for (uint32_t i = f->d->statements.count; i-- > 0;) {
        const statement *s = &f->d->statements.at[i];
        if (s->kind != STATEMENT_TURN && s->speaker != NONE)
            return s->sentence + 3 >= here ? s->speaker : NONE;
    }
    return NONE;
}

/* "..., adding that": whoever said the rest of the sentence. */
static uint32_t same_sentence_speaker(const finder *f, uint32_t token)
{
    for (uint32_t i = f->d->statements.count; i-- > 0;)
        if (f->d->statements.at[i].sentence == at(f, token)->sentence && f->d->statements.at[i].kind != STATEMENT_TURN)
            return f->d->statements.at[i].speaker;
    return NONE;
}

static uint32_t entity_of(finder *f, const cue *c)
{
    uint32_t head = c->speaker, e = speaker_entity(f, head, c->phrase);
    if (head == NONE && c->token != NONE && at(f, c->token)->xpos == XPOS_VBG)
        return same_sentence_speaker(f, c->token);
    if (e == NONE && head != NONE && at(f, head)->upos == UPOS_PRON && at(f, head)->xpos == XPOS_PRP)
        e = last_speaker(f, head);
    return e;
}

void cue_write(finder *f, const cue *c)
{
    uint32_t speaker = entity_of(f, c);
    for (uint32_t i = 0; i < c->contents; i++) {
        span words = run_span(f, c->content[i]);
        uint8_t kind = kind_of(f, c, &words, c->content[i]);
        bool nobody = c->speaker == NONE && speaker == NONE && at(f, c->token)->xpos != XPOS_VBG;
        if (nobody && kind == STATEMENT_INDIRECT && c->kind != CUE_NOUN)
            continue;
        if (!already(f, words))
            statement_fill(f, statement_add(f, words, kind, speaker), c);
    }
}

/* ---- quotations that no cue has taken ---- */

/* The nearest cue before or after the marks, in the sentence on that side. */
static uint32_t cue_near(const finder *f, uint32_t from, uint32_t step, uint32_t most)
{
    uint32_t here = at(f, from)->sentence;
    for (uint32_t n = 0, i = from; n < most && i < f->d->tokens.count && at(f, i)->sentence == here; n++, i += step) {
        uint32_t kind = cue_kind(f, i);
        if (kind == CUE_SPEECH || kind == CUE_TELL || kind == CUE_THOUGHT)
            return i;
        if (quote_at((finder *)f, i))
            return NONE;
    }
    return NONE;
}

/* "...the envoy, Primeryan: "...": whoever stands right before the colon; else the subject of the clause. */
static uint32_t before_colon(const finder *f, uint32_t colon)
{
    const doc *d = f->d;
    const sentence *s = &d->sentences.at[at(f, colon)->sentence];
    uint32_t verb = NONE;
    if (colon == s->first)
        return NONE;
    uint32_t m = f->m->mention[colon - 1];
    if (m != NONE && d->mentions.at[m].kind == MENTION_NAME)
        return colon - 1;
    for (uint32_t i = s->first; i < colon; i++)
        if (at(f, i)->upos == UPOS_VERB && (verb == NONE || at(f, i)->head == NONE))
            verb = i;
    return verb == NONE ? NONE : tree_subject(d, verb);
}

/* Where the marks stand in their sentences: the tokens before the opening and after the closing one, or NONE. */
static uint32_t token_before(const finder *f, const quote *q)
{
    uint32_t open = q->first - 1;
    return open && at(f, open - 1)->sentence == at(f, open)->sentence ? open - 1 : NONE;
}

static bool says_something(const finder *f, const quote *q)
{
    uint32_t words = 0;
    bool verb = false;
    uint32_t before = token_before(f, q);
    if (before != NONE && str_is(at(f, before)->lower, ":") && before && cue_kind(f, before - 1) != NONE)
        return true;
    for (uint32_t i = q->first; i <= q->last; i++) {
        words += at(f, i)->upos != UPOS_PUNCT;
        verb |= at(f, i)->upos == UPOS_VERB || at(f, i)->upos == UPOS_AUX;
    }
    return verb && words >= 4;
}

/* The statement that ends in the sentence before, of whoever goes on speaking. */
static const statement *goes_on(const finder *f, const quote *q)
{
    uint32_t here = at(f, q->first)->sentence;
    for (uint32_t i = f->d->statements.count; i-- > 0;) {
        const statement *s = &f->d->statements.at[i];
        if (s->kind == STATEMENT_TURN)
            continue;
        uint32_t last = doc_sentence_at(f->d, s->span.end - 1), most = s->kind == STATEMENT_INDIRECT ? 1 : 2;
        if (last <= here && here - last <= most && (s->kind != STATEMENT_INDIRECT || last < here))
            return s;
    }
    return NULL;
}

static uint32_t token_after(const finder *f, const quote *q)
{
    uint32_t next = q->last + 1 + q->closed;
    return next < f->d->tokens.count ? next : NONE;
}

static bool quote_cue(finder *f, const quote *q, cue *ret)
{
    uint32_t before = token_before(f, q), after = token_after(f, q);
    cue c = {.token = NONE, .speaker = NONE, .addressee = NONE};
    if (before != NONE && str_is(at(f, before)->lower, ":")) {
        c.speaker = before_colon(f, before);
        c.token = cue_near(f, before - (before > 0), UINT32_MAX, 30);
    }
    if (c.speaker == NONE && c.token == NONE && before != NONE)
        c.token = cue_near(f, before, UINT32_MAX, 12);
    if (c.speaker == NONE && c.token == NONE && after != NONE)
        c.token = cue_near(f, after, 1, 15);
    if (c.token != NONE) {
        cue read;
        cue_read(f, c.token, &read);
        c.kind = read.kind;
        c.clause = read.clause;
        c.addressee = read.addressee;
        c.phrase = read.phrase;
        if (c.speaker == NONE)
            c.speaker = read.speaker;
        else
            c.phrase.first = NONE;
    }
    if (c.speaker != NONE && (c.token == NONE || c.phrase.first == NONE))
        c.phrase = speaker_phrase(f->d, c.speaker);
    *ret = c;
    return c.speaker != NONE;
}

void quotes_write(finder *f)
{
    for (uint32_t i = 0; i < f->quotes.count; i++) {
        quote *q = &f->quotes.at[i];
        cue c;
        if (q->used || !says_something(f, q) || already(f, q->inner))
            continue;
        if (quote_cue(f, q, &c)) {
            statement_fill(f, statement_add(f, q->inner, STATEMENT_DIRECT, entity_of(f, &c)), &c);
            continue;
        }
        const statement *s = q->nested ? NULL : goes_on(f, q);
        if (s) {
            uint32_t speaker = s->speaker;
            span words = s->speaker_span;
            statement_add(f, q->inner, STATEMENT_DIRECT, speaker)->speaker_span = words;
        }
    }
}
