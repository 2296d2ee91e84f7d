"""Calling the command: inside this process (quick, on the test's database) or as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.web.collection.conftest import home as home

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What the command came to. `data` is the one JSON object of --json."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        (line,) = self.out.splitlines()
        said = json.loads(line)
        assert isinstance(said, dict)
        return said

    @property
    def batches(self) -> list[dict[str, Any]]:
        return self.data["batches"]


Call = Callable[..., Answer]


@pytest.fixture
def msoko(db: None, capsys: pytest.CaptureFixture[str]) -> Call:
    """msoko(*words) within the process; a wrong call raises what argparse raises, told as its exit code."""
    from msoko.cli import main

    def call(*words: object) -> Answer:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Answer(code, said.out, said.err)

    return call


def process(home: Path | None, *words: object, **environment: str) -> "subprocess.Popen[str]":
    """msoko as a process with an environment of its own: only what a shell would give it."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    command: Sequence[str] = [sys.executable, "-m", "msoko.cli", *(["--home", str(home)] if home else [])]
    return subprocess.Popen(
        [*command, *map(str, words)],
        env=kept | {"PYTHONPATH": str(ROOT / "src"), "MSOKO_SECRET_KEY": "a key for tests only"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def shell(home: Path | None, *words: object, **environment: str) -> Answer:
    running = process(home, *words, **environment)
    out, err = running.communicate(timeout=300)
    assert "Traceback" not in err, err
    return Answer(running.returncode, out, err)
