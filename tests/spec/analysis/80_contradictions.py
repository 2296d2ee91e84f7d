"""Противоречия в сводных таблицах

Муниципалитет набирает таблицы руками: сколько сдавали, сколько каких отметок, доли, средние, итоги. Система читает
заголовки по словам, пересчитывает всё, что следует одно из другого, и называет оба места и само вычисление. У каждого
противоречия — степень: «числа не сходятся» (верны они быть не могут), «повод проверить» (могут, но стоит посмотреть),
«округление» (дело в последней цифре).

Допуск не назначается, а следует из того, как числа набраны: «28,5» может значить от 28,45 до 28,55, «28» — от 27,5 до
28,5. Поэтому верную строку нельзя назвать ошибкой, с каким бы числом знаков её ни набрали.
"""

from msoko.core.analysis.contradictions import Contradiction, Severity, find
from msoko.core.analysis.contradictions.building import build
from msoko.core.analysis.contradictions.grid import Grid
from msoko.core.definitions.loading import Definitions

DEFINITIONS = Definitions.load()


def typed(title: str, *rows: dict[str, object]) -> Grid:
    """A table as it was typed: the keys of the rows are its headers."""
    headers = list(rows[0])
    cells = [[row.get(header) for header in headers] for row in rows]
    return Grid(title, headers, list(enumerate(cells, 2)), "справка", "справка")


def told(manual, *grids: Grid) -> list[Contradiction]:
    """Shows the tables and what was found in them."""
    tables = []
    for grid in grids:
        manual.table(grid.title, [dict(zip(grid.headers, cells, strict=True)) for _, cells in grid.rows])
        tables.append(build(grid, DEFINITIONS))
    found = find(tables)
    for one in found:
        manual.says(f"**{one.severity.words.capitalize()}.** {one.sentence}")
    if not found:
        manual.says("Противоречий нет.")
    return found


def severities(found: list[Contradiction]) -> list[Severity]:
    return [one.severity for one in found]


def test_marks_make_the_participants(manual):
    """Отметки складываются в участников

    Не сошлось на единицу — значит, хотя бы одно из пяти чисел набрано неверно; какое, система не знает и называет все.
    """
    found = told(
        manual,
        typed(
            "Результаты ВПР, 6 класс",
            {"Предмет": "Математика", "Писали": 56, "«2»": 3, "«3»": 20, "«4»": 25, "«5»": 8},
            {"Предмет": "Русский язык", "Писали": 55, "«2»": 4, "«3»": 19, "«4»": 24, "«5»": 9},
        ),
    )
    assert [(one.rule, one.stated, one.recomputed) for one in found] == [("parts_sum", "55", "56")]
    assert severities(found) == [Severity.FIRM]


def test_a_per_cent_is_that_of_its_count(manual):
    """Доля сверяется с числом

    3 из 34 — 8,82 %: «8,8» и «9» верны. «8,9» отличается меньше чем на единицу последнего знака — это округление не
    по правилам. «12» — ошибка.
    """
    rows = [
        {"Предмет": name, "Сдавали": 34, "Не сдали": 3, "Не сдали, %": said}
        for name, said in (("Биология", "8,8"), ("Химия", "9"), ("Физика", "8,9"), ("История", "12"))
    ]
    found = told(manual, typed("Не преодолели порог ЕГЭ", *rows))
    assert [(one.rule, one.severity, one.stated.split("\u00a0")[0]) for one in found] == [
        ("percent_of_count", Severity.FIRM, "12"),
        ("percent_of_count", Severity.ROUNDING, "8,9"),
    ]


def test_parts_may_be_adjusted_to_a_hundred(manual):
    """Доли, подогнанные к ста

    14, 16 и 4 из 34 — это 41,2, 47,1 и 11,8 %, вместе 100,1. Кто-то записал 11,7, чтобы получилось ровно 100: это
    округление, а не ошибка.
    """
    found = told(
        manual,
        typed(
            "Отметки ВПР",
            {"Предмет": "Физика", "«2»": 0, "«2», %": "0", "«3»": 14, "«3», %": "41,2", "«4»": 16, "«4», %": "47,1",
             "«5»": 4, "«5», %": "11,7"},
        ),
    )  # fmt: skip
    assert severities(found) == [Severity.ROUNDING]
    assert found[0].recomputed.startswith("11,76")


