/* The front of the library: the only file that knows the order of the stages. */
#include "entente.h"

#include <stdio.h>
#include <stdlib.h>

#include "claim/claim.h"
#include "doc/doc.h"
#include "entente_inside.h"
#include "event/event.h"
#include "lang/lang.h"
#include "mention/mention.h"
#include "page/page.h"
#include "statement/statement.h"
#include "text/text.h"
#include "write/write.h"

const char *entente_version(void)
{
    return ENTENTE_VERSION;
}

/* ---- knowledge ---- */

int entente_kb_open(const char *const *paths, size_t count, const char *model, entente_kb **ret_kb, entente_error *ret_error)
{
    entente_kb *k = calloc(1, sizeof *k);
    if (!k)
        return error_set(ret_error, ENTENTE_IO, STR("knowledge"), UINT64_MAX, "out of memory");
    int code = kb_open(paths, count, &k->kb, ret_error);
    if (!code && model)
        code = lang_open(model, &k->lang, ret_error);
    if (code) {
        entente_kb_close(k);
        return code;
    }
    *ret_kb = k;
    return 0;
}

void entente_kb_close(entente_kb *kb)
{
    if (!kb)
        return;
    kb_close(kb->kb);
    lang_close(kb->lang);
    free(kb);
}

int sink_buffer(buffer *b, entente_sink *sink, void *closure, entente_error *ret_error)
{
    bool lost = b->failed || (b->len && sink(closure, b->at, b->len));
    buffer_free(b);
    return lost ? error_set(ret_error, ENTENTE_IO, STR("output"), UINT64_MAX, "cannot be written") : 0;
}

int entente_kb_build(const char *const *paths, size_t count, entente_sink *sink, void *closure, entente_sink *faults,
                     void *faults_closure, entente_error *ret_error)
{
    buffer file = {0}, wrong = {0};
    int code = kb_build(paths, count, &file, &wrong, ret_error);
    if (sink_buffer(&wrong, faults, faults_closure, ret_error))
        code = ENTENTE_IO;
    if (!code)
        return sink_buffer(&file, sink, closure, ret_error);
    buffer_free(&file);
    return code;
}

/* ---- reading ---- */

struct entente_reader {
    page_reader *reader;
};

static int input_of(const char *name, uint8_t *ret, entente_error *ret_error)
{
    uint32_t input = name ? name_find(input_names, INPUT_COUNT, str_of(name)) : INPUT_GUESS;
    if (input == NONE)
        return error_set(ret_error, ENTENTE_USAGE, STR("input"), UINT64_MAX, "no kind of input is called '%s'", name);
    *ret = (uint8_t)input;
    return 0;
}

int entente_reader_open(const char *path, const char *input, entente_reader **ret_reader, entente_error *ret_error)
{
    uint8_t kind = INPUT_GUESS;
    int code = input_of(input, &kind, ret_error);
    if (code)
        return code;
    entente_reader *r = calloc(1, sizeof *r);
    if (!r)
        return error_set(ret_error, ENTENTE_IO, str_of(path), UINT64_MAX, "out of memory");
    code = page_reader_open(path, kind, &r->reader, ret_error);
    if (code) {
        free(r);
        return code;
    }
    *ret_reader = r;
    return 0;
}

static int too_large(const doc *d, entente_error *ret_error)
{
    return error_set(ret_error, ENTENTE_REJECTED, d->head.origin, UINT64_MAX, "needs more than %d MiB of memory",
                     LIMIT_MEMORY >> 20);
}

int entente_reader_next(entente_reader *reader, entente_doc *doc, entente_error *ret_error)
{
    if (setjmp(*arena_escape(doc->arena)))
        return too_large(doc, ret_error);
    return page_reader_next(reader->reader, doc, ret_error);
}

void entente_reader_close(entente_reader *reader)
{
    if (!reader)
        return;
    page_reader_close(reader->reader);
    free(reader);
}

/* ---- a document ---- */

entente_doc *entente_doc_new(void)
{
    return doc_new();
}

void entente_doc_free(entente_doc *doc)
{
    doc_free(doc);
}

void entente_doc_tell(entente_doc *doc, const char *date, const char *url)
{
    if (date && !doc->given.date.len)
        doc->given.date = arena_copy(doc->arena, str_of(date));
    if (url && !doc->given.url.len)
        doc->given.url = arena_copy(doc->arena, str_of(url));
}

