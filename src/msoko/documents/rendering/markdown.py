"""A document as Markdown for the project's own pages: the pictures are files beside it."""

from collections.abc import Iterator, Sequence

from msoko.documents import blocks
from msoko.documents.tables import Align, Table

RULES: dict[Align, str] = {"left": "---", "right": "---:", "center": ":---:"}


def to_markdown(document: blocks.Document, pictures: Sequence[str]) -> str:
    """The text; `pictures`: an address a picture, in their order. Raises ValueError where there are more or fewer."""
    left = list(pictures)
    parts = [f"# {document.title}", *([document.subtitle] if document.subtitle else [])]
    for item in blocks.captioned(document):
        if isinstance(item.block, blocks.Picture):
            if not left:
                raise ValueError("a picture has no address")
            parts.append(_picture(item, left.pop(0)))
        else:
            parts += list(_written(item))
    if left:
        raise ValueError(f"no picture stands at {left}")
    return "\n\n".join(parts) + "\n"


def _picture(item: blocks.Captioned, address: str) -> str:
    block = item.block
    words = block.description if isinstance(block, blocks.Picture) else ""
    return f"![{_escaped(words)}]({address})\n\n*{item.caption}*"


def _written(item: blocks.Captioned) -> Iterator[str]:
    block = item.block
    if isinstance(block, blocks.Heading):
        yield f"{'#' * (block.level + 1)} {block.text}"
    elif isinstance(block, blocks.Paragraph):
        yield block.text
    elif isinstance(block, blocks.Note):
        yield f"*{block.text}*"
    elif isinstance(block, blocks.ListBlock):
        marks = (f"{n}." if block.numbered else "*" for n in range(1, len(block.items) + 1))
        yield "\n".join(f"{mark} {text}" for mark, text in zip(marks, block.items, strict=True))
    elif isinstance(block, blocks.TableBlock):
        yield f"*{item.caption}*"
        yield _table(block.table)
        if block.table.note:
            yield block.table.note


def _table(table: Table) -> str:
    rules = [RULES[column.side] for column in table.columns]
    rows = [[column.header for column in table.columns], rules, *table.formatted_rows()]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _escaped(text: str) -> str:
    """Square brackets would end the alternative text."""
    return text.replace("[", "(").replace("]", ")")
