"""The same deadline in the orders and signs in which people type it."""

from datetime import date

import pytest

from msoko.core.roadmap.deadlines import understand

PERIODS = ((date(2021, 1, 1), date(2023, 12, 31)), (date(2021, 9, 1), date(2022, 8, 31)))
TIMES = [
    *("октябрь", "октябрь-ноябрь", "октябрь, май", "1–15 октября", "15 октября", "до 15 октября", "к 1 декабря"),
    *("не позднее 15 октября", "до конца октября", "первая декада октября", "вторая неделя октября", "июнь/июль"),
    *("последняя пятница октября", "последний рабочий день октября", "3 квартал", "III–IV кварталы", "1 полугодие"),
    *("2 четверть", "осень", "летний период", "начало октября", "середина октября", "конец октября", "ноябрь – март"),
    *("с 10 октября по 5 ноября", "октябрь, декабрь, март", "I и III кварталы", "последние 3 дня октября", "15.10"),
    *("15, 20 и 25 октября", "10.10–15.10", "до 15.10", "до 15 марта и 15 октября", "первая половина октября"),
]
YEARLY = (
    *("{} ежегодно", "{}, ежегодно", "{} (ежегодно)", "{}; ежегодно", "{} каждого года", "ежегодно {}"),
    *("ежегодно ({})", "ежегодно: {}", "ежегодно – {}", "каждый год, {}", "Ежегодно\n{}", "ежегодно, {} (по плану)"),
)
DATED = (
    *("{} 2022", "{} 2022 года", "{} 2022г", "{}, 2022 год", "{} (2022 г.)", "({} 2022 г.)", "{} 2022 г. (по плану)"),
    *("2022 г., {}", "2022 год: {}", "2022 г. – {}", "срок: {} 2022 г."),
)


@pytest.mark.parametrize("period", PERIODS, ids=["три года", "учебный год"])
@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize(
    ("plain", "forms"), [("ежегодно, {}", YEARLY), ("{} 2022 г.", DATED)], ids=["ежегодно", "2022"]
)
def test_the_order_of_words_and_the_signs_between_them_change_nothing(plain, forms, time, period):
    expected = understand(plain.format(time), *period)
    assert expected.understood
    for form in forms:
        said = understand(form.format(time), *period)
        assert (said.kind, said.windows) == (expected.kind, expected.windows), form
