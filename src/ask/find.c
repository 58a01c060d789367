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

/* Types and powers as the index of facets has them (add.c). Whoever is not in the ledger has the number 0, which is nobody's. */
static str facets_query(ledger *l, arena *a, const search *s)
{
    char room[96] = "";
    size_t len = 0;
    if (s->type.len)
        len += (size_t)snprintf(room, sizeof room, "t%u", name_find(event_names, EVENT_COUNT, s->type));
    if (s->actor.len)
        len += (size_t)snprintf(room + len, sizeof room - len, " a%lld", (long long)ledger_power(l, s->actor));
    if (s->recipient.len)
        len += (size_t)snprintf(room + len, sizeof room - len, " r%lld", (long long)ledger_power(l, s->recipient));
    return arena_copy(a, (str){room, (uint32_t)len});
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
/* The events of a sentence lie among those of its document, whose keys are one range; the plus keeps SQLite from making an index
 * of all events first. */
#define EVENTS " LEFT JOIN events e ON e.key BETWEEN s.key >> 20 << 20 AND s.key | 1048575 AND +e.its_sentence = (s.key & 1048575)"
/* With words their index leads; with types or powers alone that of the facets, which tells the documents; else all sentences are
 * walked. */
enum { BY_NOTHING, BY_WORDS, BY_FACETS, LEADS };
#define ALL " FROM sentences s JOIN documents d ON d.number = s.document" EVENTS
#define WORDS_LEAD " FROM words w CROSS JOIN sentences s ON s.key = w.rowid JOIN documents d ON d.number = s.document" EVENTS
#define FACETS_LEAD \
    " FROM facets f CROSS JOIN documents d ON d.number = f.rowid CROSS JOIN events e ON e.key BETWEEN d.number << 20 AND (d.number << 20) + 1048575" \
    " JOIN sentences s ON s.key = e.sentence"
#define NO_MATCH " AND ?1 = ''"
#define WORDS_MATCH " AND w.words MATCH ?1"
#define FACETS_MATCH " AND f.facets MATCH ?1"

#define FOUND(from, match) \
    "SELECT " DATE ", e.event, " SIDE("event_actors") ", " SIDE("event_recipients") ", d.outlet, e.id, s.text" from WHERE match \
    " ORDER BY 1 DESC, e.id, s.key LIMIT ?7"
static const char *const found_sql[LEADS] = {FOUND(ALL, NO_MATCH), FOUND(WORDS_LEAD, WORDS_MATCH), FOUND(FACETS_LEAD, FACETS_MATCH)};
static const char find_columns[] = "date:d event:s actors:s recipients:s outlet:s event_id:s sentence:s";

/* MIN or MAX of the dates: of those that are counted in days only one is written out. */
#define COUNTED(end) "date(" end "(e.first_day) * 86400, 'unixepoch')"
#define TOLD(end) end "(CASE WHEN e.first_day IS NULL THEN substr(d.published, 1, 10) END)"
#define OUTMOST(end) "COALESCE(" end "(" COUNTED(end) ", " TOLD(end) "), " COUNTED(end) ", " TOLD(end) ")"
/* Counts of a facet: rows of the search, so that an event with two actors counts for each. */
#define FACET(what, join, from, match) \
    "SELECT " what ", COUNT(DISTINCT s.key), " OUTMOST("MIN") ", " OUTMOST("MAX") from join WHERE match " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?7"
#define FACETS(what, join) \
    {FACET(what, join, ALL, NO_MATCH), FACET(what, join, WORDS_LEAD, WORDS_MATCH), FACET(what, join, FACETS_LEAD, FACETS_MATCH)}
#define POWERS(table) \
    " JOIN " table " fa ON fa.event = e.key JOIN entities fx ON fx.key = fa.entity JOIN powers fp ON fp.number = fx.power"
static const char facet_columns[] = "value:s sentences:i first:d last:d";

static const struct facet {
    const char *name, *sql[LEADS];
} facets[] = {
    {"type", FACETS("e.event", "")},
    {"outlet", FACETS("d.outlet", "")},
    {"month", FACETS("substr(" DATE ", 1, 7)", "")},
    {"year", FACETS("substr(" DATE ", 1, 4)", "")},
    {"actor", FACETS("fp.identifier", POWERS("event_actors"))},
    {"recipient", FACETS("fp.identifier", POWERS("event_recipients"))},
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
    str words = words_query(a, s->words), match = words.len ? words : facets_query(l, a, s);
    int lead = words.len ? BY_WORDS : match.len ? BY_FACETS : BY_NOTHING;
    const char *sql = found_sql[lead], *columns = find_columns;
    for (size_t i = 0; i < COUNT(facets) && s->by.len; i++)
        if (str_is(s->by, facets[i].name)) {
            sql = facets[i].sql[lead];
            columns = facet_columns;
        }
    if (s->by.len && columns == find_columns)
        return error_set(ret_error, ENTENTE_USAGE, s->by, UINT64_MAX, "found things are counted by type, actor, recipient, outlet, month or year");
    *ret_read = reading_of(&q, day_or(s->from, false, DAY_FIRST) - 1, day_or(s->to, true, DAY_LAST));
    if (q.code)
        return q.code;
    ledger_cursor c = ledger_ask(l, sql);
    ledger_bind_text(&c, match);
    ledger_bind_text(&c, s->type);
    ledger_bind_text(&c, s->actor);
    ledger_bind_text(&c, s->recipient);
    ledger_bind_text(&c, s->from);
    ledger_bind_text(&c, last_day(a, s->to));
    ledger_bind_int(&c, s->limit);
    return print_rows(&c, columns, separator, out, ret_rows, ret_error);
}
