/* From what somebody types to a power. */
#include "ask/ask.h"

enum { MOST_WORDS = 16, MOST_LETTERS = 40, NEAREST = 3 };

static bool is_power(const kb *k, uint32_t entity)
{
    uint8_t class = kb_entity_at(k, entity).class;
    return class <= CLASS_ARMED;
}

/* A name means the same power in every use of it that still holds; states come before what bears their name. */
static uint32_t best_of(const kb *k, uint32_t node)
{
    uint32_t first, count = kb_ends(k, KB_TRIE_NAMES, node, &first), best = NONE;
    for (uint32_t i = 0; i < count; i++) {
        kb_name n = kb_name_at(k, kb_value(k, KB_TRIE_NAMES, first + i));
        if (!is_power(k, n.entity))
            continue;
        if (best == NONE || kb_entity_at(k, n.entity).class < kb_entity_at(k, best).class)
            best = n.entity;
    }
    return best;
}

static uint32_t by_name(const kb *k, str text)
{
    uint32_t words[MOST_WORDS], node = 0, count = kb_words(k, text, words, MOST_WORDS);
    for (uint32_t i = 0; i < count; i++)
        if ((node = kb_step(k, KB_TRIE_NAMES, node, words[i])) == NONE)
            return NONE;
    return count ? best_of(k, node) : NONE;
}

/* Levenshtein's distance of two short words, in bytes. */
static uint32_t distance(str a, str b)
{
    uint32_t row[MOST_LETTERS + 1];
    if (a.len > MOST_LETTERS || b.len > MOST_LETTERS)
        return MOST_LETTERS;
    for (uint32_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (uint32_t i = 1; i <= a.len; i++) {
        uint32_t corner = row[0];
        row[0] = i;
        for (uint32_t j = 1; j <= b.len; j++) {
            uint32_t change = corner + (a.at[i - 1] != b.at[j - 1]);
            corner = row[j];
            row[j] = MIN(change, MIN(row[j], row[j - 1]) + 1);
        }
    }
    return row[b.len];
}

/* The names spelled most like it, each with its identifier: "Armenia (ARM), Romania (ROU)". */
static str nearest(const kb *k, arena *a, str text)
{
    uint32_t near[NEAREST] = {NONE, NONE, NONE}, far[NEAREST] = {NONE, NONE, NONE};
    str folded = utf8_fold(a, text), all = {"", 0};
    for (uint32_t e = 0; e < kb_entity_count(k); e++) {
        if (!is_power(k, e))
            continue;
        uint32_t steps = distance(folded, utf8_fold(a, kb_entity_at(k, e).name));
        for (int i = 0; i < NEAREST; i++)
            if (steps < far[i]) {
                memmove(&far[i + 1], &far[i], (size_t)(NEAREST - 1 - i) * sizeof *far);
                memmove(&near[i + 1], &near[i], (size_t)(NEAREST - 1 - i) * sizeof *near);
                far[i] = steps;
                near[i] = e;
                break;
            }
    }
    for (int i = 0; i < NEAREST && near[i] != NONE; i++) {
        kb_entity e = kb_entity_at(k, near[i]);
        all = arena_format(a, "%.*s%s%.*s (%.*s)", (int)all.len, all.at, i ? ", " : "", (int)e.name.len, e.name.at,
                           (int)e.identifier.len, e.identifier.at);
    }
    return all;
}

uint32_t ask_power(const kb *k, arena *a, str text, str *ret_nearest)
{
    text = str_trim(text);
    uint32_t entity = kb_entity_find(k, text);
    if (entity == NONE)
        entity = by_name(k, text);
    if (entity == NONE && ret_nearest)
        *ret_nearest = nearest(k, a, text);
    return entity;
}
