#!/usr/bin/env bash
# Jobs under the thread sanitizer: races.sh BUILD ROOT, of a build with -Db_sanitize=thread.
. "$(dirname "$0")/../commands/common.sh"
cd "$root"
export TSAN_OPTIONS=halt_on_error=1:exitcode=66
for jobs in 2 4 8; do
    gives 0 "$entente" read --headlines --format jsonl --jobs $jobs examples
    gives 0 "$entente" code --all --jobs $jobs examples
    gives 0 "$entente" add --quiet --jobs $jobs --ledger "$room/$jobs.db" examples
done
echo "2, 4 and 8 jobs: no race"
