/* Names: those that the knowledge has, those of places, and those that the recogniser alone has seen. At every token
 * the longest reading wins; where two are as long, powers and persons come before places, and both before guesses. */
#include "mention/inside.h"

static const char *const place_words[] = {"in", "at", "near", "around", "outside", "across", "throughout", "inside", "to",
                                          "from", "of", "for", "into", "toward", "towards", "via", "north", "south", "east",
                                          "west", "central", "northern", "southern", "eastern", "western", "downtown"};
static const char *const compass[] = {"north", "south", "east", "west", "central", "northern", "southern", "eastern",
                                      "western", "upper", "lower", "new", "old"};
static const char *const stay_words[] = {"in", "at", "near", "around", "outside", "inside", "into", "downtown", "across",
                                         "throughout", "central", "northern", "southern", "eastern", "western"};

/* ---- does the text write it as the lexicon does? ---- */

static bool mark(uint32_t c)
{
    return !utf8_is_letter(c) && !utf8_is_digit(c);
}

static uint32_t next_letter(const char **at, const char *end)
{
    while (*at < end) {
        uint32_t c = utf8_next(at, end);
        if (!mark(c))
            return c;
    }
    return 0;
}

/* Capitals stand where the lexicon has them; of an abbreviation the small letters too. */
static bool case_fits(str text, str wanted, bool exactly)
{
    const char *a = text.at, *b = wanted.at, *a_end = a + text.len, *b_end = b + wanted.len;
    for (;;) {
        uint32_t x = next_letter(&a, a_end), y = next_letter(&b, b_end);
        if (!x || !y)
            return true;
        if (utf8_is_upper(y) && !utf8_is_upper(x))
            return false;
        if (exactly && utf8_is_upper(x) != utf8_is_upper(y))
            return false;
    }
}

/* ---- which of the things so called? ---- */

static int name_score(const scan *s, const kb_name *n, const kb_entity *e)
{
    static const int by_use[] = {[USE_NAME] = 60, [USE_SHORT] = 55, [USE_PEOPLE] = 40, [USE_METONYM] = 50, [USE_CAPITAL] = 45,
                                 [USE_SURNAME] = 10};
    int score = n->use < COUNT(by_use) ? by_use[n->use] : 0;
    score += n->own ? 6 : 0;
    score += kb_holds(n->spell, s->on) ? 4 : 0;
    score += kb_holds(e->spell, s->on) ? 4 : 0;
    score -= n->beware ? 15 : 0;
    score += e->class == CLASS_STATE ? 5 : 0;
    return score;
}

/* The best reading of a hit that is no mere surname; NONE where there is none. */
static uint32_t best_name(const scan *s, uint32_t first, const hit *h, kb_name *ret)
{
    str text = scan_text(s, first, h->last);
    int best = INT32_MIN;
    uint32_t found = NONE;
    for (uint32_t i = 0; i < h->count; i++) {
        uint32_t value = kb_value(s->k, KB_TRIE_NAMES, h->first + i);
        kb_name n = kb_name_at(s->k, value);
        kb_entity e = kb_entity_at(s->k, n.entity);
        if (n.use >= USE_SURNAME || !case_fits(text, n.text, n.use == USE_SHORT))
            continue;
        int score = name_score(s, &n, &e) + (s->told[n.entity] ? 2 : 0); /* who is told already is meant again */
        if (score > best) {
            best = score;
            found = value;
            *ret = n;
        }
    }
    return found;
}

/* ---- what stands around ---- */

static bool before_is(const scan *s, uint32_t t, const char *const *list, size_t count)
{
    uint32_t begin = scan_begin(s, t);
    if (t > begin && scan_is(s, t - 1, "the"))
        t--;
    return t > begin && scan_is_any(s, t - 1, list, count);
}

static bool is_noun(const token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN;
}

/* "Russian troops", "NATO and Russian troops", "US-led": a modifier of a noun that follows. */
static bool modifies(const scan *s, uint32_t last)
{
    uint32_t end = scan_end(s, last), t = last + 1;
    if (t < end && scan_is(s, t, "-") && scan_token(s, t)->joined)
        return true;
    while (t < end && (scan_token(s, t)->upos == UPOS_ADJ || scan_is(s, t, "and")) && t < last + 4)
        t++;
    return t < end && is_noun(scan_token(s, t)) && !scan_is(s, last + 1, "and");
}

/* ---- taking a name ---- */

