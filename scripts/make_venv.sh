#!/usr/bin/env bash
# Makes .venv with the installers of requirements-setup.txt in it.
# usage: make_venv.sh PYTHON VENV
set -euo pipefail
python=$1 venv=$2

may_apt() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

refuse() {
  echo "Cannot make a virtual environment with $python: install the packages python3-venv and python3-pip." >&2
  exit 1
}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or later is needed; $python is older. Name another: make PYTHON=python3.12" >&2
  exit 1
}

# Debian ships Python without ensurepip: then the pip outside fills an environment that has none of its own.
if "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  pip=("$venv/bin/python" -m pip)
elif rm -rf "$venv" && "$python" -m venv "$venv" >/dev/null 2>&1; then
  pip=("$venv/bin/python" -m pip)
elif "$python" -m pip --version >/dev/null 2>&1; then
  rm -rf "$venv"
  "$python" -m venv --without-pip "$venv"
  pip=("$python" -m pip --python "$venv/bin/python")
elif may_apt; then
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
  rm -rf "$venv"
  "$python" -m venv "$venv" || refuse
  pip=("$venv/bin/python" -m pip)
else
  refuse
fi
"${pip[@]}" install -q --disable-pip-version-check --require-hashes -r requirements-setup.txt
