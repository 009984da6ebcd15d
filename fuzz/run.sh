#!/bin/sh
# Runs each fuzz target for so many seconds: sh fuzz/run.sh 60. Installs cargo-fuzz where it is missing. Works with the stable
# toolchain: coverage is a stable option of the compiler, and only the sanitizers, which safe code needs less, are not.
set -eu
cd "$(dirname "$0")/.."
seconds="${1:-60}"
command -v cargo-fuzz >/dev/null || cargo install --quiet --locked cargo-fuzz
for target in fuzz/fuzz_targets/*.rs; do
    name="$(basename "$target" .rs)"
    echo "fuzzing $name for $seconds s"
    log="fuzz/target/$name.log"
    mkdir -p fuzz/target
    if ! cargo fuzz run --sanitizer none "$name" -- -max_total_time="$seconds" -max_len=4096 -timeout=10 -print_final_stats=1 >"$log" 2>&1; then
        tail -n 60 "$log"
        exit 1
    fi
    grep "number_of_executed_units" "$log"
done
