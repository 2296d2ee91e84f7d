"""The key of links is made once, for its owner's eyes, and printed nowhere."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.conf import settings as installation

from msoko.web.collection.link_key import link_key
from msoko.web.collection.models import Batch
from tests.cli.conftest import Call
from tests.core.collection.readers.books import xlsx
from tests.core.collection.readers.test_exam_protocol import EGE, PERSON

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(settings, tmp_path: Path) -> Path:  # type: ignore[no-untyped-def]
    settings.LINK_KEY_FILE = str(tmp_path / "link_key")
    return tmp_path / "link_key"


def test_the_key_is_made_and_not_printed(msoko: Call, key_file: Path) -> None:
    answer = msoko("linkkey", "--json")
    assert (answer.code, answer.data["file"]) == (0, str(key_file))
    kept = (link_key() or b"").decode()
    assert len(kept) >= 32
    assert kept not in answer.out + answer.err


def test_a_key_that_is_there_is_left_alone(msoko: Call, key_file: Path) -> None:
    msoko("linkkey")
    before = key_file.read_bytes()
    answer = msoko("linkkey", "--json")
    assert answer.code == 1
    assert "Ключ связи уже есть" in answer.out + answer.err
    assert key_file.read_bytes() == before


def test_no_command_prints_a_link_or_a_person(msoko: Call, key_file: Path, tmp_path: Path) -> None:
    msoko("linkkey")
    (tmp_path / "ЕГЭ.xlsx").write_bytes(xlsx(EGE))
    asked = (
        ("import", tmp_path / "ЕГЭ.xlsx", "--accept", "--create-schools", "--json"),
        ("findings", "--method", "exams.sum_of_three", "--year", 2025, "--json"),
        ("findings", "--method", "groups.two_marks", "--year", 2025, "--json"),
        ("describe", "--year", 2025, "--grade", 11, "--subject", "русский язык", "--json"),
    )
    answers = [msoko(*words) for words in asked]
    links = pq.read_table(Path(installation.FACTS) / Batch.objects.get().facts)["link"].to_pylist()
    assert len(links) == 3
    said = "".join(answer.out + answer.err for answer in answers)
    assert [answer.code for answer in answers] == [0, 0, 0, 0]
    assert not [secret for secret in {*links, *PERSON, (link_key() or b"").decode()} if secret in said]


def test_a_folder_that_is_not_there_is_named(msoko: Call, settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.LINK_KEY_FILE = str(tmp_path / "nowhere" / "link_key")
    answer = msoko("linkkey", "--json")
    assert answer.code == 1
    assert "MSOKO_LINK_KEY_FILE" in answer.out + answer.err
