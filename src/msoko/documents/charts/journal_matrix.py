"""Journal mark by mark of the work: four by four, the diagonal is what was confirmed."""

from collections.abc import Mapping

from msoko.core.vocabulary.russian import counted, number, percent
from msoko.documents.charts import look
from msoko.documents.charts.chart import Chart
from msoko.documents.charts.grammar import Spec, inked, layer, layered, name, place, quantity
from msoko.documents.tables import Cell, Column, Table

TITLE = "Отметки по журналу и за работу"
MARKS = (2, 3, 4, 5)


def chart(matrix: Mapping[tuple[int, int], int], title: str = TITLE) -> Chart:
    """`matrix`: (journal mark, mark of the work) → number of participants; an absent pair is nobody."""
    return Chart(
        title=title,
        alt=_sentence(matrix, title),
        data_table=_table(matrix, title),
        drawing=lambda: _drawing(matrix),
    )


def _drawing(matrix: Mapping[tuple[int, int], int]) -> Spec:
    largest = max(matrix.values(), default=0) or 1
    cells = [
        {
            "journal": f"«{journal}»",
            "mark": f"«{mark}»",
            "n": matrix.get((journal, mark), 0),
            "text": number(matrix.get((journal, mark), 0)),
            "ink": "white" if matrix.get((journal, mark), 0) > 0.55 * largest else look.INK,
        }
        for journal in reversed(MARKS)
        for mark in MARKS
    ]
    x = place("mark", title="Отметка за работу", axis={"labelAngle": 0, "ticks": False, "domain": False})
    y = place("journal", title="Отметка по журналу", axis={"ticks": False, "domain": False})
    colour = quantity("n", scale={"range": ["#f3f4f6", look.OWN], "domain": [0, largest]}, legend=None)
    diagonal = [cell for cell in cells if cell["journal"] == cell["mark"]]
    outline = {"filled": False, "stroke": look.INK, "strokeWidth": 2}
    return layered(
        [
            layer(cells, "rect", {"stroke": "white"}, x=x, y=y, color=colour),
            layer(diagonal, "rect", outline, x=x, y=y),
            *inked(cells, {"fontSize": 14}, x=x, y=y, text=name("text")),
        ],
        320,
        200,
    )


def _sentence(matrix: Mapping[tuple[int, int], int], title: str) -> str:
    total = sum(matrix.values())
    if not total:
        return f"{title}: сравнивать нечего, отметок по журналу нет."
    same = sum(n for (journal, mark), n in matrix.items() if journal == mark)
    far = sum(n for (journal, mark), n in matrix.items() if abs(journal - mark) > 1)
    return (
        f"{title}: из {counted(total, 'участника', 'участников', 'участников')} отметку подтвердили {number(same)} "
        f"({percent(100 * same / total)}), отметки различаются на два и больше "
        f"у {number(far)} ({percent(100 * far / total)})."
    )


def _table(matrix: Mapping[tuple[int, int], int], title: str) -> Table:
    columns = [Column("journal", "По журналу")]
    columns += [Column(f"mark_{mark}", f"За работу «{mark}»", kind="count") for mark in MARKS]
    rows: list[dict[str, Cell]] = []
    for journal in MARKS:
        counts: dict[str, Cell] = {f"mark_{mark}": matrix.get((journal, mark), 0) for mark in MARKS}
        rows.append({"journal": f"«{journal}»", **counts})
    return Table(title, columns, rows)
