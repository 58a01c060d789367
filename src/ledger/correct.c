/* Corrections: what people decided of documents and findings. Each is a row of its own; what follows from it is made anew
 * from the rows that the document left, so that a ledger corrected and then coded anew is one coded anew and then
 * corrected. */
#include <stdio.h>
#include <stdlib.h>

#include "ledger/inside.h"

void ledger_note(ledger *l, const char *what, str id, str value, str because, str who, str when)
{
    row_start(l, SQL_PUT_CORRECTION);
    row_name(l, what);
    const str texts[] = {id, value, because, who, when};
    for (size_t i = 0; i < COUNT(texts); i++)
        row_text(l, texts[i]);
    row_do(l);
    l->corrected = true;
}

/* One query or change with a text and two numbers, those that are not empty; the first column of its first row, or 0. What
 * goes wrong the ledger remembers. */
static int64_t ask(ledger *l, const char *sql, str text, int64_t first, int64_t second)
{
    ledger_cursor c = ledger_ask(l, sql);
    if (text.len)
        ledger_bind_text(&c, text);
    if (first)
        ledger_bind_int(&c, first);
    if (second)
        ledger_bind_int(&c, second);
    int64_t found = !l->wrong && ledger_next(&c) ? ledger_int(&c, 0) : 0;
    ledger_finished(l, &c);
    return found;
}

static void run_plain(ledger *l, const char *sql)
{
    if (!l->wrong)
        ledger_good(l, sqlite3_exec(l->db, sql, NULL, NULL, NULL));
}

/* ---- documents of one piece ---- */

/* A document, or one that was made of it. */
typedef struct piece {
    int64_t number;
    char id[40];
} piece;

typedef struct pieces {
    piece *at;
    size_t count, room;
} pieces;

static void pieces_add(ledger *l, pieces *all, int64_t number, str id)
{
    if (!ledger_grow(l, (void **)&all->at, all->count, &all->room, sizeof *all->at))
        return;
    piece *p = &all->at[all->count++];
    *p = (piece){.number = number};
    memcpy(p->id, id.at, MIN(id.len, sizeof p->id - 1));
}

/* A document with its title and deck as they stand. */
static const char now_sql[] =
    "SELECT d.number, d.id FROM documents p JOIN documents d ON d.number = p.number OR d.origin IN (p.origin || '#title', p.origin || '#deck')"
    " WHERE p.id = ? AND p.superseded IS NULL AND d.superseded IS NULL ORDER BY d.number";
/* A document with all its headlines, and whatever was superseded. */
static const char ever_sql[] =
    "SELECT d.number, d.id FROM documents p JOIN documents d ON d.id = p.id OR d.origin = p.origin || '#title' OR d.origin = p.origin || '#deck'"
    " OR d.origin GLOB replace(replace(replace(p.origin, '[', '[[]'), '*', '[*]'), '?', '[?]') || '#link[0-9]*'"
    " WHERE p.id = ? AND p.superseded IS NULL ORDER BY d.number";

static pieces read_pieces(ledger *l, const char *sql, str id)
{
    pieces all = {0};
    ledger_cursor c = ledger_ask(l, sql);
    ledger_bind_text(&c, id);
    while (!l->wrong && ledger_next(&c))
        pieces_add(l, &all, ledger_int(&c, 0), ledger_text(&c, 1));
    ledger_finished(l, &c);
    return all;
}

/* ---- a settled date ---- */

static const char claims_sql[] =
    "UPDATE claims SET day = ?2 WHERE key BETWEEN ?1 << 20 AND ((?1 + 1) << 20) - 1 AND NOT EXISTS (SELECT 1 FROM statements s"
    " WHERE s.key = claims.statement AND s.date_from IS NOT NULL)";

static int settle(ledger *l, const ledger_correction *c, entente_error *ret_error)
{
    date d;
    if (!date_parse(c->value, &d) || d.from != d.to)
        return error_set(ret_error, ENTENTE_USAGE, c->value, UINT64_MAX, "is no day; write it as 2020-10-15");
    pieces all = read_pieces(l, now_sql, c->id);
    for (size_t i = 0; i < all.count && !l->wrong; i++) {
        int64_t number = all.at[i].number;
        ledger_note(l, "date", str_of(all.at[i].id), c->value, c->because, c->who, c->when);
        ledger_cover_stored(l, number, -1);
        ask(l, "UPDATE documents SET settled = ? WHERE number = ?", c->value, number, 0);
        ledger_cover_stored(l, number, 1);
        ask(l, claims_sql, (str){0}, number, d.from);
        ledger_unreport(l, first_item(number), last_item(number));
        ledger_report_stored(l, first_item(number), last_item(number));
    }
    free(all.at);
    return (int)all.count;
}

