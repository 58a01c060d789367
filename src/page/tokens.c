#include "page/tokens.h"

enum { INLINE_DEPTH = 48, TITLE_MOST = 2000 };

/* The attributes that matter. */
typedef struct attributes {
    str class, id, role, itemprop, rel, href, datetime, content, name, property, lang, style, type, title;
    bool hidden, pubdate;
} attributes;

typedef struct open_box {
    uint32_t box;
    uint8_t tag;
    uint8_t inlines; /* how many inline elements were open outside */
} open_box;

typedef struct open_inline {
    uint32_t mark; /* or NONE */
    uint8_t tag;
    bool unseen;
} open_inline;

/* Class names recur: what they say is looked up once. */
typedef struct known_hints {
    uint64_t words;
    uint32_t hints;
} known_hints;

typedef struct pass {
    tokens *t;
    const char *base, *p, *end;
    char *out;
    uint32_t len, leaf_start;
    bool gap;
    leaf now;
    uint32_t bold, slanted; /* open elements */
    uint32_t unseen;        /* open inline elements that only screen readers speak */
    uint32_t anchor;        /* open link, or NONE */
    uint32_t depth, inlines;
    open_box stack[LIMIT_DEPTH];
    open_inline inline_stack[INLINE_DEPTH];
    uint32_t open[TAG_COUNT], lost[TAG_COUNT];
    bool never_closed[TAG_COUNT];
    const struct hint_index *hint_index;
    known_hints known[512];
    attributes attributes;
} pass;

/* ---- text ---- */

/* 0: as it is; 1: white space; 2: may need a closer look. */
static const uint8_t text_class[256] = {
    [0] = 1, [1] = 1, [2] = 1, [3] = 1, [4] = 1, [5] = 1, [6] = 1, [7] = 1, [8] = 1, [9] = 1, [10] = 1, [11] = 1, [12] = 1, [13] = 1, [14] = 1,
    [15] = 1, [16] = 1, [17] = 1, [18] = 1, [19] = 1, [20] = 1, [21] = 1, [22] = 1, [23] = 1, [24] = 1, [25] = 1, [26] = 1, [27] = 1, [28] = 1,
    [29] = 1, [30] = 1, [31] = 1, [' '] = 1, [127] = 1, ['&'] = 2, [0xC2] = 2, [0xE2] = 2, [0xEF] = 2,
};

/* Writes what stands at `p` (a byte of class 2) to `ret`; its length may be 0. Returns the bytes read. */
static uint32_t special(const char *p, const char *end, char ret[8], uint32_t *ret_len)
{
    const uint8_t *b = (const uint8_t *)p;
    if (*p == '&') {
        uint32_t took = entity_decode(p, end, ret, ret_len);
        if (took)
            return took;
    } else if (end - p >= 2 && b[0] == 0xC2 && (b[1] == 0xA0 || b[1] == 0xAD)) {
        *ret_len = b[1] == 0xA0;
        ret[0] = ' ';
        return 2;
    } else if (end - p >= 3 && b[0] == 0xE2 && b[1] == 0x80 && (b[2] <= 0x8F || b[2] == 0xA8 || b[2] == 0xA9)) {
        *ret_len = b[2] < 0x8B || b[2] > 0x8F;
        ret[0] = ' ';
        return 3;
    } else if (end - p >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF) {
        *ret_len = 0;
        return 3;
    }
    ret[0] = *p;
    *ret_len = 1;
    return 1;
}

/* References may stand for white space and for characters that are none. */
static bool is_space(const char *bytes, uint32_t len)
{
    const uint8_t *b = (const uint8_t *)bytes;
    return (len == 1 && text_class[b[0]] == 1) || (len == 2 && b[0] == 0xC2 && b[1] == 0xA0) ||
           (len == 3 && b[0] == 0xE2 && b[1] == 0x80 && (b[2] < 0x8B || b[2] == 0xA8 || b[2] == 0xA9));
}

