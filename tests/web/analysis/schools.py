"""Schools that write what a test needs: a region of two municipalities, low or good by order."""

from collections.abc import Iterable
from dataclasses import replace
from zlib import crc32

from msoko.web.analysis.models import Finding
from msoko.web.analysis.services import calculate_due
from msoko.web.collection.models import Batch
from msoko.web.monitoring.services import recompute_stale
from msoko.web.people.models import Organisation
from tests.web.collection.orders import taken
from tests.web.collection.protocols import Pupil, protocol
from tests.web.collection.registers import line, register

LOW, GOOD, OTHER = "sch990001", "sch990002", "sch990003"
MAXIMA = (5, 5, 5, 5)  # of the works whose scales ВПР 2021 and 2022 know: mathematics 4 and 5 have 20 points
MATHS_4, MATHS_5 = (f"Математика, {grade} класс, ВПР 2022.xlsx" for grade in (4, 5))
DISTRICT, NEIGHBOUR = "Приречный район", "город Заречный"


def district() -> None:
    """The register: two schools of the district, one of its neighbour."""
    rows = (line("Школа 1", LOW), line("Школа 2", GOOD), line("Школа 3", OTHER, NEIGHBOUR))
    taken(register(*rows), "реестр.xlsx")


def school(login: str) -> Organisation:
    return Organisation.objects.get(keys__key=login)


def pupils(login: str, failed: int, passed: int) -> list[Pupil]:
    """So many with four points of twenty («2») and so many with twelve («4»)."""
    scores = [(1, 1, 1, 1)] * failed + [(3, 3, 3, 3)] * passed
    return [Pupil(login, one, "5А") for one in scores]


def written(name: str, *groups: Iterable[Pupil]) -> Batch:
    """One protocol accepted, of a work of twenty points. Codes of pupils differ by file, as they do in life."""
    start = 1000 * crc32(name.encode())
    rows = [replace(one, code=start + number) for group in groups for number, one in enumerate(group)]
    return taken(protocol(rows, MAXIMA), name)


def calculated() -> None:
    recompute_stale()
    calculate_due()


def findings(method: str = "low_results.share_30", **where: object) -> list[Finding]:
    """What is said now, after everything due is done."""
    calculated()
    return list(Finding.objects.filter(method=method, superseded_at=None, **where).order_by("organisation", "about"))
