/* The states of an arc-eager parser and the features that describe them. */
#include "lang/inside.h"

enum { SHORTS = 6 };

uint8_t label_group(uint8_t deprel)
{
    static const uint8_t groups[DEPREL_COUNT] = {
        [DEPREL_ROOT] = DEPREL_ROOT, [DEPREL_PUNCT] = DEPREL_PUNCT, [DEPREL_CONJ] = DEPREL_CONJ,
        [DEPREL_NSUBJ] = DEPREL_NSUBJ, [DEPREL_NSUBJ_OUTER] = DEPREL_NSUBJ, [DEPREL_NSUBJ_PASS] = DEPREL_NSUBJ,
        [DEPREL_CSUBJ] = DEPREL_NSUBJ, [DEPREL_CSUBJ_OUTER] = DEPREL_NSUBJ, [DEPREL_CSUBJ_PASS] = DEPREL_NSUBJ,
        [DEPREL_EXPL] = DEPREL_NSUBJ,
        [DEPREL_OBJ] = DEPREL_OBJ, [DEPREL_IOBJ] = DEPREL_OBJ, [DEPREL_CCOMP] = DEPREL_XCOMP,
        [DEPREL_XCOMP] = DEPREL_XCOMP,
        [DEPREL_OBL] = DEPREL_OBL, [DEPREL_OBL_AGENT] = DEPREL_OBL, [DEPREL_OBL_UNMARKED] = DEPREL_OBL,
        [DEPREL_NMOD] = DEPREL_OBL, [DEPREL_NMOD_UNMARKED] = DEPREL_OBL,
        [DEPREL_ACL] = DEPREL_ACL, [DEPREL_ACL_RELCL] = DEPREL_ACL, [DEPREL_ADVCL] = DEPREL_ACL,
        [DEPREL_ADVCL_RELCL] = DEPREL_ACL,
        [DEPREL_AMOD] = DEPREL_AMOD, [DEPREL_NUMMOD] = DEPREL_AMOD, [DEPREL_ADVMOD] = DEPREL_AMOD,
        [DEPREL_NMOD_DESC] = DEPREL_AMOD,
        [DEPREL_DET] = DEPREL_DET, [DEPREL_DET_PREDET] = DEPREL_DET, [DEPREL_NMOD_POSS] = DEPREL_DET,
        [DEPREL_CASE] = DEPREL_CASE, [DEPREL_MARK] = DEPREL_CASE, [DEPREL_CC] = DEPREL_CASE,
        [DEPREL_CC_PRECONJ] = DEPREL_CASE,
        [DEPREL_AUX] = DEPREL_AUX, [DEPREL_AUX_PASS] = DEPREL_AUX, [DEPREL_COP] = DEPREL_AUX,
        [DEPREL_COMPOUND] = DEPREL_COMPOUND, [DEPREL_COMPOUND_PRT] = DEPREL_COMPOUND, [DEPREL_FLAT] = DEPREL_COMPOUND,
        [DEPREL_FIXED] = DEPREL_COMPOUND, [DEPREL_GOESWITH] = DEPREL_COMPOUND,
    };
    return groups[deprel] ? groups[deprel] : DEPREL_PARATAXIS;
}

size_t state_size(uint32_t n)
{
    size_t room = ((size_t)n + 2 + 7) & ~(size_t)7;
    return room * (2 * sizeof(uint64_t) + SHORTS * sizeof(uint16_t) + 3);
}

void state_place(state *s, uint32_t n, void *memory)
{
    size_t room = ((size_t)n + 2 + 7) & ~(size_t)7;
    s->n = (uint16_t)n;
    s->next = 1;
    s->depth = 0;
    s->left_set = memory;
    s->right_set = s->left_set + room;
    uint16_t **shorts[SHORTS] = {&s->stack, &s->head, &s->left, &s->left2, &s->right, &s->right2};
    uint16_t *at = (uint16_t *)(s->right_set + room);
    for (int i = 0; i < SHORTS; i++, at += room)
        *shorts[i] = at;
    s->label = (uint8_t *)at;
    s->lefts = s->label + room;
    s->rights = s->lefts + room;
}

void state_start(state *s, uint32_t n, void *memory)
{
    memset(memory, 0, state_size(n));
    state_place(s, n, memory);
}

void state_copy(state *to, const state *from)
{
    to->n = from->n;
    to->next = from->next;
    to->depth = from->depth;
    memcpy(to->left_set, from->left_set, state_size(from->n));
}

bool can_shift(const state *s)
{
    return s->next <= s->n;
}

bool can_reduce(const state *s)
{
    return s->depth && s->head[state_top(s)];
}

bool can_left(const state *s)
{
    return s->depth && !s->head[state_top(s)];
}

