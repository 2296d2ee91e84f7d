"""`msoko createadmin`: the first person of a fresh home, and the way back for one who forgot the password."""

import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from msoko.cli import main

pytestmark = pytest.mark.django_db
PASSWORD = "длинный-пароль-7"


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main(["createadmin", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def may_sign_in(email: str, password: str) -> bool:
    client = Client()
    client.post(reverse("people:login"), {"username": email, "password": password})
    return "_auth_user_id" in client.session


def test_the_printed_link_sets_the_password_once(capsys):
    link = answer(capsys, "First@People.example", "--address", "https://msoko.example/")["link"]
    assert link.startswith("https://msoko.example/welcome/")
    client, path = Client(), link.removeprefix("https://msoko.example")
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert may_sign_in("first@people.example", PASSWORD)
    assert "больше не" in Client().get(path, follow=True).content.decode()


def test_a_password_from_standard_input_needs_no_link(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert answer(capsys, "first@people.example", "--password-stdin") == {"email": "first@people.example", "link": None}
    assert may_sign_in("first@people.example", PASSWORD)


@pytest.mark.parametrize(("email", "password"), [("first@people.example", "123"), ("не почта", PASSWORD)])
def test_a_refused_call_leaves_no_account(capsys, monkeypatch, email, password):
    from msoko.web.people.models import User

    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    assert main(["createadmin", email, "--password-stdin"]) == 1
    assert capsys.readouterr().err.strip()
    assert not User.objects.exists()


def test_an_administrator_sees_everything_and_calling_twice_makes_one_person(capsys):
    from msoko.web.people.models import Membership, User

    answer(capsys, "first@people.example")
    answer(capsys, "FIRST@people.example")
    assert [(one.user.email, one.role) for one in Membership.objects.all()] == [("first@people.example", "admin")]
    client = Client()
    client.force_login(User.objects.get())
    assert client.get("/design/").status_code == 200


def test_a_closed_administrator_comes_back_and_the_old_password_stays(capsys):
    from msoko.web.people.models import User

    user = User.objects.create_user("first@people.example", PASSWORD, is_active=False)
    answer(capsys, user.email)
    assert may_sign_in(user.email, PASSWORD)


def test_the_sign_in_page_of_a_fresh_home_names_the_command_and_then_never_again(capsys):
    page = Client().get(reverse("people:login")).content.decode()
    assert "createadmin" in page
    answer(capsys, "first@people.example")
    assert "createadmin" not in Client().get(reverse("people:login")).content.decode()
