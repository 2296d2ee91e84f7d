"""What is stored comes back as JSON: the sentence made from it is the sentence that was made at first."""

import json
from dataclasses import replace
from importlib import import_module
from types import SimpleNamespace

import pytest

from msoko.core.definitions.kinds import WorkItem
from tests.core.analysis.items_drawn import panel_of_items
from tests.core.analysis.panels import panel_of, parameters, work

ITEMS = (WorkItem("1", 1, "Б", "Дроби", "Вычислять"), WorkItem("2", 2, "П", "Углы"), WorkItem("3", 1))
WEAK, STRONG = [(0, 0, 1)] * 40, [(1, 2, 1)] * 200
OF_ITEMS = panel_of_items({10: WEAK, 11: STRONG, 12: WEAK[:4]}, ITEMS)
MATHS, EGE = work(1), work(2, kind="ege", grade=11, bounds=None, minimum=27, maximum=32)
OF_WORKS = panel_of({MATHS: {10: [(3, 3), (6, 4), (12, 4)] * 9, 11: [(14, 4)] * 120}, EGE: {10: [20, 50, 100]}})
FORMS = {
    "journal_marks": [
        {"organisation": 10, "academic_year": "2024", "class_name": "5А", "subject": "Химия", "period": "1 четверть"}
        | {"pupils": "20", "five": "5", "four": "5", "three": "5", "two": "4", "not_assessed": "1"}
    ],
    "olympiads": [
        {"organisation": 10, "academic_year": "2024", "stage": "школьный", "subject": "Химия", "grade": "8"}
        | {"participants": "9", "winners": "1", "prize_winners": "2"}
    ],
}
PANELS = {
    "items.figures": OF_ITEMS,
    "items.territory": OF_ITEMS,
    "items.content": OF_ITEMS,
    "items.failing": OF_ITEMS,
    "descriptive.figures": OF_WORKS,
    "groups.at_risk": OF_WORKS,
    "groups.high_potential": OF_WORKS,
    "exams.indicators": OF_WORKS,
    "descriptive.journal": replace(OF_WORKS, records=FORMS),
    "exams.olympiads": replace(OF_WORKS, records=FORMS),
}


@pytest.mark.parametrize("name", PANELS)
def test_a_stored_statistic_gives_the_same_sentence(name):
    module = import_module(f"msoko.core.analysis.methods.{name}")
    outcome = module.compute(PANELS[name], parameters(name, **({"procedures": "any"} if "exams.ind" in name else {})))
    assert outcome.results
    for one in (*outcome.results, *outcome.few_data):
        stored = SimpleNamespace(
            statistic=json.loads(json.dumps(dict(one.statistic))),
            verdict=str(one.verdict) if one.verdict else None,
            interval=one.interval,
        )
        assert module.sentence(stored) == module.sentence(one)
        assert stored.statistic == dict(one.statistic)


@pytest.mark.parametrize("name", PANELS)
def test_a_place_has_one_result(name):
    module = import_module(f"msoko.core.analysis.methods.{name}")
    outcome = module.compute(PANELS[name], parameters(name))
    places = [(one.organisation, one.about) for one in (*outcome.results, *outcome.few_data)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", PANELS)
def test_an_empty_panel_gives_no_result_and_no_error(name):
    module = import_module(f"msoko.core.analysis.methods.{name}")
    nothing = replace(OF_WORKS, procedures=(), organisations={}, schools={}, municipalities={}, region={})
    outcome = module.compute(nothing, parameters(name))
    assert outcome.results == ()
    assert [one.organisation for one in outcome.not_computed] == [None], "an empty answer would look like a good one"


@pytest.mark.parametrize("name", PANELS)
def test_schools_in_another_order_change_nothing(name):
    module = import_module(f"msoko.core.analysis.methods.{name}")
    panel = PANELS[name]
    turned = replace(panel, schools={key: dict(reversed(groups.items())) for key, groups in panel.schools.items()})
    assert module.compute(turned, parameters(name)) == module.compute(panel, parameters(name))
