/* Dates as people print them: "14 Jan 2026", "10.Jan.2026", "November 20, 2019", "20. listopada 2019", "2019年11月20日".
 *
 * A line is cut into numbers, words and marks; a date is one of a few shapes of them. */
#include "page/inside.h"

#include <ctype.h>
#include <stdio.h>

enum { ITEM_NUMBER, ITEM_WORD, ITEM_MARK };
enum { ITEMS = 64, LINE = 400 };

typedef struct item {
    uint8_t type;
    int value;       /* of a number; the month of a word or 0; the byte of a mark */
    uint32_t digits; /* of a number */
    uint32_t start, end;
    char first;      /* of a word, in lower case */
} item;

typedef struct line {
    str text;
    item at[ITEMS];
    uint32_t count;
} line;

static void add_number(line *l, uint32_t *i)
{
    item *t = &l->at[l->count++];
    *t = (item){.type = ITEM_NUMBER, .start = *i};
    for (; *i < l->text.len && isdigit((uint8_t)l->text.at[*i]); (*i)++) {
        t->value = t->value < 100000 ? t->value * 10 + (l->text.at[*i] - '0') : t->value;
        t->digits++;
    }
    t->end = *i;
}

/* The characters that count years, months and days are words of their own. */
static bool is_counter(uint32_t c)
{
    return c == 0x5E74 || c == 0x6708 || c == 0x65E5 || c == 0xB144 || c == 0xC6D4 || c == 0xC77C;
}

static void add_word(arena *a, line *l, uint32_t *i)
{
    item *t = &l->at[l->count++];
    *t = (item){.type = ITEM_WORD, .start = *i, .first = (char)tolower((uint8_t)l->text.at[*i])};
    const char *p = l->text.at + *i, *end = l->text.at + l->text.len;
    bool plain = true, first = true;
    while (p < end) {
        const char *before = p;
        uint32_t c = utf8_next(&p, end);
        bool counter = is_counter(c);
        if (!utf8_is_letter(c) || (counter && !first)) {
            p = before;
            break;
        }
        plain = plain && c < 0x80;
        first = false;
        if (counter)
            break;
    }
    t->end = *i = (uint32_t)(p - l->text.at);
    str word = str_part(l->text, t->start, t->end);
    if (word.len > 40)
        return;
    char low[40];
    if (plain) {
        for (uint32_t k = 0; k < word.len; k++)
            low[k] = (char)tolower((uint8_t)word.at[k]);
        t->value = dates_month((str){low, word.len});
    } else {
        t->value = dates_month(utf8_fold(a, word));
    }
}

static void cut(arena *a, line *l)
{
    for (uint32_t i = 0; i < l->text.len && l->count < ITEMS;) {
        const char *p = l->text.at + i;
        uint32_t c = utf8_next(&p, l->text.at + l->text.len);
        if (isdigit((uint8_t)l->text.at[i])) {
            add_number(l, &i);
        } else if (utf8_is_letter(c)) {
            add_word(a, l, &i);
        } else {
            if (!utf8_is_space(c))
                l->at[l->count++] = (item){.type = ITEM_MARK, .value = c < 0x80 ? (int)c : 1, .start = i, .end = (uint32_t)(p - l->text.at)};
            i = (uint32_t)(p - l->text.at);
        }
    }
}

static const item *number(const line *l, uint32_t i, uint32_t least, uint32_t most)
{
    const item *t = i < l->count ? &l->at[i] : NULL;
    return t && t->type == ITEM_NUMBER && t->digits >= least && t->digits <= most ? t : NULL;
}

static const item *mark(const line *l, uint32_t i, const char *among)
{
    const item *t = i < l->count ? &l->at[i] : NULL;
    return t && t->type == ITEM_MARK && t->value > 1 && strchr(among, t->value) ? t : NULL;
}

static const item *month(const line *l, uint32_t i)
{
    const item *t = i < l->count ? &l->at[i] : NULL;
    return t && t->type == ITEM_WORD && t->value ? t : NULL;
}

