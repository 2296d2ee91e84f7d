"""Named readings of findings, figures and the runs that gave them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.http import Http404

from msoko.core.analysis.outcome import Verdict
from msoko.core.monitoring.exam_scores import share_between
from msoko.core.monitoring.tally import Tally
from msoko.core.vocabulary.shares import Share
from msoko.web.analysis.class_rights import as_read_by
from msoko.web.analysis.gathering import SCHOOL_KINDS, TEST, score_basis, years_of
from msoko.web.analysis.models import Calculation, Figure, Finding, MethodRun
from msoko.web.analysis.services.calculating import fingerprint_of_everything
from msoko.web.collection.models import Procedure
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.services.scales import minimum_of
from msoko.web.people.models import AuditEntry, Kind, Organisation
from msoko.web.people.sight import Sight


@dataclass(frozen=True, slots=True)
class School:
    """What a list says of a school beside its findings."""

    pk: int
    name: str
    municipality: str
    municipality_id: int | None = None


def schools_below(territory: Organisation) -> dict[int, School]:
    """Schools and branches of the territory by key, in the order of names."""
    found = Organisation.objects.schools().within(territory).order_by("sort_key", "pk")
    return {row[0]: School(*row) for row in found.values_list("pk", "name", "municipality__name", "municipality")}


def calculations_of(territory: Organisation) -> QuerySet[Calculation]:
    """Calculations of the region that the territory is or is in; of all regions where it is the country."""
    if territory.kind == Kind.COUNTRY:
        return Calculation.objects.all()
    return Calculation.objects.filter(region=territory if territory.kind == Kind.REGION else territory.region_id)


def runs_of(methods: Collection[str], territory: Organisation) -> QuerySet[MethodRun]:
    """Runs of the methods that concern the territory, of all years: the common ones first, then those of
    municipalities that have parameters of their own."""
    runs = MethodRun.objects.filter(method__in=methods, calculation__in=calculations_of(territory))
    if territory.kind not in (Kind.COUNTRY, Kind.REGION):
        runs = runs.filter(Q(territory=None) | Q(territory=territory.municipality_id or territory.pk))
    return runs.select_related("territory", "calculation").order_by(F("territory").asc(nulls_first=True), "pk")


def is_behind(territory: Organisation, year: int | None) -> bool:
    """Is what is stored older than what it should follow from: values, forms, parameters or definitions?

    Of a year in which nothing is stored, nothing waits and the region has no values, nothing will ever be calculated.
    """
    waiting = Procedure.objects.exclude(values_state=Procedure.Values.FRESH)
    known = calculations_of(territory)
    states = list((known if year is None else known.filter(year=year)).values_list("state", "inputs"))
    if not states and year is not None:
        return waiting.filter(year=year).exists() or year in _years_with_values(territory)
    if waiting.exists():
        return True
    if not states:
        return bool(_years_with_values(territory))
    now = (Calculation.State.FRESH, fingerprint_of_everything())
    return any(state != now for state in states)


def _years_with_values(territory: Organisation) -> list[int]:
    """Of the territory's region; the country is no region, it shows what its regions have."""
    return [] if territory.kind == Kind.COUNTRY else years_of(_region_of(territory))


def _region_of(territory: Organisation) -> Organisation | None:
    return territory if territory.kind == Kind.REGION else territory.region


def findings_of(methods: Collection[str], territory: Organisation) -> QuerySet[Finding]:
    """What is said now of the organisations below the territory; pages show them by `class_rights.all_as_read_by`."""
    current = Finding.objects.filter(method__in=methods, superseded_at=None)
    return current.filter(organisation__path__startswith=territory.path, organisation__merged_into=None)


def figures_of(method: str, territory: Organisation, year: int) -> QuerySet[Figure]:
    return Figure.objects.filter(method=method, year=year, organisation__path__startswith=territory.path)


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a list: whose, in which year, how sure, and up to which least number of participants it holds."""

    school: int
    year: int
    verdict: str
    reach: int | None

    def is_listed(self, min_n: int | None) -> bool:
        """Without a number asked for, as the method itself has it."""
        if min_n is None or self.reach is None:
            return self.verdict != Verdict.FEW_DATA
        return self.reach >= min_n


def places_on(method: str, territory: Organisation) -> list[Place]:
    """Places on the method's list in all years, without taking whole statistics apart."""
    rows = findings_of([method], territory).values_list("organisation", "year", "verdict", "statistic__reach")
    return [Place(*row) for row in rows]


