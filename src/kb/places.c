/* Places: a line is "LAT LON [POPULATION [GEONAMEID [FEATURE [DIVISION]]]] | names [| held X; claimed Y]". */
#include "kb/build.h"

const char *const kb_toponym_names[TOPONYM_COUNT] = {"city", "region", "country", "nature", "wide", "site"};

static bool real_next(str *rest, double low, double high, float *ret)
{
    str word;
    double value;
    if (!kb_word_next(rest, &word) || !str_to_real(word, &value) || value < low || value > high)
        return false;
    *ret = (float)value;
    return true;
}

/* "-" and nothing are 0. */
static bool number_next(str *rest, uint32_t *ret)
{
    str word;
    int64_t value = 0;
    if (kb_word_next(rest, &word) && !str_is(word, "-") && (!str_to_int(word, &value) || value < 0 || value > UINT32_MAX))
        return false;
    *ret = (uint32_t)value;
    return true;
}

static str dash_next(str *rest)
{
    str word = {0};
    kb_word_next(rest, &word);
    return str_is(word, "-") ? (str){0} : word;
}

static void place_line(kb_builder *b, const kb_field *f, str country, uint32_t kind)
{
    str rest = f->text, where = {0}, names = {0};
    kb_item item;
    kb_disk_toponym d = {.kind = kind, .line = f->line};
    str_next(&rest, '|', &where);
    str_next(&rest, '|', &names);
    if (!real_next(&where, -90, 90, &d.lat) || !real_next(&where, -180, 180, &d.lon) || !number_next(&where, &d.population)
        || !number_next(&where, &d.geonameid) || !names.len) {
        kb_fault(b, f->line, "a place is written 'LAT LON [POPULATION [NUMBER [FEATURE [DIVISION]]]] | names'");
        return;
    }
    d.country = kb_put(b, country);
    d.feature = kb_put(b, dash_next(&where));
    d.admin = kb_put(b, dash_next(&where));
    d.disputed = kb_put(b, str_trim(rest));
    uint32_t place = NONE;
    while (kb_item_next(b, f->line, &names, &item)) {
        if (place == NONE) {
            d.name = kb_put(b, item.text);
            place = kb_append(b, KB_PLACES, &d, sizeof d);
        }
        kb_trie_add(b, KB_TRIE_PLACES, item.text, place);
    }
}

void kb_compile_places(kb_builder *b, const kb_entry *e)
{
    str rest = e->rest, country, kind;
    kb_word_next(&rest, &country);
    kb_word_next(&rest, &kind);
    uint32_t number = name_find(kb_toponym_names, TOPONYM_COUNT, kind);
    if (number == NONE || (!str_is(country, "-") && country.len != 3)) {
        kb_fault(b, e->line, "'places COUNTRY KIND' with a kind of city, region, country, nature, wide or site is wanted");
        return;
    }
    for (uint32_t i = 0; i < e->fields.count; i++)
        place_line(b, &e->fields.at[i], str_is(country, "-") ? (str){0} : country, number);
}

uint32_t kb_toponym_count(const kb *k)
{
    uint32_t count;
    kb_records(k, KB_PLACES, sizeof(kb_disk_toponym), &count);
    return count;
}

kb_toponym kb_toponym_at(const kb *k, uint32_t value)
{
    const kb_disk_toponym *all = kb_records(k, KB_PLACES, sizeof *all, NULL), *t = &all[value];
    return (kb_toponym){
        .name = kb_string(k, t->name), .lat = t->lat, .lon = t->lon, .population = t->population, .geonameid = t->geonameid,
        .country = kb_string(k, t->country), .feature = kb_string(k, t->feature), .admin = kb_string(k, t->admin),
        .disputed = kb_string(k, t->disputed), .kind = (uint8_t)t->kind, .line = t->line};
}
