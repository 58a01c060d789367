/* Claims about ties, from text to rules: "claim TIE [formal] [practical] [began|ended] [no]". */
#include "kb/patterns.h"

void kb_compile_claim(kb_builder *b, const kb_entry *e)
{
    kb_disk_rule rule = {.purpose = PURPOSE_CLAIM};
    str rest = e->rest, word;
    kb_word_next(&rest, &word);
    uint32_t tie = name_find(tie_names, TIE_COUNT, word);
    if (tie == NONE) {
        kb_fault(b, e->line, "'%.*s' is no tie", (int)word.len, word.at);
        return;
    }
    rule.type = (uint8_t)tie;
    while (kb_word_next(&rest, &word)) {
        uint32_t change = name_find(change_names, CHANGE_COUNT, word);
        if (change != NONE)
            rule.change = (uint8_t)change;
        else if (str_is(word, "formal"))
            rule.scope |= 1;
        else if (str_is(word, "practical"))
            rule.scope |= 2;
        else if (str_is(word, "no"))
            rule.flags |= RULE_DENIES;
        else if (str_is(word, "mutual"))
            rule.flags |= RULE_MUTUAL;
        else if (str_is(word, "swap"))
            rule.flags |= RULE_SWAP;
        else
            kb_fault(b, e->line, "a claim is not '%.*s'", (int)word.len, word.at);
    }
    for (uint32_t i = 0; i < e->fields.count; i++)
        kb_patterns_read(b, e->fields.at[i].line, e->fields.at[i].text, rule);
}
