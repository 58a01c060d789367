/* What can be seen of a leaf, as numbers of features that hold. */
#include "page/blocks.h"

#include "page/inside.h"

typedef struct features {
    const layout *l;
    uint16_t *at;
    uint32_t count;
    bool is_date, ends; /* the whole leaf is one; it ends like a sentence */
} features;

static void holds(features *f, uint32_t number, bool is)
{
    if (is && f->count < FEATURES_MOST)
        f->at[f->count++] = (uint16_t)number;
}

/* One feature for each bit of a set. */
static void holds_each(features *f, uint32_t number, uint64_t bits)
{
    for (; bits; bits &= bits - 1)
        holds(f, number + (uint32_t)__builtin_ctzll(bits), true);
}

static uint32_t length_class(uint32_t words)
{
    static const uint16_t steps[] = {1, 3, 6, 10, 15, 25, 40, 70, 120};
    uint32_t k = 0;
    while (k < COUNT(steps) && words > steps[k])
        k++;
    return k;
}

static uint32_t link_class(const leaf *f)
{
    uint32_t percent = f->text.len ? (uint32_t)((uint64_t)f->linked * 100 / f->text.len) : 0;
    return percent == 0 ? 0 : percent < 15 ? 1 : percent < 40 ? 2 : percent < 75 ? 3 : percent < 97 ? 4 : 5;
}

static uint32_t tag_class(uint8_t tag)
{
    switch (tag) {
    case TAG_P: return 0;
    case TAG_LI: return 1;
    case TAG_H1: return 2;
    case TAG_H2: return 3;
    case TAG_H3: return 4;
    case TAG_H4: case TAG_H5: case TAG_H6: return 5;
    case TAG_DIV: return 6;
    case TAG_TD: case TAG_TH: return 7;
    case TAG_BLOCKQUOTE: case TAG_PRE: return 8;
    case TAG_SECTION: case TAG_ARTICLE: case TAG_MAIN: return 9;
    case TAG_FIGCAPTION: case TAG_FIGURE: return 10;
    }
    return 11;
}

static bool within(const layout *l, uint32_t leaf, uint32_t box)
{
    const struct box *b = &l->t->boxes.at[box];
    return leaf >= b->first && leaf < b->end;
}

/* ---- the words ---- */

/* Phrases of furniture, of two bytes at least; each line is one feature. An "@" belongs to the third. */
enum { SAID_FOLLOW = 2 };
static const char *const said[][14] = {
    {"photo", "Photo", "Image", "Getty", "redit:", "©", "AFP", "Foto", "(AP", "Reuters/", "REUTERS", "Picture:"},
    {"ubscribe", "ewsletter", "sign up", "Sign up", "inbox", "your email", "e-mail", "Newsletter", "Abonn", "abonn", "delivered to", "subscri", "free trial"},
    {"ollow us", "ollow me", "Twitter", "Facebook", "Instagram", "twitter", "facebook", "Telegram", "YouTube", "WhatsApp"},
    {"lick here", "ead more", "READ MORE", "elated:", "RELATED", "ead also", "READ ALSO", "Read:", "READ:", "See also", "SEE ALSO", "More:", "MORE:", "also:"},
    {"contributed to this", "eporting by", "diting by", "Associated Press", "writer", "reporter", "editor", "journalist", "Reuters", "correspondent", "freelance"},
    {"Updated", "Published", "updated", "published", "Posted", "posted", "modified", "Veröffentlicht", "Aktualisiert", "Publié", "GMT", "EST", "Uhr"},
    {"omments", "comment", "reply", "Reply", "Kommentar", "ommentaire", "omentario", "omentário", "moderat", "moderad", "Moderat"},
    {"ights reserved", "ights Reserved", "may not be published", "opyright", "©", "®", "terms of", "Terms of", "rivacy", "Cookie", "cookie"},
    {"dvertis", "DVERTIS", "ponsored", "ffiliate", "Anzeige", "ublicidad", "commission", "romotion"},
    {"Watch", "WATCH", "Listen", "Video", "VIDEO", "Podcast", "Watch:", "Gallery", "Download", "download", "app"},
    {"share", "Share", "Tweet", "Print", "Email", "mail", "Partager", "Teilen", "Compart"},
    {"Tags", "Tagged", "Filed under", "Topics", "Categories", "Category", "Tag:", "Posted in", "Schlagw", "Etiquetas", "tagged"},
    {"donat", "support us", "contribut", "support our", "member", "spend", "Support"},
    {"is a ", "is an ", "is the ", "writes ", "covers ", "can be reached", "based in", "was born", "author of", "ist ", "founder"},
};

