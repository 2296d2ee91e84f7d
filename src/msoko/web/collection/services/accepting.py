"""Accepting a batch: from this moment, and not a moment before, its rows count."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from msoko.core.collection.reading import Grain
from msoko.core.facts import store
from msoko.core.vocabulary.statuses import Level
from msoko.web.collection.models import Batch, BatchSchool, Procedure
from msoko.web.collection.queries import REGISTER, accepted_twin, procedure_of
from msoko.web.collection.services.describing import describe_anew
from msoko.web.collection.services.stale import marking_stale_what_moves
from msoko.web.collection.services.withdrawing import mark_stale
from msoko.web.collection.unknown_schools import complaint_of_unknown_schools
from msoko.web.people.models import ExternalKey, Kind, Organisation, User
from msoko.web.people.services import (
    Impossible,
    NewSchool,
    attach_keys,
    audit,
    create_schools,
    import_register,
    place_many,
)

LARGEST_MAXIMUM = 1000  # the longest work of the country brings a hundred


class Refusal(Exception):
    """The batch can't be accepted as it stands; `reasons` says why, in Russian."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def accept(
    batch: Batch,
    who: User | None,
    matches: Mapping[str, int] | None = None,
    create_missing: bool = False,
    within: Organisation | None = None,
) -> Batch:
    """Accept a previewed batch. `matches`: key of a school in the file → id of the organisation it is.

    Schools neither known nor matched are created where `create_missing`, else the batch is refused by name.
    `within`: the territory whose schools the person may speak for; fresh schools are placed there, and a file that
    names a known school elsewhere is refused.
    Raises Refusal; nothing is changed then. The same content accepted before is returned, not doubled.
    """
    try:
        with transaction.atomic():
            return _accept(batch, who, dict(matches or {}), create_missing, within)
    except Impossible as impossible:
        raise Refusal(str(impossible)) from impossible
    except IntegrityError as collision:
        raise Refusal("В ту же минуту принят другой протокол с теми же школами. Повторите приём.") from collision


def _accept(
    batch: Batch, who: User | None, matches: dict[str, int], create_missing: bool, within: Organisation | None
) -> Batch:
    twin = accepted_twin(batch)
    if twin is not None:
        if procedure_of(twin) != procedure_of(batch):
            raise Refusal(f"Этот файл уже принят как другая процедура (протокол № {twin.pk}). Сначала отзовите его.")
        Batch.objects.filter(pk=batch.pk, state=Batch.State.PREVIEW).update(state=Batch.State.DISCARDED)
        # A register given again is a wish that things be as it says; whatever is so already stays untouched.
        _take_records(twin, who, within)
        twin.save(update_fields=["report"])
        return twin
    _claim(batch, who)
    if batch.grain == Grain.RECORDS:
        _take_records(batch, who, within)
        _complain_of_unknown_schools(batch)
    else:
        _settle_schools(batch, who, matches, create_missing, within)
        _name_procedure(batch)
        BatchSchool.objects.bulk_create(
            BatchSchool(batch=batch, key=s["key"], rows=s["rows"], valid=s["valid"]) for s in batch.schools
        )
    batch.save()
    for procedure in describe_anew(batch):
        mark_stale(procedure)
    audit(who, "batch_accepted", subject=batch, organisation=batch.territory, path=batch.path)
    return batch


def _claim(batch: Batch, who: User | None) -> None:
    """Compare-and-set: of two people who press the button at once, one accepts."""
    now = timezone.now()
    if batch.level == "FAIL":
        raise Refusal("Файл с отказом принять нельзя: исправьте то, что названо в замечаниях, и загрузите его снова.")
    claimed = Batch.objects.filter(pk=batch.pk, state=Batch.State.PREVIEW).update(
        state=Batch.State.ACCEPTED, accepted_at=now, accepted_by=who
    )
    if not claimed:
        raise Refusal("Протокол уже принят, отозван или не прочитан: обновите страницу.")
    batch.state, batch.accepted_at, batch.accepted_by = Batch.State.ACCEPTED, now, who


def unknown_schools(batch: Batch) -> list[dict]:
    """The schools of the file whose keys no organisation has."""
    keys = [school["key"] for school in batch.schools]
    known = set(ExternalKey.objects.filter(key__in=keys).values_list("key", flat=True))
    return [school for school in batch.schools if school["key"] not in known]


