/* Times by grammar: at every token the rules are tried in turn; the first that fits takes its tokens. Words come from the
 * lexicon (times), values are TIMEX3, counted from the reference date or from the last date told. */
#include <stdio.h>

#include "mention/inside.h"
#include "mention/timevalue.h"

typedef struct found {
    uint32_t last;
    uint8_t type;
    str value;
    date date;
    bool anchors; /* later "two days later" counts from it */
    bool narrow;  /* a day or month of the story itself */
} found;

typedef struct times {
    scan *s;
    uint8_t *known; /* by token: the trie of times has something here */
    day now;        /* reference date, or NO_DAY */
    day told;       /* the last date told in this text, or NO_DAY */
    grain told_grain;
    int told_year;  /* the year last written out, or 0 */
    uint32_t told_block; /* the paragraph in which it was */
    bool news;      /* the text counts from its own day: it says "Monday", "today" */
} times;

/* ---- words ---- */

/* The longest word of this kind at `t`; its value, and its last token. */
static bool word(const times *x, uint32_t t, const char *kind, uint32_t *ret_last, str *ret_value)
{
    hit hits[HITS];
    if (t >= x->s->d->tokens.count || !x->known[t])
        return false;
    for (uint32_t n = scan_walk(x->s, KB_TRIE_TIMES, t, hits); n--;)
        for (uint32_t i = 0; i < hits[n].count; i++) {
            kb_time w = kb_time_at(x->s->k, kb_value(x->s->k, KB_TRIE_TIMES, hits[n].first + i));
            if (!str_is(w.kind, kind))
                continue;
            *ret_last = hits[n].last;
            *ret_value = w.value;
            return true;
        }
    return false;
}

static int number_of(str value)
{
    int64_t n = 0;
    return str_to_int(value, &n) ? (int)n : 0;
}

static uint32_t end_of(const times *x, uint32_t t)
{
    return scan_end(x->s, t);
}

static bool in_sentence(const times *x, uint32_t t, uint32_t with)
{
    return t < end_of(x, with);
}

/* Digits alone, at most four of them. */
static bool digits(const times *x, uint32_t t, int *ret)
{
    if (t >= x->s->d->tokens.count)
        return false;
    str form = scan_token(x->s, t)->lower;
    int64_t n;
    if (form.len == 6 && str_ends(form, "'s"))
        form.len = 4;
    if (!form.len || form.len > 4 || form.at[0] < '0' || form.at[0] > '9' || !str_to_int(form, &n))
        return false;
    *ret = (int)n;
    return true;
}

/* "3", "three", "twenty-one", "a", "several" (-1: not told how many). */
static bool amount(const times *x, uint32_t t, uint32_t *ret_last, int *ret)
{
    uint32_t last, more;
    str value;
    if (digits(x, t, ret)) {
        *ret_last = t;
        return true;
    }
    if (word(x, t, "number", &last, &value)) {
        *ret = str_is(value, "X") ? -1 : number_of(value);
        *ret_last = last;
        if (*ret >= 20 && *ret < 100 && scan_is(x->s, last + 1, "-") && word(x, last + 2, "number", &more, &value) && number_of(value) < 10 && number_of(value) > 0) {
            *ret += number_of(value);
            *ret_last = more;
        }
        return true;
    }
    if (scan_is(x->s, t, "a") || scan_is(x->s, t, "an")) {
        *ret = 1;
        *ret_last = t;
        return true;
    }
    return false;
}

static bool year_like(int n)
{
    return n >= 1000 && n <= 2100;
}

static bool year_at(const times *x, uint32_t t, int *ret)
{
    return digits(x, t, ret) && scan_token(x->s, t)->lower.at[0] != '0' && year_like(*ret);
}

/* "5", "5th", "05". */
static bool month_day_at(const times *x, uint32_t t, int *ret)
{
    if (t >= x->s->d->tokens.count)
        return false;
    str form = scan_form(x->s, t);
    int n = 0;
    uint32_t i = 0;
    while (i < form.len && i < 2 && form.at[i] >= '0' && form.at[i] <= '9')
        n = n * 10 + form.at[i++] - '0';
    str rest = str_part(form, i, form.len);
    bool fits = !rest.len || str_is(rest, "st") || str_is(rest, "nd") || str_is(rest, "rd") || str_is(rest, "th");
    *ret = n;
    return i && fits && n >= 1 && n <= 31;
}

static bool month_at(const times *x, uint32_t t, uint32_t *ret_last, int *ret)
{
    str value;
    if (t >= x->s->d->tokens.count || !scan_is_upper(x->s, t) || !word(x, t, "month", ret_last, &value))
        return false;
    if (scan_is(x->s, *ret_last + 1, ".") && scan_form(x->s, *ret_last).len <= 4 && in_sentence(x, *ret_last + 2, t))
        (*ret_last)++;
    *ret = number_of(value);
    return true;
}

/* ---- where it leads: tense ---- */

static bool is_past(const token *w)
{
    return w->xpos == XPOS_VBD || w->xpos == XPOS_VBN;
}

