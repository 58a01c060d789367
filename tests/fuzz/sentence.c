/* From words to trees and all that hangs on them: plain text through every stage, and out again in every format. A record
 * that was printed must be read back and print the same. */
#include "front.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const formats[] = {"conllu", "text", "rows-csv"};
    const entente_kb *kb = fuzz_kb();
    entente_doc *d = entente_doc_new(), *again = entente_doc_new();
    entente_error e;
    written first = {0}, second = {0}, other = {0};
    must(d && again, "out of memory");
    if (!entente_doc_set(d, (const char *)bytes, len, "text", "fuzz", "2020-10-15", NULL, &e) &&
        !entente_doc_code(d, kb, ENTENTE_PARSE_ALL, &e)) {
        must(!entente_doc_write(d, kb, "jsonl", 0, fuzz_sink, &first, &e), "cannot be written");
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
            must(!entente_doc_write(d, kb, formats[i], ENTENTE_WRITE_ALL, fuzz_sink, &other, &e), "cannot be written");
        must(!entente_doc_set(again, first.at, first.len, "record", "fuzz", NULL, NULL, &e) && !entente_doc_code(again, kb, 0, &e),
             "a record that we printed is refused");
        must(!entente_doc_write(again, kb, "jsonl", 0, fuzz_sink, &second, &e), "cannot be written");
        must(first.len == second.len && !memcmp(first.at, second.at, first.len), "a record does not come back the same");
    }
    free(first.at);
    free(second.at);
    free(other.at);
    entente_doc_free(d);
    entente_doc_free(again);
    return 0;
}
