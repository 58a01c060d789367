/* Encodings: the first byte chooses what the transport says. */
#include "page.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const labels[] = {"", "utf-8", "iso-8859-1", "windows-1251", "koi8-r", "gb2312", "shift_jis", "euc-kr", "big5", "iso-2022-jp", "utf-16", "utf-7", "no-such"};
    if (!len)
        return 0;
    return fuzz_as(bytes[0] & 0x80 ? INPUT_HTML : INPUT_TEXT, labels[bytes[0] % COUNT(labels)], bytes + 1, len - 1);
}
