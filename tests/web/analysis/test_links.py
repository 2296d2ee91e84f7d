"""Results of one person put together: by the code of ВПР, by a keyed hash of examinations, and never told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.conf import settings as installation
from django.urls import reverse

from msoko.core.analysis import linking
from msoko.web.analysis import people
from msoko.web.analysis.gathering import gather
from msoko.web.analysis.models import Figure, MethodRun
from msoko.web.collection.link_key import link_key, make_link_key, mark_in_use
from msoko.web.collection.models import Batch
from msoko.web.collection.services import withdraw
from msoko.web.people.models import Organisation
from tests.core.collection.readers.books import xlsx
from tests.core.collection.readers.test_exam_protocol import ABOVE, EGE_HEADER
from tests.web.analysis.lists import client_of, words
from tests.web.analysis.schools import MATHS_5, calculated, district, school
from tests.web.collection.orders import taken
from tests.web.collection.protocols import Pupil, protocol

pytestmark = pytest.mark.django_db

LOGIN = "sch990001"
RUSSIAN_5 = "Русский язык, 5 класс, ВПР 2022.xlsx"
SUBJECTS = ("01 - Русский язык 2025.05.30", "02 - Математика профильная 2025.05.27", "03 - Физика 2025.06.02")
NAMES = ("Вымышленникова", "Придуманов", "Сочиненко", "Небывалов")
SCORES = ((80, 80, 80), (50, 50, 50), (70, 80, 60), (90, 90, None))


@pytest.fixture
def key_file(settings, tmp_path: Path) -> Path:
    """Where the key of this test would stand; there is none yet."""
    settings.LINK_KEY_FILE = str(tmp_path / "elsewhere" / "link_key")
    (tmp_path / "elsewhere").mkdir()
    return Path(settings.LINK_KEY_FILE)


def exam(title: str, scores: list[int | None], person: bool = True, place: int = 990101) -> bytes:
    header = EGE_HEADER if person else [one for one in EGE_HEADER if one not in EGE_HEADER[4:9]]
    rows = [
        [
            *(number, 1001, place, "11А"),
            *([NAMES[number], "Фантазия", "", "9999", f"77{number}123"] if person else []),
            *(401, f"{SUBJECTS.index(title)}{number:05d}", "++", "1(2)", 3, score),
        ]
        for number, score in enumerate(scores)
        if score is not None
    ]
    return xlsx([*ABOVE, [title], header, *rows])


def take_exams(person: bool = True, place: int = 990101) -> list[Batch]:
    batches = [
        taken(exam(title, [row[at] for row in SCORES], person, place), f"ЕГЭ {place} {at}.xlsx")
        for at, title in enumerate(SUBJECTS)
    ]
    calculated()
    return batches


def figures(method: str) -> list[Figure]:
    return list(Figure.objects.filter(method=method))


def reasons(method: str) -> set[str]:
    runs = MethodRun.objects.filter(method=method)
    return {one["reason"] for run in runs for one in run.not_computed}


def links() -> Iterator[str]:
    for batch in Batch.objects.exclude(facts=""):
        table = pq.read_table(Path(installation.FACTS) / batch.facts)
        yield from (table["link"].to_pylist() if "link" in table.column_names else [])


# ---- ВПР: a code is a pupil


def write_two_works() -> None:
    """Ten pupils, three of whom fail both works; the second file holds them in another order."""
    district()
    for name, order in ((MATHS_5, 1), (RUSSIAN_5, -1)):
        rows = [Pupil(LOGIN, (1,) * 4 if code < 50003 else (3,) * 4, "5А", code=code) for code in range(50000, 50010)]
        taken(protocol(rows[::order], (5,) * 4 if name == MATHS_5 else (12, 12, 12, 9)), name)
    calculated()


def test_pupils_of_vpr_are_put_together_by_code_without_any_key(key_file):
    write_two_works()
    (one,) = figures("groups.two_marks")
    assert (one.statistic["all"]["k"], one.statistic["all"]["n"]) == (3, 10)
    assert one.statistic["agreement"]["sex"]["k"] == 10
    assert not key_file.exists()


@pytest.mark.parametrize("score", ["items", "printed"])
def test_rows_and_stored_values_tell_the_same_of_every_work(key_file, score):
    """The way of single rows against the way of summaries: as many participants, as many who failed."""
    make_link_key()
    write_two_works()
    take_exams()
    for login, year in ((LOGIN, 2022), ("oo:990101", 2025)):
        panel = gather(school(login).region, year, 1, score)
        assert panel.procedures
        for procedure in panel.procedures:
            (group,) = panel.groups(procedure).values()
            rows = panel.people[procedure.key]
            told = linking.failed(linking.put_together({procedure: rows}))
            known = group.failed(procedure)
            assert (int((told == 1).sum()), int((told >= 0).sum())) == (known.k, known.n), procedure.subject


def test_the_page_of_the_school_tells_how_many_to_all_and_which_ones_to_the_school_alone(key_file):
    write_two_works()
    address = reverse("analysis:school_groups", args=[school(LOGIN).pk])
    department = client_of("department", school(LOGIN).municipality)
    own = client_of("school", school(LOGIN))
    assert "Двойки по двум предметам" in words(department.get(address))
    assert department.get(f"{address}?table=two&format=csv").status_code == 200
    for form in ("csv", "xlsx"):
        assert department.get(f"{address}?table=codes_of_two&format={form}").status_code == 404
    told = own.get(f"{address}?table=codes_of_two&format=csv").content.decode("utf-8-sig")
    assert "50001;А;математика и русский язык" in told
    assert "50001" not in words(department.get(address))


# ---- examinations: a keyed hash is a person


def test_sums_of_three_exams_are_computed_with_a_key(key_file):
    make_link_key()
    take_exams()
    (one,) = figures("exams.sum_of_three")
    said = one.statistic
    assert (said["high"]["k"], said["low"]["k"], said["high"]["n"], said["linked"]) == (1, 1, 3, 4)
    director = client_of("school", school("oo:990101"))
    page = director.get(reverse("analysis:school_groups", args=[school("oo:990101").pk]))
    assert "сумма трёх лучших баллов 220 и больше — у 33 % (1 из 3;" in words(page)


@pytest.mark.parametrize(
    ("with_key", "person", "why"),
    [(False, True, people.NO_KEY), (True, False, people.NO_IDENTITY), (False, False, people.NO_IDENTITY)],
)
def test_without_a_key_or_without_persons_the_true_reason_is_told(key_file, with_key, person, why):
    if with_key:
        make_link_key()
    take_exams(person)
    assert (figures("exams.sum_of_three"), list(links()) == [None] * 11) == ([], False)
    assert why in reasons("exams.sum_of_three")


def test_protocols_of_before_the_key_are_read_and_say_how_to_link_them(key_file):
    batches = take_exams()
    make_link_key()
    calculated()
    assert reasons("exams.sum_of_three") == {people.READ_WITHOUT_KEY}
    for batch in batches:
        withdraw(batch, None, "чтобы связать")
    take_exams()
    assert len(figures("exams.sum_of_three")) == 1


def test_of_two_districts_the_one_read_without_a_key_is_named_with_that_reason(key_file):
    take_exams(place=990102)
    make_link_key()
    take_exams()
    assert [one.organisation for one in figures("exams.sum_of_three")] == [school("oo:990101")]
    (run,) = MethodRun.objects.filter(method="exams.sum_of_three")
    assert {one["organisation"]: one["reason"] for one in run.not_computed} == {
        school("oo:990102").pk: people.READ_WITHOUT_KEY
    }


def test_another_key_and_a_key_taken_away_end_the_links(key_file):
    make_link_key()
    take_exams()
    key_file.unlink()
    calculated()
    assert (figures("exams.sum_of_three"), reasons("exams.sum_of_three")) == ([], {people.NO_KEY})
    make_link_key()
    calculated()
    assert reasons("exams.sum_of_three") == {people.OTHER_KEY}


def test_a_key_too_short_links_nothing(key_file):
    key_file.write_text("short")
    take_exams()
    assert list(links()) == []
    assert mark_in_use() == ""
    assert "ключ связи короче 32 байт" in json.dumps(
        [one.complaints for one in Batch.objects.all()], ensure_ascii=False
    )


def test_the_key_is_for_its_owner_alone_and_is_never_replaced(key_file):
    assert make_link_key() == key_file
    assert key_file.stat().st_mode & 0o077 == 0
    kept = link_key()
    assert kept is not None
    assert len(kept) >= 32
    with pytest.raises(FileExistsError):
        make_link_key()
    assert link_key() == kept


def test_neither_links_nor_persons_nor_the_key_are_told_anywhere(key_file, home: Path):
    make_link_key()
    batches = take_exams()
    found = [one for one in links() if one]
    assert len(found) == 11
    assert len(set(found)) == 4
    secrets = {*found, *NAMES, (link_key() or b"").decode(), *(one[8:] for one in found)}
    place = school("oo:990101")
    director = client_of("school", place)
    admin = client_of("admin", Organisation.objects.get(kind="country"))
    addresses = [
        reverse("analysis:school_groups", args=[place.pk]),
        reverse("analysis:school_groups", args=[place.pk]) + "?table=sums&format=csv",
        *(reverse("collection:batch", args=[one.pk]) for one in batches),
    ]
    said = [client.get(one).content.decode("utf-8", "replace") for client in (director, admin) for one in addresses]
    said += [repr(list(model.objects.values())) for model in (Batch, Figure, MethodRun)]
    assert not [secret for secret in secrets for text in said if secret in text]
