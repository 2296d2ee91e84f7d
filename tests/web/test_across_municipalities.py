"""Three municipalities in one installation: what one may see and do of another, by real requests."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from msoko.web.collection.models import Batch, Procedure
from msoko.web.collection.services import Refusal, accept, read_received
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people import services
from msoko.web.people.models import Organisation, Role, User
from msoko.web.people.services import NewSchool
from tests.web.collection.conftest import home
from tests.web.collection.orders import taken
from tests.web.collection.protocols import NAME, Pupil, many, protocol

__all__ = ["home"]
pytestmark = pytest.mark.django_db

PLACES = {"Аистовский район": ("sch990001", "sch990002"), "Бобровский район": ("sch990003",),
          "Вязовский район": ("sch990004",)}  # fmt: skip


@dataclass(frozen=True)
class Land:
    """One region, municipalities А, Б and В, their schools by login."""

    region: Organisation
    a: Organisation
    b: Organisation
    school: dict[str, Organisation]

    def person(self, role: str, place: Organisation, email: str = "") -> User:
        user = User.objects.create_user(email or f"{role}-{place.pk}@people.example", None, full_name=f"{role}")
        services.give_role(user, role, place, None)
        return user


@pytest.fixture
def land(db: None) -> Land:
    region = services.ensure_territory("region", "Приозёрная область")
    grown = [services.ensure_territory("municipality", name, region) for name in PLACES]
    claims = [NewSchool(login, f"Школа {login}", "", name) for name, logins in PLACES.items() for login in logins]
    return Land(region, grown[0], grown[1], services.create_schools(claims))


Enter = Callable[[User], Client]


@pytest.fixture
def enter() -> Enter:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def handed_in(client: Client, content: bytes, name: str = NAME) -> Batch:
    """Uploaded by the form and read: the preview."""
    client.post(reverse("collection:upload"), {"files": SimpleUploadedFile(name, content)})
    (batch,) = read_received(Batch.objects.get(state=Batch.State.RECEIVED))
    return batch


def everybody() -> bytes:
    return protocol([one for logins in PLACES.values() for login in logins for one in many(login, 3)])


def computed(content: bytes, name: str = NAME) -> Procedure:
    procedure = taken(content, name).procedure
    assert procedure is not None
    recompute_stale()
    return procedure


def test_an_invitation_of_another_municipality_never_shows_the_link_to_the_account(land: Land, enter: Enter) -> None:
    """Whoever has the link sets the password: Б's invited head would become a person of А."""
    head = land.person(Role.DEPARTMENT, land.b, "head@people.example")
    client = enter(land.person(Role.DEPARTMENT, land.a))
    said = {"email": head.email, "full_name": "Любое имя", "role": Role.CURATOR, "organisation": land.a.pk}
    answer = client.post(reverse("people:accounts"), said, follow=True)
    assert answer.status_code == 200
    assert way_to_the_password(head) not in answer.content.decode()
    assert "welcome_link" not in client.session


def way_to_the_password(user: User) -> str:
    """The link without its secret, which is another one every second."""
    return services.welcome_address(user).rstrip("/").rpartition("/")[0] + "/"


def test_a_new_person_of_ones_own_municipality_gets_the_link(land: Land, enter: Enter) -> None:
    client = enter(land.person(Role.DEPARTMENT, land.a))
    said = {"email": "new@people.example", "full_name": "Новый", "role": Role.CURATOR, "organisation": land.a.pk}
    answer = client.post(reverse("people:accounts"), said, follow=True)
    assert way_to_the_password(User.objects.get(email="new@people.example")) in answer.content.decode()


def test_a_file_is_not_matched_to_a_school_of_another_municipality(land: Land, enter: Enter) -> None:
    client = enter(land.person(Role.DEPARTMENT, land.a))
    foreign = land.school["sch990003"]
    rows = [Pupil("edu990003", school=foreign.name, municipality="Бобровский район", code=50000 + i) for i in range(3)]
    batch = handed_in(client, protocol(rows))
    assert client.get(reverse("collection:batch", args=[batch.pk])).context["page"].doubtful == []
    client.post(reverse("collection:accept", args=[batch.pk]), {"match-edu990003": foreign.pk})
    assert set(foreign.keys.values_list("key", flat=True)) == {"sch990003"}


