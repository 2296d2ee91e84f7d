"""Pictures of findings and of validation: valid, safe inside a page, quick; whatever comes in is drawn."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.vocabulary.shares import Share
from msoko.documents.charts import (
    classes_fit,
    expected_actual,
    funnel,
    look,
    near_borders,
    pooled_borders,
    ranks,
    roc_bars,
    signal_years,
)
from tests.documents.made_up import HOSTILE_NAME, LONG_NAME
from tests.documents.pictures_of_findings import (
    ALL,
    BORDERS,
    BY_SIZE,
    EMPTY,
    SVG,
    VERDICTS,
    pictures,
    said,
    texts,
)


@pytest.mark.parametrize("name", ALL)
def test_a_picture_follows_the_published_grammar(name):
    altair = pytest.importorskip("altair", reason="the schema of Vega-Lite comes with Altair")
    altair.Chart.from_dict(ALL[name].drawing())


@pytest.mark.parametrize("name", ALL)
def test_a_picture_has_a_title_a_description_and_real_text(name):
    chart = ALL[name]
    root = ElementTree.fromstring(chart.svg())
    assert (root[0].text, root[1].text) == (chart.title, chart.alt)
    assert root.get("role") == "img"
    fonts = {element.get("font-family") for element in root.iter(f"{SVG}text")}
    assert fonts == {look.FONT}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_picture_says_so_in_the_picture_and_in_the_sentence(name):
    assert any(text.lower().endswith(" нет") for text in texts(EMPTY[name]))
    assert "нет" in EMPTY[name].alt
    assert EMPTY[name].png(1).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", pictures())
def test_a_picture_is_safe_inside_a_page_whatever_it_is_called(name):
    root = ElementTree.fromstring(pictures(HOSTILE_NAME + " {}")[name].svg())
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "g", "path", "rect", "text", "tspan", "title", "desc", "line",
                                                 "defs", "clipPath"}  # fmt: skip
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on")
            assert attribute.rpartition("}")[2] not in {"href", "style"}
            assert "url(" not in value or "url(#p" in value


def test_pictures_on_one_page_share_no_ids():
    ids = [e.get("id") for c in pictures().values() for e in ElementTree.fromstring(c.svg()).iter() if e.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", pictures())
def test_a_picture_is_a_png_too(name):
    assert pictures()[name].png(1).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", BY_SIZE)
def test_long_names_are_cut_but_whole_on_hovering(kind):
    root = ElementTree.fromstring(BY_SIZE[kind](3, LONG_NAME).svg())
    hovered = {title.text for text in root.iter(f"{SVG}text") for title in text.iter(f"{SVG}title")}
    assert LONG_NAME.format(1) in hovered


@pytest.mark.parametrize("kind", sorted(BY_SIZE.keys() - {"heat map"}))
def test_a_region_of_700_schools_is_drawn_and_listed(kind):
    chart = BY_SIZE[kind](700)
    assert chart.png(0.5).startswith(b"\x89PNG")
    assert len({line.cells["name"] for line in chart.data_table.lines}) >= 700
    assert "700" in said(chart)


# Nothing breaks a picture

UNITS = st.floats(-1e4, 1e4, allow_nan=False)
SHARES = st.integers(0, 500).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))
WORDS = st.text(min_size=1, max_size=60)
VERDICT = st.sampled_from(VERDICTS)


def points_of_change():
    return st.lists(st.builds(signal_years.Point, WORDS, UNITS, st.integers(0, 99), st.booleans()), max_size=8)


ANY = {
    "funnel": st.builds(
        funnel.chart,
        st.lists(st.builds(funnel.School, WORDS, SHARES, VERDICT, st.booleans()), max_size=12),
        SHARES,
        WORDS,
        st.none() | st.floats(0, 100),
    ),
    "borders": st.builds(
        near_borders.chart,
        st.dictionaries(st.integers(0, 20), st.integers(0, 300)),
        st.dictionaries(st.integers(0, 20), st.floats(0, 300)),
        st.integers(1, 60),
        st.just(BORDERS),
        st.integers(1, 4),
    ),
    "pooled borders": st.builds(
        pooled_borders.chart,
        st.lists(
            st.builds(pooled_borders.Step, st.integers(-4, 4), st.integers(0, 99), st.floats(0, 99)),
            unique_by=lambda step: step.distance,
        ),
    ),
    "expectation": st.builds(
        expected_actual.chart,
        st.lists(
            st.builds(
                expected_actual.School,
                WORDS,
                UNITS,
                UNITS,
                UNITS,
                UNITS,
                st.integers(0, 99),
                st.booleans(),
                st.booleans(),
            ),
            max_size=12,
        ),
    ),
    "strength": st.builds(
        classes_fit.chart,
        st.lists(st.builds(classes_fit.Unit, WORDS, UNITS, st.integers(0, 99), VERDICT, st.booleans()), max_size=12),
        st.none() | UNITS,
        st.none() | UNITS,
    ),
    "change": st.builds(
        signal_years.chart,
        st.lists(
            st.builds(signal_years.Strip, WORDS, points_of_change(), st.none() | UNITS, st.none() | UNITS), max_size=3
        ),
    ),
    "rating": st.builds(
        ranks.chart,
        st.lists(
            st.builds(
                ranks.Ranked,
                WORDS,
                *[st.integers(1, 90)] * 3,
                st.integers(1, 4),
                UNITS,
                st.integers(0, 99),
                st.booleans(),
            ).map(
                lambda one: ranks.Ranked(one.name, one.rank, *sorted((one.low, one.high)), one.group, one.score, one.n)
            ),
            max_size=12,
        ),
        st.lists(st.builds(ranks.Unranked, WORDS, st.integers(0, 9)), max_size=4),
    ),
    "quality": st.builds(
        roc_bars.chart,
        st.lists(
            st.builds(roc_bars.Quality, WORDS, st.sampled_from(["менее 80", "80 и больше"]), *[st.floats(0, 1)] * 3),
            max_size=8,
        ),
    ),
}


@pytest.mark.parametrize("kind", ANY)
def test_whatever_comes_in_has_a_sentence_a_table_and_a_drawing(kind):
    @settings(max_examples=40, deadline=None)
    @given(ANY[kind])
    def holds(chart):
        assert chart.alt.endswith(".")
        assert len(chart.data_table.formatted_rows()) == len(chart.data_table.lines)
        json.dumps(chart.drawing(), allow_nan=False)

    holds()


@pytest.mark.parametrize("kind", ANY)
def test_whatever_comes_in_can_be_drawn(kind):
    @settings(max_examples=4, deadline=None)
    @given(ANY[kind])
    def holds(chart):
        width, height = chart.size()
        assert width > 0
        assert height > 0

    holds()
