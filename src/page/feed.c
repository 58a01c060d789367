/* Feeds: RSS 2.0 (and 1.0), Atom, JSON Feed. Each item is a document; entities of a document type are never expanded. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "page/blocks.h"
#include "page/inside.h"

/* ---- fields of XML ---- */

static bool ends_name(char c)
{
    return c == '>' || c == '/' || (uint8_t)c <= ' ';
}

/* The next start tag `name` from `at` on: its offset, or NONE. */
static uint32_t find_tag(str xml, uint32_t at, const char *name)
{
    uint32_t len = (uint32_t)strlen(name);
    while (at < xml.len) {
        const char *hit = memchr(xml.at + at, '<', xml.len - at);
        if (!hit)
            return NONE;
        at = (uint32_t)(hit - xml.at);
        if (str_starts(str_part(xml, at, xml.len), "<![CDATA[")) {
            uint32_t end = str_find(str_part(xml, at, xml.len), STR("]]>"));
            if (end == NONE)
                return NONE;
            at += end + 3;
            continue;
        }
        if (at + len + 1 < xml.len && !memcmp(hit + 1, name, len) && ends_name(hit[len + 1]))
            return at;
        at++;
    }
    return NONE;
}

/* What stands between <name ...> and </name>; empty where there is none. */
static str inner(str xml, const char *name)
{
    uint32_t at = find_tag(xml, 0, name);
    if (at == NONE)
        return (str){0};
    const char *open = memchr(xml.at + at, '>', xml.len - at);
    if (!open || open[-1] == '/')
        return (str){0};
    uint32_t start = (uint32_t)(open - xml.at) + 1;
    char close[40];
    snprintf(close, sizeof close, "/%s", name);
    uint32_t end = find_tag(xml, start, close);
    return end == NONE ? (str){0} : str_part(xml, start, end);
}

static str attribute(str xml, uint32_t tag, const char *name)
{
    const char *end = memchr(xml.at + tag, '>', xml.len - tag);
    str head = str_part(xml, tag, end ? (uint32_t)(end - xml.at) : xml.len);
    uint32_t at = str_find(head, str_of(name));
    if (at == NONE)
        return (str){0};
    str rest = str_part(head, at + (uint32_t)strlen(name), head.len);
    while (rest.len && strchr("= ", rest.at[0]))
        rest = str_part(rest, 1, rest.len);
    if (!rest.len || (rest.at[0] != '"' && rest.at[0] != '\''))
        return (str){0};
    char quote = rest.at[0];
    str value, tail = str_part(rest, 1, rest.len);
    return str_next(&tail, quote, &value) ? value : (str){0};
}

/* CDATA as it is, the rest with its references decoded once: what the feed wanted to say, perhaps HTML. */
static str unwrapped(arena *a, str s)
{
    char *at = arena_take(a, s.len + 4, 1);
    uint32_t len = 0;
    for (uint32_t i = 0; i < s.len;) {
        str rest = str_part(s, i, s.len);
        if (str_starts(rest, "<![CDATA[")) {
            uint32_t end = str_find(rest, STR("]]>")), stop = end == NONE ? rest.len : end;
            memcpy(at + len, rest.at + 9, stop > 9 ? stop - 9 : 0);
            len += stop > 9 ? stop - 9 : 0;
            i += end == NONE ? rest.len : end + 3;
            continue;
        }
        char c[8];
        uint32_t n = 0, took = *rest.at == '&' ? entity_decode(rest.at, rest.at + rest.len, c, &n) : 0;
        if (took) {
            memcpy(at + len, c, n);
            len += n;
            i += took;
        } else {
            at[len++] = s.at[i++];
        }
    }
    return (str){at, len};
}

/* A field as plain text: without markup, white space collapsed. */
static str plain(arena *a, str field)
{
    str html = unwrapped(a, field);
    if (!memchr(html.at, '<', html.len))
        return tokens_plain(a, html);
    const tokens *t = tokens_read(a, html);
    str all = {0};
    for (uint32_t i = 0; i < t->leaves.count && all.len < 4096; i++)
        all = all.len ? arena_format(a, "%.*s %.*s", (int)all.len, all.at, (int)t->leaves.at[i].text.len, t->leaves.at[i].text.at) : t->leaves.at[i].text;
    return all;
}

/* ---- the cursor ---- */

typedef struct feed {
    char *bytes;
    uint32_t len, at;
    const char *item; /* "item" or "entry"; NULL for JSON */
    json_object *json, *items;
    size_t number;
    char outlet[256], language[16], charset[40];
} feed;

static void forget(void *more)
{
    feed *f = more;
    json_object_put(f->json);
    free(f->bytes);
    free(f);
}

static void keep(char *to, size_t room, str s)
{
    uint32_t len = MIN(s.len, (uint32_t)room - 1);
    while (len && len < s.len && ((uint8_t)s.at[len] & 0xC0) == 0x80)
        len--;
    if (len)
        memcpy(to, s.at, len);
    to[len] = 0;
}

