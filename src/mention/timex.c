/* Times by grammar: at every token the rules are tried in turn; the first that fits takes its tokens. Values are counted
 * from the reference date or from the last date told. */
#include "mention/timerules.h"

/* ---- seasons ---- */

static bool rule_season(times *x, uint32_t t, found *f)
{
    uint32_t n = t, last, more;
    str value, deictic = {0};
    int year = 0, shift = 0;
    bool the = scan_is(x->s, t, "the");
    if (the)
        n = t + 1;
    bool told = time_word(x, n, "deictic", &last, &deictic);
    if (told) {
        shift = time_number(deictic);
        n = last + 1;
    }
    if (!time_inside(x, n, t) || !time_word(x, n, "season", &last, &value))
        return false;
    if (time_year_after(x, last, &more, &year))
        last = more;
    bool in = t > scan_begin(x->s, t) && scan_is_any(x->s, t - 1, (const char *const[]){"in", "during", "since", "by", "until", "of", "through"}, 7);
    bool bare_fall = scan_is(x->s, n, "fall") || scan_is(x->s, n, "spring");
    if (!year && !told && (!in || (bare_fall && scan_token(x->s, n)->upos == UPOS_VERB) || (bare_fall && the)))
        return false;
    if (!year && x->now == NO_DAY)
        return time_give(f, last, TIMEX_DATE, arena_format(x->s->a, "XXXX-%.*s", (int)value.len, value.at), NO_DATE);
    if (!year) {
        year = day_year(x->now);
        date d = season_days(value, year);
        if (shift < 0 && d.to >= x->now)
            year--;
        if (shift > 0 && d.from <= x->now)
            year++;
        if (!told && !time_looks_ahead(x, t) && d.from > x->now)
            year--;
    }
    str v = arena_format(x->s->a, "%04d-%.*s", year, (int)value.len, value.at);
    return time_give(f, last, TIMEX_DATE, v, season_days(value, year));
}

/* ---- days and weeks seen from today ---- */

static bool rule_day_word(times *x, uint32_t t, found *f)
{
    uint32_t last;
    str value;
    if (!time_word(x, t, "day", &last, &value))
        return false;
    uint32_t at = str_find(value, STR("T"));
    str shift = at == NONE ? value : str_part(value, 0, at), part = at == NONE ? (str){0} : str_part(value, at, value.len);
    if (!x->news && scan_is(x->s, t, "today"))
        return false;
    if (x->now == NO_DAY)
        return time_give(f, last, TIMEX_DATE, str_is(shift, "0") ? STR("PRESENT_REF") : str_starts(shift, "-") ? STR("PAST_REF") : STR("FUTURE_REF"), NO_DATE);
    if (!time_give_grain(x, f, last, GRAIN_DAY, x->now + time_number(shift)))
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
    static const struct {
        const char *unit, *value;
    } halves[] = {{"Y", "P6M"}, {"TH", "PT30M"}, {"D", "PT12H"}, {"X", "P5Y"}, {"C", "P50Y"}, {"M", "P15D"}};
    for (size_t i = 0; i < COUNT(halves) && half; i++)
        if (str_is(unit, halves[i].unit))
            return str_of(halves[i].value);
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
    if (!time_word(x, n, "deictic", &last, &deictic))
        return false;
    int shift = time_number(deictic);
    uint32_t u = last + 1;
    if (!time_inside(x, u, t))
        return false;
    if (time_amount(x, u, &last, &count) && time_inside(x, last + 1, t) && time_word(x, last + 1, "unit", &more, &unit) && !scan_is(x->s, u, "a"))
        return time_give(f, more, TIMEX_DURATION, period(x, count, unit, false), NO_DATE);
    int month;
    if (time_month(x, u, &last, &month) && shift) {
        if (x->now == NO_DAY)
            return false;
        int year = day_year(x->now);
        day first = day_of(year, month, 1);
        year += shift < 0 && first + 27 >= x->now ? -1 : shift > 0 && first <= x->now ? 1 : 0;
        return time_give_month(x, f, last, year, month, 0);
    }
    if (!time_word(x, u, "unit", &last, &unit) || !grain_of_unit(unit, &g))
        return false;
    bool past_unit = (n > t && scan_is(x->s, n, "past")) || (is_one_of(unit, "X") && shift < 0 && !scan_is(x->s, n, "previous"));
    bool plural = scan_form(x->s, u).at[scan_form(x->s, u).len - 1] == 's';
    if (past_unit || plural)
        return time_give(f, last, shift > 0 ? TIMEX_DURATION : TIMEX_DURATION, period(x, plural || str_is(unit, "D") ? -1 : 1, unit, false), NO_DATE);
    if (x->now == NO_DAY)
        return time_give(f, last, TIMEX_DATE, shift < 0 ? STR("PAST_REF") : shift > 0 ? STR("FUTURE_REF") : STR("PRESENT_REF"), NO_DATE);
    bool follows = scan_is(x->s, n, "following") || scan_is(x->s, n, "previous") || scan_is(x->s, n, "preceding")
                   || (scan_is(x->s, n, "next") && n > t && is_one_of(unit, "DY"));
    day base = follows && x->told != NO_DAY ? x->told : x->now;
    return time_give_grain(x, f, last, g, grain_shift(g, base, shift));
}

