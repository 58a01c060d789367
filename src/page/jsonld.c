#include "page/jsonld.h"

#include "page/inside.h"
#include "page/tokens.h"

enum { DEPTH = 32, MOST_NODES = 20000 };

typedef struct reading {
    jsonld *j;
    const char *p, *end;
} reading;

static void pass_blank(reading *r)
{
    while (r->p < r->end && (uint8_t)*r->p <= ' ')
        r->p++;
}

/* At the opening quote; moves behind the closing one. */
static str take_string(reading *r)
{
    const char *start = ++r->p;
    while (r->p < r->end && *r->p != '"')
        r->p += *r->p == '\\' && r->p + 1 < r->end ? 2 : 1;
    str s = {start, (uint32_t)(MIN(r->p, r->end) - start)};
    r->p = MIN(r->p + 1, r->end);
    return s;
}

static uint32_t take_value(reading *r, str key, uint32_t depth);

static void take_members(reading *r, uint32_t parent, bool object, uint32_t depth)
{
    uint32_t last = NONE;
    for (r->p++; r->p < r->end;) {
        pass_blank(r);
        if (r->p >= r->end)
            return;
        if (*r->p == '}' || *r->p == ']') {
            r->p++;
            return;
        }
        if (*r->p == ',' || *r->p == ':' || *r->p == ';') {
            r->p++;
            continue;
        }
        str key = {0};
        if (object && *r->p == '"') {
            key = take_string(r);
            pass_blank(r);
            if (r->p < r->end && *r->p == ':')
                r->p++;
        }
        const char *before = r->p;
        uint32_t n = take_value(r, key, depth);
        if (n == NONE || r->p == before)
            return;
        if (last == NONE)
            r->j->nodes.at[parent].child = n;
        else
            r->j->nodes.at[last].next = n;
        last = n;
    }
}

static uint32_t take_value(reading *r, str key, uint32_t depth)
{
    jsonld *j = r->j;
    pass_blank(r);
    if (r->p >= r->end || depth > DEPTH || j->nodes.count >= MOST_NODES)
        return NONE;
    uint32_t n = j->nodes.count;
    *vec_push(j->arena, &j->nodes) = (json_node){.key = key, .child = NONE, .next = NONE, .type = JSON_OTHER};
    char c = *r->p;
    if (c == '"') {
        str s = take_string(r);
        j->nodes.at[n].type = JSON_STRING;
        j->nodes.at[n].value = s;
    } else if (c == '{' || c == '[') {
        j->nodes.at[n].type = c == '{' ? JSON_OBJECT : JSON_LIST;
        take_members(r, n, c == '{', depth + 1);
    } else {
        const char *start = r->p;
        while (r->p < r->end && !strchr(",]}\n", *r->p))
            r->p++;
        j->nodes.at[n].value = str_trim((str){start, (uint32_t)(r->p - start)});
        if (r->p == start)
            r->p++;
    }
    return n;
}

void jsonld_read(jsonld *j, str script)
{
    reading r = {j, script.at, script.at + script.len};
    while (r.p < r.end && *r.p != '{' && *r.p != '[')
        r.p++;
    uint32_t n = take_value(&r, (str){0}, 0);
    if (n != NONE)
        *vec_push(j->arena, &j->roots) = n;
}

uint32_t jsonld_get(const jsonld *j, uint32_t object, const char *key)
{
    if (object == NONE || j->nodes.at[object].type != JSON_OBJECT)
        return NONE;
    for (uint32_t n = j->nodes.at[object].child; n != NONE; n = j->nodes.at[n].next)
        if (str_is(j->nodes.at[n].key, key))
            return n;
    return NONE;
}

static uint32_t hex(const char *p)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        uint32_t d = is_ascii_digit(c) ? (uint32_t)(c - '0') : is_ascii_letter(c) ? (uint32_t)((c | 32) - 'a' + 10) : 99;
        if (d > 15)
            return NONE;
        value = value * 16 + d;
    }
    return value;
}

