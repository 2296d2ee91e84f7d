#!/usr/bin/env bash
# Makes a home folder with the demonstration district; an interrupted try leaves no half of one.
# usage: make_demo_home.sh VENV HOME
set -euo pipefail
venv=$1 home=$2
part=$home.part

echo "Demonstration district in $home…"
rm -rf "$part"
mkdir -p "$part"
MSOKO_HOME=$(realpath "$part") "$venv/bin/msoko" demo 2>"$part/demo.log" || { cat "$part/demo.log" >&2; exit 1; }
# A folder that holds anything is not replaced.
[ ! -d "$home" ] || rmdir "$home"
mv "$part" "$home"
