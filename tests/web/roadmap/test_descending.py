"""A school's own programme comes from the municipal one and stays linked to it through its editions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.web.people.models import User
from msoko.web.roadmap.models import Activity, Level, Programme
from msoko.web.roadmap.services import contents, programmes
from msoko.web.roadmap.services.contents import Wording
from msoko.web.roadmap.services.descending import (
    descend,
    edition_in_force,
    follow,
    not_taken,
    origins_of,
    take_new,
    templates_for_school,
)
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.editions import approve, new_edition
from tests.web.roadmap.making import TODAY, Place, activity, person, place, programme, section

pytestmark = pytest.mark.django_db
ORDER = "Приказ от 12.09.2026 № 41"
SCHOOL = Level.SCHOOL


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def boss(here: Place) -> User:
    return person("department", here.municipality)


@pytest.fixture
def live(here: Place, boss: User) -> Programme:
    draft = programme(here.municipality, state=Programme.State.DRAFT)
    with_words = {"deadline": "ежегодно, сентябрь"}
    first, second = here.schools[0], here.schools[1]
    activity(draft, "Для всех", within=section(draft, "Школы"), level=SCHOOL, executors_words="ШМО", **with_words)
    activity(draft, "Этой школе", within=section(draft, "Школы"), executors=[first], executors_words=first.name)
    activity(draft, "Другой школе", within=section(draft, "Школы"), level=SCHOOL, executors=[second])
    activity(draft, "Управлению", within=section(draft, "Управление"), executors=["department"])
    activity(draft, "Слабым", within=section(draft, "Школы"), level=SCHOOL, executors=["low_results"])
    return approve(draft, boss, TODAY, ORDER)


def titles(of: Programme) -> list[str]:
    found = Activity.objects.filter(roadmap__programme=of).order_by("roadmap__order", "order")
    return list(found.values_list("title", flat=True))


def test_a_school_takes_what_is_its_own_with_the_words_and_a_link(live, here, boss):
    own = descend(live, here.schools[0], boss)
    assert (own.is_draft, own.parent, own.organisation) == (True, live, here.schools[0])
    assert titles(own) == ["Для всех", "Этой школе", "Слабым"]
    one = Activity.objects.get(roadmap__programme=own, title="Для всех")
    assert one.descends_from == Activity.objects.get(roadmap__programme=live, title="Для всех")
    assert (one.level, one.windows[0]) == (SCHOOL, ["2026-09-01", "2026-09-30"])
    assert (one.roadmap.title, one.section.title) == ("План мероприятий", "Школы")


def test_what_is_of_a_confirmed_list_without_the_school_is_not_the_school_s(live, here, boss, monkeypatch):
    from msoko.web.roadmap.school_groups import Groups
    from msoko.web.roadmap.services import descending

    schools = tuple(one.pk for one in here.schools)
    monkeypatch.setattr(descending, "groups_of", lambda territory: Groups(schools, schools[1:2], schools[1:2], (), {}))
    assert titles(descend(live, here.schools[0], boss)) == ["Для всех", "Этой школе"]
    assert titles(descend(live, here.schools[1], boss)) == ["Для всех", "Другой школе", "Слабым"]


def test_a_template_for_schools_comes_first_and_the_municipal_activities_after_it(live, here, boss):
    template = templates_for_school(live)[0]
    own = descend(live, here.schools[0], boss, template.slug)
    assert own.template == template.slug
    assert set(titles(own)) > {"Для всех", "Этой школе", "Слабым"}
    assert titles(own).index("Для всех") >= len(list(template.activities))


def test_only_a_programme_in_force_of_the_school_s_own_municipality_has_descendants(live, here, boss):
    draft = programme(here.municipality, state=Programme.State.DRAFT)
    with pytest.raises(CannotChange, match=r"не.действует"):
        descend(draft, here.schools[0], boss)
    with pytest.raises(CannotChange, match=r"не.из.муниципалитета"):
        descend(live, here.foreign, boss)
    with pytest.raises(CannotChange, match=r"не.связан"):
        descend(live, here.schools[0], boss, "quality_programme")


def test_a_school_has_one_programme_of_a_municipal_one_over_all_its_editions(live, here, boss):
    descend(live, here.schools[0], boss)
    with pytest.raises(CannotChange, match=r"уже.есть"):
        descend(live, here.schools[0], boss)
    fresh = new_edition(live, boss, "Поправки")
    programmes.set_principles(fresh, boss, ["Честность"])
    approve(fresh, boss, TODAY, ORDER)
    with pytest.raises(CannotChange, match=r"уже.есть"):
        descend(fresh, here.schools[0], boss)


@pytest.fixture
def changed(live: Programme, boss: User) -> Programme:
    """The next edition in force: one activity of schools more, another deadline."""
    fresh = new_edition(live, boss, "Поправки")
    where = Activity.objects.get(roadmap__programme=fresh, title="Для всех").section
    contents.add_activity(where, boss, Wording("Новое", executors_words="Руководители ОО", level=SCHOOL))
    one = Activity.objects.get(roadmap__programme=fresh, title="Для всех")
    contents.edit_activity(
        one, boss, Wording("Для всех", deadline="ежегодно, май", executors_words="ШМО", level=SCHOOL)
    )
    return approve(fresh, boss, TODAY, ORDER)


def test_a_new_municipal_edition_is_followed_without_a_change_of_the_school_s_texts(live, here, boss, request):
    own = descend(live, here.schools[0], boss)
    director = person("school", here.schools[0])
    approve(own, director, TODAY, ORDER)
    changed = request.getfixturevalue("changed")
    assert edition_in_force(live) == changed
    before = titles(own)
    follow(own, director)
    own.refresh_from_db()
    assert (own.parent, titles(own), own.state) == (changed, before, "approved")


def test_what_is_new_is_taken_into_the_draft_once(live, here, boss, request):
    own = descend(live, here.schools[0], boss)
    request.getfixturevalue("changed")
    assert [one.title for one in not_taken(own)] == ["Новое"]
    assert take_new(own, boss) == 1
    assert titles(own)[-1] == "Новое"
    with pytest.raises(CannotChange, match=r"нет.мероприятий"):
        take_new(own, boss)


def test_an_activity_finds_its_municipal_origin_over_editions_of_both(live, here, boss, request):
    own = descend(live, here.schools[0], boss)
    approve(own, person("school", here.schools[0]), TODAY, ORDER)
    changed = request.getfixturevalue("changed")
    next_own = new_edition(own, boss, "Поправки школы")
    origins = origins_of(next_own, changed)
    named = {Activity.objects.get(pk=one).title: Activity.objects.get(pk=other) for one, other in origins.items()}
    assert {title: one.roadmap.programme for title, one in named.items()} == dict.fromkeys(titles(own), changed)
    assert all(title == one.title for title, one in named.items())


def test_a_programme_of_its_own_follows_nobody(here, boss):
    alone = programme(here.schools[0], state=Programme.State.DRAFT)
    for order in (follow, take_new):
        with pytest.raises(CannotChange, match=r"не.связана"):
            order(alone, boss)


def test_descending_asks_the_database_the_same_for_3_and_60_activities(here, boss):
    counts = []
    for school, number in zip(here.schools, (3, 60), strict=False):
        made = programme(here.municipality, f"Программа {number}", state=Programme.State.DRAFT)
        for one in range(number):
            activity(made, f"Дело {one}", level=SCHOOL, executors_words="Руководители ОО")
        approve(made, boss, TODAY, ORDER)
        with CaptureQueriesContext(connection) as captured:
            descend(made, school, boss)
        counts.append(len(captured))
    assert counts[0] == counts[1]
