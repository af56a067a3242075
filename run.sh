#!/usr/bin/env bash
# Builds JobServer and starts it: Portal, Coordinator and one agent in a single process.
# All arguments are those of the program; see usage() below.
set -euo pipefail

root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
. "$root/scripts/common.sh"

usage() {
  cat <<'TEXT'
usage: ./run.sh [--once] [--force] [--port N] [--data DIR]

Builds JobServer (the first time takes a few minutes) and starts it on SQLite with a demo
site and a demo study.

  (no option)   start, and print the address and how to sign in; Ctrl-C stops it
  --once        run the demo study to its released outputs, check them, and stop
  --force       with --once: run every action again, even if nothing changed
  --port N      the port of the web pages (default 5080)
  --data DIR    keep the site's database and files in DIR (default ./data)
  --help        this text

Exit status: that of the program; 2 when something is missing, an argument is wrong, or the
build fails.
TEXT
}

fail() { printf 'run.sh: %s\n' "$1" >&2; exit 2; }

# Wrong arguments are refused before a build of some minutes, not after it.
once=false force=false
args=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help) usage; exit 0 ;;
    --once) once=true; args+=("$1") ;;
    --force) force=true; args+=("$1") ;;
    --port | --port=*)
      if [ "$1" = --port ]; then
        [ $# -ge 2 ] || fail "--port needs a number, for example --port 5081."
        shift; value="$1"
      else
        value="${1#--port=}"
      fi
      [[ "$value" =~ ^[0-9]{1,5}$ ]] && [ "$((10#$value))" -ge 1 ] && [ "$((10#$value))" -le 65535 ] ||
        fail "--port must be a number from 1 to 65535, not '$value'."
      args+=(--port "$((10#$value))") ;;
    --data | --data=*)
      if [ "$1" = --data ]; then
        [ $# -ge 2 ] || fail "--data needs a directory, for example --data /srv/jobserver."
        shift; value="$1"
      else
        value="${1#--data=}"
      fi
      [ -n "$value" ] || fail "--data needs a directory, for example --data /srv/jobserver."
      [ ! -e "$value" ] || [ -d "$value" ] || fail "--data names '$value', which is not a directory."
      case "$value" in /*) ;; *) value="$PWD/$value" ;; esac
      data="$value"; args+=(--data "$value") ;;
    *) fail "'$1' is not an option of run.sh. ./run.sh --help lists them." ;;
  esac
  shift
done
if $force && ! $once; then
  fail "--force only goes with --once."
fi
# The default is beside this script, whatever the current directory is.
[ -n "${data:-}" ] || args+=(--data "$root/data")

need_dotnet || exit 2
need_node || exit 2
need_packages git bubblewrap python3 || exit 2
need_sandbox || exit 2

log="$root/artifacts/build.log"
if ! { mkdir -p "$root/artifacts" && : >>"$log"; } 2>/dev/null; then
  fail "$root/artifacts cannot be written to; run it as the owner of $root."
fi
app="$root/src/AllInOne/bin/Release/net10.0/JobServer.AllInOne.dll"
if [ -e "$app" ]; then
  say "Building …"
else
  say "Restoring and building (the first time takes a few minutes) …"
fi
started=$SECONDS
# One build at a time; -o, so that no build server keeps the lock.
if ! (cd "$root" && flock -o artifacts/build.lock dotnet build src/AllInOne/AllInOne.csproj -c Release -nologo -v minimal) >"$log" 2>&1; then
  grep -E '(error|npm ERR)' "$log" | sort -u | head -20 >&2 || tail -20 "$log" >&2
  fail "the build failed; its whole log is in $log."
fi
[ -e "$app" ] || fail "the build made no $app; its log is in $log."
say "Built in $((SECONDS - started)) s."

# exec, so that signals reach the program itself and its exit status is ours.
exec dotnet "$app" "${args[@]}"
