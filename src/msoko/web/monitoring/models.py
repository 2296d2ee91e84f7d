"""Stored values: what pages read."""

from django.conf import settings
from django.db import models

from msoko.core.vocabulary.shares import Share


class Value(models.Model):
    """Sufficient statistics of one procedure for one organisation or one class of it, on one score basis.

    The figures a page shows follow from these integers and the scale; `inputs` is the hash of the batches and
    definitions they came from. `score` is 'items', 'printed' or 'test'; `origin` 'pupils' or 'aggregate'.
    """

    procedure = models.ForeignKey("collection.Procedure", on_delete=models.CASCADE, related_name="values_stored")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="procedure_values")
    class_name = models.CharField("класс", max_length=60, blank=True)
    whole = models.BooleanField("организация целиком", default=True)
    score = models.CharField(max_length=8)
    origin = models.CharField(max_length=10, default="pupils")
    participants = models.PositiveIntegerField("участников", null=True)
    absent = models.PositiveIntegerField("отсутствовали", null=True)
    mean = models.FloatField("средний первичный балл", null=True)
    sd = models.FloatField("стандартное отклонение", null=True)
    mean_low = models.FloatField(null=True)
    mean_high = models.FloatField(null=True)
    mean_percent = models.FloatField("средний процент от максимума", null=True)
    mean_mark = models.FloatField("средняя отметка", null=True)
    mark_2 = models.PositiveIntegerField("отметок «2»", null=True)
    mark_3 = models.PositiveIntegerField("отметок «3»", null=True)
    mark_4 = models.PositiveIntegerField("отметок «4»", null=True)
    mark_5 = models.PositiveIntegerField("отметок «5»", null=True)
    lowered = models.PositiveIntegerField("ниже отметки по журналу", null=True)
    confirmed = models.PositiveIntegerField("равна отметке по журналу", null=True)
    raised = models.PositiveIntegerField("выше отметки по журналу", null=True)
    not_computed = models.JSONField("что не посчитано и почему", default=dict)
    tally = models.JSONField(default=dict)
    inputs = models.CharField(max_length=64)

    class Meta:
        verbose_name = "значение"
        verbose_name_plural = "значения"
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "score", "organisation", "class_name", "whole"], name="one_value_a_place"
            )
        ]
        indexes = [models.Index(fields=["organisation", "score", "whole"], name="values_of_an_organisation")]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.organisation_id} {self.class_name} {self.score}"

    @property
    def marks(self) -> dict[int, int] | None:
        """Mark → participants, or None where there are no marks."""
        counts = {2: self.mark_2, 3: self.mark_3, 4: self.mark_4, 5: self.mark_5}
        known = {mark: n for mark, n in counts.items() if n is not None}
        return known if len(known) == len(counts) else None

    @property
    def passed(self) -> Share | None:
        """Успеваемость: marks 3, 4, 5."""
        return self._share_of(3, 4, 5)

    @property
    def good(self) -> Share | None:
        """Качество: marks 4, 5."""
        return self._share_of(4, 5)

    def _share_of(self, *marks: int) -> Share | None:
        counted = self.marks
        return Share(sum(counted[mark] for mark in marks), sum(counted.values())) if counted else None


class EnteredScale(models.Model):
    """A scale that a person entered on the screen, with its source; it goes before the definitions."""

    procedure = models.ForeignKey("collection.Procedure", on_delete=models.CASCADE, related_name="entered_scales")
    bounds = models.JSONField("верхние границы отметок 2, 3, 4, 5")
    source = models.CharField("источник", max_length=400)
    status = models.CharField("статус", max_length=12, default="official")
    entered_at = models.DateTimeField("введена", auto_now_add=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "введённая шкала"
        verbose_name_plural = "введённые шкалы"
        ordering = ["-entered_at"]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.bounds}"
