/* entente date, reject, restore, remove, corrections: what people decide of a ledger, and the list of it. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "program.h"

const char *time_now(const settings *s, char *room)
{
    time_t now = time(NULL);
    struct tm parts;
    strftime(room, 32, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &parts));
    return s->value[OPT_WHEN] ? s->value[OPT_WHEN] : room;
}

static const char *who_decides(const settings *s)
{
    struct passwd *user = s->value[OPT_WHO] ? NULL : getpwuid(getuid());
    return s->value[OPT_WHO] ? s->value[OPT_WHO] : user ? user->pw_name : "unknown";
}

/* Opens the ledger to write and corrects each of these ids; the exit code. */
static int correct(const settings *s, const char *what, size_t count, const char *value)
{
    char when[32];
    entente_ledger *ledger = NULL;
    if (!s->value[OPT_BECAUSE] || !*s->value[OPT_BECAUSE]) {
        complain_text("%s wants a reason: --because 'why'; it is kept with the correction", what);
        return EXIT_WRONG_USE;
    }
    int code = open_ledger(s, false, &ledger); /* one that is not there is not made */
    entente_ledger_close(ledger);
    ledger = NULL;
    code = code ? code : open_ledger(s, true, &ledger);
    for (size_t i = 0; i < count && !code; i++) {
        entente_error error;
        int result = entente_ledger_correct(ledger, what, s->arguments[i], value, s->value[OPT_BECAUSE], who_decides(s), time_now(s, when), &error);
        if (result)
            complain(&error);
        code = exit_code(result);
    }
    entente_ledger_close(ledger);
    return code;
}

static int list(const settings *s, const char *what)
{
    entente_ledger *ledger = NULL;
    int code = open_ledger(s, false, &ledger);
    if (code)
        return code;
    entente_error error;
    int result = entente_ledger_list(ledger, what, s->value[OPT_FROM], s->value[OPT_TO], s->value[OPT_FORMAT] ? s->value[OPT_FORMAT] : "tsv",
                                     sink_file, stdout, &error);
    if (result)
        complain(&error);
    entente_ledger_close(ledger);
    return exit_code(result);
}

int command_date(const settings *s)
{
    if (!s->count)
        return list(s, "conflicts");
    if (s->count == 2)
        return correct(s, "date", 1, s->arguments[1]);
    complain_text("date wants a document and a day, as in: entente date 6bf620a075b7563f088853709e5feeb7 2020-10-12 --because 'why'");
    return EXIT_WRONG_USE;
}

static int correct_all(const settings *s, const char *what)
{
    if (s->count)
        return correct(s, what, s->count, NULL);
    complain_text("%s wants an id that stand, find, read or export gave", what);
    return EXIT_WRONG_USE;
}

int command_reject(const settings *s)
{
    return correct_all(s, "reject");
}

int command_restore(const settings *s)
{
    return correct_all(s, "restore");
}

int command_remove(const settings *s)
{
    return correct_all(s, "remove");
}

int command_corrections(const settings *s)
{
    return list(s, "corrections");
}
