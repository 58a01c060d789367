/* meta: what a page says of the story: title, address, outlet, byline, day, language, deck. */
#ifndef PAGE_META_H
#define PAGE_META_H

#include "doc/doc.h"
#include "page/blocks.h"
#include "page/jsonld.h"

typedef struct about {
    doc *d;
    const tokens *t;
    jsonld json;
    uint32_t article;  /* in json, or NONE */
    const layout *l;   /* NULL until the story is found */
    const uint8_t *taken; /* leaves of the story */
} about;

/* The content of the first <meta> of one of these names ("|" between them), decoded; empty where none. */
str about_meta(const about *a, const char *names);

void title_find(about *a);
void address_find(about *a);
void outlet_find(about *a);
void byline_find(about *a);
void published_find(about *a);
void deck_find(about *a);
/* The lists of other stories; `month_first`: how the page prints dates in figures. */
void links_find(about *a, bool month_first);
bool about_month_first(const about *a);

/* Letters and digits in small, for comparing what differs in marks and spaces only. */
str letters_of(arena *a, str s);

#endif
