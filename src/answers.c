/* The front of the answers: from what somebody typed to what is asked, and the answer to its sink. */
#include "ask/ask.h"
#include "entente_inside.h"

enum { ANSWER_MEMORY = 1 << 30, WINDOW_MOST = 36525, LIMIT_MOST = 1000000 };

/* ---- what was typed ---- */

static int power_of(const kb *k, arena *a, const char *text, uint32_t *ret, entente_error *ret_error)
{
    str near = {"", 0};
    *ret = NONE;
    if (!text)
        return 0;
    *ret = ask_power(k, a, str_of(text), &near);
    if (*ret != NONE)
        return 0;
    return error_set(ret_error, ENTENTE_USAGE, str_of(text), UINT64_MAX, "no such power; did you mean %.*s?", (int)near.len, near.at);
}

static int two_powers(const kb *k, arena *memory, const char *a, const char *b, uint32_t ret[2], entente_error *ret_error)
{
    int code = power_of(k, memory, a, &ret[0], ret_error);
    if (!code)
        code = power_of(k, memory, b, &ret[1], ret_error);
    if (!code && ret[0] == ret[1])
        code = error_set(ret_error, ENTENTE_USAGE, str_of(b), UINT64_MAX, "the two powers are the same");
    return code;
}

/* The first or the last day that it may mean; NO_DAY where nothing was typed. */
static int day_of_text(const char *text, bool last, day *ret, entente_error *ret_error)
{
    date d = NO_DATE;
    if (text && !date_parse(str_of(text), &d))
        return error_set(ret_error, ENTENTE_USAGE, str_of(text), UINT64_MAX, "is no day; write it as 2020-10-15");
    *ret = last ? d.to : d.from;
    return 0;
}

static int span_of(const char *from, const char *to, day ret[2], entente_error *ret_error)
{
    int code = day_of_text(from, false, &ret[0], ret_error);
    if (!code)
        code = day_of_text(to, true, &ret[1], ret_error);
    if (!code && from && to && ret[0] > ret[1])
        code = error_set(ret_error, ENTENTE_USAGE, str_of(from), UINT64_MAX, "begins after %s, where it ends", to);
    return code;
}

static int one_day(const char *text, day *ret, entente_error *ret_error)
{
    day to = NO_DAY;
    int code = day_of_text(text, false, ret, ret_error);
    if (!code)
        code = day_of_text(text, true, &to, ret_error);
    if (!code && to != *ret)
        code = error_set(ret_error, ENTENTE_USAGE, str_of(text), UINT64_MAX, "is no day; write it as 2020-10-15");
    return code;
}

static int window_of(int window, entente_error *ret_error)
{
    if (window >= 1 && window <= WINDOW_MOST)
        return 0;
    return error_set(ret_error, ENTENTE_USAGE, STR("--window"), UINT64_MAX, "from 1 to %d days", WINDOW_MOST);
}

static int separator_of(const char *format, char *ret, entente_error *ret_error)
{
    static const struct {
        const char *name;
        char separator;
    } formats[] = {{"csv", ','}, {"tsv", '\t'}, {"jsonl", 0}};
    for (size_t i = 0; i < COUNT(formats); i++)
        if (!strcmp(format, formats[i].name)) {
            *ret = formats[i].separator;
            return 0;
        }
    return error_set(ret_error, ENTENTE_USAGE, STR("--format"), UINT64_MAX, "csv, tsv or jsonl, not '%s'", format);
}

/* ---- an answer on its way ---- */

typedef struct answering {
    entente_ledger *l;
    const kb *k;
    arena *memory;
    buffer out;
    bool json, colour;
    const void *question;
    entente_error *error;
} answering;

/* Runs `part` in memory of its own, which it may jump out of, and hands what it wrote to the sink. */
static int run_in_memory(answering *a, int (*part)(answering *a), const char *what, entente_sink *sink, void *closure)
{
    int code;
    a->memory = arena_new(ANSWER_MEMORY);
    if (!a->memory || setjmp(*arena_escape(a->memory)))
        code = error_set(a->error, ENTENTE_IO, str_of(what), UINT64_MAX, "out of memory");
    else
        code = part(a);
    arena_free(a->memory);
    if (!code)
        return sink_buffer(&a->out, sink, closure, a->error);
    buffer_free(&a->out);
    return code;
}

