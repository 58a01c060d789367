/* Word sets and phrase patterns, from text to tables. The notation is told in docs/lexicon.md. */
#include "kb/patterns.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct word_set {
    str name;
    uint32_t line;
    VEC(str) members;
    VEC(uint32_t) lines; /* of the members */
    VEC(uint32_t) words, befores, word_lines; /* lemma, lemma before it + 1 or 0, and its line: filled when resolved */
    bool resolved, resolving;
} word_set;

typedef struct lex_word {
    str lemma;
    VEC(uint32_t) rules;
    VEC(kb_disk_in_set) members;
} lex_word;

struct kb_lexicon {
    map *words, *sets;
    VEC(lex_word) word;
    VEC(word_set) set;
};

static struct kb_lexicon *lexicon(kb_builder *b)
{
    if (!b->lexicon) {
        b->lexicon = arena_take(b->arena, 1, sizeof *b->lexicon);
        b->lexicon->words = map_new(b->arena);
        b->lexicon->sets = map_new(b->arena);
    }
    return b->lexicon;
}

uint32_t kb_lex_word(kb_builder *b, str lemma)
{
    struct kb_lexicon *l = lexicon(b);
    uint32_t at = map_get(l->words, lemma);
    if (at == NONE) {
        at = l->word.count;
        lex_word *w = vec_push(b->arena, &l->word);
        w->lemma = arena_copy(b->arena, lemma);
        map_add(l->words, w->lemma, at);
    }
    return at;
}

/* ---- sets ---- */

uint32_t kb_set_named(kb_builder *b, str name)
{
    struct kb_lexicon *l = lexicon(b);
    uint32_t at = map_get(l->sets, name);
    if (at == NONE) {
        at = l->set.count;
        word_set *s = vec_push(b->arena, &l->set);
        s->name = arena_copy(b->arena, name);
        s->line = NONE;
        map_add(l->sets, s->name, at);
    }
    return at;
}

void kb_set_add(kb_builder *b, uint32_t set, str member, uint32_t line)
{
    *vec_push(b->arena, &lexicon(b)->set.at[set].members) = arena_copy(b->arena, member);
    *vec_push(b->arena, &lexicon(b)->set.at[set].lines) = line;
}

static void set_fields(kb_builder *b, const kb_entry *e, str name)
{
    uint32_t set = kb_set_named(b, name);
    lexicon(b)->set.at[set].line = e->line;
    for (uint32_t i = 0; i < e->fields.count; i++) {
        str rest = e->fields.at[i].text;
        kb_item item;
        while (kb_item_next(b, e->fields.at[i].line, &rest, &item))
            kb_set_add(b, set, item.text, e->fields.at[i].line);
    }
}

void kb_compile_set(kb_builder *b, const kb_entry *e)
{
    if (!e->rest.len)
        kb_fault(b, e->line, "'set NAME' is wanted");
    set_fields(b, e, e->rest);
}

void kb_compile_cue(kb_builder *b, const kb_entry *e)
{
    if (!e->rest.len)
        kb_fault(b, e->line, "'cue KIND' is wanted");
    set_fields(b, e, arena_format(b->arena, "cue:%.*s", (int)e->rest.len, e->rest.at));
}

static void set_resolve(kb_builder *b, uint32_t number);

static void set_include(kb_builder *b, uint32_t number, str name)
{
    uint32_t other = map_get(lexicon(b)->sets, name);
    if (other == NONE) {
        kb_fault(b, lexicon(b)->set.at[number].line, "no set is called '%.*s'", (int)name.len, name.at);
        return;
    }
    set_resolve(b, other);
    word_set *s = &lexicon(b)->set.at[number];
    const word_set *o = &lexicon(b)->set.at[other];
    for (uint32_t i = 0; i < o->words.count; i++) {
        *vec_push(b->arena, &s->words) = o->words.at[i];
        *vec_push(b->arena, &s->befores) = o->befores.at[i];
        *vec_push(b->arena, &s->word_lines) = o->word_lines.at[i];
    }
}

/* "hunger strike": the last word, and the one before it. */
static void set_word(kb_builder *b, uint32_t number, str text, uint32_t line)
{
    str word, before = {0}, last = {0};
    while (kb_word_next(&text, &word)) {
        before = last;
        last = word;
    }
    uint32_t at = kb_lex_word(b, last), front = before.len ? kb_lex_word(b, before) + 1 : 0;
    word_set *s = &lexicon(b)->set.at[number];
    *vec_push(b->arena, &s->words) = at;
    *vec_push(b->arena, &s->befores) = front;
    *vec_push(b->arena, &s->word_lines) = line;
}

