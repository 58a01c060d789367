/* The one table of options and verbs. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

const option_row option_rows[OPTIONS] = {
    [OPT_INPUT] = {"input", "KIND", 'i', "what the input is: html saved text warc feed jsonl conllu record (default: told from name and bytes)"},
    [OPT_FORMAT] = {"format", "KIND", 'f', "what to print (default: for people on a terminal, jsonl or csv else)"},
    [OPT_STOP] = {"stop-after", "STAGE", 0, "leave the layers after this stage empty: page text lang mention statement event claim"},
    [OPT_PARSE] = {"parse", "MODE", 0, "fast or best trees (default: fast, and best for conllu)"},
    [OPT_JOBS] = {"jobs", "N", 'j', "documents coded at the same time (default: 1); the output is the same whatever N"},
    [OPT_HEADLINES] = {"headlines", NULL, 0, "headlines become records too: title, deck, and the items of the page's lists"},
    [OPT_TOKENS] = {"tokens", NULL, 0, "print the tokens as well"},
    [OPT_ALL] = {"all", NULL, 'a', "code: events that are not asserted, too; stand: all pairs of powers"},
    [OPT_DATE] = {"date", "DATE", 0, "the day the documents were published, where they do not say"},
    [OPT_URL] = {"url", "URL", 0, "the address of the page"},
    [OPT_LEDGER] = {"ledger", "FILE", 'l', "the ledger (default: what $ENTENTE_LEDGER names, or ledger.db in the folder entente of your XDG data)"},
    [OPT_ON] = {"on", "DATE", 0, "the day that is asked for (default: the last day in the ledger)"},
    [OPT_WINDOW] = {"window", "DAYS", 0, "how many days before that day count for conduct (default: 365d)"},
    [OPT_ACTOR] = {"actor", "POWER", 0, "only what this power did or said"},
    [OPT_RECIPIENT] = {"recipient", "POWER", 0, "only what was done to this power"},
    [OPT_TYPE] = {"type", "TYPE", 0, "only events of this PLOVER type"},
    [OPT_FROM] = {"from", "DATE", 0, "only from this day on"},
    [OPT_TO] = {"to", "DATE", 0, "only up to this day"},
    [OPT_SINCE] = {"since", "DATE", 0, "with --all: the day from which on conduct is held against the window before it"},
    [OPT_BY] = {"by", "WHAT", 0, "stand: a series by month or year; find: how many by type, actor, recipient, outlet, month or year"},
    [OPT_LIMIT] = {"limit", "N", 'n', "at most so many rows (default: 20)"},
    [OPT_UNIT] = {"unit", "UNIT", 0, "event, story, statement, claim, tie, coverage, correction, dyad-month or dyad-year (default: event)"},
    [OPT_SYSTEM] = {"system", "CODES", 0, "codes of countries: iso, cow (Correlates of War) or gw (Gleditsch and Ward) (default: iso)"},
    [OPT_UNDIRECTED] = {"undirected", NULL, 0, "panels: both directions of a pair in one row"},
    [OPT_TEXT] = {"text", "PART", 0, "what of the texts is kept: evidence (default), full or none"},
    [OPT_RECODE] = {"recode", NULL, 0, "what another version coded otherwise is superseded, and both codings kept"},
    [OPT_BECAUSE] = {"because", "WORDS", 0, "why; it is kept with the correction"},
    [OPT_WHO] = {"who", "NAME", 0, "who decides (default: your name on this machine)"},
    [OPT_WHEN] = {"when", "DATE", 0, "when it was decided (default: now)"},
    [OPT_KINDS] = {"kinds", NULL, 0, "close with a table of what the examples ask for, and how much of it is met"},
    [OPT_OUTPUT] = {"output", "PATH", 'o', "write here instead of to standard output"},
    [OPT_KB] = {"kb", "FILE", 'k', "knowledge to use; given again, later files add to the earlier and replace entries"},
    [OPT_MODEL] = {"model", "FILE", 0, "weights of the language (default: those installed with the knowledge)"},
    [OPT_COLOR] = {"color", "WHEN", 0, "auto, always or never (default: auto; NO_COLOR is heeded)"},
    [OPT_QUIET] = {"quiet", NULL, 'q', "no progress"},
    [OPT_HELP] = {"help", NULL, 'h', "print this help"},
    [OPT_VERSION] = {"version", NULL, 'V', "print the version"},
};

const verb verbs[] = {
    {"read", "[FILE|FOLDER|-]...", "print documents and what was found there",
     {"entente read page.html", "entente read --input saved --headlines --format jsonl interview.txt"},
     "Formats: text (for people), jsonl (records, docs/schema.md), conllu.",
     "input format stop-after parse jobs headlines tokens date url", command_read},
    {"code", "[FILE|FOLDER|-]...", "print their events alone, one row an actor and recipient",
     {"entente code --format csv pages/ > events.csv", "entente code --jobs 2 --format jsonl CC-NEWS.warc.gz"},
     "Formats: csv, tsv, jsonl. Asserted events only, unless --all.",
     "input format parse jobs headlines all date url", command_code},
    {"add", "[FILE|FOLDER|-]...", "code documents, and their headlines, into the ledger",
     {"entente add pages/", "entente add --jobs 2 --ledger europe.db CC-NEWS.warc.gz"},
     "Adding the same document twice changes nothing. Whole documents are added or nothing of them; what was acknowledged survives a power cut.\n"
     "After a new version or a change of the lexicon, --recode codes documents anew that the ledger has: only what comes out otherwise is touched.",
     "input parse jobs date url ledger text recode", command_add},
    {"stand", "POWER POWER | --all --since DATE", "how two powers stand on a day: formally, practically, and what is claimed of it",
     {"entente stand RUS ARM --on 2020-10-15", "entente stand --all --since 2024-01-01 --limit 10"},
     "Powers are codes, names or demonyms. Formats: text, json. docs/measure.md tells how conduct is measured.\n"
     "--from and --to stand for --on and --window. With --by month or year a series in csv, tsv or jsonl, empty where nothing was read.\n"
     "With --all the pairs whose conduct moved most since a day, against the window before it, each with the story that moved it.",
     "ledger on window from to by all since limit format", command_stand},
    {"duties", "POWER", "where this power was attacked: what did those do who owed it defence or consultation?",
     {"entente duties ARM --actor RUS", "entente duties Armenia --from 2020-09-01 --to 2020-12-31 --format json"},
     "Attacks of third powers that the ledger tells of, and sentence by sentence what the obliged did in 30 and in 90 days. Formats: text, json.\n"
     "--from and --to are the days of the attacks; with --actor only this obliged power. docs/measure.md says what counts as an attack.",
     "ledger actor from to format", command_duties},
    {"find", "[WORDS]...", "sentences and events of the ledger, the latest first",
     {"entente find sanctions oil --actor RUS --from 2024-01-01", "entente find --type ASSAULT --recipient ARM --format csv"},
     "All words must stand in the sentence. With --by how many sentences there are of each kind. Formats: tsv, csv, jsonl.",
     "ledger actor recipient type from to by limit format", command_find},
    {"why", "ID...", "opens a line of an answer down to sentence, document, date and rule",
     {"entente why 970762c6a0f09096", "entente why tie:collective-security-treaty"},
     "Ids are those that stand, find, read and export print: of events, statements, claims, documents and ties.",
     "ledger", command_why},
    {"export", "", "tables of the ledger, for analysis",
     {"entente export --unit dyad-month --system cow > panel.csv", "entente export --output folder/"},
     "In the panels a zero stands only where something was read; where nothing was, cells are empty. Formats: csv, tsv, jsonl.\n"
     "--from and --to leave out what is of other days; panels then have the whole months or years from the one to the other.\n"
     "With --output all tables as files of a folder, with datapackage.json, manifest.json and CITATION.cff. docs/exports.md tells the columns.",
     "ledger unit system undirected from to output format", command_export},
    {"date", "[DOCUMENT DAY]", "settles the day that a document is of; without arguments, lists those that wait for it",
     {"entente date --format csv", "entente date 6bf620a075b7563f088853709e5feeb7 2020-10-12 --because 'the page is dated by its last update'"},
     "Where page and text contradict each other, nothing of a document is counted until somebody decides. Formats: csv, tsv, jsonl.",
     "ledger because who when format", command_date},
    {"reject", "ID...", "withdraws false findings: events, statements, claims",
     {"entente reject 970762c6a0f09096 --because 'Georgia is the state of the USA here'", "entente reject 970762c6a0f09096 --because irony --who 'A. Coder'"},
     "They stay in the ledger, marked, and are neither counted nor exported. A new coding that finds them again heeds it.\n"
     "What was withdrawn by mistake comes back with 'entente restore'.",
     "ledger because who when", command_reject},
    {"restore", "ID...", "brings back findings that were withdrawn by mistake",
     {"entente restore 970762c6a0f09096 --because 'it is the country after all'", "entente restore 970762c6a0f09096 --because 'wrong id' --who 'A. Coder'"},
     "Both decisions stay in the list of corrections; the later one holds, for a new coding as well.",
     "ledger because who when", command_restore},
    {"remove", "DOCUMENT...", "takes documents out of the ledger on request: their headlines, texts and findings",
     {"entente remove 6bf620a075b7563f088853709e5feeb7 --because 'asked for by the author'", "entente remove 6bf620a075b7563f088853709e5feeb7 --because court"},
     "A tombstone stays: id, outlet, day and address. Neither the document nor a page of its address is added again.",
     "ledger because who when", command_remove},
    {"corrections", "", "what was decided, and what was coded anew, between two days",
     {"entente corrections --from 2024-01-01", "entente corrections --format jsonl > corrections.jsonl"},
     "Dates settled, findings withdrawn, documents removed, documents coded anew: with who, when and why. Formats: csv, tsv, jsonl.",
     "ledger from to format", command_corrections},
    {"kb", "build|check|missing|ties|memberships|offices|codes|licences [PATH]...", "compile, test and print the knowledge, and tell what it lacks",
     {"entente kb build --output my.kb my-lexicon/", "entente kb missing --limit 50 pages/"},
     "build compiles folders of lexicon text (docs/lexicon.md); check runs every example of the knowledge, or of the files named;\n"
     "missing reads news and lists, the most widespread first and each with a sentence, the verbs and nouns between two parties that\n"
     "no entry reads (written as an entry would be), the names that act and belong to nobody known, and the nouns that speak and\n"
     "are no agent: at most --limit of each kind, as text, csv or tsv. Not all of them are wanted; that is for you to say.\n"
     "ties, memberships, offices and codes print tables; licences tells what all of it was made from, and on what terms.",
     "input format jobs date limit kinds output", command_kb},
};
const size_t verb_count = sizeof verbs / sizeof *verbs;

static bool in_list(const char *list, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = list; (at = strstr(at, name)); at += len)
        if ((at == list || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
            return true;
    return false;
}

bool verb_takes(const verb *v, enum option_number o)
{
    return o >= OPT_KB || in_list(v->options, option_rows[o].name);
}

/* getopt's tables from ours; the letters after a colon, so that a missing argument is told apart. */
static void tables(const verb *v, struct option *longs, char *letters)
{
    *letters++ = ':';
    for (int o = 0; o < OPTIONS; o++) {
        const option_row *row = &option_rows[o];
        if (!verb_takes(v, (enum option_number)o))
            continue;
        *longs++ = (struct option){row->name, row->argument ? required_argument : no_argument, NULL, 256 + o};
        if (row->letter) {
            *letters++ = row->letter;
            if (row->argument)
                *letters++ = ':';
        }
    }
    *longs = (struct option){0};
    *letters = 0;
}

