/* Entities of the document: code and sector as of its day. */
#include "mention/inside.h"

void entity_set_code(entity *e, str code)
{
    memset(e->code, 0, sizeof e->code);
    if (code.len == 3)
        memcpy(e->code, code.at, 3);
}

/* "PTY OPP": the first is the sector, the others follow. */
void entity_set_sector(entity *e, str sectors)
{
    memset(e->sector, 0, sizeof e->sector);
    str rest = sectors, first;
    if (str_next(&rest, ' ', &first) && first.len == 3) {
        memcpy(e->sector, first.at, 3);
        e->other_sectors = str_trim(rest);
    }
}

void entity_inherits(scan *s, uint32_t to_number, uint32_t from_number)
{
    const entity *from = &s->d->entities.at[from_number];
    entity *to = &s->d->entities.at[to_number];
    if (!to->code[0]) {
        memcpy(to->code, from->code, sizeof to->code);
        to->country = from->country;
    }
    /* "the nation", "the army" that came to mean a state make no civilian or soldier of it */
    bool state = to->known != NONE && kb_entity_at(s->k, to->known).class <= CLASS_PARTIAL;
    if (!to->sector[0] && !state)
        memcpy(to->sector, from->sector, sizeof to->sector);
    if (!to->role.len)
        to->role = from->role;
}

static const struct {
    const char *office, *sector;
} office_sectors[] = {
    {"head_of_state", "GOV"}, {"head_of_government", "GOV"}, {"foreign_minister", "GOV"}, {"defence_minister", "GOV"},
    {"foreign_spokesperson", "GOV"}, {"spokesperson", "GOV"}, {"un_representative", "GOV"}, {"head", ""}, {"speaker", "LEG"},
    {"interior_minister", "GOV"}, {"finance_minister", "GOV"}, {"security_adviser", "GOV"}, {"army_chief", "MIL"},
    {"vice_president", "GOV"}, {"opposition_leader", "OPP"},
};

static uint32_t office_rank(str office)
{
    for (uint32_t i = 0; i < COUNT(office_sectors); i++)
        if (str_is(office, office_sectors[i].office))
            return i;
    return COUNT(office_sectors);
}

static str office_sector(str office)
{
    uint32_t rank = office_rank(office);
    return rank < COUNT(office_sectors) ? str_of(office_sectors[rank].sector) : (str){0};
}

static bool tenure_holds(const scan *s, const kb_tenure *t)
{
    return !t->doubtful && kb_holds(t->spell, s->on) && (t->spell.to != NO_DAY || t->known_until == NO_DAY || s->on == NO_DAY
                                                        || s->on <= t->known_until);
}

/* The office that tells most: one held on the day, the highest of them; else the last one that was held before. */
static bool tenure_best(const scan *s, uint32_t person, kb_tenure *ret, bool *ret_now)
{
    uint32_t first, count = kb_tenures_of_person(s->k, person, &first);
    bool found = false;
    *ret_now = false;
    for (uint32_t i = first; i < first + count; i++) {
        kb_tenure t = kb_tenure_at(s->k, kb_tenure_of_person(s->k, i));
        bool now = tenure_holds(s, &t), better = !found || (now && !*ret_now);
        if (found && now == *ret_now)
            better = now ? office_rank(t.office) < office_rank(ret->office) : s->on == NO_DAY || t.spell.from <= s->on;
        if (!better || t.doubtful)
            continue;
        *ret = t;
        *ret_now = now;
        found = true;
    }
    return found;
}

static str first_of(str list)
{
    str part = {0};
    str_next(&list, ';', &part);
    return str_trim(part);
}

