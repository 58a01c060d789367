/* Who held which office when. */
#include <stdlib.h>

#include "kb/build.h"

/* "2008-04-09 2014-04-13  Name; Variant", perhaps after a "?". */
static void holder_read(kb_builder *b, const kb_entry *e, const kb_field *f, kb_disk_tenure t)
{
    str rest = f->text, from, to;
    if (rest.len && rest.at[0] == '?') {
        t.doubtful = true;
        rest = str_part(rest, 1, rest.len);
    }
    kb_word_next(&rest, &from);
    kb_word_next(&rest, &to);
    if (!kb_day_read(b, f->line, from, &t.spell.from) || !kb_day_read(b, f->line, to, &t.spell.to))
        return;
    if (t.spell.from == NO_DAY || (t.spell.to != NO_DAY && t.spell.to < t.spell.from))
        kb_fault(b, f->line, "a spell that ends before it begins");
    kb_item item;
    if (!kb_item_next(b, f->line, &rest, &item)) {
        kb_fault(b, f->line, "a holder has a name");
        return;
    }
    t.person = kb_person(b, item.text, f->line);
    t.known_until = e->known_until;
    t.line = f->line;
    while (kb_item_next(b, f->line, &rest, &item))
        kb_add_name(b, item.text, t.person, USE_NAME, false, NO_DATE);
    kb_append(b, KB_TENURES, &t, sizeof t);
}

static bool overlap(date a, date b)
{
    return (b.to == NO_DAY || a.from < b.to) && (a.to == NO_DAY || b.from < a.to);
}

/* An entry holds one holder at a time; what is in doubt may stand beside another. */
static void overlaps_check(kb_builder *b, uint32_t first)
{
    uint32_t count = kb_count(b, KB_TENURES, sizeof(kb_disk_tenure));
    const kb_disk_tenure *all = (const void *)b->section[KB_TENURES].at;
    for (uint32_t i = first; i < count; i++)
        for (uint32_t n = first; n < i; n++)
            if (!all[i].doubtful && !all[n].doubtful && overlap(all[i].spell, all[n].spell))
                kb_fault(b, MAX(all[i].line, all[n].line), "a holder whose days overlap another's of the same office");
}

void kb_compile_office(kb_builder *b, const kb_entry *e)
{
    str rest = e->rest, power, office;
    kb_word_next(&rest, &power);
    if (!kb_word_next(&rest, &office)) {
        kb_fault(b, e->line, "'office POWER OFFICE Title' is wanted");
        return;
    }
    kb_disk_tenure t = {.office = kb_put(b, office), .title = kb_put(b, rest), .power = kb_entity_wanted(b, e->line, power)};
    uint32_t first = kb_count(b, KB_TENURES, sizeof(kb_disk_tenure));
    for (uint32_t i = 0; t.power != NONE && i < e->fields.count; i++)
        if (!str_is(e->fields.at[i].key, "cite"))
            holder_read(b, e, &e->fields.at[i], t);
    overlaps_check(b, first);
}

/* ---- lists by person and by power, in order of begin ---- */

typedef struct order {
    uint32_t entity, tenure;
    day from;
} order;

static int compare_orders(const void *x, const void *y)
{
    const order *a = x, *b = y;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->tenure < b->tenure ? -1 : a->tenure > b->tenure;
}

static void group(kb_builder *b, order *list, uint32_t count, enum kb_section values, enum kb_section ranges)
{
    uint32_t entities = kb_count(b, KB_ENTITIES, sizeof(kb_disk_entity));
    kb_disk_range *of = arena_take(b->arena, entities + 1u, sizeof *of);
    if (count)
        qsort(list, count, sizeof *list, compare_orders);
    for (uint32_t i = 0; i < count; i++) {
        kb_disk_range *r = &of[list[i].entity];
        r->first = r->count ? r->first : i;
        r->count++;
        buffer_add(&b->section[values], &list[i].tenure, sizeof list[i].tenure);
    }
    buffer_add(&b->section[ranges], of, entities * sizeof *of);
}

void kb_finish_offices(kb_builder *b)
{
    uint32_t count = kb_count(b, KB_TENURES, sizeof(kb_disk_tenure));
    const kb_disk_tenure *all = (const void *)b->section[KB_TENURES].at;
    order *list = arena_take(b->arena, count + 1u, sizeof *list);
    for (uint32_t i = 0; i < count; i++)
        list[i] = (order){all[i].person, i, all[i].spell.from};
    group(b, list, count, KB_BY_PERSON, KB_PERSON_RANGES);
    for (uint32_t i = 0; i < count; i++)
        list[i] = (order){all[i].power, i, all[i].spell.from};
    group(b, list, count, KB_BY_POWER, KB_POWER_RANGES);
}
