/* kb missing: words that act between powers, or speak, and that no entry of the lexicon reads; counted over documents. */
#include <stdlib.h>

#include "doc/doc.h"
#include "entente_inside.h"
#include "write/write.h"

enum { GAP_VERB, GAP_NOUN, GAP_NAME, GAP_AGENT, GAP_COUNT };
static const char *const gap_names[GAP_COUNT] = {"verb", "noun", "name", "agent"};
static const char *const gap_titles[GAP_COUNT] = {
    "Verbs between two parties (a pattern for a file of lexicon/en/verbs, or for idioms.txt)",
    "Nouns between two parties (likewise)",
    "Names that act (an entity for lexicon/world/entities, or an office-holder)",
    "Nouns that speak (an agent for lexicon/en/agents.txt)"};

/* One word that is missing, with the first sentence that it was met in. */
typedef struct gap {
    str what, hint, example, origin;
    uint32_t count, documents;
    uint32_t seen; /* number of the last document that it was met in */
    uint8_t kind;
} gap;

struct entente_missing {
    arena *arena;
    map *number; /* of a gap, by kind and word */
    VEC(gap) gaps;
    uint32_t documents;
};

/* A document being searched for gaps. */
typedef struct seeker {
    entente_missing *tally;
    const kb *k;
    doc *d;
    matcher *m;
    bool *found_at, *cue_at; /* by token: lies in an event or claim, is a cue */
    uint32_t grammar[12]; /* sets of words that entries build on and that act on nobody by themselves */
} seeker;

static const token *at(const seeker *s, uint32_t i)
{
    return &s->d->tokens.at[i];
}

static str lemma_of(const seeker *s, uint32_t token)
{
    return utf8_lower(s->d->arena, at(s, token)->lemma);
}

static void gap_add(seeker *s, uint8_t kind, str what, str hint, uint32_t token)
{
    entente_missing *f = s->tally;
    str key = arena_format(s->d->arena, "%s %.*s", gap_names[kind], (int)what.len, what.at);
    uint32_t n = map_get(f->number, key);
    if (n == NONE) {
        n = map_add(f->number, arena_copy(f->arena, key), f->gaps.count);
        span words = s->d->sentences.at[at(s, token)->sentence].span;
        *vec_push(f->arena, &f->gaps) =
            (gap){.what = arena_copy(f->arena, what), .hint = arena_copy(f->arena, hint), .kind = kind,
                  .example = arena_copy(f->arena, str_trim(doc_str(s->d, words))), .origin = arena_copy(f->arena, s->d->head.origin)};
    }
    gap *g = &f->gaps.at[n];
    g->count++;
    g->documents += g->seen != f->documents;
    g->seen = f->documents;
}

/* ---- what the lexicon reads already ---- */

static void paint(const seeker *s, span words, bool *over)
{
    for (uint32_t i = doc_token_at(s->d, words.start); i < s->d->tokens.count && at(s, i)->span.end <= words.end; i++)
        over[i] = true;
}

/* The tokens of findings, and those of cues. */
static void findings_paint(seeker *s)
{
    const doc *d = s->d;
    s->found_at = arena_take(d->arena, d->tokens.count + 1u, sizeof *s->found_at);
    s->cue_at = arena_take(d->arena, d->tokens.count + 1u, sizeof *s->cue_at);
    for (uint32_t i = 0; i < d->events.count; i++)
        paint(s, d->events.at[i].span, s->found_at);
    for (uint32_t i = 0; i < d->claims.count; i++)
        paint(s, d->claims.at[i].span, s->found_at);
    for (uint32_t i = 0; i < d->statements.count; i++)
        paint(s, d->statements.at[i].cue, s->cue_at);
}

static bool is_grammar(const seeker *s, uint32_t token)
{
    for (size_t i = 0; i < COUNT(s->grammar); i++)
        if (match_in_set(s->m, token, s->grammar[i]))
            return true;
    return false;
}

