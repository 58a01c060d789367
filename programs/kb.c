/* entente kb: compile, test and print the knowledge, and tell what it lacks. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* A file that is there whole or not at all: written beside its place and then renamed. */
static int write_whole(const char *path, const char *bytes, size_t len)
{
    char part[4200];
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part)
        return EXIT_FILES;
    FILE *f = fopen(part, "wb");
    bool good = f && fwrite(bytes, 1, len, f) == len;
    if (f && fclose(f))
        good = false;
    if (good && !rename(part, path))
        return EXIT_DONE;
    complain_text("%s: cannot be written: %s", path, strerror(errno));
    remove(part);
    return EXIT_FILES;
}

static int build(const settings *s)
{
    job file = {0};
    entente_error error;
    const char *out = s->value[OPT_OUTPUT] ? s->value[OPT_OUTPUT] : "entente.kb";
    if (s->count < 2) {
        complain_text("kb build wants a folder of lexicon text");
        return EXIT_WRONG_USE;
    }
    int code = entente_kb_build((const char *const *)s->arguments + 1, s->count - 1, sink_job, &file, sink_file, stderr, &error);
    if (code)
        complain(&error);
    code = code ? exit_code(code) : write_whole(out, file.text, file.len);
    free(file.text);
    return code;
}

static int check(const settings *s, const entente_kb *kb)
{
    size_t counts[4] = {0};
    entente_error error;
    int code = entente_kb_check(kb, (const char *const *)s->arguments + 1, s->count - 1, s->value[OPT_KINDS] != NULL, sink_file, stdout,
                                counts, &error);
    if (code) {
        complain(&error);
        return exit_code(code);
    }
    printf("%zu examples passed, %zu failed, %zu known failures, %zu of them pass by now\n", counts[0], counts[1],
           counts[2] + counts[3], counts[3]);
    return counts[1] ? EXIT_BAD_DATA : EXIT_DONE;
}

/* ---- what the lexicon lacks ---- */

typedef struct search {
    const entente_kb *kb;
    entente_missing *missing;
} search;

static void code_one(const work *w, job *j)
{
    const search *m = w->closure;
    j->code = entente_doc_code(j->docs[0], m->kb, ENTENTE_PARSE_ALL, &j->error); /* a name may act alone */
}

static int count_one(const work *w, job *j)
{
    const search *m = w->closure;
    entente_error error;
    int code = entente_missing_add(m->missing, m->kb, j->docs[0], &error);
    if (code)
        complain(&error);
    return exit_code(code);
}

static int missing(const settings *s, const entente_kb *kb)
{
    int limit = s->value[OPT_LIMIT] ? atoi(s->value[OPT_LIMIT]) : 20;
    if (limit < 1) {
        complain_text("--limit wants a number from 1 on");
        return EXIT_WRONG_USE;
    }
    settings files = *s;
    files.arguments++;
    files.count--;
    search m = {kb, entente_missing_new()};
    int done = m.missing ? run_documents(&(work){&files, &m, code_one, count_one, NULL}) : EXIT_FILES;
    if (done == EXIT_DONE || done == EXIT_REJECTED) {
        entente_error error;
        const char *format = s->value[OPT_FORMAT] ? s->value[OPT_FORMAT] : "text";
        int code = entente_missing_write(m.missing, format, (size_t)limit, sink_file, stdout, &error);
        if (code) {
            complain(&error);
            done = exit_code(code);
        }
    }
    entente_missing_free(m.missing);
    return done;
}

static int table(const settings *s, const entente_kb *kb)
{
    entente_error error;
    const char *format = s->value[OPT_FORMAT] ? s->value[OPT_FORMAT] : "csv";
    int code = entente_kb_table(kb, s->arguments[0], format, sink_file, stdout, &error);
    if (code)
        complain(&error);
    return exit_code(code);
}

int command_kb(const settings *s)
{
    if (!s->count) {
        complain_text("kb wants one of: build check missing ties memberships offices codes licences");
        return EXIT_WRONG_USE;
    }
    if (!strcmp(s->arguments[0], "build"))
        return build(s);
    entente_kb *kb = NULL;
    int code = open_knowledge(s, &kb);
    if (code)
        return code;
    if (!strcmp(s->arguments[0], "check"))
        code = check(s, kb);
    else if (!strcmp(s->arguments[0], "missing"))
        code = missing(s, kb);
    else
        code = table(s, kb);
    entente_kb_close(kb);
    return code;
}