typedef struct reading {
    uint32_t last;
    uint32_t name;          /* of KB_TRIE_NAMES, or NONE */
    uint32_t place, places; /* of KB_TRIE_PLACES: where its list begins, how many */
} reading;

/* "King" and "Governor" are towns too. */
static bool is_word_of(const scan *s, uint32_t t, const char *kind)
{
    hit hits[HITS];
    for (uint32_t n = scan_walk(s, KB_TRIE_WORDS, t, hits); n--;)
        if (hits[n].last == t && scan_is_kind(s, &hits[n], kind))
            return true;
    return false;
}

static bool is_title_word(const scan *s, uint32_t t)
{
    hit hits[HITS];
    return (scan_walk(s, KB_TRIE_AGENTS, t, hits) && hits[0].last == t) || is_word_of(s, t, "title");
}

static bool short_fits(const scan *s, uint32_t first, const hit *h)
{
    uint32_t begin = scan_begin(s, first);
    bool capitals = scan_text(s, first, h->last).len > 2 || s->shape[first] & SHAPE_ALL_UPPER;
    return capitals && first > begin + 1 && scan_is(s, first - 1, ",") && scan_is_upper(s, first - 2);
}

/* What may stand after the region that ends a place's name: no verb, no "and", as after a power that acts. */
static bool region_closes(const scan *s, uint32_t last)
{
    uint8_t after = last + 1 < scan_end(s, last) ? scan_token(s, last + 1)->upos : UPOS_PUNCT;
    return after == UPOS_PUNCT || after == UPOS_ADP || after == UPOS_NOUN;
}

/* "Bam, Iran": a power or a division of one stands after the comma. */
static bool put_in_region(const scan *s, uint32_t first, uint32_t last)
{
    hit hits[HITS];
    kb_name name;
    if (last + 2 >= scan_end(s, first) || !scan_is(s, last + 1, ",") || !scan_is_upper(s, last + 2)
        || (first > scan_begin(s, first) && scan_token(s, first - 1)->upos == UPOS_DET))
        return false;
    for (uint32_t n = scan_walk(s, KB_TRIE_NAMES, last + 2, hits); n--;)
        if (best_name(s, last + 2, &hits[n], &name) != NONE && name.use == USE_NAME && kb_entity_at(s->k, name.entity).class == CLASS_STATE)
            return region_closes(s, hits[n].last);
    for (uint32_t n = scan_walk(s, KB_TRIE_PLACES, last + 2, hits); n--;)
        for (uint32_t i = 0; i < hits[n].count; i++)
            if (kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, hits[n].first + i)).kind == TOPONYM_REGION)
                return region_closes(s, hits[n].last);
    return false;
}

static bool place_fits(const scan *s, uint32_t first, const hit *h)
{
    if (s->timed[first] && s->timed[h->last])
        return false;
    if (scan_short(s, first, h->last))
        return short_fits(s, first, h);
    if (h->last == first && (is_title_word(s, first) || scan_is_any(s, first, compass, COUNT(compass))))
        return false;
    kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, h->first));
    str text = scan_text(s, first, h->last);
    if (!scan_is_upper(s, first) || (text.len < 4 && h->last == first && p.kind == TOPONYM_CITY && !put_in_region(s, first, first)))
        return false;
    for (uint32_t t = first; t <= h->last; t++)
        if (scan_token(s, t)->upos != UPOS_ADP && s->shape[t] & SHAPE_LETTER && !scan_is_upper(s, t) && scan_form(s, t).len > 3)
            return false;
    return true;
}

/* The recogniser's own reading around `t`: the bounds of its name; false where it sees none. */
static bool guess_around(const scan *s, uint32_t t, uint32_t *ret_first, uint32_t *ret_last)
{
    uint32_t begin = scan_begin(s, t), end = scan_end(s, t);
    if (!(s->guess[t] & GUESS_TYPE))
        return false;
    while (t > begin && !(s->guess[t] & GUESS_BEGIN))
        t--;
    *ret_first = t;
    while (t + 1 < end && s->guess[t + 1] & GUESS_TYPE && !(s->guess[t + 1] & GUESS_BEGIN))
        t++;
    *ret_last = t;
    return true;
}

