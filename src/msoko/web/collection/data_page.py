"""«Данные»: batches of the person's territories, and the matrix school × procedure."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from msoko.core.vocabulary.procedures import kind_name
from msoko.core.vocabulary.russian import counted
from msoko.documents.tables import Cell, Column, Row, Table, Text
from msoko.web.collection.handed_in import HandedIn, handed_in, matrix_of
from msoko.web.collection.models import Batch
from msoko.web.collection.presenting import subject_name
from msoko.web.collection.queries import DESCRIPTION, visible_batches
from msoko.web.definitions import definitions
from msoko.web.people.sight import Sight

MOST_BATCHES = 300  # the list is for finding a recent file; older ones are found by their procedure
UNRECOGNISED = "не распознан"
WAITING = (Batch.State.RECEIVED, Batch.State.READING, Batch.State.PREVIEW, Batch.State.REFUSED)
LEVEL_WORDS = {"": "—", "PASS": "годен", "WARNING": "замечания", "FAIL": "отказ"}  # the gravest last


@dataclass(frozen=True)
class DataPage:
    sight: Sight

    @cached_property
    def _batches(self) -> list[Batch]:
        shown = visible_batches(self.sight).exclude(state=Batch.State.DISCARDED)
        return list(shown.select_related("upload").defer("complaints", "schools", "report", "hints")[:MOST_BATCHES])

    @property
    def waiting(self) -> list[Batch]:
        """What needs a decision or is being read, oldest first."""
        return [batch for batch in reversed(self._batches) if batch.state in WAITING]

    @property
    def waiting_named(self) -> list[tuple[Batch, str]]:
        """The same with what each is: four files may be called «Математика.xlsx»."""
        return [(batch, "" if (what := what_it_is(batch)) == UNRECOGNISED else what) for batch in self.waiting]

    @property
    def has_batches(self) -> bool:
        return bool(self._batches)

    @property
    def may_hand_in(self) -> bool:
        return self.sight.may("hand_in", self.sight.territory)

    def batches_table(self) -> Table:
        columns = (
            Column("file", "Файл", kind="link"),
            Column("what", "Что это"),
            Column("rows", "Строк", kind="count"),
            Column("level", "Проверка", kind="badge"),
            Column("state", "Состояние", kind="badge"),
            Column("when", "Загружен", kind="date"),
        )
        done = [batch for batch in self._batches if batch.state not in WAITING]
        files: dict[tuple[int, str], list[Batch]] = {}
        for batch in done:
            files.setdefault((batch.upload_id, batch.state), []).append(batch)
        return Table("Принятые и отозванные", columns, [Row(_cells(parts)) for parts in files.values()])

    @cached_property
    def handed_in(self) -> HandedIn | None:
        return handed_in(self.sight)

    @cached_property
    def matrix(self) -> Table | None:
        """Who has handed in what: schools or municipalities × procedures of the last year with any protocol."""
        return matrix_of(self.handed_in) if self.handed_in else None


def _cells(parts: list[Batch]) -> dict[str, Cell]:
    """A line a file: a file with many procedures says how many, its parts are listed on its page."""
    batch = min(parts, key=lambda part: part.part)
    what = what_it_is(batch) if len(parts) == 1 else counted(len(parts), "процедура", "процедуры", "процедур")
    level = max((part.level for part in parts), key=list(LEVEL_WORDS).index)
    return {
        "file": Text(batch.name, reverse("collection:batch", args=[batch.pk])),
        "what": what,
        "rows": sum(part.rows for part in parts),
        "level": Text(LEVEL_WORDS[level], tone=level or "plain"),
        "state": Text(batch.get_state_display(), tone="PASS" if batch.state == Batch.State.ACCEPTED else "plain"),
        "when": batch.handed_in_at.date(),
    }


def what_it_is(batch: Batch) -> str:
    """«ВПР · математика · 5 класс · 2021», «Описание: ВПР · …», or the title of the form."""
    naming = batch.naming
    if naming.get("subject") and naming.get("grade") and naming.get("year"):
        subject = subject_name(naming["subject"]) or naming["subject"]
        parts = [kind_name(naming["procedure"]), subject, f"{naming['grade']}\u00a0класс", str(naming["year"])]
        named = " · ".join(parts + ([naming["label"]] if naming.get("label") else []))
        return f"Описание: {named}" if batch.source == DESCRIPTION else named
    source = definitions().sources.get(batch.source)
    return source.title if source else UNRECOGNISED
