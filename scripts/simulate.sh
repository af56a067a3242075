#!/usr/bin/env bash
# Plays simulated clusters, one for each seed, and checks what must hold (docs/simulation.md).
# The last line is "N seeds, N violations".
set -uo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/scripts/common.sh"
cd "$root" || exit 2

usage() {
  cat <<'TEXT'
usage: scripts/simulate.sh [--seeds N] [--first N] [--seed S] [--stop-after N] [--no-build]

  --seeds N       play N seeds (20; 100 with CI=true)
  --first N       the first of them (1)
  --seed S        play this seed only, and print what happened in it
  --stop-after N  end at the Nth violation
  --no-build      as it was built last

Exit status: 0 when nothing was violated.
TEXT
}

number() {
  case "$2" in
    '' | *[!0-9]*) complain "$1 needs a number, not '$2'."; exit 2 ;;
  esac
}

build=yes
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --seeds | --first | --seed | --stop-after)
      number "$1" "${2-}"
      case "$1" in
        --seeds) export SIMULATION_SEEDS="$2" ;;
        --first) export SIMULATION_FIRST_SEED="$2" ;;
        --stop-after) export SIMULATION_VIOLATIONS="$2" ;;
        --seed) export SIMULATION_SEED="$2" ;;
      esac
      shift ;;
    --no-build) build=no ;;
    *) complain "'$1' is not an option of simulate.sh. scripts/simulate.sh --help lists them."; exit 2 ;;
  esac
  shift
done

need_dotnet || exit 2
project=tests/Simulation.Tests/Simulation.Tests.csproj
log="$(mktemp)"
SIMULATION_REPORT="$(mktemp)"
export SIMULATION_REPORT
trap 'rm -f "$log" "$SIMULATION_REPORT"' EXIT

if [ "$build" = yes ] && ! dotnet build "$project" -c Release -nologo -v quiet >"$log" 2>&1; then
  cat "$log" >&2
  exit 2
fi

dotnet test tests/Simulation.Tests/bin/Release/net10.0/JobServer.Simulation.Tests.dll \
  --filter FullyQualifiedName~No_seed_violates_an_invariant >"$log" 2>&1
status=$?
cat "$SIMULATION_REPORT"
if ! tail -1 "$SIMULATION_REPORT" | grep -q ' seeds, '; then
  cat "$log" >&2
  complain "the simulation did not finish."
  exit 2
fi

exit "$status"