bool can_right(const state *s)
{
    return s->depth && s->next <= s->n;
}

static void add_left(state *s, uint32_t head, uint32_t child, uint32_t label)
{
    s->head[child] = (uint16_t)head;
    s->label[child] = (uint8_t)label;
    s->left2[head] = s->left[head];
    s->left[head] = (uint16_t)child;
    s->lefts[head] += s->lefts[head] < 255;
    s->left_set[head] |= (uint64_t)1 << label;
}

static void add_right(state *s, uint32_t head, uint32_t child, uint32_t label)
{
    s->head[child] = (uint16_t)head;
    s->label[child] = (uint8_t)label;
    s->right2[head] = s->right[head];
    s->right[head] = (uint16_t)child;
    s->rights[head] += s->rights[head] < 255;
    s->right_set[head] |= (uint64_t)1 << label;
}

void state_act(state *s, uint32_t action)
{
    if (action == ACT_REDUCE)
        s->depth--;
    else if (action == ACT_SHIFT)
        s->stack[s->depth++] = s->next++;
    else if (action < ACT_RIGHT) {
        add_left(s, s->next, state_top(s), action - ACT_LEFT);
        s->depth--;
    } else {
        add_right(s, state_top(s), s->next, action - ACT_RIGHT);
        s->stack[s->depth++] = s->next++;
    }
}

static uint32_t field_of(const token *t, form_kind k)
{
    if (t->upos == UPOS_NOUN)
        return 100u + k.noun;
    if (t->upos == UPOS_VERB)
        return 200u + k.verb;
    return 1000u + t->upos;
}

void nodes_read(const doc *d, const sentence *s, const lexicon *x, node *nodes)
{
    nodes[0] = (node){.w = 3, .p = 5, .wp = 7, .c = 9, .k = 19, .x = 21};
    nodes[s->count + 1] = (node){.w = 11, .p = 13, .wp = 15, .c = 17, .k = 23, .x = 25};
    for (uint32_t i = 0; i < s->count; i++) {
        const token *t = &d->tokens.at[s->first + i];
        node *n = &nodes[i + 1];
        n->upos = t->upos;
        n->w = word_hash(t->lower);
        n->p = spread(t->upos * 64u + t->xpos + 1000);
        n->wp = mix(n->w, n->p);
        n->c = spread(t->upos + 5000u);
        n->k = spread(field_of(t, lexicon_get(x, n->w)) + 9000u);
        n->x = mix(word_hash(str_part(t->lower, t->lower.len > 3 ? t->lower.len - 3 : 0, t->lower.len)), n->p);
    }
}

static uint32_t distance(uint32_t from, uint32_t to)
{
    uint32_t d = to - from;
    return d < 5 ? d : d < 7 ? 5 : d < 11 ? 6 : 7;
}

