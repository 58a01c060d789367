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

bool begins_clause(const doc *d, uint32_t word)
{
    const token *t = &d->tokens.at[word];
    if (!str_is(t->lower, "that") || word + 1 >= d->tokens.count)
        return false;
    uint8_t next = t[1].upos;
    bool subject = next == UPOS_PROPN || next == UPOS_DET || (next == UPOS_PRON && t[1].xpos == XPOS_PRP);
    return t->upos == UPOS_SCONJ || t->deprel == DEPREL_MARK || subject;
}

bool run_trim(const doc *d, run *r)
{
    const token *t = d->tokens.at;
    while (r->first < r->last && (is_punct(&t[r->first]) || begins_clause(d, r->first)))
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

static bool is_finite(const token *t)
{
    return (t->upos == UPOS_VERB || t->upos == UPOS_AUX) && t->xpos != XPOS_VBG && t->xpos != XPOS_VBN && t->xpos != XPOS_VB;
}

static bool in_quote(const finder *f, uint32_t token)
{
    return quote_at((finder *)f, token) != NULL;
}

/* ---- the clause of a cue that comes after its content ---- */

/* Commas, dashes, colons and quotes part segments; hyphens and apostrophes do not. */
static bool parts(const finder *f, uint32_t token)
{
    return is_punct(at(f, token)) && !is_mark(f, token, "-'.");
}

static uint32_t segment_start(const finder *f, uint32_t token, uint32_t from)
{
    while (token > from && !parts(f, token - 1))
        token--;
    return token;
}

static uint32_t segment_end(const finder *f, uint32_t token, uint32_t to)
{
    while (token < to && !parts(f, token + 1))
        token++;
    return token;
}

static bool is_nominal(const finder *f, uint32_t token)
{
    uint8_t upos = at(f, token)->upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_DET || upos == UPOS_ADJ || upos == UPOS_NUM;
}

/* Words that name somebody: a noun among them, and no verb in a finite form. */
static bool names_somebody(const finder *f, uint32_t first, uint32_t end)
{
    bool noun = false;
    for (uint32_t i = first; i < end; i++) {
        uint8_t upos = at(f, i)->upos;
        bool inside = at(f, i)->deprel == DEPREL_COMPOUND || at(f, i)->deprel == DEPREL_AMOD; /* "public works minister" */
        if ((is_finite(at(f, i)) && !inside) || str_is(at(f, i)->lower, "that") || at(f, i)->xpos == XPOS_WDT)
            return false;
        noun |= upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON;
    }
    uint8_t begins = at(f, first)->upos;
    bool participle = at(f, first)->xpos == XPOS_VBG && at(f, first)->deprel != DEPREL_AMOD; /* "including", "speaking" */
    return noun && !participle && begins != UPOS_SCONJ && begins != UPOS_ADP && begins != UPOS_CCONJ;
}

/* Auxiliaries and adverbs stand between the subject and the verb: "has since said". */
static uint32_t verb_start(const finder *f, uint32_t token, uint32_t from)
{
    while (token > from && (at(f, token - 1)->upos == UPOS_AUX || at(f, token - 1)->upos == UPOS_ADV))
        token--;
    return token;
}

static bool is_relative(const finder *f, uint32_t token)
{
    uint8_t x = at(f, token)->xpos;
    return x == XPOS_WP || x == XPOS_WDT || x == XPOS_WPS || x == XPOS_WRB;
}

/* "..., a customs clerk, Ole Primeryan, said": the subject stands one or two segments before. */
static bool subject_apart(const finder *f, uint32_t from, uint32_t start, run *ret)
{
    if (start < from + 3 || !is_mark(f, start - 1, ","))
        return false;
    uint32_t second = segment_start(f, start - 1, from);
    if (second > from + 1 && is_mark(f, second - 1, ",") && is_relative(f, second)) {
        start = second;
        second = segment_start(f, start - 1, from);
        if (!names_somebody(f, second, start - 1))
            return false;
        *ret = (run){second, start - 2};
        return true;
    }
    if (second == from || !names_somebody(f, second, start - 1))
        return false;
    uint32_t first = is_mark(f, second - 1, ",") ? segment_start(f, second - 1, from) : second;
    if (first <= from || first == second || !names_somebody(f, first, second - 1))
        first = second;
    *ret = (run){first, start - 2};
    return true;
}

/* The words of the speaker of a cue whose content comes first: before the verb, or after it ("said its embassy"). */
static bool subject_words(const finder *f, uint32_t token, run s, run *ret)
{
    uint32_t start = segment_start(f, token, s.first), verb = verb_start(f, token, start), end = segment_end(f, token, s.last);
    if (verb > start) {
        *ret = (run){start, verb - 1};
        return names_somebody(f, start, verb);
    }
    if (end > token && names_somebody(f, token + 1, end + 1) && at(f, token + 1)->upos != UPOS_ADV) {
        *ret = (run){token + 1, end};
        return true;
    }
    return subject_apart(f, s.first, start, ret);
}

/* Whether a clause of speech begins at `first`, right after a mark: somebody, and then a cue without a "that". */
static bool speech_begins(const finder *f, uint32_t first, uint32_t last)
{
    uint32_t i = first;
    while (i <= last && !parts(f, i) && at(f, i)->upos != UPOS_VERB)
        i++;
    if (i > last || i == first || parts(f, i))
        return false;
    uint32_t kind = cue_kind(f, i);
    if ((kind != CUE_SPEECH && kind != CUE_TELL) || !names_somebody(f, first, verb_start(f, i, first)))
        return false;
    uint32_t end = segment_end(f, i, last);
    for (uint32_t n = i + 1; n <= end; n++)
        if (is_finite(at(f, n)) || str_is(at(f, n)->lower, "that"))
            return false;
    return true;
}

/* ---- content that follows ---- */

/* The clause that the cue governs, after it. */
static uint32_t governed(const finder *f, uint32_t token)
{
    for (uint32_t c = tree_child(f->d, token, DEPREL_CCOMP, token); c != NONE; c = tree_child(f->d, token, DEPREL_CCOMP, c))
        return c;
    return NONE;
}

/* ", and invited them": the cue's own subject does the next thing. */
static bool next_deed(const finder *f, uint32_t cue_token, uint32_t comma, uint32_t last)
{
    if (comma + 2 > last || at(f, comma + 1)->upos != UPOS_CCONJ)
        return false;
    const token *t = at(f, comma + 2);
    return t->upos == UPOS_VERB && t->head == cue_token && t->deprel == DEPREL_CONJ;
}

/* What was said goes on to the end of the sentence (of the quotation, where the cue stands in one), but for another clause of
 * speech and what the speaker did next. */
static uint32_t content_end(const finder *f, uint32_t cue_token, uint32_t first, uint32_t last)
{
    uint32_t sentence_last = sentence_run(f, cue_token).last;
    const quote *around = quote_at((finder *)f, cue_token);
    if (around)
        last = MIN(last, MAX(around->last, first));
    for (uint32_t i = first; i < last; i++) {
        if (!parts(f, i) || in_quote(f, i))
            continue;
        if (is_mark(f, i, ";"))
            return i;
        if (!is_mark(f, i, ","))
            continue;
        bool participle = at(f, i + 1)->xpos == XPOS_VBG && cue_kind(f, i + 1) != NONE;
        if (participle || next_deed(f, cue_token, i, last) || speech_begins(f, i + 1, sentence_last))
            return i;
    }
    return last;
}

/* A relative clause or a circumstance ends with its tree. */
static bool is_side_clause(const finder *f, uint32_t token)
{
    uint8_t r = at(f, token)->deprel;
    return r == DEPREL_ACL_RELCL || r == DEPREL_ACL || r == DEPREL_ADVCL || r == DEPREL_ADVCL_RELCL;
}

/* "said on the island", "noted after the vote": when and where it was said, not what. */
static bool is_circumstance(const finder *f, uint32_t first)
{
    static const char *const words[] = {"after", "before", "since", "as", "because", "while", "on", "at", "during", "although", "though"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(at(f, first)->lower, words[i]))
            return true;
    return at(f, first)->upos == UPOS_ADP && !str_is(at(f, first)->lower, "in");
}

/* "that Yemen was "one step from famine"": the clause has its subject or a verb before the marks. */
static bool clause_begins(const finder *f, uint32_t clause, uint32_t first, uint32_t quote)
{
    for (uint32_t i = first; i + 1 < quote && !is_mark(f, quote - 2, ":"); i++) {
        uint8_t r = at(f, i)->deprel;
        if (at(f, i)->head == clause && (r == DEPREL_NSUBJ || r == DEPREL_NSUBJ_PASS || r == DEPREL_COP || r == DEPREL_AUX))
            return true;
    }
    return false;
}

/* Whether `first` begins with a verb in a finite form, perhaps after an adverb. */
static bool verb_begins(const finder *f, uint32_t first, uint32_t last)
{
    while (first < last && at(f, first)->upos == UPOS_ADV)
        first++;
    return is_finite(at(f, first));
}

/* ", whose office said the raid was over, left Lima": a relative clause between commas ends with the second. */
static uint32_t relative_end(const finder *f, const cue *c, uint32_t first, uint32_t last)
{
    run s = sentence_run(f, c->token);
    uint32_t own = segment_start(f, c->token, s.first);
    if (own == s.first || !is_mark(f, own - 1, ",") || !is_relative(f, own))
        return last;
    for (uint32_t i = first; i < last; i++)
        if (is_mark(f, i, ",") && !in_quote(f, i) && verb_begins(f, i + 1, last))
            return i;
    return last;
}

/* "warned the United Nations that ...", "assured officers that ...": whoever is told stands before the "that", whatever the tree
 * makes of it; returns where the content begins. */
static uint32_t told_before_that(const finder *f, cue *c)
{
    uint32_t last = sentence_run(f, c->token).last, i = c->token + 1;
    if (!match_in_set(f->m, c->token, f->sets[CUE_TELL]))
        return c->token + 1;
    while (i < last && i < c->token + 8 && !is_finite(at(f, i)) && !is_punct(at(f, i)) && !str_is(at(f, i)->lower, "that"))
        i++;
    if (i == c->token + 1 || i + 1 >= last || !str_is(at(f, i)->lower, "that") || !names_somebody(f, c->token + 1, i))
        return c->token + 1;
    c->addressee = phrase_head(f->d, (run){c->token + 1, i - 1});
    return i + 1;
}

static bool content_after(finder *f, cue *c)
{
    uint32_t clause = governed(f, c->token), first, last;
    if (clause == NONE)
        return false;
    tree_yield(f->d, clause, &first, &last);
    first = MAX(first, told_before_that(f, c));
    const quote *q = quote_at(f, clause);
    if (q && q->first > first && !clause_begins(f, clause, first, q->first))
        first = q->first;
    /* "as was stated before: "...," he said": the quotation is his. */
    if (q && speech_begins(f, MIN(q->last + 1 + q->closed, sentence_run(f, c->token).last), sentence_run(f, c->token).last))
        return false;
    /* A comma parts the cue from what was said only where that is quoted or begins with "that". */
    bool comma = is_mark(f, first, ",") || (first > c->token + 1 && is_mark(f, first - 1, ","));
    uint32_t word = is_mark(f, first, ",") ? first + 1 : first;
    if (comma && !in_quote(f, clause) && !str_is(at(f, word)->lower, "that"))
        return false;
    if (is_circumstance(f, first) && !in_quote(f, clause))
        return false;
    if (!is_side_clause(f, c->token))
        last = sentence_run(f, c->token).last;
    content_add(f, c, first, relative_end(f, c, first, content_end(f, c->token, first, last)));
    return c->contents > 0;
}

/* ---- content that comes first ---- */

/* What goes on after the clause: ", and both had asked for silence". Participles and circumstances do not. */
static void content_resumes(finder *f, cue *c, uint32_t to)
{
    uint32_t i = c->clause.last + 1;
    if (i >= to || !is_mark(f, i, ",;"))
        return;
    for (uint32_t n = i + 1; n < to && n < i + 14 && !is_finite(at(f, n)); n++)
        if (in_quote(f, n)) { /* "said Ana Ruiz, a baker, "and ..."" */
            content_add(f, c, n, content_end(f, c->token, n, to));
            return;
        }
    bool semicolon = is_mark(f, i, ";");
    str next = at(f, i + 1)->lower;
    bool joins = str_is(next, "and") || str_is(next, "but") || str_is(next, "because") || str_is(next, "nor") || str_is(next, "that") ||
                 str_is(next, "\"");
    uint32_t end = content_end(f, c->token, i + 1, to);
    bool verb = has_verb(f, (run){i + 1, end}) || str_is(next, "but");
    for (uint32_t n = i + 1; semicolon && n <= end; n++)
        if (cue_kind(f, n) == CUE_SPEECH && !in_quote(f, n))
            return;
    if ((joins || semicolon) && verb && !speech_begins(f, i + 1, to))
        content_add(f, c, i + 1, end);
}

/* The last semicolon or colon before the clause bounds the content, unless it stands in a quotation. */
static uint32_t content_start(const finder *f, uint32_t from, uint32_t to)
{
    for (uint32_t i = to; i-- > from;)
        if (is_mark(f, i, ";:") && !in_quote(f, i))
            return i + 1;
    return from;
}

/* By the words alone: trees take "an official told" for "told to an official" now and then. */
static bool is_passive_form(const finder *f, uint32_t token, uint32_t from)
{
    for (uint32_t i = verb_start(f, token, from); i < token; i++)
        if (str_is(at(f, i)->lemma, "be") && at(f, token)->xpos != XPOS_VBG)
            return true;
    return false;
}

/* A main clause: a verb in a finite form, and no "after" or "following" in front. */
static bool is_clause(const finder *f, uint32_t first, uint32_t end)
{
    static const char *const words[] = {"after", "before", "while", "following", "during", "when", "by", "as", "since", "although"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_is(at(f, first)->lower, words[i]))
            return false;
    for (uint32_t i = first; i < end; i++)
        if (is_finite(at(f, i)) || at(f, i)->xpos == XPOS_VBN || at(f, i)->xpos == XPOS_VB)
            return true;
    return false;
}

static bool has_relative(const finder *f, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (is_relative(f, i) || str_is(at(f, i)->lower, "that"))
            return true;
    return false;
}

/* "The mine, officials say, will never reopen"; "If it rains, they say, the ship will stay": what comes first is no clause by
 * itself, but goes on after the cue. */
static bool content_cut(finder *f, cue *c, uint32_t from, uint32_t end, uint32_t last)
{
    uint32_t comma = c->clause.last + 1, next = comma + 1;
    if (next >= last || !is_mark(f, comma, ",") || c->clause.last > c->token + 8)
        return false;
    uint32_t stop = content_end(f, c->token, next, last);
    bool whole = verb_begins(f, next, stop);
    bool begins = is_nominal(f, from) && !has_verb(f, (run){from, end - 1});
    uint8_t opens = at(f, from)->upos;
    bool circumstance = opens == UPOS_SCONJ || opens == UPOS_ADP || opens == UPOS_ADV;
    if (!(begins && whole) && !(circumstance && names_somebody(f, next, next + 1 + (at(f, next)->upos == UPOS_DET)) && has_verb(f, (run){next, stop})))
        return false;
    content_add(f, c, from, end);
    content_add(f, c, next, stop);
    return true;
}

/* Whether the clause stands right after a quotation. */
static bool follows_quote(const finder *f, uint32_t first, run s)
{
    if (first < s.first + 3 || !is_punct(at(f, first - 1)))
        return false;
    return in_quote(f, first - 2) || (first > s.first + 3 && is_punct(at(f, first - 2)) && in_quote(f, first - 3)); /* ,"  and  ", */
}

/* "would reply": nothing was said yet. */
static bool is_modal(const finder *f, uint32_t verb)
{
    uint32_t aux = tree_child(f->d, verb, DEPREL_AUX, NONE);
    return aux != NONE && at(f, aux)->xpos == XPOS_MD;
}

static bool content_before(finder *f, cue *c)
{
    run s = sentence_run(f, c->token), who;
    uint8_t r = at(f, c->token)->deprel;
    uint32_t own = segment_start(f, c->token, s.first);
    /* "an official repeated" taken for "repeated by", or hung on a word of the quotation */
    bool misread = r == DEPREL_ACL && (at(f, c->token)->head >= own || in_quote(f, at(f, c->token)->head));
    misread |= r == DEPREL_ACL_RELCL && own > s.first && is_mark(f, own - 1, ",") && !has_relative(f, own, c->token);
    if ((r == DEPREL_ACL_RELCL && !misread) || in_quote(f, c->token) || (r == DEPREL_ACL && !misread) || is_passive_form(f, c->token, own))
        return false;
    if (!subject_words(f, c->token, s, &who) || (own > s.first && is_modal(f, c->token) && !in_quote(f, own - 2)))
        return false;
    uint32_t start = MIN(who.first, own);
    if (start < s.first + 2 || !is_punct(at(f, start - 1)) || is_mark(f, start - 1, ":;("))
        return false;
    uint32_t from = content_start(f, s.first, start - 1);
    uint32_t object = tree_child(f->d, c->token, DEPREL_OBJ, c->token);
    bool quoted = follows_quote(f, start, s), says = str_is(at(f, c->token)->lemma, "say");
    bool other = object != NONE && !(says && who.first <= object && object <= who.last); /* "says the mayor" */
    if (from + 1 > start || (!quoted && (c->kind == CUE_NAMING || (c->kind != CUE_TELL && other))))
        return false;
    c->clause = (run){start, segment_end(f, c->token, s.last)};
    if (c->clause.last < s.last && is_mark(f, c->clause.last + 1, ":") && in_quote(f, MIN(c->clause.last + 3, s.last)))
        return false;
    bool headline = f->d->head.kind == KIND_HEADLINE && c->clause.last == s.last; /* "No deal, Oslo warns" */
    if (!quoted && !headline && !is_clause(f, from, start - 1)) {
        if (!content_cut(f, c, from, start - 1, s.last))
            return false;
    } else {
        content_add(f, c, from, start - 1);
        content_resumes(f, c, s.last);
    }
    c->phrase = who;
    c->speaker = phrase_head(f->d, who);
    return c->contents > 0;
}

/* "..., said the captain, before he hung up": the cue opens its segment, so what was said came first. */
static bool is_turned(const finder *f, uint32_t token)
{
    run s = sentence_run(f, token);
    if (token < s.first + 3 || !parts(f, token - 1) || token >= s.last)
        return false;
    return (is_mark(f, token - 1, ",") || in_quote(f, token - 2)) && names_somebody(f, token + 1, segment_end(f, token, s.last) + 1);
}

/* ---- other shapes ---- */

/* Where the tree lost it: the words up to a quotation that begins nearby, in the same segment. */
static bool quoted_name(finder *f, cue *c)
{
    uint32_t last = sentence_run(f, c->token).last;
    if (c->kind != CUE_NAMING)
        return false;
    for (uint32_t i = c->token + 2; i < last && i < c->token + 7; i++) {
        const quote *q = quote_at(f, i);
        if (q)
            content_add(f, c, c->token + 1, MIN(q->last, last));
        if (q || parts(f, i + 1))
            return c->contents > 0 && !is_punct(at(f, c->token + 1));
    }
    return false;
}

/* "called Serbia a partner", "dismissed the ballot as a farce": what is named and what it is called. */
static bool content_named(finder *f, cue *c)
{
    uint32_t object = tree_child(f->d, c->token, DEPREL_OBJ, NONE), as = tree_oblique(f->d, c->token, STR("as")), first, last, end;
    if (as == NONE && (as = tree_child(f->d, c->token, DEPREL_XCOMP, NONE)) != NONE) {
        /* "considers Laos a friend" names; "sees Laos yield" and "urged Laos to yield" do not */
        bool noun = is_nominal(f, as) && !tree_has_case(f->d, as, STR("to"));
        if (c->kind == CUE_THOUGHT ? !noun : tree_has_case(f->d, as, STR("to")))
            return false;
    }
    if (object != NONE && as == NONE && object > c->token) /* "calls Peru an ally": both taken for objects */
        as = tree_child(f->d, c->token, DEPREL_OBJ, object);
    bool naming = match_in_set(f->m, c->token, f->sets[CUE_NAMING]);
    if (naming && object != NONE && as != NONE && c->token < as && as < object && is_nominal(f, as)) { /* or the two turned round */
        uint32_t other = as;
        as = object;
        object = other;
    }
    if (object == NONE || as == NONE || as < object || object < c->token)
        return quoted_name(f, c);
    tree_yield(f->d, object, &first, &last);
    tree_yield(f->d, as, &last, &end);
    content_add(f, c, first, content_end(f, c->token, first, end));
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
        bool verb = at(f, first + 1)->upos == UPOS_VERB || at(f, first + 1)->upos == UPOS_AUX; /* "a statement that ended the war" */
        if (begins_clause(f->d, first) && first < last && !verb) {
            content_add(f, c, first, last);
            return c->contents > 0;
        }
    }
    return false;
}

