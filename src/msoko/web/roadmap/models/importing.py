"""A signed document on its way to a programme: what was read from it, row by row, until a person has looked at it."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class RoadmapImport(models.Model):
    """`lines`: the document for showing, a list of {"number", "page", "cells", "table"}; `passport`: fields found, as
    {"field": {"value", "line", "confidence"}}; `complaints`: a list of {"line", "page", "text", "advice"}."""

    class State(models.TextChoices):
        RECEIVED = "received", "ждёт чтения"
        READING = "reading", "читается"
        REVIEW = "review", "на проверке"
        FAILED = "failed", "не прочитан"
        LIVE = "live", "перенесён в программу"
        DISCARDED = "discarded", "отклонён"

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="roadmap_imports")
    file_name = models.CharField("файл", max_length=300)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVED)
    failure = models.CharField("почему не прочитан", max_length=1000, blank=True)
    claimed_at = models.DateTimeField(null=True)
    lines = models.JSONField(default=list)
    passport = models.JSONField(default=dict)
    complaints = models.JSONField(default=list)
    begins = models.DateField("начало", null=True, blank=True)
    ends = models.DateField("окончание", null=True, blank=True)
    title = models.CharField("название", max_length=1000, blank=True)
    programme = models.ForeignKey("roadmap.Programme", null=True, on_delete=models.SET_NULL, related_name="imports")
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "документ на проверке"
        verbose_name_plural = "документы на проверке"
        ordering: ClassVar = ["-received_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(models.Model):
    """A row as it was read, and as a person has put it right. `source` names the document's lines it stands in;
    `evidence` is what has to be handed in, which a person alone says."""

    document = models.ForeignKey(RoadmapImport, on_delete=models.CASCADE, related_name="rows")
    order = models.FloatField()
    roadmap = models.CharField("дорожная карта", max_length=1000, blank=True)
    section = models.CharField("раздел", max_length=1000, blank=True)
    number = models.CharField("№", max_length=30, blank=True)
    title = models.TextField("мероприятие")
    deadline = models.CharField("срок", max_length=1000, blank=True)
    executors = models.TextField("исполнители", blank=True)
    result = models.TextField("результат", blank=True)
    indicator = models.TextField("показатель", blank=True)
    evidence = models.JSONField("что представить", default=list)
    confidence = models.FloatField("уверенность", default=1)
    doubts = models.JSONField(default=list)
    source = models.JSONField(default=list)
    is_dropped = models.BooleanField(default=False)
    is_checked = models.BooleanField("проверено человеком", default=False)

    class Meta:
        verbose_name = "строка документа"
        verbose_name_plural = "строки документа"
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.title
