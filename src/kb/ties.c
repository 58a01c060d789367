/* Treaties, and what they make of every pair of their parties: one bond for each spell of one status.
 *
 * The lexicon tells parties, spells and notices; who owes whom what on which day is worked out here, once, when the
 * knowledge is built, so that a question is a search in a sorted table. */
#include <stdlib.h>

#include "kb/build.h"

const char *const kb_owes_names[OWES_COUNT] = {"defense", "offense", "neutrality", "nonaggression", "consultation"};
const char *const kb_status_names[TIE_STATUS_COUNT] = {"in force", "provisional", "disputed", "frozen",
                                                       "denounced", "suspended", "signed", "expired"};
static const char *const kinds[] = {"alliance", "friendship", "nonaggression", "neutrality", "basing", "consultation", "membership"};

typedef struct party {
    uint32_t power, line;
    date spell;
    str note;
    bool doubtful;
} party;

/* A spell of another status, or (status EXCEPT) one in which a pair owes each other nothing. */
enum { EXCEPT = TIE_STATUS_COUNT };
typedef struct change {
    kb_subject who;
    date spell;
    int status;
    str note;
    uint32_t line;
} change;

typedef struct treaty {
    kb_builder *b;
    const kb_entry *entry;
    kb_disk_tie disk;
    uint32_t number;
    VEC(party) parties;
    VEC(change) changes;
    VEC(kb_subject) pairs; /* of `between`; none: every pair */
} treaty;

/* ---- reading the fields ---- */

static void owes_read(treaty *t, const kb_field *f, str *article)
{
    str rest = f->rest, before = rest, word;
    int any = 0;
    while (kb_word_next(&rest, &word)) {
        int owes = kb_number_of(word, kb_owes_names, OWES_COUNT);
        if (owes < 0)
            break;
        t->disk.owes |= 1u << owes;
        any++;
        before = rest;
    }
    if (!any || !before.len)
        kb_fault(t->b, f->line, any ? "the article that says so is wanted" : "'%.*s' is no obligation", (int)word.len, word.at);
    *article = article->len ? arena_format(t->b->arena, "%.*s; %.*s", (int)article->len, article->at, (int)before.len, before.at)
                            : before;
}

static void parties_read(treaty *t, const kb_field *f)
{
    kb_span s;
    if (!kb_span_read(t->b, t->entry, f, 2, &s))
        return;
    if (s.words.len)
        kb_fault(t->b, f->line, "'%.*s' before the dates", (int)s.words.len, s.words.at);
    for (uint32_t i = 0; i < s.who.count; i++) {
        if (s.who.at[i].a == NONE || s.who.at[i].b != NONE)
            kb_fault(t->b, f->line, "a party is one power");
        else
            *vec_push(t->b->arena, &t->parties) = (party){s.who.at[i].a, f->line, s.spell, s.note, s.doubtful};
    }
}

/* Takes the status off the front of a note: the names may be of two words. */
static int status_read(str *note)
{
    for (int i = 0; i < TIE_STATUS_COUNT; i++) {
        uint32_t len = (uint32_t)strlen(kb_status_names[i]);
        if (!str_starts(*note, kb_status_names[i]) || (note->len > len && note->at[len] != ' '))
            continue;
        *note = str_trim(str_part(*note, len, note->len));
        return i;
    }
    return -1;
}

static void changes_add(treaty *t, const kb_span *s, int status)
{
    for (uint32_t i = 0; i < s->who.count; i++)
        *vec_push(t->b->arena, &t->changes) = (change){s->who.at[i], s->spell, status, s->note, s->line};
}

static void spell_read(treaty *t, const kb_field *f)
{
    kb_span s;
    if (!kb_span_read(t->b, t->entry, f, 2, &s))
        return;
    int status = status_read(&s.note);
    if (status < 0)
        kb_fault(t->b, f->line, "'%.*s' does not begin with a status", (int)s.note.len, s.note.at);
    else if (!s.doubtful)
        changes_add(t, &s, status);
}

