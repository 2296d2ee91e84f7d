"""The published method of 2021: fourteen markers, and the schools that have at least one of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from msoko.core.analysis.methods.objectivity._published_markers import TITLES, Marker, Markers, markers_of
from msoko.core.analysis.methods.objectivity._published_sureness import Sureness
from msoko.core.analysis.outcome import NotComputed, Outcome, Result, Told, Verdict
from msoko.core.analysis.panel import Panel
from msoko.core.analysis.parameters import Parameters
from msoko.core.analysis.phrases import of_work
from msoko.core.vocabulary.russian import NBSP, join_with_and, plural

FROM_THE_SUREST = (Verdict.ROBUST, Verdict.LIKELY, Verdict.DOUBTFUL, Verdict.FEW_DATA)


def compute(panel: Panel, parameters: Parameters) -> Outcome:
    """A finding a school with a marker; it is as sure as the surest of them. No interval: it is a count of rules."""
    found = markers_of(panel, parameters, _sureness(parameters))
    return Outcome(
        results=tuple(_result(school, markers, found.judged[school]) for school, markers in found.of_school.items()),
        procedures=found.of_procedures(),
        not_computed=(*found.not_computed, *_never_judged(panel, found)),
        territory={"markers": found.summary(), "not_computed": [one.reason for one in found.not_computed]},
    )


def _sureness(parameters: Parameters) -> tuple[Sureness, Sureness]:
    of_mean, of_link = ({**parameters, "large": parameters[name]} for name in ("large_mean", "large_link"))
    return Sureness.of(of_mean), Sureness.of(of_link)


def _never_judged(panel: Panel, found: Markers) -> Iterable[NotComputed]:
    """Schools that sat a counted procedure, but of which no marker could be judged."""
    sat = {key for one in found.computed for key in panel.groups(one.procedure) if key in panel.organisations}
    reason = "ни один маркер не посчитан: участников мало или нет разброса"
    return (NotComputed(school, reason) for school in sorted(sat - set(found.judged)))


def _result(school: int, markers: Sequence[Marker], judged: int) -> Result:
    results = [marker.result for marker in markers]
    return Result(
        organisation=school,
        statistic={"markers": [marker.told() for marker in markers], "count": len(markers), "judged": judged},
        verdict=min((one.verdict for one in results if one.verdict), key=FROM_THE_SUREST.index),
        inputs=tuple(dict.fromkeys(each for one in results for each in one.inputs)),
        strength=float(len(markers)),
    )


def sentence(told: Told) -> str:
    """«Есть 3 маркера из 14 посчитанных: завышенный средний балл по математике в 4 классе и …»."""
    said: dict[str, Any] = dict(told.statistic)
    count, judged = said["count"], said["judged"]
    parts = []
    for kind in dict.fromkeys(marker["marker"] for marker in said["markers"]):
        works = [of_work(marker) for marker in said["markers"] if marker["marker"] == kind]
        parts.append(f"{TITLES[kind]} {join_with_and(works)}")
    weak = f" По{NBSP}отдельности они ненадёжны: смотрите каждый." if count > 1 else " Сам по себе маркер ненадёжен."
    return (
        f"{plural(count, 'Отмечен', 'Отмечены', 'Отмечено')} {count}{NBSP}"
        f"{plural(count, 'маркер', 'маркера', 'маркеров')} из{NBSP}{judged}{NBSP}"
        f"{plural(judged, 'посчитанного', 'посчитанных', 'посчитанных')}: "
        f"{'; '.join(parts)}.{'' if told.verdict is Verdict.ROBUST else weak} Это повод проверить названные работы."
    )
