/* A web archive. */
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    return fuzz_file(INPUT_WARC, "fuzz-warc.bytes", bytes, len);
}