static bool is_read(const seeker *s, uint32_t token)
{
    match found;
    return is_grammar(s, token) || s->found_at[token] || s->cue_at[token] || match_best(s->m, token, PURPOSE_EVENT, &found) ||
           match_best(s->m, token, PURPOSE_CLAIM, &found);
}

/* Where the lexicon has the word in another use, or that it has none. */
static str uses_of(const seeker *s, uint32_t token)
{
    uint32_t first, lemma = s->m->lemma[token];
    if (lemma == NONE || !kb_triggers(s->k, lemma, &first))
        return STR("no entry");
    kb_place_of_line line = kb_line(s->k, kb_rule_at(s->k, kb_trigger_at(s->k, first)).line);
    return arena_format(s->d->arena, "other uses, as %.*s:%u", (int)line.file.len, line.file.at, line.number);
}

/* ---- verbs and nouns ---- */

static str preposition_of(const seeker *s, uint32_t noun)
{
    uint32_t c = tree_child(s->d, noun, DEPREL_CASE, NONE);
    return c == NONE || at(s, c)->upos != UPOS_ADP ? (str){0} : at(s, c)->lower;
}

/* A dependent of `base` with a preposition that names somebody else than `not`; its preposition in `*ret`. */
static uint32_t other_party(const seeker *s, uint32_t base, const party *not, str *ret)
{
    for (uint32_t c = tree_next(s->d, base, NONE); c != NONE; c = tree_next(s->d, base, c)) {
        party p;
        *ret = preposition_of(s, c);
        if (!ret->len || at(s, c)->upos == UPOS_PRON || str_is(*ret, "in") || str_is(*ret, "by") || str_is(*ret, "of"))
            continue;
        party_of(s->m, c, &p);
        party_without(&p, not);
        if (p.count)
            return c;
    }
    return NONE;
}

static str particle_of(const seeker *s, uint32_t verb)
{
    uint32_t c = tree_child(s->d, verb, DEPREL_COMPOUND_PRT, NONE);
    return c == NONE ? (str){0} : arena_format(s->d->arena, " %.*s", (int)at(s, c)->lower.len, at(s, c)->lower.at);
}

/* "A court R", "A lay wreath at R": as a line of the lexicon would have it. */
static void verb_read(seeker *s, uint32_t verb)
{
    party actors, others;
    str preposition, lemma = lemma_of(s, verb), particle = particle_of(s, verb), noun = {0};
    uint32_t actor = tree_actor(s->d, verb), object = tree_object(s->d, verb);
    if (actor == NONE || is_read(s, verb))
        return;
    party_of(s->m, actor, &actors);
    if (!actors.count)
        return;
    arena *a = s->d->arena;
    if (object != NONE) {
        party_of(s->m, object, &others);
        party_without(&others, &actors);
        if (others.count && s->m->mention[object] != NONE && at(s, object)->upos != UPOS_PRON) {
            gap_add(s, GAP_VERB, arena_format(a, "A %.*s%.*s R", (int)lemma.len, lemma.at, (int)particle.len, particle.at), uses_of(s, verb), verb);
            return;
        }
        if (at(s, object)->upos == UPOS_NOUN && s->m->mention[object] == NONE)
            noun = arena_format(a, " %.*s", (int)lemma_of(s, object).len, lemma_of(s, object).at);
    }
    uint32_t other = other_party(s, verb, &actors, &preposition);
    if (other == NONE && noun.len)
        other = other_party(s, object, &actors, &preposition);
    if (other != NONE)
        gap_add(s, GAP_VERB, arena_format(a, "A %.*s%.*s%.*s %.*s R", (int)lemma.len, lemma.at, (int)particle.len, particle.at, (int)noun.len, noun.at,
                                          (int)preposition.len, preposition.at), uses_of(s, verb), verb);
}

