/* Knowledge as text: compiled or refused; what was compiled opens, and its examples run. */
#include "front.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char text[] = "fuzz-kbtext.txt", file[] = "fuzz-kbtext.kb";
    const char *texts[] = {text}, *files[] = {file};
    written out = {0}, faults = {0};
    entente_kb *kb;
    entente_error e;
    size_t counts[4] = {0};
    fuzz_file_write(text, bytes, len);
    if (!entente_kb_build(texts, 1, fuzz_sink, &out, fuzz_sink, &faults, &e)) {
        fuzz_file_write(file, (const uint8_t *)out.at, out.len);
        must(!entente_kb_open(files, 1, NULL, &kb, &e), "knowledge that we compiled does not open");
        entente_kb_check(kb, NULL, 0, 1, fuzz_sink, &faults, counts, &e);
        entente_kb_close(kb);
    }
    entente_kb_check(fuzz_kb(), texts, 1, 1, fuzz_sink, &faults, counts, &e);
    free(out.at);
    free(faults.at);
    remove(text);
    remove(file);
    return 0;
}
