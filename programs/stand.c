/* entente stand and duties: how two powers stand on a day, how that moved, and whether duties were kept. */
#include <stdlib.h>
#include <string.h>

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

static const char *format_or(const settings *s, const char *usual)
{
    return s->value[OPT_FORMAT] ? s->value[OPT_FORMAT] : usual;
}

static int stand_pair(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error)
{
    return entente_ask_standing(ledger, kb, s->arguments[0], s->arguments[1], s->value[OPT_ON], window_of(s->value[OPT_WINDOW]),
                                format_or(s, "text"), wants_colour(s, stdout), sink_file, stdout, error);
}

static int stand_span(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error)
{
    return entente_ask_span(ledger, kb, s->arguments[0], s->arguments[1], s->value[OPT_FROM], s->value[OPT_TO], format_or(s, "text"),
                            wants_colour(s, stdout), sink_file, stdout, error);
}

static int stand_series(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error)
{
    return entente_ask_series(ledger, kb, s->arguments[0], s->arguments[1], s->value[OPT_FROM], s->value[OPT_TO], s->value[OPT_BY],
                              format_or(s, "csv"), sink_file, stdout, error);
}

static int stand_all(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error)
{
    const char *limit = s->value[OPT_LIMIT];
    return entente_ask_movers(ledger, kb, s->value[OPT_SINCE], s->value[OPT_ON], window_of(s->value[OPT_WINDOW]), limit ? atoi(limit) : 20,
                              format_or(s, "text"), wants_colour(s, stdout), sink_file, stdout, error);
}

int command_stand(const settings *s)
{
    bool span = s->value[OPT_FROM] || s->value[OPT_TO];
    if (s->value[OPT_ALL] && !s->count && s->value[OPT_SINCE] && !s->value[OPT_BY] && !span)
        return with_ledger(s, stand_all);
    if (s->count != 2 || s->value[OPT_ALL] || s->value[OPT_SINCE]) {
        complain_text("stand wants two powers, as in: entente stand RUS ARM --on 2020-10-15; or --all --since DATE");
        return EXIT_WRONG_USE;
    }
    if (span && (s->value[OPT_ON] || s->value[OPT_WINDOW])) {
        complain_text("stand wants --on and --window, or --from and --to, not both");
        return EXIT_WRONG_USE;
    }
    if (s->value[OPT_BY] && (s->value[OPT_ON] || s->value[OPT_WINDOW])) {
        complain_text("a series by %s wants --from and --to, not --on and --window", s->value[OPT_BY]);
        return EXIT_WRONG_USE;
    }
    return with_ledger(s, s->value[OPT_BY] ? stand_series : span ? stand_span : stand_pair);
}

static int duties(const settings *s, entente_ledger *ledger, const entente_kb *kb, entente_error *error)
{
    return entente_ask_duties(ledger, kb, s->arguments[0], s->value[OPT_ACTOR], s->value[OPT_FROM], s->value[OPT_TO], format_or(s, "text"),
                              wants_colour(s, stdout), sink_file, stdout, error);
}

int command_duties(const settings *s)
{
    if (s->count == 1)
        return with_ledger(s, duties);
    complain_text("duties wants the power that was attacked, as in: entente duties ARM --actor RUS");
    return EXIT_WRONG_USE;
}
