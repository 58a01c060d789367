/* entente stand: how two powers stand on a day. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

/* "365d" or "365"; 0 for what is none. */
static int window_of(const char *text)
{
    char *end;
    long days = text ? strtol(text, &end, 10) : 365;
    if (text && (end == text || (*end && strcmp(end, "d"))))
        return 0;
    return days < 1 || days > 1000000 ? 0 : (int)days;
}

static int ask(const settings *s, entente_ledger *ledger, const entente_kb *kb)
{
    entente_error error;
    const char *format = s->value[OPT_FORMAT] ? s->value[OPT_FORMAT] : "text";
    int code = entente_ask_standing(ledger, kb, s->arguments[0], s->arguments[1], s->value[OPT_ON], window_of(s->value[OPT_WINDOW]),
                                    format, wants_colour(s, stdout), sink_file, stdout, &error);
    if (code)
        complain(&error);
    return exit_code(code);
}

int command_stand(const settings *s)
{
    entente_kb *kb = NULL;
    entente_ledger *ledger = NULL;
    if (s->count != 2) {
        complain_text("stand wants two powers, as in: entente stand RUS ARM --on 2020-10-15");
        return EXIT_WRONG_USE;
    }
    int code = open_knowledge(s, &kb);
    if (!code)
        code = open_ledger(s, false, &ledger);
    if (!code)
        code = ask(s, ledger, kb);
    entente_ledger_close(ledger);
    entente_kb_close(kb);
    return code;
}
