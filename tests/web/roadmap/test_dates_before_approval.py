"""What was due before a programme was approved: nobody is asked for it, unless a signed document binds people."""

from datetime import date

import pytest

from msoko.web.roadmap.models import Assignment, Programme, RoadmapImport
from msoko.web.roadmap.services import assigning
from tests.web.roadmap import making

pytestmark = pytest.mark.django_db
JANUARY, SEPTEMBER = ("2026-01-01", "2026-01-31"), ("2026-09-01", "2026-09-30")


@pytest.fixture
def programme():
    made = making.programme(making.place(schools=2).municipality)
    making.activity(made, windows=(JANUARY, SEPTEMBER))
    Programme.objects.filter(pk=made.pk).update(approved_on=date(2026, 9, 1))
    made.refresh_from_db()
    return made


def dues(programme):
    assigning.begin(programme, making.TODAY)
    return sorted(set(Assignment.objects.values_list("due", flat=True)))


def test_a_plan_begun_in_september_does_not_make_january_overdue(programme):
    assert dues(programme) == [date(2026, 9, 30)]


def test_what_falls_due_on_the_very_day_of_approval_is_asked_for(programme):
    Programme.objects.filter(pk=programme.pk).update(approved_on=date(2026, 1, 31))
    assert dues(programme) == [date(2026, 1, 31), date(2026, 9, 30)]


def test_a_signed_document_binds_with_all_its_dates(programme):
    RoadmapImport.objects.create(
        organisation=programme.organisation, file_name="план.docx", sha256="0", programme=programme
    )
    assert dues(programme) == [date(2026, 1, 31), date(2026, 9, 30)]
