"""Завести администратора или вернуть ему вход: печатает одноразовую ссылку, по которой он задаст пароль."""

import argparse
import sys

from msoko.cli.database import ready
from msoko.cli.outcome import Outcome, Refused

NAME = "createadmin"
LOCAL_ADDRESS = "http://127.0.0.1:8000"  # where `msoko serve` listens when nothing else is said


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", metavar="ПОЧТА", help="по ней администратор входит в систему")
    parser.add_argument("--full-name", default="", metavar="ФИО")
    parser.add_argument("--address", default=LOCAL_ADDRESS, help=f"адрес системы для ссылки ({LOCAL_ADDRESS})")
    parser.add_argument("--password-stdin", action="store_true", help="взять пароль из первой строки ввода")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    # Read before anything is made: a call without a line must not leave half an account.
    password = sys.stdin.readline().rstrip("\r\n") if options.password_stdin else None
    ready()
    from django.core.exceptions import ValidationError

    from msoko.web.people.services import create_admin, welcome_address

    try:
        user = create_admin(options.email, options.full_name, password)
    except ValidationError as error:
        raise Refused(*error.messages) from error
    if password is not None:
        return Outcome({"email": user.email, "link": None}, f"Администратор {user.email} может войти.")
    link = options.address.rstrip("/") + welcome_address(user)
    said = f"Администратор {user.email}. Ссылка, чтобы задать пароль (три дня, один раз):\n{link}"
    return Outcome({"email": user.email, "link": link}, said)
