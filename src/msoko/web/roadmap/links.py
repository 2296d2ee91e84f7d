"""Addresses that people hand in as evidence."""

import unicodedata
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from msoko.core.vocabulary.russian import NBSP

LONGEST = 1000
REL = "noopener noreferrer nofollow"
"""What a link of somebody else's is shown with."""
_SCHEMES = ("http", "https")
_valid = URLValidator(schemes=list(_SCHEMES))


class BadLink(Exception):
    """What is wrong with the address and what to do, in Russian."""


def checked_link(said: str) -> str:
    """A whole address of a page on the web, without a name and password in it. Raises BadLink."""
    url = said.strip()
    if not url:
        raise BadLink("Адреса нет: скопируйте его из строки браузера.")
    if len(url) > LONGEST:
        raise BadLink(f"Адрес длиннее {LONGEST} знаков: приложите короткую ссылку.")
    if "\\" in url or any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs") for sign in url):
        raise BadLink("В адресе есть пробелы или невидимые знаки: скопируйте его из строки браузера заново.")
    try:
        parts = urlsplit(url)
        scheme, has_password = parts.scheme.lower(), "@" in parts.netloc
    except ValueError as problem:
        raise BadLink("Это не адрес страницы: скопируйте его из строки браузера.") from problem
    if scheme not in _SCHEMES:
        raise BadLink("Адрес должен начинаться с https:// или http://.")
    if has_password:
        raise BadLink(f"В{NBSP}адресе имя или пароль: уберите их, ссылку увидят другие.")
    try:
        _valid(url)
    except ValidationError as problem:
        raise BadLink("Это не адрес страницы: скопируйте его из строки браузера.") from problem
    return url


def name_of_link(url: str) -> str:
    """«school.example/news/12»: the place and the way, readable."""
    parts = urlsplit(url)
    way = unquote(parts.path, errors="replace").rstrip("/")
    shown = "".join(sign for sign in f"{parts.netloc}{way}" if unicodedata.category(sign)[0] not in ("C", "Z"))
    return shown[:200]
