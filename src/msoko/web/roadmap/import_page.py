"""The review of a signed document: the rows that were read beside the document they came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from msoko.web.people.sight import Sight
from msoko.web.roadmap.import_evidence import EvidenceOffered
from msoko.web.roadmap.import_paper import Paper, Part, owners_of, part_of
from msoko.web.roadmap.import_queries import ACTION, twin_of
from msoko.web.roadmap.import_words import RowShown, Schools, dues_of, found_in_words, is_doubtful, schools_known
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services.importing_rows import in_places

ROWS_ON_A_PAGE = 100
ALL, DOUBTFUL, UNDATED, UNCONFIRMED, DROPPED, COMPLAINTS = SHOWN = (
    "all", "doubtful", "undated", "unconfirmed", "dropped", "complaints",
)  # fmt: skip
State = RoadmapImport.State


@dataclass(frozen=True)
class SectionShown:
    title: str
    rows: list[RowShown]


@dataclass(frozen=True)
class RoadmapShown:
    title: str
    sections: list[SectionShown]


@dataclass(frozen=True)
class ReviewPage:
    """`asked` is the address: show (a filter), page, line (the document from there), ticked."""

    document: RoadmapImport
    sight: Sight
    asked: QueryDict

    # ---- what may be done

    @property
    def may_change(self) -> bool:
        return self.document.state == State.REVIEW and self.sight.may(ACTION, self.document.organisation)

    @property
    def is_waiting(self) -> bool:
        return self.document.state in (State.RECEIVED, State.READING)

    @cached_property
    def twin(self) -> RoadmapImport | None:
        return twin_of(self.document)

    @property
    def step(self) -> int:
        return 1 if self.is_waiting else 3 if self.document.state == State.LIVE else 2

    # ---- rows

    @cached_property
    def rows(self) -> list[ImportedRow]:
        return list(self.document.rows.all())

    @cached_property
    def living(self) -> list[ImportedRow]:
        return in_places(row for row in self.rows if not row.is_dropped)

    @cached_property
    def dropped(self) -> list[ImportedRow]:
        return [row for row in self.rows if row.is_dropped]

    @cached_property
    def doubtful(self) -> list[ImportedRow]:
        return [row for row in self.living if is_doubtful(row)]

    @cached_property
    def undated(self) -> list[ImportedRow]:
        """Rows without dates, once the period is known."""
        if self.document.begins is None or self.document.ends is None:
            return []
        return [row for row in self.living if self._shown(row).deadline.tone != "soft"]

    @cached_property
    def evidence(self) -> EvidenceOffered:
        return EvidenceOffered(self.living)

    @property
    def dues(self) -> list[date]:
        """Every due date of the rows that are no longer dropped, once the period is known."""
        begins, ends = self.document.begins, self.document.ends
        if begins is None or ends is None:
            return []
        return [due for row in self.living for due in dues_of(row.deadline, begins, ends)]

    @property
    def checked(self) -> int:
        return sum(row.is_checked for row in self.living)

    @property
    def found(self) -> str:
        return found_in_words(len(self.living), len(dict.fromkeys(row.roadmap for row in self.living)))

    @property
    def show(self) -> str:
        said = self.asked.get("show", ALL)
        return said if said in SHOWN else ALL

    @property
    def tabs(self) -> list[dict[str, str | int]]:
        names = (
            (ALL, "Все", self.living),
            (DOUBTFUL, "Сомнительные", self.doubtful),
            (UNDATED, "Без дат", self.undated),
            (UNCONFIRMED, "Без подтверждений", self.evidence.unconfirmed),
            (DROPPED, "Исключённые", self.dropped),
            (COMPLAINTS, "Замечания", self.document.complaints),
        )
        return [
            {"key": key, "title": title, "count": len(found), "url": f"{self.address}?show={key}"}
            for key, title, found in names
        ]

    @cached_property
    def page(self) -> Page[ImportedRow]:
        chosen = {ALL: self.living, DOUBTFUL: self.doubtful, UNDATED: self.undated, DROPPED: self.dropped,
                  UNCONFIRMED: self.evidence.unconfirmed}  # fmt: skip
        return Paginator(chosen.get(self.show, []), ROWS_ON_A_PAGE).get_page(self.asked.get("page"))

    @cached_property
    def groups(self) -> list[RoadmapShown]:
        """The rows of the page by roadmap and section, in the order of the document."""
        return [
            RoadmapShown(title, list(self._sections(list(rows))))
            for title, rows in groupby(self.page.object_list, key=lambda row: row.roadmap)
        ]

    def _sections(self, rows: list[ImportedRow]) -> Iterator[SectionShown]:
        for title, own in groupby(rows, key=lambda row: row.section):
            yield SectionShown(title, [self._shown(row) for row in own])

    @cached_property
    def schools(self) -> Schools:
        return schools_known(self.document, [row.executors for row in self.living], self.sight)

    def _shown(self, row: ImportedRow) -> RowShown:
        is_ticked = self.ticked == ["all"] or str(row.pk) in self.ticked
        return RowShown(row, self.schools, self.document.begins, self.document.ends, is_ticked)

    @cached_property
    def ticked(self) -> list[str]:
        """Keys of the rows to be ticked, or «all»."""
        return self.asked.get("ticked", "").split(",")

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """Roadmaps and sections that there are, for moving rows into them."""
        return list(dict.fromkeys((row.roadmap, row.section) for row in self.living))

    # ---- the document beside

    @cached_property
    def part(self) -> Part:
        """The lines around the rows of the page, or those from the asked line on."""
        lines = self.document.lines
        line = self.asked.get("line", "")
        if line.isdecimal() and len(line) < 10:
            return part_of(lines, int(line), lines[-1]["number"] if lines else 0)
        sources = [number for row in self.page.object_list for number in row.source]
        if self.page.paginator.num_pages < 2 or not sources:
            return part_of(lines, 1, lines[-1]["number"] if lines else 0)
        return part_of(lines, min(sources), max(sources))

    @property
    def paper(self) -> SafeString:
        add = reverse("roadmap:import_add", args=[self.document.pk]) if self.may_change else ""
        return Paper(owners_of(self.living), add=add).drawn(self.part.lines)

    # ---- addresses

    @property
    def address(self) -> str:
        return reverse("roadmap:import_review", args=[self.document.pk])

    @property
    def back(self) -> str:
        """What the address asks, «?show=doubtful», for coming back to the same rows; '' for all of them."""
        asked = urlencode([(name, self.asked[name]) for name in ("show", "page") if name in self.asked])
        return f"?{asked}" if asked else ""

    @property
    def next_doubtful(self) -> int | None:
        return self.doubtful[0].pk if self.doubtful else None

    @property
    def titles(self) -> tuple[list[str], list[str]]:
        """Names of roadmaps and sections that there are, to be offered in fields."""
        return list(dict.fromkeys(one for one, _ in self.places if one)), list(
            dict.fromkeys(one for _, one in self.places if one)
        )
