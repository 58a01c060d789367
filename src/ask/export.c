/* Tables for analysis: each a query with the names and types of its columns. */
#include <stdio.h>

#include "ask/inside.h"
#include "write/write.h"

/* Days are counted from 1970-01-01 in the tables of stories; people get ISO days. */
#define ISO(day) "date(" day " * 86400, 'unixepoch')"
#define SPAN(format, day) "strftime('" format "', " day " * 86400, 'unixepoch')"

/* Findings that somebody withdrew are left out; the table of corrections tells them. */
#define STANDS(id) id " NOT IN withdrawn"

/* Every month or year from the first of which anything was read or told to the last. A zero stands only where documents or
 * headlines were read; where none were, a count that is not there is missing. Both directions of an act that its coding makes
 * mutual are one event of one document, so that an undirected count takes it once. ?1: undirected; ?2: the first day that a
 * series may have; ?3 and ?4: the days that are asked for, where they are. */
#define COUNTED(quad) "COUNT(DISTINCT CASE WHEN t.quad = " quad " THEN s.event END) AS q" quad
#define ZERO(quad) "CASE WHEN r.documents + r.headlines > 0 THEN IFNULL(q" quad ", 0) ELSE NULLIF(q" quad ", 0) END"
#define PANEL(format, step)                                                                                                    \
    "WITH RECURSIVE ends AS (SELECT IFNULL(MAX(?3, ?2), MIN(x)) AS low, IFNULL(?4, MAX(y)) AS high FROM (SELECT IFNULL(MIN(CASE WHEN documents THEN day END), MIN(day)) AS x," \
    " IFNULL(MAX(CASE WHEN documents THEN day END), MAX(day)) AS y FROM days WHERE day >= ?2 UNION ALL"                           \
    " SELECT MIN(day), MAX(day) FROM stories WHERE NOT party AND day >= ?2)),"                                                               \
    " firsts AS (SELECT date(low * 86400, 'unixepoch', 'start of " step "') AS first, date(high * 86400, 'unixepoch') AS last FROM ends" \
    " WHERE low <= high UNION ALL SELECT date(first, '+1 " step "'), last FROM firsts WHERE date(first, '+1 " step "') <= last)," \
    " spans AS (SELECT strftime('" format "', first) AS span, date(first, '+1 " step "', '-1 day') AS last FROM firsts),"      \
    " r AS (SELECT " SPAN(format, "day") " AS span, SUM(documents) AS documents, SUM(headlines) AS headlines FROM coverage GROUP BY 1)," \
    " sides AS (SELECT s.a, s.b, ?1 AND p.identifier > q.identifier AS turned FROM (SELECT DISTINCT a, b FROM stories WHERE NOT party) s" \
    " JOIN powers p ON p.number = s.a JOIN powers q ON q.number = s.b),"                                                       \
    " pairs AS (SELECT DISTINCT IIF(turned, b, a) AS a, IIF(turned, a, b) AS b FROM sides),"                                   \
    " sums AS (SELECT IIF(turned, s.b, s.a) AS a, IIF(turned, s.a, s.b) AS b, " SPAN(format, "s.day") " AS span, "             \
    COUNTED("1") ", " COUNTED("2") ", " COUNTED("3") ", " COUNTED("4") " FROM stories s JOIN sides ON sides.a = s.a AND sides.b = s.b" \
    " JOIN types t ON t.number = s.type WHERE NOT s.party GROUP BY 1, 2, 3)"                                                   \
    " SELECT p.identifier, q.identifier, spans.span, spans.last, " ZERO("1") ", " ZERO("2") ", " ZERO("3") ", " ZERO("4")     \
    ", IFNULL(r.documents, 0), IFNULL(r.headlines, 0) FROM pairs JOIN spans JOIN powers p ON p.number = pairs.a"               \
    " JOIN powers q ON q.number = pairs.b LEFT JOIN r ON r.span = spans.span"                                                  \
    " LEFT JOIN sums ON sums.a = pairs.a AND sums.b = pairs.b AND sums.span = spans.span ORDER BY 1, 2, 3"

#define PANEL_COLUMNS \
    " last_day:d verbal_cooperation:i material_cooperation:i verbal_conflict:i material_conflict:i documents:i headlines:i"

