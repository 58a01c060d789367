/* What people type: powers, days, ids, words to find, addresses. The input is cut at its tabs. */
#include "front.h"

static entente_ledger *ledger_of(const entente_kb *kb)
{
    static const char text[] = "Russia called on Armenia to cease fire. Armenia thanked Russia for the aid.\n";
    static entente_ledger *ledger;
    entente_error e;
    if (ledger)
        return ledger;
    remove("fuzz-query.db");
    must(!entente_ledger_open("fuzz-query.db", 1, &ledger, &e) && !entente_ledger_begin(ledger, kb, "evidence", NULL, NULL, 0, &e), "no ledger");
    entente_doc *d = entente_doc_new();
    must(d && !entente_doc_set(d, text, sizeof text - 1, "text", "fuzz", "2020-10-15", NULL, &e) && !entente_doc_code(d, kb, 0, &e) &&
             entente_ledger_add(ledger, kb, d, &e) > 0 && !entente_ledger_commit(ledger, 1, 0, &e), "nothing can be added");
    entente_doc_free(d);
    return ledger;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const entente_kb *kb = fuzz_kb();
    entente_ledger *ledger = ledger_of(kb);
    char *part[6] = {0}, *line = malloc(len + 1), *at = line;
    entente_error e;
    written out = {0};
    must(line != NULL, "out of memory");
    memcpy(line, bytes, len);
    line[len] = 0;
    for (size_t i = 0; i < 6 && at; i++) {
        part[i] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = 0;
    }
    entente_ask_standing(ledger, kb, part[0], part[1] ? part[1] : "ARM", part[2], 365, "json", 0, fuzz_sink, &out, &e);
    const entente_search wanted[] = {{part[0], part[1], part[2], part[3], part[4], part[5], NULL, 5}, {part[0], NULL, NULL, NULL, part[1], part[2], "actor", 5}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        entente_ask_find(ledger, kb, &wanted[i], "jsonl", NULL, fuzz_sink, &out, &e);
    entente_ask_series(ledger, kb, part[0], part[1] ? part[1] : "ARM", part[2] ? part[2] : "2020", part[3] ? part[3] : "2020-03", "month", "jsonl",
                       fuzz_sink, &out, &e);
    entente_ask_duties(ledger, kb, part[0], part[1], part[2], part[3], "json", 0, fuzz_sink, &out, &e);
    entente_ask_movers(ledger, kb, part[0], part[1], 90, 3, "json", 0, fuzz_sink, &out, &e);
    entente_ask_why(ledger, kb, part[0], fuzz_sink, &out, &e);
    entente_doc *d = entente_doc_new();
    must(d != NULL, "out of memory");
    if (!entente_doc_set(d, "<p>Russia met Armenia.", 22, "html", "fuzz", part[2], part[0], &e) && !entente_doc_code(d, kb, ENTENTE_STOP_PAGE, &e))
        entente_doc_write(d, kb, "jsonl", 0, fuzz_sink, &out, &e);
    entente_doc_free(d);
    free(out.at);
    free(line);
    return 0;
}
