"""The other process: reads workbooks from standard input with calamine and writes their cells to standard output.

It is a script run by its path and imports nothing of ours. Requests are 8 bytes of length and the file; replies are a
sign, 8 bytes of length and the content: M cells by marshal, P cells by pickle (where there are dates), or a refusal.
"""

import io
import marshal
import pickle
import struct
import sys
from collections.abc import Callable

import python_calamine as calamine

MOST_MEMORY = 4 * 2**30  # bytes of address space; a sheet of 10 million cells needs about 2 GiB
LENGTH = struct.Struct(">Q")


def main() -> None:
    serve(_answer, MOST_MEMORY)


def serve(answer: Callable[[bytes], tuple[bytes, bytes]], most_memory: int) -> None:
    """Answers requests until there are no more; `answer` gives the sign and the content, `most_memory` is in bytes."""
    _limit_memory(most_memory)
    asked, replies = sys.stdin.buffer, sys.stdout.buffer
    while len(head := asked.read(LENGTH.size)) == LENGTH.size:
        sign, content = answer(asked.read(LENGTH.unpack(head)[0]))
        replies.write(sign + LENGTH.pack(len(content)))
        replies.write(content)
        replies.flush()


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; a runaway file then costs more memory before it is refused
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(data: bytes) -> tuple[bytes, bytes]:
    try:
        return _packed(_sheets(calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))))
    except calamine.PasswordError:
        return b"L", b""
    except (calamine.CalamineError, OSError, ValueError, OverflowError, MemoryError):
        return b"X", b""


def _sheets(book: calamine.CalamineWorkbook) -> list[tuple[str, list[list[object]]]]:
    names = [meta.name for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    # skip_empty_area=False: rows and columns keep the numbers that the spreadsheet program shows.
    return [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in names]  # type: ignore[misc]


def _packed(sheets: list[tuple[str, list[list[object]]]]) -> tuple[bytes, bytes]:
    try:
        return b"M", marshal.dumps(sheets)  # several times faster than pickle, but knows no dates
    except ValueError:
        return b"P", pickle.dumps(sheets, pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
