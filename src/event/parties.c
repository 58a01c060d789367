/* Who acts and who receives, beyond what the pattern itself found: givers, hosts, those whom troops face, whose ground it was. */
#include "event/inside.h"

static const token *at(const coder *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

static void parties_both(party *actors, party *recipients)
{
    for (uint32_t i = 0; i < recipients->count && actors->count < PARTY_LIMIT; i++)
        if (!party_has(actors, recipients->entity[i]))
            actors->entity[actors->count++] = recipients->entity[i];
    recipients->count = 0;
}

/* "... to demand reforms by the government", "calling for the removal of the president" */
static void protested_seek(coder *c, const reading *r, const party *actors, party *ret)
{
    const sentence *s = &c->d->sentences.at[at(c, r->carrier)->sentence];
    uint32_t end = s->first + s->count, from = r->carrier + 1;
    while (from < end && (from == r->match.token || reading_takes(r, from) || (!match_in_set(c->m, from, c->PROTESTING) && !str_is(at(c, from)->lower, "against"))))
        from++;
    for (uint32_t i = from + 1; i < end && i < from + 14 && !ret->count && !str_is(at(c, i)->lower, ";"); i++) {
        if (at(c, i)->upos != UPOS_PROPN && at(c, i)->upos != UPOS_NOUN)
            continue;
        party_of(c->m, i, ret);
        party_without(ret, actors);
    }
}

bool parties_harmed(uint8_t type)
{
    return type == EVENT_ASSAULT || type == EVENT_COERCE || type == EVENT_SANCTION;
}

/* The power on whose ground it happens, as a guess. */
static void place_power(coder *c, const reading *r, party *ret)
{
    static const char *const where[] = {"in", "near", "at", "outside"};
    for (size_t i = 0; i < COUNT(where) && !ret->count; i++) {
        uint32_t place = tree_oblique(c->d, r->carrier, str_of(where[i]));
        if (place != NONE)
            party_of(c->m, place, ret);
    }
    ret->guessed = true;
}

/* Who protests on the ground of another power protests to it. */
static void ground_seek(coder *c, const reading *r, const party *actors, party *ret)
{
    place_power(c, r, ret);
    ret->guessed = false;
    for (uint32_t i = 0; i < actors->count; i++)
        if (ret->count && !strcmp(c->d->entities.at[ret->entity[0]].code, c->d->entities.at[actors->entity[i]].code))
            ret->count = 0;
}

/* People whose power is told: whoever harms them harms it. */
static bool is_sufferer(const coder *c, uint32_t noun)
{
    uint32_t n = c->m->mention[noun];
    return n != NONE && match_in_set(c->m, noun, c->m->persons) && c->d->entities.at[c->d->mentions.at[n].entity].code[0];
}

static bool is_facing(const token *t)
{
    static const char *const words[] = {"near", "along", "opposite", "against", "towards", "toward", "facing", "border", "frontier", "boundary"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(t->lemma, words[i]))
            return true;
    return false;
}

/* "massed its guns along the frontier with Chad": another power that troops face. */
static void faced_seek(coder *c, const reading *r, const party *actors, party *ret)
{
    const sentence *s = &c->d->sentences.at[at(c, r->carrier)->sentence];
    uint32_t end = s->first + s->count, i = r->carrier + 1;
    while (i < end && !is_facing(at(c, i)))
        i++;
    if (i < end && at(c, i)->upos == UPOS_NOUN)
        party_of_owner(c->m, i, ret); /* "on the Thai border" */
    party_without(ret, actors);
    for (uint32_t n = i + 1; n < end && n < i + 8 && !ret->count && at(c, n)->upos != UPOS_VERB && at(c, n)->upos != UPOS_PUNCT; n++) {
        party_of(c->m, n, ret);
        party_without(ret, actors);
        for (uint32_t k = 0; k < ret->count; k++)
            if (actors->count && !strcmp(c->d->entities.at[ret->entity[k]].code, c->d->entities.at[actors->entity[0]].code))
                ret->count = 0;
    }
}

bool parties_named(const coder *c, uint32_t actor)
{
    return actor != NONE && at(c, actor)->upos == UPOS_PROPN;
}

/* Where the pattern names no recipient, or the words for it belong to nobody: whoever owns what the verb is about. */
static void recipient_seek(coder *c, const reading *r, const party *actors, party *ret)
{
    const match *f = &r->match;
    if (r->rule.type == EVENT_MOBILIZE)
        faced_seek(c, r, actors, ret);
    if (r->rule.type == EVENT_MOBILIZE || r->rule.type == EVENT_CONSULT)
        return;
    /* a group with a name whose power is not known is no other that the sentence names */
    if (f->recipient != NONE && parties_named(c, f->recipient) && c->m->mention[f->recipient] != NONE && at(c, f->recipient)->deprel == DEPREL_OBJ)
        return;
    for (uint8_t i = 0; i < f->word_count && !ret->count; i++) {
        if (at(c, f->words[i])->upos == UPOS_VERB)
            continue;
        if (parties_harmed(r->rule.type) && is_sufferer(c, f->words[i]))
            party_of(c->m, f->words[i], ret);
        else
            party_of_owner(c->m, f->words[i], ret);
        party_without(ret, actors);
    }
    if (!ret->count && f->clause != NONE)
        party_below(c->m, f->clause, actors, ret);
    if (ret->count || (f->shape == SHAPE_NOUN && r->carrier == f->token))
        return;
    if (r->rule.type == EVENT_PROTEST) {
        protested_seek(c, r, actors, ret);
        if (!ret->count)
            ground_seek(c, r, actors, ret);
        return;
    }
    switch (r->rule.type) {
    case EVENT_AGREE: case EVENT_REJECT: case EVENT_THREATEN: case EVENT_REQUEST: case EVENT_ACCUSE: case EVENT_SUPPORT: case EVENT_SANCTION: case EVENT_AID:
        party_below(c->m, f->token, actors, ret);
        break;
    default:
        break;
    }
}

/* Whoever arrests, bans or investigates "in Italy" without being named is Italy's. */
static bool acts_where_it_is(uint8_t type)
{
    return type == EVENT_COERCE || type == EVENT_SANCTION || type == EVENT_ACCUSE;
}

/* "killed two Danish officers in Basra": the officers tell whose they are, the town is only where. */
static bool object_named(const coder *c, const reading *r)
{
    const match *f = &r->match;
    uint32_t object = f->word_count ? f->words[0] : NONE;
    return object != NONE && object != f->recipient && is_sufferer(c, object) &&
           ((r->rule.type == EVENT_ASSAULT && match_in_set(c->m, object, c->VICTIM)) || str_is(r->rule.modes, "access"));
}

/* What is bombed, left or reached is the town; words are for the government in it. */
static bool is_ground(uint8_t type)
{
    return type == EVENT_ASSAULT || type == EVENT_COERCE || type == EVENT_MOBILIZE || type == EVENT_RETREAT || type == EVENT_PROTEST || type == EVENT_AID;
}

/* "shadowed each other": all of them act, nobody else receives. */
static bool is_each_other(const coder *c, const match *f)
{
    uint32_t o = f->recipient != NONE ? f->recipient : tree_object(c->d, f->token);
    return o != NONE && (str_is(at(c, o)->lower, "each") || str_is(at(c, o)->lower, "another") || str_is(at(c, o)->lower, "other"));
}

/* "Rice from Japan was handed out", "was extradited from Peru": who gave, where nobody is told to have. */
static void giver_seek(coder *c, const reading *r, const party *recipients, party *ret)
{
    uint32_t from = tree_oblique(c->d, r->carrier, STR("from"));
    if (from != NONE)
        party_of(c->m, from, ret);
    for (uint8_t i = 0; i < r->match.word_count && !ret->count; i++)
        if (at(c, r->match.words[i])->upos != UPOS_VERB)
            party_of_owner(c->m, r->match.words[i], ret);
    party_without(ret, recipients);
}

/* Troops that move at home face nobody; those of a group or an office at home do. */
static void own_ground_drop(const coder *c, const reading *r, const party *actors, party *recipients)
{
    if (r->rule.type != EVENT_MOBILIZE)
        return;
    for (uint32_t i = 0; i < actors->count && recipients->count == 1; i++) {
        const entity *a = &c->d->entities.at[actors->entity[i]], *b = &c->d->entities.at[recipients->entity[0]];
        if (a->code[0] && !strcmp(a->code, b->code) && !b->sector[0])
            recipients->count = 0;
    }
}

/* "its coast", "their own base": a thing, not people, that somebody told before owns. */
static bool is_own_thing(const coder *c, uint32_t noun)
{
    uint32_t owner = at(c, noun)->upos == UPOS_NOUN ? tree_child(c->d, noun, DEPREL_NMOD_POSS, NONE) : NONE;
    return owner != NONE && at(c, owner)->upos == UPOS_PRON && !match_in_set(c->m, noun, c->m->persons);
}

static bool is_forces(const entity *e)
{
    return e->code[0] && (!e->sector[0] || !strcmp(e->sector, "MIL"));
}

/* Forces that strike or move beside what is their own ("a boat off its coast") do nothing to themselves. What a state does to its people or its
 * parties stands. */
static void own_thing_drop(const coder *c, const reading *r, const party *actors, party *recipients)
{
    bool strikes = r->rule.type == EVENT_ASSAULT || r->rule.type == EVENT_MOBILIZE || str_is(r->rule.modes, "seize");
    if (!strikes || actors->count != 1 || recipients->count != 1)
        return;
    const entity *a = &c->d->entities.at[actors->entity[0]], *b = &c->d->entities.at[recipients->entity[0]];
    uint32_t object = r->match.recipient;
    bool told = object != NONE && (c->m->mention[object] != NONE || match_in_set(c->m, object, c->m->persons)) && !is_own_thing(c, object);
    if (!is_forces(a) || !is_forces(b) || strcmp(a->code, b->code) || told)
        return;
    for (uint32_t n = tree_next(c->d, r->carrier, NONE); n != NONE; n = tree_next(c->d, r->carrier, n))
        if (is_own_thing(c, n))
            recipients->count = 0;
}

static bool is_capitals(str word)
{
    for (uint32_t i = 0; i < word.len; i++)
        if (word.at[i] >= 'a' && word.at[i] <= 'z')
            return false;
    return true;
}

/* "his ouster", "the envoy's arrest", "the Fiji invasion": the owner of such a noun suffers, unless the words tell that somebody else does.
 * What is written in capitals ("the US invasion") is an adjective as well. */
static void sufferer_turn(const coder *c, const reading *r, party *actors, party *recipients)
{
    const match *f = &r->match;
    if (f->shape != SHAPE_NOUN || f->actor == NONE || f->recipient != NONE || recipients->count || at(c, f->actor)->head != f->token)
        return;
    uint32_t n = c->m->mention[f->actor];
    bool ground = n != NONE && c->d->entities.at[c->d->mentions.at[n].entity].type == ENTITY_GPE && !is_capitals(doc_str(c->d, at(c, f->actor)->span));
    bool suffers = at(c, f->actor)->deprel == DEPREL_NMOD_POSS ? match_in_set(c->m, f->token, c->SUFFERED)
                   : at(c, f->actor)->deprel == DEPREL_COMPOUND && ground && match_in_set(c->m, f->token, c->OVERRUN);
    if (!suffers)
        return;
    *recipients = *actors;
    actors->count = 0;
}

void parties_find(coder *c, const reading *r, party *actors, party *recipients)
{
    const match *f = &r->match;
    *actors = *recipients = (party){.count = 0};
    if (f->actor != NONE)
        party_of(c->m, f->actor, actors);
    c->m->governments = !is_ground(r->rule.type);
    if (f->recipient != NONE) {
        party_of(c->m, object_named(c, r) ? f->words[0] : f->recipient, recipients);
        party whole = *recipients;
        party_without(recipients, actors);
        /* jets of a state that bomb within it, a people and its government */
        if (!recipients->count && f->actor != NONE && c->m->mention[f->actor] == NONE && (parties_harmed(r->rule.type) || r->rule.type == EVENT_REJECT))
            *recipients = whole;
        if (!recipients->count && at(c, f->recipient)->upos == UPOS_PRON)
            party_before(c->m, f->recipient, actors, recipients);
        if (!recipients->count && parties_harmed(r->rule.type))
            place_power(c, r, recipients);
    }
    if (!actors->count && (f->actor == NONE || reading_takes(r, f->actor)) && (r->rule.type == EVENT_AID || r->rule.type == EVENT_COOPERATE))
        giver_seek(c, r, recipients, actors);
    if (!actors->count && (r->rule.type == EVENT_MOBILIZE || r->rule.type == EVENT_RETREAT))
        for (uint8_t i = 0; i < f->word_count && !actors->count; i++)
            party_of(c->m, f->words[i], actors);
    if (r->rule.type == EVENT_REQUEST && f->recipient != NONE && !recipients->count && at(c, f->recipient)->upos == UPOS_NOUN && match_in_set(c->m, f->recipient, c->m->persons))
        party_guess(c->m, f->recipient, actors, recipients);
    if (!recipients->count && !(r->rule.flags & (RULE_BOTH | RULE_MUTUAL)) && !is_each_other(c, f))
        recipient_seek(c, r, actors, recipients);
    c->m->governments = true;
    if (f->actor != NONE && !actors->count)
        party_guess(c->m, f->actor, recipients, actors);
    if (f->recipient != NONE && !recipients->count)
        party_guess(c->m, f->recipient, actors, recipients);
    if (f->recipient == NONE && parties_harmed(r->rule.type))
        for (uint8_t i = 0; i < f->word_count && !recipients->count; i++)
            party_guess(c->m, f->words[i], actors, recipients);
    if (!actors->count && f->actor == NONE && acts_where_it_is(r->rule.type))
        place_power(c, r, actors);
    sufferer_turn(c, r, actors, recipients);
    own_ground_drop(c, r, actors, recipients);
    own_thing_drop(c, r, actors, recipients);
    if (r->rule.flags & RULE_MUTUAL && f->shape == SHAPE_NOUN)
        parties_both(actors, recipients);
}
