/* A document into the tables: layer by layer, in one transaction with the others of its batch. */
#include <stdio.h>
#include <stdlib.h>

#include "ledger/inside.h"

const char *const ledger_keep_names[KEEP_COUNT] = {"evidence", "full", "none"};

/* A document on its way in: what of it is kept, and where its offsets are counted. */
typedef struct adding {
    ledger *l;
    const kb *k;
    const doc *d;
    int64_t number, base;
    day settled;      /* by somebody, or NO_DAY */
    bool *sentences, *entities, *places; /* which are kept */
    int64_t *powers;                     /* of the entities that are kept: whom they act for, or 0 */
    utf8_counter chars;
} adding;

/* ---- what is kept ---- */

static uint32_t sentence_of(const doc *d, uint32_t told, span s)
{
    uint32_t sentence = told != NONE ? told : doc_sentence_at(d, s.start);
    return sentence < d->sentences.count ? sentence : NONE;
}

static void keep(bool *marks, uint32_t number)
{
    if (number != NONE)
        marks[number] = true;
}

static void keep_statements(adding *a)
{
    const doc *d = a->d;
    for (uint32_t i = 0; i < d->statements.count; i++) {
        const statement *s = &d->statements.at[i];
        keep(a->entities, s->speaker);
        keep(a->entities, s->addressee);
        keep(a->places, s->place);
        if (s->kind != STATEMENT_TURN)
            keep(a->sentences, sentence_of(d, s->sentence, s->span));
    }
}

static void keep_events(adding *a)
{
    const doc *d = a->d;
    for (uint32_t i = 0; i < d->events.count; i++) {
        const event *e = &d->events.at[i];
        keep(a->sentences, sentence_of(d, e->sentence, e->span));
        keep(a->places, e->place);
        for (uint32_t n = 0; n < e->actors.count; n++)
            keep(a->entities, doc_ref(d, e->actors, n));
        for (uint32_t n = 0; n < e->recipients.count; n++)
            keep(a->entities, doc_ref(d, e->recipients, n));
    }
}

static void keep_claims(adding *a)
{
    const doc *d = a->d;
    for (uint32_t i = 0; i < d->claims.count; i++) {
        keep(a->entities, d->claims.at[i].about[0]);
        keep(a->entities, d->claims.at[i].about[1]);
        keep(a->sentences, sentence_of(d, d->claims.at[i].sentence, d->claims.at[i].span));
    }
}

/* Marks what findings rest on; all of it with --text full. */
static bool mark_kept(adding *a)
{
    const doc *d = a->d;
    size_t count = (size_t)d->sentences.count + d->entities.count + d->places.count;
    a->powers = calloc(1, d->entities.count * sizeof *a->powers + count + 1);
    if (!a->powers)
        return ledger_good(a->l, SQLITE_NOMEM);
    bool *marks = (bool *)(a->powers + d->entities.count);
    a->sentences = marks;
    a->entities = marks + d->sentences.count;
    a->places = a->entities + d->entities.count;
    keep_statements(a);
    keep_events(a);
    keep_claims(a);
    if (a->l->run.keep == KEEP_FULL)
        memset(marks, 1, count);
    return true;
}

/* ---- layers ---- */

static void put_pair(adding *a, span s)
{
    if (s.end <= s.start) {
        row_null(a->l);
        row_null(a->l);
        return;
    }
    row_int(a->l, utf8_chars_at(&a->chars, s.start));
    row_int(a->l, utf8_chars_at(&a->chars, s.end));
}

/* Never null, also where the span is empty. */
static void put_span(adding *a, span s)
{
    row_int(a->l, utf8_chars_at(&a->chars, s.start));
    row_int(a->l, utf8_chars_at(&a->chars, MAX(s.start, s.end)));
}

static void put_date(adding *a, date d)
{
    row_day(a->l, d.from);
    row_day(a->l, d.to);
}

static void put_rule(adding *a, int64_t rule)
{
    if (rule)
        row_int(a->l, rule);
    else
        row_null(a->l);
}

static void put_document(adding *a)
{
    ledger *l = a->l;
    const head *h = &a->d->head;
    row_start(l, SQL_PUT_DOCUMENT);
    row_int(l, a->number);
    const str texts[] = {h->id, h->content, h->origin, h->url, h->title, h->deck, h->byline, h->outlet, h->language};
    for (size_t i = 0; i < COUNT(texts); i++)
        row_text(l, texts[i]);
    row_name(l, kind_names[h->kind]);
    row_text(l, h->published);
    row_name(l, dated_names[h->published_from]);
    row_iso(l, h->written.from);
    row_iso(l, h->written.to);
    row_int(l, h->conflict);
    row_iso(l, h->reference);
    row_iso(l, a->settled);
    row_int(l, utf8_count(a->d->text));
    row_text(l, l->run.keep == KEEP_FULL ? a->d->text : (str){0});
    row_int(l, l->run_number);
    row_do(l);
}

