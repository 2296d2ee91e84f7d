"""Свод по муниципалитету: отношение сумм

Показатель муниципалитета считается по всем его участникам, а не усредняется по школам.
"""

from msoko.core.monitoring.describing import describe
from msoko.core.monitoring.tally import roll_up, tallies
from tests.spec.drawn import batch_of, rows_of
from tests.spec.monitoring_scales import TO_TWENTY

MUNICIPALITIES = {"sch1": "Северный", "sch2": "Северный", "sch3": "Южный"}


def test_a_mean_of_a_municipality_is_not_a_mean_of_means(engine, manual):
    """Среднее по муниципалитету — не среднее из средних

    Маленькая школа весит столько, сколько в ней участников.
    """
    rows = rows_of("""
        школа | класс | итог
        sch1  | А     | 20
        sch2  | А     | 5
        sch2  | А     | 5
        sch2  | Б     | 6
        sch3  |       | 10
    """)
    manual.table("Протоколы; sch1 и sch2 — Северный, sch3 — Южный", rows)
    classes = tallies(engine.summarise(batch_of(rows)), "printed")
    schools = roll_up(classes, lambda key: key[0])
    municipalities = roll_up(schools, MUNICIPALITIES.get)
    north = describe(municipalities["Северный"], 20, TO_TWENTY)
    manual.says("Северный: (20 + 5 + 5 + 6) / 4 = 9, а не (20 + 5,33) / 2 ≈ 12,7. Успеваемость — 2 из 4.")
    assert sorted(municipalities) == ["Северный", "Южный"]
    assert (north.participants, north.mean, north.pass_rate.k, north.pass_rate.n) == (4, 9.0, 2, 4)
    assert describe(schools["sch2"], 20).mean == 16 / 3


def test_a_school_without_a_municipality_is_in_no_municipality(engine, manual):
    """Школа без муниципалитета видна сама по себе, но ни в какой свод не входит"""
    rows = rows_of("""
        школа | итог
        sch1  | 10
        sch9  | 20
    """)
    manual.table("Протоколы; sch9 ещё никуда не отнесена", rows)
    schools = roll_up(tallies(engine.summarise(batch_of(rows)), "printed"), lambda key: key[0])
    municipalities = roll_up(schools, MUNICIPALITIES.get)
    manual.says("Школ — 2, а в своде участник один.")
    assert (len(schools), {name: tally.participants for name, tally in municipalities.items()}) == (2, {"Северный": 1})
