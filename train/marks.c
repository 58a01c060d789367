/* GUM's Entity= marks, read from the lines that a document was made of. */
#include "train.h"

typedef struct marking {
    doc *d;
    marks open, all;
} marking;

static void mark_open(marking *m, str inside, uint32_t t)
{
    str rest = inside, id = {0}, type = {0};
    str_next(&rest, '-', &id);
    str_next(&rest, '-', &type);
    *vec_push(m->d->arena, &m->open) = (mark){t, t, NONE, id, type};
}

static uint32_t head_of(const doc *d, const mark *m)
{
    for (uint32_t t = m->first; t <= m->last; t++) {
        uint32_t h = d->tokens.at[t].head;
        if (h == NONE || h < m->first || h > m->last)
            return t;
    }
    return m->first;
}

static void mark_close(marking *m, str id, uint32_t t)
{
    for (uint32_t i = m->open.count; i--;) {
        if (!str_equal(m->open.at[i].id, id))
            continue;
        mark done = m->open.at[i];
        done.last = t;
        done.head = head_of(m->d, &done);
        *vec_push(m->d->arena, &m->all) = done;
        memmove(&m->open.at[i], &m->open.at[i + 1], (m->open.count - i - 1) * sizeof *m->open.at);
        m->open.count--;
        return;
    }
}

/* "(1-person-new(2-place-giv-Paris)" , "2)1)": opened and closed here, in order. */
static void marks_of_token(marking *m, str value, uint32_t t)
{
    uint32_t at = 0;
    while (at < value.len) {
        if (value.at[at] == '(') {
            uint32_t end = at + 1;
            while (end < value.len && !strchr("()", value.at[end]))
                end++;
            str inside = str_part(value, at + 1, end), id = inside, rest = inside;
            mark_open(m, inside, t);
            str_next(&rest, '-', &id);
            if (end < value.len && value.at[end] == ')') {
                mark_close(m, id, t);
                end++;
            }
            at = end;
        } else {
            uint32_t end = at;
            while (end < value.len && value.at[end] != ')')
                end++;
            mark_close(m, str_part(value, at, end), t);
            at = end + 1;
        }
    }
}

/* The lines of words in order are the tokens in order. */
marks marks_read(doc *d)
{
    marking m = {.d = d};
    str rest = d->raw, line;
    uint32_t t = 0;
    while (str_next(&rest, '\n', &line)) {
        uint32_t digits = 0;
        while (digits < line.len && line.at[digits] >= '0' && line.at[digits] <= '9')
            digits++;
        if (!digits || digits >= line.len || line.at[digits] != '\t')
            continue;
        uint32_t at = str_find(line, STR("Entity="));
        if (at != NONE && t < d->tokens.count) {
            str value = str_part(line, at + 7, line.len), own = {0};
            str_next(&value, '|', &own);
            marks_of_token(&m, own, t);
        }
        t++;
    }
    if (t != d->tokens.count)
        train_fail("the treebank's words and tokens differ");
    return m.all;
}
