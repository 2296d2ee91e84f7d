"""The list of schools over the years: who came, who left, and of whom nothing is known any more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, number, plural
from msoko.documents.charts import list_dynamics
from msoko.documents.charts.chart import Chart
from msoko.web.analysis.queries import Place, School, with_results


@dataclass(frozen=True)
class Change:
    """Against the year before: `unknown` were on the list and have no results now, so they neither stayed nor left."""

    came: tuple[School, ...]
    left: tuple[School, ...]
    unknown: tuple[School, ...]

    def groups(self) -> list[tuple[str, tuple[School, ...]]]:
        named = [("Вошли", self.came), ("Вышли", self.left), ("Были в списке, теперь данных нет", self.unknown)]
        return [(words, schools) for words, schools in named if schools]


@dataclass(frozen=True)
class ListYears:
    """`procedures`: year → what the list counted in it. `schools` are those of the territory, in their order.

    `asked` is the least number of participants that the reader asks for, `min_n` the one in force.
    """

    places: Sequence[Place]
    procedures: Mapping[int, Sequence[int]]
    schools: Mapping[int, School]
    min_n: int | None
    asked: int | None

    @cached_property
    def years(self) -> list[int]:
        return sorted(year for year, procedures in self.procedures.items() if procedures)

    @cached_property
    def listed(self) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {year: set() for year in self.years}
        for place in self.places:
            if place.year in found and place.school in self.schools and place.is_listed(self.asked):
                found[place.year].add(place.school)
        return found

    @cached_property
    def changes(self) -> dict[int, Change]:
        """Year → what changed, where the year before was counted, too."""
        pairs = [(year, self.listed[year - 1], self.listed[year]) for year in self.years if year - 1 in self.listed]
        gone = {school for _, before, now in pairs for school in before - now}
        counted_ever = [procedure for procedures in self.procedures.values() for procedure in procedures]
        known = with_results(gone, counted_ever, self.min_n or 1) if gone else set()
        return {
            year: Change(
                came=self._named(now - before),
                left=self._named({one for one in before - now if (one, year) in known}),
                unknown=self._named({one for one in before - now if (one, year) not in known}),
            )
            for year, before, now in pairs
        }

    def _named(self, keys: set[int]) -> tuple[School, ...]:
        return tuple(school for key, school in self.schools.items() if key in keys)

    def change_in_words(self, year: int) -> str:
        if year not in self.listed:
            return ""
        change = self.changes.get(year)
        if change is None:
            return f"Сравнить с{NBSP}{year - 1}{NBSP}годом нельзя: тех же процедур за{NBSP}него в{NBSP}системе нет."
        parts = [
            _moved(len(change.came), "вошла", "вошли"),
            _moved(len(change.left), "вышла", "вышли"),
            *([f"о{NBSP}{number(len(change.unknown))} данных больше нет"] if change.unknown else []),
        ]
        return f"По{NBSP}сравнению с{NBSP}{year - 1}{NBSP}годом {join_with_and(parts)}."

    def works_in_words(self) -> str:
        """Said where the years are not alike: a list of five works is longer than a list of two."""
        counts = {year: len(self.procedures[year]) for year in self.years}
        if len(set(counts.values())) < 2:
            return ""
        said = [f"{counted(n, 'работе', 'работам', 'работам')} в{NBSP}{year}" for year, n in counts.items()]
        return f"Годы сравнимы не{NBSP}вполне: список посчитан по{NBSP}{join_with_and(said)}{NBSP}году."

    def picture(self) -> Chart | None:
        """None where there is one year only: one column is no dynamics."""
        if len(self.years) < 2:
            return None
        return list_dynamics.chart([self._column(year) for year in self.years], title="Список по годам")

    def _column(self, year: int) -> list_dynamics.Year:
        change = self.changes.get(year)
        listed = len(self.listed[year])
        if change is None:
            return list_dynamics.Year(year, listed)
        return list_dynamics.Year(year, listed, len(change.came), len(change.left), len(change.unknown))


def _moved(n: int, one: str, many: str) -> str:
    """«вошли 2 школы», «вышла 1 школа», «никто не вышел»."""
    if not n:
        return f"никто не{NBSP}{'вошёл' if one == 'вошла' else 'вышел'}"
    return f"{plural(n, one, many, many)} {counted(n, 'школа', 'школы', 'школ')}"
