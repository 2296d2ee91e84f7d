"""From the YAML files of a direction or of a programme template to their dataclasses."""

import re
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import TypeVar

from msoko.core.definitions.fields import BadDefinition, Fields, Problem
from msoko.core.definitions.programme_kinds import (
    CALENDAR,
    COMPARATORS,
    LEVELS,
    MUNICIPALITY,
    SETS,
    STAGES_OF_CYCLE,
    STARTS,
    SWOT_LISTS,
    ActivityTemplate,
    Direction,
    IndicatorTemplate,
    Participant,
    Passport,
    ProgrammeTemplate,
    Resource,
    Risk,
    RoadmapTemplate,
    SectionTemplate,
    StageTemplate,
    Swot,
)

Built = TypeVar("Built")
Part = tuple[Path, object]
"""A YAML file of a template: where it is and what it holds."""
MAIN, PASSPORT, SWOT, ROADMAPS = "programme", "passport", "swot", "roadmaps"
LONGEST_SHORT_NAME = 25
"""A row of the board has no more room."""
MOST_YEARS = 20
"""No programme is longer; a year written as the number of years is a slip."""
FOR_PEOPLE = ("note", "source", "checked", "why")


def direction(file: Path, slug: str, data: object) -> Direction:
    """Raises BadDefinition."""
    fields = Fields(file, data)
    found = Direction(
        slug=slug,
        name=fields.needed("name", str),
        short=_short(fields),
        set=_word(fields, "set", SETS),
        order=_count(fields, "order"),
        goals=_list(fields, "goals"),
        object=fields.needed("object", str),
        subject=fields.needed("subject", str),
        indicator_groups=_list(fields, "indicator_groups"),
        collection_methods=_list(fields, "collection_methods"),
        stages=_stages_of_cycle(fields),
        stems=_list(fields, "stems"),
        source=fields.needed("source", str),
        checked=str(fields.needed("checked", object)),
        why=fields.needed("why", str),
        matches=fields.texts("matches"),
        unless=fields.texts("unless"),
        procedures=fields.texts("procedures"),
        layouts=fields.texts("layouts"),
        methods=fields.texts("methods"),
    )
    fields.ignored("note")
    fields.nothing_left()
    return found


def _short(fields: Fields) -> str:
    short = fields.needed("short", str)
    if len(short) > LONGEST_SHORT_NAME:
        raise fields.bad(f"«short» длиннее {LONGEST_SHORT_NAME} знаков: «{short}»", "Сократите имя строки.")
    return short


def _stages_of_cycle(fields: Fields) -> dict[str, str]:
    inner = Fields(fields.file, fields.needed("stages", dict), "stages: ")
    stages = {stage: inner.needed(stage, str) for stage in STAGES_OF_CYCLE}
    inner.nothing_left()
    return stages


def _list(fields: Fields, key: str) -> tuple[str, ...]:
    """A list of texts with something in it."""
    values = fields.texts(key)
    if not values:
        raise fields.bad(f"нет списка «{key}» или он пустой", f"Впишите в «{key}» хотя бы одну строку.")
    return values


def _word(fields: Fields, key: str, allowed: tuple[str, ...]) -> str:
    """One of the words; the set of directions may be typed as a number."""
    value = str(fields.needed(key, object))
    if value not in allowed:
        raise fields.bad(f"в поле «{key}» неизвестное слово «{value}»", f"Можно: {', '.join(allowed)}.")
    return value


def _count(fields: Fields, key: str) -> int:
    value = fields.needed(key, int)
    if value < 1:
        raise fields.bad(f"в поле «{key}» стоит {value}", "Впишите целое число от 1.")
    return value