static int people_or_json(answering *a, const char *format)
{
    a->json = !strcmp(format, "json");
    if (a->json || !strcmp(format, "text"))
        return 0;
    return error_set(a->error, ENTENTE_USAGE, STR("--format"), UINT64_MAX, "text or json, not '%s'", format);
}

/* ---- stand ---- */

/* The days are `on` and the window before it, or from .. to. */
typedef struct stand_question {
    const char *a, *b, *on, *from, *to;
    int window;
} stand_question;

enum { YEAR = 365 };

static int stand_days(const stand_question *q, standing_wish *w, entente_error *ret_error)
{
    day span[2];
    int code = span_of(q->from, q->to, span, ret_error);
    if (code || (!q->from && !q->to))
        return code ? code : one_day(q->on, &w->on, ret_error);
    w->on = span[1] != NO_DAY ? span[1] : span[0] + YEAR - 1;
    w->window = span[0] != NO_DAY ? w->on - span[0] + 1 : YEAR;
    return 0;
}

static int stand(answering *a)
{
    const stand_question *q = a->question;
    uint32_t powers[2];
    standing_wish w = {.window = q->window, .every = a->json};
    standing s;
    int code = two_powers(a->k, a->memory, q->a, q->b, powers, a->error);
    if (!code)
        code = stand_days(q, &w, a->error);
    if (!code)
        code = window_of(w.window, a->error);
    w.a = powers[0];
    w.b = powers[1];
    if (!code)
        code = ask_standing(a->l, a->k, a->memory, &w, &s, a->error);
    if (!code && a->json)
        standing_json(&s, &a->out);
    else if (!code)
        standing_text(&s, a->colour, &a->out);
    return code;
}

int entente_ask_standing(entente_ledger *l, const entente_kb *kb, const char *a, const char *b, const char *on, int window,
                         const char *format, int colour, entente_sink *sink, void *closure, entente_error *ret_error)
{
    const stand_question q = {.a = a, .b = b, .on = on, .window = window};
    answering an = {.l = l, .k = kb->kb, .colour = colour, .question = &q, .error = ret_error};
    int code = people_or_json(&an, format);
    return code ? code : run_in_memory(&an, stand, "stand", sink, closure);
}

int entente_ask_span(entente_ledger *l, const entente_kb *kb, const char *a, const char *b, const char *from, const char *to,
                     const char *format, int colour, entente_sink *sink, void *closure, entente_error *ret_error)
{
    const stand_question q = {.a = a, .b = b, .from = from, .to = to, .window = YEAR};
    answering an = {.l = l, .k = kb->kb, .colour = colour, .question = &q, .error = ret_error};
    int code = people_or_json(&an, format);
    return code ? code : run_in_memory(&an, stand, "stand", sink, closure);
}

/* ---- series ---- */

typedef struct series_question {
    const char *a, *b, *from, *to, *by;
    char separator;
} series_question;

static int series(answering *a)
{
    const series_question *q = a->question;
    uint32_t powers[2];
    day span[2] = {NO_DAY, NO_DAY};
    series_wish w = {.by = !strcmp(q->by, "year") ? BY_YEAR : BY_MONTH};
    if (strcmp(q->by, "year") && strcmp(q->by, "month"))
        return error_set(a->error, ENTENTE_USAGE, STR("--by"), UINT64_MAX, "a series goes by month or year, not '%s'", q->by);
    int code = two_powers(a->k, a->memory, q->a, q->b, powers, a->error);
    if (!code)
        code = span_of(q->from, q->to, span, a->error);
    w.a = powers[0];
    w.b = powers[1];
    w.from = span[0];
    w.to = span[1];
    return code ? code : ask_series(a->l, a->k, a->memory, &w, q->separator, &a->out, a->error);
}

