"""All methods over a region of 700 schools and 400,000 results: gathering, each method, storing; and the pages."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks._measuring import percentile, wall_and_cpu  # noqa: E402
from benchmarks._page import timed_page  # noqa: E402
from benchmarks._region import Region, load, use_home  # noqa: E402
from benchmarks._report import Chapter  # noqa: E402

REGION = Region(700, subjects=("РУ", "МА"), grades=(4, 5, 6, 7), years=(2025, 2026), with_context=True)
HOME = ROOT / "build" / "bench-analysis"
REQUESTS = 30
TARGET_SECONDS, TARGET_PAGE = 20, 200  # of all methods; of a findings page, in milliseconds at p95


def main() -> None:
    _forget_what_older_code_made()
    use_home(HOME)
    _fill()
    whole, parts = _calculated()
    _chapter(whole, parts, _pages()).write()


def _forget_what_older_code_made() -> None:
    """The region takes minutes to load, so it is kept as long as what reads and simulates files stays as it is."""
    rooms = ("simulation", "core/collection", "core/facts", "web/collection", "web/monitoring")
    code = max(path.stat().st_mtime for room in rooms for path in (ROOT / "src" / "msoko" / room).rglob("*.py"))
    if HOME.exists() and HOME.stat().st_mtime < code:
        shutil.rmtree(HOME)


def _fill() -> None:
    from msoko.web.monitoring.services import recompute_stale
    from msoko.web.people.models import Organisation

    if not Organisation.objects.schools().exists():
        print(f"Filling {HOME}…", file=sys.stderr)
        load(REGION)
    recompute_stale()


def _calculated() -> tuple[tuple[float, float], dict[str, tuple[float, float]]]:
    """The whole order for the last year, as the worker does it; then its parts one by one."""
    from msoko.core.analysis import computation_of
    from msoko.web.analysis.gathering import gather
    from msoko.web.analysis.methods import methods_in_force, parameters_of
    from msoko.web.analysis.models import Calculation
    from msoko.web.analysis.services.calculating import calculate, claim_due
    from msoko.web.people.models import Organisation

    Calculation.objects.all().delete()
    claimed = claim_due()
    if claimed is None:
        raise RuntimeError("nothing is due")
    whole = wall_and_cpu(lambda: calculate(claimed))
    methods, region = methods_in_force(), Organisation.objects.get(kind="region")
    made: list[object] = []
    years = max(method.years for method in methods)
    parts = {"gathering the panel": wall_and_cpu(lambda: made.append(gather(region, claimed.year, years)))}
    for method in methods:
        compute, values = computation_of(method).compute, parameters_of(method, region)
        parts[method.name] = wall_and_cpu(lambda compute=compute, values=values: compute(made[0], values))  # type: ignore[misc]
    return whole, parts


def _pages() -> dict[str, dict[str, Any]]:
    """Page → {first, times, cpu, queries}, by a person of the region's ministry and one of a district."""
    from importlib import import_module

    from django.conf import settings
    from django.template import Template
    from django.test import Client
    from django.test.utils import _TestState, setup_test_environment

    from msoko.web.analysis.services import calculate_due
    from msoko.web.people.models import Organisation, Role, User
    from msoko.web.people.services import give_role

    calculate_due()
    setup_test_environment()
    Template._render = _TestState.saved_data.template_render  # a page makes no copies of its contexts
    import_module("msoko.web.wsgi")
    settings.ALLOWED_HOSTS = ["testserver"]
    measured: dict[str, dict[str, Any]] = {}
    for role, kind in ((Role.REGION, "region"), (Role.DEPARTMENT, "municipality")):
        place = Organisation.objects.filter(kind=kind).order_by("pk")[0]
        user, _ = User.objects.get_or_create(email=f"{kind}@example.org")
        if not user.memberships.exists():
            give_role(user, role, place, None)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for name, address in _addresses(place):
            measured[f"{kind}: {name}"] = timed_page(client, address, REQUESTS)
    return measured


def _addresses(place: Any) -> Iterator[tuple[str, str]]:
    """(name, address); the school is the one of which most is found."""
    from django.db.models import Count
    from django.urls import reverse

    from msoko.web.people.models import Organisation

    for name in ("support", "objectivity", "tasks", "contradictions", "methods"):
        yield name, reverse(f"analysis:{name}")
    schools = Organisation.objects.schools().filter(path__startswith=place.path)
    most = schools.annotate(found=Count("findings")).order_by("-found", "pk")[0]
    yield "a school", reverse("analysis:school", args=[most.pk])
    yield "a finding", reverse("analysis:finding", args=[most.findings.order_by("pk")[0].pk])


def _chapter(
    whole: tuple[float, float], parts: dict[str, tuple[float, float]], pages: dict[str, dict[str, Any]]
) -> Chapter:
    from msoko.web.analysis.models import Figure, Finding
    from msoko.web.collection.models import Batch

    rows = sum(Batch.objects.filter(grain="pupils").values_list("rows", flat=True))
    times = [["**the whole order, stored**", f"{whole[0]:.2f}", f"{whole[1]:.2f}"]]
    times += [[name, f"{wall:.2f}", f"{cpu:.2f}"] for name, (wall, cpu) in parts.items()]
    shown = [_row(name, found) for name, found in pages.items()]
    columns = ("page", "p50, ms", "p95, ms", "p95 of CPU, ms", "first, ms", "queries")
    return Chapter(
        "analysing",
        "Methods of analysis",
        f"all methods in at most {TARGET_SECONDS} s; pages of findings at p95 in at most {TARGET_PAGE} ms.",
        tables=[
            (("step", "wall, s", "CPU, s"), times),
            (columns, shown),
        ],
        notes=[
            f"{REGION.schools} schools, {rows:,} rows of two years; {Finding.objects.count():,} findings and "
            f"{Figure.objects.count():,} figures stored. Times of methods are on a panel whose tallies earlier methods "
            "have already unpacked."
        ],
    )


def _row(name: str, found: dict[str, Any]) -> list[str]:
    p50, p95 = (f"{1000 * percentile(found['times'], share):.0f}" for share in (0.5, 0.95))
    cpu, first = 1000 * percentile(found["cpu"], 0.95), 1000 * found["first"]
    return [name, p50, p95, f"{cpu:.0f}", f"{first:.0f}", str(found["queries"])]


if __name__ == "__main__":
    main()
