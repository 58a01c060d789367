/* Lemmas: the edit that belongs to the longest known ending of the word with its tag. */
#include "lang/inside.h"

uint32_t lemma_key(str lower, uint32_t len, bool whole, uint8_t upos, uint8_t xpos)
{
    str end = str_part(lower, lower.len - len, lower.len);
    return spread(mix(word_hash(end), upos * 64u + xpos + (whole ? 0x10000u : 0) + len * 0x100000u));
}

static const edit *find(const lang *l, str lower, uint8_t upos, uint8_t xpos)
{
    uint32_t number = table_get(l->lemmas, lemma_key(lower, lower.len, true, upos, xpos));
    for (uint32_t len = MIN(lower.len, LEMMA_SUFFIX); !number; len--) {
        number = table_get(l->lemmas, lemma_key(lower, len, false, upos, xpos));
        if (!len)
            break;
    }
    return number && number <= l->edit_count ? &l->edits[number - 1] : NULL;
}

str lang_lemma(const lang *l, arena *a, str form, str lower, uint8_t upos, uint8_t xpos)
{
    const edit *e = find(l, lower, upos, xpos);
    if (!e)
        return lower;
    str base = e->keep_case ? form : lower;
    if (e->strip > base.len || e->len > sizeof e->add || e->strip + 0u >= base.len + e->len)
        return base;
    if (e->strip && ((unsigned char)base.at[base.len - e->strip] & 0xC0) == 0x80)
        return base; /* an edit of other letters: it would cut one in two */
    if (!e->len)
        return str_part(base, 0, base.len - e->strip);
    char *at = arena_take(a, base.len + e->len, 1);
    uint32_t kept = base.len - e->strip;
    memcpy(at, base.at, kept);
    memcpy(at + kept, e->add, e->len);
    return (str){at, kept + e->len};
}