/* Headlines and short clauses whose tree has no clause under the cue: "OSLO SAYS BOATS CROSS ITS LINE". */
static bool content_rest(finder *f, cue *c)
{
    run s = sentence_run(f, c->token);
    bool says = str_is(at(f, c->token)->lemma, "say") || str_is(at(f, c->token)->lower, "says");
    if (!says || c->speaker == NONE || c->speaker > c->token || c->token + 3 > s.last || is_punct(at(f, c->token + 1)))
        return false;
    if (at(f, c->token + 1)->upos == UPOS_ADP || !has_verb(f, (run){c->token + 1, s.last}))
        return false;
    content_add(f, c, c->token + 1, content_end(f, c->token, c->token + 1, s.last));
    return c->contents > 0;
}

/* Where the tree hung the clause elsewhere: "told the envoy that ..." */
static bool content_that(finder *f, cue *c)
{
    uint32_t last = sentence_run(f, c->token).last, end = segment_end(f, c->token, last);
    told_before_that(f, c);
    bool speech = c->kind == CUE_SPEECH || c->kind == CUE_TELL;
    for (uint32_t i = c->token + 1; i + 2 < end; i++) {
        if (is_finite(at(f, i)) || (!speech && i > c->token + 1))
            return false;
        bool subject = at(f, i + 1)->upos != UPOS_VERB && at(f, i + 1)->upos != UPOS_AUX;
        if (begins_clause(f->d, i) && subject) {
            content_add(f, c, i, content_end(f, c->token, i + 1, last));
            return c->contents > 0;
        }
    }
    return false;
}

