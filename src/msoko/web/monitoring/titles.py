"""How a procedure is called on screens and in documents."""

from msoko.core.vocabulary.procedures import kind_name
from msoko.web.collection.models import Procedure
from msoko.web.collection.presenting import subject_name

SCALE_STATUS = {
    "official": "официальная",
    "transferred": "перенесена",
    "unofficial": "неофициальная",
    "to_check": "требует сверки",
    "none": "нет шкалы",
}
SCORES = {"items": "сумма баллов за задания", "printed": "итог, напечатанный в протоколе", "test": "тестовый балл"}


def title_of(procedure: Procedure) -> str:
    """«ВПР · математика · 5 класс · 2021»."""
    parts = [kind_name(procedure.kind), subject_of(procedure), f"{procedure.grade}\u00a0класс", str(procedure.year)]
    return " · ".join([*parts, procedure.label] if procedure.label else parts)


def subject_of(procedure: Procedure) -> str:
    return subject_name(procedure.subject) or procedure.subject