/* "the same day", "that year", "the day": the last date told. */
static bool rule_anaphor(times *x, uint32_t t, found *f)
{
    uint32_t last, more;
    str value, unit;
    grain g;
    if (!time_word(x, t, "anaphor", &last, &value) || !time_inside(x, last + 1, t) || !time_word(x, last + 1, "unit", &more, &unit) || !grain_of_unit(unit, &g))
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
        && !time_word(x, t > scan_begin(x->s, t) + 2 ? t - 3 : t, "early", &last, &value))
        return false;
    if (bare && str_is(unit, "D") && (scan_is(x->s, more + 1, "to") || scan_is(x->s, more + 1, "but") || (t > scan_begin(x->s, t) && scan_is(x->s, t - 1, "is"))))
        return false;
    return time_give_grain(x, f, more, g, base);
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
        bool same_day = unit.at[0] == 'T' && base != NO_DAY && n >= 0;
        if (same_day && base == x->told && x->told_grain != GRAIN_DAY)
            return false; /* "five seconds later" of a year */
        return same_day ? time_give_grain(x, f, last, GRAIN_DAY, base) : time_give(f, last, TIMEX_DATE, sign < 0 ? STR("PAST_REF") : STR("FUTURE_REF"), NO_DATE);
    }
    day d = grain_shift(g, base, sign * steps);
    return d != NO_DAY && time_give_grain(x, f, last, g == GRAIN_DECADE ? GRAIN_YEAR : g, d);
}

/* "ago", "later" after an amount: counted from today or from the last date told. False where neither stands. */
static bool amount_counted(const times *x, uint32_t last, int count, str unit, found *f, bool *ret_dated)
{
    uint32_t more, next = last + 1;
    str value;
    bool later = time_word(x, next, "forth", &more, &value), back = !later && time_word(x, next, "back", &more, &value);
    if (later && (scan_is(x->s, next, "after") || scan_is(x->s, next, "on")))
        later = false;
    if (back && scan_is(x->s, next, "before") && time_inside(x, next + 1, last) && scan_token(x->s, next + 1)->upos != UPOS_PUNCT)
        back = false;
    if (!later && !back)
        return false;
    bool from_told = x->told != NO_DAY && str_is(value, later ? "L" : "E") && !scan_is(x->s, next, "from") && !scan_is(x->s, next, "hence");
    *ret_dated = give_shifted(x, f, more, count, unit, from_told ? x->told : x->now, later ? 1 : -1);
    return true;
}

