"""PNG and JPEG: pictures and nothing else."""

from msoko.web.roadmap.evidence.hidden import HIDDEN, refuse_hidden
from msoko.web.roadmap.evidence.refused import Refused

_BROKEN = "картинка оборвана, загрузите её ещё раз"
_SIGNATURE = 8


def check_png(data: bytes) -> None:
    """Chunk by chunk to its end, behind which nothing may stand. Raises Refused."""
    at, kind = _SIGNATURE, b""
    while kind != b"IEND":
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        is_first = at == _SIGNATURE
        at += 12 + length
        if at > len(data) or (kind == b"IHDR") is not is_first:
            raise Refused(_BROKEN)
    if at != len(data):
        raise Refused(HIDDEN)
    refuse_hidden(data)


def check_jpeg(data: bytes) -> None:
    """Telephones do write behind the end of a picture, so only what is surely foreign is refused. Raises Refused."""
    if b"\xff\xd9" not in data:
        raise Refused(_BROKEN)
    if b"%PDF-" in data[:1024]:
        raise Refused(HIDDEN)
    refuse_hidden(data)
