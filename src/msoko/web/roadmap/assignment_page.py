"""The page of an assignment: what is asked, what is there already, what the reader may do with it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from msoko.core.roadmap.evidence import count_of
from msoko.core.vocabulary.russian import NBSP, join_with_and, quote
from msoko.web.people.models import Membership, Role
from msoko.web.people.sight import Sight
from msoko.web.roadmap.assignment_story import Event, story_of
from msoko.web.roadmap.doing_words import Badge, badge_of, due_in_words, executor_in_words, is_overdue, window_in_words
from msoko.web.roadmap.evidence_shown import EvidenceShown, evidence_of
from msoko.web.roadmap.execution_rights import NOT_A_VERIFIER, Hands, hands_of
from msoko.web.roadmap.lacking import HandedIn
from msoko.web.roadmap.models import Activity, Assignment, Body, Postponement, Programme, Report, ReportDraft
from msoko.web.roadmap.queries import CONTROLLING
from msoko.web.roadmap.report_form import required_of
from msoko.web.roadmap.services.evidence_files import MAY_ADD
from msoko.web.roadmap.verifying_page import numbers_in_words

State = Assignment.State
MOST_NAMED = 6
"""Of people who may verify."""


@dataclass(frozen=True)
class Required:
    """A line of the checklist: what has to be handed in, and what of it is there."""

    index: int
    name: str
    evidence: list[EvidenceShown]

    @property
    def is_there(self) -> bool:
        return len(self.evidence) >= count_of(self.name)


@dataclass(frozen=True)
class AssignmentPage:
    """The assignment comes as `doing_queries.assignment_in_sight` gives it."""

    assignment: Assignment
    sight: Sight
    today: date

    # ---- what is asked

    @property
    def activity(self) -> Activity:
        return self.assignment.occurrence.activity

    @property
    def programme(self) -> Programme:
        return self.activity.roadmap.programme

    @property
    def badge(self) -> Badge:
        return badge_of(self.assignment, self.today)

    @property
    def due(self) -> str:
        return due_in_words(self.assignment, self.today)

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.assignment, self.today)

    @property
    def window(self) -> str:
        """When it is to be done by the plan; '' where that is one day, the due date."""
        occurrence = self.assignment.occurrence
        if occurrence.begins == occurrence.due == self.assignment.due:
            return ""
        return window_in_words(occurrence.begins, occurrence.due, self.today)

    @property
    def executor(self) -> str:
        return executor_in_words(self.assignment)

    @property
    def words_of_executor(self) -> str:
        """How the document calls the executor, where it does otherwise."""
        words = self.assignment.words
        return "" if words.casefold() in self.executor.casefold() else words

    @cached_property
    def moved(self) -> list[Postponement]:
        return list(Postponement.objects.filter(assignment=self.assignment))

    # ---- what is there

    @cached_property
    def evidence(self) -> list[EvidenceShown]:
        return evidence_of([self.assignment.pk]).get(self.assignment.pk, [])

    @cached_property
    def required(self) -> list[Required]:
        found: dict[str, list[EvidenceShown]] = {}
        for one in self.evidence:
            found.setdefault(_plain(one.evidence.about), []).append(one)
        return [
            Required(index, name, found.get(_plain(name), []))
            for index, name in enumerate(required_of(self.assignment))
        ]

    @property
    def additional(self) -> list[EvidenceShown]:
        """What nobody asked for, or asks for no longer."""
        asked = {_plain(one.name) for one in self.required}
        return [one for one in self.evidence if _plain(one.evidence.about) not in asked]

    @cached_property
    def handed_in(self) -> HandedIn:
        return HandedIn([self.assignment.pk])

    @cached_property
    def reports(self) -> list[Report]:
        """The first one first."""
        return self.handed_in.reports.get(self.assignment.pk, [])

    @property
    def report(self) -> Report | None:
        """The one that counts: it waits or was accepted."""
        last = self.reports[-1] if self.reports else None
        return last if self.assignment.state in (State.REPORTED, State.ACCEPTED) else None

    @property
    def seen_of_report(self) -> str:
        return self.handed_in.seen(self.report) if self.report is not None else ""

    @property
    def numbers(self) -> list[str]:
        return numbers_in_words(self.report) if self.report is not None else []

    @property
    def mended(self) -> Report | None:
        """A returned report, whose text the next one begins with."""
        return self.reports[-1] if self.reports and self.assignment.state == State.RETURNED else None

    @cached_property
    def drafts(self) -> list[ReportDraft]:
        """Of those who execute the assignment, the last first; nobody else reads them."""
        found = ReportDraft.objects.filter(assignment=self.assignment).select_related("author")
        return list(found) if self.may_report else []

    @property
    def draft(self) -> ReportDraft | None:
        """The reader's own."""
        return next((one for one in self.drafts if one.author_id == self.sight.user.pk), None)

    @property
    def drafts_of_others(self) -> list[ReportDraft]:
        return [one for one in self.drafts if one.author_id != self.sight.user.pk]

    def said_before(self, asked: str) -> dict[str, str]:
        """What the form begins with: the draft asked for by its key, else the reader's own; {} where there is none."""
        chosen = next((one for one in self.drafts if str(one.pk) == asked), self.draft)
        return dict(chosen.said) if chosen is not None else {}

    @property
    def missing(self) -> list[str]:
        return self.handed_in.missing(self.assignment)

    @cached_property
    def story(self) -> list[Event]:
        return story_of(self.assignment)

    # ---- what the reader may do

    @cached_property
    def hands(self) -> Hands:
        return hands_of(self.sight, [self.assignment])

    @cached_property
    def executes(self) -> bool:
        return self.hands.executes(self.assignment)

    @property
    def may_report(self) -> bool:
        return self.executes and self.assignment.is_open

    @property
    def may_start(self) -> bool:
        return self.executes and self.assignment.state in (State.PLANNED, State.POSTPONED)

    @property
    def may_add(self) -> bool:
        """While a report waits, evidence may be added, but nothing taken away."""
        return self.executes and self.assignment.state in MAY_ADD

    @property
    def only_executes(self) -> bool:
        """It is no surprise to him that somebody else verifies."""
        return self.why_not_verify == NOT_A_VERIFIER

    @cached_property
    def why_not_verify(self) -> str:
        return self.hands.why_not_verify(self.assignment, self.handed_in.reporters(self.assignment))

    @property
    def is_waiting(self) -> bool:
        return self.assignment.state == State.REPORTED

    @property
    def may_verify(self) -> bool:
        return self.is_waiting and not self.why_not_verify

    @property
    def is_told_why_not(self) -> bool:
        """The executor and whoever might verify are told; a reader need not be."""
        return (
            self.is_waiting and bool(self.why_not_verify) and (self.why_not_verify != NOT_A_VERIFIER or self.executes)
        )

    @property
    def who_verifies(self) -> str:
        """«Проверить могут: Анна Петрова (управление образования) и …»; or that there is nobody."""
        people = self._verifiers
        if not people:
            return (
                "Проверить пока некому: нужен ещё один сотрудник управления, методист или куратор. "
                "Попросите управление образования завести ему учётную запись."
            )
        named = [f"{one.user}{NBSP}({one.get_role_display()})" for one in people[:MOST_NAMED]]
        others = len(people) - len(named)
        said = ", ".join([*named, f"ещё {others}"]) if others > 0 else join_with_and(named)
        return f"{'Проверить могут' if len(people) > 1 else 'Проверить может'}: {said}."

    @cached_property
    def _verifiers(self) -> list[Membership]:
        """Each person once, in the first of the roles that may."""
        around = [int(pk) for pk in self.assignment.organisation.path.strip("/").split("/")]
        found = Membership.objects.filter(role__in=CONTROLLING, organisation__in=around, user__is_active=True)
        if self.assignment.body == Body.SCHOOL:
            own = Membership.objects.filter(role=Role.SCHOOL, organisation__in=around).values("user")
            found = found.filter(~Q(user__in=own))
        found = found.exclude(user__in=self.handed_in.reporters(self.assignment))
        people: dict[int, Membership] = {}
        for one in found.select_related("user").order_by("user__full_name", "user", "pk"):
            people.setdefault(one.user_id, one)
        return list(people.values())

    @cached_property
    def is_in_charge(self) -> bool:
        return not self.hands.why_not_in_charge(self.assignment)

    @property
    def may_postpone(self) -> bool:
        return self.is_in_charge and self.assignment.is_open

    @property
    def may_reopen(self) -> bool:
        if not self.programme.is_live:
            return False
        if self.assignment.state in Assignment.NOT_OWED:
            return self.is_in_charge
        return self.assignment.state == State.ACCEPTED and not self.why_not_verify

    @property
    def tasks_address(self) -> str:
        """The list the reader came from: his own tasks, or all assignments."""
        return reverse("roadmap:my_tasks" if self.executes else "roadmap:assignments")

    @property
    def state_since(self) -> str:
        """«принято 12.09.2026»."""
        at = self.assignment.state_at
        return f"с{NBSP}{timezone.localdate(at):%d.%m.%Y}" if at else ""

    @property
    def title(self) -> str:
        return quote(self.activity.title)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).strip(" .;:,")