const export_unit export_units[EXPORT_UNITS] = {
    {"event", "codings, one a row, asserted or not", 3, 2,
     "event_id:s document_id:s date:d published:d event:s modes:s contexts:s actors:c recipients:c auxiliary:s quad:i scale:n goldstein:n cameo:s"
     " confidence:n outlet:s origin:s rule:s sentence:s",
     "SELECT e.id, d.id, e.date_from, COALESCE(d.settled, substr(d.published, 1, 10)), e.event, e.modes, e.contexts,"
     " (SELECT group_concat(x.code, ' ') FROM event_actors a JOIN entities x ON x.key = a.entity WHERE a.event = e.key),"
     " (SELECT group_concat(x.code, ' ') FROM event_recipients a JOIN entities x ON x.key = a.entity WHERE a.event = e.key),"
     " e.auxiliary, t.quad, t.scale, e.goldstein, e.cameo, e.confidence, d.outlet, d.origin, r.place, s.text"
     " FROM events e JOIN documents d ON d.number = e.document JOIN types t ON t.event = e.event LEFT JOIN rules r ON r.number = e.rule"
     " LEFT JOIN sentences s ON s.key = e.sentence WHERE d.superseded IS NULL AND " STANDS("e.id") " ORDER BY d.id, e.id", false},
    {"story", "acts of one power towards another, each with all its reports", 2, 2,
     "actor:c recipient:c date:d event:s quad:i scale:n reports:i told_by_a_party:b event_id:s outlet:s sentence:s",
     "SELECT p.identifier, q.identifier, " ISO("s.day") ", t.event, t.quad, t.scale, s.reports, s.party, e.id, d.outlet, x.text FROM stories s"
     " JOIN powers p ON p.number = s.a JOIN powers q ON q.number = s.b JOIN types t ON t.number = s.type JOIN events e ON e.key = s.event"
     " JOIN documents d ON d.number = e.document LEFT JOIN sentences x ON x.key = e.sentence ORDER BY 1, 2, s.day, s.type, s.seq", false},
    {"statement", "who said what", 3, 2, "statement_id:s document_id:s date:d published:d speaker:s speaker_code:c role:s kind:s outlet:s origin:s sentence:s",
     "SELECT f.id, d.id, f.date_from, COALESCE(d.settled, substr(d.published, 1, 10)), w.name, w.code, w.role, f.kind, d.outlet, d.origin, s.text FROM statements f"
     " JOIN documents d ON d.number = f.document LEFT JOIN entities w ON w.key = f.speaker LEFT JOIN sentences s ON s.key = f.sentence"
     " WHERE d.superseded IS NULL AND " STANDS("f.id") " ORDER BY d.id, f.id", false},
    {"claim", "what was claimed of the tie between two powers", 2, 2,
     "claim_id:s document_id:s date:d a:c b:c tie:s holds:b change:s formal:b practical:b speaker:s side:s outlet:s origin:s rule:s sentence:s",
     "SELECT f.id, d.id, " ISO("f.day") ", p.identifier, q.identifier, f.tie, f.holds, f.change, f.formal, f.practical, w.name,"
     " f.side, d.outlet, d.origin, r.place, s.text FROM claims f JOIN documents d ON d.number = f.document"
     " LEFT JOIN powers p ON p.number = f.a LEFT JOIN powers q ON q.number = f.b LEFT JOIN statements t ON t.key = f.statement"
     " LEFT JOIN entities w ON w.key = t.speaker LEFT JOIN sentences s ON s.key = f.sentence LEFT JOIN rules r ON r.number = f.rule"
     " WHERE d.superseded IS NULL AND " STANDS("f.id") " ORDER BY d.id, f.id", false},
    {"tie", "treaties, pair by pair, in spells of one status", 7, NONE_OF,
     "a:c b:c instrument:s name:s kind:s obligations:s status:s start:d end:d since:d article:s citation:s rule:s",
     "SELECT a, b, instrument, name, kind, obligations, status, start, \"end\", since, article, citation, rule FROM ties"
     " WHERE NOT doubtful ORDER BY 1, 2, 3, 8", false},
    {"coverage", "what was read, by outlet and day", 1, 1, "outlet:s date:d documents:i headlines:i events:i",
     "SELECT o.name, " ISO("c.day") ", c.documents, c.headlines, c.events FROM coverage c JOIN outlets o ON o.number = c.outlet ORDER BY 1, 2", false},
    {"correction", "what somebody decided, in the order of deciding", 5, NONE_OF, "what:s id:s value:s because:s who:s made:s",
     "SELECT what, id, value, because, who, made FROM corrections ORDER BY number", false},
    {"dyad-month", "stories by month and pair", 3, NONE_OF, "actor:k recipient:k month:m" PANEL_COLUMNS, PANEL("%Y-%m", "month"), true},
    {"dyad-year", "stories by year and pair", 3, NONE_OF, "actor:k recipient:k year:y" PANEL_COLUMNS, PANEL("%Y", "year"), true},
};

/* ---- rows out ---- */

enum { FLUSH = 1 << 16 };

typedef struct pipe_out {
    buffer rows;
    entente_sink *sink;
    void *closure;
    bool failed;
} pipe_out;

static void flush(pipe_out *p)
{
    if (p->rows.len && !p->failed)
        p->failed = p->rows.failed || p->sink(p->closure, p->rows.at, p->rows.len);
    p->rows.len = 0;
}

