/* entente read, entente code: documents in, records or rows out. */
#include <string.h>
#include <unistd.h>

#include "program.h"

/* What both commands settle before they start. */
typedef struct reading {
    entente_kb *kb;
    const char *format;
    unsigned code_flags, write_flags;
    bool headlines;
} reading;

static const char *const stages[] = {"page", "text", "lang", "mention", "statement", "event", "claim"};

static int stage_flag(const char *name, unsigned *flags)
{
    for (unsigned i = 0; name && i < sizeof stages / sizeof *stages; i++)
        if (!strcmp(name, stages[i])) {
            *flags |= ENTENTE_STOP_PAGE + i;
            return 0;
        }
    if (!name)
        return 0;
    complain_text("--stop-after: no stage is called '%s'", name);
    return EXIT_WRONG_USE;
}

static int parse_flag(const char *mode, unsigned *flags)
{
    if (!mode || !strcmp(mode, "fast"))
        return 0;
    if (strcmp(mode, "best")) {
        complain_text("--parse is fast or best, not '%s'", mode);
        return EXIT_WRONG_USE;
    }
    *flags |= ENTENTE_PARSE_BEST;
    return 0;
}

/* Codes and writes one document of the job; a failure is the job's. */
static void code_one(const reading *r, job *j, entente_doc *doc)
{
    j->code = entente_doc_code(doc, r->kb, r->code_flags, &j->error);
    if (!j->code)
        j->code = entente_doc_write(doc, r->kb, r->format, r->write_flags, sink_job, j, &j->error);
}

static void process(const work *w, job *j)
{
    const reading *r = w->closure;
    entente_doc *page = j->docs[0];
    code_one(r, j, page);
    if (j->code || !r->headlines)
        return;
    entente_doc *headline = job_add(j);
    for (size_t n = 0; headline && !j->code && n < entente_doc_headlines(page); n++) {
        j->code = entente_doc_headline(page, n, headline, &j->error);
        if (!j->code)
            code_one(r, j, headline);
    }
}

static int emit(const work *w, job *j)
{
    (void)w;
    return fwrite(j->text, 1, j->len, stdout) == j->len ? 0 : EXIT_FILES;
}

static int run(const settings *s, reading *r)
{
    int code = stage_flag(s->value[OPT_STOP], &r->code_flags);
    if (!code)
        code = parse_flag(s->value[OPT_PARSE], &r->code_flags);
    if (!code)
        code = open_knowledge(s, &r->kb);
    if (code)
        return code;
    r->headlines = s->value[OPT_HEADLINES];
    entente_write_header(r->format, sink_file, stdout);
    code = run_documents(&(work){s, r, process, emit, NULL});
    entente_kb_close(r->kb);
    return code;
}

static int wrong_format(const char *format, const char *known)
{
    complain_text("--format is one of %s, not '%s'", known, format);
    return EXIT_WRONG_USE;
}

int command_read(const settings *s)
{
    const char *format = s->value[OPT_FORMAT];
    reading r = {.format = format ? format : isatty(STDOUT_FILENO) ? "text" : "jsonl"};
    if (strcmp(r.format, "jsonl") && strcmp(r.format, "conllu") && strcmp(r.format, "text"))
        return wrong_format(r.format, "text, jsonl, conllu");
    if (!strcmp(r.format, "conllu")) /* trees are what is asked for: the best ones, unless said otherwise */
        r.code_flags |= ENTENTE_PARSE_ALL | (s->value[OPT_PARSE] ? 0 : ENTENTE_PARSE_BEST);
    r.write_flags = (s->value[OPT_TOKENS] ? ENTENTE_WRITE_TOKENS : 0) | (wants_colour(s, stdout) ? ENTENTE_WRITE_COLOUR : 0);
    return run(s, &r);
}

int command_code(const settings *s)
{
    static const char *const rows[][2] = {{"csv", "rows-csv"}, {"tsv", "rows-tsv"}, {"jsonl", "rows-jsonl"}};
    const char *format = s->value[OPT_FORMAT] ? s->value[OPT_FORMAT] : "csv";
    reading r = {.write_flags = s->value[OPT_ALL] ? ENTENTE_WRITE_ALL : 0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(format, rows[i][0]))
            r.format = rows[i][1];
    return r.format ? run(s, &r) : wrong_format(format, "csv, tsv, jsonl");
}