static str json_field(json_object *o, const char *key)
{
    json_object *v;
    if (!json_object_object_get_ex(o, key, &v) || !json_object_is_type(v, json_type_string))
        return (str){0};
    return (str){json_object_get_string(v), (uint32_t)json_object_get_string_len(v)};
}

static json_object *parse_json(str bytes)
{
    json_tokener *t = utf8_check(bytes) == NONE ? json_tokener_new_ex(32) : NULL;
    if (!t)
        return NULL;
    json_tokener_set_flags(t, JSON_TOKENER_STRICT);
    json_object *o = json_tokener_parse_ex(t, bytes.at, (int)bytes.len);
    bool good = o && json_tokener_get_error(t) == json_tokener_success && json_object_is_type(o, json_type_object);
    json_tokener_free(t);
    if (good)
        return o;
    json_object_put(o);
    return NULL;
}

/* What the feed says of itself, before its first item. */
static bool look_at_head(doc *d, feed *f)
{
    str all = {f->bytes, f->len}, lead = str_trim(all);
    if (str_starts(lead, "\xEF\xBB\xBF"))
        lead = str_trim(str_part(lead, 3, lead.len));
    if (str_starts(lead, "{")) {
        f->json = parse_json(lead);
        if (!f->json || !json_object_object_get_ex(f->json, "items", &f->items) || !json_object_is_type(f->items, json_type_array))
            return false;
        keep(f->outlet, sizeof f->outlet, json_field(f->json, "title"));
        keep(f->language, sizeof f->language, json_field(f->json, "language"));
        return true;
    }
    f->item = find_tag(all, 0, "entry") < find_tag(all, 0, "item") ? "entry" : "item";
    uint32_t first = find_tag(all, 0, f->item);
    str head = str_part(all, 0, first == NONE ? all.len : first);
    if (str_starts(lead, "<?xml"))
        keep(f->charset, sizeof f->charset, attribute(lead, 0, "encoding"));
    str title = charset_decode(d, inner(head, "title"), str_of(f->charset), false);
    keep(f->outlet, sizeof f->outlet, plain(d->arena, title));
    keep(f->language, sizeof f->language, inner(head, "language"));
    uint32_t root = find_tag(head, 0, "feed");
    if (!f->language[0] && root != NONE)
        keep(f->language, sizeof f->language, attribute(head, root, "xml:lang"));
    return true;
}

static int open_feed(page_reader *r, doc *d, entente_error *ret_error)
{
    r->first = false;
    str all = stream_peek(r->in, LIMIT_RECORD + 1);
    if (stream_fault(r->in))
        return 0;
    if (all.len > LIMIT_RECORD) {
        stream_skip(r->in, all.len);
        while ((all = stream_peek(r->in, 1)).len)
            stream_skip(r->in, all.len);
        return reader_refuse(r, LIMIT_RECORD, ret_error, "a feed larger than the limit");
    }
    feed *f = calloc(1, sizeof *f);
    if (!f || !(f->bytes = malloc(all.len + 1ul))) {
        free(f);
        return reader_refuse(r, 0, ret_error, "out of memory");
    }
    memcpy(f->bytes, all.at, all.len);
    f->len = all.len;
    stream_skip(r->in, all.len);
    r->more = f;
    r->forget = forget;
    return look_at_head(d, f) ? 1 : reader_refuse(r, 0, ret_error, "not a feed that can be read");
}

static int next_json(feed *f, doc *d)
{
    if (!f->items || f->number >= json_object_array_length(f->items))
        return 0;
    d->raw = arena_copy(d->arena, str_of(json_object_to_json_string(json_object_array_get_idx(f->items, f->number))));
    d->head.origin = arena_format(d->arena, "%.*s#%zu", (int)d->head.origin.len, d->head.origin.at, f->number++);
    return 1;
}

static int next_xml(page_reader *r, feed *f, doc *d, entente_error *ret_error)
{
    str all = {f->bytes, f->len};
    uint32_t start = find_tag(all, f->at, f->item);
    if (start == NONE)
        return 0;
    uint32_t end = find_tag(all, start + 1, strcmp(f->item, "item") ? "/entry" : "/item");
    f->at = end == NONE ? f->len : end;
    if (end == NONE)
        return reader_refuse(r, start, ret_error, "an item of a feed that breaks off");
    d->raw = arena_copy(d->arena, str_part(all, start, end));
    d->at = start;
    d->given.charset = arena_copy(d->arena, str_of(f->charset));
    d->head.origin = arena_format(d->arena, "%.*s#%zu", (int)d->head.origin.len, d->head.origin.at, f->number++);
    return 1;
}

