/* A record as it was printed (docs/schema.md) back into layers, so that what was coded elsewhere can be added. */
#include <json.h>

#include "doc/doc.h"

/* Where the loader stands. `bytes` gives the byte of every code point of the text. What cannot have been printed by us
 * (a span outside the text, a name that is none) is remembered in `wrong`, and the record is refused as a whole. */
typedef struct loading {
    doc *d;
    uint32_t *bytes, chars;
    const char *wrong;
} loading;

typedef struct json_object json;

static void release(void *object)
{
    json_object_put(object);
}

static json *field(json *object, const char *name)
{
    json *value = NULL;
    return json_object_object_get_ex(object, name, &value) ? value : NULL;
}

static bool suspect(loading *l, bool wrong, const char *what)
{
    if (wrong && !l->wrong)
        l->wrong = what;
    return wrong;
}

static str text_of(loading *l, json *value)
{
    if (!value || suspect(l, !json_object_is_type(value, json_type_string), "a number or list where words should be"))
        return (str){"", 0};
    return arena_copy(l->d->arena, (str){json_object_get_string(value), (uint32_t)json_object_get_string_len(value)});
}

static str text_field(loading *l, json *object, const char *name)
{
    return text_of(l, field(object, name));
}

static void code_field(loading *l, json *object, const char *name, char ret[4])
{
    str s = text_field(l, object, name);
    if (s.len == 3)
        memcpy(ret, s.at, 3);
}

static uint32_t number_of(json *value)
{
    if (!value || !json_object_is_type(value, json_type_int))
        return NONE;
    int64_t n = json_object_get_int64(value);
    return n < 0 || n >= NONE ? NONE : (uint32_t)n;
}

static uint32_t index_field(loading *l, json *object, const char *name, uint32_t count)
{
    json *value = field(object, name);
    uint32_t n = number_of(value);
    return suspect(l, value && n >= count, "a reference past the end of its list") ? NONE : n;
}

static uint8_t name_field(loading *l, json *object, const char *name, const char *const *names, uint32_t count)
{
    str text = text_field(l, object, name);
    uint32_t n = name_find(names, count, text);
    return suspect(l, text.len && n == NONE, "a name that is none of its list") || n == NONE ? 0 : (uint8_t)n;
}

/* No figure of ours (degrees, scales, shares) comes near the bounds; what is past them could not be printed again. */
static double real_field(loading *l, json *object, const char *name)
{
    json *value = field(object, name);
    bool number = json_object_is_type(value, json_type_double) || json_object_is_type(value, json_type_int);
    if (!value || suspect(l, !number, "words or a list where a number should be"))
        return 0;
    double n = json_object_get_double(value);
    return suspect(l, !(n >= -1e9 && n <= 1e9), "a number that is out of all bounds") ? 0 : n;
}

static span span_of(loading *l, uint32_t start, uint32_t end)
{
    if (suspect(l, start > end || end > l->chars, "a span outside the text"))
        return (span){0, 0};
    return (span){l->bytes[start], l->bytes[end]};
}

static span span_fields(loading *l, json *object)
{
    return span_of(l, number_of(field(object, "start")), number_of(field(object, "end")));
}

static span pair_of(loading *l, json *pair)
{
    if (!pair || suspect(l, !json_object_is_type(pair, json_type_array) || json_object_array_length(pair) != 2, "a span that is no pair"))
        return (span){0, 0};
    return span_of(l, number_of(json_object_array_get_idx(pair, 0)), number_of(json_object_array_get_idx(pair, 1)));
}

static day day_of_text(loading *l, str s)
{
    date d;
    return suspect(l, s.len && !date_parse(s, &d), "a date that is none") || !s.len ? NO_DAY : d.from;
}

static date date_field(loading *l, json *object, const char *name)
{
    json *value = field(object, name);
    if (!value || suspect(l, !json_object_is_type(value, json_type_object), "a date that is none"))
        return NO_DATE;
    date d = {day_of_text(l, text_field(l, value, "from")), day_of_text(l, text_field(l, value, "to"))};
    return d.from == NO_DAY || d.to == NO_DAY ? NO_DATE : d;
}

static bool bool_field(json *object, const char *name)
{
    json *value = field(object, name);
    return value && json_object_get_boolean(value);
}

