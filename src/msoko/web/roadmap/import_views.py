"""Screens of a signed document: uploading it, waiting for it, its passport, making it a programme."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from msoko.core.roadmap.reading.containers import MOST_BYTES
from msoko.web.collection.services.uploading import TooLarge
from msoko.web.look import files
from msoko.web.people.requests import Request
from msoko.web.roadmap.import_forms import DocumentForm, LiveForm, PassportForm
from msoko.web.roadmap.import_page import ReviewPage
from msoko.web.roadmap.import_passport import PassportPage
from msoko.web.roadmap.import_queries import document_in_sight, documents_of, last_edit
from msoko.web.roadmap.meanwhile import Attempt, in_words, met
from msoko.web.roadmap.models import Programme, RoadmapImport
from msoko.web.roadmap.past_dates_forms import ALL, AskForm, passed_of
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.editions import approve
from msoko.web.roadmap.services.importing import (
    LIVES_IN,
    CannotImport,
    PassportChanged,
    discard,
    kept,
    read_again,
    receive,
    review_again,
    set_passport,
)
from msoko.web.roadmap.services.importing_live import direction_of, doubtful, lacks, make_live, place_of
from msoko.web.roadmap.services.importing_rows import in_places

MEGABYTE = 1024 * 1024
State = RoadmapImport.State


def upload(request: Request) -> HttpResponse:
    """Documents that wait for a person, and the place to give another one."""
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if request.method == "POST" and form.is_valid() and (received := _receive(request, form)):
        return redirect("roadmap:import_review", pk=received.pk)
    territory = request.sight.territory
    context = {
        "form": form,
        "documents": documents_of(request.sight),
        "largest": MOST_BYTES // MEGABYTE,
        "can_have": territory is not None and territory.kind in LIVES_IN,
        "territory": territory,
        "breadcrumbs": crumbs(),
    }
    return render(request, "roadmap/import_upload.html", context)


def _receive(request: Request, form: DocumentForm) -> RoadmapImport | None:
    file, territory = form.cleaned_data["file"], request.sight.territory
    if territory is None:
        form.add_error("file", "Выберите территорию, чья это программа.")
        return None
    try:
        return receive(file.chunks(), file.name, territory, request.user)
    except TooLarge as error:
        form.add_error("file", f"{error} Разделите документ на части или уберите из него изображения.")
    except CannotImport as refusal:
        form.add_error("file", str(refusal))
    return None


def crumbs(document: RoadmapImport | None = None, *more: str) -> list[dict[str, str]]:
    found = [
        {"title": "Программы и дорожные карты", "url": reverse("roadmap:programmes")},
        {"title": "Подписанные документы", "url": reverse("roadmap:import_upload")},
    ]
    if document is not None:
        found.append({"title": document.file_name, "url": reverse("roadmap:import_review", args=[document.pk])})
    return found + [{"title": title, "url": ""} for title in more]


def review(request: Request, pk: int) -> HttpResponse:
    """A document in whatever state: waiting, failed, on review, live, discarded."""
    page = ReviewPage(document_in_sight(request.sight, pk), request.sight, request.GET)
    context = {"page": page, "document": page.document, "breadcrumbs": crumbs(page.document)}
    if page.is_waiting or page.document.state in (State.FAILED, State.DISCARDED):
        context["is_kept"] = kept(page.document.sha256).exists()
        return render(request, "roadmap/import_state.html", context)
    if request.htmx.target == "import-rows":  # type: ignore[attr-defined]
        return render(request, "roadmap/import_rows.html", context)
    return render(request, "roadmap/import_review.html", context)


def progress(request: Request, pk: int) -> HttpResponse:
    """Asked for again and again while the document is read; then the page is shown anew."""
    page = ReviewPage(document_in_sight(request.sight, pk), request.sight, request.GET)
    if not page.is_waiting:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "roadmap/import_progress.html", {"document": page.document})


def original(request: Request, pk: int) -> HttpResponse:
    """The file as it came, to be saved."""
    document = document_in_sight(request.sight, pk)
    place = kept(document.sha256)
    if not place.exists():
        raise Http404("Файл больше не хранится.")
    return files.attachment(place.read_bytes(), document.file_name, "application/octet-stream")


@require_POST
def discard_document(request: Request, pk: int) -> HttpResponse:
    document = document_in_sight(request.sight, pk)
    if discard(document, request.user):
        messages.success(request, "Документ отклонён: программы из него не будет.")
        return redirect("roadmap:import_upload")
    messages.error(request, "Документ уже отклонён или стал программой: обновите страницу.")
    return redirect("roadmap:import_review", pk=pk)


@require_POST
def read_document_again(request: Request, pk: int) -> HttpResponse:
    """Read a failed document once more; look again at one whose programme has been thrown away."""
    document = document_in_sight(request.sight, pk)
    if not (read_again(document, request.user) or review_again(document, request.user)):
        messages.error(request, "Прочитать заново можно только непрочитанный документ, файл которого сохранён.")
    return redirect("roadmap:import_review", pk=pk)


def edit_passport(request: Request, pk: int) -> HttpResponse:
    """Title, period and fields of the passport beside the lines they were found in."""
    document = document_in_sight(request.sight, pk)
    form = PassportForm(request.POST) if request.method == "POST" else PassportForm.of(document)
    tried = _set_passport(request, document, form) if form.is_valid() else Attempt(False)
    if tried.is_saved:
        messages.success(request, "Название, период и паспорт сохранены.")
        return redirect("roadmap:import_review", pk=pk)
    page = PassportPage(document, form, request.sight)
    context = {"page": page, "document": document, "form": form, "breadcrumbs": crumbs(document, "Паспорт и период"),
               "meanwhile": tried.meanwhile}  # fmt: skip
    return render(request, "roadmap/import_passport.html", context)


def _set_passport(request: Request, document: RoadmapImport, form: PassportForm) -> Attempt:
    said = {name: form.cleaned_data[name] for name in ("title", "begins", "ends", "seen")}
    try:
        set_passport(document, request.user, fields=form.said, **said)
    except PassportChanged as changed:
        both = met(form, changed.now, in_words(last_edit(document, "passport"), request.user))
        return Attempt(not both.differences, both if both.differences else None)
    except CannotImport as refusal:
        form.add_error(None, str(refusal))
        return Attempt(False)
    return Attempt(True)


def live(request: Request, pk: int) -> HttpResponse:
    """What the document lacks to become a programme, and the button that makes it one."""
    document = document_in_sight(request.sight, pk)
    page, form = ReviewPage(document, request.sight, request.GET), _live_form(request, document)
    ask = _ask_form(request, page)
    if request.method == "POST" and form.is_valid():
        asks = ask if form.cleaned_data.get("is_signed") else None
        if (asks is None or asks.is_valid()) and (programme := _make_live(request, document, form, asks)):
            return redirect("roadmap:programme", pk=programme.pk)
    context = {
        "document": document,
        "form": form,
        "ask": ask,
        "lacks": lacks(document) if document.state == State.REVIEW else [],
        "page": page,
        "breadcrumbs": crumbs(document, "Сделать программой"),
    }
    return render(request, "roadmap/import_live.html", context)


def _live_form(request: Request, document: RoadmapImport) -> LiveForm:
    rows = in_places(document.rows.filter(is_dropped=False))
    titles = dict.fromkeys(place_of(row).roadmap for row in rows)
    said = document.passport
    return LiveForm(
        request.POST if request.method == "POST" else None,
        unchecked=doubtful(document.rows.all()).count(),
        roadmaps=[(title, direction_of(title)) for title in titles],
        may_approve=request.sight.may("approve_programme", document.organisation),
        initial={
            "approved_on": said.get("approved_on", {}).get("value"),
            "order_words": said.get("approved_by", {}).get("value"),
        },
    )


def _ask_form(request: Request, page: ReviewPage) -> AskForm | None:
    """A document of the past binds with all its dates unless the person says otherwise."""
    today = timezone.localdate()
    passed = passed_of(page.dues, today)
    return AskForm(request.POST if request.method == "POST" else None, passed, today, ALL) if passed else None


def _make_live(request: Request, document: RoadmapImport, form: LiveForm, ask: AskForm | None) -> Programme | None:
    """The programme, approved where the person says so; where anything is refused nothing is made."""
    said, asked = form.cleaned_data, ask.asked if ask else None
    try:
        with transaction.atomic():
            programme = make_live(
                document, request.user, directions=form.directions, takes_unchecked=bool(said.get("takes_unchecked"))
            )
            if said.get("is_signed"):
                today = timezone.localdate()
                approve(programme, request.user, said["approved_on"], said["order_words"], today, asked)
    except (CannotImport, CannotChange) as refusal:
        for reason in refusal.reasons:
            form.add_error(None, reason)
        return None
    done = "введена в действие" if said.get("is_signed") else "создана как проект: проверьте даты и утвердите её"
    messages.success(request, f"Программа {done}.")
    return programme
