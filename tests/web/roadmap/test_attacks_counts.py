"""What is counted in several places is counted alike everywhere, and told to nobody who may not act on it."""

import pytest
from django.utils import timezone

from msoko.web.people import services
from msoko.web.people.models import Role
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.doing_queries import to_verify
from msoko.web.roadmap.models import Assignment, Report
from msoko.web.roadmap.reminders import Reminders
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
