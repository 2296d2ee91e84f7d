"""What methods have said: findings with their history, figures, and the values of parameters that people set."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from msoko.core.analysis.contradictions import Severity
from msoko.core.analysis.outcome import Verdict
from msoko.web.moments import Shown, version_of


class MethodSetting(models.Model):
    """Values of a method's parameters that hold for a territory and all below it, until withdrawn."""

    method = models.CharField("методика", max_length=100)
    territory = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="method_settings")
    values = models.JSONField("значения", default=dict)
    why = models.TextField("основание")
    set_at = models.DateTimeField("когда", auto_now_add=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "настройка методики"
        verbose_name_plural = "настройки методик"
        ordering = ["-set_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "territory"], condition=Q(withdrawn_at=None), name="one_setting_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.territory_id}"


class Calculation(models.Model):
    """All methods over one region in one year: what they were computed from, and who is at it."""

    class State(models.TextChoices):
        FRESH = "fresh", "посчитаны"
        COMPUTING = "computing", "считаются"

    region = models.ForeignKey("people.Organisation", null=True, on_delete=models.CASCADE, related_name="calculations")
    year = models.PositiveSmallIntegerField("год")
    state = models.CharField(max_length=10, choices=State.choices, default=State.COMPUTING)
    inputs = models.CharField("отпечаток исходного", max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField("посчитаны", null=True)

    class Meta:
        verbose_name = "расчёт выводов"
        verbose_name_plural = "расчёты выводов"
        constraints = [
            # Two constraints, for SQLite takes two rows without a region for different ones.
            models.UniqueConstraint(fields=["region", "year"], name="one_calculation_a_year"),
            models.UniqueConstraint(fields=["year"], condition=Q(region=None), name="one_calculation_without_region"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.year}"


class MethodRun(models.Model):
    """How one method came out in a calculation; `territory` is the municipality with parameters of its own, else None.

    `procedures` and `not_computed` name organisations by id; `of_territory` are figures of the territory as a whole.
    """

    calculation = models.ForeignKey(Calculation, on_delete=models.CASCADE, related_name="runs")
    method = models.CharField("методика", max_length=100)
    version = models.CharField("версия", max_length=64)
    territory = models.ForeignKey("people.Organisation", null=True, on_delete=models.CASCADE, related_name="+")
    parameters = models.JSONField("параметры", default=dict)
    procedures = models.JSONField(default=list)
    not_computed = models.JSONField("что не посчитано и почему", default=list)
    of_territory = models.JSONField(default=dict)
    failure = models.CharField("сбой", max_length=300, blank=True)

    class Meta:
        verbose_name = "расчёт методики"
        verbose_name_plural = "расчёты методик"
        constraints = [
            models.UniqueConstraint(fields=["calculation", "method", "territory"], name="one_run_a_method"),
            models.UniqueConstraint(
                fields=["calculation", "method"], condition=Q(territory=None), name="one_common_run_a_method"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.calculation_id}"


class Said(models.Model):
    """What a method says of an organisation in a year. `about`: of which procedure or class, '' for the whole."""

    method = models.CharField("методика", max_length=100)
    year = models.PositiveSmallIntegerField("год")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="%(class)ss")
    about = models.CharField(max_length=255, blank=True)
    statistic = models.JSONField("статистика", default=dict)
    low = models.FloatField("интервал от", null=True)
    high = models.FloatField("до", null=True)
    strength = models.FloatField("сила", default=0)
    sentence = models.TextField("предложение", blank=True)
    run = models.ForeignKey(MethodRun, null=True, on_delete=models.SET_NULL, related_name="%(class)ss")

    class Meta:
        abstract = True

    @property
    def interval(self) -> tuple[float, float] | None:
        return None if self.low is None or self.high is None else (self.low, self.high)


class Figure(Said):
    """A number of an organisation that nobody has to decide about: an index, an expectation, a rank."""

    class Meta:
        verbose_name = "величина"
        verbose_name_plural = "величины"
        constraints = [
            models.UniqueConstraint(fields=["method", "year", "organisation", "about"], name="one_figure_a_place")
        ]
        indexes = [models.Index(fields=["organisation", "year"], name="figures_of_an_organisation")]

    def __str__(self) -> str:
        return f"{self.method} {self.year} {self.organisation_id} {self.about}"


class Finding(Said):
    """A finding: new until a person confirms or dismisses it with a reason.

    `digest` is of all it says and came from; the same digest is the same finding. When what it came from changes, a
    new finding takes its place (`predecessor`), and this one keeps its decision as history (`superseded_at`).
    `own_inputs` is of the school's own results alone: while they and the verdict stay, a decision is carried over.
    """

    class State(models.TextChoices):
        NEW = "new", "новый"
        CONFIRMED = "confirmed", "подтверждён"
        DISMISSED = "dismissed", "снят"

    version = models.CharField("версия методики", max_length=64)
    verdict = models.CharField("вердикт", max_length=10, choices=[(one.value, one.words) for one in Verdict])
    inputs = models.JSONField("из чего", default=list)  # [[procedure, organisation, class, hash]]
    digest = models.CharField(max_length=64)
    own_inputs = models.CharField(max_length=64)
    created_at = models.DateTimeField("появился", auto_now_add=True)
    superseded_at = models.DateTimeField("сменён", null=True)
    predecessor = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="successor")
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.NEW)
    reason = models.TextField("причина", blank=True)
    decided_at = models.DateTimeField("решено", null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    carried_over = models.BooleanField("решение перенесено", default=False)

    is_veiled = False
    """Is this a copy for a reader who may not know of which class it is? See `class_rights`; it is never stored."""

    class Meta:
        verbose_name = "вывод"
        verbose_name_plural = "выводы"
        constraints = [
            models.UniqueConstraint(
                fields=["method", "year", "organisation", "about"],
                condition=Q(superseded_at=None),
                name="one_current_finding_a_place",
            ),
            models.CheckConstraint(condition=~Q(state="dismissed") | ~Q(reason=""), name="dismissal_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["organisation", "year"], name="findings_of_an_organisation"),
            models.Index(fields=["method", "year"], name="findings_of_a_method"),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.year} {self.organisation_id} {self.about}"

    @property
    def is_current(self) -> bool:
        return self.superseded_at is None

    @property
    def version_shown(self) -> str:
        """What a person who decides is shown: the state and the moment of the decision."""
        return version_of(Shown(self.state, self.decided_at))

    @property
    def verdict_words(self) -> str:
        return Verdict(self.verdict).words


class TableCheck(models.Model):
    """All accepted tables held against each other: what they were when it was last done, and who is at it. One row."""

    class State(models.TextChoices):
        FRESH = "fresh", "проверены"
        CHECKING = "checking", "проверяются"

    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    inputs = models.CharField("отпечаток исходного", max_length=64, blank=True)
    tables = models.PositiveIntegerField("проверено таблиц", default=0)
    claimed_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField("проверены", null=True)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        verbose_name = "проверка таблиц"
        verbose_name_plural = "проверки таблиц"

    def __str__(self) -> str:
        return self.inputs[:12]


class Contradiction(models.Model):
    """What accepted tables say against themselves or each other, as the rules of core.analysis.contradictions put it.

    `places` are the cells in question, the one in doubt first: {batch, document, table, sheet, row, label, column,
    value, year}, `batch` None where it is a bound that no table states. `batches` are all batches they stand in: only
    who may see every one of them sees the contradiction. `position` is the order in which the rules answer.
    """

    rule = models.CharField("правило", max_length=60)
    severity = models.CharField("насколько твёрдо", max_length=12, choices=[(one.value, one.words) for one in Severity])
    places = models.JSONField("места", default=list)
    batches = models.ManyToManyField("collection.Batch", related_name="contradictions")
    stated = models.TextField("указано", blank=True)
    recomputed = models.TextField("пересчитано", blank=True)
    tolerance = models.CharField("допуск", max_length=100, blank=True)
    arithmetic = models.TextField("счёт", blank=True)
    sentence = models.TextField("предложение")
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = "противоречие в таблицах"
        verbose_name_plural = "противоречия в таблицах"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.sentence
