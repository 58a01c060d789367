/* Claims about ties: patterns of lexicon/en/claims.txt against trees. */
#include "claim/claim.h"

#include "claim/inside.h"

static const token *at(const claimant *c, uint32_t i)
{
    return &c->d->tokens.at[i];
}

/* Where the speaker stands: of the first power, of the second, in opposition to the government of either, or elsewhere. */
static uint8_t side_of(const doc *d, uint32_t statement, uint32_t a, uint32_t b)
{
    if (statement == NONE || d->statements.at[statement].speaker == NONE)
        return SIDE_UNKNOWN;
    const entity *speaker = &d->entities.at[d->statements.at[statement].speaker];
    if (!speaker->code[0])
        return SIDE_UNKNOWN;
    bool own = !strcmp(speaker->code, d->entities.at[a].code), other = !strcmp(speaker->code, d->entities.at[b].code);
    if (!own && !other)
        return SIDE_THIRD;
    bool opposed = !strcmp(speaker->sector, "OPP") || !strcmp(speaker->sector, "PTY") || !strcmp(speaker->sector, "REB") ||
                   str_find(speaker->other_sectors, STR("OPP")) != NONE;
    return opposed ? SIDE_OPPOSITION : own ? SIDE_OWN : SIDE_PARTNER;
}

static span span_of(const claimant *c, const saying *s)
{
    span r = at(c, s->match.token)->span;
    uint32_t tokens[MATCH_WORDS + 2] = {s->match.actor, s->match.recipient};
    for (uint8_t i = 0; i < s->match.word_count; i++)
        tokens[2 + i] = s->match.words[i];
    for (size_t i = 0; i < 2u + s->match.word_count; i++)
        if (tokens[i] != NONE && at(c, tokens[i])->sentence == at(c, s->match.token)->sentence) {
            r.start = MIN(r.start, at(c, tokens[i])->span.start);
            r.end = MAX(r.end, at(c, tokens[i])->span.end);
        }
    return r;
}

static bool is_known(const doc *d, const claim *n)
{
    for (uint32_t i = d->claims.count; i-- > 0 && d->claims.at[i].sentence == n->sentence;) {
        const claim *o = &d->claims.at[i];
        bool same = o->about[0] == n->about[0] && o->about[1] == n->about[1], turned = o->about[0] == n->about[1] && o->about[1] == n->about[0];
        bool scopes_differ = o->formal != n->formal || o->practical != n->practical;
        if ((same || turned) && o->tie == n->tie && (o->holds == n->holds || !scopes_differ))
            return true;
    }
    return false;
}

static void claim_add(claimant *c, const saying *s, uint32_t a, uint32_t b, bool holds, uint8_t scope)
{
    doc *d = c->d;
    if (!strcmp(d->entities.at[a].code, d->entities.at[b].code) && str_equal(d->entities.at[a].identifier, d->entities.at[b].identifier))
        return;
    if (!strcmp(d->entities.at[a].code, d->entities.at[b].code) && strcmp(d->entities.at[a].code, "IGO"))
        return;
    claim n = {.span = span_of(c, s), .sentence = at(c, s->match.token)->sentence, .about = {a, b}, .tie = s->rule.type, .holds = holds,
               .change = holds == s->holds ? s->change : CHANGE_NONE, .formal = scope & 1, .practical = scope & 2, .rule = s->rule.line};
    n.statement = c->m->within[s->match.token];
    n.side = side_of(d, n.statement, a, b);
    if (!is_known(d, &n))
        *vec_push(d->arena, &d->claims) = n;
}

static void pairs_add(claimant *c, const saying *s, bool holds, uint8_t scope)
{
    if (!s->b.count) {
        for (uint32_t i = 0; i < s->a.count; i++)
            for (uint32_t j = i + 1; j < s->a.count; j++)
                claim_add(c, s, s->a.entity[i], s->a.entity[j], holds, scope);
        return;
    }
    for (uint32_t i = 0; i < s->a.count; i++)
        for (uint32_t j = 0; j < s->b.count; j++)
            claim_add(c, s, s->a.entity[i], s->b.entity[j], holds, scope);
}

static bool is_body(const claimant *c, uint32_t entity)
{
    const char *code = c->d->entities.at[entity].code;
    return !strcmp(code, "IGO") || !strcmp(code, "EUR") || !strcmp(code, "UNO");
}

/* Only bodies have members, and only states and their like can recognise each other. */
static bool makes_sense(const claimant *c, const saying *s)
{
    if (s->rule.type != TIE_MEMBER)
        return true;
    const entity *body = &c->d->entities.at[s->b.count ? s->b.entity[0] : 0];
    return s->b.count && is_body(c, s->b.entity[0]) && !is_body(c, s->a.entity[0]) && body->sector[0] != 'L' &&
           str_find(body->name, STR("Parliament")) == NONE;
}

static void token_read(claimant *c, uint32_t token, bool nouns)
{
    saying s = {.holds = true};
    if (!match_best(c->m, token, PURPOSE_CLAIM, &s.match) || (s.match.shape == SHAPE_NOUN) != nouns)
        return;
    s.rule = kb_rule_at(c->k, s.match.rule);
    if (!tie_parties(c, &s) || !makes_sense(c, &s) || !tense_of(c, &s))
        return;
    pairs_add(c, &s, s.holds, s.scope);
    if (s.other)
        pairs_add(c, &s, s.other_holds, s.other_scope);
}

void claim_find(doc *d, const kb *k)
{
    claimant c = {.d = d, .k = k, .m = match_new(d, k)};
#define X(name) c.name = kb_set_find(k, #name);
    SETS(X)
#undef X
    c.naming = kb_set_find(k, "cue:naming");
    /* what is said outright goes before what a noun takes for granted: "the end of the pact", "no pact joins them" */
    for (uint32_t s = 0; s < d->sentences.count; s++)
        for (int nouns = 0; nouns < 2 && d->sentences.at[s].parsed; nouns++)
            for (uint32_t i = d->sentences.at[s].first; i < d->sentences.at[s].first + d->sentences.at[s].count; i++)
                token_read(&c, i, nouns);
    d->done |= DONE_CLAIM;
}
