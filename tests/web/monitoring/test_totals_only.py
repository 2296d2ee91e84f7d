"""Protocols that print totals and no scores of tasks: the total is the score, and nobody is lost."""

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.collection.services import accept
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people.models import User
from tests.core.collection.readers.books import xlsx
from tests.web.collection.orders import read_in, school, values

pytestmark = pytest.mark.django_db
PLACE = "oo:990101"
OGE: list[list[object]] = [
    ["Протокол проверки результатов"],
    ["20 - Приозёрная область"],
    ["02 - Математика 2025.05.30"],
    ["№", "Код ППЭ", "Код ОО", "Класс", "Вариант", "Код участника", "Первичный балл", "Оценка"],
    *([number, 1, 990101, "9А", 401, f"10000000{number}", 10 + number, 4] for number in range(10, 22)),
]


def test_a_protocol_without_tasks_counts_its_participants_on_either_score() -> None:
    (batch,) = read_in(xlsx(OGE), "ОГЭ.xlsx")
    accept(batch, None, create_missing=True)
    for score in ("items", "printed"):
        assert values(score)[PLACE, "", True] == (12, 0, 25.5, "pupils"), score


def test_its_pages_say_which_score_it_is() -> None:
    (batch,) = read_in(xlsx(OGE), "ОГЭ.xlsx")
    procedure = accept(batch, None, create_missing=True).procedure
    assert procedure is not None
    recompute_stale()
    client = Client()
    user = User.objects.create_user("admin@people.example", None, is_superuser=True)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    where = {"territory": school(PLACE).pk}
    page = client.get(reverse("monitoring:procedure", args=[procedure.pk]), where).content.decode()
    assert "12\xa0участников" in page
    assert "Баллы: итог, напечатанный в протоколе." in page
    assert "12" in client.get(reverse("monitoring:results"), where).content.decode().split("<tbody")[1]
