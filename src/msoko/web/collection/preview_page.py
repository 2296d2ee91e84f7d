"""The page of one batch: what it is, what was found in it, which schools, what accepting will change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from msoko.core.collection.reading import Grain, Origin
from msoko.core.vocabulary.russian import counted, number, plural
from msoko.core.vocabulary.unknowns import Unknown
from msoko.documents.tables import Column, Row, Table, Text
from msoko.web.collection.data_page import UNRECOGNISED, what_it_is
from msoko.web.collection.description_words import has_described, will_describe
from msoko.web.collection.models import Batch
from msoko.web.collection.queries import DESCRIPTION, REGISTER, Meeting, accepted_twin, meetings
from msoko.web.collection.services.uploading import kept
from msoko.web.collection.unknown_schools import rows_of_unknown_schools, told_of_unknown_schools
from msoko.web.definitions import definitions
from msoko.web.people.matches import Proposal, propose
from msoko.web.people.models import Organisation
from msoko.web.people.services import NewSchool
from msoko.web.people.services.schools import organisations_by_key
from msoko.web.people.sight import Sight

ORIGINS: dict[str | None, str] = {
    Origin.CONTENT: "из содержания файла",
    Origin.FILE_NAME: "из имени файла",
    Origin.FOLDER: "из имени папки",
    Origin.USER: "указано вами",
}
NAMED = {"year": "Год процедуры", "grade": "Класс работы", "subject": "Предмет"}
STATUS_WORDS = {
    "valid": "учтены",
    "absent": "не писали работу",
    "part_absent": "писали не все части",
    "no_total": "без итогового балла",
    "total_above_max": "итог больше максимума",
}
NOT_WRITTEN = ("absent", "part_absent")
ROWS = ("строка", "строки", "строк")
MOST_NAMED = 5  # schools in one sentence
LEVELS = (("FAIL", "Отказ"), ("WARNING", "Замечания"), ("PASS", "К сведению"))


@dataclass(frozen=True)
class PreviewPage:
    batch: Batch
    sight: Sight

    @property
    def title(self) -> str:
        """What the file is, or what has become of finding that out."""
        if self.is_reading:
            return "Файл читается"
        what = what_it_is(self.batch)
        return "Файл не распознан" if what == UNRECOGNISED else what

    @property
    def is_reading(self) -> bool:
        return self.batch.state in (Batch.State.RECEIVED, Batch.State.READING)

    @property
    def waits(self) -> bool:
        return self.batch.state == Batch.State.PREVIEW

    @property
    def step(self) -> int:
        if self.is_reading:
            return 1
        return 2 if self.batch.state in (Batch.State.PREVIEW, Batch.State.REFUSED) else 4

    @property
    def source(self) -> str:
        known = definitions().sources.get(self.batch.source)
        return known.title if known else self.batch.source

    @property
    def may_decide(self) -> bool:
        return self.sight.may("accept_batch", self.batch.territory)

    @property
    def may_correct(self) -> bool:
        """Whoever handed the file in may say what it is, or take it back before it is accepted."""
        return self.sight.may("hand_in", self.batch.territory)

    @property
    def accepts_within(self) -> Organisation | None:
        """Whose schools the person may speak for: an administrator for all, others for their territory."""
        return None if self.sight.sees_everything else self.batch.territory

    @property
    def is_kept(self) -> bool:
        """Is the uploaded file still there? One with personal columns is not."""
        return kept(self.batch.upload.sha256).exists()

    @property
    def lacks_name(self) -> bool:
        """Refused only because nobody knows the year, the grade or the subject, which a person can say."""
        return any(one["code"] == "procedure_unresolved" for one in self.batch.complaints)

    @property
    def twin(self) -> Batch | None:
        return accepted_twin(self.batch) if self.waits else None

    @property
    def siblings(self) -> list[tuple[str, Batch]]:
        """Other procedures found in the same file, with what they are."""
        others = Batch.objects.filter(upload=self.batch.upload, path=self.batch.path).exclude(pk=self.batch.pk)
        shown = others.exclude(state=Batch.State.DISCARDED).order_by("part")
        return [(what_it_is(batch), batch) for batch in shown.defer("complaints", "schools")]

    @property
    def works_beside(self) -> list[Batch]:
        """Descriptions of other works in the same file that wait as well: a person may accept all of them at once."""
        if not (self.waits and self.is_description):
            return []
        waiting = [other for _, other in self.siblings if other.state == Batch.State.PREVIEW]
        return [other for other in waiting if other.source == DESCRIPTION]

    def named(self) -> list[dict[str, Any]]:
        """Year, grade and subject with where each was learnt; what did not come from content asks to be confirmed."""
        naming, origins = self.batch.naming, self.batch.naming.get("origins") or {}
        subject = definitions().subjects.get(naming.get("subject") or "")
        values = {"year": naming.get("year"), "grade": naming.get("grade"), "subject": subject and subject.name}
        return [
            {
                "title": title,
                "value": values[name],
                "origin": ORIGINS.get(origins.get(name), ""),
                "confirm": origins.get(name) in (Origin.FILE_NAME, Origin.FOLDER),
            }
            for name, title in NAMED.items()
            if self.batch.grain != "records"
        ]

    @property
    def needs_confirmation(self) -> bool:
        return any(one["confirm"] for one in self.named())

    def pupils_words(self) -> str:
        """Who sat it, where that is not who the work is written for."""
        naming = self.batch.naming
        if naming.get("pupils_grade") in (None, naming.get("grade")):
            return ""
        start = naming["academic_year"]
        return f"Писали осенью {start}\u00a0года обучающиеся {naming['pupils_grade']}-х\u00a0классов."

    def statuses(self) -> list[tuple[str, int]]:
        found = self.batch.report.get("statuses") or {}
        return [(words, found[status]) for status, words in STATUS_WORDS.items() if status in found]

    def complaints(self) -> list[dict[str, Any]]:
        """Groups by level, gravest first, each with its complaints."""
        return [
            {"level": level, "title": title, "complaints": found}
            for level, title in LEVELS
            if (found := [one for one in self.batch.complaints if one["level"] == level])
        ]

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What is proposed for the schools of the file (nothing after acceptance)."""
        if not self.waits or self.batch.grain == "records":
            return []
        return propose([_claim(school) for school in self.batch.schools], self.accepts_within)

    @property
    def known(self) -> list[Proposal]:
        return [one for one in self.proposals if one.known]

    @property
    def doubtful(self) -> list[Proposal]:
        """Schools that may be known ones under another login: a person decides."""
        return [one for one in self.proposals if not one.known and one.candidates]

    @property
    def new(self) -> list[Proposal]:
        return [one for one in self.proposals if one.is_new]

    def matches(self, said: Mapping[str, str]) -> dict[str, int]:
        """Key of a school → the organisation chosen for it on the page, only among those that were proposed."""
        offered = {one.claim.key: {candidate.organisation.pk for candidate in one.candidates} for one in self.doubtful}
        chosen = {key: said.get(f"match-{key}", "") for key in offered}
        return {key: int(pk) for key, pk in chosen.items() if pk.isdecimal() and int(pk) in offered[key]}

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Schools of the file that are in other accepted protocols of the same procedure."""
        return meetings(self.batch) if self.waits and self.batch.schools else []

    def _words_of_meetings(self) -> list[str]:
        replaced = sum(one.takes_over for one in self.meetings)
        added = len(self.meetings) - replaced
        said = []
        if replaced:
            words = counted(replaced, "школа уже есть", "школы уже есть", "школ уже есть")
            said.append(f"{words} в принятом протоколе этой процедуры: действовать будут строки из этого файла.")
        lost = [f"{one.school} ({', '.join(one.lost)})" for one in self.meetings if one.lost]
        if lost:
            more = f" и ещё {len(lost) - MOST_NAMED}" if len(lost) > MOST_NAMED else ""
            said.append(f"Перестанут учитываться классы, которых в файле нет: {'; '.join(lost[:MOST_NAMED])}{more}.")
        if added:
            schools = counted(added, "школы", "школ", "школ")
            said.append(f"Другие классы {schools} уже приняты: этот файл их дополнит.")
        return said

    def will_change(self) -> list[str]:
        """What pressing «Принять» will do, in sentences."""
        said = [self._words_of_rows()]
        if self.new:
            place = self.accepts_within.name if self.accepts_within else "«Без муниципалитета»"
            said.append(f"Будет создано {counted(len(self.new), 'школа', 'школы', 'школ')}: {place}.")
        if self._of_unknown_schools:
            said.append(told_of_unknown_schools(self._of_unknown_schools, self.batch.territory))
        return said + self._words_of_meetings() + will_describe(self.batch)

    @cached_property
    def _of_unknown_schools(self) -> Mapping[str, int]:
        return rows_of_unknown_schools(self.batch)

    def has_described(self) -> list[str]:
        """What an accepted description or table says of the items of its work."""
        return has_described(self.batch)

    def _words_of_rows(self) -> str:
        """How many rows will count: not those of who did not sit the work."""
        rows, found = self.batch.rows, self.batch.report.get("statuses") or {}
        if self.batch.grain == "records":
            if self.is_register:
                return f"{plural(rows, 'Сохранится', 'Сохранятся', 'Сохранятся')} {counted(rows, *ROWS)}."
            if self.is_description:
                return f"Принимается описание работы: {counted(rows, *ROWS)}. Его учтут методики о\u00a0заданиях."
            unknown = sum(self._of_unknown_schools.values())
            if unknown:
                saved = f"{plural(rows, 'Сохранится', 'Сохранятся', 'Сохранятся')} {counted(rows, *ROWS)}"
                return f"{saved}, методики учтут {number(rows - unknown)}."
            return f"{counted(rows, 'строку', 'строки', 'строк')} учтут методики и сверка таблиц."
        wrote = rows - sum(found.get(status, 0) for status in NOT_WRITTEN)
        enter = f"В расчёт {plural(wrote, 'войдёт', 'войдут', 'войдут')} {counted(wrote, *ROWS)}"
        return (
            f"{enter}."
            if wrote == rows
            else f"{enter} из {number(rows)}: остальные работу не писали или писали не всю."
        )

    @property
    def kind_of_file(self) -> str:
        """What people call it: results come as protocols, our own forms, tables and lists as files."""
        return "файл" if self.batch.grain == Grain.RECORDS else "протокол"

    @property
    def recalculated(self) -> str:
        """What is done anew when the file comes or goes: forms and tables are no results."""
        if self.is_description:
            return "Значения и выводы считаются заново"
        is_form = self.batch.grain == Grain.RECORDS and not self.is_register
        return "Выводы считаются заново" if is_form else "Значения пересчитываются"

    @property
    def is_register(self) -> bool:
        return self.batch.naming.get("procedure") == REGISTER

    @property
    def is_description(self) -> bool:
        return self.batch.source == DESCRIPTION

    def schools_table(self) -> Table:
        """The schools as the file names them, and which organisations they are."""
        known = organisations_by_key(school["key"] for school in self.batch.schools)
        columns = (
            Column("key", "Логин в файле"),
            Column("said", "Название в файле"),
            Column("school", "Школа в системе", kind="link"),
            Column("rows", "Строк", kind="count"),
            Column("valid", "Учтено", kind="count"),
        )
        rows = [
            Row(
                {
                    "key": school["key"],
                    "said": school.get("name") or Unknown.MISSING,
                    "school": _link(known.get(school["key"])),
                    "rows": school["rows"],
                    "valid": school["valid"],
                }
            )
            for school in self.batch.schools
        ]
        return Table("Школы файла", columns, rows)


def _link(school: Organisation | None) -> Text | Unknown:
    return Text(school.name, reverse("analysis:school", args=[school.pk])) if school else Unknown.MISSING


def _claim(school: dict[str, Any]) -> NewSchool:
    return NewSchool(
        school["key"], school.get("name") or "", "", school.get("municipality") or "", school.get("region") or ""
    )
