/* Given words: CoNLL-U of any bytes is refused with a line, or read, parsed and printed; and what was printed is CoNLL-U
 * again, which is read, and from then on prints the same. */
#include "front.h"

/* 0 and what was printed, or the code of what refused it. */
static int through(const char *bytes, size_t len, written *ret)
{
    const entente_kb *kb = fuzz_kb();
    entente_doc *d = entente_doc_new();
    entente_error e;
    must(d != NULL, "out of memory");
    int code = entente_doc_set(d, bytes, len, "conllu", "fuzz", "2020-10-15", NULL, &e);
    if (!code)
        code = entente_doc_code(d, kb, ENTENTE_PARSE_ALL, &e);
    if (!code)
        must(!entente_doc_write(d, kb, "conllu", 0, fuzz_sink, ret, &e), "cannot be written");
    entente_doc_free(d);
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    written first = {0}, second = {0}, third = {0};
    if (!through((const char *)bytes, len, &first) && first.len) {
        must(!through(first.at, first.len, &second), "what was printed is refused");
        must(!through(second.at, second.len, &third), "what was printed twice is refused");
        must(second.len == third.len && !memcmp(second.at, third.at, second.len), "what was printed does not come back the same");
    }
    free(first.at);
    free(second.at);
    free(third.at);
    return 0;
}
