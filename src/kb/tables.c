/* Ties and memberships: look-ups, and the tables that `kb ties` and `kb memberships` print. */
#include "kb/build.h"

uint32_t kb_tie_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_TIES, sizeof(kb_disk_tie), &count);
    return count;
}

kb_tie kb_tie_at(const kb *k, uint32_t tie)
{
    const kb_disk_tie *all = kb_records(k, KB_TIES, sizeof *all, NULL), *t = &all[tie];
    return (kb_tie){
        .identifier = kb_string(k, t->identifier), .kind = kb_string(k, t->kind), .name = kb_string(k, t->name),
        .article = kb_string(k, t->article), .citation = kb_string(k, t->citation), .owes = (uint8_t)t->owes,
        .signed_on = t->signed_on, .force = t->force, .known_until = t->known_until, .line = t->line};
}

uint32_t kb_bond_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_BONDS, sizeof(kb_disk_bond), &count);
    return count;
}

kb_bond kb_bond_at(const kb *k, uint32_t bond)
{
    const kb_disk_bond *all = kb_records(k, KB_BONDS, sizeof *all, NULL), *p = &all[bond];
    return (kb_bond){.tie = p->tie, .a = p->a, .b = p->b, .status = p->status, .doubtful = p->doubtful, .spell = p->spell,
                     .since = p->since, .note = kb_string(k, p->note), .line = p->line};
}

/* The first bond of a pair that is not before (a, b). */
static uint32_t lower_bound(const kb_disk_bond *all, uint32_t count, uint32_t a, uint32_t b)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (all[middle].a < a || (all[middle].a == a && all[middle].b < b))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t kb_bonds_of(const kb *k, uint32_t a, uint32_t b, uint32_t *ret_first)
{
    uint32_t count, entities = kb_entity_count(k);
    const kb_disk_bond *all = kb_records(k, KB_BONDS, sizeof *all, &count);
    *ret_first = 0;
    if (a >= entities || b >= entities)
        return 0;
    if (str_compare(kb_entity_at(k, a).identifier, kb_entity_at(k, b).identifier) > 0) {
        uint32_t c = a;
        a = b;
        b = c;
    }
    uint32_t first = lower_bound(all, count, a, b), end = first;
    while (end < count && all[end].a == a && all[end].b == b)
        end++;
    *ret_first = first;
    return end - first;
}

uint32_t kb_ties_between(const kb *k, uint32_t a, uint32_t b, day on, kb_bond *ret, uint32_t room)
{
    uint32_t first, count = kb_bonds_of(k, a, b, &first), found = 0;
    for (uint32_t i = first; i < first + count; i++) {
        kb_bond bond = kb_bond_at(k, i);
        if (bond.doubtful || !kb_holds(bond.spell, on))
            continue;
        if (found < room)
            ret[found] = bond;
        found++;
    }
    return found;
}

/* ---- tables ---- */

/* In quotes where the separator or a quote stands in it. */
static void put_cell(buffer *out, str s, char separator, char end)
{
    bool quote = memchr(s.at, separator, s.len) || memchr(s.at, '"', s.len);
    if (quote)
        buffer_char(out, '"');
    for (uint32_t i = 0; i < s.len; i++) {
        if (s.at[i] == '"')
            buffer_char(out, '"');
        buffer_char(out, s.at[i]);
    }
    if (quote)
        buffer_char(out, '"');
    buffer_char(out, end);
}

static void put_spell(buffer *out, date spell, char separator)
{
    char text[11];
    day ends[] = {spell.from, spell.to};
    for (size_t i = 0; i < COUNT(ends); i++) {
        if (ends[i] != NO_DAY) {
            day_format(ends[i], text);
            buffer_text(out, text);
        }
        buffer_char(out, separator);
    }
}

static void put_owes(buffer *out, uint8_t owes, char separator)
{
    for (int i = 0, any = 0; i < OWES_COUNT; i++) {
        if (!(owes & (1u << i)))
            continue;
        if (any++)
            buffer_char(out, '|');
        buffer_text(out, kb_owes_names[i]);
    }
    buffer_char(out, separator);
}

static void put_head(buffer *out, const char *const *names, size_t count, char separator)
{
    for (size_t i = 0; i < count; i++) {
        buffer_text(out, names[i]);
        buffer_char(out, i + 1 < count ? separator : '\n');
    }
}

static str first_of(str names)
{
    str first = {"", 0};
    str_next(&names, ';', &first);
    return str_trim(first);
}

void kb_print_ties(const kb *k, char separator, buffer *out)
{
    static const char *const head[] = {"a", "b", "instrument", "kind", "obligations", "status", "start", "end", "citation"};
    put_head(out, head, COUNT(head), separator);
    for (uint32_t i = 0; i < kb_bond_count(k); i++) {
        kb_bond bond = kb_bond_at(k, i);
        kb_tie tie = kb_tie_at(k, bond.tie);
        if (bond.doubtful || !tie.owes || bond.status == TIE_SIGNED)
            continue;
        put_cell(out, kb_entity_at(k, bond.a).identifier, separator, separator);
        put_cell(out, kb_entity_at(k, bond.b).identifier, separator, separator);
        put_cell(out, first_of(tie.name), separator, separator);
        put_cell(out, tie.kind, separator, separator);
        put_owes(out, tie.owes, separator);
        put_cell(out, str_of(kb_status_names[bond.status]), separator, separator);
        put_spell(out, bond.spell, separator);
        put_cell(out, tie.citation, separator, '\n');
    }
}

void kb_print_memberships(const kb *k, char separator, buffer *out)
{
    static const char *const head[] = {"body", "member", "status", "start", "end", "citation"};
    put_head(out, head, COUNT(head), separator);
    for (uint32_t i = 0; i < kb_member_count(k); i++) {
        kb_member m = kb_member_at(k, i);
        if (m.doubtful)
            continue;
        put_cell(out, m.body, separator, separator);
        put_cell(out, kb_entity_at(k, m.member).identifier, separator, separator);
        put_cell(out, str_of(kb_member_names[m.status]), separator, separator);
        put_spell(out, m.spell, separator);
        put_cell(out, m.citation, separator, '\n');
    }
}
