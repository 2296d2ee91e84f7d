"""Values of organisations whose participants are not in the system, from aggregate tables that are."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from msoko.core.facts import store
from msoko.web.collection.models import Batch
from msoko.web.monitoring.aggregated import figures_from, kind_of
from msoko.web.monitoring.services.places import Place
from msoko.web.monitoring.services.storing import Record, stored_columns
from msoko.web.people import names
from msoko.web.people.models import Kind, Organisation

BASES = ("items", "printed")  # a table tells marks and per cents once; they are shown on either basis


def records_from_aggregates(
    batches: list[Batch], places: Mapping[str, Place], participants: Mapping[int, int]
) -> Iterator[Record]:
    """Values of organisations that the tables know better than the rows do.

    `participants`: organisation → how many are there by rows. A school's rows always go before a table; of a
    territory the table is taken where it speaks of more participants than the rows that have come in.
    """
    schools = {place.organisation for place in places.values()}
    for organisation, rows in _rows_by_organisation(batches, places).items():
        figures = figures_from(rows)
        rows_go_first = organisation in schools or (figures.participants or 0) <= participants.get(organisation, 0)
        if organisation in participants and rows_go_first:
            continue
        columns = stored_columns(figures, {"aggregate": rows})
        yield from (Record(organisation, "", True, basis, "aggregate", columns) for basis in BASES)


def _rows_by_organisation(batches: list[Batch], places: Mapping[str, Place]) -> dict[int, dict[str, Any]]:
    """Organisation → kind of table → its row; of several tables of a kind the one accepted last speaks."""
    territories = _Territories()
    found: dict[int, dict[str, Any]] = {}
    for batch in batches:
        here: dict[tuple[int, str], Any] = {}
        for row in store.read(Path(settings.FACTS), batch.facts).to_pylist():
            kind = kind_of(row)
            organisation = places[row["key"]].organisation if row["key"] in places else territories.of(row)
            if kind is None or organisation is None:
                continue
            row = {name: value for name, value in row.items() if value is not None}
            if kind == "items":
                here.setdefault((organisation, kind), []).append(row)
            else:
                here[organisation, kind] = row
        for (organisation, kind), rows in here.items():
            found.setdefault(organisation, {}).setdefault(kind, rows)
    return found


class _Territories:
    """Municipalities and regions of the tree by their normal names."""

    def __init__(self) -> None:
        kinds = (Kind.REGION, Kind.MUNICIPALITY)
        known = Organisation.objects.filter(kind__in=kinds, merged_into=None, is_placeholder=False)
        self._by_name: dict[tuple[str, str], list[int]] = {}
        for one in known:
            self._by_name.setdefault((str(one.kind), names.normal_territory(one.name)), []).append(one.pk)

    def of(self, row: Mapping[str, Any]) -> int | None:
        """The territory that the row names, None where none or several of that name are known."""
        named = self._by_name.get((row["level"], names.normal_territory(row["name"] or "")), [])
        return named[0] if len(named) == 1 else None
