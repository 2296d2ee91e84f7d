"""What holds for every document."""

import json
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.parse import parse
from msoko.core.roadmap.reading.parsed import Parsed
from msoko.core.roadmap.reading.text import lines_of_text
from tests.core.roadmap.reading.drawn import core

HEADERS = ("№", "Мероприятие", "Срок", "Исполнитель", "Результат")
BEGINNINGS = ("Смотр", "Неделя", "Турнир", "Провести встречу", "Разработка", "Слёт", "Обновление")
WORDS = ("чтецов", "музеев", "района", "для", "школ", "наставников", "памяти", "с", "родителями", "и", "новых", "книг")
ENDS = ("села", "края", "посёлка", "учителей", "семей")
DEADLINES = ("март", "до 5 мая 2026 г.", "ежегодно, сентябрь", "II квартал", "по отдельному графику", "постоянно")
EXECUTORS = ("УО", "РМК, школы", "Директора школ", "Районная методическая служба", "Орлова А.А., методист")
RESULTS = ("Отчёт", "Приказ об итогах смотра", "Не менее 12 участников", "Рост числа читателей на 5 %", "Банк заданий")

titles = st.builds(
    lambda beginning, words, end: " ".join([beginning, *words, end]),
    st.sampled_from(BEGINNINGS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6, unique=True),
    st.sampled_from(ENDS),
)
clean_rows = st.tuples(titles, st.sampled_from(DEADLINES), st.sampled_from(EXECUTORS), st.sampled_from(RESULTS))
clean_tables = st.lists(clean_rows, min_size=1, max_size=8, unique_by=lambda row: row[0])


def table(rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS, number: int = 1) -> list[Line]:
    places = tuple(range(len(headers)))
    return [Line(0, tuple(row), number, places) for row in (headers, *rows)]


def numbered(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[f"{place}.", *row] for place, row in enumerate(rows, start=1)]


def read(lines: Sequence[Line]) -> Parsed:
    title = Line(0, ("Дорожная карта «Чтение»",))
    return parse([replace(line, number=place) for place, line in enumerate([title, *lines], start=1)])


def cores(parsed: Parsed) -> list[tuple[object, ...]]:
    return [core(activity) for activity in parsed.activities]


@settings(deadline=None)
@given(clean_tables)
def test_a_clean_table_is_read_as_it_stands_and_is_sure(rows):
    parsed = read(table(numbered(rows)))
    assert [(a.number, a.title, a.deadline, a.result) for a in parsed.activities] == [
        (str(place), title, deadline, result) for place, (title, deadline, _, result) in enumerate(rows, start=1)
    ]
    assert [activity.executors_words for activity in parsed.activities] == [row[2] for row in rows]
    assert min(activity.confidence for activity in parsed.activities) >= 0.9


@settings(deadline=None)
@given(clean_tables, st.permutations(range(len(HEADERS))))
def test_columns_in_another_order_give_the_same_activities(rows, order):
    straight = numbered(rows)
    mixed = [[row[place] for place in order] for row in straight]
    assert cores(read(table(mixed, [HEADERS[place] for place in order]))) == cores(read(table(straight)))


@settings(deadline=None)
@given(clean_tables, st.data())
def test_a_row_broken_between_two_words_gives_the_same_activity(rows, data):
    """Where the rest begins with a small letter; with a capital one it could as well be a heading."""
    straight = numbered(rows)
    broken = data.draw(st.integers(0, len(rows) - 1))
    words = straight[broken][1].split(" ")
    places = [place for place in range(1, len(words)) if words[place][0].islower()]
    cut = data.draw(st.sampled_from(places))
    upper, lower = list(straight[broken]), ["", " ".join(words[cut:]), "", "", ""]
    upper[1] = " ".join(words[:cut])
    pages = [*straight[:broken], upper, lower, *straight[broken + 1 :]]
    parsed = read(table(pages))
    assert cores(parsed) == cores(read(table(straight)))
    assert parsed.activities[broken].lines == (broken + 3, broken + 4)


