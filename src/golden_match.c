#include "golden.h"

#include <math.h>
#include <stdio.h>

/* The words of an expectation; what stands in quotes is one word. */
enum { WORDS = 40 };
typedef struct asked {
    const doc *d;
    const kb *k;
    str word[WORDS];
    bool quoted[WORDS];
    uint32_t count;
} asked;

static void cut(asked *a, str what)
{
    while (a->count < WORDS && (what = str_trim(what)).len) {
        bool quoted = what.at[0] == '"';
        if (quoted)
            what = str_part(what, 1, what.len);
        uint32_t end = str_find(what, quoted ? STR("\"") : STR(" "));
        end = MIN(end, what.len);
        a->quoted[a->count] = quoted;
        a->word[a->count++] = str_part(what, 0, end);
        what = str_part(what, end + quoted, what.len);
    }
}

static uint32_t word_at(const asked *a, const char *word)
{
    for (uint32_t i = 1; i < a->count; i++)
        if (!a->quoted[i] && str_is(a->word[i], word))
            return i;
    return NONE;
}

static bool has(const asked *a, const char *word)
{
    return word_at(a, word) != NONE;
}

/* The word after this one; empty where there is none. */
static str after(const asked *a, const char *word)
{
    uint32_t at = word_at(a, word);
    return at == NONE || at + 1 >= a->count ? (str){0} : a->word[at + 1];
}

/* ---- entities ---- */

/* "RUS", "RUS.GOV", "CSTO", "Macron": a code or an identifier, perhaps with a sector, or a part of the name. */
static bool names_entity(const asked *a, str wanted, uint32_t number)
{
    if (number == NONE)
        return str_is(wanted, "-");
    const entity *e = &a->d->entities.at[number];
    str sector = {0};
    uint32_t dot = str_find(wanted, STR("."));
    if (dot != NONE && wanted.len - dot == 4) {
        sector = str_part(wanted, dot + 1, wanted.len);
        wanted = str_part(wanted, 0, dot);
    }
    if (sector.len && !str_is(sector, e->sector))
        return false;
    return str_is(wanted, e->code) || str_equal(wanted, e->identifier) || str_find(e->name, wanted) != NONE;
}

/* "ARM+AZE.MIL" names just the entities of the side. */
static bool names_side(const asked *a, str wanted, slice side)
{
    if (str_is(wanted, "-"))
        return !side.count;
    str part;
    uint32_t parts = 0;
    while (str_next(&wanted, '+', &part)) {
        bool found = false;
        for (uint32_t i = 0; i < side.count; i++)
            found |= names_entity(a, part, doc_ref(a->d, side, i));
        if (!found)
            return false;
        parts++;
    }
    return parts == side.count;
}

/* ---- events ---- */

static bool is_day(str s)
{
    date d;
    return s.len >= 4 && s.at[0] >= '0' && s.at[0] <= '9' && date_parse(s, &d);
}

static bool dates_agree(const asked *a, date found)
{
    for (uint32_t i = 1; i < a->count; i++) {
        date d;
        if (!a->quoted[i] && is_day(a->word[i]) && date_parse(a->word[i], &d))
            return found.from >= d.from && found.from <= d.to;
    }
    return true;
}

static bool auxiliary_agrees(const asked *a, uint8_t auxiliary)
{
    uint8_t wanted = 0;
    for (uint32_t i = 0; i < AUXILIARY_COUNT; i++)
        if (has(a, auxiliary_names[i]))
            wanted |= (uint8_t)(1 << i);
    return wanted ? (auxiliary & wanted) == wanted : !(auxiliary & NOT_ASSERTED);
}

/* By the gazetteer's name or that of the text: Yangon, Rangoon. */
static bool place_agrees(const asked *a, uint32_t number)
{
    str wanted = after(a, "at");
    const place *p = number == NONE ? NULL : &a->d->places.at[number];
    return !wanted.len || (p && (str_find(p->name, wanted) != NONE || str_find(doc_str(a->d, p->span), wanted) != NONE));
}

static bool context_agrees(const asked *a, uint64_t contexts)
{
    str wanted = after(a, "context");
    uint32_t n = wanted.len ? name_find(context_names, CONTEXT_COUNT, wanted) : NONE;
    return n == NONE || (contexts >> n & 1);
}

