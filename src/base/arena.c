#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARENA_FIRST = 64 << 10, ARENA_KEEP = 4 << 20 };

/* A run of memory that is handed out from the front. */
typedef struct block_of_memory {
    struct block_of_memory *next;
    size_t room, used;
    max_align_t bytes[];
} block;

typedef struct deferred {
    struct deferred *next;
    void (*release)(void *);
    void *what;
} deferred;

struct arena {
    block *first, *now;
    size_t limit, taken;
    deferred *deferred;
    jmp_buf escape;
};

static block *block_new(size_t room)
{
    block *b = malloc(sizeof *b + room);
    if (b)
        *b = (block){.room = room};
    return b;
}

arena *arena_new(size_t limit)
{
    arena *a = calloc(1, sizeof *a);
    if (!a)
        return NULL;
    a->limit = limit;
    a->first = a->now = block_new(ARENA_FIRST);
    if (!a->first) {
        free(a);
        return NULL;
    }
    return a;
}

static void run_deferred(arena *a)
{
    while (a->deferred) {
        deferred *d = a->deferred;
        a->deferred = d->next;
        d->release(d->what);
    }
}

void arena_free(arena *a)
{
    if (!a)
        return;
    run_deferred(a);
    for (block *b = a->first, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(a);
}

/* Blocks up to ARENA_KEEP stay for the next document; a rare giant gives its memory back. */
void arena_reset(arena *a)
{
    run_deferred(a);
    size_t kept = 0;
    block **link = &a->first;
    while (*link) {
        block *b = *link;
        kept += b->room;
        if (b != a->first && kept > ARENA_KEEP) {
            *link = b->next;
            free(b);
            continue;
        }
        b->used = 0;
        link = &b->next;
    }
    a->now = a->first;
    a->taken = 0;
}

static _Noreturn void give_up(arena *a)
{
    longjmp(a->escape, 1);
}

static block *next_block(arena *a, size_t size)
{
    while (a->now->next) {
        a->now = a->now->next;
        if (a->now->room - a->now->used >= size)
            return a->now;
    }
    size_t room = MAX(size, MIN(a->now->room * 2, (size_t)ARENA_KEEP));
    block *b = block_new(room);
    if (!b)
        give_up(a);
    a->now->next = b;
    a->now = b;
    return b;
}

void *arena_take(arena *a, size_t count, size_t size)
{
    const size_t unit = sizeof(max_align_t);
    if (size && count > a->limit / size)
        give_up(a);
    size_t bytes = (count * size + unit - 1) / unit * unit;
    if (bytes > a->limit - MIN(a->taken, a->limit))
        give_up(a);
    block *b = a->now;
    if (b->room - b->used < bytes)
        b = next_block(a, bytes);
    void *at = (char *)b->bytes + b->used;
    b->used += bytes;
    a->taken += bytes;
    return bytes ? memset(at, 0, bytes) : at;
}

void arena_defer(arena *a, void (*release)(void *), void *what)
{
    deferred *d = arena_take(a, 1, sizeof *d);
    *d = (deferred){a->deferred, release, what};
    a->deferred = d;
}

jmp_buf *arena_escape(arena *a)
{
    return &a->escape;
}

size_t arena_used(const arena *a)
{
    return a->taken;
}

void *vec_grow(arena *a, void *old, uint32_t count, uint32_t *room, size_t size)
{
    uint32_t wider = *room ? *room * 2 : 16;
    void *at = arena_take(a, wider, size);
    if (count)
        memcpy(at, old, count * size);
    *room = wider;
    return at;
}

char *arena_copy_terminated(arena *a, str s)
{
    char *at = arena_take(a, s.len + 1u, 1);
    if (s.len)
        memcpy(at, s.at, s.len);
    return at;
}

str arena_copy(arena *a, str s)
{
    return (str){arena_copy_terminated(a, s), s.len};
}

str arena_format(arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = format ? vsnprintf(NULL, 0, format, args) : 0;
    char *at = arena_take(a, (size_t)MAX(len, 0) + 1, 1);
    vsnprintf(at, (size_t)MAX(len, 0) + 1, format, again);
    va_end(again);
    va_end(args);
    return (str){at, (uint32_t)MAX(len, 0)};
}
