/* Who wrote it. */
#include "page/meta.h"

#include "page/inside.h"

enum { MOST_NAMES = 8 };

typedef struct names {
    str at[MOST_NAMES];
    uint32_t count;
} names;

static void add(about *a, names *n, str name)
{
    str mine = letters_of(a->t->arena, name);
    for (uint32_t i = 0; i < n->count; i++)
        if (str_equal(letters_of(a->t->arena, n->at[i]), mine))
            return;
    if (mine.len && n->count < MOST_NAMES)
        n->at[n->count++] = name;
}

static bool strip_prefix(str *s, const char *prefix)
{
    uint32_t len = (uint32_t)strlen(prefix);
    if (s->len <= len || !str_equal_nocase(str_part(*s, 0, len), str_of(prefix)))
        return false;
    *s = str_trim(str_part(*s, len, s->len));
    return true;
}

static str trim_marks(str s)
{
    for (;;) {
        str before = s = str_trim(s);
        while (s.len && strchr("-|,;:/.*(", s.at[0]))
            s = str_part(s, 1, s.len);
        while (s.len && strchr("-|,;:/*(", s.at[s.len - 1]))
            s.len--;
        static const char *const dashes[] = {"–", "—", "·", "•"};
        for (uint32_t i = 0; i < COUNT(dashes); i++) {
            uint32_t len = (uint32_t)strlen(dashes[i]);
            if (str_starts(s, dashes[i]))
                s = str_part(s, len, s.len);
            if (str_ends(s, dashes[i]))
                s.len -= len;
        }
        if (s.len == before.len)
            return s;
    }
}

/* "By Jane Doe, Reuters | 12 May" is Jane Doe. Empty where it is no name. */
static str clean(str s)
{
    static const char *const openings[] = {
        "written by ", "posted by ", "published by ", "submitted by ", "reported by ", "reviewed by ", "story by ", "text by ", "words by ", "article by ",
        "by: ", "by ", "by:", "author: ", "author ", "von: ", "von ", "autor: ", "autorin: ", "ein artikel von ", "ein kommentar von ", "ein gastbeitrag von ",
        "interview by ", "interview: ", "interview von ", "ein interview von ", "das interview führte ", "das gespräch führte ", "propos recueillis par ", "entretien réalisé par ",
        "intervista di ", "entrevista de ", "words: ", "words by: ", "reporting by ", "text: ", "text von ", "verfasst von ", "geschrieben von ", "veröffentlicht von ", "par ", "publié par ", "écrit par ", "por: ", "por ", "escrito por ", "publicado por ",
        "di ", "a cura di ", "door ", "av ", "af ", "autore: ", "redactie: ", "foto: ", "from ", "автор: ", "автор ", "by\xc2\xa0",
    };
    static const char *const closers[] = {" | ", " - ", " – ", " — ", " · ", " • ", " @", " on ", " am ", " le ", " el ", " (", " / ", " updated", " published", " posted", ", published", "\n",
                                          " Updated", " Published", " Posted", " vor ", " um ", " Follow", " See all", " View all", " im Gespräch mit ", " in conversation with ", " ist ", " is a ", " is an ", " is the ",
                                          " Illustration", " Illustrated", " illustrated", " Photo", " photo", " Foto", " Video", " Bilder", " Translated", " translated", " Übersetz"};
    s = trim_marks(s);
    for (uint32_t i = 0; i < COUNT(openings); i++)
        if (strip_prefix(&s, openings[i]))
            i = 0;
    for (uint32_t i = 0; i < COUNT(closers); i++) {
        uint32_t at = str_find(s, str_of(closers[i]));
        if (at != NONE && at > 2)
            s = str_part(s, 0, at);
    }
    return trim_marks(s);
}

static bool is_name(str s)
{
    uint32_t digits = 0, words = page_words(s);
    if (s.len < 2 || s.len > 70 || !words || words > 8)
        return false;
    for (uint32_t i = 0; i < s.len; i++)
        digits += is_ascii_digit(s.at[i]);
    if (digits > 2 || is_ascii_digit(s.at[0]) || str_find(s, STR("http")) != NONE || str_find(s, STR("www.")) != NONE || memchr(s.at, '?', s.len))
        return false;
    static const char *const none[] = {"admin", "administrator", "author", "autor", "by", "unknown", "guest", "staff", "contributor", "null", "undefined",
                                       "more", "about the author", "view all posts", "about", "posts", "share", "home", "editor", "webmaster", "posted", "follow", "von", "par", "written", "published", "updated", "afficher mon profil complet", "view my complete profile", "einstellungen", "kommentare", "news",
                                       "veröffentlicht", "publiziert", "erstellt", "aktualisiert", "publié", "publicado", "pubblicato", "redazione", "date"};
    static const char *const never[] = {"rtikel", "rticles", "tories", "rofile", "ontact", "ontakt", "eiträge", "View ", "More ", "Mehr ", "All ", "Alle ", "Read ", "Subscri", "llustrat", "hotograph", "hoto by", "hotos by", "ranslated by"};
    for (uint32_t i = 0; i < COUNT(none); i++)
        if (str_equal_nocase(s, str_of(none[i])))
            return false;
    for (uint32_t i = 0; i < COUNT(never); i++)
        if (str_find(s, str_of(never[i])) != NONE)
            return false;
    return true;
}

