/* Plain text: given to the character, or saved from a page with the page's furniture around the story. */
#include "page/inside.h"

/* ---- text that is kept to the character ---- */

/* Is the text broken into lines of even length, so that a single "\n" says nothing? */
static bool is_wrapped(str text)
{
    str rest = text, line, before = {0};
    uint32_t open = 0, lines = 0;
    while (str_next(&rest, '\n', &line)) {
        line = str_trim(line);
        if (before.len && line.len) {
            lines++;
            open += before.len >= 40 && before.len <= 120 && !page_ends_sentence(before);
        }
        before = line;
    }
    return lines && open * 2 > lines;
}

static void add_block(doc *d, uint32_t start, uint32_t end)
{
    *vec_push(d->arena, &d->blocks) = (block){{start, end}, d->at + start, BLOCK_PARAGRAPH};
}

/* Blocks cover the text; each takes the line breaks behind it along. */
static void cut_paragraphs(doc *d, bool every_line)
{
    str t = d->text;
    uint32_t start = 0;
    for (uint32_t i = 0; i < t.len;) {
        const char *hit = memchr(t.at + i, '\n', t.len - i);
        if (!hit)
            break;
        uint32_t end = (uint32_t)(hit - t.at) + 1, breaks = 1;
        while (end < t.len && (t.at[end] == '\n' || t.at[end] == '\r' || t.at[end] == ' ' || t.at[end] == '\t'))
            breaks += t.at[end++] == '\n';
        i = end;
        if (breaks == 1 && !every_line)
            continue;
        add_block(d, start, end);
        start = end;
    }
    if (start < t.len)
        add_block(d, start, t.len);
}

int text_read(doc *d, entente_error *ret_error)
{
    (void)ret_error;
    str text = d->input == INPUT_JSONL ? d->raw : charset_decode(d, d->raw, d->given.charset, false);
    if (text.len > LIMIT_TEXT) {
        uint32_t end = LIMIT_TEXT;
        while (end > LIMIT_TEXT / 2 && text.at[end - 1] != '\n')
            end--;
        for (end = end > LIMIT_TEXT / 2 ? end : LIMIT_TEXT; ((uint8_t)text.at[end] & 0xC0) == 0x80;)
            end--;
        text.len = end;
        doc_note(d, "main text cut after %u bytes", end);
    }
    d->text = text;
    cut_paragraphs(d, d->input == INPUT_JSONL && !is_wrapped(text));
    d->head.kind = d->given.title.len || d->given.url.len || d->given.outlet.len ? KIND_ARTICLE : KIND_TEXT;
    turns_find(d, NULL, (str){0});
    return 0;
}

/* ---- a page saved as text ---- */

enum { LINE_TEXT, LINE_BLANK, LINE_TITLE, LINE_LABEL, LINE_DATE, LINE_LIST, LINE_FURNITURE };

typedef struct line {
    str text;
    uint32_t words;
    day day;     /* of a line that is but a date */
    bool ends;   /* with the mark of a sentence */
    uint8_t is;
} line;

typedef struct saved {
    doc *d;
    VEC(line) at;
    str label;
    day near_title, far; /* dates that stand alone */
} saved;

static void cut_lines(saved *s, str text)
{
    str rest = text, part;
    date_habit habit = {.arena = s->d->arena, .today = NO_DAY};
    while (str_next(&rest, '\n', &part)) {
        line *l = vec_push(s->d->arena, &s->at);
        *l = (line){.text = str_trim(part), .day = NO_DAY};
        l->words = page_words(l->text);
        l->ends = page_ends_sentence(l->text);
        if (!l->text.len)
            l->is = LINE_BLANK;
        else if (dates_is_line(l->text, habit, &l->day))
            l->is = LINE_DATE;
        else if (phrase_is_furniture(l->text))
            l->is = LINE_FURNITURE;
    }
}

static uint32_t next_line(const saved *s, uint32_t i)
{
    for (i++; i < s->at.count && s->at.at[i].is == LINE_BLANK;)
        i++;
    return i;
}

static uint32_t previous_line(const saved *s, uint32_t i)
{
    while (i-- > 0)
        if (s->at.at[i].is != LINE_BLANK)
            return i;
    return NONE;
}

static bool is_short(const line *l)
{
    return l->is == LINE_TEXT && l->words && l->words <= 30 && l->text.len <= 240;
}

