/* Where and when: the toponym and the day that hang on an event's words, or that its sentence tells of nothing else. Where
 * neither tree nor order of words tells, there is none. */
#include "event/inside.h"

static const token *at(const coder *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

static bool word_in(str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_is(word, list[i]))
            return true;
    return false;
}

#define IN(word, list) word_in(word, list, COUNT(list))

static bool has_case_in(const coder *c, uint32_t t, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tree_has_case(c->d, t, str_of(list[i])))
            return true;
    return false;
}

/* ---- kinds of acts and places ---- */

static bool harms(uint8_t type)
{
    return type == EVENT_ASSAULT || type == EVENT_COERCE;
}

/* Acts with feet on the ground: whatever place their sentence tells is likely theirs. Words are said anywhere. */
static bool on_ground(uint8_t type)
{
    return harms(type) || type == EVENT_PROTEST || type == EVENT_MOBILIZE || type == EVENT_RETREAT;
}

enum { COUNTRY = 1, REGION, TOWN };

/* How exact a place is. One that the gazetteer lacks has a name of its own at least. */
static int exactness(const place *p)
{
    if (str_starts(p->feature, "PCL"))
        return COUNTRY;
    bool wide = str_starts(p->feature, "ADM1") || str_starts(p->feature, "RGN") || str_starts(p->feature, "SEA") || str_starts(p->feature, "CONT");
    return wide || (p->country[0] && !p->feature.len) ? REGION : TOWN;
}

static const char *const where_words[] = {"in", "at", "near", "outside", "around", "inside", "off", "through", "throughout",
                                          "across", "into", "along", "within", "beside"};

/* Prepositions that tell where some acts happen, and what others are about. */
static bool has_own_case(const coder *c, const reading *r, uint32_t t, int exact)
{
    static const char *const reached[] = {"to", "towards", "toward"}, *const hit[] = {"on", "against", "over", "upon"};
    uint8_t type = r->rule.type;
    bool noun = r->match.shape == SHAPE_NOUN;
    if (type == EVENT_CONSULT || type == EVENT_MOBILIZE || type == EVENT_AID)
        return has_case_in(c, t, reached, COUNT(reached));
    if (type == EVENT_RETREAT)
        return tree_has_case(c->d, t, STR("from")) || (noun && exact > COUNTRY && tree_has_case(c->d, t, STR("of")));
    if (type == EVENT_PROTEST)
        return tree_has_case(c->d, t, STR("on")) && exact > COUNTRY;
    return harms(type) && exact > COUNTRY && (has_case_in(c, t, hit, COUNT(hit)) || (noun && tree_has_case(c->d, t, STR("of"))));
}

/* "on the outskirts of X", but talks "on the port of X" are about it. */
static bool has_where(const coder *c, const reading *r, uint32_t t)
{
    return has_case_in(c, t, where_words, COUNT(where_words)) ||
           (on_ground(r->rule.type) && match_in_set(c->m, t, c->SITE) && tree_has_case(c->d, t, STR("on")));
}

/* ---- from a toponym up to the event's words ---- */

/* The word that bears a toponym's preposition: "the port of X", "X province", the first of "X, Y" and "X and Y". */
static uint32_t phrase_of(const coder *c, const place *p)
{
    uint32_t t = p->first;
    while (at(c, t)->head != NONE && at(c, t)->head >= p->first && at(c, t)->head <= p->last)
        t = at(c, t)->head;
    for (int depth = 0; depth < 4 && at(c, t)->head != NONE; depth++) {
        uint32_t head = at(c, t)->head;
        uint8_t x = at(c, t)->deprel;
        bool nouns = at(c, head)->upos == UPOS_NOUN || at(c, head)->upos == UPOS_PROPN;
        bool site = match_in_set(c->m, head, c->SITE) && (x == DEPREL_COMPOUND || (x == DEPREL_NMOD && tree_has_case(c->d, t, STR("of"))));
        bool beside = (x == DEPREL_FLAT || x == DEPREL_APPOS || x == DEPREL_CONJ) && tree_child(c->d, t, DEPREL_CASE, NONE) == NONE;
        if (!nouns || (!site && !beside))
            break;
        t = head;
    }
    return t;
}

