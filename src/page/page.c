#include "page/inside.h"

void page_set_published(doc *d, str iso, day published, uint8_t from)
{
    if (published == NO_DAY || d->head.published_from == DATED_GIVEN)
        return;
    d->head.published = iso;
    d->head.published_day = published;
    d->head.published_from = from;
}

/* What the reader was told counts more than what the page says. */
static void keep_given(doc *d)
{
    const given *g = &d->given;
    day published;
    str iso;
    if (g->title.len)
        d->head.title = g->title;
    if (g->deck.len)
        d->head.deck = g->deck;
    if (g->url.len)
        d->head.url = g->url;
    if (g->outlet.len)
        d->head.outlet = g->outlet;
    if (!g->date.len)
        return;
    if (dates_stamp(d->arena, g->date, (date_habit){.today = NO_DAY}, &published, &iso))
        page_set_published(d, iso, published, DATED_GIVEN);
    else
        doc_note(d, "the date \"%.40s\" is none", arena_copy_terminated(d->arena, g->date));
}

/* The page's own words are UTF-8 by now. What stood around it (a file's name, a head of an archive) may be any bytes. */
static void mend_head(doc *d)
{
    str *around[] = {&d->head.origin, &d->head.url, &d->head.title, &d->head.deck, &d->head.outlet};
    for (size_t i = 0; i < COUNT(around); i++)
        *around[i] = utf8_mend(d->arena, *around[i]);
}

int page_read(doc *d, const kb *k, entente_error *ret_error)
{
    (void)k;
    page_format *read = d->input < INPUT_COUNT ? page_formats[d->input].read : NULL;
    if (read) {
        int code = read(d, ret_error);
        if (code)
            return code;
        keep_given(d);
        mend_head(d);
        if (!d->head.language.len)
            d->head.language = language_of(d->text, (str){0});
    }
    d->done |= DONE_PAGE;
    return 0;
}

uint32_t page_words(str s)
{
    uint32_t words = 0;
    bool inside = false;
    for (uint32_t i = 0; i < s.len; i++) {
        uint8_t c = (uint8_t)s.at[i];
        bool word = c >= 0x80 || is_ascii_letter((char)c) || is_ascii_digit((char)c);
        words += word && !inside;
        inside = word || (inside && c == '\'');
    }
    return words;
}

bool page_ends_sentence(str s)
{
    static const char *const marks[] = {".", "!", "?", "…", "。", "！", "？", "।", "؟", "։"};
    char last = s.len ? s.at[s.len - 1] : ' ';
    if (is_ascii_letter(last) || is_ascii_digit(last) || last == ' ' || last == ',' || last == ':')
        return false;
    if (last == '.' || last == '!' || last == '?')
        return true;
    static const char *const closing[] = {"\"", "'", "”", "’", "»", ")", "]", "“", "‘", "」", "』"};
    for (bool again = true; again && s.len;) {
        again = false;
        for (uint32_t i = 0; i < COUNT(closing); i++)
            if (str_ends(s, closing[i])) {
                s.len -= (uint32_t)strlen(closing[i]);
                again = true;
            }
    }
    for (uint32_t i = 0; i < COUNT(marks); i++)
        if (str_ends(s, marks[i]))
            return true;
    return false;
}