static bool says(str text, const char *phrase)
{
    return str_find(text, str_of(phrase)) != NONE;
}

/* All phrases at once: for each pair of first bytes a chain of them. */
struct phrase_index {
    uint16_t first[1024];
    struct {
        uint16_t next;
        uint8_t line, len;
        const char *text;
    } at[1 + COUNT(said) * COUNT(said[0])];
};

static uint32_t pair_of(const char *p)
{
    return ((uint8_t)p[0] * 32u ^ (uint8_t)p[1]) % 1024;
}

struct phrase_index *phrase_index_new(arena *a)
{
    struct phrase_index *x = arena_take(a, 1, sizeof *x);
    uint16_t n = 0;
    for (uint32_t i = 0; i < COUNT(said); i++)
        for (uint32_t k = 0; k < COUNT(said[i]) && said[i][k]; k++) {
            uint32_t pair = pair_of(said[i][k]);
            n++;
            x->at[n].next = x->first[pair];
            x->at[n].line = (uint8_t)i;
            x->at[n].len = (uint8_t)strlen(said[i][k]);
            x->at[n].text = said[i][k];
            x->first[pair] = n;
        }
    return x;
}

static void look_at_phrases(features *f, str text, uint32_t words)
{
    if (words > 70)
        return;
    const struct phrase_index *x = f->l->phrases;
    uint32_t found = 0, len = MIN(text.len, 400u);
    for (uint32_t p = 0; p + 1 < len; p++)
        for (uint16_t n = x->first[pair_of(text.at + p)]; n; n = x->at[n].next)
            if (x->at[n].len <= len - p && text.at[p] == x->at[n].text[0] && !memcmp(text.at + p, x->at[n].text, x->at[n].len))
                found |= 1u << x->at[n].line;
    if (memchr(text.at, '@', len))
        found |= 1u << SAID_FOLLOW;
    for (uint32_t i = 0; i < COUNT(said); i++) {
        holds(f, FEATURE_LOOK + 40 + i, found >> i & 1 && words <= 25);
        holds(f, FEATURE_PAIR + 232 + i, found >> i & 1 && words > 25);
    }
}

typedef struct letters {
    uint32_t upper, lower, digits, commas, stops;
    bool bar, quote, question;
} letters;

static uint32_t count_stops(str s)
{
    uint32_t stops = 0;
    const char *end = s.at + s.len - 2, *at = s.at;
    while (at < end && (at = memchr(at, '.', (size_t)(end - at)))) {
        at++;
        stops += *at == ' ';
    }
    return stops;
}

static letters count_letters(str s)
{
    letters n = {.stops = s.len > 2 ? count_stops(s) : 0};
    for (uint32_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        n.upper += (uint8_t)(c - 'A') < 26;
        n.lower += (uint8_t)(c - 'a') < 26 || (uint8_t)c >= 0xC3;
        n.digits += is_ascii_digit(c);
        n.commas += c == ',';
        n.bar |= c == '|';
        n.quote |= c == '"';
        n.question |= c == '?';
    }
    return n;
}

