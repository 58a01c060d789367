/* Powers, bodies, groups and persons, and every name they go by. */
#include <string.h>

#include "kb/build.h"

/* What a class says of its members where the entry itself does not. */
static const struct class {
    uint8_t type;
    const char *code;   /* "=" the identifier, "<" that of `of` */
    const char *sector;
    const char *alone;  /* code where the entry has no `of` */
} classes[CLASS_COUNT] = {
    [CLASS_STATE] = {ENTITY_GPE, "=", "", ""},       [CLASS_PARTIAL] = {ENTITY_GPE, "<", "PRE", ""},
    [CLASS_UN] = {ENTITY_ORG, "UNO", "", ""},        [CLASS_EU] = {ENTITY_ORG, "EUR", "", ""},
    [CLASS_BODY] = {ENTITY_ORG, "IGO", "", ""},      [CLASS_ARMED] = {ENTITY_ORG, "<", "REB", "IMG"},
    [CLASS_PARTY] = {ENTITY_ORG, "<", "PTY", ""},    [CLASS_AGENCY] = {ENTITY_ORG, "<", "GOV", ""},
    [CLASS_COMPANY] = {ENTITY_ORG, "<", "BUS", "MNC"}, [CLASS_OUTLET] = {ENTITY_ORG, "<", "JRN", ""},
    [CLASS_NGO] = {ENTITY_ORG, "NGO", "", "NGO"},    [CLASS_CHURCH] = {ENTITY_ORG, "<", "REL", ""},
    [CLASS_UNION] = {ENTITY_ORG, "<", "LAB", ""},    [CLASS_UNIVERSITY] = {ENTITY_ORG, "<", "EDU", ""},
    [CLASS_GROUP] = {ENTITY_ORG, "<", "", ""},       [CLASS_REGION] = {ENTITY_GPE, "<", "", ""},
    [CLASS_PERSON] = {ENTITY_PER, "<", "", ""},
};

static uint32_t class_find(str name)
{
    for (uint32_t i = 0; i < CLASS_COUNT; i++)
        if (str_is(name, kb_class_names[i]))
            return i;
    return NONE;
}

static str field_text(const kb_entry *e, const char *key)
{
    const kb_field *f = kb_field_of(e, key);
    return f ? f->rest : (str){"", 0};
}

static void field_day(kb_builder *b, const kb_entry *e, const char *key, day *ret)
{
    const kb_field *f = kb_field_of(e, key);
    if (f)
        kb_day_read(b, f->line, f->rest, ret);
}

static str stored(const kb_builder *b, kb_pstr s)
{
    return (str){b->section[KB_STRINGS].at + s.at, s.len};
}

void kb_add_name(kb_builder *b, str text, uint32_t entity, int use, bool own, date spell)
{
    kb_disk_name n = {kb_put(b, text), entity, spell, (uint8_t)use, false, own, 0};
    kb_trie_add(b, KB_TRIE_NAMES, text, kb_append(b, KB_NAMES, &n, sizeof n));
}

/* ---- entries ---- */

static const struct {
    const char *key;
    int use;
} name_fields[] = {{"name", USE_NAME}, {"also", USE_NAME}, {"short", USE_SHORT}, {"people", USE_PEOPLE},
                   {"capital", USE_CAPITAL}, {"metonym", USE_METONYM}};

static void names_of_field(kb_builder *b, const kb_field *f, int use, uint32_t entity, bool own)
{
    str rest = f->rest;
    kb_item item;
    while (kb_item_next(b, f->line, &rest, &item)) {
        kb_add_name(b, item.text, entity, use, own, item.spell);
        own = false;
    }
}

static void names_of_entry(kb_builder *b, const kb_entry *e, uint32_t entity)
{
    for (uint32_t i = 0; i < e->fields.count; i++)
        for (size_t n = 0; n < COUNT(name_fields); n++)
            if (str_is(e->fields.at[i].key, name_fields[n].key))
                names_of_field(b, &e->fields.at[i], name_fields[n].use, entity, n == 0);
}

/* `beware NAME: reason` marks the names it means. */
static void beware_of_entry(kb_builder *b, const kb_entry *e, uint32_t first_name)
{
    uint32_t count = kb_count(b, KB_NAMES, sizeof(kb_disk_name));
    kb_disk_name *names = (void *)b->section[KB_NAMES].at;
    for (uint32_t i = 0; i < e->fields.count; i++) {
        str rest = e->fields.at[i].rest, meant;
        if (!str_is(e->fields.at[i].key, "beware") || !str_next(&rest, ':', &meant))
            continue;
        for (uint32_t n = first_name; n < count; n++)
            if (str_equal_nocase(stored(b, names[n].text), str_trim(meant)))
                names[n].beware = true;
    }
}

