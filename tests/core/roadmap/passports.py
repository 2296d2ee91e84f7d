"""Passports of any content, for laws."""

from hypothesis import strategies as st

from msoko.core.definitions.programme_kinds import COMPARATORS
from msoko.core.roadmap.passport import Indicator, Participant, Passport, Resource, Risk, Stage

letters = st.text("абвгд ,.«»-→12", min_size=1, max_size=6).map(str.strip)
line = letters.filter(bool)
text = st.one_of(st.just(""), line)
lines = st.lists(line, max_size=2).map(tuple)
day = st.none() | st.dates()
value = st.none() | st.floats(-1e6, 1e6).map(lambda one: round(one, 2))
stages = st.builds(Stage, line, day, day, text)
indicators = st.builds(
    Indicator,
    line,
    text,
    st.sampled_from(("", *COMPARATORS)),
    text,
    value,
    st.dictionaries(st.integers(2000, 2099), value, max_size=3),
    text,
)
passports = st.builds(
    Passport,
    grounds=lines,
    developer=text,
    executors=lines,
    goal=text,
    tasks=lines,
    stages=st.lists(stages, max_size=2).map(tuple),
    indicators=st.lists(indicators, max_size=2).map(tuple),
    expected_results=lines,
    control=text,
    resources=st.lists(st.builds(Resource, line, text, text), max_size=2).map(tuple),
    participants=st.lists(st.builds(Participant, line, lines), max_size=2).map(tuple),
    risks=st.lists(st.builds(Risk, line, text, text), max_size=2).map(tuple),
)
