#!/usr/bin/env bash
# Make .venv and install exactly what a lock file names; do nothing when that is done already.
#   config/stack/install.sh requirements.lock
set -euo pipefail

lock=$1
venv=.venv
stamp=$venv/installed-$(basename "$lock")
wanted=$(cksum <"$lock")

say() { printf '%s\n' "$*" >&2; }

# Two starts at once must not install into one folder.
if command -v flock >/dev/null && [[ -z ${PORCHLIGHT_INSTALLING:-} ]]; then
  PORCHLIGHT_INSTALLING=1 exec flock pyproject.toml bash "$0" "$@"
fi

usable() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  # 3.11 and 3.12 first: for them every package comes ready-made.
  local name
  for name in ${PYTHON:-} python3.12 python3.11 python3 python3.13 python3.14; do
    if command -v "$name" >/dev/null && usable "$name"; then
      printf '%s\n' "$name"
      return
    fi
  done
  say "No Python 3.11 or newer that can make a virtual environment was found."
  say "  Install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name yours: make run PYTHON=/path/to/python3"
  exit 1
}

if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
  python=$(find_python)
  say "Making $venv with $("$python" --version)."
  rm -rf "$venv"
  "$python" -m venv "$venv"
elif [[ -f $stamp && $(<"$stamp") == "$wanted" ]]; then
  exit 0
fi

say "Installing what $lock names."
if "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-installer.lock; then
  "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
else
  say "The fast installer does not run here; the ordinary one takes a few minutes."
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
fi
printf '%s\n' "$wanted" >"$stamp"
