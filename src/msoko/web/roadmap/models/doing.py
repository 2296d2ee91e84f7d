"""What has to be done and what was done: due dates, who must do it, reports, evidence, verification."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from msoko.web.moments import Shown, shown_as, version_of
from msoko.web.roadmap.models.planning import Activity


class Body(models.TextChoices):
    """Who within the organisation acts: people who have this role in it."""

    DEPARTMENT = "department", "управление образования"
    METHODIST = "methodist", "методическая служба"
    CURATOR = "curator", "куратор"
    SCHOOL = "school", "школа"


class Occurrence(models.Model):
    """One due date of an activity: from `begins` to `due` inclusive. `assigned_at`: when it was given to executors."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occurrences")
    begins = models.DateField("начало")
    due = models.DateField("срок")
    assigned_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "наступление срока"
        verbose_name_plural = "наступления сроков"
        ordering: ClassVar = ["due", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activity", "begins", "due"], name="one_occurrence_a_window")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.due}"


class Assignment(models.Model):
    """An occurrence given to one executor: what a person sees as a task.

    Postponing moves `due` and leaves a `Postponement`. `overdue_noticed_at` is set once, by compare-and-set, when the
    due date has passed and nothing acceptable is there. `words` is how the document calls the executor. Of what is
    not tracked nobody expects a report, and nobody says that it was done: its date had passed before it was asked for.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "запланировано"
        IN_PROGRESS = "in_progress", "в работе"
        REPORTED = "reported", "сдан отчёт"
        ACCEPTED = "accepted", "принято"
        RETURNED = "returned", "возвращено"
        POSTPONED = "postponed", "перенесено"
        CANCELLED = "cancelled", "отменено"
        UNTRACKED = "untracked", "не отслеживается"

    OPEN: ClassVar = ("planned", "in_progress", "returned", "postponed")
    """Something is still to be done by the executor."""
    ENDED: ClassVar = ("accepted", "cancelled")
    NOT_OWED: ClassVar = ("cancelled", "untracked")
    """Nothing is expected of anybody."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="assignments")
    body = models.CharField("кто", max_length=10, choices=Body)
    words = models.CharField("исполнитель в документе", max_length=500, blank=True)
    due = models.DateField("срок")
    state = models.CharField("состояние", max_length=11, choices=State, default=State.PLANNED)
    state_at = models.DateTimeField("в этом состоянии с", null=True)
    reason = models.TextField("причина", blank=True)
    overdue_noticed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "поручение"
        verbose_name_plural = "поручения"
        ordering: ClassVar = ["due", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["occurrence", "organisation", "body"], name="one_assignment_an_executor")
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "body", "state", "due"], name="assignments_of_executor"),
            models.Index(fields=["state", "due"], name="assignments_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.occurrence_id} {self.organisation_id} {self.body}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def version(self) -> str:
        """What a person is shown: the state and its moment, which every order changes."""
        return version_of(Shown(self.state, self.state_at))

    def seen_as(self, version: str) -> bool:
        """Put what a page has shown into this copy: services refuse where that is no longer so. False where the page
        has sent no version; a state alone asks for no moment."""
        shown = shown_as(version, self.State.values)
        if shown is not None:
            self.state, self.state_at = shown
        return shown is not None


class Report(models.Model):
    """A report of execution: what was done, how many took part; `numbers` is a list of {"name", "value", "unit"}.

    A returned report stays as history beside the next one.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reports")
    done = models.TextField("что сделано")
    participants = models.PositiveIntegerField("участников", null=True, blank=True)
    numbers = models.JSONField("числа", default=list)
    done_on = models.DateField("когда сделано", null=True, blank=True)
    reported_at = models.DateTimeField(auto_now_add=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "отчёт об исполнении"
        verbose_name_plural = "отчёты об исполнении"
        ordering: ClassVar = ["reported_at", "id"]

    def __str__(self) -> str:
        return self.done


class ReportDraft(models.Model):
    """What somebody has typed into a report of the assignment and not handed in yet; `said`: field of the form → text.

    Seen by who executes the assignment alone, and removed when it is reported.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    said = models.JSONField("написано", default=dict)
    saved_at = models.DateTimeField("сохранён")

    class Meta:
        verbose_name = "черновик отчёта"
        verbose_name_plural = "черновики отчётов"
        ordering: ClassVar = ["-saved_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "author"], name="one_draft_of_a_report_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.author_id}"


class Evidence(models.Model):
    """What confirms: a file (bytes under their hash), a link, or a record of the platform itself.

    `about` is the thing required that it is («приказ»). `record_type`, `record_id` name a record («analysis.finding»).
    """

    class Kind(models.TextChoices):
        FILE = "file", "файл"
        LINK = "link", "ссылка"
        RECORD = "record", "запись системы"

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField("вид", max_length=6, choices=Kind)
    about = models.CharField("что это", max_length=300, blank=True)
    name = models.CharField("название", max_length=300)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField("размер, байт", null=True)
    media_type = models.CharField("тип", max_length=100, blank=True)
    url = models.URLField("адрес", max_length=1000, blank=True)
    record_type = models.CharField(max_length=60, blank=True)
    record_id = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "подтверждение"
        verbose_name_plural = "подтверждения"
        ordering: ClassVar = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name


class Verification(models.Model):
    """Somebody who is not the executor has looked at a report: accepted, or returned with a reason."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="verification")
    is_accepted = models.BooleanField("принято")
    reason = models.TextField("причина возврата", blank=True)
    verified_at = models.DateTimeField(auto_now_add=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "проверка отчёта"
        verbose_name_plural = "проверки отчётов"

    def __str__(self) -> str:
        return f"{self.report_id} {self.is_accepted}"


class Postponement(models.Model):
    """A due date was moved: who allowed it and why."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="postponements")
    was_due = models.DateField("прежний срок")
    due = models.DateField("новый срок")
    reason = models.TextField("причина")
    allowed_by = models.CharField("кто разрешил", max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "перенос срока"
        verbose_name_plural = "переносы сроков"
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.was_due} → {self.due}"
