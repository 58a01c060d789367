/* Events: rules of the lexicon against trees; the most specific one wins at each verb or noun, and what stands inside
 * a demand, a threat or a promise is not coded beside it. */
#include "event/event.h"

#include "event/inside.h"

static const token *at(const coder *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

typedef VEC(reading) readings;

/* ---- reading a sentence ---- */

/* A noun that a light verb performs ("launched an attack") takes tense, negation and subject from it. */
static void carrier_find(coder *c, reading *r)
{
    uint32_t n = r->match.token;
    r->carrier = n;
    if (r->match.shape != SHAPE_NOUN || at(c, n)->head == NONE)
        return;
    uint32_t top = n;
    while (at(c, top)->deprel == DEPREL_CONJ || (at(c, top)->deprel == DEPREL_NMOD && match_in_set(c->m, at(c, top)->head, c->m->containers)))
        top = at(c, top)->head;
    uint32_t verb = at(c, top)->head;
    uint8_t relation = at(c, top)->deprel;
    if (verb == NONE || at(c, verb)->upos != UPOS_VERB)
        return;
    bool within = tree_has_case(c->d, top, STR("in")) || tree_has_case(c->d, top, STR("into")) || tree_has_case(c->d, top, STR("to")) ||
                  tree_has_case(c->d, top, STR("with"));
    bool object = relation == DEPREL_OBJ || relation == DEPREL_NSUBJ_PASS || (relation == DEPREL_OBL && within);
    if (object && match_in_set(c->m, verb, c->LIGHT)) {
        r->carrier = verb;
        uint32_t subject = tree_actor(c->d, verb);
        if (subject != NONE && subject != top)
            r->match.actor = subject;
    } else if (object && match_in_set(c->m, verb, c->UNDERGO)) {
        r->carrier = verb;
        uint32_t subject = tree_subject(c->d, verb);
        if (subject != NONE && subject != top && r->match.recipient == NONE)
            r->match.recipient = subject;
    } else if (relation == DEPREL_NSUBJ || relation == DEPREL_NSUBJ_PASS) {
        if (match_in_set(c->m, verb, c->LIGHT) || match_in_set(c->m, verb, c->REAL))
            r->carrier = verb;
    }
}

/* "Laos said it would back the plan": nobody accuses himself. */
static bool accuses_self(coder *c, const match *m, const kb_rule *rule)
{
    uint32_t pronoun = m->clause == NONE || rule->type != EVENT_ACCUSE ? NONE : tree_child(c->d, m->clause, DEPREL_NSUBJ, NONE);
    if (pronoun == NONE || m->actor == NONE || at(c, pronoun)->upos != UPOS_PRON)
        return false;
    party actors, who;
    party_of(c->m, m->actor, &actors);
    party_of(c->m, pronoun, &who);
    party_without(&who, &actors);
    return !who.count;
}

static void read_sentence(coder *c, const sentence *s, readings *ret)
{
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        match found;
        if (!match_best(c->m, i, PURPOSE_EVENT, &found))
            continue;
        kb_rule rule = kb_rule_at(c->k, found.rule);
        if (accuses_self(c, &found, &rule))
            continue;
        reading *r = vec_push(c->d->arena, ret);
        *r = (reading){.match = found, .rule = rule, .refuser = NONE, .inner = EVENT_COUNT};
        r->idiom = r->rule.purpose == PURPOSE_IDIOM;
        carrier_find(c, r);
    }
}

/* ---- what one reading takes from another ---- */

bool reading_takes(const reading *r, uint32_t token)
{
    for (uint8_t i = 0; i < r->match.word_count; i++)
        if (r->match.words[i] == token)
            return true;
    return false;
}

/* What a demand, threat, promise, refusal or protest is about is not an act. */
static bool hides_content(const reading *r)
{
    switch (r->rule.type) {
    case EVENT_REQUEST: case EVENT_THREATEN: case EVENT_AGREE: case EVENT_REJECT: case EVENT_PROTEST: case EVENT_CONCEDE:
        return true;
    default:
        return r->idiom;
    }
}

