#include "lang/lang.h"

#include <stdlib.h>

struct lang {
    model *model;
};

int lang_open(const char *path, lang **ret_lang, entente_error *ret_error)
{
    lang *l = calloc(1, sizeof *l);
    if (!l)
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "out of memory");
    int code = model_open(path, &l->model, ret_error);
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

void lang_tag(doc *d, const lang *l)
{
    (void)l;
    d->done |= DONE_TAGS;
}

void lang_parse(doc *d, const lang *l, int mode, bool all)
{
    (void)l, (void)mode, (void)all;
    d->done |= DONE_TREES;
}
