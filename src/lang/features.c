/* What the parser looks at in a state. Features come in groups that hang on the same few places, so that a beam that
 * meets the same places again need not weigh them again (memo.c). The numbers are part of the trained weights: they tell
 * apart features that are made of equal parts. */
#include "lang/features.h"

static uint32_t distance(uint32_t from, uint32_t to)
{
    uint32_t d = to - from;
    return d < 5 ? d : d < 7 ? 5 : d < 11 ? 6 : 7;
}

view view_of(const state *s, const node *nodes)
{
    uint32_t top = state_top(s), next = s->next;
    view v = {.state = s, .nodes = nodes, .top = top, .next = next, .h = s->head[top]};
    v.h2 = s->head[v.h];
    v.l = s->left[top], v.l2 = s->left2[top];
    v.r = s->right[top], v.r2 = s->right2[top];
    v.nl = s->left[next], v.nl2 = s->left2[next];
    v.below = s->depth > 1 ? s->stack[s->depth - 2] : 0;
    v.headed = top && v.h ? s->label[top] + 1u : 0;
    return v;
}

/* The words in front. */
static const node *ahead(const view *v, uint32_t by)
{
    uint32_t at = v->next + by;
    return &v->nodes[at <= v->state->n + 1u ? at : 0];
}

/* A set of relations as a number. */
static uint32_t fold(uint64_t set, uint32_t by)
{
    return (uint32_t)(set ^ set >> by);
}

#define F2(number, a, b) (ret[n++] = spread(mix((a), (b) + number * 0x3C6EF372u)))
#define F1(number, a) F2(number, a, 0)
#define F3(number, a, b, c) F2(number, mix((a), (b)), c)
#define F4(number, a, b, c, e) F2(number, mix((a), (b)), mix((c), (e)))

static uint32_t next_features(const view *v, uint32_t *ret)
{
    const node *N = ahead(v, 0), *N1 = ahead(v, 1), *N2 = ahead(v, 2), *N3 = ahead(v, 3), *P = &v->nodes[v->next - 1];
    uint32_t n = 0;
    F1(4, N->w); F1(5, N->p); F1(6, N->wp); F1(7, N1->w); F1(8, N1->p); F1(9, N1->wp); F1(10, N2->w); F1(11, N2->p);
    F1(12, N2->wp); F2(20, N->p, N1->p); F2(21, N->wp, N1->p); F2(22, N->p, N1->wp); F2(23, N->w, N1->w);
    F3(24, N->p, N1->p, N2->p); F2(96, P->p, N->p); F3(99, N1->p, N2->p, N3->p); F4(100, N->p, N1->p, N2->p, N3->p);
    F1(108, N->k);
    return n;
}

static uint32_t top_features(const view *v, uint32_t *ret)
{
    const state *s = v->state;
    const node *S = &v->nodes[v->top], *L = &v->nodes[v->l], *L2 = &v->nodes[v->l2];
    const uint8_t *label = v->state->label;
    uint32_t n = 0, sl = s->lefts[v->top], sets = fold(s->left_set[v->top], 32) * 31;
    F1(1, S->w); F1(2, S->p); F1(3, S->wp); F1(107, S->k); F2(44, S->w, sl); F2(45, S->p, sl); F1(57, L->w); F1(58, L->p);
    F1(59, label[v->l] + 1u); F1(69, L2->w); F1(70, L2->p); F1(71, label[v->l2] + 1u); F3(78, S->p, L->p, L2->p);
    F2(82, S->w, sets); F2(83, S->p, sets); F2(120, S->k, sets);
    return n;
}

static uint32_t right_features(const view *v, uint32_t *ret)
{
    const state *s = v->state;
    const node *S = &v->nodes[v->top], *R = &v->nodes[v->r], *R2 = &v->nodes[v->r2];
    const uint8_t *label = v->state->label;
    uint32_t n = 0, sr = s->rights[v->top], setr = fold(s->right_set[v->top], 31) * 37;
    F2(42, S->w, sr); F2(43, S->p, sr); F1(60, R->w); F1(61, R->p); F1(62, label[v->r] + 1u); F1(72, R2->w); F1(73, R2->p);
    F1(74, label[v->r2] + 1u); F3(79, S->p, R->p, R2->p); F2(84, S->w, setr); F2(85, S->p, setr); F2(119, S->k, setr);
    return n;
}

