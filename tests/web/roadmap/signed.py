"""Made-up signed documents on their way to a programme."""

from collections.abc import Iterable, Sequence

from msoko.core.roadmap.reading.containers import Document, Kind
from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.parsed import Parsed, ParsedActivity, ParsedRoadmap
from msoko.web.people.models import Organisation, User
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services.importing import claim_received, read_received, receive

LOW = "Дорожная карта «Школы с низкими результатами»"
TITLE = "ПРОГРАММА повышения качества чтения на 2025-2027 годы"
HEAD = "№\tМероприятие\tСрок\tОтветственный\tРезультат"
ROWS = (
    "Раздел 1. Диагностика",
    "1.1\tСбор сведений о читательских умениях пятиклассников\tежегодно, сентябрь\tРуководители ОО\tСводная таблица",
    "1.2\tАнализ сведений и выбор школ для помощи\tдо 15 октября ежегодно\tУправление образования\tСправка",
    "Раздел 2. Помощь",
    "2.1\tВыезды методистов в школы\tпо плану методической службы\tРМК\tКарты посещений",
    "2.2\tСеминар для учителей начальных классов\tкогда сложится\tРМК, МБОУ «СОШ № 1»\tПрограмма семинара",
    "2.3\tОбмен уроками между школами\t\tМБОУ «СОШ № 2»\tЗаписи уроков",
)
DOUBTFUL = 2
"""Rows 2.2 and 2.3: a deadline that is none, and no deadline at all."""
DOCUMENT = "\n".join(
    [
        "Приложение к приказу управления образования от 28.08.2025 № 114",
        "",
        "ПРОГРАММА",
        "повышения качества чтения на 2025-2027 годы",
        "",
        "Цель программы: каждый выпускник читает и понимает прочитанное.",
        "",
        LOW,
        HEAD,
        *ROWS,
    ]
)


def received(organisation: Organisation, who: User | None = None, text: str = DOCUMENT) -> RoadmapImport:
    return receive([text.encode()], "программа.txt", organisation, who)


def reviewed(organisation: Organisation, who: User | None = None, text: str = DOCUMENT) -> RoadmapImport:
    """Received and read by the worker."""
    document = received(organisation, who, text)
    while (claimed := claim_received()) is not None:
        read_received(claimed)
    document.refresh_from_db()
    return document


def of_many(rows: int) -> str:
    """The document with so many rows, in sections of ten, every third doubtful."""
    deadlines = ("ежегодно, сентябрь", "до 15 октября 2026 года", "когда сложится")
    said = [
        f"{one + 1}\tСовещание номер {one + 1} о чтении на уроках\t{deadlines[one % 3]}\tРуководители ОО\tПротокол"
        for one in range(rows)
    ]
    parts = [
        [f"Раздел {start // 10 + 1}. Часть {start // 10 + 1}", *said[start : start + 10]]
        for start in range(0, rows, 10)
    ]
    return "\n".join([DOCUMENT.split(HEAD)[0].rstrip("\n"), HEAD, *(line for part in parts for line in part)])


def row(document: RoadmapImport, number: str) -> ImportedRow:
    return document.rows.get(number=number)


def living(document: RoadmapImport) -> list[str]:
    """Titles of the rows that would become activities."""
    return list(document.rows.filter(is_dropped=False).values_list("title", flat=True))


def found(
    activities: Sequence[ParsedActivity] = (), lines: Iterable[Line] = (), complaints: Sequence = (), passport=None
) -> Document:
    """What reading gives, without any file."""
    roadmaps = (ParsedRoadmap(LOW, tuple(activities)),) if activities else ()
    return Document(Kind.DOCX, tuple(lines), Parsed(roadmaps, tuple(complaints)), passport or {})


def parsed(title: str = "Провести совещание", **more: object) -> ParsedActivity:
    said = {
        "sections": (),
        "number": "1",
        "title": title,
        "deadline": "ежегодно, сентябрь",
        "executors": ("Руководители ОО",),
        "executors_words": "Руководители ОО",
        "result": None,
        "indicator": None,
        "confidence": 0.98,
        "doubts": (),
        "lines": (1,),
    }
    return ParsedActivity(**{**said, **more})
