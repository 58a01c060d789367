/* Marks of quotation, and what stands between them. */
#include "statement/inside.h"

enum mark { NO_MARK, OPENS, CLOSES, EITHER };

static bool is_space_before(str text, uint32_t at)
{
    if (!at)
        return true;
    unsigned char c = (unsigned char)text.at[at - 1];
    /* the last byte of a typographic dash or space counts as a gap */
    return c <= ' ' || c == '(' || c == '[' || c == '-' || (at >= 3 && !memcmp(text.at + at - 3, "\xe2\x80", 2) && (c == 0x93 || c == 0x94));
}

static bool is_space_after(str text, uint32_t end)
{
    return end >= text.len || (unsigned char)text.at[end] <= ' ';
}

/* Straight marks open after a gap and close before one; between two letters they are read by what is open. */
static enum mark straight(str text, span s)
{
    bool before = is_space_before(text, s.start), after = is_space_after(text, s.end);
    after |= !before && s.end < text.len && strchr(".,;:?!)", text.at[s.end]);
    return before && !after ? OPENS : after && !before ? CLOSES : EITHER;
}

/* Single quotes open only before a capital and after a gap, and close only after a mark: else they are apostrophes. (Within
 * double ones they need neither: see mark_read.) */
static enum mark single(str text, span s)
{
    unsigned char next = s.end < text.len ? (unsigned char)text.at[s.end] : ' ';
    unsigned char last = s.start ? (unsigned char)text.at[s.start - 1] : ' ';
    if (is_space_before(text, s.start) && next >= 'A' && next <= 'Z')
        return OPENS;
    return strchr(",.?!", last) && last && is_space_after(text, s.end) ? CLOSES : NO_MARK;
}

/* One within double quotes, where a pair is likelier: open after a gap, closed before a gap or a mark. */
static enum mark single_within(str text, span s, bool open)
{
    unsigned char next = s.end < text.len ? (unsigned char)text.at[s.end] : ' ';
    bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    if (is_space_before(text, s.start))
        return letter && !open ? OPENS : NO_MARK;
    return open && (is_space_after(text, s.end) || strchr(",.?!;:\"", (char)next)) ? CLOSES : NO_MARK;
}

static enum mark mark_of(const doc *d, uint32_t token, bool *ret_single)
{
    str form = doc_str(d, d->tokens.at[token].span);
    *ret_single = false;
    if (str_is(form, "“") || str_is(form, "„") || str_is(form, "«"))
        return OPENS;
    if (str_is(form, "”") || str_is(form, "»"))
        return CLOSES;
    if (str_is(form, "\"") || str_is(form, "``") || str_is(form, "''"))
        return straight(d->text, d->tokens.at[token].span);
    *ret_single = str_is(form, "'") || str_is(form, "‘") || str_is(form, "’");
    return *ret_single ? single(d->text, d->tokens.at[token].span) : NO_MARK;
}

/* Adds what stands between two marks; `close` is NONE where the paragraph ends first. */
static void quote_add(finder *f, uint32_t open, uint32_t close, uint32_t end, bool nested)
{
    const token *t = f->d->tokens.at;
    uint32_t last = close == NONE ? end : close - 1;
    if (last <= open)
        return;
    quote q = {.first = open + 1, .last = last, .closed = close != NONE, .nested = nested};
    q.inner = (span){t[open + 1].span.start, t[last].span.end};
    q.whole = (span){t[open].span.start, close == NONE ? q.inner.end : t[close].span.end};
    *vec_push(f->d->arena, &f->quotes) = q;
}

/* What is open while a paragraph is read. */
typedef struct open_marks {
    uint32_t outer, inner; /* tokens, or NONE */
    bool outer_double;
} open_marks;

