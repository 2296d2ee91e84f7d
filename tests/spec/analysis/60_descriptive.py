"""Показатели работ и отметки школы

Величины, по которым никто ничего не решает: решают, глядя на них. У каждой доли — число участников и интервал Уилсона,
у среднего балла — интервал Стьюдента. Отсутствовавшие стоят рядом и ни в одну долю не входят.
"""

import pytest

from msoko.core.analysis.methods.descriptive import figures, journal
from msoko.core.analysis.panel import Panel
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.panels import group, panel_of, parameters, school, tally_of, work

SCHOOL = 10
MATHS = work(1)  # «2» — до 5 баллов, «3» — до 9, «4» — до 14, «5» — до 20


def test_a_work_of_a_school(manual):
    """Работа в школе

    Шкала примера: до 5 баллов — «2», 6–9 — «3», 10–14 — «4», 15–20 — «5».
    """
    scores = [(3, 3), (7, 3), (12, 4), (16, 4)] * 3
    rows = [{"балл": score, "отметка по журналу": mark, "сколько таких": 3} for score, mark in scores[:4]]
    manual.table("Двенадцать участников, один отсутствовал", rows)
    panel = panel_of({MATHS: {SCHOOL: [3]}})
    panel.schools[MATHS.key][SCHOOL] = group(MATHS, SCHOOL, tally_of(scores, absent=1))
    (result,) = figures.compute(panel, parameters("descriptive.figures")).results
    manual.says(f"Сказано: «{figures.sentence(result)}»")
    manual.says("СОУ = (16 · 3 + 36 · 3 + 64 · 3 + 100 · 3) / 12 = 54 %.")
    assert result.statistic["sou"] == 54
    assert (result.statistic["pass_rate"]["k"], result.statistic["quality_rate"]["k"]) == (9, 6)
    assert result.statistic["journal"]["lowered"]["k"] == 3


def test_what_is_not_known_has_its_reason(manual):
    """Чего нет, то названо

    Без шкалы нет отметок, у одного участника нет разброса: вместо чисел стоят причины.
    """
    (result,) = figures.compute(
        panel_of({work(1, bounds=None): {SCHOOL: [7]}}), parameters("descriptive.figures")
    ).results
    why = result.statistic["why"]
    names = {"mean_interval": "интервал среднего", "marks": "отметки", "journal": "сравнение с журналом"}
    manual.table("Один участник, 7 баллов, шкалы нет", [{name: why[key] for key, name in names.items()}])
    assert set(why) == set(names)
    assert (result.interval, result.statistic["pass_rate"]) == (None, None)


def row(class_name, five, four, three, two, not_assessed, pupils):
    counts = {"five": five, "four": four, "three": three, "two": two, "not_assessed": not_assessed, "pupils": pupils}
    known = {name: cell if isinstance(cell, Unknown) else str(cell) for name, cell in counts.items()}
    about = {"academic_year": "2024", "subject": "Математика", "period": "1 четверть"}
    return {"organisation": SCHOOL, "school": "Школа № 10", "class_name": class_name, **about, **known}


def answered(manual, rows):
    names = {"class_name": "класс", "five": "«5»", "four": "«4»", "three": "«3»", "two": "«2»"}
    names |= {"not_assessed": "не аттестованы", "pupils": "обучающихся"}
    manual.table("Математика, 1 четверть", [{name: row[key] for key, name in names.items()} for row in rows])
    panel = Panel(2025, (), {SCHOOL: school(SCHOOL)}, {}, records={"journal_marks": rows})
    return journal.compute(panel, parameters("descriptive.journal"))


def test_marks_of_a_quarter_are_added_over_the_classes(manual):
    """Отметки за четверть складываются по классам

    Пустая ячейка неаттестованных — это те, кого не хватает до числа обучающихся: 24 − 23 = 1.
    """
    outcome = answered(manual, [row("5А", 5, 9, 8, 1, Unknown.MISSING, 24), row("5Б", 4, 10, 9, 2, 0, 25)])
    (result,) = outcome.results
    manual.says(f"Сказано: «{journal.sentence(result)}»")
    manual.says("СОУ = (100 · 9 + 64 · 19 + 36 · 17 + 16 · 3 + 7 · 1) / 49 = 2783 / 49 ≈ 56,8 %.")
    assert result.statistic["sou"] == pytest.approx(2783 / 49)


def test_a_class_that_tells_half_is_left_out_and_named(manual):
    """Класс, о котором известно не всё, в расчёт не входит

    Скрытое или пустое число — не ноль.
    """
    rows = [row("5А", 5, 9, 8, 1, 1, 24), row("5Б", 4, 10, Unknown.SUPPRESSED, 2, 0, 25)]
    outcome = answered(manual, rows)
    manual.says(f"Не посчитано: {outcome.not_computed[0].reason}.")
    assert outcome.results[0].statistic["n"] == 23
    assert len(outcome.not_computed) == 1