uint32_t parse_features(const state *s, const node *nodes, uint32_t *ret)
{
    uint32_t top = state_top(s), next = s->next, last = s->n + 1u, n = 0;
    uint32_t h = s->head[top], h2 = s->head[h], l = s->left[top], l2 = s->left2[top], r = s->right[top], r2 = s->right2[top];
    uint32_t nl = s->left[next], nl2 = s->left2[next], below = s->depth > 1 ? s->stack[s->depth - 2] : 0;
    const node *S = &nodes[top], *N = &nodes[next], *N1 = &nodes[next + 1 <= last ? next + 1 : 0];
    const node *N2 = &nodes[next + 2 <= last ? next + 2 : 0], *N3 = &nodes[next + 3 <= last ? next + 3 : 0];
    const node *P = &nodes[next > 1 ? next - 1 : 0];
    const node *H = &nodes[h], *H2 = &nodes[h2], *L = &nodes[l], *L2 = &nodes[l2], *R = &nodes[r], *R2 = &nodes[r2];
    const node *NL = &nodes[nl], *NL2 = &nodes[nl2], *B = &nodes[below];
    uint32_t d = top ? distance(top, next) : 0, sl = s->lefts[top], sr = s->rights[top], vl = s->lefts[next];
    uint32_t sets = (uint32_t)(s->left_set[top] ^ s->left_set[top] >> 32) * 31, setr = (uint32_t)(s->right_set[top] ^ s->right_set[top] >> 31) * 37;
    uint32_t setn = (uint32_t)(s->left_set[next] ^ s->left_set[next] >> 32) * 41, headed = top && h ? s->label[top] + 1u : 0;
#define ADD2(a, b) (ret[n] = spread(mix((a), (b) + n * 0x3C6EF372u)), n++)
#define ADD1(a) ADD2(a, 0)
#define ADD3(a, b, c) ADD2(mix((a), (b)), c)
#define ADD4(a, b, c, e) ADD2(mix((a), (b)), mix((c), (e)))
    ADD1(headed);
    ADD1(S->w); ADD1(S->p); ADD1(S->wp);
    ADD1(N->w); ADD1(N->p); ADD1(N->wp);
    ADD1(N1->w); ADD1(N1->p); ADD1(N1->wp);
    ADD1(N2->w); ADD1(N2->p); ADD1(N2->wp);
    ADD2(S->wp, N->wp); ADD2(S->wp, N->w); ADD2(S->w, N->wp); ADD2(S->wp, N->p); ADD2(S->p, N->wp); ADD2(S->w, N->w);
    ADD2(S->p, N->p);
    ADD2(N->p, N1->p); ADD2(N->wp, N1->p); ADD2(N->p, N1->wp); ADD2(N->w, N1->w);
    ADD3(N->p, N1->p, N2->p); ADD3(S->p, N->p, N1->p); ADD4(S->p, N->p, N1->p, N2->p);
    ADD3(H->p, S->p, N->p); ADD3(S->p, L->p, N->p); ADD3(S->p, R->p, N->p); ADD3(S->p, N->p, NL->p);
    ADD3(S->wp, N->p, N1->p); ADD3(S->p, N->wp, N1->p); ADD3(S->p, N->p, N1->wp);
    ADD2(S->w, d); ADD2(S->p, d); ADD2(N->w, d); ADD2(N->p, d); ADD3(S->w, N->w, d); ADD3(S->p, N->p, d);
    ADD3(S->wp, N->p, d); ADD3(S->p, N->wp, d);
    ADD2(S->w, sr); ADD2(S->p, sr); ADD2(S->w, sl); ADD2(S->p, sl); ADD2(N->w, vl); ADD2(N->p, vl);
    ADD3(S->p, N->p, sr * 8 + sl); ADD3(S->p, N->p, vl);
    ADD1(H->w); ADD1(H->p); ADD2(S->p, headed); ADD2(S->w, headed); ADD3(S->p, headed, N->p);
    ADD3(S->p, headed, N->w); ADD3(S->w, headed, N->p);
    ADD1(L->w); ADD1(L->p); ADD1(s->label[l] + 1u); ADD1(R->w); ADD1(R->p); ADD1(s->label[r] + 1u);
    ADD1(NL->w); ADD1(NL->p); ADD1(s->label[nl] + 1u);
    ADD1(H2->w); ADD1(H2->p); ADD1(s->label[h] + 1u);
    ADD1(L2->w); ADD1(L2->p); ADD1(s->label[l2] + 1u); ADD1(R2->w); ADD1(R2->p); ADD1(s->label[r2] + 1u);
    ADD1(NL2->w); ADD1(NL2->p); ADD1(s->label[nl2] + 1u);
    ADD3(S->p, L->p, L2->p); ADD3(S->p, R->p, R2->p); ADD3(S->p, H->p, H2->p); ADD3(N->p, NL->p, NL2->p);
    ADD2(S->w, sets); ADD2(S->p, sets); ADD2(S->w, setr); ADD2(S->p, setr); ADD2(N->w, setn); ADD2(N->p, setn);
    ADD3(S->p, N->p, setr); ADD3(S->p, N->p, setn); ADD4(S->w, N->p, setr, sets);
    ADD2(B->p, S->p); ADD3(B->p, S->p, N->p); ADD4(B->p, S->p, N->p, headed); ADD3(B->w, S->p, N->p);
    ADD2(B->w, N->w);
    ADD2(P->p, N->p); ADD3(S->p, P->p, N->p); ADD4(S->p, P->p, N->p, N1->p);
    ADD3(N1->p, N2->p, N3->p); ADD4(N->p, N1->p, N2->p, N3->p); ADD3(H->w, S->w, N->p); ADD3(H->p, S->p, N->w);
    ADD3(S->c, N->c, N1->w); ADD3(R->w, S->p, N->p); ADD3(L->w, S->p, N->p); ADD3(NL->w, S->p, N->p);
    ADD1(S->k); ADD1(N->k); ADD2(S->k, N->k); ADD2(S->k, N->p); ADD2(S->p, N->k); ADD2(S->k, N->w); ADD2(S->w, N->k);
    ADD3(S->k, N->k, d);
    ADD3(S->k, N->p, N1->p); ADD3(S->p, N->k, N1->p); ADD3(H->k, S->k, N->k); ADD3(H->k, S->p, N->p);
    ADD2(S->k, setr); ADD2(S->k, sets); ADD2(N->k, setn);
    ADD3(S->k, N->p, setr); ADD3(S->k, N->p, headed); ADD2(S->x, N->p); ADD2(S->p, N->x); ADD3(B->k, S->p, N->k);
#undef ADD1
#undef ADD2
#undef ADD3
#undef ADD4
    return n;
}
