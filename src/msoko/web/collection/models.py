"""The catalogue: procedures, uploaded files, the batches found in them."""

from pathlib import PurePosixPath

from django.conf import settings
from django.db import models
from django.db.models import Q


class Procedure(models.Model):
    """One work in one subject, grade and edition year. `subject` is the slug of a subject's definition."""

    class Values(models.TextChoices):
        FRESH = "fresh", "посчитаны"
        STALE = "stale", "устарели"
        COMPUTING = "computing", "считаются"

    kind = models.CharField("вид процедуры", max_length=30)
    subject = models.CharField("предмет", max_length=40)
    grade = models.PositiveSmallIntegerField("класс работы")
    year = models.PositiveSmallIntegerField("год процедуры")
    label = models.CharField("пометка", max_length=80, blank=True)
    pupils_grade = models.PositiveSmallIntegerField("класс обучающихся", null=True)
    academic_year = models.PositiveSmallIntegerField("учебный год (начало)", null=True)
    items = models.JSONField("задания", default=list)  # [{number, maximum, level, content_element, planned_outcome}]
    maximum = models.PositiveSmallIntegerField("максимум", null=True)
    description = models.JSONField("откуда описание заданий", default=list)  # [{batch, form, accepted, items, doubts}]
    values_state = models.CharField(max_length=10, choices=Values.choices, default=Values.STALE, db_index=True)
    values_hash = models.CharField(max_length=64, blank=True)
    values_claimed_at = models.DateTimeField(null=True)
    values_computed_at = models.DateTimeField("значения посчитаны", null=True)

    class Meta:
        verbose_name = "оценочная процедура"
        verbose_name_plural = "оценочные процедуры"
        ordering = ["-year", "grade", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "grade", "year", "label"], name="one_procedure_a_work")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.grade} {self.year} {self.label}".strip()


class Upload(models.Model):
    """Bytes that have come in, once however often they come; kept under their own hash in the uploads folder."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField("размер, байт")
    uploaded_at = models.DateTimeField("впервые загружен", auto_now_add=True)

    class Meta:
        verbose_name = "загруженный файл"
        verbose_name_plural = "загруженные файлы"

    def __str__(self) -> str:
        return self.sha256


class Batch(models.Model):
    """One procedure (or one register) found in an uploaded file, from preview to withdrawal."""

    class State(models.TextChoices):
        RECEIVED = "received", "ждёт чтения"
        READING = "reading", "читается"
        REFUSED = "refused", "отказано"
        PREVIEW = "preview", "ждёт решения"
        ACCEPTED = "accepted", "принят"
        WITHDRAWN = "withdrawn", "отозван"
        DISCARDED = "discarded", "не принят"

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="batches")
    part = models.PositiveSmallIntegerField("часть файла", default=0)
    path = models.CharField("путь, как его назвали", max_length=1000)
    handed_in_at = models.DateTimeField("загружен", auto_now_add=True)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("people.Organisation", null=True, on_delete=models.PROTECT, related_name="batches")
    state = models.CharField("состояние", max_length=10, choices=State.choices, db_index=True)
    source = models.CharField("форма", max_length=80, blank=True)
    source_hash = models.CharField(max_length=64, blank=True)
    grain = models.CharField(max_length=12, blank=True)
    procedure = models.ForeignKey(Procedure, null=True, on_delete=models.PROTECT, related_name="batches")
    hints = models.JSONField(default=dict)
    naming = models.JSONField(default=dict)
    level = models.CharField("итог проверки", max_length=7, blank=True)
    rows = models.PositiveIntegerField("строк", default=0)
    report = models.JSONField("сводка чтения", default=dict)
    complaints = models.JSONField("замечания", default=list)
    dropped = models.JSONField("отброшенные столбцы", default=list)
    schools = models.JSONField("школы файла", default=list)  # [{key, name, municipality, …, rows}]
    facts = models.CharField(max_length=80, blank=True)
    summary = models.CharField(max_length=80, blank=True)
    progress = models.JSONField(default=dict)  # {done, total, what}
    claimed_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField("прочитан", null=True)
    accepted_at = models.DateTimeField("принят", null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField("отозван", null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("причина", blank=True)

    class Meta:
        verbose_name = "протокол"
        verbose_name_plural = "протоколы"
        ordering = ["-id"]
        constraints = [
            # The same content may be accepted once at a time; withdrawn or refused copies don't stand in the way.
            models.UniqueConstraint(
                fields=["upload", "part"], condition=Q(state="accepted"), name="same_content_is_accepted_once"
            ),
            models.CheckConstraint(condition=~Q(state="withdrawn") | ~Q(reason=""), name="withdrawal_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def name(self) -> str:
        """The file's own name, without the folders or the archive it came in."""
        return PurePosixPath(self.path).name


class BatchSchool(models.Model):
    """Which school (by the key in the file) a batch speaks for, with how many rows."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="batch_schools")
    key = models.CharField(max_length=300, db_index=True)
    rows = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "key"], name="a_school_once_a_batch")]

    def __str__(self) -> str:
        return self.key
