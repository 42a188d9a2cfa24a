# Shared by run, test and the Makefile: what to install, and how to say what goes wrong. POSIX sh; sourced, not run.

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else
    fail "Some packages are missing and installing them needs root: run this as root, or install sudo. Missing:$missing"
  fi
}

# The distribution's own Boost of 1.81 or later: "1.81", "1.83", …
boost_version() {
  for version in 1.90 1.89 1.88 1.87 1.86 1.85 1.84 1.83 1.82 1.81; do
    if dpkg -s "libboost$version-dev" >/dev/null 2>&1; then say "$version"; return; fi
  done
  apt-cache search --names-only '^libboost-json1\.[0-9]+-dev$' 2>/dev/null |
    sed -n 's/^libboost-json\(1\.[0-9]*\)-dev .*/\1/p' | awk -F. '$2 >= 81' | sort -t. -k2 -n | head -n 1
}

build_packages="g++ cmake ninja-build pkg-config ccache ca-certificates libsqlite3-dev libcurl4-openssl-dev
  libutf8proc-dev libgmime-3.0-dev libcli11-dev libtomlplusplus-dev libhowardhinnant-date-dev tzdata libssl-dev libjemalloc-dev"
test_packages="libgtest-dev libgmock-dev python3 python3-venv openssl git curl clang-format-19 clang-tidy-19 default-jre-headless maven"
# 134 MB to fetch, a minute to install; Ubuntu has Chromium as a snap only, and its browser test then skips itself.
browser_packages="chromium chromium-driver"
bench_packages="libbenchmark-dev python3 python3-venv"
fuzz_packages="clang-19 libclang-rt-19-dev python3"

# install_missing NAMES…: installs what is not there; nothing removed, no recommendations.
install_missing() {
  command -v dpkg >/dev/null 2>&1 || fail "This script installs packages with apt-get, so it needs Debian 12 or later, or Ubuntu 24.04 or later."
  missing=""
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  boost=$(boost_version)
  if [ -z "$boost" ]; then
    say "Asking the distribution which packages it has ..."
    as_root apt-get update -qq || fail "apt-get update failed: check this machine's network and its sources.list."
    fresh=yes
    boost=$(boost_version)
    [ -n "$boost" ] || fail "This distribution has no Boost of 1.81 or later (libboost1.81-dev): use Debian 12 or later, or Ubuntu 24.04 or later."
  fi
  for package in "libboost$boost-dev" "libboost-json$boost-dev"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  say "Installing:$missing"
  [ "${fresh:-no}" = yes ] || as_root apt-get update -qq || fail "apt-get update failed: check this machine's network and its sources.list."
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-remove --no-install-recommends $missing >"${TMPDIR:-/tmp}/ticket-router-apt.$$" 2>&1 || {
    tail -n 5 "${TMPDIR:-/tmp}/ticket-router-apt.$$" >&2
    fail "apt-get could not install:$missing. Without --no-remove it might remove other packages (another Boost, say): look at the lines above and install them yourself."
  }
  rm -f "${TMPDIR:-/tmp}/ticket-router-apt.$$"
}

# offered NAMES…: those of them that the distribution has.
offered() {
  for package in "$@"; do
    ! apt-cache show "$package" >/dev/null 2>&1 || printf '%s\n' "$package"
  done
}

# build PRESET TARGETS…
build() {
  preset=$1
  shift
  [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build-$preset.log" 2>&1 || { cat "build-$preset.log" >&2; fail "cmake failed: see above."; }
  rm -f "build-$preset.log"
  cmake --build "build/$preset" -- "$@"
}