int entente_ask_series(entente_ledger *l, const entente_kb *kb, const char *a, const char *b, const char *from, const char *to, const char *by,
                       const char *format, entente_sink *sink, void *closure, entente_error *ret_error)
{
    series_question q = {a, b, from, to, by, 0};
    answering an = {.l = l, .k = kb->kb, .question = &q, .error = ret_error};
    int code = separator_of(format, &q.separator, ret_error);
    return code ? code : run_in_memory(&an, series, "stand", sink, closure);
}

/* ---- movers ---- */

typedef struct movers_question {
    const char *since, *on;
    int window, most;
} movers_question;

static int find_movers(answering *a)
{
    const movers_question *q = a->question;
    movers_wish w = {.window = q->window, .most = (uint32_t)q->most};
    movers m;
    int code = one_day(q->since, &w.since, a->error);
    if (!code)
        code = one_day(q->on, &w.on, a->error);
    if (!code)
        code = window_of(q->window, a->error);
    if (!code && (q->most < 1 || q->most > LIMIT_MOST))
        code = error_set(a->error, ENTENTE_USAGE, STR("--limit"), UINT64_MAX, "from 1 to %d", LIMIT_MOST);
    if (!code && w.since == NO_DAY)
        code = error_set(a->error, ENTENTE_USAGE, STR("--since"), UINT64_MAX, "a day is wanted");
    if (!code)
        code = ask_movers(a->l, a->k, a->memory, &w, &m, a->error);
    if (!code && a->json)
        movers_json(&m, &a->out);
    else if (!code)
        movers_text(&m, a->colour, &a->out);
    return code;
}

int entente_ask_movers(entente_ledger *l, const entente_kb *kb, const char *since, const char *on, int window, int most, const char *format,
                       int colour, entente_sink *sink, void *closure, entente_error *ret_error)
{
    const movers_question q = {since, on, window, most};
    answering an = {.l = l, .k = kb->kb, .colour = colour, .question = &q, .error = ret_error};
    int code = people_or_json(&an, format);
    return code ? code : run_in_memory(&an, find_movers, "stand", sink, closure);
}

/* ---- duties ---- */

typedef struct duties_question {
    const char *ally, *obliged, *from, *to;
} duties_question;

static int test_duties(answering *a)
{
    const duties_question *q = a->question;
    day span[2] = {NO_DAY, NO_DAY};
    duty_wish w = {.known = NO_DAY, .every = true};
    duties d;
    int code = power_of(a->k, a->memory, q->ally, &w.ally, a->error);
    if (!code)
        code = power_of(a->k, a->memory, q->obliged, &w.obliged, a->error);
    if (!code)
        code = span_of(q->from, q->to, span, a->error);
    w.from = span[0];
    w.to = span[1];
    if (!code)
        code = ask_duties(a->l, a->k, a->memory, &w, &d, a->error);
    if (!code && a->json) {
        duties_json(&d, &a->out);
        buffer_char(&a->out, '\n');
    } else if (!code) {
        duties_text(&d, a->colour, &a->out);
    }
    return code;
}

int entente_ask_duties(entente_ledger *l, const entente_kb *kb, const char *ally, const char *obliged, const char *from, const char *to,
                       const char *format, int colour, entente_sink *sink, void *closure, entente_error *ret_error)
{
    const duties_question q = {ally, obliged, from, to};
    answering an = {.l = l, .k = kb->kb, .colour = colour, .question = &q, .error = ret_error};
    int code = people_or_json(&an, format);
    return code ? code : run_in_memory(&an, test_duties, "duties", sink, closure);
}

/* ---- why ---- */

int entente_ask_why(entente_ledger *l, const entente_kb *kb, const char *id, entente_sink *sink, void *closure, entente_error *ret_error)
{
    buffer out = {0};
    int code = ask_why(l, kb->kb, str_trim(str_of(id)), &out, ret_error);
    if (!code)
        return sink_buffer(&out, sink, closure, ret_error);
    buffer_free(&out);
    return code;
}

/* ---- export ---- */

