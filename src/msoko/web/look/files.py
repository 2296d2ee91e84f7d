"""Tables and pictures as files to take away."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from msoko.documents.charts.chart import Chart
from msoko.documents.spreadsheets import to_csv, to_xlsx
from msoko.documents.tables import Table
from msoko.web.look.arranging import arranged, asked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spreadsheet(request: HttpRequest, table: Table, file_name: str, name: str = "") -> HttpResponse:
    """The table in the order and with the columns of the address, as ?format= says: XLSX or CSV.

    `name` is the table's name on its page, where several tables share the address.
    """
    shown = arranged(table, asked(request.GET, name))
    if request.GET.get("format") == "csv":
        return attachment(to_csv(shown), f"{file_name}.csv", "text/csv; charset=utf-8")
    return attachment(to_xlsx([shown], created=timezone.now()), f"{file_name}.xlsx", XLSX)


def picture(request: HttpRequest, chart: Chart | None, file_name: str) -> HttpResponse:
    """The picture as ?format= says: PNG or SVG. Raises Http404 where there is nothing to draw."""
    if chart is None:
        raise Http404
    if request.GET.get("format") == "png":
        return attachment(chart.png(), f"{file_name}.png", "image/png")
    return attachment(chart.svg().encode(), f"{file_name}.svg", "image/svg+xml")


def attachment(content: bytes, file_name: str, content_type: str) -> HttpResponse:
    """A file that is saved, never shown: what came from outside must not open inside the site."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name)}"
    return answer