def test_accepting_refuses_a_match_outside_the_territory(land: Land, enter: Enter) -> None:
    department = land.person(Role.DEPARTMENT, land.a)
    batch = handed_in(enter(department), protocol([Pupil("edu990003")]))
    with pytest.raises(Refusal, match="других территорий"):
        accept(batch, department, {"edu990003": land.school["sch990003"].pk}, True, land.a)


def test_the_same_file_handed_in_by_two_municipalities_is_seen_by_each(land: Land, enter: Enter) -> None:
    content = protocol(many("sch990009", 3))
    first = enter(land.person(Role.DEPARTMENT, land.a))
    second = enter(land.person(Role.DEPARTMENT, land.b))
    of_first, of_second = handed_in(first, content), handed_in(second, content, "Математика 5 класс ВПР 2022 (1).xlsx")
    answers = {
        (who, batch.pk): client.get(reverse("collection:batch", args=[batch.pk])).status_code
        for who, client in (("a", first), ("b", second))
        for batch in (of_first, of_second)
    }
    assert answers == {
        ("a", of_first.pk): 200, ("a", of_second.pk): 404, ("b", of_first.pk): 404, ("b", of_second.pk): 200,
    }  # fmt: skip


def test_a_page_names_only_protocols_with_schools_of_its_territory(land: Land, enter: Enter) -> None:
    ours, theirs = "Математика, 5 класс, ВПР 2022, Аист.xlsx", "Математика, 5 класс, ВПР 2022, Бобр.xlsx"
    computed(protocol(many("sch990001", 3)), ours)
    procedure = computed(protocol(many("sch990003", 3)), theirs)
    page = enter(land.person(Role.DEPARTMENT, land.a)).get(reverse("monitoring:procedure", args=[procedure.pk]))
    assert ours in page.content.decode()
    assert theirs not in page.content.decode()


def test_a_department_does_not_change_the_marks_of_another_municipality(land: Land, enter: Enter) -> None:
    procedure = computed(everybody())
    client = enter(land.person(Role.DEPARTMENT, land.a))
    scale = {"two": 1, "three": 2, "four": 4, "five": 6, "source": "Приказ", "status": "official"}
    answer = client.post(reverse("monitoring:scale", args=[procedure.pk]), scale)
    assert answer.status_code == 403
    assert not procedure.entered_scales.exists()
    page = client.get(reverse("monitoring:procedure", args=[procedure.pk]))
    assert reverse("monitoring:scale", args=[procedure.pk]) not in page.content.decode()


def test_an_observer_of_a_municipality_who_also_works_at_a_school_looks_at_the_school(land: Land, enter: Enter) -> None:
    person = land.person(Role.SCHOOL, land.school["sch990001"])
    services.give_role(person, Role.PUBLIC, land.a, None)
    assert enter(person).get("/").status_code == 200


def test_what_a_school_may_open_of_its_neighbour(land: Land, enter: Enter) -> None:
    procedure = computed(everybody())
    client = enter(land.person(Role.SCHOOL, land.school["sch990001"]))
    neighbour = land.school["sch990002"]
    addresses = [
        reverse("monitoring:school", args=[neighbour.pk]),
        reverse("analysis:school", args=[neighbour.pk]),
        reverse("analysis:school", args=[neighbour.pk]) + "?format=xlsx",
        reverse("analysis:school_expected", args=[neighbour.pk]),
        reverse("monitoring:school", args=[neighbour.pk]) + "?format=xlsx",
        reverse("monitoring:school_picture", args=[neighbour.pk, "subjects"]),
        *(
            f"{reverse(f'monitoring:{name}', args=[procedure.pk, *rest])}?territory={other.pk}{query}"
            for other in (neighbour, land.a, land.b, land.region)
            for name, rest, query in (
                ("procedure", [], ""),
                ("procedure", ["classes"], ""),
                ("table", ["classes"], "&format=csv"),
                ("picture", ["scores"], ""),
                ("note", [], "&format=docx"),
                ("values_state", [], ""),
            )
        ),
        f"{reverse('collection:data')}?territory={land.a.pk}&format=csv&table=matrix",
    ]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)


