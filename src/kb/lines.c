/* Lexicon text into entries with their fields and examples. The notation is told in docs/lexicon.md. */
#include <stdarg.h>
#include <stdio.h>

#include "kb/build.h"

void kb_fault(kb_builder *b, uint32_t line, const char *format, ...)
{
    char text[300];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    b->fault_count++;
    if (line == NONE) {
        buffer_format(b->faults, "%s\n", text);
        return;
    }
    const kb_disk_line *l = &b->lines.at[line];
    const char *file = b->section[KB_STRINGS].at + l->file.at;
    buffer_format(b->faults, "%.*s:%u: %s\n", (int)l->file.len, file, l->number, text);
}

bool kb_word_next(str *rest, str *ret)
{
    *rest = str_trim(*rest);
    uint32_t len = 0;
    while (len < rest->len && rest->at[len] != ' ' && rest->at[len] != '\t')
        len++;
    *ret = str_part(*rest, 0, len);
    *rest = str_trim(str_part(*rest, len, rest->len));
    return len > 0;
}

bool kb_day_read(kb_builder *b, uint32_t line, str word, day *ret)
{
    date d;
    if (str_is(word, "-") || !word.len) {
        *ret = NO_DAY;
        return true;
    }
    if (!date_parse(word, &d)) {
        kb_fault(b, line, "'%.*s' is no date", (int)word.len, word.at);
        return false;
    }
    *ret = d.from;
    return true;
}

static void spell_read(kb_builder *b, uint32_t line, str inside, date *ret)
{
    uint32_t dots = str_find(inside, STR(".."));
    if (dots == NONE) {
        kb_fault(b, line, "a spell is written [from..to], not [%.*s]", (int)inside.len, inside.at);
        return;
    }
    kb_day_read(b, line, str_trim(str_part(inside, 0, dots)), &ret->from);
    kb_day_read(b, line, str_trim(str_part(inside, dots + 2, inside.len)), &ret->to);
}

bool kb_item_next(kb_builder *b, uint32_t line, str *rest, kb_item *ret)
{
    str part;
    do {
        if (!str_next(rest, ';', &part))
            return false;
        part = str_trim(part);
    } while (!part.len);
    *ret = (kb_item){part, NO_DATE};
    uint32_t open = str_find(part, STR("["));
    if (open != NONE && part.at[part.len - 1] == ']') {
        spell_read(b, line, str_part(part, open + 1, part.len - 1), &ret->spell);
        ret->text = str_trim(str_part(part, 0, open));
    }
    return true;
}

const kb_field *kb_field_of(const kb_entry *e, const char *key)
{
    for (uint32_t i = 0; i < e->fields.count; i++)
        if (str_is(e->fields.at[i].key, key))
            return &e->fields.at[i];
    return NULL;
}

/* Where the reader of one file stands. */
typedef struct reading {
    kb_pstr file;
    day known_until;
    uint32_t entry; /* in b->entries, or NONE */
    uint32_t above; /* the line that examples belong to */
} reading;

static uint32_t line_add(kb_builder *b, kb_pstr file, uint32_t number, str text)
{
    *vec_push(b->arena, &b->lines) = (kb_disk_line){file, kb_put(b, text), number};
    return b->lines.count - 1;
}

static void example_add(kb_builder *b, reading *r, uint32_t line, str text)
{
    kb_disk_example e = {line, r->above, (uint32_t)text.at[0], kb_put(b, str_trim(str_part(text, 1, text.len)))};
    kb_append(b, KB_EXAMPLES, &e, sizeof e);
}

static void field_add(kb_builder *b, reading *r, uint32_t line, str text)
{
    if (r->entry == NONE) {
        kb_fault(b, line, "an indented line without an entry above it");
        return;
    }
    kb_field *f = vec_push(b->arena, &b->entries.at[r->entry].fields);
    *f = (kb_field){.text = text, .rest = text, .line = line};
    kb_word_next(&f->rest, &f->key);
    r->above = line;
}

static void head_add(kb_builder *b, reading *r, uint32_t line, str text)
{
    str rest = text, kind, second;
    kb_word_next(&rest, &kind);
    if (str_is(kind, "known")) {
        kb_word_next(&rest, &second);
        kb_day_read(b, line, rest, &r->known_until);
        return;
    }
    *vec_push(b->arena, &b->entries) = (kb_entry){.kind = kind, .rest = rest, .line = line, .known_until = r->known_until};
    r->entry = b->entries.count - 1;
    r->above = line;
}

static void line_read(kb_builder *b, reading *r, uint32_t number, str raw)
{
    str text = str_trim(raw);
    if (!text.len || text.at[0] == '#')
        return;
    uint32_t line = line_add(b, r->file, number, raw);
    if (utf8_check(raw) != NONE)
        kb_fault(b, line, "not UTF-8");
    else if (strchr("@>=!?", raw.at[0]))
        example_add(b, r, line, text);
    else if (raw.at[0] == ' ' || raw.at[0] == '\t')
        field_add(b, r, line, text);
    else
        head_add(b, r, line, text);
}

void kb_lines_read(kb_builder *b, kb_source source)
{
    reading r = {kb_put(b, source.file), NO_DAY, NONE, NONE};
    str rest = source.text, raw;
    for (uint32_t number = 1; str_next(&rest, '\n', &raw); number++) {
        if (raw.len && raw.at[raw.len - 1] == '\r')
            raw.len--;
        line_read(b, &r, number, raw);
    }
}