/* "A -> B", "A" alone, "-> B" alone: what is left out is not asked. */
static bool sides_agree(const asked *a, const event *e)
{
    uint32_t arrow = word_at(a, "->"), first = arrow == NONE ? 2 : arrow - 1;
    bool named = first == 2 && a->count > 2 && !a->quoted[2];
    if (named && arrow == NONE) /* no actor but a day or one of our words, which are small */
        named = a->word[2].at[0] >= 'A' && a->word[2].at[0] <= 'Z';
    if (named && !names_side(a, a->word[first], e->actors))
        return false;
    return arrow == NONE || arrow + 1 >= a->count || names_side(a, a->word[arrow + 1], e->recipients);
}

static bool event_agrees(const asked *a, const event *e, str mode)
{
    return (!mode.len || str_lists(e->modes, mode)) && auxiliary_agrees(a, e->auxiliary) && dates_agree(a, e->date) && sides_agree(a, e) &&
           place_agrees(a, e->place) && context_agrees(a, e->contexts);
}

static enum golden match_event(const asked *a)
{
    if (a->count == 1) {
        for (uint32_t i = 0; i < a->d->events.count; i++)
            if (!(a->d->events.at[i].auxiliary & NOT_ASSERTED))
                return GOLDEN_FOUND;
        return GOLDEN_ABSENT;
    }
    str rest = a->word[1], type = {0}, mode = {0};
    str_next(&rest, '/', &type);
    str_next(&rest, '/', &mode);
    uint32_t wanted = name_find(event_names, EVENT_COUNT, type);
    if (wanted == NONE)
        return GOLDEN_UNREADABLE;
    for (uint32_t i = 0; i < a->d->events.count; i++)
        if (a->d->events.at[i].event == wanted && event_agrees(a, &a->d->events.at[i], mode))
            return GOLDEN_FOUND;
    return GOLDEN_ABSENT;
}

/* ---- claims, statements ---- */

/* An alliance has no first and second: where a tie holds both ways, so does the question. */
static bool holds_both_ways(uint8_t tie)
{
    return tie == TIE_ALLY || tie == TIE_PARTNER || tie == TIE_TREATY || tie == TIE_NEUTRAL || tie == TIE_RIVAL || tie == TIE_ENEMY;
}

static bool pair_agrees(const asked *a, uint32_t arrow, const claim *c)
{
    str first = a->word[arrow - 1], second = a->word[arrow + 1];
    return (names_entity(a, first, c->about[0]) && names_entity(a, second, c->about[1])) ||
           (holds_both_ways(c->tie) && names_entity(a, first, c->about[1]) && names_entity(a, second, c->about[0]));
}

/* Words that are neither of the closed lists nor the two powers are no part of the question. */
static bool claim_agrees(const asked *a, const claim *c)
{
    uint32_t arrow = word_at(a, "->");
    if (arrow != NONE && !pair_agrees(a, arrow, c))
        return false;
    for (uint32_t i = 1; i < a->count; i++) {
        if (str_is(a->word[i - 1], "side"))
            continue;
        uint32_t tie = name_find(tie_names, TIE_COUNT, a->word[i]), change = name_find(change_names, CHANGE_COUNT, a->word[i]);
        if ((tie != NONE && tie != c->tie) || (change != NONE && change != c->change))
            return false;
    }
    if ((has(a, "yes") && !c->holds) || (has(a, "no") && c->holds))
        return false;
    if ((has(a, "formal") && !c->formal) || (has(a, "practical") && !c->practical))
        return false;
    str by = after(a, "by"), side = after(a, "side");
    uint32_t speaker = c->statement == NONE ? NONE : a->d->statements.at[c->statement].speaker;
    if (side.len && !str_is(side, side_names[c->side]))
        return false;
    return !by.len || (speaker != NONE && names_entity(a, by, speaker));
}

static enum golden match_claim(const asked *a)
{
    uint32_t arrow = word_at(a, "->");
    if (arrow != NONE && (arrow < 2 || arrow + 1 >= a->count))
        return GOLDEN_UNREADABLE;
    for (uint32_t i = 0; i < a->d->claims.count; i++)
        if (claim_agrees(a, &a->d->claims.at[i]))
            return GOLDEN_FOUND;
    return GOLDEN_ABSENT;
}

/* To whom, on which day, in which place, in whose statement. */
static bool circumstances_agree(const asked *a, const statement *s)
{
    str to = after(a, "to"), in = after(a, "in");
    uint32_t outer = s->cited_by == NONE ? NONE : a->d->statements.at[s->cited_by].speaker;
    if (to.len && !names_entity(a, to, s->addressee))
        return false;
    if (in.len && (s->cited_by == NONE || !names_entity(a, in, outer)))
        return false;
    return dates_agree(a, s->date) && place_agrees(a, s->place);
}

