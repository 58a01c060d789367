/* The states of an arc-eager parser, and the words as it sees them. */
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