/* 0 where it is no list. */
static uint32_t list_length(json *list)
{
    return list && json_object_is_type(list, json_type_array) ? (uint32_t)json_object_array_length(list) : 0;
}

static json *item(json *list, uint32_t i)
{
    return json_object_array_get_idx(list, i);
}

static uint64_t set_field(loading *l, json *object, const char *name, const char *const *names, uint32_t count)
{
    json *list = field(object, name);
    uint64_t set = 0;
    for (uint32_t i = 0; i < list_length(list); i++) {
        uint32_t n = name_find(names, count, text_of(l, item(list, i)));
        set |= suspect(l, n == NONE, "a name that is none of its list") ? 0 : (uint64_t)1 << n;
    }
    return set;
}

/* A list of strings as words of one string. */
static str words_field(loading *l, json *object, const char *name)
{
    json *list = field(object, name);
    str all = {"", 0};
    for (uint32_t i = 0; i < list_length(list); i++) {
        str word = text_of(l, item(list, i));
        all = arena_format(l->d->arena, "%.*s%s%.*s", (int)all.len, all.at, i ? " " : "", (int)word.len, word.at);
    }
    return all;
}

static slice refs_field(loading *l, json *object, const char *name, uint32_t count)
{
    json *list = field(object, name);
    slice s = {l->d->refs.count, 0};
    for (uint32_t i = 0; i < list_length(list); i++) {
        uint32_t n = number_of(item(list, i));
        if (!suspect(l, n >= count, "a reference past the end of its list"))
            doc_refer(l->d, &s, n);
    }
    return s;
}

/* ---- layers ---- */

static void load_head(loading *l, json *record)
{
    head *h = &l->d->head;
    h->id = text_field(l, record, "id");
    h->content = text_field(l, record, "content");
    h->origin = text_field(l, record, "origin");
    h->url = text_field(l, record, "url");
    h->title = text_field(l, record, "title");
    h->deck = text_field(l, record, "deck");
    h->byline = text_field(l, record, "byline");
    h->outlet = text_field(l, record, "outlet");
    h->language = text_field(l, record, "language");
    h->kind = name_field(l, record, "kind", kind_names, KIND_COUNT);
    json *dates = field(record, "dates");
    if (!dates || !json_object_is_type(dates, json_type_object))
        return;
    h->published = text_field(l, dates, "published");
    h->published_day = day_of_text(l, h->published);
    h->published_from = name_field(l, dates, "published_from", dated_names, DATED_COUNT);
    h->written = date_field(l, dates, "content");
    h->conflict = bool_field(dates, "conflict");
    h->reference = day_of_text(l, text_field(l, dates, "reference"));
    json *evidence = field(dates, "evidence");
    for (uint32_t i = 0; i < list_length(evidence); i++)
        *vec_push(l->d->arena, &l->d->evidence) = pair_of(l, item(evidence, i));
}

static void load_text(loading *l, json *record)
{
    doc *d = l->d;
    d->text = text_field(l, record, "text");
    l->bytes = arena_take(d->arena, d->text.len + 2u, sizeof *l->bytes);
    for (uint32_t i = 0; i < d->text.len; i++)
        if (((unsigned char)d->text.at[i] & 0xC0) != 0x80)
            l->bytes[l->chars++] = i;
    l->bytes[l->chars] = d->text.len;
}

static void load_link(loading *l, json *x)
{
    *vec_push(l->d->arena, &l->d->links) =
        (link){text_field(l, x, "text"), text_field(l, x, "href"), day_of_text(l, text_field(l, x, "date")), 0};
}

static void load_sentence(loading *l, json *x)
{
    *vec_push(l->d->arena, &l->d->sentences) = (sentence){.span = pair_of(l, x), .block = NONE, .turn = NONE, .root = NONE};
}

static void load_entity(loading *l, json *x)
{
    uint32_t number = l->d->entities.count;
    entity *e = vec_push(l->d->arena, &l->d->entities);
    *e = (entity){.known = NONE, .country = NONE, .identifier = text_field(l, x, "identifier"), .name = text_field(l, x, "name"),
                  .type = name_field(l, x, "type", entity_names, ENTITY_COUNT), .role = text_field(l, x, "role"),
                  .office = text_field(l, x, "office"), .other_sectors = words_field(l, x, "other_sectors")};
    code_field(l, x, "code", e->code);
    code_field(l, x, "sector", e->sector);
    json *mentions = field(x, "mentions");
    slice s = {0};
    for (uint32_t i = 0; i < list_length(mentions); i++) {
        json *m = item(mentions, i);
        doc_refer(l->d, &s, l->d->mentions.count);
        *vec_push(l->d->arena, &l->d->mentions) =
            (mention){.span = span_fields(l, m), .entity = number, .sentence = NONE, .first = NONE, .last = NONE,
                      .head = NONE, .kind = name_field(l, m, "kind", mention_names, MENTION_COUNT)};
    }
    l->d->entities.at[number].mentions = s;
}