/* Titles and powers that the recogniser took into a person's name: "California Senator Joe Dunn". */
static uint32_t person_start(const scan *s, uint32_t first, uint32_t last)
{
    uint32_t start = first;
    for (uint32_t t = first; t < last; t++) {
        hit hits[HITS];
        uint32_t end = NONE;
        for (uint32_t n = scan_walk(s, KB_TRIE_AGENTS, t, hits); n-- && end == NONE;)
            end = hits[n].last < last ? hits[n].last : NONE;
        for (uint32_t n = scan_walk(s, KB_TRIE_WORDS, t, hits); n-- && end == NONE;)
            if (hits[n].last < last && scan_is_kind(s, &hits[n], "title"))
                end = hits[n].last;
        if (end != NONE)
            start = t = end;
        if (end != NONE)
            start++;
    }
    return start;
}

/* "US President", "U.S. Secretary [of State]": a role noun reaches the end of what the recogniser took for a person. */
static bool ends_in_title(const scan *s, uint32_t first, uint32_t last)
{
    hit hits[HITS];
    for (uint32_t t = first; t <= last; t++)
        for (uint32_t n = scan_walk(s, KB_TRIE_AGENTS, t, hits); n--;)
            if (hits[n].last >= last)
                return true;
    return false;
}

/* Whether [first, last] is but a part of a longer name: "Atlantic City" in "Atlantic City Railroad". */
static bool is_part(const scan *s, uint32_t first, uint32_t last)
{
    uint32_t from, to;
    first += scan_is(s, first, "the") && first < last; /* "The Gulf" in "The Gulf Council" */
    if (!guess_around(s, first, &from, &to))
        return false;
    if ((s->guess[from] & GUESS_TYPE) == ENTITY_PER + 1 && (person_start(s, from, to) > last || ends_in_title(s, from, to)))
        return false;
    return from <= first && last <= to && (from < first || last < to);
}

/* "Dunedin residents", "a Dunedin woman" */
static bool has_people(const scan *s, uint32_t last)
{
    static const char *const people[] = {"resident", "residents", "man", "woman", "mayor", "police", "area", "suburb", "suburbs", "firefighters"};
    return last + 1 < scan_end(s, last) && scan_is_any(s, last + 1, people, COUNT(people));
}

/* "in Lincoln", "near Jackson", "Dunedin residents": what the recogniser takes for a person is none. */
static bool misread_person(const scan *s, uint32_t first, uint32_t last)
{
    static const char *const within[] = {"in", "near", "outside", "across", "throughout", "downtown", "around"};
    uint32_t from, to;
    bool inside = before_is(s, first, within, COUNT(within)) && !scan_is(s, last + 1, "'s") && !scan_is(s, last + 1, "’s");
    return (inside || has_people(s, last) || put_in_region(s, first, last)) && guess_around(s, first, &from, &to) && from == first && to == last;
}

/* A town of the gazetteer is believed where the recogniser or the words before it say so: half of all words are towns. */
static bool place_supported(const scan *s, uint32_t first, const hit *h)
{
    uint32_t type = (s->guess[first] & GUESS_TYPE) - 1u, people = 0;
    if (scan_short(s, first, h->last))
        return true;
    if (is_part(s, first, h->last))
        return false;
    if (s->guess[first] & GUESS_BEGIN && (type == ENTITY_PER || type == ENTITY_ORG))
        return type == ENTITY_PER ? misread_person(s, first, h->last) : put_in_region(s, first, h->last);
    bool plain = h->last == first && is_word_of(s, first, "plainword");
    if (plain)
        return before_is(s, first, stay_words, COUNT(stay_words)); /* "Act", "Federal", "Metro" are towns too */
    bool seen = s->guess[first] & GUESS_BEGIN && (type == ENTITY_GPE || type == ENTITY_LOC);
    for (uint32_t i = 0; i < h->count; i++) {
        kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, h->first + i));
        if ((p.kind != TOPONYM_CITY && p.kind != TOPONYM_REGION) || (p.kind == TOPONYM_REGION && !p.feature.len))
            return true;
        people = MAX(people, p.population);
    }
    if (people < LEAST_TOWN && h->last == first && (is_word_of(s, first, "placeword") || is_word_of(s, first, "orgword")))
        return false; /* Bridge in Kent */
    if (seen)
        return true;
    bool told = people < LEAST_TOWN ? before_is(s, first, stay_words, COUNT(stay_words)) : before_is(s, first, place_words, COUNT(place_words));
    return people >= 300000 || told || (people >= LEAST_TOWN && has_people(s, h->last))
           || (h->last + 2 < scan_end(s, first) && scan_is(s, h->last + 1, ",") && s->guess[h->last + 2]);
}