/* "A's overture to R", "the thaw between A and R". */
static void noun_read(seeker *s, uint32_t noun)
{
    party owner = {.count = 0};
    str preposition, lemma = lemma_of(s, noun);
    arena *a = s->d->arena;
    uint32_t between = tree_oblique(s->d, noun, STR("between"));
    if (between != NONE)
        party_of(s->m, between, &owner);
    bool pair = owner.count > 1;
    uint32_t other = pair ? between : other_party(s, noun, &owner, &preposition);
    if (other == NONE || is_read(s, noun))
        return;
    if (pair) {
        gap_add(s, GAP_NOUN, arena_format(a, "the %.*s between A and R", (int)lemma.len, lemma.at), uses_of(s, noun), noun);
        return;
    }
    uint32_t possessor = tree_child(s->d, noun, DEPREL_NMOD_POSS, NONE);
    for (uint32_t c = tree_next(s->d, noun, NONE); c != NONE && c < noun && possessor == NONE; c = tree_next(s->d, noun, c))
        if (s->m->mention[c] != NONE)
            possessor = c;
    party_of(s->m, possessor == NONE ? noun : possessor, &owner);
    if (possessor != NONE && owner.count && other_party(s, noun, &owner, &preposition) != NONE)
        gap_add(s, GAP_NOUN, arena_format(a, "A's %.*s %.*s R", (int)lemma.len, lemma.at, (int)preposition.len, preposition.at), uses_of(s, noun), noun);
}

/* ---- names and agents ---- */

static bool acts(const seeker *s, uint32_t token)
{
    uint8_t r = at(s, token)->deprel;
    uint32_t head = at(s, token)->head;
    return head != NONE && at(s, head)->upos == UPOS_VERB && (r == DEPREL_NSUBJ || r == DEPREL_NSUBJ_PASS || r == DEPREL_OBJ || r == DEPREL_OBL_AGENT);
}

static void name_read(seeker *s, const mention *n)
{
    const entity *e = &s->d->entities.at[n->entity];
    bool unknown = n->kind == MENTION_NAME && e->known == NONE && !e->code[0] && e->type != ENTITY_MISC && e->type != ENTITY_LOC;
    if (!unknown || !s->d->sentences.at[n->sentence].parsed || !acts(s, n->head))
        return;
    str type = str_of(entity_names[e->type]);
    if (e->role.len)
        type = arena_format(s->d->arena, "%.*s, %.*s", (int)type.len, type.at, (int)e->role.len, e->role.at);
    gap_add(s, GAP_NAME, e->name, type, n->head);
}

static bool is_agent(const seeker *s, str form)
{
    uint32_t word;
    return kb_words(s->k, form, &word, 1) == 1 && word != NONE && kb_step(s->k, KB_TRIE_AGENTS, 0, word) != NONE;
}

static void agent_read(seeker *s, uint32_t noun)
{
    uint32_t verb = at(s, noun)->head;
    bool speaks = verb != NONE && at(s, noun)->deprel == DEPREL_NSUBJ && s->cue_at[verb];
    bool named = s->m->cover[noun] != NONE || s->m->mention[noun] != NONE ||
                 !str_equal(at(s, noun)->lower, doc_str(s->d, at(s, noun)->span)); /* a capital: a name unseen */
    if (speaks && !named && !is_agent(s, at(s, noun)->lemma) && !is_agent(s, at(s, noun)->lower))
        gap_add(s, GAP_AGENT, lemma_of(s, noun), STR("not among the agents"), noun);
}

/* ---- a document ---- */

static void document_read(seeker *s)
{
    uint32_t saying = kb_set_find(s->k, "cue:noun");
    for (uint32_t n = 0; n < s->d->sentences.count; n++) {
        const sentence *here = &s->d->sentences.at[n];
        for (uint32_t i = here->first; here->parsed && i < here->first + here->count; i++) {
            if (at(s, i)->upos == UPOS_VERB)
                verb_read(s, i);
            if (at(s, i)->upos == UPOS_NOUN && s->m->mention[i] == NONE)
                noun_read(s, i);
            if (at(s, i)->upos == UPOS_NOUN && !match_in_set(s->m, i, saying))
                agent_read(s, i);
        }
    }
    for (uint32_t i = 0; i < s->d->mentions.count; i++)
        name_read(s, &s->d->mentions.at[i]);
}

