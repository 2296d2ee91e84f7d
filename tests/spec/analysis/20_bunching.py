"""Скопление у границ отметок

Если тем, кому не хватило одного-двух баллов, отметку «дотягивают», работы собираются сразу за границей. Сколько их там
должно быть, показывает территория без этой школы, сдвинутая к среднему баллу школы. Вывод — повод проверить, не больше.
"""

from msoko.core.analysis.methods.objectivity._borders import WorkScores, windows
from msoko.core.analysis.methods.objectivity.bunching import compute, sentence
from msoko.core.analysis.outcome import Verdict
from tests.core.analysis.panels import panel_of, parameters, work
from tests.spec.analysis.histograms import histogram_of

SCHOOL = 10
MATHS = work(1)
FLAT = [score for score in range(21) for _ in range(50)]
BELOW = [4] * 3 + [5] * 3 + [8] * 4 + [9] * 4 + [13] * 3 + [14] * 3
FIRST = [6] * 10 + [10] * 10 + [15] * 10
AFTER = [7] * 4 + [11] * 3 + [16] * 3
FAR = [3, 12, 20]


def test_works_beside_borders_are_counted_against_what_is_expected(manual):
    """Сколько работ лишние

    Шкала примера: до 5 баллов — «2», 6–9 — «3», 10–14 — «4», 15–20 — «5». Рядом с границей — два балла ниже и два выше:
    4, 5 | 6, 7, затем 8, 9 | 10, 11 и 13, 14 | 15, 16. В остальных школах каждый балл получили поровну, и средний балл
    у них тот же, что у школы, — 10; значит, на границе и выше должна лежать половина.
    """
    manual.table(
        "Работы школы",
        [
            {"где": "на два балла ниже и на балл ниже первого балла отметки", "работ": len(BELOW)},
            {"где": "первый балл отметки: 6, 10, 15", "работ": len(FIRST)},
            {"где": "следующий балл: 7, 11, 16", "работ": len(AFTER)},
            {"где": "дальше от границ", "работ": len(FAR)},
        ],
    )
    panel = panel_of({MATHS: {SCHOOL: BELOW + FIRST + AFTER + FAR, 11: FLAT, 12: FLAT}}, year=2025)
    (result,) = compute(panel, parameters("objectivity.bunching")).results
    manual.says(f"Ожидалось 60 / 2 = 30. Вывод: «{sentence(result)}» Вердикт — {result.verdict.words}.")
    found = result.statistic
    assert (found["near"], found["above"], round(found["expected"], 9), round(found["extra"], 9)) == (60, 40, 30, 10)
    assert result.verdict is Verdict.LIKELY


def test_the_share_of_lifted_follows_from_a_model_of_lifting(manual):
    """Какую долю подняли

    Если поднимают тех, кому не хватило балла, с баллом на единицу ниже границы становится меньше, а с первым баллом
    отметки — больше ровно настолько же. Когда всех четырёх баллов ожидается поровну, доля поднятых — разность этих двух
    чисел, делённая на половину работ у границ: (30 − 10) / (60 / 2). Вторая модель поднимает и тех, кому не хватило
    двух баллов; школа судится по той, что подходит лучше, и за выбор из двух вероятность случайности удвоена.
    """
    panel = panel_of({MATHS: {SCHOOL: BELOW + FIRST + AFTER + FAR, 11: FLAT, 12: FLAT}}, year=2025)
    (result,) = compute(panel, parameters("objectivity.bunching")).results
    manual.says(
        f"Поднято примерно {result.statistic['share']:.0f} из каждых 100 работ, которым не хватило одного балла."
    )
    assert round(result.statistic["share"], 6) == round(100 * (30 - 10) / 30, 6)


def test_a_strong_school_is_expected_above_the_borders(manual):
    """Сильная школа и должна лежать выше

    У школы со средним выше территории соседние баллы меняют своё отношение в exp(разность средних / дисперсия) раз на
    каждый балл. Здесь разность 4, дисперсия территории 110 / 3, и первый балл отметки чаще предыдущего в 1,115 раза.
    """
    own = histogram_of([14] * 20)
    others = histogram_of(FLAT)
    shares = WorkScores(own, others, windows([9], 20)).expected[0, 0]
    manual.table(
        "Ожидаемые доли работ у границы 9 | 10",
        [{"балл": score, "доля": float(share)} for score, share in zip((8, 9, 10, 11), shares, strict=True)],
    )
    assert round(shares[2] / shares[1], 3) == 1.115
    assert round(float(shares.sum()), 9) == 1


def test_schools_differ_even_without_manipulation(manual):
    """Школы различаются и без вмешательства

    Большая школа показывает и малое отличие, поэтому отличие сравнивается не только со случайностью, но и с тем,
    насколько школы территории различаются между собой; края при этом подрезаны, чтобы поднявшие школы не прятали сами
    себя. Здесь школ мало, и разброс берётся обычный: 0,1. Школа в сто раз больше с долей поднятых в одну десятую
    сигнала не даёт.
    """
    large = [score for score in range(21) for _ in range(300)] + [6, 10, 15] * 40
    for lifted_from in (5, 9, 14):
        for _ in range(40):
            large.remove(lifted_from)
    outcome = compute(
        panel_of({MATHS: {SCHOOL: large, 11: FLAT, 12: FLAT}}, year=2025), parameters("objectivity.bunching")
    )
    manual.says(f"Участников {len(large)}, подняты 120 из 900 не добравших балла. Выводов: {len(outcome.results)}.")
    assert outcome.results == ()
