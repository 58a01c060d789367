/* Members of intergovernmental bodies. */
#include <stdlib.h>

#include "kb/build.h"

const char *const kb_member_names[MEMBER_STATUS_COUNT] = {"full", "associate", "observer", "suspended", "frozen"};

static void member_read(kb_builder *b, const kb_entry *e, const kb_field *f, kb_disk_member m)
{
    kb_span s;
    if (!kb_span_read(b, e, f, 2, &s))
        return;
    int status = kb_number_of(s.words, kb_member_names, MEMBER_STATUS_COUNT);
    if (status < 0) {
        kb_fault(b, f->line, "'%.*s' is no way to be a member", (int)s.words.len, s.words.at);
        return;
    }
    m.status = (uint8_t)status;
    m.doubtful = s.doubtful;
    m.spell = s.spell;
    m.line = f->line;
    for (uint32_t i = 0; i < s.who.count; i++) {
        if (s.who.at[i].a == NONE || s.who.at[i].b != NONE) {
            kb_fault(b, f->line, "a member is one power");
            continue;
        }
        m.member = s.who.at[i].a;
        kb_append(b, KB_MEMBERS, &m, sizeof m);
    }
}

void kb_compile_body(kb_builder *b, const kb_entry *e)
{
    kb_disk_member m = {.body = kb_put(b, e->rest), .organisation = map_get(b->entities, e->rest), .known_until = e->known_until};
    if (m.organisation == NONE && !kb_field_of(e, "name"))
        kb_entity_wanted(b, e->line, e->rest);
    m.citation = kb_put(b, kb_cited(b, e));
    for (uint32_t i = 0; i < e->fields.count; i++) {
        const kb_field *f = &e->fields.at[i];
        if (str_is(f->key, "member"))
            member_read(b, e, f, m);
        else if (!str_is(f->key, "cite") && !str_is(f->key, "name"))
            kb_fault(b, f->line, "a body has no field '%.*s'", (int)f->key.len, f->key.at);
    }
}

static int compare_members(const void *x, const void *y)
{
    const kb_disk_member *a = x, *b = y;
    if (a->organisation != b->organisation)
        return a->organisation < b->organisation ? -1 : 1;
    if (a->body.at != b->body.at) /* bodies that are no entities */
        return a->body.at < b->body.at ? -1 : 1;
    if (a->member != b->member)
        return a->member < b->member ? -1 : 1;
    if (a->spell.from != b->spell.from)
        return a->spell.from < b->spell.from ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

void kb_finish_bodies(kb_builder *b)
{
    kb_disk_member *all = (void *)b->section[KB_MEMBERS].at;
    uint32_t count = kb_count(b, KB_MEMBERS, sizeof *all);
    if (count)
        qsort(all, count, sizeof *all, compare_members);
    for (uint32_t i = 1; i < count; i++) {
        const kb_disk_member *x = &all[i - 1], *y = &all[i];
        if (x->body.at == y->body.at && x->member == y->member && kb_spells_meet(x->spell, y->spell))
            kb_fault(b, MAX(x->line, y->line), "a membership that overlaps another of the same power");
    }
}

/* ---- looking up ---- */

uint32_t kb_member_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_MEMBERS, sizeof(kb_disk_member), &count);
    return count;
}

kb_member kb_member_at(const kb *k, uint32_t member)
{
    const kb_disk_member *all = kb_records(k, KB_MEMBERS, sizeof *all, NULL), *m = &all[member];
    return (kb_member){kb_string(k, m->body), m->organisation, m->member, m->status, m->doubtful, m->spell,
                       kb_string(k, m->citation), m->known_until, m->line};
}

uint32_t kb_member_find(const kb *k, uint32_t organisation, uint32_t member, day on)
{
    uint32_t low = 0, high = kb_member_count(k), count = high;
    const kb_disk_member *all = kb_records(k, KB_MEMBERS, sizeof *all, NULL);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const kb_disk_member *m = &all[middle];
        if (m->organisation < organisation || (m->organisation == organisation && m->member < member))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count && all[low].organisation == organisation && all[low].member == member; low++)
        if (kb_holds(all[low].spell, on) && !all[low].doubtful)
            return low;
    return NONE;
}
