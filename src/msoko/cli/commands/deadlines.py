"""Прочитать сроки, написанные словами: на какие дни периода они приходятся и что осталось непонятным.

Один срок с --json — один объект; несколько — {"deadlines": [...]}; с --jsonl — по объекту на строку. В файле — по сроку
на строке, словами или объектом {"text": ..., "period": [начало, конец]}; свой период строки важнее, чем --from и --to.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msoko.cli.outcome import Outcome, Refused, WrongCall

if TYPE_CHECKING:
    from msoko.core.roadmap.deadlines import Deadline

NAME = "deadlines"
FORMS_OF_DATES = ("%Y-%m-%d", "%d.%m.%Y")


@dataclass(frozen=True)
class Asked:
    """Words of one deadline and the period that they are asked about."""

    words: str
    begins: date
    ends: date


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", metavar="СРОК", help="срок словами, например «ежегодно, сентябрь»")
    parser.add_argument("--from", dest="begins", metavar="ДАТА", help="первый день периода, например 2020-01-01")
    parser.add_argument("--to", dest="ends", metavar="ДАТА", help="последний день периода")
    parser.add_argument("--file", type=Path, metavar="FILE", help="сроки из файла: по одному на строке")
    parser.add_argument("--jsonl", action="store_true", help="по объекту JSON на строку")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> Outcome:
    from msoko.core.roadmap.deadlines import to_json, understand

    asked = _all_asked(options)
    understood = [understand(one.words, one.begins, one.ends) for one in asked]
    told = [
        {"text": one.words, "period": [one.begins.isoformat(), one.ends.isoformat()], **to_json(deadline)}
        for one, deadline in zip(asked, understood, strict=True)
    ]
    if options.jsonl:
        return Outcome({"deadlines": told}, "\n".join(json.dumps(one, ensure_ascii=False) for one in told))
    data: dict[str, object] = {"deadlines": told} if len(told) > 1 or options.file else {**told[0]}
    return Outcome(data, _text(understood))


def _all_asked(options: argparse.Namespace) -> list[Asked]:
    period = _date("--from", options.begins), _date("--to", options.ends)
    asked = [_asked(words, *period, "") for words in options.words]
    if options.file is not None:
        asked += [_of_line(line, *period, f"строка {number}: ") for number, line in _lines(options.file)]
    if not asked:
        raise WrongCall("Не сказано, какие сроки читать: напишите их в кавычках или назовите файл (--file).")
    return asked


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of the file that are not empty, with their numbers."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WrongCall(f"Файл {file} не прочитан: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"Файл {file} не в кодировке UTF-8: сохраните его как текст UTF-8.") from error
    yield from ((number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip())


def _of_line(line: str, begins: date | None, ends: date | None, where: str) -> Asked:
    """A line of plain words, or a JSON object with words and perhaps a period of their own."""
    if not line.lstrip().startswith("{"):
        return _asked(line.strip(), begins, ends, where)
    try:
        said = json.loads(line)
    except json.JSONDecodeError as error:
        raise Refused(f"{where}это не JSON: {error.msg}.") from error
    words, period = said.get("text"), said.get("period")
    if not isinstance(words, str):
        raise Refused(f"{where}нет ключа «text» со словами срока.")
    if period is None:
        return _asked(words, begins, ends, where)
    if not isinstance(period, list) or len(period) != 2:
        raise Refused(f"{where}«period» — это [первый день, последний день].")
    first, last = (_date(f"{where}period", str(day)) for day in period)
    return _asked(words, first, last, where)


def _asked(words: str, begins: date | None, ends: date | None, where: str) -> Asked:
    if begins is None or ends is None:
        missing = "--from" if begins is None else "--to"
        raise WrongCall(f"{where}Не сказано, о каком периоде речь: добавьте {missing}.")
    if ends < begins:
        raise WrongCall(f"{where}Период кончается {ends}, раньше, чем начинается ({begins}): поменяйте даты местами.")
    return Asked(words, begins, ends)


def _date(name: str, said: str | None) -> date | None:
    if said is None:
        return None
    for form in FORMS_OF_DATES:
        try:
            return datetime.strptime(said, form).date()
        except ValueError:
            continue
    raise WrongCall(f"{name}: «{said}» — не дата. Напишите её как 2020-09-01 или 01.09.2020.")


def _text(understood: "list[Deadline]") -> str:
    from msoko.core.roadmap.deadlines import in_words

    if len(understood) == 1:
        return "\n".join([in_words(understood[0]), *understood[0].remarks])
    return "\n".join("\t".join([one.words, in_words(one), *one.remarks]) for one in understood)
