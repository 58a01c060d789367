/* What the fields of ties and bodies have in common: powers, then dates, then words for people. */
#include "kb/build.h"

int kb_number_of(str word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (str_is(word, names[i]))
            return i;
    return -1;
}

bool kb_spells_meet(date x, date y)
{
    bool x_first = x.to != NO_DAY && y.from != NO_DAY && x.to <= y.from;
    bool y_first = y.to != NO_DAY && x.from != NO_DAY && y.to <= x.from;
    return !x_first && !y_first;
}

str kb_cited(kb_builder *b, const kb_entry *e)
{
    str all = {0};
    for (uint32_t i = 0; i < e->fields.count; i++) {
        str more = e->fields.at[i].rest;
        if (!str_is(e->fields.at[i].key, "cite") || !more.len)
            continue;
        all = all.len ? arena_format(b->arena, "%.*s; %.*s", (int)all.len, all.at, (int)more.len, more.at) : more;
    }
    if (!all.len)
        kb_fault(b, e->line, "%.*s %.*s has no citation", (int)e->kind.len, e->kind.at, (int)e->rest.len, e->rest.at);
    return all;
}

static bool is_date_like(str word)
{
    return word.len && ((word.at[0] >= '0' && word.at[0] <= '9') || str_is(word, "-"));
}

static bool subject_add(kb_builder *b, uint32_t line, str word, kb_span *s)
{
    kb_subject who = {NONE, NONE};
    uint32_t plus = str_find(word, STR("+"));
    if (!str_is(word, "*")) {
        who.a = kb_entity_wanted(b, line, str_part(word, 0, MIN(plus, word.len)));
        if (who.a == NONE)
            return false;
    }
    if (plus != NONE) {
        who.b = kb_entity_wanted(b, line, str_part(word, plus + 1, word.len));
        if (who.b == NONE)
            return false;
    }
    *vec_push(b->arena, &s->who) = who;
    return true;
}

/* The powers end at the first one that no ';' follows. */
static bool subjects_read(kb_builder *b, uint32_t line, str *rest, kb_span *s)
{
    str word;
    bool more = true, good = true;
    while (more && kb_word_next(rest, &word)) {
        more = str_ends(word, ";");
        good &= subject_add(b, line, str_part(word, 0, word.len - more), s);
    }
    if (!s->who.count && good)
        kb_fault(b, line, "a power is wanted");
    return good && s->who.count;
}

static bool spell_check(kb_builder *b, const kb_entry *e, const kb_span *s)
{
    if (s->spell.from == NO_DAY) {
        kb_fault(b, s->line, "a begin is wanted");
        return false;
    }
    if (s->spell.to != NO_DAY && s->spell.to <= s->spell.from) {
        kb_fault(b, s->line, "a spell that ends before it begins");
        return false;
    }
    if (e->known_until == NO_DAY)
        kb_fault(b, s->line, "no 'known until' stands above it");
    else if (s->spell.from > e->known_until)
        kb_fault(b, s->line, "begins after the day until which the file claims to know");
    return true;
}

bool kb_span_read(kb_builder *b, const kb_entry *e, const kb_field *f, int dates, kb_span *ret)
{
    str rest = f->rest, words, word;
    *ret = (kb_span){.spell = NO_DATE, .line = f->line};
    if (rest.len && rest.at[0] == '?') {
        ret->doubtful = true;
        rest = str_trim(str_part(rest, 1, rest.len));
    }
    if (!subjects_read(b, f->line, &rest, ret))
        return false;
    words = str_part(rest, 0, 0);
    while (kb_word_next(&rest, &word) && !is_date_like(word))
        words.len = (uint32_t)(word.at + word.len - words.at);
    ret->words = words;
    if (!is_date_like(word)) {
        kb_fault(b, f->line, "a date is wanted");
        return false;
    }
    if (!kb_day_read(b, f->line, word, &ret->spell.from))
        return false;
    if (dates > 1 && (!kb_word_next(&rest, &word) || !is_date_like(word))) {
        kb_fault(b, f->line, "a second date, or '-', is wanted");
        return false;
    }
    if (dates > 1 && !kb_day_read(b, f->line, word, &ret->spell.to))
        return false;
    ret->note = rest;
    return spell_check(b, e, ret);
}
