#!/usr/bin/env bash
# install_from_debian.sh PROGRAM PACKAGE [wanted]: installs Debian's package where the program is not there and this user
# may. In CI its absence is an error, unless it is only wanted: then tests that need it skip and say so.
set -euo pipefail
program=$1 package=$2 how=${3:-needed}
command -v "$program" >/dev/null && exit 0

missing() {
  echo "There is no $program, and it could not be installed: apt-get install $package" >&2
  [ "$how" = wanted ] || [ "${CI:-}" != true ]
  exit
}

if [ "$(id -u)" = 0 ]; then root=()
elif sudo -n true 2>/dev/null; then root=(sudo -n)
else missing
fi
"${root[@]}" apt-get update -qq || missing
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null || missing