/* Whether the clause looks ahead: the nearest verb before tells, else the first after. */
static bool looks_ahead(const times *x, uint32_t t)
{
    static const char *const ahead[] = {"will", "'ll", "shall", "won't", "wo", "scheduled", "due", "upcoming", "planned", "plans", "expects",
                                        "expected", "slated", "going", "hopes", "intends", "aims"};
    uint32_t begin = scan_begin(x->s, t), end = end_of(x, t);
    for (uint32_t i = t; i > begin && i + 14 > t; i--) {
        if (scan_is_any(x->s, i - 1, ahead, COUNT(ahead)))
            return true;
        if (is_past(scan_token(x->s, i - 1)))
            return false;
        if (scan_is(x->s, i - 1, "to") && i < end && scan_token(x->s, i)->xpos == XPOS_VB)
            return true;
    }
    for (uint32_t i = t + 1; i < end && i < t + 12; i++) {
        if (scan_is_any(x->s, i, ahead, COUNT(ahead)))
            return true;
        if (is_past(scan_token(x->s, i)))
            return false;
    }
    return false;
}

/* ---- what a rule gives ---- */

static bool give(found *f, uint32_t last, uint8_t type, str value, date date)
{
    *f = (found){.last = last, .type = type, .value = value, .date = date};
    return value.len > 0;
}

static bool give_grain(const times *x, found *f, uint32_t last, grain g, day d)
{
    if (d == NO_DAY || d < DAY_FIRST || d > DAY_LAST)
        return false;
    give(f, last, TIMEX_DATE, grain_value(x->s->a, g, d), grain_days(g, d));
    f->anchors = true;
    f->narrow = g <= GRAIN_MONTH;
    return true;
}

static uint32_t block_of(const times *x, uint32_t t)
{
    return x->s->d->sentences.at[scan_token(x->s, t)->sentence].block;
}

/* The year of a month without one, seen from the reference day: the nearest, or the last one where nothing looks ahead. */
static int year_from_now(const times *x, uint32_t t, int month, int month_day)
{
    int year = day_year(x->now);
    day d = day_of(year, month, month_day ? MIN(month_day, month_days(year, month)) : 1);
    bool ahead = looks_ahead(x, t);
    if (month_day && !ahead)
        return year_nearest(x->now, month, month_day);
    if (ahead)
        return d + (month_day ? 1 : 31) < x->now ? year + 1 : year;
    return d > x->now ? year - 1 : year;
}

/* News counts from its own day; a story from the year that it has last told. 0 where neither tells. */
static int year_for(const times *x, uint32_t t, int month, int month_day)
{
    bool far = x->told_year && (x->now == NO_DAY || abs(x->told_year - day_year(x->now)) > 1);
    bool here = x->told_year && x->told_block == block_of(x, t);
    if (x->now != NO_DAY && (x->news || (x->told_year && !far)) && !(far && here && !x->news))
        return year_from_now(x, t, month, month_day);
    if (x->told_year && (here || month_day))
        return x->told_year;
    return x->news && x->now != NO_DAY ? year_from_now(x, t, month, month_day) : 0;
}

static bool give_month(times *x, found *f, uint32_t last, int year, int month, int month_day)
{
    if (!year)
        year = year_for(x, last, month, month_day);
    if (!year) {
        str v = month_day ? arena_format(x->s->a, "XXXX-%02d-%02d", month, month_day) : arena_format(x->s->a, "XXXX-%02d", month);
        return give(f, last, TIMEX_DATE, v, NO_DATE);
    }
    day d = day_of(year, month, month_day ? month_day : 1);
    return d != NO_DAY && give_grain(x, f, last, month_day ? GRAIN_DAY : GRAIN_MONTH, d);
}

/* ---- numbers with marks: read from the bytes, since tokens cut them as they please ---- */

static uint32_t byte_digits(str s, uint32_t *at, int *ret)
{
    uint32_t n = 0;
    *ret = 0;
    while (*at < s.len && s.at[*at] >= '0' && s.at[*at] <= '9' && n < 5) {
        *ret = *ret * 10 + s.at[(*at)++] - '0';
        n++;
    }
    return n;
}

static char byte_mark(str s, uint32_t *at)
{
    return *at < s.len ? s.at[(*at)++] : 0;
}

/* The last token of what ends at `byte`, where a token ends there. */
static bool token_ending(const times *x, uint32_t t, uint32_t byte, uint32_t *ret)
{
    for (uint32_t i = t; i < end_of(x, t); i++)
        if (scan_token(x->s, i)->span.end >= byte) {
            *ret = i;
            return scan_token(x->s, i)->span.end == byte;
        }
    return false;
}

/* "2007-03-19", "19/3/2007", "7/8/07" (month first, as agencies write), "19.03.2007". */
static bool rule_numeric_date(times *x, uint32_t t, found *f)
{
    uint32_t start = scan_token(x->s, t)->span.start, at = 0, last;
    str s = str_part(x->s->d->text, start, MIN(start + 12u, x->s->d->text.len));
    int a, b, c;
    uint32_t na = byte_digits(s, &at, &a);
    char m = byte_mark(s, &at);
    uint32_t nb = byte_digits(s, &at, &b);
    char m2 = byte_mark(s, &at);
    uint32_t nc = byte_digits(s, &at, &c);
    if (!na || !nb || !nc || m != m2 || !strchr("-/.", m) || !m || !token_ending(x, t, start + at, &last))
        return false;
    if (na == 4 && nb <= 2 && nc <= 2 && year_like(a))
        return b >= 1 && b <= 12 && c >= 1 && c <= 31 && give_month(x, f, last, a, b, c);
    if (na > 2 || nb > 2 || (nc != 2 && nc != 4) || (nc == 2 && m != '/'))
        return false;
    int year = nc == 4 ? c : c < 50 ? 2000 + c : 1900 + c;
    bool day_first = m == '.' || a > 12;
    int month = day_first ? b : a, md = day_first ? a : b;
    return year_like(year) && month >= 1 && month <= 12 && md >= 1 && md <= 31 && give_month(x, f, last, year, month, md);
}