static bool name_supported(const scan *s, uint32_t first, uint32_t last, const kb_name *n)
{
    kb_entity e = kb_entity_at(s->k, n->entity);
    bool whole = last > first && e.type != ENTITY_GPE && !n->beware;
    if (!whole && is_part(s, first, last))
        return false;
    uint32_t type = (s->guess[first] & GUESS_TYPE) - 1u;
    if (whole || n->use == USE_PEOPLE)
        return true;
    uint32_t from, to;
    bool article = first > scan_begin(s, first) && scan_is(s, first - 1, "the");
    bool person = !article && s->guess[first] & GUESS_BEGIN && type == ENTITY_PER && guess_around(s, first, &from, &to) && !ends_in_title(s, from, to);
    if (person && e.type != ENTITY_PER && last == first && (n->beware || e.class > CLASS_PARTIAL))
        return false;
    return !n->beware || s->guess[first] & GUESS_BEGIN || first > scan_begin(s, first);
}

static bool read_at(const scan *s, uint32_t t, reading *ret)
{
    hit names[HITS], places[HITS];
    uint32_t n = scan_walk(s, KB_TRIE_NAMES, t, names), p = scan_walk(s, KB_TRIE_PLACES, t, places);
    *ret = (reading){.name = NONE};
    while (n || p) {
        bool is_name = n && (!p || names[n - 1].last >= places[p - 1].last);
        const hit *h = is_name ? &names[--n] : &places[--p];
        kb_name name = {0};
        if (is_name) {
            uint32_t value = best_name(s, t, h, &name);
            if (value == NONE || !name_supported(s, t, h->last, &name))
                continue;
            ret->name = value;
            if (p && places[p - 1].last == h->last) {
                ret->place = places[p - 1].first;
                ret->places = places[p - 1].count;
            }
        } else if (place_fits(s, t, h) && place_supported(s, t, h)) {
            ret->place = h->first;
            ret->places = h->count;
        } else {
            continue;
        }
        ret->last = h->last;
        return true;
    }
    return false;
}

static str key_of(scan *s, const char *kind, str name)
{
    str folded = utf8_fold(s->a, name);
    return arena_format(s->a, "%s:%.*s", kind, (int)folded.len, folded.at);
}

static void toponym_add(scan *s, uint32_t first, const reading *r, uint32_t power, uint32_t mention_at)
{
    *vec_push(s->a, &s->toponyms) = (toponym){first, r->last, r->place, r->places, power, mention_at};
}

/* "Russian" and "Russians": a people of its own kind, which belongs to the power. */
static void take_people(scan *s, uint32_t first, uint32_t last, uint32_t power)
{
    str key = arena_format(s->a, "people:%u", power);
    uint32_t e = entity_own(s, key, scan_text(s, first, last), ENTITY_NORP);
    kb_entity k = kb_entity_at(s->k, power);
    bool ethnic = first > scan_begin(s, first) && scan_is(s, first - 1, "ethnic");
    if (ethnic)
        e = entity_own(s, arena_format(s->a, "ethnic:%u", power), scan_text(s, first - 1, last), ENTITY_NORP);
    else
        entity_belongs(s, e, power);
    entity_set_sector(&s->d->entities.at[e], ethnic ? STR("CVL") : k.sector);
    uint32_t m = mention_add(s, e, first, last, MENTION_NAME);
    s->d->mentions.at[m].adjective = modifies(s, last) || scan_token(s, last)->upos == UPOS_ADJ;
}

/* "Brussels" acts for the European Union in every text that does not speak of Belgium. */
static uint32_t union_for(const scan *s, uint32_t first, uint32_t last, uint32_t power)
{
    uint32_t eu = kb_entity_find(s->k, STR("EU"));
    bool told = s->entity_of[power] || map_get(s->by_name, arena_format(s->a, "people:%u", power)) != NONE;
    return eu != NONE && !told && str_is(scan_text(s, first, last), "Brussels") ? eu : power;
}

/* A capital where something happens is a place of its own; where it acts it stands for the government. */
static void take_capital(scan *s, uint32_t first, const reading *r, const kb_name *n)
{
    bool stays = before_is(s, first, stay_words, COUNT(stay_words));
    uint32_t e, m;
    if (stays && (n->use == USE_CAPITAL || r->places)) {
        e = entity_own(s, key_of(s, "place", scan_text(s, first, r->last)), scan_text(s, first, r->last), ENTITY_GPE);
        entity_belongs(s, e, n->entity);
        m = mention_add(s, e, first, r->last, MENTION_NAME);
    } else {
        e = entity_known(s, union_for(s, first, r->last, n->entity));
        m = mention_add(s, e, first, r->last, MENTION_NAME);
        s->d->mentions.at[m].metonym = true;
        s->d->mentions.at[m].adjective = modifies(s, r->last);
    }
    if (n->use == USE_CAPITAL || r->places)
        toponym_add(s, first, r, NONE, m);
}