/* "three months", "a week ago", "two days later", "12-hour", "half a year". */
static bool rule_amount(times *x, uint32_t t, found *f)
{
    uint32_t n = t, last, u;
    str unit, value;
    int count = 1;
    bool half = time_word(x, t, "half", &last, &value);
    if (half && last == t && !scan_is(x->s, last + 1, "-"))
        return false;
    if (half)
        u = last + 1;
    else if (time_amount(x, n, &last, &count) && count < 1000)
        u = last + 1;
    else
        return false;
    bool more_half = time_word(x, u, "more", &last, &value);
    if (more_half)
        u = last + 1;
    bool hyphen = scan_is(x->s, u, "-");
    if (hyphen)
        u++;
    while (!hyphen && time_inside(x, u, t) && scan_is_any(x->s, u, (const char *const[]){"full", "long", "consecutive", "straight", "whole", "more", "additional", "short", "trading", "working"}, 10))
        u++;
    if (!time_inside(x, u, t) || !time_word(x, u, "unit", &last, &unit))
        return false;
    if (more_half && count > 0 && x->report)
        return time_give(f, last, TIMEX_DURATION, arena_format(x->s->a, unit.at[0] == 'T' ? "PT%d.5%c" : "P%d.5%c", count, unit.at[unit.len - 1]), NO_DATE);
    bool article = scan_is(x->s, t, "a") || scan_is(x->s, t, "an");
    bool old = scan_is(x->s, last + 1, "old") || (scan_is(x->s, last + 1, "-") && scan_is(x->s, last + 2, "old")) || scan_is(x->s, last + 1, "of") == (scan_is(x->s, last + 2, "age") && true);
    if (old && (scan_is(x->s, last + 1, "old") || scan_is(x->s, last + 1, "-") || scan_is(x->s, last + 2, "age")))
        return false;
    bool dated;
    if (!hyphen && time_inside(x, last + 1, t) && amount_counted(x, last, count, unit, f, &dated))
        return dated;
    if (article && (str_is(unit, "TS") || str_is(unit, "Q")))
        return false;
    bool counted = article && (scan_is(x->s, last + 1, "after") || scan_is(x->s, last + 1, "before")); /* "a day after the vote" */
    if (article && !half && !counted && (is_one_of(unit, "DNEC") || str_is(unit, "TM")))
        return false;
    if (article && !counted && t > scan_begin(x->s, t) && !scan_is_any(x->s, t - 1, (const char *const[]){"for", "within", "in", "of", "than", "over", "about", "after", "nearly", "almost", "during", "least"}, 12))
        return false;
    return x->report && time_give(f, last, TIMEX_DURATION, period(x, count, unit, half), NO_DATE);
}

/* ---- the vague ones, and those that return ---- */

static bool is_name_part(const times *x, uint32_t first, uint32_t last)
{
    bool upper = scan_is_upper(x->s, first) && first > scan_begin(x->s, first);
    bool joined = scan_is(x->s, last + 1, "-") && scan_token(x->s, last)->joined; /* "now-empty" */
    return upper || joined || (scan_is_upper(x->s, first) && last + 1 < scan_end(x->s, last) && scan_is_upper(x->s, last + 1));
}

/* "the current offer", not "the current in the strait". */
static bool qualifies(const times *x, uint32_t last)
{
    const token *w = scan_token(x->s, last), *after = last + 1 < scan_end(x->s, last) ? w + 1 : NULL;
    return w->upos == UPOS_ADJ && after && (after->upos == UPOS_NOUN || after->upos == UPOS_ADJ || after->upos == UPOS_VERB);
}

/* "every two years", "twice a week", "three times a month". */
static bool rule_often(times *x, uint32_t t, found *f)
{
    uint32_t last, more;
    str value, unit;
    int count;
    if (time_word(x, t, "every", &last, &value) && time_amount(x, last + 1, &more, &count) && count > 0 && time_inside(x, more + 1, t)
        && time_word(x, more + 1, "unit", &last, &unit))
        return time_give(f, last, TIMEX_SET, period(x, count, unit, false), NO_DATE);
    if (!time_word(x, t, "often", &last, &value) || !time_inside(x, last + 2, t))
        return false;
    bool each = scan_is(x->s, last + 1, "a") || scan_is(x->s, last + 1, "per") || time_word(x, last + 1, "every", &more, &value);
    return each && time_word(x, last + 2, "unit", &more, &unit) && time_give(f, more, TIMEX_SET, period(x, 1, unit, false), NO_DATE);
}

