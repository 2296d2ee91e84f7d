"""Where things of the demonstration district are: their numbers are the database's, their names are the story's."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

WEAK_SCHOOL = "edu990109"  # docs/demo.md: one of the two truly weak ones
SMALL_SCHOOL = "edu990115"  # fewer participants than a conclusion needs
LIFTED_SCHOOL = "edu990107"  # works lifted over borders of marks
CORRECTED_SCHOOL, CORRECTED_YEAR = "edu990104", 2025  # answers of one class corrected
WORK = ("vpr", "mathematics", 5, 2026)
LIST = "low_results.posterior"


@dataclass(frozen=True)
class Places:
    """Reads the records of a home folder without changing them; raises LookupError for what is not there."""

    home: Path

    def procedure(self, kind: str, subject: str, grade: int, year: int) -> int:
        return self._one(
            "SELECT id FROM collection_procedure WHERE kind = ? AND subject = ? AND grade = ? AND year = ?",
            kind, subject, grade, year,
        )  # fmt: skip

    def school(self, login: str) -> int:
        return self._one("SELECT organisation_id FROM people_externalkey WHERE key = ?", login)

    def territory(self, kind: str) -> int:
        return self._one("SELECT id FROM people_organisation WHERE kind = ? AND NOT is_placeholder", kind)

    def own_school(self) -> int:
        """The school of school@msoko.example."""
        return self._one("SELECT organisation_id FROM people_membership WHERE role = 'school'")

    def finding(self, method: str, login: str, year: int) -> int:
        """What the method says now of a school in a year."""
        return self._one(
            "SELECT id FROM analysis_finding"
            " WHERE method = ? AND organisation_id = ? AND year = ? AND superseded_at IS NULL",
            method, self.school(login), year,
        )  # fmt: skip

    def person(self, word: str) -> int:
        return self._one("SELECT id FROM people_user WHERE email = ?", f"{word}@msoko.example")

    def programme(self, template: str) -> int:
        """The edition in force that was begun from the template."""
        return self._one("SELECT id FROM roadmap_programme WHERE template = ? AND state = 'approved'", template)

    def roadmap(self, programme: int) -> int:
        return self._one("SELECT id FROM roadmap_roadmap WHERE programme_id = ?", programme)

    def own_assignment(self) -> int:
        """What school@msoko.example still has to do, the soonest."""
        return self._one(
            "SELECT id FROM roadmap_assignment WHERE organisation_id = ?"
            " AND state IN ('planned', 'in_progress', 'returned', 'postponed')",
            self.own_school(),
        )

    def reported(self) -> int:
        """An assignment whose report waits for the department."""
        return self._one("SELECT id FROM roadmap_assignment WHERE state = ?", "reported")

    def activity(self, assignment: int) -> int:
        return self._one(
            "SELECT activity_id FROM roadmap_occurrence"
            " WHERE id = (SELECT occurrence_id FROM roadmap_assignment WHERE id = ?)",
            assignment,
        )

    def batch(self, procedure: int) -> int:
        """The accepted protocol with pupils of a procedure."""
        return self._one(
            "SELECT id FROM collection_batch WHERE procedure_id = ? AND state = 'accepted' AND grain = 'pupils'",
            procedure,
        )

    @cached_property
    def names(self) -> dict[str, int]:
        """Words for addresses: «/results/{work}/»."""
        work, support = self.procedure(*WORK), self.programme("low_results_support")
        reported = self.reported()
        return {
            "work": work,
            "exam": self.procedure("ege", "mathematics", 11, 2026),
            "weak_school": self.school(WEAK_SCHOOL),
            "small_school": self.school(SMALL_SCHOOL),
            "own_school": self.own_school(),
            "district": self.territory("municipality"),
            "region": self.territory("region"),
            "batch": self.batch(work),
            "finding": self.finding(LIST, WEAK_SCHOOL, WORK[-1]),
            "signal": self.finding("objectivity.bunching", LIFTED_SCHOOL, WORK[-1]),
            "class_signal": self.finding("objectivity.corrected_answers", CORRECTED_SCHOOL, CORRECTED_YEAR),
            "methodist": self.person("methodist"),
            "programme": support,
            "roadmap": self.roadmap(support),
            "own_assignment": self.own_assignment(),
            "reported": reported,
            "activity": self.activity(reported),
        }

    def address(self, pattern: str) -> str:
        """«/schools/{weak_school}/» → «/schools/9/»; raises KeyError for a word that is not in `names`."""
        return pattern.format_map(self.names)

    def _one(self, question: str, *values: object) -> int:
        with closing(sqlite3.connect(f"file:{self.home / 'msoko.sqlite3'}?mode=ro", uri=True)) as records:
            found = records.execute(f"{question} ORDER BY id LIMIT 1", values).fetchone()
        if found is None:
            raise LookupError(f"{question}: {values}")
        return int(found[0])