/* Where the sentence stood in the page: its block's byte, and for a given text the very byte. */
static void put_offset(adding *a, const sentence *s)
{
    if (s->block == NONE || s->block >= a->d->blocks.count)
        row_null(a->l);
    else
        row_int(a->l, (int64_t)a->d->blocks.at[s->block].offset);
}

static void put_sentence(adding *a, uint32_t i)
{
    ledger *l = a->l;
    const sentence *s = &a->d->sentences.at[i];
    str text = l->run.keep == KEEP_NONE ? (str){0} : str_trim(doc_str(a->d, s->span));
    row_start(l, SQL_PUT_SENTENCE);
    row_int(l, a->base | i);
    put_span(a, s->span);
    put_offset(a, s);
    row_text(l, text);
    row_do(l);
    if (!text.len)
        return;
    row_start(l, SQL_PUT_WORDS);
    row_int(l, a->base | i);
    row_text(l, text);
    row_do(l);
}

static void put_entity(adding *a, uint32_t i)
{
    ledger *l = a->l;
    const entity *e = &a->d->entities.at[i];
    int64_t power = a->powers[i] = ledger_number_power(l, a->k, ledger_power_of(a->k, e));
    row_start(l, SQL_PUT_ENTITY);
    row_int(l, a->base | i);
    row_text(l, e->identifier);
    row_text(l, e->name.len ? e->name : e->identifier.len ? e->identifier : STR("?"));
    row_name(l, entity_names[e->type]);
    row_name(l, e->code);
    row_name(l, e->sector);
    row_text(l, e->other_sectors);
    row_text(l, e->role);
    row_text(l, e->office);
    put_rule(a, power);
    row_do(l);
    for (uint32_t n = 0; l->run.keep == KEEP_FULL && n < e->mentions.count; n++) {
        const mention *m = &a->d->mentions.at[doc_ref(a->d, e->mentions, n)];
        row_start(l, SQL_PUT_MENTION);
        row_int(l, a->base | i);
        put_span(a, m->span);
        row_name(l, mention_names[m->kind]);
        row_do(l);
    }
}

static void put_place(adding *a, uint32_t i)
{
    ledger *l = a->l;
    const place *p = &a->d->places.at[i];
    row_start(l, SQL_PUT_PLACE);
    row_int(l, a->base | i);
    row_text(l, p->name.len ? p->name : STR("?"));
    if (p->located) {
        row_real(l, p->lat);
        row_real(l, p->lon);
    } else {
        row_null(l);
        row_null(l);
    }
    row_name(l, p->country);
    row_text(l, p->feature);
    put_rule(a, p->geonameid);
    row_do(l);
}

static void put_statement(adding *a, uint32_t i)
{
    ledger *l = a->l;
    const statement *s = &a->d->statements.at[i];
    write_id id = write_statement_id(a->d, i);
    int64_t rule = ledger_number_rule(l, a->k, s->rule, (str){"", 0});
    uint32_t sentence = sentence_of(a->d, s->sentence, s->span);
    row_start(l, SQL_PUT_STATEMENT);
    row_int(l, a->base | i);
    row_int(l, ledger_id(str_of(id.hex)));
    row_index(l, s->speaker);
    put_pair(a, s->speaker_span);
    put_pair(a, s->cue);
    put_span(a, s->span);
    row_name(l, statement_names[s->kind]);
    put_date(a, s->date);
    row_index(l, s->place);
    row_index(l, s->addressee);
    row_index(l, s->cited_by);
    row_index(l, sentence != NONE && a->sentences[sentence] ? sentence : NONE);
    put_rule(a, rule);
    row_do(l);
}

/* The names of a set, joined by spaces. */
static str set_names(uint64_t set, const char *const *names, uint32_t count, char *room, size_t size)
{
    size_t len = 0;
    room[0] = 0;
    for (uint32_t i = 0; i < count && len < size; i++)
        if (set >> i & 1)
            len += (size_t)snprintf(room + len, size - len, "%s%s", len ? " " : "", names[i]);
    return str_of(room);
}

