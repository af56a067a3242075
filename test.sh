#!/usr/bin/env bash
# Builds everything, checks its form, runs all tests and adds them up.
# The last line is "N passed, N failed", with ", N skipped" when some were.
set -uo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
. "$root/scripts/common.sh"
cd "$root" || exit 2

usage() {
  cat <<'TEXT'
usage: ./test.sh [--filter EXPRESSION]

Installs what tests need where it may (root and apt), builds the solution with warnings as
errors, checks formatting and that migrations match the model, and runs all tests. A check
that fails counts as one failure. Logs and results are in artifacts/.

  --filter EXPRESSION   only these tests (as of 'dotnet test --filter'), without the checks

Exit status: 0 when nothing failed. With CI=true a skipped test is a failure too.
TEXT
}

filter=""
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --filter)
      [ $# -ge 2 ] || { complain "--filter needs an expression, for example --filter Name~Lease."; exit 2; }
      filter="$2"; shift ;;
    --filter=*) filter="${1#--filter=}" ;;
    *) complain "'$1' is not an option of test.sh. ./test.sh --help lists them."; exit 2 ;;
  esac
  shift
done

# Release, so that run.sh and the tests share one build and the tests try what is shipped.
configuration=Release
results="$root/artifacts/test-results"
rm -rf "$results"
mkdir -p "$results"
failed_checks=()

# check NAME COMMAND...: runs one step quietly; its log is shown when it fails.
check() {
  local name="$1" log started=$SECONDS
  shift
  log="$root/artifacts/${name// /-}.log"
  printf '%s … ' "$name"
  if "$@" >"$log" 2>&1; then
    say "ok ($((SECONDS - started)) s)"
  else
    say "FAILED ($((SECONDS - started)) s)"
    grep -E '(error|warning|npm ERR)' "$log" | sort -u | head -30 || true
    tail -5 "$log"
    failed_checks+=("$name (log: artifacts/${name// /-}.log)")
    return 1
  fi
}

# Only once a project has migrations can its model drift away from them.
check_migrations() {
  local provider="$1"
  [ -d "src/Data.$provider/Migrations" ] || return 0
  check "model drift $provider" dotnet ef migrations has-pending-model-changes \
    --project "src/Data.$provider" --startup-project "src/Data.$provider" \
    --configuration "$configuration" --no-build
}

# These wait for browsers and processes most of the time, or are what is left for the second core.
waiting_tests=(EndToEnd.Tests Chaos.Tests RunnerAgent.Tests Simulation.Tests)

# Beside the other tests; leaves its failed checks in a file, since it runs in a shell of its own.
run_beside() {
  local name
  failed_checks=()
  for name in "${waiting_tests[@]}"; do
    run_tests "$name"
  done
  if [ -z "$filter" ]; then
    # The style itself is held by the analyzers of the build.
    check format dotnet format whitespace . --folder --verify-no-changes --exclude src/Portal/node_modules
    check_migrations Sqlite
    check_migrations SqlServer
  fi
  printf '%s\n' ${failed_checks[@]+"${failed_checks[@]}"} | sed '/^$/d' >"$beside.failed"
}

run_rest() {
  local project name
  for project in tests/*.Tests/*.csproj; do
    name="$(basename "$project" .csproj)"
    [[ " ${waiting_tests[*]} " = *" $name "* ]] || run_tests "$name"
  done
}

# run_tests NAME: the tests of one project, which are built.
run_tests() {
  local name="$1" assembly started=$SECONDS status
  assembly="tests/$name/bin/$configuration/net10.0/JobServer.$name.dll"
  [ -e "$assembly" ] || { failed_checks+=("$name was not built"); return; }
  dotnet test "$assembly" --logger "trx;LogFileName=$name.trx" --results-directory "$results" \
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none \
    ${filter:+--filter "$filter"} >"$results/$name.log" 2>&1
  status=$?
  say "$name … $([ $status = 0 ] && echo done || echo "exit status $status") ($((SECONDS - started)) s)"
  # A host that crashed or hung may leave no failed test behind.
  if [ $status != 0 ] && ! grep -qs 'outcome="Failed"' "$results/$name.trx"; then
    tail -20 "$results/$name.log"
    failed_checks+=("$name did not finish (log: artifacts/test-results/$name.log)")
  fi
}

need_dotnet && need_node || exit 2
if ! install_packages chromium bubblewrap docker.io python3 git; then
  missing="$(missing_packages chromium bubblewrap docker.io python3 git)"
  complain "missing: ${missing% }; tests that need them are skipped. Install with:
    sudo apt-get install -y ${missing% }"
fi
case " $(missing_packages bubblewrap)" in
  *bubblewrap*) ;;
  *) need_sandbox || complain "tests that need the sandbox are skipped." ;;
esac

check "tool restore" dotnet tool restore
if check build dotnet build JobServer.sln -c "$configuration" -warnaserror -nologo -v minimal; then
  beside="$results/beside"
  run_beside >"$beside.said" 2>&1 &
  waiting=$!
  run_rest
  wait "$waiting"
  cat "$beside.said"
  if [ -e "$beside.failed" ]; then
    mapfile -t failed_beside <"$beside.failed"
    failed_checks+=(${failed_beside[@]+"${failed_beside[@]}"})
  else
    failed_checks+=("the tests and checks beside the others did not finish")
  fi
fi

exec node scripts/sum-tests.mjs "$results" ${failed_checks[@]+"${failed_checks[@]}"}
