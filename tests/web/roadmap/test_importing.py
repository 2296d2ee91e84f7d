"""A signed document is kept, read by the worker, and waits for a person; whatever it holds."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from msoko.core.roadmap.reading.complaints import Complaint
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.passport import PassportField
from msoko.web.collection.services.forgetting import sweep
from msoko.web.collection.services.uploading import TooLarge
from msoko.web.people.models import AuditEntry, Role
from msoko.web.people.words import ACTIONS
from msoko.web.roadmap import due
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services import importing
from msoko.web.roadmap.services.import_texts import LONGEST_TEXT
from msoko.web.roadmap.services.importing import (
    BROKE_OFF_TWICE,
    INTERNAL_ERROR,
    CannotImport,
    claim_received,
    discard,
    kept,
    read_again,
    read_received,
    receive,
    set_passport,
)
from msoko.web.roadmap.services.importing_live import SURE
from tests.web.collection.conftest import home
from tests.web.roadmap import making, signed

__all__ = ["home"]
pytestmark = pytest.mark.django_db
State = RoadmapImport.State


@pytest.fixture
def place():
    return making.place(schools=2)


def read_as(monkeypatch, document, read):
    """The worker reads the document, and the reader answers so."""
    monkeypatch.setattr(importing, "read_roadmaps", lambda path, name: read() if callable(read) else read)
    assert due.do_one()
    document.refresh_from_db()
    return document


# ---- coming in


def test_a_document_waits_in_the_line_and_its_bytes_are_kept_as_they_came(place):
    who = making.person(Role.DEPARTMENT, place.municipality)
    document = receive([b"one ", b"two"], "план.docx", place.municipality, who)
    assert (document.state, document.file_name, document.received_by) == (State.RECEIVED, "план.docx", who)
    assert kept(document.sha256).read_bytes() == b"one two"
    assert AuditEntry.objects.first().action == "roadmap_document_received"


def test_the_same_bytes_twice_are_two_documents_and_one_file(place, home):
    first, second = (signed.received(place.municipality) for _ in range(2))
    assert first.pk != second.pk
    assert [file.name for file in home.rglob("*") if file.is_file() and file.name != ".lock"] == [first.sha256]


def test_a_document_that_is_too_large_leaves_nothing_behind(place, home, monkeypatch):
    monkeypatch.setattr(importing, "MOST_BYTES", 5)
    with pytest.raises(TooLarge):
        receive([b"123", b"456"], "план.docx", place.municipality, None)
    assert not RoadmapImport.objects.exists()
    assert not [file for file in home.rglob("*") if file.is_file()]


def test_a_region_has_no_programmes_and_is_told_so(place, home):
    with pytest.raises(CannotImport, match="муниципалитета или школы"):
        receive([b"1"], "план.docx", place.region, None)
    assert not [file for file in home.rglob("*") if file.is_file()]


@pytest.mark.parametrize("name", ["\x00пл\ud800ан\u202e.docx", "п" * 400 + ".docx"])
def test_a_name_that_no_database_takes_is_mended(place, name):
    document = receive([b"1"], name, place.municipality, None)
    document.refresh_from_db()
    assert document.file_name.endswith(".docx")
    assert not {"\x00", "\u202e"} & set(document.file_name)


def test_the_daily_sweep_of_uploads_leaves_signed_documents_alone(place):
    document = signed.received(place.municipality)
    assert sweep() == []
    assert kept(document.sha256).exists()


# ---- reading


def test_the_worker_reads_a_document_into_rows_title_period_and_passport(place):
    signed.received(place.municipality)
    assert due.do_one()
    assert claim_received() is None
    document = RoadmapImport.objects.get()
    assert document.state == State.REVIEW
    assert (document.title, document.begins, document.ends) == (signed.TITLE, date(2025, 1, 1), date(2027, 12, 31))
    assert document.passport["goal"]["value"].startswith("каждый выпускник")
    rows = list(document.rows.values_list("number", "section", "roadmap"))
    assert rows == [
        ("1.1", "Диагностика", signed.LOW),
        ("1.2", "Диагностика", signed.LOW),
        ("2.1", "Помощь", signed.LOW),
        ("2.2", "Помощь", signed.LOW),
        ("2.3", "Помощь", signed.LOW),
    ]
    first = signed.row(document, "1.1")
    (line,) = [one for one in document.lines if one["number"] == 11]
    assert first.source == [11]
    assert line["cells"][1] == first.title


def test_of_two_workers_one_gets_the_document(place):
    signed.received(place.municipality)
    assert claim_received() is not None
    assert claim_received() is None


def test_who_was_silent_for_too_long_has_lost_the_document_and_stores_nothing(place):
    signed.received(place.municipality)
    slow = claim_received()
    RoadmapImport.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    quick = claim_received()
    assert quick is not None
    assert read_received(quick)
    ImportedRow.objects.update(is_checked=True)
    assert not read_received(slow)
    assert not ImportedRow.objects.filter(is_checked=False).exists()


def test_a_document_that_breaks_its_reader_twice_is_given_up_and_others_are_read(place):
    breaking, other = signed.received(place.municipality), signed.received(place.municipality, text=signed.of_many(3))
    for _ in range(2):
        assert claim_received().pk == breaking.pk
        RoadmapImport.objects.filter(pk=breaking.pk).update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert claim_received().pk == other.pk
    breaking.refresh_from_db()
    assert (breaking.state, breaking.failure) == (State.FAILED, BROKE_OFF_TWICE)


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"\x89PNG\r\n\x1a\n" + b"0" * 99, "изображение"), (b"", "пустой"), (b"PK\x03\x04 broken", "повреждён")],
    ids=["picture", "nothing", "broken"],
)
def test_what_cannot_be_read_says_what_it_is_and_what_to_do(place, content, word):
    document = receive([content], "план.docx", place.municipality, None)
    due.do_one()
    document.refresh_from_db()
    assert document.state == State.FAILED
    assert word in document.failure
    assert len(document.failure.split(". ")) > 1  # and what to do about it


def test_bytes_that_are_gone_are_a_failure_and_not_silence(place):
    document = signed.received(place.municipality)
    kept(document.sha256).unlink()
    due.do_one()
    document.refresh_from_db()
    assert document.state == State.FAILED


def test_an_error_of_the_program_is_told_without_the_words_of_the_document(place, monkeypatch, caplog):
    def broken():
        raise KeyError("Иванова Мария")

    document = read_as(monkeypatch, signed.received(place.municipality), broken)
    assert (document.state, document.failure) == (State.FAILED, INTERNAL_ERROR)
    assert "KeyError" in caplog.text
    assert "Иванова" not in caplog.text


def test_a_failed_document_is_read_once_more_when_asked(place, monkeypatch):
    document = read_as(monkeypatch, signed.received(place.municipality), lambda: 1 / 0)
    monkeypatch.undo()
    assert read_again(document, None)
    assert not read_again(document, None)
    due.do_one()
    document.refresh_from_db()
    assert (document.state, document.failure) == (State.REVIEW, "")


def test_a_document_without_activities_waits_with_a_complaint_that_says_so(place):
    document = signed.reviewed(place.municipality, text="Положение о конкурсе чтецов\nКонкурс проводится в районе.")
    assert document.state == State.REVIEW
    assert not document.rows.exists()
    assert "Мероприятий в документе не найдено" in document.complaints[0]["text"]


# ---- whatever it holds


def test_texts_that_turn_the_line_around_or_are_not_texts_are_kept_without_it(place, monkeypatch):
    title = "Про\x00вести\u202e\u2066 совещание\ud83d <script>alert(1)</script>"
    read = signed.found([signed.parsed(title)], [Line(1, (title, "\x07срок"), table=0)])
    document = read_as(monkeypatch, signed.received(place.municipality), read)
    assert document.rows.get().title == "Провести совещание? <script>alert(1)</script>"
    assert document.lines[0]["cells"] == [document.rows.get().title, "срок"]


def test_a_cell_that_has_no_room_is_cut_and_the_row_is_to_be_looked_at(place, monkeypatch):
    long = signed.parsed("мероприятие " * 9000, deadline="май " * 900, number="9." * 40)
    document = read_as(monkeypatch, signed.received(place.municipality), signed.found([long]))
    row = document.rows.get()
    assert (len(row.title), len(row.deadline), len(row.number)) == (LONGEST_TEXT, 1000, 30)
    assert row.confidence < SURE
    assert [doubt.split(":")[0] for doubt in row.doubts] == ["Номер", "Название мероприятия", "Срок"]


def test_more_rows_than_a_person_can_look_at_are_cut_with_a_complaint(place, monkeypatch):
    monkeypatch.setattr("msoko.web.roadmap.services.import_reading.MOST_ROWS", 3)
    read = signed.found([signed.parsed(number=str(one)) for one in range(5)])
    document = read_as(monkeypatch, signed.received(place.municipality), read)
    assert document.rows.count() == 3
    assert "5" in document.complaints[0]["text"]


def test_a_complaint_keeps_its_line_its_words_and_what_to_do(place, monkeypatch):
    complaint = Complaint("row_lost", "Строка не взята.", "Внесите её.", line=7, page=2, words="Семинар")
    document = read_as(
        monkeypatch, signed.received(place.municipality), signed.found([signed.parsed()], complaints=[complaint])
    )
    assert document.complaints == [
        {"line": 7, "page": 2, "text": "Строка не взята. «Семинар»", "advice": "Внесите её."}
    ]


def test_columns_that_nobody_knows_are_told_beside_the_row(place, monkeypatch):
    row = signed.parsed(other=(("Бюджет", "12 тыс. руб."),))
    document = read_as(monkeypatch, signed.received(place.municipality), signed.found([row]))
    assert document.rows.get().doubts == ["Ещё в строке: «Бюджет» — 12 тыс. руб."]


# ---- the whole document


def test_the_passport_is_put_right_and_what_a_person_changed_is_certain(place, monkeypatch):
    passport = {"goal": PassportField("чтение", 5, 0.6), "developer": PassportField("управление", 6, 0.9)}
    document = read_as(monkeypatch, signed.received(place.municipality), signed.found(passport=passport))
    period = {"begins": date(2026, 1, 1), "ends": date(2026, 12, 31)}
    set_passport(document, None, title="План", **period, fields={"goal": "читать", "developer": "управление"})
    document.refresh_from_db()
    assert (document.title, document.begins) == ("План", date(2026, 1, 1))
    assert document.passport["goal"] == {"value": "читать", "line": 5, "confidence": 1}
    assert document.passport["developer"]["confidence"] == 0.9


@pytest.mark.parametrize("ends", [date(2025, 12, 31), date(2090, 1, 1)])
def test_a_period_that_no_programme_has_is_refused(place, ends):
    document = signed.reviewed(place.municipality)
    with pytest.raises(CannotImport):
        set_passport(document, None, title="План", begins=date(2026, 1, 1), ends=ends, fields={})
    document.refresh_from_db()
    assert document.title == signed.TITLE


def test_a_discarded_document_stays_discarded(place):
    document = signed.received(place.municipality)
    assert discard(document, None)
    assert not discard(document, None)
    assert claim_received() is None
    document.refresh_from_db()
    assert document.state == State.DISCARDED


def test_every_deed_with_a_document_has_its_words_in_the_audit():
    folder = Path(importing.__file__).parent
    said = "".join(file.read_text() for file in folder.glob("import*.py"))
    deeds = {word for word in said.split('"') if word.startswith(("imported_", "roadmap_document_"))}
    assert len(deeds) > 10
    assert deeds <= set(ACTIONS)
