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


class Digest(models.Model):
    """One letter a person a day at most: the row is made before the letter is sent, so that nobody gets it twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField("день")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "письмо с напоминанием"
        verbose_name_plural = "письма с напоминаниями"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
