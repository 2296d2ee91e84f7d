"""Links and records of the platform as evidence: what is taken, what is told of it."""

from pathlib import Path

import pytest

from msoko.web.analysis.models import Finding
from msoko.web.people.models import Role, User
from msoko.web.roadmap.evidence_records import NO_SUCH, RECORDS, address_of
from msoko.web.roadmap.links import BadLink, checked_link, name_of_link
from msoko.web.roadmap.models import Assignment, Evidence
from msoko.web.roadmap.services.carrying_out import CannotExecute
from msoko.web.roadmap.services.evidence_files import (
    add_link,
    add_record,
)
from tests.web.roadmap.living import found
from tests.web.roadmap.making import Place, activity, assigned, person, place, programme


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.EVIDENCE, settings.UPLOADS = tmp_path / "evidence", tmp_path / "uploads"
    return settings.EVIDENCE


@pytest.fixture
def here(db: None, folder: Path) -> Place:
    where = place()
    plan = programme(where.municipality)
    activity(plan, evidence=["приказ"])
    assigned(plan)
    return where


@pytest.fixture
def director(here: Place) -> User:
    return person(Role.SCHOOL, here.schools[0])


@pytest.fixture
def mine(here: Place) -> Assignment:
    return Assignment.objects.get(organisation=here.schools[0])


# ---- links


@pytest.mark.parametrize(
    "url",
    [
        "https://school.example/news/12",
        "http://школа.рф/новости?год=2026#итоги",
        "https://disk.example/d/AbC_1-2~3",
        "HTTPS://school.example:8443/",
    ],
)
def test_an_address_of_a_page_is_taken_as_it_is(url: str) -> None:
    assert checked_link(f"  {url} ") == url


@pytest.mark.parametrize(
    "url",
    [
        *("", "  ", "school.example", "//school.example/", "ftp://school.example/", "file:///etc/passwd"),
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>"),
        *(
            "https://",
            "https:///path",
            "https://school",
            "https://user:secret@school.example/",
            "https://me@school.ru/",
        ),
        *("https://school.example/a b", "https://school.example\\@evil.example/", "https://school.example/\u202efdp"),
        *("https://school.example/\x00", "https://[::1", "https://" + "a" * 1000 + ".ru", "mailto:a@school.example"),
        "https://школа.рф/\u200b",
    ],
)
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(BadLink):
        checked_link(url)


def test_a_link_without_a_name_is_called_by_its_place(mine: Assignment, director: User) -> None:
    made = add_link(mine, director, "https://school.example/%D1%83%D1%80%D0%BE%D0%BA/%00%0A/", about="приказ")
    assert (made.kind, made.name, made.about) == ("link", "school.example/урок/", "приказ")
    assert name_of_link("https://school.example") == "school.example"


# ---- records of the platform


def test_a_finding_of_ones_own_school_confirms_and_its_sentence_is_not_told(
    mine: Assignment, director: User, here: Place
) -> None:
    finding = found(here.schools[0], sentence="В 5А классе не справились 12 из 20.")
    made = add_record(mine, director, "analysis.finding", str(finding.pk))
    assert made.name.startswith("Вывод: «")
    assert made.name.endswith("», 2026")
    assert "5А" not in made.name
    assert address_of(made) == f"/findings/{finding.pk}/"


@pytest.mark.parametrize("record_type", [*sorted(RECORDS), "people.user", "", "analysis.Finding"])
@pytest.mark.parametrize("record_id", ["1000000", "-1", "", "1 or 1=1", "²", "9" * 40])
def test_what_does_not_exist_is_refused(mine: Assignment, director: User, record_type: str, record_id: str) -> None:
    with pytest.raises(CannotExecute, match="Такой записи"):
        add_record(mine, director, record_type, record_id)


def test_what_is_out_of_sight_is_refused_in_the_same_words(mine: Assignment, director: User, here: Place) -> None:
    for school in (here.schools[1], here.foreign):
        with pytest.raises(CannotExecute) as refused:
            add_record(mine, director, "analysis.finding", str(found(school).pk))
        assert refused.value.reason == NO_SUCH
    assert Finding.objects.count() == 2
    assert not Evidence.objects.exists()