static str day_prefix(const times *x)
{
    char text[11];
    day base = x->told != NO_DAY && x->told_grain == GRAIN_DAY ? x->told : x->now;
    if (base == NO_DAY)
        return (str){0};
    day_format(base, text);
    return arena_copy(x->s->a, (str){text, 10});
}

/* "16:15 UTC", "6:40 p.m.", "7 pm", "10 o'clock". */
static bool rule_clock(times *x, uint32_t t, found *f)
{
    uint32_t start = scan_token(x->s, t)->span.start, at = 0, last, more;
    str s = str_part(x->s->d->text, start, MIN(start + 6u, x->s->d->text.len)), half = {0}, zone = {0};
    int hour, minute = 0;
    uint32_t n = byte_digits(s, &at, &hour);
    bool colon = n && n <= 2 && at < s.len && (s.at[at] == ':' || s.at[at] == '.');
    if (!n || n > 2 || hour > 24)
        return false;
    if (colon) {
        char sep = byte_mark(s, &at);
        if (byte_digits(s, &at, &minute) != 2 || minute > 59)
            colon = false;
        if (!token_ending(x, t, start + at, &last) || (sep == '.' && !word(x, last + 1, "clock", &more, &half)))
            colon = false;
    }
    if (!colon) {
        at = n;
        minute = 0;
        if (!token_ending(x, t, start + at, &last))
            return false;
    }
    if (word(x, last + 1, "clock", &more, &half) && in_sentence(x, more, t)) {
        last = more;
        hour = number_of(half) == 12 && hour < 12 ? hour + 12 : number_of(half) == 0 && hour == 12 ? 0 : hour;
    }
    bool oclock = false;
    if (in_sentence(x, last + 1, t) && word(x, last + 1, "zone", &more, &zone)) {
        oclock = scan_is(x->s, last + 1, "o'clock");
        last = more;
    }
    if (!colon && !half.len && !oclock)
        return false;
    bool utc = scan_is(x->s, last, "utc") || scan_is(x->s, last, "gmt");
    str prefix = day_prefix(x);
    str v = arena_format(x->s->a, "%.*sT%02d:%02d%s", (int)prefix.len, prefix.at, hour, minute, utc ? "Z" : "");
    return give(f, last, TIMEX_TIME, v, NO_DATE);
}

/* Two days of one month: "2019-09-05/2019-09-06". */
static bool give_days(times *x, found *f, uint32_t last, int year, int month, int from, int to)
{
    found end;
    if (from >= to || !give_month(x, f, last, year, month, from) || !give_month(x, &end, last, year, month, to))
        return false;
    f->value = arena_format(x->s->a, "%.*s/%.*s", (int)f->value.len, f->value.at, (int)end.value.len, end.value.at);
    f->date.to = end.date.to;
    return true;
}

/* ---- dates by name ---- */

/* [,] [of] 2005 | '05 */
static bool year_after(const times *x, uint32_t last, uint32_t *ret_last, int *ret_year)
{
    uint32_t t = last + 1;
    if (scan_is(x->s, t, ",") || scan_is(x->s, t, "of") || scan_is(x->s, t, "in"))
        t++;
    if (!in_sentence(x, t, last) || !year_at(x, t, ret_year))
        return false;
    *ret_last = t;
    return true;
}

/* "May" is a month where a number or a word of time stands beside it. */
static bool may_is_month(const times *x, uint32_t t)
{
    static const char *const before[] = {"in", "of", "since", "until", "till", "by", "from", "last", "next", "this", "early", "late", "mid", "on",
                                         "through", "to", "and", "during", "end", "for", "between", "-", "before", "after"};
    return t > scan_begin(x->s, t) && scan_is_any(x->s, t - 1, before, COUNT(before)) && scan_is_upper(x->s, t);
}

/* "April 5, 2016", "April 2016", "April". */
static bool rule_month(times *x, uint32_t t, found *f)
{
    int month, md = 0, year = 0, n;
    uint32_t last, more;
    if (!month_at(x, t, &last, &month))
        return false;
    bool shy = scan_form(x->s, t).len <= 3 || month == 3;
    if (in_sentence(x, last + 1, t) && month_day_at(x, last + 1, &n) && !year_at(x, last + 1, &year)) {
        md = n;
        last++;
        year = 0;
    } else if (in_sentence(x, last + 2, t) && scan_is(x->s, last + 1, "the") && month_day_at(x, last + 2, &n)) {
        md = n;
        last += 2;
    }
    int to = 0;
    if (md && scan_is(x->s, last + 1, "-") && in_sentence(x, last + 2, t) && month_day_at(x, last + 2, &to) && to > md && !year_at(x, last + 2, &n))
        last += 2;
    else
        to = 0;
    if (year_after(x, last, &more, &year))
        last = more;
    if (to)
        return give_days(x, f, last, year, month, md, to);
    if (!md && !year && shy && !may_is_month(x, t))
        return false;
    return give_month(x, f, last, year, month, md);
}

