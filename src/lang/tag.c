/* The tagger: from left to right, the best label (a universal and a Penn tag) by a linear model. */
#include "lang/inside.h"

uint32_t tag_features(const word *words, uint32_t i, uint32_t label1, uint32_t label2, uint32_t *ret)
{
    const word *w = &words[i + 2], *l = w - 1, *r = w + 1, *ll = w - 2, *rr = w + 2;
    uint32_t n = 0, t1 = label1 + 1, t12 = (label1 + 1) * 512 + label2 + 1;
#define ADD(a, b) (ret[n] = spread(mix(mix((a), (b)), n * 0x3C6EF372u + 1)), n++)
    ADD(1, 1);
    ADD(w->form, 0);
    ADD(w->form, w->shape);
    ADD(w->form, t1);
    ADD(w->form, t12);
    ADD(l->form, 0);
    ADD(r->form, 0);
    ADD(ll->form, 0);
    ADD(rr->form, 0);
    ADD(l->form, w->form);
    ADD(w->form, r->form);
    ADD(l->form, r->form);
    ADD(w->suffix[0], w->shape);
    ADD(w->suffix[1], 0);
    ADD(w->suffix[2], 0);
    ADD(w->suffix[3], 0);
    ADD(w->suffix[1], w->shape);
    ADD(w->suffix[2], w->bits);
    ADD(w->suffix[2], t1);
    ADD(w->suffix[1], t12);
    ADD(w->prefix[0], 0);
    ADD(w->prefix[1], 0);
    ADD(w->shape, 0);
    ADD(w->shape, t1);
    ADD(w->shape, r->shape);
    ADD(w->shape, mix(l->shape, r->shape));
    ADD(w->bits, w->shape);
    ADD(w->bits, t1);
    ADD(w->bits, t12);
    ADD(w->bits, r->bits);
    ADD(w->bits, mix(r->bits, t1));
    ADD(w->bits, mix(r->form, t1));
    ADD(w->class, t1);
    ADD(w->class, t12);
    ADD(w->class, r->class);
    ADD(w->class, mix(r->class, t1));
    ADD(w->class, mix(r->class, rr->class));
    ADD(r->class, t1);
    ADD(l->form, t1);
    ADD(r->form, t1);
    ADD(l->class, mix(w->class, r->class));
    ADD(r->suffix[2], t1);
    ADD(r->suffix[1], w->bits);
    ADD(l->suffix[2], 0);
    ADD(t1, 0);
    ADD(t12, 0);
    ADD(t12, r->class);
    ADD(ll->form, l->form);
    ADD(r->form, rr->form);
    ADD(w->form, r->class);
#undef ADD
    return n;
}

static uint32_t best_label(const int32_t *scores, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t k = 1; k < count; k++)
        if (scores[k] > scores[best])
            best = k;
    return best;
}

static void tag_sentence(doc *d, const lang *l, const sentence *s, word *words)
{
    words_read(d, s, &l->lexicon, words);
    uint32_t label1 = TAG_NONE, label2 = TAG_NONE, features[TAG_FEATURES];
    int32_t scores[256];
    for (uint32_t i = 0; i < s->count; i++) {
        memset(scores, 0, sizeof scores);
        model_rows_add(&l->tags, features, tag_features(words, i, label1, label2, features), scores);
        label2 = label1;
        label1 = best_label(scores, l->label_count);
        token *t = &d->tokens.at[s->first + i];
        t->upos = l->labels[2 * label1];
        t->xpos = l->labels[2 * label1 + 1];
        t->lemma = lang_lemma(l, d->arena, doc_str(d, t->span), t->lower, t->upos, t->xpos);
    }
}

void lang_tag(doc *d, const lang *l)
{
    uint32_t longest = 0;
    for (uint32_t i = 0; i < d->sentences.count; i++)
        longest = MAX(longest, d->sentences.at[i].count);
    word *words = arena_take(d->arena, longest + 4u, sizeof *words);
    for (uint32_t i = 0; i < d->sentences.count; i++)
        tag_sentence(d, l, &d->sentences.at[i], words);
    d->done |= DONE_TAGS;
}
