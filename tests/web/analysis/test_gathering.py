"""The panel that methods are given says what the stored values say."""

import pytest

from msoko.core.analysis.panel import Group, NoReference, Panel
from msoko.core.vocabulary.shares import Share
from msoko.web.analysis import gathering
from msoko.web.analysis.gathering import gather
from msoko.web.analysis.queries import failed_by_school
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people.models import Kind, Organisation
from msoko.web.people.services.tree import ensure_territory, transplant
from tests.web.analysis.schools import DISTRICT, GOOD, LOW, MATHS_5, NEIGHBOUR, OTHER, district, pupils, school, written
from tests.web.collection.orders import taken
from tests.web.collection.protocols import Pupil, protocol

pytestmark = pytest.mark.django_db
MAXIMA = (5, 5, 5, 5)


def panel(score: str = "items", years: int = 1) -> Panel:
    recompute_stale()
    region = Organisation.objects.filter(kind="region").first()
    return gather(region, 2022, years, score)


def only_reference(seen: Panel) -> Group | NoReference:
    (procedure,) = seen.procedures
    return seen.reference(procedure)


def test_groups_say_what_the_values_say() -> None:
    district()
    written(MATHS_5, pupils(LOW, 12, 8), pupils(GOOD, 1, 19), pupils(OTHER, 0, 20))
    seen = panel()
    (procedure,) = seen.procedures
    groups = {organisation: (one.n, one.mean, one.marks) for organisation, one in seen.groups(procedure).items()}
    stored = Value.objects.filter(score="items", whole=True, organisation__kind="school")
    assert groups == {one.organisation_id: (one.participants, one.mean, one.marks) for one in stored}
    assert len(groups) == 3


def test_rows_of_two_municipalities_are_the_region() -> None:
    district()
    written(MATHS_5, pupils(LOW, 12, 8), pupils(OTHER, 0, 20))
    reference = only_reference(panel())
    assert isinstance(reference, Group)
    assert reference.n == 40


def test_a_municipality_alone_is_never_taken_for_the_region() -> None:
    district()
    written(MATHS_5, pupils(LOW, 12, 8), pupils(GOOD, 0, 20))
    reference = only_reference(panel())
    assert reference == NoReference(gathering.ONE_MUNICIPALITY)


def test_schools_of_which_nobody_said_the_municipality_are_a_region_only_where_they_are_many(monkeypatch) -> None:
    written(MATHS_5, pupils(LOW, 12, 8), pupils(OTHER, 0, 20))
    assert isinstance(only_reference(panel()), NoReference)
    monkeypatch.setattr(gathering, "MANY_SCHOOLS", 2)
    assert isinstance(only_reference(panel()), Group)


def test_pupils_are_those_whom_the_values_count() -> None:
    district()
    written(MATHS_5, pupils(LOW, 12, 8), pupils(OTHER, 3, 17))
    written(MATHS_5, pupils(LOW, 2, 3))  # a newer file speaks for the school
    seen = panel()
    (procedure,) = seen.procedures
    rows = seen.pupils[procedure.key]
    counted = {key: int((rows.organisation == key).sum()) for key in seen.groups(procedure)}
    assert (
        counted
        == {key: group.n for key, group in seen.groups(procedure).items()}
        == {
            school(LOW).pk: 5,
            school(OTHER).pk: 20,
        }
    )
    assert rows.items.sum(axis=1).tolist() == rows.total.tolist()


def test_an_item_that_was_not_attempted_is_minus_one_among_the_rows() -> None:
    district()
    taken(protocol([Pupil(LOW, (1, "X", 0, 2)), Pupil(OTHER, (1, 1, 1, 1))], MAXIMA), MATHS_5)
    seen = panel()
    rows = seen.pupils[seen.procedures[0].key]
    assert rows.items[rows.organisation == school(LOW).pk].tolist() == [[1, -1, 0, 2]]
    assert rows.total[rows.organisation == school(LOW).pk].tolist() == [3]


def test_classes_are_read_when_asked_for_and_are_of_the_region_s_schools() -> None:
    district()
    written(MATHS_5, pupils(LOW, 12, 8), pupils(OTHER, 0, 20))
    seen = panel()
    classes = seen.classes[seen.procedures[0].key]
    assert {(one.organisation, one.class_name, one.n) for one in classes} == {
        (school(LOW).pk, "А", 20),
        (school(OTHER).pk, "А", 20),
    }


def test_the_number_of_queries_does_not_grow_with_the_schools(django_assert_num_queries) -> None:
    district()
    written(MATHS_5, pupils(LOW, 12, 8))
    recompute_stale()
    region = Organisation.objects.get(kind="region")
    before = _queries(region)
    written(MATHS_5, pupils(GOOD, 1, 19), pupils(OTHER, 0, 20))
    recompute_stale()
    assert _queries(region) == before > 0


def _queries(region: Organisation) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        gather(region, 2022, 4)
    return len(queries)


def test_each_school_knows_its_municipality() -> None:
    district()
    written(MATHS_5, pupils(LOW, 12, 8), pupils(OTHER, 0, 20))
    names = dict(Organisation.objects.values_list("pk", "name"))
    found = {key: names[one.municipality] for key, one in panel().organisations.items()}
    assert found == {school(LOW).pk: DISTRICT, school(GOOD).pk: DISTRICT, school(OTHER).pk: NEIGHBOUR}


def test_an_exam_without_test_scores_is_told_by_its_marks() -> None:
    district()
    written("Математика, 11 класс, ВПР 2022.xlsx", pupils(LOW, 12, 8), pupils(OTHER, 0, 20))
    Procedure.objects.update(kind="ege", subject="mathematics_basic")
    seen = panel()
    (procedure,) = seen.procedures
    assert not procedure.is_exam
    assert {key: group.n for key, group in seen.groups(procedure).items()} == {school(LOW).pk: 20, school(OTHER).pk: 20}
    Value.objects.filter(whole=True).update(mark_2=12, mark_3=0, mark_4=8, mark_5=0)
    shown = failed_by_school(Procedure.objects.get(), "items", {school(LOW).pk, school(OTHER).pk})
    assert shown == {key: group.failed(procedure) for key, group in panel().groups(procedure).items()}
    assert set(shown.values()) == {Share(12, 20)}


def test_schools_of_no_region_are_not_held_against_another_region() -> None:
    district()
    lonely = ensure_territory(Kind.MUNICIPALITY, "Отдельный район")
    moved = school(GOOD)
    moved.parent = lonely
    transplant([moved])
    written(MATHS_5, pupils(LOW, 12, 8), pupils(OTHER, 0, 20), pupils(GOOD, 5, 15))
    recompute_stale()
    seen = gather(None, 2022, 1)
    (procedure,) = seen.procedures
    assert set(seen.groups(procedure)) == {school(GOOD).pk}
    assert set(seen.municipalities[procedure.key]) == {lonely.pk}
    assert only_reference(seen) == NoReference(gathering.NO_REGION)
