"""Columns that name or could find a person: they are dropped on reading, before anything is stored."""

import re
from collections.abc import Sequence

from msoko.core.collection.complaints import Complaints
from msoko.core.collection.grid import Workbook
from msoko.core.collection.identity import names_a_person
from msoko.core.definitions.kinds import Source
from msoko.core.vocabulary.russian import join_with_and, quote
from msoko.core.vocabulary.statuses import Level
from msoko.core.vocabulary.words import normal

PERSONAL = re.compile(
    r"\bф\.? ?и\.? ?о\b|\bфамили|^имя\b|\bимя (?:участн|обучающ|учащ|ученик|ребенк|родител)|\bотчеств|\bпаспорт"
    r"|^серия\b|серия (?:и номер|документ|удостовер|свидетел)|номер (?:документ|паспорт|свидетел|удостовер)"
    r"|\bснилс\b|\bинн\b|дата рожд|год рожд|место рожд|\bтелефон|\bтел\.|\be-?mail\b|электронн\w+ (?:почт|адрес)"
    r"|адрес (?:прожив|регистр|житель)|домашний адрес|\bродител|законн\w+ представ"
)


def is_personal(header: str, source: Source) -> bool:
    """Whether the header says that its column tells who the participant is."""
    said = normal(header)
    if said in map(normal, source.personal) or names_a_person(header, source):
        return True
    return PERSONAL.search(said) is not None


def personal_columns(headers: Sequence[str], source: Source) -> list[int]:
    """Indices of the columns to drop."""
    return [index for index, header in enumerate(headers) if header and is_personal(header, source)]


def sheets_about_people(workbook: Workbook, told: Sequence[str]) -> list[str]:
    """Sheets with personal words among their first rows besides the headers `told` already.

    They are not read, but stand in the uploaded file. Their words are not repeated: they may be the data themselves.
    """
    known = set(map(normal, told))
    found = []
    for number, sheet in enumerate(workbook.sheets, 1):
        words = set().union(*sheet.first_words) - known
        if any(PERSONAL.search(word) for word in words):
            found.append(f"лист № {number}: сведения о людях")
    return found


NOT_NEEDED = "Впредь выгружайте файл без них: системе хватает кода участника."
FOR_LINKS = "Они нужны, только если результаты по разным предметам связывают ключом; иначе выгружайте файл без них."


def tell_dropped(dropped: Sequence[str], complaints: Complaints, source: Source) -> None:
    """Says which columns were dropped; nothing where none was."""
    if dropped:
        message = (
            f"Персональные данные не прочитаны и не сохранены: {join_with_and([quote(name) for name in dropped])}."
        )
        advice = FOR_LINKS if source.identity else NOT_NEEDED
        complaints.add(Level.PASS, "personal_columns_dropped", message, advice, count=len(dropped))
