/* The formats: one list. */
#include "page/inside.h"

const format page_formats[INPUT_COUNT] = {
    [INPUT_HTML] = {" html htm xhtml shtml php asp aspx ", whole_next, html_read},
    [INPUT_SAVED] = {" txt ", whole_next, saved_read},
    [INPUT_TEXT] = {" text ", whole_next, text_read},
    [INPUT_WARC] = {" warc ", warc_next, warc_read},
    [INPUT_FEED] = {" rss atom rdf ", feed_next, feed_read},
    [INPUT_JSONL] = {" jsonl ndjson ", lines_next, jsonl_read},
    [INPUT_CONLLU] = {" conllu conllup ", sheets_next, NULL},
    [INPUT_RECORD] = {"", lines_next, NULL},
};

static bool name_ends(const char *path, const char *endings)
{
    size_t len = strlen(path);
    if (len > 3 && !strcmp(path + len - 3, ".gz"))
        len -= 3;
    size_t dot = len;
    while (dot && path[dot - 1] != '.' && path[dot - 1] != '/')
        dot--;
    char ending[12];
    if (!dot || path[dot - 1] == '/' || len - dot > 8)
        return false;
    uint32_t n = 0;
    ending[n++] = ' ';
    for (; dot < len; dot++)
        ending[n++] = path[dot] >= 'A' && path[dot] <= 'Z' ? (char)(path[dot] + 32) : path[dot];
    ending[n++] = ' ';
    ending[n] = 0;
    return strstr(endings, ending) != NULL;
}

static bool has(str head, const char *what)
{
    return str_find(str_part(head, 0, 2048), str_of(what)) != NONE;
}

static uint8_t guess_json(str head)
{
    if (has(head, "jsonfeed.org/version"))
        return INPUT_FEED;
    head = str_part(head, 0, 400);
    return has(head, "\"content\":") && has(head, "\"origin\":") ? INPUT_RECORD : INPUT_JSONL;
}

/* Runs of text without the bytes that only programs and pictures have. */
static bool is_readable(str head)
{
    if (head.len >= 2 && (!memcmp(head.at, "\xFF\xFE", 2) || !memcmp(head.at, "\xFE\xFF", 2)))
        return true;
    return !memchr(head.at, 0, head.len) && !str_starts(head, "%PDF") && !str_starts(head, "\x89PNG") && !str_starts(head, "\xFF\xD8");
}

uint8_t format_guess(const char *path, str head)
{
    if (str_starts(head, "\xEF\xBB\xBF"))
        head = str_part(head, 3, head.len);
    head = str_part(str_trim(head), 0, 4096);
    if (str_starts(head, "WARC/"))
        return INPUT_WARC;
    if (str_starts(head, "{") && !name_ends(path, page_formats[INPUT_SAVED].endings) && !name_ends(path, page_formats[INPUT_TEXT].endings))
        return guess_json(head);
    if (str_starts(head, "<") && (has(head, "<rss") || has(head, "<feed") || has(head, "<rdf:RDF")) && !has(head, "<html"))
        return INPUT_FEED;
    for (uint8_t i = 1; i < INPUT_COUNT; i++)
        if (name_ends(path, page_formats[i].endings))
            return i;
    if (str_starts(head, "<"))
        return INPUT_HTML;
    if (str_starts(head, "# newdoc") || str_starts(head, "# sent_id") || str_starts(head, "# global.columns"))
        return INPUT_CONLLU;
    return is_readable(head) ? INPUT_SAVED : INPUT_GUESS;
}
