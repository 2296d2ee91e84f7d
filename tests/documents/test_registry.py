"""Documents are found by folder, and a manifest says nothing unknown."""

import pytest

from msoko.documents.blocks import Document
from msoko.documents.registry import checked, document_kinds
from tests.documents.made_up import note_data

GOOD = {"title": "Т", "about": "О", "scopes": ["school"], "formats": ["pdf"]}


def test_the_note_is_found_and_builds():
    kind = document_kinds()["procedure_note"]
    assert kind.title == "Аналитическая справка по процедуре"
    assert isinstance(kind.build(note_data(units=2)), Document)


def test_a_format_that_the_manifest_does_not_name_is_refused():
    with pytest.raises(ValueError, match="xlsx"):
        document_kinds()["procedure_note"].render(note_data(units=2), "xlsx")


@pytest.mark.parametrize("wrong", [{"formats": []}, {"formats": ["odt"]}, {"scopes": ["planet"]}, {"colour": "red"}])
def test_a_wrong_manifest_is_refused_by_name(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        checked("x", {**GOOD, **wrong})


def test_a_right_manifest_is_taken():
    assert checked("x", GOOD).formats == ("pdf",)
