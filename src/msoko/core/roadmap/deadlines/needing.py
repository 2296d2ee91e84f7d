"""Where the exact date is to be taken from, in Russian."""

import re
from collections.abc import Sequence

from msoko.core.roadmap.deadlines.nodes import Condition, Source
from msoko.core.vocabulary.russian import quote

# The document in the case in which «по» has it, and in which «из» wants it.
DOCUMENTS = (
    ("планам-графикам", "планов-графиков"),
    ("плану-графику", "плана-графика"),
    ("планом-графиком", "плана-графика"),
    ("планам", "планов"),
    ("плану", "плана"),
    ("планом", "плана"),
    ("планами", "планов"),
    ("графикам", "графиков"),
    ("графику", "графика"),
    ("графиком", "графика"),
    ("графиками", "графиков"),
    ("расписанию", "расписания"),
    ("расписанием", "расписания"),
    ("приказу", "приказа"),
    ("приказом", "приказа"),
    ("приказа", "приказа"),
    ("приказам", "приказов"),
    ("распоряжению", "распоряжения"),
    ("распоряжением", "распоряжения"),
    ("календарю", "календаря"),
    ("календарём", "календаря"),
    ("положению", "положения"),
    ("положением", "положения"),
    ("циклограмме", "циклограммы"),
    ("циклограммой", "циклограммы"),
    ("договору", "договора"),
    ("договором", "договора"),
    ("письму", "письма"),
    ("письмом", "письма"),
    ("план", "плана"),
    ("плана", "плана"),
    ("график", "графика"),
    ("графика", "графика"),
    ("план-график", "плана-графика"),
    ("карте", "карты"),
    ("картой", "карты"),
    ("программе", "программы"),
    ("программой", "программы"),
)
GENITIVE = dict(DOCUMENTS)
ADJECTIVES = (("ому", "ого"), ("ему", "его"), ("ым", "ых"), ("им", "их"), ("ой", "ой"), ("ей", "ей"))
HEAD = re.compile(r"^(?:по|согласно|на основании|в соответствии со?)\s+", re.IGNORECASE)
MORE_THAN_TIME = (Source.ADDRESSEE, Source.EXCEPTION, Source.LABEL, Source.PURPOSE)
ASKED = {
    Source.EVENT: "дату считают от события: {}",
    Source.OUTCOME: "дату считают от события: {}",
    Source.AGREEMENT: "дату назначают {}",
    Source.HOLIDAYS: "дату берут из календаря каникул: {}",
    Source.FREQUENCY: "названо только, как часто: {}; даты назначают отдельно",
    Source.PLACE: "назван не срок, а место: дату уточняют у исполнителя",
    Source.LENGTH: "не сказано, от какого дня считать: {}",
    Source.UNCLEAR: "дата ещё не назначена: {}",
    Source.UNIT: "не сказано, какой именно «{}» и какого года",
}


def needs_date_from(conditions: Sequence[Condition]) -> str | None:
    """«Дату берут из плана УО»; None where no condition has to do with the date."""
    told = [_told(one) for one in conditions if one.source not in MORE_THAN_TIME]
    return "; ".join(dict.fromkeys(told)) or None


def _told(condition: Condition) -> str:
    if condition.source is not Source.DOCUMENT:
        named = condition.text if condition.source in (Source.UNIT, Source.AGREEMENT) else quote(condition.text)
        return ASKED[condition.source].format(named)
    document = _in_genitive(condition.text)
    return f"дату берут из {document}" if document else f"дату берут из документа: {quote(condition.text)}"


def _in_genitive(text: str) -> str | None:
    """«По отдельному плану УО» → «отдельного плана УО»; None where the words are not of this form."""
    head = HEAD.match(text)
    words = re.sub(r"\s*[-–—]\s*(?=график)", "-", text[head.end() :] if head else text).split()
    adjectives: list[str] = []
    for place, word in enumerate(words):
        if word.lower() in GENITIVE:
            return " ".join([*adjectives, GENITIVE[word.lower()], *words[place + 1 :]])
        genitive = _adjective(word)
        if genitive is None:
            return None
        adjectives.append(genitive)
    return None


def _adjective(word: str) -> str | None:
    """The genitive of an adjective; None of another word."""
    for ending, genitive in ADJECTIVES:
        if word.lower().endswith(ending):
            return word[: -len(ending)] + genitive
    return None