static bool is_nothing(const char *bytes, uint32_t len)
{
    const uint8_t *b = (const uint8_t *)bytes;
    return !len || (len == 2 && b[0] == 0xC2 && b[1] == 0xAD) || (len == 3 && b[0] == 0xE2 && b[1] == 0x80 && b[2] >= 0x8B && b[2] <= 0x8F);
}

/* Copies with white space collapsed. `*gap` says that a space is due before the next character. */
static char *copy_text(char *out, const char *first, const char *p, const char *end, bool *gap)
{
    bool space = *gap;
    while (p < end) {
        uint8_t kind = text_class[(uint8_t)*p];
        if (kind == 1) {
            space = true;
            p++;
            continue;
        }
        char c[8] = {*p};
        uint32_t len = 1;
        p += kind ? special(p, end, c, &len) : 1;
        if (kind && is_nothing(c, len))
            continue;
        if (kind && is_space(c, len)) {
            space = true;
            continue;
        }
        if (space && out > first)
            *out++ = ' ';
        space = false;
        memcpy(out, c, len);
        out += len;
        while (p < end && !text_class[(uint8_t)*p])
            *out++ = *p++;
    }
    *gap = space;
    return out;
}

str tokens_plain(arena *a, str s)
{
    char *at = arena_take(a, s.len + 1, 1);
    bool gap = false;
    if (!s.len)
        return (str){at, 0};
    char *end = copy_text(at, at, s.at, s.at + s.len, &gap);
    return (str){at, (uint32_t)(end - at)};
}

static bool is_blank(const char *p, const char *end)
{
    while (p < end && text_class[(uint8_t)*p] == 1)
        p++;
    return p == end;
}

static void take_text(pass *s, const char *from, const char *to)
{
    if (from >= to || s->unseen)
        return;
    if (is_blank(from, to)) {
        s->gap = true;
        return;
    }
    uint32_t before = s->len;
    if (s->len == s->leaf_start) {
        const char *p = from;
        while (p < to && text_class[(uint8_t)*p] == 1)
            p++;
        s->now.offset = (uint32_t)(p - s->base);
        s->now.box = s->depth ? s->stack[s->depth - 1].box : 0;
    }
    char *end = copy_text(s->out + s->len, s->out + s->leaf_start, from, to, &s->gap);
    s->len = (uint32_t)(end - s->out);
    uint32_t added = s->len - before;
    s->now.linked += s->anchor != NONE ? added : 0;
    s->now.bold += s->bold ? added : 0;
    s->now.slanted += s->slanted ? added : 0;
}

/* ---- borders of blocks ---- */

static void end_leaf(pass *s)
{
    tokens *t = s->t;
    s->gap = false;
    if (s->len == s->leaf_start)
        return;
    s->now.text = (str){s->out + s->leaf_start, s->len - s->leaf_start};
    *vec_push(t->arena, &t->leaves) = s->now;
    s->out[s->len++] = '\n';
    s->leaf_start = s->len;
    s->now = (leaf){0};
    if (s->anchor != NONE)
        s->now.links = 1;
}

static void close_mark(pass *s, uint32_t number)
{
    if (number != NONE)
        s->t->marks.at[number].to = s->len;
}

static void close_inlines(pass *s, uint32_t down_to)
{
    while (s->inlines > down_to) {
        const open_inline *o = &s->inline_stack[--s->inlines];
        close_mark(s, o->mark);
        s->unseen -= o->unseen;
    }
}

static void pop_box(pass *s)
{
    open_box *o = &s->stack[--s->depth];
    close_inlines(s, o->inlines);
    s->t->boxes.at[o->box].end = s->t->leaves.count;
    s->open[o->tag]--;
}

/* Closes up to the innermost open `tag`, unless a wall or a `stop` element lies between. */
static bool close_to(pass *s, uint8_t tag, uint8_t stop_a, uint8_t stop_b)
{
    if (!s->open[tag])
        return false;
    uint32_t i = s->depth;
    while (i-- > 0) {
        uint8_t here = s->stack[i].tag;
        if (here == tag)
            break;
        if ((tag_flags[here] & WALL && tag != TAG_TABLE && tag != TAG_TR && tag != TAG_TD && tag != TAG_TH) || here == stop_a || here == stop_b)
            return false;
        if (here == TAG_TABLE && tag != TAG_TABLE)
            return false;
    }
    while (s->depth > i)
        pop_box(s);
    return true;
}

