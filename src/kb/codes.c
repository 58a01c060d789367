/* Numbers of states in other systems: 'codes SYSTEM...', then lines "POWER NUMBER [FROM TO] [words for people]". */
#include <stdlib.h>

#include "kb/build.h"

const char *const kb_code_systems[KB_CODES_COUNT] = {"iso", "cow", "gw"};

static bool is_number(str word)
{
    for (uint32_t i = 0; i < word.len; i++)
        if (word.at[i] < '0' || word.at[i] > '9')
            return false;
    return word.len;
}

/* The spell behind the number, if there is one. */
static bool read_spell(kb_builder *b, uint32_t line, str rest, date *ret)
{
    str from, to;
    *ret = NO_DATE;
    if (!kb_word_next(&rest, &from))
        return true;
    if (!kb_word_next(&rest, &to)) {
        kb_fault(b, line, "a second date, or '-', is wanted");
        return false;
    }
    return kb_day_read(b, line, from, &ret->from) && kb_day_read(b, line, to, &ret->to);
}

static void read_code(kb_builder *b, const kb_field *f, uint32_t systems)
{
    str rest = f->rest, number;
    int64_t value = 0;
    kb_disk_code c = {.power = kb_entity_wanted(b, f->line, f->key), .line = f->line};
    if (!kb_word_next(&rest, &number) || !is_number(number) || !str_to_int(number, &value) || value < 1 || value > 9999) {
        kb_fault(b, f->line, "a number from 1 to 9999 is wanted");
        return;
    }
    c.number = (uint32_t)value;
    if (c.power == NONE || !read_spell(b, f->line, rest, &c.spell))
        return;
    for (c.system = 0; c.system < KB_CODES_COUNT; c.system++)
        if (systems >> c.system & 1)
            kb_append(b, KB_CODES, &c, sizeof c);
}

void kb_compile_codes(kb_builder *b, const kb_entry *e)
{
    str rest = e->rest, word;
    uint32_t systems = 0;
    while (kb_word_next(&rest, &word)) {
        int system = kb_number_of(word, kb_code_systems, KB_CODES_COUNT);
        if (system <= KB_CODES_ISO)
            kb_fault(b, e->line, "'%.*s' is no system of numbers; there are cow and gw", (int)word.len, word.at);
        else
            systems |= 1u << system;
    }
    kb_cited(b, e);
    for (uint32_t i = 0; i < e->fields.count; i++)
        if (!str_is(e->fields.at[i].key, "cite"))
            read_code(b, &e->fields.at[i], systems);
}

static int compare_codes(const void *x, const void *y)
{
    const kb_disk_code *a = x, *b = y;
    if (a->system != b->system)
        return a->system < b->system ? -1 : 1;
    if (a->power != b->power)
        return a->power < b->power ? -1 : 1;
    if (a->spell.from != b->spell.from)
        return a->spell.from < b->spell.from ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

void kb_finish_codes(kb_builder *b)
{
    kb_disk_code *all = (void *)b->section[KB_CODES].at;
    uint32_t count = kb_count(b, KB_CODES, sizeof *all);
    if (count)
        qsort(all, count, sizeof *all, compare_codes);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t j = i + 1; j < count; j++) {
            if (all[i].system != all[j].system || !kb_spells_meet(all[i].spell, all[j].spell))
                continue;
            if (all[i].number == all[j].number)
                kb_fault(b, MAX(all[i].line, all[j].line), "%s number %u means two powers on one day", kb_code_systems[all[i].system], all[i].number);
            else if (all[i].power == all[j].power)
                kb_fault(b, MAX(all[i].line, all[j].line), "a power has two %s numbers on one day", kb_code_systems[all[i].system]);
        }
}

/* ---- looking up ---- */

uint32_t kb_code_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_CODES, sizeof(kb_disk_code), &count);
    return count;
}

kb_code kb_code_at(const kb *k, uint32_t code)
{
    const kb_disk_code *all = kb_records(k, KB_CODES, sizeof *all, NULL), *c = &all[code];
    return (kb_code){c->system, c->number, c->power, c->spell};
}

uint32_t kb_code_of(const kb *k, uint32_t system, uint32_t power, day on)
{
    uint32_t count = kb_code_count(k), low = 0, high = count;
    const kb_disk_code *all = kb_records(k, KB_CODES, sizeof *all, NULL);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (all[middle].system < system || (all[middle].system == system && all[middle].power < power))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && all[low].system == system && all[low].power == power; low++)
        if (kb_holds(all[low].spell, on))
            return all[low].number;
    return 0;
}