static void person_office(scan *s, uint32_t entity_number, uint32_t known)
{
    kb_tenure t;
    bool now;
    if (!tenure_best(s, known, &t, &now))
        return;
    entity *e = &s->d->entities.at[entity_number];
    kb_entity power = kb_entity_at(s->k, t.power);
    bool past = !now && s->on != NO_DAY && t.spell.to != NO_DAY && t.spell.to <= s->on;
    if (!past || !e->code[0]) { /* whose state is no more is of the one that is written down */
        entity_set_code(e, power.code);
        e->country = t.power;
    }
    entity_set_sector(e, now ? office_sector(t.office) : past ? STR("ELI") : e->sector[0] ? str_of(e->sector) : (str){0});
    if (now) {
        e->office = t.office;
        e->role = arena_format(s->a, "%.*s, %.*s", (int)first_of(t.title).len, first_of(t.title).at, (int)power.name.len, power.name.at);
    }
}

uint32_t entity_known(scan *s, uint32_t known)
{
    if (s->entity_of[known])
        return s->entity_of[known] - 1;
    kb_entity k = kb_entity_at(s->k, known);
    entity *e = vec_push(s->a, &s->d->entities);
    uint32_t number = s->d->entities.count - 1;
    s->entity_of[known] = number + 1;
    s->told[known] = true;
    *e = (entity){.known = known, .identifier = k.identifier, .name = k.name, .type = k.type, .role = k.role,
                  .country = k.class <= CLASS_PARTIAL ? known : k.of != NONE ? k.of : k.class == CLASS_PERSON ? NONE : known};
    entity_set_code(e, k.code);
    entity_set_sector(e, k.sector);
    if (k.class == CLASS_PERSON)
        person_office(s, number, known);
    return number;
}

uint32_t entity_own(scan *s, str key, str name, uint8_t type)
{
    uint32_t number = map_get(s->by_name, key);
    if (number != NONE)
        return number;
    entity *e = vec_push(s->a, &s->d->entities);
    number = s->d->entities.count - 1;
    *e = (entity){.known = NONE, .name = name, .type = type, .country = NONE};
    return map_add(s->by_name, key, number);
}

void entity_belongs(scan *s, uint32_t number, uint32_t power)
{
    entity *e = &s->d->entities.at[number];
    if (power == NONE)
        return;
    entity_set_code(e, kb_entity_at(s->k, power).code);
    e->country = power;
    s->told[power] = true;
}

uint32_t entity_power(const scan *s, uint32_t number)
{
    const entity *e = &s->d->entities.at[number];
    if (e->country != NONE)
        return e->country;
    return e->known;
}

uint32_t entity_holder(const scan *s, uint32_t power, str office)
{
    uint32_t first, count = kb_tenures_of_power(s->k, power, &first), found = NONE;
    if (s->on == NO_DAY)
        return NONE;
    for (uint32_t i = first; i < first + count; i++) {
        kb_tenure t = kb_tenure_at(s->k, kb_tenure_of_power(s->k, i));
        if (!str_equal(t.office, office) || !tenure_holds(s, &t))
            continue;
        if (found != NONE && found != t.person)
            return NONE;
        found = t.person;
    }
    return found;
}

static bool title_fits(str titles, str title)
{
    str part;
    while (str_next(&titles, ';', &part))
        if (str_equal_nocase(str_trim(part), title))
            return true;
    return false;
}

bool entity_had_office(const scan *s, uint32_t person, uint32_t power, str title, bool now)
{
    uint32_t first, count = kb_tenures_of_person(s->k, person, &first);
    for (uint32_t i = first; i < first + count; i++) {
        kb_tenure t = kb_tenure_at(s->k, kb_tenure_of_person(s->k, i));
        if ((power == NONE || t.power == power) && (!title.len || title_fits(t.title, title)) && (!now || tenure_holds(s, &t)))
            return true;
    }
    return false;
}

uint32_t mention_add(scan *s, uint32_t number, uint32_t first, uint32_t last, uint8_t kind)
{
    mention *m = vec_push(s->a, &s->d->mentions);
    uint32_t at = s->d->mentions.count - 1;
    *m = (mention){.span = {scan_token(s, first)->span.start, scan_token(s, last)->span.end}, .entity = number,
                   .sentence = scan_token(s, first)->sentence, .first = first, .last = last, .head = last, .kind = kind};
    if (kind == MENTION_NAME)
        for (uint32_t t = first; t <= last; t++)
            s->taken[t] = at + 1;
    return at;
}
