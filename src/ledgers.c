/* The front of the ledger. */
#include <stdio.h>

#include "entente_inside.h"
#include "ledger/ledger.h"

int entente_ledger_open(const char *path, int to_write, entente_ledger **ret_ledger, entente_error *ret_error)
{
    return ledger_open(path, to_write ? LEDGER_WRITE : LEDGER_READ, ret_ledger, ret_error);
}

void entente_ledger_close(entente_ledger *l)
{
    ledger_close(l);
}

int entente_ledger_begin(entente_ledger *l, const entente_kb *kb, const char *keep, const char *options, const char *when,
                         int recode, entente_error *ret_error)
{
    uint32_t kept = name_find(ledger_keep_names, KEEP_COUNT, str_of(keep ? keep : "evidence"));
    if (kept == NONE)
        return error_set(ret_error, ENTENTE_USAGE, STR("--text"), UINT64_MAX, "full, evidence or none of a text is kept, not '%s'", keep);
    char noted[400];
    snprintf(noted, sizeof noted, "text=%s model=%016llx%s%.300s", ledger_keep_names[kept],
             kb->lang ? (unsigned long long)model_digest(lang_model(kb->lang)) : 0, options ? " " : "", options ? options : "");
    ledger_run run = {.version = str_of(ENTENTE_VERSION), .knowledge = kb_digest(kb->kb), .options = str_of(noted),
                      .when = str_of(when ? when : ""), .keep = (uint8_t)kept, .recode = recode != 0};
    return ledger_begin(l, kb->kb, &run, ret_error);
}

int entente_ledger_add(entente_ledger *l, const entente_kb *kb, const entente_doc *doc, entente_error *ret_error)
{
    return ledger_add(l, kb->kb, doc, ret_error);
}

int entente_ledger_commit(entente_ledger *l, uint64_t read, uint64_t rejected, entente_error *ret_error)
{
    ledger_count(l, read, rejected);
    return ledger_commit(l, ret_error);
}

int entente_ledger_correct(entente_ledger *l, const char *what, const char *id, const char *value, const char *because, const char *who,
                           const char *when, entente_error *ret_error)
{
    const ledger_correction c = {str_trim(str_of(id)), str_of(value ? value : ""), str_of(because ? because : ""),
                                 str_of(who ? who : ""), str_of(when ? when : "")};
    return ledger_correct(l, what, &c, ret_error);
}