/* "Tunis hopes Rome will not close its ports", "had claimed the hill was its own": somebody and a verb right after the cue, where the
 * tree has no clause. */
static bool content_bare(finder *f, cue *c)
{
    run s = sentence_run(f, c->token);
    uint32_t end = segment_end(f, c->token, s.last), verb = c->token + 1;
    while (verb <= end && !is_finite(at(f, verb)))
        verb++;
    if (c->speaker == NONE || c->speaker > c->token || verb > end || verb < c->token + 2 || verb > c->token + 7)
        return false;
    bool joined = at(f, verb - 1)->upos == UPOS_CCONJ || at(f, verb - 1)->upos == UPOS_PUNCT;
    for (uint32_t i = c->token + 1; i < verb; i++)
        joined |= is_relative(f, i) || at(f, i)->upos == UPOS_ADP || at(f, i)->upos == UPOS_SCONJ || at(f, i)->upos == UPOS_CCONJ;
    if (joined || is_side_clause(f, c->token) || !is_nominal(f, c->token + 1) || !names_somebody(f, c->token + 1, verb))
        return false;
    content_add(f, c, c->token + 1, content_end(f, c->token, c->token + 1, s.last));
    return c->contents > 0;
}

/* Words that were not said: "did not say whether", "without saying". What was not thought is still told. */
static bool is_unsaid(const finder *f, const cue *c)
{
    bool speech = c->kind == CUE_SPEECH || c->kind == CUE_TELL;
    bool nobody = c->speaker != NONE && (str_is(at(f, c->speaker)->lower, "nobody") || str_is(at(f, c->speaker)->lower, "none"));
    return speech && (nobody || tree_is_negated(f->d, c->token));
}