/* ---- codes ---- */

typedef struct exporting {
    const kb *k;
    const export_unit *unit;
    const export_wish *wish;
    column columns[COLUMNS_MOST];
    uint32_t count;
    buffer codes[COLUMNS_MOST]; /* of the row at hand */
} exporting;

/* Each code of a list in the system that is wanted. A power that has no number in it keeps ours; says whether all have one. */
static bool translate(const exporting *e, str codes, day on, buffer *out)
{
    str one;
    bool all = true;
    out->len = 0;
    for (bool first = true; str_next(&codes, ' ', &one); first = false) {
        uint32_t power = kb_entity_find(e->k, one), number = power == NONE ? 0 : kb_code_of(e->k, (uint32_t)e->wish->system, power, on);
        if (!first)
            buffer_char(out, ' ');
        if (number)
            write_uint(out, number);
        else
            buffer_str(out, one);
        all &= number != 0;
    }
    return all;
}

/* Is the row of a day that was asked for? One of which no day is known is of none. */
static bool in_span(const exporting *e, const ledger_cursor *c)
{
    date of = NO_DATE;
    day from = e->wish->from, to = e->wish->to;
    if (e->unit->of == NONE_OF || (from == NO_DAY && to == NO_DAY))
        return true;
    str told = ledger_text(c, e->unit->of);
    return date_parse(told.len ? told : ledger_text(c, e->unit->dated), &of) && (from == NO_DAY || of.from >= from) && (to == NO_DAY || of.from <= to);
}

/* The cells of the row; false for a row of a panel that the system has no number for. */
static bool read_cells(exporting *e, const ledger_cursor *c, str *cells)
{
    bool keep = true;
    date on = NO_DATE;
    date_parse(ledger_text(c, e->unit->dated), &on);
    for (uint32_t i = 0; i < e->count; i++) {
        cells[i] = ledger_text(c, (int)i);
        if ((e->columns[i].type != 'c' && e->columns[i].type != 'k') || e->wish->system == KB_CODES_ISO || !cells[i].len)
            continue;
        keep &= translate(e, cells[i], on.from, &e->codes[i]) || !e->unit->panel;
        cells[i] = (str){e->codes[i].at, (uint32_t)e->codes[i].len};
    }
    return keep;
}

const export_unit *export_unit_find(str name)
{
    for (size_t i = 0; i < EXPORT_UNITS; i++)
        if (str_is(name, export_units[i].name))
            return &export_units[i];
    return NULL;
}

static int run(ledger *l, exporting *e, pipe_out *p, export_counts *counts, entente_error *ret_error)
{
    str cells[COLUMNS_MOST];
    ledger_cursor c = ledger_ask(l, e->unit->sql);
    if (e->unit->panel) {
        ledger_bind_int(&c, e->wish->undirected);
        ledger_bind_int(&c, ASK_FIRST_DAY);
        ledger_bind_day(&c, e->wish->from);
        ledger_bind_day(&c, e->wish->to);
    }
    rows_head(e->unit->columns, e->wish->separator, &p->rows);
    while (!p->failed && ledger_next(&c)) {
        if (!in_span(e, &c))
            continue;
        if (!read_cells(e, &c, cells)) {
            counts->left_out++;
            continue;
        }
        rows_row(e->unit->columns, cells, e->wish->separator, &p->rows);
        counts->rows++;
        if (p->rows.len > FLUSH)
            flush(p);
    }
    flush(p);
    int code = ledger_end(&c, ret_error);
    if (!code && p->failed)
        code = error_set(ret_error, ENTENTE_IO, str_of(e->unit->name), UINT64_MAX, "cannot be written");
    return code;
}

int export_table(ledger *l, const kb *k, const export_unit *unit, const export_wish *w, entente_sink *sink, void *closure,
                 export_counts *ret_counts, entente_error *ret_error)
{
    exporting e = {.k = k, .unit = unit, .wish = w};
    pipe_out p = {.sink = sink, .closure = closure};
    e.count = columns_of(unit->columns, e.columns);
    *ret_counts = (export_counts){0, 0};
    int code = run(l, &e, &p, ret_counts, ret_error);
    for (uint32_t i = 0; i < COLUMNS_MOST; i++)
        buffer_free(&e.codes[i]);
    buffer_free(&p.rows);
    return code;
}

int ask_export(ledger *l, const kb *k, str unit, const export_wish *w, entente_sink *sink, void *closure, entente_error *ret_error)
{
    const export_unit *u = export_unit_find(unit);
    export_counts counts;
    if (u)
        return export_table(l, k, u, w, sink, closure, &counts, ret_error);
    return error_set(ret_error, ENTENTE_USAGE, unit, UINT64_MAX,
                     "no such unit; there are event, story, statement, claim, tie, coverage, correction, dyad-month, dyad-year");
}
