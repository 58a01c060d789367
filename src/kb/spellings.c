/* Names that are spelled in many ways: 'spelled SCRIPT', then lines "Mohamed; Mohammed; Muhammad" of words, or "-yan; -ian" of
 * endings. Every name of a person gets the others too; what a line of an office writes out itself comes before them. */
#include "kb/build.h"

enum { MOST_SPELLINGS = 10, LEAST_STEM = 4 };

/* The lines of all entries, looked up by folded word; an ending is looked up with its dash. */
typedef struct speller {
    kb_builder *b;
    map *line_of; /* to number in lines */
    VEC(str) lines;
} speller;

static void speller_add(speller *s, const kb_field *f)
{
    str rest = f->text;
    kb_item item;
    *vec_push(s->b->arena, &s->lines) = f->text;
    while (kb_item_next(s->b, f->line, &rest, &item)) {
        str folded = utf8_fold(s->b->arena, item.text);
        if (map_get(s->line_of, folded) != NONE)
            kb_fault(s->b, f->line, "'%.*s' stands in two lines of spellings", (int)item.text.len, item.text.at);
        map_add(s->line_of, folded, s->lines.count - 1);
    }
}

void kb_compile_spelled(kb_builder *b, const kb_entry *e)
{
    for (uint32_t i = 0; i < e->fields.count; i++)
        if (str_find(e->fields.at[i].text, STR(";")) == NONE)
            kb_fault(b, e->fields.at[i].line, "a line of spellings has two or more, joined by ';'");
}

/* Ways to write one word: itself, then what its line or the line of its ending has. */
static uint32_t word_spellings(speller *s, str word, str ret[MOST_SPELLINGS])
{
    str folded = utf8_fold(s->b->arena, word), part, rest = {0};
    uint32_t line = map_get(s->line_of, folded), count = 0, stem = word.len;
    ret[count++] = word;
    for (uint32_t end = 5; line == NONE && end >= 2; end--)
        if (word.len >= end + LEAST_STEM) {
            line = map_get(s->line_of, arena_format(s->b->arena, "-%.*s", (int)end, word.at + word.len - end));
            stem = word.len - end;
        }
    if (line != NONE)
        rest = s->lines.at[line];
    while (count < MOST_SPELLINGS && str_next(&rest, ';', &part)) {
        part = str_trim(part);
        str way = part.at[0] == '-' ? arena_format(s->b->arena, "%.*s%.*s", (int)stem, word.at, (int)part.len - 1, part.at + 1) : part;
        if (!str_equal_nocase(way, word))
            ret[count++] = way;
    }
    return count;
}

/* Adds the name with one word of it spelled otherwise, for every word. */
static void name_respell(speller *s, str name, uint32_t entity)
{
    for (uint32_t at = 0, end; at < name.len; at = end + 1) {
        for (end = at; end < name.len && name.at[end] != ' ' && name.at[end] != '-'; end++)
            ;
        str ways[MOST_SPELLINGS];
        for (uint32_t k = word_spellings(s, str_part(name, at, end), ways); k-- > 1;)
            kb_add_name(s->b, arena_format(s->b->arena, "%.*s%.*s%.*s", (int)at, name.at, (int)ways[k].len, ways[k].at, (int)(name.len - end), name.at + end),
                        entity, USE_NAME, false, NO_DATE);
    }
}

void kb_spell_persons(kb_builder *b)
{
    speller s = {.b = b, .line_of = map_new(b->arena)};
    for (uint32_t i = 0; i < b->entries.count; i++)
        for (uint32_t n = 0; str_is(b->entries.at[i].kind, "spelled") && !b->entries.at[i].replaced && n < b->entries.at[i].fields.count; n++)
            speller_add(&s, &b->entries.at[i].fields.at[n]);
    uint32_t count = s.lines.count ? kb_count(b, KB_NAMES, sizeof(kb_disk_name)) : 0;
    for (uint32_t i = 0; i < count; i++) {
        kb_disk_name n = ((const kb_disk_name *)(void *)b->section[KB_NAMES].at)[i];
        const kb_disk_entity *e = &((const kb_disk_entity *)(void *)b->section[KB_ENTITIES].at)[n.entity];
        if (e->class == CLASS_PERSON && n.use == USE_NAME)
            name_respell(&s, arena_copy(b->arena, (str){(const char *)b->section[KB_STRINGS].at + n.text.at, n.text.len}), n.entity);
    }
}
