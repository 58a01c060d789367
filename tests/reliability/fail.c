/* Makes the Nth call of a kind fail, once or for ever: laid before a program with LD_PRELOAD.
 *
 * FAIL_WHAT  memory, read, write or sync;  FAIL_AT  which call, from 1 on;  FAIL_FOR  once or ever
 * FAIL_COUNT a file into which the number of calls is written at the end. */
#define _GNU_SOURCE
#undef _FILE_OFFSET_BITS /* pread and pread64 are two names here */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
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

static int fails(int kind)
{
    if (kind != what)
        return 0;
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (!at || (ever ? n < at : n != at))
        return 0;
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

#define NEXT(type, name, parameters, arguments, kind)                 \
    type name parameters                                              \
    {                                                                 \
        static type(*next) parameters;                                \
        if (!next)                                                    \
            *(void **)&next = dlsym(RTLD_NEXT, #name);                \
        return fails(kind) ? -1 : next arguments;                     \
    }

NEXT(ssize_t, read, (int fd, void *to, size_t len), (fd, to, len), READ)
NEXT(ssize_t, pread, (int fd, void *to, size_t len, off_t from), (fd, to, len, from), READ)
NEXT(ssize_t, pread64, (int fd, void *to, size_t len, off64_t from), (fd, to, len, from), READ)
NEXT(ssize_t, write, (int fd, const void *from, size_t len), (fd, from, len), WRITE)
NEXT(ssize_t, pwrite, (int fd, const void *from, size_t len, off_t to), (fd, from, len, to), WRITE)
NEXT(ssize_t, pwrite64, (int fd, const void *from, size_t len, off64_t to), (fd, from, len, to), WRITE)
NEXT(int, ftruncate64, (int fd, off64_t len), (fd, len), WRITE)
NEXT(int, fsync, (int fd), (fd), SYNC)
NEXT(int, fdatasync, (int fd), (fd), SYNC)
