/* A feed: RSS, Atom or JSON Feed. */
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    return fuzz_file(INPUT_FEED, "fuzz-feed.bytes", bytes, len);
}
