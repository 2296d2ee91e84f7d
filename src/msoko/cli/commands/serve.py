"""Открыть систему в браузере: сервер и работник вместе, Ctrl-C останавливает оба."""

import argparse
import os
import sys

from msoko.cli.database import ready
from msoko.cli.outcome import Refused

NAME = "serve"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--threads", type=int, default=8)


def run(options: argparse.Namespace) -> None:
    ready()
    _refuse_a_taken_port(options)
    _print_the_way_in(options)
    from honcho.manager import Manager

    manager = Manager()
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    manager.add_process("web", " ".join(_web(options)), env=environment)
    manager.add_process("worker", f"{sys.executable} -m msoko.cli worker", env=environment)
    manager.loop()
    sys.exit(0 if manager.returncode in (0, None, -2, -15, 130, 143) else manager.returncode)


def _web(options: argparse.Namespace) -> list[str]:
    """One process with threads: SQLite has one writer anyway, and the pages read stored values."""
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "msoko.web.wsgi:application",
        f"--bind={options.host}:{options.port}",
        "--worker-class=gthread",
        f"--threads={options.threads}",
        "--log-level=warning",
    ]


def _refuse_a_taken_port(options: argparse.Namespace) -> None:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.host, options.port))
        except OSError as error:
            raise Refused(
                f"Адрес {options.host}:{options.port} занят ({error.strerror}). Остановите то, что его держит, "
                "или назовите другой: --port."
            ) from error


def _print_the_way_in(options: argparse.Namespace) -> None:
    """The address and, in a demonstration, what its sign-in page says (no password is tried: that takes a second)."""
    from django.conf import settings

    from msoko.web.people.models import User
    from msoko.web.people.services.accounts import demo_logins

    print(f"МСОКО: http://{options.host}:{options.port}")
    if not User.objects.exists():
        print("  Войти ещё некому. Заведите администратора: msoko createadmin ПОЧТА")
    for login in demo_logins() if settings.DEMONSTRATION else []:
        print(f"  {login['email']:24} {login['password']:16} {login['role']}")
    if settings.EMAIL_KIND == "file":
        print(f"  Письма с напоминаниями — в папке {settings.EMAIL_FILE_PATH}")
    sys.stdout.flush()