static bool is_word(const line *l, uint32_t i, const char *among)
{
    const item *t = i < l->count ? &l->at[i] : NULL;
    if (!t || t->type != ITEM_WORD || t->end - t->start > 7)
        return false;
    char word[12];
    snprintf(word, sizeof word, " %.*s ", (int)(t->end - t->start), l->text.at + t->start);
    for (char *p = word; *p; p++)
        *p = (char)tolower((uint8_t)*p);
    return strstr(among, word) != NULL;
}

/* Two digits are a year of this or the last century, with a dot or an apostrophe before. */
static day with_year(const item *year, int m, int d)
{
    int y = year->digits == 2 ? year->value + (year->value < 70 ? 2000 : 1900) : year->value;
    return y < 1800 || y > 2100 ? NO_DAY : day_of(y, m, d);
}

/* Moves past marks and small words that stand inside a date. */
static uint32_t over(const line *l, uint32_t i, const char *marks, const char *words)
{
    for (uint32_t n = 0; n < 2 && (mark(l, i, marks) || is_word(l, i, words)); n++)
        i++;
    return i;
}

/* 20 November 2019, 20. Nov. '19, 20th of November, 2019, 20 de noviembre de 2019 */
static day day_first(const line *l, uint32_t i, uint32_t *ret_next)
{
    const item *d = number(l, i, 1, 2);
    if (!d)
        return NO_DAY;
    uint32_t at = over(l, i + 1, ".-/", " st nd rd th er de of e di ");
    const item *m = month(l, at), *y;
    if (!m)
        return NO_DAY;
    at = over(l, at + 1, ".,-/'", " de del of ");
    if (!(y = number(l, at, 4, 4)) && !((mark(l, at - 1, "'-/.") || mark(l, at - 1, ",")) && (y = number(l, at, 2, 2)) && !mark(l, at + 1, ":")))
        return NO_DAY;
    *ret_next = at + 1;
    return with_year(y, m->value, d->value);
}

/* November 20, 2019 */
static day month_first(const line *l, uint32_t i, uint32_t *ret_next)
{
    const item *m = month(l, i), *d, *y;
    if (!m)
        return NO_DAY;
    uint32_t at = over(l, i + 1, ".-/", "");
    if (!(d = number(l, at, 1, 2)))
        return NO_DAY;
    at = over(l, at + 1, ".,-/", " st nd rd th ");
    if (!(y = number(l, at, 4, 4)))
        return NO_DAY;
    *ret_next = at + 1;
    return with_year(y, m->value, d->value);
}

/* 2019-11-20, 2019. 11. 20., 2019年11月20日, 2019. november 20., 20191120 */
static day year_first(const line *l, uint32_t i, uint32_t *ret_next)
{
    const item *y = number(l, i, 4, 4), *m, *d;
    if (!y)
        return NO_DAY;
    uint32_t at = i + 1;
    if (at < l->count && (mark(l, at, "-./") || (l->at[at].type == ITEM_WORD && !l->at[at].value && l->at[at].end - l->at[at].start == 3)))
        at++;
    int value;
    if ((m = number(l, at, 1, 2)))
        value = m->value;
    else if ((m = month(l, at)))
        value = m->value;
    else
        return NO_DAY;
    if (at == i + 1 && m->type == ITEM_NUMBER)
        return NO_DAY;
    at++;
    if (at < l->count && (mark(l, at, "-./") || (l->at[at].type == ITEM_WORD && l->at[at].end - l->at[at].start == 3)))
        at++;
    if (!(d = number(l, at, 1, 2)))
        return NO_DAY;
    *ret_next = at + 1;
    return with_year(y, value, d->value);
}