static void put_sides(adding *a, int statement, uint32_t event, slice sides)
{
    for (uint32_t i = 0; i < sides.count; i++) {
        row_start(a->l, statement);
        row_int(a->l, a->base | event);
        row_int(a->l, doc_ref(a->d, sides, i));
        row_do(a->l);
    }
}

int64_t ledger_thousandths(float value)
{
    double thousandths = (double)value * 1000;
    return (int64_t)(thousandths < 0 ? thousandths - 0.5 : thousandths + 0.5);
}

static void put_event(adding *a, uint32_t i)
{
    ledger *l = a->l;
    const event *e = &a->d->events.at[i];
    write_id id = write_event_id(a->d, i);
    char contexts[640], auxiliary[64];
    int64_t rule = ledger_number_rule(l, a->k, e->rule, e->given_rule);
    row_start(l, SQL_PUT_EVENT);
    row_int(l, a->base | i);
    row_int(l, ledger_id(str_of(id.hex)));
    row_name(l, event_names[e->event]);
    row_text(l, e->modes);
    row_text(l, set_names(e->contexts, context_names, CONTEXT_COUNT, contexts, sizeof contexts));
    put_date(a, e->date);
    row_index(l, e->place);
    row_text(l, set_names(e->auxiliary, auxiliary_names, AUXILIARY_COUNT, auxiliary, sizeof auxiliary));
    row_index(l, e->statement);
    row_real(l, (double)ledger_thousandths(e->goldstein) / 1000);
    row_text(l, e->cameo);
    row_index(l, sentence_of(a->d, e->sentence, e->span));
    put_span(a, e->span);
    put_rule(a, rule);
    row_int(l, ledger_thousandths(e->confidence));
    row_do(l);
    put_sides(a, SQL_PUT_ACTOR, i, e->actors);
    put_sides(a, SQL_PUT_RECIPIENT, i, e->recipients);
}

/* The day a claim is of: its statement's, else the document's. Unknown while the document's date is in conflict. */
static day claim_day(const adding *a, const claim *c)
{
    const head *h = &a->d->head;
    if (c->statement != NONE && date_known(a->d->statements.at[c->statement].date))
        return a->d->statements.at[c->statement].date.from;
    return a->settled != NO_DAY ? a->settled : h->reference != NO_DAY ? h->reference : h->conflict ? NO_DAY : h->published_day;
}

static void put_claim(adding *a, uint32_t i)
{
    ledger *l = a->l;
    const claim *c = &a->d->claims.at[i];
    write_id id = write_claim_id(a->d, i);
    int64_t rule = ledger_number_rule(l, a->k, c->rule, c->given_rule), powers[2];
    for (int n = 0; n < 2; n++)
        powers[n] = a->powers[c->about[n]];
    row_start(l, SQL_PUT_CLAIM);
    row_int(l, a->base | i);
    row_int(l, ledger_id(str_of(id.hex)));
    row_index(l, c->about[0]);
    row_index(l, c->about[1]);
    put_rule(a, powers[0]);
    put_rule(a, powers[1]);
    row_name(l, tie_names[c->tie]);
    row_int(l, c->holds);
    row_name(l, change_names[c->change]);
    row_int(l, c->formal);
    row_int(l, c->practical);
    row_index(l, c->statement);
    row_name(l, side_names[c->side]);
    row_index(l, sentence_of(a->d, c->sentence, c->span));
    put_span(a, c->span);
    put_rule(a, rule);
    row_day(l, claim_day(a, c));
    row_do(l);
}

void ledger_cover(ledger *l, int64_t outlet, day day, int documents, int headlines, int events)
{
    if (day == NO_DAY)
        return;
    row_start(l, SQL_PUT_COVERAGE);
    row_int(l, outlet);
    row_int(l, day);
    row_int(l, documents);
    row_int(l, headlines);
    row_int(l, events);
    row_do(l);
    row_start(l, SQL_PUT_DAY);
    row_int(l, day);
    row_int(l, documents);
    row_do(l);
    for (int i = 0; documents + headlines < 0 && i < 2; i++) {
        row_start(l, i ? SQL_DROP_DAY : SQL_DROP_COVERAGE);
        row_int(l, day);
        row_do(l);
    }
}

static void put_coverage(adding *a)
{
    const head *h = &a->d->head;
    bool headline = h->kind == KIND_HEADLINE;
    ledger_cover(a->l, ledger_number_outlet(a->l, h->outlet), a->settled != NO_DAY ? a->settled : h->published_day, !headline, headline,
                 (int)a->d->events.count);
}

