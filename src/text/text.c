#include "text/en.h"
#include "text/inside.h"

typedef struct splitter {
    doc *d;
    gaps gaps;
    const model_rows *rows;
    uint32_t block, turn; /* cursors */
    bool noted;
} splitter;

/* The block or turn that holds `byte`; spans are in order, so the cursor only moves on. */
static uint32_t block_at(splitter *s, uint32_t byte)
{
    const doc *d = s->d;
    while (s->block < d->blocks.count && d->blocks.at[s->block].span.end <= byte)
        s->block++;
    return s->block < d->blocks.count && d->blocks.at[s->block].span.start <= byte ? s->block : NONE;
}

static uint32_t turn_at(splitter *s, uint32_t byte)
{
    const doc *d = s->d;
    while (s->turn < d->turns.count && d->turns.at[s->turn].span.end <= byte)
        s->turn++;
    return s->turn < d->turns.count && d->turns.at[s->turn].span.start <= byte ? s->turn : NONE;
}

static void add_sentence(splitter *s, uint32_t first, uint32_t last)
{
    doc *d = s->d;
    uint32_t number = d->sentences.count;
    sentence *x = vec_push(d->arena, &d->sentences);
    *x = (sentence){.span = {d->tokens.at[first].span.start, d->tokens.at[last].span.end},
                    .first = first, .count = last - first + 1, .root = NONE};
    x->block = block_at(s, x->span.start);
    x->turn = turn_at(s, x->span.start);
    x->headline = d->head.kind == KIND_HEADLINE || (x->block != NONE && d->blocks.at[x->block].kind == BLOCK_HEADING);
    for (uint32_t i = first; i <= last; i++)
        d->tokens.at[i].sentence = number;
}

/* Where to cut a sentence that is too long: after the last clause mark, not inside a contraction. */
static uint32_t cut_at(const doc *d, uint32_t first)
{
    uint32_t last = first + LIMIT_SENTENCE - 1, best = last;
    for (uint32_t i = last; i > first + LIMIT_SENTENCE / 2; i--) {
        str low = d->tokens.at[i].lower;
        if (low.len == 1 && strchr(";:,-", low.at[0])) {
            best = i;
            break;
        }
    }
    while (best > first && best + 1 < d->tokens.count && d->tokens.at[best + 1].joined)
        best--;
    return best;
}

static bool must_end(const splitter *s, uint32_t i)
{
    return i + 1 == s->d->tokens.count || s->gaps.at[i] == GAP_PARAGRAPH;
}

static void split_sentences(splitter *s, uint32_t first)
{
    doc *d = s->d;
    uint32_t dateline = NONE;
    for (uint32_t i = first; i < d->tokens.count; i++) {
        if (!i || s->gaps.at[i - 1] == GAP_PARAGRAPH)
            dateline = text_dateline(d, &s->gaps, i);
        if (i + 1 - first >= LIMIT_SENTENCE && !must_end(s, i)) {
            i = cut_at(d, first);
            if (!s->noted)
                doc_note(d, "a sentence of more than %d words was cut", LIMIT_SENTENCE);
            s->noted = true;
        } else if (!must_end(s, i) && i != dateline && !text_ends(d, &s->gaps, first, i, s->rows))
            continue;
        add_sentence(s, first, i);
        first = i + 1;
    }
}

/* A line that is short and has no stop stands for itself: a title, an item, a part of an address. */
static bool line_stands_alone(const doc *d, uint32_t line_first, uint32_t last)
{
    uint32_t len = d->tokens.at[last].span.end - d->tokens.at[line_first].span.start;
    const token *t = &d->tokens.at[last], *next = &d->tokens.at[last + 1];
    char c = d->text.at[next->span.start];
    bool begins = !(c >= 'a' && c <= 'z');
    return len < 60 && begins && !strchr(",;-", d->text.at[t->span.end - 1]);
}

/* Given texts: lines that stand for themselves are paragraphs. */
static void break_lines(splitter *s)
{
    doc *d = s->d;
    uint32_t line = 0;
    for (uint32_t i = 0; i + 1 < d->tokens.count; i++) {
        if (s->gaps.at[i] < GAP_LINE)
            continue;
        if (s->gaps.at[i] == GAP_LINE && line_stands_alone(d, line, i))
            s->gaps.at[i] = GAP_PARAGRAPH;
        line = i + 1;
    }
}

/* Sentences never cross the border of a block. */
static void split_blocks(splitter *s)
{
    doc *d = s->d;
    uint32_t at = 0;
    for (uint32_t b = 0; b <= d->blocks.count; b++) {
        uint32_t end = b < d->blocks.count ? MIN(d->blocks.at[b].span.end, d->text.len) : d->text.len;
        if (end <= at)
            continue;
        text_tokens(d, (span){at, end}, &s->gaps);
        if (s->gaps.count)
            s->gaps.at[s->gaps.count - 1] = GAP_PARAGRAPH;
        at = end;
    }
}

void text_split(doc *d, const kb *k, const model *m)
{
    (void)k;
    model_rows rows;
    splitter s = {.d = d, .rows = model_rows_find(m, "sentences", &rows) ? &rows : NULL};
    if (d->blocks.count)
        split_blocks(&s);
    else {
        text_tokens(d, (span){0, d->text.len}, &s.gaps);
        break_lines(&s);
    }
    split_sentences(&s, 0);
    d->done |= DONE_TEXT;
}