def with_results(schools: Collection[int], procedures: Collection[int], least: int) -> set[tuple[int, int]]:
    """(school, year) of which at least one of the procedures was sat by so many participants."""
    sat = Value.objects.filter(
        organisation__in=schools, procedure__in=procedures, whole=True, participants__gte=max(least, 1)
    )
    return set(sat.order_by().values_list("organisation", "procedure__year").distinct())


def procedures_named(keys: Iterable[int]) -> list[Procedure]:
    """By kind, grade and subject; without the tasks of the work, which nobody asks for here."""
    return list(Procedure.objects.filter(pk__in=list(keys)).defer("items").order_by("kind", "grade", "subject", "pk"))


def failed_by_school(procedure: Procedure, score: str, schools: Collection[int]) -> dict[int, Share]:
    """School → who did not pass: mark «2», or below the minimum of an exam; without those of whom it is not known."""
    basis = score_basis(procedure, score)
    values = Value.objects.filter(procedure=procedure, score=basis, whole=True)
    values = values.filter(organisation__kind__in=SCHOOL_KINDS).order_by()
    return _failed_the_exam(procedure, values, schools) if basis == TEST else _marked_two(values, schools)


def _marked_two(values: QuerySet[Value], schools: Collection[int]) -> dict[int, Share]:
    rows = values.exclude(mark_2=None).values_list("organisation", "mark_2", "mark_3", "mark_4", "mark_5")
    return {key: Share(two or 0, sum(filter(None, (two, *others)))) for key, two, *others in rows if key in schools}


def _failed_the_exam(procedure: Procedure, values: QuerySet[Value], schools: Collection[int]) -> dict[int, Share]:
    minimum = minimum_of(procedure)
    if minimum is None:
        return {}
    rows = values.exclude(origin="aggregate").values_list("organisation", "tally")
    return {key: share_between(Tally.from_plain(tally), 0, minimum.score - 1) for key, tally in rows if key in schools}


def finding_in_sight(sight: Sight, pk: int) -> Finding:
    """As the person may read it. Raises Http404 where there is none or its organisation is out of sight."""
    near = ("organisation__municipality", "organisation__region", "run__territory", "decided_by")
    found = Finding.objects.select_related(*near).filter(pk=pk, organisation__in=sight.organisations).first()
    if found is None:
        raise Http404("Такого вывода нет.")
    return as_read_by(sight, found)


def history_of(finding: Finding) -> list[Finding]:
    """What was said of the same place before and after, the newest first, the finding itself among them.

    Of a class that the reader may not know nothing else is told.
    """
    if finding.is_veiled:
        return [finding]
    same = Finding.objects.filter(
        method=finding.method, year=finding.year, organisation=finding.organisation_id, about=finding.about
    )
    return list(same.select_related("decided_by").order_by("-created_at", "-pk"))


def decisions_about(findings: Collection[Finding]) -> list[AuditEntry]:
    """Every decision that was ever made about them, also those taken back; the newest first.

    Reasons are a person's words and may name the class, so a reader who may not know it gets none.
    """
    keys = [str(one.pk) for one in findings if not one.is_veiled]
    entries = AuditEntry.objects.filter(subject_type=Finding._meta.label_lower, subject_id__in=keys)
    return list(entries.select_related("who"))


@dataclass(frozen=True)
class Places:
    """`names` of organisations that may be told, `seen` are those whose pages the person may open."""

    names: dict[int, str]
    seen: frozenset[int]


def places_named(sight: Sight, keys: Collection[int]) -> Places:
    """Territories are no secret; a school that is out of sight stays nameless."""
    seen = dict(sight.organisations.filter(pk__in=keys).values_list("pk", "name"))
    territories = Organisation.objects.filter(pk__in=keys).exclude(kind__in=SCHOOL_KINDS)
    return Places(dict(territories.values_list("pk", "name")) | seen, frozenset(seen))
