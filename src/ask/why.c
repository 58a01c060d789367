/* Any line of an answer, opened down to sentence, document, date and rule. */
#include <stdio.h>

#include "ask/inside.h"
#include "write/write.h"

static void row(buffer *out, const char *label, str value)
{
    if (!value.len)
        return;
    buffer_format(out, "  %-10s ", label);
    for (uint32_t i = 0; i < value.len; i++)
        buffer_char(out, value.at[i] == '\n' ? ' ' : value.at[i]);
    buffer_char(out, '\n');
}

static void row_text(buffer *out, const char *label, const char *value)
{
    row(out, label, str_of(value));
}

/* ---- what all findings share ---- */

/* The columns that every question asks after its own, in this order. */
#define COMMON \
    " x.text, d.title, d.outlet, d.published, d.url, d.origin, d.id, x.offset, r.place, r.text, u.version, u.knowledge, d.superseded"
#define JOINS(table) \
    " JOIN documents d ON d.number = f.document LEFT JOIN sentences x ON x.key = f.sentence LEFT JOIN rules r ON r.number = f.rule" \
    " JOIN runs u ON u.number = d.run WHERE f.key = " LEDGER_FIND(table)

static void say_common(const ledger_cursor *c, int at, buffer *out)
{
    static const char *const labels[] = {"sentence", "title", "outlet", "published", "address", "origin", "document"};
    for (int i = 0; i < (int)COUNT(labels); i++)
        row(out, labels[i], ledger_text(c, at + i));
    char text[200];
    if (!ledger_is_null(c, at + 7)) {
        snprintf(text, sizeof text, "%lld, byte of the page where the paragraph begins", (long long)ledger_int(c, at + 7));
        row_text(out, "stands at", text);
    }
    str place = ledger_text(c, at + 8);
    row(out, "rule", place);
    row(out, "", ledger_text(c, at + 9));
    str version = ledger_text(c, at + 10), knowledge = ledger_text(c, at + 11);
    snprintf(text, sizeof text, "entente %.*s, knowledge %.*s", (int)MIN(version.len, 40), version.at ? version.at : "",
             (int)MIN(knowledge.len, 12), knowledge.at ? knowledge.at : "");
    row_text(out, "coded by", text);
    if (!ledger_is_null(c, at + 12))
        row_text(out, "note", "superseded by a newer coding");
}

/* What was decided of a finding or a document, in the order of deciding. */
static void say_decisions(asking *q, str id, buffer *out)
{
    ledger_cursor c = ledger_ask(q->l, "SELECT CASE what WHEN 'reject' THEN 'rejected' WHEN 'restore' THEN 'restored' ELSE 'settled' END,"
        " substr(made, 1, 10) || ' by ' || IFNULL(who, '?') || IFNULL(', as ' || value, '') || ': ' || IFNULL(because, '?')"
        " FROM corrections WHERE id = ? AND what IN ('reject', 'restore', 'date') ORDER BY number");
    ledger_bind_text(&c, id);
    while (ledger_next(&c)) {
        char label[12];
        str what = ledger_text(&c, 0);
        snprintf(label, sizeof label, "%.*s", (int)what.len, what.at);
        row(out, label, ledger_text(&c, 1));
    }
    asking_end(q, &c);
}

/* ---- events ---- */

static void say_side(asking *q, const char *label, const char *sql, int64_t event, buffer *out)
{
    buffer names = {0};
    ledger_cursor c = ledger_ask(q->l, sql);
    ledger_bind_int(&c, event);
    while (ledger_next(&c)) {
        str name = ledger_text(&c, 0), code = ledger_text(&c, 1), sector = ledger_text(&c, 2);
        buffer_format(&names, "%s%.*s (%.*s%s%.*s)", names.len ? "; " : "", (int)name.len, name.at ? name.at : "", (int)code.len,
                      code.at ? code.at : "", sector.len ? "." : "", (int)sector.len, sector.at ? sector.at : "");
    }
    asking_end(q, &c);
    row(out, label, (str){names.at, (uint32_t)names.len});
    buffer_free(&names);
}

