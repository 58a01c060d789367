#!/usr/bin/env bash
# Help begins with two examples; data goes to standard output and messages to standard error; colours where asked.
. "$(dirname "$0")/common.sh"
cd "$root"
gives 0 "$entente" --help
[ "$(head -2 "$room/out" | grep -c '^  entente ')" = 2 ] || fail "--help does not begin with two examples"
verbs=$("$entente" --help | sed -n '/^usage/,/^.entente COMMAND/s/^  \([a-z]*\) .*/\1/p')
for verb in $verbs; do
    gives 0 "$entente" "$verb" --help
    [ "$(head -2 "$room/out" | grep -c "^  entente $verb ")" = 2 ] || fail "$verb --help does not begin with two examples"
    [ -s "$room/err" ] && fail "$verb --help writes to standard error"
    gives 2 "$entente" "$verb" --no-such-option
    has "$room/err" no-such-option
    [ -s "$room/out" ] && fail "$verb: a message went to standard output"
done
gives 0 "$entente" --version
gives 2 "$entente"
gives 2 "$entente" no-such-command
has "$room/err" no-such-command
gives 0 "$entente" read --format text --color always examples/page.html
has "$room/out" $'\033['
gives 0 "$entente" read --format text examples/page.html
! grep -q $'\033' "$room/out" || fail "colours in a file"
if script -qc true /dev/null > /dev/null 2>&1; then
    gives 0 env NO_COLOR=1 script -qc "'$entente' read --format text examples/page.html" /dev/null
    ! grep -q $'\033\[' "$room/out" || fail "NO_COLOR is not heeded"
else
    echo "no terminal can be made here: NO_COLOR on one was not tried"
fi