static bool is_heading(uint8_t tag)
{
    return tag >= TAG_H1 && tag <= TAG_H6;
}

/* What a start tag closes though no end tag says so. */
static void close_implied(pass *s, uint8_t tag)
{
    if (tag_flags[tag] & CLOSES_P)
        close_to(s, TAG_P, TAG_BUTTON, TAG_OTHER);
    if (is_heading(tag) && s->depth && is_heading(s->stack[s->depth - 1].tag))
        pop_box(s);
    if (tag == TAG_LI)
        close_to(s, TAG_LI, TAG_UL, TAG_OL);
    if (tag == TAG_DT || tag == TAG_DD) {
        close_to(s, TAG_DT, TAG_DL, TAG_OTHER);
        close_to(s, TAG_DD, TAG_DL, TAG_OTHER);
    }
    if (tag == TAG_TR)
        close_to(s, TAG_TR, TAG_TABLE, TAG_OTHER);
    if (tag == TAG_TD || tag == TAG_TH) {
        close_to(s, TAG_TD, TAG_TABLE, TAG_TR);
        close_to(s, TAG_TH, TAG_TABLE, TAG_TR);
    }
}

static bool says(str list, const char *word)
{
    return str_find(list, str_of(word)) != NONE;
}

static uint32_t hints_known(pass *s, str words)
{
    uint64_t hash = str_hash(words) | 1;
    known_hints *k = &s->known[hash / 2 % COUNT(s->known)];
    if (k->words != hash)
        *k = (known_hints){hash, hints_of(s->hint_index, words)};
    return k->hints;
}

static uint32_t hints_of_element(pass *s)
{
    const attributes *a = &s->attributes;
    uint32_t hints = 0;
    if (a->class.len)
        hints |= hints_known(s, a->class);
    if (a->id.len)
        hints |= hints_known(s, a->id);
    if (a->role.len)
        hints |= hints_known(s, a->role);
    if (a->itemprop.len)
        hints |= hints_known(s, a->itemprop);
    return hints;
}

static uint32_t add_mark(pass *s, uint8_t tag, uint32_t hints, uint32_t in_box)
{
    const attributes *a = &s->attributes;
    tokens *t = s->t;
    mark *m = vec_push(t->arena, &t->marks);
    *m = (mark){.from = s->len, .leaf = t->leaves.count, .box = in_box, .hints = hints, .tag = tag};
    m->stamp = a->datetime.len ? a->datetime : tag == TAG_ABBR ? a->title : a->content;
    m->published = a->pubdate || says(a->itemprop, "datePublished") || says(a->itemprop, "dateCreated");
    m->modified = says(a->itemprop, "dateModified");
    return t->marks.count - 1;
}

static bool wants_mark(uint8_t tag, uint32_t hints)
{
    return tag == TAG_TIME || hints & (HINT_AUTHOR | HINT_DATE | HINT_TITLE | HINT_DECK | HINT_KICKER | HINT_SUBHEAD);
}

static bool hides(const attributes *a)
{
    if (a->hidden)
        return true;
    if (!a->style.len)
        return false;
    uint32_t at = str_find(a->style, STR("display"));
    if (at == NONE)
        return false;
    str rest = str_trim(str_part(a->style, at + 7, a->style.len));
    rest = str_starts(rest, ":") ? str_trim(str_part(rest, 1, rest.len)) : rest;
    return str_starts(rest, "none");
}

