"""The register of organisations: a file is read, what it would change is shown, then it is taken."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from msoko.core.collection import Refused, read
from msoko.core.collection.complaints import Complaint
from msoko.core.collection.reading import Hints, Reading
from msoko.core.vocabulary.russian import counted, quote
from msoko.web.definitions import definitions
from msoko.web.people import services
from msoko.web.people.forms import RegisterForm
from msoko.web.people.models import Organisation
from msoko.web.people.organisation_views import LIST
from msoko.web.people.register_lines import logins_of, said_in
from msoko.web.people.requests import Request
from msoko.web.people.services import RegisterReport
from msoko.web.people.tables import register_table

REGISTER = "organisations"  # what a reading of a register, ours or a region's, is about
WAITING = "register"  # key of the session under which the rows wait for a decision
WORDS = ("short_name", "full_name", "kind", "school_type", "municipality", "region", "parent", "area", "status")


def register(request: Request) -> HttpResponse:
    """Upload → preview → take; the rows wait in the session in between."""
    if request.method != "POST":
        request.session.pop(WAITING, None)
        return _page(request, RegisterForm())
    if "take" in request.POST:
        return _take(request)
    form = RegisterForm(request.POST, request.FILES)
    registers = _registers(form) if form.is_valid() else []
    if not registers:
        return _page(request, form)
    rows = [_kept(row) for reading in registers for row in reading.rows]
    request.session[WAITING] = rows
    report = services.preview_register(rows, _within(request))
    return _page(request, form, report, [_in_words(one) for reading in registers for one in reading.complaints])


def _page(
    request: Request, form: RegisterForm, report: RegisterReport | None = None, unread: Sequence[str] = ()
) -> HttpResponse:
    context = {
        "form": form,
        "report": report,
        "unread": unread,
        "table": register_table(report.outcomes) if report else None,
        "within": _within(request),
        "breadcrumbs": [LIST, {"title": "Реестр"}],
    }
    return render(request, "people/register.html", context)


def _within(request: Request) -> Organisation | None:
    """A department brings its own municipality only."""
    return None if request.sight.sees_everything else request.sight.territory


def _registers(form: RegisterForm) -> list[Reading]:
    """The registers in the file; none where something is wrong with it, which is told at the field."""
    file = form.cleaned_data["file"]
    if file.size > settings.LARGEST_UPLOAD:
        form.add_error("file", "Файл слишком велик для реестра.")
        return []
    try:
        readings = read(file.read(), file.name, Hints(path=file.name), definitions())
    except Refused as refused:
        for complaint in refused.complaints:
            form.add_error("file", f"{complaint.message} {complaint.advice}".strip())
        return []
    registers = [reading for reading in readings if reading.naming.procedure == REGISTER]
    if not registers:
        form.add_error("file", "Это не реестр организаций. Протоколы загружаются на экране «Данные».")
    return registers


def _in_words(complaint: Complaint) -> str:
    """What is wrong, what to do, and the first cells where it is so."""
    cells = [
        f"строка {place.row}"
        + (f", столбец {quote(place.column)}" if place.column else "")
        + (f": {quote(place.value)}" if place.value else "")
        for place in complaint.places
        if place.row
    ]
    more = f" и ещё {complaint.count - len(cells)}" if cells and complaint.count > len(cells) else ""
    where = f" ({'; '.join(cells)}{more})" if cells else ""
    return f"{complaint.message} {complaint.advice}".strip() + where


def _kept(row: Mapping[str, object]) -> dict[str, object]:
    """What of a row a session can hold: plain words, several logins, the number of the row."""
    kept: dict[str, object] = {key: said_in(row.get(key)) for key in WORDS}
    return kept | {"logins": logins_of(row.get("logins")), "row": row.get("row")}


def _take(request: Request) -> HttpResponse:
    rows = request.session.pop(WAITING, None)
    if rows is None:
        messages.error(request, "Реестр не загружен: выберите файл ещё раз. Ничего не изменилось.")
        return redirect("people:register")
    report = services.import_register(rows, request.user, _within(request))
    territories = f", новых территорий — {report.territories_created}" if report.territories_created else ""
    messages.success(
        request,
        f"Реестр принят: создано — {report.created}, изменено — {report.changed}, "
        f"без изменений — {report.unchanged}, размещено — {report.placed}{territories}.",
    )
    if report.conflicts:
        refused = counted(len(report.conflicts), "противоречие", "противоречия", "противоречий")
        messages.warning(request, f"В реестре {refused}; эти строки не приняты: " + " ".join(report.conflicts[:10]))
    return redirect("people:organisations")
