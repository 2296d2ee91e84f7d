"""A year of due dates and assignments of a programme with 500 activities in a municipality of 40 schools."""

import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from benchmarks._measuring import wall_and_cpu  # noqa: E402
from benchmarks._region import use_home  # noqa: E402
from benchmarks._report import Chapter  # noqa: E402

SCHOOLS, ACTIVITIES, ROUNDS = 40, 500, 5
YEAR, TODAY = 2026, date(2026, 1, 10)
TARGET = 2.0  # seconds
MIXED, SCHOOLS_ONLY = "as roadmaps are", "all for all schools"
Times = dict[str, list[tuple[float, float]]]


def main() -> None:
    with TemporaryDirectory() as folder:
        use_home(Path(folder))
        municipality = _municipality()
        measured = {name: _measured(municipality, name) for name in (MIXED, SCHOOLS_ONLY)}
        _chapter(measured).write()


def _municipality() -> Any:
    from msoko.web.people import services
    from msoko.web.people.services import NewSchool

    region = services.ensure_territory("region", "Область")
    municipality = services.ensure_territory("municipality", "Район", region)
    services.create_schools(
        [NewSchool(f"sch99{n:04d}", f"СОШ № {n}", municipality="Район") for n in range(1, SCHOOLS + 1)]
    )
    return municipality


def _measured(municipality: Any, kind: str) -> tuple[Times, int, int]:
    """Step → times of all rounds, each on a programme of its own; due dates and assignments of one round."""
    from msoko.web.roadmap.models import Assignment, Occurrence

    times: Times = {}
    for _ in range(ROUNDS):
        old, new = _programme(municipality, kind), None
        for name, step in _steps(old).items():
            times.setdefault(name, []).append(wall_and_cpu(step))
        occurrences = Occurrence.objects.filter(activity__roadmap__programme=old).count()
        assignments = Assignment.objects.filter(occurrence__activity__roadmap__programme=old).count()
        new = _programme(municipality, kind, old)
        times.setdefault("a new edition takes over", []).append(wall_and_cpu(_taking_over(old, new)))
        Assignment.objects.all().delete()
    return times, occurrences, assignments


def _steps(programme: Any) -> Mapping[str, Callable[[], object]]:
    from msoko.web.roadmap.services.assigning import assign, horizon, occur, refresh_groups, settle

    def generate() -> None:
        occur(programme)
        assign(programme, horizon(TODAY))

    return {
        "generating the year": generate,
        "generating it again: nothing changes": lambda: settle(programme, TODAY),
        "following the lists: nothing changes": lambda: refresh_groups(programme, TODAY),
    }


def _taking_over(old: Any, new: Any) -> Callable[[], object]:
    from msoko.web.roadmap.services.assigning import take_over

    return lambda: take_over(old, new, TODAY)


def _programme(municipality: Any, kind: str, previous: Any = None) -> Any:
    from msoko.web.roadmap.models import Activity, Executor, Programme, Roadmap, Section

    if previous is not None:
        Programme.objects.filter(pk=previous.pk).update(state=Programme.State.SUPERSEDED)
    programme = Programme.objects.create(
        organisation=municipality, title="Программа", begins=date(YEAR, 1, 1), ends=date(YEAR, 12, 31),
        state=Programme.State.APPROVED, previous=previous,
    )  # fmt: skip
    roadmap = Roadmap.objects.create(programme=programme, title="План")
    section = Section.objects.create(roadmap=roadmap)
    before = list(Activity.objects.filter(roadmap__programme=previous).order_by("pk")) if previous else []
    made = Activity.objects.bulk_create(
        Activity(
            roadmap=roadmap, section=section, title=f"Мероприятие {n}", windows=_windows(n, kind),
            descends_from=before[n] if before else None,
        )
        for n in range(ACTIVITIES)
    )  # fmt: skip
    Executor.objects.bulk_create(
        Executor(activity=one, words="исполнитель", kind=who)
        for n, one in enumerate(made)
        for who in _executors(n, kind)
    )
    return programme


def _windows(n: int, kind: str) -> list[list[str]]:
    """Of ten activities one is monthly, two quarterly, two twice a year, the others once."""
    times = 1 if kind == SCHOOLS_ONLY else (12, 4, 4, 2, 2, 1, 1, 1, 1, 1)[n % 10]
    months = range(1, 13, 12 // times)
    return [[date(YEAR, month, 1).isoformat(), (date(YEAR, month, 1) + timedelta(27)).isoformat()] for month in months]


def _executors(n: int, kind: str) -> Sequence[str]:
    """Of three activities one is for all schools and the department, the others for who works in the municipality."""
    if kind == SCHOOLS_ONLY:
        return ("all_schools",)
    return (("all_schools", "department"), ("department", "methodist"), ("methodist", "curators"))[n % 3]


def _chapter(measured: Mapping[str, tuple[Times, int, int]]) -> Chapter:
    chapter = Chapter(
        "roadmap_generating",
        "Due dates and assignments",
        f"a year of a programme with {ACTIVITIES} activities in a municipality of {SCHOOLS} schools in at most "
        f"{TARGET:.0f} s.",
    )
    for kind, (times, occurrences, assignments) in measured.items():
        rows = [_row(name, of_step) for name, of_step in times.items()]
        head = f"{kind}: {occurrences} due dates, {assignments} assignments"
        chapter.tables.append(((head, "wall, ms", "CPU, ms", "CPU of the target"), rows))
    chapter.notes.append(f"SQLite, every step in a transaction of its own and committed; medians of {ROUNDS} rounds.")
    return chapter


def _row(name: str, times: list[tuple[float, float]]) -> list[str]:
    wall, cpu = (statistics.median(one[index] for one in times) for index in (0, 1))
    return [name, f"{1000 * wall:.0f}", f"{1000 * cpu:.0f}", f"{cpu / TARGET:.2f}"]


if __name__ == "__main__":
    main()