static void open_block(pass *s, uint8_t tag, const char *at)
{
    tokens *t = s->t;
    if (s->depth == LIMIT_DEPTH) {
        s->lost[tag]++;
        return;
    }
    const attributes *a = &s->attributes;
    uint32_t parent = s->depth ? s->stack[s->depth - 1].box : 0, number = t->boxes.count;
    box *b = vec_push(t->arena, &t->boxes);
    *b = (box){.parent = parent, .first = t->leaves.count, .tag = tag, .depth = (uint16_t)s->depth, .offset = (uint32_t)(at - s->base)};
    b->hints = tag_flags[tag] & LOOK ? hints_of_element(s) : 0;
    b->above = t->boxes.at[parent].above | b->hints;
    b->key = (uint32_t)str_hash(a->class) * 31 + tag;
    b->article_body = says(a->itemprop, "articleBody") || says(a->property, "articleBody");
    b->hidden = hides(a) || b->hints & HINT_UNSEEN || t->boxes.at[parent].hidden;
    uint32_t marked = wants_mark(tag, b->hints) || a->itemprop.len ? add_mark(s, tag, b->hints, number) : NONE;
    s->stack[s->depth++] = (open_box){number, tag, (uint8_t)s->inlines};
    s->open[tag]++;
    if (marked != NONE && s->inlines < INLINE_DEPTH) {
        s->stack[s->depth - 1].inlines = (uint8_t)s->inlines;
        s->inline_stack[s->inlines++] = (open_inline){marked, TAG_OTHER, false};
    }
}

/* ---- attributes ---- */

static str *slot(attributes *a, const char *name, uint32_t len)
{
    static const struct { const char *name; size_t at; } slots[] = {
        {"class", offsetof(attributes, class)}, {"id", offsetof(attributes, id)}, {"href", offsetof(attributes, href)},
        {"rel", offsetof(attributes, rel)}, {"style", offsetof(attributes, style)}, {"content", offsetof(attributes, content)},
        {"name", offsetof(attributes, name)}, {"property", offsetof(attributes, property)}, {"itemprop", offsetof(attributes, itemprop)},
        {"datetime", offsetof(attributes, datetime)}, {"type", offsetof(attributes, type)}, {"role", offsetof(attributes, role)},
        {"lang", offsetof(attributes, lang)}, {"title", offsetof(attributes, title)},
    };
    char first = (char)(name[0] | 32);
    for (uint32_t i = 0; i < COUNT(slots); i++)
        if (slots[i].name[0] == first && str_equal_nocase((str){name, len}, str_of(slots[i].name)))
            return (str *)(void *)((char *)a + slots[i].at);
    return NULL;
}

static const char *skip_blank(const char *p, const char *end)
{
    while (p < end && text_class[(uint8_t)*p] == 1)
        p++;
    return p;
}

/* 1 where a name of an attribute ends. */
static const uint8_t ends_name[256] = {['\t'] = 1, ['\n'] = 1, ['\r'] = 1, ['\f'] = 1, [' '] = 1, ['='] = 1, ['>'] = 1, ['/'] = 1};

static const char *take_value(const char *p, const char *end, str *ret)
{
    const char *start = p;
    if (p < end && (*p == '"' || *p == '\'')) {
        const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
        *ret = (str){p + 1, (uint32_t)((close ? close : end) - p - 1)};
        return close ? close + 1 : end;
    }
    while (p < end && *p != '>' && text_class[(uint8_t)*p] != 1)
        p++;
    *ret = (str){start, (uint32_t)(p - start)};
    return p;
}

/* Reads the attributes up to behind the ">". Where `a` is NULL they are only passed over. */
static const char *take_attributes(const char *p, const char *end, attributes *a)
{
    for (;;) {
        while (p < end && (text_class[(uint8_t)*p] == 1 || *p == '/'))
            p++;
        if (p >= end)
            return end;
        if (*p == '>')
            return p + 1;
        const char *name = p++;
        while (p < end && !ends_name[(uint8_t)*p])
            p++;
        uint32_t len = (uint32_t)(p - name);
        const char *after = skip_blank(p, end);
        str value = {0};
        if (after < end && *after == '=')
            p = take_value(skip_blank(after + 1, end), end, &value);
        if (!a || len > 8 || len < 2)
            continue;
        str *to = slot(a, name, len);
        if (to && !to->at)
            *to = value;
        else if (len == 6 && str_equal_nocase((str){name, len}, STR("hidden")))
            a->hidden = true;
        else if (len == 7 && str_equal_nocase((str){name, len}, STR("pubdate")))
            a->pubdate = true;
    }
}

