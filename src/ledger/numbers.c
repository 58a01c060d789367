/* Powers, outlets and rules have numbers, so that a row that names them is short. */
#include <stdio.h>

#include "ledger/inside.h"

int64_t ledger_power(ledger *l, str identifier)
{
    row_start(l, SQL_FIND_POWER);
    row_text(l, identifier);
    return row_number(l);
}

int64_t ledger_number_power(ledger *l, const kb *k, str identifier)
{
    int64_t number = ledger_power(l, identifier);
    if (number || l->wrong || !identifier.len)
        return number;
    uint32_t known = kb_entity_find(k, identifier);
    row_start(l, SQL_PUT_POWER);
    row_text(l, identifier);
    row_text(l, known == NONE ? identifier : kb_entity_at(k, known).name);
    row_int(l, ledger_is_state(k, identifier));
    return row_do(l) ? sqlite3_last_insert_rowid(l->db) : 0;
}

int64_t ledger_number_outlet(ledger *l, str name)
{
    if (!name.len)
        name = STR("(unknown)");
    row_start(l, SQL_FIND_OUTLET);
    row_text(l, name);
    int64_t number = row_number(l);
    if (number || l->wrong)
        return number;
    row_start(l, SQL_PUT_OUTLET);
    row_text(l, name);
    return row_do(l) ? sqlite3_last_insert_rowid(l->db) : 0;
}

/* A rule is kept with its words, so that `why` can tell them when the knowledge has long moved on. 0 for none. */
int64_t ledger_number_rule(ledger *l, const kb *k, uint32_t line, str given)
{
    kb_place_of_line at = kb_line(k, line);
    char place[300];
    if (at.number)
        snprintf(place, sizeof place, "%.*s:%u", (int)at.file.len, at.file.at, at.number);
    else
        snprintf(place, sizeof place, "%.*s", (int)given.len, given.at);
    str text = at.text.len ? at.text : STR("-");
    if (!place[0])
        return 0;
    row_start(l, SQL_FIND_RULE);
    row_name(l, place);
    row_text(l, text);
    int64_t number = row_number(l);
    if (number || l->wrong)
        return number;
    row_start(l, SQL_PUT_RULE);
    row_name(l, place);
    row_text(l, text);
    return row_do(l) ? sqlite3_last_insert_rowid(l->db) : 0;
}

int64_t ledger_id(str hex)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t number = 0;
    for (uint32_t i = 0; i < hex.len; i++) {
        const char *digit = memchr(digits, hex.at[i], 16);
        if (!digit)
            return 0;
        number = number << 4 | (uint64_t)(digit - digits);
    }
    return hex.len == 16 ? (int64_t)number : 0;
}

/* ---- who acts for a power ---- */

bool ledger_is_state(const kb *k, str power)
{
    uint32_t known = kb_entity_find(k, power);
    if (known == NONE)
        return power.len == 3;
    uint8_t class = kb_entity_at(k, known).class;
    return class == CLASS_STATE || class == CLASS_PARTIAL;
}

/* What a state does it does through these; its press, firms, opposition and citizens are not the state. */
static bool is_official(const char *sector)
{
    static const char *const organs[] = {"", "GOV", "MIL", "LEG", "JUD", "SPY", "COP"};
    return name_find(organs, COUNT(organs), str_of(sector)) != NONE;
}

static bool is_power(uint8_t class)
{
    static const uint8_t classes[] = {CLASS_STATE, CLASS_PARTIAL, CLASS_UN, CLASS_EU, CLASS_BODY, CLASS_ARMED};
    return memchr(classes, class, sizeof classes) != NULL;
}

str ledger_power_of(const kb *k, const entity *e)
{
    static const str nobody = {"", 0};
    uint32_t known = e->identifier.len ? kb_entity_find(k, e->identifier) : NONE;
    if (known != NONE && kb_entity_at(k, known).class != CLASS_STATE && is_power(kb_entity_at(k, known).class))
        return kb_entity_at(k, known).identifier;
    uint32_t state = e->code[0] && is_official(e->sector) ? kb_entity_find(k, str_of(e->code)) : NONE;
    return state != NONE && kb_entity_at(k, state).class == CLASS_STATE ? kb_entity_at(k, state).identifier : nobody;
}
