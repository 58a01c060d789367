/* What a page tells machines about itself. */
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char before[] = "<title>A title of words</title><script type=\"application/ld+json\">", after[] = "</script><h1>A title of words</h1><p>Some words of prose stand here, said nobody.</p>";
    char *page = malloc(len + sizeof before + sizeof after);
    must(page, "out of memory");
    memcpy(page, before, sizeof before - 1);
    memcpy(page + sizeof before - 1, bytes, len);
    memcpy(page + sizeof before - 1 + len, after, sizeof after - 1);
    fuzz_as(INPUT_HTML, "", (uint8_t *)page, len + sizeof before + sizeof after - 2);
    free(page);
    return 0;
}
