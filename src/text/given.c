/* CoNLL-U: sentences and tokens as given. The text is put together from the forms. */
#include "text/text.h"

typedef struct given_reader {
    doc *d;
    buffer *text;
    bool with_trees;
    bool paragraph;        /* a new one begins */
    uint32_t line;
    uint32_t first;        /* token of the open sentence */
    uint32_t range_until;  /* last id of the open multi-word token, 0 where none */
    span range;            /* its bytes */
    uint32_t range_first;  /* its first token */
    bool range_spaced;
} given_reader;

static void release(void *b)
{
    buffer_free(b);
}

/* Words of a contraction share out its bytes: by their own lengths while these fit, the last takes the rest. */
static void share_out(given_reader *r)
{
    doc *d = r->d;
    uint32_t at = r->range.start, count = d->tokens.count - r->range_first;
    for (uint32_t i = 0; i < count; i++) {
        token *t = &d->tokens.at[r->range_first + i];
        uint32_t left = r->range.end - at, rest = count - i - 1;
        uint32_t take = rest ? MIN(t->lower.len, left > rest ? left - rest : left ? 1 : 0) : left;
        while (rest && at + take < r->range.end && ((unsigned char)r->text->at[at + take] & 0xC0) == 0x80)
            take++;
        t->span = (span){at, at + take};
        t->joined = i > 0;
        t->spaced = !rest && r->range_spaced;
        at += take;
    }
    r->range_until = 0;
}

static void end_sentence(given_reader *r)
{
    doc *d = r->d;
    if (d->tokens.count == r->first)
        return;
    if (r->range_until)
        share_out(r);
    uint32_t number = d->sentences.count;
    sentence *s = vec_push(d->arena, &d->sentences);
    *s = (sentence){.first = r->first, .count = d->tokens.count - r->first, .block = NONE, .turn = NONE, .root = NONE};
    s->span = (span){d->tokens.at[r->first].span.start, d->tokens.at[d->tokens.count - 1].span.end};
    s->parsed = r->with_trees;
    for (uint32_t i = 0; i < s->count; i++) {
        token *t = &d->tokens.at[r->first + i];
        t->sentence = number;
        bool inside = t->head != NONE && t->head > 0 && t->head <= s->count;
        if (t->head == 0 && s->root == NONE)
            s->root = r->first + i;
        t->head = inside ? r->first + t->head - 1 : NONE;
    }
    d->tokens.at[d->tokens.count - 1].spaced = true;
    r->first = d->tokens.count;
}

static span add_form(given_reader *r, str form, bool sentence_starts)
{
    if (sentence_starts && r->text->len)
        buffer_text(r->text, r->paragraph ? "\n\n" : " ");
    else if (r->text->len && r->d->tokens.count > r->first && r->d->tokens.at[r->d->tokens.count - 1].spaced)
        buffer_char(r->text, ' ');
    r->paragraph = false;
    uint32_t start = (uint32_t)r->text->len;
    buffer_str(r->text, form);
    return (span){start, (uint32_t)r->text->len};
}

/* "3-4" */
static bool read_range(str id, int64_t *ret_from, int64_t *ret_to)
{
    str from;
    return str_next(&id, '-', &from) && str_to_int(from, ret_from) && str_to_int(id, ret_to) && *ret_to >= *ret_from;
}

static uint8_t listed(const char *const *names, uint32_t count, str name)
{
    uint32_t n = name_find(names, count, name);
    return n == NONE ? 0 : (uint8_t)n;
}

static uint8_t relation(str name)
{
    uint32_t n = name_find(deprel_names, DEPREL_COUNT, name);
    if (n == NONE) {
        str base;
        str_next(&name, ':', &base);
        n = name_find(deprel_names, DEPREL_COUNT, base);
    }
    return n == NONE ? DEPREL_DEP : (uint8_t)n;
}

static void add_word(given_reader *r, const str column[10], bool in_range)
{
    doc *d = r->d;
    span s = in_range ? r->range : add_form(r, column[1], d->tokens.count == r->first);
    token *t = vec_push(d->arena, &d->tokens);
    *t = (token){.span = s, .lower = utf8_lower(d->arena, column[1]), .head = NONE};
    t->spaced = in_range ? false : str_find(column[9], STR("SpaceAfter=No")) == NONE;
    if (!r->with_trees)
        return;
    int64_t head = -1;
    t->lemma = column[2];
    t->upos = listed(upos_names, UPOS_COUNT, column[3]);
    t->xpos = listed(xpos_names, XPOS_COUNT, column[4]);
    t->deprel = relation(column[7]);
    t->head = str_to_int(column[6], &head) && head >= 0 && head < UINT32_MAX ? (uint32_t)head : NONE;
}

static const char *read_row(given_reader *r, str line)
{
    str column[10] = {{0}}, rest = line;
    for (int i = 0; i < 10; i++)
        if (!str_next(&rest, '\t', &column[i]) && i < 9)
            return "a row has fewer than 10 columns";
    if (!column[1].len)
        return "an empty form";
    int64_t id, to;
    if (str_find(column[0], STR(".")) != NONE)
        return NULL;
    if (r->range_until && r->d->tokens.count - r->first >= r->range_until)
        share_out(r);
    if (read_range(column[0], &id, &to)) {
        if (id != (int64_t)(r->d->tokens.count - r->first) + 1 || to > id + 20)
            return "a range is out of order";
        r->range_until = (uint32_t)to;
        r->range = add_form(r, column[1], r->d->tokens.count == r->first);
        r->range_first = r->d->tokens.count;
        r->range_spaced = str_find(column[9], STR("SpaceAfter=No")) == NONE;
        return NULL;
    }
    if (!str_to_int(column[0], &id) || id != (int64_t)(r->d->tokens.count - r->first) + 1)
        return "a word is out of order";
    add_word(r, column, r->range_until != 0);
    return NULL;
}

/* What is wrong with the line, or NULL. */
static const char *read_line(given_reader *r, str line)
{
    if (line.len && line.at[line.len - 1] == '\r')
        line.len--;
    if (!line.len)
        end_sentence(r);
    else if (line.at[0] != '#')
        return read_row(r, line);
    else if (str_starts(line, "# newpar") || str_starts(line, "# newdoc"))
        r->paragraph = true;
    return r->text->len > LIMIT_RECORD ? "too long" : NULL;
}

int text_given(doc *d, bool with_trees, entente_error *ret_error)
{
    buffer *text = arena_take(d->arena, 1, sizeof *text);
    arena_defer(d->arena, release, text);
    given_reader r = {.d = d, .text = text, .with_trees = with_trees};
    str rest = d->raw, line = {0};
    const char *wrong = utf8_check(d->raw) != NONE ? "not UTF-8" : NULL;
    while (!wrong && str_next(&rest, '\n', &line)) {
        r.line++;
        wrong = read_line(&r, line);
    }
    if (!wrong)
        end_sentence(&r);
    if (!wrong && text->failed)
        wrong = "out of memory";
    if (wrong)
        return error_set(ret_error, ENTENTE_REJECTED, d->head.origin, (uint64_t)(line.at ? line.at - d->raw.at : 0), "line %u: %s", r.line, wrong);
    buffer_char(text, '\n');
    d->text = (str){text->at, (uint32_t)text->len};
    d->done |= DONE_TEXT | (with_trees ? DONE_TAGS | DONE_TREES : 0);
    return 0;
}