static int option_of(const verb *v, int found)
{
    if (found >= 256)
        return found - 256;
    for (int o = 0; o < OPTIONS; o++)
        if (option_rows[o].letter == found && verb_takes(v, (enum option_number)o))
            return o;
    return -1;
}

/* A day, month or year that there is, perhaps with a time behind a "T". */
static bool is_date(const char *text)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month = 1, day = 1, used = 0;
    size_t digits = strspn(text, "0123456789-");
    if ((digits != 4 && digits != 7 && digits != 10) || (text[digits] && (digits != 10 || text[digits] != 'T')))
        return false;
    if (sscanf(text, "%4d%n-%2d%n-%2d%n", &year, &used, &month, &used, &day, &used) < 1 || used != (int)digits)
        return false;
    bool leap = (year % 4 == 0 && year % 100) || year % 400 == 0;
    return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] - (month == 2 && !leap);
}

static int set(settings *s, int o, const char *value)
{
    const char *kind = option_rows[o].argument;
    if (kind && !strcmp(kind, "DATE") && !is_date(value)) {
        complain_text("--%s wants a date (2020, 2020-10 or 2020-10-15), not '%s'", option_rows[o].name, value);
        return EXIT_WRONG_USE;
    }
    s->value[o] = value ? value : "";
    if (o == OPT_KB) {
        if (s->kb_count == sizeof s->kb / sizeof *s->kb) {
            complain_text("--kb is given too often");
            return EXIT_WRONG_USE;
        }
        s->kb[s->kb_count++] = value;
    }
    return 0;
}

static int arguments_fit(const settings *s, const verb *v)
{
    if (!s->count || *v->arguments)
        return 0;
    complain_text("%s: takes options alone, so '%s' means nothing here; see 'entente %s --help'", v->name, s->arguments[0], v->name);
    return EXIT_WRONG_USE;
}

int settings_read(settings *s, const verb *v, int argc, char **argv)
{
    struct option longs[OPTIONS + 1];
    char letters[3 * OPTIONS + 2];
    tables(v, longs, letters);
    opterr = 0;
    optind = 1;
    for (int found; (found = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        if (found == '?' || found == ':') {
            complain_text(found == '?' ? "%s: no option %s; 'entente %s --help' lists them" : "%s: option %s wants a value; see 'entente %s --help'",
                          v->name, argv[optind - 1], v->name);
            return EXIT_WRONG_USE;
        }
        int wrong = set(s, option_of(v, found), optarg);
        if (wrong)
            return wrong;
    }
    s->arguments = argv + optind;
    s->count = (size_t)(argc - optind);
    if (s->value[OPT_HELP])
        help_verb(stdout, v);
    else if (s->value[OPT_VERSION])
        printf("entente %s\n", entente_version());
    else
        return arguments_fit(s, v);
    return -1;
}