/* Notice given: denounced from that day to the party's exit, which the `party` line tells. */
static void notice_read(treaty *t, const kb_field *f)
{
    kb_span s;
    if (kb_span_read(t->b, t->entry, f, 1, &s) && !s.doubtful)
        changes_add(t, &s, TIE_DENOUNCED);
}

/* "A B" as a pair; what follows it stays in `*rest`. */
static bool pair_read(treaty *t, const kb_field *f, str *rest, kb_subject *ret)
{
    str a, b;
    if (!kb_word_next(rest, &a) || !kb_word_next(rest, &b)) {
        kb_fault(t->b, f->line, "two powers are wanted");
        return false;
    }
    *ret = (kb_subject){kb_entity_wanted(t->b, f->line, a), kb_entity_wanted(t->b, f->line, b)};
    return ret->a != NONE && ret->b != NONE;
}

static void except_read(treaty *t, const kb_field *f)
{
    str rest = f->rest, from = {0}, to = {0};
    change c = {.spell = NO_DATE, .status = EXCEPT, .line = f->line};
    if (!pair_read(t, f, &rest, &c.who))
        return;
    kb_word_next(&rest, &from);
    kb_word_next(&rest, &to);
    c.note = rest;
    if (kb_day_read(t->b, f->line, from, &c.spell.from) && kb_day_read(t->b, f->line, to, &c.spell.to))
        *vec_push(t->b->arena, &t->changes) = c;
}

static void field_read(treaty *t, const kb_field *f, str *article)
{
    str rest = f->rest;
    kb_subject pair;
    if (str_is(f->key, "signed"))
        kb_day_read(t->b, f->line, rest, &t->disk.signed_on);
    else if (str_is(f->key, "force"))
        kb_day_read(t->b, f->line, rest, &t->disk.force);
    else if (str_is(f->key, "owes"))
        owes_read(t, f, article);
    else if (str_is(f->key, "party"))
        parties_read(t, f);
    else if (str_is(f->key, "spell"))
        spell_read(t, f);
    else if (str_is(f->key, "notice"))
        notice_read(t, f);
    else if (str_is(f->key, "except"))
        except_read(t, f);
    else if (str_is(f->key, "between") && pair_read(t, f, &rest, &pair))
        *vec_push(t->b->arena, &t->pairs) = pair;
    else if (!str_is(f->key, "name") && !str_is(f->key, "cite") && !str_is(f->key, "between"))
        kb_fault(t->b, f->line, "a tie has no field '%.*s'", (int)f->key.len, f->key.at);
}

/* ---- what cannot be ---- */

/* Does a party of this power meet the spell? */
static bool is_party(const treaty *t, uint32_t power, date spell)
{
    for (uint32_t i = 0; i < t->parties.count; i++)
        if (t->parties.at[i].power == power && kb_spells_meet(t->parties.at[i].spell, spell))
            return true;
    return false;
}

/* A notice runs to the exit of the spell in which it was given; who comes back later has given none. */
static void notices_close(treaty *t)
{
    for (uint32_t i = 0; i < t->changes.count; i++) {
        change *c = &t->changes.at[i];
        for (uint32_t j = 0; c->who.a != NONE && c->spell.to == NO_DAY && c->status == TIE_DENOUNCED && j < t->parties.count; j++)
            if (t->parties.at[j].power == c->who.a && kb_holds(t->parties.at[j].spell, c->spell.from))
                c->spell.to = t->parties.at[j].spell.to;
    }
}

static void parties_check(treaty *t)
{
    uint32_t bound = 0;
    for (uint32_t i = 0; i < t->parties.count; i++) {
        const party *p = &t->parties.at[i];
        bound += !i || p->power != t->parties.at[0].power;
        if (t->disk.signed_on != NO_DAY && p->spell.from < t->disk.signed_on)
            kb_fault(t->b, p->line, "a party before the treaty was signed");
        for (uint32_t j = 0; j < i; j++)
            if (t->parties.at[j].power == p->power && kb_spells_meet(t->parties.at[j].spell, p->spell))
                kb_fault(t->b, p->line, "a party whose spells overlap");
    }
    if (bound < 2)
        kb_fault(t->b, t->entry->line, "a tie binds at least two powers");
}

