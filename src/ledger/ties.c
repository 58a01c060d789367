/* A copy of what the knowledge says of ties, with its hash, so that a ledger tells by itself what an answer stood on. */
#include "ledger/inside.h"

static bool copied(ledger *l, str hash)
{
    ledger_cursor c = ledger_ask(l, "SELECT 1 FROM knowledge WHERE hash = ?");
    ledger_bind_text(&c, hash);
    bool found = ledger_next(&c);
    ledger_finished(l, &c);
    return found;
}

static void do_plain(ledger *l, const char *sql)
{
    ledger_good(l, sqlite3_exec(l->db, sql, NULL, NULL, NULL));
}

/* A row of the copy that is being filled. */
typedef struct filling {
    ledger *l;
    sqlite3_stmt *row;
    int column;
} filling;

static void bind(filling *f, str s)
{
    int column = ++f->column;
    ledger_good(f->l, s.len ? sqlite3_bind_text(f->row, column, s.at, (int)s.len, SQLITE_TRANSIENT) : sqlite3_bind_null(f->row, column));
}

static void bind_date(filling *f, day d)
{
    char text[11] = "";
    if (d != NO_DAY)
        day_format(d, text);
    bind(f, str_of(text));
}

static void bind_buffer(filling *f, buffer *b)
{
    if (b->failed)
        ledger_good(f->l, SQLITE_NOMEM);
    bind(f, (str){b->at, (uint32_t)b->len});
    buffer_free(b);
}

static void bind_obligations(filling *f, uint8_t owes)
{
    buffer all = {0};
    for (int o = 0; o < OWES_COUNT; o++)
        if (owes >> o & 1)
            buffer_format(&all, "%s%s", all.len ? "|" : "", kb_owes_names[o]);
    bind_buffer(f, &all);
}

static void put_bond(ledger *l, sqlite3_stmt *row, const kb *k, kb_bond b)
{
    kb_tie t = kb_tie_at(k, b.tie);
    buffer rule = {0};
    filling f = {l, row, 0};
    bind(&f, kb_entity_at(k, b.a).identifier);
    bind(&f, kb_entity_at(k, b.b).identifier);
    bind(&f, t.identifier);
    bind(&f, t.name);
    bind(&f, t.kind);
    bind_obligations(&f, t.owes);
    bind(&f, str_of(kb_status_names[b.status]));
    ledger_good(l, sqlite3_bind_int(row, ++f.column, b.doubtful));
    bind_date(&f, b.spell.from);
    bind_date(&f, b.spell.to);
    bind_date(&f, b.since);
    bind(&f, t.article);
    bind(&f, t.citation);
    bind(&f, b.note);
    write_rule(&rule, k, b.line, (str){0});
    bind_buffer(&f, &rule);
    int code = l->wrong ? SQLITE_OK : sqlite3_step(row);
    ledger_good(l, code);
    sqlite3_reset(row);
}

void ledger_copy_ties(ledger *l, const kb *k)
{
    sqlite3_stmt *row = NULL;
    str hash = kb_digest(k);
    if (l->wrong || copied(l, hash))
        return;
    if (l->wrong)
        return;
    do_plain(l, "DELETE FROM ties; DELETE FROM knowledge;");
    ledger_good(l, sqlite3_prepare_v2(l->db, "INSERT INTO ties VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", -1, &row, NULL));
    for (uint32_t i = 0; row && !l->wrong && i < kb_bond_count(k); i++)
        put_bond(l, row, k, kb_bond_at(k, i));
    sqlite3_finalize(row);
    ledger_cursor c = ledger_ask(l, "INSERT INTO knowledge VALUES (?)");
    ledger_bind_text(&c, hash);
    ledger_next(&c);
    ledger_finished(l, &c);
}
