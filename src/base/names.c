#include "base/base.h"

#define X(name) #name,
const char *const upos_names[UPOS_COUNT] = {UPOS_LIST(X)};
const char *const context_names[CONTEXT_COUNT] = {CONTEXT_LIST(X)};
#undef X
#define X(name, text) text,
const char *const xpos_names[XPOS_COUNT] = {XPOS_LIST(X)};
const char *const deprel_names[DEPREL_COUNT] = {DEPREL_LIST(X)};
const char *const kind_names[KIND_COUNT] = {KIND_LIST(X)};
const char *const dated_names[DATED_COUNT] = {DATED_LIST(X)};
const char *const input_names[INPUT_COUNT] = {INPUT_LIST(X)};
const char *const entity_names[ENTITY_COUNT] = {ENTITY_LIST(X)};
const char *const mention_names[MENTION_COUNT] = {MENTION_LIST(X)};
const char *const timex_names[TIMEX_COUNT] = {TIMEX_LIST(X)};
const char *const statement_names[STATEMENT_COUNT] = {STATEMENT_LIST(X)};
const char *const tie_names[TIE_COUNT] = {TIE_LIST(X)};
const char *const change_names[CHANGE_COUNT] = {CHANGE_LIST(X)};
const char *const side_names[SIDE_COUNT] = {SIDE_LIST(X)};
const char *const auxiliary_names[AUXILIARY_COUNT] = {AUXILIARY_LIST(X)};
#undef X
#define X(name, quad, score) #name,
const char *const event_names[EVENT_COUNT] = {EVENT_LIST(X)};
#undef X
#define X(name, quad, score) quad,
const uint8_t event_quads[EVENT_COUNT] = {EVENT_LIST(X)};
#undef X
#define X(name, quad, score) score,
const int8_t event_scores[EVENT_COUNT] = {EVENT_LIST(X)};
#undef X

uint32_t name_find(const char *const *names, uint32_t count, str name)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_is(name, names[i]))
            return i;
    return NONE;
}

bool sector_is_private(const char *sector)
{
    static const char *const sectors[] = {"CVL", "BUS", "MED", "EDU", "AGR", "CRM", "SET", "REF"};
    for (size_t i = 0; i < COUNT(sectors); i++)
        if (!strcmp(sector, sectors[i]))
            return true;
    return false;
}
