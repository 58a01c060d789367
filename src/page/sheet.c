#include "page/inside.h"

sheet sheet_new(doc *d, uint32_t bytes, uint32_t paragraphs)
{
    sheet s = {.d = d};
    s.room = MIN(bytes + paragraphs + 1, (uint32_t)LIMIT_TEXT + 1);
    s.at = arena_take(d->arena, s.room, 1);
    return s;
}

/* The last end of a character at or before `most` bytes. */
static uint32_t character_end(str text, uint32_t most)
{
    while (most && ((unsigned char)text.at[most] & 0xC0) == 0x80)
        most--;
    return most;
}

void sheet_add(sheet *s, str text, uint64_t offset, uint8_t kind, uint8_t style)
{
    if (s->cut || !text.len)
        return;
    if (text.len + 1 > s->room - s->len) {
        s->cut = true;
        text.len = s->len ? 0 : character_end(text, s->room - 1); /* a single paragraph is cut, not lost */
        doc_note(s->d, "main text cut %safter %u bytes", s->len ? "at a paragraph " : "", s->len + text.len);
        if (!text.len)
            return;
    }
    block *b = vec_push(s->d->arena, &s->d->blocks);
    memcpy(s->at + s->len, text.at, text.len);
    s->at[s->len + text.len] = '\n';
    *b = (block){{s->len, s->len + text.len + 1}, offset, kind};
    s->len += text.len + 1;
    *vec_push(s->d->arena, &s->styles) = style;
}

void sheet_done(sheet *s)
{
    s->d->text = (str){s->at, s->len};
}
