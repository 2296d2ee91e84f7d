"""Which school a row of a form is about: by login, else by its normal name within a municipality."""

from collections.abc import Mapping
from typing import Any

from msoko.web.people import names
from msoko.web.people.models import ExternalKey, Kind, Organisation, OrganisationQuerySet

Row = Mapping[str, Any]


class SchoolFinder:
    """Among these schools only; two queries, whatever the number of rows."""

    def __init__(self, schools: OrganisationQuerySet) -> None:
        self._by_pk = {school.pk: school for school in schools.select_related("municipality")}
        self._by_key = dict(ExternalKey.objects.values_list("key", "organisation_id"))
        self._by_name: dict[tuple[str, str], list[Organisation]] = {}
        for school in self._by_pk.values():
            for municipality in {_municipality(school), ""}:
                self._by_name.setdefault((municipality, school.normal_name), []).append(school)

    def is_elsewhere(self, row: Row) -> bool:
        """A school that is known, but not among these."""
        known = self._by_key.get(_login(row))
        return known is not None and known not in self._by_pk

    def school_of(self, row: Row) -> Organisation | None:
        """None for a login of another school and for a name that nobody or more than one of these has."""
        known = self._by_key.get(_login(row))
        if known is not None:
            return self._by_pk.get(known)
        name = names.normal(_name(row))
        municipality = names.normal_territory(str(row.get("municipality") or ""))
        named = self._by_name.get((municipality, name), []) if name else []
        return named[0] if len(named) == 1 else None


def said_of_school(row: Row) -> str:
    """How the row itself calls its school: the name, else the login; '' where it is about no school."""
    return _name(row) or _login(row)


def _name(row: Row) -> str:
    return str(row.get("school") or row.get("name") or "").strip()


def _login(row: Row) -> str:
    return str(row.get("login") or row.get("key") or "").lower()


def _municipality(school: Organisation) -> str:
    one = school.municipality
    return names.normal_territory(one.name) if one is not None and one.kind == Kind.MUNICIPALITY else ""