/* "5 April 2016", "the 4th of July", "10.Jan.2026", "5-6 September 2019". */
static bool rule_day_month(times *x, uint32_t t, found *f)
{
    int md, month, year = 0, to;
    uint32_t m = t + 1, last, more;
    if (!month_day_at(x, t, &md))
        return false;
    if (scan_is(x->s, t + 1, "-") && in_sentence(x, t + 3, t) && month_day_at(x, t + 2, &to) && month_at(x, t + 3, &last, &month)) {
        if (year_after(x, last, &more, &year))
            last = more;
        return give_days(x, f, last, year, month, md, to);
    }
    if (scan_is(x->s, m, "of") || scan_is(x->s, m, "."))
        m++;
    if (!in_sentence(x, m, t) || !month_at(x, m, &last, &month))
        return false;
    if (scan_is(x->s, last + 1, ".") && in_sentence(x, last + 2, t) && year_at(x, last + 2, &year))
        last += 2;
    else if (year_after(x, last, &more, &year))
        last = more;
    return give_month(x, f, last, year, month, md);
}

static bool rule_weekday(times *x, uint32_t t, found *f)
{
    uint32_t last, more, p;
    str value, part;
    int shift = 0;
    uint32_t w = t;
    str deictic;
    if (word(x, t, "deictic", &last, &deictic) && in_sentence(x, last + 1, t)) {
        shift = number_of(deictic);
        w = last + 1;
    }
    if (!scan_is_upper(x->s, w) || !word(x, w, "weekday", &last, &value) || !in_sentence(x, last, t))
        return false;
    uint32_t after = scan_is(x->s, last + 1, ",") ? last + 2 : last + 1;
    found inner;
    if (w == t && in_sentence(x, after, t) && (rule_month(x, after, &inner) || rule_day_month(x, after, &inner) || rule_numeric_date(x, after, &inner))
        && inner.date.from == inner.date.to) {
        *f = inner;
        return true;
    }
    if (scan_form(x->s, w).len <= 4 && w == t)
        return false;
    int weekday = number_of(value) - 1;
    if (scan_is(x->s, last + 1, "the"))
        return false;
    bool has_part = word(x, last + 1, "part", &p, &part) && in_sentence(x, p, t);
    if (has_part)
        last = p;
    if (x->now == NO_DAY)
        return give(f, last, TIMEX_DATE, arena_format(x->s->a, "XXXX-WXX-%d", weekday + 1), NO_DATE);
    bool ahead = w == t ? looks_ahead(x, t) : shift > 0;
    day d = weekday_near(x->now, weekday, ahead);
    if (w != t && d == x->now)
        d += shift * 7;
    (void)more;
    if (!give_grain(x, f, last, GRAIN_DAY, d))
        return false;
    if (has_part) {
        f->type = TIMEX_TIME;
        f->value = arena_format(x->s->a, "%.*sT%.*s", (int)f->value.len, f->value.at, (int)part.len, part.at);
    }
    return true;
}

/* "1776-77"; two years written out are two times. */
static bool short_year_range(const times *x, uint32_t t, int year, uint32_t *ret_last, int *ret)
{
    if (!scan_is(x->s, t + 1, "-") || !in_sentence(x, t + 2, t) || !digits(x, t + 2, ret) || scan_form(x->s, t + 2).len != 2)
        return false;
    *ret += year / 100 * 100;
    *ret_last = t + 2;
    return *ret > year && *ret - year < 60;
}

/* "2016", "1776-77", "'82", "1990s". */
static bool rule_year(times *x, uint32_t t, found *f)
{
    static const char *const not_after[] = {"people", "percent", "%", "km", "miles", "meters", "metres", "dollars", "euros", "troops", "soldiers",
                                            "men", "women", "men", "members", "hours", "years", "kilometers", "kilometres", "feet", "and", "or"};
    static const char *const not_before[] = {"$", "€", "£", "no.", "number", "room", "page", "pp.", "#", "some", "about", "least", "than", "nearly", "over", "almost"};
    int year, to;
    uint32_t last;
    str form = scan_form(x->s, t);
    if (form.len == 5 && form.at[4] == 's' && form.at[3] == '0' && form.at[0] >= '1' && form.at[0] <= '2') {
        int n = (form.at[0] - '0') * 1000 + (form.at[1] - '0') * 100 + (form.at[2] - '0') * 10;
        return year_like(n) && give_grain(x, f, t, GRAIN_DECADE, day_of(n, 1, 1));
    }
    if (form.len == 3 && form.at[0] == '\'' && form.at[1] >= '5' && form.at[1] <= '9' && form.at[2] >= '0' && form.at[2] <= '9')
        return give_grain(x, f, t, GRAIN_YEAR, day_of(1900 + (form.at[1] - '0') * 10 + form.at[2] - '0', 1, 1));
    if (!year_at(x, t, &year))
        return false;
    if (short_year_range(x, t, year, &last, &to)) {
        str v = arena_format(x->s->a, "%04d/%04d", year, to);
        return give(f, last, TIMEX_DATE, v, (date){day_of(year, 1, 1), day_of(to, 12, 31)});
    }
    if (t > scan_begin(x->s, t) && scan_is_any(x->s, t - 1, not_before, COUNT(not_before)))
        return false;
    if (in_sentence(x, t + 1, t) && scan_is_any(x->s, t + 1, not_after, COUNT(not_after) - 2))
        return false;
    if (year < 1400 && !(t > scan_begin(x->s, t) && (scan_is(x->s, t - 1, "in") || scan_is(x->s, t - 1, "from") || scan_is(x->s, t - 1, "since") || scan_is(x->s, t - 1, "ad"))))
        return false;
    return give_grain(x, f, t, GRAIN_YEAR, day_of(year, 1, 1));
}

