/* The cursor over documents: files, folders in order of name, standard input. */
#include "page/inside.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { HEAD = 4096 };

static bool push(page_reader *r, char *path)
{
    if (!path)
        return false;
    if (r->count == r->room) {
        size_t room = r->room ? r->room * 2 : 16;
        char **paths = realloc(r->paths, room * sizeof *paths);
        if (!paths) {
            free(path);
            return false;
        }
        r->paths = paths;
        r->room = room;
    }
    r->paths[r->count++] = path;
    return true;
}

static int by_name_backwards(const void *a, const void *b)
{
    return strcmp(*(char *const *)b, *(char *const *)a);
}

static char *join(const char *folder, const char *name)
{
    size_t a = strlen(folder), b = strlen(name);
    char *path = malloc(a + b + 2);
    if (!path)
        return NULL;
    bool slash = a && folder[a - 1] == '/';
    memcpy(path, folder, a);
    path[a] = '/';
    memcpy(path + a + !slash, name, b + 1);
    return path;
}

/* Puts what the folder holds before what is still to come. Hidden names are left out, links to folders not followed. */
static int push_folder(page_reader *r, const char *folder, entente_error *ret_error)
{
    DIR *d = opendir(folder);
    if (!d)
        return error_set(ret_error, ENTENTE_REJECTED, str_of(folder), UINT64_MAX, "cannot be opened: %s", strerror(errno));
    size_t first = r->count;
    bool good = true;
    for (struct dirent *e; good && (e = readdir(d));)
        if (e->d_name[0] != '.')
            good = push(r, join(folder, e->d_name));
    closedir(d);
    qsort(r->paths + first, r->count - first, sizeof *r->paths, by_name_backwards);
    if (!good)
        return error_set(ret_error, ENTENTE_REJECTED, str_of(folder), UINT64_MAX, "out of memory");
    return 0;
}

int page_reader_open(const char *path, uint8_t input, page_reader **ret_reader, entente_error *ret_error)
{
    struct stat about;
    if (input >= INPUT_COUNT)
        return error_set(ret_error, ENTENTE_USAGE, str_of(path), UINT64_MAX, "no such kind of input");
    if (strcmp(path, "-") && stat(path, &about))
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "cannot be opened: %s", strerror(errno));
    page_reader *r = calloc(1, sizeof *r);
    if (!r || !push(r, strdup(path))) {
        free(r);
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "out of memory");
    }
    r->wanted = input;
    *ret_reader = r;
    return 0;
}

static void close_file(page_reader *r)
{
    if (r->more)
        r->forget(r->more);
    r->more = NULL;
    stream_close(r->in);
    r->in = NULL;
    free(r->path);
    r->path = NULL;
}

void page_reader_close(page_reader *r)
{
    if (!r)
        return;
    close_file(r);
    for (size_t i = 0; i < r->count; i++)
        free(r->paths[i]);
    free(r->paths);
    free(r);
}

/* Opens the next file. 1 open, 0 none left, or what is wrong with this one. */
static int open_next(page_reader *r, entente_error *ret_error)
{
    while (r->count) {
        char *path = r->paths[--r->count];
        struct stat about;
        if (strcmp(path, "-") && !stat(path, &about) && S_ISDIR(about.st_mode)) {
            int code = !lstat(path, &about) && S_ISLNK(about.st_mode) && r->first ? 0 : push_folder(r, path, ret_error);
            free(path);
            if (code)
                return code;
            r->first = true;
            continue;
        }
        r->path = path;
        /* A pipe or a device that lies in a folder would be waited for without end. */
        if (r->first && !stat(path, &about) && !S_ISREG(about.st_mode)) {
            error_set(ret_error, ENTENTE_REJECTED, str_of(path), UINT64_MAX, "no file");
            close_file(r);
            return ENTENTE_REJECTED;
        }
        if (stream_open(path, &r->in, ret_error)) {
            close_file(r);
            return ENTENTE_REJECTED;
        }
        r->damage = UINT64_MAX;
        r->input = r->wanted ? r->wanted : format_guess(path, stream_peek(r->in, HEAD));
        r->first = true;
        if (r->input != INPUT_GUESS)
            return 1;
        error_set(ret_error, ENTENTE_REJECTED, str_of(path), 0, "of no kind that is read here");
        close_file(r);
        return ENTENTE_REJECTED;
    }
    return 0;
}

static int take_next(page_reader *r, doc *d, entente_error *ret_error)
{
    for (;;) {
        if (!r->in) {
            int code = open_next(r, ret_error);
            if (code != 1)
                return code;
        }
        doc_reset(d);
        d->input = r->input;
        d->head.origin = arena_copy(d->arena, str_of(r->path));
        int code = page_formats[r->input].next(r, d, ret_error);
        if (code)
            return code;
        const char *fault = stream_fault(r->in);
        if (fault)
            error_set(ret_error, ENTENTE_REJECTED, str_of(r->path), stream_at(r->in), "%s", fault);
        close_file(r);
        if (fault)
            return ENTENTE_REJECTED;
    }
}

