"""The official list beside the markers: agreement against plain counting, and the edges."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.methods.objectivity.official_list import compute, sentence
from msoko.core.vocabulary.shares import wilson
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.panels import panel_of, parameters, school, work
from tests.core.analysis.published_panels import schools_scores
from tests.core.analysis.test_inflated_mean import HIGH, HONEST, marked_by_twin

NAME = "objectivity.official_list"
DEFAULT = parameters(NAME)
MATHS = work(1, "mathematics", 5)
COLUMNS = ("ru4", "ma4", "ru5", "ma5")


def row(key, *marked, year="2025", **more):
    """A row of the list as it is stored: every cell is text."""
    cells = {column: "1" if column in marked else "0" for column in COLUMNS}
    said = {
        "organisation": key,
        "key": f"sch{key}",
        "name": f"Школа № {key}",
        "year": year,
        "markers": str(len(marked)),
    }
    return {**said, **cells, **more}


def panel(by_school, rows):
    more = [school(one["organisation"]) for one in rows if one["organisation"] is not None]
    return panel_of({MATHS: by_school}, schools=more, records={"official_objectivity_list": rows})


@given(schools_scores, st.sets(st.integers(10, 40), max_size=8))
def test_agreement_is_counted_over_the_schools_that_could_be_judged(by_school, listed):
    outcome = compute(panel(by_school, [row(key, "ma5") for key in sorted(listed)] + [row(99)]), DEFAULT)
    marked = marked_by_twin(by_school)
    spread = {one for scored in by_school.values() for one in scored}
    judged = [key for key, scored in by_school.items() if len(set(scored)) > 1 and len(spread) > 1]
    expected = Counter((key in listed, key in marked) for key in judged)
    for code in ("МА5", "any"):
        (told,) = [one for one in outcome.territory["agreement"] if one["code"] == code]
        assert (told["both"], told["only_official"], told["only_ours"], told["neither"]) == (
            expected[True, True],
            expected[True, False],
            expected[False, True],
            expected[False, False],
        )
        assert told["n"] == len(judged)
        assert told["bounds"] == (list(wilson(told["agreed"], told["n"])) if judged else None)


def test_schools_that_either_names_are_shown_with_what_each_says():
    rows = [row(10, "ru4", "ma5"), row(11)]
    outcome = compute(panel(HONEST | {99: HIGH}, rows), DEFAULT)
    told = {one.organisation: one.statistic for one in outcome.results}
    assert set(told) == {10, 11, 99}
    assert (told[10]["official"], told[10]["ours"], told[10]["printed"]) == (["РУ4", "МА5"], {}, 2)
    assert (told[99]["listed"], told[99]["ours"], told[99]["printed"]) == (False, {"МА5": ["mean"]}, None)
    assert {one.verdict for one in outcome.results} == {None}


def test_the_printed_number_of_markers_is_shown_as_it_is():
    (found,) = compute(panel(HONEST, [row(10, "ru4", markers="3")]), DEFAULT).results
    assert (found.statistic["printed"], found.statistic["official"]) == (3, ["РУ4"])


def test_a_list_of_another_year_is_no_list_of_this_one():
    outcome = compute(panel(HONEST, [row(10, "ru4", year="2024")]), DEFAULT)
    assert outcome.results == ()
    assert [one.reason.replace("\u00a0", " ") for one in outcome.not_computed] == [
        "официального перечня за 2025 год нет"
    ]


def test_a_listed_school_of_which_nothing_could_be_judged_is_named():
    outcome = compute(panel(HONEST, [row(77, "ru4")]), DEFAULT)
    assert [one.organisation for one in outcome.not_computed if one.organisation is not None] == [77]
    (found,) = outcome.results
    assert "по\u00a0формулам методики\u00a0— не посчитано" in sentence(found)


def test_a_school_that_nobody_knows_is_named():
    outcome = compute(panel(HONEST, [row(None, "ru4", name="МБОУ «СОШ № 404»"), row(10, "ru4")]), DEFAULT)
    assert [one.reason for one in outcome.not_computed if "404" in one.reason]


def test_other_works_do_not_count_as_the_four_columns():
    """The list knows Russian and maths of grades 4 and 5; what is marked elsewhere is no disagreement."""
    other = work(2, "history", 5)
    known = panel_of({other: HONEST | {99: HIGH}}, records={"official_objectivity_list": [row(10, "ru4")]})
    outcome = compute(known, parameters(NAME, procedures="any"))
    assert [one.organisation for one in outcome.results] == [10]


def test_a_sentence_says_both_answers_and_how_much_agrees():
    outcome = compute(panel(HONEST | {99: HIGH}, [row(99, "ru4", "ma5")]), DEFAULT)
    (found,) = outcome.results
    assert sentence(found).replace("\u00a0", " ") == (
        "В официальном перечне 2025 г. отмечено: РУ4 и МА5; по формулам методики — МА5 (завышенный средний балл). "
        "Совпало 1 из 2. И то и другое — повод проверить."
    )
    absent = sentence(compute(panel(HONEST | {99: HIGH}, [row(10)]), DEFAULT).results[1])
    assert absent.startswith(
        "В\u00a0официальном перечне 2025\u00a0г. школы нет; по\u00a0формулам методики\u00a0— МА5 ("
    )


def test_a_blank_cell_is_neither_a_marker_nor_its_absence():
    """Of МА5 the list says nothing of the school that the formulas mark: no agreement, no disagreement."""
    blank = row(99, "ru4", ma5=Unknown.MISSING)
    full, gap = (compute(panel(HONEST | {99: HIGH}, [one]), DEFAULT) for one in (row(99, "ru4"), blank))
    told, untold = ({one["code"]: one for one in outcome.territory["agreement"]} for outcome in (full, gap))
    assert told["МА5"]["n"] - untold["МА5"]["n"] == told["МА5"]["only_ours"] == 1
    assert untold["МА5"]["only_ours"] == 0
    assert untold["any"] == told["any"]  # РУ4 is enough to be marked in general
    (found,) = gap.results
    assert (found.statistic["official"], found.statistic["untold"]) == (["РУ4"], ["МА5"])
    said = sentence(found).replace("\u00a0", " ")
    assert said.startswith("В официальном перечне 2025 г. отмечено: РУ4; нет данных: МА5; по формулам")
    assert "Совпало 0 из 1." in said


def test_a_row_with_a_blank_and_no_marker_is_not_free_of_markers():
    cells = dict.fromkeys(COLUMNS, Unknown.MISSING)
    for gaps in ({"ru5": None}, cells, {"ma4": "2"}):
        outcome = compute(panel(HONEST | {99: HIGH}, [row(99, **gaps)]), DEFAULT)
        (overall,) = [one for one in outcome.territory["agreement"] if one["code"] == "any"]
        assert overall["n"] == len(HONEST)
    (found,) = compute(panel(HONEST | {99: HIGH}, [row(99, **cells)]), DEFAULT).results
    assert "2025\u00a0г. нет данных: РУ4, МА4, РУ5 и\u00a0МА5;" in sentence(found).replace("и МА5", "и\u00a0МА5")


def test_a_stranger_of_our_own_form_is_named_as_the_form_names_it():
    own = {key: value for key, value in row(None, "ru4").items() if key not in ("key", "name")}
    outcome = compute(panel(HONEST, [own | {"school": "Школа № 405", "login": ""}]), DEFAULT)
    assert [one.reason for one in outcome.not_computed if "«Школа № 405»" in one.reason]
