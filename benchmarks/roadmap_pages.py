"""Server time of the pages of roadmaps: 500 activities given to 40 schools, a programme of five years."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks._measuring import percentile  # noqa: E402
from benchmarks._page import timed_page  # noqa: E402
from benchmarks._region import use_home  # noqa: E402
from benchmarks._report import Chapter  # noqa: E402

REQUESTS = 30
TARGET = 200  # milliseconds
SCHOOLS, ACTIVITIES, SECTIONS = 40, 500, 10
HOME = ROOT / "build" / "bench-roadmap"
YEAR = date.today().year
BEGINS, ENDS = date(YEAR - 1, 1, 1), date(YEAR + 3, 12, 31)

DEADLINES = (
    "ежегодно, сентябрь",
    "1 раз в четверть",
    f"до 1 ноября {YEAR} г.",
    "октябрь–декабрь, ежегодно",
    "по плану управления",
    "постоянно",
    "2 раза в год (январь, июнь)",
    "когда будет решено",
)
EXECUTORS = (
    "Руководители ОО",
    "Общеобразовательные организации, управление образования",
    "Методическая служба",
    "Школы с низкими результатами",
    "Областной институт развития образования",
)


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measured(Path(sys.argv[1]))))
        return
    if HOME.exists():
        shutil.rmtree(HOME)
    said = subprocess.run([sys.executable, "-W", "ignore", __file__, str(HOME)], check=True, stdout=subprocess.PIPE)
    _chapter(json.loads(said.stdout.splitlines()[-1])).write()


def measured(home: Path) -> dict[str, Any]:
    """Page → {first, times, cpu, queries}, and how many assignments there are."""
    use_home(home)
    from django.conf import settings
    from django.template import Template
    from django.test.utils import _TestState, setup_test_environment

    setup_test_environment()
    # The copies of contexts that a test environment makes are no part of a page.
    Template._render = _TestState.saved_data.template_render
    import_module("msoko.web.wsgi")
    settings.ALLOWED_HOSTS = ["testserver"]
    given = fill()
    return {
        "given": given,
        "pages": {name: timed_page(client, address, REQUESTS) for name, client, address in _pages()},
    }


# ---- what is there


def fill() -> int:
    """A municipality with its schools and a programme in force; how many assignments were given out."""
    from msoko.web.people import services
    from msoko.web.people.services import NewSchool
    from msoko.web.roadmap.models import Assignment, Programme
    from msoko.web.roadmap.services.editions import approve
    from msoko.web.roadmap.services.understanding import understand_all

    region = services.ensure_territory("region", "Приозёрная область")
    municipality = services.ensure_territory("municipality", "Приречный район", region)
    services.create_schools(
        [
            NewSchool(f"sch99{number:04d}", f"МБОУ «СОШ № {number}»", municipality=municipality.name)
            for number in range(1, SCHOOLS + 1)
        ]
    )
    head = services.invite("head@bench.example", "Измеритель", "department", municipality, None)
    programme = Programme.objects.create(
        organisation=municipality, title="Программа повышения качества образования", begins=BEGINS, ends=ENDS
    )
    _write_activities(programme)
    understand_all(programme)
    approve(programme, head, date(YEAR - 1, 1, 9), "Приказ № 1", today=date.today())
    _let_people_work()
    return Assignment.objects.count()


def _write_activities(programme: Any) -> None:
    from msoko.web.roadmap.models import Activity, Roadmap, Section

    roadmap = Roadmap.objects.create(programme=programme, title="Дорожная карта", direction="low_results")
    sections = [
        Section.objects.create(roadmap=roadmap, title=f"Раздел {number + 1}. Работа со школами", order=number)
        for number in range(SECTIONS)
    ]
    words = islice(zip(cycle(DEADLINES), cycle(EXECUTORS), strict=False), ACTIVITIES)
    Activity.objects.bulk_create(
        Activity(
            roadmap=roadmap,
            section=sections[number * SECTIONS // ACTIVITIES],
            number=str(number + 1),
            title=f"Мероприятие {number + 1}: семинар для управленческих команд по итогам оценочных процедур",
            deadline=deadline,
            executors_words=executors,
            result="Проведён семинар, подготовлена справка",
            order=number,
        )
        for number, (deadline, executors) in enumerate(words)
    )


def _let_people_work() -> None:
    """Of every ten assignments six are accepted, one is reported, one returned: by their numbers, in one statement."""
    from django.db.models import F
    from django.db.models.functions import Mod

    from msoko.web.roadmap.models import Assignment

    numbered = Assignment.objects.annotate(rest=Mod(F("pk"), 10))
    numbered.filter(rest__lt=6).update(state=Assignment.State.ACCEPTED)
    numbered.filter(rest=6).update(state=Assignment.State.REPORTED)
    numbered.filter(rest=7).update(state=Assignment.State.RETURNED, reason="Приложите справку")


# ---- pages


def _pages() -> Iterator[tuple[str, Any, str]]:
    """(name, a signed-in client, address)."""
    from django.urls import reverse

    from msoko.web.people.models import Organisation, Role
    from msoko.web.roadmap.models import Activity, Assignment, Roadmap

    roadmap = Roadmap.objects.get()
    municipality = roadmap.programme.organisation
    school = Organisation.objects.schools().order_by("pk").first()
    department, director = _client(Role.METHODIST, municipality), _client(Role.SCHOOL, school)
    activity = Activity.objects.filter(deadline=DEADLINES[1], executors_words=EXECUTORS[0]).first()
    table = reverse("roadmap:roadmap", args=[roadmap.pk])
    yield "roadmap", department, table
    yield "roadmap, third page", department, f"{table}?page=3"
    yield "roadmap, overdue", department, f"{table}?state=overdue&order=behind"
    yield "roadmap of a school", director, table
    for name in ("roadmap_month", "gantt", "progress"):
        yield name, department, reverse(f"roadmap:{name}", args=[roadmap.pk])
    yield "month of all programmes", department, reverse("roadmap:month")
    yield "activities of all programmes", department, reverse("roadmap:activities")
    yield "activity", department, reverse("roadmap:activity", args=[activity.pk])
    yield "programmes", department, reverse("roadmap:programmes")
    yield "programme", department, reverse("roadmap:programme", args=[roadmap.programme_id])
    yield "assignments", department, reverse("roadmap:assignments")
    yield "reports to verify", department, reverse("roadmap:verifying")
    yield "assignment", department, reverse("roadmap:assignment", args=[Assignment.objects.order_by("pk").first().pk])
    yield "my tasks of a school", director, reverse("roadmap:my_tasks")
    yield "my tasks of a methodist", department, reverse("roadmap:my_tasks")
    yield "overview", department, reverse("cycles:overview")
    yield "overview of a school", director, reverse("cycles:overview")


def _client(role: str, organisation: Any) -> Any:
    from django.test import Client

    from msoko.web.people.services import invite

    client = Client()
    person = invite(f"{role}-{organisation.pk}@bench.example", "Измеритель", role, organisation, None)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _chapter(answer: dict[str, Any]) -> Chapter:
    chapter = Chapter(
        "roadmap_pages",
        "Pages of roadmaps",
        f"server time p95 ≤ {TARGET} ms for a roadmap of {ACTIVITIES} activities × {SCHOOLS} schools.",
    )
    rows = [_row(page, found) for page, found in answer["pages"].items()]
    chapter.tables.append((("page", "p50, ms", "p95, ms", "p95 of CPU, ms", "first, ms", "queries"), rows))
    chapter.notes.append(
        f"{REQUESTS} requests a page by Django's test client in the process, signed in, on SQLite; «first» is the "
        f"request before them. {answer['given']:,} assignments of two of the programme's five years were given out."
    )
    return chapter


def _row(page: str, found: dict[str, Any]) -> list[str]:
    p50, p95 = (f"{1000 * percentile(found['times'], share):.0f}" for share in (0.5, 0.95))
    cpu = 1000 * percentile(found["cpu"], 0.95)
    mark = "" if cpu <= TARGET else " (!)"
    return [page, p50, p95, f"{cpu:.0f}{mark}", f"{1000 * found['first']:.0f}", str(found["queries"])]


if __name__ == "__main__":
    main()
