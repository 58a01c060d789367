/* JSON lines: one object a line, {id, text or html, date?, title?, deck?, url?, outlet?}. */
#include "page/inside.h"

#include <json-c/json.h>

enum { DEPTH = 32 };

static void release(void *object)
{
    json_object_put(object);
}

/* json-c's own look at UTF-8 lets longer forms of a letter through ("\xC1\x9A"). */
static json_object *parse(doc *d, entente_error *ret_error)
{
    uint32_t bad = utf8_check(d->raw);
    if (bad != NONE) {
        error_set(ret_error, ENTENTE_REJECTED, d->head.origin, d->at + bad, "not a JSON object: invalid utf-8");
        return NULL;
    }
    json_tokener *t = json_tokener_new_ex(DEPTH);
    if (!t) {
        error_set(ret_error, ENTENTE_REJECTED, d->head.origin, d->at, "out of memory");
        return NULL;
    }
    json_tokener_set_flags(t, JSON_TOKENER_STRICT);
    json_object *o = json_tokener_parse_ex(t, d->raw.at, (int)d->raw.len);
    enum json_tokener_error wrong = json_tokener_get_error(t);
    size_t end = json_tokener_get_parse_end(t);
    json_tokener_free(t);
    if (o && wrong == json_tokener_success && json_object_is_type(o, json_type_object))
        return o;
    json_object_put(o);
    error_set(ret_error, ENTENTE_REJECTED, d->head.origin, d->at + end, "not a JSON object: %s",
              wrong == json_tokener_success    ? "something else"
              : wrong == json_tokener_continue ? "it ends too early"
                                               : json_tokener_error_desc(wrong));
    return NULL;
}

/* The string under `key`, empty where there is none; false where it is something else. */
static bool take(json_object *o, const char *key, str *ret)
{
    json_object *value;
    if (!json_object_object_get_ex(o, key, &value) || !value)
        return true;
    if (json_object_is_type(value, json_type_int)) {
        *ret = str_of(json_object_get_string(value));
        return true;
    }
    if (!json_object_is_type(value, json_type_string))
        return false;
    *ret = (str){json_object_get_string(value), (uint32_t)json_object_get_string_len(value)};
    return true;
}

static int refuse(const doc *d, entente_error *ret_error, const char *what)
{
    return error_set(ret_error, ENTENTE_REJECTED, d->head.origin, d->at, "%s", what);
}

int jsonl_read(doc *d, entente_error *ret_error)
{
    json_object *o = parse(d, ret_error);
    if (!o)
        return ENTENTE_REJECTED;
    arena_defer(d->arena, release, o);
    given *g = &d->given;
    str id = {0}, html = {0};
    if (!take(o, "id", &id) || !take(o, "text", &g->text) || !take(o, "html", &html) || !take(o, "title", &g->title) ||
        !take(o, "deck", &g->deck) || !take(o, "url", &g->url) || !take(o, "outlet", &g->outlet) || !take(o, "date", &g->date))
        return refuse(d, ret_error, "a field is not a string");
    if (g->text.at == NULL && html.at == NULL)
        return refuse(d, ret_error, "neither text nor html");
    if (id.len)
        d->head.origin = id;
    d->raw = html.at ? html : g->text;
    return html.at ? html_read(d, ret_error) : text_read(d, ret_error);
}
