"""Pictures of findings that nobody has: of any number of schools, with any name in every place for a name."""

from xml.etree import ElementTree

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.shares import Share
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import (
    classes_fit,
    expected_actual,
    funnel,
    items_heatmap,
    list_dynamics,
    near_borders,
    pooled_borders,
    ranks,
    roc_bars,
    signal_years,
)

SVG = "{http://www.w3.org/2000/svg}"
BORDERS = [near_borders.Border(3, 5), near_borders.Border(4, 10), near_borders.Border(5, 15)]
VERDICTS = [None, *Verdict]


def said(chart):
    """The sentence with plain spaces."""
    return chart.alt.replace("\u00a0", " ").replace("\u202f", " ")


def texts(chart):
    """All words of the picture, line by line."""
    root = ElementTree.fromstring(chart.svg())
    lines = [element for tag in ("text", "tspan") for element in root.iter(f"{SVG}{tag}")]
    return [(element.text or "").replace("\u00a0", " ") for element in lines]


def names(count, name="Школа № {}"):
    return [name.format(place + 1) if "{}" in name else f"{name} {place + 1}" for place in range(count)]


def a_funnel(count, name="Школа № {}"):
    rows = [
        funnel.School(one, Share(place * 7 % (5 + place % 90), 5 + place % 90), VERDICTS[place % 5], place == 2)
        for place, one in enumerate(names(count, name))
    ]
    return funnel.chart(rows, Share(120, 1000), name.format(0), 30)


def a_heat_map(count, name="Школа № {}"):
    items = [
        items_heatmap.Item("1", "Б", 71.0, items_heatmap.ENOUGH),
        items_heatmap.Item("2К1", "П", 29.0, items_heatmap.BETWEEN),
        items_heatmap.Item("3", "В", 12.0, items_heatmap.NOT_ENOUGH),
        items_heatmap.Item("4"),
    ]
    cells = {
        "1": items_heatmap.Difference(-24.0),
        "2К1": items_heatmap.Difference(3.0, sure=False),
        "3": Unknown.MISSING,
        "4": Unknown.NOT_APPLICABLE,
    }
    schools = [items_heatmap.School(one, 20, cells, place == 2) for place, one in enumerate(names(count, name))]
    return items_heatmap.chart(items, schools, name.format(0))


def a_rating(count, name="Школа № {}"):
    rows = [
        ranks.Ranked(
            one, place + 1, max(1, place - 2), min(count, place + 4), 1 + place // 4, 1.5 - place, 30, place == 2
        )
        for place, one in enumerate(names(count, name))
    ]
    return ranks.chart(rows, [ranks.Unranked(name.format("без места"), 4)])


def expectations(count, name="Школа № {}"):
    rows = [
        expected_actual.School(
            one, 50 + place % 20, 45 + place * 3 % 30, 40 + place * 3 % 30, 50 + place * 3 % 30, 30, own=place == 2
        )
        for place, one in enumerate(names(count, name))
    ]
    return expected_actual.chart(rows)


def strengths(count, name="5А, школа № {}"):
    rows = [
        classes_fit.Unit(one, place * 13 % 50 / 10, 20, VERDICTS[place % 5], place == 2)
        for place, one in enumerate(names(count, name))
    ]
    return classes_fit.chart(rows, 3.0, 4.0)


def changes(count, name="Школа № {}"):
    points = [
        signal_years.Point(one, 0.6 + place * 7 % 90 / 100, 20, place == 2)
        for place, one in enumerate(names(count, name))
    ]
    return signal_years.chart(
        [signal_years.Strip("Математика, 4 → 5 класс", points, 0.7, 1.4), signal_years.Strip(name.format(0), points)]
    )


def a_list():
    Year = list_dynamics.Year
    return list_dynamics.chart([Year(2023, 13, 4, 3), Year(2021, 14), Year(2022, 12, 3, 4, 1)])


def borders():
    return near_borders.chart({4: 1, 5: 9, 12: 20}, {4: 5.2, 5: 4.1, 12: 18.0, 14: 2.7}, 20, BORDERS)


def pooled():
    Step = pooled_borders.Step
    return pooled_borders.chart([Step(0, 27, 15.3), Step(-2, 11, 14.2), Step(-1, 5, 12.1), Step(1, 18, 17.4)])


def quality(name="Скопление у границ"):
    rows = [roc_bars.Quality(name, size, 0.9, 0.85, 0.95) for size in ("менее 80", "80–199", "200 и больше")]
    return roc_bars.chart(rows)


BY_SIZE = {
    "funnel": a_funnel,
    "heat map": a_heat_map,
    "rating": a_rating,
    "expectation": expectations,
    "strength": strengths,
    "change": changes,
}


def pictures(name="Школа № {}"):
    """Every picture with a given name in every place where a name can stand."""
    return {kind: make(3, name) for kind, make in BY_SIZE.items()} | {
        "list": a_list(),
        "borders": borders(),
        "pooled borders": pooled(),
        "quality": quality(name.format(1)),
    }


EMPTY = {
    "empty funnel": funnel.chart([], Share(0, 0)),
    "funnel of nobody": funnel.chart([funnel.School("Школа", Share(0, 0))], Share(3, 10)),
    "empty heat map": items_heatmap.chart([], []),
    "empty rating": ranks.chart([]),
    "empty expectation": expected_actual.chart([]),
    "empty strength": classes_fit.chart([], 3.0, 4.0),
    "empty change": signal_years.chart([signal_years.Strip("Математика", [])]),
    "empty list": list_dynamics.chart([]),
    "empty borders": near_borders.chart({}, {}, 20, BORDERS),
    "empty pooled borders": pooled_borders.chart([]),
    "empty quality": roc_bars.chart([]),
}
OF_MANY = {f"{kind} of {count}": make(count) for kind, make in BY_SIZE.items() for count in (1, 18, 60)}
ALL = {**pictures(), **EMPTY, **OF_MANY}
