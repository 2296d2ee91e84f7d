"""Every address × every role: who may open what is written down here a second time, by hand."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from msoko.web.people import services
from msoko.web.people.models import Organisation, Role, User
from msoko.web.people.rights import RULES, MissingRule, Verdict, can, decide, scope, visible
from msoko.web.people.services import NewSchool
from msoko.web.people.sight import sight_of
from tests.web.people.district import District

pytestmark = pytest.mark.django_db

STRANGER = "stranger"
SIGNED_IN = frozenset({*Role.values, "nobody"})
SEERS = frozenset({"department", "methodist", "curator", "school", "region", "admin"})
EDITORS = frozenset({"department", "admin"})
HANDERS = EDITORS | {"methodist", "school"}
ADMINS = frozenset({"admin"})
EVERYBODY = SIGNED_IN | {STRANGER}

# Name of the address → who may open it, the organisation in it being one's own (the first school of the district).
MAY_OPEN: dict[str, frozenset[str]] = {
    "design": ADMINS,
    "people:login": EVERYBODY,
    "people:logout": SIGNED_IN,
    "people:password": SIGNED_IN,
    "people:welcome": EVERYBODY,
    "people:organisations": SEERS,
    "people:organisation_edit": EDITORS,
    "people:organisation_merge": EDITORS,
    "people:place": EDITORS,
    "people:register": EDITORS,
    "people:accounts": EDITORS,
    "people:account_edit": EDITORS,
    "people:audit": EDITORS,
    "collection:data": SEERS,
    "collection:upload": HANDERS,
    "collection:template": SIGNED_IN,
    "collection:batch": SEERS,
    "collection:progress": SEERS,
    "collection:accept": EDITORS,
    "collection:discard": HANDERS,
    "collection:withdraw": EDITORS,
    "collection:rename": HANDERS,
    "monitoring:results": SEERS,
    "monitoring:procedure": SEERS,
    "monitoring:values_state": SEERS,
    "monitoring:scale": EDITORS,
    "monitoring:table": SEERS,
    "monitoring:picture": SEERS,
    "monitoring:note": SEERS,
    "monitoring:school": SEERS,
    "monitoring:school_picture": SEERS,
    "analysis:school": SEERS,
    "analysis:school_expected": SEERS,
    "analysis:school_groups": SEERS,
    "analysis:tasks": SEERS,
    "analysis:contradictions": SEERS,
    "analysis:support": SEERS - {"school"},
    "analysis:findings_state": SEERS,
    "analysis:finding": SEERS,
    "analysis:finding_picture": SEERS,
    "analysis:objectivity": SEERS - {"school"},
    "analysis:signal": SEERS - {"school"},
    "analysis:decide": EDITORS,
    "analysis:methods": SEERS,
    "analysis:method": SEERS,
    "analysis:set_parameters": EDITORS,
    "analysis:withdraw_parameters": EDITORS,
    "roadmap:programmes": SEERS,
    "roadmap:programme_start": HANDERS,
    "roadmap:programme": SEERS,
    "roadmap:programme_tab": SEERS,
    "roadmap:programme_describe": SEERS,
    "roadmap:programme_passport_field": SEERS,
    "roadmap:programme_principles": SEERS,
    "roadmap:programme_swot_add": SEERS,
    "roadmap:programme_swot_findings": SEERS,
    "roadmap:programme_swot_entry": SEERS,
    "roadmap:programme_swot_act": SEERS,
    "roadmap:programme_roadmap_add": SEERS,
    "roadmap:programme_contents": SEERS,
    "roadmap:programme_contents_act": SEERS,
    "roadmap:programme_roadmap_act": SEERS,
    "roadmap:programme_activity_add": SEERS,
    "roadmap:programme_activity": SEERS,
    "roadmap:programme_understood": SEERS,
    "roadmap:programme_approve": SEERS,
    "roadmap:programme_edition": SEERS,
    "roadmap:programme_close": SEERS,
    "roadmap:programme_discard": SEERS,
    "roadmap:programme_changes": SEERS,
    "roadmap:programme_descend": SEERS,
    "roadmap:programme_follow": SEERS,
    "roadmap:programme_take": SEERS,
    "roadmap:import_upload": HANDERS,
    "roadmap:import_review": SEERS,
    "roadmap:import_progress": SEERS,
    "roadmap:import_original": SEERS,
    "roadmap:import_discard": SEERS,
    "roadmap:import_again": SEERS,
    "roadmap:import_passport": SEERS,
    "roadmap:import_live": SEERS,
    "roadmap:import_rows": SEERS,
    "roadmap:import_row": SEERS,
    "roadmap:import_split": SEERS,
    "roadmap:import_add": SEERS,
    "roadmap:import_rename": SEERS,
    "roadmap:assignments": SEERS,
    "roadmap:assignments_act": SEERS,
    "roadmap:assignment": SEERS,
    "roadmap:assignment_start": SEERS,
    "roadmap:assignment_report": SEERS,
    "roadmap:assignment_verify": SEERS,
    "roadmap:assignment_postpone": SEERS,
    "roadmap:assignment_cancel": SEERS,
    "roadmap:assignment_reopen": SEERS,
    "roadmap:evidence": SEERS,
    "roadmap:evidence_withdraw": SEERS,
    "roadmap:roadmap": SEERS,
    "roadmap:roadmap_month": SEERS,
    "roadmap:gantt": SEERS,
    "roadmap:progress": SEERS,
    "roadmap:past_dates": SEERS,
    "roadmap:month": SEERS,
    "roadmap:activities": SEERS,
    "roadmap:activity": SEERS,
    "roadmap:correct_dates": SEERS,
    "roadmap:correct_executor": SEERS,
    "roadmap:my_tasks": SIGNED_IN,
    "roadmap:verifying": SIGNED_IN,
    "roadmap:verifying_act": SIGNED_IN,
    "roadmap:programme_document": SIGNED_IN,
    "roadmap:programme_report": SIGNED_IN,
    "roadmap:roadmap_document": SIGNED_IN,
    "roadmap:execution_report": SIGNED_IN,
    "roadmap:reminders": SIGNED_IN,
    "roadmap:choose_letters": SIGNED_IN,
    "roadmap:make_calendar_link": SIGNED_IN,
    "roadmap:revoke_calendar_link": SIGNED_IN,
    "roadmap:calendar_feed": EVERYBODY,
    "cycles:board": SEERS - {"school"},
    "cycles:direction": SEERS - {"school"},
    "cycles:overview": SEERS,
}
# Observers have a role, but only open pages; a person without a role sees nothing.
ROLES = (*Role.values, "nobody", STRANGER)


def names_of_addresses(resolver: URLResolver | None = None, above: str = "") -> Iterator[str]:
    """Every name in the tree of addresses; a nameless one shows its pattern, so that it can have no rule."""
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            space = f"{above}{pattern.namespace}:" if pattern.namespace else above
            yield from names_of_addresses(pattern, space)
        elif isinstance(pattern, URLPattern):
            yield above + (pattern.name or str(pattern.pattern))


NAMES = sorted(set(names_of_addresses()))
ARGUMENTS = {"uidb64": "x", "token": "y", "name": "x", "tab": "schools"}


def address(name: str, pk: int) -> str:
    (possibilities,) = [known for key, known in _reversible(name).items() if key == name.rpartition(":")[2]]
    _, params = possibilities
    return reverse(name, kwargs={param: ARGUMENTS.get(param, pk) for param in params})


def _reversible(name: str) -> dict[str, tuple[str, list[str]]]:
    resolver = get_resolver()
    for space in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[space][1]
    keys = [key for key in resolver.reverse_dict if isinstance(key, str)]
    return {key: resolver.reverse_dict[key][0][0] for key in keys}


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    assert set(NAMES) == set(RULES)


def test_every_address_stands_in_the_table_of_this_test() -> None:
    assert set(NAMES) == set(MAY_OPEN)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", NAMES)
def test_who_may_open_what(name: str, role: str, district: District, people: dict[str, User]) -> None:
    """Through the middleware, as a browser asks: an allowed person gets to the view, another never does."""
    client = Client(raise_request_exception=False)
    if role != STRANGER:
        client.force_login(people[role], "django.contrib.auth.backends.ModelBackend")
    answer = client.get(address(name, district.first.pk))
    asked_to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith(reverse("people:login"))
    if role in MAY_OPEN[name]:
        assert answer.status_code in (200, 302, 404, 405), answer.status_code
        assert not asked_to_sign_in
    elif role == STRANGER:
        assert asked_to_sign_in
    else:
        assert answer.status_code in (403, 404)
        assert verdict(people[role], address(name, district.first.pk)) is not Verdict.ALLOWED


def verdict(user: User | AnonymousUser, path: str) -> Verdict | type[Http404]:
    try:
        return decide(sight_of(user), resolve(path)).verdict
    except Http404:
        return Http404


def test_an_address_without_a_rule_opens_for_nobody(people: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RULES, "people:organisations")
    client = Client()
    for role in ("admin", STRANGER):
        if role != STRANGER:
            client.force_login(people[role], "django.contrib.auth.backends.ModelBackend")
        with pytest.raises(MissingRule, match="people:organisations"):
            client.get(reverse("people:organisations"))


def test_what_each_role_sees(district: District, people: dict[str, User]) -> None:
    own = {district.first, district.branch}
    municipality = {district.home, district.first, district.second, district.branch}
    expected = {
        "school": own,
        "department": municipality,
        "methodist": municipality,
        "curator": municipality,
        "region": {*municipality, district.region, district.other, district.foreign},
        "admin": set(Organisation.objects.all()),
        "public": set(),
        "nobody": set(),
    }
    assert {role: set(visible(people[role])) for role in expected} == expected
    assert not visible(AnonymousUser())


def test_what_each_role_looks_at_first(district: District, people: dict[str, User]) -> None:
    expected = {
        "school": district.first,
        "department": district.home,
        "region": district.region,
        "admin": district.region,
        "nobody": None,
    }
    assert {role: scope(people[role]) for role in expected} == expected


def test_regions_and_observers_never_change_anything(district: District, people: dict[str, User]) -> None:
    for role in ("region", "public", "curator", "nobody"):
        assert not any(
            can(people[role], action, one)
            for action in ("hand_in", "edit_organisation", "accept_batch", "manage_people")
            for one in Organisation.objects.all()
        )


def test_a_school_hands_in_for_itself_only(district: District, people: dict[str, User]) -> None:
    director = people["school"]
    assert can(director, "hand_in", district.first)
    assert can(director, "hand_in", district.branch)
    assert not can(director, "hand_in", district.second)
    assert not can(director, "edit_organisation", district.first)


def test_a_department_edits_its_own_municipality_only(district: District, people: dict[str, User]) -> None:
    head = people["department"]
    assert can(head, "edit_organisation", district.second)
    assert not can(head, "edit_organisation", district.foreign)
    assert not can(head, "edit_organisation", district.region)
    assert not can(head, "edit_definitions", None)


@pytest.mark.parametrize("role", ["school", "department"])
def test_what_is_out_of_sight_is_not_found_rather_than_forbidden(
    role: str, district: District, people: dict[str, User]
) -> None:
    client = Client()
    client.force_login(people[role], "django.contrib.auth.backends.ModelBackend")
    for path in (
        reverse("people:organisation_edit", args=[district.foreign.pk]),
        f"{reverse('people:organisations')}?territory={district.other.pk}",
        f"{reverse('people:organisations')}?territory=99999999999999999999",
        f"{reverse('people:organisations')}?territory=x",
        reverse("people:organisation_edit", args=[999999]),
    ):
        assert client.get(path).status_code == 404


def test_a_closed_account_sees_nothing(district: District, people: dict[str, User]) -> None:
    services.deactivate(people["department"], people["admin"])
    people["department"].refresh_from_db()
    assert not visible(people["department"])
    client = Client()
    client.force_login(people["department"], "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("people:organisations")).status_code == 302


def test_a_part_of_a_page_asked_for_by_a_stranger_sends_the_page_to_the_sign_in(db: None) -> None:
    answer = Client().get(reverse("people:organisations"), headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith(reverse("people:login"))


def test_nobody_gives_more_than_they_have(district: District, people: dict[str, User]) -> None:
    head, admin = sight_of(people["department"]), sight_of(people["admin"])
    assert head.may_give("school", district.second)
    assert not head.may_give("school", district.foreign)
    assert not head.may_give("region", district.region)
    assert not head.may_give("admin", district.country)
    assert not sight_of(people["school"]).may_give("school", district.first)
    assert admin.may_give("admin", district.country)
    assert not admin.may_give("school", district.region)


def test_a_department_manages_those_only_whose_every_role_it_might_give(
    district: District, people: dict[str, User]
) -> None:
    head = sight_of(people["department"])
    assert head.may_manage(people["school"])
    services.give_role(people["school"], "school", district.foreign, None)
    assert not head.may_manage(people["school"])
    assert not head.may_manage(people["admin"])


def test_deciding_takes_as_many_queries_for_many_schools_as_for_few(
    district: District, people: dict[str, User], django_assert_num_queries: object
) -> None:
    services.create_schools([NewSchool(f"k{i}", municipality="Приречный район") for i in range(300)])
    match = resolve(reverse("people:organisation_edit", args=[district.first.pk]))
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert decide(sight_of(people["department"]), match).verdict is Verdict.ALLOWED


def test_refusal_is_an_exception_that_django_understands() -> None:
    from msoko.web.people.rights import refuse_unless

    refuse_unless(True)
    with pytest.raises(PermissionDenied):
        refuse_unless(False)
