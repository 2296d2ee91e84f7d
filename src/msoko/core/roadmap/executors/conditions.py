"""What limits an executor without naming one: «не менее 2 школ», «по согласованию», «согласно приказу …»."""

import re

from msoko.core.roadmap.executors.splitting import tidy

# These take all that follows: «согласно приказу отдела образования от …».
_OPEN = re.compile(
    r"(?:в )?(?:согласно|соответстви|на основани|по итогам|по результатам|по приказу|по графику|по плану|по отдельному"
    r"|по утвержд[её]нн|в рамках|в пределах|в соответствии|в части|в том числе|в т\. ?ч|не менее|не более|от общего"
    r"|под руководством|по мере|на базе(?! котор)|кроме|за исключением|исключая|включая|участие"
    r"|с уч[её]том|утвержд[её]нн)"
)
# These are whole in themselves.
_CLOSED = re.compile(r"(?:по согласованию|при необходимости|по запросу|по желанию|по поручению|по списку|по выбору)")
_BEGINS = re.compile(rf"(?<![^\W_])(?:{_CLOSED.pattern}|{_OPEN.pattern})")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]")
_LABEL = re.compile(
    r"^(?:(?:на )?(?:школьн|муниципальн|региональн)\w+ уров\w+"
    r"|на уровне (?:школ|оо|оу|муниципалитет|район|город|округ|регион)\w*"
    r"|(?:основн\w+ )?(?:ответственн\w+ |отв\. |со)?(?:исполнител\w+|ответственн\w+|отв\.)"
    r"(?: за (?:исполнение|выполнение|реализацию))?)\s*[:–—-]\s*",
    re.IGNORECASE,
)
_SAME_AS = re.compile(r"^\s*(?:далее|именуем)", re.IGNORECASE)


def begins_condition(plain: str) -> bool:
    """Whether the text (small letters) begins with what is a condition only."""
    return _BEGINS.match(plain) is not None


def begins_open_condition(plain: str) -> bool:
    """Whether the text begins with a condition that takes all that follows."""
    return _OPEN.match(plain) is not None


def without_label(words: str) -> str:
    """«Ответственный исполнитель: УО» → «УО»."""
    return _LABEL.sub("", words)


def parted_from_conditions(words: str) -> tuple[str, list[str]]:
    """The executor alone, and its conditions in their order; «(далее — ОО)» is none and goes away."""
    bracketed = [found for found in _BRACKETS.findall(words) if not _SAME_AS.match(found)]
    rest = " ".join(_BRACKETS.sub(" ", words).split())
    found = _BEGINS.search(rest.lower())
    if found and found.start() and len(rest) == len(rest.lower()):
        bracketed.append(rest[found.start() :])
        rest = rest[: found.start()]
    return rest.strip(" ,;:–—-"), [one for one in map(tidy, bracketed) if one]
