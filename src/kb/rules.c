/* Readers of patterns and word sets in the open file. */
#include "kb/build.h"

uint32_t kb_lemma(const kb *k, str lemma)
{
    uint32_t room;
    const uint32_t *slots = kb_records(k, KB_LEX_SLOTS, sizeof *slots, &room);
    const kb_disk_lex *all = kb_records(k, KB_LEX, sizeof *all, NULL);
    if (!room)
        return NONE;
    for (uint32_t at = (uint32_t)str_hash(lemma) & (room - 1); slots[at]; at = (at + 1) & (room - 1))
        if (str_equal(kb_string(k, all[slots[at] - 1].lemma), lemma))
            return slots[at] - 1;
    return NONE;
}

static const kb_disk_lex *lex_at(const kb *k, uint32_t lemma)
{
    const kb_disk_lex *all = kb_records(k, KB_LEX, sizeof *all, NULL);
    return &all[lemma];
}

str kb_lemma_text(const kb *k, uint32_t lemma)
{
    return kb_string(k, lex_at(k, lemma)->lemma);
}

uint32_t kb_set_find(const kb *k, const char *name)
{
    uint32_t count;
    const kb_pstr *names = kb_records(k, KB_SETS, sizeof *names, &count);
    str wanted = str_of(name);
    for (uint32_t i = 0; i < count; i++)
        if (names[i].len == wanted.len && str_equal(kb_string(k, names[i]), wanted))
            return i;
    return NONE;
}

uint32_t kb_set_members(const kb *k, uint32_t lemma, uint32_t *ret_first)
{
    *ret_first = lex_at(k, lemma)->member_first;
    return lex_at(k, lemma)->member_count;
}

kb_set_member kb_set_member_at(const kb *k, uint32_t at)
{
    const kb_disk_in_set *all = kb_records(k, KB_SET_MEMBERS, sizeof *all, NULL);
    return (kb_set_member){all[at].set, all[at].before - 1, all[at].line};
}

uint32_t kb_triggers(const kb *k, uint32_t lemma, uint32_t *ret_first)
{
    *ret_first = lex_at(k, lemma)->rule_first;
    return lex_at(k, lemma)->rule_count;
}

uint32_t kb_trigger_at(const kb *k, uint32_t at)
{
    const uint32_t *all = kb_records(k, KB_TRIGGERS, sizeof *all, NULL);
    return all[at];
}

kb_rule kb_rule_at(const kb *k, uint32_t rule)
{
    const kb_disk_rule *all = kb_records(k, KB_RULES, sizeof *all, NULL), *r = &all[rule];
    return (kb_rule){.line = r->line, .slot_first = r->slot_first, .trigger = r->trigger, .slot_count = r->slot_count, .shape = r->shape,
                     .purpose = r->purpose, .type = r->type, .flags = r->flags, .weight = r->weight, .scope = r->scope,
                     .change = r->change, .modes = kb_string(k, r->modes), .cameo = kb_string(k, r->cameo),
                     .contexts = r->contexts};
}

kb_slot kb_slot_at(const kb *k, uint32_t slot)
{
    const kb_disk_slot *all = kb_records(k, KB_RULE_SLOTS, sizeof *all, NULL), *s = &all[slot];
    return (kb_slot){s->preposition, s->word, s->role, s->relation, s->under, s->needed & 1, (uint8_t)(s->needed >> 1)};
}

float kb_goldstein(const kb *k, str cameo)
{
    uint32_t count;
    const kb_disk_cameo *all = kb_records(k, KB_CAMEO, sizeof *all, &count);
    for (uint32_t len = cameo.len; len >= 2; len--)
        for (uint32_t i = 0; i < count; i++)
            if (str_is(str_part(cameo, 0, len), all[i].code))
                return all[i].goldstein;
    return 0;
}