static void say_reports(asking *q, int64_t event, buffer *out)
{
    ledger_cursor c = ledger_ask(q->l,
        "SELECT DISTINCT d.outlet, d.origin FROM reports m JOIN reports o ON o.a = m.a AND o.b = m.b AND o.type = m.type"
        " AND o.day BETWEEN m.anchor AND m.anchor + ?2 AND o.anchor = m.anchor AND o.seq = m.seq AND o.event <> m.event JOIN events e ON e.key = o.event"
        " JOIN documents d ON d.number = e.document WHERE m.event = ?1 ORDER BY 1, 2 LIMIT 10");
    ledger_bind_int(&c, event);
    ledger_bind_int(&c, LEDGER_REACH);
    while (ledger_next(&c)) {
        char text[400];
        str outlet = ledger_text(&c, 0), origin = ledger_text(&c, 1);
        snprintf(text, sizeof text, "%.*s, %.*s", (int)MIN(outlet.len, 100), outlet.at ? outlet.at : "", (int)MIN(origin.len, 250),
                 origin.at ? origin.at : "");
        row_text(out, "also told", text);
    }
    asking_end(q, &c);
}

static bool why_event(asking *q, str id, buffer *out)
{
    ledger_cursor c = ledger_ask(q->l, "SELECT f.key, f.event, f.modes, f.contexts, f.date_from, f.date_to, f.auxiliary, f.cameo,"
                                    " f.confidence," COMMON " FROM events f" JOINS("events"));
    ledger_bind_int(&c, ledger_id(id));
    bool found = ledger_next(&c);
    if (found) {
        str type = ledger_text(&c, 1), modes = ledger_text(&c, 2);
        buffer_format(out, "event %.*s: %.*s%s%.*s\n", (int)id.len, id.at, (int)type.len, type.at, modes.len ? "/" : "",
                      (int)modes.len, modes.at ? modes.at : "");
        int64_t key = ledger_int(&c, 0);
        say_side(q, "actor", "SELECT e.name, e.code, e.sector FROM event_actors a JOIN entities e ON e.key = a.entity WHERE a.event = ?", key, out);
        say_side(q, "recipient", "SELECT e.name, e.code, e.sector FROM event_recipients a JOIN entities e ON e.key = a.entity WHERE a.event = ?", key, out);
        row(out, "date", ledger_text(&c, 4));
        row(out, "contexts", ledger_text(&c, 3));
        row(out, "auxiliary", ledger_text(&c, 6));
        row(out, "CAMEO", ledger_text(&c, 7));
        char confidence[20];
        snprintf(confidence, sizeof confidence, "%.2f", ledger_real(&c, 8));
        row_text(out, "confidence", confidence);
        say_common(&c, 9, out);
        say_reports(q, key, out);
    }
    asking_end(q, &c);
    return found;
}

/* ---- statements and claims ---- */

static bool why_statement(asking *q, str id, buffer *out)
{
    ledger_cursor c = ledger_ask(q->l, "SELECT f.kind, w.name, w.role, f.date_from, f.start, f.\"end\"," COMMON
                                    " FROM statements f LEFT JOIN entities w ON w.key = f.speaker" JOINS("statements"));
    ledger_bind_int(&c, ledger_id(id));
    bool found = ledger_next(&c);
    if (found) {
        str kind = ledger_text(&c, 0);
        buffer_format(out, "statement %.*s: %.*s\n", (int)id.len, id.at, (int)kind.len, kind.at);
        row(out, "speaker", ledger_text(&c, 1));
        row(out, "role", ledger_text(&c, 2));
        row(out, "said on", ledger_text(&c, 3));
        say_common(&c, 6, out);
    }
    asking_end(q, &c);
    return found;
}