/* "a paper quoted the navy as saying": the object of the verb above speaks. */
static bool is_cited(const finder *f, uint32_t token)
{
    uint32_t head = at(f, token)->head;
    return token > 1 && str_is(at(f, token - 1)->lower, "as") && at(f, token)->xpos == XPOS_VBG && head != NONE && head < token &&
           at(f, head)->upos == UPOS_VERB && tree_object(f->d, head) != NONE;
}

/* "The lighthouse is dark, a paper quoted the navy as saying." */
static bool content_cited(finder *f, cue *c)
{
    run s = sentence_run(f, c->token);
    uint32_t own = segment_start(f, c->token, s.first), from = content_start(f, s.first, own > s.first ? own - 1 : s.first);
    if (!is_cited(f, c->token) || own < from + 3 || !is_mark(f, own - 1, ",") || !is_clause(f, from, own - 1))
        return false;
    content_add(f, c, from, own - 1);
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
    if (is_cited(f, token))
        return tree_object(f->d, at(f, token)->head);
    if (tree_is_passive(f->d, token))
        return tree_agent(f->d, token);
    return tree_subject(f->d, token);
}

static uint32_t addressee_of(const finder *f, const cue *c)
{
    if (tree_is_passive(f->d, c->token))
        return tree_child(f->d, c->token, DEPREL_NSUBJ_PASS, NONE);
    uint32_t object = tree_child(f->d, c->token, DEPREL_IOBJ, NONE);
    if (object == NONE && match_in_set(f->m, c->token, f->sets[CUE_TELL]))
        object = tree_child(f->d, c->token, DEPREL_OBJ, NONE);
    return object != NONE ? object : tree_oblique(f->d, c->token, STR("to"));
}