int entente_doc_set(entente_doc *doc, const char *bytes, size_t len, const char *input, const char *origin,
                    const char *date, const char *url, entente_error *ret_error)
{
    uint8_t kind = INPUT_GUESS;
    int code = input_of(input, &kind, ret_error);
    if (code)
        return code;
    if (len > LIMIT_RECORD)
        return error_set(ret_error, ENTENTE_REJECTED, str_of(origin), LIMIT_RECORD, "larger than %d MiB", LIMIT_RECORD >> 20);
    doc_reset(doc);
    doc->input = kind;
    if (setjmp(*arena_escape(doc->arena)))
        return too_large(doc, ret_error);
    doc->head.origin = arena_copy(doc->arena, str_of(origin));
    doc->raw = arena_copy(doc->arena, (str){bytes, (uint32_t)len});
    entente_doc_tell(doc, date, url);
    return 0;
}

/* ---- the street ---- */

/* Trees first of what is wanted; with none of the weights there are no trees, and the later stages find less. */
static void understand(doc *d, const entente_kb *k, unsigned flags)
{
    unsigned stop = flags & ENTENTE_STOP_MASK;
    if (k->lang)
        lang_tag(d, k->lang);
    d->done |= DONE_TAGS;
    if (stop != ENTENTE_STOP_LANG) {
        mention_find(d, k->kb, k->lang ? lang_model(k->lang) : NULL);
        statement_want(d, k->kb);
        d->done |= DONE_NAMES;
        doc_retag(d, k->kb);
    }
    if (k->lang)
        lang_parse(d, k->lang, flags & ENTENTE_PARSE_BEST ? LANG_BEST : LANG_FAST, flags & ENTENTE_PARSE_ALL);
    doc_mend_trees(d);
    d->done |= DONE_TREES;
}

static void find(doc *d, const entente_kb *k, unsigned stop)
{
    static const struct {
        void (*run)(doc *d, const kb *k);
        uint32_t done;
        unsigned stop;
    } stages[] = {
        {statement_find, DONE_STATEMENT, ENTENTE_STOP_STATEMENT},
        {event_code, DONE_EVENT, ENTENTE_STOP_EVENT},
        {claim_find, DONE_CLAIM, ENTENTE_STOP_CLAIM},
    };
    mention_link(d, k->kb, k->lang ? lang_model(k->lang) : NULL);
    d->done |= DONE_MENTION;
    if (stop == ENTENTE_STOP_MENTION)
        return;
    for (size_t i = 0; i < COUNT(stages); i++) {
        stages[i].run(d, k->kb);
        d->done |= stages[i].done;
        if (stop == stages[i].stop)
            return;
    }
}

/* Bytes to text. What comes in tokens keeps them; what comes as a record keeps all its layers. */
static int take_in(doc *d, const entente_kb *k, entente_error *ret_error)
{
    int code = 0;
    if (!d->raw.len && !d->given.text.len && d->head.kind != KIND_HEADLINE && d->input != INPUT_JSONL)
        return error_set(ret_error, ENTENTE_REJECTED, d->head.origin, 0, "it is empty");
    if (d->input == INPUT_RECORD)
        code = doc_load(d, ret_error);
    else if (d->input == INPUT_CONLLU)
        code = text_given(d, false, ret_error);
    else if (d->head.kind != KIND_HEADLINE)
        code = page_read(d, k->kb, ret_error);
    if (code)
        return code;
    if (d->input != INPUT_RECORD)
        doc_identify(d);
    d->done |= DONE_PAGE;
    return 0;
}

static bool is_english(const doc *d)
{
    return !d->head.language.len || str_is(d->head.language, "en");
}

/* What is in a language that we do not read is passed on whole, its later layers empty. */
static int walk(doc *d, const entente_kb *k, unsigned flags, entente_error *ret_error)
{
    unsigned stop = flags & ENTENTE_STOP_MASK;
    int code = take_in(d, k, ret_error);
    if (code || stop == ENTENTE_STOP_PAGE || d->input == INPUT_RECORD)
        return code;
    if (d->input != INPUT_CONLLU)
        text_split(d, k->kb, k->lang ? lang_model(k->lang) : NULL);
    d->done |= DONE_TEXT;
    if (stop == ENTENTE_STOP_TEXT || !is_english(d))
        return 0;
    understand(d, k, flags);
    if (stop != ENTENTE_STOP_LANG)
        find(d, k, stop);
    return 0;
}

int entente_doc_code(entente_doc *doc, const entente_kb *kb, unsigned flags, entente_error *ret_error)
{
    if (setjmp(*arena_escape(doc->arena)))
        return too_large(doc, ret_error);
    return walk(doc, kb, flags, ret_error);
}

