"""`msoko check`: every definition is built, then all of them are held against each other."""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from msoko.core.definitions import builders, method_builders, programme_builders, programme_checking
from msoko.core.definitions.fields import BadDefinition, Problem
from msoko.core.definitions.kinds import Method, MethodSetting, Minimum, Scale, Source, Subject, Work
from msoko.core.definitions.loading import Definitions, File, files_below
from msoko.core.vocabulary.words import look_alike, natural_key, normal

__all__ = ["Problem", "check", "load_what_is_sound"]

READERS = Path(__file__).resolve().parents[1] / "collection" / "readers"
METHODS = Path(__file__).resolve().parents[1] / "analysis" / "methods"
BUILDERS: dict[str, Callable[[File], object]] = {
    "subjects": lambda file: builders.subject(file.path, file.slug, file.data),
    "sources": lambda file: builders.source(file.path, file.slug, file.data),
    "scales": lambda file: (builders.scales(file.path, file.data), builders.minimums(file.path, file.data)),
    "works": lambda file: builders.work(file.path, file.data),
    "layouts": lambda file: builders.layout(file.path, file.slug, file.data),
    "methods": lambda file: method_builders.method(file.path, file.slug, file.data),
    "directions": lambda file: programme_builders.direction(file.path, file.slug, file.data),
    "programmes": lambda file: programme_builders.part(file.path, file.slug, file.data),
    "method_settings": lambda file: method_builders.setting(file.path, file.slug, file.data),
}
OTHER_KINDS = frozenset({"indicators", "recommendations", "documents", "findings"})
PATTERNS = ("item_header",)


def check(extra: Path | None = None) -> list[Problem]:
    """All that is wrong with the package's definitions and those of the municipality's folder; [] where nothing is."""
    if extra is not None and not extra.is_dir():
        return [Problem(str(extra), "такой папки нет.", "Проверьте путь к папке определений.")]
    merged = Definitions.load().files | (files_below(extra) if extra else {})
    problems = [problem for file in merged.values() for problem in _problems_of(file)]
    # What does not even build cannot be compared.
    return problems or list(_contradictions(Definitions(merged)))


def load_what_is_sound(extra: Path) -> tuple[Definitions, tuple[Problem, ...]]:
    """The package's definitions and, over them, the files of `extra` that can be used; the others are named.

    One half-typed file in a municipality's folder must neither stop the installation nor pass unnoticed. A value of a
    parameter that cannot be is not left out: its method says so, and does not go on with another value.
    """
    own = files_below(extra)
    faults = {key: [*_problems_of(file)] or [*_without_a_function(file)] for key, file in own.items()}
    sound = {key: file for key, file in own.items() if not faults[key]}
    return Definitions(Definitions.load().files | sound), tuple(chain.from_iterable(faults.values()))


def _without_a_function(file: File) -> Iterator[Problem]:
    """Of a method that builds: is there anything to compute it?"""
    if file.kind == "methods":
        method = method_builders.method(file.path, file.slug, file.data)
        yield from (Problem(str(file.path), what, to_do) for what, to_do in _about_function(method))


def _problems_of(file: File) -> Iterator[Problem]:
    build = BUILDERS.get(file.kind)
    if build is None:
        if file.kind not in OTHER_KINDS:
            known = ", ".join(sorted({*BUILDERS, *OTHER_KINDS}))
            yield Problem(str(file.path), f"папка «{file.kind}» не известна.", f"Перенесите файл в одну из: {known}.")
        return
    try:
        build(file)
    except BadDefinition as bad:
        yield bad.problem


def _contradictions(definitions: Definitions) -> Iterator[Problem]:
    yield from _about_subjects(definitions)
    yield from _about_sources(definitions)
    yield from _about_scales(definitions)
    yield from _about_works(definitions)
    yield from _about_methods(definitions)
    yield from programme_checking.about_directions(definitions)
    yield from programme_checking.about_programmes(definitions)


def _about_subjects(definitions: Definitions) -> Iterator[Problem]:
    def names(subject: Subject) -> set[str]:
        return {look_alike(name) for name in (subject.slug, subject.name, subject.code, *subject.aliases)}

    pairs = ((name, subject.slug) for subject in definitions.subjects.values() for name in names(subject))
    for name, slugs in _repeated(pairs):
        what = f"на имя «{name}» откликаются предметы: {', '.join(slugs)}."
        yield _problem(definitions, "subjects", slugs[-1], what, "Оставьте имя у одного предмета.")
    for slug, subject in definitions.subjects.items():
        if subject.scale_subject and subject.scale_subject not in definitions.subjects:
            what = f"предмет «{subject.scale_subject}» в «scale_subject» не известен."
            yield _problem(definitions, "subjects", slug, what, "Впишите slug предмета.")


def _about_sources(definitions: Definitions) -> Iterator[Problem]:
    own = {slug: source for slug, source in definitions.sources.items() if ("sources", slug) in definitions.files}
    for slug, source in own.items():
        for what, what_to_do in _about_source(source):
            yield _problem(definitions, "sources", slug, what, what_to_do)
    by_headers = ((_headers(source), slug) for slug, source in own.items())
    for _, slugs in _repeated(by_headers):
        what = f"узнаётся по тем же заголовкам, что и {', '.join(slugs[:-1])}."
        yield _problem(
            definitions, "sources", slugs[-1], what, "Добавьте в «recognised_by» или «unless» то, что их различает."
        )


def _headers(source: Source) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(map(normal, source.recognised_by)), frozenset(map(normal, source.unless))


