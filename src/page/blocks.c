#include "page/blocks.h"

#include "page/inside.h"

#define HINTS_AGAINST (HINT_COMMENT | HINT_RELATED | HINT_SHARE | HINT_NAV | HINT_FOOT | HINT_SIDE | HINT_AD | HINT_CAPTION | HINT_NEWS | HINT_BIO | HINT_FORM | HINT_LEGAL | HINT_PROMO | HINT_WIDGET)

/* ---- what a leaf looks like ---- */

static bool ends_with_mark(str s)
{
    return page_ends_sentence(s);
}

static uint32_t percent_linked(const leaf *f)
{
    return f->text.len ? (uint32_t)((uint64_t)f->linked * 100 / f->text.len) : 0;
}

static bool is_prose(const layout *l, uint32_t i)
{
    const leaf *f = &l->t->leaves.at[i];
    uint32_t words = l->words[i];
    if (words < 7 || percent_linked(f) >= 40 || l->t->boxes.at[f->box].hidden)
        return false;
    return words >= 25 || ends_with_mark(f->text);
}

static uint32_t count_words(str s)
{
    uint32_t words = 0, wide = 0;
    bool inside = false;
    for (uint32_t i = 0; i < s.len; i++) {
        uint8_t c = (uint8_t)s.at[i];
        bool word = c >= 0x80 || is_ascii_letter((char)c) || is_ascii_digit((char)c);
        words += word && !inside;
        inside = word || (inside && c == '\'');
        wide += c >= 0xE3 && c <= 0xED;
    }
    return words + wide / 2; /* scripts without spaces: two characters a word */
}

/* ---- the box with the story ---- */

static uint32_t paragraph_parent(const tokens *t, uint32_t box)
{
    uint8_t tag = t->boxes.at[box].tag;
    bool paragraph = tag == TAG_P || tag == TAG_LI || tag == TAG_BLOCKQUOTE || tag == TAG_PRE || (tag >= TAG_H1 && tag <= TAG_H6);
    return paragraph ? t->boxes.at[box].parent : box;
}

static float weight_of(const layout *l, uint32_t i)
{
    const leaf *f = &l->t->leaves.at[i];
    const box *b = &l->t->boxes.at[f->box];
    float w = (float)MIN((uint32_t)l->words[i], 150u);
    if (b->above & (HINT_COMMENT | HINT_FOOT | HINT_LEGAL))
        w *= 0.1f;
    else if (b->above & (HINT_RELATED | HINT_SIDE | HINT_NEWS | HINT_AD))
        w *= 0.5f;
    if (b->tag == TAG_LI || b->tag == TAG_TD)
        w *= 0.6f;
    if (b->tag == TAG_P)
        w *= 1.2f;
    return w;
}

static void sum_prose(layout *l, float *near)
{
    const tokens *t = l->t;
    for (uint32_t i = 0; i < t->leaves.count; i++) {
        if (!l->prose[i])
            continue;
        float w = weight_of(l, i);
        l->total[t->leaves.at[i].box] += w;
        uint32_t box = paragraph_parent(t, t->leaves.at[i].box);
        static const float shares[] = {1, 0.6f, 0.35f, 0.2f};
        for (uint32_t k = 0; k < COUNT(shares); k++) {
            near[box] += w * shares[k];
            if (!box)
                break;
            box = t->boxes.at[box].parent;
        }
    }
    for (uint32_t b = t->boxes.count; b-- > 1;)
        l->total[t->boxes.at[b].parent] += l->total[b];
}

static float prior(const box *b)
{
    float p = 1;
    if (b->hints & HINT_BODY)
        p *= 1.3f;
    if (b->tag == TAG_ARTICLE || b->hints & HINT_ARTICLE)
        p *= 1.1f;
    if (b->article_body)
        p *= 2;
    if (b->hints & (HINT_COMMENT | HINT_FOOT | HINT_RELATED | HINT_SIDE | HINT_HIDDEN | HINT_NEWS) && !(b->hints & (HINT_BODY | HINT_ARTICLE)))
        p *= 0.4f;
    if (b->tag == TAG_ASIDE || b->tag == TAG_FOOTER || b->tag == TAG_NAV || b->tag == TAG_FORM)
        p *= 0.4f;
    return p;
}

static bool is_below(const tokens *t, uint32_t box, uint32_t above)
{
    while (box > above)
        box = t->boxes.at[box].parent;
    return box == above;
}

