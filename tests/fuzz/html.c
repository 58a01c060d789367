/* A page of HTML. */
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    return fuzz_as(INPUT_HTML, "", bytes, len);
}