def test_a_sum_of_rounded_parts_need_not_be_a_hundred(manual):
    """Сумма округлённых долей не обязана быть ровно 100

    Три доли, округлённые до целых, дают ровно 100 в трёх случаях из четырёх, ещё 99 и 101 — в остальных: каждая может
    отличаться на 0,5, вместе на 1,5. Четыре доли дают 100 в двух случаях из трёх. 103 округлением не объяснить.
    """
    header = ("Класс", "Предмет", "Понизили, %", "Подтвердили, %", "Повысили, %")
    rows = [(8, "Химия", 13, 66, 22), (8, "Физика", 15, 66, 22)]
    found = told(manual, typed("ВПР и журнал", *(dict(zip(header, row, strict=True)) for row in rows)))
    assert [(one.rule, one.severity, one.stated) for one in found] == [("percents_sum", Severity.FIRM, "103")]


def test_where_all_other_rows_make_a_hundred_one_that_does_not_is_odd(manual):
    """Если все остальные строки дают ровно 100, выбивающаяся строка подозрительна

    Округление само по себе сделало бы ровно сотню во всех одиннадцати строках только в четырёх таблицах из ста
    (0,75 в одиннадцатой степени). Значит, доли подгоняли, а в одной строке забыли.
    """
    header = ("Класс", "Предмет", "Понизили, %", "Подтвердили, %", "Повысили, %")
    right = [(number, "Биология", 20, 70 - number, 10 + number) for number in range(1, 12)]
    rows = [*right, (8, "Химия", 13, 66, 22)]
    found = told(manual, typed("ВПР и журнал", *(dict(zip(header, row, strict=True)) for row in rows)))
    assert [(one.rule, one.severity, one.stated) for one in found] == [("percents_sum", Severity.SUSPICIOUS, "101")]


def test_a_per_cent_must_be_of_whole_people(manual):
    """Доля должна получаться из целого числа людей

    Числа не сдавших в таблице нет, но 12 % от 15 — это 1,8 человека: один — 6,7 %, двое — 13,3 %.
    """
    found = told(
        manual,
        typed(
            "Доля не преодолевших порог ЕГЭ",
            {"Предмет": "Физика", "Сдавали": 15, "Не сдали, %": "13,3"},
            {"Предмет": "Химия", "Сдавали": 15, "Не сдали, %": "12,0"},
        ),
    )
    assert [(one.rule, one.severity) for one in found] == [("percent_possible", Severity.FIRM)]


def test_the_whole_of_a_column_of_shares_is_inferred(manual):
    """Общее число, от которого посчитаны доли, находится само

    В таблице его нет, но 96 человек — это 30,0 % только от 320, и 128 — это 40,0 % от 320. Строка, которая с ним не
    сходится, названа.
    """
    rows = [("Высшая категория", 96, "30,0"), ("Первая категория", 128, "40,0"), ("Соответствие", 48, "15,0"),
            ("Без категории", 48, "25,0")]  # fmt: skip
    found = told(
        manual, typed("Кадры района", *({"Показатель": name, "Человек": n, "%": said} for name, n, said in rows))
    )
    assert [(one.rule, one.severity, one.places[0].label) for one in found] == [
        ("common_denominator", Severity.FIRM, "Без категории")
    ]


def test_a_mean_mark_is_bound_by_the_rates(manual):
    """Средняя отметка ограничена успеваемостью и качеством

    При успеваемости P и качестве Q средняя лежит от 2 + P + Q (все успевшие на «4» и «5» получили «4») до 2 + P + 2Q
    (все получили «5»). При 90 % и 20 % — от 3,1 до 3,3; к границам добавлено то, что могло отнять округление.
    """
    found = told(
        manual,
        typed(
            "Итоги ВПР",
            {"Класс": "7А", "Успеваемость, %": 90, "Качество, %": 20, "Средняя отметка": "3,2"},
            {"Класс": "7Б", "Успеваемость, %": 90, "Качество, %": 20, "Средняя отметка": "3,8"},
        ),
    )
    assert [(one.rule, one.severity, one.places[0].label) for one in found] == [
        ("mean_against_rates", Severity.FIRM, "7Б")
    ]


