"""A finding about a class: those who work with the school read of which class it is, and nobody else does."""

import io

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy
from openpyxl import load_workbook

from msoko.core.analysis.outcome import Verdict
from msoko.web.analysis.class_rights import VEILED, as_read_by
from msoko.web.analysis.models import Calculation, Finding, MethodRun
from msoko.web.analysis.services import confirm, dismiss
from msoko.web.collection.models import Procedure
from msoko.web.people.models import Organisation, User
from msoko.web.people.services import give_role, root
from msoko.web.people.sight import sight_of
from tests.web.analysis.lists import YEAR, Region, client_of, region_of, sit, words
from tests.web.analysis.schools import school
from tests.web.analysis.signals import PERSON_FIT, finding_of_class, run_of, work_of

pytestmark = pytest.mark.django_db

OURS, THEIRS, FOREIGN = "sch990001", "sch990002", "sch990009"
CLASS = "5Ж"
"""A letter that stands in no other word of a page."""


@pytest.fixture
def region() -> Region:
    return region_of({OURS: "Наша школа", THEIRS: "Соседняя школа"}, {FOREIGN: "Чужая школа"})


@pytest.fixture
def finding(region: Region) -> Finding:
    return finding_of_class(run_of(PERSON_FIT, region.region), school(OURS), CLASS)


@pytest.fixture
def sat(region: Region) -> Region:
    """The school has results, so that its profile has a year."""
    sit({OURS: (20, 0), THEIRS: (20, 0), FOREIGN: (20, 0)})
    Finding.objects.all().delete()
    calculation = Calculation.objects.get(region=region.region, year=YEAR)
    MethodRun.objects.filter(calculation=calculation).delete()
    finding_of_class(run_of(PERSON_FIT, region.region), school(OURS), CLASS)
    return region


def reader(who: str, region: Region) -> Client:
    """Somebody of this role, where people of the role are."""
    places: dict[str, Organisation] = {
        "department": region.home,
        "methodist": region.home,
        "curator": region.home,
        "curator of the school": school(OURS),
        "school": school(OURS),
        "admin": root(),
        "region": region.region,
        "neighbouring school": school(THEIRS),
        "other department": region.other,
        "public": region.home,
    }
    roles = {"curator of the school": "curator", "neighbouring school": "school", "other department": "department"}
    return client_of(roles.get(who, who), places[who], f"{who.replace(' ', '.')}@people.example")


def page_of(finding: Finding, client: Client) -> str:
    answer = client.get(reverse("analysis:finding", args=[finding.pk]))
    assert answer.status_code == 200
    return words(answer)


KNOW = ("department", "methodist", "curator", "curator of the school", "school", "admin")


@pytest.mark.parametrize("who", KNOW)
def test_who_works_with_the_school_reads_the_class(finding, region, who):
    said = page_of(finding, reader(who, region))
    assert CLASS in said
    assert "необычных работ" in said


def test_a_region_reads_of_one_of_the_classes_and_no_more(finding, region):
    said = page_of(finding, reader("region", region))
    assert CLASS not in said
    assert "Сигнал по одному из классов" in said
    assert "Наша школа" in said
    for detail in ("необычных работ — 9", "0,2", "0,9", "Из каких значений"):
        assert detail not in said, detail


@pytest.mark.parametrize("who", ["neighbouring school", "other department"])
def test_who_does_not_see_the_school_learns_nothing(finding, region, who):
    assert reader(who, region).get(reverse("analysis:finding", args=[finding.pk])).status_code == 404


def test_an_observer_has_no_such_page(finding, region):
    assert reader("public", region).get(reverse("analysis:finding", args=[finding.pk])).status_code in (403, 404)


def test_a_person_s_reason_may_name_the_class_and_is_kept_from_the_region(finding, region):
    dismiss(finding, None, f"Класс {CLASS} собран по уровню")
    assert f"Класс {CLASS} собран" in page_of(finding, reader("department", region))
    said = page_of(finding, reader("region", region))
    assert CLASS not in said
    assert "снят" in said


def test_what_was_said_of_the_class_before_is_kept_from_the_region_too(finding, region):
    Finding.objects.filter(pk=finding.pk).update(superseded_at="2026-01-01T00:00Z")
    newer = finding_of_class(finding.run, school(OURS), CLASS, predecessor=finding, sentence=f"{CLASS}: теперь иначе.")
    confirm(newer, None, f"{CLASS} проверен")
    department = reader("department", region)
    assert "теперь иначе" in page_of(newer, department)
    assert "необычных работ — 9 из 21" in page_of(newer, department)
    ministry = reader("region", region)
    for one in (finding, newer):
        assert CLASS not in page_of(one, ministry)


