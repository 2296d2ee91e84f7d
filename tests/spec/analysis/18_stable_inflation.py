"""Необъективность: средний балл выше регионального постоянно

Местный признак. Маркер завышенного среднего балла два года подряд в одной и той же работе или в половине работ года.
Сильная школа выглядит так же, поэтому вывод об этом напоминает.
"""

from msoko.core.analysis.methods.objectivity.stable_inflation import compute, sentence
from tests.core.analysis.test_stable_inflation import ANY, years_of


def test_years_must_follow_one_another(manual):
    """Годы — подряд

    Год, которого в системе нет, разрывает ряд и назван среди непосчитанного.
    """
    rows, marked = [], []
    for title, years in (
        ("2024 и 2025", {"y2025": True, "y2024": True}),
        ("2023 и 2025, в 2024 не отмечена", {"y2025": True, "y2024": False, "y2023": True}),
        ("2023 и 2025, за 2024 год данных нет", {"y2025": True, "y2023": True}),
    ):
        outcome = compute(years_of(**years), ANY)
        marked.append(len(outcome.results))
        rows.append({"отмечена по математике": title, "в 2025 году в списке": "да" if outcome.results else "нет"})
    manual.table("Школа № 99", rows)
    (found,) = compute(years_of(y2025=True, y2024=True), ANY).results
    manual.says(f"Вывод: «{sentence(found)}» Вердикт — {found.verdict.words}.")
    assert marked == [1, 0, 0]
