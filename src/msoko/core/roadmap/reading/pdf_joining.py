"""Lines of a cell or a paragraph become text again: which breaks were meant, which hyphens only broke a word."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msoko.core.roadmap.reading.like_executors import begins_an_executor
from msoko.core.roadmap.reading.pdf_signs import TextLine
from msoko.core.roadmap.reading.tidying import tidy

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
BROKEN = re.compile(r"([^\W\d_]+)-$")
GOES_ON = re.compile(r"[^\W\d_]+")
HYPHENS = str.maketrans("\u2010\u2011", "--")
SOFT = "\u00ad"

BULLET = re.compile(r"[•●▪■◦○*]\s")
ITEM = re.compile(r"(?:[-–—]|\d{1,2}[.)]|[а-я]\))\s", re.IGNORECASE)
ENDS = (".", ";", ":")
LOOKED_AHEAD = 3  # lines that may be needed to see whom they name: «МБУ ДО | «Дом | творчества»»
SHORT_WORD = 3  # letters: such a word is often glued to the next one and did not fit alone
BLANK = 0.25  # of the height of a line
SPARE = 0.5  # of the height: what has to be left over before a break counts as meant
CENTRED = 2.5  # points by which the margins of a centred line may differ

# Words of headers and executors often stand in the narrowest cells only, cut in each of them.
OFTEN_IN_NARROW_CELLS = (
    "мероприятия мероприятие наименование исполнитель исполнители ответственный ответственные результат результаты "
    "индикатор показатель показатели реализации исполнения исполнение проведения содержание планируемый ожидаемый "
    "январь февраль март апрель июнь июль август сентябрь октябрь ноябрь декабрь ежегодно ежемесячно ежеквартально "
    "постоянно необходимости согласованию соответствии течение полугодие учебного отдельному графику руководители "
    "руководитель директора директоров заместители заместитель администрация специалисты специалист методический "
    "методические методисты муниципальный муниципальные координатор координаторы управление образования "
    "образовательные образовательных организации организаций общеобразовательные учреждения учителя педагоги "
    "объединения отдел отдела комитет кабинет центр службы служба совет комиссия рабочая группа представители "
    "результатами результатов кураторы наставники эксперты члены председатель секретарь"
)
# A line may end with them and begin with them; they are no ends of words that were cut.
FUNCTION_WORDS = {
    *("и", "в", "во", "на", "с", "со", "по", "к", "ко", "о", "об", "от", "до", "за", "из", "у", "для", "при"),
    *("а", "но", "не", "ни", "или", "над", "под", "без", "про"),
}
WHOLE_BY_ENDING = re.compile(r"\w{2,}(?:ние|ния|нию|нием|ний|ция|ции|цию|ций|ость|тель|теля|тели|телей|ников|ами)")
LEAST_CUT = 3  # letters of the first half of a word that was cut
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
CLOSING = ("»", ")", ",", ";", ".", "”")

# «Контрольно-измерительный», «план-график»: the hyphen is part of the word, though a line ends at it.
MONTHS = re.compile(r"(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w{0,2}")
FIRST_OF_PAIR = re.compile(
    r"\w{3,}но|(?:психолого|историко|северо|юго|технико|практико|медико|физико|химико|критериально)"
)
OF_ADJECTIVE = re.compile(r"\w{3,}(?:ая|ое|ые|ых|ой|ого|ому|ым|ыми|ый|ий|ую|им|ими|ей|его|ему|их|яя|ее|ие)")
STANDS_ALONE = re.compile(
    r"мастер|план\w{0,2}|онлайн|интернет|видео|медиа|веб|экспресс|мини|пресс|бизнес|семинар\w{0,2}|вебинар\w{0,2}|педагог\w{0,2}"
    r"|учител\w{1,3}|школ\w{0,3}|тренинг\w{0,2}|конкурс\w{0,2}|социально|кейс|чек|стажировк\w|из|по|кое|во|какой|что|как"
)


class Joiner:
    """Joins lines; has learnt from the whole document how its words are written when no line ends in them."""

    def __init__(self, groups: Iterable[Sequence[TextLine]]) -> None:
        self._stems: set[str] = {_stem(word) for word in OFTEN_IN_NARROW_CELLS.split()}
        self._words: set[str] = set()
        self._never_cut: set[str] = set(OFTEN_IN_NARROW_CELLS.split())
        broken = [pair for group in groups for pair in self._learn(group)]
        told = Counter(kept for pair in broken if (kept := self._as_written_elsewhere(*pair)) is not None)
        self._hyphens_are_kept = told[True] >= told[False] if told else None

    def _learn(self, lines: Sequence[TextLine]) -> list[tuple[str, str]]:
        """Takes in the whole words of the lines; the two halves of each broken one are the answer."""
        broken: list[tuple[str, str]] = []
        follows = False
        for line in lines:
            text = line.text.translate(HYPHENS)
            words = [word.lower() for word in WORD.findall(text)]
            if follows and words:
                broken[-1] = (broken[-1][0], words.pop(0))
            half = BROKEN.search(text)
            follows = half is not None
            if half is not None:
                broken.append((half[1].lower(), ""))
                words = words[:-1]
            self._words.update(words)
            self._never_cut.update(words[:-1])
            self._stems.update(map(_stem, words))
        return [(left, right) for left, right in broken if right]

    def _as_written_elsewhere(self, left: str, right: str) -> bool | None:
        """Whether the document writes the word with the hyphen; None where it does not tell."""
        kept, dropped = _stem(f"{left}-{right}") in self._stems, _stem(left + right) in self._stems
        return kept if kept != dropped else None

    def joined(self, lines: Sequence[TextLine], left: float, right: float, may_name_people: bool = False) -> str:
        """The text between the two sides; «\\n» where a line was broken on purpose, and before items of lists.

        `may_name_people`: «\\n» is also put where words begin that begin an executor, though the line was full.
        """
        text = ""
        whole = self._with_whole_words(lines, left, right)
        for place, (said, is_apart) in enumerate(whole):
            below = " ".join(other for other, _ in whole[place : place + LOOKED_AHEAD])
            begins = may_name_people and not text.endswith(("-", SOFT)) and begins_an_executor(text, below)
            text = f"{text}\n{said}" if is_apart or begins else self.together(text, said)
        return tidy(text)

    def _with_whole_words(self, lines: Sequence[TextLine], left: float, right: float) -> list[tuple[str, bool]]:
        """The lines, words cut between two of them in one; and whether the break before a line was meant."""
        said = [(line.text, True) for line in lines[:1]]
        for line, next_line in pairwise(lines):
            if self._is_cut(line, next_line, left, right):
                said[-1] = (said[-1][0] + next_line.text, said[-1][1])
            else:
                said.append((next_line.text, is_meant(line, next_line, left, right)))
        return said

    def together(self, before: str, after: str) -> str:
        """Two lines of one flow as one; a word broken between them is whole again."""
        if before.endswith(SOFT):
            return before.rstrip(SOFT) + after
        if after.startswith(CLOSING):
            return before + after
        before = before[:-1] + before[-1:].translate(HYPHENS)
        if not before.endswith("-") or before[-2:-1] in ("", " ", "-", "\n") or after[:1] in ("", "-", "–"):
            return f"{before} {after}"
        half, rest = BROKEN.search(before), GOES_ON.match(after)
        if half is None or rest is None or self._keeps_hyphen(half[1], rest[0]):
            return before + after
        return before[:-1] + after

    def _is_cut(self, line: TextLine, next_line: TextLine, left: float, right: float) -> bool:
        """Whether a word wider than its cell was cut without a hyphen: it fills the cell alone."""
        end, start = line.words[-1].text, next_line.words[0].text
        room = right - line.right - max(0.0, line.left - left)
        if room > line.height:
            return False
        if end[-1:].isdigit() and start[:1].isdigit():
            return DATE.match(end + start) is not None and DATE.match(end) is None
        if len(line.words) > 1 or not (end[-1:].islower() and start[:1].islower()):
            return False
        return self._is_half(
            end.lower().lstrip("«(„“"), start.lower(), is_full=room < next_line.words[0].width_of_letter
        )

    def _is_half(self, end: str, start: str, is_full: bool) -> bool:
        """Whether two pieces are one word: known when whole, or the cell had no room for another letter."""
        whole = WORD.match(end + start)
        rest = GOES_ON.match(start)
        if whole is None or rest is None or len(whole[0]) <= len(end):
            return False
        if rest[0] in FUNCTION_WORDS:
            return whole[0] in self._words | self._never_cut and end not in self._never_cut
        if _stem(whole[0]) in self._stems:
            return True
        is_whole = end in self._never_cut or OF_ADJECTIVE.fullmatch(end) or WHOLE_BY_ENDING.fullmatch(end)
        return is_full and len(end) >= LEAST_CUT and not is_whole

    def _keeps_hyphen(self, left: str, right: str) -> bool:
        if right[0].isupper() or (left.isupper() and len(left) > 1):
            return True  # «Санкт-Петербург», «ИКТ-компетентность»
        left, right = left.lower(), right.lower()
        written = self._as_written_elsewhere(left, right)
        if written is not None:
            return written
        if MONTHS.fullmatch(left) or (FIRST_OF_PAIR.fullmatch(left) and OF_ADJECTIVE.fullmatch(right)):
            return True
        if self._hyphens_are_kept is not None and not self._hyphens_are_kept and left not in self._words:
            return False
        return bool(STANDS_ALONE.fullmatch(left)) or (left in self._words and _stem(right) in self._stems)


def _stem(word: str) -> str:
    """What is left of a word without its ending, near enough to know it again in another case."""
    return word[: max(4, len(word) - 3)]


def is_meant(line: TextLine, next_line: TextLine, left: float, right: float) -> bool:
    """Whether the break between the lines was made by the writer: the next word had room, or an item begins."""
    text = line.text
    if BULLET.match(f"{next_line.text} ") or (text.endswith(ENDS) and ITEM.match(f"{next_line.text} ")):
        return True
    if text.endswith(("-", SOFT)) and not text.endswith(" -"):
        return False
    words = next_line.words
    last = words[1] if len(words[0].text) <= SHORT_WORD and len(words) > 1 else words[0]
    needed = (BLANK + SPARE) * line.height + last.right - words[0].left
    is_centred = line.left - left > CENTRED and abs((line.left - left) - (right - line.right)) < CENTRED
    return (left + line.right - line.left if is_centred else line.right) + needed < right
