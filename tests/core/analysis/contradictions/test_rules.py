"""Each rule on a small table: what it finds, how sure it is, which cells it names; and what it leaves alone."""

import pytest

from msoko.core.analysis.contradictions import Contradiction, Parameters, Severity, all_rules, find
from msoko.core.analysis.contradictions.from_sheets import tables_of_text
from msoko.core.vocabulary.russian import NBSP, THIN
from tests.core.analysis.contradictions.typed_tables import DEFINITIONS

FIRM, SUSPICIOUS, ROUNDING = Severity.FIRM, Severity.SUSPICIOUS, Severity.ROUNDING


def found(said: str, rule: str = "", parameters: Parameters | None = None) -> list[Contradiction]:
    """What is found in the tables of a text: cells parted by « | », lines indented at will."""
    lines = ["\t".join(part.strip() for part in line.split("|")) for line in said.strip().splitlines()]
    tables = tables_of_text("\n".join(line.strip() for line in lines), DEFINITIONS, "справка")
    assert tables
    return [one for one in find(tables, parameters) if rule in ("", one.rule)]


def told(said: str, rule: str = "") -> list[tuple[str, Severity, str, str]]:
    """Rule, severity, what was stated and recomputed, with plain blanks."""
    return [(one.rule, one.severity, *map(_plain, (one.stated, one.recomputed))) for one in found(said, rule)]


def _plain(said: str) -> str:
    return said.replace(NBSP, " ").replace(THIN, "")