static void load_turn(loading *l, json *x)
{
    *vec_push(l->d->arena, &l->d->turns) = (turn){.span = span_fields(l, x), .answer = str_is(text_field(l, x, "role"), "answer"),
                                                  .speaker = index_field(l, x, "speaker", l->d->entities.count)};
}

static void load_time(loading *l, json *x)
{
    timex t = {.span = span_fields(l, x), .type = name_field(l, x, "type", timex_names, TIMEX_COUNT),
               .value = text_field(l, x, "value"), .date = NO_DATE, .first = NONE, .last = NONE};
    date_parse(t.value, &t.date);
    *vec_push(l->d->arena, &l->d->times) = t;
}

static void load_place(loading *l, json *x)
{
    place *p = vec_push(l->d->arena, &l->d->places);
    uint32_t id = number_of(field(x, "geonameid"));
    *p = (place){.span = span_fields(l, x), .name = text_field(l, x, "name"), .lat = real_field(l, x, "lat"),
                 .lon = real_field(l, x, "lon"), .located = field(x, "lat") != NULL, .feature = text_field(l, x, "feature"),
                 .geonameid = id == NONE ? 0 : id, .first = NONE, .last = NONE};
    code_field(l, x, "country", p->country);
}

static void load_statement(loading *l, json *x)
{
    doc *d = l->d;
    *vec_push(d->arena, &d->statements) = (statement){
        .span = span_fields(l, x), .speaker = index_field(l, x, "speaker", d->entities.count),
        .speaker_span = pair_of(l, field(x, "speaker_span")), .cue = pair_of(l, field(x, "cue")),
        .kind = name_field(l, x, "kind", statement_names, STATEMENT_COUNT), .date = date_field(l, x, "date"),
        .place = index_field(l, x, "place", d->places.count), .addressee = index_field(l, x, "addressee", d->entities.count),
        .cited_by = number_of(field(x, "cited_by")), .sentence = NONE, .rule = NONE};
}

static void load_event(loading *l, json *x)
{
    doc *d = l->d;
    uint32_t type = name_find(event_names, EVENT_COUNT, text_field(l, x, "event"));
    if (suspect(l, type == NONE, "an event of no known type"))
        return;
    event e = {.span = span_fields(l, x), .sentence = index_field(l, x, "sentence", d->sentences.count),
               .date = date_field(l, x, "date"), .place = index_field(l, x, "place", d->places.count),
               .statement = index_field(l, x, "statement", d->statements.count), .event = (uint8_t)type,
               .auxiliary = (uint8_t)set_field(l, x, "auxiliary", auxiliary_names, AUXILIARY_COUNT),
               .contexts = set_field(l, x, "contexts", context_names, CONTEXT_COUNT), .modes = words_field(l, x, "modes"),
               .cameo = text_field(l, x, "cameo"), .goldstein = (float)real_field(l, x, "goldstein"), .rule = NONE,
               .confidence = (float)real_field(l, x, "confidence"), .given_rule = text_field(l, x, "rule")};
    e.actors = refs_field(l, x, "actors", d->entities.count);
    e.recipients = refs_field(l, x, "recipients", d->entities.count);
    *vec_push(d->arena, &d->events) = e;
}