/* "the 19th century", "the 90s", "the nineties", "'82". */
static bool rule_era(times *x, uint32_t t, found *f)
{
    uint32_t o = scan_is(x->s, t, "the") ? t + 1 : t, last, more;
    str value, unit;
    if (!in_sentence(x, o, t))
        return false;
    str form = scan_form(x->s, o);
    int n = 0;
    uint32_t i = 0;
    while (i < form.len && form.at[i] >= '0' && form.at[i] <= '9' && i < 3)
        n = n * 10 + form.at[i++] - '0';
    str rest = str_part(form, i, form.len);
    bool ordinal = i && i <= 2 && (str_is(rest, "st") || str_is(rest, "nd") || str_is(rest, "rd") || str_is(rest, "th"));
    last = o;
    if (!ordinal && word(x, o, "ordinal", &last, &value)) {
        n = number_of(value);
        ordinal = n > 0;
    }
    uint32_t u = scan_is(x->s, last + 1, "-") ? last + 2 : last + 1;
    if (ordinal && in_sentence(x, u, t) && word(x, u, "unit", &more, &unit) && n >= 1 && n <= 21) {
        if (str_is(unit, "C"))
            return give_grain(x, f, more, GRAIN_CENTURY, day_of(MAX(1, (n - 1) * 100), 1, 1));
        if (str_is(unit, "Q") && n <= 4) {
            int year = x->now == NO_DAY ? 0 : day_year(x->now);
            uint32_t y_last = more;
            if (!year_after(x, more, &y_last, &year) && !year)
                return give(f, more, TIMEX_DATE, arena_format(x->s->a, "XXXX-Q%d", n), NO_DATE);
            if (y_last == more && x->now != NO_DAY && day_of(year, 3 * n - 2, 1) > x->now && !looks_ahead(x, t))
                year--;
            return give_grain(x, f, y_last, GRAIN_QUARTER, day_of(year, 3 * n - 2, 1));
        }
    }
    if (i == 2 && str_is(rest, "s") && n % 10 == 0 && (o > t || form.at[0] != '0'))
        return o > t && give_grain(x, f, o, GRAIN_DECADE, day_of(1900 + n, 1, 1));
    if (o > t && word(x, o, "decade", &last, &value))
        return give_grain(x, f, last, GRAIN_DECADE, day_of(1900 + 10 * number_of(value), 1, 1));
    return false;
}

static bool rule_holiday(times *x, uint32_t t, found *f)
{
    uint32_t last, more;
    str value;
    int year = 0, month, md;
    if (word(x, t, "fixed", &last, &value) || (scan_is_upper(x->s, t) && word(x, t, "named", &last, &value))) {
        uint32_t slash = str_find(value, STR("/"));
        date from, to;
        if (!date_parse(slash == NONE ? value : str_part(value, 0, slash), &from))
            return false;
        if (slash == NONE || !date_parse(str_part(value, slash + 1, value.len), &to))
            to = from;
        return give(f, last, TIMEX_DATE, value, (date){from.from, to.to});
    }
    if (!scan_is_upper(x->s, t) && (scan_form(x->s, t).at[0] < '0' || scan_form(x->s, t).at[0] > '9'))
        return false;
    if (!word(x, t, "holiday", &last, &value))
        return false;
    if (in_sentence(x, last + 1, t) && scan_is_upper(x->s, last + 1) && scan_token(x->s, last + 1)->upos == UPOS_PROPN)
        return false;
    if (t > scan_begin(x->s, t) && scan_token(x->s, t - 1)->upos == UPOS_PROPN)
        return false;
    if (value.len == 10)
        return give(f, last, TIMEX_DATE, value, NO_DATE);
    month = number_of(str_part(value, 0, 2));
    md = number_of(str_part(value, 3, 5));
    if (year_after(x, last, &more, &year))
        last = more;
    return give_month(x, f, last, year, month, md);
}

/* ---- seasons ---- */

static bool rule_season(times *x, uint32_t t, found *f)
{
    uint32_t n = t, last, more;
    str value, deictic = {0};
    int year = 0, shift = 0;
    bool the = scan_is(x->s, t, "the");
    if (the)
        n = t + 1;
    bool told = word(x, n, "deictic", &last, &deictic);
    if (told) {
        shift = number_of(deictic);
        n = last + 1;
    }
    if (!in_sentence(x, n, t) || !word(x, n, "season", &last, &value))
        return false;
    if (year_after(x, last, &more, &year))
        last = more;
    bool in = t > scan_begin(x->s, t) && scan_is_any(x->s, t - 1, (const char *const[]){"in", "during", "since", "by", "until", "of", "through"}, 7);
    bool bare_fall = scan_is(x->s, n, "fall") || scan_is(x->s, n, "spring");
    if (!year && !told && (!in || (bare_fall && scan_token(x->s, n)->upos == UPOS_VERB) || (bare_fall && the)))
        return false;
    if (!year && x->now == NO_DAY)
        return give(f, last, TIMEX_DATE, arena_format(x->s->a, "XXXX-%.*s", (int)value.len, value.at), NO_DATE);
    if (!year) {
        year = day_year(x->now);
        date d = season_days(value, year);
        if (shift < 0 && d.to >= x->now)
            year--;
        if (shift > 0 && d.from <= x->now)
            year++;
        if (!told && !looks_ahead(x, t) && d.from > x->now)
            year--;
    }
    str v = arena_format(x->s->a, "%04d-%.*s", year, (int)value.len, value.at);
    return give(f, last, TIMEX_DATE, v, season_days(value, year));
}