/* ---- elements ---- */

/* The "</name" that closes a raw element, or NULL. */
static const char *find_close(pass *s, uint8_t tag, str name)
{
    const char *p = s->p;
    if (s->never_closed[tag])
        return NULL;
    while (p < s->end && (p = memchr(p, '<', (size_t)(s->end - p)))) {
        if ((size_t)(s->end - p) < name.len + 2)
            break;
        if (p[1] == '/' && str_equal_nocase((str){p + 2, name.len}, name))
            return p;
        p++;
    }
    s->never_closed[tag] = true;
    return NULL;
}

/* At most so many bytes, no character broken. */
static str whole_part(str s, uint32_t most)
{
    if (s.len <= most)
        return s;
    while (most && ((uint8_t)s.at[most] & 0xC0) == 0x80)
        most--;
    return str_part(s, 0, most);
}

/* Script, style, title and what is not shown: passed over in one go. */
static void pass_raw(pass *s, uint8_t tag, str name)
{
    tokens *t = s->t;
    const char *close = find_close(s, tag, name);
    bool eats_all = tag == TAG_SCRIPT || tag == TAG_STYLE;
    if (!close && !eats_all)
        return;
    str inside = {s->p, (uint32_t)((close ? close : s->end) - s->p)};
    if (tag == TAG_TITLE && !t->title.len)
        t->title = tokens_plain(t->arena, whole_part(inside, TITLE_MOST));
    if (tag == TAG_SCRIPT && says(s->attributes.type, "ld+json"))
        *vec_push(t->arena, &t->json) = inside;
    const char *end = close ? memchr(close, '>', (size_t)(s->end - close)) : NULL;
    s->p = end ? end + 1 : s->end;
    s->gap = true;
}

static void take_head(pass *s, uint8_t tag)
{
    const attributes *a = &s->attributes;
    tokens *t = s->t;
    if (tag == TAG_META) {
        str name = a->property.len ? a->property : a->name.len ? a->name : a->itemprop;
        if (name.len && a->content.len)
            *vec_push(t->arena, &t->metas) = (meta){name, a->content};
        if (a->itemprop.len && a->content.len && t->boxes.count > 1)
            add_mark(s, tag, hints_of(s->hint_index, a->itemprop), s->depth ? s->stack[s->depth - 1].box : 0);
    } else if (tag == TAG_LINK && str_equal_nocase(a->rel, STR("canonical"))) {
        t->canonical = a->href;
    } else if (tag == TAG_HTML && !t->language.len) {
        t->language = a->lang;
    }
}

/* Is it an address under which sites keep one who writes for them ("/staff/ida-holt"), and not the list of all? */
static bool leads_to_writer(str href)
{
    static const char *const folders[] = {"author", "autor", "auteur", "staff/", "newsteam/", "contributor", "journalist", "reporter",
                                          "columnist", "redakteur", "writer", "correspondent", "byline"};
    if (!href.len)
        return false;
    const char *end = href.at + href.len, *at = memchr(href.at, '/', href.len);
    while (at && ++at < end) {
        const char *slash = memchr(at, '/', (size_t)(end - at));
        if (!slash || slash + 2 >= end)
            return false;
        for (uint32_t i = 0; i < COUNT(folders); i++)
            if (*at == folders[i][0] && str_starts((str){at, (uint32_t)(end - at)}, folders[i]))
                return true;
        at = slash;
    }
    return false;
}

