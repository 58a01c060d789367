/* Cues: the verbs and nouns that tell that something was said, thought or denied, and which words it was.
 *
 * A clause of speech that comes after its content is where trees go wrong most; so there the order of words decides,
 * and the tree only tells the subject. */
#include "statement/inside.h"

static const token *at(const finder *f, uint32_t i)
{
    return &f->d->tokens.at[i];
}

static run sentence_run(const finder *f, uint32_t token)
{
    const sentence *s = &f->d->sentences.at[at(f, token)->sentence];
    return (run){s->first, s->first + s->count - 1};
}

static bool is_mark(const finder *f, uint32_t token, const char *marks)
{
    str form = at(f, token)->lower;
    return form.len == 1 && strchr(marks, form.at[0]);
}

static bool is_punct(const token *t)
{
    return t->upos == UPOS_PUNCT;
}

uint32_t cue_kind(const finder *f, uint32_t token)
{
    uint8_t upos = at(f, token)->upos;
    if (upos == UPOS_NOUN)
        return match_in_set(f->m, token, f->sets[CUE_NOUN]) ? CUE_NOUN : NONE;
    if (upos != UPOS_VERB)
        return NONE;
    for (uint32_t kind = 0; kind < CUE_NOUN; kind++)
        if (match_in_set(f->m, token, f->sets[kind]))
            return kind;
    return NONE;
}

bool run_trim(const doc *d, run *r)
{
    const token *t = d->tokens.at;
    while (r->first < r->last && (is_punct(&t[r->first]) || (str_is(t[r->first].lower, "that") && t[r->first].deprel == DEPREL_MARK)))
        r->first++;
    while (r->last > r->first && is_punct(&t[r->last]) && !str_is(t[r->last].lower, "?") && !str_is(t[r->last].lower, "!"))
        r->last--;
    return !is_punct(&t[r->first]);
}

static bool has_verb(const finder *f, run r)
{
    for (uint32_t i = r.first; i <= r.last; i++)
        if (at(f, i)->upos == UPOS_VERB || at(f, i)->upos == UPOS_AUX)
            return true;
    return false;
}

static void content_add(finder *f, cue *c, uint32_t first, uint32_t last)
{
    run r = {first, last};
    if (c->contents < COUNT(c->content) && first <= last && run_trim(f->d, &r))
        c->content[c->contents++] = r;
}

/* ---- content that follows ---- */

/* The clause that the cue governs, on this side of it. */
static uint32_t governed(const finder *f, uint32_t token, bool before)
{
    for (uint32_t c = tree_child(f->d, token, DEPREL_CCOMP, NONE); c != NONE; c = tree_child(f->d, token, DEPREL_CCOMP, c))
        if ((c < token) == before)
            return c;
    return NONE;
}

/* A clause ends where a participle clause or another speaker's words begin: "..., adding that". */
static uint32_t content_end(const finder *f, uint32_t first, uint32_t last)
{
    for (uint32_t i = first; i + 1 < last; i++) {
        if (is_mark(f, i, ";") && !quote_at((finder *)f, i))
            return i;
        bool participle = at(f, i + 1)->xpos == XPOS_VBG && cue_kind(f, i + 1) != NONE;
        if (is_mark(f, i, ",") && participle && !quote_at((finder *)f, i))
            return i;
    }
    return last;
}

static bool content_after(finder *f, cue *c)
{
    uint32_t clause = governed(f, c->token, false), first, last;
    if (clause == NONE)
        return false;
    tree_yield(f->d, clause, &first, &last);
    first = MAX(first, c->token + 1);
    content_add(f, c, first, content_end(f, first, last));
    return c->contents > 0;
}

/* ---- content that comes first ---- */

/* Where the clause of a cue begins that follows its content: after the last comma, dash or closing quote before it. */
static uint32_t clause_start(const finder *f, uint32_t token, uint32_t from)
{
    for (uint32_t i = token; i > from; i--)
        if (is_punct(at(f, i - 1)) && !is_mark(f, i - 1, "-'"))
            return i;
    return from;
}

/* An apposition within the subject has commas of its own: "a navy officer, Park Dae-hyun, said". */
static uint32_t subject_start(const finder *f, const cue *c, uint32_t start)
{
    uint32_t first, last;
    if (c->speaker == NONE || c->speaker >= c->token || at(f, c->speaker)->sentence != at(f, c->token)->sentence)
        return start;
    if (c->speaker >= start)
        return start;
    tree_yield(f->d, c->speaker, &first, &last);
    return first < start && last < c->token ? clause_start(f, first, sentence_run(f, c->token).first) : start;
}

/* The end of the clause of a cue: before the next comma, semicolon, colon or quote. */
static uint32_t clause_end(const finder *f, uint32_t token, uint32_t to)
{
    uint32_t i = token;
    while (i < to && !(is_punct(at(f, i + 1)) && !is_mark(f, i + 1, "-'")))
        i++;
    return i;
}

/* What goes on after the clause: ", and both had asked for silence". Participles and circumstances do not. */
static void content_resumes(finder *f, cue *c, uint32_t to)
{
    uint32_t i = c->clause.last + 1;
    if (i >= to || !is_mark(f, i, ",;"))
        return;
    bool semicolon = is_mark(f, i, ";");
    str next = at(f, i + 1)->lower;
    bool joins = str_is(next, "and") || str_is(next, "but") || str_is(next, "because") || str_is(next, "nor") || str_is(next, "that") ||
                 str_is(next, "\"");
    uint32_t end = content_end(f, i + 1, to);
    if ((joins || semicolon) && has_verb(f, (run){i + 1, end}))
        content_add(f, c, i + 1, end);
}

