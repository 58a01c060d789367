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

/* Whether patterns know the word as a verb. */
static bool is_trigger_verb(const kb *k, str lemma)
{
    uint32_t word = kb_lemma(k, lemma), first = 0, count = word == NONE ? 0 : kb_triggers(k, word, &first);
    for (uint32_t i = 0; i < count; i++)
        if (kb_rule_at(k, kb_trigger_at(k, first + i)).shape == SHAPE_VERB)
            return true;
    return false;
}

static const char *const irregular[][2] = {{"shot", "shoot"}, {"lent", "lend"}, {"shut", "shut"}, {"set", "set"}, {"let", "let"}, {"cut", "cut"},
                                           {"hit", "hit"}, {"quit", "quit"}, {"put", "put"}, {"bid", "bid"}, {"met", "meet"}, {"led", "lead"}};

static bool is_verbless(const doc *d, const sentence *s)
{
    for (uint32_t i = s->first; i < s->first + s->count; i++)
        if (d->tokens.at[i].upos == UPOS_VERB || d->tokens.at[i].upos == UPOS_AUX)
            return false;
    return s->count > 2;
}

static bool is_past(doc *d, const sentence *s, uint32_t i, bool verbless)
{
    const token *t = &d->tokens.at[i];
    if (t->upos == UPOS_AUX)
        return true;
    return verbless && i > s->first && t->upos == UPOS_NOUN && (t[-1].upos == UPOS_PROPN || t[-1].upos == UPOS_NOUN || t[-1].upos == UPOS_PRON);
}

/* The lemma of a regular past that patterns know as a verb, or nothing. */
static str regular_lemma(doc *d, const kb *k, str lower)
{
    if (!str_ends(lower, "ed") || lower.len < 5)
        return (str){0};
    str stem = str_part(lower, 0, lower.len - 2), silent = str_part(lower, 0, lower.len - 1), single = str_part(lower, 0, lower.len - 3);
    if (is_trigger_verb(k, silent))
        return silent;
    if (is_trigger_verb(k, stem))
        return stem;
    if (stem.at[stem.len - 1] == 'i' && is_trigger_verb(k, arena_format(d->arena, "%.*sy", (int)single.len, single.at)))
        return arena_format(d->arena, "%.*sy", (int)single.len, single.at);
    return stem.at[stem.len - 1] == stem.at[stem.len - 2] && is_trigger_verb(k, single) ? single : (str){0};
}

/* "The union suspended Mali": in a sentence without a verb, the past between two names is one. */
static void regular_retag(doc *d, const kb *k)
{
    for (uint32_t n = 0; n < d->sentences.count; n++) {
        const sentence *s = &d->sentences.at[n];
        bool verbless = is_verbless(d, s);
        for (uint32_t i = s->first + 1; verbless && i + 1 < s->first + s->count; i++) {
            token *t = &d->tokens.at[i];
            bool noun = t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_ADJ;
            str lemma = noun && !starts_upper(d, t) && (t[-1].upos == UPOS_PROPN || t[-1].upos == UPOS_NOUN) ? regular_lemma(d, k, t->lower) : (str){0};
            if (!lemma.len)
                continue;
            t->upos = UPOS_VERB;
            t->xpos = XPOS_VBD;
            t->lemma = lemma;
            verbless = false;
        }
    }
}

/* "Gunmen shot dead ...", "Chad shot down a jet": what was taken for an auxiliary, or a noun where a verb is wanted. */
static void irregular_retag(doc *d)
{
    for (uint32_t n = 0; n < d->sentences.count; n++) {
        const sentence *s = &d->sentences.at[n];
        bool verbless = is_verbless(d, s);
        for (uint32_t i = s->first; i < s->first + s->count; i++) {
            token *t = &d->tokens.at[i];
            for (size_t w = 0; w < COUNT(irregular) && (t->upos == UPOS_AUX || t->upos == UPOS_NOUN); w++) {
                if (!str_is(t->lower, irregular[w][0]) || !is_past(d, s, i, verbless))
                    continue;
                t->upos = UPOS_VERB;
                t->xpos = XPOS_VBD;
                t->lemma = str_of(irregular[w][1]);
                verbless = false;
                if (i + 1 < s->first + s->count && str_is(t[1].lower, "dead"))
                    t[1].upos = UPOS_ADJ, t[1].xpos = XPOS_JJ;
            }
        }
    }
}

/* "Malta's premier steps down", "Chad frees pilot": in a headline without a verb, the plural between one noun and another is one. */
static void headlines_retag(doc *d, const kb *k)
{
    for (uint32_t n = 0; n < d->sentences.count; n++) {
        const sentence *s = &d->sentences.at[n];
        if (!is_verbless(d, s))
            continue;
        bool whole = str_is(d->tokens.at[s->first + s->count - 1].lower, ".");
        for (uint32_t i = s->first + 1; i + 1 < s->first + s->count; i++) {
            token *t = &d->tokens.at[i];
            const token *before = t - 1, *after = t + 1;
            /* "Oman and Yemen plan talks" */
            if (t->xpos == XPOS_NN && i > s->first + 2 && before->upos == UPOS_PROPN && t[-2].upos == UPOS_CCONJ && after->xpos == XPOS_NNS && is_trigger_verb(k, t->lemma)) {
                t->upos = UPOS_VERB;
                t->xpos = XPOS_VBP;
                break;
            }
            if (whole)
                continue;
            bool subject = before->xpos == XPOS_NN || before->xpos == XPOS_NNP || before->upos == UPOS_ADJ;
            bool object = after->upos == UPOS_DET || after->upos == UPOS_PROPN || after->upos == UPOS_ADJ || after->upos == UPOS_NUM || after->upos == UPOS_ADV ||
                          after->xpos == XPOS_NNS || after->upos == UPOS_ADP;
            bool phrase = after->upos == UPOS_ADP && !str_is(after->lower, "down") && !str_is(after->lower, "out") && !str_is(after->lower, "off") && !str_is(after->lower, "up");
            if (t->xpos != XPOS_NNS || !subject || !object || phrase || !is_trigger_verb(k, t->lemma))
                continue;
            t->upos = UPOS_VERB;
            t->xpos = XPOS_VBZ;
            break;
        }
    }
}

void doc_retag(doc *d, const kb *k)
{
    if (d->input == INPUT_CONLLU)
        return;
    names_retag(d);
    irregular_retag(d);
    regular_retag(d, k);
    nouns_retag(d, k);
    headlines_retag(d, k);
}
