/* The search: sentences with these words, of these events; or how many there are of each kind. */
#include <stdio.h>

#include "ask/inside.h"

/* Words as they are typed become a query of FTS5: each in quotes, all of them wanted. */
static str words_query(arena *a, str words)
{
    str all = {"", 0}, one;
    while (str_next(&words, ' ', &one)) {
        char *plain = arena_copy_terminated(a, one);
        for (char *p = plain; *p; p++)
            *p = *p == '"' ? ' ' : *p;
        if (str_trim(str_of(plain)).len)
            all = arena_format(a, "%.*s%s\"%s\"", (int)all.len, all.at, all.len ? " " : "", plain);
    }
    return all;
}

#define DATE "COALESCE(e.date_from, substr(d.published, 1, 10))"
#define SIDE(table) "(SELECT group_concat(x.code, ' ') FROM " table " a JOIN entities x ON x.key = a.entity WHERE a.event = e.key)"
#define WHERE                                                                                                                 \
    " WHERE d.superseded IS NULL"                                                     \
    " AND (e.id IS NULL OR e.id NOT IN withdrawn) AND (?2 = '' OR e.event = ?2)"      \
    " AND (?3 = '' OR EXISTS (SELECT 1 FROM event_actors a JOIN entities x ON x.key = a.entity JOIN powers p ON p.number = x.power" \
    " WHERE a.event = e.key AND p.identifier = ?3))"                                                                           \
    " AND (?4 = '' OR EXISTS (SELECT 1 FROM event_recipients a JOIN entities x ON x.key = a.entity JOIN powers p ON p.number = x.power" \
    " WHERE a.event = e.key AND p.identifier = ?4))"                                                                           \
    " AND (?5 = '' OR " DATE " >= ?5) AND (?6 = '' OR " DATE " <= ?6)"
/* The events of a sentence lie among those of its document, whose keys are one range. */
#define EVENTS " LEFT JOIN events e ON e.sentence = s.key AND e.key BETWEEN s.document << 20 AND (s.document << 20) + 1048575"
/* With words their index leads; without, all sentences are walked. */
#define WITH_WORDS " FROM words w CROSS JOIN sentences s ON s.key = w.rowid JOIN documents d ON d.number = s.document" EVENTS
#define ALL_WORDS " FROM sentences s JOIN documents d ON d.number = s.document" EVENTS
#define MATCH " AND w.words MATCH ?1"
#define NO_MATCH " AND ?1 = ''"

#define FOUND(from, match) \
    "SELECT " DATE ", e.event, " SIDE("event_actors") ", " SIDE("event_recipients") ", d.outlet, e.id, s.text" from WHERE match \
    " ORDER BY 1 DESC, e.id, s.key LIMIT ?7"
static const char find_columns[] = "date:d event:s actors:s recipients:s outlet:s event_id:s sentence:s";

/* Counts of a facet: rows of the search, so that an event with two actors counts for each. */
#define FACET(what, join, from, match) \
    "SELECT " what ", COUNT(DISTINCT s.key), MIN(" DATE "), MAX(" DATE ")" from join WHERE match " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?7"
#define FACETS(what, join) {FACET(what, join, ALL_WORDS, NO_MATCH), FACET(what, join, WITH_WORDS, MATCH)}
#define POWERS(table) \
    " JOIN " table " fa ON fa.event = e.key JOIN entities fx ON fx.key = fa.entity JOIN powers f ON f.number = fx.power"
static const char facet_columns[] = "value:s sentences:i first:d last:d";

static const struct facet {
    const char *name, *sql[2];
} facets[] = {
    {"type", FACETS("e.event", "")},
    {"outlet", FACETS("d.outlet", "")},
    {"month", FACETS("substr(" DATE ", 1, 7)", "")},
    {"year", FACETS("substr(" DATE ", 1, 4)", "")},
    {"actor", FACETS("f.identifier", POWERS("event_actors"))},
    {"recipient", FACETS("f.identifier", POWERS("event_recipients"))},
};

static int print_rows(ledger_cursor *c, const char *columns, char separator, buffer *out, uint64_t *ret_rows, entente_error *ret_error)
{
    column all[COLUMNS_MOST];
    str cells[COLUMNS_MOST];
    uint32_t count = columns_of(columns, all);
    *ret_rows = 0;
    rows_head(columns, separator, out);
    for (; ledger_next(c); ++*ret_rows) {
        for (uint32_t i = 0; i < count; i++)
            cells[i] = ledger_text(c, (int)i);
        rows_row(columns, cells, separator, out);
    }
    return ledger_end(c, ret_error);
}

static day day_or(str text, bool last, day other)
{
    date d;
    return date_parse(text, &d) ? (last ? d.to : d.from) : other;
}

/* "2020" as a last day means its end. */
static str last_day(arena *a, str text)
{
    date d;
    char room[11];
    if (!date_parse(text, &d))
        return text;
    day_format(d.to, room);
    return arena_copy(a, str_of(room));
}

int ask_find(ledger *l, arena *a, const search *s, char separator, buffer *out, uint64_t *ret_rows, reading *ret_read,
             entente_error *ret_error)
{
    asking q = {l, NULL, a, 0, ret_error};
    str words = words_query(a, s->words);
    const char *sql = words.len ? FOUND(WITH_WORDS, MATCH) : FOUND(ALL_WORDS, NO_MATCH), *columns = find_columns;
    for (size_t i = 0; i < COUNT(facets) && s->by.len; i++)
        if (str_is(s->by, facets[i].name)) {
            sql = facets[i].sql[words.len > 0];
            columns = facet_columns;
        }
    if (s->by.len && columns == find_columns)
        return error_set(ret_error, ENTENTE_USAGE, s->by, UINT64_MAX, "found things are counted by type, actor, recipient, outlet, month or year");
    *ret_read = reading_of(&q, day_or(s->from, false, DAY_FIRST) - 1, day_or(s->to, true, DAY_LAST));
    if (q.code)
        return q.code;
    ledger_cursor c = ledger_ask(l, sql);
    ledger_bind_text(&c, words);
    ledger_bind_text(&c, s->type);
    ledger_bind_text(&c, s->actor);
    ledger_bind_text(&c, s->recipient);
    ledger_bind_text(&c, s->from);
    ledger_bind_text(&c, last_day(a, s->to));
    ledger_bind_int(&c, s->limit);
    return print_rows(&c, columns, separator, out, ret_rows, ret_error);
}
