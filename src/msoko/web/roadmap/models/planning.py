"""What is planned: an edition of a programme, its roadmaps, sections and activities, in the words that were signed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Level(models.TextChoices):
    MUNICIPALITY = "municipality", "муниципалитет"
    SCHOOL = "school", "школа"


class Programme(models.Model):
    """One edition of a programme, or of a roadmap that was approved by itself.

    A draft is edited; an approved edition is frozen: its texts never change. «Внесение изменений» is a new edition
    (`previous`), which takes over what is not yet done when it is approved; `changes` then tells what is different.
    Due dates before `asked_since` are not tracked (None: all are asked for, however long ago they passed).
    `passport` holds the fields of core.roadmap.passport by name. `organisation` is a municipality or a school; a
    school's programme descends from the municipal one (`parent`).
    """

    class State(models.TextChoices):
        DRAFT = "draft", "проект"
        APPROVED = "approved", "действует"
        SUPERSEDED = "superseded", "заменена новой редакцией"
        CLOSED = "closed", "завершена"

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="programmes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="descendants", verbose_name="исходит из"
    )
    title = models.CharField("название", max_length=1000)
    template = models.CharField("шаблон", max_length=100, blank=True)
    begins = models.DateField("начало")
    ends = models.DateField("окончание")
    state = models.CharField("состояние", max_length=10, choices=State, default=State.DRAFT)
    edition = models.PositiveSmallIntegerField("редакция", default=1)
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next", verbose_name="прежняя редакция"
    )
    passport = models.JSONField("паспорт", default=dict)
    principles = models.JSONField("принципы", default=list)
    order_words = models.CharField("приказ об утверждении", max_length=500, blank=True)
    approved_on = models.DateField("утверждена", null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why_changed = models.TextField("почему внесены изменения", blank=True)
    changes = models.JSONField("что изменилось", default=list)
    assigned_through = models.DateField("поручено по", null=True)
    asked_since = models.DateField("сроки спрашивают с", null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "программа"
        verbose_name_plural = "программы"
        ordering: ClassVar = ["-begins", "title", "-edition"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=models.F("begins")), name="a_programme_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_live(self) -> bool:
        return self.state == self.State.APPROVED


class SwotEntry(models.Model):
    """A line of one of the four lists; `finding` is what it follows from, if anything."""

    class List(models.TextChoices):
        STRENGTHS = "strengths", "сильные стороны"
        WEAKNESSES = "weaknesses", "слабые стороны"
        OPPORTUNITIES = "opportunities", "возможности"
        THREATS = "threats", "угрозы"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="swot")
    list = models.CharField("список", max_length=13, choices=List)
    text = models.TextField("текст")
    finding = models.ForeignKey("analysis.Finding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "строка SWOT-анализа"
        verbose_name_plural = "SWOT-анализ"
        ordering: ClassVar = ["list", "order", "id"]

    def __str__(self) -> str:
        return self.text


class Roadmap(models.Model):
    """A table of activities; `direction` is a slug of definitions/directions, '' where it has none."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="roadmaps")
    title = models.CharField("название", max_length=1000)
    direction = models.CharField("направление", max_length=100, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A part of a roadmap; title '' where the roadmap has no parts."""

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="sections")
    title = models.CharField("название", max_length=1000, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "раздел"
        verbose_name_plural = "разделы"
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Activity(models.Model):
    """What is to be done: the signed words, and beside them what they were understood as.

    `windows` is a list of ["YYYY-MM-DD", "YYYY-MM-DD"]; a person's own dates (`dates_by_person`) go before the words.
    `deadline_kind` (core.roadmap.deadlines.Kind) is '' where the words were not understood; `condition` says on what a
    date depends («по плану УО»).
    `evidence` lists what has to be handed in («приказ», «справка»). `descends_from` is the same activity of the
    edition before, or of the municipal programme.
    """

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="activities")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="activities")
    number = models.CharField("№", max_length=30, blank=True)
    title = models.TextField("мероприятие")
    deadline = models.CharField("срок", max_length=1000, blank=True)
    deadline_kind = models.CharField(max_length=11, blank=True)
    windows = models.JSONField("даты", default=list)
    condition = models.CharField("от чего зависит дата", max_length=500, blank=True)
    dates_by_person = models.BooleanField("даты указал человек", default=False)
    executors_words = models.TextField("исполнители", blank=True)
    result = models.TextField("ожидаемый результат", blank=True)
    indicator = models.TextField("показатель", blank=True)
    level = models.CharField("уровень", max_length=12, choices=Level, default=Level.MUNICIPALITY)
    addressees = models.CharField("кому адресовано", max_length=500, blank=True)
    evidence = models.JSONField("что представить", default=list)
    order = models.PositiveIntegerField(default=0)
    descends_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="descendants")
    finding = models.ForeignKey("analysis.Finding", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    imported_row = models.ForeignKey(
        "roadmap.ImportedRow", null=True, on_delete=models.SET_NULL, related_name="activities"
    )

    class Meta:
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def needs_dates(self) -> bool:
        """No date is known: by schedule, or the words were not understood."""
        return not self.windows


class Executor(models.Model):
    """One executor of an activity, in the document's word and as it was understood (core.roadmap.executors.Kind).

    `organisation` is set for a named one that was found. A person corrects `kind` and `organisation` (`by_person`).
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="executors")
    words = models.CharField("как в документе", max_length=500)
    kind = models.CharField("кто это", max_length=20)
    role = models.CharField("кто именно", max_length=30, blank=True)
    condition = models.CharField("условие", max_length=500, blank=True)
    organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_person = models.BooleanField("указал человек", default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "исполнитель"
        verbose_name_plural = "исполнители"
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.words
