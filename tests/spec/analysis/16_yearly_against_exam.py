"""Необъективность: годовые отметки против экзамена

Местный признак. Доля годовых «4» и «5» по предмету сравнивается с долей «4» и «5» на ОГЭ того же учебного года, а
разница — с обычной для школ территории. Обучающиеся не сопоставляются поимённо.
"""

import pytest

from msoko.core.analysis.methods.objectivity.yearly_against_exam import compute, sentence
from tests.core.analysis.test_yearly_against_exam import DEFAULT, USUAL_EXAM, USUAL_ROWS, panel, row


def test_the_difference_of_shares_is_compared_with_the_usual_one(manual):
    """Разница долей — и обычная разница

    Годовые отметки почти везде выше экзаменационных. Отмечается школа, где они выше намного больше, чем в других.
    """
    rows = [*USUAL_ROWS, row(99, [3] * 8 + [4] * 20 + [5] * 12)]
    (found,) = compute(panel(USUAL_EXAM | {99: [2] * 4 + [3] * 30 + [4] * 6}, rows), DEFAULT).results
    manual.table(
        "Школа № 99",
        [
            {"отметка": mark, "в году": year, "на экзамене": exam}
            for mark, year, exam in zip((2, 3, 4, 5), found.statistic["yearly"], found.statistic["exam"], strict=True)
        ],
    )
    manual.says(f"Вывод: «{sentence(found)}» Вердикт — {found.verdict.words}.")
    assert found.statistic["value"] == pytest.approx(80 - 15)
    assert found.statistic["mean_difference"] == pytest.approx(4.1 - 3.05)


def test_rows_are_matched_by_school_year_grade_and_subject(manual):
    """Какие строки берутся

    Строки формы «Годовые отметки» того же учебного года, класса и предмета; классы складываются. Если предмета
    «математика» в журнале школы нет, берётся «алгебра».
    """
    rows = [
        row(99, [4] * 9, "9А", subject="Алгебра"),
        row(99, [4] * 9, "9Б", subject="Алгебра"),
        row(99, [5] * 9, "8А"),
    ]
    manual.table("Строки школы № 99", [{"класс": one["class_name"], "предмет": one["subject"]} for one in rows])
    (found,) = compute(panel(USUAL_EXAM | {99: [3] * 18}, [*rows, *USUAL_ROWS]), DEFAULT).results
    manual.says("Берутся 9А и 9Б вместе: восемнадцать годовых «4».")
    assert found.statistic["yearly"] == [0, 0, 18, 0]
