/* Words of time and words that tell what a name is: 'times KIND' or 'words KIND', then lines "words; words = value" (the
 * value of a line without one is empty). */
#include "kb/build.h"

static void compile_words(kb_builder *b, const kb_entry *e, enum kb_trie trie)
{
    kb_pstr kind = kb_put(b, e->rest);
    for (uint32_t i = 0; i < e->fields.count; i++) {
        const kb_field *f = &e->fields.at[i];
        uint32_t equals = str_find(f->text, STR("="));
        str words = str_part(f->text, 0, equals == NONE ? f->text.len : equals);
        str value = equals == NONE ? (str){0} : str_trim(str_part(f->text, equals + 1, f->text.len));
        kb_disk_time d = {kind, kb_put(b, value), f->line};
        uint32_t number = kb_append(b, KB_TIMES, &d, sizeof d);
        kb_item item;
        while (kb_item_next(b, f->line, &words, &item))
            kb_trie_add(b, trie, item.text, number);
    }
}

void kb_compile_times(kb_builder *b, const kb_entry *e)
{
    compile_words(b, e, KB_TRIE_TIMES);
}

void kb_compile_words(kb_builder *b, const kb_entry *e)
{
    compile_words(b, e, KB_TRIE_WORDS);
}

kb_time kb_time_at(const kb *k, uint32_t value)
{
    const kb_disk_time *all = kb_records(k, KB_TIMES, sizeof *all, NULL), *t = &all[value];
    return (kb_time){kb_string(k, t->kind), kb_string(k, t->value), t->line};
}

kb_time kb_word_at(const kb *k, uint32_t value)
{
    return kb_time_at(k, value);
}