static void fields_check(kb_builder *b, const kb_entry *e)
{
    static const char *const known[] = {"name", "also", "short", "people", "capital", "metonym", "of", "code", "sector",
                                        "type", "role", "since", "until", "beware", "cite"};
    for (uint32_t i = 0; i < e->fields.count; i++) {
        bool found = false;
        for (size_t k = 0; k < COUNT(known); k++)
            found |= str_is(e->fields.at[i].key, known[k]);
        if (!found)
            kb_fault(b, e->fields.at[i].line, "an entity has no field '%.*s'", (int)e->fields.at[i].key.len, e->fields.at[i].key.at);
    }
}

static uint8_t type_of_entry(kb_builder *b, const kb_entry *e, uint8_t usual)
{
    const kb_field *f = kb_field_of(e, "type");
    uint32_t type = f ? name_find(entity_names, ENTITY_COUNT, f->rest) : usual;
    if (type == NONE)
        kb_fault(b, f->line, "no type is called '%.*s'", (int)f->rest.len, f->rest.at);
    return (uint8_t)type;
}

/* `of` may name an entity that stands further down: it, and the code that hangs on it, are settled at the end. */
void kb_compile_entity(kb_builder *b, const kb_entry *e)
{
    str rest = e->rest, identifier, class_name;
    kb_word_next(&rest, &identifier);
    kb_word_next(&rest, &class_name);
    uint32_t class = class_find(class_name);
    if (class == NONE || !identifier.len) {
        kb_fault(b, e->line, "'entity ID CLASS' with one of the known classes is wanted");
        return;
    }
    fields_check(b, e);
    str name = field_text(e, "name"), own = name;
    str_next(&name, ';', &own);
    kb_disk_entity d = {.identifier = kb_put(b, identifier), .name = kb_put(b, str_trim(own)), .of = NONE, .line = e->line,
                        .class = (uint8_t)class, .type = type_of_entry(b, e, classes[class].type), .spell = NO_DATE};
    if (!own.len)
        kb_fault(b, e->line, "an entity wants a name");
    kb_item role = {0}, sector = {0};
    str roles = field_text(e, "role"), sectors = field_text(e, "sector");
    kb_item_next(b, e->line, &roles, &role);
    kb_item_next(b, e->line, &sectors, &sector);
    d.role = kb_put(b, role.text);
    d.sector = kb_put(b, sector.text.len ? sector.text : str_of(classes[class].sector));
    d.code = kb_put(b, field_text(e, "code"));
    field_day(b, e, "since", &d.spell.from);
    field_day(b, e, "until", &d.spell.to);
    uint32_t names = kb_count(b, KB_NAMES, sizeof(kb_disk_name)), entity = kb_append(b, KB_ENTITIES, &d, sizeof d);
    map_add(b->entities, identifier, entity);
    names_of_entry(b, e, entity);
    beware_of_entry(b, e, names);
}

/* Whether another state is written down with this name: "Congo". */
static bool is_shared(kb_builder *b, uint32_t entity, str name)
{
    uint32_t count = kb_count(b, KB_NAMES, sizeof(kb_disk_name));
    const kb_disk_name *names = (const void *)b->section[KB_NAMES].at;
    const kb_disk_entity *entities = (const void *)b->section[KB_ENTITIES].at;
    for (uint32_t n = 0; n < count; n++)
        if (names[n].entity != entity && entities[names[n].entity].class == CLASS_STATE && str_equal_nocase(stored(b, names[n].text), name))
            return true;
    return false;
}

/* Names by ISO 3166-1 add to a state that is written down, but for those that two states share. */
void kb_compile_iso(kb_builder *b, const kb_entry *e)
{
    str rest = e->rest, code;
    kb_item item;
    kb_word_next(&rest, &code);
    uint32_t entity = map_get(b->entities, code);
    while (entity != NONE && kb_item_next(b, e->line, &rest, &item))
        if (!is_shared(b, entity, item.text))
            kb_add_name(b, item.text, entity, USE_NAME, false, NO_DATE);
}

/* ---- persons ---- */

