"""Evidence: only harmless files are taken, under harmless names, and given out so that nothing runs."""

import os
import sys
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from msoko.web.people.models import AuditEntry, Role, User
from msoko.web.roadmap.evidence import BY_MEDIA_TYPE
from msoko.web.roadmap.evidence.scanning import FAILED, INFECTION
from msoko.web.roadmap.execution_rights import NOT_THE_EXECUTOR
from msoko.web.roadmap.models import Assignment, Evidence
from msoko.web.roadmap.services import evidence_files
from msoko.web.roadmap.services.carrying_out import CannotExecute
from msoko.web.roadmap.services.evidence_files import (
    NoFile,
    add_file,
    add_link,
    kept,
    open_evidence,
    sweep_evidence,
    withdraw_evidence,
)
from msoko.web.roadmap.services.executing import accept, report
from tests.web.roadmap.files import BAD, GOOD, jpeg, pdf, png
from tests.web.roadmap.making import Place, activity, assigned, person, place, programme

ENDINGS = {kind.endings[0] for kind in BY_MEDIA_TYPE.values()}


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.EVIDENCE, settings.UPLOADS = tmp_path / "evidence", tmp_path / "uploads"
    return settings.EVIDENCE


@pytest.fixture
def here(db: None, folder: Path) -> Place:
    where = place()
    plan = programme(where.municipality)
    activity(plan, evidence=["приказ"])
    assigned(plan)
    return where


@pytest.fixture
def director(here: Place) -> User:
    return person(Role.SCHOOL, here.schools[0])


@pytest.fixture
def mine(here: Place) -> Assignment:
    return Assignment.objects.get(organisation=here.schools[0])


def files_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file() and file.name != ".lock")


def nothing_is_left(folder: Path) -> bool:
    return files_in(folder) == files_in(folder.parent / "uploads") == [] and not Evidence.objects.exists()


# ---- how it is kept


def test_a_file_is_kept_under_the_hash_of_its_bytes_and_can_be_opened_by_nobody_else(
    mine: Assignment, director: User, folder: Path
) -> None:
    made = add_file(mine, director, [b"%PDF", pdf()[4:]], "Приказ.pdf", " приказ ")
    assert (made.kind, made.name, made.about, made.size) == ("file", "Приказ.pdf", "приказ", len(pdf()))
    assert files_in(folder) == [made.sha256]
    assert kept(made.sha256) == folder / made.sha256[:2] / made.sha256
    assert kept(made.sha256).read_bytes() == pdf()
    assert kept(made.sha256).stat().st_mode & 0o777 == 0o600
    assert files_in(folder.parent / "uploads") == []
    assert report(mine, director, done="Издали приказ.")


def test_a_file_that_a_browser_sends_is_taken_in_pieces(mine: Assignment, director: User) -> None:
    sent = SimpleUploadedFile("Приказ.pdf", pdf(), content_type="text/html")
    assert add_file(mine, director, sent.chunks(), sent.name).media_type == "application/pdf"


def test_the_same_file_twice_is_there_once(mine: Assignment, director: User, folder: Path) -> None:
    first, again, other = (add_file(mine, director, [pdf()], "п.pdf", about) for about in ("приказ", "приказ", ""))
    assert (first, Evidence.objects.count(), len(files_in(folder))) == (again, 2, 1)
    assert other != first


@pytest.mark.parametrize("what", ["a page", "ZIP", "macros by their part", "nothing"])
def test_of_a_refused_file_nothing_is_left(mine: Assignment, director: User, folder: Path, what: str) -> None:
    name, data, said = BAD[what]
    with pytest.raises(CannotExecute) as refused:
        add_file(mine, director, [data], name)
    assert refused.value.reason.startswith(f"Файл «{name}» не\u00a0принят: ")
    assert said in refused.value.reason
    assert refused.value.reason.endswith(
        "Принимаем PDF, DOCX, XLSX, ODT, ODS, JPEG, PNG, TXT, CSV, до\u00a030\u00a0МБ."
    )
    assert nothing_is_left(folder)


def test_a_file_that_is_too_large_is_refused_before_it_has_come_in(
    mine: Assignment, director: User, folder: Path
) -> None:
    came = []

    def endless():
        while True:
            came.append(1)
            yield b"x" * 1024 * 1024

    with pytest.raises(CannotExecute, match="больше 30\u00a0МБ"):
        add_file(mine, director, endless(), "большой.pdf")
    assert len(came) == 31
    assert nothing_is_left(folder)


def test_a_strangers_bytes_are_not_even_taken_in(mine: Assignment, here: Place, folder: Path) -> None:
    def must_not_come():
        raise AssertionError("the bytes were asked for")
        yield b""

    for stranger in (person(Role.SCHOOL, here.schools[1]), person(Role.DEPARTMENT, here.municipality)):
        with pytest.raises(CannotExecute, match=NOT_THE_EXECUTOR):
            add_file(mine, stranger, must_not_come(), "п.pdf")
    assert nothing_is_left(folder)


def test_to_what_is_accepted_nothing_is_added_any_more(mine: Assignment, director: User, here: Place) -> None:
    add_link(mine, director, "https://school.example/1", about="приказ")
    handed = report(mine, director, done="Издали приказ.")
    assert add_link(mine, director, "https://school.example/2")
    accept(handed, person(Role.METHODIST, here.municipality))
    with pytest.raises(CannotExecute, match="«принято»"):
        add_link(mine, director, "https://school.example/3")


