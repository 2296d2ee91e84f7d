"""The olympiad by stage: against a slow twin, with every kind of blank cell, and in words."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis.methods.exams import olympiads
from msoko.core.analysis.panel import Panel
from msoko.core.vocabulary.shares import wilson
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.panels import parameters, school

MISSING = Unknown.MISSING


def row(key, stage, subject, grade, participants, winners, prize_winners, **more):
    """As the panel gives it: text or an unknown."""
    counts = {"participants": participants, "winners": winners, "prize_winners": prize_winners}
    known = {name: cell if isinstance(cell, Unknown) else str(cell) for name, cell in counts.items()}
    where = {"organisation": key, "school": f"Школа {key}", "academic_year": "2024"}
    return {**where, "stage": stage, "subject": subject, "grade": grade, **known, **more}


def passport(key, pupils):
    return {"organisation": key, "school": f"Школа {key}", "academic_year": "2024", "pupils": pupils}


def computed(rows, passports=(), grade=None, subject=None):
    schools = {key: school(key) for key in (10, 11)}
    records = {"olympiads": rows, "social_passport": passports}
    panel = Panel(2025, (), schools, {}, records=records).narrowed(grade, subject)
    return olympiads.compute(panel, parameters("exams.olympiads"))


places = st.tuples(
    st.sampled_from([10, 11]),
    st.sampled_from(["школьный", "муниципальный"]),
    st.sampled_from(["Математика", "Химия"]),
    st.sampled_from(["", "8", "9"]),
)
awards = st.tuples(st.integers(0, 20), st.integers(0, 4), st.integers(0, 4)).filter(
    lambda one: one[1] + one[2] <= one[0]
)


@settings(deadline=None)
@given(st.dictionaries(places, awards, max_size=14))
def test_sums_over_subjects_and_grades(forms):
    rows = [row(*place, *counts) for place, counts in forms.items()]
    said = {(one.organisation, one.statistic["stage"]): one for one in computed(rows).results}
    for key in (10, 11):
        for stage in ("школьный", "муниципальный"):
            counts = []
            for subject in ("Математика", "Химия"):
                of_subject = {g: c for (k, s, name, g), c in forms.items() if (k, s, name) == (key, stage, subject)}
                counts += [of_subject[""]] if "" in of_subject else list(of_subject.values())
            assert ((key, stage) in said) == bool(counts)
            if not counts:
                continue
            participants, winners, prizes = (sum(column) for column in zip(*counts, strict=True))
            one = said[key, stage]
            names = ("participants", "winners", "prize_winners")
            assert [one.statistic[name] for name in names] == [participants, winners, prizes]
            assert one.interval == (wilson(winners + prizes, participants) if participants else None)
            json.dumps(one.statistic)


def test_the_territory_is_the_sum_of_its_schools():
    outcome = computed([row(10, "школьный", "Химия", "8", 5, 1, 1), row(11, "школьный", "Химия", "8", 15, 0, 3)])
    told = outcome.territory["школьный"]
    assert (told["schools"], told["participants"], told["awarded"]["k"]) == (2, 20, 5)


def test_of_a_row_handed_in_twice_the_newest_counts():
    outcome = computed([row(10, "школьный", "Химия", "8", 5, 1, 1), row(10, "школьный", "химия", "8", 50, 1, 1)])
    assert outcome.results[0].statistic["participants"] == 5


def test_a_missing_number_is_not_zero():
    outcome = computed([row(10, "школьный", "Химия", "8", 5, MISSING, 1), row(10, "школьный", "Физика", "8", 7, 0, 0)])
    assert [one.statistic["participants"] for one in outcome.results] == [7]
    (named,) = outcome.not_computed
    assert named.reason.replace("\u00a0", " ") == "школьный этап: химия, число победителей не известно"


def test_more_awards_than_participants_cannot_be():
    outcome = computed([row(10, "школьный", "Химия", "8", 3, 2, 2)])
    assert outcome.results == ()
    assert "больше, чем участников" in outcome.not_computed[0].reason


def test_nobody_took_part_is_a_fact_without_a_share():
    (one,) = computed([row(10, "региональный", "Химия", "9", 0, 0, 0)]).results
    assert (one.statistic["participants"], one.statistic["awarded"], one.interval) == (0, None, None)
    assert olympiads.sentence(one).startswith("Региональный этап олимпиады 2024/25 учебного года: участников не было")


@pytest.mark.parametrize(
    ("passports", "grade", "per_hundred", "why"),
    [
        ([passport(10, "200")], None, 7.0, None),
        ([], None, None, olympiads.NO_PUPILS),
        ([passport(10, MISSING)], None, None, olympiads.NO_PUPILS),
        ([passport(10, "0")], None, None, olympiads.NO_PUPILS),
        ([{**passport(10, "200"), "academic_year": "2023"}], None, None, olympiads.NO_PUPILS),
        ([passport(10, "200")], 8, None, olympiads.OF_ONE_GRADE),
    ],
)
def test_per_hundred_pupils_needs_the_passport_of_the_year(passports, grade, per_hundred, why):
    (one,) = computed([row(10, "школьный", "Химия", "8", 14, 1, 3)], passports, grade).results
    assert (one.statistic["per_hundred"], one.statistic["why_not_per_hundred"]) == (per_hundred, why)


def test_a_school_that_nobody_knows_is_told_by_name():
    outcome = computed([row(None, "школьный", "Химия", "8", 3, 0, 1, school="Школа-призрак")])
    assert [one.organisation for one in outcome.not_computed] == [None]
    assert "«Школа-призрак»" in outcome.not_computed[0].reason


def test_without_forms_that_is_said():
    assert [one.reason for one in computed([]).not_computed] == [olympiads.NO_FORMS]
    of_another_year = computed([row(10, "школьный", "Химия", "8", 3, 0, 1, academic_year="2020")])
    assert [one.reason for one in of_another_year.not_computed] == [olympiads.NO_FORMS]


def test_stages_stand_in_their_order():
    rows = [row(10, stage, "Химия", "9", 2, 0, 1) for stage in ("региональный", "школьный", "муниципальный")]
    assert [one.statistic["stage"] for one in computed(rows).results] == ["школьный", "муниципальный", "региональный"]


def test_the_sentence_agrees_with_its_numbers():
    rows = [row(10, "муниципальный", "Химия", "8", 13, 1, 2), row(10, "муниципальный", "Физика", "8", 1, 0, 1)]
    (one,) = computed(rows, [passport(10, "312")]).results
    assert olympiads.sentence(one).replace("\u00a0", " ") == (
        "Муниципальный этап олимпиады 2024/25 учебного года: 14 участий по 2 предметам; "
        "победителей и призёров — 29 % (4 из 14; 12–55 %), из них победителей 1; на 100 обучающихся — 4,5 участия."
    )