/* ---- days and weeks seen from today ---- */

static bool rule_day_word(times *x, uint32_t t, found *f)
{
    uint32_t last;
    str value;
    if (!word(x, t, "day", &last, &value))
        return false;
    uint32_t at = str_find(value, STR("T"));
    str shift = at == NONE ? value : str_part(value, 0, at), part = at == NONE ? (str){0} : str_part(value, at, value.len);
    if (!x->news && scan_is(x->s, t, "today"))
        return false;
    if (x->now == NO_DAY)
        return give(f, last, TIMEX_DATE, str_is(shift, "0") ? STR("PRESENT_REF") : str_starts(shift, "-") ? STR("PAST_REF") : STR("FUTURE_REF"), NO_DATE);
    if (!give_grain(x, f, last, GRAIN_DAY, x->now + number_of(shift)))
        return false;
    if (part.len) {
        f->type = TIMEX_TIME;
        f->value = arena_format(x->s->a, "%.*s%.*s", (int)f->value.len, f->value.at, (int)part.len, part.at);
    }
    return true;
}

static bool grain_of_unit(str unit, grain *ret)
{
    static const struct {
        const char *unit;
        grain grain;
    } list[] = {{"D", GRAIN_DAY}, {"W", GRAIN_WEEK}, {"E", GRAIN_WEEKEND}, {"M", GRAIN_MONTH}, {"Q", GRAIN_QUARTER}, {"Y", GRAIN_YEAR},
                {"X", GRAIN_DECADE}, {"C", GRAIN_CENTURY}};
    for (size_t i = 0; i < COUNT(list); i++)
        if (str_is(unit, list[i].unit)) {
            *ret = list[i].grain;
            return true;
        }
    return false;
}

/* "P3M", "PT30M", "PXY", "P20Y". */
static str period(const times *x, int n, str unit, bool half)
{
    bool clock = unit.at[0] == 'T';
    char u = clock ? unit.at[1] : unit.at[0];
    if (u == 'N' || u == 'E')
        u = u == 'N' ? 'D' : 'W';
    if (n >= 0 && u == 'X')
        n *= 10;
    if (n >= 0 && u == 'C')
        n *= 100;
    if (n >= 0 && u == 'L')
        n *= 1000;
    if (n >= 0 && u == 'F')
        n *= 2;
    if (n >= 0 && strchr("XCL", u))
        u = 'Y';
    if (u == 'F')
        u = 'W';
    if (half && u == 'Y')
        return STR("P6M");
    if (half && clock && u == 'H')
        return STR("PT30M");
    if (n < 0)
        return arena_format(x->s->a, u == 'X' || u == 'C' ? "PX%cE" : clock ? "PTX%c" : "PX%c", u == 'X' || u == 'C' ? 'D' : u);
    return arena_format(x->s->a, clock ? "PT%d%c" : "P%d%c", n, u);
}

static bool is_one_of(str value, const char *list)
{
    return value.len == 1 && strchr(list, value.at[0]);
}

/* "last week", "this year", "the next five years", "the past few months", "the last quarter". */
static bool rule_deictic(times *x, uint32_t t, found *f)
{
    uint32_t n = t, last, more;
    str deictic, unit;
    grain g;
    int count;
    if (scan_is(x->s, n, "the"))
        n++;
    if (!word(x, n, "deictic", &last, &deictic))
        return false;
    int shift = number_of(deictic);
    uint32_t u = last + 1;
    if (!in_sentence(x, u, t))
        return false;
    if (amount(x, u, &last, &count) && in_sentence(x, last + 1, t) && word(x, last + 1, "unit", &more, &unit) && !scan_is(x->s, u, "a"))
        return give(f, more, TIMEX_DURATION, period(x, count, unit, false), NO_DATE);
    int month;
    if (month_at(x, u, &last, &month) && shift) {
        if (x->now == NO_DAY)
            return false;
        int year = day_year(x->now);
        day first = day_of(year, month, 1);
        year += shift < 0 && first + 27 >= x->now ? -1 : shift > 0 && first <= x->now ? 1 : 0;
        return give_month(x, f, last, year, month, 0);
    }
    if (!word(x, u, "unit", &last, &unit) || !grain_of_unit(unit, &g))
        return false;
    bool past_unit = str_is(unit, "D") && scan_is(x->s, n, "past");
    if (past_unit || scan_form(x->s, u).at[scan_form(x->s, u).len - 1] == 's')
        return give(f, last, shift > 0 ? TIMEX_DURATION : TIMEX_DURATION, period(x, -1, unit, false), NO_DATE);
    if (x->now == NO_DAY)
        return give(f, last, TIMEX_DATE, shift < 0 ? STR("PAST_REF") : shift > 0 ? STR("FUTURE_REF") : STR("PRESENT_REF"), NO_DATE);
    bool follows = scan_is(x->s, n, "following") || scan_is(x->s, n, "previous") || scan_is(x->s, n, "preceding")
                   || (scan_is(x->s, n, "next") && n > t && is_one_of(unit, "DY"));
    day base = follows && x->told != NO_DAY ? x->told : x->now;
    return give_grain(x, f, last, g, grain_shift(g, base, shift));
}

