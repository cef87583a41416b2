#!/bin/sh
# Make .venv and install the project into it: `sh tools/setup.sh [EXTRA...]` (make calls it; default extra: dev);
# or, with --system, what the tests need of Debian.
# Takes uv when it is there and pip otherwise. On Debian, as root, installs python3-venv when it is missing.
set -eu

cd "$(dirname "$0")/.."
VENV=${VENV:-.venv}
EXTRAS=$(echo "${*:-dev}" | tr ' ' ',')

say() { printf '%s\n' "setup: $*" >&2; }  # standard output belongs to what make was asked for
die() { printf '%s\n' "setup: $*" >&2; exit 4; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

# Install Debian packages, or say which command the reader has to run.
need_packages() {
    say "this machine lacks: $*"
    if command -v apt-get >/dev/null 2>&1; then
        say "installing it with apt-get"
        if as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"; then
            return 0
        fi
        die "could not install it; run: sudo apt-get install -y $*   and then make again"
    fi
    die "install it with your package manager (on Debian: apt-get install -y $*), then run make again"
}

# Programs and fonts that tests need beside Python; tests of what cannot be installed are skipped.
if [ "${1:-}" = --system ]; then
    lacking=
    # need PACKAGE WHAT PATH...: the package is lacking when no path is there; the tests of WHAT need it.
    need() {
        package=$1; what=$2; shift 2
        for each in "$@"; do
            if [ -e "$each" ]; then return 0; fi
        done
        lacking="$lacking $package"
        say "no $package: the tests of $what need it"
    }
    need chromium "the browser lane and of the site" "$(command -v chromium || :)"
    # Playwright's driver needs it, and a small Debian does not have it.
    need libatomic1 "the browser lane and of the site" /lib/*/libatomic.so.1 /usr/lib/*/libatomic.so.1 /lib64/libatomic.so.1
    need libreoffice-writer-nogui ".doc, .wps and .rtf" /usr/lib*/libreoffice/program/libswlo.so /opt/libreoffice*/program/libswlo.so
    need libreoffice-calc-nogui ".xls and .ods" /usr/lib*/libreoffice/program/libsclo.so /opt/libreoffice*/program/libsclo.so
    need bubblewrap "how LibreOffice is shut in" "$(command -v bwrap || :)"
    need fonts-noto-cjk "pictures and scans" /usr/share/fonts/*/noto/NotoSansCJK-Regular.ttc /usr/share/fonts/*/NotoSansCJK-Regular.ttc
    need wget "archives of other crawlers" "$(command -v wget || :)"
    if [ -z "$lacking" ]; then exit 0; fi
    command -v apt-get >/dev/null 2>&1 || { say "no apt-get: these tests will be skipped"; exit 0; }
    say "installing with apt-get:$lacking"
    # shellcheck disable=SC2086  # a list of packages
    as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $lacking >/dev/null \
        || say "could not install them (as root: apt-get install$lacking): these tests will be skipped"
    exit 0
fi

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

if [ -x "$VENV/bin/python" ] && ! new_enough "$VENV/bin/python"; then
    say "$VENV is broken or older than Python 3.11; making it anew"
    rm -rf "$VENV"
fi

if command -v uv >/dev/null 2>&1; then
    say "installing govcrawl[$EXTRAS] into $VENV with uv"
    [ -x "$VENV/bin/python" ] || uv venv --quiet --python '>=3.11' "$VENV"
    uv pip install --quiet --python "$VENV/bin/python" --editable ".[$EXTRAS]"
else
    if [ ! -x "$VENV/bin/python" ]; then
        PYTHON=$(find_python) || { need_packages python3 python3-venv; PYTHON=$(find_python) || die "govcrawl needs Python 3.11 or newer"; }
        # Debian ships venv without ensurepip; only trying tells.
        if ! "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null; then
            need_packages "$("$PYTHON" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')"
        fi
        say "making $VENV with $("$PYTHON" --version)"
        "$PYTHON" -m venv "$VENV"
    fi
    # An environment made by uv holds no pip.
    "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || "$VENV/bin/python" -m ensurepip >/dev/null
    say "installing govcrawl[$EXTRAS] into $VENV with pip (the first time takes some minutes)"
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --editable ".[$EXTRAS]"
fi
say "done"
