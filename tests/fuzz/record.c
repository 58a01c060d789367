/* A record from outside: refused, or written in every format. */
#include "front.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const formats[] = {"jsonl", "conllu", "text", "rows-tsv", "rows-jsonl"};
    const entente_kb *kb = fuzz_kb();
    entente_doc *d = entente_doc_new();
    entente_error e;
    written out = {0};
    must(d != NULL, "out of memory");
    if (!entente_doc_set(d, (const char *)bytes, len, "record", "fuzz", NULL, NULL, &e) && !entente_doc_code(d, kb, 0, &e))
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
            must(!entente_doc_write(d, kb, formats[i], ENTENTE_WRITE_ALL, fuzz_sink, &out, &e), "cannot be written");
    free(out.at);
    entente_doc_free(d);
    return 0;
}
