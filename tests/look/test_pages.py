"""The frame and the pages of refusal, rendered without a database."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.test import RequestFactory

from msoko.web.look import samples, views

REFUSALS = ["403.html", "404.html", "500.html", "403_csrf.html", "look/locked_out.html"]
NAVIGATION = [
    {"title": "Обзор", "url": "/", "icon": "overview", "current": True},
    {"title": "Эффект", "url": "", "icon": "effect", "current": False},
]


def frame(**context: object) -> str:
    request = RequestFactory().get("/design/", {"year": "2021", "q": "лес"})
    return render_to_string("look/base.html", {"request": request, **context})


@pytest.mark.parametrize("template", REFUSALS)
def test_a_refusal_says_what_happened_what_is_safe_and_what_to_do(template):
    html = render_to_string(template)
    assert all(words in html for words in ("Что случилось", "Что цело", "Что делать"))
    assert '<html lang="ru">' in html


@pytest.mark.parametrize("template", [*REFUSALS, "look/base.html"])
def test_a_page_loads_nothing_from_outside_and_runs_nothing_inside(template):
    html = render_to_string(template, {"request": RequestFactory().get("/")})
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
    assert not re.search(r'<script(?![^>]*\ssrc=)|<style|\sstyle="|\son\w+="', html)


def test_refusals_answer_with_their_status():
    request = RequestFactory().get("/")
    assert views.forbidden(request, PermissionDenied("Нельзя.")).status_code == 403
    assert views.not_found(request, Exception()).status_code == 404
    assert views.broken(request).status_code == 500


def test_a_refusal_tells_its_reason():
    assert "Нельзя." in views.forbidden(RequestFactory().get("/"), PermissionDenied("Нельзя.")).content.decode()


def test_a_section_without_an_address_is_not_shown():
    html = frame(navigation=NAVIGATION)
    assert "Обзор" in html
    assert "Эффект" not in html


def test_what_is_not_given_is_not_shown():
    html = frame()
    assert not any(words in html for words in ("Территория", "Выйти", "демонстрационные", "пересчитываются"))


def test_a_demonstration_says_so():
    assert "демонстрационные данные" in frame(demonstration=True)


def test_stale_values_say_so():
    assert "Значения пересчитываются" in frame(stale={"text": "Пока старые."})


def test_choosing_a_territory_keeps_the_rest_of_the_address():
    html = frame(territories=[{"value": 1, "title": "Район", "current": True}])
    form = html[html.index("topbar-scope") : html.index("</form>")]
    assert 'name="q" value="лес"' in form
    assert 'name="territory"' in form


def test_the_first_link_leads_to_the_content():
    html = frame()
    assert re.search(r"<a [^>]*>", html)[0] == '<a class="skip-link" href="#main">'  # type: ignore[index]
    assert 'id="main"' in html


def test_the_design_page_shows_every_component():
    request = RequestFactory().get("/design/")
    html = render_to_string("look/design.html", {**samples.everything(request.GET), "request": request})
    assert all(
        f'class="{name}' in html for name in ("btn", "badge", "table", "filters", "empty", "progress", "picture")
    )


def test_ids_of_the_design_page_are_all_different():
    request = RequestFactory().get("/design/")
    html = render_to_string("look/design.html", {**samples.everything(request.GET), "request": request})
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
