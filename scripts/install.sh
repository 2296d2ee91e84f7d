#!/usr/bin/env bash
# Installs one hash-locked requirements file: by uv, which is quick, or by pip where uv cannot.
# (uv reads no configuration of pip: a machine with a mirror of its own is served by pip only.)
# usage: install.sh VENV REQUIREMENTS
set -euo pipefail
venv=$1 requirements=$2

"$venv/bin/uv" pip install -q --python "$venv/bin/python" --require-hashes -r "$requirements" || {
  echo "uv could not install $requirements; pip tries." >&2
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$requirements"
}
