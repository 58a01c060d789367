/* zlib's gunzip, the yardstick of bench/page.c. Apart from it since zlib.h brings in names of POSIX that doc.h has, too. */
#include <zlib.h>

#include "gunzip.h"

void gunzip(const char *packed, size_t len, char *ret, size_t plain)
{
    z_stream z = {.next_in = (Bytef *)packed, .avail_in = (uInt)len, .next_out = (Bytef *)ret, .avail_out = (uInt)plain};
    if (inflateInit2(&z, 15 + 16) == Z_OK)
        inflate(&z, Z_FINISH);
    inflateEnd(&z);
}