/* Does a headline with its date stand at `i`? `ret_date` and `ret_next` tell which line is the date and what follows. */
static bool is_item(const saved *s, uint32_t i, bool date_first, uint32_t *ret_head, uint32_t *ret_date, uint32_t *ret_next)
{
    uint32_t second = i < s->at.count ? next_line(s, i) : s->at.count;
    if (second >= s->at.count)
        return false;
    *ret_head = date_first ? second : i;
    *ret_date = date_first ? i : second;
    *ret_next = next_line(s, second);
    return is_short(&s->at.at[*ret_head]) && s->at.at[*ret_date].is == LINE_DATE;
}

static uint32_t count_items(const saved *s, uint32_t i, bool date_first)
{
    uint32_t items = 0, head, when, next;
    while (is_item(s, i, date_first, &head, &when, &next)) {
        items++;
        i = next;
    }
    return items;
}

/* Is the line nothing but the heading of a list? */
static bool is_list_heading(const line *l)
{
    uint32_t len = l->is == LINE_TEXT ? phrase_list_heading(l->text) : 0;
    return len && page_words(str_part(l->text, len, l->text.len)) == 0;
}

static uint32_t take_items(saved *s, uint32_t i, bool date_first, str text)
{
    uint32_t head, when, next;
    while (is_item(s, i, date_first, &head, &when, &next)) {
        line *h = &s->at.at[head], *w = &s->at.at[when];
        str words = h->text;
        uint32_t heading = phrase_list_heading(words);
        if (heading && heading < words.len)
            words = str_trim(str_part(words, heading, words.len));
        while (words.len && strchr(":-", words.at[0]))
            words = str_trim(str_part(words, 1, words.len));
        *vec_push(s->d->arena, &s->d->links) = (link){.text = words, .date = w->day, .offset = s->d->at + (uint64_t)(h->text.at - text.at)};
        h->is = w->is = LINE_LIST;
        i = next;
    }
    return i;
}

/* Runs of headlines with their dates, two at least where a heading announces them, three where none does. */
static void find_lists(saved *s, str text)
{
    for (uint32_t i = 0; i < s->at.count; i++) {
        line *l = &s->at.at[i];
        if (l->is == LINE_BLANK)
            continue;
        uint32_t first = is_list_heading(l) ? next_line(s, i) : i;
        bool announced = first != i || (l->is == LINE_TEXT && phrase_list_heading(l->text));
        uint32_t after = count_items(s, first, false), before = count_items(s, first, true);
        bool date_first = before > after;
        if (MAX(after, before) < (announced ? 2u : 3u))
            continue;
        if (first != i)
            l->is = LINE_LIST;
        i = take_items(s, first, date_first, text) - 1;
    }
}

/* The title: the first line, if it is short enough and prose follows. Menus before it (four and more lines of at most
 * three words) are furniture. */
static uint32_t find_title(saved *s)
{
    uint32_t i = NONE;
    for (i = next_line(s, UINT32_MAX); i < s->at.count && s->at.at[i].is != LINE_TEXT;)
        i = next_line(s, i);
    uint32_t run = 0, end = i;
    while (end < s->at.count && (s->at.at[end].is != LINE_TEXT || (s->at.at[end].words <= 3 && !s->at.at[end].ends))) {
        run += s->at.at[end].is == LINE_TEXT;
        end = next_line(s, end);
    }
    if (run >= 4 && end < s->at.count) {
        for (uint32_t k = i; k < end; k++)
            if (s->at.at[k].is == LINE_TEXT)
                s->at.at[k].is = LINE_FURNITURE;
        i = end;
    }
    if (i >= s->at.count || s->at.at[i].words > 40 || s->at.at[i].text.len > 300 || str_ends(s->at.at[i].text, "."))
        return NONE;
    uint32_t next = next_line(s, i);
    if (next >= s->at.count)
        return NONE;
    s->at.at[i].is = LINE_TITLE;
    s->d->head.title = s->at.at[i].text;
    return i;
}

/* "Name Surname, chairman of the board": capitals before the comma, no end of a sentence. */
static bool is_label(const line *l)
{
    const char *comma = l->text.len ? memchr(l->text.at, ',', MIN(l->text.len, 60u)) : NULL;
    if (l->is != LINE_TEXT || l->ends || !comma || l->words > 25)
        return false;
    str rest = {l->text.at, (uint32_t)(comma - l->text.at)}, word;
    uint32_t words = 0;
    while (str_next(&rest, ' ', &word)) {
        const char *p = word.at;
        if (!word.len || !utf8_is_upper(utf8_next(&p, word.at + word.len)))
            return false;
        words++;
    }
    return words >= 1 && words <= 5;
}

static bool is_byline(const line *l)
{
    return l->is == LINE_TEXT && l->words <= 8 && !l->ends && (str_starts(l->text, "By ") || str_starts(l->text, "BY "));
}

