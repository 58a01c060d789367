/* Compiled knowledge that was damaged on its way: refused, or safe to use. The checksum covers every byte; a file that
 * was forged so that its checksum is right is not what this looks at. */
#include "front.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char file[] = "fuzz-kbfile.kb", text[] = "Russian President Vladimir Putin met Quietland's ministers in Yerevan on Monday.\n";
    const char *files[] = {file}, *tables[] = {"ties", "memberships", "offices"};
    entente_kb *kb;
    entente_error e;
    written out = {0};
    fuzz_file_write(file, bytes, len);
    if (!entente_kb_open(files, 1, NULL, &kb, &e)) {
        entente_doc *d = entente_doc_new();
        size_t counts[4];
        must(d != NULL, "out of memory");
        for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
            entente_kb_table(kb, tables[i], "csv", fuzz_sink, &out, &e);
        if (!entente_doc_set(d, text, sizeof text - 1, "text", "fuzz", "2020-10-15", NULL, &e) && !entente_doc_code(d, kb, 0, &e))
            entente_doc_write(d, kb, "jsonl", 0, fuzz_sink, &out, &e);
        entente_kb_check(kb, NULL, 0, 1, fuzz_sink, &out, counts, &e);
        entente_doc_free(d);
        entente_kb_close(kb);
    }
    free(out.at);
    remove(file);
    return 0;
}
