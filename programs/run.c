/* Many documents through one function, over threads, their results in order.
 *
 * A ring of jobs: the calling thread loads documents into free ones and takes finished ones out at the other end, in
 * order; workers take the loaded ones as they come. So the output does not depend on how many there are. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

enum { JOBS_MOST = 64, RING = 4 /* jobs waiting for each worker */ };

enum state { FREE, LOADED, WORKING, READY };

typedef struct ring {
    const work *w;
    job *jobs;
    enum state *states;
    size_t size;
    size_t head, tail, next; /* oldest taken out next; where to load; where workers look. Counted without end. */
    bool over;
    pthread_mutex_t lock;
    pthread_cond_t loaded, ready;
} ring;

/* Where in the arguments the reader stands. */
typedef struct cursor {
    const settings *s;
    size_t at;
    entente_reader *reader;
    const char *path; /* what the reader reads */
    size_t before;    /* documents and refusals before it */
    size_t read, rejected;
    bool progress;
    tally *tally; /* or NULL */
    int failure; /* an exit code of a file that could not be opened */
} cursor;

/* ---- jobs ---- */

int sink_job(void *closure, const char *bytes, size_t len)
{
    job *j = closure;
    if (j->len + len > j->text_room) {
        size_t room = (j->len + len) * 2;
        char *text = realloc(j->text, room);
        if (!text)
            return 1;
        j->text = text;
        j->text_room = room;
    }
    memcpy(j->text + j->len, bytes, len);
    j->len += len;
    return 0;
}

entente_doc *job_add(job *j)
{
    if (j->count == j->room) {
        size_t room = j->room ? 2 * j->room : 4;
        entente_doc **docs = realloc(j->docs, room * sizeof *docs);
        if (!docs)
            return NULL;
        memset(docs + j->room, 0, (room - j->room) * sizeof *docs);
        j->docs = docs;
        j->room = room;
    }
    if (!j->docs[j->count] && !(j->docs[j->count] = entente_doc_new()))
        return NULL;
    return j->docs[j->count++];
}

static void job_free(job *j)
{
    for (size_t i = 0; i < j->room; i++)
        entente_doc_free(j->docs[i]);
    free(j->docs);
    free(j->text);
}

/* ---- reading ---- */

static void counted(cursor *c, bool rejected)
{
    c->read += !rejected;
    c->rejected += rejected;
    if (c->tally)
        *c->tally = (tally){c->read, c->rejected};
}

static void show_progress(const cursor *c, bool last)
{
    if (c->progress && (last || c->read % 16 == 0))
        fprintf(stderr, "\r%zu read, %zu rejected%s", c->read, c->rejected, last ? "\n" : "");
}

static bool next_reader(cursor *c)
{
    size_t count = c->s->count ? c->s->count : 1;
    while (c->at < count) {
        const char *path = c->s->count ? c->s->arguments[c->at] : "-";
        entente_error error;
        c->at++;
        int code = entente_reader_open(path, c->s->value[OPT_INPUT], &c->reader, &error);
        c->path = path;
        c->before = c->read + c->rejected;
        if (!code)
            return true;
        complain(&error);
        c->failure = code == ENTENTE_USAGE ? EXIT_WRONG_USE : c->failure;
        counted(c, true);
    }
    return false;
}

/* Loads the next document into `j`; false at the end of all input. */
static bool load(cursor *c, job *j)
{
    j->count = j->len = 0;
    j->failed = false;
    entente_doc *doc = job_add(j);
    while (doc && !c->failure && (c->reader || next_reader(c))) {
        entente_error error;
        int code = entente_reader_next(c->reader, doc, &error);
        if (code > 0) {
            entente_doc_tell(doc, c->s->value[OPT_DATE], c->s->value[OPT_URL]);
            counted(c, false);
            show_progress(c, false);
            return true;
        }
        if (code < 0) {
            complain(&error);
            counted(c, true);
        }
        if (code == 0 && c->read + c->rejected == c->before) {
            complain_text("%s: there is no document in it", c->path);
            counted(c, true);
        }
        if (code == 0 || code == ENTENTE_IO) {
            entente_reader_close(c->reader);
            c->reader = NULL;
        }
    }
    return false;
}

/* ---- results ---- */

