#!/bin/sh
# Sets up Morphogen in .venv/: system libraries (where it may), Python packages (from requirements.lock), the command.
#   sh setup.sh         what playing needs; quick and offline when nothing changed
#   sh setup.sh tests   the programs the tests call, too
# Asks for no password: without root or password-less sudo it prints the one line to run.
set -eu
cd "$(dirname "$0")"
PATH="$PATH:/usr/sbin:/sbin" # ldconfig is not on everybody's PATH

say() { printf '%s\n' "$*"; }
fail() {
    say "$*" >&2
    exit 1
}

# soname, then its package for apt (with `|` between the names of different releases), dnf, pacman.
# `!` marks what nothing plays without. libEGL_mesa and libGLX_mesa bring the software renderer.
libraries() {
    cat <<'END'
!libEGL.so.1            libegl1                  libglvnd-egl                  libglvnd
!libGL.so.1             libgl1                   libglvnd-glx                  libglvnd
libEGL_mesa.so.0        libegl-mesa0             mesa-libEGL                   mesa
libGLX_mesa.so.0        libglx-mesa0             mesa-libGL                    mesa
libasound.so.2          libasound2t64|libasound2 alsa-lib                      alsa-lib
libjack.so.0            libjack-jackd2-0         pipewire-jack-audio-connection-kit jack2
libportaudio.so.2       libportaudio2            portaudio                     portaudio
libX11.so.6             libx11-6                 libX11                        libx11
libXcursor.so.1         libxcursor1              libXcursor                    libxcursor
libXi.so.6              libxi6                   libXi                         libxi
libXinerama.so.1        libxinerama1             libXinerama                   libxinerama
libXrandr.so.2          libxrandr2               libXrandr                     libxrandr
libxkbcommon.so.0       libxkbcommon0            libxkbcommon                  libxkbcommon
libwayland-client.so.0  libwayland-client0       libwayland-client             wayland
libwayland-cursor.so.0  libwayland-cursor0       libwayland-cursor             wayland
libwayland-egl.so.1     libwayland-egl1          libwayland-egl                wayland
libdecor-0.so.0         libdecor-0-0             libdecor                      libdecor
END
}

# program, then its package for apt, dnf, pacman (`-`: not packaged; the tests that need it are skipped).
programs() {
    cat <<'END'
jackd       jackd2       -                     jack2
Xvfb        xvfb         xorg-x11-server-Xvfb  xorg-server-xvfb
xdotool     xdotool      xdotool               xdotool
jack_metro  jackd2       -                     jack-example-tools
jack_midi_clock jack-midi-clock -             -
oscsend     liblo-tools  liblo                 liblo
pd          puredata-core -                    pd
END
}

system_manager() { # prints the column of its packages and its name; nothing where there is none to ask
    for known in 2:apt-get 3:dnf 4:pacman; do
        if command -v "${known#*:}" >/dev/null; then
            say "${known%%:*} ${known#*:}"
            return
        fi
    done
}

missing_rows() { # the rows of the table on stdin whose library or program is not there
    present=$(ldconfig -p 2>/dev/null || true)
    while read -r name packages; do
        case $name in
        *.so.*) case $present in *"${name#!} ("*) continue ;; esac ;;
        *) if command -v "$name" >/dev/null; then continue; fi ;;
        esac
        say "$name $packages"
    done
}

real_names() { # of `new|old` the one that apt knows; where apt knows nothing yet, the one of this release's kind
    for package in "$@"; do
        case $package in
        *'|'*)
            new=${package%%|*}
            if apt-cache show "$new" 2>/dev/null | grep -q '^Package:'; then
                say "$new"
            elif apt-cache show "${package#*|}" 2>/dev/null | grep -q '^Package:'; then
                say "${package#*|}"
            elif dpkg-query -W '*t64' >/dev/null 2>&1; then
                say "$new"
            else
                say "${package#*|}"
            fi
            ;;
        *) say "$package" ;;
        esac
    done
}

# install_packages NAME...: installs them, or prints the one line that does.
install_packages() {
    if [ "$(id -u)" = 0 ]; then
        as_root=''
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        as_root=no
    fi
    log=$(mktemp)
    if [ "$as_root" != no ]; then
        if [ "$manager" = apt-get ]; then
            $as_root apt-get update -q >"$log" 2>&1 || true # one broken source need not matter
        fi
        # shellcheck disable=SC2046  # names hold no spaces
        set -- $(real_names "$@" | sort -u)
        say "Installing system packages: $*"
        case $manager in
        apt-get) $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy \
            -o DPkg::Lock::Timeout=300 --no-install-recommends "$@" ;;
        dnf) $as_root dnf install -qy "$@" ;;
        pacman) $as_root pacman -S --needed --noconfirm "$@" ;;
        esac >>"$log" 2>&1 </dev/null && { rm -f "$log"; return; }
        tail -n 5 "$log" >&2
        say "That did not work. By hand it is:"
    else
        # shellcheck disable=SC2046
        set -- $(real_names "$@" | sort -u)
        say "Some system packages are missing. This line installs them:"
    fi
    rm -f "$log"
    case $manager in
    apt-get) line="apt-get update; apt-get install -y $*" ;;
    dnf) line="dnf install -y $*" ;;
    pacman) line="pacman -S --needed $*" ;;
    esac
    if command -v sudo >/dev/null; then say "  sudo sh -c '$line'"; else say "  su -c '$line'"; fi
}

