/* The front of the ledger and of its answers. */
#include <stdlib.h>

#include "ask/ask.h"
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
    ledger_run run = {.version = str_of(ENTENTE_VERSION), .knowledge = kb_digest(kb->kb), .options = str_of(options ? options : ""),
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

int entente_ledger_list(entente_ledger *l, const char *what, const char *from, const char *to, const char *format, entente_sink *sink,
                        void *closure, entente_error *ret_error)
{
    static const char *const formats[] = {"csv", "tsv", "jsonl"};
    static const char separators[] = {',', '\t', 0};
    uint32_t known = name_find(formats, COUNT(formats), str_of(format));
    if (known == NONE)
        return error_set(ret_error, ENTENTE_USAGE, STR("--format"), UINT64_MAX, "csv, tsv or jsonl, not '%s'", format);
    buffer out = {0};
    int code = ledger_list(l, what, str_of(from ? from : ""), str_of(to ? to : ""), separators[known], &out, ret_error);
    if (!code)
        return sink_buffer(&out, sink, closure, ret_error);
    buffer_free(&out);
    return code;
}

/* ---- asking ---- */

enum { ANSWER_MEMORY = 512 << 20, WINDOW_MOST = 36525 };

static int power_of(const kb *k, arena *a, const char *text, uint32_t *ret, entente_error *ret_error)
{
    str near = {"", 0};
    *ret = ask_power(k, a, str_of(text), &near);
    if (*ret != NONE)
        return 0;
    return error_set(ret_error, ENTENTE_USAGE, str_of(text), UINT64_MAX, "no such power; did you mean %.*s?", (int)near.len, near.at);
}

/* What was asked, still as text. */
typedef struct question {
    const char *a, *b, *on, *format;
    int window;
    bool colour;
} question;

static int answer(entente_ledger *l, const kb *k, arena *memory, const question *q, buffer *out, entente_error *ret_error)
{
    uint32_t a, b;
    date on = NO_DATE;
    standing s;
    int code = power_of(k, memory, q->a, &a, ret_error);
    if (!code)
        code = power_of(k, memory, q->b, &b, ret_error);
    if (code)
        return code;
    if (a == b)
        return error_set(ret_error, ENTENTE_USAGE, str_of(q->b), UINT64_MAX, "the two powers are the same");
    if (q->on && (!date_parse(str_of(q->on), &on) || on.from != on.to))
        return error_set(ret_error, ENTENTE_USAGE, str_of(q->on), UINT64_MAX, "is no day; write it as 2020-10-15");
    if (q->window < 1 || q->window > WINDOW_MOST)
        return error_set(ret_error, ENTENTE_USAGE, STR("--window"), UINT64_MAX, "from 1 to %d days", WINDOW_MOST);
    code = ask_standing(l, k, memory, a, b, on.from, q->window, &s, ret_error);
    if (code)
        return code;
    if (!strcmp(q->format, "json"))
        standing_json(&s, out);
    else
        standing_text(&s, q->colour, out);
    return 0;
}

int entente_ask_standing(entente_ledger *l, const entente_kb *kb, const char *a, const char *b, const char *on, int window,
                         const char *format, int colour, entente_sink *sink, void *closure, entente_error *ret_error)
{
    const question q = {a, b, on, format, window, colour != 0};
    buffer out = {0};
    arena *memory = arena_new(ANSWER_MEMORY);
    int code;
    if (strcmp(format, "json") && strcmp(format, "text"))
        code = error_set(ret_error, ENTENTE_USAGE, STR("--format"), UINT64_MAX, "text or json, not '%s'", format);
    else if (!memory || setjmp(*arena_escape(memory)))
        code = error_set(ret_error, ENTENTE_IO, STR("stand"), UINT64_MAX, "out of memory");
    else
        code = answer(l, kb->kb, memory, &q, &out, ret_error);
    arena_free(memory);
    if (!code)
        return sink_buffer(&out, sink, closure, ret_error);
    buffer_free(&out);
    return code;
}

int entente_ask_why(entente_ledger *l, const entente_kb *kb, const char *id, entente_sink *sink, void *closure, entente_error *ret_error)
{
    buffer out = {0};
    int code = ask_why(l, kb->kb, str_trim(str_of(id)), &out, ret_error);
    if (!code)
        return sink_buffer(&out, sink, closure, ret_error);
    buffer_free(&out);
    return code;
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

int entente_ask_export(entente_ledger *l, const char *unit, const char *format, entente_sink *sink, void *closure,
                       entente_error *ret_error)
{
    buffer out = {0};
    char separator = 0;
    int code = separator_of(format, &separator, ret_error);
    if (!code)
        code = ask_export(l, str_of(unit), separator, &out, ret_error);
    if (!code)
        return sink_buffer(&out, sink, closure, ret_error);
    buffer_free(&out);
    return code;
}

/* A day, or nothing where none is asked for. */
static int day_of_text(const char *text, str *ret, entente_error *ret_error)
{
    date d;
    *ret = str_of(text ? text : "");
    if (text && !date_parse(*ret, &d))
        return error_set(ret_error, ENTENTE_USAGE, *ret, UINT64_MAX, "is no day; write it as 2020-10-15");
    return 0;
}

static int power_text(const kb *k, arena *a, const char *text, str *ret, entente_error *ret_error)
{
    uint32_t power = NONE;
    *ret = (str){"", 0};
    int code = text ? power_of(k, a, text, &power, ret_error) : 0;
    if (text && !code)
        *ret = kb_entity_at(k, power).identifier;
    return code;
}

/* What is looked for, still as text; `separator` is set by the format. */
typedef struct wish {
    const char *actor, *recipient, *from, *to;
    search s;
    char separator;
} wish;

static int find(entente_ledger *l, const kb *k, arena *memory, wish *w, buffer *out, entente_error *ret_error)
{
    int code = power_text(k, memory, w->actor, &w->s.actor, ret_error);
    if (!code)
        code = power_text(k, memory, w->recipient, &w->s.recipient, ret_error);
    if (!code)
        code = day_of_text(w->from, &w->s.from, ret_error);
    if (!code)
        code = day_of_text(w->to, &w->s.to, ret_error);
    if (!code && w->s.type.len && name_find(event_names, EVENT_COUNT, w->s.type) == NONE)
        code = error_set(ret_error, ENTENTE_USAGE, w->s.type, UINT64_MAX, "no such type of event");
    return code ? code : ask_find(l, memory, &w->s, w->separator, out, ret_error);
}

int entente_ask_find(entente_ledger *l, const entente_kb *kb, const char *words, const char *type, const char *actor,
                     const char *recipient, const char *from, const char *to, int limit, const char *format, entente_sink *sink,
                     void *closure, entente_error *ret_error)
{
    buffer out = {0};
    wish w = {actor, recipient, from, to, {.words = str_of(words ? words : ""), .type = str_of(type ? type : ""), .limit = limit}, 0};
    int code = separator_of(format, &w.separator, ret_error);
    if (code)
        return code;
    arena *memory = arena_new(ANSWER_MEMORY);
    if (!memory || setjmp(*arena_escape(memory)))
        code = error_set(ret_error, ENTENTE_IO, STR("find"), UINT64_MAX, "out of memory");
    else
        code = find(l, kb->kb, memory, &w, &out, ret_error);
    arena_free(memory);
    if (!code)
        return sink_buffer(&out, sink, closure, ret_error);
    buffer_free(&out);
    return code;
}