static void open_anchor(pass *s, const char *at)
{
    tokens *t = s->t;
    const attributes *a = &s->attributes;
    s->anchor = NONE;
    uint32_t hints = hints_of_element(s);
    bool author = says(a->rel, "author") || leads_to_writer(a->href);
    if (a->href.len) {
        s->anchor = t->anchors.count;
        anchor *n = vec_push(t->arena, &t->anchors);
        *n = (anchor){.href = a->href, .leaf = t->leaves.count, .start = s->len - s->leaf_start, .offset = (uint32_t)(at - s->base), .hints = hints};
        n->box = s->depth ? s->stack[s->depth - 1].box : 0;
        n->author = author;
        s->now.links++;
    }
    if (s->inlines < INLINE_DEPTH) {
        uint32_t m = wants_mark(TAG_A, hints) || author || a->itemprop.len ? add_mark(s, TAG_A, hints | (author ? HINT_AUTHOR : 0), s->depth ? s->stack[s->depth - 1].box : 0) : NONE;
        s->inline_stack[s->inlines++] = (open_inline){m, TAG_A, false};
    }
}

static void open_inline_element(pass *s, uint8_t tag)
{
    uint32_t hints = hints_of_element(s);
    uint32_t here = s->depth ? s->stack[s->depth - 1].box : 0;
    uint32_t m = wants_mark(tag, hints) || s->attributes.itemprop.len ? add_mark(s, tag, hints, here) : NONE;
    if (tag == TAG_TIME)
        s->now.flags |= LEAF_TIME;
    if (s->inlines == INLINE_DEPTH)
        return;
    bool unseen = hints & HINT_UNSEEN || s->attributes.hidden;
    s->inline_stack[s->inlines++] = (open_inline){m, tag, unseen};
    s->unseen += unseen;
}

static void take_break(pass *s)
{
    uint8_t flags = s->len == s->leaf_start && s->now.flags & LEAF_BREAK ? LEAF_BREAK | LEAF_DOUBLE : LEAF_BREAK;
    end_leaf(s);
    s->now.flags |= flags;
}

static void start_tag(pass *s, uint8_t tag, str name, const char *at)
{
    s->attributes = (attributes){0};
    s->p = take_attributes(s->p, s->end, tag_flags[tag] & LOOK ? &s->attributes : NULL);
    if (tag_flags[tag] & RAW)
        pass_raw(s, tag, name);
    else if (tag == TAG_BR)
        take_break(s);
    else if (tag_flags[tag] & BOX) {
        end_leaf(s); /* before what it closes, so that it lies within that */
        close_implied(s, tag);
        open_block(s, tag, at);
    } else if (tag == TAG_A)
        open_anchor(s, at);
    else if (tag == TAG_B || tag == TAG_STRONG)
        s->bold++;
    else if (tag == TAG_I || tag == TAG_EM)
        s->slanted++;
    else if (tag == TAG_META || tag == TAG_LINK || tag == TAG_HTML)
        take_head(s, tag);
    else if (tag == TAG_HR) {
        end_leaf(s);
        close_implied(s, tag);
    } else if (tag_flags[tag] & LOOK)
        open_inline_element(s, tag);
    else if (tag == TAG_IMG)
        s->now.flags |= LEAF_PICTURE;
}

static void close_anchor(pass *s)
{
    if (s->anchor == NONE)
        return;
    anchor *a = &s->t->anchors.at[s->anchor];
    a->last_leaf = s->t->leaves.count - (s->len == s->leaf_start && s->t->leaves.count > a->leaf);
    a->end = a->last_leaf == s->t->leaves.count ? s->len - s->leaf_start : s->t->leaves.at[a->last_leaf].text.len;
    s->anchor = NONE;
}

static void end_inline(pass *s, uint8_t tag)
{
    for (uint32_t i = s->inlines, floor = s->depth ? s->stack[s->depth - 1].inlines : 0; i-- > floor;)
        if (s->inline_stack[i].tag == tag) {
            close_inlines(s, i);
            return;
        }
}