/* 20.11.2019, 11/20/2019, 20/11/2019, 20-11-19 */
static day numbers_only(const line *l, uint32_t i, date_habit habit, uint32_t *ret_next)
{
    const item *a = number(l, i, 1, 2), *sep = mark(l, i + 1, "./-"), *b = number(l, i + 2, 1, 2), *y = number(l, i + 4, 2, 4);
    if (!a || !sep || !b || !y || y->digits == 3)
        return NO_DAY;
    const item *again = mark(l, i + 3, "./-");
    if (!again || again->value != sep->value)
        return NO_DAY;
    if (y->digits == 2 && (mark(l, i + 5, "./-") || (i && mark(l, i - 1, "./-"))))
        return NO_DAY;
    bool swap = b->value > 12 || (sep->value == '/' && habit.month_first && a->value <= 12);
    *ret_next = i + 5;
    return swap ? with_year(y, a->value, b->value) : with_year(y, b->value, a->value);
}

static day date_at(const line *l, uint32_t i, date_habit habit, uint32_t *ret_next)
{
    day d = year_first(l, i, ret_next);
    if (d == NO_DAY)
        d = day_first(l, i, ret_next);
    if (d == NO_DAY)
        d = month_first(l, i, ret_next);
    if (d == NO_DAY)
        d = numbers_only(l, i, habit, ret_next);
    return d;
}

static bool find(line *l, date_habit habit, day *ret_day, uint32_t *ret_first, uint32_t *ret_next)
{
    for (uint32_t i = 0; i < l->count; i++) {
        if (l->at[i].type == ITEM_MARK || (l->at[i].type == ITEM_WORD && !l->at[i].value))
            continue;
        day d = date_at(l, i, habit, ret_next);
        if (d == NO_DAY)
            continue;
        *ret_day = d;
        *ret_first = i;
        return true;
    }
    return false;
}

static bool has_digit(str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        if (isdigit((uint8_t)s.at[i]))
            return true;
    return false;
}

bool dates_find(str s, date_habit habit, day *ret_day, span *ret_span)
{
    s.len = MIN(s.len, (uint32_t)LINE);
    if (!has_digit(s))
        return false;
    line l = {.text = s};
    uint32_t first, next;
    cut(habit.arena, &l);
    if (!find(&l, habit, ret_day, &first, &next))
        return false;
    *ret_span = (span){l.at[first].start, l.at[next - 1].end};
    return true;
}

/* Beside the date there may stand clocks, marks and a few short words ("Updated", "Uhr", "Wednesday"), no more. */
bool dates_is_line(str s, date_habit habit, day *ret_day)
{
    s = str_trim(s);
    if (s.len > 90 || !has_digit(s))
        return false;
    line l = {.text = s};
    uint32_t first, next, words = 0;
    cut(habit.arena, &l);
    if (!find(&l, habit, ret_day, &first, &next))
        return false;
    for (uint32_t i = 0; i < l.count; i++)
        words += (i < first || i >= next) && l.at[i].type == ITEM_WORD;
    return words <= 4 && l.count < ITEMS;
}

static bool two(str s, uint32_t at, int *ret)
{
    if (at + 2 > s.len || !isdigit((uint8_t)s.at[at]) || !isdigit((uint8_t)s.at[at + 1]))
        return false;
    *ret = (s.at[at] - '0') * 10 + (s.at[at + 1] - '0');
    return true;
}

/* Z, +hh, +hhmm or +hh:mm: length in bytes, 0 where there is none. */
static uint32_t zone_length(str s, uint32_t at)
{
    int value;
    if (at < s.len && s.at[at] == 'Z')
        return 1;
    if (at >= s.len || (s.at[at] != '+' && s.at[at] != '-') || !two(s, at + 1, &value))
        return 0;
    if (two(s, at + 3, &value))
        return 5;
    return at + 3 < s.len && s.at[at + 3] == ':' && two(s, at + 4, &value) ? 6 : 3;
}

