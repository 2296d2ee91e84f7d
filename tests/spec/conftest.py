"""Spec tests: each law of the core, tried on every engine and printed into docs/manual.

A folder is a chapter (the docstring of its `__init__.py` is the title and the introduction), a file a section (its
docstring likewise), a test a paragraph (its docstring: the law, in Russian; the first line is the heading).
"""

from typing import Any

import pytest

from msoko.core.engines import get_engine
from tests.manual import PROPERTY, Paragraphs, title_and_text

ENGINES = ["duckdb", "reference"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Any:
    """Each engine of the core in turn: what one says, the other must say too."""
    return get_engine(request.param)


@pytest.fixture(autouse=True)
def manual(request: pytest.FixtureRequest) -> Paragraphs:
    """What the test tells the reader of the manual, beside its docstring."""
    title, text = title_and_text(request.function.__doc__, request.node.nodeid)
    paragraphs = Paragraphs(f"### {title}")
    if text:
        paragraphs.says(text)
    # The report takes the property along; the list in it is filled while the test runs.
    request.node.user_properties.append((PROPERTY, [*_place(request), paragraphs.blocks]))
    return paragraphs


def _place(request: pytest.FixtureRequest) -> tuple[str, str, int, list[int], str]:
    """Chapter, section, line, case of a parametrised test, engine."""
    call = getattr(request.node, "callspec", None)
    cases = dict(call.indices) if call else {}
    cases.pop("engine", None)
    engine = call.params.get("engine", "") if call else ""
    return request.path.parent.name, request.path.stem, request.node.location[1] or 0, list(cases.values()), engine
