"""Screens of a draft's roadmaps: their sections and activities, added, edited, moved, removed. Views translate."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from msoko.core.vocabulary.russian import nbsp
from msoko.core.vocabulary.words import natural_key
from msoko.web.people.requests import Request
from msoko.web.roadmap.edited_texts import activity_of
from msoko.web.roadmap.meanwhile import Attempt, attempt, in_words, last_change, met
from msoko.web.roadmap.models import Activity, Programme, Roadmap, Section
from msoko.web.roadmap.programme_contents_page import ContentsPage
from msoko.web.roadmap.programme_edit_views import SAVED, crumbs, frozen, page_of
from msoko.web.roadmap.programme_fields import begun_with
from msoko.web.roadmap.programme_findings import choices, finding_named
from msoko.web.roadmap.programme_forms import ActivityForm, RoadmapForm, SectionForm
from msoko.web.roadmap.programme_page import ROADMAPS, ProgrammePage
from msoko.web.roadmap.programme_reading import read_back
from msoko.web.roadmap.programme_rights import activity_to_edit, roadmap_to_edit, section_to_edit
from msoko.web.roadmap.services import contents
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.seen import ChangedMeanwhile

REMOVED = nbsp(
    "Этого мероприятия больше нет: его удалили, пока страница была открыта. Ваш текст в полях: сохраните его, и оно "
    "появится снова."
)
MOST_READ = 2000  # letters of an address that are read back while somebody types


@require_POST
def roadmap_add(request: Request, pk: int) -> HttpResponse:
    """One more roadmap; then its page."""
    page = page_of(request, pk)
    if (answer := frozen(request, page.programme, request.POST.get("title", ""))) is not None:
        return answer
    form = RoadmapForm(request.POST)
    if form.is_valid():
        try:
            said = form.cleaned_data
            made = contents.add_roadmap(page.programme, request.user, said["title"], said["direction"])
        except CannotChange as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("roadmap:programme_contents", pk=made.pk)
    context = {"page": page, "tab": ROADMAPS, "form": form, "breadcrumbs": page.breadcrumbs}
    return render(request, "roadmap/programme_roadmaps.html", context)


@require_POST
def roadmap_act(request: Request, pk: int) -> HttpResponse:
    """A button beside a roadmap: up, down, remove."""
    roadmap = roadmap_to_edit(request.sight, pk)
    programme = roadmap.programme
    try:
        if "remove" in request.POST:
            contents.remove_roadmap(roadmap, request.user)
            messages.success(request, "Дорожная карта удалена.")
        else:
            contents.move_roadmap(roadmap, request.user, -1 if "up" in request.POST else 1)
    except CannotChange as refusal:
        messages.error(request, str(refusal))
    return redirect("roadmap:programme_tab", pk=programme.pk, tab=ROADMAPS)


# ---- one roadmap


def contents_page(request: Request, pk: int) -> HttpResponse:
    """Everything in a roadmap, with buttons; its title and direction are edited here too."""
    roadmap = roadmap_to_edit(request.sight, pk)
    page = page_of(request, roadmap.programme_id)
    if (answer := frozen(request, page.programme)) is not None:
        return answer
    form = RoadmapForm(request.POST) if "describe" in request.POST else RoadmapForm.of(roadmap)
    tried = Attempt(False)
    if form.is_valid():
        said = form.cleaned_data
        tried = attempt(form, page.programme, roadmap, request.user,
                        lambda: contents.edit_roadmap(roadmap, request.user, **said))  # fmt: skip
    if tried.is_saved:
        messages.success(request, SAVED)
        return redirect("roadmap:programme_contents", pk=pk)
    context = {
        "meanwhile": tried.meanwhile,
        "deed": {"name": "describe", "value": "1"},
        "page": page,
        "shown": ContentsPage(roadmap, page.programme, request.sight),
        "form": form,
        "breadcrumbs": crumbs(page, roadmap.title, ROADMAPS),
    }
    return render(request, "roadmap/programme_contents.html", context)


Deed = Callable[[Request, Roadmap, str], str]
"""Carries out a button of the page; the place of the page to go back to."""


def _section_add(request: Request, roadmap: Roadmap, said: str) -> str:
    return f"section-{contents.add_section(roadmap, request.user, _section_said(request)['title']).pk}"


def _section_said(request: Request) -> dict[str, str]:
    """The title may be empty: a section without one. Raises CannotChange for what no title can be."""
    form = SectionForm(request.POST)
    if not form.is_valid():
        raise CannotChange(" ".join(str(error) for errors in form.errors.values() for error in errors))
    said: dict[str, str] = form.cleaned_data
    return said


def _section_rename(request: Request, roadmap: Roadmap, said: str) -> str:
    section = _section(request, said)
    contents.edit_section(section, request.user, **_section_said(request))
    return f"section-{section.pk}"


def _moving_section(by: int) -> Deed:
    def move(request: Request, roadmap: Roadmap, said: str) -> str:
        section = _section(request, said)
        contents.move_section(section, request.user, by)
        return f"section-{section.pk}"

    return move


def _section_remove(request: Request, roadmap: Roadmap, said: str) -> str:
    contents.remove_section(_section(request, said), request.user)
    messages.success(request, "Раздел удалён.")
    return ""


def _moving_activity(by: int) -> Deed:
    def move(request: Request, roadmap: Roadmap, said: str) -> str:
        activity = _activity(request, said)
        contents.move_activity(activity, request.user, by)
        return f"activity-{activity.pk}"

    return move


def _activity_remove(request: Request, roadmap: Roadmap, said: str) -> str:
    activity = _activity(request, said)
    section = activity.section_id
    contents.remove_activity(activity, request.user)
    messages.success(request, "Мероприятие удалено.")
    return f"section-{section}"


def _renumber(request: Request, roadmap: Roadmap, said: str) -> str:
    contents.renumber(roadmap, request.user)
    messages.success(request, "Мероприятия пронумерованы по порядку.")
    return ""


DEEDS: dict[str, Deed] = {
    "section_add": _section_add,
    "section_rename": _section_rename,
    "section_up": _moving_section(-1),
    "section_down": _moving_section(1),
    "section_remove": _section_remove,
    "activity_up": _moving_activity(-1),
    "activity_down": _moving_activity(1),
    "activity_remove": _activity_remove,
    "renumber": _renumber,
}
"""Name of a button → what it does."""


@require_POST
def contents_act(request: Request, pk: int) -> HttpResponse:
    """A button of the page of a roadmap."""
    roadmap = roadmap_to_edit(request.sight, pk)
    place = ""
    for button in DEEDS.keys() & request.POST.keys():
        try:
            place = DEEDS[button](request, roadmap, request.POST[button])
        except ChangedMeanwhile as changed:
            return _two_titles(request, roadmap, _section(request, request.POST[button]), changed)
        except CannotChange as refusal:
            messages.error(request, str(refusal))
    address = reverse("roadmap:programme_contents", args=[pk])
    return redirect(f"{address}#{place}" if place else address)


def _two_titles(request: Request, roadmap: Roadmap, section: Section, changed: ChangedMeanwhile) -> HttpResponse:
    """A section was renamed by two at once: a page of its own, for the list has no room for both titles."""
    page = page_of(request, roadmap.programme_id)
    form = SectionForm(request.POST)
    form.is_valid()
    contents_address = reverse("roadmap:programme_contents", args=[roadmap.pk])
    context = {
        "page": page,
        "form": form,
        "title": "Название раздела",
        "back": contents_address,
        "meanwhile": met(form, changed.now, in_words(last_change(page.programme, section), request.user)),
        "theirs": contents_address,
        "deed": {"name": "section_rename", "value": section.pk},
        "breadcrumbs": crumbs(page, roadmap.title, ROADMAPS),
    }
    return render(request, "roadmap/programme_form.html", context)


def _section(request: Request, said: str) -> Section:
    return section_to_edit(request.sight, _key(said))


def _activity(request: Request, said: str) -> Activity:
    return activity_to_edit(request.sight, _key(said))


def _key(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) < 18):
        raise Http404("Такой строки в программе нет.")
    return int(said)


# ---- one activity


def activity_add(request: Request, pk: int) -> HttpResponse:
    """A new one in the section."""
    section = section_to_edit(request.sight, pk)
    page = page_of(request, section.roadmap.programme_id)
    if (answer := frozen(request, page.programme)) is not None:
        return answer
    form = _activity_form(request, page, {"section": section.pk, "number": next_number(section)}, None)
    return _activity_page(request, page, form, section.roadmap, None)


def activity_edit(request: Request, pk: int) -> HttpResponse:
    if request.method == "POST" and not Activity.objects.filter(pk=pk).exists():
        return _removed_meanwhile(request)
    activity = activity_to_edit(request.sight, pk)
    page = page_of(request, activity.roadmap.programme_id)
    if (answer := frozen(request, page.programme)) is not None:
        return answer
    form = _activity_form(request, page, begun_with(activity_of(activity)), activity)
    return _activity_page(request, page, form, activity.roadmap, activity)


def _removed_meanwhile(request: Request) -> HttpResponse:
    """What was typed about an activity that is no longer there, to be added anew."""
    section = section_to_edit(request.sight, _key(request.POST.get("section", "")))
    page = page_of(request, section.roadmap.programme_id)
    form = _activity_form(request, page, {}, None)
    if form.is_valid() or form.is_bound:
        form.add_error(None, REMOVED)
    else:
        messages.error(request, REMOVED)
    return _activity_shown(request, page, form, section.roadmap, None,
                           action=reverse("roadmap:programme_activity_add", args=[section.pk]))  # fmt: skip


def _activity_form(
    request: Request, page: ProgrammePage, initial: dict[str, Any], activity: Activity | None
) -> ActivityForm:
    """Where only the reading back was asked for, what was typed comes back without a judgement."""
    found = choices(page.programme, request.sight, activity.finding if activity else None)
    sections = sections_of(page.programme)
    if "check" in request.POST:
        return ActivityForm(None, page.programme, sections, found, initial=request.POST.dict())
    return ActivityForm(
        request.POST if request.method == "POST" else None, page.programme, sections, found, initial=initial
    )


def sections_of(programme: Programme) -> list[Section]:
    found = Section.objects.filter(roadmap__programme=programme).select_related("roadmap")
    return list(found.order_by("roadmap__order", "roadmap_id", "order", "pk"))


def _activity_page(
    request: Request, page: ProgrammePage, form: ActivityForm, roadmap: Roadmap, activity: Activity | None
) -> HttpResponse:
    saved: list[Activity] = []
    tried = Attempt(False)
    if form.is_valid():
        tried = attempt(form, page.programme, activity or roadmap, request.user,
                        lambda: saved.append(_saved(request, page, form, activity)))  # fmt: skip
    if tried.is_saved:
        messages.success(request, SAVED)
        return redirect(_after(request, saved[0] if saved else activity))
    return _activity_shown(request, page, form, roadmap, activity, meanwhile=tried.meanwhile)


def _activity_shown(
    request: Request, page: ProgrammePage, form: ActivityForm, roadmap: Roadmap, activity: Activity | None, **more: Any
) -> HttpResponse:
    words = [str(form[name].value() or "") for name in ("deadline", "executors_words")]
    context = {
        **more,
        "page": page,
        "form": form,
        "activity": activity,
        "roadmap": roadmap,
        "read": read_back(page.programme, request.sight, *words),
        "breadcrumbs": _activity_crumbs(page, roadmap, activity),
    }
    return render(request, "roadmap/programme_activity.html", context)


def _activity_crumbs(page: ProgrammePage, roadmap: Roadmap, activity: Activity | None) -> list[dict[str, str]]:
    *before, _ = crumbs(page, "", ROADMAPS)
    here = {"title": roadmap.title, "url": reverse("roadmap:programme_contents", args=[roadmap.pk])}
    return [*before, here, {"title": activity.title if activity else "Новое мероприятие"}]


def _saved(request: Request, page: ProgrammePage, form: ActivityForm, activity: Activity | None) -> Activity:
    kept = activity.finding if activity else None
    finding = finding_named(page.programme, request.sight, form.finding(), kept)
    section = section_to_edit(request.sight, form.cleaned_data["section"])
    if activity is None:
        return contents.add_activity(section, request.user, form.wording(finding))
    return contents.edit_activity(activity, request.user, form.wording(finding), section, form.cleaned_data["seen"])


def _after(request: Request, saved: Activity | None) -> str:
    """Where the editor goes on."""
    assert saved is not None
    if "another" in request.POST:
        return reverse("roadmap:programme_activity_add", args=[saved.section_id])
    return f"{reverse('roadmap:programme_contents', args=[saved.roadmap_id])}#activity-{saved.pk}"


def next_number(section: Section) -> str:
    """After the last number of the section: «1.3» after «1.2»; '' where numbers tell nothing."""
    numbers = sorted(filter(None, (one.number for one in section.activities.all())), key=natural_key)
    if not numbers:
        return ""
    before, dot, last = numbers[-1].rstrip(".").rpartition(".")
    return f"{before}{dot}{int(last) + 1}" if last.isascii() and last.isdecimal() else ""


def understood(request: Request, pk: int) -> HttpResponse:
    """What the words that are being typed mean: a part of the page of an activity."""
    page = page_of(request, pk)
    words = [request.GET.get(name, "")[:MOST_READ] for name in ("deadline", "executors_words")]
    return render(
        request, "roadmap/programme_understood.html", {"read": read_back(page.programme, request.sight, *words)}
    )
