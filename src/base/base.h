/* base: what every folder stands on.
 *
 * Strings are slices of memory that somebody else owns (`str`); positions in a document's text are byte spans;
 * memory comes from an `arena` that lives as long as one document and is reset, never freed piece by piece.
 * Nothing here knows about news. */
#ifndef BASE_H
#define BASE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "entente.h"

/* "No such thing" for every index in the library. */
#define NONE UINT32_MAX

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* ---- limits: past them a document is rejected or cut, and says so ---- */

enum {
    LIMIT_RECORD = 16 << 20,       /* bytes of one page or record, unpacked */
    LIMIT_TEXT = 1 << 20,          /* bytes of main text */
    LIMIT_MEMORY = 256 << 20,      /* bytes of one document's arena */
    LIMIT_SENTENCE = 512,          /* tokens; longer ones are cut at a clause mark */
    LIMIT_DEPTH = 512,             /* nested elements of a page, nested values of JSON are fewer */
};

/* ---- strings ---- */

/* Bytes, UTF-8 unless said otherwise, not terminated. `at` may be NULL when `len` is 0. */
typedef struct str {
    const char *at;
    uint32_t len;
} str;

#define STR(literal) ((str){(literal), sizeof(literal) - 1})

str str_of(const char *terminated);
bool str_is(str a, const char *terminated);
bool str_equal(str a, str b);
/* ASCII letters compare without case. */
bool str_equal_nocase(str a, str b);
int str_compare(str a, str b);
bool str_starts(str a, const char *prefix);
bool str_ends(str a, const char *suffix);
str str_trim(str a);
str str_part(str a, uint32_t start, uint32_t end);
/* Offset of the first `needle`, or NONE. */
uint32_t str_find(str a, str needle);
/* Takes the part before the first `mark` (or all) off the front of `*rest`; false when nothing is left. */
bool str_next(str *rest, char mark, str *ret_part);
/* Whether a word is one of a list with spaces between. */
bool str_lists(str words, str word);
bool str_to_int(str a, int64_t *ret);
bool str_to_real(str a, double *ret);
uint64_t str_hash(str a);

/* ---- spans and slices ---- */

/* Half-open bytes [start, end) of a document's text. */
typedef struct span {
    uint32_t start, end;
} span;

/* A run of `count` numbers in `doc->refs`, from `at`. */
typedef struct slice {
    uint32_t at, count;
} slice;

static inline uint32_t span_len(span s) { return s.end - s.start; }
static inline bool span_holds(span a, span b) { return a.start <= b.start && b.end <= a.end; }

/* ---- memory ---- */

/* Memory of one lifetime. `arena_take` never returns NULL: when the limit is passed or memory runs out it marks the
 * arena as failed and jumps to `escape`, which whoever drives the work has set (the front of the library does, once a
 * document); so the code between need not look after every allocation. Code that holds something that is not from the
 * arena (a file, a foreign object) hands it over with `arena_defer`, and it is released on reset. */
typedef struct arena arena;

arena *arena_new(size_t limit);
void arena_free(arena *a);
/* Keeps its first blocks for the next document. Runs what was deferred, last first. */
void arena_reset(arena *a);
void *arena_take(arena *a, size_t count, size_t size); /* zeroed, aligned for anything */
void arena_defer(arena *a, void (*release)(void *), void *what);
jmp_buf *arena_escape(arena *a);
size_t arena_used(const arena *a);

str arena_copy(arena *a, str s);
char *arena_copy_terminated(arena *a, str s);
str arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A growing array in an arena: `VEC(token) tokens;` holds `at`, `count`, `room`. */
#define VEC(type)                 \
    struct {                      \
        type *at;                 \
        uint32_t count, room;     \
    }

/* A pointer to a new, zeroed last element. It moves when the array grows: keep indexes, not pointers. */
#define vec_push(arena_, vec)                                                                            \
    ((vec)->count == (vec)->room                                                                         \
         ? ((vec)->at = vec_grow((arena_), (vec)->at, (vec)->count, &(vec)->room, sizeof(*(vec)->at)))   \
         : (vec)->at,                                                                                    \
     &(vec)->at[(vec)->count++])

void *vec_grow(arena *a, void *old, uint32_t count, uint32_t *room, size_t size);

/* ---- bytes being written ---- */

/* A growing buffer on the heap. After a failed allocation it drops what is added and `failed` stays set. */
typedef struct buffer {
    char *at;
    size_t len, room;
    bool failed;
} buffer;

