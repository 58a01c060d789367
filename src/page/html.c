/* Saved pages. */
#include "page/inside.h"

static uint32_t find_from(str s, uint32_t at, const char *what)
{
    uint32_t hit = str_find(str_part(s, at, s.len), str_of(what));
    return hit == NONE ? NONE : at + hit;
}

/* What stands between tags, without them. */
static str strip(arena *a, str s)
{
    char *at = arena_take(a, s.len + 1, 1);
    uint32_t len = 0;
    bool inside = false;
    for (uint32_t i = 0; i < s.len; i++) {
        inside = inside ? s.at[i] != '>' : s.at[i] == '<';
        if (!inside && s.at[i] != '>')
            at[len++] = s.at[i];
    }
    return page_squeeze(a, (str){at, len});
}

int html_read(doc *d, entente_error *ret_error)
{
    (void)ret_error;
    str page = charset_decode(d, d->raw, d->given.charset, true);
    sheet sheet = sheet_new(d, page.len, page.len / 4);
    uint32_t at = find_from(page, 0, "<title"), end = at == NONE ? NONE : find_from(page, at, "</title");
    if (end != NONE)
        d->head.title = strip(d->arena, str_part(page, at, end));
    for (at = 0; (at = find_from(page, at, "<p")) != NONE; at = end) {
        end = find_from(page, at, "</p");
        if (end == NONE)
            break;
        str words = page.at[at + 2] == '>' || page.at[at + 2] == ' ' ? strip(d->arena, str_part(page, at, end)) : (str){0};
        if (page_words(words) > 12)
            sheet_add(&sheet, words, d->at + at, BLOCK_PARAGRAPH, 0);
    }
    sheet_done(&sheet);
    d->head.kind = KIND_ARTICLE;
    return 0;
}
