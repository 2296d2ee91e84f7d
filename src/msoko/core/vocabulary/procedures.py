"""Kinds of assessment procedures and how they are written."""

KINDS = {
    "vpr": "ВПР",
    "oge": "ОГЭ",
    "ege": "ЕГЭ",
    "gve": "ГВЭ",
    "niko": "НИКО",
    "rop": "региональная оценочная процедура",
    "mop": "муниципальная оценочная процедура",
    "dkr": "ДКР",
    "trial": "репетиционный экзамен",
    "olympiad": "ВсОШ",
    "quarter": "отметки за четверть",
    "yearly": "годовые отметки",
}


def kind_name(kind: str) -> str:
    """«ВПР» for 'vpr'; an unknown kind speaks for itself rather than for nothing."""
    return KINDS.get(kind, kind)
