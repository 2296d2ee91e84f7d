"""How well rows that were put together bear it out: against a slow twin."""

from collections import defaultdict
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.analysis import linking
from msoko.core.vocabulary.shares import Share
from tests.core.analysis.panels import work
from tests.core.analysis.people import Sat, people_of

WORKS = (work(1), work(2, "russian"), work(3, "history"))
rows = st.lists(
    st.builds(
        Sat,
        school=st.integers(10, 11),
        person=st.sampled_from(["", "1", "2", "3"]),
        score=st.integers(0, 9),
        sex=st.sampled_from(["м", "ж", ""]),
        class_name=st.sampled_from(["5А", "5Б", ""]),
    ),
    unique_by=lambda one: (one.school, one.person),
    max_size=8,
)


def slow(works, column):
    """School → (pairs that agree, pairs that both tell): of each pupil's rows in the order of works."""
    said, counted = defaultdict(list), defaultdict(lambda: [0, 0])
    for found in works:
        for one in found:
            if one.person:
                said[one.school, one.person].append(getattr(one, column))
    for (school, _), values in said.items():
        for before, after in pairwise(values):
            if before and after:
                counted[school][0] += before == after
                counted[school][1] += 1
    return {school: Share(*pair) for school, pair in counted.items() if pair[1]}


@settings(deadline=None)
@given(st.lists(rows, min_size=3, max_size=3))
def test_agreement_is_counted_as_the_slow_twin_counts(drawn):
    found = linking.put_together(dict(zip(WORKS, map(people_of, drawn), strict=True)))
    assert found.agreement(linking.SEX) == slow(drawn, "sex")
    assert found.agreement(linking.CLASS) == slow(drawn, "class_name")


def test_nobody_is_put_together_of_nothing():
    found = linking.put_together({one: people_of([]) for one in WORKS})
    assert (found.agreement(linking.SEX), len(found.schools), found.inputs(10)[0].organisation) == ({}, 0, 10)


def test_the_first_pupil_is_no_more_one_than_the_others():
    """Numbers of pupils begin at 0 and schools at any key: neither may be taken for the other."""
    found = linking.put_together({WORKS[0]: people_of([Sat(10**6, "1", 3), Sat(10**6, "2", 3), Sat(7, "1", 3)])})
    assert sorted(found.schools.tolist()) == [7, 10**6, 10**6]
