"""The official list of schools with markers of objectivity, beside what the published formulas give here."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, nbsp
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Cell, Column, Table, Text
from msoko.web.analysis.models import MethodRun
from msoko.web.analysis.queries import School, figures_of
from msoko.web.people.models import Organisation

METHOD = "objectivity.official_list"
OF_SCHOOLS = ("школы", "школ", "школ")
COLUMNS = (
    Column("school", "Школа", kind="link"),
    Column("official", "В официальном перечне"),
    Column("ours", "По формулам методики"),
    Column("both", "Совпало"),
)


@dataclass(frozen=True)
class OfficialBeside:
    """`run` is how the comparison came out in the year, None where it was not made."""

    territory: Organisation
    year: int | None
    schools: Mapping[int, School]
    run: MethodRun | None = None

    @cached_property
    def _figures(self) -> dict[int, dict[str, Any]]:
        """School → what either says of it."""
        found = figures_of(METHOD, self.territory, self.year or 0).order_by("-strength", "pk")
        return {key: said for key, said in found.values_list("organisation", "statistic") if key in self.schools}

    @property
    def is_there(self) -> bool:
        """Whether a list of the year has been handed in that names a school of the territory."""
        return any(said["listed"] for said in self._figures.values())

    @property
    def not_matched(self) -> list[str]:
        """What of the list could not be put to a school, and which markers could not be computed."""
        told = self.run.not_computed if self.run else []
        return list(dict.fromkeys(one["reason"] for one in told if one["organisation"] is None))

    def in_words(self) -> str:
        """«Маркеры 2021 года: и в перечне, и по формулам — у 2 школ; только в перечне — у 3 школ; …»."""
        theirs = {key for key, said in self._figures.items() if said["official"]}
        ours = {key for key, said in self._figures.items() if said["ours"]}
        parts = {
            "и в перечне, и по формулам": theirs & ours,
            "только в перечне": theirs - ours,
            "только по формулам": ours - theirs,
        }
        said = [
            f"{nbsp(words)}{NBSP}— у{NBSP}{counted(len(some), *OF_SCHOOLS)}" for words, some in parts.items() if some
        ]
        if not said:
            return f"Маркеров за{NBSP}{self.year}{NBSP}год нет ни{NBSP}в{NBSP}перечне, ни{NBSP}по{NBSP}формулам."
        return f"Маркеры {self.year}{NBSP}года: {'; '.join(said)}."

    def table(self) -> Table:
        rows = [self._row(self.schools[key], said) for key, said in self._figures.items()]
        return Table(f"Официальный перечень и маркеры, {self.year}", COLUMNS, rows)

    def _row(self, school: School, said: Mapping[str, Any]) -> dict[str, Cell]:
        together = len({*said["official"], *said["ours"]} - set(_untold(said)))
        return {
            "school": Text(school.name, reverse("analysis:school", args=[school.pk])),
            "official": _official(said),
            "ours": join_with_and(list(said["ours"])) or ("маркеров нет" if said["judged"] else "не посчитано"),
            "both": f"{len(said['both'])} из{NBSP}{together}" if together else Unknown.NOT_APPLICABLE,
        }


def _official(said: Mapping[str, Any]) -> str:
    """What the list says of the school; codes that it leaves blank are told apart from those that it denies."""
    marked = join_with_and(said["official"]) or ("без маркеров" if said["listed"] else "нет в перечне")
    return f"{marked}; нет данных: {join_with_and(untold)}" if (untold := _untold(said)) else marked


def _untold(said: Mapping[str, Any]) -> list[str]:
    """Figures that were stored before blank cells were told apart do not name them."""
    return list(said.get("untold", ()))
