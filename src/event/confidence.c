/* How far an event is to be believed: the share of such findings that were right, type and both parties. */
#include "event/inside.h"

static const token *at(const coder *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

/* Alone-standing sentences that speak of events, among some 630 of our own (bench/confidence.py measures it anew): by who takes part,
 * whether a verb or a noun alone tells it, whether a party was only guessed, how particular the pattern is, and how long the
 * sentence; beyond some twenty words trees go wrong. */
static float of_sentence(const coder *c, const reading *r, const party *actors, const party *recipients)
{
    enum { SHORT = 18, PARTICULAR = 6 };
    uint32_t length = c->d->sentences.at[at(c, r->match.token)->sentence].count;
    if (!actors->count)
        return 0.12f;
    float value = recipients->count || actors->count > 1 ? 0.82f : 0.68f;
    if (r->match.shape == SHAPE_NOUN && r->carrier == r->match.token)
        value -= 0.15f;
    if (actors->guessed || recipients->guessed)
        value -= 0.15f;
    value += 0.01f * (float)MIN(r->match.weight, PARTICULAR) - 0.03f;
    if (length > SHORT)
        value -= MIN(0.01f * (float)(length - SHORT), 0.35f);
    return value;
}

static bool has_actor_of_state(const coder *c, const party *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (event_of_state(&c->d->entities.at[p->entity[i]]))
            return true;
    return false;
}

static bool is_pronoun(const coder *c, uint32_t token)
{
    return token != NONE && at(c, token)->upos == UPOS_PRON;
}

/* Whether the sentence names two powers. */
static bool names_two(const coder *c, uint32_t number)
{
    const sentence *s = &c->d->sentences.at[number];
    const char *first = "";
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        const char *code = c->m->mention[i] == NONE ? "" : c->d->entities.at[c->d->mentions.at[c->m->mention[i]].entity].code;
        if (code[0] && first[0] && strcmp(first, code))
            return true;
        first = code[0] ? code : first;
    }
    return false;
}

bool confidence_page_of_one(const doc *d)
{
    enum { CODES = 32 };
    const char *codes[CODES];
    uint32_t counts[CODES] = {0}, kinds = 0, all = 0, most = 0;
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        const entity *e = &d->entities.at[d->mentions.at[i].entity];
        uint32_t k = 0;
        if (!e->code[0])
            continue;
        while (k < kinds && strcmp(codes[k], e->code))
            k++;
        if (k == CODES)
            continue;
        kinds = MAX(kinds, k + 1);
        codes[k] = e->code;
        all++;
        most = MAX(most, ++counts[k]);
    }
    return all && most * 20 > all * 17; /* 85 in 100 */
}

/* Whole pages, most of which are about other things than powers: 160 of their events were read and judged. What told right from wrong
 * is whether two powers take part, whether both sides are told, and by more than a pronoun, and whether the page speaks of one
 * country alone. */
static float of_page(const coder *c, const reading *r, const party *actors, const party *recipients)
{
    bool state = has_actor_of_state(c, actors);
    float value = 0.45f;
    if (state && event_abroad(c, actors, recipients))
        value += 0.20f;
    if (!recipients->count && actors->count < 2)
        value -= parties_harmed(r->rule.type) ? 0.25f : 0.15f;
    if (!actors->count)
        value -= 0.05f;
    if (is_pronoun(c, r->match.actor) || is_pronoun(c, r->match.recipient))
        value -= 0.30f;
    if (c->home)
        value -= 0.12f;
    if (!names_two(c, at(c, r->match.token)->sentence))
        value -= 0.05f;
    if (actors->count && !state)
        value -= 0.08f;
    return value;
}

float confidence_of(const coder *c, const reading *r, const party *actors, const party *recipients)
{
    enum { PAGE = 8 }; /* sentences */
    float value = c->d->sentences.count < PAGE ? of_sentence(c, r, actors, recipients) : of_page(c, r, actors, recipients);
    return MAX(value, 0.05f);
}