static void look_at_text(features *f, const leaf *x, uint32_t words)
{
    str s = x->text;
    letters n = count_letters(s);
    day day;
    bool ends = f->ends = page_ends_sentence(s);
    holds(f, FEATURE_LOOK + 0, ends);
    holds(f, FEATURE_LOOK + 1, n.commas > 0);
    holds(f, FEATURE_LOOK + 2, x->bold * 10 >= s.len * 9);
    holds(f, FEATURE_LOOK + 3, x->bold > 0 && x->bold * 10 < s.len * 9);
    holds(f, FEATURE_LOOK + 4, x->slanted * 10 >= s.len * 9);
    holds(f, FEATURE_LOOK + 5, n.upper > n.lower && words > 1);
    holds(f, FEATURE_LOOK + 6, words <= 8 && phrase_is_furniture(s));
    f->is_date = words <= 14 && dates_is_line(s, (date_habit){.arena = f->l->t->arena, .today = NO_DAY}, &day);
    holds(f, FEATURE_LOOK + 7, f->is_date);
    holds(f, FEATURE_LOOK + 8, words <= 20 && phrase_list_heading(s));
    holds(f, FEATURE_LOOK + 9, str_ends(s, ":"));
    holds(f, FEATURE_LOOK + 10, says(s, "http") || says(s, "www."));
    holds(f, FEATURE_LOOK + 11, (uint8_t)(s.at[0] - 'a') < 26);
    holds(f, FEATURE_LOOK + 12, is_ascii_digit(s.at[0]));
    holds(f, FEATURE_LOOK + 13, n.bar);
    holds(f, FEATURE_LOOK + 14, str_starts(s, "By ") || str_starts(s, "by ") || str_starts(s, "BY "));
    holds(f, FEATURE_LOOK + 15, n.quote || says(s, "“") || says(s, "„") || says(s, "«"));
    holds(f, FEATURE_LOOK + 16, n.digits * 4 > s.len);
    holds(f, FEATURE_LOOK + 17, n.stops >= 1);
    holds(f, FEATURE_LOOK + 18, n.stops >= 3);
    holds(f, FEATURE_LOOK + 19, n.question);
    holds(f, FEATURE_LOOK + 20, x->flags & LEAF_BREAK);
    holds(f, FEATURE_LOOK + 21, x->flags & LEAF_DOUBLE);
    holds(f, FEATURE_LOOK + 22, x->flags & LEAF_TIME);
    holds(f, FEATURE_LOOK + 23, x->flags & LEAF_PICTURE);
    holds(f, FEATURE_LOOK + 24, x->links > 1);
    holds(f, FEATURE_LOOK + 25, x->links > 4);
    holds(f, FEATURE_LOOK + 26, str_ends(s, "…") || str_ends(s, "..."));
    holds(f, FEATURE_LOOK + 27, ends && words <= 6);
    holds(f, FEATURE_LOOK + 28, words >= 10 && ends && !x->linked);
    holds(f, FEATURE_LOOK + 29, words < 10 && !ends);
    holds(f, FEATURE_LOOK + 30, words < 25 && !ends && x->slanted * 10 >= s.len * 9);
    holds(f, FEATURE_LOOK + 31, s.at[0] == '(' || s.at[0] == '[' || s.at[0] == '*');
    look_at_phrases(f, s, words);
}

/* ---- where it stands ---- */

static void look_at_boxes(features *f, uint32_t leaf)
{
    const layout *l = f->l;
    const tokens *t = l->t;
    uint32_t box = t->leaves.at[leaf].box, hints = 0, steps = 0;
    uint64_t tags[2] = {0};
    holds(f, FEATURE_TAG + t->boxes.at[box].tag, true);
    holds_each(f, FEATURE_HINT, t->boxes.at[box].hints);
    uint32_t stop = within(l, leaf, l->main) ? l->main : l->around;
    for (; box && box != stop && steps < 40; box = t->boxes.at[box].parent, steps++) {
        hints |= t->boxes.at[box].hints;
        uint8_t tag = t->boxes.at[box].tag;
        tags[tag / 64] |= 1ull << tag % 64;
    }
    holds_each(f, FEATURE_PATH_HINT, hints);
    holds_each(f, FEATURE_PATH_TAG, tags[0] & ~(1ull << TAG_P | 1ull << TAG_DIV));
    holds_each(f, FEATURE_PATH_TAG + 64, tags[1]);
    holds(f, FEATURE_PLACE + 9 + MIN(steps, 4u), true);
}