/* ---- headlines ---- */

size_t entente_doc_headlines(const entente_doc *doc)
{
    if (doc->head.kind == KIND_HEADLINE || doc->input == INPUT_RECORD)
        return 0;
    return (doc->head.title.len > 0) + (doc->head.deck.len > 0) + doc->links.count;
}

/* A headline stands by itself: its own words, the page's outlet, and the day of the page or of the item. */
static void headline_fill(const doc *page, doc *d, const char *mark, str words, day when, str url)
{
    arena *a = d->arena;
    str origin = page->head.origin;
    d->head.origin = arena_format(a, "%.*s#%s", (int)origin.len, origin.at, mark);
    d->head.kind = KIND_HEADLINE;
    d->head.outlet = arena_copy(a, page->head.outlet);
    d->head.language = arena_copy(a, page->head.language);
    d->head.url = arena_copy(a, url);
    d->input = INPUT_TEXT;
    d->raw = d->text = arena_copy(a, words);
    vec_push(a, &d->blocks)->span = (span){0, words.len};
    if (when == NO_DAY)
        return;
    char text[11];
    day_format(when, text);
    d->head.published = arena_copy(a, str_of(text));
    d->head.published_day = when;
    d->head.published_from = page->head.published_from;
}

int entente_doc_headline(const entente_doc *doc, size_t n, entente_doc *ret_headline, entente_error *ret_error)
{
    size_t first = (doc->head.title.len > 0) + (doc->head.deck.len > 0);
    doc_reset(ret_headline);
    if (setjmp(*arena_escape(ret_headline->arena)))
        return too_large(ret_headline, ret_error);
    if (n >= first) {
        const link *l = &doc->links.at[n - first];
        char mark[24];
        snprintf(mark, sizeof mark, "link%zu", n - first);
        headline_fill(doc, ret_headline, mark, l->text, l->date, l->href);
        ret_headline->head.published_from = l->date == NO_DAY ? DATED_NOT : DATED_FURNITURE;
    } else if (n == 0 && doc->head.title.len) {
        headline_fill(doc, ret_headline, "title", doc->head.title, doc->head.published_day, doc->head.url);
    } else {
        headline_fill(doc, ret_headline, "deck", doc->head.deck, doc->head.published_day, doc->head.url);
    }
    if (n < first && doc->head.conflict) { /* title and deck are of the day of the piece, and that is not known */
        ret_headline->head.conflict = true;
        ret_headline->head.written = doc->head.written;
        ret_headline->head.reference = doc->head.reference;
    }
    return 0;
}

const char *entente_doc_note(const entente_doc *doc, size_t n)
{
    return n < doc->notes.count ? doc->notes.at[n].at : NULL;
}

const char *entente_doc_origin(const entente_doc *doc)
{
    return doc->head.origin.len ? doc->head.origin.at : "";
}

/* ---- writing ---- */

static bool write_any(const doc *d, const kb *k, const char *format, unsigned flags, buffer *out)
{
    str f = str_of(format);
    if (str_is(f, "jsonl"))
        write_jsonl(d, k, flags & ENTENTE_WRITE_TOKENS, out);
    else if (str_is(f, "conllu"))
        write_conllu(d, out);
    else if (str_is(f, "text"))
        write_text(d, k, flags & ENTENTE_WRITE_COLOUR, out);
    else if (str_is(f, "rows-csv") || str_is(f, "rows-tsv") || str_is(f, "rows-jsonl"))
        write_rows(d, k, str_is(f, "rows-csv") ? ',' : str_is(f, "rows-tsv") ? '\t' : 0, flags & ENTENTE_WRITE_ALL, out);
    else
        return false;
    return true;
}

int entente_doc_write(const entente_doc *doc, const entente_kb *kb, const char *format, unsigned flags, entente_sink *sink,
                      void *closure, entente_error *ret_error)
{
    buffer out = {0};
    if (!write_any(doc, kb->kb, format, flags, &out))
        return error_set(ret_error, ENTENTE_USAGE, STR("format"), UINT64_MAX, "no format is called '%s'", format);
    return sink_buffer(&out, sink, closure, ret_error);
}

int entente_write_header(const char *format, entente_sink *sink, void *closure)
{
    buffer out = {0};
    str f = str_of(format);
    if (str_is(f, "rows-csv") || str_is(f, "rows-tsv"))
        write_rows_header(str_is(f, "rows-csv") ? ',' : '\t', &out);
    return sink_buffer(&out, sink, closure, NULL);
}
