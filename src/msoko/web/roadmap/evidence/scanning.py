"""A scanner of viruses, where the installation has one: a command that is given the path of the file."""

import logging
import shlex
import subprocess
from pathlib import Path

from msoko.core.vocabulary.russian import NBSP
from msoko.web.roadmap.evidence.refused import Refused

log = logging.getLogger("msoko.roadmap")
CLEAN, INFECTED = 0, 1
"""Codes with which ClamAV and its relatives end."""
INFECTION = "антивирус нашёл в нём вредоносную программу, проверьте свой компьютер"
FAILED = f"проверить его на{NBSP}вирусы не{NBSP}удалось, сообщите администратору и{NBSP}попробуйте позже"


def scan(path: Path, command: str, seconds: float) -> None:
    """Nothing where the command is ''. Raises Refused where it has found something, and where it could not look: a
    file of which nobody knows is not let in."""
    if not command:
        return
    code = _ended_with([*shlex.split(command), str(path)], seconds)
    if code == INFECTED:
        log.warning("A file was refused: the scanner has found a virus in it.")
        raise Refused(INFECTION)
    if code != CLEAN:
        raise Refused(FAILED)


def _ended_with(arguments: list[str], seconds: float) -> int | None:
    """None where the command did not begin or did not end in time."""
    try:
        done = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        log.error("The scanner of viruses could not look at a file: %s", problem)
        return None
    if done.returncode not in (CLEAN, INFECTED):
        said = done.stderr[-500:].decode(errors="replace")
        log.error("The scanner of viruses ended with %s: %s", done.returncode, said)
    return done.returncode