/* "the same day", "that year", "the day": the last date told. */
static bool rule_anaphor(times *x, uint32_t t, found *f)
{
    uint32_t last, more;
    str value, unit;
    grain g;
    if (!word(x, t, "anaphor", &last, &value) || !in_sentence(x, last + 1, t) || !word(x, last + 1, "unit", &more, &unit) || !grain_of_unit(unit, &g))
        return false;
    bool bare = scan_is(x->s, t, "the") && last == t;
    day base = x->told != NO_DAY ? x->told : x->now;
    if (base == NO_DAY || (bare && !is_one_of(unit, "DY")))
        return false;
    if (bare && (scan_is(x->s, more + 1, "of") || scan_is(x->s, more + 1, "when") || scan_is(x->s, more + 1, "that")))
        return false;
    if (x->told != NO_DAY && x->told_grain > g)
        return false;
    if (scan_form(x->s, more).at[scan_form(x->s, more).len - 1] == 's' || (bare && str_is(unit, "D") && x->told == NO_DAY))
        return false;
    if (bare && str_is(unit, "Y") && t > scan_begin(x->s, t) && !scan_is_any(x->s, t - 1, (const char *const[]){"in", "during", "earlier"}, 3)
        && !word(x, t > scan_begin(x->s, t) + 2 ? t - 3 : t, "early", &last, &value))
        return false;
    if (bare && str_is(unit, "D") && (scan_is(x->s, more + 1, "to") || scan_is(x->s, more + 1, "but") || (t > scan_begin(x->s, t) && scan_is(x->s, t - 1, "is"))))
        return false;
    return give_grain(x, f, more, g, base);
}

/* ---- amounts of time ---- */

static bool give_shifted(const times *x, found *f, uint32_t last, int n, str unit, day base, int sign)
{
    grain g;
    int steps = n;
    if (str_is(unit, "F")) {
        unit = STR("W");
        steps = 2 * n;
    }
    if (str_is(unit, "N"))
        unit = STR("D");
    if (n < 0 || base == NO_DAY || !grain_of_unit(unit, &g)) {
        bool same_day = unit.at[0] == 'T' && base != NO_DAY;
        return same_day ? give_grain(x, f, last, GRAIN_DAY, base) : give(f, last, TIMEX_DATE, sign < 0 ? STR("PAST_REF") : STR("FUTURE_REF"), NO_DATE);
    }
    day d = grain_shift(g, base, sign * steps);
    return d != NO_DAY && give_grain(x, f, last, g == GRAIN_DECADE ? GRAIN_YEAR : g, d);
}

/* "three months", "a week ago", "two days later", "12-hour", "half a year". */
static bool rule_amount(times *x, uint32_t t, found *f)
{
    uint32_t n = t, last, more, u;
    str unit, value;
    int count = 1;
    bool half = word(x, t, "half", &last, &value);
    if (half)
        u = last + 1;
    else if (amount(x, n, &last, &count) && count < 1000)
        u = last + 1;
    else
        return false;
    bool hyphen = scan_is(x->s, u, "-");
    if (hyphen)
        u++;
    while (!hyphen && in_sentence(x, u, t) && scan_is_any(x->s, u, (const char *const[]){"full", "long", "consecutive", "straight", "whole", "more", "additional", "short", "trading", "working"}, 10))
        u++;
    if (!in_sentence(x, u, t) || !word(x, u, "unit", &last, &unit))
        return false;
    bool article = scan_is(x->s, t, "a") || scan_is(x->s, t, "an");
    bool old = scan_is(x->s, last + 1, "old") || (scan_is(x->s, last + 1, "-") && scan_is(x->s, last + 2, "old")) || scan_is(x->s, last + 1, "of") == (scan_is(x->s, last + 2, "age") && true);
    if (old && (scan_is(x->s, last + 1, "old") || scan_is(x->s, last + 1, "-") || scan_is(x->s, last + 2, "age")))
        return false;
    if (in_sentence(x, last + 1, t) && !hyphen) {
        bool later = word(x, last + 1, "forth", &more, &value), back = !later && word(x, last + 1, "back", &more, &value);
        if (later && (scan_is(x->s, last + 1, "after") || scan_is(x->s, last + 1, "on")))
            later = false;
        if (back && scan_is(x->s, last + 1, "before") && in_sentence(x, last + 2, t) && scan_token(x->s, last + 2)->upos != UPOS_PUNCT)
            back = false;
        if (later)
            return give_shifted(x, f, more, count, unit, str_is(value, "L") && !scan_is(x->s, last + 1, "from") && !scan_is(x->s, last + 1, "hence") && x->told != NO_DAY ? x->told : x->now, 1);
        if (back)
            return give_shifted(x, f, more, count, unit, str_is(value, "E") && x->told != NO_DAY ? x->told : x->now, -1);
    }
    if (article && (str_is(unit, "TS") || str_is(unit, "Q")))
        return false;
    if (article && !half && (is_one_of(unit, "DNEC") || str_is(unit, "TM")) )
        return false;
    if (article && t > scan_begin(x->s, t) && !scan_is_any(x->s, t - 1, (const char *const[]){"for", "within", "in", "of", "than", "over", "about", "after", "nearly", "almost", "during", "least"}, 12))
        return false;
    return x->news && give(f, last, TIMEX_DURATION, period(x, count, unit, half), NO_DATE);
}

/* ---- the vague ones, and those that return ---- */

