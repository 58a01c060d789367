/* Where sentences end: features of the gap between two tokens, weighed by a linear model. What cannot be an end is
 * passed over without looking at weights. */
#include "text/en.h"
#include "text/inside.h"

enum kind { NOTHING, LOWER, TITLE, CAPITALS, LETTER, NUMBER, ABBREVIATION, HONORIFIC, STOP, DOTS, COMMA, COLON, DASH, QUOTE, OPEN, CLOSE, MARK };

static enum kind mark_kind(str low)
{
    char c = low.at[0];
    if (strchr(".!?", c))
        return low.len > 1 && c == '.' && low.at[1] == '.' ? DOTS : STOP;
    if (c == ',')
        return COMMA;
    if (c == ':' || c == ';')
        return COLON;
    if (c == '-')
        return DASH;
    if (c == '"' || c == '\'' || c == '`')
        return QUOTE;
    if (c == '(' || c == '[' || c == '{')
        return OPEN;
    if (c == ')' || c == ']' || c == '}')
        return CLOSE;
    return str_is(low, "\xE2\x80\xA6") ? DOTS : MARK;
}

static enum kind word_kind(const doc *d, const token *t)
{
    const char *p = d->text.at + t->span.start;
    uint32_t c = utf8_next(&p, d->text.at + t->span.end);
    if (!utf8_is_letter(c))
        return NOTHING;
    if (t->lower.at[t->lower.len - 1] == '.')
        return en_is_title(t->lower) ? HONORIFIC : ABBREVIATION;
    if (!utf8_is_upper(c))
        return LOWER;
    if (p == d->text.at + t->span.end)
        return LETTER;
    return utf8_is_upper(utf8_next(&p, d->text.at + t->span.end)) ? CAPITALS : TITLE;
}

static enum kind kind_of(const doc *d, uint32_t i)
{
    const token *t = &d->tokens.at[i];
    if (!t->lower.len)
        return MARK;
    enum kind k = word_kind(d, t);
    if (k != NOTHING)
        return k;
    unsigned char c = (unsigned char)t->lower.at[0];
    return c >= '0' && c <= '9' ? NUMBER : mark_kind(t->lower);
}

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t h = (a ^ (b * 0x9E3779B1u)) * 0x85EBCA6Bu;
    return (h ^ h >> 15) * 0xC2B2AE35u;
}

static uint32_t word_hash(str s)
{
    uint32_t h = 2166136261u;
    for (uint32_t i = 0; i < s.len && i < 24; i++)
        h = (h ^ (unsigned char)s.at[i]) * 16777619u;
    return h ^ h >> 13;
}

static uint32_t bucket(uint32_t n)
{
    return n < 5 ? n : n < 8 ? 5 : n < 15 ? 6 : n < 30 ? 7 : n < 60 ? 8 : 9;
}

/* How the paragraph is spelt and set around the gap: counted over a few tokens only, so that cost stays linear. */
typedef struct around {
    uint32_t kinds[7];  /* of the tokens from three before to three after: [2] is `i`, [3] the next */
    uint32_t words[7];
    uint32_t quotes, brackets, since, left;
} around;

static void look_around(const doc *d, const gaps *g, uint32_t first, uint32_t i, around *a)
{
    memset(a, 0, sizeof *a);
    bool over = false;
    for (uint32_t k = 0; k < 6; k++) {
        uint32_t at = i + k - 2;
        if (i + k < 2 || at < first || at >= d->tokens.count || over)
            continue;
        a->kinds[k] = kind_of(d, at);
        a->words[k] = word_hash(d->tokens.at[at].lower);
        over = at > i && g->at[at] == GAP_PARAGRAPH;
    }
    for (uint32_t k = i; k + 1 > first && k + 40 > i; k--) {
        char c = d->tokens.at[k].lower.len ? d->tokens.at[k].lower.at[0] : 0;
        a->quotes += c == '"';
        a->brackets += c == '(' ? 1u : c == ')' ? -1u : 0;
        if (!k)
            break;
    }
    while (a->left < 40 && i + a->left + 1 < d->tokens.count && g->at[i + a->left] != GAP_PARAGRAPH)
        a->left++;
    a->since = i + 1 - first;
}