static bool is_word(const reading *r, uint32_t t)
{
    for (uint8_t i = 0; i < r->match.word_count; i++)
        if (r->match.words[i] == t)
            return true;
    return t == r->match.token || t == r->carrier;
}

static bool is_object(uint8_t deprel)
{
    return deprel == DEPREL_OBJ || deprel == DEPREL_NSUBJ_PASS;
}

enum { FAR, BESIDE_ACTOR, BESIDE_OBJECT, ITS_OBJECT, ITS_OWN }; /* how a place hangs on an event */

/* The noun that has the place ("a base near X") on its way up to the event. */
static int reach_by_noun(const coder *c, const reading *r, uint32_t noun)
{
    static const char *const meetings[] = {"during", "for", "on"};
    uint8_t type = r->rule.type, x = at(c, noun)->deprel;
    if (has_where(c, r, noun))
        return ITS_OWN; /* "at a hotel in X" */
    if (x == DEPREL_NSUBJ)
        return BESIDE_ACTOR;
    if (type == EVENT_CONSULT)
        return noun == r->match.recipient || x == DEPREL_NMOD || (x == DEPREL_OBL && has_case_in(c, noun, meetings, COUNT(meetings))) ? BESIDE_OBJECT : FAR;
    return (on_ground(type) || type == EVENT_AID) && (is_object(x) || x == DEPREL_NMOD || x == DEPREL_OBL) ? BESIDE_OBJECT : FAR;
}

/* "attacked X on Monday", whatever the tree makes of a name of two words. */
static bool follows(const reading *r, const place *p)
{
    return harms(r->rule.type) && r->match.shape == SHAPE_VERB && p->first == r->match.token + 1 && exactness(p) > COUNTRY;
}

static int reach(const coder *c, const reading *r, const place *p)
{
    if (follows(r, p))
        return ITS_OBJECT;
    uint32_t first = phrase_of(c, p), t = first;
    int exact = exactness(p);
    bool told = has_where(c, r, t), own = has_own_case(c, r, t, exact);
    if (is_word(r, t))
        return FAR;
    for (int depth = 0; depth < 6; depth++) {
        uint32_t head = at(c, t)->head;
        uint8_t x = at(c, t)->deprel;
        if (head == NONE || at(c, t)->upos == UPOS_VERB || x == DEPREL_NMOD_POSS || x == DEPREL_OBL_AGENT)
            return FAR;
        if (is_word(r, head) && t == first) {
            if (is_object(x))
                return (harms(r->rule.type) && exact > COUNTRY) || (r->rule.type == EVENT_CONSULT && r->match.recipient == t) ? ITS_OBJECT : FAR;
            return (x == DEPREL_OBL || x == DEPREL_NMOD) && (told || own) ? ITS_OWN : FAR;
        }
        if (is_word(r, head))
            return reach_by_noun(c, r, t);
        bool held = harms(r->rule.type) && t == first && tree_has_case(c->d, t, STR("of")) && match_in_set(c->m, head, c->SITE);
        if (t == first && !told && !held)
            return FAR;
        if (x != DEPREL_NMOD && x != DEPREL_CONJ && x != DEPREL_APPOS)
            return FAR;
        t = head;
    }
    return FAR;
}

/* Of two places of one country the more exact, else what hangs closer, else the first. */
static bool is_better(const place *a, int reach_a, const place *b, int reach_b)
{
    bool same = !strcmp(a->country, b->country) || !a->country[0] || !b->country[0];
    if (same && exactness(a) != exactness(b))
        return exactness(a) > exactness(b);
    return reach_a > reach_b;
}

