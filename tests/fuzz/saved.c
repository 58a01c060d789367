/* A page saved as text. */
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    return fuzz_as(INPUT_SAVED, "", bytes, len);
}