static uint32_t head_features(const view *v, uint32_t *ret)
{
    const node *S = &v->nodes[v->top], *H = &v->nodes[v->h], *H2 = &v->nodes[v->h2];
    const uint8_t *label = v->state->label;
    uint32_t n = 0;
    F1(0, v->headed); F1(50, H->w); F1(51, H->p); F2(52, S->p, v->headed); F2(53, S->w, v->headed); F1(66, H2->w);
    F1(67, H2->p); F1(68, label[v->h] + 1u); F3(80, S->p, H->p, H2->p);
    return n;
}

static uint32_t ahead_features(const view *v, uint32_t *ret)
{
    const state *s = v->state;
    const node *N = ahead(v, 0), *NL = &v->nodes[v->nl], *NL2 = &v->nodes[v->nl2];
    const uint8_t *label = v->state->label;
    uint32_t n = 0, vl = s->lefts[v->next], setn = fold(s->left_set[v->next], 32) * 41;
    F2(46, N->w, vl); F2(47, N->p, vl); F1(63, NL->w); F1(64, NL->p); F1(65, label[v->nl] + 1u); F1(75, NL2->w);
    F1(76, NL2->p); F1(77, label[v->nl2] + 1u); F3(81, N->p, NL->p, NL2->p); F2(86, N->w, setn); F2(87, N->p, setn);
    F2(121, N->k, setn);
    return n;
}

static uint32_t pair_features(const view *v, uint32_t *ret)
{
    const node *S = &v->nodes[v->top], *N = ahead(v, 0), *N1 = ahead(v, 1), *N2 = ahead(v, 2), *P = &v->nodes[v->next - 1];
    uint32_t n = 0, d = v->top ? distance(v->top, v->next) : 0;
    F2(13, S->wp, N->wp); F2(14, S->wp, N->w); F2(15, S->w, N->wp); F2(16, S->wp, N->p); F2(17, S->p, N->wp);
    F2(18, S->w, N->w); F2(19, S->p, N->p); F3(25, S->p, N->p, N1->p); F4(26, S->p, N->p, N1->p, N2->p);
    F3(31, S->wp, N->p, N1->p); F3(32, S->p, N->wp, N1->p); F3(33, S->p, N->p, N1->wp); F2(34, S->w, d); F2(35, S->p, d);
    F2(36, N->w, d); F2(37, N->p, d); F3(38, S->w, N->w, d); F3(39, S->p, N->p, d); F3(40, S->wp, N->p, d);
    F3(41, S->p, N->wp, d); F3(97, S->p, P->p, N->p); F4(98, S->p, P->p, N->p, N1->p); F3(103, S->c, N->c, N1->w);
    F2(109, S->k, N->k); F2(110, S->k, N->p); F2(111, S->p, N->k); F2(112, S->k, N->w); F2(113, S->w, N->k);
    F3(114, S->k, N->k, d); F3(115, S->k, N->p, N1->p); F3(116, S->p, N->k, N1->p); F2(124, S->x, N->p); F2(125, S->p, N->x);
    return n;
}

static uint32_t below_features(const view *v, uint32_t *ret)
{
    const node *S = &v->nodes[v->top], *N = ahead(v, 0), *B = &v->nodes[v->below];
    uint32_t n = 0;
    F2(91, B->p, S->p); F3(92, B->p, S->p, N->p); F4(93, B->p, S->p, N->p, v->headed); F3(94, B->w, S->p, N->p);
    F2(95, B->w, N->w); F3(126, B->k, S->p, N->k);
    return n;
}

static uint32_t head_next_features(const view *v, uint32_t *ret)
{
    const node *S = &v->nodes[v->top], *N = ahead(v, 0), *H = &v->nodes[v->h];
    uint32_t n = 0;
    F3(27, H->p, S->p, N->p); F3(54, S->p, v->headed, N->p); F3(55, S->p, v->headed, N->w); F3(56, S->w, v->headed, N->p);
    F3(101, H->w, S->w, N->p); F3(102, H->p, S->p, N->w); F3(117, H->k, S->k, N->k); F3(118, H->k, S->p, N->p);
    F3(123, S->k, N->p, v->headed);
    return n;
}

