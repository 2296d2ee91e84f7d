"""The tree: paths, temporary places, moving, merging, names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from msoko.web.people import services
from msoko.web.people.models import AuditEntry, AuditIsAppendOnly, ExternalKey, Organisation, Status
from msoko.web.people.services import Impossible, NewSchool
from tests.web.people.district import District

pytestmark = pytest.mark.django_db


def paths_are_right() -> bool:
    return all(
        one.path == f"{one.parent.path if one.parent else '/'}{one.pk}/"
        for one in Organisation.objects.select_related("parent")
    )


def test_a_path_leads_from_the_root_down_to_the_organisation(district: District) -> None:
    assert paths_are_right()
    assert district.branch.path == f"{district.first.path}{district.branch.pk}/"
    assert district.branch.municipality == district.home
    assert district.branch.region == district.region


def test_the_root_and_a_territory_are_made_once_however_often_they_are_asked_for(district: District) -> None:
    assert services.root() == district.country
    assert services.ensure_territory("municipality", "Приречный муниципальный район", district.region) == district.home
    assert services.ensure_territory("municipality", "г. Заречный", district.region) == district.other


def test_territories_of_different_regions_may_have_one_name(district: District) -> None:
    elsewhere = services.ensure_territory("region", "Дальний край")
    assert services.ensure_territory("municipality", "Приречный район", elsewhere) != district.home


def test_a_nameless_territory_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="название"):
        services.ensure_territory("region", " «» ")


def test_schools_without_a_municipality_stand_in_the_sole_region(district: District) -> None:
    made = services.create_schools([NewSchool("edu990050")])["edu990050"]
    assert made.name == "edu990050"
    assert made.municipality is not None
    assert made.municipality.is_placeholder
    assert made.region == district.region


def test_without_any_region_they_stand_in_no_region(db: None) -> None:
    made = services.create_schools([NewSchool("edu990050")])["edu990050"]
    assert str(made.region) == "Без региона"
    assert str(made.municipality) == "Без муниципалитета"


def test_a_protocol_founds_no_territories_and_its_words_are_kept(district: District) -> None:
    claim = NewSchool("edu990050", "СОШ", municipality="Новый район", region="Приозёрная область")
    made = services.create_schools([claim])["edu990050"]
    assert made.note_from_file == "Новый район, Приозёрная область"
    assert made.municipality is not None
    assert made.municipality.is_placeholder


def test_a_namesake_municipality_of_another_region_is_not_taken(district: District) -> None:
    claim = NewSchool("edu990050", "СОШ", municipality="Приречный район", region="Дальний край")
    made = services.create_schools([claim])["edu990050"]
    assert made.municipality != district.home


def test_a_known_key_gives_the_known_school_in_any_case_of_letters(district: District) -> None:
    before = Organisation.objects.count()
    assert services.create_schools([NewSchool(" SCH990001 ")])["sch990001"] == district.first
    assert Organisation.objects.count() == before


def queries_of_creating(count: int, prefix: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        services.create_schools([NewSchool(f"{prefix}{i:06}", f"Школа {i}") for i in range(count)])
    return len(queries)


def test_creating_schools_takes_as_many_queries_for_ten_as_for_five_hundred(district: District) -> None:
    services.placeholder_municipality()
    assert queries_of_creating(10, "aaa") == queries_of_creating(500, "bbb") <= 16


def test_placing_moves_a_school_with_its_branches(district: District) -> None:
    services.place(district.first, district.other)
    district.branch.refresh_from_db()
    assert district.branch.municipality == district.other
    assert district.branch.path.startswith(district.other.path)
    assert paths_are_right()


def test_a_school_is_placed_in_a_municipality_only(district: District) -> None:
    with pytest.raises(Impossible):
        services.place(district.first, district.region)


def test_merging_keeps_all_keys_people_and_branches(district: District, people: dict) -> None:
    services.merge(district.first, district.second, None, "Один и тот же сайт")
    keys = set(ExternalKey.objects.filter(organisation=district.second).values_list("key", flat=True))
    assert keys == {"sch990001", "sch990002"}
    district.first.refresh_from_db()
    district.branch.refresh_from_db()
    assert district.first.status == Status.CLOSED
    assert district.first.merged_into == district.second
    assert district.first not in Organisation.objects.schools()
    assert district.branch.parent == district.second
    assert people["school"].memberships.get().organisation == district.second
    assert paths_are_right()


def test_a_merge_needs_a_reason_and_two_schools(district: District) -> None:
    for duplicate, into, reason in [
        (district.first, district.second, "  "),
        (district.first, district.first, "причина"),
        (district.first, district.branch, "причина"),
        (district.home, district.other, "причина"),
    ]:
        with pytest.raises(Impossible):
            services.merge(duplicate, into, None, reason)


def test_a_key_names_one_school_only(district: District) -> None:
    services.attach_key(district.first, "EDU990001")
    assert district.first.logins == ["edu990001", "sch990001"]
    with pytest.raises(Impossible, match="edu990001"):
        services.attach_key(district.second, "edu990001")


def test_every_order_leaves_an_entry_that_can_not_be_changed(district: District) -> None:
    services.rename(district.first, "МБОУ «Школа № 1»")
    entry = AuditEntry.objects.get(action="organisation_renamed")
    assert entry.details == {"before": "МБОУ «СОШ № 1»", "now": "МБОУ «Школа № 1»"}
    entry.action = "nothing"
    for attempt in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(AuditIsAppendOnly):
            attempt()
    with pytest.raises(AuditIsAppendOnly):
        AuditEntry.objects.update(action="nothing")


@pytest.mark.parametrize("typed", ["ёлкинская", "ЕЛКИН", "сош ёлк", "«Ёлкинская"])
def test_a_school_is_found_in_any_case_of_cyrillic_letters(district: District, typed: str) -> None:
    assert list(Organisation.objects.sought(typed)) == [district.second]


def test_number_two_stands_before_number_ten(district: District) -> None:
    made = services.create_schools([NewSchool(f"k{n}", f"Школа № {n}") for n in (10, 2, 1)])
    found = Organisation.objects.filter(pk__in=[one.pk for one in made.values()])
    assert [one.name for one in found] == ["Школа № 1", "Школа № 2", "Школа № 10"]
