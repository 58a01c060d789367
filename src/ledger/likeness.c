/* Sentences that are the same, and sentences that are near copies of each other.
 *
 * Near copies are told by a set with one number below 256 for each word. Words are cut to their first letters, so that
 * "visits" and "visited" are one; the shortest are passed over, since they are much the same in all sentences. Often a figure
 * is all that parts two acts, so that it counts for several words. Two sets are as alike as the share of what is in either
 * that is in both (Jaccard 1901). */
#include <xxhash.h>

#include "ledger/inside.h"

enum {
    ECHO_LETTERS = 40, /* shorter sentences may come again by chance */
    STEM = 5,          /* letters of a word that are looked at */
    SHORTEST = 3,      /* of a word that counts */
    FIGURE = 3,        /* words that a figure counts for */
    COUNTRY_SHIFT = 32, /* a place is a hash of its country above one of its name */
};

static int64_t hash_of(const void *bytes, size_t len)
{
    return (int64_t)(XXH3_64bits(bytes, len) >> 1);
}

int64_t ledger_hash(str s, int bits)
{
    return s.len ? hash_of(s.at, s.len) >> (63 - bits) : 0;
}

/* ---- places ---- */

/* The place in its country; 0 where the country itself is told. */
static int64_t inner(int64_t place)
{
    return place & (((int64_t)1 << COUNTRY_SHIFT) - 1);
}

int64_t ledger_place(str name, str country, str feature)
{
    uint64_t land = country.len ? (uint64_t)ledger_hash(country, MODE_BITS) % 0x7FFF + 1 : 0;
    uint64_t own = land && str_starts(feature, "PCL") ? 0 : (uint64_t)ledger_hash(name, MODE_BITS);
    return name.len ? (int64_t)(land << COUNTRY_SHIFT | own) : 0;
}

bool ledger_same_place(int64_t a, int64_t b)
{
    if (!a || !b)
        return true;
    return inner(a) && inner(b) ? inner(a) == inner(b) : a >> COUNTRY_SHIFT == b >> COUNTRY_SHIFT;
}

int64_t ledger_closer_place(int64_t a, int64_t b)
{
    return !a || (!inner(a) && b) ? b : a;
}

/* ---- words ---- */

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

/* The letter in small, the figure, the byte beyond ASCII; 0 for what stands between words. */
static char letter_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c + 'a' - 'A');
    return (c >= 'a' && c <= 'z') || is_figure(c) || (unsigned char)c >= 0x80 ? c : 0;
}

int64_t ledger_letters(str s)
{
    char letters[1024];
    size_t len = 0;
    for (uint32_t i = 0; i < s.len && len < sizeof letters; i++)
        if (letter_of(s.at[i]))
            letters[len++] = letter_of(s.at[i]);
    return len < ECHO_LETTERS ? 0 : hash_of(letters, len);
}

static void add_word(wordset *w, const char *letters, size_t len)
{
    size_t times = is_figure(letters[0]) ? FIGURE : len >= SHORTEST;
    for (size_t i = 0; i < times; i++) {
        uint64_t number = XXH3_64bits_withSeed(letters, len, i) & 255;
        w->bits[number / 64] |= (uint64_t)1 << number % 64;
    }
}

wordset ledger_words(str s)
{
    wordset w = {{0}};
    char letters[STEM] = "";
    size_t len = 0;
    for (uint32_t i = 0; i <= s.len; i++) {
        char c = i < s.len ? letter_of(s.at[i]) : 0;
        if (c && len++ < STEM)
            letters[len - 1] = c;
        if (c)
            continue;
        if (len)
            add_word(&w, letters, MIN(len, (size_t)STEM));
        len = 0;
    }
    return w;
}

int ledger_likeness(const wordset *a, const wordset *b)
{
    int both = 0, either = 0;
    for (size_t i = 0; i < COUNT(a->bits); i++) {
        both += __builtin_popcountll(a->bits[i] & b->bits[i]);
        either += __builtin_popcountll(a->bits[i] | b->bits[i]);
    }
    return either ? 100 * both / either : 0;
}

/* ---- in a row: the numbers of the set, a byte each ---- */

void row_words(ledger *l, const wordset *w)
{
    uint8_t numbers[256];
    int count = 0;
    for (int n = 0; n < 256; n++)
        if (w->bits[n / 64] >> n % 64 & 1)
            numbers[count++] = (uint8_t)n;
    row_bytes(l, numbers, count);
}

wordset ledger_words_of(sqlite3_stmt *row, int column)
{
    wordset w = {{0}};
    const uint8_t *numbers = sqlite3_column_blob(row, column);
    for (int i = 0, count = sqlite3_column_bytes(row, column); i < count; i++)
        w.bits[numbers[i] / 64] |= (uint64_t)1 << numbers[i] % 64;
    return w;
}
