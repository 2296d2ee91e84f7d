"""What a person does on the pages of a signed document, and what is read there."""

import html
import re

from django.test import Client
from django.urls import reverse

from msoko.web.roadmap.models import RoadmapImport
from msoko.web.roadmap.services import importing_rows
from msoko.web.roadmap.services.seen import fingerprint_of

NBSP = "\u00a0"


def address(name: str, *keys: int, query: str = "") -> str:
    return reverse(f"roadmap:import_{name}", args=keys) + query


def words(answer) -> str:
    """What a reader of the main part sees."""
    main = answer.content.decode().partition("<main")[2] or answer.content.decode()
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))).replace(NBSP, " ")


def seen(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200, where
    return words(answer)


def press(client: Client, document: RoadmapImport, **said: object) -> str:
    answer = client.post(address("rows", document.pk), said, follow=True)
    assert answer.status_code == 200
    return words(answer)


def typed(row, **changes: str) -> dict[str, str]:
    said = {name: getattr(row, name) for name in importing_rows.FIELDS}
    return {**said, "seen": fingerprint_of(importing_rows.said_of(row)), **changes}