def _settle_schools(
    batch: Batch, who: User | None, matches: dict[str, int], create_missing: bool, within: Organisation | None
) -> None:
    _refuse_schools_elsewhere(batch, within)
    unknown = unknown_schools(batch)
    matched = {school["key"]: matches[school["key"]] for school in unknown if school["key"] in matches}
    missing = [school for school in unknown if school["key"] not in matched]
    if missing and not create_missing:
        names = ", ".join(school.get("name") or school["key"] for school in missing[:10])
        more = f" и ещё {len(missing) - 10}" if len(missing) > 10 else ""
        raise Refusal(f"Неизвестные школы: {names}{more}. Сопоставьте их с имеющимися или согласитесь создать.")
    if matched:
        organisations = Organisation.objects.in_bulk(set(matched.values()))
        _refuse_elsewhere(organisations.values(), within)
        attach_keys({key: organisations[pk] for key, pk in matched.items()}, who)
    if missing:
        created = create_schools([_new_school(school) for school in missing], who)
        if within is not None and within.kind == Kind.MUNICIPALITY:
            place_many(list(created.values()), within, who)


def _refuse_schools_elsewhere(batch: Batch, within: Organisation | None) -> None:
    keys = [school["key"] for school in batch.schools]
    named = ExternalKey.objects.filter(key__in=keys).select_related("organisation")
    _refuse_elsewhere((one.organisation for one in named), within)


def _refuse_elsewhere(schools: Iterable[Organisation], within: Organisation | None) -> None:
    elsewhere = sorted({str(one) for one in schools if within is not None and not within.holds(one)})
    if elsewhere:
        names = ", ".join(elsewhere[:10]) + (f" и ещё {len(elsewhere) - 10}" if len(elsewhere) > 10 else "")
        raise Refusal(f"В файле школы других территорий: {names}. Такой протокол принимает администратор региона.")


def _new_school(school: dict) -> NewSchool:
    return NewSchool(
        key=school["key"],
        name=school.get("name") or "",
        municipality=school.get("municipality") or "",
        region=school.get("region") or "",
    )


def _name_procedure(batch: Batch) -> None:
    naming = batch.naming
    if (batch.report.get("maximum") or 0) > LARGEST_MAXIMUM:
        raise Refusal("Сумма максимальных баллов в заголовках файла невозможно велика: проверьте заголовки заданий.")
    procedure, created = Procedure.objects.get_or_create(
        kind=naming["procedure"],
        subject=naming["subject"],
        grade=naming["grade"],
        year=naming["year"],
        label=naming.get("label") or "",
        defaults={
            "pupils_grade": naming.get("pupils_grade"),
            "academic_year": naming.get("academic_year"),
        },
    )
    if not created and batch.grain == Grain.PUPILS:
        _check_same_work(procedure, batch.report)
    batch.procedure = procedure
    mark_stale(procedure.pk)


def _check_same_work(procedure: Procedure, report: dict) -> None:
    """Two protocols of one procedure must be of one work; one known only by its total tells of no items."""
    ours, theirs = len(procedure.items), len(report.get("items") or [])
    if ours and ours != theirs:
        raise Refusal(
            f"В принятых протоколах этой процедуры {ours} заданий, в файле — {theirs}. "
            "Это разные работы: проверьте год, класс и предмет."
        )


def _take_records(batch: Batch, who: User | None, within: Organisation | None) -> None:
    """A register changes the tree of organisations; other forms of ours are facts and wait for their rooms."""
    if batch.naming.get("procedure") == REGISTER:
        rows = store.read(Path(settings.FACTS), batch.facts).to_pylist()
        with marking_stale_what_moves():
            report = import_register(rows, who, within)
        batch.report = batch.report | {"register": report.as_json()}


def _complain_of_unknown_schools(batch: Batch) -> None:
    """Told when it counts: a register accepted between reading and accepting may have brought the schools."""
    complaint = complaint_of_unknown_schools(batch)
    if complaint is not None:
        batch.complaints = [*batch.complaints, complaint.as_json()]
        batch.level = Level.WARNING
