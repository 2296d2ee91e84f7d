#!/usr/bin/env bash
# Puts the project itself into the virtual environment, to be edited in place.
# usage: install_project.sh VENV
set -euo pipefail
venv=$1

"$venv/bin/uv" pip install -q --python "$venv/bin/python" --offline --no-deps --no-build-isolation -e . ||
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
