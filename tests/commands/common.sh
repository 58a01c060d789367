# What the tests of the commands share. Each is called with the build folder and the folder of the repository.
set -eu
build=$(cd "$1" && pwd)
root=$(cd "$2" && pwd)
entente=$build/entente
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
unset ENTENTE_LEDGER
export LC_ALL=C

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# same FILE FILE WHAT: the bytes are the same.
same() {
    cmp "$1" "$2" || fail "$3"
}

# gives CODE COMMAND...: the exit code of a command, its output in $room/out and $room/err.
gives() {
    wanted=$1
    shift
    code=0
    "$@" >"$room/out" 2>"$room/err" || code=$?
    [ "$code" = "$wanted" ] || { cat "$room/err" >&2; fail "exit code $code, not $wanted: $*"; }
}

# has FILE WORDS: the words stand in the file.
has() {
    grep -qF -- "$2" "$1" || { head -20 "$1" >&2; fail "'$2' is not in $1"; }
}
