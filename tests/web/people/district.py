"""A small district and the people who look at it."""

from dataclasses import dataclass

from msoko.web.people import services
from msoko.web.people.models import Organisation, Role, User
from msoko.web.people.services import NewSchool

PASSWORD = "длинный-пароль-7"


@dataclass(frozen=True)
class District:
    """Two municipalities of one region; «Приречный» with two schools, of which the first has a branch."""

    country: Organisation
    region: Organisation
    home: Organisation
    other: Organisation
    first: Organisation
    second: Organisation
    branch: Organisation
    foreign: Organisation


def grown_district() -> District:
    region = services.ensure_territory("region", "Приозёрная область")
    home = services.ensure_territory("municipality", "Приречный район", region)
    other = services.ensure_territory("municipality", "город Заречный", region)
    made = services.create_schools(
        [
            NewSchool("sch990001", "МБОУ «СОШ № 1»", municipality="Приречный район"),
            NewSchool("sch990002", "МБОУ «Ёлкинская СОШ»", municipality="Приречный район"),
            NewSchool("sch990003", "МБОУ «СОШ № 3»", municipality="г. Заречный"),
        ]
    )
    rows = [{"short_name": "Филиал в Сосновке", "kind": "филиал", "municipality": "Приречный район",
             "parent": "МБОУ «СОШ № 1»", "logins": ["sch990011"]}]  # fmt: skip
    services.import_register(rows)
    return District(
        services.root(), region, home, other,
        made["sch990001"], made["sch990002"], Organisation.objects.get(keys__key="sch990011"), made["sch990003"],
    )  # fmt: skip


def invited_people(district: District) -> dict[str, User]:
    """One person a role, and one without any."""
    places = {
        Role.DEPARTMENT: district.home,
        Role.METHODIST: district.home,
        Role.CURATOR: district.home,
        Role.SCHOOL: district.first,
        Role.REGION: district.region,
        Role.PUBLIC: district.home,
        Role.ADMIN: district.country,
    }
    made = {role.value: _person(role, place) for role, place in places.items()}
    made["nobody"] = User.objects.create_user("nobody@people.example", PASSWORD)
    return made


def _person(role: Role, place: Organisation) -> User:
    user = User.objects.create_user(f"{role.value}@people.example", PASSWORD, full_name=f"Человек {role.value}")
    services.give_role(user, role, place, None)
    return user
