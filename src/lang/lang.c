#include "lang/inside.h"

#include <stdlib.h>

/* Opens a section of cells: a power of two of them. */
static bool table_find(const model *m, const char *name, table *ret)
{
    str s = model_section(m, name);
    uint32_t bits = 0;
    while (bits < 24 && (4u << bits) < s.len)
        bits++;
    *ret = (table){(const uint32_t *)(const void *)s.at, bits};
    return s.len && s.len == 4u << bits;
}

/* Actions that are known, each once, and among them those without which a sentence cannot be walked to its end. */
static bool actions_sound(const lang *l)
{
    bool has[ACT_COUNT] = {0};
    for (uint32_t i = 0; i < l->action_count; i++) {
        if (l->actions[i] >= ACT_COUNT || has[l->actions[i]])
            return false;
        has[l->actions[i]] = true;
    }
    return l->action_count <= ACTIONS_MOST && has[ACT_SHIFT] && has[ACT_REDUCE] && has[ACT_LEFT + DEPREL_ROOT] && !has[ACT_RIGHT + DEPREL_ROOT];
}

static bool edits_sound(const lang *l)
{
    for (uint32_t i = 0; i < l->edit_count; i++)
        if (l->edits[i].len > sizeof l->edits[i].add || utf8_check((str){l->edits[i].add, l->edits[i].len}) != NONE)
            return false;
    return true;
}

static bool labels_sound(const lang *l)
{
    for (uint32_t i = 0; i < l->label_count; i++)
        if (l->labels[2 * i] >= UPOS_COUNT || l->labels[2 * i + 1] >= XPOS_COUNT)
            return false;
    return l->label_count > 0;
}

static bool find_sections(lang *l)
{
    str labels = model_section(l->model, "labels"), edits = model_section(l->model, "edits"), actions = model_section(l->model, "actions");
    l->labels = (const uint8_t *)labels.at;
    l->label_count = MIN(labels.len / 2, 255);
    l->edits = (const edit *)(const void *)edits.at;
    l->edit_count = edits.len / sizeof *l->edits;
    str kinds = model_section(l->model, "kinds");
    l->lexicon.kinds = (const form_kind *)(const void *)kinds.at;
    l->lexicon.kind_count = kinds.len / sizeof(form_kind);
    l->actions = (const uint8_t *)actions.at;
    l->action_count = actions.len;
    return labels_sound(l) && edits_sound(l) && actions_sound(l) && table_find(l->model, "forms", &l->lexicon.forms) && table_find(l->model, "classes", &l->lexicon.classes) &&
           table_find(l->model, "lemmas", &l->lemmas) && model_rows_find(l->model, "tags", &l->tags) &&
           model_rows_find(l->model, "fast", &l->fast) &&
           model_rows_find(l->model, "best", &l->best) && model_rows_find(l->model, "relate", &l->relate) &&
           l->fast.lanes <= ACTIONS_MOST && l->best.lanes <= ACTIONS_MOST;
}

int lang_open(const char *path, lang **ret_lang, entente_error *ret_error)
{
    lang *l = calloc(1, sizeof *l);
    if (!l)
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "out of memory");
    int code = model_open(path, &l->model, ret_error);
    if (!code && !find_sections(l)) {
        model_close(l->model);
        code = error_set(ret_error, ENTENTE_DATA, str_of(path), UINT64_MAX, "these weights lack a section, or one is broken");
    }
    if (code) {
        free(l);
        return code;
    }
    *ret_lang = l;
    return 0;
}

void lang_close(lang *l)
{
    if (!l)
        return;
    model_close(l->model);
    free(l);
}

const model *lang_model(const lang *l)
{
    return l->model;
}