static void mark_read(finder *f, open_marks *o, uint32_t token, enum mark mark, bool is_single)
{
    bool inside = o->outer != NONE && o->outer_double;
    uint32_t *mine = is_single && inside ? &o->inner : &o->outer;
    if (is_single && inside)
        mark = single_within(f->d->text, f->d->tokens.at[token].span, o->inner != NONE);
    /* 'said," We go"': the gap is on the wrong side */
    if (mark == CLOSES && *mine == NONE && !is_single && token && str_is(f->d->tokens.at[token - 1].lower, ",") && token + 1 < f->d->tokens.count)
        mark = OPENS;
    if (mark == EITHER)
        mark = *mine == NONE ? OPENS : CLOSES;
    if (mark == OPENS && *mine == NONE) {
        *mine = token;
        o->outer_double |= mine == &o->outer && !is_single;
    } else if (mark == CLOSES && *mine != NONE) {
        quote_add(f, *mine, token, token, mine == &o->inner);
        if (mine == &o->outer)
            o->outer_double = false;
        *mine = NONE;
    }
}

static uint32_t paragraph_end(const doc *d, uint32_t sentence_number)
{
    uint32_t s = sentence_number, block = d->sentences.at[s].block;
    while (s + 1 < d->sentences.count && d->sentences.at[s + 1].block == block)
        s++;
    return s;
}

/* Whether the first mark of a paragraph closes what an earlier one has opened. */
static bool closes_first(const doc *d, uint32_t first, uint32_t last)
{
    const sentence *end = &d->sentences.at[last];
    for (uint32_t t = d->sentences.at[first].first; t < end->first + end->count; t++) {
        bool is_single;
        enum mark mark = mark_of(d, t, &is_single);
        if (mark != NO_MARK && !is_single)
            return mark == CLOSES;
    }
    return false;
}

static void paragraph_read(finder *f, uint32_t first, uint32_t last)
{
    const doc *d = f->d;
    open_marks o = {NONE, NONE, false};
    const sentence *end = &d->sentences.at[last];
    for (uint32_t t = d->sentences.at[first].first; t < end->first + end->count; t++) {
        bool is_single;
        enum mark mark = mark_of(d, t, &is_single);
        if (mark != NO_MARK || (is_single && o.outer_double))
            mark_read(f, &o, t, mark, is_single);
    }
    if (o.outer != NONE && end->count)
        quote_add(f, o.outer, NONE, end->first + end->count - 1, false);
}

static bool is_open(const doc *d, uint32_t first, uint32_t last)
{
    const sentence *end = &d->sentences.at[last];
    bool open = false;
    for (uint32_t t = d->sentences.at[first].first; t < end->first + end->count; t++) {
        bool is_single;
        enum mark mark = mark_of(d, t, &is_single);
        if (mark != NO_MARK && !is_single)
            open = mark == OPENS || (mark == EITHER && !open);
    }
    return open;
}

void quotes_find(finder *f)
{
    for (uint32_t s = 0; s < f->d->sentences.count; s++) {
        uint32_t last = paragraph_end(f->d, s), next = last + 1;
        /* what is open at the end of a paragraph may be closed in the next */
        if (next < f->d->sentences.count && is_open(f->d, s, last) && closes_first(f->d, next, paragraph_end(f->d, next)))
            last = paragraph_end(f->d, next);
        paragraph_read(f, s, last);
        s = last;
    }
    f->quote_of = arena_take(f->d->arena, f->d->tokens.count + 1u, sizeof *f->quote_of);
    memset(f->quote_of, 0xFF, (f->d->tokens.count + 1u) * sizeof *f->quote_of);
    for (uint32_t i = 0; i < f->quotes.count; i++)
        for (uint32_t t = f->quotes.at[i].first; !f->quotes.at[i].nested && t <= f->quotes.at[i].last; t++)
            f->quote_of[t] = i;
}

quote *quote_at(finder *f, uint32_t token)
{
    uint32_t number = f->quote_of[token];
    return number == NONE ? NULL : &f->quotes.at[number];
}
