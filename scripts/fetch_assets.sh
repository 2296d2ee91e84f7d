#!/usr/bin/env bash
# Brings the style sheets and fonts of package-lock.json into src/msoko/web/static/vendor.
# usage: fetch_assets.sh VENV
set -euo pipefail
venv=$1

if ! command -v npm >/dev/null || ! node --version >/dev/null 2>&1; then
  echo "No npm on this machine: Node comes from PyPI." >&2
  bash scripts/install.sh "$venv" requirements-node.txt
  PATH="$PWD/$venv/bin:$PATH"
fi
# As for uv in the Makefile: the authorities of the machine, beside Node's own list.
authorities=/etc/ssl/certs/ca-certificates.crt
[ ! -r "$authorities" ] || export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-$authorities}
npm ci --loglevel=error >/dev/null
"$venv/bin/python" scripts/copy_assets.py