uint32_t text_features(const doc *d, const gaps *g, uint32_t first, uint32_t i, uint32_t *ret)
{
    around a;
    look_around(d, g, first, i, &a);
    const uint32_t *k = a.kinds, *w = a.words;
    uint32_t gap = g->at[i], quote = a.quotes & 1, bracket = a.brackets > 0 && a.brackets < 1000, n = 0;
    uint32_t shape = k[2] * 32 + k[3] + gap * 1024;
#define ADD(value, more) (ret[n] = mix(mix(n + 77, (value)), (more)), n++)
    ADD(1, 0);
    ADD(shape, 0);
    ADD(shape, k[1]);
    ADD(shape, k[4]);
    ADD(shape, k[1] * 32 + k[4]);
    ADD(shape, k[0] * 32 + k[1]);
    ADD(shape, k[4] * 32 + k[5]);
    ADD(w[2], 0);
    ADD(w[3], k[3]);
    ADD(w[2], w[3]);
    ADD(w[2], k[3]);
    ADD(w[3], shape);
    ADD(w[1], w[2]);
    ADD(w[1], shape);
    ADD(w[4], shape);
    ADD(w[3], w[4]);
    ADD(shape, 64 + quote * 2 + bracket);
    ADD(shape * 64 + quote * 2 + bracket, k[4]);
    ADD(shape, 128 + bucket(a.since));
    ADD(shape, 256 + bucket(a.left));
    ADD(shape * 16 + bucket(a.left), bucket(a.since));
    ADD(shape * 4 + d->tokens.at[i].joined, gap);
    ADD(word_hash(d->tokens.at[first].lower), shape);
    ADD(kind_of(d, first), shape);
    ADD(kind_of(d, first) * 16 + bucket(a.since), shape);
    ADD(w[2], bucket(a.since));
    ADD(w[3], bucket(a.since));
    ADD(w[3], w[2] ^ k[4]);
#undef ADD
    return n;
}

static bool opens(enum kind k)
{
    return k != LOWER && k != COMMA && k != CLOSE && k != STOP && k != DOTS && k != COLON;
}

/* Without weights: a stop, perhaps closed by quotes and brackets, before something that can begin a sentence. */
static bool rule_ends(const doc *d, const gaps *g, uint32_t first, uint32_t i)
{
    if (g->at[i] == GAP_NONE || !opens(kind_of(d, i + 1)))
        return false;
    uint32_t k = i;
    enum kind last = kind_of(d, k);
    while (k > first && (last == QUOTE || last == CLOSE))
        last = kind_of(d, --k);
    return last == STOP || (last == DOTS && kind_of(d, i + 1) == TITLE) || str_is(d->tokens.at[i].lower, "etc.");
}

static bool is_dash(const token *t)
{
    return str_is(t->lower, "-") || str_is(t->lower, "--") || str_is(t->lower, "\xE2\x80\x93") || str_is(t->lower, "\xE2\x80\x94");
}

/* What a dateline is made of: "YEREVAN", "New York, Oct. 5 (Reuters)", "TBILISI/BAKU". */
static bool in_dateline(enum kind k, bool in_brackets)
{
    return k == CAPITALS || k == TITLE || k == ABBREVIATION || k == LETTER || k == NUMBER || k == COMMA || k == OPEN || k == CLOSE ||
           k == MARK || (in_brackets && k != DASH);
}

uint32_t text_dateline(const doc *d, const gaps *g, uint32_t first)
{
    enum { WORDS = 14, CITY = sizeof "OSLO" }; /* shorter ones are states and bodies: "UK - EU talks" */
    uint32_t from = d->tokens.at[first].span.start;
    bool capitals = kind_of(d, first) == CAPITALS, brackets = false, marked = false;
    for (uint32_t i = first; i < first + WORDS && i + 1 < d->tokens.count && g->at[i] != GAP_PARAGRAPH; i++) {
        enum kind k = kind_of(d, i);
        bool dash = is_dash(&d->tokens.at[i]), shouted = capitals && d->tokens.at[i].span.start - from >= CITY;
        if (i > first && (dash || (k == COLON && marked)) && g->at[i] >= GAP_SPACE && opens(kind_of(d, i + 1)))
            return (!dash || g->at[i - 1] >= GAP_SPACE) && (shouted || marked) ? i : NONE;
        if (!in_dateline(k, brackets))
            return NONE;
        brackets = k == OPEN || (brackets && k != CLOSE);
        marked |= k == CLOSE && i > first + 1;
    }
    return NONE;
}

bool text_may_end(const doc *d, uint32_t i)
{
    if (d->tokens.at[i + 1].joined)
        return false;
    enum kind here = kind_of(d, i), next = kind_of(d, i + 1);
    if ((here == LOWER || here == COMMA || here == OPEN) && (next == LOWER || next == NUMBER))
        return false;
    return next != COMMA && next != STOP && here != OPEN;
}

bool text_ends(const doc *d, const gaps *g, uint32_t first, uint32_t i, const model_rows *rows)
{
    if (!text_may_end(d, i))
        return false;
    if (!rows)
        return rule_ends(d, g, first, i);
    uint32_t features[TEXT_FEATURES];
    int32_t scores[256] = {0};
    uint32_t n = text_features(d, g, first, i, features);
    model_rows_add(rows, features, n, scores);
    return scores[0] > 0;
}