static bool in_content(const coder *c, const reading *r, uint32_t token)
{
    if (r->match.clause != NONE && tree_under(c->d, token, r->match.clause))
        return true;
    for (uint8_t i = 0; i < r->match.word_count; i++)
        if (token != r->match.words[i] && tree_under(c->d, token, r->match.words[i]))
            return at(c, token)->upos != UPOS_PROPN;
    /* the infinitive or the "of", "for", "over" of a verb of speaking */
    for (uint32_t up = token; up != NONE && up != r->match.token; up = at(c, up)->head)
        if (at(c, up)->head == r->match.token) {
            uint8_t x = at(c, up)->deprel;
            return x == DEPREL_XCOMP || x == DEPREL_CCOMP || (x == DEPREL_OBL && up != r->match.recipient && up != r->match.actor) ||
                   (x == DEPREL_ADVCL && (tree_has_case(c->d, up, STR("to")) || tree_has_case(c->d, up, STR("of")))) || (x == DEPREL_OBJ && token != up) || x == DEPREL_NMOD;
        }
    return false;
}

/* Words that nobody says: no event, so they hide none. */
static bool is_mute(const reading *r)
{
    return !r->idiom && r->match.shape == SHAPE_VERB && r->match.actor == NONE && event_quads[r->rule.type] % 2 && r->rule.type != EVENT_ACCUSE;
}

static bool knows_more(const reading *noun, const reading *verb)
{
    return noun->match.shape == SHAPE_NOUN && !verb->idiom && noun->rule.type == verb->rule.type && noun->match.actor != NONE && verb->match.actor == NONE;
}

static void settle(coder *c, readings *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        reading *r = &list->at[i];
        for (uint32_t j = 0; j < list->count; j++) {
            reading *o = &list->at[j];
            if (i == j)
                continue;
            /* a refused request was made, a condemned act was done */
            if (o->match.shape == SHAPE_NOUN && ((r->rule.type == EVENT_REJECT && o->rule.type == EVENT_REQUEST) ||
                                                 (r->rule.type == EVENT_ACCUSE && str_starts(r->rule.modes, "disapprove")))) {
                if (reading_takes(r, o->match.token) && r->rule.type == EVENT_REJECT)
                    o->refuser = r->match.actor;
                continue;
            }
            if (is_mute(r) && o->match.actor != NONE && o->rule.type != EVENT_REQUEST)
                continue;
            if (reading_takes(r, o->match.token) && knows_more(o, r))
                r->dropped = true; /* "Peru's threats were repeated": the noun has its author */
            else if (reading_takes(r, o->match.token) && !o->dropped && !(reading_takes(o, r->match.token) && o->match.weight > r->match.weight))
                o->dropped = true;
            else if (in_content(c, r, o->match.token)) {
                o->hidden |= hides_content(r) && !o->idiom;
                if (hides_content(r) && !o->idiom && r->inner == EVENT_COUNT && o->match.shape == SHAPE_VERB) {
                    r->inner = o->rule.type;
                    r->inner_modes = o->rule.modes;
                }
                o->alleged |= r->rule.type == EVENT_ACCUSE && str_starts(r->rule.modes, "allege");
            }
        }
    }
}

/* ---- from a reading to an event ---- */

static bool is_giving(uint8_t type)
{
    return type == EVENT_AID || type == EVENT_COOPERATE || type == EVENT_SUPPORT || type == EVENT_AGREE || type == EVENT_CONCEDE || type == EVENT_RETREAT ||
           type == EVENT_CONSULT;
}

/* What will not be given is refused; what will be given is promised. */
static uint8_t converted(uint8_t type, uint8_t *mood, bool announced)
{
    if ((*mood & AUXILIARY_FUTURE) && (*mood & AUXILIARY_NEGATION) && !(*mood & AUXILIARY_HYPOTHETICAL) && is_giving(type)) {
        *mood = 0;
        return EVENT_REJECT;
    }
    if (*mood & (AUXILIARY_HYPOTHETICAL | AUXILIARY_NEGATION))
        *mood &= (uint8_t)~AUXILIARY_FUTURE;
    if (!(*mood & AUXILIARY_FUTURE))
        return type;
    switch (type) {
    case EVENT_CONSULT: case EVENT_SUPPORT: case EVENT_COOPERATE: case EVENT_AID:
        *mood &= (uint8_t)~AUXILIARY_FUTURE;
        return EVENT_AGREE;
    case EVENT_RETREAT:
        *mood &= (uint8_t)~AUXILIARY_FUTURE;
        return EVENT_CONCEDE;
    case EVENT_SANCTION: case EVENT_COERCE: case EVENT_ASSAULT: case EVENT_MOBILIZE: case EVENT_PROTEST:
        if (!announced)
            return type;
        *mood &= (uint8_t)~AUXILIARY_FUTURE;
        return EVENT_THREATEN;
    case EVENT_AGREE: case EVENT_CONCEDE:
        *mood &= (uint8_t)~AUXILIARY_FUTURE;
        return type;
    default:
        return type;
    }
}