static uint32_t take_unicode(str s, uint32_t *i, char out[4])
{
    uint32_t c = *i + 6 <= s.len ? hex(s.at + *i + 2) : NONE;
    if (c == NONE)
        return 0;
    *i += 6;
    if (c >= 0xD800 && c < 0xDC00 && *i + 6 <= s.len && s.at[*i] == '\\' && s.at[*i + 1] == 'u') {
        uint32_t low = hex(s.at + *i + 2);
        if (low >= 0xDC00 && low < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            *i += 6;
        }
    }
    return utf8_put(c >= 0xD800 && c < 0xE000 ? 0xFFFD : c, out);
}

static str unescape(arena *a, str s)
{
    char *at = arena_take(a, s.len + 4, 1);
    uint32_t len = 0;
    for (uint32_t i = 0; i < s.len;) {
        if (s.at[i] != '\\' || i + 1 >= s.len) {
            at[len++] = s.at[i++];
            continue;
        }
        char c = s.at[i + 1];
        uint32_t wrote = c == 'u' ? take_unicode(s, &i, at + len) : 0;
        len += wrote;
        if (wrote)
            continue;
        at[len++] = c == 'n' || c == 't' || c == 'r' || c == 'b' || c == 'f' ? ' ' : c;
        i += 2;
    }
    return tokens_plain(a, tokens_plain(a, (str){at, len}));
}

str jsonld_text(const jsonld *j, uint32_t node)
{
    for (uint32_t depth = 0; node != NONE && depth < 8; depth++) {
        const json_node *n = &j->nodes.at[node];
        if (n->type == JSON_STRING)
            return unescape(j->arena, n->value);
        if (n->type == JSON_OTHER)
            return (str){0};
        node = n->type == JSON_LIST ? n->child : jsonld_get(j, node, "name");
    }
    return (str){0};
}

uint32_t jsonld_resolve(const jsonld *j, uint32_t node)
{
    uint32_t id = jsonld_get(j, node, "@id");
    if (id == NONE || jsonld_get(j, node, "name") != NONE)
        return node;
    for (uint32_t i = 0; i < j->nodes.count; i++) {
        uint32_t other = jsonld_get(j, i, "@id");
        if (i != node && other != NONE && str_equal(j->nodes.at[other].value, j->nodes.at[id].value) && jsonld_get(j, i, "name") != NONE)
            return i;
    }
    return node;
}

/* How much an object of this type describes the story. */
static uint32_t rank_of_type(const jsonld *j, uint32_t object)
{
    static const struct { const char *part; uint32_t rank; } types[] = {
        {"Article", 9}, {"BlogPosting", 9}, {"Report", 8}, {"LiveBlog", 8}, {"Review", 6}, {"Recipe", 7}, {"SocialMediaPosting", 7},
        {"HowTo", 6}, {"CreativeWork", 5}, {"WebPage", 3}, {"VideoObject", 2},
    };
    uint32_t type = jsonld_get(j, object, "@type"), best = 0;
    for (uint32_t n = type != NONE && j->nodes.at[type].type == JSON_LIST ? j->nodes.at[type].child : type; n != NONE; n = j->nodes.at[n].next) {
        for (uint32_t i = 0; i < COUNT(types); i++)
            if (str_find(j->nodes.at[n].value, str_of(types[i].part)) != NONE)
                best = MAX(best, types[i].rank);
        if (n == type)
            break;
    }
    return best;
}

static bool shares_words(str a, str b)
{
    uint32_t len = MIN(MIN(a.len, b.len), 24u);
    return len > 8 && (str_find(a, str_part(b, 0, len)) != NONE || str_find(b, str_part(a, 0, len)) != NONE);
}

uint32_t jsonld_article(const jsonld *j, str title)
{
    uint32_t best = NONE, most = 0;
    for (uint32_t i = 0; i < j->nodes.count; i++) {
        uint32_t rank = j->nodes.at[i].type == JSON_OBJECT ? rank_of_type(j, i) * 4 : 0;
        if (!rank)
            continue;
        uint32_t named = jsonld_get(j, i, "headline");
        rank += jsonld_get(j, i, "datePublished") != NONE;
        if (named != NONE && shares_words(jsonld_text(j, named), title))
            rank += 2;
        else if (named != NONE && title.len > 8)
            rank -= 2;
        if (rank > most) {
            most = rank;
            best = i;
        }
    }
    return best;
}
