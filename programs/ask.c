/* entente why, find, export: what is in a ledger, opened, searched and taken out. */
#include <stdlib.h>
#include <string.h>

#include "program.h"

int with_ledger(const settings *s, int (*ask)(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error))
{
    entente_kb *kb = NULL;
    entente_ledger *ledger = NULL;
    int code = open_knowledge(s, &kb);
    if (!code)
        code = open_ledger(s, false, &ledger);
    if (!code) {
        entente_error error;
        int result = ask(s, ledger, kb, &error);
        if (result)
            complain(&error);
        code = exit_code(result);
    }
    entente_ledger_close(ledger);
    entente_kb_close(kb);
    return code;
}

/* ---- why ---- */

static int why(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error)
{
    int code = 0;
    for (size_t i = 0; i < s->count && !code; i++)
        code = entente_ask_why(ledger, kb, s->arguments[i], sink_file, stdout, error);
    return code;
}

int command_why(const settings *s)
{
    if (!s->count) {
        complain_text("why wants an id that stand, find, read or export gave");
        return EXIT_WRONG_USE;
    }
    return with_ledger(s, why);
}

/* ---- find ---- */

/* Arguments as one string of words; free it. NULL without any. */
static char *joined(const settings *s)
{
    size_t len = 1;
    for (size_t i = 0; i < s->count; i++)
        len += strlen(s->arguments[i]) + 1;
    char *all = s->count ? calloc(len, 1) : NULL;
    for (size_t i = 0; all && i < s->count; i++) {
        strcat(all, i ? " " : "");
        strcat(all, s->arguments[i]);
    }
    return all;
}

/* Nothing found is told apart from nothing read. */
static void say_found(const entente_found *found)
{
    if (found->rows)
        return;
    if (found->documents)
        complain_text("nothing of the kind in what was read of that time: %llu documents and headlines of %llu outlets, on %llu days",
                      (unsigned long long)found->documents, (unsigned long long)found->outlets, (unsigned long long)found->days);
    else
        complain_text("nothing was read of that time, so nothing can be told");
}

static int find(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error)
{
    const char *limit = s->value[OPT_LIMIT], *format = s->value[OPT_FORMAT] ? s->value[OPT_FORMAT] : "tsv";
    char *words = joined(s);
    const entente_search wanted = {words, s->value[OPT_TYPE], s->value[OPT_ACTOR], s->value[OPT_RECIPIENT], s->value[OPT_FROM],
                                   s->value[OPT_TO], s->value[OPT_BY], limit ? atoi(limit) : 20};
    entente_found found;
    int code = entente_ask_find(ledger, kb, &wanted, format, &found, sink_file, stdout, error);
    if (!code && !s->value[OPT_QUIET])
        say_found(&found);
    free(words);
    return code;
}

int command_find(const settings *s)
{
    const char *limit = s->value[OPT_LIMIT];
    if (limit && atoi(limit) < 1) {
        complain_text("--limit wants a number from 1 on");
        return EXIT_WRONG_USE;
    }
    return with_ledger(s, find);
}

/* ---- export ---- */

static int export(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error)
{
    const char *unit = s->value[OPT_UNIT] ? s->value[OPT_UNIT] : "event";
    const entente_export how = {s->value[OPT_FORMAT] ? s->value[OPT_FORMAT] : "csv", s->value[OPT_SYSTEM], s->value[OPT_UNDIRECTED] != NULL,
                                s->value[OPT_FROM], s->value[OPT_TO]};
    if (s->value[OPT_OUTPUT])
        return entente_ask_package(ledger, kb, s->value[OPT_OUTPUT], &how, error);
    return entente_ask_export(ledger, kb, unit, &how, sink_file, stdout, error);
}

int command_export(const settings *s)
{
    if (s->value[OPT_OUTPUT] && s->value[OPT_UNIT]) {
        complain_text("export writes every table into the folder of --output; --unit is for one table on standard output");
        return EXIT_WRONG_USE;
    }
    return with_ledger(s, export);
}
