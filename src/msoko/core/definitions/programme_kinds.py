"""What a definition of a direction and of a programme template holds.

A template is data for starting a programme: texts to be edited, never figures of a district. Its texts may hold the
placeholders of core.definitions.filling, which are filled in when a programme is started from it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

STAGES_OF_CYCLE: dict[str, str] = {
    "goals": "Цели",
    "indicators": "Показатели",
    "collection_methods": "Методы сбора",
    "monitoring": "Мониторинг",
    "analysis": "Анализ",
    "recommendations": "Адресные рекомендации",
    "activities": "Меры и мероприятия",
    "decisions": "Управленческие решения",
    "effectiveness": "Эффективность мер",
}
"""The nine stages of the cycle in their order: word in code → name on the screen."""
SETS = ("2020", "2021")
"""The nine directions, and the later eight. A municipality lives by one of the sets at a time."""
MUNICIPALITY, SCHOOL = "municipality", "school"
LEVELS = (MUNICIPALITY, SCHOOL)
CALENDAR, SCHOOL_YEAR = "calendar", "school_year"
STARTS = (CALENDAR, SCHOOL_YEAR)
"""A programme runs from 1 January to 31 December, or from 1 September to 31 August."""
COMPARATORS = ("≥", "≤", "=", "рост", "снижение")
WITHOUT_A_NUMBER = ("рост", "снижение")
"""Comparators that already say something where no number is set."""
SWOT_LISTS = ("strengths", "weaknesses", "opportunities", "threats")


@dataclass(frozen=True)
class Direction:
    """A direction of managing quality. Its key is `slug`; `order` is only the place in its `set` (from 1).

    `short` fits into a row of the board. `subject` is what is assessed (предмет оценки), `object` in whom or in what.
    `stages`: each of STAGES_OF_CYCLE → what is expected in it, one sentence. `matches`: slugs of directions of the
    other set that it corresponds to. `stems`: each a few beginnings of words; a title in which all of one occur is
    recognised as of this direction, unless it has one of `unless` (core.definitions.directions).

    What the system itself holds of the direction: `procedures` are kinds of procedures (core.vocabulary.procedures)
    whose results it reads, `layouts` forms of ours, `methods` whole methods or families; none of them where the system
    holds nothing.
    """

    slug: str
    name: str
    short: str
    set: str
    order: int
    goals: tuple[str, ...]
    object: str
    subject: str
    indicator_groups: tuple[str, ...]
    collection_methods: tuple[str, ...]
    stages: dict[str, str]
    stems: tuple[str, ...]
    source: str
    checked: str
    why: str
    matches: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    layouts: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()

    def reads_method(self, method: str) -> bool:
        """Is the method, or its family, of this direction? An edition («share_30@2021») is of its method."""
        name = method.partition("@")[0]
        return name in self.methods or name.partition(".")[0] in self.methods


@dataclass(frozen=True)
class StageTemplate:
    """A stage of a programme: months of the programme, both inclusive; 1 is its first month."""

    title: str
    begins: int
    ends: int
    content: str


@dataclass(frozen=True)
class IndicatorTemplate:
    """An indicator of a passport. `targets`: year of the programme (1, 2, …) → proposed value; None: left open.

    `comparator` is one of COMPARATORS. `how`: from what it is computed. `direction` may be ''.
    """

    name: str
    unit: str
    comparator: str
    how: str
    targets: dict[int, float | None] = field(default_factory=dict)
    base: float | None = None
    direction: str = ""


@dataclass(frozen=True)
class Resource:
    kind: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Participant:
    who: str
    functions: tuple[str, ...]


@dataclass(frozen=True)
class Risk:
    risk: str
    consequence: str
    mitigation: str


@dataclass(frozen=True)
class Passport:
    """The passport of a programme. Dates are not here: they follow from `starts`, `years` and the first year."""

    grounds: tuple[str, ...]
    developer: str
    executors: tuple[str, ...]
    goal: str
    tasks: tuple[str, ...]
    indicators: tuple[IndicatorTemplate, ...]
    expected_results: tuple[str, ...]
    control: str
    stages: tuple[StageTemplate, ...] = ()
    resources: tuple[Resource, ...] = ()
    participants: tuple[Participant, ...] = ()
    risks: tuple[Risk, ...] = ()


@dataclass(frozen=True)
class Swot:
    """Four lists. `findings`: one of SWOT_LISTS → methods («low_results.share_30») or families («low_results»)
    whose confirmed findings belong into that list."""

    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    opportunities: tuple[str, ...] = ()
    threats: tuple[str, ...] = ()
    findings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in SWOT_LISTS)


@dataclass(frozen=True)
class ActivityTemplate:
    """An activity. `deadline` and `executors` are words as people write them; core.roadmap understands them.

    `level`: who does it, LEVELS. `addressees`: for whom it is, '' where it's for everybody. `evidence`: what is handed
    in («приказ», «справка»), may be empty.
    """

    title: str
    deadline: str
    executors: tuple[str, ...]
    result: str
    indicator: str = ""
    level: str = MUNICIPALITY
    addressees: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionTemplate:
    title: str
    activities: tuple[ActivityTemplate, ...]


@dataclass(frozen=True)
class RoadmapTemplate:
    """A roadmap. `slug` is its file's name, or its number where it stands in programme.yaml; `direction` may be ''."""

    slug: str
    title: str
    sections: tuple[SectionTemplate, ...]
    direction: str = ""

    @property
    def activities(self) -> Iterator[ActivityTemplate]:
        return (activity for section in self.sections for activity in section.activities)


@dataclass(frozen=True)
class ProgrammeTemplate:
    """A programme to start from. `slug` is its folder; `kind` a few words, `about` what it is for, two sentences.

    `years` counts calendar or school years (`starts`). `for_level` says whose programme it is; one of a school names in
    `descends_from` the municipal templates that it may descend from.
    """

    slug: str
    title: str
    kind: str
    about: str
    years: int
    starts: str
    passport: Passport
    roadmaps: tuple[RoadmapTemplate, ...]
    source: str
    checked: str
    why: str
    swot: Swot = field(default_factory=Swot)
    principles: tuple[str, ...] = ()
    for_level: str = MUNICIPALITY
    descends_from: tuple[str, ...] = ()

    @property
    def activities(self) -> Iterator[ActivityTemplate]:
        return (activity for roadmap in self.roadmaps for activity in roadmap.activities)
