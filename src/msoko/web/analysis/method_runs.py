"""How several methods came out in the year looked at: with a municipality's own parameters where it has set any."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from msoko.web.analysis.models import MethodRun
from msoko.web.analysis.queries import is_behind, runs_of
from msoko.web.people.models import Kind, Organisation
from msoko.web.people.sight import Sight


@dataclass(frozen=True)
class MethodRuns:
    """`names`: of methods. `year` is the one of the address, else the newest in which any of them judged anybody."""

    names: Sequence[str]
    sight: Sight
    territory: Organisation

    @cached_property
    def years(self) -> list[int]:
        """Years in which any of the methods judged anybody; where none ever did, those in which it was tried."""
        runs = runs_of(self.names, self.territory).order_by()
        known = runs.annotate(judged=~Q(procedures=[])).values_list("calculation__year", "judged").distinct()
        judged = {year for year, is_judged in known if is_judged}
        return sorted(judged or {year for year, _ in known}, reverse=True)

    @cached_property
    def year(self) -> int | None:
        return self.sight.year or next(iter(self.years), None)

    @cached_property
    def of_year(self) -> list[MethodRun]:
        return list(runs_of(self.names, self.territory).filter(calculation__year=self.year or 0))

    @property
    def looks_at_several(self) -> bool:
        """Municipalities, each of which may have parameters of its own."""
        return self.territory.kind in (Kind.COUNTRY, Kind.REGION)

    def of(self, method: str) -> list[MethodRun]:
        """The common one first, then those of municipalities with parameters of their own."""
        return [run for run in self.of_year if run.method == method]

    def speaking(self, method: str) -> MethodRun | None:
        """The run whose parameters hold for the territory as a whole."""
        mine = self.of(method)
        return mine[-1] if mine and not self.looks_at_several else next(iter(mine), None)

    @property
    def failures(self) -> list[MethodRun]:
        return [run for run in self.of_year if run.failure]

    @cached_property
    def is_behind(self) -> bool:
        return is_behind(self.territory, self.year)
