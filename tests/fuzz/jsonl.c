/* JSON lines and records, by way of the cursor. */
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    return fuzz_file(len && bytes[0] % 2 ? INPUT_JSONL : INPUT_RECORD, "fuzz-jsonl.bytes", bytes, len);
}
