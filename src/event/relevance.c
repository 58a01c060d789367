/* Which acts are of the ledger's concern: news tells of doctors, players and bands with the same verbs as of powers. */
#include "event/inside.h"

/* A power, a body, an office, a party, an armed group, an outlet, somebody known for an office: not one with a nationality and
 * nothing else, nor a reporter. */
static bool is_public(const entity *e)
{
    bool person = e->type == ENTITY_PER && e->known == NONE;
    if (!e->sector[0])
        return !person;
    return !sector_is_private(e->sector) && !(person && !strcmp(e->sector, "JRN"));
}

static bool has_public(const doc *d, const party *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (is_public(&d->entities.at[p->entity[i]]))
            return true;
    return false;
}

/* "Hackers of X broke into a bank of Y": private hands on both sides of a border. */
static bool crosses_border(const doc *d, const party *actors, const party *recipients)
{
    if (!actors->count || !recipients->count)
        return false;
    const char *from = d->entities.at[actors->entity[0]].code, *to = d->entities.at[recipients->entity[0]].code;
    return from[0] && to[0] && strcmp(from, to);
}

bool event_of_state(const entity *e)
{
    static const char *const acting[] = {"", "GOV", "MIL", "COP", "JUD", "LEG", "REB", "OPP", "PRE"};
    for (size_t i = 0; i < COUNT(acting); i++)
        if (!strcmp(e->sector, acting[i]))
            return true;
    return false;
}

bool event_abroad(const coder *c, const party *actors, const party *recipients)
{
    const char *first = actors->count ? c->d->entities.at[actors->entity[0]].code : "";
    const party *sides[] = {actors, recipients};
    for (size_t k = 0; k < COUNT(sides) && first[0]; k++)
        for (uint32_t i = 0; i < sides[k]->count; i++) {
            const char *code = c->d->entities.at[sides[k]->entity[i]].code;
            if (code[0] && strcmp(first, code))
                return true;
        }
    return false;
}

/* People march, strike and are killed without a power on either side. */
static bool is_of_people(uint8_t type)
{
    return type == EVENT_PROTEST || type == EVENT_ASSAULT;
}

/* Deeds leave traces though nobody is told to have done them; words, meetings and inquiries without an author are none. */
static bool is_deed(uint8_t type)
{
    return event_quads[type] == 4 || type == EVENT_AID || type == EVENT_COOPERATE;
}

/* "President Ostheim": an office is told, the power is not. */
static bool is_officer(const coder *c, uint32_t token)
{
    uint32_t n = token == NONE ? NONE : c->m->mention[token];
    return n != NONE && c->d->entities.at[c->d->mentions.at[n].entity].sector[0] && is_public(&c->d->entities.at[c->d->mentions.at[n].entity]);
}

bool event_matters(const coder *c, uint8_t type, uint32_t actor, const party *actors, const party *recipients)
{
    const doc *d = c->d;
    if (is_of_people(type))
        return true;
    if (!actors->count && !is_deed(type) && !is_officer(c, actor))
        return false;
    return has_public(d, actors) || has_public(d, recipients) || crosses_border(d, actors, recipients);
}