static void take_name(scan *s, uint32_t first, const reading *r)
{
    kb_name n = kb_name_at(s->k, r->name);
    kb_entity e = kb_entity_at(s->k, n.entity);
    if (n.use == USE_PEOPLE) {
        take_people(s, first, r->last, n.entity);
        return;
    }
    if (n.use == USE_CAPITAL || n.use == USE_METONYM) {
        take_capital(s, first, r, &n);
        return;
    }
    uint32_t m = mention_add(s, entity_known(s, n.entity), first, r->last, MENTION_NAME);
    if (e.class != CLASS_PERSON)
        s->d->mentions.at[m].adjective = modifies(s, r->last);
    if (e.type == ENTITY_GPE || e.type == ENTITY_LOC)
        toponym_add(s, first, r, n.entity, m);
}

static void take_place(scan *s, uint32_t first, const reading *r)
{
    kb_toponym p = kb_toponym_at(s->k, kb_value(s->k, KB_TRIE_PLACES, r->place));
    bool settled = p.kind == TOPONYM_CITY || p.kind == TOPONYM_REGION || p.kind == TOPONYM_COUNTRY;
    str text = scan_text(s, first, r->last);
    uint32_t e = entity_own(s, key_of(s, "place", text), text, settled ? ENTITY_GPE : ENTITY_LOC);
    uint32_t m = mention_add(s, e, first, r->last, MENTION_NAME);
    s->d->mentions.at[m].adjective = modifies(s, r->last);
    toponym_add(s, first, r, NONE, m);
}

static uint32_t guess_last(const scan *s, uint32_t t)
{
    uint32_t end = scan_end(s, t), last = t;
    while (last + 1 < end && s->guess[last + 1] & GUESS_TYPE && !(s->guess[last + 1] & GUESS_BEGIN))
        last++;
    return last;
}

/* ---- surnames and names never seen before ---- */

/* The offices that make a surname known to every reader. */
static bool is_prominent(const scan *s, uint32_t person)
{
    static const char *const offices[] = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "head"};
    uint32_t first, count = kb_tenures_of_person(s->k, person, &first);
    for (uint32_t i = first; i < first + count; i++) {
        kb_tenure t = kb_tenure_at(s->k, kb_tenure_of_person(s->k, i));
        for (size_t o = 0; o < COUNT(offices); o++)
            if (str_is(t.office, offices[o]) && (kb_holds(t.spell, s->on) || s->on == NO_DAY))
                return true;
    }
    return false;
}

/* Whether the power that this person serves is named in the text at all. */
static bool power_is_told(const scan *s, uint32_t person)
{
    uint32_t first, count = kb_tenures_of_person(s->k, person, &first);
    for (uint32_t i = first; i < first + count; i++) {
        kb_tenure t = kb_tenure_at(s->k, kb_tenure_of_person(s->k, i));
        if (s->entity_of[t.power] || map_get(s->by_name, arena_format(s->a, "people:%u", t.power)) != NONE)
            return true;
    }
    return false;
}

/* The title that stands right before the name, if any. */
static str title_before(const scan *s, uint32_t first)
{
    hit agents[HITS];
    uint32_t begin = scan_begin(s, first), from = first > begin + 3 ? first - 3 : begin;
    for (uint32_t t = from; t < first; t++)
        for (uint32_t n = scan_walk(s, KB_TRIE_AGENTS, t, agents); n--;)
            if (agents[n].last + 1 == first)
                return scan_text(s, t, agents[n].last);
    return (str){0};
}

/* Whether the person holds an office on the day of a power that the sentence names. */
static bool serves_here(const scan *s, uint32_t person, uint32_t token)
{
    for (uint32_t t = scan_begin(s, token); t < scan_end(s, token); t++) {
        uint32_t power = s->taken[t] ? entity_power(s, s->d->mentions.at[s->taken[t] - 1].entity) : NONE;
        if (power != NONE && entity_had_office(s, person, power, (str){0}, true))
            return true;
    }
    return false;
}

typedef struct tally {
    uint32_t who, count;
} tally;

