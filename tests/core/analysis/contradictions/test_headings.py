"""Words of headers: what districts write over their columns."""

import pytest

from msoko.core.analysis.contradictions.about import about, is_mean, is_total, is_within, measure_of
from msoko.core.analysis.contradictions.headings import read_heading, year_of
from msoko.core.analysis.contradictions.roles import Role, in_unit

COUNT, PERCENT, UNTOLD = False, True, None


@pytest.mark.parametrize(
    ("header", "role", "is_percent"),
    [
        ("Предмет", Role.SUBJECT, UNTOLD),
        ("Наименование ОО", Role.SCHOOL, UNTOLD),
        ("№ п/п", Role.IGNORED, UNTOLD),
        ("Учебный год", Role.YEAR, UNTOLD),
        ("Ед. изм.", Role.UNIT, UNTOLD),
        ("participants_district", Role.PARTICIPANTS, UNTOLD),
        ("Кол-во выпускников, сдававших экзамен по предмету", Role.PARTICIPANTS, UNTOLD),
        ("Написали работу", Role.PARTICIPANTS, UNTOLD),
        ("Количество выпускников", Role.GRADUATES, UNTOLD),
        ("Всего учащихся", Role.PUPILS, UNTOLD),
        ("n4", Role.N4, COUNT),
        ("p4", Role.N4, PERCENT),
        ("«2»", Role.N2, UNTOLD),
        ("Получили «4», чел.", Role.N4, COUNT),
        ("Получили «4», %", Role.N4, PERCENT),
        ("Отметки по пятибалльной шкале (%) «3»", Role.N3, PERCENT),
        ('на "5"', Role.N5, UNTOLD),
        ("неуд.", Role.N2, UNTOLD),
        ("СОШ № 2", None, UNTOLD),
        ("% качества", Role.QUALITY, PERCENT),
        ("Сдали на «4» и «5»", Role.QUALITY, UNTOLD),
        ("Успев (%)", Role.PASSED, PERCENT),
        ("Получили «3», «4», «5»", Role.PASSED, UNTOLD),
        ("Не преодолели минимальный порог, %", Role.FAILED, PERCENT),
        ("Процент неуспешных результатов", Role.FAILED, PERCENT),
        ("Неуспевающих", Role.FAILED, UNTOLD),
        ("Не аттестованы", Role.NOT_ASSESSED, UNTOLD),
        ("Доля участников, набравших от 81 до 100 баллов", Role.HIGH, PERCENT),
        ("80–99", Role.HIGH, UNTOLD),
        ("100 баллов", Role.HUNDRED, UNTOLD),
        ("Повысили результат, %", Role.RAISED, PERCENT),
        ("Прошли повышение квалификации", None, UNTOLD),
        ("СОУ", Role.SOU, UNTOLD),
        ("Средний тестовый балл", Role.MEAN, UNTOLD),
        ("Ср. отметка", Role.MEAN_MARK, UNTOLD),
        ("Победителей", Role.WINNERS, UNTOLD),
        ("Призёров", Role.PRIZE_WINNERS, UNTOLD),
        ("Процент от общего кол-ва учащихся", Role.PERCENT, PERCENT),
        ("Класс-комплекты", None, UNTOLD),
        ("Количество учителей", Role.COUNT, UNTOLD),
    ],
)
def test_a_header_tells_its_role_and_unit(header: str, role: Role | None, is_percent: bool | None) -> None:
    heading = read_heading(header)
    assert (heading.role, heading.is_percent) == (role, is_percent)


@pytest.mark.parametrize(
    ("header", "year", "grade", "territory"),
    [
        ("pass_pct_2018", 2018, None, ""),
        ("2018-2019 уч. г.", 2019, None, ""),
        ("2018-2022", None, None, ""),
        ("Сдавали в 2020 и 2021", None, None, ""),
        ("Процент по Краснодарскому краю", None, None, "region"),
        ("fail_pct_region", None, None, "region"),
        ("Средний балл по району, 9 класс", None, 9, ""),
        ("Медали 11 класса и аттестаты 9 класса", None, None, ""),
        ("Россия", None, None, "country"),
    ],
)
def test_a_header_tells_year_grade_and_territory(
    header: str, year: int | None, grade: int | None, territory: str
) -> None:
    heading = read_heading(header)
    assert (heading.year, heading.grade, heading.territory) == (year, grade, territory)


def test_a_mark_has_a_role_as_a_count_and_one_as_a_per_cent() -> None:
    assert (in_unit(Role.N4, False), in_unit(Role.N4, True), in_unit(Role.SOU, True)) == (Role.N4, Role.P4, Role.SOU)


@pytest.mark.parametrize(
    ("title", "procedure", "grade"),
    [
        ("Средний балл ЕГЭ", "ege", 11),
        ("ОГЭ: количество участников", "oge", 9),
        ("Выбор обучающимися 9 класса предметов для сдачи ГИА", "oge", 9),
        ("Процент неуспешных результатов, 11-е классы", "ege", 11),
        ("Численность выпускников 9 классов", "", 9),
        ("Итоги ОГЭ и ЕГЭ", "", None),
        ("ВПР, 5 класс", "vpr", 5),
    ],
)
def test_a_title_tells_the_procedure_and_a_final_exam_its_grade(title: str, procedure: str, grade: int | None) -> None:
    told = about(title)
    assert (told.procedure, told.grade) == (procedure, grade)


def test_labels_of_rows_tell_totals_means_and_parts() -> None:
    assert [
        label for label in ("ИТОГО (по тексту)", "Всего по району", "Общее образование", "Физика") if is_total(label)
    ] == [
        "ИТОГО (по тексту)",
        "Всего по району",
    ]
    assert [label for label in ("Среднее по району", "В среднем", "Среднее общее образование") if is_mean(label)] == [
        "Среднее по району",
        "В среднем",
    ]
    assert is_within("в том числе девочки")
    assert measure_of("SWOT: первая категория") == measure_of("Первая категория")


def test_an_academic_year_is_called_by_its_second_year() -> None:
    assert [year_of(said) for said in ("2020-2021", "2020/21 уч. г.", 2021, "2021", "нет")] == [
        2021,
        2021,
        2021,
        2021,
        None,
    ]
