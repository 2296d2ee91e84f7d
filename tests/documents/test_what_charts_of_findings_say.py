"""Pictures of findings and of validation: honest in words and in sums, names out of each other's way."""

from itertools import combinations, pairwise
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.shares import Share, wilson
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.charts import (
    classes_fit,
    dot_heap,
    expected_actual,
    funnel,
    items_heatmap,
    list_dynamics,
    near_borders,
    roc_bars,
    signal_years,
)
from msoko.documents.charts.verdict_marks import point_layer
from msoko.documents.charts.words_in_plot import LINE, Axis, Frame, Name, placed, spread
from tests.documents.pictures_of_findings import (
    VERDICTS,
    a_heat_map,
    a_list,
    a_rating,
    borders,
    expectations,
    pooled,
    quality,
    said,
    texts,
)

# Words that keep out of each other's way


def boxes_of(found, frame):
    return [side.box(frame.pixel(one.x, one.y), one.text) for one, side in found]


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=14))
def test_names_in_a_plot_never_overlap(spots):
    frame = Frame(520, 300, Axis(0, 100), Axis(0, 100))
    found = placed([Name(f"Школа № {place}", *spot) for place, spot in enumerate(spots)], [], frame)
    for one, other in combinations(boxes_of(found, frame), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_name_that_would_hide_a_crowd_is_left_out_but_ones_own_is_written():
    frame = Frame(520, 300, Axis(0, 100), Axis(0, 100))
    crowd = [(10.0 * x, 4.0 * y) for x in range(52) for y in range(75)]
    assert placed([Name("Школа № 1", 50, 50)], crowd, frame) == []
    assert len(placed([Name("Школа № 1", 50, 50, own=True)], crowd, frame)) == 1


@given(st.lists(st.floats(0, 300), min_size=1, max_size=12).map(sorted))
def test_heights_pushed_apart_keep_their_order_and_their_middle(heights):
    moved = spread(heights, LINE)
    assert all(after - before >= LINE - 1e-6 for before, after in pairwise(moved))
    assert isclose(sum(moved), sum(heights), abs_tol=1e-6)


def test_heights_far_enough_apart_are_not_moved():
    assert spread([10.0, 40.0, 90.0], LINE) == [10.0, 40.0, 90.0]


@given(st.lists(st.floats(0, 1), max_size=60))
def test_no_two_dots_of_a_heap_stand_on_one_place(parts):
    spots = list(zip(dot_heap.steps(parts, 520), dot_heap.storeys(parts, 520), strict=True))
    assert len(spots) == len(set(spots))


def test_verdicts_differ_by_shape_or_filling_and_not_by_colour_alone():
    points = [{"x": 1, "y": 1, "verdict": verdict} for verdict in VERDICTS]
    encoding = point_layer(points, {}, {})["encoding"]
    filled = [colour != "white" for colour in encoding["fill"]["scale"]["range"]]
    looks = set(zip(encoding["shape"]["scale"]["range"], filled, strict=True))
    assert len(looks) == len(VERDICTS)


# The funnel


@given(st.integers(1, 400), st.data(), st.integers(1, 99))
def test_a_school_is_outside_the_funnel_exactly_where_its_wilson_interval_misses_the_territory(n, data, territory):
    k = data.draw(st.integers(0, n))
    low, high = funnel.limits(territory / 100, n, 95.0)
    below, above = wilson(k, n)
    share = 100 * k / n
    if min(abs(share - low), abs(share - high), abs(below - territory), abs(above - territory)) > 1e-6:
        assert (share < low or share > high) == (territory < below or territory > above)


def test_the_funnel_narrows_with_size_and_stays_within_a_hundred_per_cent():
    widths = [funnel.limits(0.12, n, 99.8) for n in (1, 10, 100, 1000)]
    assert all(0 <= low <= 12 <= high <= 100 for low, high in widths)
    assert [high - low for low, high in widths] == sorted((high - low for low, high in widths), reverse=True)


def test_the_sentence_of_the_funnel_counts_who_is_over_what():
    schools = [
        funnel.School("Школа № 1", Share(40, 60), Verdict.ROBUST),
        funnel.School("Школа № 2", Share(4, 12), Verdict.LIKELY),
        funnel.School("Школа № 3", Share(2, 40)),
        funnel.School("Школа № 4", Share(0, 0)),
    ]
    words = said(funnel.chart(schools, Share(120, 1000), "Озёрный округ", 30))
    assert words.startswith("Доля не справившихся, 3 школы: наименьшая Школа № 3 — 5 % (2 из 40; 1–17 %)")
    assert "наибольшая Школа № 1 — 67 % (40 из 60; 54–77 %); Озёрный округ — 12 % (120 из 1 000; 10–14 %)" in words
    assert "выше того, что объясняет случай, — 1, ниже — 0; порога 30 % достигли 2 из 3" in words
    assert words.endswith("выводы: «устойчиво» — 1, «вероятно» — 1; без участников — 1.")


def test_a_school_without_participants_stays_in_the_table_of_the_funnel():
    table = funnel.chart([funnel.School("Школа № 4", Share(0, 0))], Share(3, 10)).data_table
    assert table.formatted_rows() == [["Школа № 4".replace(" 4", "\u00a04"), "—", "—", "—", "—"]]


def test_a_territory_of_nobody_has_no_line_and_no_funnel():
    chart = funnel.chart([funnel.School("Школа", Share(1, 4))], Share(0, 0), "Округ", 30)
    assert not any("Округ" in text for text in texts(chart))
    assert any(text == "порог: 30 %" for text in texts(chart))


# Borders of marks


def near_by_hand(score, lowest_scores, window):
    """The slow twin: tries every border, the nearest wins, the mark already earned breaks a tie."""
    best = None
    for lowest in sorted(lowest_scores):
        for distance in range(-window, window):
            if lowest + distance == score:
                away = distance if distance >= 0 else -distance - 1
                if best is None or away < best[0]:
                    best = (away, lowest, distance)
    return best and best[1:]


@given(st.integers(0, 30), st.sets(st.integers(1, 30), min_size=1, max_size=3), st.integers(1, 4))
def test_a_score_belongs_to_its_nearest_border(score, lowest_scores, window):
    given_borders = [near_borders.Border(3 + place, lowest) for place, lowest in enumerate(sorted(lowest_scores))]
    found = near_borders.distance(score, given_borders, window)
    assert (found and (found[0].lowest, found[1])) == near_by_hand(score, lowest_scores, window)


def test_the_sentence_of_the_borders_gives_the_extra_works():
    words = said(borders())
    assert words.startswith(
        "Баллы у границ отметок, 30 работ. Граница «3» (5 баллов): над ней 9 работ при ожидаемых 4,1"
    )
    assert "под ней 1 при ожидаемых 5,2 — лишних над границей около 5." in words
    assert "Граница «5» (15 баллов): над ней 0 работ при ожидаемых 0,0, под ней 0 при ожидаемых 2,7" in words


def test_the_extra_works_stand_over_the_border_and_the_missing_ones_below_it():
    shown = texts(borders())
    assert "+5" in shown
    assert "−4" in shown


def test_bars_and_boxes_make_up_exactly_the_observed_and_the_expected_works():
    drawing = borders().drawing()
    blocks, boxes = drawing["layer"][0]["data"]["values"], drawing["layer"][1]["data"]["values"]
    assert sum(block["high"] - block["low"] for block in blocks) == pytest.approx(30)
    assert sum(box["high"] - box["low"] for box in boxes) == pytest.approx((5.2 - 1) + 2.7)


def test_without_borders_the_sentence_says_that_they_are_unknown():
    assert said(near_borders.chart({3: 1}, {3: 0.5}, 20, [])).endswith("1 работа: границы отметок неизвестны.")


def test_pooled_borders_name_every_step_in_words_that_agree():
    shown = texts(pooled())
    assert {"2 баллов", "1 балла", "ровно", "на отметку", "1 балл"} <= set(shown)
    assert "под границей 16 при ожидаемых 26,3, на границе и над ней 45 при ожидаемых 32,7" in said(pooled())
    assert said(pooled()).endswith("лишних над границей около 12.")


# Tasks by schools


def test_missing_suppressed_not_applicable_and_zero_never_look_alike():
    cells = {
        "1": Unknown.MISSING,
        "2": Unknown.SUPPRESSED,
        "3": Unknown.NOT_APPLICABLE,
        "4": items_heatmap.Difference(0),
    }
    items = [items_heatmap.Item(number, "", 50.0) for number in cells]
    chart = items_heatmap.chart(items, [items_heatmap.School("Школа", 20, cells)])
    assert sorted(text for text in texts(chart) if text in {"×", "•", "0", "—"}) == sorted(["×", "•", "0"])
    assert chart.data_table.formatted_rows()[1][2:] == ["нет\u00a0данных", "•", "—", "0,0"]


def test_a_heat_map_of_too_many_schools_is_refused():
    with pytest.raises(ValueError, match="choose schools first"):
        a_heat_map(items_heatmap.MOST_SCHOOLS + 1)


def test_every_coloured_cell_of_a_heat_map_that_is_sure_has_its_sign():
    assert texts(a_heat_map(18)).count("−24") == 18


def test_the_sentence_of_the_heat_map_counts_schools_below_the_territory():
    words = said(a_heat_map(3))
    assert words.startswith("Задания по школам, 3 школы, 4 задания; ")
    assert "больше случайного: 1 (3)" in words
    assert words.endswith("больше всего таких заданий — Школа № 1 (1 из 4); недостаточно по территории: 3.")


def test_the_territory_of_the_schools_stands_in_a_heat_map_and_is_not_counted_as_a_school():
    cells = {"1": items_heatmap.Difference(-20)}
    whole = items_heatmap.School("Приречный район", 200, cells, own=True, is_whole=True)
    chart = items_heatmap.chart([items_heatmap.Item("1")], [whole, items_heatmap.School("Школа № 1", 20, cells)])
    assert "Приречный район" in texts(chart)
    assert said(chart).startswith("Задания по школам, 1 школа, 1 задание; ")
    assert "больше случайного: 1 (1)." in said(chart)


@pytest.mark.parametrize(("zone", "rows"), [("", 0), (items_heatmap.NOT_ENOUGH, 1)])
def test_a_heat_map_has_a_row_of_zones_only_where_levels_are_described(zone, rows):
    items = [items_heatmap.Item("1", "Б" if zone else "", 50.0, zone)]
    chart = items_heatmap.chart(items, [items_heatmap.School("Школа", 20, {"1": items_heatmap.Difference(1)})])
    assert texts(chart).count("Зона") == rows
    assert [row[0] for row in chart.data_table.formatted_rows()].count("Зона") == rows


# The rating


def test_every_group_of_the_rating_has_its_bracket_and_schools_without_a_place_say_why():
    shown = texts(a_rating(18))
    assert [text for text in shown if text.startswith("группа")] == [f"группа {place}" for place in range(1, 6)]
    assert "× места нет: мало участников (4)" in shown


def test_the_sentence_of_the_rating_agrees_in_number():
    assert said(a_rating(1)).startswith("Рейтинг школ, 1 школа, 1 группа; в первой группе Школа № 1")
    assert said(a_rating(21)).startswith(
        "Рейтинг школ, 21 школа, 6 групп; в первой группе 4 школы, среди них Школа № 1,"
    )
    assert "Школа № 3 — место 3 (1–6); без места — 1." in said(a_rating(21))


# Expected and actual


def test_a_school_is_told_by_its_interval_and_not_by_its_point():
    make = expected_actual.School
    kinds = [
        make("А", 50, 60, 55, 65, 40).kind,
        make("Б", 50, 60, 45, 75, 40).kind,
        make("В", 50, 40, 35, 45, 40).kind,
        make("Г", 50, 60, 55, 65, 40, resilient=True).kind,
        make("Д", 50, 90, 85, 95, 4, small=True).kind,
    ]
    assert kinds == [
        expected_actual.ABOVE,
        expected_actual.CLOSE,
        expected_actual.BELOW,
        expected_actual.RESILIENT,
        expected_actual.SMALL,
    ]


def test_the_diagonal_is_where_both_axes_are_equal():
    drawing = expectations(18).drawing()
    assert drawing["width"] == drawing["height"]
    ends = drawing["layer"][0]["data"]["values"]
    assert all(end["x"] == end["y"] for end in ends)
    assert ends[0] != ends[1]


def test_the_sentence_of_the_expectation_names_the_resilient_and_ones_own():
    rows = [
        expected_actual.School("Школа № 1", 50, 60, 55, 65, 40, resilient=True),
        expected_actual.School("Школа № 2", 50.0, 52.5, 45, 58, 40, own=True),
    ]
    words = said(expected_actual.chart(rows))
    assert "2 школы: выше ожидаемого в трудных условиях — 1, как ожидается — 1" in words
    assert "в трудных условиях выше ожидаемого: Школа № 1; Школа № 2: ожидалось 50,0 %, получено 52,5 %" in words


# The strength of a signal


def test_bounds_of_verdicts_stand_in_the_picture_only_where_the_method_has_them():
    units = [classes_fit.Unit("5А", 2.0, 20)]
    assert {"вероятно →", "устойчиво →"} <= set(texts(classes_fit.chart(units, 3.0, 4.0)))
    assert "вероятно →" not in texts(classes_fit.chart(units, None, 4.0))


def test_the_sentence_of_strengths_agrees_in_number():
    units = [classes_fit.Unit(f"5{letter}", strength, 20, verdict) for letter, strength, verdict in (
        ("А", 5.0, Verdict.ROBUST), ("Б", 1.0, None), ("В", 3.5, Verdict.LIKELY))]  # fmt: skip
    words = said(classes_fit.chart(units, 3.0, 4.0))
    assert words == (
        "Сила сигнала по классам, 3 класса; «устойчиво» — 1, «вероятно» — 1; "
        "сильнее всего: 5А (5,0), 5В (3,5) и 5Б (1,0); «вероятно» — с 3,0; «устойчиво» — с 4,0."
    )
    assert "сигнала нет ни у кого" in said(classes_fit.chart(units[1:2], 3.0, 4.0))


# The list over the years


def test_a_list_says_who_stayed_came_and_left_year_by_year():
    assert said(a_list()) == (
        "Список по годам: 2021 — 14 школ; 2022 — 12 школ (остались 9, вошли 3, вышли 4, нет данных о 1); "
        "2023 — 13 школ (остались 9, вошли 4, вышли 3)."
    )
    assert {"остались 9", "вошли 3", "вышли 4", "нет данных 1", "12 в списке"} <= set(texts(a_list()))


def test_the_first_year_is_compared_with_nothing_and_does_not_claim_that_all_came():
    assert a_list().data_table.formatted_rows()[0] == ["2021", "14", "—", "—", "—", "0"]


def test_a_list_to_which_more_came_than_are_on_it_is_an_error():
    with pytest.raises(ValueError, match="5 came to a list of 4"):
        list_dynamics.chart([list_dynamics.Year(2022, 4, 5, 0)])


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 9))
def test_blocks_of_a_year_have_the_heights_of_their_numbers(stayed, came, left, unknown):
    year = list_dynamics.Year(2022, stayed + came, came, left, unknown)
    blocks = list_dynamics.chart([year]).drawing()["layer"][0]["data"]["values"]
    above = sum(block["high"] - block["low"] for block in blocks if block["low"] >= 0)
    below = sum(block["high"] - block["low"] for block in blocks if block["high"] <= 0)
    assert (above, below) == (stayed + came, left + unknown)