static void tally_add(tally *t, uint32_t who)
{
    if (t->who != who)
        t->count++;
    t->who = who;
}

/* Who a surname alone means: named in full elsewhere; else the one who held an office that the title before it names; else who
 * serves a power of this sentence; else the only well-known office-holder of the day whose power the text names. */
static uint32_t surname_person(const scan *s, const hit *h, uint32_t first, bool surely)
{
    str text = scan_text(s, first, h->last), title = title_before(s, first);
    tally told = {NONE, 0}, titled = {NONE, 0}, serving = {NONE, 0}, prominent = {NONE, 0};
    for (uint32_t i = 0; i < h->count; i++) {
        kb_name n = kb_name_at(s->k, kb_value(s->k, KB_TRIE_NAMES, h->first + i));
        if (n.use != USE_SURNAME || !case_fits(text, n.text, false))
            continue;
        if (s->entity_of[n.entity])
            tally_add(&told, n.entity);
        if (title.len && entity_had_office(s, n.entity, NONE, title, true))
            tally_add(&titled, n.entity);
        if (serves_here(s, n.entity, first))
            tally_add(&serving, n.entity);
        if (is_prominent(s, n.entity) && power_is_told(s, n.entity))
            tally_add(&prominent, n.entity);
    }
    if (told.count == 1)
        return told.who;
    if (titled.count == 1)
        return titled.who;
    if (serving.count == 1)
        return serving.who;
    return prominent.count == 1 && (surely || !titled.count) ? prominent.who : NONE;
}

static bool take_surname(scan *s, uint32_t first, uint32_t last, bool sure)
{
    hit hits[HITS];
    for (uint32_t n = scan_walk(s, KB_TRIE_NAMES, first, hits); n--;) {
        if (hits[n].last > last)
            continue;
        if (hits[n].last < last)
            return false;
        uint32_t person = surname_person(s, &hits[n], first, sure);
        if (person == NONE)
            return false;
        mention_add(s, entity_known(s, person), first, last, MENTION_NAME);
        return true;
    }
    return false;
}

/* "Prime Minister" alone is a role, whatever the recogniser makes of it. */
static bool is_title(const scan *s, uint32_t first, uint32_t last)
{
    hit hits[HITS];
    for (uint32_t n = scan_walk(s, KB_TRIE_AGENTS, first, hits); n--;)
        if (hits[n].last >= last)
            return true;
    for (uint32_t t = first > scan_begin(s, first) ? first - 1 : first; t < first; t++)
        for (uint32_t n = scan_walk(s, KB_TRIE_AGENTS, t, hits); n--;)
            if (hits[n].last >= last)
                return true;
    return false;
}

/* What an unknown body belongs to and what it is, by the words of its own name: "Bolivian Foreign Ministry". */
static void guess_belongs(scan *s, uint32_t e, uint32_t first, uint32_t last)
{
    hit hits[HITS];
    for (uint32_t t = first; t <= last; t++) {
        for (uint32_t n = scan_walk(s, KB_TRIE_NAMES, t, hits); n--;) {
            kb_name name;
            if (hits[n].last > last || best_name(s, t, &hits[n], &name) == NONE)
                continue;
            kb_entity k = kb_entity_at(s->k, name.entity);
            uint32_t power = k.of != NONE && k.class > CLASS_PARTIAL ? k.of : name.entity;
            if (s->d->entities.at[e].country == NONE && k.type != ENTITY_PER && kb_entity_at(s->k, power).code.len)
                entity_belongs(s, e, power);
            t = hits[n].last;
            break;
        }
    }
    for (uint32_t t = first; t <= last && !s->d->entities.at[e].sector[0]; t++)
        for (uint32_t n = scan_walk(s, KB_TRIE_AGENTS, t, hits); n--;) {
            kb_agent a = kb_agent_at(s->k, kb_value(s->k, KB_TRIE_AGENTS, hits[n].first));
            if (hits[n].last <= last && (a.kind == AGENT_BODY || a.kind == AGENT_GROUP || a.sector.len) && a.kind != AGENT_MODIFIER) {
                entity_set_sector(&s->d->entities.at[e], a.sector);
                break;
            }
        }
}

