/* Who speaks in an interview: the printed label, "Name, role" or "Surname:", made an entity. */
#include "mention/inside.h"

enum { LABEL_WORDS = 64 };

typedef struct label {
    str name, role;
} label;

static label label_cut(str text)
{
    str rest = str_trim(text);
    while (rest.len && (rest.at[rest.len - 1] == ':' || rest.at[rest.len - 1] == '.' || rest.at[rest.len - 1] == ' '))
        rest.len--;
    uint32_t comma = str_find(rest, STR(","));
    if (comma == NONE)
        comma = str_find(rest, STR(" ("));
    if (comma == NONE)
        return (label){rest, {0}};
    str role = str_trim(str_part(rest, comma + 1, rest.len));
    return (label){str_trim(str_part(rest, 0, comma)), role};
}

/* The person of the text whose name is this, or ends in it. */
static uint32_t person_named(const scan *s, str name)
{
    uint32_t found = NONE;
    for (uint32_t e = 0; e < s->d->entities.count; e++) {
        const entity *p = &s->d->entities.at[e];
        if (p->type != ENTITY_PER || !p->name.len || p->name.len < name.len)
            continue;
        if (str_equal_nocase(p->name, name))
            return e;
        str tail = str_part(p->name, p->name.len - name.len, p->name.len);
        if (str_equal_nocase(tail, name) && p->name.at[p->name.len - name.len - 1] == ' ')
            found = e;
    }
    return found;
}

static uint32_t walk(const scan *s, enum kb_trie trie, const uint32_t *words, uint32_t count, uint32_t from, uint32_t *ret_at, uint32_t *ret_count)
{
    uint32_t node = 0, end = from;
    for (uint32_t i = from; i < count; i++) {
        node = kb_step(s->k, trie, node, words[i]);
        if (node == NONE)
            break;
        uint32_t first, n = kb_ends(s->k, trie, node, &first);
        if (n) {
            *ret_at = first;
            *ret_count = n;
            end = i + 1;
        }
    }
    return end;
}

/* The state that the words name last, else any other power. */
static uint32_t power_in(const scan *s, str text)
{
    uint32_t words[LABEL_WORDS], count = kb_words(s->k, text, words, LABEL_WORDS), state = NONE, other = NONE;
    for (uint32_t i = 0; i < count;) {
        uint32_t at = 0, n = 0, end = walk(s, KB_TRIE_NAMES, words, count, i, &at, &n);
        if (end > i) {
            kb_name name = kb_name_at(s->k, kb_value(s->k, KB_TRIE_NAMES, at));
            kb_entity e = kb_entity_at(s->k, name.entity);
            uint32_t power = e.of != NONE && e.class > CLASS_PARTIAL ? e.of : name.entity;
            if (name.use < USE_SURNAME && e.class != CLASS_PERSON) {
                if (kb_entity_at(s->k, power).class <= CLASS_PARTIAL)
                    state = power;
                else if (other == NONE)
                    other = power;
            }
        }
        i = end > i ? end : i + 1;
    }
    return state != NONE ? state : other;
}

static str sector_in(const scan *s, str text)
{
    uint32_t words[LABEL_WORDS], count = kb_words(s->k, text, words, LABEL_WORDS);
    for (uint32_t i = 0; i < count;) {
        uint32_t at = 0, n = 0, end = walk(s, KB_TRIE_AGENTS, words, count, i, &at, &n);
        if (end > i) {
            kb_agent a = kb_agent_at(s->k, kb_value(s->k, KB_TRIE_AGENTS, at));
            if (a.sector.len)
                return a.sector;
        }
        i = end > i ? end : i + 1;
    }
    return (str){0};
}

/* A person of the knowledge of exactly this name, or NONE. */
static uint32_t known_person(const scan *s, str name)
{
    uint32_t words[LABEL_WORDS], count = kb_words(s->k, name, words, LABEL_WORDS), at = 0, n = 0;
    if (!count || walk(s, KB_TRIE_NAMES, words, count, 0, &at, &n) != count)
        return NONE;
    for (uint32_t i = 0; i < n; i++) {
        kb_name k = kb_name_at(s->k, kb_value(s->k, KB_TRIE_NAMES, at + i));
        if (k.use == USE_NAME && kb_entity_at(s->k, k.entity).class == CLASS_PERSON)
            return k.entity;
    }
    return NONE;
}

static uint32_t speaker_of(scan *s, label l)
{
    uint32_t known = known_person(s, l.name), e = known != NONE ? entity_known(s, known) : person_named(s, l.name);
    if (e == NONE) {
        str folded = utf8_fold(s->a, l.name);
        e = entity_own(s, arena_format(s->a, "name:%.*s", (int)folded.len, folded.at), l.name, ENTITY_PER);
    }
    entity *p = &s->d->entities.at[e];
    if (!l.role.len)
        return e;
    if (!p->role.len)
        p->role = l.role;
    if (!p->code[0])
        entity_belongs(s, e, power_in(s, l.role));
    p = &s->d->entities.at[e];
    if (!p->sector[0])
        entity_set_sector(p, sector_in(s, l.role));
    return e;
}

void link_turns(scan *s)
{
    for (uint32_t i = 0; i < s->d->turns.count; i++) {
        turn *t = &s->d->turns.at[i];
        t->speaker = NONE;
        if (!t->label.len)
            continue;
        bool same = false;
        for (uint32_t b = 0; b < i && !same; b++)
            if (s->d->turns.at[b].speaker != NONE && str_equal(s->d->turns.at[b].label, t->label)) {
                t->speaker = s->d->turns.at[b].speaker;
                same = true;
            }
        label l = label_cut(t->label);
        if (!same && l.name.len > 1)
            t->speaker = speaker_of(s, l);
    }
}
