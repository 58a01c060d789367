/* Sentences that are the same, and sentences that are near copies of each other.
 *
 * Near copies are told by a set with one number below 256 for each word. Words are cut to their first letters, so that
 * "visits" and "visited" are one; short ones are passed over, since they are much the same in all sentences. Two sets are
 * as alike as the share of what is in either that is in both (Jaccard 1901). What two acts of one kind differ in is often a
 * figure alone, so a figure counts for several words. */
#include <xxhash.h>

#include "ledger/inside.h"

enum {
    ECHO_LETTERS = 40, /* shorter sentences may come again by chance */
    STEM = 5,          /* letters of a word that are looked at */
    SHORTEST = 4,      /* of a word that counts */
    FIGURE = 3,        /* words that a figure counts for */
    NEAR = 50,         /* of a hundred: from here on a near copy */
};

static int64_t hash_of(const void *bytes, size_t len)
{
    return (int64_t)(XXH3_64bits(bytes, len) >> 1);
}

int64_t ledger_hash(str s)
{
    return s.len ? hash_of(s.at, s.len) : 0;
}

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
    bool figure = is_figure(letters[0]);
    for (uint64_t seed = 0; seed < (figure ? FIGURE : len >= SHORTEST); seed++) {
        uint64_t number = XXH3_64bits_withSeed(letters, MIN(len, (size_t)(figure ? 32 : STEM)), seed) & 255;
        w->bits[number / 64] |= (uint64_t)1 << number % 64;
    }
}

wordset ledger_words(str s)
{
    wordset w = {{0}};
    char letters[32];
    size_t len = 0;
    for (uint32_t i = 0; i <= s.len; i++) {
        char c = i < s.len ? letter_of(s.at[i]) : 0;
        if (c && len < sizeof letters)
            letters[len++] = c;
        if (c || !len)
            continue;
        add_word(&w, letters, len);
        len = 0;
    }
    return w;
}

bool ledger_near(const wordset *a, const wordset *b)
{
    int both = 0, either = 0;
    for (size_t i = 0; i < COUNT(a->bits); i++) {
        both += __builtin_popcountll(a->bits[i] & b->bits[i]);
        either += __builtin_popcountll(a->bits[i] | b->bits[i]);
    }
    return either && both * 100 >= NEAR * either;
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
