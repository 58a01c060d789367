/* What the files of this folder share; nobody else includes it.
 *
 * A format's file takes d->raw apart and puts paragraphs on a `sheet`, which becomes d->text with its blocks. */
#ifndef PAGE_INSIDE_H
#define PAGE_INSIDE_H

#include "page/page.h"
#include "page/stream.h"

/* ---- sheet.c: the text being written ---- */

/* How a paragraph was set: what the search for turns wants to know. */
enum { STYLE_BOLD = 1, STYLE_HEADING = 2, STYLE_LINKED = 4 };

typedef struct sheet {
    doc *d;
    char *at;
    uint32_t len, room;
    VEC(uint8_t) styles; /* one a block */
    bool cut;
} sheet;

/* Room for `bytes` of text in at most `paragraphs` paragraphs. */
sheet sheet_new(doc *d, uint32_t bytes, uint32_t paragraphs);
/* Adds a paragraph (one line, trimmed, "\n" is added). Past LIMIT_TEXT nothing more is taken. */
void sheet_add(sheet *s, str text, uint64_t offset, uint8_t kind, uint8_t style);
void sheet_done(sheet *s);

/* ---- turns.c ---- */

/* Finds the turns of an interview in d->text. `styles` is one a block or NULL, `label` what stands under the title
 * ("Name, role"), perhaps empty. Sets d->turns and the kind when it is one. */
void turns_find(doc *d, const uint8_t *styles, str label);

/* ---- dates.c: dates as people print them ---- */

/* How to read 3/4/2020 and what "today" is where a page says so. */
typedef struct date_habit {
    arena *arena;
    bool month_first;
    day today; /* or NO_DAY */
} date_habit;

/* The first date printed in `s`: true with the day and the bytes it covers. */
bool dates_find(str s, date_habit habit, day *ret_day, span *ret_span);
/* Is the whole line a date, with perhaps a weekday, a clock, "Updated", "Published"? */
bool dates_is_line(str s, date_habit habit, day *ret_day);
/* ISO, RFC 822 or printed; the day as it is written, time zones do not move it. `ret_iso` may be NULL: the day, with
 * the time where one was given in ISO. */
bool dates_stamp(arena *a, str s, date_habit habit, day *ret_day, str *ret_iso);
/* A month's number (1 to 12) by its name in some thirty languages, folded; 0 where it is none. */
int dates_month(str folded);
/* The day in an address like /2020/10/15/, or NO_DAY. */
day dates_in_url(str url);

void page_set_published(doc *d, str iso, day day, uint8_t from);

/* ---- language.c ---- */

/* ISO 639-1 code of the language `text` is written in; `hint` (a lang attribute, perhaps empty) decides in doubt. */
str language_of(str text, str hint);

/* ---- charset.c ---- */

/* d->raw as UTF-8. `label` is what the transport said, perhaps empty; a wrong one is found out. */
str charset_decode(doc *d, str bytes, str label, bool html);

/* ---- phrases.c: words that furniture is made of ---- */

/* Does the line begin with a heading of a list of other stories ("Latest news", "Mehr zum Thema")? Returns its length
 * in bytes or 0. */
uint32_t phrase_list_heading(str line);
/* Is the whole line furniture: "Share", "Advertisement", "Read more", "All rights reserved"? */
bool phrase_is_furniture(str line);

/* ---- formats.c: the one list of formats ---- */

typedef int page_format(doc *d, entente_error *ret_error);
/* Takes the next document out of the file that the reader has open; like page_reader_next, 0 at the file's end. */
typedef int page_cursor(page_reader *r, doc *d, entente_error *ret_error);

typedef struct format {
    const char *endings; /* of file names, without ".gz", with spaces around each */
    page_cursor *next;
    page_format *read; /* NULL where the layers come from elsewhere */
} format;

extern const format page_formats[INPUT_COUNT];
/* Told from name and first bytes; INPUT_GUESS where it is nothing that is read here. */
uint8_t format_guess(const char *path, str head);

page_format text_read, saved_read, jsonl_read, html_read, feed_read, warc_read;
page_cursor whole_next, lines_next, feed_next, warc_next, sheets_next;

/* ---- reader.c, for the cursors ---- */

struct page_reader {
    char **paths; /* still to come, last first */
    size_t count, room;
    uint8_t wanted; /* INPUT_ or INPUT_GUESS */
    char *path;     /* of the open file */
    stream *in;
    uint8_t input;
    uint64_t damage; /* the last damage to a packed file that was reported */
    bool first;     /* nothing was taken from the open file yet */
    void *more;     /* what a cursor keeps of the open file (feeds) */
    void (*forget)(void *more);
};

/* Skips the rest of a record that is too large; ENTENTE_REJECTED with the message. */
int reader_refuse(page_reader *r, uint64_t at, entente_error *ret_error, const char *what);

static inline bool is_ascii_letter(char c) { return (uint8_t)(((uint8_t)c | 32) - 'a') < 26; }
static inline bool is_ascii_digit(char c) { return (uint8_t)(c - '0') < 10; }

/* Characters other than white space and marks, roughly: what counts as words. */
uint32_t page_words(str s);
bool page_ends_sentence(str s);

#endif