def programme(slug: str, parts: Mapping[str, Part]) -> ProgrammeTemplate:
    """The template of one folder; `parts` by path below it («programme», «passport», «swot», «roadmaps/1_quality»).

    Passport, swot and roadmaps may stand in programme.yaml itself. Raises BadDefinition.
    """
    if MAIN not in parts:
        file = next(iter(parts.values()))[0]
        raise BadDefinition(
            Problem(str(file), f"у шаблона «{slug}» нет файла programme.yaml.", "Положите его рядом: с него начинают.")
        )
    fields = Fields(*parts[MAIN])
    found = ProgrammeTemplate(
        slug=slug,
        title=fields.needed("title", str),
        kind=fields.needed("kind", str),
        about=fields.needed("about", str),
        years=_years(fields),
        starts=fields.one_of("starts", STARTS, CALENDAR),
        passport=_part(parts, fields, PASSPORT, passport),
        roadmaps=_roadmaps(parts, fields),
        source=fields.needed("source", str),
        checked=str(fields.needed("checked", object)),
        why=fields.needed("why", str),
        swot=_part(parts, fields, SWOT, swot) if SWOT in parts or fields.has(SWOT) else Swot(),
        principles=fields.texts("principles"),
        for_level=fields.one_of("for_level", LEVELS, MUNICIPALITY),
        descends_from=fields.texts("descends_from"),
    )
    fields.ignored("note")
    fields.nothing_left()
    return found


def _years(fields: Fields) -> int:
    years = _count(fields, "years")
    if years > MOST_YEARS:
        raise fields.bad(f"в поле «years» стоит {years}", f"Впишите, сколько лет идёт программа: от 1 до {MOST_YEARS}.")
    return years


def part(file: Path, slug: str, data: object) -> None:
    """Builds one file of a template's folder by itself, programme.yaml apart. Raises BadDefinition."""
    folder, _, name = slug.partition("/")
    fields = Fields(file, data)
    if name == PASSPORT:
        passport(fields)
    elif name == SWOT:
        swot(fields)
    elif re.fullmatch(rf"{ROADMAPS}/[^/]+", name):
        roadmap(name, fields)
    elif name != MAIN:
        known = f"{MAIN}.yaml, {PASSPORT}.yaml, {SWOT}.yaml, {ROADMAPS}/…yaml"
        raise fields.bad("такого файла у шаблона программы не бывает", f"В папке {folder} могут быть: {known}.")


def _part(parts: Mapping[str, Part], main: Fields, name: str, build: Callable[[Fields], Built]) -> Built:
    """The part from its own file, else from the field of programme.yaml."""
    if name not in parts:
        return build(Fields(main.file, main.needed(name, dict), f"{name}: "))
    if main.has(name):
        raise main.bad(f"«{name}» есть и здесь, и в файле {name}.yaml", "Оставьте что-то одно.")
    return build(Fields(*parts[name]))


def _roadmaps(parts: Mapping[str, Part], main: Fields) -> tuple[RoadmapTemplate, ...]:
    own = {name.removeprefix(f"{ROADMAPS}/"): part for name, part in parts.items() if name.startswith(f"{ROADMAPS}/")}
    if own and main.has(ROADMAPS):
        raise main.bad(f"«{ROADMAPS}» есть и здесь, и в папке {ROADMAPS}", "Оставьте что-то одно.")
    if own:
        return tuple(roadmap(name, Fields(*part)) for name, part in own.items())
    slugs = map(str, count(1))
    return main.each(ROADMAPS, lambda fields: roadmap(next(slugs), fields))


def roadmap(slug: str, fields: Fields) -> RoadmapTemplate:
    found = RoadmapTemplate(
        slug=slug,
        title=fields.needed("title", str),
        sections=fields.each("sections", _section),
        direction=fields.text("direction"),
    )
    _end(fields)
    return found


def _section(fields: Fields) -> SectionTemplate:
    found = SectionTemplate(title=fields.text("title"), activities=fields.each("activities", _activity))
    _end(fields)
    return found


