"""How people are reminded: a calendar by a secret link, a digest by e-mail once a day."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarLink(models.Model):
    """A secret address of a person's due dates. Only the hash of the secret is kept; revoking closes it for ever."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_links")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "ссылка на календарь"
        verbose_name_plural = "ссылки на календарь"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="one_calendar_link_in_force")
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class Reminding(models.Model):
    """What a person has chosen: no row means letters are sent."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminding")
    by_letter = models.BooleanField("присылать письма", default=True)

    class Meta:
        verbose_name = "выбор напоминаний"
        verbose_name_plural = "выбор напоминаний"

    def __str__(self) -> str:
        return f"{self.user_id} {self.by_letter}"


class Digest(models.Model):
    """One letter a person a day at most: the row is claimed before the letter is sent, so that nobody gets it twice."""

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт"
        SENDING = "sending", "отправляется"
        SENT = "sent", "отправлено"
        NOTHING = "nothing", "напоминать не о чем"
        FAILED = "failed", "не отправлено"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField("день")
    state = models.CharField("состояние", max_length=7, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    claimed_at = models.DateTimeField(null=True)
    failure = models.CharField("почему не отправлено", max_length=300, blank=True)

    class Meta:
        verbose_name = "письмо с напоминанием"
        verbose_name_plural = "письма с напоминаниями"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]
        indexes: ClassVar = [models.Index(fields=["day", "state"], name="digests_of_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