void buffer_add(buffer *b, const void *bytes, size_t len);
void buffer_str(buffer *b, str s);
void buffer_text(buffer *b, const char *terminated);
void buffer_char(buffer *b, char c);
void buffer_format(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_free(buffer *b);

/* ---- map: string to number ---- */

/* Hash map in an arena; keys are not copied. A missing key gives NONE. */
typedef struct map map;
map *map_new(arena *a);
uint32_t map_get(const map *m, str key);
/* Sets unless there: returns the number that stands there afterwards. */
uint32_t map_add(map *m, str key, uint32_t value);

/* ---- UTF-8 ---- */

/* The code point at `*at`, moving past it. A malformed byte gives 0xFFFD and is one byte long. Needs *at < end. */
uint32_t utf8_next(const char **at, const char *end);
/* Length in bytes written to `ret` (at most 4). */
uint32_t utf8_put(uint32_t c, char ret[4]);
/* Offset of the first malformed byte, or NONE. */
uint32_t utf8_check(str s);
/* `s` itself where it is well formed; else a copy in which each malformed byte is U+FFFD. */
str utf8_mend(arena *a, str s);
uint32_t utf8_count(str s);
/* Lower case, without accents and compatibility forms, quotes and dashes as ASCII: for look-ups only. */
str utf8_fold(arena *a, str s);
/* Letters whose stroke or missing dot no decomposition takes off: o for ø, l for ł; others are themselves. */
uint32_t utf8_plain_letter(uint32_t c);
/* Lower case only. */
str utf8_lower(arena *a, str s);
str utf8_nfc(arena *a, str s);
bool utf8_is_upper(uint32_t c);
bool utf8_is_letter(uint32_t c);
bool utf8_is_digit(uint32_t c);
bool utf8_is_space(uint32_t c);

/* Turns byte offsets into counts of code points; ask in any order, cheapest in rising order. */
typedef struct utf8_counter {
    str text;
    uint32_t byte, chars;
} utf8_counter;
uint32_t utf8_chars_at(utf8_counter *counter, uint32_t byte);

/* ---- dates ---- */

/* Days since 1970-01-01, Gregorian. */
typedef int32_t day;
#define NO_DAY INT32_MIN
#define DAY_FIRST (-719162) /* 0001-01-01 */
#define DAY_LAST 2932896    /* 9999-12-31 */

/* Both ends are days it may be; the same for one day. NO_DATE where nothing is known. */
typedef struct date {
    day from, to;
} date;
#define NO_DATE ((date){NO_DAY, NO_DAY})

static inline bool date_known(date d) { return d.from != NO_DAY; }
static inline date date_of_day(day d) { return (date){d, d}; }

/* NO_DAY where there is no such day. */
day day_of(int year, int month, int month_day);
void day_split(day d, int *ret_year, int *ret_month, int *ret_month_day);
/* 0 = Monday ... 6 = Sunday (ISO 8601). */
int day_of_week(day d);
int month_days(int year, int month);
/* "2020-10-15"; `ret` has room for 11 bytes. */
void day_format(day d, char ret[11]);
/* "2020", "2020-10" or "2020-10-15", or a time after a "T": the whole span it may mean. False where it is none. */
bool date_parse(str s, date *ret);

/* ---- errors ---- */

/* Fills `*ret` (which may be NULL) and returns `code`, so that one can `return error_set(...)`. */
int error_set(entente_error *ret, int code, str origin, uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* ---- files ---- */

/* Reads a whole file into malloc'ed memory; at most `limit` bytes. 0, or a negative code with `*ret_error` filled. */
int file_read(const char *path, size_t limit, char **ret_bytes, size_t *ret_len, entente_error *ret_error);

/* ---- weights: a mapped file of named sections, written by train/ ---- */

typedef struct model model;

enum { MODEL_VERSION = 2, MODEL_BYTES = 0, MODEL_ROWS = 1, MODEL_LANES = 16 };

int model_open(const char *path, model **ret_model, entente_error *ret_error);
void model_close(model *m);
/* The checksum that the file carries: names the weights in a manifest. */
uint64_t model_digest(const model *m);
/* Of a whole file of weights; what stands in its own place does not count. */
uint64_t model_checksum(const char *file, size_t len);
/* The bytes of a section (aligned to 8), empty where there is none. */
str model_section(const model *m, const char *name);

/* Sparse rows of a linear model: a feature (32 bits, well mixed) has a weight for a few of at most 256 classes. */
typedef struct model_rows {
    const uint32_t *starts;
    const uint8_t *pool;
    uint32_t shift, lanes; /* lanes: classes, up to a multiple of MODEL_LANES */
} model_rows;
bool model_rows_find(const model *m, const char *name, model_rows *ret);
/* Adds the weights of the features (at most 256) to the scores, of which there are `lanes`. */
void model_rows_add(const model_rows *r, const uint32_t *features, uint32_t count, int32_t *scores);

#include "base/names.h"

#endif
