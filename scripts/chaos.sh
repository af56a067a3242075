#!/usr/bin/env bash
# Kills, freezes and cuts off real processes at random, then checks that nothing was lost.
# The last line is "N kills, N violations". docs/chaos.md tells what is checked.
set -uo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/scripts/common.sh"
cd "$root" || exit 2

usage() {
  cat <<'TEXT'
usage: scripts/chaos.sh [--kills N] [--seed S] [--folder PATH]

Starts a Coordinator and two agents with a load of jobs, breaks something N times (50), lets it heal,
and checks rows, journals, files and processes. A failed run keeps its folder and says where it is.

  --kills N       how many faults; 0 for a run without any
  --seed S        the same faults in the same order; their timing is the machine's
  --folder PATH   where the folder of the run is made; otherwise the folder for temporary files

Exit status: 0 without a violation.
TEXT
}

kills=50 seed="" folder=""
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --kills | --seed | --folder)
      [ $# -ge 2 ] || { complain "$1 needs a value."; exit 2; }
      case "$1" in
        --kills) kills="$2" ;;
        --seed) seed="$2" ;;
        --folder) folder="$2" ;;
      esac
      shift ;;
    *) complain "'$1' is not an option. scripts/chaos.sh --help lists them."; exit 2 ;;
  esac
  shift
done
for number in "$kills" "${seed:-0}"; do
  case "$number" in
    '' | *[!0-9]*) complain "'$number' is not a number."; exit 2 ;;
  esac
done

need_dotnet && need_packages bubblewrap && need_sandbox || exit 2

log="$root/artifacts/chaos.log"
report="$root/artifacts/chaos-report.txt"
mkdir -p "$root/artifacts"
: >"$report"
if ! dotnet build tests/Chaos.Tests/Chaos.Tests.csproj -c Release -nologo -v quiet >"$log" 2>&1; then
  tail -20 "$log" >&2
  exit 2
fi

JOBSERVER_CHAOS_KILLS="$kills" JOBSERVER_CHAOS_SEED="$seed" JOBSERVER_CHAOS_FOLDER="$folder" JOBSERVER_CHAOS_REPORT="$report" \
  dotnet test tests/Chaos.Tests/bin/Release/net10.0/JobServer.Chaos.Tests.dll \
  --filter FullyQualifiedName~ChaosTests >>"$log" 2>&1 &
test=$!
trap 'kill -TERM "$test" 2>/dev/null' INT TERM
tail -n +1 -f --pid="$test" "$report"
wait "$test"
status=$?
if ! tail -1 "$report" | grep -q 'kills, .* violations$'; then
  tail -20 "$log" >&2
  complain "the run did not finish; its log is artifacts/chaos.log."
  exit 1
fi
exit $status