static void load_claim(loading *l, json *x)
{
    doc *d = l->d;
    json *about = field(x, "about"), *scope = field(x, "scope");
    uint32_t tie = name_find(tie_names, TIE_COUNT, text_field(l, x, "tie"));
    if (suspect(l, list_length(about) != 2 || tie == NONE, "a claim about no tie"))
        return;
    claim c = {.span = span_fields(l, x), .sentence = NONE, .about = {number_of(item(about, 0)), number_of(item(about, 1))},
               .tie = (uint8_t)tie, .holds = bool_field(x, "holds"),
               .change = name_field(l, x, "change", change_names, CHANGE_COUNT),
               .statement = index_field(l, x, "statement", d->statements.count),
               .side = name_field(l, x, "side", side_names, SIDE_COUNT), .rule = NONE, .given_rule = text_field(l, x, "rule")};
    for (uint32_t i = 0; i < list_length(scope); i++) {
        c.formal |= str_is(text_of(l, item(scope, i)), "formal");
        c.practical |= str_is(text_of(l, item(scope, i)), "practical");
    }
    if (!suspect(l, MAX(c.about[0], c.about[1]) >= d->entities.count, "a reference past the end of its list"))
        *vec_push(d->arena, &d->claims) = c;
}

/* ---- the whole ---- */

static void load_lists(loading *l, json *record)
{
    static const struct {
        const char *name;
        void (*load)(loading *l, json *item);
        enum json_type type;
    } lists[] = {{"links", load_link, json_type_object}, {"sentences", load_sentence, json_type_array},
                 {"entities", load_entity, json_type_object}, {"turns", load_turn, json_type_object},
                 {"times", load_time, json_type_object}, {"places", load_place, json_type_object},
                 {"statements", load_statement, json_type_object}, {"events", load_event, json_type_object},
                 {"claims", load_claim, json_type_object}};
    for (size_t i = 0; i < COUNT(lists); i++) {
        json *list = field(record, lists[i].name);
        suspect(l, list && !json_object_is_type(list, json_type_array), "something else where a list should be");
        for (uint32_t n = 0; n < list_length(list); n++)
            if (!suspect(l, !json_object_is_type(item(list, n), lists[i].type), "a list with something else in it"))
                lists[i].load(l, item(list, n));
    }
}

/* cited_by may point at a later statement, so it is checked when all are there. */
static void check_citations(loading *l)
{
    const doc *d = l->d;
    for (uint32_t i = 0; i < d->statements.count; i++) {
        uint32_t *by = &d->statements.at[i].cited_by;
        if (*by != NONE && suspect(l, *by >= d->statements.count, "a reference past the end of its list"))
            *by = NONE;
    }
}

static json *parse(doc *d, entente_error *ret_error)
{
    uint32_t bad = utf8_check(d->raw); /* json-c lets longer forms of a letter through */
    if (bad != NONE) {
        error_set(ret_error, ENTENTE_REJECTED, d->head.origin, bad, "not a record: invalid utf-8");
        return NULL;
    }
    struct json_tokener *t = json_tokener_new_ex(32);
    if (!t) {
        error_set(ret_error, ENTENTE_REJECTED, d->head.origin, 0, "out of memory");
        return NULL;
    }
    json_tokener_set_flags(t, JSON_TOKENER_STRICT);
    json *record = json_tokener_parse_ex(t, d->raw.at, (int)d->raw.len);
    enum json_tokener_error wrong = json_tokener_get_error(t);
    size_t at = json_tokener_get_parse_end(t);
    json_tokener_free(t);
    if (wrong != json_tokener_success || !json_object_is_type(record, json_type_object)) {
        error_set(ret_error, ENTENTE_REJECTED, d->head.origin, at, "not a record: %s",
                  wrong == json_tokener_success    ? "not a JSON object"
                  : wrong == json_tokener_continue ? "it ends too early"
                                                   : json_tokener_error_desc(wrong));
        json_object_put(record);
        return NULL;
    }
    return record;
}

int doc_load(doc *d, entente_error *ret_error)
{
    json *record = parse(d, ret_error);
    if (!record)
        return ENTENTE_REJECTED;
    arena_defer(d->arena, release, record);
    loading l = {.d = d};
    str origin = d->head.origin;
    load_text(&l, record);
    load_head(&l, record);
    if (!d->head.id.len || !d->head.content.len || !d->head.origin.len)
        return error_set(ret_error, ENTENTE_REJECTED, origin, 0, "not a record: id, content or origin is missing");
    if (!field(record, "text"))
        return error_set(ret_error, ENTENTE_REJECTED, origin, 0, "not a record: it has no text");
    load_lists(&l, record);
    check_citations(&l);
    if (l.wrong)
        return error_set(ret_error, ENTENTE_REJECTED, origin, 0, "not a record: %s", l.wrong);
    d->done = 2 * DONE_CLAIM - 1;
    return 0;
}