/* Roughly: outside before, inside before the prose, amid it, behind it. */
static uint32_t place_class(const layout *l, uint32_t leaf)
{
    if (!within(l, leaf, l->main))
        return leaf < l->t->boxes.at[l->main].first ? 0 : 4;
    return leaf < l->first ? 1 : leaf > l->last ? 3 : 2;
}

static void look_at_place(features *f, uint32_t leaf)
{
    const layout *l = f->l;
    const tokens *t = l->t;
    uint32_t box = t->leaves.at[leaf].box, place = place_class(l, leaf);
    uint32_t parent = t->boxes.at[box].parent;
    static const uint8_t numbers[] = {14, 1, 0, 2, 15};
    holds(f, FEATURE_PLACE + numbers[place], true);
    holds(f, FEATURE_PLACE + 8, box == l->main || parent == l->main);
    if (place == 2)
        holds(f, FEATURE_PLACE + 3 + MIN(4u, (leaf - l->first) * 5 / (l->last - l->first + 1)), true);
    holds(f, FEATURE_PLACE + 16, l->heading != NONE && leaf < l->heading);
    holds(f, FEATURE_PLACE + 17, l->heading != NONE && leaf > l->heading && leaf <= l->heading + 3);
    holds(f, FEATURE_PLACE + 18, leaf == l->heading);
    float share = l->total[l->main] > 0 ? l->total[parent] / l->total[l->main] : 0;
    holds(f, FEATURE_PLACE + 19, share > 0.5f);
    holds(f, FEATURE_PLACE + 20, share > 0.1f && share <= 0.5f);
    holds(f, FEATURE_PLACE + 21, place == 2 && leaf + 2 >= l->last);
    holds(f, FEATURE_PLACE + 22, leaf > l->last + 5);
    holds(f, FEATURE_PLACE + 23, leaf + 5 < l->first);
}

static bool is_prose_at(const layout *l, uint32_t leaf, int step)
{
    uint32_t at = leaf + (uint32_t)step;
    return at < l->t->leaves.count && l->prose[at];
}

static void look_around(features *f, uint32_t leaf)
{
    const layout *l = f->l;
    const tokens *t = l->t;
    const struct leaf *x = t->leaves.at + leaf;
    bool before = is_prose_at(l, leaf, -1), after = is_prose_at(l, leaf, 1);
    uint32_t near = 0;
    holds(f, FEATURE_NEAR + 0, before);
    holds(f, FEATURE_NEAR + 1, after);
    holds(f, FEATURE_NEAR + 2, before && after);
    holds(f, FEATURE_NEAR + 3, !before && !after);
    for (int k = -3; k <= 3; k++)
        near += k && is_prose_at(l, leaf, k);
    holds(f, FEATURE_NEAR + 4 + near, true);
    if (leaf) {
        const struct leaf *y = x - 1;
        holds(f, FEATURE_NEAR + 11, link_class(y) >= 4);
        holds(f, FEATURE_NEAR + 12, tag_class(t->boxes.at[y->box].tag) >= 2 && tag_class(t->boxes.at[y->box].tag) <= 5);
        holds(f, FEATURE_NEAR + 13, t->boxes.at[y->box].key == t->boxes.at[x->box].key);
        holds(f, FEATURE_NEAR + 14, str_ends(y->text, ":"));
        holds(f, FEATURE_NEAR + 18, l->words[leaf - 1] <= 20 && phrase_list_heading(y->text));
    }
    if (leaf + 1 < t->leaves.count) {
        const struct leaf *y = x + 1;
        holds(f, FEATURE_NEAR + 15, link_class(y) >= 4);
        holds(f, FEATURE_NEAR + 16, tag_class(t->boxes.at[y->box].tag) >= 2 && tag_class(t->boxes.at[y->box].tag) <= 5);
        holds(f, FEATURE_NEAR + 17, t->boxes.at[y->box].key == t->boxes.at[x->box].key);
        holds(f, FEATURE_NEAR + 19, t->boxes.at[y->box].tag == TAG_LI);
    }
}

