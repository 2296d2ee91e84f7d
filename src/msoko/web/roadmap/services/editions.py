"""An edition comes into force and stays as it was signed; changes are a new edition; a programme comes to its end."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from msoko.core.roadmap.change import Change
from msoko.core.roadmap.changes import differences as differences_of_texts
from msoko.core.vocabulary.russian import counted, nbsp, plural, quote
from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.roadmap.edited_texts import whole_of
from msoko.web.roadmap.edition_texts import text_of
from msoko.web.roadmap.models import Activity, Assignment, Executor, Programme, Section, SwotEntry
from msoko.web.roadmap.services import assigning
from msoko.web.roadmap.services.drafts import CannotChange, locked, locked_draft
from msoko.web.roadmap.services.executing import cancel
from msoko.web.roadmap.services.past_dates import AskedSince, usual
from msoko.web.roadmap.services.seen import refuse_changed
from msoko.web.roadmap.services.taking_over import heirs_of, reports_left, unverified

Copied = TypeVar("Copied", bound=Model)

NO_ORDER = nbsp("Укажите приказ: вид, дату и номер, например «Приказ от 12.09.2025 № 41».")
NO_ACTIVITIES = nbsp("Нет ни одного мероприятия: программе нечего поручать. Добавьте хотя бы одно.")
NO_REASON = "Напишите, почему вносятся изменения: это войдёт в приказ."
NO_REASON_TO_CLOSE = "Напишите, почему программа завершается."
SAME_AS_BEFORE = nbsp("Проект ничем не отличается от действующей редакции: внесите изменения или удалите проект.")
NOT_IN_FORCE = nbsp("Изменения вносят в действующую программу, а эта — не действует.")
BEFORE_IS_OUT = nbsp("Прежняя редакция больше не действует: этот проект заменить её не может.")
HAS_DRAFT = nbsp("Проект новой редакции уже есть: продолжите его, утвердите или удалите.")
CLOSE_WHAT_IS_IN_FORCE = nbsp("Завершают действующую программу, а эта — не действует.")


# ---- coming into force


def lacks(programme: Programme) -> list[str]:
    """What has to be there before the draft can be approved, in Russian; nothing where it can."""
    found = []
    empty = programme.roadmaps.filter(activities=None)
    if not Activity.objects.filter(roadmap__programme=programme).exists():
        found.append(NO_ACTIVITIES)
    else:
        found += [
            nbsp(f"В дорожной карте {quote(one.title)} нет ни одного мероприятия: добавьте их или удалите карту.")
            for one in empty
        ]
    if programme.previous is not None:
        if not programme.previous.is_live:
            found.append(BEFORE_IS_OUT)
        elif not differences(programme.previous, programme):
            found.append(SAME_AS_BEFORE)
        elif waiting := reports_left(programme.previous, heirs_of(programme.previous, programme)):
            found.append(unverified(waiting))
    return found


@transaction.atomic
def approve(
    programme: Programme,
    who: User | None,
    on: date,
    order_words: str,
    today: date | None = None,
    asked: AskedSince | None = None,
    seen: str = "",
) -> Programme:
    """The draft comes into force: its text is frozen, its due dates are given to executors. An edition before is
    superseded and what is not done under it goes on under this one.

    `today` is the day of which assignments are given out, `on` unless said; `asked`: which due dates of the past are
    asked for, as is usual unless said. Raises CannotChange with all that lacks, ChangedMeanwhile where the text is no
    longer what `seen` (services.seen) is the fingerprint of.
    """
    draft = locked_draft(programme)
    refuse_changed(whole_of(draft), seen)
    reasons = lacks(draft)
    if not order_words.strip():
        reasons.append(NO_ORDER)
    if reasons:
        raise CannotChange(*reasons)
    if draft.previous is not None:
        _supersede(draft)
    draft.state, draft.order_words = Programme.State.APPROVED, order_words.strip()
    draft.approved_on, draft.approved_by = on, who
    draft.asked_since = (asked or usual(draft, on)).day
    draft.save(update_fields=["state", "order_words", "approved_on", "approved_by", "asked_since", "changes"])
    since = {"asked_since": draft.asked_since} if draft.asked_since else {}
    audit(who, "programme_approved", draft, draft.organisation, name=draft.title, order=draft.order_words, **since)
    assigning.begin(draft, today or on, who)
    return draft


def _supersede(draft: Programme) -> None:
    assert draft.previous is not None
    draft.changes = [change.to_json() for change in differences(draft.previous, draft)]
    before = locked(draft.previous)
    if not before.is_live:
        raise CannotChange(BEFORE_IS_OUT)
    before.state = Programme.State.SUPERSEDED
    before.save(update_fields=["state"])


def differences(old: Programme, new: Programme) -> list[Change]:
    """In the order of the document. Queries do not depend on the number of activities."""
    return differences_of_texts(text_of(old), text_of(new))


# ---- changes


@transaction.atomic
def new_edition(programme: Programme, who: User | None, why: str) -> Programme:
    """«Внесение изменений»: a draft that says what the edition in force says, for being changed.

    Dates and executors that a person has entered come along. Raises CannotChange.
    """
    before = locked(programme)
    if not before.is_live:
        raise CannotChange(NOT_IN_FORCE)
    if Programme.objects.filter(previous=before).exists():
        raise CannotChange(HAS_DRAFT)
    if not why.strip():
        raise CannotChange(NO_REASON)
    try:
        with transaction.atomic():
            draft = _copied(before, who, why.strip())
    except IntegrityError as two_at_once:
        raise CannotChange(HAS_DRAFT) from two_at_once
    audit(who, "programme_edition_started", draft, draft.organisation, name=draft.title, reason=draft.why_changed)
    return draft


def _copied(before: Programme, who: User | None, why: str) -> Programme:
    draft = Programme.objects.create(
        organisation=before.organisation,
        parent=before.parent,
        previous=before,
        edition=before.edition + 1,
        title=before.title,
        template=before.template,
        begins=before.begins,
        ends=before.ends,
        asked_since=before.asked_since,
        passport=before.passport,
        principles=before.principles,
        why_changed=why,
        created_by=who,
    )
    SwotEntry.objects.bulk_create(
        SwotEntry(programme=draft, list=one.list, text=one.text, finding_id=one.finding_id, order=one.order)
        for one in before.swot.all()
    )
    _copy_contents(before, draft)
    return draft


def _copy_contents(before: Programme, draft: Programme) -> None:
    """Four insertions, however many activities; each descends from the one it was copied from."""
    inside = {"roadmap__programme": before}
    roadmaps = _copies(before.roadmaps.all(), programme=lambda one: draft)
    sections = _copies(Section.objects.filter(**inside), roadmap=lambda one: roadmaps[one.roadmap_id])
    activities = _copies(
        Activity.objects.filter(**inside),
        roadmap=lambda one: roadmaps[one.roadmap_id],
        section=lambda one: sections[one.section_id],
        descends_from=lambda one: one,
    )
    executors = Executor.objects.filter(activity__roadmap__programme=before)
    _copies(executors, activity=lambda one: activities[one.activity_id])


def _copies(rows: QuerySet[Copied], **others: Callable[[Any], Model]) -> dict[int, Copied]:
    """Key of a row → its copy, which has other relations and is else the same."""
    originals = list(rows.order_by("pk"))
    model = rows.model
    kept = [
        field.attname for field in model._meta.concrete_fields if not field.primary_key and field.name not in others
    ]
    copies = model._default_manager.bulk_create(
        (
            model(
                **{name: getattr(one, name) for name in kept},
                **{name: related(one) for name, related in others.items()},
            )
            for one in originals
        ),
        batch_size=200,
    )
    return {one.pk: copy for one, copy in zip(originals, copies, strict=True)}


# ---- the end


@transaction.atomic
def close(programme: Programme, who: User, reason: str) -> Programme:
    """The programme has come to its end: what is still to be done is cancelled, for the reason given.

    Raises CannotChange, also where a draft of a new edition or a report that nobody has verified is there.
    """
    closing = locked(programme)
    if not closing.is_live:
        raise CannotChange(CLOSE_WHAT_IS_IN_FORCE)
    if not reason.strip():
        raise CannotChange(NO_REASON_TO_CLOSE)
    if Programme.objects.filter(previous=closing).exists():
        raise CannotChange(HAS_DRAFT)
    theirs = Assignment.objects.filter(occurrence__activity__roadmap__programme=closing)
    if waiting := theirs.filter(state=Assignment.State.REPORTED).count():
        raise CannotChange(_unverified(waiting))
    _cancel(list(theirs.filter(state__in=Assignment.OPEN)), who, reason.strip())
    closing.state = Programme.State.CLOSED
    closing.save(update_fields=["state"])
    audit(who, "programme_closed", closing, closing.organisation, name=closing.title, reason=reason.strip())
    return closing


def _unverified(count: int) -> str:
    reports = counted(count, "отчёт", "отчёта", "отчётов")
    wait = plural(count, "ждёт", "ждут", "ждут")
    return nbsp(f"Проверки {wait} {reports}: примите или верните их, потом завершайте программу.")


def _cancel(still_open: list[Assignment], who: User, reason: str) -> None:
    refused = [one.refused for one in cancel(still_open, who, nbsp(f"Программа завершена: {reason}")) if one.refused]
    if refused:
        raise CannotChange(str(refused[0]))