/* The CAMEO code of an act that became another type: the intent to do it, the threat of it, or its refusal. */
static str cameo_of(const kb_rule *r, uint8_t type)
{
    static const struct {
        uint8_t from;
        const char *meant, *refused, *threatened;
    } codes[] = {{EVENT_CONSULT, "036", "125", NULL},  {EVENT_SUPPORT, "032", "120", NULL},  {EVENT_COOPERATE, "031", "121", NULL},
                 {EVENT_AID, "033", "122", NULL},      {EVENT_RETREAT, "035", "124", NULL},  {EVENT_AGREE, NULL, "120", NULL},
                 {EVENT_CONCEDE, NULL, "124", NULL},   {EVENT_SANCTION, NULL, NULL, "131"},  {EVENT_COERCE, NULL, NULL, "132"},
                 {EVENT_PROTEST, NULL, NULL, "133"},   {EVENT_MOBILIZE, NULL, NULL, "138"},  {EVENT_ASSAULT, NULL, NULL, "138"}};
    for (size_t i = 0; type != r->type && i < COUNT(codes); i++) {
        const char *code = type == EVENT_REJECT ? codes[i].refused : type == EVENT_THREATEN ? codes[i].threatened : codes[i].meant;
        if (codes[i].from == r->type && code)
            return str_of(code);
    }
    return r->cameo;
}

static str mode_of_threat(const kb_rule *r)
{
    switch (r->type) {
    case EVENT_ASSAULT:
        return STR("violence");
    case EVENT_COERCE:
        return str_starts(r->modes, "arrest") ? STR("arrest") : str_starts(r->modes, "seize") ? STR("territory") : STR("restrict");
    case EVENT_SANCTION:
        return str_starts(r->modes, "expel") ? STR("expel") : STR("relations");
    default:
        return (str){0};
    }
}

/* What is asked for, refused or threatened tells the mode where the pattern is silent. */
static str mode_of_content(const reading *r)
{
    bool plain = !r->rule.modes.len || str_is(r->rule.modes, "change");
    if (!plain || r->inner == EVENT_COUNT)
        return r->rule.modes;
    if (r->rule.type == EVENT_THREATEN) {
        kb_rule inner = {.type = r->inner, .modes = r->inner_modes};
        return mode_of_threat(&inner);
    }
    if (r->rule.type != EVENT_REQUEST && r->rule.type != EVENT_REJECT)
        return r->rule.modes;
    switch (r->inner) {
    case EVENT_RETREAT: case EVENT_CONCEDE:
        return str_is(r->inner_modes, "resign") ? STR("change") : STR("yield");
    case EVENT_AID: case EVENT_COOPERATE: case EVENT_SUPPORT:
        return STR("assist");
    case EVENT_CONSULT:
        return STR("meet");
    default:
        return r->rule.modes;
    }
}

/* The contexts that the words of a sentence speak of: lexicon/en/contexts.txt has a set for each. */
static uint64_t contexts_of(const coder *c, uint32_t number)
{
    const sentence *s = &c->d->sentences.at[number];
    uint64_t all = 0;
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        for (uint32_t n = c->m->member_first[i]; n < c->m->member_first[i + 1]; n++) {
            uint32_t set = c->m->member[n].set - c->context_first;
            if (set < c->context_count && c->context_of[set] < CONTEXT_COUNT && match_in_set(c->m, i, c->m->member[n].set))
                all |= UINT64_C(1) << c->context_of[set];
        }
    }
    return all;
}

static span span_of(const coder *c, const reading *r)
{
    span s = at(c, r->match.token)->span;
    uint32_t tokens[MATCH_WORDS + 4] = {r->carrier, r->match.actor, r->match.recipient, r->match.clause};
    for (uint8_t i = 0; i < r->match.word_count; i++)
        tokens[4 + i] = r->match.words[i];
    for (uint32_t i = 0; i < 4u + r->match.word_count; i++)
        if (tokens[i] != NONE && at(c, tokens[i])->sentence == at(c, r->match.token)->sentence) {
            s.start = MIN(s.start, at(c, tokens[i])->span.start);
            s.end = MAX(s.end, at(c, tokens[i])->span.end);
        }
    return s;
}

static void slice_fill(coder *c, slice *s, const party *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        doc_refer(c->d, s, p->entity[i]);
}

static bool same_parties(const doc *d, slice s, const party *p)
{
    if (s.count != p->count)
        return false;
    for (uint32_t i = 0; i < s.count; i++)
        if (!party_has(p, doc_ref(d, s, i)))
            return false;
    return true;
}

