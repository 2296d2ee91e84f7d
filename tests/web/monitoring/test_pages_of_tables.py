"""Pages and documents of those who are known by tables only: what a table does not tell is never a zero."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.monitoring.services import recompute_stale
from msoko.web.people.models import Organisation, User
from tests.core.collection.readers.books import xlsx
from tests.web.collection.orders import taken
from tests.web.collection.protocols import LOGIN, OTHER, Pupil, many, protocol
from tests.web.collection.registers import line, register

pytestmark = pytest.mark.django_db
REGION, DISTRICT, SCHOOL = "Приозёрная область", "Приречный район", "МБОУ «СОШ № 1»"
WORK = ["ВПР 2022. 5 класс. Математика"]
OUTCOMES: list[list[object]] = [
    WORK,
    ["Достижение планируемых результатов"],
    ["Блоки ПООП: выпускник научится или получит возможность научиться", "Макс балл", REGION, DISTRICT],
    ["1. Развитие представлений о числе", 1, "70,5", "71,25"],
    ["2. Решать задачи в три действия", 2, "40,5", "41,25"],
]
MARKS: list[list[object]] = [
    [*WORK, "Статистика по отметкам"],
    ["Группы участников", "Кол-во участников", 2, 3, 4, 5],
    [REGION, 1000, 50, 0, 50, 0],
    [DISTRICT, 30, 50, 0, 50, 0],
    [f"{SCHOOL} ({LOGIN})", 10, 50, 0, 50, 0],
]
JOURNAL: list[list[object]] = [
    ["ВПР 2022. 5 класс. Математика. Сравнение отметок с отметками по журналу"],
    ["Группы участников", "Кол-во участников", "%"],
    [REGION, None, None],
    ["Понизили (Отметка < Отметка по журналу) %", 100, 10],
    ["Подтвердили (Отметка = Отметке по журналу) %", 800, 80],
    ["Повысили (Отметка > Отметка по журналу) %", 100, 10],
    ["Всего", 1000, 100],
]
TABS = ("municipalities", "schools", "scores", "journal", "items", "years")


@pytest.fixture
def admin(db: None) -> Client:
    taken(register(line(SCHOOL, LOGIN), line("МКОУ «ООШ № 2»", OTHER)), "реестр.xlsx")
    client = Client()
    user = User.objects.create_user("admin@people.example", None, is_superuser=True)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def pages(client: Client, content: bytes, name: str = "таблица.xlsx") -> dict[str, str]:
    """Address → text of every page of the procedure for region, district and school; each must open."""
    procedure = taken(content, name).procedure
    assert procedure is not None
    recompute_stale()
    found = {}
    for place in Organisation.objects.filter(name__in=(REGION, DISTRICT, SCHOOL)):
        for tab in ("", *TABS):
            address = reverse("monitoring:procedure", args=[procedure.pk, tab] if tab else [procedure.pk])
            answer = client.get(address, {"territory": place.pk})
            if answer.status_code != 404:
                assert answer.status_code == 200
                found[f"{place.name} {tab}".strip()] = answer.content.decode().replace("\xa0", " ")
        note = client.get(reverse("monitoring:note", args=[procedure.pk]), {"territory": place.pk})
        assert note.status_code in (200, 404)
    return found


def test_a_table_without_a_count_shows_no_count(admin: Client) -> None:
    shown = pages(admin, xlsx(OUTCOMES))
    assert "70,5" in shown[f"{REGION} items"]
    wrong = re.compile(r"(?<!\d)0 участников|None")
    assert not [place for place, text in shown.items() if wrong.search(text)]


@pytest.mark.parametrize("table", [MARKS, JOURNAL], ids=["marks", "journal"])
def test_every_page_of_a_table_opens(admin: Client, table: list[list[object]]) -> None:
    shown = pages(admin, xlsx(table))
    assert f"{REGION}" in shown
    assert not [place for place, text in shown.items() if ">None<" in text]


def test_a_school_whose_pupils_were_all_absent_has_no_mean_and_no_shares(admin: Client) -> None:
    pupils = [Pupil(LOGIN, ("X",) * 3, variant="отсутствовал"), *many(OTHER, 3)]
    shown = pages(admin, protocol(pupils), "Математика, 5 класс, ВПР 2022.xlsx")
    assert "0 участников, не писали — 1" in shown[SCHOOL].replace("&nbsp;", " ")
    assert "0 %" not in shown[SCHOOL]
    assert "0,00" not in shown[SCHOOL]


def test_every_share_of_the_first_tab_has_its_n_and_interval(admin: Client) -> None:
    shown = pages(admin, xlsx(MARKS))
    tiles = shown[SCHOOL].split('<dl class="stats">')[1].split("</dl>")[0]
    assert "5 из 10; 24–76 %" in tiles
    assert f"{REGION} — 50 % (500 из 1000; 47–53 %)" in tiles.replace("\u202f", "")


def test_the_share_below_the_journal_has_its_n_and_interval(admin: Client) -> None:
    tiles = pages(admin, xlsx(JOURNAL))[REGION].split('<dl class="stats">')[1].split("</dl>")[0]
    assert "100 из 1000; 8–12 %" in tiles.replace("\u202f", "")
