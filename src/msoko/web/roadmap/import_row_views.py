"""Putting the rows of a signed document right: one press, or a form of one row beside its lines."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from msoko.core.vocabulary.russian import counted
from msoko.web.people.models import User
from msoko.web.people.requests import Request
from msoko.web.roadmap.import_cuts import cuts_of, halves_of
from msoko.web.roadmap.import_evidence import act_on_evidence
from msoko.web.roadmap.import_forms import RenameForm, RowForm
from msoko.web.roadmap.import_missed import fields_of_cells
from msoko.web.roadmap.import_page import ROWS_ON_A_PAGE, ReviewPage
from msoko.web.roadmap.import_paper import Paper, owners_of, part_of
from msoko.web.roadmap.import_queries import document_in_sight, last_edit, row_in
from msoko.web.roadmap.import_views import crumbs
from msoko.web.roadmap.import_words import RowShown
from msoko.web.roadmap.meanwhile import in_words, met
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services import importing_rows
from msoko.web.roadmap.services.import_texts import as_line
from msoko.web.roadmap.services.importing import CannotImport
from msoko.web.roadmap.services.importing_rows import RowChanged, said_of
from msoko.web.roadmap.services.seen import fingerprint_of, name_of_part

Many = Callable[[RoadmapImport, Iterable[int], User | None], int]
DEEDS: dict[str, tuple[Many, str]] = {
    "check": (importing_rows.check_rows, "Отмечено проверенными"),
    "uncheck": (importing_rows.uncheck_rows, "Отметка «проверено» снята"),
    "drop": (importing_rows.drop_rows, "Исключено"),
    "restore": (importing_rows.restore_rows, "Возвращено"),
}
NOTHING_TICKED = "Отметьте хотя бы одну строку."


@require_POST
def act(request: Request, pk: int) -> HttpResponse:
    """The deed of a button: of one row (`drop=7`), or of those that are ticked (`ticked=drop`)."""
    document = document_in_sight(request.sight, pk)
    if "stay" in request.POST:
        return redirect(_back(request, document))
    try:
        row = _act(request, document)
    except CannotImport as refusal:
        messages.error(request, str(refusal))
        row = None
    return redirect(_back(request, document, row))


def _act(request: Request, document: RoadmapImport) -> int | None:
    """Does it; returns the row to come back to."""
    deed = request.POST.get("ticked", "")
    chosen = _keys(request.POST.getlist("row"))
    required = act_on_evidence(document, request.POST, request.user, chosen)
    if required is not None:
        messages.success(request, _told("Сказано, что приложить", required))
        return next(iter(_keys([request.POST["evidence"]])), None)
    if deed in DEEDS or deed == "move":
        if not chosen:
            raise CannotImport(NOTHING_TICKED)
        return _act_on_ticked(request, document, deed, chosen)
    for name, (order, done) in DEEDS.items():
        for key in _keys([request.POST.get(name, "")]):
            changed = order(document, [key], request.user)
            if name != "check":
                messages.success(request, _told(done, changed))
            return key
    for key in _keys([request.POST.get("merge", "")]):
        above = importing_rows.merge_into_above(document, key, request.user)
        messages.success(request, "Строка соединена с верхней. Прежняя — среди исключённых.")
        return above.pk
    raise CannotImport("Непонятно, что сделать: обновите страницу.")


def _act_on_ticked(request: Request, document: RoadmapImport, deed: str, chosen: list[int]) -> int | None:
    if deed == "move":
        roadmap, section = request.POST.get("roadmap", ""), request.POST.get("section", "")
        changed = importing_rows.move_rows(document, chosen, request.user, roadmap, section)
        messages.success(request, _told("Перенесено", changed))
    else:
        order, done = DEEDS[deed]
        messages.success(request, _told(done, order(document, chosen, request.user)))
    return None


def _keys(said: Iterable[str]) -> list[int]:
    return [int(one) for one in said if one.isdecimal() and len(one) < 19]


def _told(done: str, changed: int) -> str:
    return f"{done}: {counted(changed, 'строка', 'строки', 'строк')}."


def _back(request: Request, document: RoadmapImport, row: int | None = None) -> str:
    """To the rows that the person was looking at."""
    kept = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    if "stay" in request.POST:
        kept["ticked"] = ",".join(map(str, _keys(request.POST.getlist("row"))[:ROWS_ON_A_PAGE]))
    query = f"?{urlencode(kept)}" if kept else ""
    anchor = f"#row-{row}" if row else ""
    return f"{reverse('roadmap:import_review', args=[document.pk])}{query}{anchor}"


# ---- one row beside its lines


def row(request: Request, pk: int, row: int) -> HttpResponse:
    """All fields of a row. «Верно, дальше» goes to the next one that is doubtful."""
    document = document_in_sight(request.sight, pk)
    one = row_in(document, row)
    form = RowForm(request.POST) if request.method == "POST" else RowForm.of(one)
    more: dict[str, Any] = {}
    if form.is_valid():
        try:
            saved = importing_rows.edit_row(document, one.pk, request.user, form.said(), form.cleaned_data["seen"])
        except RowChanged as changed:
            who = in_words(last_edit(document, name_of_part(one)), request.user)
            more["meanwhile"] = met(form, changed.now, who)
        except CannotImport as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_after(request, document, saved))
    return _row_page(request, document, one, {"form": form} | more)


def _after(request: Request, document: RoadmapImport, saved: ImportedRow) -> str:
    if "next" in request.POST:
        page = ReviewPage(document, request.sight, request.GET)
        later = [one.pk for one in page.doubtful if one.order > saved.order]
        found = later[0] if later else page.next_doubtful
        if found is not None:
            return reverse("roadmap:import_row", args=[document.pk, found])
        messages.success(request, "Сомнительных строк больше нет.")
    return _back(request, document, saved.pk)


def _row_page(request: Request, document: RoadmapImport, one: ImportedRow, more: dict[str, Any]) -> HttpResponse:
    page = ReviewPage(document, request.sight, request.GET)
    context = {
        "document": document,
        "page": page,
        "row": one,
        "shown": RowShown(one, page.schools, document.begins, document.ends),
        "paper": _lines_of(page, one.source),
        "breadcrumbs": crumbs(document, f"Мероприятие {one.number}".strip()),
        **more,
    }
    return render(request, more.get("template", "roadmap/import_row.html"), context)


def _lines_of(page: ReviewPage, source: list[int]) -> SafeString:
    """The lines of the row, marked, with some around them; without any the beginning of the document."""
    if not page.document.lines:
        return SafeString("")
    part = part_of(page.document.lines, min(source, default=1), max(source, default=1), around=1)
    paper = Paper(owners_of(page.living), frozenset(source), review=page.address)
    return paper.drawn(part.lines)


def split(request: Request, pk: int, row: int) -> HttpResponse:
    """First where to cut, then both rows side by side to be put right."""
    document = document_in_sight(request.sight, pk)
    one = row_in(document, row)
    if request.method == "POST":
        forms = [RowForm(request.POST, prefix=name) for name in ("first", "second")]
        invalid = [form for form in forms if not form.is_valid()]  # both say what is wrong with them
        if not invalid and _split(request, document, one, forms):
            return redirect(_back(request, document, one.pk))
        return _split_page(request, document, one, forms)
    at = request.GET.get("at", "")
    if at.isdecimal() and len(at) < 7 and 0 < int(at) < len(one.title):
        seen = {"seen": fingerprint_of(said_of(one))}
        halves = zip(("first", "second"), halves_of(one, int(at)), strict=True)
        return _split_page(request, document, one, [RowForm(prefix=name, initial=half | seen) for name, half in halves])
    return _split_page(request, document, one, [])


def _split(request: Request, document: RoadmapImport, one: ImportedRow, forms: list[RowForm]) -> bool:
    first, second = forms
    try:
        importing_rows.split_row(
            document, one.pk, request.user, first.said(), second.said(), first.cleaned_data["seen"]
        )
    except CannotImport as refusal:
        first.add_error(None, str(refusal))
        return False
    messages.success(request, "Строка разделена на две.")
    return True


def _split_page(request: Request, document: RoadmapImport, one: ImportedRow, forms: list[RowForm]) -> HttpResponse:
    likely, others = cuts_of(one.title)
    more = {"forms": forms, "likely": likely, "others": others, "template": "roadmap/import_split.html"}
    return _row_page(request, document, one, more)


def add(request: Request, pk: int) -> HttpResponse:
    """A row that was missed, with the words of a line of the document to begin with."""
    document = document_in_sight(request.sight, pk)
    page = ReviewPage(document, request.sight, request.GET)
    line = _line(document, request.GET.get("line", ""))
    form = RowForm(request.POST) if request.method == "POST" else RowForm(initial=_of_line(page, line))
    if request.method == "POST" and form.is_valid():
        number = line["number"] if line else None
        try:
            added = importing_rows.add_row(document, request.user, form.said(), number)
        except CannotImport as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Мероприятие внесено.")
            return redirect(_back(request, document, added.pk))
    context = {
        "document": document,
        "page": page,
        "form": form,
        "line": line,
        "paper": _lines_of(page, [line["number"]] if line else []),
        "breadcrumbs": crumbs(document, "Новое мероприятие"),
    }
    return render(request, "roadmap/import_add.html", context)


def _line(document: RoadmapImport, said: str) -> dict[str, Any] | None:
    return next((one for one in document.lines if said == str(one["number"])), None)


def _of_line(page: ReviewPage, line: dict[str, Any] | None) -> dict[str, str]:
    """Its place is that of the row above it, its fields are told by the words of its cells."""
    if line is None:
        return {}
    above = [one for one in page.living if one.source and one.source[0] < line["number"]]
    place = {"roadmap": above[-1].roadmap, "section": above[-1].section} if above else {}
    return {**place, **fields_of_cells(line["cells"])}


def rename(request: Request, pk: int) -> HttpResponse:
    """Another name for a roadmap (?roadmap=) or for a section of it (&section=), in all its rows."""
    document = document_in_sight(request.sight, pk)
    roadmap = as_line(request.GET.get("roadmap", ""))
    section = as_line(request.GET["section"]) if "section" in request.GET else None
    form = RenameForm(request.POST or None, initial={"name": roadmap if section is None else section})
    if request.method == "POST" and form.is_valid():
        try:
            importing_rows.rename(document, request.user, roadmap, section, form.cleaned_data["name"])
        except CannotImport as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Название изменено.")
            return redirect(_back(request, document))
    what = "Дорожная карта" if section is None else "Раздел"
    context = {
        "document": document,
        "form": form,
        "what": what,
        "page": ReviewPage(document, request.sight, request.GET),
        "breadcrumbs": crumbs(document, what),
    }
    return render(request, "roadmap/import_rename.html", context)
