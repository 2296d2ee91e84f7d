"""Texts and dates that nobody types by accident: nothing of them gets into a programme, whatever page they come by."""

from datetime import timedelta

import pytest
from django.utils import timezone

from msoko.web.roadmap.models import Programme, SwotEntry
from tests.web.collection.conftest import home
from tests.web.roadmap import signed
from tests.web.roadmap.programme_screens import Screens, get, post, screens, the_activity, words

__all__ = ["home"]
pytestmark = pytest.mark.django_db
TURNED = "Программа \u202eавтсечак\u2069 и\x00\x07 порядка\u200b"
UPRIGHT = "Программа автсечак и порядка"
PERIOD = {"begins": "2026-01-01", "ends": "2027-12-31"}


@pytest.fixture
def on() -> Screens:
    return screens()


def test_signs_that_turn_a_line_around_do_not_get_into_a_programme(on):
    activity = the_activity(on.draft)
    post(on.department, "programme_describe", on.draft.pk, title=TURNED, **PERIOD)
    post(on.department, "programme_swot_add", on.draft.pk, list="weaknesses", text=TURNED)
    post(on.department, "programme_passport_field", on.draft.pk, "tasks", value=TURNED)
    post(on.department, "programme_activity", activity.pk, section=activity.section_id, title=TURNED, level="school",
         evidence=TURNED, deadline=TURNED)  # fmt: skip
    activity.refresh_from_db()
    on.draft.refresh_from_db()
    swot = SwotEntry.objects.get(programme=on.draft, list="weaknesses").text
    kept = [on.draft.title, swot, *on.draft.passport["tasks"], activity.title, *activity.evidence, activity.deadline]
    assert set(kept) == {UPRIGHT}


@pytest.mark.parametrize("nothing", ["\u200b", "\u2060\u00a0", "\u202e\u202c", "\x01"])
def test_a_title_of_signs_that_nobody_sees_is_no_title(on, nothing):
    said = words(post(on.department, "programme_describe", on.draft.pk, title=nothing, **PERIOD))
    assert "Назовите программу." in said
    on.draft.refresh_from_db()
    assert on.draft.title == "Программа качества"


def test_lines_of_a_text_stay_lines(on):
    post(on.department, "programme_describe", on.draft.pk, title="Первая\r\nвторая\rтретья", **PERIOD)
    on.draft.refresh_from_db()
    assert on.draft.title == "Первая\nвторая\nтретья"


@pytest.mark.parametrize("day", [str(timezone.localdate() + timedelta(days=40)), "31.12.9999", "0001-01-01"])
def test_a_signed_document_does_not_come_into_force_by_an_order_of_no_day(home, on, day):
    document = signed.reviewed(on.here.municipality)
    before = Programme.objects.count()
    answer = post(on.department, "import_live", document.pk, takes_unchecked="on", is_signed="on", approved_on=day,
                  order_words="Приказ № 41")  # fmt: skip
    assert answer.status_code == 200
    assert Programme.objects.count() == before
    assert any(told in words(answer) for told in ("ещё не наступил", "вне пределов 2000–2060"))
    assert "Приказ № 41" in words(answer)
    assert "Сделать программой" in get(on.department, "import_live", document.pk)