/* The part of the main box in which a leaf stands. */
static uint32_t section_of(const layout *l, uint32_t leaf)
{
    const tokens *t = l->t;
    uint32_t box = t->leaves.at[leaf].box, stop = within(l, leaf, l->main) ? l->main : l->around;
    while (box && t->boxes.at[box].parent != stop && box != stop)
        box = t->boxes.at[box].parent;
    return box;
}

/* Cards of other stories: a linked headline with the first words of its story. */
static void look_at_cards(features *f, uint32_t leaf)
{
    const layout *l = f->l;
    const struct leaf *x = &l->t->leaves.at[leaf];
    uint32_t section = section_of(l, leaf), box = x->box, words = l->words[leaf];
    uint32_t share = l->bytes[section] ? (uint32_t)((uint64_t)l->linked[section] * 100 / l->bytes[section]) : 0;
    uint32_t own = l->bytes[box] ? (uint32_t)((uint64_t)l->linked[box] * 100 / l->bytes[box]) : 0;
    bool dots = str_ends(x->text, "…") || str_ends(x->text, "...") || str_ends(x->text, "[…]") || str_ends(x->text, "[...]");
    holds(f, FEATURE_LOOK + 32, words >= 10 && dots);
    holds(f, FEATURE_LOOK + 33, words >= 10 && share >= 20);
    holds(f, FEATURE_LOOK + 34, words >= 10 && share >= 45);
    holds(f, FEATURE_LOOK + 35, share >= 10 && share < 30);
    holds(f, FEATURE_LOOK + 36, share >= 30);
    holds(f, FEATURE_LOOK + 37, words >= 10 && own >= 20 && !x->linked);
    holds(f, FEATURE_LOOK + 38, words >= 15 && x->linked * 7 > x->text.len);
    if (l->under[leaf] == NONE)
        return;
    const struct leaf *h = &l->t->leaves.at[l->under[leaf]];
    bool linked = h->linked * 10 >= h->text.len * 9;
    holds(f, FEATURE_LOOK + 54, linked);
    holds(f, FEATURE_LOOK + 55, linked && words >= 10);
    holds(f, FEATURE_LOOK + 56, linked && leaf - l->under[leaf] <= 3);
    holds(f, FEATURE_LOOK + 57, l->words[l->under[leaf]] <= 8 && phrase_list_heading(h->text));
    holds(f, FEATURE_LOOK + 58, l->t->boxes.at[h->box].above & ~l->t->boxes.at[l->main].above & (HINT_RELATED | HINT_COMMENT | HINT_SIDE | HINT_WIDGET));
}

/* How much of the story's prose stands in boxes like this one: 0 none to 4 most. */
static uint32_t likeness(const layout *l, uint32_t key)
{
    for (uint32_t k = 0; k < COUNT(l->keys) - 1 && l->keys[k].words; k++)
        if (l->keys[k].key == key) {
            uint32_t percent = l->keys[k].words * 100 / l->prose_words;
            return percent < 5 ? 1 : percent < 20 ? 2 : percent < 50 ? 3 : 4;
        }
    return 0;
}

static bool has_address(str s)
{
    const char *at = memchr(s.at, '@', s.len), *end = s.at + s.len;
    if (!at || at == s.at || !(is_ascii_letter(at[-1]) || is_ascii_digit(at[-1])))
        return false;
    const char *dot = memchr(at, '.', (size_t)(end - at));
    return dot && dot + 1 < end && is_ascii_letter(dot[1]);
}

