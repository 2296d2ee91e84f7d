"""Официальный перечень рядом с нашим

Перечень школ с низкими результатами утверждает орган управления образованием. Он загружается по нашей форме,
показывается как есть и на выводы не влияет; рядом стоит, что отвечают наши методики.
"""

from msoko.core.analysis.methods.official.low_results_list import compute, sentence
from tests.core.analysis.panels import panel_of, parameters, work

LOW, GOOD, OTHER = 10, 11, 12
NAMES = {LOW: "Школа № 1", GOOD: "Школа № 2", OTHER: "Школа № 3"}
MATHS, RUSSIAN = work(1), work(2, "russian")


def sat(failed, of):
    return [3] * failed + [12] * (of - failed)


def listed(key):
    row = {"list_name": "ШНОР", "year": "2025", "document": "Приказ от 14.01.2025 № 17", "grounds": None, "batch": 1}
    return {**row, "organisation": key, "school": NAMES.get(key, "Лесная школа"), "left_on": None}


def test_agreement_and_strangers_are_told(manual):
    """Кто и там и там, кто только в одном, кого не нашли

    В перечне школы № 1 и № 2 и ещё одна, которой в реестре нет: она названа, а не потеряна.
    """
    works = {LOW: (25, 50), GOOD: (2, 50), OTHER: (30, 50)}
    rows = [{"школа": NAMES[key], "не справились по каждой работе": f"{k} из {n}"} for key, (k, n) in works.items()]
    manual.table("Русский язык и математика, 5 класс", rows)
    results = {one: {key: sat(k, n) for key, (k, n) in works.items()} for one in (MATHS, RUSSIAN)}
    rows = [listed(LOW), listed(GOOD), {**listed(LOW), "organisation": None, "school": "Лесная школа"}]
    panel = panel_of(results, year=2025, records={"low_results_list": rows})
    outcome = compute(panel, parameters("official.low_results_list"))
    for one in outcome.results:
        manual.says(f"{NAMES[one.organisation]}: «{sentence(one)}»")
    (share, _) = outcome.territory["agreement"]
    both, official, ours = (
        ", ".join(NAMES[key] for key in share[part]) for part in ("both", "only_official", "only_ours")
    )
    manual.says(f"И там и там — {both}; только в перечне — {official}; только у нас — {ours}.")
    manual.says(f"Не посчитано: {outcome.not_computed[0].reason}.")
    assert (share["both"], share["only_official"], share["only_ours"]) == ([LOW], [GOOD], [OTHER])
