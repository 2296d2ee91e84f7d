"""A person corrects what was understood of an activity: its dates, who executes it. The signed words stay as they are.

In a draft nothing follows. In a programme in force due dates and assignments follow at once; what people have begun
stays and is told.
"""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction

from msoko.core.roadmap import deadlines
from msoko.core.roadmap.executors import Kind
from msoko.core.vocabulary.russian import NBSP, counted, join_with_and, nbsp, quote, short_date
from msoko.web.people.models import Organisation, User
from msoko.web.people.services import audit
from msoko.web.roadmap.edited_texts import dates_of, executor_of
from msoko.web.roadmap.executor_words import KINDS
from msoko.web.roadmap.models import Activity, Executor, Programme
from msoko.web.roadmap.plan_dates import windows_in_words
from msoko.web.roadmap.services.assigning import Settled, settle
from msoko.web.roadmap.services.drafts import FROZEN, PART_GONE, CannotChange, locked
from msoko.web.roadmap.services.seen import refuse_changed
from msoko.web.roadmap.services.understanding import known_of, read_deadline, understand_activity

MOST_WINDOWS = 400
"""Every week of seven years; more is a slip of typing."""
NO_DATES = nbsp("Напишите даты или срок другими словами.")
BACKWARDS = nbsp("срок кончается раньше, чем начинается")
NOT_THE_TERRITORY = nbsp("Выберите открытые школы этого муниципалитета.")
NOBODY_CHOSEN = nbsp("Отметьте школы, которые исполняют мероприятие.")
CHOSEN_AND_ALL = nbsp(
    "Школы отмечены, но исполнителем выбран кто-то другой: выберите «названные школы» или снимите отметки."
)
Windows = Sequence[tuple[date, date]]


# ---- dates


@transaction.atomic
def correct_dates(
    activity: Activity, who: User, windows: Windows, today: date, words: str = "", seen: str = ""
) -> Settled:
    """These windows go before the words from now on; `words` tell in the audit how they were said.

    Raises CannotChange where a window is outside the programme's days or the programme changes no more;
    ChangedMeanwhile where `seen` (services.seen) is no longer what is stored.
    """
    programme = _changeable(activity)
    refuse_changed(dates_of(activity), seen)
    _refuse_wrong(windows, programme)
    before = windows_in_words(activity.windows, activity.deadline_kind) if activity.windows else ""
    chosen = [[begins.isoformat(), ends.isoformat()] for begins, ends in sorted(set(windows))]
    activity.windows, activity.dates_by_person = chosen, True
    activity.save(update_fields=["windows", "dates_by_person"])
    now = windows_in_words(chosen, activity.deadline_kind)
    _tell(programme, activity, who, "activity_dates_corrected", before=before, now=now, what=words)
    return _followed(programme, today, who)


def dates_from_words(activity: Activity, words: str) -> list[tuple[date, date]]:
    """The windows of a deadline said in other words, within the programme's days. Raises CannotChange where they are
    not understood or name no date."""
    programme = activity.roadmap.programme
    understood = deadlines.understand(words, programme.begins, programme.ends)
    if not understood.understood or not understood.windows:
        told = deadlines.in_words(understood)
        raise CannotChange(nbsp(f"{quote(words)}: {told}. Напишите срок иначе или перечислите даты."))
    return [(one.begins, one.ends) for one in understood.windows]


@transaction.atomic
def trust_words(activity: Activity, who: User, today: date, seen: str = "") -> Settled:
    """The signed words speak again. Raises CannotChange, ChangedMeanwhile."""
    programme = _changeable(activity)
    refuse_changed(dates_of(activity), seen)
    before = windows_in_words(activity.windows, activity.deadline_kind) if activity.windows else ""
    activity.dates_by_person = False
    read_deadline(activity, known_of(programme))
    activity.save(update_fields=["windows", "dates_by_person", "deadline_kind", "condition"])
    now = windows_in_words(activity.windows, activity.deadline_kind) if activity.windows else f"дат{NBSP}нет"
    _tell(programme, activity, who, "activity_dates_corrected", before=before, now=now, what="по словам документа")
    return _followed(programme, today, who)


def _refuse_wrong(windows: Windows, programme: Programme) -> None:
    if not windows:
        raise CannotChange(NO_DATES)
    if len(set(windows)) > MOST_WINDOWS:
        raise CannotChange(nbsp(f"Сроков {len(set(windows))}, больше {MOST_WINDOWS} не бывает: проверьте даты."))
    for begins, ends in windows:
        said = f"{short_date(begins)}{NBSP}— {short_date(ends)}" if begins != ends else short_date(ends)
        if begins > ends:
            raise CannotChange(f"{said}: {BACKWARDS}.")
        if not programme.begins <= begins <= ends <= programme.ends:
            days = f"{short_date(programme.begins)}{NBSP}— {short_date(programme.ends)}"
            raise CannotChange(nbsp(f"{said} не попадает в срок программы ({days})."))