def test_a_mean_of_means_is_not_the_mean_of_participants(manual):
    """Среднее по району — не среднее по школам

    300 участников по 50 баллов и 100 по 60 — в среднем 52,5. «55» — среднее двух средних.
    """
    found = told(
        manual,
        typed(
            "Средний балл ЕГЭ",
            {"Школа": "СОШ № 1", "Сдавали": 300, "Средний балл": "50,0"},
            {"Школа": "СОШ № 2", "Сдавали": 100, "Средний балл": "60,0"},
            {"Школа": "Итого", "Сдавали": 400, "Средний балл": "55,0"},
        ),
    )
    assert [(one.rule, one.severity, one.recomputed) for one in found] == [("total_rate", Severity.SUSPICIOUS, "52,5")]


def test_two_tables_must_say_the_same(manual):
    """Одно и то же в двух таблицах

    Выбрать предмет могли больше учеников, чем пришли на экзамен, но не меньше.
    """
    found = told(
        manual,
        typed(
            "Выбор предметов ОГЭ в 2025 году",
            {"Предмет": "Литература", "Кол-во": 3},
            {"Предмет": "Физика", "Кол-во": 22},
        ),
        typed(
            "Отметки ОГЭ в 2025 году",
            {"Предмет": "Литература", "«2»": 0, "«3»": 1, "«4»": 2, "«5»": 2},
            {"Предмет": "Физика", "«2»": 1, "«3»": 9, "«4»": 8, "«5»": 4},
        ),
    )
    assert [(one.rule, one.severity, one.places[0].label) for one in found] == [
        ("two_tables", Severity.FIRM, "Литература")
    ]
    assert {place.table for place in found[0].places} == {"Выбор предметов ОГЭ в 2025 году", "Отметки ОГЭ в 2025 году"}


def test_everybody_sits_two_subjects_of_choice(manual):
    """На ОГЭ каждый сдаёт два предмета по выбору

    Вместе их не может быть больше, чем дважды по числу сдававших обязательный предмет. Немного меньше — обычно:
    часть учеников сдаёт только обязательные.
    """
    rows = [("Русский язык", 40), ("Математика", 40), ("Обществознание", 35), ("География", 30), ("Биология", 20)]
    found = told(manual, typed("Участники ОГЭ, 2025 год", *({"Предмет": name, "Сдавали": n} for name, n in rows)))
    assert [(one.rule, one.severity, one.stated, one.recomputed) for one in found] == [
        ("electives", Severity.FIRM, "85", "80")
    ]


def test_copied_numbers_are_noticed(manual):
    """Перенесённые числа

    Два предмета со средними, одинаковыми до сотых, и показатели, которые не меняются три года подряд, бывают. Но
    чаще это копирование, поэтому — повод проверить.
    """
    found = told(
        manual,
        typed(
            "Средний балл ЕГЭ",
            {"Предмет": "Русский язык", "Регион": "64,2", "Район": "62,57"},
            {"Предмет": "Химия", "Регион": "58,9", "Район": "55,31"},
            {"Предмет": "История", "Регион": "64,2", "Район": "62,57"},
        ),
        typed(
            "Сеть школ",
            {"Показатель": "Учащиеся", "2023": 7112, "2024": 7345, "2025": 7345, "2026": 7345},
            {"Показатель": "Учителя", "2023": 402, "2024": 411, "2025": 411, "2026": 411},
        ),
    )
    assert [(one.rule, one.severity) for one in found] == [
        ("same_rows", Severity.SUSPICIOUS),
        ("same_years", Severity.SUSPICIOUS),
    ]