/* A story may be cut into parts, each deep in a box of its own, with pictures and boxes between. The parts are boxes of
 * the same kind; what holds them all is the main box, unless it holds much else or the parts are stories of their own. */
static uint32_t parts_joined(const layout *l, uint32_t best)
{
    const tokens *t = l->t;
    uint32_t key = t->boxes.at[best].key, top = best, first = t->boxes.at[best].first, end = t->boxes.at[best].end;
    float sum = l->total[best];
    for (uint32_t b = 1; b < t->boxes.count; b++) {
        const box *x = &t->boxes.at[b];
        if (x->key != key || b == best || l->total[b] < 20 || x->tag == TAG_ARTICLE || x->tag == TAG_LI || is_below(t, b, best) || is_below(t, best, b))
            continue;
        uint32_t up = top;
        while (up && !is_below(t, b, up))
            up = t->boxes.at[up].parent;
        if (!up)
            continue;
        sum += l->total[b];
        top = up;
        first = MIN(first, x->first);
        end = MAX(end, x->end);
    }
    if (top == best || sum < l->total[best] * 1.25f || l->total[top] > sum * 1.3f)
        return best;
    for (uint32_t i = first; i < end; i++) {
        const leaf *f = &t->leaves.at[i];
        uint8_t tag = t->boxes.at[f->box].tag;
        if (tag >= TAG_H1 && tag <= TAG_H4 && f->linked * 2 > f->text.len)
            return best;
    }
    for (uint32_t up = best; up != top; up = t->boxes.at[up].parent)
        if (t->boxes.at[up].tag == TAG_ARTICLE || t->boxes.at[up].tag == TAG_LI)
            return best;
    return top;
}

/* From the box with most prose at hand upwards, as long as that brings much more of it. */
static void choose_main(layout *l, const float *near)
{
    const tokens *t = l->t;
    uint32_t best = 0;
    float most = 0;
    for (uint32_t b = 0; b < t->boxes.count; b++) {
        float score = near[b] * prior(&t->boxes.at[b]);
        if (score > most) {
            most = score;
            best = b;
        }
    }
    for (uint32_t up = best; up;) {
        up = t->boxes.at[up].parent;
        if (l->total[up] > l->total[best] * 1.25f && near[up] > near[best] * 0.5f && up)
            best = up;
    }
    l->main = parts_joined(l, best);
    l->around = l->main;
    for (uint32_t k = 0; k < 3 && t->boxes.at[l->around].parent; k++)
        l->around = t->boxes.at[l->around].parent;
}

static void find_range(layout *l)
{
    const box *m = &l->t->boxes.at[l->main];
    l->first = l->last = NONE;
    for (uint32_t i = m->first; i < m->end; i++) {
        const box *b = &l->t->boxes.at[l->t->leaves.at[i].box];
        if (!l->prose[i] || (b->above & ~m->above) & HINTS_AGAINST)
            continue;
        l->first = MIN(l->first, i);
        l->last = i;
    }
    if (l->first == NONE) {
        l->first = m->first;
        l->last = m->end ? m->end - 1 : 0;
    }
}

/* ---- the heading ---- */

static str letters_only(arena *a, str s)
{
    char *at = arena_take(a, s.len + 1, 1);
    uint32_t len = 0;
    for (uint32_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        if (is_ascii_letter(c) || is_ascii_digit(c) || (uint8_t)c >= 0x80)
            at[len++] = c;
    }
    return (str){at, len};
}

static void find_heading(layout *l, arena *a)
{
    l->heading = NONE;
    for (uint32_t i = 0; i < l->t->leaves.count && i <= l->last; i++) {
        const leaf *f = &l->t->leaves.at[i];
        if (l->title.len < 8 || f->text.len + 40 < l->title.len || f->text.len > l->title.len * 2)
            continue;
        if (str_equal(letters_only(a, f->text), l->title) && (l->heading == NONE || l->t->boxes.at[f->box].tag == TAG_H1))
            l->heading = i;
    }
}

/* ---- what the prose is like, and where it ends ---- */

static bool is_story(const layout *l, uint32_t i)
{
    const box *m = &l->t->boxes.at[l->main], *b = &l->t->boxes.at[l->t->leaves.at[i].box];
    return l->prose[i] && i >= m->first && i < m->end && !((b->above & ~m->above) & HINTS_AGAINST);
}

