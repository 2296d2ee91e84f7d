"""Definitions of the package and, over them, of a municipality's own folder."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from msoko.core.definitions import builders, method_builders, programme_builders
from msoko.core.definitions.directions import recognised
from msoko.core.definitions.fields import BadDefinition, Problem
from msoko.core.definitions.kinds import Layout, Method, MethodSetting, Minimum, Scale, Source, Subject, Work
from msoko.core.definitions.programme_kinds import Direction, ProgrammeTemplate
from msoko.core.vocabulary.words import begins_a_word, look_alike, natural_key, normal

PACKAGE_FOLDER = Path(__file__).resolve().parents[2] / "definitions"
DRAFTS = "drafts"


@dataclass(frozen=True)
class File:
    """One YAML file. `slug` is its path below the folder of its kind, without the suffix («vpr_pupils/2021»)."""

    kind: str
    slug: str
    path: Path
    content: bytes = field(repr=False)

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def data(self) -> object:
        """Raises BadDefinition where the file is not YAML, or names a day that the calendar does not have."""
        try:
            return yaml.load(self.content, Loader=StrictLoader)
        except (yaml.YAMLError, ValueError, RecursionError) as problem:
            what = f"не читается как YAML{_place_and_reason(problem)}."
            raise BadDefinition(Problem(str(self.path), what, "Проверьте отступы, кавычки и даты.")) from problem


def _place_and_reason(problem: Exception) -> str:
    """«, строка 3, столбец 5: повторяется поле title»; the library's own reasons are English and told nobody's."""
    mark = getattr(problem, "problem_mark", None)
    where = f", строка {mark.line + 1}, столбец {mark.column + 1}" if mark else ""
    reason = getattr(problem, "problem", "") or ""
    return f"{where}: {reason}" if reason.startswith(REPEATED) else where


REPEATED = "повторяется поле"


class StrictLoader(yaml.CSafeLoader):
    """YAML in which a key written twice is an error and not a silent loss of the first."""


def _mapping_without_repeats(loader: StrictLoader, node: yaml.MappingNode) -> dict[object, object]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    repeated = {str(key) for key in keys if keys.count(key) > 1}
    if repeated:
        raise yaml.constructor.ConstructorError(None, None, f"{REPEATED} {', '.join(repeated)}", node.start_mark)
    return loader.construct_mapping(node, deep=True)


StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_without_repeats)


def files_below(folder: Path) -> dict[tuple[str, str], File]:
    """All YAML files by (kind, slug); drafts are left out."""
    found = {}
    for path in sorted(folder.rglob("*.yaml")):
        kind, *rest = path.relative_to(folder).with_suffix("").parts
        if rest and DRAFTS not in rest and path.is_file():
            found[kind, "/".join(rest)] = File(kind, "/".join(rest), path, path.read_bytes())
    return found


@dataclass(frozen=True)
class Ambiguous:
    """Several subjects answer to the same words."""

    subjects: tuple[Subject, ...]


@dataclass(frozen=True)
class Definitions:
    """All that is measured and how files say it. `files` holds every YAML by (kind, slug), whoever wrote it."""

    files: dict[tuple[str, str], File] = field(repr=False)

    @classmethod
    def load(cls, extra: Path | None = None) -> "Definitions":
        """The package's definitions; a file of `extra` replaces the same slug or adds to them. Raises BadDefinition."""
        package = _package()
        return cls(package.files | files_below(extra)) if extra else package

    def of_kind(self, kind: str) -> dict[str, File]:
        """Files of one folder («indicators», «methods», …) by slug."""
        return {slug: file for (folder, slug), file in self.files.items() if folder == kind}

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        return {slug: builders.subject(file.path, slug, file.data) for slug, file in self.of_kind("subjects").items()}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Official forms and, as «layouts/<slug>», the forms of our own."""
        official = {slug: builders.source(file.path, slug, file.data) for slug, file in self.of_kind("sources").items()}
        own = (builders.source_of_layout(layout) for layout in self.layouts.values())
        return official | {source.slug: source for source in own}

    @cached_property
    def layouts(self) -> dict[str, Layout]:
        return {slug: builders.layout(file.path, slug, file.data) for slug, file in self.of_kind("layouts").items()}

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        return tuple(
            scale for file in self.of_kind("scales").values() for scale in builders.scales(file.path, file.data)
        )

    @cached_property
    def minimums(self) -> tuple[Minimum, ...]:
        files = self.of_kind("scales").values()
        return tuple(minimum for file in files for minimum in builders.minimums(file.path, file.data))

    @cached_property
    def works(self) -> tuple[Work, ...]:
        return tuple(builders.work(file.path, file.data) for file in self.of_kind("works").values())

    @cached_property
    def methods(self) -> dict[str, Method]:
        """By name («low_results.share_30»)."""
        built = (method_builders.method(file.path, slug, file.data) for slug, file in self.of_kind("methods").items())
        return {method.name: method for method in built}

    @cached_property
    def method_settings(self) -> dict[str, MethodSetting]:
        """What this municipality's folder sets, by the name of the method."""
        files = self.of_kind("method_settings").items()
        built = (method_builders.setting(file.path, slug, file.data) for slug, file in files)
        return {setting.method: setting for setting in built}

    @cached_property
    def directions(self) -> dict[str, Direction]:
        """By slug: each set together, in the order of its directions."""
        files = self.of_kind("directions").items()
        built = (programme_builders.direction(file.path, slug, file.data) for slug, file in files)
        return {one.slug: one for one in sorted(built, key=lambda one: (one.set, one.order, one.slug))}

    def directions_of(self, set_: str) -> tuple[Direction, ...]:
        """The directions of a set («2020», «2021») in their order."""
        return tuple(direction for direction in self.directions.values() if direction.set == set_)

    def direction_by(self, title: str, set_: str) -> Direction | None:
        """The direction of the set that a title of a roadmap tells of; None where it tells of none, or of several."""
        found = recognised(title, self.directions_of(set_))
        return found[0] if len(found) == 1 else None

    @cached_property
    def programme_slugs(self) -> tuple[str, ...]:
        """Folders of programme templates."""
        return tuple(sorted({slug.partition("/")[0] for slug in self.of_kind("programmes") if "/" in slug}))

    def programme(self, slug: str) -> ProgrammeTemplate:
        """A template, put together from the files of its folder; roadmaps in the order of their files' names.

        Raises BadDefinition, and KeyError where there is no such folder.
        """
        if slug not in self.programme_slugs:
            raise KeyError(slug)
        files = sorted(self.of_kind("programmes").items(), key=lambda one: natural_key(one[0]))
        own = {name.removeprefix(f"{slug}/"): file for name, file in files if name.startswith(f"{slug}/")}
        return programme_builders.programme(slug, {name: (file.path, file.data) for name, file in own.items()})

    @cached_property
    def programmes(self) -> dict[str, ProgrammeTemplate]:
        """Templates to start a programme from, by slug. Raises BadDefinition."""
        return {slug: self.programme(slug) for slug in self.programme_slugs}

    @cached_property
    def hash(self) -> str:
        """One hash of all definitions: it changes when any of them does."""
        lines = (f"{kind}/{slug} {file.hash}\n" for (kind, slug), file in sorted(self.files.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def hash_of(self, kind: str, slug: str) -> str:
        """The hash of one definition's file: its version. Raises KeyError."""
        return self.files[kind, slug].hash

    def with_scales(self, scales: Iterable[Scale]) -> "Definitions":
        """The same with scales entered on the screen; they come before those of the files."""
        more = Definitions(self.files)
        more.__dict__["scales"] = (*scales, *self.scales)
        return more

    @cached_property
    def _subject_names(self) -> dict[str, list[Subject]]:
        names: dict[str, list[Subject]] = {}
        for subject in self.subjects.values():
            for name in {look_alike(name) for name in (subject.slug, subject.name, subject.code, *subject.aliases)}:
                names.setdefault(name, []).append(subject)
        return names

    def subject_by(self, words: str) -> Subject | Ambiguous | None:
        """The subject that the words name: slug, name, code (in either alphabet), alias, or a sentence with its stem.

        «математика», «МА», «Русскому языку», «по математике, 4 класс» – in any case. The longest stem that occurs wins.
        """
        exact = self.subject_named(words)
        if exact:
            return exact
        chosen = self._by_stems(normal(words))
        return chosen[0] if len(chosen) == 1 else Ambiguous(chosen) if chosen else None

    def subject_named(self, name: str) -> Subject | None:
        """The subject whose slug, name, code or alias this is, to the letter (of either alphabet)."""
        found = self._subject_names.get(look_alike(name), [])
        return found[0] if len(found) == 1 else None

    def _by_stems(self, said: str) -> tuple[Subject, ...]:
        stems = [(stem, subject) for subject in self.subjects.values() for stem in map(normal, subject.stems)]
        found = [(stem, subject) for stem, subject in stems if stem in said and begins_a_word(said, stem)]
        # «математика базовая» says «матем» as well; «иностранный (немецкий) язык» says the general and the exact.
        longest = [(stem, s) for stem, s in found if not any(stem != other and stem in other for other, _ in found)]
        subjects = {subject.slug: subject for _, subject in longest}
        general = {subject.scale_subject for subject in subjects.values()}
        return tuple(subject for slug, subject in subjects.items() if slug not in general)

    def scale_for(
        self, procedure: str, subject: str, grade: int, year: int, maximum: int | None, region: str = ""
    ) -> Scale | None:
        """The scale of the year; else that of the nearest year with the same maximum, its status `transferred`.

        A scale of the region comes before one of the country; of two years equally near the earlier is taken. Without
        a known maximum only a scale of the year itself serves. An unofficial scale stays unofficial wherever it goes.
        """
        candidates = [
            scale
            for scale in self.scales_of(procedure, subject, grade)
            if scale.region in ("", region) and (maximum == scale.maximum or (maximum is None and scale.year == year))
        ]
        if not candidates:
            return None
        near = min(candidates, key=lambda s: (abs(s.year - year), s.region == "", s.subject != subject, s.year))
        return near if near.year == year or near.status == "unofficial" else replace(near, status="transferred")

    def scales_of(self, procedure: str, subject: str, grade: int) -> list[Scale]:
        """Scales of all years, those of the subject it shares scales with included."""
        subjects = (subject, self._scale_subject(subject))
        key = (procedure, grade)
        return [scale for scale in self.scales if (scale.procedure, scale.grade) == key and scale.subject in subjects]

    def minimum_for(
        self, procedure: str, subject: str, year: int, purpose: str = "", region: str = ""
    ) -> Minimum | None:
        """The least test score of the year for the purpose; one without a purpose serves both."""
        subjects = (subject, self._scale_subject(subject))
        candidates = [
            minimum
            for minimum in self.minimums
            if (minimum.procedure, minimum.year) == (procedure, year)
            and minimum.subject in subjects
            and minimum.purpose in ("", purpose)
            and minimum.region in ("", region)
        ]
        return min(candidates, key=lambda m: (m.region == "", m.purpose == "", m.subject != subject), default=None)

    def work_for(self, procedure: str, subject: str, grade: int, year: int, item_count: int) -> Work | None:
        """The work of the year, else of the nearest year, that has the same number of items."""
        ours = self._scale_subject(subject)
        candidates = [
            work
            for work in self.works
            if (work.procedure, work.grade) == (procedure, grade)
            and work.subject in (subject, ours)
            and len(work.items) == item_count
        ]
        return min(candidates, key=lambda w: (abs(w.year - year), w.subject != subject, w.year), default=None)

    def _scale_subject(self, slug: str) -> str:
        subject = self.subjects.get(slug)
        return (subject.scale_subject if subject else "") or slug


@lru_cache(maxsize=1)
def _package() -> Definitions:
    return Definitions(files_below(PACKAGE_FOLDER))