/* "decades-long", "hour-long" */
static bool rule_long(times *x, uint32_t t, found *f)
{
    uint32_t last;
    str unit;
    if (!time_word(x, t, "unit", &last, &unit) || !scan_is(x->s, last + 1, "-") || !scan_is(x->s, last + 2, "long") || !x->report)
        return false;
    bool plural = scan_form(x->s, last).at[scan_form(x->s, last).len - 1] == 's';
    return time_give(f, last + 2, TIMEX_DURATION, period(x, plural ? -1 : 1, unit, false), NO_DATE);
}

/* "The day after, they lost it." */
static bool rule_day_after(times *x, uint32_t t, found *f)
{
    uint32_t last;
    str unit;
    grain g;
    if (!scan_is(x->s, t, "the") || !time_inside(x, t + 2, t) || !time_word(x, t + 1, "unit", &last, &unit) || !grain_of_unit(unit, &g) || x->told == NO_DAY)
        return false;
    bool after = scan_is(x->s, last + 1, "after"), before = scan_is(x->s, last + 1, "before");
    bool ends = last + 2 >= scan_end(x->s, t) || scan_token(x->s, last + 2)->upos == UPOS_PUNCT;
    return (after || before) && ends && time_give_grain(x, f, last + 1, g, grain_shift(g, x->told, after ? 1 : -1));
}

/* "for years", "within hours", "months of talks", "years ago": how many is not told. */
static bool rule_plural(times *x, uint32_t t, found *f)
{
    static const char *const before[] = {"for", "within", "in", "after", "over", "took", "takes", "take", "spent", "just", "only", "lasted"};
    uint32_t last, more;
    str unit, value;
    if (!x->report || !time_word(x, t, "unit", &last, &unit) || unit.at[0] == 'E' || scan_is_upper(x->s, t))
        return false;
    str form = scan_form(x->s, last);
    if (form.len < 4 || form.at[form.len - 1] != 's')
        return false;
    if (time_word(x, last + 1, "back", &more, &value) && scan_is(x->s, last + 1, "ago"))
        return time_give(f, more, TIMEX_DATE, STR("PAST_REF"), NO_DATE);
    bool told = t > scan_begin(x->s, t) && scan_is_any(x->s, t - 1, before, COUNT(before));
    return told && time_give(f, last, TIMEX_DURATION, period(x, -1, unit, false), NO_DATE);
}

/* "fiscal 2013", "the fiscal year ending in 2013" is told by its own year. */
static bool rule_fiscal(times *x, uint32_t t, found *f)
{
    uint32_t last;
    str value;
    int year;
    if (!time_word(x, t, "fiscal", &last, &value) || !time_inside(x, last + 1, t) || !time_year(x, last + 1, &year))
        return false;
    return time_give(f, last + 1, TIMEX_DATE, arena_format(x->s->a, "FY%04d", year), NO_DATE);
}

/* "the first half of 2018", "the second half". */
static bool rule_half_year(times *x, uint32_t t, found *f)
{
    uint32_t last, more;
    str value;
    int year = 0;
    if (!time_word(x, t, "half-year", &last, &value))
        return false;
    bool of = scan_is(x->s, last, "of");
    bool the = of && scan_is(x->s, last + 1, "the") && scan_is(x->s, last + 2, "year");
    if (the)
        last += 2;
    else if (of && rule_year(x, last + 1, f) && f->value.len == 4) {
        year = time_number(f->value);
        last = f->last;
    } else if (of && time_word(x, last + 1, "deictic", &more, &value) && scan_is(x->s, more + 1, "year") && x->now != NO_DAY) {
        year = day_year(x->now) + time_number(value);
        last = more + 1;
        time_word(x, t, "half-year", &more, &value);
    } else
        return false;
    if (!year && x->now == NO_DAY)
        return false;
    int half = time_number(value);
    year = year ? year : day_year(x->now);
    return time_give(f, last, TIMEX_DATE, arena_format(x->s->a, "%04d-H%d", year, half), (date){day_of(year, half == 1 ? 1 : 7, 1), half == 1 ? day_of(year, 6, 30) : day_of(year, 12, 31)});
}

