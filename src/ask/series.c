/* The measure month by month or year by year. */
#include <stdio.h>

#include "ask/inside.h"
#include "write/write.h"

enum { SERIES_MOST = 1200 };

static day period_end(day first, int by)
{
    int year, month, month_day;
    day_split(first, &year, &month, &month_day);
    return by == BY_YEAR ? day_of(year, 12, 31) : day_of(year, month, month_days(year, month));
}

static const char series_columns[] =
    "period:s from:d to:d actor:s recipient:s realm:s documents:i headlines:i stories:i outlets:i enough:b balance:n low:n high:n"
    " without_low:n without_high:n pool:n";

/* Values of one row, as text; those that are not known stay empty. */
typedef struct series_row {
    str cell[17];
    uint32_t count;
} series_row;

static void put(arena *a, series_row *r, const char *format, double value, bool known)
{
    r->cell[r->count++] = known ? arena_format(a, format, value) : (str){"", 0};
}

static void put_day(arena *a, series_row *r, day d)
{
    char text[11];
    day_format(d, text);
    r->cell[r->count++] = arena_copy(a, str_of(text));
}

static series_row row_of(asking *q, const measure *m, const reading *read, const uint32_t powers[2], int realm, int by)
{
    static const char *const realms[] = {"words", "deeds"};
    arena *a = q->memory;
    series_row r = {.count = 0};
    bool any = reading_any(read), told = any && m->enough;
    put_day(a, &r, read->from);
    r.cell[0].len = by == BY_YEAR ? 4 : 7;
    put_day(a, &r, read->from);
    put_day(a, &r, read->to);
    r.cell[r.count++] = kb_entity_at(q->k, powers[0]).identifier;
    r.cell[r.count++] = kb_entity_at(q->k, powers[1]).identifier;
    r.cell[r.count++] = str_of(realms[realm]);
    put(a, &r, "%.0f", (double)read->documents, true);
    put(a, &r, "%.0f", (double)read->headlines, true);
    put(a, &r, "%.0f", m->stories, any);
    put(a, &r, "%.0f", m->outlets, any);
    put(a, &r, "%.0f", m->enough, any);
    const double values[] = {m->balance, m->low, m->high, m->without_low, m->without_high, m->pool};
    for (size_t i = 0; i < COUNT(values); i++)
        put(a, &r, "%.3f", values[i], told);
    return r;
}

static void print_period(asking *q, uint32_t a, uint32_t b, day from, day to, int by, char separator, buffer *out)
{
    int64_t numbers[2] = {asking_power(q, a), asking_power(q, b)};
    reading read = reading_of(q, from - 1, to);
    ask_acts acts = {0};
    for (int way = 0; way < 2; way++) {
        acts_wish w = {numbers[way], numbers[!way], from - 1, to, to, false};
        acts_find(q, &w, way, &acts);
    }
    for (int way = 0; way < 2; way++)
        for (int realm = 0; realm < 2; realm++) {
            measure_set usual = pool_of(q, from - 1, to, realm), m = acts_measured(q, acts.at, acts.count, way, realm);
            measure conduct;
            measure_conduct(m.at, m.count, m.outlets, usual.at, usual.count, 1, &conduct);
            series_row r = row_of(q, &conduct, &read, way ? (uint32_t[]){b, a} : (uint32_t[]){a, b}, realm, by);
            rows_row(series_columns, r.cell, separator, out);
        }
}

int ask_series(ledger *l, const kb *k, arena *memory, const series_wish *w, char separator, buffer *out, entente_error *ret_error)
{
    asking q = {l, k, memory, 0, ret_error};
    date all = reading_days(&q);
    day from = w->from == NO_DAY ? all.from : w->from, to = w->to == NO_DAY ? all.to : w->to;
    if (q.code)
        return q.code;
    if (from == NO_DAY || to == NO_DAY)
        return error_set(ret_error, ENTENTE_USAGE, STR("--from"), UINT64_MAX, "the ledger holds no dated document; say which days are meant");
    if ((to - from) / (w->by == BY_YEAR ? 365 : 28) > SERIES_MOST)
        return error_set(ret_error, ENTENTE_USAGE, STR("--from"), UINT64_MAX, "a series has at most %d months or years", SERIES_MOST);
    rows_head(series_columns, separator, out);
    for (day end; from <= to; from = end + 1) {
        end = MIN(period_end(from, w->by), to);
        print_period(&q, w->a, w->b, from, end, w->by, separator, out);
    }
    return q.code;
}
