/* Tables for analysis, and the search: each a query with the names of its columns. */
#include <stdio.h>

#include "ask/ask.h"
#include "write/write.h"

enum { COLUMNS = 24 };

/* Days are counted from 1970-01-01 in the tables of stories; people get ISO days. */
#define ISO(day) "date(" day " * 86400, 'unixepoch')"

/* A zero stands only where documents were read in that month or year; where none were there is no row. */
#define PANEL(format)                                                                                                          \
    "WITH spans AS (SELECT strftime('" format "', day * 86400, 'unixepoch') AS span, SUM(documents) AS documents FROM days"      \
    " GROUP BY 1), pairs AS (SELECT DISTINCT a, b FROM stories WHERE NOT party), sums AS (SELECT s.a, s.b,"                      \
    " strftime('" format "', s.day * 86400, 'unixepoch') AS span, SUM(t.quad = 1) AS q1, SUM(t.quad = 2) AS q2,"                 \
    " SUM(t.quad = 3) AS q3, SUM(t.quad = 4) AS q4 FROM stories s JOIN types t ON t.number = s.type WHERE NOT s.party"           \
    " GROUP BY 1, 2, 3) SELECT p.identifier, q.identifier, spans.span, IFNULL(q1, 0), IFNULL(q2, 0), IFNULL(q3, 0),"             \
    " IFNULL(q4, 0), documents FROM pairs JOIN spans JOIN powers p ON p.number = pairs.a JOIN powers q ON q.number = pairs.b"    \
    " LEFT JOIN sums ON sums.a = pairs.a AND sums.b = pairs.b AND sums.span = spans.span ORDER BY 1, 2, 3"

static const struct unit {
    const char *name, *columns, *sql;
} units[] = {
    {"event",
     "event_id document_id date event modes contexts actors recipients auxiliary quad scale goldstein cameo confidence outlet origin rule sentence",
     "SELECT e.id, d.id, e.date_from, e.event, e.modes, e.contexts,"
     " (SELECT group_concat(x.code, ' ') FROM event_actors a JOIN entities x ON x.key = a.entity WHERE a.event = e.key),"
     " (SELECT group_concat(x.code, ' ') FROM event_recipients a JOIN entities x ON x.key = a.entity WHERE a.event = e.key),"
     " e.auxiliary, t.quad, t.scale, e.goldstein, e.cameo, e.confidence, d.outlet, d.origin, r.place, s.text"
     " FROM events e JOIN documents d ON d.number = e.document JOIN types t ON t.event = e.event LEFT JOIN rules r ON r.number = e.rule"
     " LEFT JOIN sentences s ON s.key = e.sentence WHERE d.superseded IS NULL"
     " AND e.id NOT IN (SELECT id FROM corrections WHERE what = 'reject') ORDER BY d.id, e.id"},
    {"statement", "statement_id document_id date speaker speaker_code role kind outlet origin sentence",
     "SELECT f.id, d.id, f.date_from, w.name, w.code, w.role, f.kind, d.outlet, d.origin, s.text FROM statements f"
     " JOIN documents d ON d.number = f.document LEFT JOIN entities w ON w.key = f.speaker LEFT JOIN sentences s ON s.key = f.sentence"
     " WHERE d.superseded IS NULL ORDER BY d.id, f.id"},
    {"claim", "claim_id document_id date a b tie holds change formal practical speaker side outlet origin rule sentence",
     "SELECT f.id, d.id, " ISO("f.day") ", p.identifier, q.identifier, f.tie, f.holds, f.change, f.formal, f.practical, w.name,"
     " f.side, d.outlet, d.origin, r.place, s.text FROM claims f JOIN documents d ON d.number = f.document"
     " LEFT JOIN powers p ON p.number = f.a LEFT JOIN powers q ON q.number = f.b LEFT JOIN statements t ON t.key = f.statement"
     " LEFT JOIN entities w ON w.key = t.speaker LEFT JOIN sentences s ON s.key = f.sentence LEFT JOIN rules r ON r.number = f.rule"
     " WHERE d.superseded IS NULL AND f.id NOT IN (SELECT id FROM corrections WHERE what = 'reject') ORDER BY d.id, f.id"},
    {"tie", "a b instrument name kind obligations status start end since article citation rule",
     "SELECT a, b, instrument, name, kind, obligations, status, start, \"end\", since, article, citation, rule FROM ties"
     " WHERE NOT doubtful ORDER BY 1, 2, 3, 8"},
    {"dyad-month", "actor recipient month verbal_cooperation material_cooperation verbal_conflict material_conflict documents", PANEL("%Y-%m")},
    {"dyad-year", "actor recipient year verbal_cooperation material_cooperation verbal_conflict material_conflict documents", PANEL("%Y")},
};