/* "the weekend": the last one, or the one to come. */
static bool rule_weekend(times *x, uint32_t t, found *f)
{
    static const char *const before[] = {"over", "at", "during", "on", "throughout", "by", "after", "before", "for"};
    uint32_t last;
    str unit;
    if (!scan_is(x->s, t, "the") || !time_inside(x, t + 1, t) || !time_word(x, t + 1, "unit", &last, &unit) || !str_is(unit, "E") || x->now == NO_DAY)
        return false;
    if (t == scan_begin(x->s, t) || !scan_is_any(x->s, t - 1, before, COUNT(before)))
        return false;
    bool here = day_of_week(x->now) >= 5 || time_looks_ahead(x, t);
    return time_give_grain(x, f, last, GRAIN_WEEKEND, here ? x->now : x->now - 7);
}

/* "the year-earlier quarter", "a year-ago loss". */
static bool rule_year_earlier(times *x, uint32_t t, found *f)
{
    bool article = scan_is(x->s, t, "the") || scan_is(x->s, t, "a");
    if (!article || !scan_is(x->s, t + 1, "year") || !scan_is(x->s, t + 2, "-") || !time_inside(x, t + 3, t) || x->now == NO_DAY)
        return false;
    return (scan_is(x->s, t + 3, "earlier") || scan_is(x->s, t + 3, "ago")) && time_give_grain(x, f, t + 3, GRAIN_YEAR, grain_shift(GRAIN_YEAR, x->now, -1));
}

static bool rule_vague(times *x, uint32_t t, found *f)
{
    uint32_t last, more;
    str value;
    if (!x->report)
        return false;
    if (time_word(x, t, "set", &last, &value)) {
        if (scan_is(x->s, t, "a") || scan_is(x->s, t, "per"))
            return false;
        return time_give(f, last, TIMEX_SET, value, NO_DATE);
    }
    if (time_word(x, t, "every", &last, &value) && time_inside(x, last + 1, t) && time_word(x, last + 1, "weekday", &more, &value))
        return time_give(f, more, TIMEX_SET, arena_format(x->s->a, "XXXX-WXX-%.*s", (int)value.len, value.at), NO_DATE);
    if (time_word(x, t, "now", &last, &value) && !is_name_part(x, t, last))
        return time_give(f, last, TIMEX_DATE, value, NO_DATE);
    int count;
    if (time_word(x, t, "past", &last, &value) && time_inside(x, last + 1, t) && time_amount(x, last + 1, &more, &count))
        return false;
    if ((time_word(x, t, "past", &last, &value) || time_word(x, t, "future", &last, &value)) && !is_name_part(x, t, last))
        return time_give(f, last, TIMEX_DATE, value, NO_DATE);
    if (scan_is(x->s, t, "recent") && (scan_is(x->s, t + 1, "years") || scan_is(x->s, t + 1, "months") || scan_is(x->s, t + 1, "weeks") || scan_is(x->s, t + 1, "days") || scan_is(x->s, t + 1, "decades")))
        return time_give(f, t + 1, TIMEX_DATE, STR("PAST_REF"), NO_DATE);
    return time_word(x, t, "adjective", &last, &value) && qualifies(x, last) && time_give(f, last, TIMEX_DATE, value, NO_DATE);
}

/* "noon", "midnight on Friday". */
static bool rule_hour(times *x, uint32_t t, found *f)
{
    uint32_t last;
    str value;
    if (!time_word(x, t, "hour", &last, &value) || scan_is_upper(x->s, t))
        return false;
    str prefix = time_day_of(x, last);
    return time_give(f, last, TIMEX_TIME, arena_format(x->s->a, "%.*sT%.*s", (int)prefix.len, prefix.at, (int)value.len, value.at), NO_DATE);
}

/* "the end of the year", "early June", "late 2006", "mid-August": TIMEX3 keeps the value of the whole and says so in mod. */
static bool rule_part(times *x, uint32_t t, found *f);

