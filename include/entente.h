/* entente: who did or said what to whom, and how two powers stand.
 *
 * Three lifetimes, three nouns:
 *   entente_kb      what is known of the world and of a language: opened once, read-only, shared by all threads
 *   entente_doc     one document with all that was found in it: one a thread, reused for document after document
 *   entente_ledger  an SQLite file of documents and findings: one writer at a time, any number of readers
 * and a cursor, entente_reader, that walks files, folders, feeds and archives.
 *
 * Results leave as records (JSON, docs/schema.md) through a sink that the caller gives, so that a new field breaks
 * no program. Functions return 0 or a negative ENTENTE_* code; what went wrong is in the entente_error, for people.
 * Results by `ret_` parameters are untouched on failure. Strings are UTF-8. The library never prints, never exits,
 * reads no environment and keeps no global state. No object may be used by two threads at once, but a kb may. */
#ifndef ENTENTE_H
#define ENTENTE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ENTENTE_API __attribute__((visibility("default")))
#else
#define ENTENTE_API
#endif

#define ENTENTE_VERSION "0.1.0"

enum {
    ENTENTE_OK = 0,
    ENTENTE_REJECTED = -1,  /* this input cannot be used; the next may */
    ENTENTE_USAGE = -2,     /* an argument is wrong: an unknown power, a date that is none */
    ENTENTE_DATA = -65,     /* a file as a whole is unusable: not a ledger, of a newer schema, broken knowledge */
    ENTENTE_IO = -74,       /* reading or writing failed: no such file, disk full */
    ENTENTE_BUSY = -75      /* another process is writing the ledger */
};

/* What went wrong, for people. `offset` counts bytes of `origin`, or is UINT64_MAX where none can be told. */
typedef struct entente_error {
    int code;
    uint64_t offset;
    char origin[256];
    char text[512];
} entente_error;

typedef struct entente_kb entente_kb;
typedef struct entente_doc entente_doc;
typedef struct entente_reader entente_reader;
typedef struct entente_ledger entente_ledger;

/* Takes `len` bytes; returns 0, or anything else to stop (the call then fails with ENTENTE_IO). */
typedef int entente_sink(void *closure, const char *bytes, size_t len);

ENTENTE_API const char *entente_version(void);

#ifdef __cplusplus
}
#endif
#endif
