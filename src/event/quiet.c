/* What looks like an event and is none: games, markets, figures of speech. */
#include "event/inside.h"

static const token *at(const coder *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

/* "Ghana beat the Czech Republic 2-0", "with four goals" */
static bool has_score(const coder *c, const sentence *s)
{
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        str w = at(c, i)->lower;
        bool score = w.len == 3 && w.at[1] == '-' && w.at[0] >= '0' && w.at[0] <= '9' && w.at[2] >= '0' && w.at[2] <= '9';
        bool parted = i + 2 < s->first + s->count && w.len == 1 && at(c, i)->upos == UPOS_NUM && str_is(at(c, i + 1)->lower, "-") &&
                      at(c, i + 2)->lower.len == 1 && at(c, i + 2)->upos == UPOS_NUM;
        bool counted = i + 1 < s->first + s->count && at(c, i)->upos == UPOS_NUM && match_in_set(c->m, i + 1, c->COUNTED);
        if (score || parted || counted)
            return true;
    }
    return false;
}

/* Words of games, or a score. */
static bool speaks_of_games(const coder *c, const sentence *s)
{
    for (uint32_t i = s->first; i < s->first + s->count; i++)
        if (at(c, i)->upos != UPOS_VERB && match_in_set(c->m, i, c->SPORT))
            return true;
    return has_score(c, s);
}

/* A report of matches: what its other sentences tell is of games too. */
bool quiet_sport(const coder *c)
{
    enum { LEAST = 3, SHARE = 4 };
    uint32_t games = 0;
    for (uint32_t s = 0; s < c->d->sentences.count; s++)
        games += speaks_of_games(c, &c->d->sentences.at[s]);
    return games >= LEAST && games * SHARE >= c->d->sentences.count;
}

/* A noun, or what stands before it as part of its name ("the striker Diallo"), in a set. */
static bool is_kind(const coder *c, uint32_t token, uint32_t set)
{
    if (token == NONE)
        return false;
    if (at(c, token)->upos != UPOS_PROPN && match_in_set(c->m, token, set))
        return true;
    for (uint32_t n = tree_next(c->d, token, NONE); n != NONE; n = tree_next(c->d, token, n)) {
        uint8_t x = at(c, n)->deprel;
        bool part = x == DEPREL_APPOS || x == DEPREL_NMOD_DESC || (at(c, token)->upos == UPOS_PROPN && (x == DEPREL_COMPOUND || x == DEPREL_FLAT));
        if (part && at(c, n)->upos == UPOS_NOUN && match_in_set(c->m, n, set))
            return true;
    }
    return false;
}

/* Animals, storms, films, players and prices attack, retreat and surrender in a manner of speaking. */
static bool is_figure(const coder *c, const reading *r)
{
    const match *f = &r->match;
    bool verb = at(c, r->carrier)->upos == UPOS_VERB;
    uint32_t subject = f->actor != NONE || !verb ? f->actor : tree_actor(c->d, r->carrier);
    uint32_t object = f->recipient != NONE || !verb ? f->recipient : tree_object(c->d, r->carrier);
    return is_kind(c, subject, c->FIGURE) || is_kind(c, object, c->FIGURE) || is_kind(c, subject, c->FIGURE_SUBJECT);
}

/* The first word of a name that opens with a noun: "Cyclone Anna", or the noun itself. */
static bool is_calamity(const coder *c, uint32_t subject)
{
    if (subject == NONE)
        return false;
    if (match_in_set(c->m, subject, c->CALAMITY))
        return true;
    for (uint32_t n = tree_next(c->d, subject, NONE); n != NONE; n = tree_next(c->d, subject, n))
        if ((at(c, n)->deprel == DEPREL_COMPOUND || at(c, n)->deprel == DEPREL_FLAT) && at(c, subject)->upos == UPOS_PROPN && match_in_set(c->m, n, c->CALAMITY))
            return true;
    return false;
}

/* "The epidemic in Chad has killed ninety": nobody's hand, whoever the words beside it name. */
static bool is_misfortune(const coder *c, const reading *r)
{
    uint32_t head = at(c, r->carrier)->head;
    bool aside = head != NONE && (at(c, r->carrier)->deprel == DEPREL_ADVCL || at(c, r->carrier)->deprel == DEPREL_CONJ);
    if (aside && r->rule.type == EVENT_ASSAULT && match_in_set(c->m, head, c->MISHAP))
        return true; /* "capsized, killing nine" */
    return parties_harmed(r->rule.type) && at(c, r->carrier)->upos == UPOS_VERB &&
           is_calamity(c, r->match.actor != NONE ? r->match.actor : tree_actor(c->d, r->carrier));
}

