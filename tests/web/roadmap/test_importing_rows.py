"""Rows of a document are put right, and nothing that was read is lost on the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from msoko.web.people.models import AuditEntry
from msoko.web.roadmap.import_cuts import cuts_of, halves_of
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services import importing_rows as rows
from msoko.web.roadmap.services.importing import CannotImport
from msoko.web.roadmap.services.seen import fingerprint_of
from tests.web.collection.conftest import home
from tests.web.roadmap import making, signed

__all__ = ["home"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return signed.reviewed(making.place(schools=2).municipality)


def said(row: ImportedRow, **changes: str) -> dict[str, str]:
    return {name: getattr(row, name) for name in rows.FIELDS} | changes


# ---- one row


def test_an_edited_row_is_checked_and_says_what_the_person_says(document):
    row = signed.row(document, "2.3")
    rows.edit_row(document, row.pk, None, said(row, deadline="ежегодно, май", title=" Обмен\r\nуроками "))
    row.refresh_from_db()
    assert (row.deadline, row.title, row.is_checked) == ("ежегодно, май", "Обмен\nуроками", True)
    assert AuditEntry.objects.first().action == "imported_row_edited"


def test_a_row_without_a_title_is_not_saved(document):
    row = signed.row(document, "2.3")
    with pytest.raises(CannotImport, match="что за мероприятие"):
        rows.edit_row(document, row.pk, None, said(row, title=" \u200b "))
    row.refresh_from_db()
    assert row.title == "Обмен уроками между школами"
    assert not row.is_checked


def test_who_was_shown_an_older_row_is_told_and_overwrites_nothing(document):
    row = signed.row(document, "2.3")
    seen = fingerprint_of(rows.said_of(row))
    rows.edit_row(document, row.pk, None, said(row, deadline="май 2026"), seen)
    with pytest.raises(rows.RowChanged):
        rows.edit_row(document, row.pk, None, said(row, deadline="июнь 2026"), seen)
    row.refresh_from_db()
    assert row.deadline == "май 2026"


def test_a_row_of_another_document_is_not_found(document):
    other = signed.reviewed(document.organisation, text=signed.of_many(3))
    with pytest.raises(CannotImport, match="нет"):
        rows.edit_row(document, other.rows.first().pk, None, {"title": "Чужая"})
    assert rows.drop_rows(document, [one.pk for one in other.rows.all()], None) == 0


# ---- two rows and one


def test_a_broken_row_is_joined_with_the_one_above_and_its_own_words_stay_among_the_dropped(document):
    above, row = signed.row(document, "2.2"), signed.row(document, "2.3")
    rows.merge_into_above(document, row.pk, None)
    above.refresh_from_db()
    row.refresh_from_db()
    assert above.title == "Семинар для учителей начальных классов Обмен уроками между школами"
    assert above.deadline == "когда сложится"
    assert above.source == [15, 16]
    assert rows.JOINED in above.doubts
    assert not above.is_checked
    assert row.is_dropped
    assert row.title == "Обмен уроками между школами"
    rows.restore_rows(document, [row.pk], None)
    assert "Обмен уроками между школами" in signed.living(document)


def test_words_that_both_parts_have_stand_once(document):
    row = signed.row(document, "1.2")
    rows.edit_row(document, row.pk, None, said(row, executors="Руководители ОО", deadline="ежегодно, сентябрь"))
    joined = rows.merge_into_above(document, row.pk, None)
    assert (joined.executors, joined.deadline) == ("Руководители ОО", "ежегодно, сентябрь")


def test_the_first_row_has_nothing_above_it(document):
    with pytest.raises(CannotImport, match="соединять не с чем"):
        rows.merge_into_above(document, signed.row(document, "1.1").pk, None)


def test_a_dropped_row_is_not_above_anything_and_joins_nothing(document):
    dropped = signed.row(document, "2.2")
    rows.drop_rows(document, [dropped.pk], None)
    with pytest.raises(CannotImport, match="исключена"):
        rows.merge_into_above(document, dropped.pk, None)
    assert rows.merge_into_above(document, signed.row(document, "2.3").pk, None).number == "2.1"


def test_a_row_becomes_two_that_stand_one_below_the_other(document):
    row = signed.row(document, "1.2")
    at = row.title.index("и выбор")
    first, second = halves_of(row, at)
    for _ in range(3):  # again and again at the same place
        rows.split_row(document, row.pk, None, first, second)
    titles = signed.living(document)
    assert titles[1] == "Анализ сведений"
    assert titles[2:5] == ["и выбор школ для помощи"] * 3
    assert titles[5] == "Выезды методистов в школы"
    assert document.rows.filter(is_checked=True).count() == 4


def test_a_split_with_an_empty_half_changes_nothing(document):
    row = signed.row(document, "1.2")
    first, second = halves_of(row, 5)
    with pytest.raises(CannotImport):
        rows.split_row(document, row.pk, None, first, {**second, "title": ""})
    row.refresh_from_db()
    assert row.title == "Анализ сведений и выбор школ для помощи"
    assert document.rows.count() == 5


@given(st.text(alphabet="абв АБВ.;\n12)", max_size=60))
def test_wherever_a_title_is_cut_no_letter_is_lost(title):
    for cut in [one for found in cuts_of(title) for one in found]:
        first, second = halves_of(ImportedRow(title=title), cut.at)
        assert first["title"]
        assert second["title"]
        assert "".join((first["title"] + second["title"]).split()) == "".join(title.split())


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("Сбор сведений. Анализ ошибок", "Анализ ошибок"),
        ("Сбор сведений\nАнализ ошибок", "Анализ ошибок"),
        ("Сбор сведений Проведение семинара", "Проведение семинара"),
        ("Сбор сведений 2) разбор ошибок", "2) разбор ошибок"),
    ],
)
def test_likely_places_to_cut_are_ends_of_sentences_lines_and_beginnings_of_items(title, right):
    assert right in [cut.right for cut in cuts_of(title)[0]]


# ---- many rows


def test_dropped_rows_are_kept_and_come_back(document):
    chosen = [signed.row(document, "1.1").pk, signed.row(document, "2.2").pk]
    assert rows.drop_rows(document, chosen, None) == 2
    assert rows.drop_rows(document, chosen, None) == 0
    assert len(signed.living(document)) == 3
    assert rows.restore_rows(document, chosen, None) == 2
    assert len(signed.living(document)) == document.rows.count() == 5


def test_checked_rows_are_marked_once_and_told_to_the_audit_once(document):
    everything = [one.pk for one in document.rows.all()]
    assert rows.check_rows(document, everything, None) == 5
    assert rows.check_rows(document, everything, None) == 0
    assert AuditEntry.objects.filter(action="imported_rows_checked").count() == 1
    assert rows.uncheck_rows(document, everything[:1], None) == 1


def test_moved_rows_stand_with_those_of_their_new_section(document):
    rows.move_rows(document, [signed.row(document, "1.1").pk], None, signed.LOW, "Помощь")
    ordered = [one.number for one in rows.in_places(document.rows.all())]
    assert ordered == ["1.1", "2.1", "2.2", "2.3", "1.2"]


def test_a_section_is_renamed_in_all_its_rows_the_dropped_ones_too(document):
    rows.drop_rows(document, [signed.row(document, "2.1").pk], None)
    assert rows.rename(document, None, signed.LOW, "Помощь", "Адресная помощь") == 3
    assert set(document.rows.values_list("section", flat=True)) == {"Диагностика", "Адресная помощь"}
    assert rows.rename(document, None, signed.LOW, "Адресная помощь", "Диагностика") == 3
    with pytest.raises(CannotImport, match="обновите страницу"):
        rows.rename(document, None, signed.LOW, "Помощь", "Другое")


def test_a_roadmap_is_renamed_and_keeps_its_sections(document):
    assert rows.rename(document, None, signed.LOW, None, "Поддержка школ") == 5
    assert set(document.rows.values_list("roadmap", "section")) == {
        ("Поддержка школ", "Диагностика"),
        ("Поддержка школ", "Помощь"),
    }


def test_a_missed_row_stands_where_its_line_stands(document):
    rows.add_row(document, None, {"title": "Из середины", "roadmap": signed.LOW}, line=13)
    rows.add_row(document, None, {"title": "Сверху", "roadmap": signed.LOW}, line=2)
    rows.add_row(document, None, {"title": "Снизу", "roadmap": signed.LOW})
    titles = signed.living(document)
    assert (titles[0], titles[3], titles[-1]) == ("Сверху", "Из середины", "Снизу")


# ---- when it is too late


def test_rows_of_a_document_that_is_a_programme_do_not_change(document):
    RoadmapImport.objects.update(state=RoadmapImport.State.LIVE)
    row = signed.row(document, "1.2")
    orders = [
        lambda: rows.edit_row(document, row.pk, None, said(row, title="Другое")),
        lambda: rows.merge_into_above(document, row.pk, None),
        lambda: rows.split_row(document, row.pk, None, *halves_of(row, 6)),
        lambda: rows.drop_rows(document, [row.pk], None),
        lambda: rows.check_rows(document, [row.pk], None),
        lambda: rows.add_row(document, None, {"title": "Новое"}),
        lambda: rows.rename(document, None, signed.LOW, None, "Другая"),
    ]
    for order in orders:
        with pytest.raises(CannotImport, match="стал программой"):
            order()
    assert document.rows.filter(is_checked=False, is_dropped=False).count() == 5


# ---- a law

DEEDS = st.lists(st.tuples(st.sampled_from(["merge", "drop", "restore", "split"]), st.integers(0, 9)), max_size=12)


class NothingIsLost(TestCase):
    @given(DEEDS)
    @settings(max_examples=25, deadline=None)
    def test_whatever_is_done_every_word_that_was_read_stands_somewhere(self, deeds: list[tuple[str, int]]) -> None:
        document = RoadmapImport.objects.create(
            organisation=making.place(schools=1).municipality, file_name="план", state=RoadmapImport.State.REVIEW
        )
        words = [f"Слово{one} слово{one}{one}" for one in range(4)]
        ImportedRow.objects.bulk_create(
            ImportedRow(document=document, order=place, title=title) for place, title in enumerate(words)
        )
        for deed, place in deeds:
            self._do(document, deed, place)
        said = " ".join(document.rows.values_list("title", flat=True))
        assert all(word in said for title in words for word in title.split())
        orders = list(document.rows.values_list("order", flat=True))
        assert len(set(orders)) == len(orders)

    def _do(self, document: RoadmapImport, deed: str, place: int) -> None:
        chosen = document.rows.all()[place % document.rows.count()]
        many = {"drop": rows.drop_rows, "restore": rows.restore_rows}
        try:
            if deed in many:
                many[deed](document, [chosen.pk], None)
            elif deed == "merge":
                rows.merge_into_above(document, chosen.pk, None)
            elif cuts := cuts_of(chosen.title)[1]:
                rows.split_row(document, chosen.pk, None, *halves_of(chosen, cuts[0].at))
        except CannotImport:
            pass