static uint32_t first_place(const coder *c, uint32_t token)
{
    uint32_t low = 0, high = c->d->places.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->d->places.at[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool in_sentence(const coder *c, uint32_t place, uint32_t token)
{
    const sentence *s = &c->d->sentences.at[at(c, token)->sentence];
    return place < c->d->places.count && c->d->places.at[place].first < s->first + s->count;
}

static uint32_t place_by_tree(const coder *c, const reading *r, int least)
{
    uint32_t best = NONE;
    int best_reach = FAR;
    for (uint32_t i = first_place(c, c->d->sentences.at[at(c, r->carrier)->sentence].first); in_sentence(c, i, r->carrier); i++) {
        int here = reach(c, r, &c->d->places.at[i]);
        if (here >= least && (best == NONE || is_better(&c->d->places.at[i], here, &c->d->places.at[best], best_reach))) {
            best = i;
            best_reach = here;
        }
    }
    return best;
}

/* ---- by another verb, or by the order of words ---- */

/* "flew to X and met ...", "opened fire in X, killing ...": the verb that shares its place with this one. */
static uint32_t sharing_verb(const coder *c, uint32_t carrier)
{
    const token *t = at(c, carrier);
    bool verb = t->upos == UPOS_VERB, shares = t->deprel == DEPREL_CONJ || t->deprel == DEPREL_XCOMP || (t->deprel == DEPREL_ADVCL && t->xpos == XPOS_VBG);
    if (t->head == NONE || at(c, t->head)->upos != UPOS_VERB || match_in_set(c->m, t->head, c->SAY))
        return NONE;
    bool alone = tree_child(c->d, carrier, DEPREL_NSUBJ, NONE) == NONE && tree_child(c->d, carrier, DEPREL_NSUBJ_PASS, NONE) == NONE;
    return verb ? (shares && alone ? t->head : NONE) : (t->deprel == DEPREL_NSUBJ || is_object(t->deprel) || t->deprel == DEPREL_OBL) ? t->head : NONE;
}

static uint32_t place_of_verb(const coder *c, const reading *r, uint32_t verb, int least)
{
    reading other = *r;
    other.match.word_count = 0;
    other.match.shape = SHAPE_VERB;
    other.match.recipient = NONE;
    other.carrier = other.match.token = verb;
    return place_by_tree(c, &other, least);
}

static uint32_t place_by_sharing(const coder *c, const reading *r)
{
    uint32_t found = NONE, verb = sharing_verb(c, r->carrier);
    for (int depth = 0; depth < 3 && verb != NONE && found == NONE; depth++) {
        found = place_of_verb(c, r, verb, at(c, r->carrier)->upos == UPOS_VERB ? BESIDE_ACTOR : ITS_OWN);
        verb = sharing_verb(c, verb);
    }
    return found;
}

/* "Speaking in X, she condemned ...", "walked off the job, halting trains in X" */
static uint32_t place_by_participle(const coder *c, const reading *r)
{
    uint32_t found = NONE;
    for (uint32_t n = tree_next(c->d, r->carrier, NONE); n != NONE && found == NONE; n = tree_next(c->d, r->carrier, n))
        if (at(c, n)->deprel == DEPREL_ADVCL && at(c, n)->xpos == XPOS_VBG && tree_child(c->d, n, DEPREL_MARK, NONE) == NONE && (n < r->carrier || on_ground(r->rule.type)))
            found = place_of_verb(c, r, n, BESIDE_OBJECT);
    return found;
}

static bool told_before(const coder *c, const place *p)
{
    const sentence *s = &c->d->sentences.at[at(c, p->first)->sentence];
    uint32_t t = p->first;
    while (t > s->first && (at(c, t - 1)->upos == UPOS_DET || at(c, t - 1)->upos == UPOS_ADJ || at(c, t - 1)->upos == UPOS_NOUN || str_is(at(c, t - 1)->lower, "of")))
        t--;
    return t > s->first && IN(at(c, t - 1)->lower, where_words);
}

/* "..., and in X soldiers beat two monks": no other verb, nor the end of a clause, stands between. */
static uint32_t place_by_order(const coder *c, const reading *r)
{
    uint32_t best = NONE, best_gap = NONE;
    for (uint32_t i = first_place(c, c->d->sentences.at[at(c, r->carrier)->sentence].first); in_sentence(c, i, r->carrier); i++) {
        const place *p = &c->d->places.at[i];
        uint32_t from = MIN(p->last, r->carrier), to = MAX(p->first, r->carrier);
        bool clear = told_before(c, p);
        for (uint32_t t = from + 1; t < to && clear; t++) {
            str w = at(c, t)->lower;
            clear = at(c, t)->upos != UPOS_VERB && at(c, t)->upos != UPOS_SCONJ && !str_is(w, ";") && !str_is(w, "who") && !str_is(w, "which") && !str_is(w, "that");
            clear &= p->first < r->carrier || !str_is(w, ",");
        }
        if (clear && to - from < best_gap) {
            best = i;
            best_gap = to - from;
        }
    }
    return best;
}

/* ---- from the sentence before ---- */

static bool shares_party(const coder *c, const event *e, const party *p)
{
    const slice sides[] = {e->actors, e->recipients};
    for (size_t k = 0; k < COUNT(sides); k++)
        for (uint32_t i = 0; i < sides[k].count; i++)
            for (uint32_t j = 0; j < p->count; j++)
                if (!strcmp(c->d->entities.at[doc_ref(c->d, sides[k], i)].code, c->d->entities.at[p->entity[j]].code))
                    return true;
    return false;
}

/* "Gunmen", "masked men": no word of them is a name. */
static bool is_nameless(const coder *c, uint32_t actor)
{
    if (actor == NONE || at(c, actor)->upos != UPOS_NOUN)
        return false;
    for (uint32_t n = tree_next(c->d, actor, NONE); n != NONE; n = tree_next(c->d, actor, n)) {
        char first = doc_str(c->d, at(c, n)->span).at[0];
        if (first >= 'A' && first <= 'Z')
            return false;
    }
    return true;
}

/* The place of the last act of this kind, in the sentence right before: one story goes on. */
static uint32_t place_before(const coder *c, const reading *r, const party *actors, const party *recipients)
{
    uint32_t here = at(c, r->carrier)->sentence;
    for (uint32_t i = c->d->events.count; i-- > 0;) {
        const event *e = &c->d->events.at[i];
        if (e->sentence == here)
            continue;
        if (e->sentence + 1 != here || c->d->sentences.at[e->sentence].block != c->d->sentences.at[here].block)
            return NONE;
        bool alike = on_ground(r->rule.type) ? on_ground(e->event) : e->event == r->rule.type;
        bool known = is_nameless(c, r->match.actor) || shares_party(c, e, actors) || shares_party(c, e, recipients);
        if (e->place != NONE && alike && known && !(e->auxiliary & ~AUXILIARY_FUTURE))
            return e->place;
    }
    return NONE;
}

static bool is_capitals(str s)
{
    for (uint32_t i = 0; i < s.len; i++)
        if (s.at[i] >= 'a' && s.at[i] <= 'z')
            return false;
    return s.len > 2;
}

/* The town of the dateline, for what nameless people do: of what armies do it tells where the reporter sat. */
static uint32_t place_of_dateline(const coder *c, const reading *r)
{
    const place *p = c->d->places.count ? &c->d->places.at[0] : NULL;
    bool first = p && p->first == 0 && at(c, r->carrier)->sentence == 0 && is_capitals(doc_str(c->d, p->span));
    return first && is_nameless(c, r->match.actor) ? 0 : NONE;
}

static bool tells_place(const coder *c, uint32_t token)
{
    for (uint32_t i = first_place(c, c->d->sentences.at[at(c, token)->sentence].first); in_sentence(c, i, token); i++)
        if (told_before(c, &c->d->places.at[i]))
            return true;
    return false;
}

uint32_t where_place(const coder *c, const reading *r, const party *actors, const party *recipients)
{
    uint8_t type = r->rule.type;
    if (str_starts(r->rule.modes, "phone"))
        return NONE;
    bool ground = on_ground(type), meets = type == EVENT_CONSULT;
    uint32_t found = place_by_tree(c, r, BESIDE_ACTOR);
    if (found == NONE && (ground || meets))
        found = place_by_sharing(c, r);
    if (found == NONE)
        found = place_by_participle(c, r);
    if (found == NONE && ground)
        found = place_by_order(c, r);
    if (found == NONE && (ground || meets) && !tells_place(c, r->carrier))
        found = place_before(c, r, actors, recipients);
    return found == NONE && ground && !tells_place(c, r->carrier) ? place_of_dateline(c, r) : found;
}

/* ---- when ---- */

static uint32_t first_time(const coder *c, uint32_t token)
{
    uint32_t low = 0, high = c->d->times.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (c->d->times.at[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The verb of its clause; the root where there is none. */
static uint32_t verb_above(const coder *c, uint32_t token, uint32_t stop)
{
    while (token != stop && at(c, token)->upos != UPOS_VERB && at(c, token)->head != NONE)
        token = at(c, token)->head;
    return token;
}

static bool is_words(uint8_t type)
{
    return type == EVENT_AGREE || type == EVENT_CONCEDE || type == EVENT_SUPPORT || type == EVENT_REQUEST || type == EVENT_ACCUSE || type == EVENT_REJECT ||
           type == EVENT_THREATEN;
}

/* Whether a verb reports what the carrier tells: "said on Friday that ...", "..., it said on Friday". */
static bool reports(const coder *c, uint32_t verb, uint32_t carrier)
{
    if (verb == carrier || at(c, verb)->upos != UPOS_VERB)
        return false;
    for (uint32_t t = carrier; t != NONE && t != verb; t = at(c, t)->head)
        if (at(c, t)->deprel == DEPREL_CCOMP && at(c, t)->head == verb)
            return true;
    return match_in_set(c->m, verb, c->SAY);
}

static bool in_relative(const coder *c, uint32_t token, uint32_t carrier)
{
    for (; token != NONE && token != carrier; token = at(c, token)->head)
        if (at(c, token)->deprel == DEPREL_ACL_RELCL)
            return !tree_under(c->d, carrier, token);
    return false;
}

/* The first day told in the sentence that no verb of saying and no relative clause claims. */
static date day_of_sentence(const coder *c, uint32_t carrier, bool words)
{
    const sentence *s = &c->d->sentences.at[at(c, carrier)->sentence];
    date best = NO_DATE;
    for (uint32_t i = first_time(c, s->first); i < c->d->times.count && c->d->times.at[i].first < s->first + s->count; i++) {
        const timex *t = &c->d->times.at[i];
        if (!date_known(t->date) || (t->type != TIMEX_DATE && t->type != TIMEX_TIME))
            continue;
        uint32_t verb = verb_above(c, t->first, carrier);
        if (verb == carrier)
            return t->date;
        if (!date_known(best) && at(c, carrier)->deprel != DEPREL_ACL_RELCL && !in_relative(c, t->first, carrier) && (words || !reports(c, verb, carrier)))
            best = t->date;
    }
    return best;
}

date where_date(const coder *c, const reading *r, uint8_t type)
{
    date found = day_of_sentence(c, r->carrier, is_words(type));
    day now = c->d->head.reference;
    bool later = date_known(found) && now != NO_DAY && found.from > now;
    return later && type != r->rule.type ? NO_DATE : found; /* a promise was made before its day */
}
