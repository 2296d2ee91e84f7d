"""What «Обзор» says of findings: how many wait for a decision; to a school's people, what is found of their school."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from msoko.core.analysis.outcome import Verdict
from msoko.core.vocabulary.russian import NBSP, number
from msoko.web.analysis.class_rights import all_as_read_by
from msoko.web.analysis.models import Finding
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight

DECIDED_ABOUT = Q(method__startswith="low_results.") | Q(method__startswith="objectivity.")
"""Families whose findings somebody has to decide about; the others are for methodists to read."""
SURE_ENOUGH = (Verdict.ROBUST.value, Verdict.LIKELY.value)
MOST_OF_A_SCHOOL = 5


def new_findings_in_words(territory: Organisation, year: int) -> tuple[str, str]:
    """«Новых выводов 2026 года — 7, из них устойчивых — 2.» and the way to them; («», «») where nothing is found."""
    verdicts = list(_waiting(territory, year).values_list("verdict", flat=True))
    if not verdicts:
        return "", ""
    robust = verdicts.count(Verdict.ROBUST)
    counts = f"{number(len(verdicts))}, из{NBSP}них устойчивых{NBSP}— {number(robust)}"
    said = f"Новых выводов {year}{NBSP}года{NBSP}— {counts}."
    name, of = ("analysis:school", [territory.pk]) if territory.is_school else ("analysis:support", [])
    return said, reverse(name, args=of)


def _waiting(territory: Organisation, year: int) -> QuerySet[Finding]:
    return Finding.objects.filter(
        DECIDED_ABOUT,
        superseded_at=None,
        state=Finding.State.NEW,
        year=year,
        verdict__in=SURE_ENOUGH,
        organisation__path__startswith=territory.path,
    )


def findings_of_school(sight: Sight, school: Organisation, year: int) -> list[Finding]:
    """The surest first; those that a person has dismissed are no longer said to the school."""
    found = Finding.objects.filter(organisation=school, year=year, superseded_at=None, verdict__in=SURE_ENOUGH)
    kept = found.exclude(state=Finding.State.DISMISSED).defer("inputs").select_related("organisation")
    order = {verdict: place for place, verdict in enumerate(SURE_ENOUGH)}
    ordered = sorted(kept, key=lambda one: (order[one.verdict], -one.strength, one.pk))
    return all_as_read_by(sight, ordered)[:MOST_OF_A_SCHOOL]
