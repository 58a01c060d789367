/* A packed file of any kind. */
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    return fuzz_file(INPUT_GUESS, "fuzz-gzip.gz", bytes, len);
}
