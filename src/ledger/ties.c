/* A copy of what the knowledge says of ties, with its hash, so that a ledger tells by itself what an answer stood on. */
#include "ledger/inside.h"

static bool copied(ledger *l, str hash)
{
    ledger_cursor c = ledger_ask(l, "SELECT 1 FROM knowledge WHERE hash = ?");
    ledger_bind_text(&c, hash);
    bool found = ledger_next(&c);
    ledger_end(&c, NULL);
    return found;
}

static void do_plain(ledger *l, const char *sql)
{
    ledger_good(l, sqlite3_exec(l->db, sql, NULL, NULL, NULL));
}

static void bind(sqlite3_stmt *row, int *column, str s)
{
    if (s.len)
        sqlite3_bind_text(row, ++*column, s.at, (int)s.len, SQLITE_TRANSIENT);
    else
        sqlite3_bind_null(row, ++*column);
}

static void bind_date(sqlite3_stmt *row, int *column, day d)
{
    char text[11] = "";
    if (d != NO_DAY)
        day_format(d, text);
    bind(row, column, str_of(text));
}

static void bind_obligations(sqlite3_stmt *row, int *column, uint8_t owes)
{
    buffer all = {0};
    for (int o = 0; o < OWES_COUNT; o++)
        if (owes >> o & 1)
            buffer_format(&all, "%s%s", all.len ? "|" : "", kb_owes_names[o]);
    bind(row, column, (str){all.at, (uint32_t)all.len});
    buffer_free(&all);
}

static void put_bond(ledger *l, sqlite3_stmt *row, const kb *k, kb_bond b)
{
    kb_tie t = kb_tie_at(k, b.tie);
    buffer rule = {0};
    int column = 0;
    write_rule(&rule, k, b.line, (str){0});
    bind(row, &column, kb_entity_at(k, b.a).identifier);
    bind(row, &column, kb_entity_at(k, b.b).identifier);
    bind(row, &column, t.identifier);
    bind(row, &column, t.name);
    bind(row, &column, t.kind);
    bind_obligations(row, &column, t.owes);
    bind(row, &column, str_of(kb_status_names[b.status]));
    sqlite3_bind_int(row, ++column, b.doubtful);
    bind_date(row, &column, b.spell.from);
    bind_date(row, &column, b.spell.to);
    bind_date(row, &column, b.since);
    bind(row, &column, t.article);
    bind(row, &column, t.citation);
    bind(row, &column, b.note);
    bind(row, &column, (str){rule.at, (uint32_t)rule.len});
    int code = sqlite3_step(row);
    ledger_good(l, code == SQLITE_DONE ? SQLITE_OK : code);
    sqlite3_reset(row);
    buffer_free(&rule);
}

void ledger_copy_ties(ledger *l, const kb *k)
{
    sqlite3_stmt *row = NULL;
    str hash = kb_digest(k);
    if (l->wrong || copied(l, hash))
        return;
    do_plain(l, "DELETE FROM ties; DELETE FROM knowledge;");
    ledger_good(l, sqlite3_prepare_v2(l->db, "INSERT INTO ties VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &row, NULL));
    for (uint32_t i = 0; row && !l->wrong && i < kb_bond_count(k); i++)
        put_bond(l, row, k, kb_bond_at(k, i));
    sqlite3_finalize(row);
    ledger_cursor c = ledger_ask(l, "INSERT INTO knowledge VALUES (?)");
    ledger_bind_text(&c, hash);
    ledger_next(&c);
    ledger_end(&c, NULL);
}
