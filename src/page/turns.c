/* Interviews: which paragraphs ask and which answer, however they are set.
 *
 * Three settings are tried in this order: printed labels ("Q:", "Surname:"), dashes that lead turns, and questions set
 * bold or as headings. Each gives candidate turns; whether a turn asks is decided over the whole talk, since people
 * alternate: a question mark, shortness and the place in the order speak together. */
#include "page/inside.h"

enum { MOST_LABELS = 12, LABEL = 48 };

typedef struct speech {
    uint32_t block; /* first */
    span span;      /* without the dash or the label */
    str label;
    double ask;     /* how much it looks like a question: above 0 */
} speech;

typedef struct talk {
    doc *d;
    const uint8_t *styles;
    VEC(speech) at;
} talk;

static str block_text(const doc *d, uint32_t i)
{
    return str_trim(doc_str(d, d->blocks.at[i].span));
}

static uint32_t offset_in(const doc *d, str part)
{
    return (uint32_t)(part.at - d->text.at);
}

/* Bytes of a leading dash with the space after it, or 0. */
static uint32_t dash_length(str s)
{
    static const char *const dashes[] = {"-", "–", "—", "―", "−"};
    for (uint32_t i = 0; i < COUNT(dashes); i++) {
        uint32_t len = (uint32_t)strlen(dashes[i]);
        if (!str_starts(s, dashes[i]) || s.len <= len)
            continue;
        const char *p = s.at + len;
        if (utf8_is_space(utf8_next(&p, s.at + s.len)))
            return (uint32_t)(p - s.at);
        return 0;
    }
    return 0;
}

/* Bytes of "Name:" or "Q:" with the space after it, or 0: one to four words that begin with a capital. */
static uint32_t label_length(str s, str *ret_label)
{
    const char *colon = memchr(s.at, ':', MIN(s.len, (uint32_t)LABEL));
    if (!colon || colon == s.at || colon + 1 >= s.at + s.len || (colon[1] != ' ' && colon[1] != '\xc2'))
        return 0;
    str name = {s.at, (uint32_t)(colon - s.at)}, rest = name, word;
    uint32_t words = 0;
    while (str_next(&rest, ' ', &word)) {
        const char *p = word.at;
        if (!word.len || !utf8_is_upper(utf8_next(&p, word.at + word.len)) || (str_ends(word, ",") || str_ends(word, "?")))
            return 0;
        words++;
    }
    if (!words || words > 4)
        return 0;
    *ret_label = name;
    return name.len + 2 + (colon[1] == '\xc2');
}

static bool has_question_mark(str s)
{
    return memchr(s.at, '?', s.len) || str_find(s, STR("？")) != NONE || str_find(s, STR("؟")) != NONE || str_find(s, STR("՞")) != NONE;
}

static bool ends_as_question(str s)
{
    while (s.len && strchr("\"') ", s.at[s.len - 1]))
        s.len--;
    return str_ends(s, "?") || str_ends(s, "?”") || str_ends(s, "?»") || str_ends(s, "？") || str_ends(s, "؟");
}

/* Evidence of one turn alone. */
static double looks_asked(str s)
{
    double score = ends_as_question(s) ? 2.5 : has_question_mark(s) ? 0 : -1.0;
    uint32_t words = page_words(s);
    return score + (words < 40 ? 0.5 : words > 90 ? -1.0 : 0);
}

static void set_span(doc *d, speech *s, uint32_t skip, uint32_t last_block)
{
    str text = block_text(d, s->block);
    s->span.start = offset_in(d, text) + skip;
    text = block_text(d, last_block);
    s->span.end = offset_in(d, text) + text.len;
}