/* A tally in an arena of its own; NULL when memory runs out. */
static entente_missing *tally_in(arena *a)
{
    if (setjmp(*arena_escape(a)))
        return NULL;
    entente_missing *f = arena_take(a, 1, sizeof *f);
    f->arena = a;
    f->number = map_new(a);
    return f;
}

entente_missing *entente_missing_new(void)
{
    arena *a = arena_new(LIMIT_MEMORY);
    entente_missing *f = a ? tally_in(a) : NULL;
    if (!f)
        arena_free(a);
    return f;
}

void entente_missing_free(entente_missing *f)
{
    if (f)
        arena_free(f->arena);
}

int entente_missing_add(entente_missing *f, const entente_kb *kb, entente_doc *d, entente_error *ret_error)
{
    static const char *const grammar[] = {"LIGHT", "UNDERGO", "HYPOTHESIS", "DENIAL", "FUTURE", "REAL", "SAY",
                                          "cue:speech", "cue:tell", "cue:thought", "cue:denial", "cue:naming"};
    if (setjmp(*arena_escape(d->arena)) || setjmp(*arena_escape(f->arena)))
        return error_set(ret_error, ENTENTE_REJECTED, d->head.origin, UINT64_MAX, "too many words are missing for the memory there is");
    seeker s = {.tally = f, .k = kb->kb, .d = d, .m = match_new(d, kb->kb)};
    for (size_t i = 0; i < COUNT(grammar); i++)
        s.grammar[i] = kb_set_find(kb->kb, grammar[i]);
    f->documents++;
    findings_paint(&s);
    document_read(&s);
    return 0;
}

/* ---- the table ---- */

static int compare_gaps(const void *x, const void *y)
{
    const gap *a = x, *b = y;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return str_compare(a->what, b->what);
}

static void text_row(buffer *out, const gap *g)
{
    buffer_format(out, "%6u %5u  %.*s   (%.*s)\n              > ", g->count, g->documents, (int)g->what.len, g->what.at, (int)g->hint.len, g->hint.at);
    for (uint32_t i = 0; i < g->example.len; i++)
        buffer_char(out, g->example.at[i] == '\n' ? ' ' : g->example.at[i]);
    buffer_format(out, "\n                %.*s\n", (int)g->origin.len, g->origin.at);
}

static void cells_row(buffer *out, const gap *g, char separator)
{
    str cells[] = {g->what, g->hint, g->example, g->origin};
    buffer_format(out, "%s%c%u%c%u", gap_names[g->kind], separator, g->count, separator, g->documents);
    for (size_t i = 0; i < COUNT(cells); i++) {
        buffer_char(out, separator);
        write_csv_field(out, cells[i], separator);
    }
    buffer_char(out, '\n');
}

int entente_missing_write(entente_missing *f, const char *format, size_t limit, entente_sink *sink, void *closure, entente_error *ret_error)
{
    buffer out = {0};
    char separator = !strcmp(format, "csv") ? ',' : !strcmp(format, "tsv") ? '\t' : 0;
    if (!separator && strcmp(format, "text"))
        return error_set(ret_error, ENTENTE_USAGE, STR("format"), UINT64_MAX, "what is missing is written as text, csv or tsv, not '%s'", format);
    if (f->gaps.count)
        qsort(f->gaps.at, f->gaps.count, sizeof *f->gaps.at, compare_gaps);
    if (separator)
        buffer_format(&out, "kind%ccount%cdocuments%cwhat%chint%csentence%corigin\n", separator, separator, separator, separator, separator, separator);
    size_t nth = 0;
    for (uint32_t i = 0; i < f->gaps.count; i++) {
        const gap *g = &f->gaps.at[i];
        nth = i && f->gaps.at[i - 1].kind == g->kind ? nth + 1 : 0;
        if (!nth && !separator)
            buffer_format(&out, "%s%s\n times pages\n", i ? "\n" : "", gap_titles[g->kind]);
        if (nth < limit && separator)
            cells_row(&out, g, separator);
        else if (nth < limit)
            text_row(&out, g);
    }
    return sink_buffer(&out, sink, closure, ret_error);
}