static bool same_subject(kb_subject x, kb_subject y)
{
    return (x.a == y.a && x.b == y.b) || (x.b != NONE && x.a == y.b && x.b == y.a);
}

static void changes_check(treaty *t)
{
    for (uint32_t i = 0; i < t->changes.count; i++) {
        const change *c = &t->changes.at[i];
        if ((c->who.a != NONE && !is_party(t, c->who.a, c->spell)) || (c->who.b != NONE && !is_party(t, c->who.b, c->spell)))
            kb_fault(t->b, c->line, "a power that is no party in that spell");
        for (uint32_t j = 0; j < i; j++) {
            const change *d = &t->changes.at[j];
            if (c->status == d->status && same_subject(c->who, d->who) && kb_spells_meet(c->spell, d->spell))
                kb_fault(t->b, c->line, "a spell that overlaps another of the same power");
        }
    }
    for (uint32_t i = 0; i < t->pairs.count; i++)
        if (!is_party(t, t->pairs.at[i].a, NO_DATE) || !is_party(t, t->pairs.at[i].b, NO_DATE))
            kb_fault(t->b, t->entry->line, "'between' names a power that is no party");
}

static void treaty_check(treaty *t)
{
    if (!t->disk.name.len)
        kb_fault(t->b, t->entry->line, "a tie has a name");
    if (t->disk.signed_on != NO_DAY && t->disk.force != NO_DAY && t->disk.force < t->disk.signed_on)
        kb_fault(t->b, t->entry->line, "in force before it was signed");
    parties_check(t);
    changes_check(t);
}

/* ---- pairs ---- */

static bool is_bound(const treaty *t, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < t->pairs.count; i++)
        if (same_subject(t->pairs.at[i], (kb_subject){a, b}))
            return true;
    return !t->pairs.count;
}

static bool concerns(const change *c, uint32_t a, uint32_t b)
{
    if (c->who.b != NONE)
        return same_subject(c->who, (kb_subject){a, b});
    return c->who.a == NONE || c->who.a == a || c->who.a == b;
}

/* The status of a pair on a day, and the change that makes it so (NULL: none). */
static int status_on(const treaty *t, const party *p, const party *q, day on, const change **ret)
{
    int status = TIE_IN_FORCE;
    *ret = NULL;
    for (uint32_t i = 0; i < t->changes.count; i++) {
        const change *c = &t->changes.at[i];
        if (concerns(c, p->power, q->power) && kb_holds(c->spell, on) && c->status > status) {
            status = c->status;
            *ret = c;
        }
    }
    return status;
}

/* The next day after `on` on which anything about the pair may change, or NO_DAY. */
static day next_change(const treaty *t, const party *p, const party *q, day on)
{
    day next = NO_DAY;
    for (uint32_t i = 0; i < t->changes.count; i++) {
        const change *c = &t->changes.at[i];
        if (!concerns(c, p->power, q->power))
            continue;
        if (c->spell.from != NO_DAY && c->spell.from > on && (next == NO_DAY || c->spell.from < next))
            next = c->spell.from;
        if (c->spell.to != NO_DAY && c->spell.to > on && (next == NO_DAY || c->spell.to < next))
            next = c->spell.to;
    }
    return next;
}

static kb_disk_bond bond_of(const treaty *t, const party *p, const party *q)
{
    const kb_disk_entity *all = (const void *)t->b->section[KB_ENTITIES].at;
    const char *strings = t->b->section[KB_STRINGS].at;
    kb_pstr a = all[p->power].identifier, b = all[q->power].identifier;
    bool turned = str_compare((str){strings + a.at, a.len}, (str){strings + b.at, b.len}) > 0;
    return (kb_disk_bond){.a = turned ? q->power : p->power, .b = turned ? p->power : q->power,
                          .tie = t->number, .doubtful = p->doubtful || q->doubtful};
}

static void bond_add(treaty *t, kb_disk_bond bond, const party *later, const change *c, int status, date spell)
{
    bond.status = (uint8_t)status;
    bond.spell = spell;
    bond.line = c ? c->line : later->line;
    bond.note = kb_put(t->b, c ? c->note : later->note);
    kb_append(t->b, KB_BONDS, &bond, sizeof bond);
}