/* Whoever drives the work may have set the arena's way out already: it is kept. */
int page_reader_next(page_reader *r, doc *d, entente_error *ret_error)
{
    jmp_buf kept;
    memcpy(&kept, arena_escape(d->arena), sizeof kept);
    int code;
    if (setjmp(*arena_escape(d->arena)))
        code = error_set(ret_error, ENTENTE_REJECTED, str_of(r->path ? r->path : ""), r->in ? stream_at(r->in) : 0, "out of memory");
    else
        code = take_next(r, d, ret_error);
    memcpy(arena_escape(d->arena), &kept, sizeof kept);
    return code;
}

int reader_refuse(page_reader *r, uint64_t at, entente_error *ret_error, const char *what)
{
    return error_set(ret_error, ENTENTE_REJECTED, str_of(r->path), at, "%s", what);
}

static bool has_more(page_reader *r)
{
    return stream_peek(r->in, 1).len > 0;
}

static void skip_all(page_reader *r)
{
    while (has_more(r))
        stream_skip(r->in, stream_peek(r->in, 1).len);
}

/* ---- one document a file ---- */

int whole_next(page_reader *r, doc *d, entente_error *ret_error)
{
    if (!r->first)
        return 0;
    r->first = false;
    str all = stream_peek(r->in, LIMIT_RECORD + 1);
    if (stream_fault(r->in))
        return 0;
    if (stream_damage(r->in) != UINT64_MAX)
        return reader_refuse(r, stream_damage(r->in), ret_error, "the packed bytes are damaged");
    if (all.len > LIMIT_RECORD) {
        close_file(r);
        r->in = NULL;
        return error_set(ret_error, ENTENTE_REJECTED, d->head.origin, LIMIT_RECORD, "larger than %d bytes", LIMIT_RECORD);
    }
    d->raw = arena_copy(d->arena, all);
    stream_skip(r->in, all.len);
    return 1;
}

/* ---- one document a line ---- */

static int refuse_line(page_reader *r, entente_error *ret_error)
{
    uint64_t start = stream_at(r->in);
    for (str part = stream_peek(r->in, 1); part.len; part = stream_peek(r->in, 1)) {
        const char *end = memchr(part.at, '\n', part.len);
        stream_skip(r->in, end ? (uint64_t)(end - part.at) + 1 : part.len);
        if (end)
            break;
    }
    return error_set(ret_error, ENTENTE_REJECTED, str_of(r->path), start, "a line larger than %d bytes", LIMIT_RECORD);
}

int lines_next(page_reader *r, doc *d, entente_error *ret_error)
{
    for (uint32_t want = 64 << 10;;) {
        str some = stream_peek(r->in, want);
        const char *end = some.len ? memchr(some.at, '\n', some.len) : NULL;
        if ((end ? (size_t)(end - some.at) : some.len) > LIMIT_RECORD)
            return refuse_line(r, ret_error);
        if (!end && some.len >= want) {
            want = some.len * 2;
            continue;
        }
        if (!some.len || (!end && stream_fault(r->in)))
            return 0;
        str line = {some.at, end ? (uint32_t)(end - some.at) : some.len};
        d->at = stream_at(r->in);
        if (str_trim(line).len) {
            d->raw = arena_copy(d->arena, line);
            stream_skip(r->in, line.len + (end != NULL));
            return 1;
        }
        stream_skip(r->in, line.len + (end != NULL));
    }
}

/* ---- one document a "# newdoc" ---- */

int sheets_next(page_reader *r, doc *d, entente_error *ret_error)
{
    static const str mark = {"\n# newdoc", 9};
    for (uint32_t want = 256 << 10, from = 1;;) {
        str some = stream_peek(r->in, want);
        if (!some.len || (stream_fault(r->in) && some.len < want))
            return 0;
        uint32_t hit = str_find(str_part(some, from, some.len), mark);
        if (hit == NONE && some.len >= want && some.len <= LIMIT_RECORD) {
            from = some.len - mark.len;
            want = some.len * 2;
            continue;
        }
        uint32_t len = hit == NONE ? some.len : from + hit + 1;
        d->at = stream_at(r->in);
        if (len > LIMIT_RECORD) {
            skip_all(r);
            return reader_refuse(r, d->at, ret_error, "a document larger than the limit; the rest of the file is left out");
        }
        d->raw = arena_copy(d->arena, str_part(some, 0, len));
        stream_skip(r->in, len);
        return 1;
    }
}
