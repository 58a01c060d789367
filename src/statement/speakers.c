/* Who speaks: from the words of a noun phrase to an entity. */
#include "statement/inside.h"

/* The last token of a phrase before a comma or a clause that hangs on it. */
static uint32_t phrase_end(const doc *d, uint32_t head, uint32_t last)
{
    for (uint32_t i = head + 1; i <= last; i++) {
        const token *t = &d->tokens.at[i];
        if (t->upos == UPOS_PUNCT || t->deprel == DEPREL_ACL || t->deprel == DEPREL_ACL_RELCL || t->upos == UPOS_VERB)
            return i - 1;
    }
    return last;
}

/* The first token of it: not before a comma, nor before a verb. */
static uint32_t phrase_start(const doc *d, uint32_t head, uint32_t first)
{
    for (uint32_t i = head; i > first; i--) {
        const token *t = &d->tokens.at[i - 1];
        if (t->upos == UPOS_PUNCT ? !str_is(t->lower, "-") : t->upos == UPOS_VERB && t->deprel != DEPREL_AMOD)
            return i;
    }
    return first;
}

run speaker_phrase(const doc *d, uint32_t head)
{
    run r;
    tree_yield(d, head, &r.first, &r.last);
    return (run){phrase_start(d, head, r.first), phrase_end(d, head, r.last)};
}

static bool is_noun(const token *t)
{
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_PRON || t->upos == UPOS_NUM;
}

uint32_t phrase_head(const doc *d, run words)
{
    uint32_t head = NONE;
    for (uint32_t i = words.first; i <= words.last; i++) {
        const token *t = &d->tokens.at[i];
        bool owns = t->xpos == XPOS_POS || t->xpos == XPOS_PRPS || t->xpos == XPOS_WPS;
        if (is_noun(t) && !owns)
            head = i;
        else if (head != NONE && !owns && (t->upos == UPOS_ADP || t->upos == UPOS_PUNCT || t->upos == UPOS_VERB) &&
                 !str_is(t->lower, "-"))
            break;
    }
    return head;
}

/* The coded mention in these words that comes first, names before pronouns: "officials in Islamabad", "his Afghan guest". */
static uint32_t mention_inside(const doc *d, span words)
{
    uint32_t pronoun = NONE;
    for (uint32_t i = doc_mention_from(d, words.start); i < d->mentions.count && d->mentions.at[i].span.start < words.end; i++) {
        const mention *m = &d->mentions.at[i];
        if (!span_holds(words, m->span) || !d->entities.at[m->entity].code[0])
            continue;
        if (m->kind != MENTION_PRONOUN)
            return m->entity;
        if (pronoun == NONE)
            pronoun = m->entity;
    }
    return pronoun;
}

/* "Chile, whose army said": the power last named before the word. */
static uint32_t whose(const finder *f, uint32_t word)
{
    uint32_t first = f->d->sentences.at[f->d->tokens.at[word].sentence].first;
    for (uint32_t i = word; i-- > first && word - i < 8;) {
        uint32_t m = f->m->mention[i];
        if (m != NONE && f->d->entities.at[f->d->mentions.at[m].entity].code[0])
            return f->d->mentions.at[m].entity;
    }
    return NONE;
}

static uint32_t place_inside(const doc *d, span words)
{
    for (uint32_t i = doc_place_from(d, words.start); i < d->places.count && d->places.at[i].span.start < words.end; i++)
        if (span_holds(words, d->places.at[i].span) && d->places.at[i].country[0])
            return i;
    return NONE;
}

/* Somebody without a name who belongs to a power: an entity of its own, with the power's code. */
static uint32_t nobody_of(finder *f, str name, const char *code, uint32_t country)
{
    doc *d = f->d;
    for (uint32_t i = 0; i < d->entities.count; i++)
        if (d->entities.at[i].known == NONE && str_equal_nocase(d->entities.at[i].name, name)) {
            if (!d->entities.at[i].code[0])
                memcpy(d->entities.at[i].code, code, sizeof d->entities.at[i].code);
            return i;
        }
    entity e = {.known = NONE, .name = name, .type = ENTITY_PER, .country = country};
    memcpy(e.code, code, sizeof e.code);
    *vec_push(d->arena, &d->entities) = e;
    return d->entities.count - 1;
}

/* Ministers, armies, police, courts and oppositions belong to a state, told or not. */
static bool is_organ(const entity *e)
{
    static const char *const sectors[] = {"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "OPP"};
    for (size_t i = 0; i < COUNT(sectors); i++)
        if (!strcmp(e->sector, sectors[i]))
            return true;
    return false;
}

/* The same as one of the state that the sentence names first; itself where it names none. */
static uint32_t home_of(finder *f, uint32_t head, uint32_t entity)
{
    party none = {.count = 0}, guess = {.count = 0};
    party_guess(f->m, head, &none, &guess);
    return guess.count ? guess.entity[0] : entity;
}

uint32_t speaker_entity(finder *f, uint32_t head, run phrase)
{
    doc *d = f->d;
    if (head == NONE)
        return NONE;
    span words = {d->tokens.at[phrase.first].span.start, d->tokens.at[phrase.last].span.end};
    uint32_t mention = f->m->mention[head], owner = mention_inside(d, words);
    if (owner == NONE && d->tokens.at[phrase.first].xpos == XPOS_WPS)
        owner = whose(f, phrase.first);
    if (mention != NONE && !d->mentions.at[mention].adjective) {
        entity *e = &d->entities.at[d->mentions.at[mention].entity];
        if (!e->code[0] && e->type == ENTITY_PER && owner != NONE)
            memcpy(e->code, d->entities.at[owner].code, sizeof e->code);
        return e->code[0] || !is_organ(e) ? d->mentions.at[mention].entity : home_of(f, head, d->mentions.at[mention].entity);
    }
    if (!is_noun(&d->tokens.at[head]) || d->tokens.at[head].upos == UPOS_PRON)
        return NONE;
    if (owner != NONE)
        return nobody_of(f, doc_str(d, words), d->entities.at[owner].code, d->entities.at[owner].country);
    uint32_t where = place_inside(d, words);
    return where == NONE ? NONE : nobody_of(f, doc_str(d, words), d->places.at[where].country, NONE);
}