/* The likeliest run of roles: speakers mostly alternate, and an interviewer begins. */
static void assign_roles(talk *t, bool *answers)
{
    enum { ASK, ANSWER };
    const double again = -4;
    double best[2] = {0.7, -0.7};
    uint32_t n = t->at.count;
    uint8_t(*from)[2] = arena_take(t->d->arena, n + 1, sizeof *from);
    for (uint32_t i = 0; i < n; i++) {
        double next[2];
        for (int role = 0; role < 2; role++) {
            double same = best[role] + (i ? again : 0), other = i ? best[1 - role] : best[role];
            from[i][role] = (uint8_t)(i && other >= same ? 1 - role : role);
            next[role] = MAX(same, other) + (role == ASK ? t->at.at[i].ask : -t->at.at[i].ask);
        }
        best[0] = next[0], best[1] = next[1];
    }
    uint8_t role = best[ANSWER] > best[ASK];
    for (uint32_t i = n; i-- > 0; role = from[i][role])
        answers[i] = role;
}

static void commit(talk *t, const bool *answers, str label)
{
    doc *d = t->d;
    for (uint32_t i = 0; i < t->at.count; i++) {
        const speech *s = &t->at.at[i];
        turn *u = vec_push(d->arena, &d->turns);
        *u = (turn){.span = s->span, .answer = answers[i], .speaker = NONE};
        u->label = s->label.len ? s->label : answers[i] ? label : (str){0};
    }
    d->head.kind = KIND_INTERVIEW;
}

/* ---- dashes ---- */

static bool by_dashes(talk *t, str label)
{
    doc *d = t->d;
    uint32_t bytes = 0, first = NONE, asked = 0;
    for (uint32_t i = 0; i < d->blocks.count; i++) {
        str s = block_text(d, i);
        uint32_t skip = dash_length(s);
        if (skip) {
            speech *p = vec_push(d->arena, &t->at);
            *p = (speech){.block = i, .ask = looks_asked(s)};
            set_span(d, p, skip, i);
            first = MIN(first, i);
            bytes += s.len;
            asked += has_question_mark(s);
        } else if (t->at.count) {
            set_span(d, &t->at.at[t->at.count - 1], dash_length(block_text(d, t->at.at[t->at.count - 1].block)), i);
        }
    }
    if (t->at.count < 4 || asked < 2 || bytes * 2 < d->text.len - d->blocks.at[first].span.start)
        return false;
    for (uint32_t i = 0; i < t->at.count; i++)
        t->at.at[i].ask = looks_asked(doc_str(d, t->at.at[i].span));
    bool *answers = arena_take(d->arena, t->at.count, sizeof *answers);
    assign_roles(t, answers);
    uint32_t questions = 0;
    for (uint32_t i = 0; i < t->at.count; i++)
        questions += !answers[i];
    if (questions * 4 < t->at.count || questions * 4 > t->at.count * 3)
        return false;
    commit(t, answers, label);
    return true;
}

/* ---- labels ---- */

typedef struct tally {
    str label;
    uint32_t count, asked;
} tally;

/* "Karin Fischer" at first is "Fischer" later: the last word tells. */
static str surname(str label)
{
    uint32_t at = label.len;
    while (at && label.at[at - 1] != ' ')
        at--;
    return str_part(label, at, label.len);
}

static uint32_t label_number(const tally *tallies, uint32_t kinds, str label)
{
    uint32_t k = 0;
    while (k < kinds && !str_equal(tallies[k].label, surname(label)))
        k++;
    return k;
}

static uint32_t count_labels(talk *t, tally tallies[MOST_LABELS])
{
    doc *d = t->d;
    uint32_t kinds = 0;
    for (uint32_t i = 0; i < d->blocks.count; i++) {
        str label, s = block_text(d, i);
        if (!label_length(s, &label))
            continue;
        uint32_t k = label_number(tallies, kinds, label);
        if (k == MOST_LABELS)
            continue;
        kinds = MAX(kinds, k + 1);
        tallies[k].label = surname(label);
        tallies[k].count++;
        tallies[k].asked += has_question_mark(s);
    }
    return kinds;
}

static bool is_answer_letter(str label)
{
    return str_is(label, "A") || str_is(label, "Answer") || str_is(label, "Antwort");
}

static bool asks_by_name(str label)
{
    return str_is(label, "Q") || str_is(label, "Question") || str_is(label, "Frage") || str_is(label, "F") || str_is(label, "Interviewer");
}