static str slug(kb_builder *b, str name)
{
    str folded = utf8_fold(b->arena, name);
    char *at = arena_take(b->arena, folded.len + 8u, 1);
    uint32_t len = 7;
    memcpy(at, "person:", 7);
    for (uint32_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
        if (keep)
            at[len++] = c;
        else if (len > 7 && at[len - 1] != '-' && c != '\'' && c != '.')
            at[len++] = '-';
    }
    while (len && at[len - 1] == '-')
        len--;
    return (str){at, len};
}

/* "Name (1951)" is told apart by the year; the year is no part of the name. */
static str without_year(str name)
{
    uint32_t open = str_find(name, STR(" ("));
    return open == NONE ? name : str_part(name, 0, open);
}

/* The surname is the last word; which one it is elsewhere is for the stage that reads names. */
static str last_word(str name)
{
    uint32_t at = name.len;
    while (at && name.at[at - 1] != ' ')
        at--;
    return str_part(name, at, name.len);
}

uint32_t kb_person(kb_builder *b, str name, uint32_t line)
{
    str identifier = slug(b, name);
    uint32_t entity = map_get(b->entities, identifier);
    if (entity != NONE)
        return entity;
    str plain = without_year(name);
    kb_disk_entity d = {.identifier = kb_put(b, identifier), .name = kb_put(b, plain), .of = NONE, .line = line,
                        .class = CLASS_PERSON, .type = ENTITY_PER, .spell = NO_DATE};
    d.code = d.sector = d.role = kb_put(b, (str){"", 0});
    entity = kb_append(b, KB_ENTITIES, &d, sizeof d);
    map_add(b->entities, identifier, entity);
    kb_add_name(b, plain, entity, USE_NAME, true, NO_DATE);
    return entity;
}

/* ---- at the end: what may point forward ---- */

/* Where the host changed ("GBR [..1997-07-01]; CHN [1997-07-01..]") it is the one that holds to this day. */
static uint32_t host_of(kb_builder *b, const kb_field *f)
{
    str rest = f->rest;
    kb_item item, host = {0};
    while (kb_item_next(b, f->line, &rest, &item))
        if (!host.text.len || item.spell.to == NO_DAY)
            host = item;
    return kb_entity_wanted(b, f->line, host.text);
}

static void entity_settle(kb_builder *b, const kb_entry *e, kb_disk_entity *all)
{
    str rest = e->rest, identifier;
    kb_word_next(&rest, &identifier);
    uint32_t entity = map_get(b->entities, identifier);
    if (entity == NONE)
        return;
    const kb_field *of = kb_field_of(e, "of");
    const struct class *c = &classes[all[entity].class];
    if (of)
        all[entity].of = host_of(b, of);
    if (!all[entity].code.len)
        all[entity].code = kb_put(b, *c->code == '=' ? identifier : *c->code != '<' ? str_of(c->code) : str_of(of ? "" : c->alone));
}

/* A code that comes from the host, along the chain of hosts. */
static kb_pstr code_of_host(const kb_disk_entity *all, uint32_t entity)
{
    for (int steps = 0; steps < 8 && entity != NONE; steps++, entity = all[entity].of)
        if (all[entity].code.len)
            return all[entity].code;
    return (kb_pstr){0, 0};
}

/* What stands last in "Felipe VI" and "Ferdinand Marcos Jr." is no surname; "I" least of all. */
static bool can_be_surname(str word)
{
    uint32_t numeral = 0;
    while (numeral < word.len && strchr("IVX", word.at[numeral]))
        numeral++;
    return numeral < word.len && !str_is(word, "Jr.") && !str_is(word, "Sr.");
}

/* Powers whose people write the family name first. */
static bool family_first(str identifier)
{
    static const char *const list[] = {"CHN", "TWN", "HKG", "PRK", "KOR", "VNM", "KHM"};
    for (size_t i = 0; i < COUNT(list); i++)
        if (str_is(identifier, list[i]))
            return true;
    return false;
}

/* By entity: whether it held an office of such a power. */
static bool *persons_family_first(kb_builder *b)
{
    uint32_t entities = kb_count(b, KB_ENTITIES, sizeof(kb_disk_entity)), count = kb_count(b, KB_TENURES, sizeof(kb_disk_tenure));
    const kb_disk_tenure *tenures = (const void *)b->section[KB_TENURES].at;
    const kb_disk_entity *all = (const void *)b->section[KB_ENTITIES].at;
    bool *first = arena_take(b->arena, entities + 1u, sizeof *first);
    for (uint32_t i = 0; i < count; i++)
        if (family_first(stored(b, all[tenures[i].power].identifier)))
            first[tenures[i].person] = true;
    return first;
}