/* "attacked the problem": what has neither body nor walls is not harmed. */
static bool is_harmless(const coder *c, const reading *r, uint8_t shape)
{
    uint32_t object = r->match.recipient;
    if (r->rule.type != EVENT_ASSAULT || r->match.shape != shape || r->match.word_count || object == NONE || at(c, object)->upos != UPOS_NOUN)
        return false;
    uint32_t n = c->m->mention[object];
    bool named = n != NONE && c->d->mentions.at[n].kind != MENTION_PRONOUN;
    return !named && !match_in_set(c->m, object, c->HARMABLE) && !match_in_set(c->m, object, c->m->persons);
}

/* Acts that no game and no market knows, whatever else the sentence speaks of. */
static bool is_literal(const kb_rule *r)
{
    static const char *const modes[] = {"arrest", "deport", "abduct", "torture", "sexual", "targeted", "suicide-attack", "unconventional", "crowd-control",
                                        "convict", "curfew", "martial-law", "boycott", "riot", "investigate"};
    for (size_t i = 0; i < COUNT(modes); i++)
        if (str_is(r->modes, modes[i]))
            return true;
    return false;
}

/* Firms that agree, quarrel and part among themselves. */
bool quiet_business(const coder *c, const reading *r, uint8_t type, const party *actors, const party *recipients)
{
    if (type == EVENT_ASSAULT || type == EVENT_COERCE || type == EVENT_PROTEST || type == EVENT_AID || !actors->count)
        return false;
    const party *sides[] = {actors, recipients};
    for (size_t k = 0; k < COUNT(sides); k++)
        for (uint32_t i = 0; i < sides[k]->count; i++)
            if (strcmp(c->d->entities.at[sides[k]->entity[i]].sector, "BUS"))
                return false;
    return !is_literal(&r->rule);
}

static bool all_private(const coder *c, const party *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        if (!sector_is_private(c->d->entities.at[p->entity[i]].sector))
            return false;
    return true;
}

/* People by their nationality alone: "two Samoans". */
static bool is_nationals(const coder *c, uint32_t noun)
{
    uint32_t n = noun == NONE ? NONE : c->m->mention[noun];
    return n != NONE && !c->d->mentions.at[n].adjective && c->d->entities.at[c->d->mentions.at[n].entity].type == ENTITY_NORP && at(c, noun)->upos != UPOS_ADJ;
}

static bool is_civilian(const coder *c, uint32_t noun)
{
    uint32_t n = noun == NONE ? NONE : c->m->mention[noun];
    return n != NONE && sector_is_private(c->d->entities.at[c->d->mentions.at[n].entity].sector);
}

/* One person, not a group of them. */
static bool is_single(const coder *c, uint32_t noun)
{
    return noun != NONE && (at(c, noun)->xpos == XPOS_NN || at(c, noun)->upos == UPOS_PRON) && !match_in_set(c->m, noun, c->GROUP);
}

/* Whether the sentence names a power other than that of these parties. */
static bool names_another(const coder *c, uint32_t sentence, const party *p)
{
    const struct sentence *s = &c->d->sentences.at[sentence];
    const char *own = p->count ? c->d->entities.at[p->entity[0]].code : "";
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        const char *code = c->m->mention[i] == NONE ? "" : c->d->entities.at[c->d->mentions.at[c->m->mention[i]].entity].code;
        if (code[0] && strcmp(code, own))
            return true;
    }
    return false;
}

/* Journeys of private people, who may be called by their nationality alone; and one who harms another at home. */
static bool is_private(const coder *c, const reading *r, const party *actors, const party *recipients)
{
    const match *f = &r->match;
    if (str_is(r->rule.modes, "visit") && actors->count)
        return all_private(c, actors) || is_nationals(c, f->actor) || (f->actor != NONE && str_is(at(c, f->actor)->lower, "it"));
    uint32_t suffers = f->recipient != NONE ? f->recipient : f->word_count ? f->words[0] : NONE;
    if (r->rule.type != EVENT_ASSAULT || !all_private(c, actors) || !(recipients->guessed ? is_civilian(c, suffers) : all_private(c, recipients)))
        return false;
    return (f->actor == NONE || is_single(c, f->actor)) && is_single(c, suffers) &&
           !names_another(c, at(c, f->token)->sentence, recipients->count ? recipients : actors);
}

