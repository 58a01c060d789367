/* Dates as pages print them. */
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char before[] = "A headline of words\n";
    char *text = malloc(len + sizeof before);
    must(text, "out of memory");
    memcpy(text, before, sizeof before - 1);
    memcpy(text + sizeof before - 1, bytes, len);
    fuzz_as(INPUT_SAVED, "", (uint8_t *)text, len + sizeof before - 1);
    free(text);
    return 0;
}