/* ---- a false finding, and one that was not ---- */

/* The event of an id as it is coded now, 0 where there is none. */
static int64_t find_event(ledger *l, str id)
{
    return ask(l, "SELECT e.key FROM events e JOIN documents d ON d.number = e.document WHERE e.key = " LEDGER_FIND("events")
                  " AND d.superseded IS NULL", (str){0}, ledger_id(id), 0);
}

static bool is_finding(ledger *l, str id)
{
    static const char *const sql[] = {"SELECT " LEDGER_FIND("events"), "SELECT " LEDGER_FIND("claims"), "SELECT " LEDGER_FIND("statements")};
    bool found = false;
    for (size_t i = 0; i < COUNT(sql) && !found; i++)
        found = ask(l, sql[i], (str){0}, ledger_id(id), 0);
    return found;
}

static int reject(ledger *l, const ledger_correction *c)
{
    int64_t event = find_event(l, c->id);
    if (!event && !is_finding(l, c->id))
        return 0;
    ledger_note(l, "reject", c->id, (str){0}, c->because, c->who, c->when);
    if (event)
        ledger_unreport(l, event, event);
    return 1;
}

static int restore(ledger *l, const ledger_correction *c, entente_error *ret_error)
{
    if (!is_finding(l, c->id))
        return 0;
    if (!ask(l, "SELECT 1 FROM withdrawn WHERE id = ?", c->id, 0, 0))
        return l->wrong ? 0 : error_set(ret_error, ENTENTE_USAGE, c->id, UINT64_MAX, "is not withdrawn, so there is nothing to restore");
    ledger_note(l, "restore", c->id, (str){0}, c->because, c->who, c->when);
    int64_t event = find_event(l, c->id);
    if (event)
        ledger_report_stored(l, event, event);
    return 1;
}

/* ---- a document that goes ---- */

#define SIDE(letter, table) "IFNULL((SELECT ' ' || group_concat('" letter "' || n.power, ' ') FROM " table " s JOIN entities n ON n.key = s.entity" \
                            " WHERE s.event = e.key), '')"
/* The indices of words and facets hold no texts themselves; they are told what to forget. */
static const char *const forget_sql[] = {
    "INSERT INTO words(words, rowid, text) SELECT 'delete', key, text FROM sentences WHERE text IS NOT NULL AND key BETWEEN ? AND ?",
    "INSERT INTO facets(facets, rowid, codes) SELECT 'delete', e.key >> 20, group_concat('t' || t.number || "
    SIDE("a", "event_actors") " || " SIDE("r", "event_recipients") ", ' ') FROM events e JOIN types t ON t.event = e.event"
    " WHERE e.key BETWEEN ? AND ? GROUP BY 2",
    "DELETE FROM event_actors WHERE event BETWEEN ? AND ?",
    "DELETE FROM event_recipients WHERE event BETWEEN ? AND ?",
    "DELETE FROM claims WHERE key BETWEEN ? AND ?",
    "DELETE FROM events WHERE key BETWEEN ? AND ?",
    "DELETE FROM statements WHERE key BETWEEN ? AND ?",
    "DELETE FROM mentions WHERE entity BETWEEN ? AND ?",
    "DELETE FROM entities WHERE key BETWEEN ? AND ?",
    "DELETE FROM places WHERE key BETWEEN ? AND ?",
    "DELETE FROM sentences WHERE key BETWEEN ? AND ?",
};

/* The row stays as the tombstone: what it was, of whom and of which day; nothing of what it said. */
static void forget(ledger *l, const piece *p, const ledger_correction *c)
{
    ledger_cursor url = ledger_ask(l, "SELECT url FROM documents WHERE number = ? AND url LIKE 'http%'");
    ledger_bind_int(&url, p->number);
    bool found = ledger_next(&url) && str_is(c->id, p->id); /* a headline's address is that of another page */
    ledger_note(l, "remove", str_of(p->id), found ? ledger_text(&url, 0) : (str){0}, c->because, c->who, c->when);
    ledger_finished(l, &url);
    ledger_unreport(l, first_item(p->number), last_item(p->number));
    for (size_t i = 0; i < COUNT(forget_sql); i++)
        ask(l, forget_sql[i], (str){0}, first_item(p->number), last_item(p->number));
    ask(l, "UPDATE documents SET title = NULL, deck = NULL, byline = NULL, text = NULL, length = 0, superseded = number WHERE number = ?",
        (str){0}, p->number, 0);
}