/* Two or more labels that recur, of which one mostly asks. */
static bool by_labels(talk *t)
{
    doc *d = t->d;
    tally tallies[MOST_LABELS] = {0};
    uint32_t kinds = count_labels(t, tallies), recurring = 0, asking = 0, turns = 0;
    for (uint32_t k = 0; k < kinds; k++) {
        bool recurs = tallies[k].count >= 2;
        recurring += recurs;
        turns += recurs ? tallies[k].count : 0;
        asking += recurs && tallies[k].asked * 2 >= tallies[k].count;
    }
    bool letters = false;
    for (uint32_t k = 0; k < kinds; k++)
        letters |= asks_by_name(tallies[k].label) && tallies[k].count >= 3;
    if (letters && recurring < 2)
        return false; /* "Q:" alone leads questions that are set apart: the third setting */
    if (recurring < 2 || !asking || asking == recurring || turns < 6 || turns * 4 < d->blocks.count)
        return false;
    for (uint32_t i = 0; i < d->blocks.count; i++) {
        str label = {0}, s = block_text(d, i);
        uint32_t skip = label_length(s, &label), k = skip ? label_number(tallies, kinds, label) : 0;
        if (skip && k < kinds && tallies[k].count >= 2) {
            speech *p = vec_push(d->arena, &t->at);
            double bias = asks_by_name(label) ? 3 : is_answer_letter(label) ? -3 : tallies[k].asked * 2 >= tallies[k].count ? 1.5 : -2;
            *p = (speech){.block = i, .label = label, .ask = bias};
            set_span(d, p, asks_by_name(label) ? 0 : skip, i);
        } else if (t->at.count && !(t->styles && t->styles[i] & STYLE_HEADING)) {
            speech *p = &t->at.at[t->at.count - 1];
            p->span.end = offset_in(d, s) + s.len;
        }
    }
    bool *answers = arena_take(d->arena, t->at.count + 1, sizeof *answers);
    for (uint32_t i = 0; i < t->at.count; i++)
        answers[i] = t->at.at[i].ask < 0;
    commit(t, answers, (str){0});
    return true;
}

/* ---- questions set apart ---- */

static bool is_apart(const talk *t, uint32_t i)
{
    return t->styles[i] & (STYLE_BOLD | STYLE_HEADING) && !(t->styles[i] & STYLE_LINKED);
}

/* Words that only people who talk to each other use, in a few languages. */
static uint32_t count_of(str s, const char *const *words, uint32_t count)
{
    uint32_t hits = 0, i = 0;
    while (i < s.len) {
        uint32_t start = i;
        while (i < s.len && (is_ascii_letter(s.at[i]) || (uint8_t)s.at[i] >= 0x80))
            i++;
        str word = str_part(s, start, i);
        for (uint32_t k = 0; word.len && k < count; k++)
            hits += str_is(word, words[k]);
        i += i == start || i < s.len;
    }
    return hits;
}

static const char *const you[] = {
    "you", "You", "your", "Your", "yours", "yourself", "Sie", "Ihr", "Ihre", "Ihnen", "Ihren", "Ihrer", "Ihrem", "du", "Du", "dein", "deine",
    "dir", "dich", "ihr", "euch", "eure", "vous", "Vous", "votre", "Votre", "vos", "usted", "Usted", "ustedes", "tu", "você", "Você", "lei", "Lei", "вы",
    "Вы", "вас", "Вас", "вам", "Вам", "ваш", "Ваш", "ви", "Ви", "ti", "siz",
};
static const char *const me[] = {
    "I", "me", "my", "My", "we", "We", "our", "Our", "us", "ich", "Ich", "wir", "Wir", "mich", "mir", "mein", "meine", "uns", "unsere", "je", "Je",
    "j", "nous", "Nous", "mon", "ma", "yo", "Yo", "mi", "nosotros", "eu", "Eu", "io", "noi", "я", "Я", "мы", "Мы", "ja", "jag", "minä",
};

/* Does what stands before the first question say that people talk? */
static bool is_announced(const doc *d, uint32_t first)
{
    static const char *const words[] = {"nterview", "Q&A", "in conversation", "im Gespräch", "spoke with", "spoke to", "talked to", "entretien", "ntrevista", "ntervista", "нтервью"};
    str before = str_part(d->text, 0, d->blocks.at[first].span.start);
    for (uint32_t i = 0; i < COUNT(words); i++) {
        str word = str_of(words[i]);
        if (str_find(d->head.title, word) != NONE || str_find(d->head.deck, word) != NONE || str_find(before, word) != NONE)
            return true;
    }
    return false;
}