static uint32_t columns_of(const char *names, str ret[COLUMNS])
{
    str rest = str_of(names), one;
    uint32_t count = 0;
    while (count < COLUMNS && str_next(&rest, ' ', &one))
        ret[count++] = one;
    return count;
}

static void csv_row(const ledger_cursor *c, uint32_t count, char separator, buffer *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            buffer_char(out, separator);
        write_csv_field(out, ledger_text(c, (int)i), separator);
    }
    buffer_char(out, '\n');
}

static void json_row(const ledger_cursor *c, const str *names, uint32_t count, buffer *out)
{
    for (uint32_t i = 0; i < count; i++) {
        buffer_char(out, i ? ',' : '{');
        write_json_str(out, names[i]);
        buffer_char(out, ':');
        write_json_text(out, ledger_text(c, (int)i));
    }
    buffer_text(out, "}\n");
}

static void csv_head(const str *names, uint32_t count, char separator, buffer *out)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            buffer_char(out, separator);
        buffer_str(out, names[i]);
    }
    buffer_char(out, '\n');
}

/* The rows of a query in this format: ',' '\t' or 0 for JSON lines. */
static int print_rows(ledger_cursor *c, const char *columns, char separator, buffer *out, entente_error *ret_error)
{
    str names[COLUMNS];
    uint32_t count = columns_of(columns, names);
    if (separator)
        csv_head(names, count, separator, out);
    while (ledger_next(c)) {
        if (separator)
            csv_row(c, count, separator, out);
        else
            json_row(c, names, count, out);
    }
    return ledger_end(c, ret_error);
}

int ask_export(ledger *l, str unit, char separator, buffer *out, entente_error *ret_error)
{
    for (size_t i = 0; i < COUNT(units); i++)
        if (str_is(unit, units[i].name)) {
            ledger_cursor c = ledger_ask(l, units[i].sql);
            return print_rows(&c, units[i].columns, separator, out, ret_error);
        }
    return error_set(ret_error, ENTENTE_USAGE, unit, UINT64_MAX, "no such unit; there are event, statement, claim, tie, dyad-month, dyad-year");
}

/* ---- search ---- */

/* Words as they are typed become a query of FTS5: each in quotes, all of them wanted. */
static str words_query(arena *a, str words)
{
    str all = {"", 0}, one;
    while (str_next(&words, ' ', &one)) {
        char *plain = arena_copy_terminated(a, one);
        for (char *p = plain; *p; p++)
            *p = *p == '"' ? ' ' : *p;
        if (one.len)
            all = arena_format(a, "%.*s%s\"%s\"", (int)all.len, all.at, all.len ? " " : "", plain);
    }
    return all;
}

static const char find_columns[] = "date event actors recipients outlet event_id sentence";
static const char find_sql[] =
    "SELECT COALESCE(e.date_from, substr(d.published, 1, 10)), e.event,"
    " (SELECT group_concat(x.code, ' ') FROM event_actors a JOIN entities x ON x.key = a.entity WHERE a.event = e.key),"
    " (SELECT group_concat(x.code, ' ') FROM event_recipients a JOIN entities x ON x.key = a.entity WHERE a.event = e.key),"
    " d.outlet, e.id, s.text FROM sentences s JOIN documents d ON d.number = s.document"
    " LEFT JOIN events e ON e.sentence = s.key WHERE d.superseded IS NULL"
    " AND (?1 = '' OR s.key IN (SELECT rowid FROM words WHERE words MATCH ?1))"
    " AND (?2 = '' OR e.event = ?2)"
    " AND (?3 = '' OR EXISTS (SELECT 1 FROM event_actors a JOIN entities x ON x.key = a.entity JOIN powers p ON p.number = x.power"
    "                         WHERE a.event = e.key AND p.identifier = ?3))"
    " AND (?4 = '' OR EXISTS (SELECT 1 FROM event_recipients a JOIN entities x ON x.key = a.entity JOIN powers p ON p.number = x.power"
    "                         WHERE a.event = e.key AND p.identifier = ?4))"
    " AND (?5 = '' OR COALESCE(e.date_from, d.published) >= ?5) AND (?6 = '' OR COALESCE(e.date_from, substr(d.published, 1, 10)) <= ?6)"
    " ORDER BY 1 DESC, e.id LIMIT ?7";

int ask_find(ledger *l, arena *a, const search *s, char separator, buffer *out, entente_error *ret_error)
{
    ledger_cursor c = ledger_ask(l, find_sql);
    ledger_bind_text(&c, words_query(a, s->words));
    ledger_bind_text(&c, s->type);
    ledger_bind_text(&c, s->actor);
    ledger_bind_text(&c, s->recipient);
    ledger_bind_text(&c, s->from);
    ledger_bind_text(&c, s->to);
    ledger_bind_int(&c, s->limit);
    return print_rows(&c, find_columns, separator, out, ret_error);
}