bool layout_is_said(const layout *l, str s)
{
    if (l->said.len < 30 || s.len < 30)
        return false;
    uint32_t at = 0, same = 0;
    for (; at < s.len && same < MIN(l->said.len, 60u); at++) {
        char c = s.at[at];
        c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        if (!is_ascii_letter(c) && !is_ascii_digit(c) && (uint8_t)c < 0x80)
            continue;
        if (c != l->said.at[same++])
            return false;
    }
    return same >= 30;
}

static void look_at_likeness(features *f, uint32_t leaf)
{
    const layout *l = f->l;
    const struct leaf *x = &l->t->leaves.at[leaf];
    str s = x->text;
    uint32_t words = l->words[leaf], like = likeness(l, l->t->boxes.at[x->box].key);
    bool long_one = words >= 10;
    holds(f, FEATURE_LIKE + like + (long_one ? 5 : 0), true);
    bool behind = l->closing != NONE && leaf >= l->closing;
    holds(f, FEATURE_LIKE + 10, behind);
    holds(f, FEATURE_LIKE + 11, behind && long_one);
    bool address = words <= 60 && has_address(s);
    holds(f, FEATURE_LIKE + 12, address && words <= 25);
    holds(f, FEATURE_LIKE + 13, address && leaf + 6 > l->last);
    bool asks = words >= 3 && words <= 30 && !x->linked && str_ends(s, "?");
    holds(f, FEATURE_LIKE + 14, asks && leaf + 1 < l->t->leaves.count && l->prose[leaf + 1]);
    holds(f, FEATURE_LIKE + 15, asks && (str_starts(s, "Q:") || str_starts(s, "Q.") || x->bold * 10 >= s.len * 9));
    bool said = layout_is_said(l, s);
    holds(f, FEATURE_LIKE + 16, said);
    holds(f, FEATURE_LIKE + 17, said && like <= 1);
    holds(f, FEATURE_LIKE + 18, said && like >= 3);
    holds(f, FEATURE_LIKE + 19, str_starts(s, "©") || str_ends(s, "[+]"));
    day day;
    span where;
    bool dated = words <= 20 && !f->ends && (f->is_date || dates_find(s, (date_habit){.arena = l->t->arena, .today = NO_DAY}, &day, &where));
    holds(f, FEATURE_LIKE + 21, dated);
    holds(f, FEATURE_LIKE + 22, dated && leaf < l->first + 2);
    holds(f, FEATURE_LIKE + 20, words <= 40 && (s.at[0] == '(' || s.at[0] == '[') && (str_ends(s, ")") || str_ends(s, "]")));
}

uint32_t layout_features(const layout *l, uint32_t leaf, uint16_t ret[FEATURES_MOST])
{
    features f = {.l = l, .at = ret};
    const struct leaf *x = &l->t->leaves.at[leaf];
    uint32_t length = length_class(l->words[leaf]), linked = link_class(x);
    uint32_t tag = tag_class(l->t->boxes.at[x->box].tag), place = place_class(l, leaf);
    holds(&f, FEATURE_BIAS, true);
    holds(&f, FEATURE_WORDS + length, true);
    holds(&f, FEATURE_LINKED + linked, true);
    holds(&f, FEATURE_PAIR + tag * 10 + length, true);
    holds(&f, FEATURE_PAIR + 120 + tag * 6 + linked, true);
    holds(&f, FEATURE_PAIR + 192 + MIN(place, 3u) * 10 + length, true);
    look_at_place(&f, leaf);
    look_at_boxes(&f, leaf);
    look_around(&f, leaf);
    look_at_cards(&f, leaf);
    look_at_text(&f, x, l->words[leaf]);
    look_at_likeness(&f, leaf);
    return f.count;
}

float layout_judge(const layout *l, uint32_t leaf)
{
    uint16_t numbers[FEATURES_MOST];
    uint32_t count = layout_features(l, leaf, numbers);
    float sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += block_weights[numbers[i]];
    return sum;
}