/* The time after an ISO day, as far as it is one: length in bytes. */
static uint32_t clock_length(str s, uint32_t at)
{
    int value;
    uint32_t i = at + 1;
    if (at >= s.len || (s.at[at] != 'T' && s.at[at] != ' ') || !two(s, i, &value))
        return 0;
    for (i += 2; i + 2 < s.len && s.at[i] == ':' && two(s, i + 1, &value);)
        i += 3;
    if (i == at + 3)
        return 0;
    if (i < s.len && s.at[i] == '.')
        for (i++; i < s.len && isdigit((uint8_t)s.at[i]);)
            i++;
    return i + zone_length(s, i) - at;
}

bool dates_stamp(arena *a, str s, date_habit habit, day *ret_day, str *ret_iso)
{
    s = str_trim(s);
    date iso;
    char printed[11];
    habit.arena = a;
    if (s.len >= 10 && date_parse(str_part(s, 0, 10), &iso) && iso.from == iso.to) {
        *ret_day = iso.from;
        if (!ret_iso)
            return true;
        str whole = arena_copy(a, str_part(s, 0, 10 + clock_length(s, 10)));
        if (whole.len > 10)
            ((char *)whole.at)[10] = 'T';
        *ret_iso = whole;
        return true;
    }
    int y, m, d;
    int64_t digits;
    span covered;
    if (s.len == 8 && str_to_int(s, &digits) && digits > 0) {
        y = (int)(digits / 10000), m = (int)(digits / 100 % 100), d = (int)(digits % 100);
        *ret_day = y > 1800 && y < 2100 ? day_of(y, m, d) : NO_DAY;
    } else if (!dates_find(s, habit, ret_day, &covered)) {
        return false;
    }
    if (*ret_day == NO_DAY)
        return false;
    day_format(*ret_day, printed);
    if (ret_iso)
        *ret_iso = arena_copy(a, str_of(printed));
    return true;
}

/* Digits at `at`, at most `most` of them: their value, or -1. Moves behind them. */
static int figures(str s, uint32_t *at, uint32_t least, uint32_t most)
{
    int value = 0;
    uint32_t n = 0;
    for (; n < most && *at < s.len && isdigit((uint8_t)s.at[*at]); n++, (*at)++)
        value = value * 10 + (s.at[*at] - '0');
    return n < least ? -1 : value;
}

static char divider(str s, uint32_t *at)
{
    return *at < s.len && strchr("/-_.", s.at[*at]) ? s.at[(*at)++] : 0;
}

/* Year, month and day at `at`, with or without a mark between: 2020/10/15, 2020/oct/15, 2020-10-15, 2020-10/15, 20201015. */
static day day_in_url(str s, uint32_t at)
{
    int y = figures(s, &at, 4, 4), m = -1, d;
    if (y < 1990 || y > 2100)
        return NO_DAY;
    bool parted = divider(s, &at), named = parted && at + 3 < s.len && dates_month(str_part(s, at, at + 3));
    if (named)
        m = dates_month(str_part(s, at, at + 3)), at += 3;
    else
        m = figures(s, &at, parted ? 1 : 2, 2);
    char mark = divider(s, &at);
    if (m < 1 || (named && !mark) || (d = figures(s, &at, mark ? 1 : 2, 2)) < 1)
        return NO_DAY;
    if (at < s.len && (isdigit((uint8_t)s.at[at]) || (mark == '/' && !strchr("/.?#", s.at[at]))))
        return NO_DAY; /* "2020/10/12-best-places" is of October */
    return day_of(y, m, d);
}

day dates_in_url(str url)
{
    uint32_t host = str_find(url, STR("://")), i = host == NONE ? 0 : host + 3;
    for (; i < url.len && url.at[i] != '/';)
        i++;
    for (; i + 8 <= url.len; i++) {
        day d = isdigit((uint8_t)url.at[i]) && !(i && isdigit((uint8_t)url.at[i - 1])) ? day_in_url(url, i) : NO_DAY;
        if (d != NO_DAY)
            return d;
    }
    return NO_DAY;
}