def _about_source(source: Source) -> Iterator[tuple[str, str]]:
    if not (READERS / f"{source.reader}.py").is_file() or source.reader.startswith("_"):
        yield f"читателя «{source.reader}» нет.", "Впишите имя модуля из core/collection/readers."
    pairs = ((normal(header), field) for field, headers in source.columns.items() for header in headers)
    for header, fields in _repeated(pairs):
        yield f"заголовок «{header}» назван для полей: {', '.join(fields)}.", "Оставьте его у одного поля."
    for name in PATTERNS:
        pattern = source.options.get(name)
        if pattern is not None and not _is_pattern_with_number(pattern):
            yield f"образец «{name}» не разбирается или в нём нет группы «number».", "Исправьте регулярное выражение."


def _is_pattern_with_number(pattern: object) -> bool:
    try:
        return "number" in re.compile(str(pattern)).groupindex
    except re.error:
        return False


def _about_scales(definitions: Definitions) -> Iterator[Problem]:
    entries: list[Scale | Minimum] = [*definitions.scales, *definitions.minimums]
    for scale in entries:
        if scale.subject not in definitions.subjects:
            what = f"шкала {scale.procedure} {scale.year}: предмет «{scale.subject}» не известен."
            yield Problem(f"scales/{scale.procedure}", what, "Впишите slug предмета.")
    keys = [(_scale_key(scale), f"{scale.procedure} {scale.year}, {scale.subject}") for scale in definitions.scales]
    keys += [
        ((m.procedure, m.year, m.subject, m.purpose, m.region), f"{m.year}, {m.subject}") for m in definitions.minimums
    ]
    for _, names in _repeated(keys):
        yield Problem("scales", f"шкала задана дважды: {names[0]}.", "Оставьте одну.")


def _scale_key(scale: Scale) -> tuple[object, ...]:
    return scale.procedure, scale.year, scale.subject, scale.grade, scale.region


def _about_works(definitions: Definitions) -> Iterator[Problem]:
    for slug in definitions.of_kind("works"):
        work = builders.work(definitions.files["works", slug].path, definitions.files["works", slug].data)
        for what, what_to_do in _about_work(work, definitions):
            yield _problem(definitions, "works", slug, what, what_to_do)
    keys = (((w.procedure, w.year, w.subject, w.grade), f"{w.year}, {w.subject}, {w.grade}") for w in definitions.works)
    for _, names in _repeated(keys):
        yield Problem("works", f"работа описана дважды: {names[0]}.", "Оставьте одно описание.")


def _about_work(work: Work, definitions: Definitions) -> Iterator[tuple[str, str]]:
    if work.subject not in definitions.subjects:
        yield f"предмет «{work.subject}» не известен.", "Впишите slug предмета."
    numbers = [item.number for item in work.items]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}, key=natural_key):
        yield f"задание {number} названо дважды.", "Дайте каждому заданию свой номер."
    scales = [
        scale for scale in definitions.scales_of(work.procedure, work.subject, work.grade) if scale.year == work.year
    ]
    maxima = {scale.maximum for scale in scales if not scale.region}
    if work.maximum is not None and maxima and work.maximum not in maxima:
        what = f"баллы за задания в сумме дают {work.maximum}, а по шкале максимум — {min(maxima)}."
        yield what, "Исправьте максимумы заданий или шкалу."


NEEDS = frozenset({"classes", "pupils"})


def _about_methods(definitions: Definitions) -> Iterator[Problem]:
    for method in definitions.methods.values():
        for what, what_to_do in _about_method(method, definitions):
            yield _problem(definitions, "methods", method.slug, what, what_to_do)
    for name, setting in definitions.method_settings.items():
        for what, what_to_do in _about_setting(setting, definitions):
            yield _problem(definitions, "method_settings", name.replace(".", "/"), what, what_to_do)


def _about_method(method: Method, definitions: Definitions) -> Iterator[tuple[str, str]]:
    yield from _about_function(method)
    for need in method.needs:
        if need not in NEEDS and need not in definitions.layouts:
            yield f"в «needs» неизвестное слово «{need}».", f"Можно: {', '.join(sorted(NEEDS))} или имя формы."


def _about_function(method: Method) -> Iterator[tuple[str, str]]:
    if not METHODS.joinpath(*method.computes.split(".")).with_suffix(".py").is_file():
        yield f"функции «{method.computes}» нет.", "Впишите в «computes» модуль из core/analysis/methods."


def _about_setting(setting: MethodSetting, definitions: Definitions) -> Iterator[tuple[str, str]]:
    method = definitions.methods.get(setting.method)
    if method is None:
        yield f"методики «{setting.method}» нет.", "Назовите файл по методике: папка и имя."
        return
    parameters = {parameter.key: parameter for parameter in method.parameters}
    for key, value in setting.values.items():
        if key not in parameters:
            yield f"у методики нет параметра «{key}».", f"Можно: {', '.join(parameters)}."
        elif reason := method_builders.why_not(parameters[key], value):
            yield f"параметр «{key}»: {reason}.", "Исправьте значение."


def _problem(definitions: Definitions, kind: str, slug: str, what: str, what_to_do: str) -> Problem:
    return Problem(str(definitions.files[kind, slug].path), what, what_to_do)


def _repeated(pairs: Iterable[tuple[Hashable, str]]) -> list[tuple[Hashable, list[str]]]:
    """Keys that several have, with those who have them."""
    owners: dict[Hashable, list[str]] = defaultdict(list)
    for key, owner in pairs:
        owners[key].append(owner)
    return [(key, names) for key, names in owners.items() if len(names) > 1]
