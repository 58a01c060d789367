/* Makes the Nth call of a kind fail, once or for ever: laid before a program with LD_PRELOAD.
 *
 * FAIL_WHAT  memory, read, write or sync;  FAIL_AT  which call, from 1 on;  FAIL_FOR  once or ever
 * FAIL_COUNT a file into which the number of calls is written at the end
 * FAIL_TRACE a file into which all that is done to files of ledgers is written: "write PATH OFFSET LENGTH", a new line and the
 * bytes; "cut PATH LENGTH"; "sync PATH"; "unlink PATH". */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS /* pread and pread64 are two names here */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MEMORY, READ, WRITE, SYNC, KINDS };
static const char *const names[KINDS] = {"memory", "read", "write", "sync"};
static const int reasons[KINDS] = {ENOMEM, EIO, ENOSPC, EIO};

static int what = -1;
static long at;
static int ever;
static atomic_long calls;

__attribute__((constructor)) static void begin(void)
{
    const char *kind = getenv("FAIL_WHAT"), *number = getenv("FAIL_AT"), *how = getenv("FAIL_FOR");
    for (int i = 0; kind && i < KINDS; i++)
        what = strcmp(kind, names[i]) ? what : i;
    at = number ? atol(number) : 0;
    ever = how && !strcmp(how, "ever");
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAIL_COUNT");
    char text[32];
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    if (fd >= 0)
        syscall(SYS_write, fd, text, (size_t)snprintf(text, sizeof text, "%ld\n", atomic_load(&calls)));
}

/* Tells what is done to a file of a ledger. The offset -1 is the end of the file, of which there is no use here. */
static void trace(const char *what, int fd, const char *name, long long first, long long second, const void *bytes, size_t len)
{
    static int out = -2;
    char path[4096], link[64], line[4300];
    if (out == -2)
        out = getenv("FAIL_TRACE") ? open(getenv("FAIL_TRACE"), O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;
    if (out < 0)
        return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t got = name ? snprintf(path, sizeof path, "%s", name) : readlink(link, path, sizeof path - 1);
    path[got > 0 ? got : 0] = 0;
    if (!strstr(path, ".db") || strstr(path, "-shm") || strstr(path, "-writer"))
        return;
    int size = snprintf(line, sizeof line, "%s %s %lld %lld\n", what, path, first, second);
    syscall(SYS_write, out, line, (size_t)size);
    if (len)
        syscall(SYS_write, out, bytes, len);
}

/* The program is through: what the system does at its end (counting what was run, say) is none of ours. */
static void over(void)
{
    what = -1;
}

static int fails(int kind)
{
    if (kind != what)
        return 0;
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (!at || (ever ? n < at : n != at))
        return 0;
    if (n == at)
        atexit(over);
    errno = reasons[kind];
    return 1;
}

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

void *malloc(size_t size)
{
    return fails(MEMORY) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(MEMORY) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails(MEMORY) ? NULL : __libc_realloc(old, size);
}

/* json-c before 0.17 copies the keys of objects and does not look whether it could (github.com/json-c/json-c/pull/759): that is for it
 * to mend. Whoever else copies must look. */
char *strdup(const char *text)
{
    Dl_info caller;
    size_t size = strlen(text) + 1;
    bool spared = dladdr(__builtin_return_address(0), &caller) && strstr(caller.dli_fname, "libjson-c");
    char *copy = spared ? __libc_malloc(size) : malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

#define NEXT(type, name, parameters, arguments, kind, told)           \
    type name parameters                                              \
    {                                                                 \
        static type(*next) parameters;                                \
        if (!next)                                                    \
            *(void **)&next = dlsym(RTLD_NEXT, #name);                \
        if (fails(kind))                                              \
            return -1;                                                \
        type result = next arguments;                                 \
        told;                                                         \
        return result;                                                \
    }

NEXT(ssize_t, read, (int fd, void *to, size_t len), (fd, to, len), READ, (void)0)
NEXT(ssize_t, pread, (int fd, void *to, size_t len, off_t from), (fd, to, len, from), READ, (void)0)
NEXT(ssize_t, pread64, (int fd, void *to, size_t len, off64_t from), (fd, to, len, from), READ, (void)0)
NEXT(ssize_t, write, (int fd, const void *from, size_t len), (fd, from, len), WRITE, trace("write", fd, NULL, -1, result, from, result > 0 ? (size_t)result : 0))
NEXT(ssize_t, pwrite, (int fd, const void *from, size_t len, off_t to), (fd, from, len, to), WRITE, trace("write", fd, NULL, to, result, from, result > 0 ? (size_t)result : 0))
NEXT(ssize_t, pwrite64, (int fd, const void *from, size_t len, off64_t to), (fd, from, len, to), WRITE, trace("write", fd, NULL, to, result, from, result > 0 ? (size_t)result : 0))
NEXT(int, ftruncate64, (int fd, off64_t len), (fd, len), WRITE, trace("cut", fd, NULL, len, 0, NULL, 0))
NEXT(int, fsync, (int fd), (fd), SYNC, trace("sync", fd, NULL, 0, 0, NULL, 0))
NEXT(int, fdatasync, (int fd), (fd), SYNC, trace("sync", fd, NULL, 0, 0, NULL, 0))
NEXT(int, unlink, (const char *path), (path), KINDS, trace("unlink", -1, path, 0, 0, NULL, 0))
