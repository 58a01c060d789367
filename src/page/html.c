/* Saved pages. */
#include "page/blocks.h"
#include "page/inside.h"
#include "page/meta.h"

static uint8_t kind_of(uint8_t tag)
{
    switch (tag) {
    case TAG_H1: case TAG_H2: case TAG_H3: case TAG_H4: case TAG_H5: case TAG_H6: return BLOCK_HEADING;
    case TAG_LI: case TAG_DT: case TAG_DD: return BLOCK_ITEM;
    case TAG_BLOCKQUOTE: return BLOCK_QUOTE;
    case TAG_TD: case TAG_TH: return BLOCK_CELL;
    case TAG_FIGCAPTION: return BLOCK_CAPTION;
    }
    return BLOCK_PARAGRAPH;
}

static uint8_t style_of(const leaf *f, uint8_t kind)
{
    uint8_t style = kind == BLOCK_HEADING ? STYLE_HEADING : 0;
    if (f->bold * 10 >= f->text.len * 9)
        style |= STYLE_BOLD;
    if (f->linked * 2 >= f->text.len)
        style |= STYLE_LINKED;
    return style;
}

/* The leaves that are the story. */
static uint8_t *choose(doc *d, const layout *l)
{
    const tokens *t = l->t;
    uint8_t *taken = arena_take(d->arena, t->leaves.count + 1, 1);
    for (uint32_t i = t->boxes.at[l->around].first; i < t->boxes.at[l->around].end; i++)
        taken[i] = layout_is_near(l, i) && layout_judge(l, i) > 0;
    return taken;
}

static sheet write_story(doc *d, const layout *l, const uint8_t *taken)
{
    const tokens *t = l->t;
    uint32_t bytes = 0, leaves = 0;
    for (uint32_t i = 0; i < t->leaves.count; i++) {
        bytes += taken[i] ? t->leaves.at[i].text.len : 0;
        leaves += taken[i];
    }
    sheet s = sheet_new(d, bytes, leaves);
    for (uint32_t i = 0; i < t->leaves.count; i++) {
        const leaf *f = &t->leaves.at[i];
        uint8_t kind = kind_of(t->boxes.at[f->box].tag);
        if (taken[i])
            sheet_add(&s, f->text, d->at + f->offset, kind, style_of(f, kind));
    }
    sheet_done(&s);
    return s;
}

static void read_head(about *a, doc *d)
{
    str page = charset_decode(d, d->raw, d->given.charset, true);
    *a = (about){.d = d, .t = tokens_read(d->arena, page), .json = {.arena = d->arena}};
    for (uint32_t i = 0; i < a->t->json.count; i++)
        jsonld_read(&a->json, a->t->json.at[i]);
    a->article = jsonld_article(&a->json, a->t->title);
    address_find(a);
    title_find(a);
    a->l = layout_find(d->arena, a->t, d->head.title, about_meta(a, "og:description|description|twitter:description"));
}

void html_layout(doc *d, const tokens **ret_tokens, const layout **ret_layout)
{
    about a;
    read_head(&a, d);
    *ret_tokens = a.t;
    *ret_layout = a.l;
}

int html_read(doc *d, entente_error *ret_error)
{
    (void)ret_error;
    about a;
    read_head(&a, d);
    a.taken = choose(d, a.l);
    d->head.kind = KIND_ARTICLE;
    sheet s = write_story(d, a.l, a.taken);
    str hint = a.t->language.len ? a.t->language : about_meta(&a, "og:locale|content-language|dc.language|language");
    d->head.language = language_of(d->text, hint);
    outlet_find(&a);
    deck_find(&a);
    byline_find(&a);
    published_find(&a);
    links_find(&a, about_month_first(&a));
    turns_find(d, s.styles.at, (str){0});
    return 0;
}