static int remove_pieces(ledger *l, const ledger_correction *c)
{
    pieces all = read_pieces(l, ever_sql, c->id);
    for (size_t i = 0; i < all.count && !l->wrong; i++)
        forget(l, &all.at[i], c);
    if (all.count) /* its words must not be found in the file */
        run_plain(l, "INSERT INTO words(words) VALUES ('optimize'); INSERT INTO facets(facets) VALUES ('optimize')");
    free(all.at);
    return (int)all.count;
}

/* ---- the door ---- */

static int apply(ledger *l, const char *what, const ledger_correction *c, entente_error *ret_error)
{
    if (!strcmp(what, "date"))
        return settle(l, c, ret_error);
    if (!strcmp(what, "reject"))
        return reject(l, c);
    if (!strcmp(what, "restore"))
        return restore(l, c, ret_error);
    if (!strcmp(what, "remove"))
        return remove_pieces(l, c);
    return error_set(ret_error, ENTENTE_USAGE, str_of(what), UINT64_MAX, "no such correction; there are date, reject, restore, remove");
}

/* References are checked row by row, which would read the whole ledger for each row that goes; the rows of a document
 * refer to each other alone. What goes is overwritten. */
int ledger_correct(ledger *l, const char *what, const ledger_correction *c, entente_error *ret_error)
{
    int code = l->open ? ledger_commit(l, ret_error) : 0;
    if (code)
        return code;
    run_plain(l, "PRAGMA foreign_keys = OFF; PRAGMA secure_delete = ON");
    ledger_start(l);
    int found = l->wrong ? 0 : apply(l, what, c, ret_error);
    if (!found && !l->wrong)
        found = error_set(ret_error, ENTENTE_USAGE, c->id, UINT64_MAX, "nothing of this id is in the ledger");
    if (found < 0) {
        run_plain(l, "ROLLBACK");
        l->open = false;
    } else {
        ledger_gather(l);
        ledger_finish(l);
    }
    run_plain(l, "PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF");
    code = ledger_outcome(l, ret_error);
    return found < 0 ? found : code;
}

/* ---- lists ---- */

static const struct list {
    const char *name, *columns, *sql;
} lists[] = {
    {"corrections", "made what id value because who",
     "SELECT made, what, id, value, because, who FROM corrections WHERE (?1 = '' OR substr(made, 1, 10) >= ?1)"
     " AND (?2 = '' OR substr(made, 1, 10) <= ?2) ORDER BY made, what, id, number"},
    {"conflicts", "document_id published text_from text_to outlet title origin",
     "SELECT id, substr(published, 1, 10), content_from, content_to, outlet, title, origin FROM documents WHERE conflict"
     " AND settled IS NULL AND superseded IS NULL AND (?1 = '' OR published >= ?1) AND (?2 = '' OR substr(published, 1, 10) <= ?2)"
     " ORDER BY published, id"},
};

static void list_field(buffer *out, str name, str value, bool first, char separator)
{
    if (separator) {
        if (!first)
            buffer_char(out, separator);
        write_csv_field(out, value, separator);
        return;
    }
    buffer_char(out, first ? '{' : ',');
    write_json_str(out, name);
    buffer_char(out, ':');
    write_json_text(out, value);
}

/* A row of the cursor, or the names where there is none. */
static void list_row(buffer *out, const char *columns, const ledger_cursor *c, char separator)
{
    str names = str_of(columns), name;
    for (int i = 0; str_next(&names, ' ', &name); i++)
        list_field(out, name, c ? ledger_text(c, i) : name, !i, separator);
    buffer_text(out, separator ? "\n" : "}\n");
}

int ledger_list(ledger *l, const char *what, str from, str to, char separator, buffer *out, entente_error *ret_error)
{
    const struct list *list = lists;
    while (list < lists + COUNT(lists) && strcmp(list->name, what))
        list++;
    if (list == lists + COUNT(lists))
        return error_set(ret_error, ENTENTE_USAGE, str_of(what), UINT64_MAX, "no such list; there are corrections, conflicts");
    ledger_cursor c = ledger_ask(l, list->sql);
    ledger_bind_text(&c, from);
    ledger_bind_text(&c, to);
    if (separator)
        list_row(out, list->columns, NULL, separator);
    while (ledger_next(&c))
        list_row(out, list->columns, &c, separator);
    return ledger_end(&c, ret_error);
}
