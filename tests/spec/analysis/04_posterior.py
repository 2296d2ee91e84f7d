"""Низкие результаты с поправкой на случайность

Правило о доле не справившихся не знает, что в маленьком классе доля может быть какой угодно. Здесь то же правило
применено к истинным долям, а о них судят по трём источникам: сколько человек в школе писали; что бывает у похожих школ
— того же типа, местности и трети по условиям; как другие работы написали в этой школе другие дети. Вероятность от 90 %
— устойчиво, от 50 % — вероятно, ниже вывода нет.
"""

from msoko.core.analysis.methods.low_results._words import certainty
from msoko.core.analysis.methods.low_results.posterior import compute, sentence
from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import interval, number, percent
from tests.core.analysis.panels import panel_of, parameters, school, work

SCHOOL = 10
OTHERS = range(20, 40)
MATHS, RUSSIAN = work(1), work(2, "russian")
USUAL = (0, 0, 1, 2, 3, 4, 6, 8, 1, 5) * 2  # how many of twenty fail in the other schools


def sat(failed, of):
    return [3] * failed + [12] * (of - failed)


def answered(mine, schools=(), usual=USUAL):
    others = {key: sat(failed, 20) for key, failed in zip(OTHERS, usual, strict=True)}
    panel = panel_of({one: {SCHOOL: sat(*mine), **others} for one in (MATHS, RUSSIAN)}, schools=schools)
    return compute(panel, parameters("low_results.posterior"))


def of_school(outcome):
    return next((one for one in outcome.results if one.organisation == SCHOOL), None)


def test_a_share_comes_nearer_to_that_of_schools_alike(manual):
    """Доля сближается с долей похожих школ

    У двадцати похожих школ в среднем не справляются 15 %. Чем меньше человек писали работу, тем ближе к этим 15 %
    оценка истинной доли.
    """
    rows, estimates = [], []
    for failed, of in ((9, 15), (18, 30), (60, 100)):
        first = of_school(answered((failed, of))).statistic["low"][0]
        estimates.append(first["estimate"])
        rows.append(
            {
                "не справились": f"{failed} из {of}",
                "сырая доля": percent(100 * failed / of),
                "оценка истинной доли": percent(first["estimate"]),
                "её интервал": interval(*first["interval"]),
                "вероятность, что она не ниже 30 %": certainty(first["probability"]),
            }
        )
    manual.table("Одна и та же доля в школах разного размера", rows)
    assert estimates == sorted(estimates)
    assert estimates[-1] < 60


def test_a_raw_share_over_the_threshold_may_be_no_finding(manual):
    """Сырая доля выше порога — ещё не вывод

    В школе по обеим работам не справились 4 из 12 — это треть, и правило внесло бы школу в список. Но при двенадцати
    участниках такое бывает и случайно, поэтому вывода нет; рядом со списком сказано, кого правило назвало, а мы не
    подтвердили.
    """
    outcome = answered((4, 12))
    unconfirmed = next(one for one in outcome.territory["unconfirmed"] if one["organisation"] == SCHOOL)
    chance = certainty(unconfirmed["probability"])
    manual.says(f"Вероятность, что правило выполнено и для истинных долей, — {chance}.")
    assert of_school(outcome) is None
    assert 0.05 < unconfirmed["probability"] < 0.5


def test_a_finding_names_what_it_was_compared_with(manual):
    """Вывод называет, с кем сравнили"""
    result = of_school(answered((25, 40)))
    manual.says(f"Вывод: «{sentence(result)}» Вердикт — {result.verdict.words}.")
    low, high = result.interval
    manual.says(f"Истинная доля по этим работам — {percent(result.statistic['estimate'])} ({interval(low, high)}).")
    assert result.verdict is Verdict.ROBUST


def test_without_schools_alike_only_the_number_of_pupils_counts(manual):
    """Похожих школ нет

    Вечернюю школу не сравнивают с дневными. Если таких школ мало, о доле заранее не известно ничего (априорные
    параметры ½ и ½), и в счёт идёт только число участников. Похожих нужно не меньше десяти, сама школа себе не пример.
    """
    result = of_school(answered((25, 40), schools=[school(SCHOOL, school_type="evening")]))
    manual.says(f"Вывод: «{sentence(result)}»")
    assert result.statistic["prior"]["schools"] == 0


def test_the_prior_never_outweighs_a_full_class(manual):
    """Похожие школы не перевешивают полный класс

    Если доли у похожих школ почти одинаковы, они могли бы перевесить любую школу. Поэтому их вес — не больше, чем у
    двадцати участников. Вес считается по моментам: насколько доли различаются сильнее, чем различались бы случайно.
    """
    rows = []
    for usual in (USUAL, (2, 3, 3, 4) * 5):
        told = of_school(answered((30, 40), usual=usual)).statistic["low"][0]["prior"]
        rows.append(
            {
                "не справились в похожих школах": f"от {min(usual)} до {max(usual)} из 20",
                "в среднем": percent(told["mean"]),
                "вес, участников": number(told["weight"], 1),
            }
        )
    manual.table("Двадцать похожих школ", rows)
    assert [row["вес, участников"] for row in rows] == ["10,0", "20,0"]


def test_works_of_other_children_tell_of_the_school(manual):
    """Другие работы школы тоже говорят о ней

    Если в пятом классе не справилась треть, а шестой написал хорошо, пятому, вероятно, не повезло; если плохо написали
    оба, дело в школе. Насколько работы одной школы похожи, находится по всем школам. Работы одних и тех же детей
    считаются за одну: они повторяют одно и то же.
    """
    sixth = work(3, grade=6)
    rows, chances = [], []
    for failed in (0, 3, 8):
        usual = {key: index % 8 for index, key in enumerate(range(20, 60))}
        fifth = {SCHOOL: sat(7, 20)} | {key: sat(k, 20) for key, k in usual.items()}
        results = {MATHS: fifth, sixth: fifth | {SCHOOL: sat(failed, 20)}}
        asked = parameters("low_results.posterior", procedures="any", least_procedures=1, likely=0)
        low = of_school(compute(panel_of(results), asked)).statistic["low"]
        fifth_grade = next(one for one in low if one["grade"] == 5)
        chances.append(fifth_grade["probability"])
        rows.append(
            {
                "не справились в 5 классе": "7 из 20",
                "в 6 классе": f"{failed} из 20",
                "чего ждать в 5 классе по школе в целом": percent(fifth_grade["prior"]["expected"]),
                "вероятность, что истинная доля не ниже 30 %": certainty(fifth_grade["probability"]),
            }
        )
    manual.table("Одна и та же работа при разной соседней", rows)
    assert chances == sorted(chances)
    assert chances[-1] > chances[0] + 0.2
