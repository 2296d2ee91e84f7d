"""`msoko remind`: the letters of the day from the shell."""

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytest_django.fixtures import Settings

from msoko.web.people.models import Role
from tests.cli.conftest import ROOT, Call
from tests.web.roadmap.making import activity, assigned, person, place, programme


def test_where_nobody_has_anything_to_do_no_letter_is_sent_and_the_command_says_so(msoko: Call) -> None:
    answer = msoko("remind", "--json")
    assert answer.code == 0
    assert answer.data["letters"]["sent"] == 0
    assert answer.data["failures"] == []
    assert json.dumps(answer.data["day"])


def kind_of_letters(home: Path, **environment: str) -> str:
    """As a process of its own has it in this home."""
    asked = [sys.executable, "-c", "from msoko.web.settings import EMAIL_KIND as kind; print(kind)"]
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "MSOKO_HOME": str(home)}
    return subprocess.run(asked, env=kept | environment, capture_output=True, text=True, check=True).stdout.strip()


def test_letters_go_to_the_console_and_in_a_demonstration_into_a_folder(tmp_path: Path) -> None:
    assert kind_of_letters(tmp_path) == "console"
    (tmp_path / "demonstration").touch()
    assert kind_of_letters(tmp_path) == "file"
    assert kind_of_letters(tmp_path, MSOKO_EMAIL="console") == "console"


def test_the_folder_of_the_letters_is_named(
    msoko: Call, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = place(1)
    person(Role.SCHOOL, here.schools[0])
    plan = programme(here.municipality)
    activity(plan)
    assigned(plan)
    settings.EMAIL_KIND, settings.EMAIL_FILE_PATH = "file", str(tmp_path)
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: datetime(2026, 9, 28, 12, tzinfo=ZoneInfo("Europe/Moscow"))
    )
    assert f"Письма — в папке {tmp_path}" in msoko("remind").out