static void list_powers(const adding *a, char kind, slice sides, buffer *codes)
{
    for (uint32_t i = 0; i < sides.count; i++) {
        int64_t power = a->powers[doc_ref(a->d, sides, i)];
        if (power)
            buffer_format(codes, " %c%lld", kind, (long long)power);
    }
}

/* What a search without words goes by: types, actors and recipients of the document's events. */
static void put_facets(adding *a)
{
    ledger *l = a->l;
    buffer codes = {0};
    for (uint32_t i = 0; i < a->d->events.count; i++) {
        const event *e = &a->d->events.at[i];
        buffer_format(&codes, " t%d", e->event);
        list_powers(a, 'a', e->actors, &codes);
        list_powers(a, 'r', e->recipients, &codes);
    }
    if (codes.failed)
        ledger_good(l, SQLITE_NOMEM);
    if (codes.len) {
        row_start(l, SQL_PUT_FACETS);
        row_int(l, a->number);
        row_text(l, (str){codes.at, (uint32_t)codes.len});
        row_do(l);
    }
    buffer_free(&codes);
}

static void put_layers(adding *a)
{
    const doc *d = a->d;
    for (uint32_t i = 0; i < d->sentences.count; i++)
        if (a->sentences[i])
            put_sentence(a, i);
    for (uint32_t i = 0; i < d->entities.count; i++)
        if (a->entities[i])
            put_entity(a, i);
    for (uint32_t i = 0; i < d->places.count; i++)
        if (a->places[i])
            put_place(a, i);
    for (uint32_t i = 0; i < d->statements.count; i++)
        put_statement(a, i);
    for (uint32_t i = 0; i < d->events.count; i++)
        put_event(a, i);
    for (uint32_t i = 0; i < d->claims.count; i++)
        put_claim(a, i);
    put_facets(a);
}

/* ---- whether it goes in ---- */

static bool was_removed(ledger *l, const head *h)
{
    if (!l->corrected)
        return false;
    row_start(l, SQL_FIND_TOMBSTONE);
    row_text(l, h->id);
    row_text(l, h->url);
    return row_number(l);
}

/* The day that somebody settled for the document, or for the coding that it takes the place of. */
static day settled_day(ledger *l, str id, int64_t old)
{
    date found = NO_DATE;
    for (int i = 0; l->corrected && i < 1 + (old != 0) && found.from == NO_DAY; i++) {
        row_start(l, i ? SQL_FIND_SETTLED : SQL_FIND_DATE);
        if (i)
            row_int(l, old);
        else
            row_text(l, id);
        if (!row_next(l))
            continue;
        const char *text = (const char *)sqlite3_column_text(l->row, 0);
        date_parse(str_of(text ? text : ""), &found);
        row_end(l);
    }
    return found.from;
}

/* The document's number where it is in the ledger, 0 else; `*ret_stale` where another version coded it. That version may
 * have cut the page otherwise, so that the id is another: then it is known by its origin. */
static int64_t known_number(ledger *l, const head *h, bool *ret_stale)
{
    int64_t number = 0;
    row_start(l, SQL_FIND_DOCUMENT);
    row_text(l, h->id);
    if (row_next(l)) {
        number = sqlite3_column_int64(l->row, 0);
        *ret_stale = strcmp((const char *)sqlite3_column_text(l->row, 1), l->run_mark) != 0;
        row_end(l);
    } else if (l->run.recode) {
        row_start(l, SQL_FIND_RECODED);
        row_text(l, h->origin);
        number = row_number(l);
        *ret_stale = number != 0;
    }
    return number;
}

static void supersede(ledger *l, int64_t old, int64_t number)
{
    row_start(l, SQL_SUPERSEDE);
    row_int(l, number);
    row_int(l, old);
    row_do(l);
}

static void mark_point(ledger *l, const char *sql)
{
    if (!l->wrong)
        ledger_good(l, sqlite3_exec(l->db, sql, NULL, NULL, NULL));
}

/* The old coding stays, marked, and its reports count no more. Where the new one found the same, the old one stands. */
static int put_anew(adding *a, int64_t old)
{
    ledger *l = a->l;
    mark_point(l, "SAVEPOINT anew");
    supersede(l, old, old); /* makes room for the new row, which cannot be pointed at before it is there */
    put_document(a);
    supersede(l, old, a->number);
    put_layers(a);
    bool same = ledger_same_coding(l, old, a->number);
    if (same) {
        mark_point(l, "ROLLBACK TO anew; RELEASE anew");
        return LEDGER_KNOWN;
    }
    ledger_unreport(l, first_item(old), last_item(old));
    ledger_cover_stored(l, old, -1);
    put_coverage(a);
    ledger_report_doc(l, a->d, a->number, a->settled, a->powers);
    ledger_note(l, "recode", a->d->head.id, str_of(l->run_mark), STR("coded anew by another version"), (str){0}, l->run.when);
    mark_point(l, "RELEASE anew");
    return LEDGER_ADDED;
}