static bool is_particle(str word)
{
    static const char *const list[] = {"de", "del", "della", "di", "da", "dos", "do", "du", "le", "la", "von", "van", "der", "den", "bin", "ben",
                                       "ibn", "al", "el", "ould", "abu", "st.", "ter", "ten", "zu", "af"};
    for (size_t i = 0; i < COUNT(list); i++)
        if (str_equal_nocase(word, str_of(list[i])))
            return true;
    return false;
}

static str word_before(str name, uint32_t at)
{
    uint32_t end = at;
    while (end && name.at[end - 1] == ' ')
        end--;
    uint32_t start = end;
    while (start && name.at[start - 1] != ' ')
        start--;
    return str_part(name, start, end);
}

static void surname_add(kb_builder *b, str name, str surname, const kb_disk_name *n)
{
    if (surname.len > 1 && surname.len < name.len && can_be_surname(surname))
        kb_add_name(b, surname, n->entity, USE_SURNAME, false, n->spell);
}

/* "Obrador" and "López Obrador", "Leyen" and "von der Leyen", "el-Sisi" and "Sisi". */
static void surnames_of(kb_builder *b, str name, const kb_disk_name *n, bool first)
{
    str last = last_word(name), before = word_before(name, (uint32_t)(last.at - name.at));
    if (first && str_find(name, STR(" ")) != NONE)
        surname_add(b, name, str_part(name, 0, str_find(name, STR(" "))), n);
    surname_add(b, name, last, n);
    if (str_starts(last, "al-") || str_starts(last, "el-") || str_starts(last, "Al-") || str_starts(last, "El-"))
        surname_add(b, name, str_part(last, 3, last.len), n);
    uint32_t words = 1;
    for (uint32_t i = 0; i < name.len; i++)
        words += name.at[i] == ' ';
    str longer = last;
    while (before.len && is_particle(before)) {
        longer = (str){before.at, (uint32_t)(name.at + name.len - before.at)};
        before = word_before(name, (uint32_t)(before.at - name.at));
    }
    if (longer.at == last.at && words >= 3 && before.len > 2 && !first)
        longer = (str){before.at, (uint32_t)(name.at + name.len - before.at)};
    if (longer.at != last.at)
        surname_add(b, name, longer, n);
}

static void surnames_of_persons(kb_builder *b)
{
    uint32_t count = kb_count(b, KB_NAMES, sizeof(kb_disk_name));
    const bool *first = persons_family_first(b);
    for (uint32_t i = 0; i < count; i++) {
        kb_disk_name n = ((const kb_disk_name *)(void *)b->section[KB_NAMES].at)[i];
        const kb_disk_entity *e = &((const kb_disk_entity *)(void *)b->section[KB_ENTITIES].at)[n.entity];
        if (e->class == CLASS_PERSON && n.use == USE_NAME)
            surnames_of(b, arena_copy(b->arena, stored(b, n.text)), &n, first[n.entity]);
    }
}

static void slots_write(kb_builder *b, const kb_disk_entity *all, uint32_t count)
{
    uint32_t room = 16;
    while (room < 2 * count)
        room *= 2;
    uint32_t *slots = arena_take(b->arena, room, sizeof *slots);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = (uint32_t)str_hash(stored(b, all[i].identifier)) & (room - 1);
        while (slots[at])
            at = (at + 1) & (room - 1);
        slots[at] = i + 1;
    }
    buffer_add(&b->section[KB_ENTITY_SLOTS], slots, room * sizeof *slots);
}

void kb_finish_entities(kb_builder *b)
{
    uint32_t count = kb_count(b, KB_ENTITIES, sizeof(kb_disk_entity));
    kb_disk_entity *all = (void *)b->section[KB_ENTITIES].at;
    for (uint32_t i = 0; i < b->entries.count; i++) {
        const kb_entry *e = &b->entries.at[i];
        if (str_is(e->kind, "entity") && !e->replaced)
            entity_settle(b, e, all);
    }
    for (uint32_t i = 0; i < count; i++)
        if (!all[i].code.len)
            all[i].code = code_of_host(all, i);
    kb_spell_persons(b);
    surnames_of_persons(b);
    slots_write(b, all, count);
}