/* The last quoted word of the question begins the statement; a kind and a speaker may be asked for. */
static bool statement_agrees(const asked *a, const statement *s)
{
    if (!circumstances_agree(a, s))
        return false;
    for (uint32_t i = 1; i < a->count; i++) {
        uint32_t kind = name_find(statement_names, STATEMENT_COUNT, a->word[i]);
        bool words = a->quoted[i] && (i > 1 || a->count == 2);
        if (!a->quoted[i] && kind != NONE && kind != s->kind)
            return false;
        if (words && str_find(doc_str(a->d, s->span), a->word[i]) != 0)
            return false;
        if (i == 1 && !words && kind == NONE && !names_entity(a, a->word[1], s->speaker))
            return false;
    }
    return true;
}

static enum golden match_statement(const asked *a)
{
    for (uint32_t i = 0; i < a->d->statements.count; i++)
        if (statement_agrees(a, &a->d->statements.at[i]))
            return GOLDEN_FOUND;
    return GOLDEN_ABSENT;
}

/* ---- mentions ---- */

static bool mention_has(const asked *a, const entity *e, str words)
{
    for (uint32_t i = 0; i < e->mentions.count; i++)
        if (str_equal(doc_str(a->d, a->d->mentions.at[doc_ref(a->d, e->mentions, i)].span), words))
            return true;
    return false;
}

static bool entity_agrees(const asked *a, uint32_t number)
{
    const entity *e = &a->d->entities.at[number];
    if (!mention_has(a, e, a->word[1]) && !str_equal(e->name, a->word[1]))
        return false;
    for (uint32_t i = 2; i < a->count; i++) {
        uint32_t type = name_find(entity_names, ENTITY_COUNT, a->word[i]);
        if (type != NONE ? type != e->type : !names_entity(a, a->word[i], number))
            return false;
    }
    return true;
}

static enum golden match_entity(const asked *a)
{
    if (a->count < 2)
        return a->d->entities.count ? GOLDEN_FOUND : GOLDEN_ABSENT;
    for (uint32_t i = 0; i < a->d->entities.count; i++)
        if (entity_agrees(a, i))
            return GOLDEN_FOUND;
    return GOLDEN_ABSENT;
}

static enum golden match_same(const asked *a)
{
    if (a->count != 3)
        return GOLDEN_UNREADABLE;
    for (uint32_t i = 0; i < a->d->entities.count; i++)
        if (mention_has(a, &a->d->entities.at[i], a->word[1]) && mention_has(a, &a->d->entities.at[i], a->word[2]))
            return GOLDEN_FOUND;
    return GOLDEN_ABSENT;
}

static enum golden match_time(const asked *a)
{
    for (uint32_t i = 0; i < a->d->times.count; i++) {
        const timex *t = &a->d->times.at[i];
        if ((a->count < 2 || str_equal(doc_str(a->d, t->span), a->word[1])) && (a->count < 3 || str_equal(t->value, a->word[2])))
            return GOLDEN_FOUND;
    }
    return GOLDEN_ABSENT;
}

/* "near LAT LON": within the 161 km (100 miles) that the field measures by. */
static bool near_agrees(const asked *a, const place *p)
{
    uint32_t at = word_at(a, "near");
    double y, x;
    if (at == NONE)
        return true;
    if (!p->located || at + 2 >= a->count || !str_to_real(a->word[at + 1], &y) || !str_to_real(a->word[at + 2], &x))
        return false;
    double north = (y - p->lat) * 111.2, east = (x - p->lon) * 111.2 * cos(y * 3.14159265 / 180);
    return north * north + east * east <= 161.0 * 161.0;
}

static enum golden match_place(const asked *a)
{
    for (uint32_t i = 0; i < a->d->places.count; i++) {
        const place *p = &a->d->places.at[i];
        if ((a->count < 2 || str_equal(doc_str(a->d, p->span), a->word[1])) && (a->count < 3 || str_is(a->word[2], p->country))
            && near_agrees(a, p))
            return GOLDEN_FOUND;
    }
    return GOLDEN_ABSENT;
}

/* ---- tokens ---- */

static bool token_is(const asked *a, uint32_t t, str form)
{
    return t == NONE ? str_is(form, "ROOT") : str_equal(doc_str(a->d, a->d->tokens.at[t].span), form);
}