def test_an_assignment_that_was_accepted_while_the_file_came_takes_it_no_more(
    mine: Assignment, director: User, folder: Path
) -> None:
    def slow():
        yield pdf()
        Assignment.objects.filter(pk=mine.pk).update(state=Assignment.State.ACCEPTED)

    with pytest.raises(CannotExecute):
        add_file(mine, director, slow(), "п.pdf")
    assert nothing_is_left(folder)


def test_the_disk_cannot_be_filled(mine: Assignment, director: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_files, "MOST", 2)
    for number in range(2):
        add_link(mine, director, f"https://school.example/{number}")
    with pytest.raises(CannotExecute, match="отзовите лишние"):
        add_file(mine, director, [pdf()], "п.pdf")


# ---- how it is given out


@pytest.mark.parametrize("what", ["docx", "jpeg", "pdf", "txt"])
def test_a_file_is_given_out_as_an_attachment_that_no_browser_shows(
    mine: Assignment, director: User, what: str
) -> None:
    name, data = GOOD[what]
    stream, headers = open_evidence(add_file(mine, director, [data], name))
    with stream:
        assert stream.read() == data
    assert headers["Content-Disposition"].startswith("attachment; filename")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["Content-Type"] in BY_MEDIA_TYPE
    assert headers["Content-Length"] == str(len(data))
    assert all("\n" not in value and "\r" not in value for value in headers.values())


def test_a_type_that_is_not_of_our_table_is_never_sent(mine: Assignment, director: User) -> None:
    made = add_file(mine, director, [pdf()], "п.pdf")
    made.media_type = "text/html"
    stream, headers = open_evidence(made)
    stream.close()
    assert headers["Content-Type"] == "application/octet-stream"


def test_what_was_withdrawn_what_is_no_file_and_what_is_gone_is_not_given_out(mine: Assignment, director: User) -> None:
    gone, taken_back = (add_file(mine, director, [data], "ф") for data in (png(), jpeg()))
    kept(gone.sha256).unlink()
    withdraw_evidence(taken_back, director)
    for one in (gone, taken_back, add_link(mine, director, "https://school.example/")):
        with pytest.raises(NoFile):
            open_evidence(one)


def test_withdrawn_evidence_does_not_count_and_stays_as_history(mine: Assignment, director: User) -> None:
    made = add_file(mine, director, [pdf()], "п.pdf", "приказ")
    withdraw_evidence(made, director)
    with pytest.raises(CannotExecute, match="приказ"):
        report(mine, director, done="Издали приказ.")
    assert Evidence.objects.get().withdrawn_at is not None
    assert kept(made.sha256).exists()
    with pytest.raises(CannotExecute, match="уже отозвано"):
        withdraw_evidence(made, director)
    entries = AuditEntry.objects.filter(subject_type="roadmap.assignment").order_by("pk")
    assert [(one.action, one.details["name"]) for one in entries] == [
        ("evidence_added", "п.pdf"),
        ("evidence_withdrawn", "п.pdf"),
    ]


def test_while_a_report_waits_nothing_is_taken_away_from_under_it(mine: Assignment, director: User) -> None:
    made = add_file(mine, director, [pdf()], "п.pdf", "приказ")
    report(mine, director, done="Издали приказ.")
    with pytest.raises(CannotExecute):
        withdraw_evidence(made, director)


def test_files_that_no_row_names_are_swept_after_a_day(mine: Assignment, director: User, folder: Path) -> None:
    made = add_file(mine, director, [pdf()], "п.pdf")
    with transaction.atomic():
        add_file(mine, director, [png()], "к.png")
        transaction.set_rollback(True)
    left = [name for name in files_in(folder) if name != made.sha256]
    assert len(left) == 1
    assert sweep_evidence() == []
    long_ago = time.time() - evidence_files.AGE_OF_RUBBISH - 60
    for name in files_in(folder):
        os.utime(kept(name), (long_ago, long_ago))
    assert sweep_evidence() == left
    assert files_in(folder) == [made.sha256]


# ---- the scanner


def scanner(tmp_path: Path, body: str) -> str:
    """A command that runs this Python with the path of the file as `path`."""
    script = tmp_path / "scanner with a space.py"
    script.write_text(f"import sys, time\npath = sys.argv[-1]\n{body}\n", encoding="utf-8")
    return f'{sys.executable} "{script}" --quiet'


def test_a_clean_file_is_let_in_and_the_scanner_has_seen_its_bytes(
    mine: Assignment, director: User, settings, tmp_path: Path
) -> None:
    settings.SCANNER = scanner(tmp_path, 'sys.exit(0 if open(path, "rb").read(5) == b"%PDF-" else 1)')
    assert add_file(mine, director, [pdf()], "п.pdf")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("sys.exit(1)", INFECTION),
        ("sys.exit(2)", FAILED),
        ("time.sleep(30)", FAILED),
        ("raise ValueError", INFECTION),  # Python ends with 1: taken for the worse of the two
    ],
)
def test_an_infected_file_and_one_that_could_not_be_scanned_are_refused(
    mine: Assignment, director: User, settings, tmp_path: Path, folder: Path, body: str, said: str
) -> None:
    settings.SCANNER, settings.SCANNER_SECONDS = scanner(tmp_path, body), 2
    with pytest.raises(CannotExecute) as refused:
        add_file(mine, director, [pdf()], "п.pdf")
    assert said in refused.value.reason
    assert nothing_is_left(folder)


def test_a_scanner_that_is_not_there_lets_nothing_in(mine: Assignment, director: User, settings, folder: Path) -> None:
    settings.SCANNER = "a-scanner-that-nobody-has"
    with pytest.raises(CannotExecute) as refused:
        add_file(mine, director, [pdf()], "п.pdf; rm -rf ~")
    assert FAILED in refused.value.reason
    assert nothing_is_left(folder)
