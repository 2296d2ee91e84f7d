"""Every main page in the eyes of everyone who has it, at the width of a desk and of a telephone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser import deeds, invented
from tests.browser.places import Places
from tests.browser_fixtures import Watch

DESK, TELEPHONE = 1280, 360
# How far the content sticks out of the window, in pixels: more than none is a page that must be pushed to be read.
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

FOR_ALL = (
    "/", "/data/", "/results/", "/results/{work}/", "/results/{work}/scores/", "/results/{work}/journal/",
    "/results/{work}/items/", "/results/{work}/years/", "/schools/", "/schools/{own_school}/", "/password/",
    "/tasks/", "/tasks/?procedure={work}", "/data/contradictions/", "/schools/{own_school}/groups/",
    "/methods/", "/methods/low_results.posterior/",
    "/programmes/", "/programmes/{programme}/", "/programmes/{programme}/tab/swot/",
    "/programmes/{programme}/tab/roadmaps/", "/programmes/{programme}/tab/editions/",
    "/roadmaps/{roadmap}/", "/roadmaps/{roadmap}/month/", "/roadmaps/{roadmap}/gantt/",
    "/roadmaps/{roadmap}/progress/", "/month/", "/activities/", "/activities/{activity}/", "/assignments/",
    "/my-tasks/", "/verifying/", "/reminders/",
)  # fmt: skip
FOR_TERRITORIES = (
    "/results/{work}/schools/", "/results/{exam}/", "/schools/{weak_school}/", "/schools/?q=нет+такой",
    "/support/", "/support/?min_n=1", "/findings/{finding}/",
    "/board/", "/board/low_results/",
    "/objectivity/", "/objectivity/objectivity.inflated_mean/", "/findings/{signal}/", "/findings/{class_signal}/",
)  # fmt: skip
FOR_MANAGERS = (
    "/people/", "/people/{methodist}/", "/audit/", "/schools/register/", "/schools/{weak_school}/edit/",
    "/programmes/start/", "/programmes/{programme}/edition/", "/programmes/{programme}/tab/schools/",
    "/roadmaps/imports/", "/assignments/{reported}/", "/assignments/?state=overdue",
    "/schools/{weak_school}/merge/", "/data/batches/{batch}/", "/results/{work}/classes/",
    "/results/{work}/items/?territory={weak_school}",
)  # fmt: skip
PAGES = {
    "district": (*FOR_ALL, *FOR_TERRITORIES, *FOR_MANAGERS),
    "school": (*FOR_ALL, "/results/{work}/classes/", "/assignments/{own_assignment}/"),
    "region": (*FOR_ALL, *FOR_TERRITORIES, "/results/{work}/municipalities/"),
    "admin": (*FOR_ALL, *FOR_TERRITORIES, *FOR_MANAGERS, "/schools/place/", "/results/{work}/scale/", "/design/"),
}
# Pages that between them show every component and colour: there contrast is measured, too.
COLOURFUL = {
    "/",
    "/results/{work}/",
    "/results/{work}/schools/",
    "/support/?min_n=1",
    "/objectivity/",
    "/people/",
    "/audit/",
    "/design/",
    "/roadmaps/{roadmap}/",
    "/roadmaps/{roadmap}/gantt/",
    "/my-tasks/",
    "/verifying/",
    "/board/",
}
VISITS = [(person, page) for person, pages in PAGES.items() for page in pages]


def is_whole(page: Page, axe: Callable[..., None], contrast: bool = True, both: bool = True) -> None:
    """Nothing stands in anybody's way at the desk (and on the telephone, too: `both`), nothing sticks out on it."""
    axe(page, contrast=contrast)
    page.set_viewport_size({"width": TELEPHONE, "height": 900})
    assert page.evaluate(STICKS_OUT) <= 0, f"{page.url} must be pushed aside at {TELEPHONE} px"
    if both:
        axe(page, contrast=False)


@pytest.mark.parametrize(("person", "address"), VISITS)
def test_a_page_is_whole_for_everyone_who_has_it(
    windows: Callable[[str], Watch], places: Places, axe: Callable[..., None], person: str, address: str
) -> None:
    watch, wanted = windows(person), places.address(address)
    page = watch.page
    watch.faults.clear()
    page.set_viewport_size({"width": DESK, "height": 900})
    answer = page.goto(wanted)
    assert answer is not None
    assert (answer.status, urlsplit(page.url).path) == (200, urlsplit(wanted).path)
    assert page.get_by_role("heading", level=1).count() == 1
    # Others see the same components as the district: their small width is looked at for what sticks out.
    is_whole(page, axe, contrast=person in ("district", "admin") and address in COLOURFUL, both=person == "district")
    assert watch.faults == []


@pytest.mark.parametrize("state", ["waiting", "refused", "withdrawn", "discarded"])
def test_a_batch_is_whole_in_each_of_its_states(
    as_person: Callable[..., Page],
    axe: Callable[..., None],
    protocols: dict[int, Path],
    tmp_path: Path,
    state: str,
) -> None:
    page = as_person("district")
    address = brought_to(state, page, protocols, tmp_path)
    page.goto(address)
    is_whole(page, axe, contrast=state == "refused")


def brought_to(state: str, page: Page, protocols: dict[int, Path], folder: Path) -> str:
    """The address of a batch in the state; the demonstration's own protocols stay as they are."""
    if state == "refused":
        return deeds.hand_in(page, invented.not_a_protocol(folder))
    address = deeds.hand_in(page, protocols[4])
    if state == "withdrawn":
        deeds.accept(page)
        deeds.withdraw(page, "Прислан исправленный протокол")
    else:
        page.get_by_role("button", name="Не принимать").click()
    return address


def test_the_way_in_is_whole(open_page: Callable[..., Page], demo_server: Any, axe: Callable[..., None]) -> None:
    page = open_page(demo_server)
    page.goto("/login/")
    is_whole(page, axe)


def test_an_address_that_leads_nowhere_says_what_to_do(
    as_person: Callable[..., Page], axe: Callable[..., None]
) -> None:
    page = as_person("district")
    answer = page.goto("/no/such/page/")
    assert answer is not None
    assert answer.status == 404
    is_whole(page, axe)