static bool party_within(const doc *d, slice s, const party *p)
{
    for (uint32_t i = 0; i < s.count; i++)
        if (!party_has(p, doc_ref(d, s, i)))
            return false;
    return true;
}

/* The same act told twice in one sentence counts once. */
static bool is_repeated(const coder *c, uint32_t sentence, uint8_t type, const party *actors, const party *recipients)
{
    const doc *d = c->d;
    for (uint32_t i = d->events.count; i-- > 0 && d->events.at[i].sentence == sentence;) {
        const event *e = &d->events.at[i];
        if (e->event == type && (same_parties(d, e->actors, actors) || !actors->count) && (same_parties(d, e->recipients, recipients) || !recipients->count))
            return true;
    }
    return false;
}

/* An earlier finding of the same act that knows fewer of its parties. */
static event *weaker_event(coder *c, uint32_t sentence, uint8_t type, const party *actors, const party *recipients)
{
    doc *d = c->d;
    for (uint32_t i = d->events.count; i-- > 0 && d->events.at[i].sentence == sentence;) {
        event *e = &d->events.at[i];
        if (e->event == type && (!e->actors.count || !e->recipients.count) && party_within(d, e->actors, actors) && party_within(d, e->recipients, recipients))
            return e;
    }
    return NULL;
}

static bool is_body(const coder *c, const party *p)
{
    const char *code = p->count ? c->d->entities.at[p->entity[0]].code : "";
    return !strcmp(code, "IGO") || !strcmp(code, "EUR") || !strcmp(code, "UNO");
}

/* "may leave the union, its mayor told the paper" */
static bool may_threaten(coder *c, const reading *r, const party *actors)
{
    uint32_t modal = tree_child(c->d, r->carrier, DEPREL_AUX, NONE);
    if (modal == NONE || (!str_is(at(c, modal)->lower, "may") && !str_is(at(c, modal)->lower, "might") && !str_is(at(c, modal)->lower, "could")))
        return false;
    const sentence *s = &c->d->sentences.at[at(c, r->carrier)->sentence];
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        if (!str_is(at(c, i)->lemma, "warn") && !str_is(at(c, i)->lemma, "threaten"))
            continue;
        party who;
        uint32_t subject = tree_actor(c->d, i);
        if (subject == NONE)
            continue;
        party_of(c->m, subject, &who);
        return who.count && actors->count && !strcmp(c->d->entities.at[who.entity[0]].code, c->d->entities.at[actors->entity[0]].code);
    }
    return false;
}

/* Whether somebody else was host, or a body called the meeting. */
static str mode_of_meeting(const coder *c, uint32_t place, const party *actors, const party *recipients)
{
    const doc *d = c->d;
    const char *host = place == NONE ? "" : d->places.at[place].country;
    bool third = host[0] && actors->count + recipients->count > 1;
    for (uint32_t i = 0; i < actors->count; i++) {
        const char *code = d->entities.at[actors->entity[i]].code;
        if (actors->count + recipients->count == 1 && (!strcmp(code, "IGO") || !strcmp(code, "EUR") || !strcmp(code, "UNO")))
            return STR("multilateral");
        third &= strcmp(code, host) != 0;
    }
    for (uint32_t i = 0; i < recipients->count; i++)
        third &= strcmp(d->entities.at[recipients->entity[i]].code, host) != 0;
    return third ? STR("third-party") : (str){0};
}

/* "gave her a year in jail": the sentence is an arrest as well. */
static bool jails(coder *c, const reading *r)
{
    const sentence *s = &c->d->sentences.at[at(c, r->carrier)->sentence];
    for (uint32_t i = r->carrier + 1; i < s->first + s->count && i < r->carrier + 16; i++)
        if (match_in_set(c->m, i, c->PRISON))
            return true;
    return false;
}

