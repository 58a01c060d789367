/* Ids of findings: they depend on nothing but the document and the finding, so that runs agree. */
#include <stdio.h>
#include <xxhash.h>

#include "write/write.h"

/* What goes into a hash, without allocating. */
static void mix(XXH64_hash_t *hash, const void *bytes, size_t len)
{
    *hash = XXH3_64bits_withSeed(bytes, len, *hash);
}

static void mix_str(XXH64_hash_t *hash, str s)
{
    mix(hash, s.len ? s.at : "", s.len);
}

static void mix_entity(XXH64_hash_t *hash, const doc *d, uint32_t e)
{
    if (e == NONE)
        mix(hash, "-", 1);
    else
        mix_str(hash, d->entities.at[e].identifier.len ? d->entities.at[e].identifier : d->entities.at[e].name);
}

static void mix_span(XXH64_hash_t *hash, span s)
{
    mix(hash, &s, sizeof s);
}

static XXH64_hash_t start(const doc *d, const char *kind)
{
    XXH64_hash_t hash = 0;
    mix_str(&hash, d->head.id);
    mix_str(&hash, str_of(kind));
    return hash;
}

static XXH64_hash_t hash_statement(const doc *d, const statement *s)
{
    XXH64_hash_t hash = start(d, "statement");
    mix_span(&hash, s->span);
    mix(&hash, &s->kind, 1);
    mix_entity(&hash, d, s->speaker);
    return hash;
}

static XXH64_hash_t hash_event(const doc *d, const event *e)
{
    XXH64_hash_t hash = start(d, "event");
    mix_span(&hash, e->span);
    mix(&hash, &e->event, 1);
    mix(&hash, &e->auxiliary, 1);
    mix_str(&hash, e->modes);
    for (uint32_t i = 0; i < e->actors.count; i++)
        mix_entity(&hash, d, doc_ref(d, e->actors, i));
    mix(&hash, ">", 1);
    for (uint32_t i = 0; i < e->recipients.count; i++)
        mix_entity(&hash, d, doc_ref(d, e->recipients, i));
    return hash;
}

static XXH64_hash_t hash_claim(const doc *d, const claim *c)
{
    XXH64_hash_t hash = start(d, "claim");
    mix_span(&hash, c->span);
    mix(&hash, &c->tie, 1);
    mix(&hash, &c->holds, 1);
    mix(&hash, &c->change, 1);
    mix_entity(&hash, d, c->about[0]);
    mix_entity(&hash, d, c->about[1]);
    return hash;
}

static write_id id_of(XXH64_hash_t hash)
{
    write_id id;
    snprintf(id.hex, sizeof id.hex, "%016llx", (unsigned long long)hash);
    return id;
}

/* Findings alike in everything are told apart by their order. They stand near each other: the look back is short, so
 * that a long list costs no more than its length. */
enum { NEAR = 64 };

write_id write_statement_id(const doc *d, uint32_t number)
{
    const statement *s = &d->statements.at[number];
    XXH64_hash_t hash = hash_statement(d, s), nth = 0;
    for (uint32_t i = number - MIN(number, (uint32_t)NEAR); i < number; i++)
        nth += d->statements.at[i].span.start == d->statements.at[number].span.start && hash_statement(d, &d->statements.at[i]) == hash;
    return id_of(hash + nth);
}

write_id write_event_id(const doc *d, uint32_t number)
{
    const event *e = &d->events.at[number];
    XXH64_hash_t hash = hash_event(d, e), nth = 0;
    for (uint32_t i = number - MIN(number, (uint32_t)NEAR); i < number; i++)
        nth += d->events.at[i].span.start == d->events.at[number].span.start && hash_event(d, &d->events.at[i]) == hash;
    return id_of(hash + nth);
}

write_id write_claim_id(const doc *d, uint32_t number)
{
    const claim *c = &d->claims.at[number];
    XXH64_hash_t hash = hash_claim(d, c), nth = 0;
    for (uint32_t i = number - MIN(number, (uint32_t)NEAR); i < number; i++)
        nth += d->claims.at[i].span.start == d->claims.at[number].span.start && hash_claim(d, &d->claims.at[i]) == hash;
    return id_of(hash + nth);
}
