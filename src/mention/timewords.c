/* Words of time, dates by number and by name. Words come from the lexicon (times), values are TIMEX3. */
#include "mention/timerules.h"

#include <stdio.h>

/* ---- words ---- */

/* The longest word of this kind at `t`; its value, and its last token. */
bool time_word(const times *x, uint32_t t, const char *kind, uint32_t *ret_last, str *ret_value)
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

int time_number(str value)
{
    int64_t n = 0;
    return str_to_int(value, &n) ? (int)n : 0;
}

static uint32_t end_of(const times *x, uint32_t t)
{
    return scan_end(x->s, t);
}

bool time_inside(const times *x, uint32_t t, uint32_t with)
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
bool time_amount(const times *x, uint32_t t, uint32_t *ret_last, int *ret)
{
    uint32_t last, more;
    str value;
    if (digits(x, t, ret)) {
        *ret_last = t;
        return true;
    }
    if (time_word(x, t, "number", &last, &value)) {
        *ret = str_is(value, "X") ? -1 : time_number(value);
        *ret_last = last;
        if (*ret >= 20 && *ret < 100 && scan_is(x->s, last + 1, "-") && time_word(x, last + 2, "number", &more, &value) && time_number(value) < 10 && time_number(value) > 0) {
            *ret += time_number(value);
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

bool time_year(const times *x, uint32_t t, int *ret)
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

bool time_month(const times *x, uint32_t t, uint32_t *ret_last, int *ret)
{
    str value;
    if (t >= x->s->d->tokens.count || !scan_is_upper(x->s, t) || !time_word(x, t, "month", ret_last, &value))
        return false;
    if (scan_is(x->s, *ret_last + 1, ".") && scan_form(x->s, *ret_last).len <= 4 && time_inside(x, *ret_last + 2, t))
        (*ret_last)++;
    *ret = time_number(value);
    return true;
}

/* ---- where it leads: tense ---- */

/* What was said may be of any time, unless the day is that of the saying ("said on Friday"). */
static bool is_far_saying(const times *x, uint32_t verb, uint32_t t)
{
    static const char *const said[] = {"said", "told", "added", "announced", "warned", "reported", "wrote", "stated", "insisted"};
    return verb + 2 < t && scan_is_any(x->s, verb, said, COUNT(said));
}

/* "to be held on Monday", "will stay shut until Friday": such a participle is not past. */
static bool is_to_come(const times *x, uint32_t t)
{
    static const char *const verbs[] = {"be", "remain", "stay", "to", "will"};
    for (uint32_t i = t; i > scan_begin(x->s, t) && i + 3 > t; i--)
        if (scan_is_any(x->s, i - 1, verbs, COUNT(verbs)))
            return true;
    return false;
}

static bool is_past(const times *x, uint32_t verb, uint32_t t)
{
    uint8_t tag = scan_token(x->s, verb)->xpos;
    if (tag == XPOS_VBN)
        return !is_to_come(x, verb);
    return tag == XPOS_VBD && !is_far_saying(x, verb, t);
}

/* "barred from the port until Friday" looks ahead, "lasted until Friday" does not. */
static bool is_limit(const times *x, uint32_t t)
{
    static const char *const lasting[] = {"lasted", "ran", "continued", "went", "was", "were", "had", "stayed", "remained", "worked", "fought", "lived"};
    if (t == scan_begin(x->s, t) || (!scan_is(x->s, t - 1, "until") && !scan_is(x->s, t - 1, "till")))
        return false;
    for (uint32_t i = t; i > scan_begin(x->s, t) && i + 14 > t; i--)
        if (scan_token(x->s, i - 1)->xpos == XPOS_VBD)
            return !scan_is_any(x->s, i - 1, lasting, COUNT(lasting));
    return true;
}

/* Whether the clause looks ahead: the nearest verb before tells, else the first after. */
bool time_looks_ahead(const times *x, uint32_t t)
{
    static const char *const ahead[] = {"will", "'ll", "shall", "won't", "wo", "scheduled", "due", "upcoming", "planned", "plans", "expects",
                                        "expected", "slated", "going", "hopes", "intends", "aims"};
    static const char *const stays[] = {"is", "has", "does", "says", "'s", "tells", "adds", "warns", "writes", "reports"};
    uint32_t begin = scan_begin(x->s, t), end = end_of(x, t);
    if (is_limit(x, t))
        return true;
    for (uint32_t i = t; i > begin && i + 14 > t; i--) {
        if (scan_is_any(x->s, i - 1, ahead, COUNT(ahead)))
            return true;
        if (is_past(x, i - 1, t))
            return false;
        if (scan_token(x->s, i - 1)->xpos == XPOS_VBZ && scan_is(x->s, t - 1, "on") && !scan_is_any(x->s, i - 1, stays, COUNT(stays)))
            return true; /* "the offer runs out on Friday" */
        if (scan_is(x->s, i - 1, "to") && i < end && scan_token(x->s, i)->xpos == XPOS_VB)
            return true;
    }
    for (uint32_t i = t + 1; i < end && i < t + 12; i++) {
        if (scan_is_any(x->s, i, ahead, COUNT(ahead)))
            return true;
        if (is_past(x, i, i))
            return false;
    }
    return false;
}

/* Whether the nearest verb before tells of what is over: "fell on January 4". */
static bool looks_back(const times *x, uint32_t t)
{
    for (uint32_t i = t; i > scan_begin(x->s, t) && i + 10 > t; i--)
        if (is_past(x, i - 1, t))
            return true;
    return false;
}

/* ---- what a rule gives ---- */

bool time_give(found *f, uint32_t last, uint8_t type, str value, date date)
{
    *f = (found){.last = last, .type = type, .value = value, .date = date};
    return value.len > 0;
}

bool time_give_grain(const times *x, found *f, uint32_t last, grain g, day d)
{
    if (d == NO_DAY || d < DAY_FIRST || d > DAY_LAST)
        return false;
    time_give(f, last, TIMEX_DATE, grain_value(x->s->a, g, d), grain_days(g, d));
    f->anchors = true;
    f->narrow = g <= GRAIN_MONTH;
    return true;
}

uint32_t time_block(const times *x, uint32_t t)
{
    return x->s->d->sentences.at[scan_token(x->s, t)->sentence].block;
}

/* The year of a month without one, seen from the reference day: the nearest, or the last one where nothing looks ahead. */
static int year_from_now(const times *x, uint32_t t, int month, int month_day)
{
    int year = day_year(x->now);
    day d = day_of(year, month, month_day ? MIN(month_day, month_days(year, month)) : 1);
    bool ahead = time_looks_ahead(x, t);
    if (month_day && !ahead) {
        int near = year_nearest(x->now, month, month_day);
        return near > day_year(x->now) - (d > x->now) && looks_back(x, t) ? day_year(x->now) - (d > x->now) : near;
    }
    if (ahead)
        return d + (month_day ? 1 : 31) < x->now ? year + 1 : year;
    return d > x->now ? year - 1 : year;
}

/* News counts from its own day; a story from the year that it has last told. 0 where neither tells. */
static int year_for(const times *x, uint32_t t, int month, int month_day)
{
    bool far = x->told_year && (x->now == NO_DAY || abs(x->told_year - day_year(x->now)) > 1);
    bool here = x->told_year && x->told_block == time_block(x, t);
    if (x->now != NO_DAY && (x->news || (x->told_year && !far)) && !(far && here && !x->news))
        return year_from_now(x, t, month, month_day);
    if (x->told_year && (here || month_day))
        return x->told_year;
    return x->news && x->now != NO_DAY ? year_from_now(x, t, month, month_day) : 0;
}

bool time_give_month(times *x, found *f, uint32_t last, int year, int month, int month_day)
{
    if (!year)
        year = year_for(x, last, month, month_day);
    if (!year) {
        str v = month_day ? arena_format(x->s->a, "XXXX-%02d-%02d", month, month_day) : arena_format(x->s->a, "XXXX-%02d", month);
        return time_give(f, last, TIMEX_DATE, v, NO_DATE);
    }
    day d = day_of(year, month, month_day ? month_day : 1);
    return d != NO_DAY && time_give_grain(x, f, last, month_day ? GRAIN_DAY : GRAIN_MONTH, d);
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
bool rule_numeric_date(times *x, uint32_t t, found *f)
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
        return b >= 1 && b <= 12 && c >= 1 && c <= 31 && time_give_month(x, f, last, a, b, c);
    if (na > 2 || nb > 2 || (nc != 2 && nc != 4) || (nc == 2 && m != '/'))
        return false;
    int year = nc == 4 ? c : c < 50 ? 2000 + c : 1900 + c;
    bool day_first = m == '.' || a > 12;
    int month = day_first ? b : a, md = day_first ? a : b;
    return year_like(year) && month >= 1 && month <= 12 && md >= 1 && md <= 31 && time_give_month(x, f, last, year, month, md);
}

str time_day_of(times *x, uint32_t last)
{
    char text[11];
    uint32_t t = scan_is(x->s, last + 1, ",") ? last + 2 : last + 1, more;
    day base = x->told != NO_DAY && x->told_grain == GRAIN_DAY ? x->told : x->now;
    found next;
    str value;
    t += time_inside(x, t, last) && scan_is(x->s, t, "on");
    if (time_inside(x, t, last) && ((time_word(x, t, "weekday", &more, &value) && rule_weekday(x, t, &next)) || rule_month(x, t, &next) || rule_day_month(x, t, &next))
        && next.date.from == next.date.to && date_known(next.date))
        base = next.date.from;
    if (base == NO_DAY)
        return (str){0};
    day_format(base, text);
    return arena_copy(x->s->a, (str){text, 10});
}

/* "1430 GMT" */
static bool rule_military(times *x, uint32_t t, found *f)
{
    int n;
    uint32_t last;
    str zone;
    if (scan_form(x->s, t).len != 4 || !digits(x, t, &n) || n / 100 > 24 || n % 100 > 59 || !time_inside(x, t + 1, t)
        || !time_word(x, t + 1, "zone", &last, &zone) || scan_is(x->s, t + 1, "o'clock"))
        return false;
    bool utc = scan_is(x->s, last, "utc") || scan_is(x->s, last, "gmt");
    str prefix = time_day_of(x, last);
    return time_give(f, last, TIMEX_TIME, arena_format(x->s->a, "%.*sT%02d:%02d%s", (int)prefix.len, prefix.at, n / 100, n % 100, utc ? "Z" : ""), NO_DATE);
}

/* "16:15 UTC", "6:40 p.m.", "7 pm", "10 o'clock". */
bool rule_clock(times *x, uint32_t t, found *f)
{
    uint32_t start = scan_token(x->s, t)->span.start, at = 0, last, more;
    str s = str_part(x->s->d->text, start, MIN(start + 6u, x->s->d->text.len)), half = {0}, zone = {0};
    int hour, minute = 0;
    if (rule_military(x, t, f))
        return true;
    uint32_t n = byte_digits(s, &at, &hour);
    bool colon = n && n <= 2 && at < s.len && (s.at[at] == ':' || s.at[at] == '.');
    if (!n || n > 2 || hour > 24)
        return false;
    if (colon) {
        char sep = byte_mark(s, &at);
        if (byte_digits(s, &at, &minute) != 2 || minute > 59)
            colon = false;
        if (!token_ending(x, t, start + at, &last) || (sep == '.' && !time_word(x, last + 1, "clock", &more, &half)))
            colon = false;
    }
    if (!colon) {
        at = n;
        minute = 0;
        if (!token_ending(x, t, start + at, &last))
            return false;
    }
    if (time_word(x, last + 1, "clock", &more, &half) && time_inside(x, more, t)) {
        last = more;
        hour = time_number(half) == 12 && hour < 12 ? hour + 12 : time_number(half) == 0 && hour == 12 ? 0 : hour;
    }
    bool oclock = false;
    if (time_inside(x, last + 1, t) && time_word(x, last + 1, "zone", &more, &zone)) {
        oclock = scan_is(x->s, last + 1, "o'clock");
        last = more;
    }
    if (!colon && !half.len && !oclock)
        return false;
    bool utc = scan_is(x->s, last, "utc") || scan_is(x->s, last, "gmt");
    str prefix = time_day_of(x, last);
    str v = arena_format(x->s->a, "%.*sT%02d:%02d%s", (int)prefix.len, prefix.at, hour, minute, utc ? "Z" : "");
    return time_give(f, last, TIMEX_TIME, v, NO_DATE);
}

/* Two days of one month: "2019-09-05/2019-09-06". */
static bool give_days(times *x, found *f, uint32_t last, int year, int month, int from, int to)
{
    found end;
    if (from >= to || !time_give_month(x, f, last, year, month, from) || !time_give_month(x, &end, last, year, month, to))
        return false;
    f->value = arena_format(x->s->a, "%.*s/%.*s", (int)f->value.len, f->value.at, (int)end.value.len, end.value.at);
    f->date.to = end.date.to;
    return true;
}

/* ---- dates by name ---- */

/* [,] [of] 2005; [of] next year */
bool time_year_after(const times *x, uint32_t last, uint32_t *ret_last, int *ret_year)
{
    uint32_t t = last + 1, more;
    str shift;
    if (x->now != NO_DAY && time_word(x, t + scan_is(x->s, t, "of"), "deictic", &more, &shift) && scan_is(x->s, more + 1, "year") && time_inside(x, more + 1, last)) {
        *ret_last = more + 1;
        *ret_year = day_year(x->now) + time_number(shift);
        return true;
    }
    if (scan_is(x->s, t, ",") || scan_is(x->s, t, "of") || scan_is(x->s, t, "in"))
        t++;
    if (!time_inside(x, t, last) || !time_year(x, t, ret_year))
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
bool rule_month(times *x, uint32_t t, found *f)
{
    int month, md = 0, year = 0, n;
    uint32_t last, more;
    if (!time_month(x, t, &last, &month))
        return false;
    bool shy = scan_form(x->s, t).len <= 3 || month == 3;
    if (time_inside(x, last + 1, t) && month_day_at(x, last + 1, &n) && !time_year(x, last + 1, &year)) {
        md = n;
        last++;
        year = 0;
    } else if (time_inside(x, last + 2, t) && scan_is(x->s, last + 1, "the") && month_day_at(x, last + 2, &n)) {
        md = n;
        last += 2;
    }
    int to = 0;
    if (md && scan_is(x->s, last + 1, "-") && time_inside(x, last + 2, t) && month_day_at(x, last + 2, &to) && to > md && !time_year(x, last + 2, &n))
        last += 2;
    else
        to = 0;
    if (time_year_after(x, last, &more, &year))
        last = more;
    if (to)
        return give_days(x, f, last, year, month, md, to);
    if (!md && !year && shy && !may_is_month(x, t))
        return false;
    return time_give_month(x, f, last, year, month, md);
}

/* "5 April 2016", "the 4th of July", "10.Jan.2026", "5-6 September 2019". */
bool rule_day_month(times *x, uint32_t t, found *f)
{
    int md, month, year = 0, to;
    uint32_t m = t + 1, last, more;
    if (!month_day_at(x, t, &md))
        return false;
    if (scan_is(x->s, t + 1, "-") && time_inside(x, t + 3, t) && month_day_at(x, t + 2, &to) && time_month(x, t + 3, &last, &month)) {
        if (time_year_after(x, last, &more, &year))
            last = more;
        return give_days(x, f, last, year, month, md, to);
    }
    if (scan_is(x->s, m, "of") || scan_is(x->s, m, "."))
        m++;
    if (!time_inside(x, m, t) || !time_month(x, m, &last, &month))
        return false;
    if (scan_is(x->s, last + 1, ".") && time_inside(x, last + 2, t) && time_year(x, last + 2, &year))
        last += 2;
    else if (time_year_after(x, last, &more, &year))
        last = more;
    return time_give_month(x, f, last, year, month, md);
}

bool rule_weekday(times *x, uint32_t t, found *f)
{
    uint32_t last, more, p;
    str value, part;
    int shift = 0;
    uint32_t w = t;
    str deictic;
    if (time_word(x, t, "deictic", &last, &deictic) && time_inside(x, last + 1, t)) {
        shift = time_number(deictic);
        w = last + 1;
    }
    if (!scan_is_upper(x->s, w) || !time_word(x, w, "weekday", &last, &value) || !time_inside(x, last, t))
        return false;
    uint32_t after = scan_is(x->s, last + 1, ",") ? last + 2 : last + 1;
    found inner;
    if (w == t && time_inside(x, after, t) && (rule_month(x, after, &inner) || rule_day_month(x, after, &inner) || rule_numeric_date(x, after, &inner))
        && inner.date.from == inner.date.to) {
        *f = inner;
        return true;
    }
    if (scan_form(x->s, w).len <= 4 && w == t)
        return false;
    int weekday = time_number(value) - 1;
    if (scan_is(x->s, last + 1, "the") && x->s->shape[last + 2] & SHAPE_DIGIT)
        return false;
    bool has_part = time_word(x, last + 1, "part", &p, &part) && time_inside(x, p, t);
    if (has_part)
        last = p;
    str end = scan_form(x->s, last);
    if (end.at[end.len - 1] == 's' && w == t) /* "Mondays", "Sunday mornings" */
        return time_give(f, last, TIMEX_SET, arena_format(x->s->a, has_part ? "XXXX-WXX-%dT%.*s" : "XXXX-WXX-%d", weekday + 1, (int)part.len, part.at), NO_DATE);
    if (x->now == NO_DAY)
        return time_give(f, last, TIMEX_DATE, arena_format(x->s->a, "XXXX-WXX-%d", weekday + 1), NO_DATE);
    bool ahead = w == t ? time_looks_ahead(x, t) : shift > 0 || (!shift && !looks_back(x, t));
    day d = weekday_near(x->now, weekday, ahead);
    if (w != t && d == x->now)
        d += shift * 7;
    (void)more;
    if (!time_give_grain(x, f, last, GRAIN_DAY, d))
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
    if ((!scan_is(x->s, t + 1, "-") && !scan_is(x->s, t + 1, "/")) || !time_inside(x, t + 2, t) || !digits(x, t + 2, ret) || scan_form(x->s, t + 2).len != 2)
        return false;
    *ret += year / 100 * 100;
    *ret_last = t + 2;
    return *ret > year && *ret - year < 60;
}

/* "mid-1970s" is one token. */
static str without_mid(str form)
{
    return str_starts(form, "mid-") || str_starts(form, "Mid-") ? str_part(form, 4, form.len) : form;
}

/* "2016", "1776-77", "'82", "1990s", "mid-1970s". */
bool rule_year(times *x, uint32_t t, found *f)
{
    static const char *const not_after[] = {"people", "percent", "%", "km", "miles", "meters", "metres", "dollars", "euros", "troops", "soldiers",
                                            "men", "women", "men", "members", "hours", "years", "kilometers", "kilometres", "feet", "and", "or"};
    static const char *const not_before[] = {"$", "€", "£", "no.", "number", "room", "page", "pp.", "#", "some", "about", "least", "than", "nearly", "over", "almost"};
    int year, to;
    uint32_t last;
    str form = without_mid(scan_form(x->s, t));
    if (form.len == 5 && form.at[4] == 's' && form.at[3] == '0' && form.at[0] >= '1' && form.at[0] <= '2') {
        int n = (form.at[0] - '0') * 1000 + (form.at[1] - '0') * 100 + (form.at[2] - '0') * 10;
        return year_like(n) && time_give_grain(x, f, t, GRAIN_DECADE, day_of(n, 1, 1));
    }
    if (form.len == 4 && form.at[0] == '\'' && form.at[1] >= '1' && form.at[1] <= '9' && str_ends(form, "0s"))
        return time_give_grain(x, f, t, GRAIN_DECADE, day_of(1900 + 10 * (form.at[1] - '0'), 1, 1));
    if (form.len == 3 && form.at[0] == '\'' && form.at[1] >= '5' && form.at[1] <= '9' && form.at[2] >= '0' && form.at[2] <= '9')
        return time_give_grain(x, f, t, GRAIN_YEAR, day_of(1900 + (form.at[1] - '0') * 10 + form.at[2] - '0', 1, 1));
    if (form.at != scan_form(x->s, t).at && form.len == 4 && (year = time_number(form)) && year_like(year))
        return time_give_grain(x, f, t, GRAIN_YEAR, day_of(year, 1, 1));
    if (!time_year(x, t, &year))
        return false;
    if (short_year_range(x, t, year, &last, &to)) {
        str v = arena_format(x->s->a, "%04d/%04d", year, to);
        return time_give(f, last, TIMEX_DATE, v, (date){day_of(year, 1, 1), day_of(to, 12, 31)});
    }
    if (t > scan_begin(x->s, t) && scan_is_any(x->s, t - 1, not_before, COUNT(not_before)))
        return false;
    if (time_inside(x, t + 1, t) && scan_is_any(x->s, t + 1, not_after, COUNT(not_after) - 2))
        return false;
    if (time_inside(x, t + 1, t) && scan_token(x->s, t + 1)->xpos == XPOS_NNS && t > scan_begin(x->s, t) && scan_is(x->s, t - 1, "of"))
        return false; /* "a total of 1850 ballots" */
    if (year < 1400 && !(t > scan_begin(x->s, t) && (scan_is(x->s, t - 1, "in") || scan_is(x->s, t - 1, "from") || scan_is(x->s, t - 1, "since") || scan_is(x->s, t - 1, "ad"))))
        return false;
    return time_give_grain(x, f, t, GRAIN_YEAR, day_of(year, 1, 1));
}

/* "the 19th century", "the 90s", "the nineties", "'82". */
bool rule_era(times *x, uint32_t t, found *f)
{
    uint32_t o = scan_is(x->s, t, "the") ? t + 1 : t, last, more;
    str value, unit;
    if (!time_inside(x, o, t))
        return false;
    str form = without_mid(scan_form(x->s, o));
    int n = 0;
    uint32_t i = 0;
    while (i < form.len && form.at[i] >= '0' && form.at[i] <= '9' && i < 3)
        n = n * 10 + form.at[i++] - '0';
    str rest = str_part(form, i, form.len);
    bool ordinal = i && i <= 2 && (str_is(rest, "st") || str_is(rest, "nd") || str_is(rest, "rd") || str_is(rest, "th"));
    last = o;
    if (!ordinal && time_word(x, o, "ordinal", &last, &value)) {
        n = time_number(value);
        ordinal = n > 0;
    }
    uint32_t u = scan_is(x->s, last + 1, "-") ? last + 2 : last + 1;
    if (ordinal && time_inside(x, u, t) && time_word(x, u, "unit", &more, &unit) && n >= 1 && n <= 21) {
        if (str_is(unit, "C"))
            return time_give_grain(x, f, more, GRAIN_CENTURY, day_of(MAX(1, (n - 1) * 100), 1, 1));
        if (str_is(unit, "Q") && n <= 4) {
            int year = x->now == NO_DAY ? 0 : day_year(x->now);
            uint32_t y_last = more;
            if (!time_year_after(x, more, &y_last, &year) && !year)
                return time_give(f, more, TIMEX_DATE, arena_format(x->s->a, "XXXX-Q%d", n), NO_DATE);
            if (y_last == more && x->now != NO_DAY && day_of(year, 3 * n - 2, 1) > x->now && !time_looks_ahead(x, t))
                year--;
            return time_give_grain(x, f, y_last, GRAIN_QUARTER, day_of(year, 3 * n - 2, 1));
        }
    }
    if (i == 2 && str_is(rest, "s") && n % 10 == 0 && (o > t || form.at[0] != '0'))
        return o > t && time_give_grain(x, f, o, GRAIN_DECADE, day_of(1900 + n, 1, 1));
    if (o > t && time_word(x, o, "decade", &last, &value))
        return time_give_grain(x, f, last, GRAIN_DECADE, day_of(1900 + 10 * time_number(value), 1, 1));
    return false;
}

bool rule_holiday(times *x, uint32_t t, found *f)
{
    uint32_t last, more;
    str value;
    int year = 0, month, md;
    if (time_word(x, t, "fixed", &last, &value) || (scan_is_upper(x->s, t) && time_word(x, t, "named", &last, &value))) {
        uint32_t slash = str_find(value, STR("/"));
        date from, to;
        if (!date_parse(slash == NONE ? value : str_part(value, 0, slash), &from))
            return false;
        if (slash == NONE || !date_parse(str_part(value, slash + 1, value.len), &to))
            to = from;
        return time_give(f, last, TIMEX_DATE, value, (date){from.from, to.to});
    }
    if (!scan_is_upper(x->s, t) && (scan_form(x->s, t).at[0] < '0' || scan_form(x->s, t).at[0] > '9'))
        return false;
    if (!time_word(x, t, "holiday", &last, &value))
        return false;
    if (time_inside(x, last + 1, t) && scan_is_upper(x->s, last + 1) && scan_token(x->s, last + 1)->upos == UPOS_PROPN)
        return false;
    if (t > scan_begin(x->s, t) && scan_token(x->s, t - 1)->upos == UPOS_PROPN)
        return false;
    if (value.len == 10)
        return time_give(f, last, TIMEX_DATE, value, NO_DATE);
    month = time_number(str_part(value, 0, 2));
    md = time_number(str_part(value, 3, 5));
    if (time_year_after(x, last, &more, &year))
        last = more;
    return time_give_month(x, f, last, year, month, md);
}
