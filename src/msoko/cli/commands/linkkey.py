"""Создать ключ связи: с ним результаты одного участника ЕГЭ и ОГЭ складываются вместе. Сам ключ не печатается."""

import argparse

from msoko.cli.database import ready
from msoko.cli.outcome import Outcome, Refused

NAME = "linkkey"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    ready()
    from msoko.web.collection.link_key import make_link_key

    try:
        file = make_link_key()
    except FileExistsError as there:
        raise Refused(
            f"Ключ связи уже есть: {there.filename}. Новый разорвал бы все связи. Если ключ и правда нужно сменить, "
            "уберите этот файл, а протоколы отзовите и загрузите заново."
        ) from there
    except OSError as error:
        raise Refused(
            f"Файл ключа не создать: {error.filename}: {error.strerror}. Проверьте MSOKO_LINK_KEY_FILE."
        ) from error
    said = (
        f"Ключ связи создан: {file}\nХраните его копию отдельно от копий базы и фактов. Протоколы, принятые раньше, "
        "связаны не будут: отзовите их и загрузите файлы снова."
    )
    return Outcome({"file": str(file)}, said)
