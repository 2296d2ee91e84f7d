"""What is counted in several places is counted alike everywhere, and told to nobody who may not act on it."""

import pytest
from django.utils import timezone

from msoko.core.vocabulary.russian import MINUS, THIN
from msoko.web.people import services
from msoko.web.people.models import Role
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.doing_queries import to_verify
from msoko.web.roadmap.models import Assignment, Report
from msoko.web.roadmap.reminders import Reminders
from msoko.web.roadmap.report_form import of_report
from msoko.web.roadmap.verifying_page import numbers_in_words
from tests.web.roadmap.making import activity, assigned, person, place, programme

pytestmark = pytest.mark.django_db


def test_a_curator_who_directs_a_school_is_not_asked_to_verify_its_reports():
    here = place(schools=2)
    plan = programme(here.municipality)
    activity(plan)
    director = person(Role.SCHOOL, here.schools[0])
    services.give_role(director, Role.CURATOR, here.municipality, None)
    colleague = person(Role.SCHOOL, here.schools[0], "deputy@people.example")
    for one in assigned(plan):
        Report.objects.create(assignment=one, done="Совещание проведено", reported_by=colleague)
        Assignment.objects.filter(pk=one.pk).update(state=Assignment.State.REPORTED)
    sight = sight_of(director)
    told = Reminders(sight, timezone.localdate()).to_verify
    assert [one.organisation for one in told.first] == [here.schools[1]]
    assert told.count == to_verify(sight).count() == 1


@pytest.mark.parametrize("typed", ["0,00001", "-0,5", "0", "1200", "0,12345678", "999999999999"])
def test_a_number_of_a_report_is_shown_and_offered_for_mending_as_it_was_typed(typed):
    value = float(typed.replace(",", "."))
    report = Report(done="Сделано", numbers=[{"name": "доля", "value": value, "unit": ""}])
    (said,) = numbers_in_words(report)
    assert said.replace(THIN, "").replace(MINUS, "-") == f"доля: {typed}"
    assert of_report(report)["value-0"] == typed