static bool why_claim(asking *q, str id, buffer *out)
{
    ledger_cursor c = ledger_ask(q->l,
        "SELECT f.tie, f.holds, f.change, f.formal, f.practical, w.name, w.role, f.side, p.name, q.name," COMMON
        " FROM claims f LEFT JOIN statements t ON t.key = f.statement LEFT JOIN entities w ON w.key = t.speaker"
        " JOIN entities p ON p.key = f.first JOIN entities q ON q.key = f.second" JOINS("claims"));
    ledger_bind_int(&c, ledger_id(id));
    bool found = ledger_next(&c);
    if (found) {
        str tie = ledger_text(&c, 0), a = ledger_text(&c, 8), b = ledger_text(&c, 9);
        buffer_format(out, "claim %.*s: %.*s and %.*s, %.*s %s%s%s\n", (int)id.len, id.at, (int)a.len, a.at, (int)b.len, b.at,
                      (int)tie.len, tie.at, ledger_int(&c, 1) ? "yes" : "no", ledger_int(&c, 3) ? ", formally" : "",
                      ledger_int(&c, 4) ? ", practically" : "");
        row(out, "speaker", ledger_text(&c, 5));
        row(out, "role", ledger_text(&c, 6));
        row(out, "side", ledger_text(&c, 7));
        row(out, "change", ledger_text(&c, 2));
        say_common(&c, 10, out);
    }
    asking_end(q, &c);
    return found;
}

static bool why_document(asking *q, str id, buffer *out)
{
    static const char *const labels[] = {"title", "outlet", "published", "kind", "address", "origin", "text says"};
    ledger_cursor c = ledger_ask(q->l, "SELECT title, outlet, published, kind, url, origin, content_from, conflict AND settled IS NULL FROM documents"
                                    " WHERE id = ? AND superseded IS NULL");
    ledger_bind_text(&c, id);
    bool found = ledger_next(&c);
    if (found)
        buffer_format(out, "document %.*s\n", (int)id.len, id.at);
    for (int i = 0; found && i < (int)COUNT(labels); i++)
        row(out, labels[i], ledger_text(&c, i));
    if (found && ledger_int(&c, 7))
        row_text(out, "note", "page date and text contradict each other: kept out of every series until somebody settles the date");
    asking_end(q, &c);
    return found;
}

/* ---- ties ---- */

static bool why_tie(const kb *k, str identifier, buffer *out)
{
    for (uint32_t i = 0; i < kb_tie_count(k); i++) {
        kb_tie t = kb_tie_at(k, i);
        if (!str_equal(t.identifier, identifier))
            continue;
        char day_text[11] = "";
        buffer_format(out, "tie %.*s\n", (int)identifier.len, identifier.at);
        row(out, "instrument", t.name);
        row(out, "kind", t.kind);
        day_format(t.signed_on, day_text);
        row_text(out, "signed", day_text);
        day_format(t.force, day_text);
        row_text(out, "in force", day_text);
        for (int o = 0; o < OWES_COUNT; o++)
            if (t.owes >> o & 1)
                row_text(out, "owes", kb_owes_names[o]);
        row(out, "article", t.article);
        row(out, "citation", t.citation);
        kb_place_of_line at = kb_line(k, t.line);
        buffer_format(out, "  %-10s %.*s:%u\n", "written", (int)at.file.len, at.file.at, at.number);
        return true;
    }
    return false;
}

int ask_why(ledger *l, const kb *k, str id, buffer *out, entente_error *ret_error)
{
    asking q = {l, k, NULL, 0, ret_error};
    bool tie = str_starts(id, "tie:");
    bool found = tie ? why_tie(k, str_part(id, 4, id.len), out)
                     : why_event(&q, id, out) || why_claim(&q, id, out) || why_statement(&q, id, out) || why_document(&q, id, out);
    if (found && !tie)
        say_decisions(&q, id, out);
    if (q.code || found)
        return q.code;
    return error_set(ret_error, ENTENTE_USAGE, id, UINT64_MAX, "no finding, document or tie of this id is in the ledger");
}