static int put_all(adding *a, int64_t old)
{
    int result = LEDGER_ADDED;
    if (!mark_kept(a))
        return result;
    if (old) {
        result = put_anew(a, old);
    } else {
        put_document(a);
        put_layers(a);
        put_coverage(a);
        ledger_report_doc(a->l, a->d, a->number, a->settled, a->powers);
    }
    free(a->powers);
    return result;
}

void ledger_start(ledger *l)
{
    if (l->open)
        return;
    row_start(l, SQL_BEGIN);
    l->open = row_do(l);
}

void ledger_finish(ledger *l)
{
    row_start(l, SQL_COMMIT);
    if (row_do(l))
        l->open = false;
}

int ledger_add(ledger *l, const kb *k, const doc *d, entente_error *ret_error)
{
    bool stale = false;
    ledger_start(l);
    int64_t old = known_number(l, &d->head, &stale);
    int result = LEDGER_ADDED;
    if (was_removed(l, &d->head)) {
        result = LEDGER_REMOVED;
    } else if (old && !(stale && l->run.recode)) {
        result = LEDGER_KNOWN;
    } else {
        adding a = {.l = l, .k = k, .d = d, .number = l->next_document, .chars = {.text = d->text}};
        a.base = a.number << LEDGER_ITEM_BITS;
        a.settled = settled_day(l, d->head.id, old);
        result = put_all(&a, old);
        l->next_document += result == LEDGER_ADDED;
    }
    l->counts[result == LEDGER_ADDED ? 1 : 2]++;
    int code = ledger_outcome(l, ret_error);
    return code ? code : result;
}

/* ---- runs ---- */

/* What other versions coded, by origin. */
static void list_recoded(ledger *l)
{
    mark_point(l, "DROP TABLE IF EXISTS temp.recoded; CREATE TEMP TABLE recoded (origin TEXT NOT NULL, number INTEGER NOT NULL);"
                  "CREATE INDEX temp.recoded_origin ON recoded (origin)");
    ledger_cursor c = ledger_ask(l, "INSERT INTO temp.recoded SELECT d.origin, d.number FROM documents d JOIN runs r ON r.number = d.run"
                                    " WHERE d.superseded IS NULL AND r.version || ' ' || r.knowledge <> ?");
    ledger_bind_text(&c, str_of(l->run_mark));
    ledger_next(&c);
    ledger_finished(l, &c);
}

int ledger_begin(ledger *l, const kb *k, const ledger_run *run, entente_error *ret_error)
{
    size_t size = run->version.len + run->knowledge.len + 2u;
    l->run = *run;
    free(l->run_mark);
    l->run_mark = malloc(size);
    if (!l->run_mark)
        return error_set(ret_error, ENTENTE_IO, str_of(l->path), UINT64_MAX, "out of memory");
    snprintf(l->run_mark, size, "%.*s %.*s", (int)run->version.len, run->version.at, (int)run->knowledge.len, run->knowledge.at);
    ledger_start(l);
    row_start(l, SQL_PUT_RUN);
    row_text(l, run->version);
    row_text(l, run->knowledge);
    row_text(l, run->options);
    row_text(l, run->when);
    if (row_do(l))
        l->run_number = sqlite3_last_insert_rowid(l->db);
    memset(l->counts, 0, sizeof l->counts);
    ledger_copy_ties(l, k);
    if (run->recode)
        list_recoded(l);
    return ledger_commit(l, ret_error);
}

void ledger_count(ledger *l, uint64_t read, uint64_t rejected)
{
    l->counts[0] = read;
    l->counts[3] = rejected;
}

int ledger_commit(ledger *l, entente_error *ret_error)
{
    ledger_start(l);
    ledger_gather(l);
    row_start(l, SQL_COUNT_RUN);
    for (size_t i = 0; i < COUNT(l->counts); i++)
        row_int(l, (int64_t)l->counts[i]);
    row_int(l, l->run_number);
    row_do(l);
    ledger_finish(l);
    return ledger_outcome(l, ret_error);
}