def test_no_page_or_export_of_a_school_names_another_school(land: Land, enter: Enter) -> None:
    procedure = computed(everybody())
    client = enter(land.person(Role.SCHOOL, land.school["sch990001"]))
    others = [school.name for login, school in land.school.items() if login != "sch990001"]
    pages = [
        "/", reverse("collection:data"), reverse("people:organisations"), reverse("monitoring:results"),
        f"{reverse('people:organisations')}?format=csv",
        f"{reverse('collection:data')}?format=csv&table=matrix",
        *(reverse("monitoring:procedure", args=[procedure.pk, tab]) for tab in ("scores", "journal", "classes")),
        *(reverse("monitoring:table", args=[procedure.pk, name]) for name in ("schools", "classes", "municipalities")),
    ]  # fmt: skip
    for address in pages:
        answer = client.get(f"{address}?format=csv" if "/table/" in address else address)
        assert answer.status_code == 200, address
        assert [name for name in others if name in answer.content.decode()] == [], address


def test_a_department_neither_sees_nor_withdraws_what_another_handed_in(land: Land, enter: Enter) -> None:
    stranger = enter(land.person(Role.DEPARTMENT, land.a))
    department = land.person(Role.DEPARTMENT, land.b)
    batch = handed_in(enter(department), protocol(many("sch990003", 3)))
    accept(batch, department, within=land.b)
    assert stranger.get(reverse("collection:batch", args=[batch.pk])).status_code == 404
    assert stranger.get(reverse("collection:progress", args=[batch.pk])).status_code == 404
    for order in ("accept", "discard", "withdraw", "rename"):
        answer = stranger.post(reverse(f"collection:{order}", args=[batch.pk]), {"reason": "проба"})
        assert answer.status_code == 404, order
    batch.refresh_from_db()
    assert batch.state == Batch.State.ACCEPTED


def test_a_school_hands_in_but_does_not_accept(land: Land, enter: Enter) -> None:
    client = enter(land.person(Role.SCHOOL, land.school["sch990001"]))
    batch = handed_in(client, protocol(many("sch990001", 3)))
    assert client.post(reverse("collection:accept", args=[batch.pk])).status_code == 403
    assert client.post(reverse("collection:withdraw", args=[batch.pk]), {"reason": "проба"}).status_code == 403
    batch.refresh_from_db()
    assert batch.state == Batch.State.PREVIEW


def test_a_department_does_not_accept_rows_of_another_municipality(land: Land, enter: Enter) -> None:
    client = enter(land.person(Role.DEPARTMENT, land.a))
    batch = handed_in(client, everybody())
    client.post(reverse("collection:accept", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == Batch.State.PREVIEW


def test_a_region_only_reads(land: Land, enter: Enter) -> None:
    procedure = computed(everybody())
    client = enter(land.person(Role.REGION, land.region))
    batch, school = Batch.objects.get(), land.school["sch990001"]
    orders = [
        reverse("collection:upload"),
        *(reverse(f"collection:{name}", args=[batch.pk]) for name in ("accept", "discard", "withdraw", "rename")),
        reverse("monitoring:scale", args=[procedure.pk]),
        reverse("people:organisation_edit", args=[school.pk]),
        reverse("people:organisation_merge", args=[school.pk]),
        *(reverse(f"people:{name}") for name in ("place", "register", "accounts", "audit")),
    ]
    assert {one: client.post(one).status_code for one in orders} == dict.fromkeys(orders, 403)
    page = reverse("monitoring:procedure", args=[procedure.pk])
    assert client.get(f"{page}?territory={land.b.pk}").status_code == 200


def test_a_forged_post_is_refused(land: Land) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(land.person(Role.DEPARTMENT, land.a), "django.contrib.auth.backends.ModelBackend")
    batch = taken(protocol(many("sch990001", 1)))
    for name in ("accept", "discard", "withdraw", "rename"):
        assert client.post(reverse(f"collection:{name}", args=[batch.pk])).status_code == 403
    assert client.post(reverse("collection:upload")).status_code == 403


def test_signing_in_leads_to_no_foreign_address() -> None:
    User.objects.create_user("one@people.example", "длинный-пароль-7")
    said = {"username": "one@people.example", "password": "длинный-пароль-7"}
    answer = Client().post(f"{reverse('people:login')}?next=https://evil.example/", said | {"next": "//evil.example"})
    assert answer.headers["Location"] == "/"
