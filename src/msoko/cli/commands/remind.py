"""Отправить письма дня сейчас, не дожидаясь утреннего часа. Второго письма за день не получит никто."""

import argparse

from msoko.cli.database import ready
from msoko.cli.outcome import Outcome, Refused

NAME = "remind"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    ready()
    from django.conf import settings
    from django.utils import timezone

    from msoko.core.vocabulary.russian import counted
    from msoko.web.roadmap.models import Digest
    from msoko.web.roadmap.services.digests import send_all

    today = timezone.localdate()
    states = send_all(timezone.now())
    failures = [
        {"to": one.user.email, "reason": one.failure}
        for one in Digest.objects.filter(day=today, state=Digest.State.FAILED).select_related("user").order_by("pk")
    ]
    sent = counted(states["sent"], "письмо", "письма", "писем")
    data: dict[str, object] = {"day": today.isoformat(), "letters": states, "failures": failures}
    text = f"Сегодня отправлено {sent}; напоминать не о чем — {states['nothing']}."
    if settings.EMAIL_KIND == "file" and states["sent"]:
        text += f" Письма — в папке {settings.EMAIL_FILE_PATH}."
    if failures:
        raise Refused(*(f"{one['to']}: {one['reason']}" for one in failures), data=data, text=text)
    return Outcome(data, text)