/* Between signature and force, for those whom the treaty bound from its first day. */
static void signed_add(treaty *t, kb_disk_bond bond, const party *p, day from)
{
    if (t->disk.signed_on == NO_DAY || from != t->disk.force || t->disk.signed_on >= from)
        return;
    bond.since = t->disk.signed_on;
    bond_add(t, bond, p, NULL, TIE_SIGNED, (date){t->disk.signed_on, from});
}

/* One bond for every run of days of the same status. */
static void pair_expand(treaty *t, const party *p, const party *q)
{
    date both = {MAX(p->spell.from, q->spell.from), p->spell.to};
    if (both.to == NO_DAY || (q->spell.to != NO_DAY && q->spell.to < both.to))
        both.to = q->spell.to;
    const party *later = q->spell.from > p->spell.from ? q : p;
    kb_disk_bond bond = bond_of(t, p, q);
    signed_add(t, bond, later, both.from);
    bond.since = both.from;
    for (day on = both.from, end; on != NO_DAY && (both.to == NO_DAY || on < both.to); on = end) {
        const change *c, *further;
        int status = status_on(t, p, q, on, &c);
        end = next_change(t, p, q, on);
        while (end != NO_DAY && status_on(t, p, q, end, &further) == status && further == c)
            end = next_change(t, p, q, end);
        if (both.to != NO_DAY && (end == NO_DAY || end > both.to))
            end = both.to;
        if (status != EXCEPT)
            bond_add(t, bond, later, c, status, (date){on, end});
        else
            bond.since = end;
    }
}

static void treaty_expand(treaty *t)
{
    for (uint32_t i = 0; i < t->parties.count; i++)
        for (uint32_t j = i + 1; j < t->parties.count; j++) {
            const party *p = &t->parties.at[i], *q = &t->parties.at[j];
            if (p->power != q->power && is_bound(t, p->power, q->power) && kb_spells_meet(p->spell, q->spell))
                pair_expand(t, p, q);
        }
}

void kb_compile_tie(kb_builder *b, const kb_entry *e)
{
    str rest = e->rest, identifier, kind = {0}, article = {0};
    kb_word_next(&rest, &identifier);
    if (!kb_word_next(&rest, &kind) || kb_number_of(kind, kinds, COUNT(kinds)) < 0) {
        kb_fault(b, e->line, "'%.*s' is no kind of tie", (int)kind.len, kind.at);
        return;
    }
    const kb_field *name = kb_field_of(e, "name");
    treaty t = {.b = b, .entry = e, .number = kb_count(b, KB_TIES, sizeof(kb_disk_tie))};
    t.disk = (kb_disk_tie){.identifier = kb_put(b, identifier), .kind = kb_put(b, kind), .line = e->line, .signed_on = NO_DAY,
                           .force = NO_DAY, .known_until = e->known_until, .citation = kb_put(b, kb_cited(b, e)),
                           .name = name ? kb_put(b, name->rest) : (kb_pstr){0, 0}};
    for (uint32_t i = 0; i < e->fields.count; i++)
        field_read(&t, &e->fields.at[i], &article);
    notices_close(&t);
    t.disk.article = kb_put(b, article);
    treaty_check(&t);
    kb_append(b, KB_TIES, &t.disk, sizeof t.disk);
    treaty_expand(&t);
}

static int compare_bonds(const void *x, const void *y)
{
    const kb_disk_bond *p = x, *q = y;
    if (p->a != q->a)
        return p->a < q->a ? -1 : 1;
    if (p->b != q->b)
        return p->b < q->b ? -1 : 1;
    if (p->tie != q->tie)
        return p->tie < q->tie ? -1 : 1;
    if (p->spell.from != q->spell.from)
        return p->spell.from < q->spell.from ? -1 : 1;
    return p->line < q->line ? -1 : p->line > q->line;
}

void kb_finish_ties(kb_builder *b)
{
    uint32_t count = kb_count(b, KB_BONDS, sizeof(kb_disk_bond));
    if (count)
        qsort(b->section[KB_BONDS].at, count, sizeof(kb_disk_bond), compare_bonds);
}
