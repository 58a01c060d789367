/* The language of a text: by its script, then by its commonest small words. */
#include "page/inside.h"

/* A dozen or two of the commonest words that few neighbours share. */
static const struct language {
    const char *code, *words;
} languages[] = {
    {"en", " the of and to in is that for it was with as on be by at he his from are this have an which but not they had were or has who will would said its their been after "},
    {"de", " der die und das den von mit ist des sich auf für nicht dem ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über "},
    {"fr", " le la les des et est une du que dans qui pour pas sur au par plus ce avec il sont ne se aux cette ses nous vous mais ont été elle son "},
    {"es", " el la los las que de en y del se por un una con no es para su al lo como más pero sus le ha este sí sobre fue esta entre cuando "},
    {"pt", " o a os as que de do da em um uma para com não por dos na no se mais das ao como foi são mas pelo pela seu sua ele ela também já "},
    {"it", " il di che la e un è per una in sono con non del della da si le dei al gli nel come alla più ha anche ma i lo delle questo "},
    {"nl", " de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij uit naar hij wordt heeft werd door over nog "},
    {"sv", " och att det som en på är av för med den till inte har de ett om var jag men från så kan vi han när hade ska också efter "},
    {"da", " og at det som en på er af for med den til ikke har de et om var jeg men fra så kan vi han når havde skal også efter blev "},
    {"no", " og at det som en på er av for med den til ikke har de et om var jeg men fra så kan vi han når hadde skal også etter ble "},
    {"fi", " ja on ei se että oli hän ovat myös mutta kun joka kuin tai ole sen niin vain jo mukaan sekä ollut hänen ettei jos voi "},
    {"et", " ja on ei see et oli ka kui mis ta oma aga ning kes või seda nii siis juba veel pole selle mida eesti "},
    {"pl", " i w z na do nie się że jest to o jak po za od co przez dla są był ale jego które który już czy było tym oraz tego "},
    {"cs", " a v se na je že o s z do i to jako za pro by jsem ale když po které který podle jeho také už jsou byl aby není více "},
    {"sk", " a v sa na je že o s z do i to ako za pre by som ale keď po ktoré ktorý podľa jeho tiež už sú bol aby nie viac "},
    {"hu", " a az és hogy nem is egy van meg volt ez de csak azt már mint el lesz még aki után kell ki ami szerint be vagy "},
    {"ro", " de la și în a cu că nu o pe din care mai este un se au pentru sunt fost s-a al ale această după prin dar fi lui "},
    {"hr", " je i u na da se su za od koji što s ne kao to iz a nije će koja ali bio o samo po sve bi ili kako do "},
    {"sl", " je in v na da se so za ki pa z ne tudi po od bi kot je bil ali iz še pri o kako do lahko bo ni sta "},
    {"sq", " të e në i dhe për me një që nga është se më ka nuk do u si janë ky kjo por ishte "},
    {"lt", " ir yra į kad su iš bet tai ne kaip ar buvo jo už apie po dėl jau nuo taip "},
    {"lv", " un ir ka no par ar uz kas bet tas lai arī gan vai pēc kā tika bija nav gada "},
    {"tr", " ve bir bu da de için ile çok ne olarak o daha olan gibi en ise kadar sonra var ama değil oldu dedi "},
    {"az", " və bir bu da də üçün ilə çox olan ki o daha kimi ən görə sonra isə edib olub "},
    {"id", " yang dan di ini itu dengan untuk dari dalam tidak akan pada juga ke karena ada mereka oleh telah saya sudah bisa kata "},
    {"vi", " và của là có không cho được trong một người với các những này đã để khi từ "},
    {"is", " og að í á er sem til en við um það af var fyrir ekki með hann hafa eru "},
    {"ca", " el la els les de que i en del per un una amb no és al com més però s'ha ha aquest seva seu també són "},
    {"ru", " и в на не что с по как это он из за к о от для его но у был все так быть также же они после при "},
    {"uk", " і в на не що з за та до у як це від він для про його але є були під щодо також які після має "},
    {"be", " і ў на не што з за да як гэта ад ён для пра яго але быў якія таксама пасля каб "},
    {"bg", " на и в да се за от не са че с по това е като но той си до ще при беше след или които "},
    {"sr", " је и у на да се су за од који што са не као то из а није ће која али био о само по "},
    {"mk", " на и во да се за од не со дека е што го ќе но тој со по како беше или "},
    {"kk", " және бір бұл да де үшін мен деп болды жылы туралы бар қазақстан "},
};