def test_one_who_is_of_the_region_and_of_the_school_reads_the_class(finding, region):
    client = reader("region", region)
    give_role(User.objects.get(email="region@people.example"), "school", school(OURS), None)
    assert CLASS in page_of(finding, client)


def test_a_finding_about_a_whole_school_is_read_by_everybody_who_sees_it(finding, region):
    whole = Finding(statistic={"n": 40}, organisation=school(OURS), sentence="О школе.")
    reader("region", region)
    assert as_read_by(sight_of(User.objects.get(email="region@people.example")), whole) is whole


def test_the_stored_finding_stays_whole(finding, region):
    page_of(finding, reader("region", region))
    finding.refresh_from_db()
    assert CLASS in finding.sentence
    assert VEILED not in finding.sentence


def profile_of(who: str, region: Region) -> str:
    answer = reader(who, region).get(reverse("analysis:school", args=[school(OURS).pk]))
    assert answer.status_code == 200
    return words(answer)


@pytest.mark.parametrize("who", KNOW)
def test_the_profile_of_the_school_names_the_class_to_those_who_work_with_it(sat, who):
    assert CLASS in profile_of(who, sat)


def test_the_profile_tells_the_region_once_that_there_is_a_signal(sat):
    finding_of_class(Finding.objects.get().run, school(OURS), "6Ж")
    said = profile_of("region", sat)
    assert CLASS not in said
    assert "6Ж" not in said
    assert said.count("Сигнал по одному из классов") == 1


# ---- lists, exports and pictures


SIGNAL = reverse_lazy("analysis:signal", args=[PERSON_FIT])
LISTS = {
    "the page of all signals": reverse_lazy("analysis:objectivity"),
    "the page of the signal": SIGNAL,
    "its list to take away": f"{SIGNAL}?format=csv",
}
READERS = ("department", "methodist", "curator", "admin")


def answer_to(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return words(answer)


@pytest.mark.parametrize("address", LISTS.values(), ids=LISTS.keys())
@pytest.mark.parametrize("who", READERS)
def test_lists_name_the_class_to_those_who_work_with_the_school(finding, region, who, address):
    assert f"{CLASS} класс" in answer_to(reader(who, region), address)


@pytest.mark.parametrize("address", LISTS.values(), ids=LISTS.keys())
def test_lists_name_to_the_region_the_school_once_without_its_classes(finding, region, address):
    finding_of_class(finding.run, school(OURS), "6Ж", Verdict.ROBUST, strength=9)
    said = answer_to(reader("region", region), address)
    assert "Наша школа" in said
    assert "Сигнал по одному из классов" in said
    assert said.count("Сигнал по одному из классов") == 1
    for word in (CLASS, "6Ж", "9 из 21"):
        assert word not in said, word


def test_a_workbook_for_the_region_has_no_class(finding, region):
    answer = reader("region", region).get(f"{SIGNAL}?format=xlsx")
    cells = [str(cell) for row in load_workbook(io.BytesIO(answer.content)).active.values for cell in row]
    assert "Наша школа" in cells
    assert not any(CLASS in cell for cell in cells)


def test_the_picture_of_strengths_is_not_the_region_s(finding, region):
    assert reader("department", region).get(f"{SIGNAL}?picture=strengths&format=svg").status_code == 200
    assert reader("region", region).get(f"{SIGNAL}?picture=strengths&format=svg").status_code == 404


@pytest.fixture
def drawn(sat: Region) -> Finding:
    """A finding whose class has values to be drawn from."""
    finding = Finding.objects.get()
    work = work_of(Procedure.objects.filter(year=YEAR).first())
    finding.statistic = {"class": "5А", "n": 20, "works": [{**work, "n": 20, "z": 3.0}]}
    finding.save()
    return finding


@pytest.mark.parametrize("who", [*KNOW, "region"])
def test_the_picture_of_a_class_is_drawn_for_those_who_may_know_it(drawn, sat, who):
    address = f"{reverse('analysis:finding_picture', args=[drawn.pk, 'tasks'])}?format=svg"
    assert reader(who, sat).get(address).status_code == (404 if who == "region" else 200)
