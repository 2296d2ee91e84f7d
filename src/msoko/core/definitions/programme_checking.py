"""What directions and programme templates say against each other, for `msoko check`."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from msoko.core.definitions.fields import BadDefinition, Problem
from msoko.core.definitions.filling import MONTHS, PLACEHOLDER, PLACEHOLDERS
from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.programme_kinds import (
    MUNICIPALITY,
    SCHOOL,
    SCHOOL_YEAR,
    Direction,
    ProgrammeTemplate,
    RoadmapTemplate,
)
from msoko.core.vocabulary.procedures import KINDS
from msoko.core.vocabulary.words import normal

Said = Iterator[tuple[str, str]]
"""What is wrong and what to do."""


def about_directions(definitions: Definitions) -> Iterator[Problem]:
    for slug, direction in definitions.directions.items():
        for what, what_to_do in _about_direction(direction, definitions):
            yield Problem(str(definitions.files["directions", slug].path), what, what_to_do)


def _about_direction(direction: Direction, definitions: Definitions) -> Said:
    directions = definitions.directions
    for other in directions.values():
        if other.slug < direction.slug and (other.set, other.order) == (direction.set, direction.order):
            yield (
                f"место {direction.order} в наборе {direction.set} занято направлением «{other.slug}».",
                "Впишите другое «order».",
            )
    for slug in direction.matches:
        if slug not in directions:
            yield f"в «matches» неизвестное направление «{slug}».", "Впишите slug направления."
        elif directions[slug].set == direction.set:
            yield f"в «matches» направление «{slug}» того же набора.", "Впишите направление другого набора."
    yield from _about_what_it_holds(direction, definitions)


def _about_what_it_holds(direction: Direction, definitions: Definitions) -> Said:
    families = {name.partition(".")[0] for name in definitions.methods}
    known: dict[str, set[str]] = {
        "procedures": set(KINDS),
        "layouts": set(definitions.layouts),
        "methods": {*definitions.methods, *families},
    }
    for key, words in known.items():
        for word in getattr(direction, key):
            if word not in words:
                yield f"в «{key}» неизвестное слово «{word}».", f"Можно: {', '.join(sorted(words))}."


def about_programmes(definitions: Definitions) -> Iterator[Problem]:
    templates = {}
    for slug in definitions.programme_slugs:
        try:
            templates[slug] = definitions.programme(slug)
        except BadDefinition as bad:
            yield bad.problem
    for slug, template in templates.items():
        for what, what_to_do in _about_descent(template, definitions.programme_slugs, templates):
            yield Problem(_file_of(definitions, slug, "programme"), what, what_to_do)
        for part, what, what_to_do in _about_programme(template, definitions):
            yield Problem(_file_of(definitions, slug, part), what, what_to_do)


def _file_of(definitions: Definitions, slug: str, part: str) -> str:
    """The file of the part, or programme.yaml where the part stands in it."""
    main = definitions.files["programmes", f"{slug}/programme"]
    return str(definitions.files.get(("programmes", f"{slug}/{part}"), main).path)


def _about_programme(template: ProgrammeTemplate, definitions: Definitions) -> Iterator[tuple[str, str, str]]:
    """(part, what is wrong, what to do)."""
    checks = {
        "programme": (*_about_placeholders(template),),
        "passport": (*_about_passport(template, definitions),),
        "swot": (*_about_swot(template, definitions),),
    }
    checks |= {f"roadmaps/{roadmap.slug}": (*_about_roadmap(roadmap, definitions),) for roadmap in template.roadmaps}
    return ((part, *said) for part, found in checks.items() for said in found)


def _about_descent(
    template: ProgrammeTemplate, known: tuple[str, ...], templates: dict[str, ProgrammeTemplate]
) -> Said:
    """`templates`: those of `known` that could be built."""
    if template.descends_from and template.for_level == MUNICIPALITY:
        yield "«descends_from» стоит у муниципальной программы.", "Уберите его или впишите for_level: school."
    for slug in template.descends_from:
        is_of_school = slug in templates and templates[slug].for_level == SCHOOL
        if slug not in known or is_of_school:
            yield f"в «descends_from» нет муниципального шаблона «{slug}».", "Впишите имя папки муниципального шаблона."


def _about_placeholders(template: ProgrammeTemplate) -> Said:
    used = {name for text in texts_of(template) for name in PLACEHOLDER.findall(text)}
    for name in sorted(used - set(PLACEHOLDERS)):
        known = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
        yield f"неизвестная подстановка «{{{name}}}».", f"Можно: {known}."
    if "school" in used and template.for_level != SCHOOL:
        yield "подстановка «{school}» стоит в муниципальной программе.", "Уберите её или впишите for_level: school."
    if "school_year" in used and (template.starts != SCHOOL_YEAR or template.years != 1):
        yield (
            "подстановка «{school_year}» подходит только программе на один учебный год.",
            "Впишите {year_from} и {year_to}.",
        )


def texts_of(value: object) -> Iterator[str]:
    """Every text of a template at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts_of(tuple(value.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from texts_of(one)
    elif is_dataclass(value):
        yield from texts_of(tuple(getattr(value, one.name) for one in fields(value)))


def _about_passport(template: ProgrammeTemplate, definitions: Definitions) -> Said:
    for stage in template.passport.stages:
        if stage.ends > template.years * MONTHS:
            what = (
                f"этап «{stage.title}» кончается в {stage.ends}-м месяце, а в программе их {template.years * MONTHS}."
            )
            yield what, "Исправьте «ends» этапа или «years» программы."
    for indicator in template.passport.indicators:
        late = [year for year in indicator.targets if year > template.years]
        if late:
            what = (
                f"показатель «{indicator.name}»: цель на {late[0]}-й год, а программа рассчитана на {template.years}."
            )
            yield what, "Исправьте «targets» или «years» программы."
        yield from _about_slug(indicator.direction, f"показатель «{indicator.name}»: ", definitions)
    for name in _repeated([indicator.name for indicator in template.passport.indicators]):
        yield f"показатель «{name}» назван дважды.", "Оставьте один."


def _about_slug(direction: str, where: str, definitions: Definitions) -> Said:
    if direction and direction not in definitions.directions:
        known = ", ".join(sorted(definitions.directions))
        yield f"{where}неизвестное направление «{direction}».", f"Можно: {known}."


def _about_swot(template: ProgrammeTemplate, definitions: Definitions) -> Said:
    methods = set(definitions.methods)
    known = methods | {name.split(".")[0] for name in methods}
    for key, names in template.swot.findings.items():
        for name in names:
            if name not in known:
                yield f"findings: {key}: методики «{name}» нет.", "Впишите имя методики или её семейства."


def _about_roadmap(roadmap: RoadmapTemplate, definitions: Definitions) -> Said:
    yield from _about_slug(roadmap.direction, "", definitions)
    for section in roadmap.sections:
        for title in _repeated([activity.title for activity in section.activities]):
            where = f"раздел «{section.title}»: " if section.title else ""
            yield f"{where}мероприятие «{title}» повторяется.", "Оставьте одно или назовите их по-разному."


def _repeated(names: list[str]) -> list[str]:
    seen = [normal(name) for name in names]
    return [name for n, name in enumerate(names) if normal(name) in seen[:n]]
