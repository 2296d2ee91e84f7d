"""Server time of pages with the demonstration district and with 1,500 schools, and their numbers of SQL queries."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks._measuring import percentile  # noqa: E402
from benchmarks._page import timed_page  # noqa: E402
from benchmarks._region import Region, load, use_home  # noqa: E402
from benchmarks._report import Chapter  # noqa: E402

REQUESTS = 30
WIDE = Region(1500, subjects=("РУ", "МА"), grades=(4, 5, 6, 7, 8), years=(2025, 2026), pupils_per_school=90)
HOMES = {"18 schools": ROOT / "build" / "demo", "1500 schools": ROOT / "build" / "bench-1500"}
TARGETS = {"18 schools": 100, "1500 schools": 200}
TABS = ("schools", "scores", "journal", "items", "classes", "years")


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measured(Path(sys.argv[1]))))
        return
    _forget_what_older_code_made(HOMES["1500 schools"])
    answers = {name: _in_a_process(home) for name, home in HOMES.items()}
    _chapter(answers).write()


def _forget_what_older_code_made(home: Path) -> None:
    """The region takes minutes to load, so it is kept as long as it is what the present code would make."""
    code = max(path.stat().st_mtime for path in (ROOT / "src" / "msoko").rglob("*.py"))
    if home.exists() and home.stat().st_mtime < code:
        shutil.rmtree(home)


def _in_a_process(home: Path) -> dict[str, Any]:
    """A process has one home for life."""
    said = subprocess.run([sys.executable, "-W", "ignore", __file__, str(home)], check=True, stdout=subprocess.PIPE)
    answer: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return answer


def measured(home: Path) -> dict[str, Any]:
    """Page → {first, times, cpu, queries}."""
    use_home(home)
    _fill(home)
    from django.conf import settings
    from django.template import Template
    from django.test.utils import _TestState, setup_test_environment

    setup_test_environment()
    # The copies of contexts that a test environment makes are no part of a page.
    Template._render = _TestState.saved_data.template_render
    # As gunicorn does: everything imported, then frozen.
    import_module("msoko.web.wsgi")
    settings.ALLOWED_HOSTS = ["testserver"]
    return {name: timed_page(client, address, REQUESTS) for name, client, address in _pages()}


def _fill(home: Path) -> None:
    from msoko.web.monitoring.services import recompute_stale
    from msoko.web.people.models import Organisation

    if not Organisation.objects.schools().exists():
        print(f"Filling {home}…", file=sys.stderr)
        load(WIDE)
    recompute_stale()


def _pages() -> Iterator[tuple[str, Any, str]]:
    """(name, a signed-in client, address): a municipality's and a school's pages, then the region's."""
    from django.urls import reverse

    from msoko.web.people.models import Kind, Organisation, Role

    municipality = Organisation.objects.real().filter(kind=Kind.MUNICIPALITY).order_by("pk").first()
    school = Organisation.objects.schools().filter(municipality=municipality).order_by("pk").first()
    department = _client(Role.DEPARTMENT, municipality)
    procedure = _largest_procedure(municipality)
    yield "overview", department, reverse("cycles:overview")
    yield "results", department, reverse("monitoring:results")
    yield "procedure: territory", department, reverse("monitoring:procedure", args=[procedure])
    for tab in TABS:
        yield f"procedure: {tab}", department, reverse("monitoring:procedure", args=[procedure, tab])
    yield "data", department, reverse("collection:data")
    yield "schools", department, reverse("people:organisations")
    yield "a school", department, reverse("monitoring:school", args=[school.pk])
    yield "overview of a school's director", _client(Role.SCHOOL, school), reverse("cycles:overview")
    if Organisation.objects.real().filter(kind=Kind.MUNICIPALITY).count() > 1:
        yield from _pages_of_the_region(municipality.region, procedure)


def _pages_of_the_region(region: Any, procedure: int) -> Iterator[tuple[str, Any, str]]:
    from django.urls import reverse

    from msoko.web.people.models import Role

    ministry = _client(Role.REGION, region)
    yield "region: overview", ministry, reverse("cycles:overview")
    yield "region: results", ministry, reverse("monitoring:results")
    yield "region: procedure", ministry, reverse("monitoring:procedure", args=[procedure])
    for tab in ("municipalities", "schools", "items"):
        yield f"region: procedure, {tab}", ministry, reverse("monitoring:procedure", args=[procedure, tab])
    yield "region: data", ministry, reverse("collection:data")
    yield "region: schools", ministry, reverse("people:organisations")


def _client(role: str, organisation: Any) -> Any:
    from django.test import Client

    from msoko.web.people.services import invite

    client = Client()
    client.force_login(
        invite(f"{role}-{organisation.pk}@bench.example", "Измеритель", role, organisation, None),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def _largest_procedure(organisation: Any) -> int:
    from msoko.web.monitoring.models import Value

    own = Value.objects.filter(organisation=organisation, whole=True, score="items", procedure__kind="vpr")
    found: int = own.order_by("-participants", "-procedure_id").values_list("procedure_id", flat=True)[0]
    return found


def _chapter(answers: dict[str, dict[str, Any]]) -> Chapter:
    chapter = Chapter(
        "pages",
        "Pages",
        "server time p95 ≤ 100 ms with the demonstration district, ≤ 200 ms with 1,500 schools in one region; the "
        "number of SQL queries does not grow with the number of schools.",
    )
    for name, pages in answers.items():
        rows = [_row(page, found, TARGETS[name]) for page, found in pages.items()]
        chapter.tables.append(((name, "p50, ms", "p95, ms", "p95 of CPU, ms", "first, ms", "queries"), rows))
    chapter.notes.append(
        f"{REQUESTS} requests a page by Django's test client in the process, signed in; «first» is the request before "
        "them: its pictures are not drawn yet, its templates not compiled. 1,500 schools wrote 20 works in 2 years."
    )
    return chapter


def _row(page: str, found: dict[str, Any], target: int) -> list[str]:
    p50, p95 = (f"{1000 * percentile(found['times'], share):.0f}" for share in (0.5, 0.95))
    cpu = 1000 * percentile(found["cpu"], 0.95)
    mark = "" if cpu <= target else " (!)"
    return [page, p50, p95, f"{cpu:.0f}{mark}", f"{1000 * found['first']:.0f}", str(found["queries"])]


if __name__ == "__main__":
    main()
