"""What `make screens` renders: pages (name, address, whose eyes) and documents (name, address, whose eyes)."""

from typing import NamedTuple


class Look(NamedTuple):
    """A picture to take: the file's name, the address on the server, the login of the demonstration or None."""

    name: str
    url: str
    login: str | None = None


PAGES: list[Look] = [
    Look("login", "/login/"),
    Look("overview", "/", "district@msoko.example"),
]

DOCUMENTS: list[Look] = []
