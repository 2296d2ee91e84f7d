"""The other process: reads documents that are not to be trusted from standard input and writes their lines as JSON.

It is run by its path. A request is the kind and the document; the reply is L with lines and complaints, or R with a
refusal. JSON and no pickle: whatever a document does to this process, the other one takes nothing but words from it.
What nobody foresaw ends the process, and the document is refused.
"""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[4]))  # -I leaves out the folder that the package is run from

from msoko.core.collection.calamine_child import serve
from msoko.core.roadmap.reading.complaints import Complaint
from msoko.core.roadmap.reading.docx import lines_and_complaints_of_docx
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.pdf import lines_and_complaints_of_pdf
from msoko.core.roadmap.reading.unreadable import UnreadableDocument, too_much

DOCX, PDF = b"D", b"P"
MOST_MEMORY = 2 * 2**30  # bytes of address space; a PDF of 500 pages needs about a fifth
MOST_SIGNS = 2_500_000  # of text; a programme of 200 pages has half a million


def main() -> None:
    serve(_answer, MOST_MEMORY)


def _answer(request: bytes) -> tuple[bytes, bytes]:
    try:
        lines, complaints = _read(request[:1], request[1:])
        if sum(len(cell) for line in lines for cell in line.cells) > MOST_SIGNS:
            raise too_much("В документе больше двух с половиной миллионов знаков")
    except UnreadableDocument as refusal:
        return _refused(refusal)
    except (MemoryError, RecursionError):
        return _refused(too_much("Документу нужно больше двух гигабайт памяти"))
    return b"L", json.dumps([[vars(one) for one in lines], [vars(one) for one in complaints]]).encode()


def _refused(refusal: UnreadableDocument) -> tuple[bytes, bytes]:
    return b"R", json.dumps([refusal.message, refusal.advice, refusal.code]).encode()


def _read(kind: bytes, content: bytes) -> tuple[tuple[Line, ...], tuple[Complaint, ...]]:
    return lines_and_complaints_of_pdf(content) if kind == PDF else lines_and_complaints_of_docx(content)


if __name__ == "__main__":
    main()
