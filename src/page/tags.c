/* Names of elements. A name is packed into eight bytes in lower case, so that one switch tells them apart. */
#include "page/tokens.h"

#define PACK(a, b, c, d, e, f, g, h)                                                                                        \
    ((uint64_t)(a) | (uint64_t)(b) << 8 | (uint64_t)(c) << 16 | (uint64_t)(d) << 24 | (uint64_t)(e) << 32 |                 \
     (uint64_t)(f) << 40 | (uint64_t)(g) << 48 | (uint64_t)(h) << 56)

uint8_t tag_of(const char *name, uint32_t len)
{
    uint64_t packed = 0;
    if (!len || len > 10)
        return TAG_OTHER;
    for (uint32_t i = 0; i < MIN(len, 8u); i++) {
        uint8_t c = (uint8_t)name[i];
        packed |= (uint64_t)((uint8_t)(c - 'A') < 26 ? c + 32 : c) << (8 * i);
    }
    switch (packed) {
#define X(name, a, b, c, d, e, f, g, h, flags) case PACK(a, b, c, d, e, f, g, h): return TAG_##name;
        TAG_LIST(X)
#undef X
    }
    return TAG_OTHER;
}

#define X(name, a, b, c, d, e, f, g, h, flags) [TAG_##name] = (flags),
const uint8_t tag_flags[TAG_COUNT] = {TAG_LIST(X)};
#undef X
