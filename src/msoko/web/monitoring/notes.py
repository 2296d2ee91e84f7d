"""From stored values to «Аналитическая справка по процедуре»: the same numbers as on the page, written down."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from django.conf import settings
from django.http import Http404
from django.utils import timezone

from msoko.core.definitions.kinds import Subject as SubjectDefinition
from msoko.core.monitoring.describing import Figures
from msoko.core.monitoring.item_figures import ItemFigures
from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.library.procedure_note import data as note
from msoko.documents.registry import document_kinds
from msoko.documents.rendering import renderer
from msoko.web.definitions import definitions
from msoko.web.monitoring.models import Value
from msoko.web.monitoring.procedure_page import FEW, ProcedurePage
from msoko.web.monitoring.sentences import not_computed

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
KIND = "procedure_note"
Number = TypeVar("Number", int, float)


def written(page: ProcedurePage, form: str) -> tuple[bytes, str]:
    """The note as (bytes, content type). Raises Http404 for a form that it does not have."""
    kind = document_kinds()[KIND]
    if form not in kind.formats or form not in CONTENT_TYPES:
        raise Http404
    return renderer(form)(kind.build(note_data(page))), CONTENT_TYPES[form]


def note_data(page: ProcedurePage) -> note.ProcedureNoteData:
    """Everything that the note says, as plain figures."""
    procedure, own = page.procedure, page.own
    assert own is not None
    figures = page.figures
    return note.ProcedureNoteData(
        organisation=page.organisation.name,
        kind="school" if page.organisation.is_school else "municipality",
        procedure=kind_name(procedure.kind),
        year=procedure.year,
        grade=procedure.grade,
        subject=_subject(procedure.subject),
        maximum=procedure.maximum or 0,
        scale=_scale(page),
        basis="printed" if page.score == "printed" else "items",
        own=figures_of(own),
        units=_units(page),
        histogram=(figures.histogram if figures else None) or {},
        data_date=timezone.localdate(procedure.values_computed_at)
        if procedure.values_computed_at
        else timezone.localdate(),
        comparisons=_comparisons(page),
        journal_matrix=_matrix(figures),
        items=_items(page),
        previous=_previous(page),
        not_computed=_not_computed(page),
        sources=_sources(page),
        method_version=procedure.values_hash[:12],
        author="",
        minimum_n=FEW,
        demonstration=settings.DEMONSTRATION,
    )


@lru_cache(maxsize=64)
def _forms(subject: SubjectDefinition) -> note.Subject:
    """«по математике» without its preposition is the dative."""
    return note.Subject(subject.name, subject.genitive, subject.by.removeprefix("по "))


def _subject(slug: str) -> note.Subject:
    return _forms(definitions().subjects[slug])


def _scale(page: ProcedurePage) -> note.Scale:
    scale = page.scale
    if scale is None:
        return note.Scale("none")
    return note.Scale(scale.status, scale.source, tuple(page.borders or ()))  # type: ignore[arg-type]


def figures_of(value: Value) -> note.Figures:
    """A stored value as the figures of the note; what is not known says which unknown it is."""
    no_marks = Unknown.NOT_APPLICABLE
    assert value.participants is not None  # see `_counted`
    return note.Figures(
        participants=value.participants,
        absent=_known(value.absent),
        mean=_known(value.mean),
        sd=_known(value.sd),
        mean_percent=_known(value.mean_percent),
        marks=value.marks,
        passed=no_marks if value.passed is None else value.passed,
        quality=no_marks if value.good is None else value.good,
        journal=Unknown.MISSING
        if value.confirmed is None
        else note.Journal(value.lowered or 0, value.confirmed, value.raised or 0),
    )


def _known(value: Number | None) -> Number | Unknown:
    return Unknown.MISSING if value is None else value


def _units(page: ProcedurePage) -> tuple[note.Unit, ...]:
    if page.organisation.is_school:
        return tuple(note.Unit(value.class_name or "единственный", figures_of(value)) for value in page.classes)
    values = page.municipalities or page.schools
    return tuple(note.Unit(value.organisation.name, figures_of(value)) for value in _counted(values))


def _counted(values: Iterable[Value]) -> Iterator[Value]:
    """Those of which it is known how many they are: a table of per cents alone stands beside nothing."""
    return (value for value in values if value.participants is not None)


def _comparisons(page: ProcedurePage) -> tuple[note.Comparison, ...]:
    """From the nearest territory to the largest."""
    above = [("Муниципалитет", "в муниципалитете", page.municipality)] if page.organisation.is_school else []
    above.append(("Регион", "в регионе", page.region))
    return tuple(
        note.Comparison(name, locative, figures_of(value), _histogram(page, value))
        for name, locative, value in above
        if value is not None and value.participants is not None
    )


def _histogram(page: ProcedurePage, value: Value) -> dict[int, int] | None:
    figures = page.figures_for(value)
    return figures.histogram if figures else None


def _matrix(figures: Figures | None) -> dict[tuple[int, int], int]:
    compared = figures.journal if figures else None
    matrix = compared.matrix if compared else None
    return {(said, mark): n for (mark, said), n in (matrix or {}).items()}


def _items(page: ProcedurePage) -> tuple[note.Item, ...]:
    reference = page.figures_for(page.municipality if page.organisation.is_school else page.region)
    others = {item.number: item.facility for item in (reference.items if reference else None) or ()}
    return tuple(
        _item(page, item, others.get(item.number))
        for item in (page.figures.items if page.figures else None) or ()
        if item.facility is not None and item.maximum
    )


def _item(page: ProcedurePage, item: ItemFigures, other: float | None) -> note.Item:
    described = page.procedure.items[item.number - 1] if item.number <= len(page.procedure.items) else {}
    low, high = item.bounds or (Unknown.MISSING, Unknown.MISSING)
    return note.Item(
        number=described.get("number") or str(item.number),
        maximum=item.maximum or 0,
        facility=item.facility or 0.0,
        participants=item.n,
        territory_facility=_known(other),
        low=low,
        high=high,
        level=described.get("level") or Unknown.MISSING,
        content=described.get("content_element") or described.get("planned_outcome") or "",
    )


def _previous(page: ProcedurePage) -> tuple[note.YearFigures, ...]:
    reference = page.reference.organisation_id if page.reference else None
    others = {value.procedure_id: value.mean_percent for value in page.years if value.organisation_id == reference}
    return tuple(
        note.YearFigures(
            value.procedure.year,
            figures_of(value),
            value.procedure.maximum or 0,
            _known(others.get(value.procedure_id)),
        )
        for value in _counted(page.years)
        if value.organisation_id == page.organisation.pk and value.procedure_id != page.procedure.pk
    )


def _not_computed(page: ProcedurePage) -> tuple[str, ...]:
    return tuple(f"Не посчитано: {reason}." for reason in not_computed(page))


def _sources(page: ProcedurePage) -> tuple[note.SourceBatch, ...]:
    return tuple(
        note.SourceBatch(batch.name, timezone.localdate(batch.accepted_at), batch.rows)
        for batch in sorted(page.batches, key=lambda batch: -batch.rows)
        if batch.accepted_at
    )
