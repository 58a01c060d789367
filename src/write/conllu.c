/* CoNLL-U, UD 2: what was found, sentence by sentence, with white space kept by SpaceAfter and paragraphs by newpar. */
#include "write/write.h"

/* White space would break the columns: a form holds none but what UD allows, so any run becomes one space. */
static void put_form(buffer *out, str s)
{
    bool space = false, any = false;
    for (uint32_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c <= ' ') {
            space = true;
            continue;
        }
        if (space && any)
            buffer_char(out, ' ');
        buffer_char(out, (char)c);
        space = false;
        any = true;
    }
    if (!any)
        buffer_char(out, '_');
}

static void put_word(const doc *d, const sentence *s, uint32_t i, const char *misc, buffer *out)
{
    const token *t = &d->tokens.at[i];
    bool tagged = d->done & DONE_TAGS;
    buffer_format(out, "%u\t", i - s->first + 1);
    put_form(out, doc_str(d, t->span));
    buffer_char(out, '\t');
    put_form(out, t->lemma);
    buffer_format(out, "\t%s\t%s\t_\t", tagged ? upos_names[t->upos] : "_", tagged ? xpos_names[t->xpos] : "_");
    if (s->parsed)
        buffer_format(out, "%u\t%s", t->head == NONE ? 0 : t->head - s->first + 1, deprel_names[t->deprel]);
    else
        buffer_text(out, "_\t_");
    buffer_format(out, "\t_\t%s\n", misc);
}

/* The last word of the contraction that begins at `i`. */
static uint32_t joined_until(const doc *d, const sentence *s, uint32_t i)
{
    while (i + 1 < s->first + s->count && d->tokens.at[i + 1].joined)
        i++;
    return i;
}

static void put_sentence(const doc *d, const sentence *s, buffer *out)
{
    buffer_text(out, "# text = ");
    put_form(out, doc_str(d, s->span));
    buffer_char(out, '\n');
    uint32_t end = s->first + s->count;
    for (uint32_t i = s->first; i < end; i++) {
        uint32_t last = joined_until(d, s, i);
        const char *misc = d->tokens.at[last].spaced ? "_" : "SpaceAfter=No";
        if (last > i) {
            buffer_format(out, "%u-%u\t", i - s->first + 1, last - s->first + 1);
            put_form(out, doc_str(d, (span){d->tokens.at[i].span.start, d->tokens.at[last].span.end}));
            buffer_format(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", misc);
        }
        for (uint32_t k = i; k <= last; k++)
            put_word(d, s, k, last > i ? "_" : misc, out);
        i = last;
    }
    buffer_char(out, '\n');
}

/* Whether a blank line or a border of blocks lies before sentence `n`. */
static bool starts_paragraph(const doc *d, uint32_t n)
{
    const sentence *s = &d->sentences.at[n];
    if (!n || s->block != s[-1].block)
        return true;
    uint32_t lines = 0;
    for (uint32_t i = s[-1].span.end; i < s->span.start; i++)
        lines += d->text.at[i] == '\n';
    return lines > 1;
}

void write_conllu(const doc *d, buffer *out)
{
    if (d->head.id.len)
        buffer_format(out, "# newdoc id = %.*s\n", (int)d->head.id.len, d->head.id.at);
    for (uint32_t i = 0; i < d->sentences.count; i++) {
        if (starts_paragraph(d, i))
            buffer_text(out, "# newpar\n");
        buffer_format(out, "# sent_id = %u\n", i + 1);
        put_sentence(d, &d->sentences.at[i], out);
    }
}