static bool rule_vague(times *x, uint32_t t, found *f)
{
    uint32_t last, more;
    str value;
    if (word(x, t, "set", &last, &value)) {
        if (!x->news || scan_is(x->s, t, "a") || scan_is(x->s, t, "per"))
            return false;
        return give(f, last, TIMEX_SET, value, NO_DATE);
    }
    if (word(x, t, "every", &last, &value) && in_sentence(x, last + 1, t) && word(x, last + 1, "weekday", &more, &value))
        return give(f, more, TIMEX_SET, arena_format(x->s->a, "XXXX-WXX-%.*s", (int)value.len, value.at), NO_DATE);
    if (word(x, t, "now", &last, &value))
        return give(f, last, TIMEX_DATE, value, NO_DATE);
    int count;
    if (word(x, t, "past", &last, &value) && in_sentence(x, last + 1, t) && amount(x, last + 1, &more, &count))
        return false;
    if (word(x, t, "past", &last, &value) || word(x, t, "future", &last, &value))
        return give(f, last, TIMEX_DATE, value, NO_DATE);
    if (scan_is(x->s, t, "recent") && (scan_is(x->s, t + 1, "years") || scan_is(x->s, t + 1, "months") || scan_is(x->s, t + 1, "weeks") || scan_is(x->s, t + 1, "days") || scan_is(x->s, t + 1, "decades")))
        return give(f, t + 1, TIMEX_DATE, STR("PAST_REF"), NO_DATE);
    return false;
}

/* "the end of the year", "early June", "late 2006", "mid-August": TIMEX3 keeps the value of the whole and says so in mod. */
static bool rule_part(times *x, uint32_t t, found *f);

static bool rule_plain(times *x, uint32_t t, found *f)
{
    static bool (*const rules[])(times *, uint32_t, found *) = {
        rule_numeric_date, rule_holiday, rule_weekday, rule_day_month, rule_month, rule_clock, rule_day_word, rule_era, rule_season,
        rule_deictic, rule_anaphor, rule_amount, rule_year, rule_vague};
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i](x, t, f))
            return true;
    return false;
}

static bool rule_part(times *x, uint32_t t, found *f)
{
    uint32_t last, n = scan_is(x->s, t, "the") ? t + 1 : t;
    str value;
    if (!in_sentence(x, n, t) || !word(x, n, "early", &last, &value))
        return false;
    if (scan_is(x->s, last + 1, "-"))
        last++;
    if (!in_sentence(x, last + 1, t))
        return false;
    uint32_t at = last + 1;
    if (!rule_plain(x, at, f) && !(scan_is(x->s, at, "the") && rule_plain(x, at + 1, f)))
        return false;
    bool dated = f->type == TIMEX_DATE && date_known(f->date);
    return dated;
}

/* ---- the walk ---- */

static void take(times *x, uint32_t t, const found *f)
{
    timex *out = vec_push(x->s->a, &x->s->d->times);
    *out = (timex){.span = {scan_token(x->s, t)->span.start, scan_token(x->s, f->last)->span.end}, .type = f->type,
                   .value = f->value, .date = f->date, .first = t, .last = f->last};
    for (uint32_t i = t; i <= f->last; i++)
        x->s->timed[i] = true;
    if (!f->anchors || !date_known(f->date))
        return;
    x->told = f->date.from;
    x->told_grain = f->date.from == f->date.to ? GRAIN_DAY : f->date.to - f->date.from < 8 ? GRAIN_WEEK
                    : f->date.to - f->date.from < 40 ? GRAIN_MONTH : f->date.to - f->date.from < 100 ? GRAIN_QUARTER : GRAIN_YEAR;
    if (f->date.to - f->date.from < 367) {
        x->told_year = day_year(f->date.from);
        x->told_block = block_of(x, t);
    }
}

static bool starts_time(const times *x, uint32_t t)
{
    str form = scan_form(x->s, t);
    return x->known[t] || (x->s->shape[t] & SHAPE_DIGIT) || scan_is(x->s, t, "the") || scan_is(x->s, t, "a") || scan_is(x->s, t, "an")
           || scan_is(x->s, t, "recent") || form.at[0] == '\'';
}

/* News names days ("Monday", "yesterday") or tells no years but those about its own day. */
static bool is_news(const times *x)
{
    uint32_t far = 0, days = 0, last;
    str value;
    int year;
    for (uint32_t t = 0; t < x->s->d->tokens.count; t++) {
        if (year_at(x, t, &year))
            far += x->now == NO_DAY || year + 2 < day_year(x->now);
        else if (x->known[t] && (word(x, t, "day", &last, &value) || (scan_is_upper(x->s, t) && scan_form(x->s, t).len > 5 && word(x, t, "weekday", &last, &value))))
            days += !scan_is(x->s, t, "today");
    }
    return days > 0 || far < 2;
}

void find_times(scan *s)
{
    times x = {.s = s, .now = s->now, .told = NO_DAY};
    uint32_t count = s->d->tokens.count;
    x.known = arena_take(s->a, count + 1u, 1);
    for (uint32_t t = 0; t < count; t++)
        x.known[t] = s->first_piece[t] < s->first_piece[t + 1] && kb_step(s->k, KB_TRIE_TIMES, 0, s->pieces.at[s->first_piece[t]].word) != NONE;
    x.news = is_news(&x);
    for (uint32_t t = 0; t < count; t++) {
        found f;
        if (!starts_time(&x, t) || !(rule_part(&x, t, &f) || rule_plain(&x, t, &f)))
            continue;
        take(&x, t, &f);
        t = f.last;
    }
}