static void set_resolve(kb_builder *b, uint32_t number)
{
    word_set *s = &lexicon(b)->set.at[number];
    if (s->resolved)
        return;
    if (s->resolving) {
        kb_fault(b, s->line, "the set '%.*s' holds itself", (int)s->name.len, s->name.at);
        return;
    }
    s->resolving = true;
    for (uint32_t i = 0; i < lexicon(b)->set.at[number].members.count; i++) {
        str m = lexicon(b)->set.at[number].members.at[i];
        if (m.len > 2 && m.at[0] == '<' && m.at[m.len - 1] == '>')
            set_include(b, number, str_part(m, 1, m.len - 1));
        else if (m.len)
            set_word(b, number, m, lexicon(b)->set.at[number].lines.at[i]);
    }
    lexicon(b)->set.at[number].resolved = true;
}

void kb_finish_sets(kb_builder *b)
{
    for (uint32_t i = 0; i < lexicon(b)->set.count; i++)
        set_resolve(b, i);
}

/* ---- one pattern ---- */

enum { PATTERN_TOKENS = 24, RULE_SLOTS = 12 };

typedef struct pattern {
    kb_builder *b;
    uint32_t line;
    str token[PATTERN_TOKENS];
    uint32_t count, at;
    kb_disk_rule rule;
    kb_disk_slot slot[RULE_SLOTS];
    uint8_t under; /* where bare slots hang now */
    bool failed;
} pattern;

static void pattern_fault(pattern *p, const char *what, str token)
{
    if (!p->failed)
        kb_fault(p->b, p->line, "%s: '%.*s'", what, (int)token.len, token.at);
    p->failed = true;
}

static bool is_preposition(str word)
{
    static const char *const all[] = {"of", "on", "at", "by", "from", "with", "to", "against", "between", "among", "in", "into",
                                      "for", "as", "under", "about", "near", "onto", "toward", "towards", "upon", "within",
                                      "through", "alongside", "before", "despite", "along", "behind", "without", "than", "outside", "inside",
                                      "opposite", "beside", "beyond", "throughout", "amid", "facing", "versus"};
    str part, rest = word;
    while (str_next(&rest, '|', &part)) {
        bool found = false;
        for (size_t i = 0; i < COUNT(all); i++)
            found |= str_is(part, all[i]);
        /* alone they are particles: "hand over", "run across" */
        found |= part.len < word.len && (str_is(part, "over") || str_is(part, "across") || str_is(part, "around") || str_is(part, "off"));
        if (!found)
            return false;
    }
    return word.len > 0;
}