static bool rule_plain(times *x, uint32_t t, found *f)
{
    static bool (*const rules[])(times *, uint32_t, found *) = {
        rule_numeric_date, rule_holiday, rule_weekday, rule_day_month, rule_month, rule_clock, rule_hour, rule_day_word, rule_half_year, rule_era,
        rule_season, rule_deictic, rule_year_earlier, rule_weekend, rule_day_after, rule_anaphor, rule_often, rule_amount, rule_long, rule_plural, rule_fiscal,
        rule_year, rule_vague};
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i](x, t, f))
            return true;
    return false;
}

/* "earlier this month", "later in the day", "early on Tuesday". */
static bool rule_order(times *x, uint32_t t, found *f)
{
    uint32_t last, n;
    str value;
    if (!time_word(x, t, "order", &last, &value))
        return false;
    n = scan_is(x->s, last + 1, "in") || scan_is(x->s, last + 1, "on") ? last + 2 : last + 1;
    if (!time_inside(x, n, t) || !(rule_deictic(x, n, f) || rule_anaphor(x, n, f) || rule_weekday(x, n, f) || (n > last + 1 && rule_month(x, n, f))))
        return false;
    return f->type != TIMEX_DURATION && date_known(f->date);
}

static bool rule_part(times *x, uint32_t t, found *f)
{
    uint32_t last, n = scan_is(x->s, t, "the") ? t + 1 : t;
    str value;
    if (!time_inside(x, n, t) || !time_word(x, n, "early", &last, &value))
        return false;
    if (scan_is(x->s, last + 1, "-"))
        last++;
    if (!time_inside(x, last + 1, t))
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
        x->told_block = time_block(x, t);
    }
}

static bool starts_time(const times *x, uint32_t t)
{
    str form = scan_form(x->s, t);
    return x->known[t] || (x->s->shape[t] & SHAPE_DIGIT) || scan_is(x->s, t, "the") || scan_is(x->s, t, "a") || scan_is(x->s, t, "an")
           || scan_is(x->s, t, "recent") || form.at[0] == '\'';
}

/* What kind of text it is. News names days ("Monday", "yesterday") or tells no years but those about its own day. */
static bool is_talk(const times *x)
{
    static const char *const speakers[] = {"i", "you", "we", "me", "us", "my", "your", "our"};
    uint32_t count = 0;
    for (uint32_t t = 0; t < x->s->d->tokens.count; t++)
        count += scan_is_any(x->s, t, speakers, COUNT(speakers));
    return 100 * count > 3 * x->s->d->tokens.count;
}

static void settle_kind(times *x)
{
    enum { SHORT = 300 }; /* tokens; what is longer and names no day, or talks, reports none */
    bool is_long = x->s->d->tokens.count >= SHORT;
    uint32_t far = 0, days = 0, last;
    str value;
    int year;
    for (uint32_t t = 0; t < x->s->d->tokens.count; t++) {
        if (time_year(x, t, &year))
            far += x->now == NO_DAY || year + 2 < day_year(x->now);
        else if (x->known[t] && (time_word(x, t, "day", &last, &value) || (scan_is_upper(x->s, t) && scan_form(x->s, t).len > 5 && time_word(x, t, "weekday", &last, &value))))
            days += !scan_is(x->s, t, "today") && !(t && time_word(x, t - 1, "every", &last, &value)); /* "every Friday" is no day */
    }
    x->news = days > 0 || far < 2;
    x->report = x->news && !(is_long && (!days || is_talk(x)));
}

void find_times(scan *s)
{
    times x = {.s = s, .now = s->now, .told = NO_DAY};
    uint32_t count = s->d->tokens.count;
    x.known = arena_take(s->a, count + 1u, 1);
    for (uint32_t t = 0; t < count; t++)
        x.known[t] = s->first_piece[t] < s->first_piece[t + 1] && kb_step(s->k, KB_TRIE_TIMES, 0, s->pieces.at[s->first_piece[t]].word) != NONE;
    settle_kind(&x);
    for (uint32_t t = 0; t < count; t++) {
        found f;
        if (!starts_time(&x, t) || !(rule_order(&x, t, &f) || rule_part(&x, t, &f) || rule_plain(&x, t, &f)))
            continue;
        take(&x, t, &f);
        t = f.last;
    }
}