/* Scripts that one language of the press uses, or one by far more than others. */
static const struct script {
    uint32_t first, last;
    const char *code;
} scripts[] = {
    {0x0370, 0x03FF, "el"}, {0x0400, 0x052F, "cyr"}, {0x0530, 0x058F, "hy"}, {0x0590, 0x05FF, "he"}, {0x0600, 0x06FF, "ar"},
    {0x0900, 0x097F, "hi"}, {0x0980, 0x09FF, "bn"}, {0x0A00, 0x0A7F, "pa"},  {0x0A80, 0x0AFF, "gu"}, {0x0B80, 0x0BFF, "ta"},
    {0x0C00, 0x0C7F, "te"}, {0x0D00, 0x0D7F, "ml"}, {0x0D80, 0x0DFF, "si"},  {0x0E00, 0x0E7F, "th"}, {0x1000, 0x109F, "my"},
    {0x10A0, 0x10FF, "ka"}, {0x1200, 0x137F, "am"}, {0x1780, 0x17FF, "km"},  {0x3040, 0x30FF, "ja"}, {0x4E00, 0x9FFF, "zh"},
    {0xAC00, 0xD7AF, "ko"},
};

enum { LOOK_AT = 4000 };

typedef struct census {
    uint32_t latin, other, by_script[COUNT(scripts)], persian, urdu, accents;
} census;

static census count_letters(str text)
{
    census c = {0};
    const char *p = text.at, *end = p + text.len;
    while (p < end) {
        uint32_t u = utf8_next(&p, end);
        if ((u | 32) - 'a' < 26u) {
            c.latin++;
            continue;
        }
        if (u < 0xC0)
            continue;
        if (u < 0x250) {
            c.latin++;
            c.accents++;
            continue;
        }
        c.persian += u == 0x06CC || u == 0x06A9 || u == 0x067E || u == 0x0686;
        c.urdu += u == 0x06D2 || u == 0x0679 || u == 0x06BA || u == 0x06BE;
        for (uint32_t i = 0; i < COUNT(scripts); i++)
            if (u >= scripts[i].first && u <= scripts[i].last) {
                c.by_script[i]++;
                c.other++;
                break;
            }
    }
    return c;
}

static uint32_t script_hits(const census *c, const char *code)
{
    for (uint32_t i = 0; i < COUNT(scripts); i++)
        if (!strcmp(scripts[i].code, code))
            return c->by_script[i];
    return 0;
}

static const char *by_script(const census *c)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < COUNT(scripts); i++)
        if (c->by_script[i] > c->by_script[best])
            best = i;
    const char *code = scripts[best].code;
    if (!strcmp(code, "ar"))
        return c->urdu * 20 > c->by_script[best] ? "ur" : c->persian * 25 > c->by_script[best] ? "fa" : "ar";
    if (!strcmp(code, "zh") && script_hits(c, "ja") * 10 > c->by_script[best])
        return "ja";
    return code;
}

static bool is_cyrillic(const struct language *l)
{
    return (uint8_t)l->words[1] >= 0xD0 && (uint8_t)l->words[1] <= 0xD3;
}

/* The bytes that words of a language begin with, and the length of the longest: most words of a text are ruled out so. */
typedef struct shape {
    uint64_t firsts[4];
    uint32_t longest;
} shape;

static void shape_of(const struct language *l, shape *ret)
{
    uint32_t len = 0;
    for (const uint8_t *p = (const uint8_t *)l->words; *p; p++) {
        if (*p != ' ' && p[-1] == ' ')
            ret->firsts[*p / 64] |= 1ull << *p % 64;
        len = *p == ' ' ? 0 : len + 1;
        ret->longest = MAX(ret->longest, len);
    }
}