static int export_wish_of(const entente_export *how, export_wish *ret, entente_error *ret_error)
{
    day span[2];
    uint32_t number = name_find(kb_code_systems, KB_CODES_COUNT, str_of(how->system ? how->system : "iso"));
    if (number == NONE)
        return error_set(ret_error, ENTENTE_USAGE, STR("--system"), UINT64_MAX, "iso, cow or gw, not '%s'", how->system);
    int code = span_of(how->from, how->to, span, ret_error);
    if (code)
        return code;
    *ret = (export_wish){.system = (int)number, .undirected = how->undirected != 0, .from = span[0], .to = span[1]};
    return separator_of(how->format, &ret->separator, ret_error);
}

int entente_ask_export(entente_ledger *l, const entente_kb *kb, const char *unit, const entente_export *how,
                       entente_sink *sink, void *closure, entente_error *ret_error)
{
    export_wish w;
    int code = export_wish_of(how, &w, ret_error);
    return code ? code : ask_export(l, kb->kb, str_of(unit), &w, sink, closure, ret_error);
}

int entente_ask_package(entente_ledger *l, const entente_kb *kb, const char *folder, const entente_export *how,
                        entente_error *ret_error)
{
    export_wish w;
    int code = export_wish_of(how, &w, ret_error);
    return code ? code : ask_package(l, kb->kb, folder, &w, ret_error);
}

/* ---- find ---- */

typedef struct find_question {
    const entente_search *wanted;
    entente_found *found;
    char separator;
} find_question;

static int power_text(answering *a, const char *text, str *ret)
{
    uint32_t power;
    int code = power_of(a->k, a->memory, text, &power, a->error);
    *ret = power == NONE ? (str){"", 0} : kb_entity_at(a->k, power).identifier;
    return code;
}

static str text_or_none(const char *text)
{
    return str_of(text ? text : "");
}

static int find(answering *a)
{
    const find_question *q = a->question;
    const entente_search *e = q->wanted;
    search s = {.words = text_or_none(e->words), .type = text_or_none(e->type), .from = text_or_none(e->from), .to = text_or_none(e->to),
                .by = text_or_none(e->by), .limit = e->limit};
    day span[2];
    reading read;
    int code = power_text(a, e->actor, &s.actor);
    if (!code)
        code = power_text(a, e->recipient, &s.recipient);
    if (!code)
        code = span_of(e->from, e->to, span, a->error);
    if (!code && e->type && name_find(event_names, EVENT_COUNT, s.type) == NONE)
        code = error_set(a->error, ENTENTE_USAGE, s.type, UINT64_MAX, "no such type of event; PLOVER has AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE,"
                         " AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT");
    if (!code)
        code = ask_find(a->l, a->memory, &s, q->separator, &a->out, &q->found->rows, &read, a->error);
    if (!code) {
        q->found->documents = (uint64_t)(read.documents + read.headlines);
        q->found->days = (uint64_t)read.days;
        q->found->outlets = (uint64_t)read.outlets;
    }
    return code;
}

int entente_ask_find(entente_ledger *l, const entente_kb *kb, const entente_search *wanted, const char *format, entente_found *ret_found,
                     entente_sink *sink, void *closure, entente_error *ret_error)
{
    entente_found found = {0, 0, 0, 0};
    find_question q = {wanted, &found, 0};
    answering an = {.l = l, .k = kb->kb, .question = &q, .error = ret_error};
    int code = separator_of(format, &q.separator, ret_error);
    if (!code)
        code = run_in_memory(&an, find, "find", sink, closure);
    if (!code && ret_found)
        *ret_found = found;
    return code;
}

int entente_ledger_list(entente_ledger *l, const char *what, const char *from, const char *to, const char *format, entente_sink *sink,
                        void *closure, entente_error *ret_error)
{
    char separator = 0;
    buffer out = {0};
    int code = separator_of(format, &separator, ret_error);
    if (!code)
        code = ledger_list(l, what, str_of(from ? from : ""), str_of(to ? to : ""), separator, &out, ret_error);
    if (!code)
        return sink_buffer(&out, sink, closure, ret_error);
    buffer_free(&out);
    return code;
}
