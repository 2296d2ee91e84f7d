"""What a column of a typed table states, and what follows from that: which is a part of which, which make a whole."""

from enum import StrEnum

from msoko.core.vocabulary.russian import plural


class Kind(StrEnum):
    LABEL = "label"
    COUNT = "count"
    PERCENT = "percent"
    MEAN = "mean"
    OTHER = "other"


class Role(StrEnum):
    """The meaning of a column. `count` and `percent` are numbers of which only the unit is known."""

    SUBJECT = "subject"
    GRADE = "grade"
    YEAR = "year"
    SCHOOL = "school"
    CLASS = "class"
    MUNICIPALITY = "municipality"
    PROCEDURE = "procedure"
    MEASURE = "measure"
    UNIT = "unit"
    IGNORED = "ignored"
    VALUE = "value"
    PARTICIPANTS = "participants"
    GRADUATES = "graduates"
    PUPILS = "pupils"
    COUNT = "count"
    N2 = "n2"
    N3 = "n3"
    N4 = "n4"
    N5 = "n5"
    NOT_ASSESSED = "not_assessed"
    PASSED = "passed"
    FAILED = "failed"
    QUALITY = "quality"
    HIGH = "high"
    HUNDRED = "hundred"
    LOWERED = "lowered"
    CONFIRMED = "confirmed"
    RAISED = "raised"
    WINNERS = "winners"
    PRIZE_WINNERS = "prize_winners"
    PERCENT = "percent"
    P2 = "p2"
    P3 = "p3"
    P4 = "p4"
    P5 = "p5"
    PASS_PERCENT = "pass_percent"
    FAIL_PERCENT = "fail_percent"
    QUALITY_PERCENT = "quality_percent"
    HIGH_PERCENT = "high_percent"
    HUNDRED_PERCENT = "hundred_percent"
    LOWERED_PERCENT = "lowered_percent"
    CONFIRMED_PERCENT = "confirmed_percent"
    RAISED_PERCENT = "raised_percent"
    SCORE_PERCENT = "score_percent"
    SOU = "sou"
    MEAN = "mean"
    MEAN_MARK = "mean_mark"
    OTHER = "other"

    @property
    def kind(self) -> Kind:
        return _KINDS[self]

    def counted(self, n: int) -> str:
        """The word that agrees with the number: «участников», «отметки «4»»."""
        return plural(n, *FORMS[self])

    @property
    def words(self) -> str:
        """Of whom or what there are many: «участников», «отметок «4»»; of a per cent, of those it is."""
        return FORMS[COUNT_OF.get(self, self)][2] if COUNT_OF.get(self, self) in FORMS else TITLES[self]


_LABELS = (
    *(Role.SUBJECT, Role.GRADE, Role.YEAR, Role.SCHOOL, Role.CLASS, Role.MUNICIPALITY),
    *(Role.PROCEDURE, Role.MEASURE, Role.UNIT, Role.IGNORED),
)
PERCENT_OF = {
    Role.N2: Role.P2,
    Role.N3: Role.P3,
    Role.N4: Role.P4,
    Role.N5: Role.P5,
    Role.PASSED: Role.PASS_PERCENT,
    Role.FAILED: Role.FAIL_PERCENT,
    Role.QUALITY: Role.QUALITY_PERCENT,
    Role.HIGH: Role.HIGH_PERCENT,
    Role.HUNDRED: Role.HUNDRED_PERCENT,
    Role.LOWERED: Role.LOWERED_PERCENT,
    Role.CONFIRMED: Role.CONFIRMED_PERCENT,
    Role.RAISED: Role.RAISED_PERCENT,
}
"""A number of participants and the same as a per cent of those who took part."""
COUNT_OF = {percent: count for count, percent in PERCENT_OF.items()}


def in_unit(role: Role, is_percent: bool) -> Role:
    """The role in its unit: «4» as a count of marks or as their per cent; other roles have but one."""
    return PERCENT_OF.get(role, role) if is_percent else role


MARKS = {2: Role.N2, 3: Role.N3, 4: Role.N4, 5: Role.N5}
MARK_COUNTS = tuple(MARKS.values())
MARK_PERCENTS = tuple(PERCENT_OF[role] for role in MARK_COUNTS)
OUTCOMES = (Role.LOWERED, Role.CONFIRMED, Role.RAISED)
OUTCOME_PERCENTS = tuple(PERCENT_OF[role] for role in OUTCOMES)
WHOLES = (Role.PARTICIPANTS, Role.GRADUATES, Role.PUPILS)
_KINDS = (
    dict.fromkeys(Role, Kind.COUNT)
    | dict.fromkeys(_LABELS, Kind.LABEL)
    | dict.fromkeys((*COUNT_OF, Role.PERCENT, Role.SCORE_PERCENT, Role.SOU), Kind.PERCENT)
    | dict.fromkeys((Role.MEAN, Role.MEAN_MARK), Kind.MEAN)
    | dict.fromkeys((Role.OTHER, Role.VALUE), Kind.OTHER)
)
FORMS = {
    Role.PARTICIPANTS: ("участник", "участника", "участников"),
    Role.GRADUATES: ("выпускник", "выпускника", "выпускников"),
    Role.PUPILS: ("обучающийся", "обучающихся", "обучающихся"),
    Role.COUNT: ("человек", "человека", "человек"),
    **{role: (f"отметка «{mark}»", f"отметки «{mark}»", f"отметок «{mark}»") for mark, role in MARKS.items()},
    Role.NOT_ASSESSED: ("не аттестованный", "не аттестованных", "не аттестованных"),
    Role.PASSED: ("сдавший", "сдавших", "сдавших"),
    Role.FAILED: ("не сдавший", "не сдавших", "не сдавших"),
    Role.QUALITY: ("отметка «4» и «5»", "отметки «4» и «5»", "отметок «4» и «5»"),
    Role.HIGH: ("высокий балл", "высоких балла", "высоких баллов"),
    Role.HUNDRED: ("результат в 100 баллов", "результата в 100 баллов", "результатов в 100 баллов"),
    Role.LOWERED: ("понизивший отметку", "понизивших отметку", "понизивших отметку"),
    Role.CONFIRMED: ("подтвердивший отметку", "подтвердивших отметку", "подтвердивших отметку"),
    Role.RAISED: ("повысивший отметку", "повысивших отметку", "повысивших отметку"),
    Role.WINNERS: ("победитель", "победителя", "победителей"),
    Role.PRIZE_WINNERS: ("призёр", "призёра", "призёров"),
}
TITLES = {
    Role.PERCENT: "доля",
    Role.SCORE_PERCENT: "доля участников с баллом",
    Role.SOU: "СОУ",
    Role.MEAN: "средний балл",
    Role.MEAN_MARK: "средняя отметка",
    Role.OTHER: "значение",
    Role.VALUE: "значение",
}
