"""Documents drawn as text: «|» parts cells, everything else is a paragraph."""

from msoko.core.roadmap.reading.lines import Line
from msoko.core.roadmap.reading.parse import parse
from msoko.core.roadmap.reading.parsed import Parsed, ParsedActivity
from msoko.core.roadmap.reading.text import lines_of_text

UP = "^"  # the cell goes on from above (merged downwards)
NEXT_TABLE = "==="


def drawn(picture: str) -> list[Line]:
    """Lines as a DOCX gives them: rows «| a | b |» of tables with a grid, «\\n» for an end of line within a cell."""
    lines: list[Line] = []
    table, in_table = 0, False
    for said in filter(None, map(str.strip, picture.strip().splitlines())):
        if said == NEXT_TABLE:
            in_table = False
            continue
        if not said.startswith("|"):
            in_table = False
            lines.append(Line(len(lines) + 1, (said,)))
            continue
        table += not in_table
        in_table = True
        cells = [cell.strip().replace("\\n", "\n") for cell in said.strip("|").split("|")]
        merged = tuple(place for place, cell in enumerate(cells) if cell == UP)
        texts = tuple("" if cell == UP else cell for cell in cells)
        lines.append(Line(len(lines) + 1, texts, table, tuple(range(len(cells))), merged_above=merged))
    return lines


def read(picture: str) -> Parsed:
    return parse(drawn(picture))


def read_text(picture: str) -> Parsed:
    """The picture as a text file: «|» stands for a tabulator, blank lines part pages."""
    return parse(lines_of_text(picture.strip().replace("|", "\t").encode()))


def the_only(parsed: Parsed) -> ParsedActivity:
    (activity,) = parsed.activities
    return activity


def titles(parsed: Parsed) -> list[str]:
    return [activity.title for activity in parsed.activities]


def codes(parsed: Parsed) -> list[str]:
    return [complaint.code for complaint in parsed.complaints]


def core(activity: ParsedActivity) -> tuple[object, ...]:
    """What a row says, without where it stood and how sure the reader is."""
    return (
        activity.section,
        activity.number,
        activity.title,
        activity.deadline,
        activity.executors,
        activity.result,
        activity.indicator,
    )