/* What stands between title and story: who talks, who wrote, when. */
static void find_under_title(saved *s, uint32_t title)
{
    for (uint32_t i = next_line(s, title), seen = 0; i < s->at.count && seen < 4; i = next_line(s, i), seen++) {
        line *l = &s->at.at[i];
        if (l->is == LINE_DATE) {
            s->near_title = s->near_title == NO_DAY ? l->day : s->near_title;
        } else if (is_byline(l)) {
            s->d->head.byline = str_trim(str_part(l->text, 3, l->text.len));
            l->is = LINE_FURNITURE;
        } else if (!s->label.len && is_label(l)) {
            s->label = l->text;
            l->is = LINE_LABEL;
        } else if (l->is == LINE_TEXT) {
            return;
        }
    }
}

/* Behind the last sentence of the story short lines are furniture; a date among them is the page's. */
static void find_tail(saved *s)
{
    uint32_t i = s->at.count, last = NONE;
    while (i-- > 0) {
        const line *l = &s->at.at[i];
        if (l->is == LINE_TEXT && (l->ends || l->words > 12)) {
            last = i;
            break;
        }
    }
    bool marked = false;
    for (i = last == NONE ? s->at.count : last + 1; i < s->at.count; i++)
        marked |= s->at.at[i].is == LINE_FURNITURE || s->at.at[i].is == LINE_LIST || s->at.at[i].is == LINE_DATE;
    for (i = last == NONE ? s->at.count : last + 1; i < s->at.count; i++) {
        line *l = &s->at.at[i];
        if (l->is == LINE_DATE)
            s->far = l->day;
        if (l->is == LINE_TEXT && (marked || is_list_heading(l)))
            l->is = LINE_FURNITURE;
    }
}

static bool in_story(const saved *s, uint32_t i)
{
    const line *l = &s->at.at[i];
    if (l->is == LINE_TEXT)
        return true;
    if (l->is != LINE_DATE)
        return false;
    /* A date that leads or closes is the page's; one amid the story is a subhead. */
    uint32_t before = previous_line(s, i), after = next_line(s, i);
    return before != NONE && after < s->at.count && s->at.at[before].is == LINE_TEXT && s->at.at[after].is == LINE_TEXT;
}

static bool carries_on(const line *before, const line *l)
{
    const char *p = l->text.at;
    return before && before->text.len >= 40 && !before->ends && !utf8_is_upper(utf8_next(&p, l->text.at + l->text.len));
}

static void write_story(saved *s, str text)
{
    doc *d = s->d;
    sheet sheet = sheet_new(d, text.len, s->at.count);
    bool wrapped = is_wrapped(text);
    for (uint32_t i = 0; i < s->at.count; i++) {
        if (!in_story(s, i))
            continue;
        const line *before = i ? &s->at.at[i - 1] : NULL, *l = &s->at.at[i];
        if (d->blocks.count && before && before->is == LINE_TEXT && (wrapped || carries_on(before, l)) && sheet.len + l->text.len + 1 < sheet.room) {
            sheet.at[sheet.len - 1] = ' ';
            memcpy(sheet.at + sheet.len, l->text.at, l->text.len);
            sheet.len += l->text.len + 1;
            sheet.at[sheet.len - 1] = '\n';
            d->blocks.at[d->blocks.count - 1].span.end = sheet.len;
            continue;
        }
        uint8_t kind = !l->ends && l->words <= 12 ? BLOCK_HEADING : BLOCK_PARAGRAPH;
        sheet_add(&sheet, l->text, d->at + (uint64_t)(l->text.at - text.at), kind, 0);
    }
    sheet_done(&sheet);
}

int saved_read(doc *d, entente_error *ret_error)
{
    (void)ret_error;
    str text = charset_decode(d, d->raw, d->given.charset, false);
    saved s = {.d = d, .near_title = NO_DAY, .far = NO_DAY};
    cut_lines(&s, text);
    find_lists(&s, text);
    uint32_t title = find_title(&s);
    if (title != NONE)
        find_under_title(&s, title);
    find_tail(&s);
    write_story(&s, text);
    d->head.kind = KIND_ARTICLE;
    turns_find(d, NULL, s.label);
    if (s.label.len)
        d->head.deck = s.label;
    day page_day = s.near_title != NO_DAY ? s.near_title : s.far;
    if (page_day != NO_DAY) {
        char iso[11];
        day_format(page_day, iso);
        page_set_published(d, arena_copy(d->arena, str_of(iso)), page_day, DATED_FURNITURE);
    }
    return 0;
}
