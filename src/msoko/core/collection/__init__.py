"""Files that arrive: reading, recognising, naming, judging. Pure: bytes and definitions in, readings out."""

from pathlib import Path

from msoko.core.collection.assessing import Assessed, assess
from msoko.core.collection.complaints import Complaint
from msoko.core.collection.grid import UnreadableFile, open_workbook
from msoko.core.collection.layouts import words_of_explanations
from msoko.core.collection.linking import link
from msoko.core.collection.personal import sheets_about_people
from msoko.core.collection.reading import Hints, Reading
from msoko.core.collection.recognition import Refused, reader_of, recognise
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.statuses import Level

__all__ = ["Assessed", "Refused", "judge", "read"]


def read(
    data: bytes | Path, name: str, hints: Hints, definitions: Definitions, link_key: bytes | None = None
) -> list[Reading]:
    """The readings of one file, one a procedure. `name` serves as the path where `hints` give none.

    What the file tells of persons leaves this function as a hash with `link_key`, or without a key not at all.
    Raises Refused, with at least one FAIL complaint, where the file cannot be read, is not recognised or holds nothing;
    what cannot be named (year, grade, subject) comes as a reading with a FAIL complaint, for its rows may be shown.
    """
    try:
        workbook = open_workbook(data, name)
        recognition = recognise(workbook, definitions)
    except UnreadableFile as problem:
        raise Refused([Complaint(Level.FAIL, problem.code, problem.message, problem.advice)]) from problem
    reader = reader_of(recognition.source)
    if reader is None:
        message = f"Форма «{recognition.source.title}» известна, но читать её система не умеет."
        raise Refused([Complaint(Level.FAIL, "no_reader", message, "Сообщите разработчикам.")])
    known = hints if hints.path else Hints(name, hints.year, hints.grade, hints.subject)
    readings: list[Reading] = reader.read(workbook, recognition.source, known, definitions)
    for reading in readings:
        link(reading, link_key)
    if not readings:
        message = f"Форма узнана — «{recognition.source.title}», — но строк с результатами в ней нет."
        raise Refused([Complaint(Level.FAIL, "no_rows", message, "Проверьте, та ли это выгрузка.")])
    told = [header for headers in recognition.source.columns.values() for header in headers]
    told += [header for reading in readings for header in reading.dropped_columns]
    if "layout" in recognition.source.options:
        told += words_of_explanations(definitions.layouts[str(recognition.source.options["layout"])])
    readings[0].dropped_columns += sheets_about_people(workbook, told)
    return readings


def judge(reading: Reading, definitions: Definitions) -> Assessed:
    """The worth of every row of a pupil-level reading. Raises ValueError for readings of other grains."""
    if reading.pupils is None:
        raise ValueError(f"{reading.source} holds {reading.grain}, not participants")
    return assess(reading.pupils, reading.naming, definitions)
