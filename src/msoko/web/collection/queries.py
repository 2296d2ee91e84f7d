"""Named readings of the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from msoko.core.monitoring.tally import are_different_classes
from msoko.web.collection.models import Batch, BatchSchool, Procedure
from msoko.web.definitions import definitions
from msoko.web.people.sight import Sight, below

DESCRIPTION = "layouts/work_description"  # the form of our own that tells of a work and of no school
REGISTER = "organisations"  # what the naming of every form of the register says, ours or a region's


def accepted_twin(batch: Batch) -> Batch | None:
    """The accepted batch with the same content: the same bytes, or other bytes that gave the same rows.

    Rows count as the same only for the same procedure; the same bytes for any, since a file is of one procedure.
    """
    others = Batch.objects.filter(state=Batch.State.ACCEPTED).exclude(pk=batch.pk)
    same_bytes = others.filter(upload=batch.upload, part=batch.part).first()
    if same_bytes or not batch.facts:
        return same_bytes
    same_rows = others.filter(facts=batch.facts, source=batch.source).select_related("procedure")
    return next((other for other in same_rows if procedure_of(other) == procedure_of(batch)), None)


def procedure_of(batch: Batch) -> tuple[object, ...]:
    """Kind, subject, grade, year and label, as the batch was read."""
    return tuple(batch.naming.get(name) for name in ("procedure", "subject", "grade", "year", "label"))


def visible_batches(sight: Sight) -> QuerySet[Batch]:
    """Batches that were handed in within the person's territories; what came by the shell is the administrator's."""
    if sight.sees_everything:
        return Batch.objects.all()
    if not sight.paths:
        return Batch.objects.none()
    return Batch.objects.filter(below(sight.paths, "territory__"))


def speaking(procedure_id: int) -> QuerySet[Batch]:
    """The accepted batches of a procedure, the one accepted last first: it speaks for its schools."""
    return Batch.objects.filter(procedure_id=procedure_id, state=Batch.State.ACCEPTED).order_by("-accepted_at", "-pk")


@dataclass(frozen=True)
class Meeting:
    """A school of a batch that stands in another accepted batch of the same procedure as well."""

    school: str
    takes_over: bool  # its rows will count instead of the others, which name the same classes
    lost: tuple[str, ...] = ()  # classes that only the others have


def meetings(batch: Batch) -> list[Meeting]:
    """Which schools of a batch of participants are in accepted batches already, and what accepting does to them."""
    ours = {school["key"]: set(school.get("classes") or [""]) for school in batch.schools}
    theirs: dict[str, list[set[str]]] = {}
    for schools in _accepted_beside(batch, ours).values_list("schools", flat=True):
        for school in schools:
            if school["key"] in ours:
                theirs.setdefault(school["key"], []).append(set(school.get("classes") or [""]))
    return [_meeting(key, ours[key], others) for key, others in sorted(theirs.items())]


def _meeting(school: str, classes: set[str], others: list[set[str]]) -> Meeting:
    silenced = [names for names in others if not are_different_classes(classes, names)]
    return Meeting(school, bool(silenced), tuple(sorted(set().union(*silenced) - classes - {""})))


def _accepted_beside(batch: Batch, keys: Iterable[str]) -> QuerySet[Batch]:
    naming = batch.naming
    held = BatchSchool.objects.filter(
        key__in=list(keys),
        batch__state=Batch.State.ACCEPTED,
        batch__grain=batch.grain,
        batch__procedure__kind=naming.get("procedure"),
        batch__procedure__subject=naming.get("subject"),
        batch__procedure__grade=naming.get("grade"),
        batch__procedure__year=naming.get("year"),
        batch__procedure__label=naming.get("label") or "",
    )
    return Batch.objects.filter(pk__in=held.values("batch")).exclude(pk=batch.pk)


def describing(procedure: Procedure) -> QuerySet[Batch]:
    """Accepted «Описание работы» of the procedure. One without a label tells of the works of all dates and waves."""
    found = Batch.objects.filter(
        state=Batch.State.ACCEPTED,
        source=DESCRIPTION,
        naming__procedure=procedure.kind,
        naming__subject__in=[procedure.subject, _scale_subject(procedure.subject)],
        naming__grade=procedure.grade,
        naming__year=procedure.year,
    )
    return found.filter(naming__label__in=["", procedure.label])


def procedures_described(batch: Batch) -> QuerySet[Procedure]:
    """The procedures of whose items the batch may tell: its own, or those that a description is of."""
    if batch.source != DESCRIPTION:
        return Procedure.objects.filter(batches=batch)
    found, label = like_but_for_label(batch), batch.naming["label"]
    return found.filter(label=label) if label else found


def like_but_for_label(batch: Batch) -> QuerySet[Procedure]:
    """The procedures of the work that a description is of, of whatever date or wave."""
    naming = batch.naming
    found = Procedure.objects.filter(kind=naming["procedure"], grade=naming["grade"], year=naming["year"])
    return found.filter(subject__in=_subjects_like(naming["subject"]))


def _scale_subject(slug: str) -> str:
    subject = definitions().subjects.get(slug)
    return (subject.scale_subject if subject else "") or slug


def _subjects_like(slug: str) -> list[str]:
    """The subject itself and those that share its works: foreign languages answer to their common name."""
    return [slug, *(one.slug for one in definitions().subjects.values() if one.scale_subject == slug)]


def procedures_like(
    year: int, grade: int, subject: str, kind: str | None = None, label: str | None = None
) -> QuerySet[Procedure]:
    """Procedures with accepted batches that answer the description; foreign languages answer to their common name."""
    slugs = [one.slug for one in definitions().subjects.values() if subject in (one.slug, one.scale_subject)]
    found = Procedure.objects.filter(
        year=year, grade=grade, subject__in=slugs, batches__state=Batch.State.ACCEPTED
    ).distinct()
    if kind is not None:
        found = found.filter(kind=kind)
    return found if label is None else found.filter(label=label)