EXAMS = """
    Результаты ОГЭ, 2024 год
    Предмет       | Сдавали | «2» | «3» | «4» | «5»
    Русский язык  | 40      | 1   | 9   | 20  | 10
    Математика    | 40      | 2   | 18  | 15  | 5
"""
CASES = {
    "marks above participants": (
        "ВПР\nПредмет | Писали | «2» | «3» | «4» | «5»\nФизика | 20 | 1 | 9 | 8 | 3",
        [("parts_sum", FIRM, "20", "21")],
    ),
    "pupils of a list who did not sit it": (
        "ВПР\nПредмет | Обучающихся | «2» | «3» | «4» | «5»\nФизика | 22 | 1 | 9 | 8 | 3",
        [("parts_sum", SUSPICIOUS, "22", "21")],
    ),
    "not compared with the journal": (
        "ВПР\nПредмет | Писали | Понизили | Подтвердили | Повысили\nФизика | 22 | 5 | 14 | 2",
        [("parts_sum", SUSPICIOUS, "22", "21")],
    ),
    "per cents beyond rounding": (
        "ВПР и журнал\nПредмет | Понизили, % | Подтвердили, % | Повысили, %\nФизика | 20,0 | 70,0 | 10,5",
        [("percents_sum", FIRM, "100,5", "100")],
    ),
    "per cents all cut off": (
        "ВПР и журнал\nПредмет | Понизили, % | Подтвердили, % | Повысили, %\nФизика | 33,3 | 33,3 | 33,2",
        [("percents_sum", ROUNDING, "99,8", "100")],
    ),
    "per cents rounded, alone in the table": (
        "ВПР и журнал\nПредмет | Понизили, % | Подтвердили, % | Повысили, %\nФизика | 33 | 33 | 33",
        [],
    ),
    "a per cent of another count": (
        "ЕГЭ\nПредмет | Сдавали | Не сдали | Не сдали, %\nФизика | 30 | 3 | 12",
        [("percent_of_count", FIRM, "12 %", "10 %")],
    ),
    "zero per cent of somebody": (
        "ЕГЭ\nПредмет | Сдавали | Не сдали | Не сдали, %\nФизика | 30 | 3 | 0",
        [("percent_of_count", FIRM, "0 %", "10 %")],
    ),
    "a per cent cut off": (
        "ЕГЭ\nПредмет | Сдавали | Не сдали | Не сдали, %\nФизика | 30 | 5 | 16,6",
        [("percent_of_count", ROUNDING, "16,6 %", "16,67 %")],
    ),
    "a per cent of nobody's whole number": (
        "ЕГЭ\nПредмет | Сдавали | Не сдали, %\nФизика | 17 | 15,0",
        [("percent_possible", FIRM, "15,0 %", "17,65 %")],
    ),
    "a part above its whole": (
        "ЕГЭ\nПредмет | Сдавали | Не сдали\nФизика | 17 | 18",
        [("part_above_whole", FIRM, "18", "не больше 17")],
    ),
    "two parts that nobody is both of": (
        "ЕГЭ\nПредмет | Сдавали | Не сдали | Высокие баллы\nФизика | 17 | 10 | 8",
        [("part_above_whole", FIRM, "18", "не больше 17")],
    ),
    "quality above pass rate": (
        "ВПР\nКласс | Успеваемость, % | Качество, %\n5А | 80 | 90",
        [("part_above_whole", FIRM, "90", "не больше 80")],
    ),
    "a mean above the scale": (
        "ЕГЭ\nПредмет | Средний балл\nФизика | 105,5\nМатематика базовая | 5,5",
        [("impossible_value", FIRM, "105,5", "от 0 до 100"), ("impossible_value", FIRM, "5,5", "от 2 до 5")],
    ),
    "half a person": (
        "ЕГЭ\nПредмет | Сдавали\nФизика | 12,5",
        [("impossible_value", FIRM, "12,5", "целое число не меньше 0")],
    ),
    "a pass rate that the marks deny": (
        "ВПР\nПредмет | Писали | «2» | «3» | «4» | «5» | Успеваемость, %\nФизика | 20 | 4 | 8 | 5 | 3 | 90",
        [("rates_from_marks", FIRM, "90", "80")],
    ),
    "quality from per cents of marks": (
        "ВПР\nПредмет | «2», % | «3», % | «4», % | «5», % | Качество, %\nФизика | 10 | 40 | 30 | 20 | 55",
        [("rates_from_marks", FIRM, "55", "50")],
    ),
    "СОУ without twos": (
        "ВПР\nПредмет | Писали | «2» | «3» | «4» | «5» | СОУ\nФизика | 10 | 0 | 5 | 3 | 2 | 60,0",
        [("rates_from_marks", FIRM, "60,0", "57,2")],
    ),
    "СОУ with twos, whose weight is disputed": (
        "ВПР\nПредмет | Писали | «2» | «3» | «4» | «5» | СОУ\nФизика | 10 | 2 | 3 | 3 | 2 | 52,8",
        [("rates_from_marks", SUSPICIOUS, "52,8", "53,2")],
    ),
    "a mean mark above what the rates allow": (
        "ВПР\nПредмет | Успеваемость, % | Качество, % | Средняя отметка\nФизика | 90 | 20 | 3,8",
        [("mean_against_rates", FIRM, "3,8", "от 3,08 до 3,33")],
    ),
    "a mean that whole scores do not give": (
        "ЕГЭ\nПредмет | Сдавали | Средний балл\nФизика | 8 | 50,30",
        [("mean_possible", SUSPICIOUS, "50,30", "50,25 и 50,375")],
    ),
    "a total of schools": (
        "ОГЭ\nШкола | Сдавали\nСОШ № 1 | 20\nСОШ № 2 | 12\nИтого | 33",
        [("total_row", FIRM, "33", "32")],
    ),
    "a total of subjects may count every pupil once": (
        "ОГЭ\nПредмет | Сдавали\nФизика | 20\nХимия | 12\nВсего участников | 25",
        [],
    ),
    "a total below one of its subjects": (
        "ВПР\nПредмет | Писали\nФизика | 20\nХимия | 12\nВсего | 15",
        [("total_row", SUSPICIOUS, "15", "32")],
    ),
    "a mean of all outside its parts": (
        "ЕГЭ\nШкола | Сдавали | Средний балл\nСОШ № 1 | 2000 | 50,1\nСОШ № 2 | 1500 | 60,2\nИтого | 3500 | 61,5",
        [("total_rate", FIRM, "61,5", "от 50,1 до 60,2")],
    ),
    "a mean of means": (
        "ЕГЭ\nШкола | Сдавали | Средний балл\nСОШ № 1 | 3000 | 50,0\nСОШ № 2 | 1000 | 60,0\nИтого | 4000 | 55,0",
        [("total_rate", SUSPICIOUS, "55,0", "52,5")],
    ),
    "the right mean of all": (
        "ЕГЭ\nШкола | Сдавали | Средний балл\nСОШ № 1 | 3000 | 50,0\nСОШ № 2 | 1000 | 60,0\nИтого | 4000 | 52,5",
        [],
    ),
    "a column of the district beside its schools": (
        "ВПР\nПоказатель | СОШ № 1 | СОШ № 2 | Район\nПисали работу | 50 | 30 | 81",
        [("total_column", FIRM, "81", "80")],
    ),
    "shares of rows beside 100 % of all": (
        "Кадры\nКатегория | Доля, %\nВысшая | 30\nПервая | 40\nБез категории | 35\nИтого | 100",
        [("shares_total", FIRM, "100", "105")],
    ),
    "levels of a scale that are more than a whole": (
        "Уровни подготовки\nУровень | Доля, %\nНизкий | 20\nСредний | 55\nВысокий | 35",
        [("levels_sum", SUSPICIOUS, "110", "100")],
    ),
    "a share whose columns the other rows betray": (
        "Медали\nШкола | Выпускников | Медалей | Доля, %\n"
        "СОШ № 1 | 40 | 4 | 10\nСОШ № 2 | 25 | 3 | 12\nСОШ № 3 | 30 | 5 | 16,7\nСОШ № 4 | 50 | 9 | 81",
        [("percent_of_columns", FIRM, "81 %", "18 %")],
    ),
    "a share of a whole that stands nowhere": (
        "Кадры\nПоказатель | Человек | %\n"
        "Высшая | 45 | 30\nПервая | 60 | 40\nСоответствие | 24 | 16\nМолодые | 21 | 24",
        [("common_denominator", FIRM, "24 %", "14 %")],
    ),
    "a subject twice": (
        "ЕГЭ\nПредмет | Сдавали\nФизика | 30\nХимия | 12\nФизика | 21",
        [("repeated_row", SUSPICIOUS, "30", "21")],
    ),
    "rows copied": (
        "ЕГЭ\nПредмет | Край | Район\nФизика | 53,14 | 49,04\nХимия | 62,7 | 58,73\nБиология | 53,14 | 49,04",
        [("same_rows", SUSPICIOUS, "", "")],
    ),
    "rows alike by chance": (
        "ВПР\nКласс | Писали | «2» | «3» | «4» | «5»\n"
        "5А | 20 | 1 | 9 | 7 | 3\n5Б | 20 | 1 | 9 | 7 | 3\n5В | 21 | 2 | 9 | 7 | 3",
        [],
    ),
    "three years alike": (
        "Сеть\nПоказатель | 2022 | 2023 | 2024\nКоличество учащихся | 9011 | 9011 | 9011\nШколы | 20 | 21 | 21",
        [("same_years", SUSPICIOUS, "9011", "9011")],
    ),
    "a column copied": (
        "Сеть\nПоказатель | 2023 | 2024\n"
        "Учащиеся | 9011 | 9011\nУчителя | 453 | 453\nКлассы | 390 | 390\nКружки | 55 | 55",
        [("same_years", SUSPICIOUS, "9011", "9011")],
    ),
    "a slip of a digit from year to year": (
        "Сеть\nПоказатель | 2022 | 2023\nУчастники | 256 | 2560",
        [("growth", SUSPICIOUS, "2560", "256")],
    ),
    "a small number that grew by chance": ("Сеть\nПоказатель | 2022 | 2023\nУчастники | 1 | 6", []),
    "means rounded to whole numbers": (
        "ОГЭ\nПредмет | Средняя отметка\nФизика | 4\nХимия | 4\nБиология | 3\nГеография | 4\nИстория | 4",
        [("whole_means", SUSPICIOUS, "5 целых из 5", "средние с дробной частью")],
    ),
    "obligatory subjects of one grade": (
        EXAMS.replace("| 40      | 2   | 18", "| 41      | 2   | 19"),
        [("obligatory_subjects", SUSPICIOUS, "41", "40")],
    ),
    "a subject of choice above the obligatory ones": (
        EXAMS + "\n    Физика | 44 | 4 | 20 | 15 | 5",
        [("obligatory_subjects", FIRM, "44", "не больше 40")],
    ),
    "more than two subjects of choice each": (
        EXAMS
        + "\n    Физика | 38 | 4 | 20 | 9 | 5\n    Химия | 35 | 5 | 10 | 10 | 10\n    История | 9 | 0 | 4 | 3 | 2",
        [("electives", FIRM, "82", "80")],
    ),
    "both levels of mathematics": (
        "ЕГЭ, 2024 год\nПредмет | Сдавали\nРусский язык | 100\nМатематика профильная | 60\nМатематика базовая | 45",
        [("maths_levels", SUSPICIOUS, "100", "105")],
    ),
    "one measure in people and in per cent": (
        "Кадры\nПоказатель | Значение | Ед. изм.\nПедагоги | 300 | чел.\nВысшая | 90 | чел.\nПервая | 120 | чел.\n"
        "Отчёт: высшая | 10 | %\nОтчёт: первая | 60 | %",
        [("two_units", FIRM, "10 %", "30 %"), ("two_units", FIRM, "60 %", "40 %")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_slip_is_told_by_its_rule_and_only_by_it(name: str) -> None:
    said, expected = CASES[name]
    answers = [(rule, severity, *(pair if expected[0][2] else ("", ""))) for rule, severity, *pair in told(said)]
    assert answers == expected


def test_every_rule_has_a_case_of_its_own() -> None:
    """Those of two tables stand below; a new rule without a case fails here."""
    of_two_tables = {"two_tables", "graduates"}
    assert {rule for _, expected in CASES.values() for rule, *_ in expected} | of_two_tables == set(all_rules())


TWO = """
    Выбор предметов ОГЭ в 2024 году
    Предмет | Кол-во
    Физика  | {chosen}
    Химия   | 30
    Отметки ОГЭ в 2024 году
    Предмет | «2» | «3» | «4» | «5»
    Физика  | 1   | 9   | 7   | 3
    Химия   | 2   | 8   | 10  | 10
"""


@pytest.mark.parametrize(("chosen", "expected"), [(20, []), (18, [FIRM]), (23, [SUSPICIOUS])])
def test_more_may_choose_a_subject_than_sit_it_but_not_fewer(chosen: int, expected: list[Severity]) -> None:
    assert [one.severity for one in found(TWO.format(chosen=chosen), "two_tables")] == expected


def test_both_tables_are_named_with_the_cells_of_the_sum() -> None:
    (one,) = found(TWO.format(chosen=18), "two_tables")
    assert [(place.table, place.value) for place in one.places] == [
        ("Выбор предметов ОГЭ в 2024 году", "18"),
        *(("Отметки ОГЭ в 2024 году", value) for value in ("1", "9", "7", "3")),
    ]
    assert one.arithmetic == "18 ≠ 1 + 9 + 7 + 3 = 20"


GRADUATES = """
    Количество выпускников
    Класс | 2024
    9     | 40
    11    | 20
    Результаты {exam}, 2024 год
    Предмет | Сдавали
    Русский язык | {n}
"""


@pytest.mark.parametrize(
    ("exam", "n", "expected"),
    [("ОГЭ", 40, []), ("ОГЭ", 41, [FIRM]), ("ОГЭ", 39, [SUSPICIOUS]), ("ЕГЭ", 21, [SUSPICIOUS]), ("ЕГЭ", 20, [])],
)
def test_those_who_sat_an_obligatory_subject_are_the_graduates(exam: str, n: int, expected: list[Severity]) -> None:
    """Graduates of earlier years may sit ЕГЭ, so that more of them is not firm there."""
    assert [one.severity for one in found(GRADUATES.format(exam=exam, n=n))] == expected


def test_per_cents_of_all_pupils_instead_of_the_row_are_told_once_for_the_column() -> None:
    rows = "".join(f"{name} | {n} | {k} | {p}\n" for name, n, k, p in ROWS_OF_200)
    (one,) = found(f"ОГЭ, выборка\nПредмет | Сдавали | Не сдали | Не сдали, %\n{rows}", "percent_of_count")
    assert (one.severity, len(one.places)) == (SUSPICIOUS, 8)
    assert "198–202" in one.sentence


ROWS_OF_200 = [
    ("Физика", 30, 3, "1,5"),
    ("Химия", 44, 5, "2,5"),
    ("Биология", 60, 7, "3,5"),
    ("География", 90, 9, "4,5"),
]


def test_a_habit_of_cutting_off_is_told_once_for_the_table() -> None:
    rows = "".join(f"{name} | 30 | {k} | {p}\n" for name, k, p in CUT)
    (one,) = found(f"ЕГЭ\nПредмет | Сдавали | Не сдали | Не сдали, %\n{rows}", "percent_of_count")
    assert (one.severity, len(one.places)) == (ROUNDING, 3 * len(CUT))


CUT = [
    *(("Физика", 2, "6,6"), ("Химия", 5, "16,6"), ("Биология", 8, "26,6")),
    *(("География", 11, "36,6"), ("История", 14, "46,6"), ("Литература", 17, "56,6")),
]


def test_a_row_off_by_rounding_is_suspicious_where_all_others_make_exactly_100() -> None:
    """Rounding alone makes three parts 100 in three rows of four: all of eleven rows in four tables of a hundred."""
    header = "ВПР и журнал\nКласс | Предмет | Понизили, % | Подтвердили, % | Повысили, %\n"
    odd = "11 | Химия | 22 | 66 | 13\n"
    for others, expected in ((10, []), (11, [SUSPICIOUS])):
        rows = "".join(f"{grade} | Биология | 20 | {70 - grade} | {10 + grade}\n" for grade in range(1, others + 1))
        assert [one.severity for one in found(header + rows + odd)] == expected


def test_every_contradiction_names_at_least_two_places_and_its_arithmetic() -> None:
    for said, _ in CASES.values():
        for one in found(said):
            assert len(one.places) > 1
            assert one.arithmetic
            assert one.sentence.endswith(".")
            assert one.stated
            assert one.recomputed


def test_a_parameter_moves_the_threshold() -> None:
    said = CASES["a slip of a digit from year to year"][0]
    assert found(said, parameters=Parameters(growth_factor=11.0)) == []


def test_firm_contradictions_come_first() -> None:
    said = EXAMS.replace("| 40      | 2   | 18", "| 41      | 2   | 18")
    assert [one.severity for one in found(said)] == [FIRM, SUSPICIOUS]
