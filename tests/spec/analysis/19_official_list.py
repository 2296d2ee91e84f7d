"""Необъективность: официальный перечень рядом

Перечень показан как есть: у каких школ отмечены РУ4, МА4, РУ5, МА5. Рядом — что получается по формулам методики из
результатов в системе. Формулами перечень в точности не воспроизводится, поэтому важно не «кто прав», а где оба
согласны.
"""

from msoko.core.analysis.methods.objectivity.official_list import compute, sentence
from tests.core.analysis.test_inflated_mean import HIGH, HONEST
from tests.core.analysis.test_official_list import DEFAULT, panel, row


def test_agreement_is_counted_by_column_and_over_all(manual):
    """Согласие по каждому столбцу и в целом

    Считается только по школам, о которых и по формулам что-то известно.
    """
    outcome = compute(panel(HONEST | {98: HIGH, 99: HIGH}, [row(10, "ma5"), row(99, "ma5")]), DEFAULT)
    (told,) = [one for one in outcome.territory["agreement"] if one["code"] == "МА5"]
    manual.table(
        "МА5, число школ",
        [
            {
                "и в перечне, и по формулам": told["both"],
                "только в перечне": told["only_official"],
                "только по формулам": told["only_ours"],
                "нигде": told["neither"],
                "согласны": f"{told['agreed']} из {told['n']}",
            }
        ],
    )
    rows = [{"школа": f"№ {one.organisation}", "что сказано": sentence(one)} for one in outcome.results]
    manual.table("Школы, которые назвал хотя бы один из двух", rows)
    counts = [told[name] for name in ("both", "only_official", "only_ours", "neither")]
    assert counts == [1, 1, 1, 29]