/* Splits "A, B and C" where every part looks like a full name. */
static void add_list(about *a, names *n, str s)
{
    static const char *const joints[] = {" and ", " und ", " & ", " et ", " y ", ";", ",", " e "};
    for (uint32_t k = 0; k < COUNT(joints); k++) {
        uint32_t at = str_find(s, str_of(joints[k]));
        if (at == NONE)
            continue;
        str front = str_part(s, 0, at), back = str_part(s, at + (uint32_t)strlen(joints[k]), s.len);
        if (joints[k][0] == ',' && page_words(front) >= 2 && (page_words(back) < 2 || page_words(back) > 7)) {
            add_list(a, n, front); /* "Jane Doe, Reuters" */
            return;
        }
        if (page_words(front) < 2 && joints[k][0] != ';')
            continue;
        add_list(a, n, front);
        add_list(a, n, back);
        return;
    }
    s = clean(s);
    if (is_name(s))
        add(a, n, s);
}

/* Many pages name the paper where the writer should stand: that tells nothing. */
static bool is_outlet(const about *a, str name)
{
    arena *r = a->t->arena;
    str mine = letters_of(r, name), outlet = letters_of(r, a->d->head.outlet);
    return mine.len && str_equal(mine, outlet);
}

static void from_json(about *a, names *n)
{
    const jsonld *j = &a->json;
    uint32_t author = jsonld_get(j, a->article, "author");
    if (author == NONE)
        author = jsonld_get(j, a->article, "creator");
    if (author == NONE)
        return;
    bool list = j->nodes.at[author].type == JSON_LIST;
    uint32_t looked = 0;
    for (uint32_t i = list ? j->nodes.at[author].child : author; i != NONE && looked < 2 * MOST_NAMES; i = j->nodes.at[i].next, looked++) {
        str name = jsonld_text(j, jsonld_resolve(j, i));
        if (name.len)
            add_list(a, n, name);
        if (!list)
            break;
    }
}

/* The site of one person: it says who it is of, and nothing of authors. */
static void from_owner(about *a, names *n)
{
    const jsonld *j = &a->json;
    uint32_t owner = NONE, persons = 0;
    for (uint32_t i = 0; i < j->nodes.count; i++) {
        uint32_t type = jsonld_get(j, i, "@type");
        for (uint32_t k = type != NONE && j->nodes.at[type].type == JSON_LIST ? j->nodes.at[type].child : type; k != NONE; k = j->nodes.at[k].next) {
            if (str_is(j->nodes.at[k].value, "Person"))
                owner = i, persons++;
            if (k == type)
                break;
        }
    }
    str name = persons == 1 ? clean(jsonld_text(j, jsonld_get(j, owner, "name"))) : (str){0};
    if (name.len && is_name(name) && page_words(name) >= 2)
        add(a, n, name);
}

/* Cards label their lines: "Written by", in the language of the site. */
static bool is_writer_label(str label)
{
    static const char *const labels[] = {"Written by", "Verfasst von", "Geschrieben von", "Écrit par", "Rédigé par", "Escrito por", "Scritto da", "Geschreven door",
                                         "Skriven av", "Skrevet av", "Skrevet af", "Kirjoittaja", "Napisane przez", "Автор", "Написано автором", "Yazar", "Author", "By"};
    for (uint32_t i = 0; i < COUNT(labels); i++)
        if (str_equal(label, str_of(labels[i])))
            return true;
    return false;
}

static void from_meta(about *a, names *n)
{
    static const char *const wanted[] = {"author", "article:author_name", "byl", "dc.creator", "dc.creator.author", "dcterms.creator", "sailthru.author", "parsely-author",
                                         "cXenseParse:author", "article:author", "citation_author", "article.author", "creator", "rbauthors", "authors", "twitter:data1"};
    for (uint32_t k = 0; k < COUNT(wanted) && !n->count; k++)
        for (uint32_t i = 0; i < a->t->metas.count; i++) {
            if (!str_equal_nocase(a->t->metas.at[i].name, str_of(wanted[k])) || (k == COUNT(wanted) - 1 && !is_writer_label(about_meta(a, "twitter:label1"))))
                continue;
            str text = tokens_plain(a->t->arena, tokens_plain(a->t->arena, a->t->metas.at[i].content)), rest = text, first;
            if (str_find(text, STR("://")) == NONE && str_next(&rest, ',', &first) && !is_outlet(a, first)) /* "The Paper, Town" */
                add_list(a, n, text);
        }
}

