#include "base/base.h"

/* Open addressing with linear probing, at most half full. */
typedef struct slot {
    str key;
    uint64_t hash;
    uint32_t value;
} slot;

struct map {
    arena *arena;
    slot *slots;
    uint32_t count, mask;
};

map *map_new(arena *a)
{
    map *m = arena_take(a, 1, sizeof *m);
    *m = (map){.arena = a, .mask = 63};
    m->slots = arena_take(a, m->mask + 1u, sizeof(slot));
    return m;
}

/* The slot where the key is, or the empty one where it belongs. */
static slot *slot_find(const map *m, str key, uint64_t hash)
{
    for (uint32_t i = (uint32_t)hash & m->mask;; i = (i + 1) & m->mask) {
        slot *s = &m->slots[i];
        if (!s->key.at || (s->hash == hash && str_equal(s->key, key)))
            return s;
    }
}

uint32_t map_get(const map *m, str key)
{
    const slot *s = slot_find(m, key, str_hash(key));
    return s->key.at ? s->value : NONE;
}

static void map_widen(map *m)
{
    slot *old = m->slots;
    uint32_t room = m->mask + 1;
    m->mask = room * 2 - 1;
    m->slots = arena_take(m->arena, m->mask + 1u, sizeof(slot));
    for (uint32_t i = 0; i < room; i++)
        if (old[i].key.at)
            *slot_find(m, old[i].key, old[i].hash) = old[i];
}

uint32_t map_add(map *m, str key, uint32_t value)
{
    uint64_t hash = str_hash(key);
    if (!key.at)
        key.at = "";
    slot *s = slot_find(m, key, hash);
    if (s->key.at)
        return s->value;
    *s = (slot){key, hash, value};
    if (++m->count * 2 > m->mask)
        map_widen(m);
    return value;
}
