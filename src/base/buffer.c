#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool buffer_reserve(buffer *b, size_t more)
{
    if (b->failed)
        return false;
    if (more <= b->room - b->len)
        return true;
    size_t room = MAX(b->room ? b->room * 2 : 1024, b->len + more);
    char *at = realloc(b->at, room);
    if (!at) {
        b->failed = true;
        return false;
    }
    b->at = at;
    b->room = room;
    return true;
}

void buffer_add(buffer *b, const void *bytes, size_t len)
{
    if (!len || !buffer_reserve(b, len))
        return;
    memcpy(b->at + b->len, bytes, len);
    b->len += len;
}

void buffer_str(buffer *b, str s)
{
    buffer_add(b, s.at, s.len);
}

void buffer_text(buffer *b, const char *terminated)
{
    buffer_add(b, terminated, strlen(terminated));
}

void buffer_char(buffer *b, char c)
{
    buffer_add(b, &c, 1);
}

void buffer_format(buffer *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len > 0 && buffer_reserve(b, (size_t)len + 1)) {
        vsnprintf(b->at + b->len, (size_t)len + 1, format, again);
        b->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}

void buffer_free(buffer *b)
{
    free(b->at);
    *b = (buffer){0};
}
