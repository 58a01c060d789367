/* Words that furniture is made of, in the larger languages: facts about how pages are worded. */
#include "page/inside.h"

/* Headings of lists of other stories, in lower case. Longer ones before their beginnings. */
static const char *const list_headings[] = {
    "latest news", "latest stories", "latest articles", "latest headlines", "latest posts", "recent posts", "recent stories",
    "recent news", "recent articles", "related stories", "related articles", "related news", "related posts", "related topics",
    "related content", "related links", "more stories like this one", "more on this story", "more stories", "more news", "more from",
    "most read", "most popular", "most viewed", "most shared", "top stories", "top news", "trending now", "trending", "popular posts",
    "popular news", "recommended for you", "recommended", "read also", "read more", "see also", "you may also like",
    "you might also like", "editor's picks", "editors' picks", "don't miss", "other news", "news feed", "newsfeed", "breaking news",
    "aktuelle news", "neueste artikel", "neueste nachrichten", "neue meldungen", "meistgelesen", "mehr zum thema", "weitere news",
    "weitere meldungen", "weitere artikel", "das könnte sie auch interessieren", "das könnte dich auch interessieren", "lesen sie auch",
    "auch interessant", "newsticker", "à lire aussi", "lire aussi", "articles les plus lus", "les plus lus", "sur le même sujet",
    "dernières nouvelles", "dernières actualités", "lo más leído", "últimas noticias", "noticias relacionadas", "te puede interesar",
    "lea también", "leia também", "leia mais", "mais lidas", "últimas notícias", "notícias relacionadas", "ultime notizie",
    "leggi anche", "potrebbe interessarti", "articoli correlati", "lees ook", "você pode gostar", "veja também", "confira também", "you may like", "you might like", "more stories", "more in", "also read", "what to read next", "up next", "in other news", "artículos relacionados", "mehr aus", "ähnliche artikel", "weiterlesen", "auch lesenswert", "dans la même rubrique", "meest gelezen", "laatste nieuws", "läs också", "läs mer",
    "læs også", "les også", "lue myös", "luetuimmat", "czytaj także", "czytaj też", "zobacz też", "najnowsze", "přečtěte si také",
    "nejčtenější", "citește și", "olvasta már", "последние новости", "читайте также", "новости по теме", "по теме", "популярное",
    "лента новостей", "останні новини", "читайте також", "son dakika", "ilgili haberler", "çok okunanlar", "διαβάστε επίσης",
    "اقرأ أيضا", "آخر الأخبار", "最新新闻", "相关新闻", "最新ニュース", "関連記事", "관련기사",
};

/* Whole lines, in lower case. */
static const char *const furniture[] = {
    "advertisement", "advert", "ad", "sponsored", "sponsored content", "share", "share this", "share this article", "tweet", "print",
    "email", "comment", "comments", "leave a comment", "read more", "continue reading", "subscribe", "sign up", "sign in", "log in",
    "all rights reserved", "back to top", "top", "home", "search", "menu", "follow us", "newsletter", "loading...", "facebook", "twitter",
    "telegram", "whatsapp", "anzeige", "werbung", "teilen", "drucken", "kommentare", "publicité", "partager", "commentaires",
    "publicidad", "compartir", "comentarios", "publicidade", "compartilhar", "pubblicità", "condividi", "advertentie", "reklama",
    "udostępnij", "реклама", "поделиться", "комментарии", "skip to content", "skip to main content",
};

uint32_t phrase_list_heading(str line)
{
    char first = line.len ? line.at[0] : 0;
    first = first >= 'A' && first <= 'Z' ? (char)(first + 32) : first;
    for (uint32_t i = 0; i < COUNT(list_headings); i++) {
        str heading = {list_headings[i], 0};
        if (heading.at[0] != first)
            continue;
        heading.len = (uint32_t)strlen(heading.at);
        if (heading.len <= line.len && str_equal_nocase(str_part(line, 0, heading.len), heading))
            return heading.len;
    }
    return 0;
}

bool phrase_is_furniture(str line)
{
    line = str_trim(line);
    if (str_starts(line, "©") || str_starts(line, "Copyright") || str_starts(line, "(c) "))
        return true;
    char first = line.len ? (char)(line.at[0] >= 'A' && line.at[0] <= 'Z' ? line.at[0] + 32 : line.at[0]) : 0;
    if (line.len > 40)
        return false;
    for (uint32_t i = 0; i < COUNT(furniture); i++)
        if (furniture[i][0] == first && str_equal_nocase(line, str_of(furniture[i])))
            return true;
    return false;
}
