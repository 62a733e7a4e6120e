#!/usr/bin/env bash
# Builds everything once in Release, runs every test, and prints as its last line
#
#     N passed, N failed, N skipped
#
# counted from the result files that the test hosts wrote. Arguments go to `dotnet test`:
#
#     ./test.sh --filter 'FullyQualifiedName~Ledger'
#
# The tests of the cluster need the packages of Orleans. Where those cannot be restored one line says so, and these tests are counted as skipped;
# so they are with ACTORS_CLUSTER_TESTS=0.
#
# The exit code is 0 only if at least one test ran, none failed, and no test host crashed.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
solution=Actors.NoOrleans.slnf
cluster=(tests/Cluster/Cluster.csproj samples/InternalService/InternalService.csproj)
cd -- "$root"

if ! command -v dotnet >/dev/null; then
    echo "test.sh: 'dotnet' is not on the PATH; install the .NET SDK that global.json names." >&2
    exit 127
fi
if ! dotnet --version >/dev/null; then
    echo "test.sh: 'dotnet' is installed, but not the .NET SDK that global.json names." >&2
    exit 127
fi

# The tests of the PostgreSQL store run against a real server of their own, so its programs must be there.
if ! command -v initdb >/dev/null && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    echo "test.sh: PostgreSQL's server programs are missing; installing them with apt-get." >&2
    as_root=()
    (( EUID == 0 )) || as_root=(sudo -n)
    # Where it cannot be installed the tests that need it fail, and say so.
    { "${as_root[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y --no-install-recommends postgresql; } >/dev/null \
        || echo "test.sh: they could not be installed; on another system install PostgreSQL 14 or later by hand." >&2
fi

# Build nodes that outlive this script would keep its output pipe open, and whoever reads it waiting.
export MSBUILDDISABLENODEREUSE=1

results="$(mktemp -d "${TMPDIR:-/tmp}/actors-tests.XXXXXX")"
trap 'rm -rf -- "$results"' EXIT

# Prints every result file. A run that wrote none prints nothing.
read_results() {
    find "$results" -type f -name '*.trx' -exec cat {} +
}

# A result file is XML on which '<' starts every tag and occurs nowhere else, so a record is one tag and the text after it.
show_failures() {
    read_results | LC_ALL=C awk '
        function unescape(s) {
            gsub(/&#xD;|\r/, "", s); gsub(/&#xA;/, "\n", s)
            gsub(/&lt;/, "<", s); gsub(/&gt;/, ">", s); gsub(/&quot;/, "\"", s); gsub(/&apos;/, "\047", s)
            gsub(/&amp;/, "\\&", s)
            return s
        }
        function attribute(name) {
            return match($0, "[ \t\r\n]" name "=\"[^\"]*\"") ? \
                unescape(substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)) : ""
        }
        function text() { return unescape(substr($0, index($0, ">") + 1)) }
        function show(s) { gsub(/\n+$/, "", s); gsub(/\n/, "\n    ", s); print "    " s }

        BEGIN { RS = "<" }
        /^UnitTestResult[ \t\r\n]/ { failed = attribute("outcome") ~ /^(Failed|Error|Timeout|Aborted)$/
                                     if (failed) print "FAILED " attribute("testName") }
        /^\/UnitTestResult>/       { failed = 0 }
        /^UnitTestResult[^>]*\/>/  { failed = 0 }
        /^Message>/ && failed      { show(text()) }'
}

# False where a package of Orleans cannot be had; whatever else is wrong with these projects shows when they are built.
restore_cluster() {
    local project
    for project in "${cluster[@]}"; do
        dotnet restore "$project" >"$results/restore.log" 2>&1 || return 1
    done
}

# A test is a [Fact], or a row of a theory.
count_cluster_tests() {
    grep -rhoE --include='*.cs' --exclude-dir=bin --exclude-dir=obj '\[(ClonedFact|Fact|InlineData)[](]' tests/Cluster | wc -l
}

run_tests() {
    # One test assembly at a time: tests that start processes or watch deadlines share the machine with nobody else.
    # The prefix makes each assembly write a result file of its own.
    dotnet test "$1" --no-build -c Release -maxcpucount:1 \
        --logger 'trx;LogFilePrefix=tests' --results-directory "$results" "${@:2}"
}

# The loggers leave notExecuted at 0 for a skipped test, so skipped is what is left of the total.
count() {
    read_results | LC_ALL=C awk '
        function attribute(name) {
            return match($0, "[ \t\r\n]" name "=\"[0-9]+\"") ? \
                substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 : 0
        }
        BEGIN { RS = "<" }
        /^Counters[ \t\r\n]/ {
            total += attribute("total")
            passed += attribute("passed")
            failed += attribute("failed") + attribute("error") + attribute("timeout") + attribute("aborted")
        }
        END { printf "%d %d %d\n", passed, failed, total - passed - failed }'
}

built=false
status=0
unrun=0
if dotnet build "$solution" -c Release; then
    built=true
    run_tests "$solution" "$@" || status=$?
else
    status=$?
fi

if restore_cluster; then
    for project in "${cluster[@]}"; do
        $built && { dotnet build "$project" --no-restore -c Release || { status=$?; built=false; }; }
    done
    if [[ ${ACTORS_CLUSTER_TESTS-1} == 0 ]]; then
        unrun="$(count_cluster_tests)"
        notice="test.sh: ACTORS_CLUSTER_TESTS is 0, so tests/Cluster is built and its $unrun tests are skipped."
    elif $built; then
        run_tests "${cluster[0]}" "$@" || status=$?
    fi
else
    unrun="$(count_cluster_tests)"
    notice="test.sh: the packages of Orleans cannot be restored here, so the $unrun tests of tests/Cluster are skipped ($(grep -oE -m 1 'NU[0-9]+: [^[]*' "$results/restore.log" || echo 'the restore failed'))."
fi

read -r passed failed skipped < <(count)
skipped=$((skipped + unrun))
echo
show_failures
if [[ -n ${notice-} ]]; then
    echo "$notice" >&2
fi
if ! $built; then
    echo "test.sh: the build failed, so no test ran." >&2
elif (( passed + failed == 0 )); then
    echo "test.sh: no test ran." >&2
elif (( status != 0 && failed == 0 )); then
    echo "test.sh: no test failed, but the run did (exit code $status): a test host crashed or was stopped." >&2
fi
if (( status == 0 && (failed > 0 || passed + failed == 0) )); then
    status=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
