"""The name of a file, as it is stored, shown and given to whoever downloads it."""

import unicodedata

from msoko.web.roadmap.report_values import is_hidden

LONGEST = 120  # letters; a file system takes 255 bytes, two a Russian letter
NAMELESS = "файл"
_FORBIDDEN = '<>:"/\\|?*'
_DEVICES = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)})
"""Names that Windows takes for devices, whatever their ending."""


def last_part(name: str) -> str:
    """Without folders, written either way."""
    return name.replace("\\", "/").rpartition("/")[2]


def ending_of(name: str) -> str:
    """«.pdf» in small letters, '' where there is none."""
    stem, dot, ending = _plain(last_part(name)).rpartition(".")
    return f".{ending.lower()}" if dot and stem and ending else ""


def clean_name(name: str, endings: tuple[str, ...]) -> str:
    """Without folders, signs that hide or turn others, and what systems forbid; with an ending of the type's own."""
    plain = _plain(last_part(name))
    ending = ending_of(name)
    if ending in endings:
        stem = plain[: -len(ending)]
    else:
        stem, ending = plain, endings[0]
    stem = stem[: LONGEST - len(ending)].strip(" .")
    if not stem or stem.lower().partition(".")[0] in _DEVICES:
        stem = f"{NAMELESS} {stem}".strip()
    return f"{stem}{ending}"


def _plain(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    shown = "".join(sign for sign in composed if sign in "\n\t" or not (is_hidden(sign) or _is_invisible(sign)))
    return " ".join("".join("_" if sign in _FORBIDDEN else sign for sign in shown).split()).strip(" .")


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Co", "Cn", "Zl", "Zp")