packages_of() { # rows on stdin, the packages of this system's manager out
    awk -v column="${manager_column:-0}" 'column && $column != "-" { print $column }' | sort -u
}

# find_python MODULE: the best Python from 3.11 that has it. 3.12 and 3.11 first: MIDI has most wheels there.
find_python() {
    for candidate in python3.12 python3.11 python3 python3.14 python3.13; do
        if "$candidate" -c "import sys, $1; sys.exit(sys.version_info < (3, 11))" >/dev/null 2>&1; then
            say "$candidate"
            return
        fi
    done
}

python_version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'; }

# The folder is part of it: a moved .venv does not work.
state="$(cat setup.sh requirements.lock pyproject.toml | cksum) $(pwd)"
stamp=.venv/.morphogen-set-up
tests_stamp=.venv/.morphogen-tests-set-up
is_set_up() { [ -x .venv/bin/python ] && [ "$(cat "$1" 2>/dev/null)" = "$state" ]; }

# shellcheck disable=SC2046
set -- "${1:-play}" $(system_manager)
what=$1 manager_column=${2:-} manager=${3:-}

set_up_system() {
    rows='' venv_package=''
    if [ "$(uname -s)" = Linux ] && command -v ldconfig >/dev/null; then rows=$(libraries | missing_rows); fi
    python=$(find_python ensurepip)
    if [ -z "$python" ]; then
        bare=$(find_python sys)
        case $manager in
        apt-get) venv_package=$([ -z "$bare" ] || say "python$(python_version "$bare")-venv") ;;
        dnf) venv_package=python3 ;;
        pacman) venv_package=python ;;
        *) if [ -z "$bare" ] && command -v brew >/dev/null; then brew install python@3.12 || true; fi ;;
        esac
    fi
    packages="$(say "$rows" | packages_of) $venv_package"
    # shellcheck disable=SC2086
    set -- $packages
    if [ $# -gt 0 ]; then install_packages "$@"; fi

    python=$(find_python ensurepip)
    if [ -z "$python" ] && [ -z "$venv_package" ]; then
        fail "Morphogen needs Python 3.11 or newer with its venv module (3.12 is best). Please install one."
    fi
    if [ -z "$python" ]; then fail "When that is done, run it again."; fi
    if say "$rows" | grep -q '^!' && libraries | missing_rows | grep -q '^!'; then
        fail "Without OpenGL (libEGL.so.1, libGL.so.1) there is no picture. When it is there, run it again."
    fi
}

pip_install() { .venv/bin/python -m pip --disable-pip-version-check install -q "$@"; }

set_up_python() {
    version=$(python_version "$python")
    case $version in
    3.11 | 3.12) ;;
    *) say "Python $version works; 3.12 is the better choice where MIDI has to be built from source." ;;
    esac
    if [ "$(cat .venv/.made-for 2>/dev/null)" != "$version $(pwd)" ] || ! [ -x .venv/bin/python ]; then
        rm -rf .venv
        "$python" -m venv .venv
        say "$version $(pwd)" >.venv/.made-for
    fi
    say "Installing Python packages into .venv (the first time takes a minute)"
    log=.venv/install.log
    no_packages="The Python packages could not be installed. Is there a network? Then run it again."
    if ! pip_install --require-hashes -r requirements.lock >$log 2>&1; then
        tail -n 5 $log >&2
        # Where its wheel is missing the MIDI binding is built from source, which needs a compiler.
        # The show plays without MIDI, so that must not stop it.
        grep -qi rtmidi $log || fail "$no_packages"
        awk '/^[a-z]/ { midi = /^(python-rtmidi|rtmidi2)=/ } !midi' requirements.lock >.venv/without-midi.lock
        pip_install --require-hashes -r .venv/without-midi.lock || fail "$no_packages"
        say "No MIDI: its binding has no ready-made package for Python $version on this machine. All else works."
    fi
    pip_install --no-deps --no-build-isolation -e .
}

if ! is_set_up "$stamp"; then
    set_up_system
    set_up_python
    say "$state" >"$stamp"
    say "Ready: .venv/bin/morphogen"
fi

if [ "$what" = tests ] && ! is_set_up "$tests_stamp"; then
    # shellcheck disable=SC2046
    set -- $([ "$(uname -s)" != Linux ] || programs | missing_rows | packages_of)
    if [ $# -gt 0 ]; then install_packages "$@"; fi
    if [ -z "$(programs | missing_rows)" ]; then say "$state" >"$tests_stamp"; fi
fi