int feed_next(page_reader *r, doc *d, entente_error *ret_error)
{
    if (r->first) {
        int code = open_feed(r, d, ret_error);
        if (code != 1)
            return code;
    }
    feed *f = r->more;
    if (!f)
        return 0;
    int code = f->item ? next_xml(r, f, d, ret_error) : next_json(f, d);
    if (code == 1) {
        d->given.outlet = arena_copy(d->arena, str_of(f->outlet));
        d->head.language = arena_copy(d->arena, str_of(f->language));
    }
    return code;
}

/* ---- an item ---- */

static bool is_farewell(str s)
{
    return str_starts(s, "The post ") || str_starts(s, "Continue reading") || phrase_is_furniture(s) || (phrase_list_heading(s) && page_words(s) <= 4);
}

/* All of the item's content is its story, but for the lines that feeds add. */
static void write_content(doc *d, str html)
{
    const tokens *t = tokens_read(d->arena, html);
    sheet s = sheet_new(d, html.len + t->leaves.count, t->leaves.count);
    for (uint32_t i = 0; i < t->leaves.count; i++) {
        const leaf *f = &t->leaves.at[i];
        if (!t->boxes.at[f->box].hidden && !is_farewell(f->text))
            sheet_add(&s, f->text, d->at, BLOCK_PARAGRAPH, f->bold * 10 >= f->text.len * 9 ? STYLE_BOLD : 0);
    }
    sheet_done(&s);
    turns_find(d, s.styles.at, (str){0});
}

static str first_of(str xml, const char *const *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        str s = inner(xml, names[i]);
        if (str_trim(s).len)
            return s;
    }
    return (str){0};
}

static str link_of(arena *a, str xml)
{
    str text = str_trim(inner(xml, "link"));
    if (text.len)
        return plain(a, text);
    for (uint32_t at = 0; (at = find_tag(xml, at, "link")) != NONE; at++) {
        str rel = attribute(xml, at, "rel"), href = attribute(xml, at, "href");
        if (href.len && (!rel.len || str_is(rel, "alternate")))
            return tokens_plain(a, href);
    }
    str guid = str_trim(inner(xml, "guid"));
    return str_starts(guid, "http") ? plain(a, guid) : (str){0};
}

static void set_date(doc *d, str stamp)
{
    day day;
    str iso;
    if (stamp.len && dates_stamp(d->arena, stamp, (date_habit){.today = NO_DAY}, &day, &iso))
        page_set_published(d, iso, day, DATED_META);
}

static int xml_read(doc *d)
{
    static const char *const contents[] = {"content:encoded", "content", "description", "summary", "media:description"};
    static const char *const decks[] = {"description", "summary"};
    static const char *const dates[] = {"pubDate", "published", "dc:date", "updated", "date"};
    static const char *const authors[] = {"dc:creator", "name", "author", "itunes:author"};
    arena *a = d->arena;
    str xml = charset_decode(d, d->raw, d->given.charset, false);
    str content = first_of(xml, contents, COUNT(contents)), deck = first_of(xml, decks, COUNT(decks));
    d->head.title = plain(a, inner(xml, "title"));
    d->head.url = link_of(a, xml);
    d->head.byline = plain(a, first_of(xml, authors, COUNT(authors)));
    if (deck.at != content.at)
        d->head.deck = plain(a, deck);
    set_date(d, plain(a, first_of(xml, dates, COUNT(dates))));
    write_content(d, unwrapped(a, content));
    return 0;
}

static void put_json(void *object)
{
    json_object_put(object);
}

static int json_read(doc *d, entente_error *ret_error)
{
    json_object *o = parse_json(d->raw), *author, *list;
    if (!o)
        return error_set(ret_error, ENTENTE_REJECTED, d->head.origin, d->at, "an item of a feed that is no object");
    arena_defer(d->arena, put_json, o);
    str html = json_field(o, "content_html"), text = json_field(o, "content_text");
    d->head.title = json_field(o, "title");
    d->head.url = json_field(o, "url");
    d->head.deck = json_field(o, "summary");
    if (json_object_object_get_ex(o, "authors", &list) && json_object_is_type(list, json_type_array) && json_object_array_length(list))
        d->head.byline = json_field(json_object_array_get_idx(list, 0), "name");
    else if (json_object_object_get_ex(o, "author", &author) && json_object_is_type(author, json_type_object))
        d->head.byline = json_field(author, "name");
    set_date(d, json_field(o, "date_published"));
    if (html.len) {
        write_content(d, html);
        return 0;
    }
    d->raw = text;
    str rest = text, line;
    sheet s = sheet_new(d, text.len, text.len);
    while (str_next(&rest, '\n', &line))
        sheet_add(&s, str_trim(line), d->at, BLOCK_PARAGRAPH, 0);
    sheet_done(&s);
    return 0;
}

int feed_read(doc *d, entente_error *ret_error)
{
    str hint = d->head.language;
    int code = str_starts(str_trim(d->raw), "<") ? xml_read(d) : json_read(d, ret_error);
    if (code)
        return code;
    d->head.kind = KIND_FEED_ITEM;
    d->head.language = language_of(d->text.len ? d->text : d->head.title, hint);
    return 0;
}
