/* entente add: documents into the ledger. */
#include <string.h>

#include "program.h"

enum { BATCH = 200 /* documents that become lasting together */ };

typedef struct adding {
    entente_kb *kb;
    entente_ledger *ledger;
    unsigned flags;
    bool headlines;
    tally tally;
    uint64_t seen, added, known, removed, batch;
} adding;

static void process(const work *w, job *j)
{
    const adding *a = w->closure;
    j->code = entente_doc_code(j->docs[0], a->kb, a->flags, &j->error);
    size_t count = a->headlines && !j->code ? entente_doc_headlines(j->docs[0]) : 0;
    for (size_t n = 0; n < count && !j->code; n++) {
        entente_doc *headline = job_add(j);
        if (!headline)
            return;
        j->code = entente_doc_headline(j->docs[0], n, headline, &j->error);
        if (!j->code)
            j->code = entente_doc_code(headline, a->kb, a->flags, &j->error);
    }
}

static int commit(adding *a)
{
    entente_error error;
    int code = entente_ledger_commit(a->ledger, a->seen + a->tally.rejected, a->tally.rejected, &error);
    a->batch = 0;
    if (code)
        complain(&error);
    return exit_code(code);
}

static int emit(const work *w, job *j)
{
    adding *a = w->closure;
    for (size_t i = 0; i < j->count; i++) {
        entente_error error;
        int code = entente_ledger_add(a->ledger, a->kb, j->docs[i], &error);
        if (code < 0) {
            complain(&error);
            return exit_code(code);
        }
        a->seen++;
        a->added += code == ENTENTE_ADDED;
        a->known += code == ENTENTE_KNOWN;
        a->removed += code == ENTENTE_REMOVED;
    }
    return ++a->batch < BATCH ? 0 : commit(a);
}

static int run(const settings *s, adding *a)
{
    char when[32];
    entente_error error;
    int code = entente_ledger_begin(a->ledger, a->kb, s->value[OPT_TEXT], NULL, time_now(s, when), s->value[OPT_RECODE] != NULL, &error);
    if (code) {
        complain(&error);
        return exit_code(code);
    }
    int done = run_documents(&(work){s, a, process, emit, &a->tally});
    code = done == EXIT_DONE || done == EXIT_REJECTED ? commit(a) : 0;
    if (!s->value[OPT_QUIET])
        fprintf(stderr, "%llu documents and headlines: %llu added, %llu there already%s\n", (unsigned long long)a->seen,
                (unsigned long long)a->added, (unsigned long long)a->known, a->removed ? ", some removed on request" : "");
    return code ? code : done;
}

int command_add(const settings *s)
{
    adding a = {.headlines = true, .flags = s->value[OPT_PARSE] && !strcmp(s->value[OPT_PARSE], "best") ? ENTENTE_PARSE_BEST : 0};
    int code = open_knowledge(s, &a.kb);
    if (!code)
        code = open_ledger(s, true, &a.ledger);
    if (!code)
        code = run(s, &a);
    entente_ledger_close(a.ledger);
    entente_kb_close(a.kb);
    return code;
}