/* What the gazetteer has of a name that it lacks, or believes only here: "North Nashville", "Nara Prefecture", "Bam". */
static hit place_core(const scan *s, uint32_t first, uint32_t last)
{
    static const char *const kinds[] = {"prefecture", "province", "governorate", "oblast", "region", "state", "district", "city", "county",
                                        "airport", "international", "stadium", "station", "harbour", "harbor", "port"};
    uint32_t from = first < last && scan_is_any(s, first, compass, COUNT(compass)) ? first + 1 : first;
    uint32_t to = last;
    while (from < to && scan_is_any(s, to, kinds, COUNT(kinds)))
        to--;
    hit hits[HITS];
    bool common = first == last && (scan_is_any(s, first, compass, COUNT(compass)) || is_word_of(s, first, "placeword") || is_word_of(s, first, "plainword"));
    for (uint32_t n = common ? 0 : scan_walk(s, KB_TRIE_PLACES, from, hits); n--;)
        if (hits[n].last == to)
            return hits[n];
    return (hit){0};
}

/* "the town of X" */
static bool called_town(const scan *s, uint32_t first)
{
    static const char *const kinds[] = {"town", "city", "village", "suburb", "district", "province", "region", "port", "island",
                                        "county", "municipality", "hamlet", "borough", "township"};
    return first > scan_begin(s, first) + 1 && scan_is(s, first - 1, "of") && scan_is_any(s, first - 2, kinds, COUNT(kinds));
}

/* "X residents", "the X district" */
static bool called_area(const scan *s, uint32_t last)
{
    static const char *const words[] = {"resident", "residents", "area", "district", "districts", "refugee", "camp", "camps", "region", "province",
                                         "slum", "slums", "neighbourhood", "neighborhood", "township", "village", "villages", "suburb", "island", "peninsula"};
    return last + 1 < scan_end(s, last) && scan_is_any(s, last + 1, words, COUNT(words));
}

/* "the town of X", "near X": a place, whatever the recogniser makes of it. */
static uint32_t guess_type(const scan *s, uint32_t first, uint32_t last)
{
    static const char *const out[] = {"near", "outside"};
    uint32_t type = s->guess[first] ? (s->guess[first] & GUESS_TYPE) - 1u : ENTITY_COUNT;
    bool place = type == ENTITY_GPE || type == ENTITY_LOC;
    bool near = before_is(s, first, out, COUNT(out));
    bool free = type == ENTITY_MISC || type == ENTITY_COUNT || before_is(s, first, place_words, COUNT(place_words));
    bool within = free && put_in_region(s, first, last);
    return !place && (near || called_area(s, last) || within || called_town(s, first)) && !scan_is(s, last + 1, "'s") ? ENTITY_GPE : type;
}

static void take_guess(scan *s, uint32_t first, uint32_t last)
{
    uint32_t type = guess_type(s, first, last);
    if (type == ENTITY_COUNT)
        return;
    if (take_surname(s, first, last, type == ENTITY_PER))
        return;
    hit core = place_core(s, first, last);
    str text = scan_text(s, first, last);
    uint32_t e = entity_own(s, key_of(s, type == ENTITY_GPE || type == ENTITY_LOC ? "place" : "name", text), text, (uint8_t)type);
    uint32_t m = mention_add(s, e, first, last, MENTION_NAME);
    s->d->mentions.at[m].adjective = type != ENTITY_PER && modifies(s, last);
    if (type == ENTITY_ORG)
        guess_belongs(s, e, first, last);
    bool road = first == last && s->shape[first] & SHAPE_DIGIT; /* "M25": no point on the map */
    bool seen = s->guess[first] && (s->guess[first] & GUESS_TYPE) - 1u == type;
    if ((type == ENTITY_GPE || type == ENTITY_LOC) && !road && (seen || core.count || called_town(s, first) || called_area(s, last) || put_in_region(s, first, last)))
        toponym_add(s, first, &(reading){last, NONE, core.first, core.count}, NONE, m);
}


/* "Von der Leyen": the longest name that begins here and is a name to its end. */
static uint32_t surname_last(const scan *s, uint32_t t)
{
    hit hits[HITS];
    for (uint32_t n = scan_walk(s, KB_TRIE_NAMES, t, hits); n--;)
        if (scan_is_upper(s, hits[n].last) && !s->taken[hits[n].last])
            return hits[n].last;
    return t;
}

/* A proper noun, or what the tagger takes for a verb though another one follows: "May said"; or for an adjective or noun
 * though it bears a capital within the sentence: "trust Piñera of late". */