/* The last semicolon or colon before the clause bounds the content, unless it stands in a quotation. */
static uint32_t content_start(const finder *f, uint32_t from, uint32_t to)
{
    for (uint32_t i = to; i-- > from;)
        if (is_mark(f, i, ";:") && !quote_at((finder *)f, i))
            return i + 1;
    return from;
}

static bool content_before(finder *f, cue *c)
{
    run s = sentence_run(f, c->token);
    uint32_t start = subject_start(f, c, clause_start(f, c->token, s.first));
    if (start == s.first || start < s.first + 2 || !is_punct(at(f, start - 1)) || is_mark(f, start - 1, ":;("))
        return false;
    uint32_t from = content_start(f, s.first, start - 1);
    if (from + 1 >= start || !has_verb(f, (run){from, start - 1}))
        return false;
    c->clause = (run){start, clause_end(f, c->token, s.last)};
    content_add(f, c, from, start - 1);
    content_resumes(f, c, s.last);
    return c->contents > 0;
}

/* ---- other shapes ---- */

/* "called Serbia a partner", "dismissed the ballot as a farce": what is named and what it is called. */
static bool content_named(finder *f, cue *c)
{
    uint32_t object = tree_child(f->d, c->token, DEPREL_OBJ, NONE), as = tree_oblique(f->d, c->token, STR("as")), first, last, end;
    if (as == NONE)
        as = tree_child(f->d, c->token, DEPREL_XCOMP, NONE);
    if (object == NONE || as == NONE || as < object || object < c->token)
        return false;
    tree_yield(f->d, object, &first, &last);
    tree_yield(f->d, as, &last, &end);
    content_add(f, c, first, content_end(f, first, end));
    return c->contents > 0;
}

/* "the minister's remark that the border was safe" */
static bool content_of_noun(finder *f, cue *c)
{
    static const uint8_t kinds[] = {DEPREL_ACL, DEPREL_CCOMP, DEPREL_ACL_RELCL};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        uint32_t clause = tree_child(f->d, c->token, kinds[i], c->token), first, last;
        if (clause == NONE)
            continue;
        tree_yield(f->d, clause, &first, &last);
        if (str_is(at(f, first)->lower, "that") && at(f, first)->deprel == DEPREL_MARK) {
            content_add(f, c, first, last);
            return c->contents > 0;
        }
    }
    return false;
}

/* Headlines and short clauses whose tree has no clause under the cue: "SYRIA SAYS AIR DEFENCES DOWN MISSILES". */
static bool content_rest(finder *f, cue *c)
{
    run s = sentence_run(f, c->token);
    bool says = str_is(at(f, c->token)->lemma, "say") || str_is(at(f, c->token)->lower, "says");
    if (!says || c->speaker == NONE || c->speaker > c->token || c->token + 3 > s.last || is_punct(at(f, c->token + 1)))
        return false;
    if (at(f, c->token + 1)->upos == UPOS_ADP || !has_verb(f, (run){c->token + 1, s.last}))
        return false;
    content_add(f, c, c->token + 1, content_end(f, c->token + 1, s.last));
    return c->contents > 0;
}

/* ---- the cue ---- */

/* "whose spokesman said", "one of them said": the tree's subject; after the verb where it is turned round: "said X". */
static uint32_t speaker_of(const finder *f, const cue *c)
{
    uint32_t token = c->token;
    if (c->kind == CUE_NOUN) {
        uint32_t owner = tree_child(f->d, token, DEPREL_NMOD_POSS, NONE);
        return owner != NONE ? owner : tree_oblique(f->d, token, STR("by"));
    }
    if (tree_is_passive(f->d, token))
        return tree_agent(f->d, token);
    return tree_subject(f->d, token);
}

static uint32_t addressee_of(const finder *f, const cue *c)
{
    if (tree_is_passive(f->d, c->token))
        return tree_child(f->d, c->token, DEPREL_NSUBJ_PASS, NONE);
    uint32_t object = tree_child(f->d, c->token, DEPREL_IOBJ, NONE);
    if (object == NONE && c->kind == CUE_TELL)
        object = tree_child(f->d, c->token, DEPREL_OBJ, NONE);
    return object != NONE ? object : tree_oblique(f->d, c->token, STR("to"));
}

bool cue_read(finder *f, uint32_t token, cue *ret)
{
    cue c = {.token = token, .kind = cue_kind(f, token)};
    if (c.kind == NONE)
        return false;
    run s = sentence_run(f, token);
    c.speaker = speaker_of(f, &c);
    c.addressee = c.kind == CUE_NOUN ? NONE : addressee_of(f, &c);
    c.clause = (run){clause_start(f, token, s.first), clause_end(f, token, s.last)};
    bool found;
    if (c.kind == CUE_NOUN)
        found = content_of_noun(f, &c);
    else if (c.kind == CUE_NAMING)
        found = content_named(f, &c) || content_before(f, &c);
    else if (c.kind == CUE_THOUGHT || c.kind == CUE_DENIAL)
        found = content_after(f, &c);
    else
        found = content_after(f, &c) || content_before(f, &c) || content_rest(f, &c);
    *ret = c;
    return found;
}