static int emit(const work *w, cursor *c, job *j)
{
    for (size_t i = 0; i < j->count; i++)
        for (size_t n = 0; entente_doc_note(j->docs[i], n); n++)
            complain_text("%s: %s", entente_doc_origin(j->docs[i]), entente_doc_note(j->docs[i], n));
    if (j->code) {
        complain(&j->error);
        counted(c, true);
        return 0;
    }
    return w->emit(w, j);
}

static int run_alone(const work *w, cursor *c)
{
    job j = {0};
    int code = 0;
    while (!code && load(c, &j)) {
        w->process(w, &j);
        code = emit(w, c, &j);
    }
    job_free(&j);
    return code;
}

/* ---- threads ---- */

static void *worker(void *closure)
{
    ring *r = closure;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->next == r->tail && !r->over)
            pthread_cond_wait(&r->loaded, &r->lock);
        if (r->next == r->tail)
            break;
        size_t slot = r->next++ % r->size;
        r->states[slot] = WORKING;
        pthread_mutex_unlock(&r->lock);
        r->w->process(r->w, &r->jobs[slot]);
        pthread_mutex_lock(&r->lock);
        r->states[slot] = READY;
        pthread_cond_signal(&r->ready);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Takes out the oldest job when it is ready, waiting for it where `wait`. False when there was none to take. */
static bool take_out(ring *r, cursor *c, bool wait, int *ret_code)
{
    pthread_mutex_lock(&r->lock);
    size_t slot = r->head % r->size;
    while (wait && r->head < r->tail && r->states[slot] != READY)
        pthread_cond_wait(&r->ready, &r->lock);
    bool ready = r->head < r->tail && r->states[slot] == READY;
    pthread_mutex_unlock(&r->lock);
    if (!ready)
        return false;
    if (!*ret_code)
        *ret_code = emit(r->w, c, &r->jobs[slot]);
    pthread_mutex_lock(&r->lock);
    r->states[slot] = FREE;
    r->head++;
    pthread_mutex_unlock(&r->lock);
    return true;
}

static void put_in(ring *r)
{
    pthread_mutex_lock(&r->lock);
    r->states[r->tail++ % r->size] = LOADED;
    pthread_cond_signal(&r->loaded);
    pthread_mutex_unlock(&r->lock);
}

static int drive(ring *r, cursor *c)
{
    int code = 0;
    while (!code) {
        while (take_out(r, c, r->tail - r->head == r->size, &code) && !code)
            ;
        if (code || !load(c, &r->jobs[r->tail % r->size]))
            break;
        put_in(r);
    }
    while (take_out(r, c, true, &code))
        ;
    return code;
}

static int run_threads(const work *w, cursor *c, size_t count)
{
    size_t size = count * RING;
    ring r = {.w = w, .size = size, .jobs = calloc(size, sizeof(job)), .states = calloc(size, sizeof(enum state))};
    pthread_t threads[JOBS_MOST];
    size_t started = 0;
    pthread_mutex_init(&r.lock, NULL);
    pthread_cond_init(&r.loaded, NULL);
    pthread_cond_init(&r.ready, NULL);
    while (r.jobs && r.states && started < count && !pthread_create(&threads[started], NULL, worker, &r))
        started++;
    int code = started ? drive(&r, c) : EXIT_FILES;
    pthread_mutex_lock(&r.lock);
    r.over = true;
    pthread_cond_broadcast(&r.loaded);
    pthread_mutex_unlock(&r.lock);
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; r.jobs && i < size; i++)
        job_free(&r.jobs[i]);
    free(r.jobs);
    free(r.states);
    return code;
}

int run_documents(const work *w)
{
    const char *jobs = w->s->value[OPT_JOBS];
    char *end = NULL;
    long count = jobs ? strtol(jobs, &end, 10) : 1;
    if (count < 1 || count > JOBS_MOST || (end && *end)) {
        complain_text("--jobs wants a number from 1 to %d", JOBS_MOST);
        return EXIT_WRONG_USE;
    }
    cursor c = {.s = w->s, .tally = w->tally, .progress = !w->s->value[OPT_QUIET] && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO)};
    int code = count == 1 ? run_alone(w, &c) : run_threads(w, &c, (size_t)count);
    entente_reader_close(c.reader);
    show_progress(&c, true);
    if (code || c.failure)
        return code ? code : c.failure;
    return c.rejected ? EXIT_REJECTED : EXIT_DONE;
}
