/* The command: finds the verb, reads its options, runs it. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

void complain_text(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("entente: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

void complain(const entente_error *error)
{
    if (error->offset == UINT64_MAX)
        complain_text("%s: %s", error->origin, error->text);
    else
        complain_text("%s:%llu: %s", error->origin, (unsigned long long)error->offset, error->text);
}

int exit_code(int code)
{
    switch (code) {
    case ENTENTE_OK: return EXIT_DONE;
    case ENTENTE_REJECTED: return EXIT_REJECTED;
    case ENTENTE_USAGE: return EXIT_WRONG_USE;
    case ENTENTE_DATA: return EXIT_BAD_DATA;
    case ENTENTE_BUSY: return EXIT_LATER;
    default: return EXIT_FILES;
    }
}

int sink_file(void *closure, const char *bytes, size_t len)
{
    return fwrite(bytes, 1, len, closure) != len;
}

int finish_output(int code)
{
    if (!fflush(stdout) && !ferror(stdout))
        return code;
    complain_text("standard output: cannot be written: %s", strerror(errno));
    return EXIT_FILES;
}

bool wants_colour(const settings *s, FILE *out)
{
    const char *when = s->value[OPT_COLOR];
    if (when && strcmp(when, "auto"))
        return !strcmp(when, "always");
    const char *no = getenv("NO_COLOR");
    return !(no && *no) && isatty(fileno(out));
}

/* Files that come with the program lie beside it (in a build folder), or in share/entente of its prefix. */
static bool beside_program(const char *below, const char *name, char *out, size_t room)
{
    char program[4000];
    ssize_t len = readlink("/proc/self/exe", program, sizeof program - 1);
    if (len <= 0)
        return false;
    program[len] = 0;
    char *slash = strrchr(program, '/');
    if (!slash)
        return false;
    *slash = 0;
    return snprintf(out, room, "%s/%s%s", program, below, name) < (int)room && !access(out, R_OK);
}

static const char *find_file(const char *name, char *out, size_t room)
{
    if (beside_program("", name, out, room) || beside_program("../share/entente/", name, out, room))
        return out;
    snprintf(out, room, "%s/%s", ENTENTE_SHARE, name);
    return out;
}

int open_knowledge(const settings *s, entente_kb **ret_kb)
{
    char kb[4200], model[4200];
    const char *standard[] = {find_file("entente.kb", kb, sizeof kb)};
    const char *weights = s->value[OPT_MODEL] ? s->value[OPT_MODEL] : find_file("en.model", model, sizeof model);
    entente_error error;
    if (!s->value[OPT_MODEL] && access(weights, R_OK))
        weights = NULL;
    int code = s->kb_count ? entente_kb_open(s->kb, s->kb_count, weights, ret_kb, &error)
                           : entente_kb_open(standard, 1, weights, ret_kb, &error);
    if (!code)
        return 0;
    complain(&error);
    return exit_code(code);
}

static int unknown(const char *name)
{
    complain_text("no command '%s'; 'entente --help' lists them", name);
    return EXIT_WRONG_USE;
}

static int run_verb(const verb *v, int argc, char **argv)
{
    settings s = {0};
    int code = settings_read(&s, v, argc, argv);
    if (code)
        return finish_output(code < 0 ? EXIT_DONE : code);
    return finish_output(v->run(&s));
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN); /* a cut pipe is a failed write, told as such; and so is a file that may not grow */
    signal(SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        help_program(stderr);
        return EXIT_WRONG_USE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        help_program(stdout);
        return finish_output(EXIT_DONE);
    }
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
        printf("entente %s\n", entente_version());
        return finish_output(EXIT_DONE);
    }
    if (!strcmp(argv[1], "--page"))
        return finish_output(help_page(argc > 2 ? argv[2] : "man", argc > 3 ? argv[3] : NULL));
    for (size_t i = 0; i < verb_count; i++)
        if (!strcmp(verbs[i].name, argv[1]))
            return run_verb(&verbs[i], argc - 1, argv + 1);
    return unknown(argv[1]);
}