static void count_keys(layout *l)
{
    const tokens *t = l->t;
    for (uint32_t i = l->first; i <= l->last && i < t->leaves.count; i++) {
        if (!is_story(l, i))
            continue;
        uint32_t key = t->boxes.at[t->leaves.at[i].box].key, k = 0;
        while (k < COUNT(l->keys) - 1 && l->keys[k].words && l->keys[k].key != key)
            k++;
        l->keys[k].key = key;
        l->keys[k].words += l->words[i];
        l->prose_words += l->words[i];
    }
}

/* Headings of what press releases end with. */
static bool closes(str s)
{
    static const char *const openings[] = {
        "About ", "ABOUT ", "Über ", "Zum Unternehmen", "À propos d", "A propos d", "Sobre ", "Acerca de ", "Informazioni su", "Over ", "Om ",
        "Media contact", "Media Contact", "MEDIA CONTACT", "Press contact", "Press Contact", "Contact", "CONTACT", "Kontakt", "Pressekontakt",
        "Notes to editors", "Notes to Editors", "NOTES TO EDITORS", "Note to editors", "For more information", "For further information",
        "Für weitere Informationen", "Weitere Informationen", "Forward-looking", "Forward-Looking", "Safe harbor", "Safe Harbor", "###", "# # #", "-ends-", "-ENDS-", "- Ends -", "ENDS", "Ends",
    };
    for (uint32_t i = 0; i < COUNT(openings); i++)
        if (str_starts(s, openings[i]))
            return true;
    return false;
}

static void find_closing(layout *l)
{
    const tokens *t = l->t;
    uint32_t words = 0;
    l->closing = NONE;
    for (uint32_t i = l->first; i < t->leaves.count && i < l->last + 12 && l->closing == NONE; i++) {
        const leaf *f = &t->leaves.at[i];
        bool short_line = l->words[i] <= 8 && !page_ends_sentence(f->text);
        if (words * 2 > l->prose_words && short_line && closes(f->text))
            l->closing = i;
        words += l->prose[i] ? l->words[i] : 0;
    }
}

/* ---- other stories, told with their first words ---- */

static bool heads_list(const layout *l, uint32_t i)
{
    const leaf *f = &l->t->leaves.at[i];
    const box *b = &l->t->boxes.at[f->box];
    if (b->tag < TAG_H1 || b->tag > TAG_H6 || l->words[i] > 9)
        return false;
    return b->hints & HINT_RELATED || phrase_list_heading(f->text) * 10 >= f->text.len * 6;
}

/* What stands under a heading like "Related posts": to the end of the element around it, and where that is the main box
 * itself to the next heading. */
static void mark_lists(layout *l)
{
    const tokens *t = l->t;
    for (uint32_t i = l->first; i < t->leaves.count; i++) {
        if (!heads_list(l, i))
            continue;
        uint32_t around = t->boxes.at[t->leaves.at[i].box].parent, end = t->boxes.at[around].end;
        bool wide = l->total[around] * 2 > l->total[l->main];
        for (uint32_t k = i + 1; k < end && k < i + 200; k++) {
            uint8_t tag = t->boxes.at[t->leaves.at[k].box].tag;
            if (wide && tag >= TAG_H1 && tag <= TAG_H4)
                break;
            l->apart[k] = !wide || l->words[k] < 10 || l->under[k] != i;
        }
    }
}

/* A link of some words, the first words of a story, dots. */
static void mark_cards(layout *l)
{
    const tokens *t = l->t;
    for (uint32_t i = 0; i < t->leaves.count; i++) {
        const leaf *f = &t->leaves.at[i];
        bool dots = str_ends(f->text, "…") || str_ends(f->text, "...") || str_ends(f->text, "[…]") || str_ends(f->text, "[...]");
        if (dots && l->words[i] >= 10 && f->linked * 8 >= f->text.len && f->links == 1)
            l->apart[i] = 1;
    }
}

/* "READ MORE: a headline", amid the story: the words of such lists, and a link behind them. */
static void mark_pointers(layout *l)
{
    const tokens *t = l->t;
    for (uint32_t i = 0; i < t->leaves.count; i++) {
        const leaf *f = &t->leaves.at[i];
        uint32_t words = f->links && l->words[i] <= 25 ? phrase_list_heading(f->text) : 0;
        if (words && words + 2 < f->text.len && strchr(":|-", f->text.at[words + (f->text.at[words] == ' ')]) && f->linked * 10 >= (f->text.len - words) * 8)
            l->apart[i] = 1;
    }
}

