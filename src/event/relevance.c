/* Which acts are of the ledger's concern: news tells of doctors, players and bands with the same verbs as of powers. */
#include "event/inside.h"

static const token *at(const coder *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

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

static bool recipient_wanted(uint8_t type)
{
    return type == EVENT_COOPERATE || type == EVENT_AID;
}

/* "Samoa received a loan": a power was helped, though nobody is told to have. */
static bool is_gift(const coder *c, uint8_t type, const party *recipients)
{
    return type == EVENT_AID && recipients->count && c->d->entities.at[recipients->entity[0]].type != ENTITY_PER && !c->d->entities.at[recipients->entity[0]].sector[0];
}

/* "A318", "Delta-7": what bears a number is a make or a strain, unless it is known as somebody. */
static bool is_make(const coder *c, uint32_t actor)
{
    if (actor == NONE || at(c, actor)->upos != UPOS_PROPN)
        return false;
    uint32_t n = c->m->mention[actor];
    if (n != NONE && c->d->entities.at[c->d->mentions.at[n].entity].known != NONE)
        return false;
    bool number = false;
    for (uint32_t i = 0; i < at(c, actor)->lower.len; i++)
        number |= at(c, actor)->lower.at[i] >= '0' && at(c, actor)->lower.at[i] <= '9';
    return number;
}

/* Floods, blasts of gas and rabbits kill and destroy too: a thing that is neither people nor a weapon has no will. */
static bool is_no_agent(const coder *c, uint32_t actor)
{
    if (is_make(c, actor))
        return true;
    if (actor == NONE || at(c, actor)->upos != UPOS_NOUN || c->m->mention[actor] != NONE || c->m->cover[actor] != NONE)
        return false;
    return !match_in_set(c->m, actor, c->m->persons) && !match_in_set(c->m, actor, c->DEVICE) && !match_in_set(c->m, actor, c->WEAPON);
}

/* What nobody does but to somebody, or with him. Strikes, threats and pleas are told without. */
static bool is_towards(uint8_t type)
{
    return parties_harmed(type) || type == EVENT_AGREE || type == EVENT_SUPPORT || type == EVENT_CONSULT || type == EVENT_REJECT;
}

static bool is_subject(const coder *c, uint32_t token)
{
    return at(c, token)->deprel == DEPREL_NSUBJ || at(c, token)->deprel == DEPREL_NSUBJ_PASS;
}

/* A pronoun whose name neither stands in its sentence nor is the subject of the one before. */
static bool is_remote(const coder *c, uint32_t actor, uint32_t who)
{
    if (actor == NONE || at(c, actor)->upos != UPOS_PRON || c->d->sentences.at[at(c, actor)->sentence].turn != NONE)
        return false; /* who speaks in a turn of an interview is told by its label */
    const entity *e = &c->d->entities.at[who];
    uint32_t sentence = at(c, actor)->sentence;
    for (uint32_t i = 0; i < e->mentions.count; i++) {
        const mention *m = &c->d->mentions.at[doc_ref(c->d, e->mentions, i)];
        bool here = m->sentence == sentence, before = m->sentence + 1 == sentence && is_subject(c, m->head);
        if (m->kind != MENTION_PRONOUN && (here || before))
            return false;
    }
    return true;
}

/* Neither states nor firms march: "Togo has a blockade on the port", "the bank's protest was upheld". */
static bool are_marchers(const coder *c, const reading *r, const party *actors)
{
    if (!actors->count)
        return true;
    const entity *e = &c->d->entities.at[actors->entity[0]];
    uint32_t n = r->match.actor == NONE ? NONE : c->m->mention[r->match.actor];
    bool state = e->type == ENTITY_GPE && !e->sector[0] && r->carrier != r->match.token && n != NONE && !c->d->mentions.at[n].adjective;
    return !state && strcmp(e->sector, "BUS");
}

/* Help and joint work have two sides; a gift may come from nobody in particular, if a power gets it. */
static bool lacks_other(const coder *c, const reading *r, uint8_t type, const party *actors, const party *recipients)
{
    bool bare = r->match.shape == SHAPE_NOUN && r->carrier == r->match.token, single = !recipients->count && actors->count < 2;
    if (bare && recipient_wanted(r->rule.type) && (!actors->count || single))
        return true;
    return recipient_wanted(type) && (single || (!actors->count && (r->match.actor != NONE || !is_gift(c, type, recipients))));
}

/* What a noun by itself, without a verb that performs it, does not tell enough of. */
static bool noun_lacks(const coder *c, const reading *r, uint8_t type, const party *actors, const party *recipients)
{
    if (r->match.shape != SHAPE_NOUN || r->carrier != r->match.token)
        return false;
    if (type == EVENT_ASSAULT && !recipients->count && actors->count < 2)
        return true; /* "Togo's attack": on whom? */
    if (!actors->count && str_is(at(c, r->match.token)->lemma, "death"))
        return true; /* "the death of Togo's minister": by nobody's hand */
    /* "Togo's claim", "the session of the senate": towards whom? */
    return event_quads[type] % 2 && !r->match.word_count && actors->count + recipients->count < 2;
}

/* Acts of whose author nobody is told. */
static bool lacks_actor(const coder *c, const reading *r, uint8_t type, const party *recipients)
{
    if (parties_harmed(type) && is_no_agent(c, r->match.actor))
        return true;
    if (type == EVENT_COERCE && str_is(r->rule.modes, "restrict") && recipients->count && c->d->entities.at[recipients->entity[0]].type == ENTITY_GPE)
        return true; /* "Fiji was left out of the survey" */
    /* words need a speaker, if only one whose power is not known */
    return event_quads[type] % 2 && type != EVENT_ACCUSE && !parties_named(c, r->match.actor);
}

bool event_lacks_party(const coder *c, const reading *r, uint8_t type, const party *actors, const party *recipients)
{
    bool single = actors->count == 1 && !recipients->count;
    if (lacks_other(c, r, type, actors, recipients) || noun_lacks(c, r, type, actors, recipients) || (!actors->count && lacks_actor(c, r, type, recipients)))
        return true;
    if (actors->count == 1 && is_remote(c, r->match.actor, actors->entity[0]))
        return true; /* "he accepted it": who was that again, and what? */
    if ((r->rule.flags & RULE_ABROAD) && !event_abroad(c, actors, recipients))
        return true;
    if ((r->rule.flags & RULE_BOTH) && actors->count < 2 && !recipients->count && r->match.actor != NONE && at(c, r->match.actor)->upos != UPOS_NOUN)
        return true; /* "they discussed it": with whom? "The two delegations" tells that there is another */
    if (is_towards(type) && single && !event_of_state(&c->d->entities.at[actors->entity[0]]))
        return true; /* "the gardeners burned leaves", "the firm agreed": only who acts for a power, or fights one, does so to nobody in particular */
    return type == EVENT_PROTEST && !are_marchers(c, r, actors);
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