/* "petrol_bomb" is "petrol bomb". */
static str spaced(kb_builder *b, str text)
{
    char *copy = arena_copy_terminated(b->arena, text);
    for (char *c = copy; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return str_of(copy);
}

/* A word, a <SET>, or several parted by "|", which make a set of their own. */
static uint32_t test_of(pattern *p, str text)
{
    kb_builder *b = p->b;
    if (text.len > 2 && text.at[0] == '<' && text.at[text.len - 1] == '>' && str_find(text, STR("|")) == NONE) {
        str name = str_part(text, 1, text.len - 1);
        uint32_t set = map_get(lexicon(b)->sets, name);
        if (set == NONE)
            pattern_fault(p, "no set of this name", name);
        return set == NONE ? 0 : set | KB_TEST_SET;
    }
    if (str_find(text, STR("|")) == NONE && str_find(text, STR("_")) == NONE)
        return kb_lex_word(b, text) + 1;
    uint32_t set = kb_set_named(b, text);
    word_set *s = &lexicon(b)->set.at[set];
    if (!s->resolved) {
        s->line = p->line;
        str part, rest = text;
        while (str_next(&rest, '|', &part))
            kb_set_add(b, set, spaced(b, part), p->line);
        set_resolve(b, set);
    }
    return set | KB_TEST_SET;
}

/* The fewer words a slot allows, the more it says. */
static uint8_t rank_of(pattern *p, uint32_t test)
{
    if (!test)
        return 0;
    uint32_t count = test & KB_TEST_SET ? lexicon(p->b)->set.at[test & ~KB_TEST_SET].words.count : 1;
    return count > 60 ? 0 : count > 16 ? 1 : 2;
}

static uint8_t slot_add(pattern *p, kb_disk_slot slot)
{
    if (p->rule.slot_count == RULE_SLOTS) {
        pattern_fault(p, "too long a pattern", p->token[0]);
        return 0;
    }
    slot.needed = (uint8_t)((slot.needed & 1) | rank_of(p, slot.word) << 1);
    p->slot[p->rule.slot_count] = slot;
    return p->rule.slot_count++;
}

static bool role_of(str token, uint8_t *ret)
{
    if (str_is(token, "A"))
        *ret = ROLE_ACTOR;
    else if (str_is(token, "R") || str_is(token, "B"))
        *ret = ROLE_RECIPIENT;
    else
        return false;
    return true;
}

/* "A:<SET>": the role or "~" before the colon, and the words that its noun must be among. */
static str typed(str token, str *ret_words)
{
    uint32_t colon = str_find(token, STR(":"));
    *ret_words = colon == NONE ? (str){0} : str_part(token, colon + 1, token.len);
    return colon == NONE ? token : str_part(token, 0, colon);
}

static bool owner_of(str token, uint8_t *ret)
{
    return str_ends(token, "'s") && role_of(str_part(token, 0, token.len - 2), ret);
}

static bool next_is(const pattern *p, const char *word)
{
    return p->at < p->count && str_is(p->token[p->at], word);
}

/* "A and R" after a preposition or at the start: both are parties. */
static void both_read(pattern *p)
{
    if (p->at + 1 < p->count && next_is(p, "and") && (str_is(p->token[p->at + 1], "R") || str_is(p->token[p->at + 1], "B"))) {
        p->rule.flags |= RULE_BOTH;
        p->at += 2;
    }
}

/* What a slot asks for: a role, "R's noun", "~", or words. */
static void target_read(pattern *p, uint32_t preposition, uint8_t relation, bool needed)
{
    str words, token = typed(p->token[p->at++], &words);
    /* "R!": must be there */
    bool must = token.len > 1 && token.at[token.len - 1] == '!';
    token.len -= must;
    needed |= must;
    kb_disk_slot s = {.preposition = preposition, .relation = relation, .under = p->under, .needed = needed};
    uint8_t role;
    if (role_of(token, &role)) {
        s.role = role;
        s.word = words.len ? test_of(p, words) : 0;
        p->rule.flags |= role == ROLE_RECIPIENT ? RULE_HAS_RECIPIENT : RULE_HAS_ACTOR;
        slot_add(p, s);
        both_read(p);
    } else if (owner_of(token, &role) && p->at < p->count) {
        p->rule.flags |= role == ROLE_RECIPIENT ? RULE_HAS_RECIPIENT : RULE_HAS_ACTOR;
        /* "R's ~": whatever of R's */
        if (str_is(p->token[p->at], "~"))
            s.role = ROLE_ANY;
        else
            s.word = test_of(p, p->token[p->at]);
        p->at++;
        s.needed = true;
        uint8_t noun = slot_add(p, s);
        slot_add(p, (kb_disk_slot){.role = role, .relation = SLOT_OWNER, .under = noun, .needed = true});
    } else if (!str_is(token, "~")) {
        s.word = test_of(p, token);
        s.needed = true;
        uint8_t noun = slot_add(p, s);
        if (relation == SLOT_CLAUSE)
            p->under = noun;
    } else if (preposition && (must || !p->rule.slot_count)) {
        /* "insist on ~": the preposition alone makes the sense */
        s.role = ROLE_ANY;
        s.needed = true;
        slot_add(p, s);
    }
}

/* "that R must ~" */
static void that_read(pattern *p)
{
    uint8_t clause = slot_add(p, (kb_disk_slot){.preposition = 0, .relation = SLOT_CLAUSE, .under = p->under, .needed = true, .role = ROLE_ANY});
    uint8_t role;
    p->under = clause;
    if (p->at < p->count && role_of(p->token[p->at], &role)) {
        p->at++;
        slot_add(p, (kb_disk_slot){.role = role, .relation = SLOT_OWNER, .under = clause, .needed = true});
        p->rule.flags |= RULE_HAS_RECIPIENT;
    }
    if (p->at < p->count && !next_is(p, "~") && str_find(p->token[p->at], STR("must")) != NONE)
        slot_add(p, (kb_disk_slot){.word = test_of(p, p->token[p->at++]), .relation = SLOT_MODAL, .under = clause, .needed = true});
}

static void rest_read(pattern *p)
{
    while (p->at < p->count && !p->failed) {
        str token = p->token[p->at];
        uint8_t role;
        if (str_is(token, "~") || str_is(token, "the")) {
            if (p->rule.purpose != PURPOSE_CLAIM && str_is(token, "~"))
                p->rule.scope = 1;
            p->at++;
        } else if (str_is(token, ".")) {
            /* no object may follow */
            p->rule.flags |= RULE_ALONE;
            p->at++;
        } else if (str_is(token, "that")) {
            p->at++;
            that_read(p);
        } else if (is_preposition(token) && p->at + 1 < p->count) {
            str target = p->token[++p->at];
            bool infinitive = str_is(token, "to") && !role_of(target, &role) && !owner_of(target, &role);
            if (infinitive && str_is(target, "~")) {
                p->under = slot_add(p, (kb_disk_slot){.preposition = test_of(p, token), .relation = SLOT_CLAUSE, .role = ROLE_ANY,
                                                      .under = p->under, .needed = true});
                p->at++;
            } else {
                target_read(p, test_of(p, token), infinitive ? SLOT_CLAUSE : SLOT_PREPOSITION, false);
            }
        } else {
            target_read(p, 0, SLOT_BARE, true);
        }
    }
}

/* The words up to the next preposition: the last is the trigger, those before it must stand before it. */
static str trigger_read(pattern *p)
{
    uint32_t first = p->at;
    while (p->at < p->count && (p->at == first || !is_preposition(p->token[p->at])) && !str_is(p->token[p->at], "~") &&
           !str_is(p->token[p->at], "that"))
        p->at++;
    for (uint32_t i = first; i + 1 < p->at; i++)
        slot_add(p, (kb_disk_slot){.word = test_of(p, p->token[i]), .relation = SLOT_BARE, .under = 255, .needed = true});
    return p->at > first ? p->token[p->at - 1] : (str){0};
}

static void trigger_add(pattern *p, uint32_t rule, str trigger)
{
    struct kb_lexicon *l = lexicon(p->b);
    uint32_t test = test_of(p, trigger);
    if (!test)
        return;
    if (!(test & KB_TEST_SET)) {
        *vec_push(p->b->arena, &l->word.at[test - 1].rules) = rule;
        return;
    }
    const word_set *s = &l->set.at[test & ~KB_TEST_SET];
    for (uint32_t i = 0; i < s->words.count; i++) {
        lex_word *w = &l->word.at[s->words.at[i]];
        if (!w->rules.count || w->rules.at[w->rules.count - 1] != rule)
            *vec_push(p->b->arena, &w->rules) = rule;
    }
}

/* "A be <noun> ..." or "A be at war with R". */
static str copula_read(pattern *p)
{
    p->at++;
    p->rule.shape = SHAPE_BE;
    if (p->at + 1 < p->count && is_preposition(p->token[p->at]))
        slot_add(p, (kb_disk_slot){.preposition = test_of(p, p->token[p->at++]), .relation = SLOT_CASE, .under = 255, .needed = true});
    return trigger_read(p);
}

/* "A", "R", "A:<JETS>", "~:<STORMS>" or nothing. A bare A needs no slot: the subject is always looked for. */
static void subject_read(pattern *p)
{
    str words, front = typed(p->token[0], &words);
    uint8_t role = ROLE_WORD;
    bool party = role_of(front, &role);
    if (!party && !str_is(front, "~"))
        return;
    p->at = 1;
    p->rule.flags |= !party ? 0 : role == ROLE_ACTOR ? RULE_HAS_ACTOR : RULE_HAS_RECIPIENT;
    if (words.len || role == ROLE_RECIPIENT)
        slot_add(p, (kb_disk_slot){.role = role, .relation = SLOT_SUBJECT, .under = 255, .needed = true, .word = words.len ? test_of(p, words) : 0});
    both_read(p);
}

/* Reads up to the trigger, which it returns. */
static str head_read(pattern *p)
{
    uint8_t role = 0;
    if (str_is(p->token[0], "the") || owner_of(p->token[0], &role)) {
        p->at = 1;
        p->rule.shape = SHAPE_NOUN;
        if (role) {
            p->rule.flags |= role == ROLE_ACTOR ? RULE_HAS_ACTOR : RULE_HAS_RECIPIENT;
            slot_add(p, (kb_disk_slot){.role = role, .relation = SLOT_OWNER, .under = 255});
        }
        return trigger_read(p);
    }
    subject_read(p);
    if (next_is(p, "be") && p->at + 1 < p->count)
        return copula_read(p);
    p->rule.shape = SHAPE_VERB;
    return p->at < p->count ? p->token[p->at++] : (str){0};
}

static bool has_words(const pattern *p)
{
    for (uint8_t i = 0; i < p->rule.slot_count; i++)
        if (p->slot[i].role == ROLE_WORD || p->slot[i].role == ROLE_ANY || p->slot[i].relation == SLOT_CLAUSE || p->slot[i].relation == SLOT_CASE)
            return true;
    return p->rule.shape != SHAPE_VERB;
}

/* A role with a preposition may be missing where other words make sure of the sense: "imposed a curfew". */
static void needs_settle(pattern *p)
{
    bool sure = has_words(p);
    for (uint8_t i = 0; i < p->rule.slot_count; i++) {
        kb_disk_slot *s = &p->slot[i];
        bool role = s->role == ROLE_ACTOR || s->role == ROLE_RECIPIENT;
        if (role && s->relation == SLOT_PREPOSITION)
            s->needed = (uint8_t)((s->needed & ~1u) | (!sure || s->word || s->needed == 1));
    }
}

/* Words in braces or brackets may stand in the text or not. */
static void tokens_cut(pattern *p, str text)
{
    str word;
    int depth = 0;
    while (kb_word_next(&text, &word)) {
        bool opens = word.at[0] == '(' || word.at[0] == '{', closes = word.at[word.len - 1] == ')' || word.at[word.len - 1] == '}';
        depth += opens;
        if (!depth && p->count < PATTERN_TOKENS)
            p->token[p->count++] = word;
        depth -= closes;
    }
}

static void pattern_read(kb_builder *b, uint32_t line, str text, kb_disk_rule rule)
{
    pattern p = {.b = b, .line = line, .rule = rule, .under = 255};
    tokens_cut(&p, text);
    if (!p.count) {
        pattern_fault(&p, "an empty pattern", text);
        return;
    }
    str trigger = head_read(&p);
    uint8_t role;
    if (!trigger.len || trigger.at[0] == '~' || role_of(trigger, &role) || owner_of(trigger, &role)) {
        pattern_fault(&p, "a pattern needs a verb or a noun", text);
        return;
    }
    rest_read(&p);
    needs_settle(&p);
    if (p.failed)
        return;
    p.rule.line = line;
    p.rule.slot_first = kb_count(b, KB_RULE_SLOTS, sizeof(kb_disk_slot));
    for (uint8_t i = 0; i < p.rule.slot_count; i++)
        kb_append(b, KB_RULE_SLOTS, &p.slot[i], sizeof p.slot[i]);
    p.rule.trigger = test_of(&p, trigger);
    trigger_add(&p, kb_append(b, KB_RULES, &p.rule, sizeof p.rule), trigger);
}

void kb_patterns_read(kb_builder *b, uint32_t line, str text, kb_disk_rule rule)
{
    kb_item item;
    while (kb_item_next(b, line, &text, &item))
        pattern_read(b, line, item.text, rule);
}

/* ---- events and idioms ---- */

/* "ASSAULT/aerial+drone": the type, and modes joined by spaces. */
static bool type_read(kb_builder *b, uint32_t line, str word, kb_disk_rule *r)
{
    str type;
    str_next(&word, '/', &type);
    uint32_t number = name_find(event_names, EVENT_COUNT, type);
    if (number == NONE) {
        kb_fault(b, line, "'%.*s' is no type of event", (int)type.len, type.at);
        return false;
    }
    r->type = (uint8_t)number;
    char *modes = arena_copy_terminated(b->arena, word);
    for (char *c = modes; *c; c++)
        *c = *c == '+' ? ' ' : *c;
    r->modes = kb_put(b, str_of(modes));
    return true;
}

void kb_compile_event(kb_builder *b, const kb_entry *e)
{
    kb_disk_rule rule = {.purpose = PURPOSE_EVENT};
    str rest = e->rest, word;
    if (!kb_word_next(&rest, &word) || !type_read(b, e->line, word, &rule))
        return;
    while (kb_word_next(&rest, &word)) {
        uint32_t context = name_find(context_names, CONTEXT_COUNT, word);
        if (word.at[0] >= '0' && word.at[0] <= '9')
            rule.cameo = kb_put(b, word);
        else if (str_is(word, "mutual"))
            rule.flags |= RULE_MUTUAL;
        else if (str_is(word, "body"))
            rule.flags |= RULE_BODY;
        else if (str_is(word, "denied"))
            rule.flags |= RULE_DENIES;
        else if (str_is(word, "abroad"))
            rule.flags |= RULE_ABROAD;
        else if (context != NONE)
            rule.contexts |= UINT64_C(1) << context;
        else
            kb_fault(b, e->line, "'%.*s' is neither a CAMEO code nor a context", (int)word.len, word.at);
    }
    for (uint32_t i = 0; i < e->fields.count; i++)
        kb_patterns_read(b, e->fields.at[i].line, e->fields.at[i].text, rule);
}

void kb_compile_idiom(kb_builder *b, const kb_entry *e)
{
    for (uint32_t i = 0; i < e->fields.count; i++)
        kb_patterns_read(b, e->fields.at[i].line, e->fields.at[i].text, (kb_disk_rule){.purpose = PURPOSE_IDIOM});
}

/* "cameo 0311 5.2 gloss" */
void kb_compile_cameo(kb_builder *b, const kb_entry *e)
{
    kb_disk_cameo c = {{0}, 0};
    str rest = e->rest, code, value;
    double number;
    kb_word_next(&rest, &code);
    kb_word_next(&rest, &value);
    if (!code.len || code.len >= sizeof c.code || !str_to_real(value, &number)) {
        kb_fault(b, e->line, "'cameo CODE GOLDSTEIN' is wanted");
        return;
    }
    memcpy(c.code, code.at, code.len);
    c.goldstein = (float)number;
    kb_append(b, KB_CAMEO, &c, sizeof c);
}

/* ---- tables ---- */

static void members_spread(kb_builder *b)
{
    struct kb_lexicon *l = lexicon(b);
    for (uint32_t s = 0; s < l->set.count; s++)
        for (uint32_t i = 0; i < l->set.at[s].words.count; i++)
            *vec_push(b->arena, &l->word.at[l->set.at[s].words.at[i]].members) = (kb_disk_in_set){s, l->set.at[s].befores.at[i],
                                                                                                        l->set.at[s].word_lines.at[i]};
}

static void words_write(kb_builder *b)
{
    struct kb_lexicon *l = lexicon(b);
    uint32_t room = 16;
    while (room < l->word.count * 2)
        room *= 2;
    uint32_t *slots = arena_take(b->arena, room, sizeof *slots);
    for (uint32_t i = 0; i < l->word.count; i++) {
        const lex_word *w = &l->word.at[i];
        kb_disk_lex disk = {kb_put(b, w->lemma), kb_count(b, KB_TRIGGERS, 4), w->rules.count,
                            kb_count(b, KB_SET_MEMBERS, sizeof(kb_disk_in_set)), w->members.count};
        buffer_add(&b->section[KB_TRIGGERS], w->rules.at, w->rules.count * sizeof *w->rules.at);
        buffer_add(&b->section[KB_SET_MEMBERS], w->members.at, w->members.count * sizeof *w->members.at);
        kb_append(b, KB_LEX, &disk, sizeof disk);
        uint32_t at = (uint32_t)str_hash(w->lemma) & (room - 1);
        while (slots[at])
            at = (at + 1) & (room - 1);
        slots[at] = i + 1;
    }
    buffer_add(&b->section[KB_LEX_SLOTS], slots, room * sizeof *slots);
}

void kb_finish_patterns(kb_builder *b)
{
    struct kb_lexicon *l = lexicon(b);
    members_spread(b);
    words_write(b);
    for (uint32_t i = 0; i < l->set.count; i++) {
        kb_pstr name = kb_put(b, l->set.at[i].name);
        kb_append(b, KB_SETS, &name, sizeof name);
    }
}