/* Explainers have headings that ask, too; but only people who talk say "you" in them and "I" below. */
static bool is_conversation(const talk *t, const uint32_t *apart, uint32_t count)
{
    doc *d = t->d;
    uint32_t spoken = 0, own = 0, answers = 0, named = 0;
    str label;
    for (uint32_t i = 0; i < count; i++) {
        spoken += count_of(block_text(d, apart[i]), you, COUNT(you)) > 0;
        uint32_t end = i + 1 < count ? apart[i + 1] : MIN(apart[i] + 4, d->blocks.count), mine = 0;
        for (uint32_t b = apart[i] + 1; b < end; b++)
            mine += count_of(block_text(d, b), me, COUNT(me));
        own += mine > 0;
        named += apart[i] + 1 < end && label_length(block_text(d, apart[i] + 1), &label);
        answers += end > apart[i] + 1;
    }
    if (answers * 3 < count * 2)
        return false;
    if (named * 2 >= count)
        return true;
    uint32_t signs = spoken * 2 + own;
    return is_announced(d, apart[0]) ? signs * 2 >= count : spoken * 3 >= count && own * 5 >= count * 2;
}

/* What stands between two questions; where several answer, each under the label that is printed. */
static void add_answers(talk *t, uint32_t from, uint32_t end)
{
    doc *d = t->d;
    for (uint32_t i = from; i < end; i++) {
        str label = {0};
        uint32_t skip = label_length(block_text(d, i), &label);
        if (i == from || skip) {
            speech *a = vec_push(d->arena, &t->at);
            *a = (speech){.block = i, .label = label, .ask = -3};
            set_span(d, a, skip, i);
        } else {
            str s = block_text(d, i);
            t->at.at[t->at.count - 1].span.end = offset_in(d, s) + s.len;
        }
    }
}

static bool by_setting(talk *t)
{
    doc *d = t->d;
    if (!t->styles)
        return false;
    uint32_t *apart = arena_take(d->arena, d->blocks.count + 1, sizeof *apart), count = 0, asked = 0, first = NONE, last = 0;
    for (uint32_t i = 0; i < d->blocks.count; i++) {
        str s = block_text(d, i);
        if (!is_apart(t, i) || page_words(s) < 2)
            continue;
        apart[count++] = i;
        if (!has_question_mark(s))
            continue;
        asked++;
        first = MIN(first, i);
        last = i;
    }
    if (asked < 3)
        return false;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        str s = block_text(d, apart[i]);
        bool mark = has_question_mark(s) || str_ends(s, "…") || str_ends(s, "...");
        if (apart[i] >= first && apart[i] <= last + 3 && (mark || page_words(s) >= 3))
            apart[kept++] = apart[i];
    }
    if (asked * 2 < kept || !is_conversation(t, apart, kept))
        return false;
    for (uint32_t i = 0; i < kept; i++) {
        speech *q = vec_push(d->arena, &t->at);
        *q = (speech){.block = apart[i], .ask = 3};
        while (i + 1 < kept && apart[i + 1] == apart[i] + 1)
            i++;
        set_span(d, q, 0, apart[i]);
        add_answers(t, apart[i] + 1, i + 1 < kept ? apart[i + 1] : d->blocks.count);
    }
    bool *answers = arena_take(d->arena, t->at.count + 1, sizeof *answers);
    for (uint32_t i = 0; i < t->at.count; i++)
        answers[i] = t->at.at[i].ask < 0;
    commit(t, answers, (str){0});
    return true;
}

void turns_find(doc *d, const uint8_t *styles, str label)
{
    talk t = {.d = d, .styles = styles};
    if (d->blocks.count < 4)
        return;
    if (by_labels(&t))
        return;
    t.at.count = 0;
    if (by_dashes(&t, label))
        return;
    t.at.count = 0;
    by_setting(&t);
}