static int rank_of_mark(const about *a, const mark *m)
{
    const layout *l = a->l;
    const box *b = &a->t->boxes.at[m->box];
    uint32_t above = b->above & ~a->t->boxes.at[l->main].above;
    if (!(m->hints & HINT_AUTHOR) || m->text.len > 160 || m->text.len < 3)
        return 0;
    if (above & HINT_COMMENT) /* of whoever commented */
        return 0;
    int rank = m->tag == TAG_A ? 24 : m->tag == TAG_SPAN || m->tag == TAG_P ? 21 : 18;
    if ((b->above | above) & (HINT_COMMENT | HINT_RELATED | HINT_FOOT) || b->tag == TAG_ASIDE)
        rank -= 16;
    if (above & HINT_SIDE)
        rank -= 6;
    if (l->heading != NONE && m->leaf + 5 >= l->heading && m->leaf <= l->heading + 8)
        rank += 14;
    else if (m->leaf + 8 >= l->first && m->leaf <= l->first + 1)
        rank += 10;
    else if (m->leaf > l->last && m->leaf < l->last + 12)
        rank += 4;
    else if (m->leaf > l->last + 20)
        rank -= 6;
    return rank;
}

static void from_marks(about *a, names *n)
{
    int most = 9;
    uint32_t best = NONE;
    for (uint32_t i = 0; i < a->t->marks.count; i++) {
        const mark *m = &a->t->marks.at[i];
        int rank = rank_of_mark(a, m);
        if (rank <= most || !is_name(clean(m->text)) || page_words(clean(m->text)) > 6)
            continue;
        most = rank;
        best = i;
    }
    if (best == NONE)
        return;
    /* Several authors stand side by side in marks of one kind. */
    const mark *m = &a->t->marks.at[best];
    for (uint32_t i = best; i < a->t->marks.count && i < best + 6; i++) {
        const mark *o = &a->t->marks.at[i];
        if (o->tag == m->tag && o->leaf <= m->leaf + 1 && rank_of_mark(a, o) >= most - 2 && is_name(clean(o->text)))
            add_list(a, n, o->text);
    }
}

/* A name and nothing else: two to four words, each with a capital. */
static bool is_signature(str s)
{
    str rest = s, word;
    uint32_t words = 0;
    while (str_next(&rest, ' ', &word)) {
        const char *p = word.at;
        if (!word.len || !utf8_is_upper(utf8_next(&p, word.at + word.len)) || p == word.at + word.len)
            return false;
        words++;
    }
    return words >= 2 && words <= 4 && !page_ends_sentence(s) && is_name(s);
}

/* A name that signs behind the last paragraph, set in italics: "<p><i>Ida Holt</i></p>". */
static void from_signature(about *a, names *n)
{
    const layout *l = a->l;
    uint32_t last = a->t->leaves.count;
    while (last && !a->taken[last - 1])
        last--;
    for (uint32_t i = last ? last - 1 : 0; i < a->t->leaves.count && i < last + 2 && !n->count; i++) {
        const leaf *f = &a->t->leaves.at[i];
        uint8_t tag = a->t->boxes.at[f->box].tag;
        if (i > l->first && f->slanted * 10 >= f->text.len * 9 && !f->linked && (tag == TAG_P || tag == TAG_DIV) && is_signature(f->text))
            add(a, n, f->text);
    }
}

static void from_lines(about *a, names *n)
{
    static const char *const openings[] = {"By ", "BY ", "by ", "Von ", "VON ", "Par ", "Por ", "Written by ", "Posted by ", "Autor: ", "Author: ", "Text: ", "Text von ", "Di ", "Door ",
                                           "Words: ", "Words by ", "Story by ", "Interview by ", "Interview: ", "Interview von ", "Propos recueillis par ", "Das Interview führte ", "Das Gespräch führte "};
    const layout *l = a->l;
    uint32_t middle = l->heading != NONE ? l->heading : l->first;
    uint32_t from = middle > 6 ? middle - 6 : 0;
    for (uint32_t step = 0; step < 24 && !n->count; step++) {
        uint32_t i = step < 18 ? from + step : l->last + step - 18;
        if (i >= a->t->leaves.count)
            continue;
        str s = a->t->leaves.at[i].text;
        for (uint32_t k = 0; k < COUNT(openings) && l->words[i] <= 12; k++) {
            const char *p = s.at + strlen(openings[k]);
            if (str_starts(s, openings[k]) && p < s.at + s.len && utf8_is_upper(utf8_next(&p, s.at + s.len))) {
                add_list(a, n, s);
                break;
            }
        }
    }
}

static void drop_outlets(const about *a, names *n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n->count; i++)
        if (!is_outlet(a, n->at[i]))
            n->at[kept++] = n->at[i];
    n->count = kept;
}

void byline_find(about *a)
{
    names n = {0};
    from_json(a, &n);
    drop_outlets(a, &n);
    if (!n.count)
        from_meta(a, &n);
    drop_outlets(a, &n);
    if (!n.count)
        from_marks(a, &n);
    drop_outlets(a, &n);
    if (!n.count)
        from_lines(a, &n);
    if (!n.count)
        from_signature(a, &n);
    if (!n.count)
        from_owner(a, &n);
    str all = {0};
    for (uint32_t i = 0; i < n.count; i++)
        all = all.len ? arena_format(a->t->arena, "%.*s; %.*s", (int)all.len, all.at, (int)n.at[i].len, n.at[i].at) : n.at[i];
    a->d->head.byline = all;
}