def _activity(fields: Fields) -> ActivityTemplate:
    found = ActivityTemplate(
        title=fields.needed("title", str),
        deadline=str(fields.needed("deadline", object)),
        executors=_list(fields, "executors"),
        result=fields.needed("result", str),
        indicator=fields.text("indicator"),
        level=fields.one_of("level", LEVELS, MUNICIPALITY),
        addressees=fields.text("addressees"),
        evidence=fields.texts("evidence"),
    )
    _end(fields)
    return found


def _end(fields: Fields) -> None:
    fields.ignored(*FOR_PEOPLE)
    fields.nothing_left()


def passport(fields: Fields) -> Passport:
    """What has to be there: a programme without a goal or without an indicator cannot be controlled."""
    found = Passport(
        grounds=_list(fields, "grounds"),
        developer=fields.needed("developer", str),
        executors=_list(fields, "executors"),
        goal=fields.needed("goal", str),
        tasks=_list(fields, "tasks"),
        indicators=fields.each("indicators", _indicator),
        expected_results=_list(fields, "expected_results"),
        control=fields.needed("control", str),
        stages=_each(fields, "stages", _stage),
        resources=_each(fields, "resources", _resource),
        participants=_each(fields, "participants", _participant),
        risks=_each(fields, "risks", _risk),
    )
    _end(fields)
    return found


def _each(fields: Fields, key: str, build: Callable[[Fields], Built]) -> tuple[Built, ...]:
    """Entries that may be absent; an empty list is refused where the field is there."""
    return fields.each(key, build) if fields.has(key) else ()


def _indicator(fields: Fields) -> IndicatorTemplate:
    found = IndicatorTemplate(
        name=fields.needed("name", str),
        unit=fields.needed("unit", str),
        comparator=_word(fields, "comparator", COMPARATORS),
        how=fields.needed("how", str),
        targets=_targets(fields),
        base=_number_or_none(fields, "base", fields.optional("base", object, None)),
        direction=fields.text("direction"),
    )
    _end(fields)
    return found


def _targets(fields: Fields) -> dict[int, float | None]:
    """Year of the programme → value; null is left to the user."""
    named = fields.optional("targets", dict, {}) or {}
    for year in named:
        if not isinstance(year, int) or isinstance(year, bool) or year < 1:
            raise fields.bad(f"в «targets» год «{year}»", "Впишите номер года программы: 1, 2, …")
    return {year: _number_or_none(fields, f"targets: {year}", value) for year, value in sorted(named.items())}


def _number_or_none(fields: Fields, key: str, value: object) -> float | None:
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise fields.bad(f"в поле «{key}» не число: «{value}»", "Впишите число или оставьте пустым.")


def _stage(fields: Fields) -> StageTemplate:
    begins, ends = _count(fields, "begins"), _count(fields, "ends")
    if ends < begins:
        raise fields.bad(
            f"этап кончается раньше, чем начинается: {begins}…{ends}", "Впишите месяцы программы по порядку."
        )
    found = StageTemplate(fields.needed("title", str), begins, ends, fields.needed("content", str))
    _end(fields)
    return found


def _resource(fields: Fields) -> Resource:
    found = Resource(fields.needed("kind", str), fields.needed("source", str), fields.text("note"))
    fields.nothing_left()
    return found


def _participant(fields: Fields) -> Participant:
    found = Participant(fields.needed("who", str), _list(fields, "functions"))
    _end(fields)
    return found


def _risk(fields: Fields) -> Risk:
    found = Risk(*(fields.needed(key, str) for key in ("risk", "consequence", "mitigation")))
    _end(fields)
    return found


def swot(fields: Fields) -> Swot:
    """All four lists: where nothing can be said of one, the analysis has not been made."""
    lists = {name: _list(fields, name) for name in SWOT_LISTS}
    named = Fields(fields.file, fields.optional("findings", dict, {}) or {}, f"{fields.within}findings: ")
    found = Swot(**lists, findings={name: named.texts(name) for name in SWOT_LISTS if named.has(name)})
    named.nothing_left()
    _end(fields)
    return found
