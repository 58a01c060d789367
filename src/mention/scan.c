/* The tokens of a document as words of the tries, once for all finders. */
#include "mention/inside.h"

enum { TOKEN_PIECES = 32 };

static uint8_t shape_of(str form)
{
    uint8_t shape = 0;
    bool upper = true, first = true;
    for (const char *p = form.at, *end = form.at + form.len; p < end;) {
        uint32_t c = utf8_next(&p, end);
        if (utf8_is_letter(c)) {
            shape |= SHAPE_LETTER;
            bool up = utf8_is_upper(c);
            shape |= first && up ? SHAPE_UPPER : 0;
            upper &= up;
            first = false;
        } else if (utf8_is_digit(c)) {
            shape |= SHAPE_DIGIT;
            first = false;
        }
    }
    return shape & SHAPE_LETTER && upper ? shape | SHAPE_ALL_UPPER : shape;
}

static void token_cut(scan *s, uint32_t t)
{
    uint32_t words[TOKEN_PIECES], count = kb_words(s->k, scan_form(s, t), words, TOKEN_PIECES);
    s->first_piece[t] = s->pieces.count;
    for (uint32_t i = 0; i < count; i++)
        *vec_push(s->a, &s->pieces) = (piece){words[i], t, i + 1 == count};
    s->shape[t] = shape_of(scan_form(s, t));
}

scan *scan_new(doc *d, const kb *k)
{
    scan *s = arena_take(d->arena, 1, sizeof *s);
    uint32_t tokens = d->tokens.count;
    *s = (scan){.d = d, .k = k, .a = d->arena, .by_name = map_new(d->arena)};
    s->now = d->head.reference != NO_DAY ? d->head.reference : d->head.published_day;
    if (d->head.conflict)
        s->now = d->head.reference;
    s->on = d->head.reference != NO_DAY ? d->head.reference : d->head.published_day;
    if (d->head.conflict)
        s->on = d->head.written.to;
    s->first_piece = arena_take(s->a, tokens + 1u, sizeof *s->first_piece);
    s->shape = arena_take(s->a, tokens + 1u, 1);
    s->timed = arena_take(s->a, tokens + 1u, sizeof *s->timed);
    s->taken = arena_take(s->a, tokens + 1u, sizeof *s->taken);
    s->entity_of = arena_take(s->a, kb_entity_count(k) + 1u, sizeof *s->entity_of);
    s->told = arena_take(s->a, kb_entity_count(k) + 1u, sizeof *s->told);
    for (uint32_t t = 0; t < tokens; t++)
        token_cut(s, t);
    s->first_piece[tokens] = s->pieces.count;
    return s;
}

scan *scan_again(doc *d, const kb *k)
{
    scan *s = scan_new(d, k);
    for (uint32_t e = 0; e < d->entities.count; e++) {
        const entity *p = &d->entities.at[e];
        str folded = utf8_fold(s->a, p->name);
        if (p->known != NONE)
            s->entity_of[p->known] = e + 1;
        else
            map_add(s->by_name, arena_format(s->a, "name:%.*s", (int)folded.len, folded.at), e);
    }
    for (uint32_t i = 0; i < d->mentions.count; i++)
        for (uint32_t t = d->mentions.at[i].first; t <= d->mentions.at[i].last && d->mentions.at[i].kind == MENTION_NAME; t++)
            s->taken[t] = i + 1;
    return s;
}

str scan_form(const scan *s, uint32_t t)
{
    return doc_str(s->d, scan_token(s, t)->span);
}

bool scan_is(const scan *s, uint32_t t, const char *lower)
{
    return t < s->d->tokens.count && str_is(scan_token(s, t)->lower, lower);
}

bool scan_is_any(const scan *s, uint32_t t, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (scan_is(s, t, list[i]))
            return true;
    return false;
}

uint32_t scan_end(const scan *s, uint32_t t)
{
    const sentence *at = &s->d->sentences.at[scan_token(s, t)->sentence];
    return at->first + at->count;
}

uint32_t scan_begin(const scan *s, uint32_t t)
{
    return s->d->sentences.at[scan_token(s, t)->sentence].first;
}

bool scan_is_upper(const scan *s, uint32_t t)
{
    return s->shape[t] & SHAPE_UPPER;
}

str scan_text(const scan *s, uint32_t first, uint32_t last)
{
    span whole = {scan_token(s, first)->span.start, scan_token(s, last)->span.end};
    str raw = doc_str(s->d, whole);
    bool plain = true;
    for (uint32_t i = 0; i < raw.len; i++)
        plain &= raw.at[i] != '\n' && raw.at[i] != '\t' && raw.at[i] != '\r';
    if (plain)
        return raw;
    char *copy = arena_take(s->a, raw.len, 1);
    for (uint32_t i = 0; i < raw.len; i++)
        copy[i] = raw.at[i] == '\n' || raw.at[i] == '\t' || raw.at[i] == '\r' ? ' ' : raw.at[i];
    return (str){copy, raw.len};
}

bool scan_short(const scan *s, uint32_t first, uint32_t last)
{
    str text = scan_text(s, first, last);
    return text.len < 3 || (text.at[text.len - 1] == '.' && memchr(text.at, '.', text.len - 1) == NULL);
}

uint32_t scan_walk(const scan *s, enum kb_trie trie, uint32_t token, hit ret_hits[HITS])
{
    uint32_t node = 0, count = 0, end = s->first_piece[scan_end(s, token)];
    for (uint32_t p = s->first_piece[token]; p < end; p++) {
        node = kb_step(s->k, trie, node, s->pieces.at[p].word);
        if (node == NONE)
            break;
        if (!s->pieces.at[p].last)
            continue;
        hit h = {.last = s->pieces.at[p].token};
        h.count = kb_ends(s->k, trie, node, &h.first);
        if (h.count && count < HITS)
            ret_hits[count++] = h;
    }
    return count;
}

bool scan_is_kind(const scan *s, const hit *h, const char *kind)
{
    for (uint32_t i = 0; i < h->count; i++)
        if (str_is(kb_word_at(s->k, kb_value(s->k, KB_TRIE_WORDS, h->first + i)).kind, kind))
            return true;
    return false;
}
