#!/usr/bin/env bash
# An installed copy finds its knowledge, wherever its prefix was moved to; pages, completion and the library work.
. "$(dirname "$0")/common.sh"
DESTDIR=$room/dest meson install -C "$build" --no-rebuild --quiet >/dev/null
at=$(dirname "$(dirname "$(find "$room/dest" -path '*/bin/entente')")")
[ -x "$at/bin/entente" ] || fail "no program was installed"
mv "$at" "$room/moved"
at=$room/moved
cd "$room"

# The knowledge and the weights: neither the build folder nor the configured prefix may be asked.
gives 0 "$at/bin/entente" kb memberships
has out CSTO
cp "$root/examples/page.html" .
gives 0 "$at/bin/entente" read --format jsonl page.html
mv out installed
gives 0 "$entente" read --format jsonl page.html
same out installed "the installed program reads something else"
mv "$at/share/entente/entente.kb" kept.kb
gives 74 "$at/bin/entente" read page.html
has err entente.kb
mv kept.kb "$at/share/entente/entente.kb"

# A page for the program and for each of its commands, and completion of them.
verbs=$("$entente" --help | sed -n '/^usage/,/^.entente COMMAND/s/^  \([a-z]*\) .*/\1/p')
[ -n "$verbs" ] || fail "--help lists no commands"
for page in entente $(printf 'entente-%s ' $verbs); do
    [ -s "$at/share/man/man1/$page.1" ] || fail "no manual page $page (the list is in meson.build)"
    grep -q '^\.SH NAME' "$at/share/man/man1/$page.1" || fail "$page.1 is no manual page"
done
bash -n "$at/share/bash-completion/completions/entente.bash"
bash -c ". '$at/share/bash-completion/completions/entente.bash'; COMP_WORDS=(entente read --for); COMP_CWORD=2; _entente
    [ \"\${COMPREPLY[*]}\" = --format ]" || fail "completion of --for is not --format"

# The library, by its pkg-config file. (A sanitized one wants its runtime first; that is not tried.)
[ "$3" = none ] || exit 0
cat >client.c <<'C'
#include <entente.h>
#include <stdio.h>
int main(void)
{
    entente_doc *d = entente_doc_new();
    entente_doc_free(d);
    puts(entente_version());
    return !d;
}
C
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$at" -name entente.pc)")
# shellcheck disable=SC2046
cc -o client client.c $(pkg-config --define-variable=prefix="$at" --cflags --libs entente)
lib=$(dirname "$(find "$at" -name libentente.so)")
[ "$(LD_LIBRARY_PATH=$lib ./client)" = "$("$entente" --version | sed 's/entente //')" ] || fail "the library's version"
