#include "text/en.h"

#include <stdlib.h>

/* Every list is sorted by byte. */
static const char *const abbreviations[] = {
    "adm", "al", "apr", "assn", "asst", "atty", "aug", "ave", "bgen", "blvd", "brig", "bros", "capt", "cf", "cmdr", "co", "col",
    "comdr", "corp", "cpl", "dec", "dept", "det", "dr", "etc", "exec", "feb", "fig", "fr", "fri", "ft", "gen", "gov", "hon",
    "inc", "insp", "jan", "jr", "jul", "jun", "lt", "ltd", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr",
    "mt", "nov", "oct", "oz", "ph", "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sep", "sept", "sgt",
    "sr", "st", "supt", "tel", "thu", "thur", "thurs", "tue", "tues", "univ", "vol", "vs", "wed"};
static const char *const titles[] = {
    "adm.", "brig.", "capt.", "cmdr.", "col.", "cpl.", "det.", "dr.", "fr.", "gen.", "gov.", "hon.", "insp.", "lt.", "maj.",
    "messrs.", "mme.", "mr.", "mrs.", "ms.", "msgr.", "mt.", "pres.", "prof.", "rep.", "reps.", "rev.", "sen.", "sens.",
    "sgt.", "st.", "supt.", "vs."};
static const char *const number_signs[] = {"art", "no", "nos", "p", "para", "pp", "sec"};
static const char *const clitics[] = {"d", "ll", "m", "re", "s", "ve"};
static const char *const prefixes[] = {
    "anti", "arch", "co", "counter", "cross", "cyber", "e", "ex", "extra", "inter", "intra", "macro", "mega", "meta", "micro", "mid", "mini",
    "multi", "neo", "non", "over", "pan", "para", "post", "pre", "pro", "pseudo", "psycho", "quasi", "re", "semi", "socio",
    "sub", "super", "supra", "trans", "u", "ultra", "uh", "un", "under", "vice"};
static const char *const clipped[] = {"em", "n", "round", "til", "till", "tis", "twas"};
static const char *const units[] = {"am", "bn", "cm", "ft", "ghz", "hz", "k", "kg", "km", "kph", "lb", "lbs", "m", "mb", "mg", "mhz",
                                    "mi", "ml", "mm", "mph", "pm", "tn"};
static const char *const domains[] = {"au", "biz", "ca", "cn", "com", "de", "edu", "eu", "fr", "gov", "info", "int", "io",
                                      "mil", "net", "org", "ru", "ua", "uk"};

/* Word, then the places where it comes apart. */
typedef struct contraction {
    const char *word;
    uint8_t cuts[2];
} contraction;
static const contraction contractions[] = {
    {"arent", {3}}, {"cannot", {3}}, {"cant", {2}}, {"couldnt", {5}}, {"didnt", {3}}, {"doesnt", {4}}, {"dont", {2}},
    {"dunno", {2, 3}}, {"gimme", {3}}, {"gonna", {3}}, {"gotta", {3}}, {"hasnt", {3}}, {"havent", {4}}, {"im", {1}},
    {"isnt", {2}}, {"ive", {1}}, {"lemme", {3}}, {"shouldnt", {6}}, {"thats", {4}}, {"wanna", {3}},
    {"wasnt", {3}}, {"werent", {4}}, {"wont", {2}}, {"wouldnt", {5}}};

static const char *const emoticons[] = {":-)", ":-(", ";-)", ":-D", ":-P", ":)", ":(", ";)", "=)", "=(", "(:", ":D", ":P"};

static int order(const void *key, const void *entry)
{
    return str_compare(*(const str *)key, str_of(*(const char *const *)entry));
}

static bool listed(const char *const *words, size_t count, str word)
{
    return bsearch(&word, words, count, sizeof *words, order) != NULL;
}

bool en_is_abbreviation(str word)
{
    return word.len < 7 && listed(abbreviations, COUNT(abbreviations), word);
}

bool en_is_title(str word)
{
    return word.len < 8 && listed(titles, COUNT(titles), word);
}

bool en_is_number_sign(str word)
{
    return listed(number_signs, COUNT(number_signs), word);
}

bool en_is_clitic(str after)
{
    return listed(clitics, COUNT(clitics), after);
}

bool en_is_prefix(str word)
{
    return listed(prefixes, COUNT(prefixes), word);
}

bool en_is_clipped(str word)
{
    return listed(clipped, COUNT(clipped), word);
}

bool en_is_unit(str word)
{
    return listed(units, COUNT(units), word);
}

bool en_is_domain(str word)
{
    return listed(domains, COUNT(domains), word);
}

bool en_contraction(str word, uint8_t ret_cuts[2])
{
    if (word.len < 2 || !strchr("acdghilstw", word.at[0]))
        return false;
    for (size_t i = 0; i < COUNT(contractions); i++)
        if (str_is(word, contractions[i].word)) {
            memcpy(ret_cuts, contractions[i].cuts, 2);
            return true;
        }
    return false;
}

uint32_t en_emoticon(str s)
{
    for (size_t i = 0; i < COUNT(emoticons); i++) {
        uint32_t len = (uint32_t)strlen(emoticons[i]);
        bool ends = s.len == len || (s.len > len && strchr(".,!?", s.at[len]));
        if (s.len >= len && ends && !memcmp(s.at, emoticons[i], len))
            return len;
    }
    return 0;
}
