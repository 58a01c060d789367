/* Bytes of a file or of standard input, unpacked on the way where they are gzip (any number of members). */
#include "page/stream.h"

#include <errno.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <zlib.h>

enum { CHUNK = 256 << 10, AT_ONCE = 4 << 20 };
/* A file that has given so many bytes, and so many for each of its own, is a bomb, and read no further: news packs to a fifth. */
enum { BOMB_BYTES = 256 << 20, BOMB_RATIO = 500 };

struct stream {
    FILE *file;
    bool standard, packed, ended, inside; /* inside a member */
    z_stream z;
    char *in;              /* packed bytes, CHUNK or more */
    char *at;              /* window */
    size_t start, len, room;
    uint64_t skipped;
    const char *fault;
    uint64_t damage;
    uint64_t taken, given; /* packed bytes, and what came of them */
};

static size_t read_some(stream *s, char *to, size_t room)
{
    size_t n = fread(to, 1, room, s->file);
    if (!n) {
        s->ended = true;
        if (ferror(s->file))
            s->fault = "cannot be read";
    }
    return n;
}

static bool make_room(stream *s, size_t more)
{
    if (s->room - s->start - s->len >= more)
        return true;
    if (s->start) {
        memmove(s->at, s->at + s->start, s->len);
        s->start = 0;
    }
    if (s->room - s->len >= more)
        return true;
    size_t room = MAX(s->room * 2, s->len + more);
    char *at = realloc(s->at, room);
    if (!at) {
        s->fault = "out of memory";
        s->ended = true;
        return false;
    }
    s->at = at;
    s->room = room;
    return true;
}

/* Behind damage the next member may be whole: an archive has one a record. */
static bool find_member(stream *s)
{
    s->inside = false;
    for (;;) {
        uInt last = s->z.avail_in;
        for (uInt i = 1; i + 2 < last; i++)
            if (!memcmp(s->z.next_in + i, "\x1f\x8b\x08", 3)) {
                s->z.next_in += i;
                s->z.avail_in -= i;
                return true;
            }
        s->z.next_in = (Bytef *)s->in;
        s->z.avail_in = (uInt)read_some(s, s->in, CHUNK);
        if (!s->z.avail_in) {
            s->fault = "the packed bytes are damaged";
            return false;
        }
    }
}

static bool fill_packed(stream *s)
{
    if (!s->z.avail_in) {
        s->z.next_in = (Bytef *)s->in;
        s->z.avail_in = (uInt)read_some(s, s->in, CHUNK);
        if (!s->z.avail_in) {
            if (s->inside && !s->fault)
                s->fault = "the packed bytes end before their time";
            return false;
        }
    }
    if (!s->inside && inflateReset(&s->z) != Z_OK)
        return false;
    s->inside = true;
    s->z.next_out = (Bytef *)(s->at + s->start + s->len);
    s->z.avail_out = CHUNK;
    s->taken += s->z.avail_in;
    int code = inflate(&s->z, Z_NO_FLUSH);
    s->taken -= s->z.avail_in;
    s->given += CHUNK - s->z.avail_out;
    s->len += CHUNK - s->z.avail_out;
    if (s->given > BOMB_BYTES && s->given / BOMB_RATIO > s->taken) {
        s->fault = "the packed bytes swell beyond all measure";
        s->damage = s->skipped + s->len;
        return false;
    }
    if (code == Z_STREAM_END)
        s->inside = false;
    if (code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR)
        return true;
    s->damage = s->skipped + s->len;
    return find_member(s);
}

static bool fill(stream *s)
{
    if (s->fault || (s->ended && !s->packed) || !make_room(s, CHUNK))
        return false;
    if (s->packed)
        return fill_packed(s);
    size_t n = read_some(s, s->at + s->start + s->len, CHUNK);
    s->len += n;
    return n > 0;
}

/* One member whose length stands at its end is unpacked in one go. False: nothing was taken, the slow way is open. */
static bool unpack_at_once(stream *s, size_t packed)
{
    uint32_t size;
    size_t got = 0, used = 0;
    if (packed < 18)
        return false;
    const uint8_t *tail = (const uint8_t *)s->in + packed - 4;
    size = (uint32_t)tail[0] | (uint32_t)tail[1] << 8 | (uint32_t)tail[2] << 16 | (uint32_t)tail[3] << 24;
    if (size > LIMIT_RECORD || !make_room(s, size + 1ul))
        return false;
    struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
    enum libdeflate_result code = z ? libdeflate_gzip_decompress_ex(z, s->in, packed, s->at, size + 1ul, &used, &got) : LIBDEFLATE_BAD_DATA;
    libdeflate_free_decompressor(z);
    if (code != LIBDEFLATE_SUCCESS || used != packed)
        return false;
    s->len = got;
    return true;
}

/* Two bytes tell whether the file is packed. A small one is read to its end, since it may be unpacked at once. */
static void look_at_magic(stream *s)
{
    struct stat about;
    if (!fill(s) || s->len < 2 || memcmp(s->at, "\x1f\x8b", 2))
        return;
    if (!s->standard && !fstat(fileno(s->file), &about) && S_ISREG(about.st_mode) && about.st_size <= AT_ONCE)
        while (s->len <= AT_ONCE && fill(s))
            ;
    char *spare = s->in;
    size_t packed = s->len;
    s->in = s->at;
    s->at = spare;
    s->room = CHUNK;
    s->len = 0;
    if (s->fault || (s->ended && unpack_at_once(s, packed)))
        return;
    s->z.next_in = (Bytef *)s->in;
    s->z.avail_in = (uInt)packed;
    s->packed = inflateInit2(&s->z, 15 + 16) == Z_OK;
    s->fault = s->packed ? NULL : "out of memory";
}

int stream_open(const char *path, stream **ret_stream, entente_error *ret_error)
{
    stream *s = calloc(1, sizeof *s);
    char *in = malloc(CHUNK);
    if (!s || !in) {
        free(s);
        free(in);
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "out of memory");
    }
    s->in = in;
    s->damage = UINT64_MAX;
    s->standard = !strcmp(path, "-");
    s->file = s->standard ? stdin : fopen(path, "rb");
    if (!s->file) {
        free(in);
        free(s);
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "cannot be opened: %s", strerror(errno));
    }
    setvbuf(s->file, NULL, _IONBF, 0);
    look_at_magic(s);
    *ret_stream = s;
    return 0;
}

void stream_close(stream *s)
{
    if (!s)
        return;
    if (s->packed)
        inflateEnd(&s->z);
    if (!s->standard)
        fclose(s->file);
    free(s->in);
    free(s->at);
    free(s);
}

str stream_peek(stream *s, uint32_t want)
{
    while (s->len < want && fill(s))
        ;
    return (str){s->at ? s->at + s->start : "", (uint32_t)MIN(s->len, (size_t)UINT32_MAX)};
}

void stream_skip(stream *s, uint64_t bytes)
{
    while (bytes) {
        size_t n = (size_t)MIN(bytes, (uint64_t)s->len);
        s->start += n;
        s->len -= n;
        s->skipped += n;
        bytes -= n;
        if (!s->len)
            s->start = 0;
        if (bytes && !s->len && !fill(s) && !s->len)
            return;
    }
}

uint64_t stream_at(const stream *s)
{
    return s->skipped;
}

uint64_t stream_damage(const stream *s)
{
    return s->damage;
}

const char *stream_fault(const stream *s)
{
    return s->fault;
}
