"""Findings about one class: who reads of which class they are, and what the others read instead.

A class is known by its teacher. The department and those who work with its schools read everything, and so does the
school itself; whoever else sees the school learns that one of its classes has a signal, and nothing more. Every page,
table and picture gets its findings from here, so that none of them has to think of it.
"""

from collections.abc import Iterable
from copy import copy

from msoko.core.vocabulary.russian import NBSP
from msoko.web.analysis.models import Finding
from msoko.web.people.sight import Sight

VEILED = f"Сигнал по{NBSP}одному из{NBSP}классов."
"""What stands instead of the sentence."""
WHO_KNOWS = (
    f"Какой это класс и{NBSP}что в{NBSP}нём видно, знают управление образования муниципалитета и{NBSP}сама школа."
)
CLASS = "class"
"""The key under which the statistic of a finding about a class names it."""


def is_about_class(finding: Finding) -> bool:
    return CLASS in finding.statistic


def as_read_by(sight: Sight, finding: Finding) -> Finding:
    """The finding itself, or a copy without the class; its organisation is read unless it is there."""
    if not is_about_class(finding) or sight.may("read_classes", finding.organisation):
        return finding
    return _veiled(finding)


def all_as_read_by(sight: Sight, findings: Iterable[Finding]) -> list[Finding]:
    """The same of many, in their order: read them with their organisations, or each costs a query.

    How many classes of a school a signal has is not told either: of those that one method veils the first stays.
    """
    told: dict[tuple[str, int, int] | int, Finding] = {}
    for one in findings:
        read = as_read_by(sight, one)
        told.setdefault((one.method, one.year, one.organisation_id) if read.is_veiled else one.pk, read)
    return list(told.values())


def _veiled(finding: Finding) -> Finding:
    """Without everything that may name the class or let it be guessed, a person's reason included."""
    copied = copy(finding)
    copied.is_veiled = True
    copied.sentence, copied.about, copied.reason = VEILED, "", ""
    copied.statistic, copied.inputs = {}, []
    copied.low = copied.high = None
    return copied