static bool like_name(const scan *s, uint32_t t)
{
    const token *w = scan_token(s, t), *after = t + 1 < scan_end(s, t) ? scan_token(s, t + 1) : NULL;
    bool capital = t > scan_begin(s, t) && !scan_is_upper(s, t - 1) && (!after || !(s->shape[t + 1] & SHAPE_UPPER))
                   && (w->upos == UPOS_ADJ || w->upos == UPOS_NOUN);
    return w->upos == UPOS_PROPN || capital || (w->upos == UPOS_AUX && after && (after->xpos == XPOS_VBD || after->xpos == XPOS_VBZ));
}

/* "The North" of a text on Korea is a state. */
static void find_koreas(scan *s)
{
    uint32_t north = kb_entity_find(s->k, STR("PRK")), south = kb_entity_find(s->k, STR("KOR"));
    if (north == NONE || south == NONE || (!s->entity_of[north] && !s->entity_of[south]))
        return;
    for (uint32_t t = 1; t < s->d->tokens.count; t++) {
        bool up = scan_is(s, t, "north"), down = scan_is(s, t, "south");
        if ((!up && !down) || !scan_is_upper(s, t) || !scan_is(s, t - 1, "the") || (t + 1 < scan_end(s, t) && scan_is_upper(s, t + 1)))
            continue;
        if (!s->taken[t])
            mention_add(s, entity_known(s, up ? north : south), t, t, MENTION_NAME);
    }
}

/* A name that stood for a place once does so again, where the recogniser sees nothing else in it. */
static void find_places_again(scan *s)
{
    for (uint32_t t = 0; t < s->d->tokens.count; t++) {
        hit hits[HITS];
        uint32_t n = s->taken[t] || s->guess[t] || !scan_is_upper(s, t) ? 0 : scan_walk(s, KB_TRIE_PLACES, t, hits);
        bool longer = n && hits[n - 1].last + 1 < scan_end(s, t) && scan_is_upper(s, hits[n - 1].last + 1);
        if (!n || longer || scan_is(s, t ? t - 1 : t, "the") || !place_fits(s, t, &hits[n - 1]))
            continue;
        if (map_get(s->by_name, key_of(s, "place", scan_text(s, t, hits[n - 1].last))) != NONE)
            take_place(s, t, &(reading){hits[n - 1].last, NONE, hits[n - 1].first, hits[n - 1].count});
    }
}

static bool is_unknown_name(const scan *s, uint32_t t)
{
    return scan_is_upper(s, t) && scan_token(s, t)->upos == UPOS_PROPN && t > scan_begin(s, t);
}

/* The last of the capitalised words from `t` on that nothing is known of. */
static uint32_t run_last(const scan *s, uint32_t t)
{
    while (t + 1 < scan_end(s, t) && s->shape[t + 1] & SHAPE_UPPER && !s->guess[t + 1] && !s->taken[t + 1] && !s->timed[t + 1])
        t++;
    return t;
}

void find_names(scan *s)
{
    uint32_t count = s->d->tokens.count;
    for (uint32_t t = 0; t < count; t++) {
        reading r;
        if (!(s->shape[t] & (SHAPE_UPPER | SHAPE_DIGIT)) && !scan_is(s, t, "the"))
            continue;
        if (!read_at(s, t, &r))
            continue;
        if (r.name != NONE)
            take_name(s, t, &r);
        else
            take_place(s, t, &r);
        t = r.last;
    }
    find_koreas(s);
    find_places_again(s);
    for (uint32_t t = 0; t < count; t++) {
        if (!s->guess[t] && !s->taken[t] && !s->timed[t] && s->shape[t] & SHAPE_UPPER && (like_name(s, t) || title_before(s, t).len))
            take_surname(s, t, surname_last(s, t), false);
        if (!s->guess[t] && !s->taken[t] && !s->timed[t] && is_unknown_name(s, t) && guess_type(s, t, run_last(s, t)) == ENTITY_GPE)
            take_guess(s, t, run_last(s, t));
        if (!(s->guess[t] & GUESS_BEGIN))
            continue;
        uint32_t last = guess_last(s, t);
        if ((s->guess[t] & GUESS_TYPE) == ENTITY_PER + 1)
            t = person_start(s, t, last);
        if (s->taken[t] || ((s->guess[t] & GUESS_TYPE) == ENTITY_PER + 1 && ends_in_title(s, t, last)))
            continue;
        uint32_t free_to = t;
        while (free_to < last && !s->taken[free_to + 1])
            free_to++;
        if ((!s->timed[t] || !s->timed[free_to]) && !is_title(s, t, free_to))
            take_guess(s, t, free_to);
    }
}
