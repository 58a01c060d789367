#include "lang/inside.h"

uint32_t word_hash(str s)
{
    uint32_t h = 2166136261u;
    for (uint32_t i = 0; i < s.len && i < 40; i++)
        h = (h ^ (unsigned char)s.at[i]) * 16777619u;
    return spread(h);
}

uint32_t table_get(table t, uint32_t hash)
{
    if (!t.bits)
        return 0;
    uint32_t mask = (1u << t.bits) - 1;
    for (uint32_t i = hash >> (32 - t.bits), probes = 0; probes < 64; i++, probes++) {
        uint32_t cell = t.at[i & mask];
        if (!cell)
            return 0;
        if ((cell & 0xFFFF) == (hash & 0xFFFF))
            return cell >> 16;
    }
    return 0;
}

form_kind lexicon_get(const lexicon *x, uint32_t hash)
{
    uint32_t number = table_get(x->forms, hash);
    return number && number <= x->kind_count ? x->kinds[number - 1] : (form_kind){0};
}

/* "Xxd-": runs of upper, lower, digits and other marks, each at most twice. */
static uint32_t shape_of(str form)
{
    uint32_t h = 17, last = 0, run = 0;
    for (uint32_t i = 0; i < form.len && i < 32; i++) {
        unsigned char c = (unsigned char)form.at[i];
        uint32_t k = c >= 'A' && c <= 'Z' ? 1 : c >= 'a' && c <= 'z' ? 2 : c >= '0' && c <= '9' ? 3 : c >= 0x80 ? 4 : c;
        run = k == last ? run + 1 : 0;
        last = k;
        if (run < 2)
            h = h * 31 + k;
    }
    return spread(h);
}

static uint32_t ending(str s, uint32_t len)
{
    return s.len < len ? word_hash(s) ^ 0x55 : word_hash(str_part(s, s.len - len, s.len)) + len;
}

static uint32_t beginning(str s, uint32_t len)
{
    return word_hash(str_part(s, 0, MIN(len, s.len))) + 100 + len;
}

static void read_word(const doc *d, const token *t, const lexicon *x, word *w)
{
    w->form = word_hash(t->lower);
    for (uint32_t k = 0; k < 4; k++)
        w->suffix[k] = ending(t->lower, k + 1);
    w->prefix[0] = beginning(t->lower, 2);
    w->prefix[1] = beginning(t->lower, 3);
    w->shape = shape_of(doc_str(d, t->span)) + t->joined;
    w->bits = lexicon_get(x, w->form).bits;
    w->class = table_get(x->classes, w->form);
}

void words_read(const doc *d, const sentence *s, const lexicon *x, word *at)
{
    static const word border = {.form = 1, .suffix = {1, 1, 1, 1}, .prefix = {1, 1}, .shape = 1, .bits = 0xFFFF, .class = 0xFFFF};
    at[0] = at[1] = at[s->count + 2] = at[s->count + 3] = border;
    uint32_t capitals = 0, letters = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        const token *t = &d->tokens.at[s->first + i];
        read_word(d, t, x, &at[i + 2]);
        char c = d->text.at[t->span.start];
        capitals += c >= 'A' && c <= 'Z';
        letters += c >= 'a' && c <= 'z';
    }
    uint32_t titled = s->count > 3 && capitals > letters; /* where all are capitals, they tell little */
    for (uint32_t i = 0; i < s->count; i++) {
        /* in a headline of capitals every word would pass for a name; names are told by doc_retag */
        const token *t = &d->tokens.at[s->first + i];
        if (titled && capitals > 2 * letters)
            at[i + 2].shape = shape_of(t->lower) + t->joined;
        at[i + 2].shape = at[i + 2].shape * 4 + titled * 2 + (i == 0);
    }
}
