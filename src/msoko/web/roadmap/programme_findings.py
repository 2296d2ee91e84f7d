"""Confirmed findings that a programme may follow from, and into which list of SWOT they belong."""

from collections.abc import Mapping

from msoko.web.analysis.class_rights import all_as_read_by
from msoko.web.analysis.models import Finding
from msoko.web.definitions import definitions
from msoko.web.people.sight import Sight
from msoko.web.roadmap.models import Programme, SwotEntry

MOST_CHOICES = 300  # more are no choice; the rest is found by their own pages
BY_DEFAULT: Mapping[str, str] = {
    "context.resilient": SwotEntry.List.STRENGTHS,
    "low_results": SwotEntry.List.WEAKNESSES,
    "items": SwotEntry.List.WEAKNESSES,
    "groups": SwotEntry.List.WEAKNESSES,
    "objectivity": SwotEntry.List.THREATS,
    "context": SwotEntry.List.THREATS,
    "change": SwotEntry.List.THREATS,
}
"""Method or family → list, where the programme has no template that says it."""


def findings_for(programme: Programme, sight: Sight) -> list[Finding]:
    """Confirmed and current, of the programme's organisation and below it, that the person may read whole; by method
    and organisation. Two queries at most."""
    place = programme.organisation
    found = Finding.objects.filter(state=Finding.State.CONFIRMED, superseded_at=None)
    found = found.filter(organisation__path__startswith=place.path, organisation__merged_into=None)
    near = found.select_related("organisation__municipality", "organisation__region")
    ordered = near.order_by("-year", "method", "organisation__sort_key", "about", "pk")[:MOST_CHOICES]
    return [one for one in all_as_read_by(sight, ordered) if not one.is_veiled and sight_sees(sight, one)]


def sight_sees(sight: Sight, finding: Finding) -> bool:
    return sight.sees_everything or sight.sees(finding.organisation)


def finding_named(programme: Programme, sight: Sight, key: int | None, kept: Finding | None = None) -> Finding | None:
    """One of those that may be chosen, or the one that is chosen already; None where it is none of them."""
    if kept is not None and kept.pk == key:
        return kept
    return next((one for one in findings_for(programme, sight) if one.pk == key), None) if key else None


def choices(
    programme: Programme, sight: Sight, kept: Finding | None = None
) -> list[tuple[str, str | list[tuple[str, str]]]]:
    """For a select: under the titles of methods. What is chosen already stays a choice, whatever has become of it."""
    found = findings_for(programme, sight)
    if kept is not None and kept.pk not in {one.pk for one in found}:
        found.insert(0, kept)
    grouped: dict[str, list[tuple[str, str]]] = {}
    for one in found:
        grouped.setdefault(method_title(one), []).append((str(one.pk), text_of(programme, one)))
    return list(grouped.items())


def method_title(finding: Finding) -> str:
    known = definitions().methods.get(finding.method)
    return f"{known.title if known else finding.method}, {finding.year}"


def text_of(programme: Programme, finding: Finding) -> str:
    """Its sentence; of a school of the municipality with the school's name before it."""
    if finding.organisation_id == programme.organisation_id:
        return finding.sentence
    return f"{finding.organisation.name}: {finding.sentence}"


def list_of(programme: Programme, finding: Finding) -> str:
    """As the programme's template has it; the method goes before its family."""
    template = definitions().programmes.get(programme.template)
    said = {name: list_ for list_, names in template.swot.findings.items() for name in names} if template else {}
    family = finding.method.partition(".")[0]
    for known in (said, BY_DEFAULT):
        if (found := known.get(finding.method) or known.get(family)) is not None:
            return found
    return SwotEntry.List.WEAKNESSES
