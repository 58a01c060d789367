/* Tags mended by what is known by name, before the trees are made: "Italy" is no adverb and "ally" no adjective. */
#include "doc/doc.h"

static bool starts_upper(const doc *d, const token *t)
{
    const char *from = d->text.at + t->span.start;
    return t->span.end > t->span.start && utf8_is_upper(utf8_next(&from, d->text.at + t->span.end));
}

/* Tags that no part of a name bears. */
static bool is_odd_in_name(uint8_t upos)
{
    return upos == UPOS_ADV || upos == UPOS_VERB || upos == UPOS_AUX || upos == UPOS_INTJ || upos == UPOS_X || upos == UPOS_SCONJ;
}

/* A headline in which nearly every word has a capital. */
static bool is_titled(const doc *d, uint32_t number)
{
    const sentence *s = &d->sentences.at[number];
    uint32_t capitals = 0, small = 0;
    for (uint32_t i = s->first; i < s->first + s->count; i++) {
        char c = d->text.at[d->tokens.at[i].span.start];
        capitals += c >= 'A' && c <= 'Z';
        small += c >= 'a' && c <= 'z';
    }
    return s->count > 3 && capitals > 2 * small;
}

static void names_retag(doc *d)
{
    for (uint32_t i = 0; i < d->mentions.count; i++) {
        const mention *m = &d->mentions.at[i];
        if (m->kind != MENTION_NAME)
            continue;
        /* among capitals a guessed name may be any word */
        if (is_titled(d, d->tokens.at[m->first].sentence) && !d->entities.at[m->entity].code[0])
            continue;
        for (uint32_t t = m->first; t <= m->last && t < d->tokens.count; t++) {
            token *k = &d->tokens.at[t];
            bool titled = is_titled(d, k->sentence) && (k->upos == UPOS_NOUN || k->upos == UPOS_ADJ);
            if ((!is_odd_in_name(k->upos) && !titled) || !starts_upper(d, k))
                continue;
            k->upos = m->adjective ? UPOS_ADJ : UPOS_PROPN;
            k->xpos = m->adjective ? XPOS_JJ : XPOS_NNP;
            k->lemma = doc_str(d, k->span);
        }
    }
}

static bool in_set(const kb *k, str word, uint32_t set)
{
    uint32_t lemma = set == NONE ? NONE : kb_lemma(k, word), first = 0, count = lemma == NONE ? 0 : kb_set_members(k, lemma, &first);
    for (uint32_t i = 0; i < count; i++)
        if (kb_set_member_at(k, first + i).set == set && kb_set_member_at(k, first + i).before == NONE)
            return true;
    return false;
}

/* Nouns that the tagger knows too little of: people, arms and ties. The lemma is the word without its plural. */
static bool known_noun(const kb *k, str word, const uint32_t *sets, size_t count)
{
    str one = str_ends(word, "ies") ? word : str_ends(word, "s") ? str_part(word, 0, word.len - 1) : word;
    for (size_t i = 0; i < count; i++)
        if (in_set(k, word, sets[i]) || in_set(k, one, sets[i]))
            return true;
    return false;
}

static bool opens_noun(const token *t)
{
    return t->upos == UPOS_DET || t->upos == UPOS_ADJ || t->upos == UPOS_NUM || t->xpos == XPOS_PRPS || t->xpos == XPOS_POS;
}

static void nouns_retag(doc *d, const kb *k)
{
    const uint32_t sets[] = {kb_set_find(k, "PERSON"), kb_set_find(k, "WEAPON"), kb_set_find(k, "TIE_NOUN"), kb_set_find(k, "TROOPS")};
    for (uint32_t i = 0; i < d->tokens.count; i++) {
        token *t = &d->tokens.at[i];
        bool first = !i || d->tokens.at[i - 1].sentence != t->sentence;
        const token *before = first ? NULL : &d->tokens.at[i - 1];
        bool plural = t->xpos == XPOS_VBZ && (!before || before->upos == UPOS_PROPN || opens_noun(before));
        bool single = before && opens_noun(before) && (t->upos == UPOS_ADV || t->upos == UPOS_ADJ || t->upos == UPOS_X);
        if ((!plural && !single) || !known_noun(k, t->lower, sets, COUNT(sets)))
            continue;
        const token *after = i + 1 < d->tokens.count && d->tokens.at[i + 1].sentence == t->sentence ? &d->tokens.at[i + 1] : NULL;
        if (single && after && (after->upos == UPOS_NOUN || after->upos == UPOS_ADJ))
            continue;
        t->upos = UPOS_NOUN;
        t->xpos = plural ? XPOS_NNS : XPOS_NN;
        if (plural && str_ends(t->lower, "s") && !str_ends(t->lower, "ies"))
            t->lemma = str_part(t->lower, 0, t->lower.len - 1);
        else if (single)
            t->lemma = t->lower;
    }
}

void doc_retag(doc *d, const kb *k)
{
    if (d->input == INPUT_CONLLU)
        return;
    names_retag(d);
    nouns_retag(d, k);
}