@settings(deadline=None)
@given(clean_tables, st.integers(0, 8))
def test_a_header_repeated_anywhere_changes_nothing(rows, place):
    straight = numbered(rows)
    repeated = [*straight[:place], list(HEADERS), *straight[place:]]
    assert cores(read(table(repeated))) == cores(read(table(straight)))


@settings(deadline=None)
@given(clean_tables, st.integers(0, 7), st.sampled_from(["Кадры", "1. Кадры", "Раздел 1. Кадры", "I. Кадры"]))
def test_a_heading_divides_the_activities_and_loses_none(rows, place, heading):
    straight = numbered(rows)
    lines = table(straight)
    place = min(place, len(rows) - 1)
    lines.insert(place + 1, Line(0, (heading,), 1, (0,)))
    parsed = read(lines)
    assert [one[1:] for one in cores(parsed)] == [one[1:] for one in cores(read(table(straight)))]
    assert [activity.section for activity in parsed.activities] == [None] * place + ["Кадры"] * (len(rows) - place)


figures = st.integers(0, 5000).map(str) | st.decimals(0, 100, places=1).map(lambda value: str(value).replace(".", ","))
statistics = st.integers(2, 7).flatmap(
    lambda width: st.lists(
        st.tuples(
            st.sampled_from(["Физика", "Химия", "Русский язык", "МБОУ «Горная школа»"]), *[figures] * (width - 1)
        ),
        min_size=1,
        max_size=6,
    )
)


@settings(deadline=None)
@given(clean_tables, statistics, st.booleans())
def test_tables_of_figures_invent_nothing(rows, figures, before):
    head = ["Предмет", *(f"Показатель {place}" for place in range(1, len(figures[0])))]
    other = [Line(0, ("Итоги года",)), *table(figures, head, number=2)]
    roadmap = [Line(0, ("План мероприятий",)), *table(numbered(rows))]
    parsed = read([*other, *roadmap] if before else [*roadmap, *other])
    assert cores(parsed) == cores(read(roadmap))


cells = st.text(max_size=30) | st.sampled_from(
    ["", "1.", "2", "Итого", "Раздел 1", "март", "УО", *HEADERS, *BEGINNINGS, *RESULTS, "- и", "<p>a</p>", "7.1 Сбор"]
)
any_lines = st.lists(
    st.builds(
        lambda texts, table, merged, page: Line(
            0, tuple(texts), table, tuple(range(len(texts))), page, merged_above=(0,) if merged else ()
        ),
        st.lists(cells, min_size=1, max_size=7),
        st.none() | st.integers(1, 3),
        st.booleans(),
        st.none() | st.integers(1, 3),
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=300)
@given(any_lines)
def test_no_lines_whatever_raise(lines):
    parsed = read(lines)
    assert all(0 < activity.confidence < 1 and activity.title for activity in parsed.activities)
    assert parsed.roadmaps or parsed.complaints
    json.dumps(parsed.as_json())


@settings(deadline=None)
@given(st.text(alphabet="аб1. \t\n№Мероприятие срок исполнитель|-<>&;", max_size=400))
def test_no_text_whatever_raises(text):
    parse(lines_of_text(text.encode()))


kinds = st.sampled_from(["", "март {}", "УО {}", "{} {},", "Проведение {} {}", "Раздел 2. {}", "{} {}", "Справка {}"])


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(*[kinds] * 5), min_size=1, max_size=9))
def test_every_word_of_the_rows_is_in_an_activity_or_in_a_complaint(rows):
    """Whatever a row is taken for, nothing of it is lost."""
    words = iter(f"ъ{place}ъ" for place in range(200))
    filled = [[kind.format(next(words), next(words)) for kind in row] for row in rows]
    parsed = read(table([["1.", "Неделя чтения", "март", "РМК", "Отчёт"], *filled]))
    said = json.dumps(parsed.as_json(), ensure_ascii=False).lower()
    there = " ".join(cell for row in filled for cell in row).lower().split()
    assert [word for word in there if word.startswith("ъ") and word.strip(",") not in said] == []
