"""A programme as a document: its words as they stand, nothing computed."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Prefetch

from msoko.core.definitions.programme_kinds import WITHOUT_A_NUMBER
from msoko.core.roadmap.change import change_from_json
from msoko.core.roadmap.passport import NAMES, Indicator, Passport, from_json
from msoko.core.vocabulary.russian import number, short_date
from msoko.documents.library.roadmap import data as written
from msoko.web.roadmap.models import Programme, Roadmap, Section, SwotEntry

LINES = ("grounds", "developer", "executors", "goal", "tasks", "expected_results", "control")
"""Fields of the passport that are text; the others are tables of their own."""


def written_programme(programme: Programme, today: date, only: Roadmap | None = None) -> written.ProgrammeData:
    """All of the programme, or with `only` one roadmap without the passport. A number of queries that does not grow."""
    passport = Passport() if only else from_json(programme.passport)
    roadmaps = [only] if only else list(programme.roadmaps.all())
    return written.ProgrammeData(
        title=only.title if only else programme.title,
        organisation=str(programme.organisation),
        begins=programme.begins,
        ends=programme.ends,
        edition=programme.edition,
        order_words=programme.order_words,
        is_draft=programme.is_draft,
        roadmaps=_roadmaps(roadmaps),
        today=today,
        passport=[(NAMES[name], lines) for name in LINES if (lines := _lines(passport, name))],
        tables=list(_tables(passport)),
        indicators=[_indicator(one) for one in passport.indicators],
        swot=[] if only else _swot(programme),
        principles=() if only else tuple(programme.principles),
        changes=() if only else [change_from_json(one).sentence for one in programme.changes],
    )


def _lines(passport: Passport, name: str) -> Sequence[str]:
    value = getattr(passport, name)
    return value.splitlines() if isinstance(value, str) else value


def _roadmaps(roadmaps: Sequence[Roadmap]) -> list[written.Roadmap]:
    """Two queries, however many roadmaps."""
    sections = Section.objects.filter(roadmap__in=roadmaps).prefetch_related(Prefetch("activities"))
    by_roadmap: dict[int, list[written.Section]] = {}
    for section in sections:
        activities = [
            written.Activity(one.number, one.title, one.deadline, one.executors_words, one.result, one.indicator)
            for one in section.activities.all()
        ]
        if activities:
            by_roadmap.setdefault(section.roadmap_id, []).append(written.Section(section.title, activities))
    return [written.Roadmap(one.title, by_roadmap.get(one.pk, [])) for one in roadmaps]


def _tables(passport: Passport) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[str]]]]:
    """The passport's other tables: name, header, rows; those in which nothing stands are left out."""
    if passport.stages:
        rows = [(one.title, _days(one.begins, one.ends), one.content) for one in passport.stages]
        yield NAMES["stages"], ("Этап", "Срок", "Содержание"), rows
    if passport.resources:
        rows = [(one.kind, one.source, one.note) for one in passport.resources]
        yield NAMES["resources"], ("Вид ресурса", "Источник", "Примечание"), rows
    if passport.participants:
        pairs = [(one.who, "\n".join(one.functions)) for one in passport.participants]
        yield NAMES["participants"], ("Участник", "Функции"), pairs
    if passport.risks:
        rows = [(one.risk, one.consequence, one.mitigation) for one in passport.risks]
        yield NAMES["risks"], ("Риск", "Последствие", "Что делать"), rows


def _days(begins: date | None, ends: date | None) -> str:
    if begins and ends:
        return f"{short_date(begins)} — {short_date(ends)}"
    return short_date(begins or ends) if begins or ends else ""  # type: ignore[arg-type]


def _indicator(one: Indicator) -> written.IndicatorLine:
    return written.IndicatorLine(
        name=one.name,
        unit=one.unit,
        base="" if one.base is None else _value(one.base),
        targets={year: _target(one.comparator, value) for year, value in one.targets.items()},
    )


def _target(comparator: str, value: float | None) -> str:
    if value is not None:
        return f"{comparator} {_value(value)}".strip()
    return comparator if comparator in WITHOUT_A_NUMBER else ""


def _value(value: float) -> str:
    return number(value, 0 if value == int(value) else 1)


def _swot(programme: Programme) -> list[tuple[str, Sequence[str]]]:
    entries = list(programme.swot.all())
    return [
        (str(kind.label).capitalize(), [one.text for one in entries if one.list == kind]) for kind in SwotEntry.List
    ]
