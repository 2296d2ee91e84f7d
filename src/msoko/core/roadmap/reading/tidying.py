"""Text as it is read, without what only a typesetter needs."""

import re
import unicodedata

# Soft hyphens, zero-width signs and marks of direction say where a line may break and which way it runs.
UNSEEN = dict.fromkeys([0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
BLANKS = re.compile(r"[^\S\n]+")
OWN_SIGNS_OF_FONTS = re.compile("[\ue000-\uf8ff]")  # bullets and arrows of Symbol and Wingdings
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def tidy(said: str) -> str:
    """Blanks as one, «\\n» kept between lines that are not empty, «й» of two signs as one, nothing unseen."""
    whole = unicodedata.normalize("NFC", OWN_SIGNS_OF_FONTS.sub("•", CONTROLS.sub("", said)).translate(UNSEEN))
    lines = (BLANKS.sub(" ", line).strip() for line in whole.replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)
