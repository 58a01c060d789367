/* Help, man pages and completion, all from the table in options.c. */
#include <stdlib.h>
#include <string.h>

#include "program.h"

static void option_label(const option_row *row, char *out, size_t room)
{
    char letter[8] = "    ";
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(out, room, "%s--%s%s%s", letter, row->name, row->argument ? " " : "", row->argument ? row->argument : "");
}

void help_program(FILE *out)
{
    fprintf(out, "  entente read page.html                     who did or said what to whom in a page\n"
                 "  entente kb ties --format csv               every treaty and whom it binds\n\n"
                 "entente reads news and keeps a ledger of who did or said what to whom, and tells how two powers\n"
                 "stand on a day, formally and practically, with every figure traceable to its sentence.\n\n"
                 "usage: entente COMMAND [OPTION]... [ARGUMENT]...\n\n");
    for (size_t i = 0; i < verb_count; i++)
        fprintf(out, "  %-11s %s\n", verbs[i].name, verbs[i].summary);
    fprintf(out, "\n'entente COMMAND --help' tells the rest. Exit status: 0 done, 1 some input was rejected, 2 wrong use,\n"
                 "65 data unusable as a whole, 74 reading or writing failed, 75 the ledger is being written, try later.\n");
}

void help_verb(FILE *out, const verb *v)
{
    fprintf(out, "  %s\n  %s\n\nentente %s: %s\n\nusage: entente %s [OPTION]... %s\n\n%s\n\n", v->examples[0], v->examples[1],
            v->name, v->summary, v->name, v->arguments, v->details);
    for (int o = 0; o < OPTIONS; o++) {
        char label[64];
        if (!verb_takes(v, (enum option_number)o))
            continue;
        option_label(&option_rows[o], label, sizeof label);
        fprintf(out, "  %-24s %s\n", label, option_rows[o].help);
    }
}

/* ---- pages for the build ---- */

/* roff takes a leading dot or quote for a request, and a dash for a hyphen. */
static void roff(FILE *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if ((*p == '.' || *p == '\'') && (p == text || p[-1] == '\n'))
            fputs("\\&", out);
        if (*p == '-' || *p == '\\')
            fputc('\\', out);
        fputc(*p, out);
    }
}

static void man_options(FILE *out, const verb *v)
{
    fputs(".SH OPTIONS\n", out);
    for (int o = 0; o < OPTIONS; o++) {
        const option_row *row = &option_rows[o];
        if (!verb_takes(v, (enum option_number)o))
            continue;
        fputs(".TP\n", out);
        if (row->letter)
            fprintf(out, "\\fB\\-%c\\fR, ", row->letter);
        fputs("\\fB\\-\\-", out);
        roff(out, row->name);
        fprintf(out, "\\fR%s%s\n", row->argument ? " " : "", row->argument ? row->argument : "");
        roff(out, row->help);
        fputc('\n', out);
    }
}

static void man_verb(FILE *out, const verb *v)
{
    fprintf(out, ".TH ENTENTE\\-%s 1 \"\" \"entente %s\"\n.SH NAME\nentente\\-%s \\- ", v->name, entente_version(), v->name);
    roff(out, v->summary);
    fprintf(out, "\n.SH SYNOPSIS\n\\fBentente %s\\fR [OPTION]... ", v->name);
    roff(out, v->arguments);
    fputs("\n.SH EXAMPLES\n.nf\n", out);
    roff(out, v->examples[0]);
    fputc('\n', out);
    roff(out, v->examples[1]);
    fputs("\n.fi\n.SH DESCRIPTION\n", out);
    roff(out, v->details);
    fputc('\n', out);
    man_options(out, v);
    fputs(".SH SEE ALSO\nentente(1)\n", out);
}

static void man_program(FILE *out)
{
    fprintf(out, ".TH ENTENTE 1 \"\" \"entente %s\"\n.SH NAME\nentente \\- who did or said what to whom, and how two powers stand\n"
                 ".SH SYNOPSIS\n\\fBentente\\fR COMMAND [OPTION]... [ARGUMENT]...\n.SH COMMANDS\n", entente_version());
    for (size_t i = 0; i < verb_count; i++) {
        fprintf(out, ".TP\n\\fBentente\\-%s\\fR(1)\n", verbs[i].name);
        roff(out, verbs[i].summary);
        fputc('\n', out);
    }
    fputs(".SH \"EXIT STATUS\"\n0 done; 1 some input was rejected; 2 wrong use; 65 data unusable as a whole; 74 reading or writing\n"
          "failed; 75 the ledger is being written by another process, try later.\n", out);
}

static void completion(FILE *out)
{
    fputs("# bash completion for entente\n_entente()\n{\n    local word=${COMP_WORDS[COMP_CWORD]} options=\n    if [ \"$COMP_CWORD\" = 1 ]; then\n"
          "        COMPREPLY=($(compgen -W \"", out);
    for (size_t i = 0; i < verb_count; i++)
        fprintf(out, "%s%s", i ? " " : "", verbs[i].name);
    fputs("\" -- \"$word\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n", out);
    for (size_t i = 0; i < verb_count; i++) {
        fprintf(out, "    %s) options=\"", verbs[i].name);
        for (int o = 0; o < OPTIONS; o++)
            if (verb_takes(&verbs[i], (enum option_number)o))
                fprintf(out, " --%s", option_rows[o].name);
        fputs("\" ;;\n", out);
    }
    fputs("    esac\n    case $word in\n    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
          "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n    esac\n}\ncomplete -o filenames -F _entente entente\n", out);
}

int help_page(const char *what, const char *verb_name)
{
    if (!strcmp(what, "completion")) {
        completion(stdout);
        return EXIT_DONE;
    }
    for (size_t i = 0; verb_name && i < verb_count; i++)
        if (!strcmp(verbs[i].name, verb_name)) {
            man_verb(stdout, &verbs[i]);
            return EXIT_DONE;
        }
    man_program(stdout);
    return EXIT_DONE;
}
