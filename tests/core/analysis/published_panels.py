"""Random results of a region's schools, for comparing the markers with their plain twins."""

from hypothesis import strategies as st

from tests.core.analysis.panels import Scored

TOP = 20

scores = st.integers(0, TOP)
schools_scores = st.dictionaries(st.integers(10, 40), st.lists(scores, max_size=9), min_size=1, max_size=14)
"""School → its scores, some schools empty, some all alike."""

pairs = st.tuples(scores, st.sampled_from([None, 2, 3, 4, 5]))
schools_pairs = st.dictionaries(st.integers(10, 40), st.lists(pairs, max_size=14), min_size=1, max_size=8)
"""School → its pairs of score and journal mark."""


def pupils_of_region(by_school: dict[int, list[Scored]]) -> list[Scored]:
    return [one for scored in by_school.values() for one in scored]
