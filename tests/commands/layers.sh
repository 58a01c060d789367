#!/usr/bin/env bash
# The include rule holds, and a planted breach of each kind is found.
. "$(dirname "$0")/common.sh"
layers="python3 $root/tools/layers.py"
gives 0 $layers "$root"
mkdir "$room/copy"
cp -r "$root/src" "$room/copy/src"

# breach FILE INCLUDE: planted in the copy, it must be told with file and line.
breach() {
    cp "$room/copy/$1" "$room/kept"
    sed -i "1i #include \"$2\"" "$room/copy/$1"
    gives 1 $layers "$room/copy"
    has "$room/out" "$1:1: "
    cp "$room/kept" "$room/copy/$1"
}

breach src/base/str.c kb/kb.h          # upwards
breach src/page/plain.c event/event.h  # from stage to stage
breach src/event/event.c kb/build.h    # into a folder's inside
breach src/doc/doc.c write/write.h     # upwards by two
gives 0 $layers "$room/copy"
