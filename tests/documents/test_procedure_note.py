"""What the note says of whom, against whom."""

from dataclasses import replace

from msoko.documents.library.procedure_note import pictures, sentences
from msoko.documents.library.procedure_note.data import Comparison, YearFigures
from msoko.documents.registry import document_kinds
from tests.documents.made_up import note_data

NOTE = document_kinds()["procedure_note"]


def against(data, nearest, widest):
    """The note of a school compared with a municipality and a region of these means; earlier years knew the region."""
    places = [
        Comparison(name, where, replace(data.own, mean_percent=mean))
        for name, where, mean in (
            ("Муниципалитет", "в муниципалитете", nearest),
            ("Регион", "в регионе", widest),
        )
    ]
    earlier = YearFigures(2023, data.own, data.maximum, territory_mean_percent=widest - 1)
    return replace(data, comparisons=tuple(places), previous=(earlier,))


def test_the_line_of_years_is_of_one_territory():
    data = against(note_data("school", 3), nearest=80.0, widest=40.0)
    chart = pictures.years(data)
    assert "Регион: 2023 — 39,0\u00a0%, 2024 — 40,0\u00a0%" in chart.alt
    assert "80,0" not in chart.alt


def test_schools_are_compared_with_the_territory_they_make_up_in_words_and_in_the_picture():
    data = note_data(units=18)
    said = " ".join(sentences.units_apart(data))
    assert "средний результат по территории в целом" in said
    (chart, _), *_ = pictures.units(data)
    assert f"относительно линии «{data.organisation}»" in chart.alt


def test_a_single_class_is_not_compared_with_its_own_school():
    data = note_data("school", 1)
    data = replace(data, units=(replace(data.units[0], name="единственный", figures=data.own),))
    said = [block.text for block in NOTE.build(data).blocks if hasattr(block, "text")]
    assert any("из одного класса" in text.replace("\u00a0", " ") for text in said)
    assert any(text.startswith("Класс один") for text in said)
