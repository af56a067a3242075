# Checks that run.sh and test.sh share. Sourced, not run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# Build nodes that outlive the script would hold its output open.
export MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*"; }
complain() { printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2; }

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# The program that stands for a Debian package: present means that it runs.
program_of() {
  case "$1" in
    bubblewrap) echo bwrap ;;
    nodejs) echo node ;;
    # Tests start an engine of their own; the client alone is not enough.
    docker.io) echo /usr/sbin/dockerd ;;
    # The sandbox shows /usr only, so a Python elsewhere (pyenv, conda) is of no use to a study.
    python3) echo /usr/bin/python3 ;;
    chromium) echo /usr/bin/chromium ;;
    *) echo "$1" ;;
  esac
}

# missing_packages NAME...: prints the packages whose program is not there.
missing_packages() {
  local package
  for package in "$@"; do
    command -v "$(program_of "$package")" >/dev/null 2>&1 || printf '%s ' "$package"
  done
}

# install_packages NAME...: installs what is missing where it may. Output goes to a log.
install_packages() {
  local missing log
  missing="$(missing_packages "$@")"
  [ -n "$missing" ] || return 0
  may_install || return 1
  log="$(mktemp)"
  # Without a font a page is drawn, but without its words.
  case "$missing" in *chromium*) missing="${missing}fonts-liberation " ;; esac
  say "Installing ${missing% } with apt …"
  # shellcheck disable=SC2086
  if ! { DEBIAN_FRONTEND=noninteractive apt-get -q update &&
         DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -15 "$log" >&2
  fi
  rm -f "$log"
  [ -z "$(missing_packages "$@")" ]
}

need_packages() {
  install_packages "$@" && return 0
  local missing
  missing="$(missing_packages "$@")"
  complain "missing: ${missing% }. Install with:
    sudo apt-get install -y ${missing% }"
  return 1
}

need_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1; then
    complain "the .NET 10 SDK is missing (no 'dotnet' on PATH).
    See https://dotnet.microsoft.com/download/dotnet/10.0 for Debian packages."
    return 1
  fi
  if ! dotnet --list-sdks | grep -q '^10\.'; then
    complain "the .NET 10 SDK is missing; installed: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')
    See https://dotnet.microsoft.com/download/dotnet/10.0 for Debian packages."
    return 1
  fi
}

# Node fetches and copies the style sheets and scripts of the pages at build.
need_node() {
  local version
  need_packages nodejs npm || return 1
  version="$(node --version)"
  version="${version#v}"
  if [ "${version%%.*}" -lt 18 ]; then
    complain "Node.js 18 or newer is needed; $(command -v node) is ${version}."
    return 1
  fi
}

# Installed is not enough: a kernel or a container may forbid namespaces to us.
sandbox_works() {
  bwrap --unshare-all --ro-bind /usr /usr --symlink usr/lib /lib --symlink usr/lib64 /lib64 \
    --symlink usr/bin /bin --proc /proc --dev /dev --clearenv /usr/bin/true
}

need_sandbox() {
  local why
  why="$(sandbox_works 2>&1)" && return 0
  complain "bubblewrap is installed but cannot make a sandbox here: ${why:-no reason given}
    Study code is never run without one. Usual causes:
    - unprivileged user namespaces are off:  sudo sysctl -w kernel.unprivileged_userns_clone=1
    - AppArmor restricts them:               sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0
    - inside a container: start it with --security-opt seccomp=unconfined, or --privileged"
  return 1
}
