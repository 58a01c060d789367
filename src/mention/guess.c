/* The recogniser of names never seen before. */
#include "mention/inside.h"

static bool is_initial(const scan *s, uint32_t t)
{
    uint32_t begin = scan_begin(s, t);
    return t == begin || (t == begin + 1 && !(s->shape[begin] & (SHAPE_LETTER | SHAPE_DIGIT)));
}

void guess_names(scan *s)
{
    uint32_t count = s->d->tokens.count;
    s->guess = arena_take(s->a, count + 1u, 1);
    for (uint32_t t = 0; t < count; t++) {
        hit hits[HITS];
        const token *w = scan_token(s, t);
        if (!(s->shape[t] & SHAPE_UPPER) || (w->upos != UPOS_PROPN && (w->upos != UPOS_X || is_initial(s, t))))
            continue;
        if (scan_walk(s, KB_TRIE_NAMES, t, hits) && hits[0].last > t)
            continue;
        bool inside = t > scan_begin(s, t) && s->guess[t - 1];
        s->guess[t] = (ENTITY_PER + 1) | (inside ? 0 : GUESS_BEGIN);
    }
}