static void emit(coder *c, const reading *r)
{
    party actors, recipients;
    parties_find(c, r, &actors, &recipients);
    if (!actors.count && !recipients.count)
        return;
    if (r->match.shape == SHAPE_NOUN && r->carrier == r->match.token && actors.guessed)
        return;
    bool announced;
    if (r->refuser != NONE) {
        party_of(c->m, r->refuser, &recipients);
        party_without(&recipients, &actors);
    }
    uint8_t mood = mood_of(c, r->match.token, r->carrier, &announced);
    if (r->match.clause != NONE && is_giving(r->rule.type) && tree_is_negated(c->d, r->match.clause))
        mood |= AUXILIARY_NEGATION; /* "decided not to ratify" */
    if (r->refuser != NONE)
        mood = 0;
    if (may_threaten(c, r, &actors))
        mood = AUXILIARY_FUTURE, announced = true;
    if (r->alleged)
        mood |= AUXILIARY_HYPOTHETICAL;
    if (r->rule.flags & RULE_DENIES)
        mood &= (uint8_t)~(AUXILIARY_NEGATION | AUXILIARY_FUTURE);
    if ((r->rule.flags & RULE_BODY) && !is_body(c, &recipients))
        return;
    uint8_t type = converted(r->rule.type, &mood, announced);
    if (event_lacks_party(c, r, type, &actors, &recipients) || quiet_parties(c, r, type, &actors, &recipients))
        return;
    uint32_t sentence = at(c, r->match.token)->sentence;
    if (!event_matters(c, type, r->match.actor, &actors, &recipients))
        return;
    if (quiet_reading(c, r) || quiet_business(c, r, type, &actors, &recipients) || is_repeated(c, sentence, type, &actors, &recipients))
        return;
    date when = where_date(c, r, type);
    str cameo = cameo_of(&r->rule, type);
    if (!mood && mood_historical(c, r->carrier, when))
        mood |= AUXILIARY_HISTORICAL;
    event e = {.span = span_of(c, r), .sentence = sentence, .event = type, .auxiliary = mood, .contexts = r->rule.contexts | contexts_of(c, sentence),
               .modes = type == r->rule.type ? mode_of_content(r) : type == EVENT_THREATEN ? mode_of_threat(&r->rule) : (str){0},
               .cameo = cameo, .goldstein = kb_goldstein(c->k, cameo), .rule = r->rule.line,
               .date = when, .place = type == r->rule.type ? where_place(c, r, &actors, &recipients) : NONE,
               .confidence = confidence_of(c, r, &actors, &recipients)};
    if (type == EVENT_CONSULT && !e.modes.len)
        e.modes = mode_of_meeting(c, e.place, &actors, &recipients);
    e.statement = c->m->within[r->match.token];
    slice_fill(c, &e.actors, &actors);
    slice_fill(c, &e.recipients, &recipients);
    event *weaker = weaker_event(c, sentence, type, &actors, &recipients);
    *(weaker ? weaker : vec_push(c->d->arena, &c->d->events)) = e;
    if (type == EVENT_SANCTION && str_is(e.modes, "convict") && jails(c, r)) {
        e.event = EVENT_COERCE;
        e.modes = STR("arrest");
        e.cameo = STR("173");
        e.goldstein = kb_goldstein(c->k, e.cameo);
        *vec_push(c->d->arena, &c->d->events) = e;
    }
}

/* Which context every set between the first and the last of contexts.txt speaks of. */
static void contexts_open(coder *c)
{
    uint32_t sets[CONTEXT_COUNT], last = 0;
    c->context_first = NONE;
    for (uint32_t x = 0; x < CONTEXT_COUNT; x++) {
        char name[64] = "about:";
        sets[x] = kb_set_find(c->k, strncat(name, context_names[x], sizeof name - sizeof "about:"));
        c->context_first = MIN(c->context_first, sets[x]);
        last = sets[x] == NONE ? last : MAX(last, sets[x]);
    }
    c->context_count = c->context_first == NONE ? 0 : last - c->context_first + 1;
    c->context_of = arena_take(c->d->arena, c->context_count + 1u, 1);
    memset(c->context_of, CONTEXT_COUNT, c->context_count + 1u);
    for (uint32_t x = 0; x < CONTEXT_COUNT; x++)
        if (sets[x] != NONE)
            c->context_of[sets[x] - c->context_first] = (uint8_t)x;
}

void event_code(doc *d, const kb *k)
{
    coder c = {.d = d, .k = k, .m = match_new(d, k)};
#define X(name) c.name = kb_set_find(k, #name);
    SETS(X)
#undef X
    c.m->governments = true;
    contexts_open(&c);
    c.sport = quiet_sport(&c);
    c.home = confidence_page_of_one(d);
    for (uint32_t s = 0; s < d->sentences.count; s++) {
        if (!d->sentences.at[s].parsed)
            continue;
        sentence here = d->sentences.at[s];
        readings list = {0};
        read_sentence(&c, &here, &list);
        settle(&c, &list);
        for (uint32_t i = 0; i < list.count; i++)
            if (!list.at[i].idiom && !list.at[i].dropped && !list.at[i].hidden)
                emit(&c, &list.at[i]);
    }
    d->done |= DONE_EVENT;
}
