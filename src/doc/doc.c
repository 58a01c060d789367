#include "doc/doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

doc *doc_new(void)
{
    doc *d = calloc(1, sizeof *d);
    if (d && !(d->arena = arena_new(LIMIT_MEMORY))) {
        free(d);
        return NULL;
    }
    if (d)
        doc_reset(d);
    return d;
}

void doc_free(doc *d)
{
    if (!d)
        return;
    arena_free(d->arena);
    free(d);
}

void doc_reset(doc *d)
{
    arena *a = d->arena;
    arena_reset(a);
    *d = (doc){.arena = a};
    d->head.published_day = d->head.reference = NO_DAY;
    d->head.written = NO_DATE;
}

void doc_note(doc *d, const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    *vec_push(d->arena, &d->notes) = arena_copy(d->arena, str_of(text));
}

str doc_str(const doc *d, span s)
{
    return str_part(d->text, s.start, s.end);
}

void doc_refer(doc *d, slice *s, uint32_t number)
{
    if (!s->count)
        s->at = d->refs.count;
    *vec_push(d->arena, &d->refs) = number;
    s->count++;
}

uint32_t doc_token_at(const doc *d, uint32_t byte)
{
    uint32_t low = 0, high = d->tokens.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->tokens.at[middle].span.end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t doc_sentence_at(const doc *d, uint32_t byte)
{
    uint32_t low = 0, high = d->sentences.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->sentences.at[middle].span.end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t doc_mention_from(const doc *d, uint32_t byte)
{
    uint32_t low = 0, high = d->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->mentions.at[middle].span.start < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t doc_place_from(const doc *d, uint32_t byte)
{
    uint32_t low = 0, high = d->places.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->places.at[middle].span.start < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool doc_travels(const entity *e)
{
    return e->type == ENTITY_PER && e->known != NONE && (!e->sector[0] || sector_is_private(e->sector) || !strcmp(e->sector, "JRN"));
}
