/* The second labeller: with the whole tree in view, what each arc is called. */
#include "lang/relate.h"

relations relations_new(arena *a, uint32_t longest)
{
    relations r = {0};
    uint16_t **shorts[] = {&r.head, &r.first, &r.last, &r.next, &r.before};
    for (size_t i = 0; i < COUNT(shorts); i++)
        *shorts[i] = arena_take(a, longest + 2u, sizeof(uint16_t));
    r.label = arena_take(a, longest + 2u, 1);
    return r;
}

/* What hangs on a word, in order: children are linked from left to right. */
void relate_read(const doc *d, const sentence *s, const node *nodes, relations *r)
{
    r->n = s->count;
    r->nodes = nodes;
    memset(r->first, 0, (s->count + 2u) * sizeof *r->first);
    memset(r->next, 0, (s->count + 2u) * sizeof *r->next);
    memset(r->before, 0, (s->count + 2u) * sizeof *r->before);
    memset(r->last, 0, (s->count + 2u) * sizeof *r->last);
    for (uint32_t i = 1; i <= s->count; i++) {
        const token *t = &d->tokens.at[s->first + i - 1];
        uint32_t h = t->head == NONE ? 0 : t->head - s->first + 1;
        r->head[i] = (uint16_t)h;
        r->label[i] = t->deprel;
        if (r->last[h])
            r->next[r->last[h]] = (uint16_t)i;
        else
            r->first[h] = (uint16_t)i;
        r->before[i] = r->last[h];
        r->last[h] = (uint16_t)i;
    }
}

static uint32_t span_bucket(uint32_t from, uint32_t to)
{
    uint32_t d = from > to ? from - to : to - from;
    return d < 4 ? d : d < 7 ? 4 : d < 12 ? 5 : 6;
}

/* The function words that hang on `i` (case, mark, auxiliary, determiner), as one number; and what stands last. */
static uint32_t function_words(const relations *r, uint32_t i)
{
    uint32_t h = 0, count = 0;
    for (uint32_t c = r->first[i]; c && c < i && count < 6; c = r->next[c], count++) {
        uint8_t u = r->nodes[c].upos;
        if (u == UPOS_ADP || u == UPOS_SCONJ || u == UPOS_PART || u == UPOS_AUX || u == UPOS_CCONJ)
            h = mix(h, r->nodes[c].w);
    }
    return h;
}

static uint32_t kinds_of_children(const relations *r, uint32_t i)
{
    uint64_t set = 0;
    uint32_t count = 0;
    for (uint32_t c = r->first[i]; c && count < 20; c = r->next[c], count++)
        set |= (uint64_t)1 << r->nodes[c].upos << (c > i ? 20 : 0);
    return spread((uint32_t)(set ^ set >> 32) + 77);
}

uint32_t relate_features(const relations *r, uint32_t i, uint32_t *ret)
{
    uint32_t h = r->head[i], g = r->head[h], n = 0, d = span_bucket(i, h) * 2 + (i > h);
    uint32_t b = r->before[i], a = r->next[i], f = r->first[i], l = r->last[i];
    const node *D = &r->nodes[i], *H = &r->nodes[h], *G = &r->nodes[g], *B = &r->nodes[b], *A = &r->nodes[a], *F = &r->nodes[f], *L = &r->nodes[l];
    const node *P = &r->nodes[i - 1], *N = &r->nodes[i + 1];
    uint32_t words = function_words(r, i), kids = kinds_of_children(r, i), head_words = function_words(r, h), head_kids = kinds_of_children(r, h);
    uint32_t bl = b ? r->label[b] + 1u : 0, hl = h ? r->label[h] + 1u : 0;
#define ADD2(a_, b_) (ret[n] = spread(mix((a_), (b_) + n * 0x3C6EF372u)), n++)
#define ADD3(a_, b_, c_) ADD2(mix((a_), (b_)), c_)
#define ADD4(a_, b_, c_, e_) ADD2(mix((a_), (b_)), mix((c_), (e_)))
    ADD2(D->w, d & 1); ADD2(D->wp, d & 1); ADD2(D->p, d); ADD2(H->w, d & 1); ADD2(H->wp, d & 1);
    ADD3(D->p, H->p, d); ADD3(D->w, H->p, d & 1); ADD3(D->p, H->w, d & 1); ADD3(D->w, H->w, d & 1);
    ADD3(D->k, H->k, d & 1); ADD3(D->k, H->w, d & 1); ADD3(D->w, H->k, d & 1);
    ADD3(D->p, H->p, words); ADD3(D->p, words, d & 1); ADD3(words, H->w, d & 1); ADD3(words, D->w, d & 1);
    ADD3(words, H->k, D->k); ADD4(words, D->p, H->p, kids);
    ADD3(D->p, H->p, kids); ADD3(D->p, kids, d & 1); ADD4(D->p, H->p, kids, head_kids); ADD3(D->p, head_kids, d & 1);
    ADD3(D->p, head_words, H->p); ADD3(D->w, head_kids, d & 1); ADD4(D->p, H->p, head_kids, d);
    ADD4(D->p, H->p, G->p, d & 1); ADD3(D->p, H->p, hl * 2 + (i > h)); ADD3(D->w, hl, d & 1);
    ADD4(D->p, H->w, hl, d & 1);
    ADD4(D->p, H->p, B->p, d & 1); ADD4(D->p, H->p, bl, d & 1); ADD3(D->w, bl, d & 1); ADD4(D->p, H->p, A->p, d & 1);
    ADD3(D->p, B->w, d & 1); ADD3(D->p, A->w, d & 1); ADD4(D->p, H->w, bl, d & 1);
    ADD3(D->p, F->w, d & 1); ADD3(D->p, L->w, d & 1); ADD4(D->p, H->p, F->p, L->p); ADD4(D->p, H->p, F->wp, d & 1);
    ADD4(D->p, H->p, P->p, N->p); ADD3(D->p, H->p, P->w); ADD3(D->p, N->w, d & 1); ADD3(D->w, P->w, d & 1);
    ADD3(D->w, N->p, P->p);
#undef ADD2
#undef ADD3
#undef ADD4
    return n;
}