static uint32_t last_semicolon(const finder *f, uint32_t token, uint32_t from)
{
    while (token > from && !is_mark(f, token - 1, ";"))
        token--;
    return token;
}

/* Where the tree has no subject, or takes it from another clause, the words around the verb tell who speaks. */
static void subject_mend(const finder *f, cue *c, run s)
{
    bool speech = c->kind == CUE_SPEECH || c->kind == CUE_TELL;
    uint32_t own = segment_start(f, c->token, s.first), verb = verb_start(f, c->token, own);
    if (!speech || c->phrase.first != NONE || is_passive_form(f, c->token, own) || is_side_clause(f, c->token))
        return;
    uint32_t first, last = NONE;
    if (c->speaker != NONE)
        tree_yield(f->d, c->speaker, &first, &last);
    bool inside = c->speaker != NONE && ((c->speaker >= own && c->speaker < c->token) ||
                                             (last + 1 == verb && tree_child(f->d, c->speaker, DEPREL_CONJ, NONE) != NONE));
    bool elsewhere = c->speaker == NONE || c->speaker < last_semicolon(f, c->token, s.first);
    run who;
    if (inside || !(elsewhere || verb > own) || !subject_words(f, c->token, s, &who))
        return;
    c->phrase = who;
    c->speaker = phrase_head(f->d, who);
}