/* "seized the chairs", "released the figures", "probed the waterfall": of these acts, told by the verb alone, it is people, bodies and powers that
 * are the objects. */
static bool is_thing(const coder *c, const reading *r, const party *recipients)
{
    if (!recipients->count && is_harmless(c, r, SHAPE_NOUN))
        return true; /* "a campaign against smoking" */
    static const char *const modes[] = {"arrest", "release", "investigate", "expel", "deport", "restrict"};
    bool personal = r->rule.type == EVENT_CONSULT && r->match.recipient != NONE;
    for (size_t i = 0; i < COUNT(modes); i++)
        personal |= str_is(r->rule.modes, modes[i]);
    if (!personal || recipients->count || r->match.shape != SHAPE_VERB || r->match.word_count || r->match.clause != NONE)
        return false;
    uint32_t object = r->match.recipient != NONE ? r->match.recipient : tree_object(c->d, r->match.token);
    if (object == NONE || (at(c, object)->upos != UPOS_NOUN && !str_is(at(c, object)->lower, "what") && !str_is(at(c, object)->lower, "it")))
        return false;
    return c->m->mention[object] == NONE && !match_in_set(c->m, object, c->m->persons) && !match_in_set(c->m, object, c->VICTIM) &&
           !match_in_set(c->m, object, c->CAPTIVE) && !match_in_set(c->m, object, c->GROUP);
}

/* "demonstrated the unity of": shown, not marched for. */
static bool is_show(const coder *c, const reading *r)
{
    return r->rule.type == EVENT_PROTEST && str_is(at(c, r->match.token)->lemma, "demonstrate") && at(c, r->match.token)->upos == UPOS_VERB &&
           tree_child(c->d, r->match.token, DEPREL_OBJ, NONE) != NONE;
}

/* "The minister spoke to reporters", "told the Gazette that all must wait": neither talks nor a request. */
static bool is_interview(const coder *c, const reading *r, const party *recipients)
{
    bool told = r->rule.type == EVENT_REQUEST && str_is(at(c, r->match.token)->lemma, "tell");
    bool press = (r->rule.type == EVENT_CONSULT || told) && recipients->count;
    for (uint32_t i = 0; i < recipients->count; i++)
        press &= !strcmp(c->d->entities.at[recipients->entity[i]].sector, "JRN");
    return press;
}

/* "Chad beat Gabon": a country is beaten in a match. */
static bool is_match(const coder *c, const reading *r)
{
    if (r->rule.type != EVENT_ASSAULT || !str_is(r->rule.modes, "beat") || r->match.recipient == NONE)
        return false;
    uint32_t n = c->m->mention[r->match.recipient];
    return n != NONE && !c->d->mentions.at[n].adjective && c->d->entities.at[c->d->mentions.at[n].entity].type == ENTITY_GPE;
}

bool quiet_parties(const coder *c, const reading *r, uint8_t type, const party *actors, const party *recipients)
{
    return is_private(c, r, actors, recipients) || is_match(c, r) || is_interview(c, r, recipients) || is_show(c, r) ||
           (type == r->rule.type && actors->count < 2 && is_thing(c, r, recipients));
}

/* Sport, kitchens and markets speak of attacks and allies too. */
bool quiet_reading(const coder *c, const reading *r)
{
    if (is_misfortune(c, r) || c->m->timed[r->match.token])
        return true;
    if (is_literal(&r->rule))
        return is_harmless(c, r, SHAPE_VERB);
    if (c->sport || is_figure(c, r) || is_harmless(c, r, SHAPE_VERB))
        return true;
    const sentence *s = &c->d->sentences.at[at(c, r->match.token)->sentence];
    for (uint32_t i = s->first; i < s->first + s->count; i++)
        if (at(c, i)->upos != UPOS_PROPN && at(c, i)->upos != UPOS_VERB && match_in_set(c->m, i, c->QUIET))
            return true;
    return has_score(c, s);
}
