"""The keyed hash by which results of one person are put together, made on reading and never turned back.

Without the key nobody can make a person's hash to look for it; with the key anybody can who knows the person. So the
key is kept outside the database, and a hash is shown nowhere.
"""

import hmac

from msoko.core.collection.complaints import Complaint
from msoko.core.collection.reading import Reading
from msoko.core.vocabulary.russian import number
from msoko.core.vocabulary.statuses import Level

LINK_COLUMN = "link"
SHORTEST_KEY = 32
"""Bytes: a key as long as the hash, as RFC 2104 advises."""
LENGTH_OF_LINK, LENGTH_OF_MARK = 32, 8
"""Hexadecimal digits: 128 bits keep the people of a country apart; the mark tells keys apart and nothing of them."""
MARKED = b"which key"

NO_KEY = "ключ связи не задан"
SHORT_KEY = f"ключ связи короче {SHORTEST_KEY} байт"
ADVICE = (
    "Без связи не посчитать сумму трёх экзаменов и «двойки» сразу по двум предметам. Если они нужны, администратор "
    "создаёт ключ командой msoko linkkey, и файл загружают снова."
)


def link(reading: Reading, key: bytes | None) -> None:
    """Put hashes in the place of identities, which are forgotten; a complaint says what was done or why it was not.

    The year and the kind of the procedure are hashed along: nobody is followed from one examination to the next.
    """
    pupils = reading.pupils
    if pupils is None or pupils.identity is None:
        return
    identities, pupils.identity = pupils.identity, None
    known = sum(map(bool, identities))
    if not known:
        return
    if key is None or len(key) < SHORTEST_KEY:
        why = NO_KEY if key is None else SHORT_KEY
        message = f"Результаты участников по разным предметам не связаны: {why}."
        reading.complaints.append(Complaint(Level.PASS, "not_linked", message, ADVICE))
        return
    scope = f"{reading.naming.procedure}|{reading.naming.year}|"
    pupils.link = [link_of(scope + identity, key) if identity else "" for identity in identities]
    rows = f"{number(known)} из {number(len(pupils))}"
    message = f"Результаты участников можно связать по предметам: сохранён отпечаток с ключом вместо имени ({rows})."
    reading.complaints.append(Complaint(Level.PASS, "linked", message))


def link_of(identity: str, key: bytes) -> str:
    """The mark of the key and the hash of the identity, HMAC-SHA256 (RFC 2104), in hexadecimal digits."""
    return mark_of(key) + hmac.digest(key, identity.encode(), "sha256").hex()[:LENGTH_OF_LINK]


def mark_of(key: bytes) -> str:
    """By which links made with different keys are told apart."""
    return hmac.digest(key, MARKED, "sha256").hex()[:LENGTH_OF_MARK]