static uint32_t children_features(const view *v, uint32_t *ret)
{
    const state *s = v->state;
    const node *S = &v->nodes[v->top], *N = ahead(v, 0), *L = &v->nodes[v->l], *R = &v->nodes[v->r];
    uint32_t n = 0, sl = s->lefts[v->top], sr = s->rights[v->top], sets = fold(s->left_set[v->top], 32) * 31, setr = fold(s->right_set[v->top], 31) * 37;
    F3(28, S->p, L->p, N->p); F3(105, L->w, S->p, N->p); F3(29, S->p, R->p, N->p); F3(48, S->p, N->p, sr * 8 + sl);
    F3(88, S->p, N->p, setr); F4(90, S->w, N->p, setr, sets); F3(104, R->w, S->p, N->p); F3(122, S->k, N->p, setr);
    return n;
}

static uint32_t top_ahead_features(const view *v, uint32_t *ret)
{
    const state *s = v->state;
    const node *S = &v->nodes[v->top], *N = ahead(v, 0), *NL = &v->nodes[v->nl];
    uint32_t n = 0, vl = s->lefts[v->next], setn = fold(s->left_set[v->next], 32) * 41;
    F3(30, S->p, N->p, NL->p); F3(49, S->p, N->p, vl); F3(89, S->p, N->p, setn); F3(106, NL->w, S->p, N->p);
    return n;
}

uint32_t group_features(const view *v, int group, uint32_t *ret)
{
    switch (group) {
    case GROUP_NEXT: return next_features(v, ret);
    case GROUP_TOP: return top_features(v, ret);
    case GROUP_RIGHT: return right_features(v, ret);
    case GROUP_HEAD: return head_features(v, ret);
    case GROUP_AHEAD: return ahead_features(v, ret);
    case GROUP_PAIR: return pair_features(v, ret);
    case GROUP_BELOW: return below_features(v, ret);
    case GROUP_HEAD_NEXT: return head_next_features(v, ret);
    case GROUP_CHILDREN: return children_features(v, ret);
    default: return top_ahead_features(v, ret);
    }
}

uint32_t parse_features(const state *s, const node *nodes, uint32_t *ret)
{
    view v = view_of(s, nodes);
    uint32_t n = 0;
    for (int group = 0; group < GROUP_COUNT; group++)
        n += group_features(&v, group, ret + n);
    return n;
}

/* ---- what a group hangs on ---- */

static uint64_t packed(uint32_t a, uint32_t b, uint32_t c, uint32_t e)
{
    return (uint64_t)a << 48 | (uint64_t)b << 32 | (uint64_t)c << 16 | e;
}

/* Two labels and two counts. */
static uint64_t packed_labels(uint32_t label1, uint32_t label2, uint32_t count1, uint32_t count2)
{
    return label1 << 24 | label2 << 16 | count1 << 8 | count2;
}

void group_keys(const view *v, group_key ret[GROUP_COUNT])
{
    const state *s = v->state;
    const uint8_t *label = s->label;
    uint32_t top = v->top, next = v->next;
    uint64_t left = s->left_set[top], right = s->right_set[top], ahead = s->left_set[next];
    ret[GROUP_NEXT] = (group_key){{next}};
    ret[GROUP_TOP] = (group_key){{packed(1, top, v->l, v->l2), packed_labels(label[v->l], label[v->l2], s->lefts[top], 0), left}};
    ret[GROUP_RIGHT] = (group_key){{packed(1, top, v->r, v->r2), packed_labels(label[v->r], label[v->r2], s->rights[top], 0), right}};
    ret[GROUP_HEAD] = (group_key){{packed(1, top, v->h, v->h2), packed_labels(v->headed, label[v->h], 0, 0)}};
    ret[GROUP_AHEAD] = (group_key){{packed(0, next, v->nl, v->nl2), packed_labels(label[v->nl], label[v->nl2], s->lefts[next], 0), ahead}};
    ret[GROUP_PAIR] = (group_key){{packed(0, 0, top, next)}};
    ret[GROUP_BELOW] = (group_key){{packed(v->below, v->headed, top, next)}};
    ret[GROUP_HEAD_NEXT] = (group_key){{packed(v->h, v->headed, top, next)}};
    ret[GROUP_CHILDREN] = (group_key){{packed(v->l, v->r, top, next), packed_labels(0, 0, s->lefts[top], s->rights[top]), left, right}};
    ret[GROUP_TOP_AHEAD] = (group_key){{packed(v->nl, s->lefts[next], top, next), ahead}};
}