static enum golden match_token(const asked *a)
{
    bool parse = str_is(a->word[0], "parse"), lemma = str_is(a->word[0], "lemma");
    if (a->count != (parse ? 4 : 3))
        return GOLDEN_UNREADABLE;
    for (uint32_t i = 0; i < a->d->tokens.count; i++) {
        const token *t = &a->d->tokens.at[i];
        if (!token_is(a, i, a->word[1]))
            continue;
        if (parse && str_is(a->word[2], deprel_names[t->deprel]) && token_is(a, t->head, a->word[3]))
            return GOLDEN_FOUND;
        if (lemma ? str_equal(t->lemma, a->word[2]) : !parse && str_is(a->word[2], upos_names[t->upos]))
            return GOLDEN_FOUND;
    }
    return GOLDEN_ABSENT;
}

static enum golden match_sentences(const asked *a)
{
    int64_t count;
    if (a->count != 2 || !str_to_int(a->word[1], &count))
        return GOLDEN_UNREADABLE;
    return count == a->d->sentences.count ? GOLDEN_FOUND : GOLDEN_ABSENT;
}

static const struct {
    const char *name;
    enum golden (*match)(const asked *a);
} kinds[] = {{"event", match_event}, {"claim", match_claim}, {"statement", match_statement}, {"entity", match_entity},
             {"same", match_same}, {"time", match_time}, {"place", match_place}, {"parse", match_token},
             {"tag", match_token}, {"lemma", match_token}, {"sentences", match_sentences}};

enum golden golden_match(const doc *d, const kb *k, str what)
{
    asked a = {.d = d, .k = k};
    cut(&a, what);
    for (size_t i = 0; a.count && i < COUNT(kinds); i++)
        if (str_is(a.word[0], kinds[i].name))
            return kinds[i].match(&a);
    return GOLDEN_UNREADABLE;
}

/* ---- what an expectation asks for ---- */

static bool asks_mode(const asked *a) { return a->count > 1 && str_find(a->word[1], STR("/")) != NONE; }
static bool asks_parties(const asked *a) { return has(a, "->") || (a->count > 2 && !a->quoted[2] && a->word[2].at[0] >= 'A' && a->word[2].at[0] <= 'Z'); }
static bool asks_place(const asked *a) { return has(a, "at"); }
static bool asks_context(const asked *a) { return has(a, "context"); }
static bool asks_scope(const asked *a) { return has(a, "formal") || has(a, "practical"); }
static bool asks_change(const asked *a) { return has(a, "began") || has(a, "ended"); }
static bool asks_speaker(const asked *a) { return has(a, "by"); }
static bool asks_side(const asked *a) { return has(a, "side"); }
static bool asks_addressee(const asked *a) { return has(a, "to"); }
static bool asks_outer(const asked *a) { return has(a, "in"); }

static bool asks_date(const asked *a)
{
    for (uint32_t i = 1; i < a->count; i++)
        if (!a->quoted[i] && is_day(a->word[i]))
            return true;
    return false;
}

static bool asks_auxiliary(const asked *a)
{
    for (uint32_t i = 0; i < AUXILIARY_COUNT; i++)
        if (has(a, auxiliary_names[i]))
            return true;
    return false;
}

static const struct {
    const char *kind, *name;
    bool (*asks)(const asked *a);
} details[] = {{"event", "parties", asks_parties}, {"event", "mode", asks_mode}, {"event", "context", asks_context},
               {"event", "date", asks_date}, {"event", "place", asks_place}, {"event", "auxiliary", asks_auxiliary},
               {"claim", "scope", asks_scope}, {"claim", "change", asks_change}, {"claim", "speaker", asks_speaker},
               {"claim", "side", asks_side}, {"statement", "addressee", asks_addressee}, {"statement", "date", asks_date},
               {"statement", "place", asks_place}, {"statement", "stands in", asks_outer}};

uint64_t golden_asks(str what, bool unwanted)
{
    asked a = {.d = NULL};
    uint64_t set = 0;
    cut(&a, what);
    for (uint32_t i = 0; a.count && i < COUNT(kinds); i++)
        if (str_is(a.word[0], kinds[i].name))
            set |= (uint64_t)1 << (2 * i + unwanted);
    for (uint32_t i = 0; a.count && !unwanted && i < COUNT(details); i++)
        if (str_is(a.word[0], details[i].kind) && details[i].asks(&a))
            set |= (uint64_t)1 << (2 * COUNT(kinds) + i);
    return set;
}

bool golden_name(uint32_t ask, char ret[40])
{
    if (ask >= 2 * COUNT(kinds) + COUNT(details))
        return false;
    if (ask < 2 * COUNT(kinds))
        snprintf(ret, 40, "%s%s", ask % 2 ? "no " : "", kinds[ask / 2].name);
    else
        snprintf(ret, 40, "%s: %s", details[ask - 2 * COUNT(kinds)].kind, details[ask - 2 * COUNT(kinds)].name);
    return true;
}
