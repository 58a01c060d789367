/* The tokeniser: one pass over the bytes. White space cuts chunks; a chunk is an address or is read from left to right
 * as words and marks; a word may come apart into the parts of a contraction (en.c tells which). */
#include "text/en.h"
#include "text/inside.h"

typedef struct reader {
    doc *d;
    gaps *g;
    const char *text;
    const char *low;  /* the text with ASCII letters in lower case, same offsets */
    uint32_t end;     /* of the chunk */
    bool open_quote;  /* a single quote stands open in this paragraph */
} reader;

static bool is_alpha(unsigned char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(unsigned char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The code point at `at` with its length; 0 at the end of the chunk. */
static uint32_t point(const reader *r, uint32_t at, uint32_t *ret_len)
{
    *ret_len = 1;
    if (at >= r->end)
        return 0;
    if ((unsigned char)r->text[at] < 0x80)
        return (unsigned char)r->text[at];
    const char *p = r->text + at;
    uint32_t c = utf8_next(&p, r->text + r->end);
    *ret_len = (uint32_t)(p - r->text) - at;
    return c;
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC || c == '`';
}

/* Letters, marks that combine and joiners; numbers of other scripts as well. */
static bool is_word(uint32_t c)
{
    if (c < 0x80)
        return is_alpha((unsigned char)c) || is_digit((unsigned char)c);
    return utf8_is_letter(c) || utf8_is_digit(c) || c == 0x200D || c == 0xAD;
}

static str lower_of(const reader *r, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if ((unsigned char)r->text[i] >= 0x80)
            return utf8_lower(r->d->arena, str_part(r->d->text, start, end));
    return (str){r->low + start, end - start};
}

static void emit(reader *r, uint32_t start, uint32_t end, bool joined)
{
    if (start >= end)
        return;
    token *t = vec_push(r->d->arena, &r->d->tokens);
    *t = (token){.span = {start, end}, .lower = lower_of(r, start, end), .head = NONE, .sentence = NONE, .joined = joined};
    *vec_push(r->d->arena, r->g) = GAP_NONE;
}

/* ---- contractions ---- */

/* Cuts "[start, end)" at the listed places, as words of one token. */
static void emit_cut(reader *r, uint32_t start, uint32_t end, const uint8_t cuts[2])
{
    uint32_t from = start;
    for (int i = 0; i < 2 && cuts[i]; i++) {
        emit(r, from, start + cuts[i], from > start);
        from = start + cuts[i];
    }
    emit(r, from, end, from > start);
}

/* Where the clitic of a word with an apostrophe begins ("do|n't", "she|'ll"), or 0. */
static uint32_t clitic_at(const reader *r, uint32_t start, uint32_t end)
{
    for (uint32_t i = end - 1; i > start && i + 6 > end; i--) {
        uint32_t len, c = point(r, i, &len);
        if (!is_apostrophe(c) || i + len > end)
            continue;
        str after = {r->low + i + len, end - i - len};
        bool number = is_digit((unsigned char)r->text[i - 1]);
        if (str_is(after, "t") && r->low[i - 1] == 'n' && i - 1 > start)
            return i - 1;
        if (en_is_clitic(after) && !(number && str_is(after, "s")))
            return i;
        if (after.len == 0 && r->low[i - 1] == 's' && !r->open_quote)
            return i;
        return 0;
    }
    return 0;
}

static void emit_word(reader *r, uint32_t start, uint32_t end)
{
    str low = {r->low + start, end - start};
    uint8_t cuts[2] = {0, 0};
    if (end - start <= 9 && en_contraction(low, cuts)) {
        emit_cut(r, start, end, cuts);
        return;
    }
    uint32_t cut = end - start > 1 ? clitic_at(r, start, end) : 0;
    if (!cut) {
        emit(r, start, end, false);
        return;
    }
    emit(r, start, cut, false);
    emit(r, cut, end, true);
}

/* ---- addresses ---- */

static bool has(const reader *r, uint32_t start, uint32_t end, const char *needle)
{
    return str_find((str){r->low + start, end - start}, str_of(needle)) != NONE;
}

/* The end without the marks that belong to the sentence. */
static uint32_t trim_end(const reader *r, uint32_t start, uint32_t end)
{
    while (end > start && strchr(".,;:!?)]}>\"'", r->text[end - 1]) && !(r->text[end - 1] == ')' && has(r, start, end, "(")))
        end--;
    return end;
}

static bool is_mail(const reader *r, uint32_t start, uint32_t end)
{
    const char *at = memchr(r->text + start, '@', end - start);
    if (!at || at == r->text + start)
        return false;
    for (uint32_t i = start; i < end; i++)
        if (!is_word((unsigned char)r->text[i]) && !strchr("@._%+-", r->text[i]))
            return false;
    return is_word((unsigned char)r->text[end - 1]);
}

/* "example.com/page", "Podiobooks.com": letters, stops, and a known ending before "/" or the end. */
static bool is_domain(const reader *r, uint32_t start, uint32_t end)
{
    uint32_t dot = NONE, i = start;
    for (; i < end && r->text[i] != '/'; i++) {
        if (r->text[i] == '.')
            dot = i;
        else if (!is_word((unsigned char)r->text[i]) && r->text[i] != '-')
            return false;
    }
    return dot != NONE && dot > start && en_is_domain((str){r->low + dot + 1, i - dot - 1});
}

/* The end of an address that begins here, or `start`. */
static uint32_t address(const reader *r, uint32_t start)
{
    if (r->end - start < 5 || !is_word((unsigned char)r->text[start]))
        return start;
    uint32_t end = start;
    bool mark = false;
    while (end < r->end && !strchr("<>\"", r->text[end]) && end - start < 2000) {
        mark |= r->text[end] == '.' || r->text[end] == '@' || r->text[end] == ':';
        end++;
    }
    if (!mark)
        return start;
    end = trim_end(r, start, end);
    str low = {r->low + start, end - start};
    if (str_starts(low, "http://") || str_starts(low, "https://") || str_starts(low, "www.") || str_starts(low, "mailto:"))
        return end;
    return is_mail(r, start, end) || is_domain(r, start, end) ? end : start;
}

/* ---- words ---- */

/* Digits and hyphens that make one number: 713-853-3989, 345-9945, 11-20-2000. Returns its end, or `at`. */
static uint32_t dashed_number(const reader *r, uint32_t at)
{
    uint32_t groups = 0, first = 0, last = 0, i = at;
    for (;;) {
        uint32_t from = i;
        while (i < r->end && is_digit((unsigned char)r->text[i]))
            i++;
        if (i == from || i - from > 5)
            return at;
        last = i - from;
        first = groups++ ? first : last;
        if (i + 1 >= r->end || (r->text[i] != '-' && !(groups > 1 && r->text[i] == '.')) || !is_digit((unsigned char)r->text[i + 1]))
            break;
        i++;
    }
    if (i < r->end && is_alpha((unsigned char)r->text[i]))
        return at;
    return groups >= 3 || (groups == 2 && first == 3 && last == 4) ? i : at;
}

/* Whether the mark at `at` joins what stands before and after it into one word. */
static bool joins(const reader *r, uint32_t start, uint32_t at, uint32_t c, uint32_t len)
{
    uint32_t next_len, next = point(r, at + len, &next_len);
    if (!next || !is_word(next))
        return false;
    unsigned char before = (unsigned char)r->text[at - 1];
    bool numbers = is_digit(before) && next < 0x80 && is_digit((unsigned char)next);
    switch (c) {
    case '.':
        if (numbers)
            return true;
        if (at - start >= 2 && r->text[at - 2] != '.' && next < 0x80 && is_upper((unsigned char)next) && !is_upper(before))
            return false; /* "house.The": a space is missing */
        return !is_digit(before) || !is_digit((unsigned char)next);
    case ',':
        return numbers;
    case ':':
        return numbers;
    case '/':
        return numbers || (at - start == 1 && at + 1 + next_len + 1 >= r->end && is_alpha(before));
    case '&':
        return at - start <= 2 && is_upper(before) && next < 0x80 && is_upper((unsigned char)next);
    case '_':
    case '@':
        return true;
    case '*':
        return is_alpha(before);
    }
    return is_apostrophe(c);
}

/* Whether the hyphen at `at` stays inside the word: after "e-", "co-", "non-" (en.c), or in "al-Assad"? No: that splits. */
static bool hyphen_stays(const reader *r, uint32_t start, uint32_t at)
{
    uint32_t len;
    return is_word(point(r, at + 1, &len)) && en_is_prefix((str){r->low + start, at - start});
}

/* The end of the word that begins at `start`. */
static uint32_t word_end(const reader *r, uint32_t start)
{
    uint32_t at = start;
    while (at < r->end) {
        uint32_t len, c = point(r, at, &len);
        if (is_word(c) || (at > start && c == '-' && hyphen_stays(r, start, at)) ||
            (at > start && c != '-' && joins(r, start, at, c, len)))
            at += len;
        else
            break;
    }
    return at;
}

/* "U.S." and "p.m": single letters with stops between them. */
static bool is_dotted(const reader *r, uint32_t start, uint32_t end)
{
    if (end - start < 3)
        return false;
    for (uint32_t i = start; i < end; i++)
        if ((i - start) % 2 ? r->text[i] != '.' : !is_alpha((unsigned char)r->text[i]))
            return false;
    return true;
}

/* Whether the stop at `end` belongs to the word before it. */
static bool takes_stop(const reader *r, uint32_t start, uint32_t end)
{
    if (end >= r->end || r->text[end] != '.' || (end + 1 < r->end && r->text[end + 1] == '.'))
        return false;
    if (is_dotted(r, start, end))
        return true;
    str low = {r->low + start, end - start};
    uint32_t next = end + 1;
    while (next < r->d->text.len && r->text[next] == ' ')
        next++;
    unsigned char c = next < r->d->text.len ? (unsigned char)r->text[next] : '\n';
    if (end - start == 1 && is_upper((unsigned char)r->text[start]))
        return end + 1 == r->end && is_upper(c) && (r->text[start] != 'I' || (next + 1 < r->d->text.len && r->text[next + 1] == '.'));
    if (en_is_number_sign(low))
        return is_digit(c);
    if (str_is(low, "etc") && (c == '\n' || is_upper(c)))
        return false; /* the stop is that of the sentence */
    return en_is_abbreviation(low);
}

/* "10pm", "5km": where the unit begins, or `end`. */
static uint32_t unit_at(const reader *r, uint32_t start, uint32_t end)
{
    uint32_t i = start;
    while (i < end && (is_digit((unsigned char)r->text[i]) || (i > start && strchr(".,:", r->text[i]))))
        i++;
    if (i == start || i == end || !is_digit((unsigned char)r->text[i - 1]))
        return end;
    return en_is_unit((str){r->low + i, end - i}) ? i : end;
}

static uint32_t read_word(reader *r, uint32_t start)
{
    uint32_t end = is_digit((unsigned char)r->text[start]) ? dashed_number(r, start) : start;
    if (end == start)
        end = word_end(r, start);
    uint32_t unit = unit_at(r, start, end);
    if (unit < end) {
        emit(r, start, unit, false);
        start = unit;
    }
    if (takes_stop(r, start, end)) {
        emit(r, start, end + 1, false);
        return end + 1;
    }
    if (end < r->end && r->text[end] == '$' && end - start <= 2 && is_upper((unsigned char)r->text[start])) {
        emit(r, start, end + 1, false);
        return end + 1;
    }
    uint32_t len, c = point(r, end, &len);
    if (is_apostrophe(c) && c != '`' && r->low[end - 1] == 's' && !r->open_quote) { /* "the workers'" */
        uint32_t after;
        if (!is_word(point(r, end + len, &after)))
            end += len;
    }
    emit_word(r, start, end);
    return end;
}

/* ---- marks ---- */

/* The end of a run of marks that is one token. */
static uint32_t run_end(const reader *r, uint32_t at)
{
    unsigned char c = (unsigned char)r->text[at];
    uint32_t i = at + 1;
    if (strchr(".!?", c))
        while (i < r->end && strchr(".!?", r->text[i]))
            i++;
    else if (strchr("-*=_#+~<>`'|", c))
        while (i < r->end && r->text[i] == (char)c)
            i++;
    return i;
}

static bool at_chunk_start(const reader *r, uint32_t at)
{
    return at == 0 || strchr(" \t\n\r([\"", r->text[at - 1]);
}

static uint32_t read_mark(reader *r, uint32_t at)
{
    uint32_t len, c = point(r, at, &len), next_len, next = point(r, at + len, &next_len);
    uint32_t end = at + len;
    bool starts = at_chunk_start(r, at);
    if (c < 0x80 && (c == ':' || c == ';' || c == '=' || c == '(') && (end = at + en_emoticon((str){r->text + at, r->end - at})) > at) {
        emit(r, at, end, false);
        return end;
    }
    end = at + len;
    if (is_apostrophe(c) && starts && is_word(next)) {
        uint32_t word = word_end(r, end);
        if (is_digit((unsigned char)r->text[end]) || en_is_clipped((str){r->low + end, word - end}))
            end = word;
        else if (c != '`')
            r->open_quote = true;
    } else if (c == 0x2018)
        r->open_quote = true;
    else if (is_apostrophe(c))
        r->open_quote = false;
    if ((c == '@' || c == '#') && starts && is_alpha((unsigned char)next))
        end = word_end(r, end);
    else if ((c == '.' || c == '+') && starts && next < 0x80 && is_digit((unsigned char)next))
        end = word_end(r, end);
    else if (c < 0x80 && end == at + 1)
        end = run_end(r, at);
    else if ((c == 0x2018 || c == 0x2019) && next == 0x2019 && !is_word(point(r, end + next_len, &len)))
        end += next_len; /* two for a double quote */
    emit(r, at, end, false);
    return end;
}

static void read_chunk(reader *r, uint32_t start)
{
    while (start < r->end) {
        uint32_t end = address(r, start), len;
        if (end > start)
            emit(r, start, end, false);
        else if (is_word(point(r, start, &len)))
            end = read_word(r, start);
        else
            end = read_mark(r, start);
        start = end;
    }
}

/* The kind of white space in [start, end). */
static uint8_t gap_of(const char *text, uint32_t start, uint32_t end)
{
    uint32_t lines = 0;
    for (uint32_t i = start; i < end; i++)
        lines += text[i] == '\n';
    return lines > 1 ? GAP_PARAGRAPH : lines ? GAP_LINE : GAP_SPACE;
}

/* How many bytes of white space stand at `at`; 0 where there is none. */
static uint32_t space_at(const char *text, uint32_t at, uint32_t end)
{
    unsigned char c = (unsigned char)text[at];
    if (c < 0x80)
        return c <= ' ' || c == 0x7F;
    if (c != 0xC2 && c != 0xE2 && c != 0xE1 && c != 0xE3 && c != 0xEF)
        return 0;
    const char *p = text + at;
    return utf8_is_space(utf8_next(&p, text + end)) ? (uint32_t)(p - text) - at : 0;
}

void text_tokens(doc *d, span part, gaps *g)
{
    char *low = arena_take(d->arena, span_len(part) + 1u, 1);
    for (uint32_t i = part.start; i < part.end; i++) {
        char c = d->text.at[i];
        low[i - part.start] = (char)(c + ((c >= 'A' && c <= 'Z') << 5));
    }
    reader r = {.d = d, .g = g, .text = d->text.at, .low = low - part.start};
    uint32_t at = part.start, len;
    while (at < part.end) {
        uint32_t start = at;
        while (at < part.end && (len = space_at(r.text, at, part.end)))
            at += len;
        if (at > start && g->count) {
            g->at[g->count - 1] = MAX(g->at[g->count - 1], gap_of(r.text, start, at));
            d->tokens.at[d->tokens.count - 1].spaced = true;
            r.open_quote &= g->at[g->count - 1] != GAP_PARAGRAPH;
        }
        start = at;
        while (at < part.end && !space_at(r.text, at, part.end))
            at++;
        r.end = at;
        read_chunk(&r, start);
    }
}
