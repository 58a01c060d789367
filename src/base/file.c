#include "base/base.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int error_set(entente_error *ret, int code, str origin, uint64_t offset, const char *format, ...)
{
    if (!ret)
        return code;
    ret->code = code;
    ret->offset = offset;
    uint32_t len = MIN(origin.len, (uint32_t)sizeof ret->origin - 1);
    if (len)
        memcpy(ret->origin, origin.at, len);
    ret->origin[len] = 0;
    va_list args;
    va_start(args, format);
    vsnprintf(ret->text, sizeof ret->text, format, args);
    va_end(args);
    return code;
}

static int read_all(FILE *f, const char *path, size_t limit, buffer *all, entente_error *ret_error)
{
    char part[65536];
    size_t n;
    while ((n = fread(part, 1, sizeof part, f)) > 0) {
        buffer_add(all, part, n);
        if (all->len > limit)
            return error_set(ret_error, ENTENTE_REJECTED, str_of(path), limit, "larger than %zu bytes", limit);
    }
    if (ferror(f))
        return error_set(ret_error, ENTENTE_IO, str_of(path), all->len, "cannot be read: %s", strerror(errno));
    if (all->failed)
        return error_set(ret_error, ENTENTE_IO, str_of(path), all->len, "out of memory");
    return 0;
}

int file_read(const char *path, size_t limit, char **ret_bytes, size_t *ret_len, entente_error *ret_error)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "cannot be opened: %s", strerror(errno));
    buffer all = {0};
    int code = read_all(f, path, limit, &all, ret_error);
    fclose(f);
    if (code) {
        buffer_free(&all);
        return code;
    }
    *ret_bytes = all.at;
    *ret_len = all.len;
    return 0;
}
