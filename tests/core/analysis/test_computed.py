"""What every method is given and what every answer has, whatever the method."""

from dataclasses import replace

import pytest

from msoko.core.analysis import computed
from msoko.core.definitions.loading import Definitions
from tests.core.analysis.panels import panel_of, parameters, work

METHODS = sorted(Definitions.load().methods.items())
NOW, BEFORE, LONG_AGO = (work(key, year=year) for key, year in ((1, 2025), (2, 2024), (3, 2023)))
RESULTS = {10: [3, 8, 12, 18], 11: [4, 9, 13, 17], 12: [2, 7, 11, 20]}


def says_something(outcome) -> bool:
    return bool(outcome.results or outcome.few_data or outcome.procedures or outcome.not_computed)


@pytest.mark.parametrize(("name", "method"), METHODS)
def test_no_answer_is_empty_without_a_reason(name, method):
    panel = panel_of({NOW: RESULTS, BEFORE: RESULTS})
    for asked in (panel, panel.narrowed(11, None), panel.narrowed(None, "physics"), replace(panel, year=1999)):
        assert says_something(computed(method, asked, parameters(name)))
    assert says_something(computed(method, panel_of({}), parameters(name)))


@pytest.mark.parametrize(("name", "method"), METHODS)
def test_a_method_sees_no_more_years_than_it_says(name, method):
    wide = panel_of({NOW: RESULTS, BEFORE: RESULTS, LONG_AGO: RESULTS})
    seen = [one for one in (NOW, BEFORE, LONG_AGO) if one.year > 2025 - method.years]
    narrow = replace(panel_of(dict.fromkeys(seen, RESULTS)), year=2025)
    assert computed(method, wide, parameters(name)) == computed(method, narrow, parameters(name))
