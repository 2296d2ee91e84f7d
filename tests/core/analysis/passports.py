"""Social passports and staff drawn by hand, as gathering gives them: numbers are text, what is blank is None."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msoko.core.analysis.panel import Panel
from msoko.core.vocabulary.unknowns import Unknown
from tests.core.analysis.panels import school

YEAR = 2025
Cells = Mapping[str, int | Unknown | None]


def row(organisation: int | None, cells: Cells, academic_year: int = YEAR - 1) -> dict[str, Any]:
    """One row of a form."""
    texts = {key: cell if cell is None or isinstance(cell, Unknown) else str(cell) for key, cell in cells.items()}
    return {
        "organisation": organisation,
        "school": f"Школа № {organisation}",
        "academic_year": str(academic_year),
        "batch": 1,
        **texts,
    }


def with_passports(panel: Panel, passports: Mapping[int, Cells], staff: Mapping[int, Cells] | None = None) -> Panel:
    """The panel with the forms of the academic year that its procedures belong to."""
    records = {
        "social_passport": [row(key, cells, panel.year - 1) for key, cells in passports.items()],
        "staff": [row(key, cells, panel.year - 1) for key, cells in (staff or {}).items()],
    }
    return replace(panel, records={form: rows for form, rows in records.items() if rows})


def of_passports(passports: Mapping[int, Cells], staff: Mapping[int, Cells] | None = None) -> Panel:
    """A panel without results."""
    keys = sorted({*passports, *(staff or {})})
    return with_passports(Panel(YEAR, (), {key: school(key) for key in keys}, {}), passports, staff)