/* What the tree says first, then what the order of words says. */
static bool content_find(finder *f, cue *c, run s)
{
    switch (c->kind) {
    case CUE_NOUN:
        return content_of_noun(f, c);
    case CUE_NAMING:
        return content_named(f, c) || content_before(f, c);
    case CUE_THOUGHT: case CUE_DENIAL:
        return content_after(f, c) || content_that(f, c) || content_bare(f, c) ||
               (match_in_set(f->m, c->token, f->aside) && content_before(f, c)) ||
               (match_in_set(f->m, c->token, f->sets[CUE_NAMING]) && content_named(f, c));
    default:
        if ((is_turned(f, c->token) || follows_quote(f, c->clause.first, s)) && content_before(f, c))
            return true;
        return content_after(f, c) || content_before(f, c) || content_named(f, c) || content_that(f, c) || content_rest(f, c) ||
               content_cited(f, c) || content_bare(f, c);
    }
}

bool cue_read(finder *f, uint32_t token, cue *ret)
{
    cue c = {.token = token, .kind = cue_kind(f, token)};
    if (c.kind == NONE)
        return false;
    run s = sentence_run(f, token);
    c.phrase.first = NONE;
    c.speaker = speaker_of(f, &c);
    c.addressee = c.kind == CUE_NOUN ? NONE : addressee_of(f, &c);
    c.clause = (run){segment_start(f, token, s.first), segment_end(f, token, s.last)};
    bool found = content_find(f, &c, s);
    subject_mend(f, &c, s);
    if (c.phrase.first == NONE && c.speaker != NONE)
        c.phrase = speaker_phrase(f->d, c.speaker);
    *ret = c;
    return found && !is_unsaid(f, &c);
}