static void end_tag(pass *s, uint8_t tag)
{
    s->p = take_attributes(s->p, s->end, NULL);
    if (tag == TAG_B || tag == TAG_STRONG) {
        s->bold -= s->bold > 0;
    } else if (tag == TAG_I || tag == TAG_EM) {
        s->slanted -= s->slanted > 0;
    } else if (tag_flags[tag] & BOX) {
        end_leaf(s);
        if (s->lost[tag])
            s->lost[tag]--;
        else if (is_heading(tag) && s->depth && is_heading(s->stack[s->depth - 1].tag))
            pop_box(s);
        else
            close_to(s, tag, TAG_OTHER, TAG_OTHER);
        if (is_heading(tag) || tag == TAG_LI || tag == TAG_TABLE)
            s->bold = s->slanted = 0;
    } else if (tag == TAG_A) {
        close_anchor(s);
        end_inline(s, TAG_A);
    } else if (tag_flags[tag] & LOOK) {
        end_inline(s, tag);
    }
}

/* <!-- -->, <!doctype>, <![CDATA[ ]]>, <? ?> */
static void pass_declaration(pass *s)
{
    const char *p = s->p + 1;
    if (s->end - p >= 3 && !memcmp(p, "!--", 3)) {
        for (p += 1; (p = memchr(p, '>', (size_t)(s->end - p))); p++)
            if (p[-1] == '-' && p[-2] == '-')
                break;
        s->p = p ? p + 1 : s->end;
        return;
    }
    p = memchr(p, '>', (size_t)(s->end - p));
    s->p = p ? p + 1 : s->end;
}

static bool is_letter(char c)
{
    return (uint8_t)((c | 32) - 'a') < 26;
}

/* At a "<" that is not the last byte: takes the tag, or leaves s->p one further where it is none. False where the "<" is text. */
static bool take_tag(pass *s)
{
    const char *at = s->p, *p = at + 1;
    if (*p == '!' || *p == '?') {
        pass_declaration(s);
        return true;
    }
    bool closing = *p == '/';
    p += closing;
    if (p >= s->end || !is_letter(*p)) {
        if (closing && p < s->end) {
            pass_declaration(s);
            return true;
        }
        return false;
    }
    const char *name = p;
    while (p < s->end && !ends_name[(uint8_t)*p])
        p++;
    s->p = p;
    uint8_t tag = tag_of(name, (uint32_t)(p - name));
    if (closing)
        end_tag(s, tag);
    else
        start_tag(s, tag, (str){name, (uint32_t)(p - name)}, at);
    return true;
}

static void run(pass *s)
{
    const char *text = s->p;
    while (s->p < s->end) {
        const char *open = memchr(s->p, '<', (size_t)(s->end - s->p));
        if (!open) {
            s->p = s->end;
            break;
        }
        s->p = open;
        char next = open + 1 < s->end ? open[1] : ' ';
        if (!is_letter(next) && next != '/' && next != '!' && next != '?') {
            s->p = open + 1;
            continue;
        }
        take_text(s, text, open);
        if (!take_tag(s))
            s->p = open + 1;
        text = s->p == open + 1 ? open : s->p;
    }
    take_text(s, text, s->end);
}

static void finish(pass *s)
{
    tokens *t = s->t;
    close_anchor(s);
    end_leaf(s);
    while (s->depth)
        pop_box(s);
    close_inlines(s, 0);
    t->boxes.at[0].end = t->leaves.count;
    for (uint32_t i = 0; i < t->marks.count; i++) {
        mark *m = &t->marks.at[i];
        m->to = MAX(m->to, m->from);
        m->text = str_trim((str){s->out + m->from, m->to - m->from});
    }
}

tokens *tokens_read(arena *a, str page)
{
    if (!page.at)
        page = STR("");
    tokens *t = arena_take(a, 1, sizeof *t);
    pass *s = arena_take(a, 1, sizeof *s);
    *t = (tokens){.arena = a, .page = page};
    *s = (pass){.t = t, .base = page.at, .p = page.at, .end = page.at + page.len, .anchor = NONE, .hint_index = hint_index_new(a)};
    s->out = arena_take(a, (size_t)page.len + 16, 1);
    *vec_push(a, &t->boxes) = (box){.tag = TAG_OTHER};
    run(s);
    finish(s);
    return t;
}
