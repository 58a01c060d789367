/* Where the ledger lies: where the command line says, or the environment, or in the user's data folder (XDG). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "program.h"

static const char *standard_ledger(char *room, size_t size)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (data && *data)
        snprintf(room, size, "%s/entente/ledger.db", data);
    else
        snprintf(room, size, "%s/.local/share/entente/ledger.db", home ? home : ".");
    return room;
}

/* Makes the folders above a file. What goes wrong shows when the file is opened. */
static void make_folders(const char *path)
{
    char part[4200];
    if (strlen(path) >= sizeof part)
        return;
    strcpy(part, path);
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(part, 0777);
        *slash = '/';
    }
}

const char *ledger_path(const settings *s, char *room, size_t size)
{
    const char *environment = getenv("ENTENTE_LEDGER");
    if (s->value[OPT_LEDGER])
        return s->value[OPT_LEDGER];
    return environment && *environment ? environment : standard_ledger(room, size);
}

int open_ledger(const settings *s, bool to_write, entente_ledger **ret_ledger)
{
    char room[4200];
    entente_error error;
    const char *path = ledger_path(s, room, sizeof room);
    if (to_write && path == room) /* a place that somebody named is there, or is a mistake */
        make_folders(path);
    int code = entente_ledger_open(path, to_write, ret_ledger, &error);
    if (code)
        complain(&error);
    return exit_code(code);
}