/* How often each language's small words occur. */
static uint32_t count_words(str lower, bool cyrillic, uint32_t hits[COUNT(languages)])
{
    uint32_t words = 0;
    char word[24] = " ";
    shape shapes[COUNT(languages)] = {0};
    for (uint32_t k = 0; k < COUNT(languages); k++)
        if (is_cyrillic(&languages[k]) == cyrillic)
            shape_of(&languages[k], &shapes[k]);
    for (uint32_t i = 0; i < lower.len;) {
        uint32_t start = i;
        while (i < lower.len && (is_ascii_letter(lower.at[i]) || (uint8_t)lower.at[i] >= 0x80 || lower.at[i] == '\''))
            i++;
        uint32_t len = i - start;
        i += i < lower.len && !len;
        if (!len || len > sizeof word - 4)
            continue;
        words++;
        memcpy(word + 1, lower.at + start, len);
        memcpy(word + 1 + len, " ", 2);
        uint8_t first = (uint8_t)word[1];
        for (uint32_t k = 0; k < COUNT(languages); k++)
            if (len <= shapes[k].longest && shapes[k].firsts[first / 64] >> first % 64 & 1)
                hits[k] += strstr(languages[k].words, word) != NULL;
    }
    return words;
}

static str known_hint(str hint)
{
    if (hint.len < 2 || (hint.len > 2 && hint.at[2] != '-' && hint.at[2] != '_'))
        return (str){0};
    return str_part(hint, 0, 2);
}

static str judge(str hint, const uint32_t *hits, uint32_t words, bool cyrillic, const census *c)
{
    uint32_t best = NONE, hinted = NONE;
    for (uint32_t k = 0; k < COUNT(languages); k++) {
        if (is_cyrillic(&languages[k]) != cyrillic)
            continue;
        if (best == NONE || hits[k] > hits[best])
            best = k;
        if (str_is(hint, languages[k].code))
            hinted = k;
    }
    bool clear = hits[best] >= 3 && hits[best] * 8 >= words;
    if (hinted != NONE && (!clear || hits[hinted] * 4 >= hits[best] * 3))
        return hint;
    if (hint.len && !clear)
        return hint;
    /* Headlines have few small words, and foreign names bring foreign ones in: Latin letters without accents are most
     * likely English. */
    if (!cyrillic && c->accents * 50 <= c->latin && hits[best] < hits[0] + 3)
        return str_of("en");
    if (hits[best] && hits[best] * 12 >= words)
        return str_of(languages[best].code);
    return cyrillic ? str_of("ru") : (str){0};
}

static bool has_word(const struct language *l, str word)
{
    char key[12] = " ";
    memcpy(key + 1, word.at, word.len);
    key[word.len + 1] = ' ';
    return strstr(l->words, key) != NULL;
}

/* Is every fourth word one of the commonest of the language that is hinted at? Then nothing else need be asked. */
static bool bears_out(const struct language *l, str lower)
{
    uint32_t words = 0, hits = 0;
    str rest = str_part(lower, 0, 1200), word;
    while (str_next(&rest, ' ', &word)) {
        words++;
        hits += word.len && word.len < 8 && has_word(l, word);
    }
    return words >= 40 && hits * 4 >= words;
}

str language_of(str text, str hint)
{
    char low[LOOK_AT + 8];
    if (!text.at)
        return known_hint(hint);
    hint = known_hint(hint);
    text.len = MIN(text.len, (uint32_t)LOOK_AT);
    census c = count_letters(text);
    if (c.latin + c.other < 3)
        return hint;
    bool cyrillic = false;
    if (c.other > c.latin) {
        const char *code = by_script(&c);
        cyrillic = !strcmp(code, "cyr");
        if (!cyrillic)
            return str_of(code);
    }
    uint32_t hits[COUNT(languages)] = {0};
    for (uint32_t i = 0; i < text.len; i++)
        low[i] = text.at[i] >= 'A' && text.at[i] <= 'Z' ? (char)(text.at[i] + 32) : text.at[i];
    str likely = hint.len ? hint : STR("en");
    for (uint32_t k = 0; k < COUNT(languages); k++)
        if (str_is(likely, languages[k].code) && is_cyrillic(&languages[k]) == cyrillic && bears_out(&languages[k], (str){low, text.len}))
            return likely;
    uint32_t words = count_words((str){low, text.len}, cyrillic, hits);
    return judge(hint, hits, words, cyrillic, &c);
}
