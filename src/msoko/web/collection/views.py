"""Screens of the data: what has come in, the preview of a file, accepting, withdrawing."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from msoko.core.collection import UnreadableFile
from msoko.core.collection.layouts import file_name
from msoko.core.collection.layouts import template as template_of
from msoko.documents.tables import Table
from msoko.web.collection.data_page import DataPage
from msoko.web.collection.forms import NamingForm, UploadForm, WithdrawForm
from msoko.web.collection.models import Batch
from msoko.web.collection.preview_page import PreviewPage
from msoko.web.collection.queries import visible_batches
from msoko.web.collection.services import Refusal, accept, discard, receive, reread, withdraw
from msoko.web.collection.services.uploading import TooLarge
from msoko.web.definitions import definitions
from msoko.web.look import files
from msoko.web.people.requests import Request
from msoko.web.people.rights import refuse_unless


def data(request: Request) -> HttpResponse:
    """What has come in for the territory, what waits, who has not handed in."""
    page = DataPage(request.sight)
    if request.GET.get("format"):
        return _table(request, {"matrix": page.matrix, "batches": page.batches_table()})
    context = {"page": page, "form": UploadForm(), "layouts": definitions().layouts, "largest": _largest()}
    return render(request, "collection/data.html", context)


def _table(request: Request, tables: dict[str, Table | None]) -> HttpResponse:
    """The table that ?table= names, as a file."""
    name = request.GET.get("table", "")
    table = tables.get(name)
    if table is None:
        raise Http404
    return files.spreadsheet(request, table, name, name)


def _largest() -> int:
    return settings.LARGEST_UPLOAD // (1024 * 1024)


@require_POST
def upload(request: Request) -> HttpResponse:
    """Keep the files and put them in the line; one file goes straight to its preview."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, form.errors_in_one_line())
        return redirect("collection:data")
    received: list[Batch] = []
    for file in form.cleaned_data["files"]:
        try:
            received += receive(file.chunks(), file.name, form.hints(), request.user, request.sight.territory)
        except (UnreadableFile, TooLarge) as error:
            messages.error(request, f"{file.name}: {error}")
    if len(received) == 1:
        return redirect("collection:batch", pk=received[0].pk)
    if received:
        messages.success(request, f"Файлов получено: {len(received)}. Они читаются; страницу можно закрыть.")
    return redirect("collection:data")


def template(request: Request, name: str) -> HttpResponse:
    """An empty form of ours as XLSX."""
    layout = definitions().layouts.get(name)
    if layout is None:
        raise Http404
    return files.attachment(template_of(layout), file_name(layout), files.XLSX)


def batch(request: Request, pk: int) -> HttpResponse:
    """A batch in whatever state: being read, waiting for a decision, refused, accepted, withdrawn."""
    page = PreviewPage(_batch(request, pk), request.sight)
    if request.GET.get("format"):
        return _table(request, {"schools": page.schools_table()})
    context = {"page": page, "batch": page.batch, "naming": NamingForm.of(page.batch), "withdrawing": WithdrawForm()}
    return render(request, "collection/batch.html", context)


def progress(request: Request, pk: int) -> HttpResponse:
    """The progress of reading, asked for again and again; when reading is over the page is shown anew."""
    one = _batch(request, pk)
    if one.state not in (Batch.State.RECEIVED, Batch.State.READING):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "collection/progress.html", {"page": PreviewPage(one, request.sight)})


@require_POST
def accept_batch(request: Request, pk: int) -> HttpResponse:
    one = _batch(request, pk)
    page = PreviewPage(one, request.sight)
    if "whole_file" in request.POST and page.works_beside:
        return _accept_whole_file(request, page)
    try:
        accepted = accept(
            one, request.user, page.matches(request.POST), create_missing=True, within=page.accepts_within
        )
    except Refusal as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return redirect("collection:batch", pk=pk)
    if accepted.pk != one.pk:
        messages.info(request, f"Этот же {page.kind_of_file} уже принят: второй раз он не засчитан.")
    else:
        messages.success(request, f"{page.kind_of_file.capitalize()} принят. {page.recalculated}.")
    return redirect("collection:batch", pk=pk)


def _accept_whole_file(request: Request, page: PreviewPage) -> HttpResponse:
    """Descriptions of several works in one file: each is accepted by itself, so that one refusal stops no other."""
    works = [page.batch, *page.works_beside]
    accepted = 0
    for one in works:
        try:
            accept(one, request.user, within=page.accepts_within)
            accepted += 1
        except Refusal as refusal:
            for reason in refusal.reasons:
                messages.error(request, reason)
    messages.success(request, f"Описаний принято: {accepted} из {len(works)}. {page.recalculated}.")
    return redirect("collection:batch", pk=page.batch.pk)


@require_POST
def discard_batch(request: Request, pk: int) -> HttpResponse:
    one = _batch(request, pk, "hand_in")
    if discard(one, request.user):
        what = PreviewPage(one, request.sight).kind_of_file.capitalize()
        messages.success(request, f"{what} не принят. Он остался в списке с пометкой «не принят».")
    return redirect("collection:data")


@require_POST
def withdraw_batch(request: Request, pk: int) -> HttpResponse:
    form, one = WithdrawForm(request.POST), _batch(request, pk)
    page = PreviewPage(one, request.sight)
    what = page.kind_of_file.capitalize()
    if not form.is_valid():
        messages.error(request, "Назовите причину отзыва.")
    elif withdraw(one, request.user, form.cleaned_data["reason"]):
        messages.success(request, f"{what} отозван. {page.recalculated} без него.")
    else:
        messages.error(request, f"{what} не отозван: он уже не в состоянии «принят».")
    return redirect("collection:batch", pk=pk)


@require_POST
def rename_batch(request: Request, pk: int) -> HttpResponse:
    """Say another year, grade or subject, and read the file again with it."""
    one = _batch(request, pk, "hand_in")
    form = NamingForm(request.POST)
    if form.is_valid() and reread(one, form.hints()):
        messages.info(request, "Файл читается заново с вашими уточнениями.")
    else:
        messages.error(request, "Уточнить можно только протокол, который ждёт решения и чей файл сохранён.")
    return redirect("collection:batch", pk=pk)


def _batch(request: Request, pk: int, action: str = "accept_batch") -> Batch:
    """The batch, where the person may see it; else it does not exist. Changing it needs the right to the action."""
    one = (
        visible_batches(request.sight)
        .select_related("upload", "procedure", "territory", "accepted_by", "withdrawn_by")
        .filter(pk=pk)
        .first()
    )
    if one is None:
        raise Http404
    if request.method == "POST":
        refuse_unless(request.sight.may(action, one.territory))
    return one
