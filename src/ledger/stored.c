/* What counts of a document, read back from the rows that were kept of it: its events as stories are made of them. Where no sentence was kept
 * (--text none) its words cannot be compared with others'. */
#include <stdlib.h>

#include "ledger/inside.h"

static str column(sqlite3_stmt *row, int number)
{
    const char *at = (const char *)sqlite3_column_text(row, number);
    return at ? (str){at, (uint32_t)sqlite3_column_bytes(row, number)} : (str){"", 0};
}

static day stored_day(sqlite3_stmt *row, int number)
{
    date d = NO_DATE;
    str s = column(row, number);
    date_parse(str_part(s, 0, MIN(s.len, 10)), &d);
    return d.from;
}

static uint8_t auxiliary_of(str words)
{
    uint8_t set = 0;
    str one;
    while (str_next(&words, ' ', &one)) {
        uint32_t bit = name_find(auxiliary_names, AUXILIARY_COUNT, one);
        set |= bit == NONE ? 0 : (uint8_t)(1 << bit);
    }
    return set;
}

static dated read_head(ledger *l, int64_t document)
{
    dated d = {NO_DAY, NO_DAY, NO_DAY, false, 0};
    char outlet[1024] = "";
    row_start(l, SQL_STORED_HEAD);
    row_int(l, document);
    if (row_next(l)) {
        sqlite3_stmt *row = l->row;
        d = (dated){stored_day(row, 0), stored_day(row, 1), stored_day(row, 2), sqlite3_column_int(row, 3), 0};
        str name = column(row, 4);
        memcpy(outlet, name.at, MIN(name.len, sizeof outlet - 1));
        row_end(l);
    }
    d.outlet = ledger_number_outlet(l, str_of(outlet));
    return d;
}

static told read_event(sqlite3_stmt *row)
{
    told t = {.event = sqlite3_column_int64(row, 0), .finding = sqlite3_column_int64(row, 1),
                  .type = (uint8_t)sqlite3_column_int(row, 2), .auxiliary = auxiliary_of(column(row, 3)),
                  .date = {ledger_day_at(row, 4), ledger_day_at(row, 5)}, .confidence = sqlite3_column_double(row, 6),
                  .mode = ledger_hash(column(row, 7), MODE_BITS), .place = ledger_place(column(row, 8), column(row, 9), column(row, 10)),
                  .letters = ledger_letters(column(row, 11)), .words = ledger_words(column(row, 11)),
                  .seizes = str_lists(column(row, 7), STR("seize")), .speaker = sqlite3_column_int64(row, 12)};
    str country = column(row, 9);
    memcpy(t.country, country.at, MIN(country.len, sizeof t.country - 1));
    return t;
}

static told *read_events(ledger *l, int64_t first_event, int64_t last_event, size_t *ret_count)
{
    told *all = NULL;
    size_t count = 0, room = 0;
    row_start(l, SQL_STORED_EVENTS);
    row_int(l, first_event);
    row_int(l, last_event);
    while (row_next(l)) {
        if (!ledger_grow(l, (void **)&all, count, &room, sizeof *all)) {
            row_end(l);
            break;
        }
        all[count++] = read_event(l->row);
    }
    *ret_count = count;
    return all;
}

static void read_side(ledger *l, int statement, int64_t event, powers *ret)
{
    row_start(l, statement);
    row_int(l, event);
    while (row_next(l))
        ledger_powers_add(ret, sqlite3_column_int64(l->row, 0));
}

void ledger_report_stored(ledger *l, int64_t first_event, int64_t last_event)
{
    size_t count = 0;
    dated d = read_head(l, first_event >> LEDGER_ITEM_BITS);
    told *all = read_events(l, first_event, last_event, &count);
    for (size_t i = 0; i < count && !l->wrong; i++) {
        read_side(l, SQL_STORED_ACTORS, all[i].event, &all[i].actors);
        read_side(l, SQL_STORED_RECIPIENTS, all[i].event, &all[i].recipients);
        ledger_report(l, &d, &all[i]);
    }
    free(all);
}

/* ---- what was read ---- */

void ledger_cover_stored(ledger *l, int64_t document, int sign)
{
    dated d = read_head(l, document);
    row_start(l, SQL_STORED_COUNTS);
    row_int(l, document);
    row_int(l, first_item(document));
    row_int(l, last_item(document));
    if (!row_next(l))
        return;
    int headline = sqlite3_column_int(l->row, 0), events = sqlite3_column_int(l->row, 1);
    row_end(l);
    ledger_cover(l, d.outlet, d.settled != NO_DAY ? d.settled : d.published, sign * !headline, sign * headline, sign * events);
}

/* ---- two codings of one document ---- */

/* Items by their number in the document, so that what differs is where the document's number does not stand. */
#define RULE "(SELECT text FROM rules WHERE number = t.rule)"
#define DIFFER(columns, table)                                                                                               \
    "SELECT EXISTS (SELECT key & 1048575, " columns " FROM " table " t WHERE key BETWEEN ?1 AND ?2 EXCEPT"                      \
    " SELECT key & 1048575, " columns " FROM " table " t WHERE key BETWEEN ?3 AND ?4)"

static const char *const differ[] = {
    DIFFER("identifier, name, type, code, sector, other_sectors, role, office, power", "entities"),
    DIFFER("name, lat, lon, country, feature, geonameid", "places"),
    DIFFER("finding, its_speaker, kind, first_day, last_day, its_place, its_addressee, its_citer, " RULE, "statements"),
    DIFFER("finding, event, modes, contexts, first_day, last_day, its_place, auxiliary, its_statement, goldstein, cameo, thousandths, " RULE, "events"),
    DIFFER("finding, its_first, its_second, a, b, tie, holds, change, formal, practical, its_statement, side, day, " RULE, "claims"),
};

static const char differ_head[] =
    "SELECT count(*) > 1 FROM (SELECT DISTINCT content, url, title, deck, byline, outlet, language, kind, published, published_from,"
    " content_from, content_to, conflict, reference FROM documents WHERE number IN (?1, ?3))";

static bool differs(ledger *l, const char *sql, int64_t old, int64_t new, bool head)
{
    ledger_cursor c = ledger_ask(l, sql);
    const int64_t documents[] = {head ? old : first_item(old), head ? old : last_item(old), head ? new : first_item(new)};
    for (size_t i = 0; i < COUNT(documents); i++)
        ledger_bind_int(&c, documents[i]);
    if (!head)
        ledger_bind_int(&c, last_item(new));
    bool found = ledger_next(&c) && ledger_int(&c, 0);
    ledger_finished(l, &c);
    return found;
}

bool ledger_same_coding(ledger *l, int64_t old, int64_t new)
{
    bool found = !l->wrong && differs(l, differ_head, old, new, true);
    for (size_t i = 0; i < COUNT(differ) && !l->wrong && !found; i++)
        found = differs(l, differ[i], old, new, false) || differs(l, differ[i], new, old, false);
    return !found && !l->wrong;
}
