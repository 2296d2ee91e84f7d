"""Which scale a procedure's marks follow: one entered by a person goes before the definitions."""

from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from msoko.core.definitions.kinds import Minimum, Scale
from msoko.web.collection.models import Procedure
from msoko.web.collection.services.withdrawing import mark_stale
from msoko.web.definitions import definitions
from msoko.web.monitoring.models import EnteredScale
from msoko.web.people.models import User
from msoko.web.people.services import audit

# Who did not reach this score has not passed; the higher one, for a university, is another question.
FOR_CERTIFICATE = "certificate"


def scale_of(procedure: Procedure) -> Scale | None:
    """The scale in force, or None: then the work is shown by primary score, without marks."""
    entered = EnteredScale.objects.filter(procedure=procedure, withdrawn_at=None).first()
    if entered is not None:
        return _as_scale(procedure, entered)
    return definitions().scale_for(
        procedure.kind, procedure.subject, procedure.grade, procedure.year, procedure.maximum
    )


def _as_scale(procedure: Procedure, entered: EnteredScale) -> Scale:
    two, three, four, five = entered.bounds
    return Scale(
        procedure=procedure.kind,
        year=procedure.year,
        subject=procedure.subject,
        grade=procedure.grade,
        bounds=(two, three, four, five),
        status=entered.status,
        source=entered.source,
    )


def minimum_of(procedure: Procedure) -> Minimum | None:
    """The least test score that passes, the certificate's where the university asks more; None where none is known."""
    return definitions().minimum_for(procedure.kind, procedure.subject, procedure.year, FOR_CERTIFICATE)


@transaction.atomic
def enter_scale(procedure: Procedure, bounds: list[int], source: str, status: str, who: User | None) -> EnteredScale:
    """Put a scale in force for the procedure. Raises ValueError, in Russian, where the bounds can't be a scale."""
    if len(bounds) != 4 or any(low >= high for low, high in pairwise(bounds)) or bounds[0] < 0:
        raise ValueError("Верхние границы отметок 2, 3, 4 и 5 должны возрастать, начиная с нуля или больше.")
    if procedure.maximum is not None and bounds[3] != procedure.maximum:
        raise ValueError(f"Граница отметки 5 должна равняться максимуму работы — {procedure.maximum}.")
    if not source.strip():
        raise ValueError("Назовите источник шкалы: документ, дату, пункт.")
    EnteredScale.objects.filter(procedure=procedure, withdrawn_at=None).update(withdrawn_at=timezone.now())
    entered = EnteredScale.objects.create(
        procedure=procedure, bounds=bounds, source=source.strip(), status=status, entered_by=who
    )
    mark_stale(procedure.pk)
    audit(who, "scale_entered", subject=procedure, bounds=bounds, source=source)
    return entered


@transaction.atomic
def withdraw_scale(procedure: Procedure, who: User | None) -> None:
    """Go back to the scale of the definitions, if they have one."""
    EnteredScale.objects.filter(procedure=procedure, withdrawn_at=None).update(withdrawn_at=timezone.now())
    mark_stale(procedure.pk)
    audit(who, "scale_withdrawn", subject=procedure)
