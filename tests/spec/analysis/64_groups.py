"""Группа риска и высокий потенциал

На экране — только числа; кто эти ученики, по кодам узнаёт одна их школа. Коды разных работ между собой не связаны,
поэтому «двойка сразу по двум предметам» не считается, и об этом сказано.
"""

from dataclasses import replace

from msoko.core.analysis.methods.groups import at_risk, high_potential
from msoko.core.analysis.panel import Group
from tests.core.analysis.panels import REGION, panel_of, parameters, pupils, work

SCHOOL = 10
MATHS = work(1)


def test_who_failed_and_who_was_at_the_border_are_at_risk(manual):
    """Не справились и прошли у самой границы

    Шкала примера: до 5 баллов — «2». Запас — один первый проходной балл.
    """
    scores = [3] * 5 + [6] * 4 + [7] * 6 + [12] * 26
    rows = [{"балл": score, "участников": scores.count(score)} for score in sorted(set(scores))]
    manual.table("Математика, 5 класс", rows)
    outcome = at_risk.compute(panel_of({MATHS: {SCHOOL: scores}}), parameters("groups.at_risk"))
    (result,) = outcome.results
    manual.says(f"Сказано: «{at_risk.sentence(result)}»")
    manual.says(f"И ещё: {outcome.not_computed[0].reason}.")
    assert [result.statistic[name]["k"] for name in ("failed", "near", "at_risk")] == [5, 4, 9]


def test_the_school_alone_sees_the_codes(manual):
    """Коды видит одна школа"""
    rows = [(SCHOOL, "А", [3]), (SCHOOL, "Б", [6]), (SCHOOL, "Б", [7]), (11, "А", [2])]
    drawn = pupils(rows)
    manual.table(
        "Протокол",
        [
            {"школа": key, "класс": name, "код": drawn.code[at], "балл": of[0]}
            for at, (key, name, of) in enumerate(rows)
        ],
    )
    found = at_risk.codes_at_risk(drawn, MATHS, SCHOOL, margin=1)
    codes = ", ".join(f"{one.class_name} — код {one.code}, {one.score} б." for one in found)
    manual.says(f"Школе {SCHOOL} показаны: {codes}")
    assert [(one.class_name, one.code) for one in found] == [("А", "0"), ("Б", "1")]


def test_the_top_of_the_region_has_a_whole_score_for_its_border(manual):
    """Лучшая десятая часть региона

    Порог — наименьший балл, с которым и выше которого не больше 10 % региона. Баллы целые, ровно десятая часть
    получается редко, поэтому школа сравнивается с настоящей долей.
    """
    histogram = {5: 500, 10: 390, 15: 30, 16: 50, 20: 30}
    manual.table("Регион: балл и сколько участников", [{str(score): n for score, n in histogram.items()}])
    scores = [20] * 3 + [16] * 4 + [10] * 13
    region = Group(REGION, MATHS.key, n=1000, is_aggregate=True, table_histogram=histogram)
    panel = replace(panel_of({MATHS: {SCHOOL: scores}}), region={MATHS.key: region})
    (result,) = high_potential.compute(panel, parameters("groups.high_potential")).results
    manual.says("С 16 баллами и выше — 80 из 1000, с 15 и выше — 110, это больше десятой части. Порог — 16 баллов.")
    manual.says(f"Сказано: «{high_potential.sentence(result)}»")
    assert (result.statistic["threshold"], result.statistic["region"]["percent"]) == (16, 8)
    assert result.statistic["against_region"] == "above"


def test_equal_highest_scores_are_not_parted(manual):
    """Наибольший балл у многих

    Если наибольший балл набрали больше десятой части, порогом становится он сам: равные баллы не делят.
    """
    outcome = high_potential.compute(
        panel_of({MATHS: {SCHOOL: [20] * 30 + [5] * 70}}), parameters("groups.high_potential")
    )
    said = outcome.results[0].statistic
    manual.says(f"20 баллов из 20 набрали 30 из 100: порог — {said['threshold']}, доля региона — 30 %, а не 10 %.")
    assert (said["threshold"], said["region"]["percent"]) == (20, 30)
