"""Columns that name or could find a person: they are dropped on reading, before anything is stored."""

import re
from collections.abc import Sequence

from msoko.core.collection.complaints import Complaints
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
    return said in map(normal, source.personal) or PERSONAL.search(said) is not None


def personal_columns(headers: Sequence[str], source: Source) -> list[int]:
    """Indices of the columns to drop."""
    return [index for index, header in enumerate(headers) if header and is_personal(header, source)]


def tell_dropped(dropped: Sequence[str], complaints: Complaints) -> None:
    """Says which columns were dropped; nothing where none was."""
    if dropped:
        message = (
            f"Персональные данные не прочитаны и не сохранены: {join_with_and([quote(name) for name in dropped])}."
        )
        advice = "Впредь выгружайте файл без них: системе хватает кода участника."
        complaints.add(Level.PASS, "personal_columns_dropped", message, advice, count=len(dropped))
