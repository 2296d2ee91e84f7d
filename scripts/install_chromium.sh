#!/usr/bin/env bash
# Installs Debian's chromium where there is none and this user may. In CI its absence is an error.
set -euo pipefail
command -v chromium >/dev/null && exit 0

if [ "$(id -u)" = 0 ]; then root=()
elif sudo -n true 2>/dev/null; then root=(sudo -n)
else
  echo "There is no chromium, and this user may not install it: apt-get install chromium" >&2
  [ "${CI:-}" != true ]
  exit
fi
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
