"""What pages of findings share: addresses, the year to choose, the notice that what is shown is being counted anew."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from msoko.core.vocabulary.russian import nbsp
from msoko.web.look.addresses import address_with


def finding_address(pk: int) -> str:
    """A page lists hundreds of them, and Django takes a quarter of a millisecond to make each anew."""
    return f"{_before_the_key()}{pk}/"


@cache
def _before_the_key() -> str:
    return reverse("analysis:finding", args=[0]).removesuffix("0/")


def years_to_choose(known: list[int], shown: int | None) -> list[dict[str, Any]]:
    return [{"value": year, "title": f"{year} год", "current": year == shown} for year in known]


def no_protocols(year: int | None) -> str:
    """The heading of a page of a year of which nothing was handed in."""
    return nbsp(f"За {year} год протоколов нет")


def behind(request: HttpRequest, year: int | None) -> dict[str, str]:
    """The address carries on what the page looks at; the year it shows by itself is named in it."""
    text = "Данные или параметры изменились, выводы считаются заново: на странице прежние."
    return {"text": text, "url": address_with(request, {"year": year}, reverse("analysis:findings_state"))}