/* An offer of letters and subscriptions, in a box that is called so. */
static void mark_appeals(layout *l)
{
    static const char *const words[] = {"ewsletter", "NEWSLETTER", "ubscri", "ign up", "inbox", "bonn", "uscrí", "ssine", "scriviti", "Подпи", "подпи"};
    const tokens *t = l->t;
    const box *m = &t->boxes.at[l->main];
    for (uint32_t i = m->first; i < m->end; i++) {
        const leaf *f = &t->leaves.at[i];
        bool called = t->boxes.at[f->box].above & ~m->above & HINT_NEWS && l->words[i] <= 40;
        for (uint32_t k = 0; called && k < COUNT(words); k++)
            l->apart[i] |= str_find(f->text, str_of(words[k])) != NONE;
    }
}

static uint32_t words_of_key(const layout *l, uint32_t key)
{
    for (uint32_t k = 0; k < COUNT(l->keys) && l->keys[k].words; k++)
        if (l->keys[k].key == key)
            return l->keys[k].words;
    return 0;
}

/* The standfirst: called so, told in the head of the page, and unlike the rest. */
static void mark_deck(layout *l)
{
    const tokens *t = l->t;
    for (uint32_t i = t->boxes.at[l->around].first; i < t->boxes.at[l->around].end && i <= l->first + 1; i++) {
        const box *b = &t->boxes.at[t->leaves.at[i].box];
        bool called = (b->hints | t->boxes.at[b->parent].hints) & HINT_DECK;
        if (called && layout_is_said(l, t->leaves.at[i].text) && words_of_key(l, b->key) * 4 <= l->prose_words)
            l->apart[i] = 1;
    }
}

/* A heading that says what the line before it says: one is for large screens, one for small ones. */
static void mark_echoes(layout *l)
{
    const tokens *t = l->t;
    for (uint32_t i = 1; i < l->first && i < t->leaves.count; i++) {
        uint8_t tag = t->boxes.at[t->leaves.at[i].box].tag;
        if (tag >= TAG_H1 && tag <= TAG_H6 && str_equal(t->leaves.at[i].text, t->leaves.at[i - 1].text))
            l->apart[i] = 1;
    }
}

static void sum_links(layout *l, arena *a)
{
    const tokens *t = l->t;
    uint32_t heading = NONE;
    l->bytes = arena_take(a, t->boxes.count + 1, sizeof *l->bytes);
    l->linked = arena_take(a, t->boxes.count + 1, sizeof *l->linked);
    l->under = arena_take(a, t->leaves.count + 1, sizeof *l->under);
    for (uint32_t i = 0; i < t->leaves.count; i++) {
        const leaf *f = &t->leaves.at[i];
        uint8_t tag = t->boxes.at[f->box].tag;
        l->bytes[f->box] += f->text.len;
        l->linked[f->box] += f->linked;
        l->under[i] = heading;
        if (tag >= TAG_H1 && tag <= TAG_H6)
            heading = i;
    }
    for (uint32_t b = t->boxes.count; b-- > 1;) {
        l->bytes[t->boxes.at[b].parent] += l->bytes[b];
        l->linked[t->boxes.at[b].parent] += l->linked[b];
    }
}

layout *layout_find(arena *a, const tokens *t, str title, str said)
{
    layout *l = arena_take(a, 1, sizeof *l);
    *l = (layout){.t = t, .title = letters_only(a, title), .said = letters_only(a, said), .phrases = phrase_index_new(a)};
    uint32_t n = t->leaves.count + 1;
    l->words = arena_take(a, n, sizeof *l->words);
    l->prose = arena_take(a, n, 1);
    l->total = arena_take(a, t->boxes.count + 1, sizeof *l->total);
    float *near = arena_take(a, t->boxes.count + 1, sizeof *near);
    for (uint32_t i = 0; i < t->leaves.count; i++) {
        l->words[i] = (uint16_t)MIN(count_words(t->leaves.at[i].text), 65535u);
        l->prose[i] = is_prose(l, i);
    }
    sum_links(l, a);
    sum_prose(l, near);
    choose_main(l, near);
    find_range(l);
    l->apart = arena_take(a, n, 1);
    mark_lists(l);
    mark_cards(l);
    find_heading(l, a);
    count_keys(l);
    find_closing(l);
    mark_pointers(l);
    mark_appeals(l);
    mark_deck(l);
    mark_echoes(l);
    return l;
}

bool layout_is_near(const layout *l, uint32_t leaf)
{
    const box *b = &l->t->boxes.at[l->around];
    return leaf >= b->first && leaf < b->end && !l->apart[leaf] && !l->t->boxes.at[l->t->leaves.at[leaf].box].hidden;
}