# ---- executors


@transaction.atomic
def correct_executor(
    executor: Executor, who: User, kind: str, schools: Collection[Organisation], today: date, seen: str = ""
) -> Settled:
    """The executor is a group, somebody of the municipality, or these schools by name. A school's rows stand together:
    one for each, in the same place and with the same words. Raises CannotChange, ChangedMeanwhile."""
    activity = executor.activity
    programme = _changeable(activity)
    rows = _rows_of(executor)
    refuse_changed(executor_of(rows), seen)
    chosen = _chosen(kind, schools, rows, programme)
    before = _meaning(rows)
    _store(rows, kind, chosen)
    told = join_with_and([one.name for one in chosen]) if chosen else KINDS[kind]
    _tell(programme, activity, who, "activity_executor_corrected", before=before, now=told, what=executor.words)
    return _followed(programme, today, who)


@transaction.atomic
def trust_executor(executor: Executor, who: User, today: date, seen: str = "") -> Settled:
    """The words of the document are understood again. Raises CannotChange, ChangedMeanwhile."""
    activity = executor.activity
    programme = _changeable(activity)
    rows = _rows_of(executor)
    refuse_changed(executor_of(rows), seen)
    before = _meaning(rows)
    Executor.objects.filter(pk__in=[one.pk for one in rows]).update(by_person=False)
    understand_activity(activity)
    now = _meaning(list(activity.executors.filter(order=executor.order)))
    _tell(programme, activity, who, "activity_executor_corrected", before=before, now=now, what=executor.words)
    return _followed(programme, today, who)


def _rows_of(executor: Executor) -> list[Executor]:
    """The rows of one executor of the document: several where a person has named several schools."""
    found = Executor.objects.filter(activity=executor.activity_id, words=executor.words, order=executor.order)
    rows = list(found.select_related("organisation"))
    if not rows:
        raise CannotChange(PART_GONE)
    return rows


def _chosen(
    kind: str, schools: Collection[Organisation], rows: Sequence[Executor], programme: Programme
) -> list[Organisation]:
    """The schools to write down. Those that were chosen before do not count where another kind is chosen now."""
    if kind not in KINDS:
        raise CannotChange(nbsp(f"Неизвестный исполнитель: {quote(kind)}. Выберите его из списка."))
    if kind != Kind.NAMED:
        if {one.pk for one in schools} - {row.organisation_id for row in rows}:
            raise CannotChange(CHOSEN_AND_ALL)
        return []
    if not schools:
        raise CannotChange(NOBODY_CHOSEN)
    if not all(one.is_school and one.is_open and programme.organisation.holds(one) for one in schools):
        raise CannotChange(NOT_THE_TERRITORY)
    return sorted(set(schools), key=lambda one: (one.sort_key, one.pk))


def _store(rows: Sequence[Executor], kind: str, chosen: Sequence[Organisation]) -> None:
    first = rows[0]
    Executor.objects.filter(pk__in=[one.pk for one in rows[1:]]).delete()
    first.kind, first.organisation, first.by_person = kind, chosen[0] if chosen else None, True
    first.save(update_fields=["kind", "organisation", "by_person"])
    Executor.objects.bulk_create(
        Executor(
            activity_id=first.activity_id,
            words=first.words,
            kind=kind,
            role=first.role,
            condition=first.condition,
            organisation=school,
            by_person=True,
            order=first.order,
        )
        for school in chosen[1:]
    )


def _meaning(rows: Sequence[Executor]) -> str:
    names = [one.organisation.name for one in rows if one.organisation is not None]
    if len(names) > 3:
        return counted(len(names), "школа", "школы", "школ")
    return (
        join_with_and(names) if names else join_with_and(list(dict.fromkeys(KINDS.get(r.kind, r.kind) for r in rows)))
    )


# ---- both


def _changeable(activity: Activity) -> Programme:
    """The locked programme, the activity as it is now. Raises CannotChange where the edition is no longer in force."""
    programme = locked(activity.roadmap.programme)
    if not (programme.is_draft or programme.is_live):
        raise CannotChange(FROZEN[Programme.State(programme.state)])
    try:
        activity.refresh_from_db()
    except Activity.DoesNotExist as gone:
        raise CannotChange(PART_GONE) from gone
    return programme


def _followed(programme: Programme, today: date, who: User) -> Settled:
    return settle(programme, today, who) if programme.is_live else Settled()


def _tell(programme: Programme, activity: Activity, who: User, action: str, **details: str) -> None:
    audit(who, action, activity, programme.organisation, name=activity.title, **details)
