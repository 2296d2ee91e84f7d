"""Группа риска и высокий потенциал

На экране — только числа; кто эти ученики, по кодам узнаёт одна их школа. В ВПР один код в школе, классе и году — один
ученик, поэтому «двойки» сразу по двум предметам считаются; если пол и класс в связанных строках не сходятся, коды,
видимо, раздали заново, и школа не посчитана.
"""

from dataclasses import replace

from msoko.core.analysis.linking import put_together
from msoko.core.analysis.methods.groups import at_risk, high_potential, two_marks
from msoko.core.analysis.panel import Group
from tests.core.analysis.panels import REGION, panel_of, parameters, pupils, work
from tests.core.analysis.people import Sat, panel_of_people, people_of

SCHOOL = 10
MATHS = work(1)
RUSSIAN, HISTORY = work(2, "russian"), work(3, "history")


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


def test_who_failed_two_subjects_is_counted_by_code(manual):
    """Двойки по двум предметам

    Доля — от тех, у кого есть отметки хотя бы по двум предметам; «2» в примере — до 5 баллов.
    """
    scores = {
        "40001": (3, 4, None),
        "40002": (2, 8, 5),
        "40003": (3, None, None),
        "40004": (9, 12, 7),
        "40005": (9, 2, 6),
    }
    works = (MATHS, RUSSIAN, HISTORY)
    manual.table(
        "Баллы школы по коду участника",
        [
            {"код": code, **{one.subject_name: got for one, got in zip(works, row, strict=True)}}
            for code, row in scores.items()
        ],
    )
    sat = {
        one: [Sat(SCHOOL, code, row[at]) for code, row in scores.items() if row[at] is not None]
        for at, one in enumerate(works)
    }
    (result,) = two_marks.compute(panel_of_people(sat), parameters("groups.two_marks")).results
    manual.says("Писали хотя бы два предмета четверо; «2» по двум — у 40001 и 40002, по обоим обязательным — у 40001.")
    manual.says(f"Сказано: «{two_marks.sentence(result)}»")
    found = put_together({one: people_of(rows) for one, rows in sat.items()})
    codes = [f"{one.code} ({one.subjects})" for one in two_marks.codes_of_two_marks(found, SCHOOL)]
    manual.says(f"Одной школе показаны коды: {'; '.join(codes)}.")
    assert [(result.statistic[name]["k"], result.statistic[name]["n"]) for name in ("all", "mandatory")] == [
        (2, 4),
        (1, 4),
    ]
    assert codes == ["40001 (математика и русский язык)", "40002 (математика и история)"]


def test_codes_given_out_anew_are_noticed(manual):
    """Коды раздали заново

    По второй работе коды достались другим детям: у половины не совпал пол.
    """
    russian = [Sat(SCHOOL, str(code), 9, sex="м" if code % 2 else "ж") for code in range(20)]
    maths = [Sat(SCHOOL, str(code), 9, sex="м" if code < 10 else "ж") for code in range(20)]
    outcome = two_marks.compute(panel_of_people({MATHS: maths, RUSSIAN: russian}), parameters("groups.two_marks"))
    manual.says(f"Не посчитано: {outcome.not_computed[0].reason}.")
    assert outcome.results == ()


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
