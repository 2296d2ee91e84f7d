"""A programme is started from a template with everything filled in, or empty."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.core.roadmap.passport import from_json
from msoko.web.definitions import definitions
from msoko.web.roadmap.models import Activity, Programme, SwotEntry
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.starting import start, start_empty
from tests.web.roadmap.making import Place, person, place

pytestmark = pytest.mark.django_db
PLACEHOLDER = re.compile(r"\{\w+\}")
MUNICIPAL = sorted(slug for slug, one in definitions().programmes.items() if one.for_level == "municipality")
OF_SCHOOLS = sorted(slug for slug, one in definitions().programmes.items() if one.for_level == "school")


@pytest.fixture
def here() -> Place:
    return place()


def everything_said(programme: Programme) -> str:
    rows = Activity.objects.filter(roadmap__programme=programme)
    texts = [programme.title, str(programme.passport), str(programme.principles)]
    texts += [one.text for one in programme.swot.all()]
    texts += [f"{one.title} {one.deadline} {one.executors_words} {one.result} {one.roadmap.title}" for one in rows]
    return " ".join(texts)


@pytest.mark.parametrize("slug", MUNICIPAL)
def test_a_draft_says_all_that_the_template_says(here, slug):
    template = definitions().programmes[slug]
    programme = start(slug, here.municipality, 2026, person("department", here.municipality))
    assert programme.is_draft
    assert programme.begins.year == 2026
    assert (programme.ends - programme.begins).days in {365 * template.years - 1, 365 * template.years}
    assert not PLACEHOLDER.search(everything_said(programme))
    assert not from_json(programme.passport).empty_fields
    assert programme.roadmaps.count() == len(template.roadmaps)
    assert Activity.objects.filter(roadmap__programme=programme).count() == len(list(template.activities))
    assert SwotEntry.objects.count() == sum(len(getattr(template.swot, one)) for one in SwotEntry.List)


@pytest.mark.parametrize("slug", MUNICIPAL)
def test_deadlines_and_executors_of_a_template_are_understood_at_once(here, slug):
    programme = start(slug, here.municipality, 2026, None)
    activities = Activity.objects.filter(roadmap__programme=programme)
    assert not activities.filter(deadline_kind="").exists()
    assert not activities.filter(executors=None).exists()


@pytest.mark.parametrize("slug", MUNICIPAL)
def test_activities_stand_in_the_order_of_the_template_with_numbers_of_their_own(here, slug):
    template = definitions().programmes[slug]
    programme = start(slug, here.municipality, 2026, None)
    for roadmap, said in zip(programme.roadmaps.all(), template.roadmaps, strict=True):
        stored = list(roadmap.activities.all())
        assert len({one.number for one in stored}) == len(stored)
        in_sections = [one for part in roadmap.sections.all() for one in part.activities.all()]
        assert [one.pk for one in stored] == [one.pk for one in in_sections]
        assert len(stored) == len(list(said.activities))


@pytest.mark.parametrize("slug", OF_SCHOOLS)
def test_a_school_starts_from_a_template_for_schools_with_its_name_in_it(here, slug):
    programme = start(slug, here.schools[0], 2026, None)
    assert here.schools[0].name in everything_said(programme)
    assert not PLACEHOLDER.search(everything_said(programme))


def test_a_template_for_others_or_unknown_is_refused(here):
    with pytest.raises(CannotChange, match=r"для.школы"):
        start(OF_SCHOOLS[0], here.municipality, 2026, None)
    with pytest.raises(CannotChange, match=r"для.муниципалитета"):
        start(MUNICIPAL[0], here.schools[0], 2026, None)
    with pytest.raises(CannotChange, match=r"шаблона.нет"):
        start("nothing", here.municipality, 2026, None)
    with pytest.raises(CannotChange, match="муниципалитет"):
        start(MUNICIPAL[0], here.region, 2026, None)
    assert not Programme.objects.exists()


def test_an_empty_programme_has_its_title_and_period_only(here):
    programme = start_empty(here.municipality, " План ", date(2026, 1, 1), date(2026, 12, 31), None)
    assert (programme.title, programme.passport, programme.roadmaps.count()) == ("План", {}, 0)
    with pytest.raises(CannotChange):
        start_empty(here.municipality, "  ", date(2026, 1, 1), date(2026, 12, 31), None)


def test_starting_asks_the_database_the_same_whatever_the_size_of_the_template(here):
    counts = {}
    for slug in MUNICIPAL:
        with CaptureQueriesContext(connection) as captured:
            start(slug, here.municipality, 2026, None)
        # Long insertions are cut into pieces, a few rows a query would be another thing.
        counts[slug] = len(captured)
    assert max(counts.values()) - min(counts.values()) <= 3, counts
