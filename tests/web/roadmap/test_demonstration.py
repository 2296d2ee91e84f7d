"""The invented district lives by its plans, whatever day of the school year it is shown on."""

from collections import Counter
from datetime import date

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from msoko.web.definitions import definitions
from msoko.web.people.services import create_demo_accounts
from msoko.web.roadmap.demonstration import TEMPLATES, live
from msoko.web.roadmap.demonstration_texts import REPORTS
from msoko.web.roadmap.models import Assignment, Evidence, Postponement, Programme, Verification
from tests.web.roadmap.making import place

pytestmark = pytest.mark.django_db
DAYS = (date(2026, 9, 1), date(2026, 11, 26), date(2027, 1, 9), date(2027, 8, 31))
State = Assignment.State


@pytest.fixture(params=DAYS, ids=str)
def today(request: pytest.FixtureRequest, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> date:
    """A district of six schools that has lived up to this day; its first school is that of the account."""
    settings.DEMONSTRATION = True
    monkeypatch.setattr(timezone, "localdate", lambda *_: request.param)
    here = place(schools=6)
    create_demo_accounts(here.municipality, here.schools[0])
    live(here.municipality, request.param)
    return request.param


def test_two_plans_are_in_force_since_the_first_of_september(today: date) -> None:
    plans = Programme.objects.filter(state=Programme.State.APPROVED)
    assert {one.template for one in plans} == set(TEMPLATES)
    assert {one.approved_on for one in plans} == {date(2026, 9, 1)}
    assert all("01.09.2026" in one.order_words for one in plans)


def test_there_is_something_of_everything(today: date) -> None:
    states = Counter(Assignment.objects.values_list("state", flat=True))
    assert all(states[one] for one in (State.ACCEPTED, State.REPORTED, State.POSTPONED))
    assert states[State.ACCEPTED] > states[State.REPORTED]
    assert Postponement.objects.get().allowed_by
    assert Verification.objects.filter(is_accepted=False).exclude(reason="").exists()
    assert set(Evidence.objects.values_list("kind", flat=True)) == {"file", "link"}
    late = Assignment.objects.filter(state__in=Assignment.OPEN, due__lt=today).count()
    assert late > 0 or today == DAYS[0]
    assert Assignment.objects.filter(due__gte=today, state__in=Assignment.OPEN).exists()


def test_the_school_of_the_account_has_something_to_do(today: date) -> None:
    own = Assignment.objects.filter(organisation__memberships__user__email="school@msoko.example")
    assert own.filter(state__in=Assignment.OPEN).exists()


def test_who_reports_does_not_verify(today: date) -> None:
    verified = Verification.objects.select_related("report")
    assert verified
    assert not [one for one in verified if one.verified_by_id == one.report.reported_by_id]


def test_reports_are_about_activities_that_the_templates_have() -> None:
    titles = {
        activity.title
        for template in TEMPLATES
        for roadmap in definitions().programmes[template].roadmaps
        for section in roadmap.sections
        for activity in section.activities
    }
    assert set(REPORTS) <= titles
