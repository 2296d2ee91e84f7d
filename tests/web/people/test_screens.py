"""What people do on the screens of this room, through the browser's requests."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.web.people import services
from msoko.web.people.models import AuditEntry, Organisation, User
from msoko.web.people.services import NewSchool
from tests.web.people.district import PASSWORD, District

pytestmark = pytest.mark.django_db

As = Callable[[str], Client]


@pytest.fixture
def signed_in(people: dict[str, User]) -> As:
    def client_of(role: str) -> Client:
        client = Client()
        client.force_login(people[role], "django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


def shown(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def test_signing_in_by_e_mail_in_any_case_of_letters(people: dict[str, User]) -> None:
    client = Client()
    said = {"username": "Department@PEOPLE.example", "password": PASSWORD}
    answer = client.post(reverse("people:login"), said)
    assert answer.status_code == 302
    assert client.get(reverse("people:organisations")).status_code == 200
    assert client.post(reverse("people:logout")).status_code == 302
    assert client.get(reverse("people:organisations")).status_code == 302


def test_seven_wrong_passwords_close_the_door_for_a_while(people: dict[str, User]) -> None:
    client = Client()
    wrong = {"username": "department@people.example", "password": "не тот"}
    answers = [client.post(reverse("people:login"), wrong).status_code for _ in range(7)]
    assert answers[0] == 200
    right = client.post(reverse("people:login"), {**wrong, "password": PASSWORD})
    assert right.status_code == 429
    assert "приостановлен" in right.content.decode()


def test_a_list_shows_own_schools_only(signed_in: As, district: District) -> None:
    page = shown(signed_in("department"), reverse("people:organisations"))
    assert "Ёлкинская СОШ" in page
    assert "СОШ № 3" not in page
    assert "СОШ № 3" in shown(signed_in("region"), reverse("people:organisations"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=елкин", {"МБОУ «Ёлкинская СОШ»"}),
        ("q=SCH990001", {"МБОУ «СОШ № 1»"}),
        ("area=urban", {"МБОУ «СОШ № 1»"}),
        ("school_type=lyceum&status=open", {"МБОУ «Ёлкинская СОШ»"}),
        ("status=closed", {"МБОУ «СОШ № 3»"}),
        ("municipality=none", {"sch990099"}),
        ("q=%25", set()),
    ],
)
def test_filters_find_schools(signed_in: As, district: District, query: str, expected: set[str]) -> None:
    services.describe(district.first, area="urban")
    services.describe(district.second, school_type="lyceum")
    services.close(district.foreign)
    services.create_schools([NewSchool("sch990099")])
    page = signed_in("admin").get(f"{reverse('people:organisations')}?{query}")
    assert {str(row.cells["name"]) for row in page.context["table"].lines} == expected


def test_the_list_takes_as_many_queries_for_many_schools_as_for_few(
    signed_in: As, district: District, django_assert_max_num_queries: Callable
) -> None:
    services.create_schools([NewSchool(f"k{i}", f"Школа {i}", municipality="Приречный район") for i in range(300)])
    client = signed_in("department")
    with django_assert_max_num_queries(15):
        client.get(reverse("people:organisations"))


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_list_is_taken_away_as_a_file(signed_in: As, district: District, form: str) -> None:
    answer = signed_in("department").get(f"{reverse('people:organisations')}?format={form}")
    assert f".{form}" in answer.headers["Content-Disposition"]
    assert answer.content


def test_a_department_corrects_a_school(signed_in: As, district: District) -> None:
    address = reverse("people:organisation_edit", args=[district.first.pk])
    client = signed_in("department")
    assert "МБОУ «СОШ № 1»" in shown(client, address)
    said = {"name": "Лицей № 1", "full_name": "", "school_type": "lyceum", "area": "urban", "status": "closed"}
    assert client.post(address, {**said, "logins": "EDU990001; oo:990101"}).status_code == 302
    district.first.refresh_from_db()
    assert (district.first.name, district.first.school_type, district.first.status) == ("Лицей № 1", "lyceum", "closed")
    assert district.first.logins == ["edu990001", "oo:990101", "sch990001"]
    assert {"organisation_renamed", "school_closed"} <= set(AuditEntry.objects.values_list("action", flat=True))


def test_a_login_of_another_school_changes_nothing(signed_in: As, district: District) -> None:
    address = reverse("people:organisation_edit", args=[district.first.pk])
    said = {"name": "Другое", "school_type": "", "area": "", "status": "open", "logins": "sch990002"}
    answer = signed_in("department").post(address, said)
    assert "принадлежит другой школе" in answer.content.decode()
    district.first.refresh_from_db()
    assert district.first.name == "МБОУ «СОШ № 1»"


def test_two_records_of_a_school_are_merged(signed_in: As, district: District) -> None:
    address = reverse("people:organisation_merge", args=[district.first.pk])
    client = signed_in("department")
    assert "Ёлкинская" in shown(client, address)
    foreign = client.post(address, {"into": district.foreign.pk, "reason": "чужая"})
    assert foreign.status_code == 200
    assert client.post(address, {"into": district.second.pk, "reason": "двойник"}).status_code == 302
    district.first.refresh_from_db()
    assert district.first.merged_into == district.second
    assert client.get(address).status_code == 404


def test_an_administrator_places_many_schools_at_once(signed_in: As, district: District) -> None:
    claims = [NewSchool(f"sch99010{i}", f"Школа {i}", municipality="Новый район") for i in range(3)]
    made = services.create_schools(claims)
    client = signed_in("admin")
    page = shown(client, reverse("people:place"))
    assert "В протоколе сказано: Новый район" in page
    chosen = {"school": [one.pk for one in made.values()], "municipality": "new"}
    client.post(reverse("people:place"), chosen)
    founded = Organisation.objects.get(name="Новый район")
    assert founded.region == district.region
    assert Organisation.objects.schools().within(founded).count() == 3


def test_a_department_among_others_does_not_learn_of_schools_without_a_place(signed_in: As, district: District) -> None:
    made = services.create_schools([NewSchool("sch990100", "Ничья школа")])["sch990100"]
    client = signed_in("department")
    assert "Ничья школа" not in shown(client, reverse("people:place"))
    client.post(reverse("people:place"), {"school": made.pk, "municipality": district.home.pk})
    made.refresh_from_db()
    assert made.municipality != district.home


def test_the_only_department_places_them(db: None) -> None:
    region = services.ensure_territory("region", "Приозёрная область")
    home = services.ensure_territory("municipality", "Приречный район", region)
    made = services.create_schools([NewSchool("sch990100", "Ничья школа")])["sch990100"]
    client = Client()
    head = services.invite("head@people.example", "Начальник", "department", home, None)
    client.force_login(head, "django.contrib.auth.backends.ModelBackend")
    assert "Ничья школа" in shown(client, reverse("people:place"))
    client.post(reverse("people:place"), {"school": made.pk, "municipality": home.pk})
    made.refresh_from_db()
    assert made.municipality == home


ROWS = (
    ("Новая школа", "", "школа", "средняя", "Приречный район", "Приозёрная область",
     "", "сельская", "действует", "sch990500; edu990500"),
    ("Чужая школа", "", "школа", "", "город Заречный", "Приозёрная область", "", "", "", "sch990600"),
)  # fmt: skip


def register_file(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Организации")
    titles = ("Краткое название", "Полное название", "Вид", "Тип школы", "Муниципалитет", "Регион",
              "Вышестоящая организация", "Местность", "Статус", "Логины")  # fmt: skip
    sheet.write_row(0, 0, titles)
    for number, row in enumerate(rows or ROWS, 1):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("реестр.xlsx", out.getvalue())


def test_a_register_is_shown_before_it_is_taken(signed_in: As, district: District) -> None:
    client, address = signed_in("department"), reverse("people:register")
    assert "Приречный район" in shown(client, address)
    preview = client.post(address, {"file": register_file()}).content.decode()
    assert "Новая школа" in preview
    assert "вне территории" in preview
    assert not Organisation.objects.filter(name="Новая школа").exists()
    client.post(address, {"take": "1"})
    made = Organisation.objects.get(keys__key="edu990500")
    assert (made.municipality, made.area) == (district.home, "rural")
    assert not Organisation.objects.filter(name="Чужая школа").exists()


def test_what_could_not_be_read_in_a_register_is_told_before_it_is_taken(signed_in: As, district: District) -> None:
    file = register_file(
        ("СОШ № 7", "", "шкала", "", "Приречный район", "", "", "", "", "sch990700"),
        ("", "", "школа", "", "Приречный район", "", "", "", "", "sch990800"),
        ("СОШ № 9", "", "школа", "", "Приречный район", "", "", "деревня", "", "sch990900"),
    )
    answer = signed_in("admin").post(reverse("people:register"), {"file": file})
    said = " ".join(answer.content.decode().replace("&nbsp;", " ").replace("\u00a0", " ").split())
    assert "строка 2, столбец «Вид»: «шкала»" in said
    assert "строка 3, столбец «Краткое название»" in said
    assert "строка 4, столбец «Местность»: «деревня»" in said
    assert "строка пропущена" in said
    assert answer.context["report"].created == 1


def test_territories_that_a_register_of_schools_makes_are_told(signed_in: As, district: District) -> None:
    file = register_file(("СОШ № 7", "", "школа", "", "Ольховый район", "", "", "", "", "sch990700"))
    client, address = signed_in("admin"), reverse("people:register")
    preview = client.post(address, {"file": file}).content.decode()
    assert "Ольховый район" in preview
    assert "Новых территорий" in preview
    assert "новых территорий — 1" in client.post(address, {"take": "1"}, follow=True).content.decode()


def test_a_region_s_own_list_with_logins_is_a_register_too(signed_in: As, district: District, real_files: Path) -> None:
    file = SimpleUploadedFile("schools.csv", (real_files / "vpr" / "schools.csv").read_bytes())
    client, address = signed_in("admin"), reverse("people:register")
    report = client.post(address, {"file": file}).context["report"]
    assert (report.created, report.conflicts) == (692, [])
    client.post(address, {"take": "1"})
    assert Organisation.objects.filter(keys__key="edu224361").get().name == "МБОУ «СОШ №107»"


def test_a_file_that_is_no_register_is_refused_in_words(signed_in: As, district: District) -> None:
    file = SimpleUploadedFile("список.csv", "Это;не\nреестр;вовсе\n".encode())
    answer = signed_in("admin").post(reverse("people:register"), {"file": file})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_taking_without_a_file_changes_nothing(signed_in: As, district: District) -> None:
    before = Organisation.objects.count()
    answer = signed_in("admin").post(reverse("people:register"), {"take": "1"}, follow=True)
    assert "Ничего не изменилось" in answer.content.decode()
    assert Organisation.objects.count() == before


def invitation(organisation: Organisation, role: str = "school") -> dict[str, object]:
    return {"email": "New@people.example", "full_name": "Новый Директор", "role": role, "organisation": organisation.pk}


def test_an_invited_person_sets_a_password_by_a_link_that_works_once(signed_in: As, district: District) -> None:
    page = signed_in("department").post(reverse("people:accounts"), invitation(district.second), follow=True)
    link = page.context["link"]
    assert link in page.content.decode()
    newcomer = Client()
    form = newcomer.get(link, follow=True)
    password = {"new_password1": "совсем новый пароль", "new_password2": "совсем новый пароль"}
    assert newcomer.post(form.request["PATH_INFO"], password).status_code == 302
    assert newcomer.login(request=form.wsgi_request, username="new@people.example", password="совсем новый пароль")
    assert "больше не" in Client().get(link, follow=True).content.decode()


def test_a_department_invites_nobody_to_another_territory(signed_in: As, district: District) -> None:
    client = signed_in("department")
    for organisation, role in [(district.foreign, "school"), (district.home, "admin"), (district.home, "school")]:
        client.post(reverse("people:accounts"), invitation(organisation, role))
    assert not User.objects.filter(email="new@people.example").exists()


def test_roles_are_ended_and_accounts_closed(signed_in: As, district: District, people: dict[str, User]) -> None:
    director = people["school"]
    address, client = reverse("people:account_edit", args=[director.pk]), signed_in("department")
    assert "МБОУ «СОШ № 1»" in shown(client, address)
    client.post(address, {"do": "give", "role": "school", "organisation": district.second.pk})
    assert director.memberships.count() == 2
    client.post(address, {"do": "deactivate"})
    director.refresh_from_db()
    assert not director.is_active
    client.post(address, {"do": "reactivate"})
    client.post(address, {"do": "end", "membership": director.memberships.first().pk})
    assert director.memberships.count() == 1


@pytest.mark.parametrize("do", ["deactivate", "link", "anything"])
def test_a_department_does_not_touch_a_person_with_a_role_elsewhere(
    signed_in: As, district: District, people: dict[str, User], do: str
) -> None:
    services.give_role(people["school"], "school", district.foreign, None)
    address = reverse("people:account_edit", args=[people["school"].pk])
    assert signed_in("department").post(address, {"do": do}).status_code == 403
    assert signed_in("department").get(reverse("people:account_edit", args=[people["admin"].pk])).status_code == 404


def test_nobody_closes_their_own_account(signed_in: As, people: dict[str, User]) -> None:
    admin = people["admin"]
    signed_in("admin").post(reverse("people:account_edit", args=[admin.pk]), {"do": "deactivate"})
    admin.refresh_from_db()
    assert admin.is_active


def test_the_audit_is_read_in_words(signed_in: As, district: District) -> None:
    services.rename(district.first, "Лицей")
    services.rename(district.foreign, "Чужой лицей")
    page = shown(signed_in("department"), reverse("people:audit"))
    assert "Организация переименована" in page
    assert "стало: Лицей" in page
    assert "Чужой лицей" not in page
    assert "Чужой лицей" in shown(signed_in("admin"), reverse("people:audit"))


def test_a_password_is_changed_by_its_owner(signed_in: As, people: dict[str, User]) -> None:
    new = "новый длинный пароль"
    said = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    answer = signed_in("school").post(reverse("people:password"), said, follow=True)
    assert "Пароль изменён" in answer.content.decode()
    people["school"].refresh_from_db()
    assert people["school"].check_password(new)