# Change between years


def test_a_school_outside_the_usual_is_named_with_the_side_it_left_by():
    points = [
        signal_years.Point("Школа № 1", 0.5, 20),
        signal_years.Point("Школа № 2", 1.0, 20, own=True),
        signal_years.Point("Школа № 3", 1.7, 20),
    ]
    chart = signal_years.chart([signal_years.Strip("Математика", points, 0.7, 1.4)])
    assert said(chart).endswith(
        "Математика: 3 школы; обычно 0,70–1,40; резкий рост — 1 (Школа № 1); резкое снижение — 1 (Школа № 3); "
        "Школа № 2 — 1,00."
    )
    assert [row[-1] for row in chart.data_table.formatted_rows()] == [
        "резкий рост",
        "в\u00a0пределах обычного",
        "резкое снижение",
    ]


def test_without_borders_nobody_is_called_usual():
    chart = signal_years.chart([signal_years.Strip("Математика", [signal_years.Point("Школа", 1.7, 20)])])
    assert "границы обычного не вычислены" in said(chart)
    assert chart.data_table.formatted_rows()[0][-1] == "нет\u00a0данных"


def test_in_a_crowd_those_outside_the_usual_are_still_dots_of_their_own():
    points = [signal_years.Point(f"Школа № {place}", 1.0 + place % 7 / 100, 20) for place in range(500)]
    points.append(signal_years.Point("Школа № 501", 1.9, 20))
    drawing = signal_years.chart([signal_years.Strip("Математика", points, 0.7, 1.4)]).drawing()
    dots = [one for one in drawing["layer"] if one["mark"]["type"] == "point"]
    assert [row["label"] for row in dots[0]["data"]["values"]] == ["Школа № 501"]


# Validation


def test_more_sizes_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="at most 4 sizes"):
        roc_bars.chart([roc_bars.Quality("Сигнал", str(size), 0.9, 0.8, 1.0) for size in range(5)])


def test_the_sentence_of_the_quality_has_every_interval():
    assert "Скопление у границ: менее 80 — 0,90 (0,85–0,95), 80–199 — 0,90 (0,85–0,95) и 200 и больше" in said(
        quality()
    )
