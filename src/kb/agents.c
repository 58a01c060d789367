/* Role nouns: 'agents SECTOR KIND [code CODE] [office OFFICE]', then lines of nouns, each "singular/plural", the plural
 * by rule where it is not written; "/" alone after a noun: it has no plural. */
#include "kb/build.h"

const char *const kb_agent_names[AGENT_COUNT] = {"person", "group", "body", "modifier"};

static void agent_add(kb_builder *b, kb_disk_agent d, str form, bool plural)
{
    d.plural = plural;
    kb_trie_add(b, KB_TRIE_AGENTS, form, kb_append(b, KB_AGENTS, &d, sizeof d));
}

static bool vowel_before(str noun)
{
    return noun.len > 1 && strchr("aeiou", noun.at[noun.len - 2]);
}

/* The regular plural of the last word. */
static str plural_of(kb_builder *b, str noun)
{
    int len = (int)noun.len;
    if (str_ends(noun, "man"))
        return arena_format(b->arena, "%.*smen", len - 3, noun.at);
    if (str_ends(noun, "y") && !vowel_before(noun))
        return arena_format(b->arena, "%.*sies", len - 1, noun.at);
    if (str_ends(noun, "s") || str_ends(noun, "ch") || str_ends(noun, "sh") || str_ends(noun, "x"))
        return arena_format(b->arena, "%.*ses", len, noun.at);
    return arena_format(b->arena, "%.*ss", len, noun.at);
}

static void agents_line(kb_builder *b, const kb_field *f, kb_disk_agent d)
{
    str rest = f->text;
    kb_item item;
    d.line = f->line;
    while (kb_item_next(b, f->line, &rest, &item)) {
        uint32_t slash = str_find(item.text, STR("/"));
        str noun = str_trim(str_part(item.text, 0, slash == NONE ? item.text.len : slash));
        bool plural_itself = d.kind == AGENT_GROUP;
        agent_add(b, d, noun, plural_itself);
        if (slash != NONE && slash + 1 < item.text.len)
            agent_add(b, d, str_trim(str_part(item.text, slash + 1, item.text.len)), true);
        else if (slash == NONE && (d.kind == AGENT_PERSON || d.kind == AGENT_BODY))
            agent_add(b, d, plural_of(b, noun), true);
    }
}

void kb_compile_agents(kb_builder *b, const kb_entry *e)
{
    str rest = e->rest, word, value;
    kb_disk_agent d = {0};
    kb_word_next(&rest, &word);
    d.sector = kb_put(b, str_is(word, "-") ? (str){0} : word);
    kb_word_next(&rest, &word);
    uint32_t kind = name_find(kb_agent_names, AGENT_COUNT, word);
    d.kind = (uint8_t)kind;
    d.code = d.office = kb_put(b, (str){0});
    while (kind != NONE && kb_word_next(&rest, &word) && kb_word_next(&rest, &value)) {
        if (str_is(word, "code"))
            d.code = kb_put(b, value);
        else if (str_is(word, "office"))
            d.office = kb_put(b, value);
        else
            kind = NONE;
    }
    if (kind == NONE) {
        kb_fault(b, e->line, "'agents SECTOR KIND [code CODE] [office OFFICE]' with a kind of person, group, body or modifier is wanted");
        return;
    }
    for (uint32_t i = 0; i < e->fields.count; i++)
        agents_line(b, &e->fields.at[i], d);
}

kb_agent kb_agent_at(const kb *k, uint32_t value)
{
    const kb_disk_agent *all = kb_records(k, KB_AGENTS, sizeof *all, NULL), *a = &all[value];
    return (kb_agent){kb_string(k, a->sector), kb_string(k, a->code), kb_string(k, a->office), a->kind, a->plural, a->line};
}
