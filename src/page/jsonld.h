/* jsonld: what pages tell machines about themselves. Read tolerantly: line breaks in strings, commas too many and objects
 * that break off are common, and what was read before the fault is kept. */
#ifndef PAGE_JSONLD_H
#define PAGE_JSONLD_H

#include "base/base.h"

enum { JSON_STRING, JSON_OTHER, JSON_OBJECT, JSON_LIST };

typedef struct json_node {
    str key, value; /* raw: escapes stand as they are */
    uint32_t child, next; /* or NONE */
    uint8_t type;
} json_node;

typedef struct jsonld {
    arena *arena;
    VEC(json_node) nodes;
    VEC(uint32_t) roots;
} jsonld;

void jsonld_read(jsonld *j, str script);
/* The value of `key` in an object, or NONE. */
uint32_t jsonld_get(const jsonld *j, uint32_t object, const char *key);
/* A string without escapes and character references; of a list its first; of an object its name. Empty where none. */
str jsonld_text(const jsonld *j, uint32_t node);
/* The object that describes the page's article, or NONE. `title` decides among several. */
uint32_t jsonld_article(const jsonld *j, str title);
/* The object that a node with only "@id" points to, else the node itself. */
uint32_t jsonld_resolve(const jsonld *j, uint32_t node);

#endif
