"""Named styles of our DOCX: a person who edits the file changes a style, not a hundred paragraphs."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from msoko.documents.rendering.layout import BODY_PT, SMALL_PT, TABLE_PT

FONT = "Times New Roman"
"""Official custom, and on every office computer; a DOCX that named a font of ours would be shown in a chance one."""
INK, GREY = RGBColor(0, 0, 0), RGBColor(0x4B, 0x55, 0x63)
LEFT, CENTER, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def prepare_styles(file: Any) -> None:
    """Sets font, size, spacing and language of every style that the renderer uses; adds those that Word has not."""
    _set_language(file)
    styles = file.styles
    for name, base in (
        ("Note", "Normal"),
        ("Picture", "Normal"),
        ("Picture Caption", "Caption"),
        ("Table Text", "Normal"),
        ("Table Text Pale", "Table Text"),
        ("After Table", "Normal"),
    ):
        added = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = styles[base]
    for name, settings in _SETTINGS.items():
        _apply(styles[name], **settings)


_SETTINGS: dict[str, dict[str, Any]] = {
    "Normal": {"size": BODY_PT},
    "Body Text": {"size": BODY_PT, "align": JUSTIFY, "lines": 1.5, "first": 12.5, "after": 0},
    "Title": {"size": 16, "bold": True, "align": CENTER, "after": 4},
    "Subtitle": {"size": BODY_PT, "align": CENTER, "after": 12},
    "Heading 1": {"size": BODY_PT, "bold": True, "before": 14, "after": 6, "keep": True},
    "Heading 2": {"size": BODY_PT, "bold": True, "italic": True, "before": 10, "after": 4, "keep": True},
    "Heading 3": {"size": BODY_PT, "italic": True, "before": 8, "after": 4, "keep": True},
    "Caption": {"size": 12, "before": 8, "after": 4, "keep": True, "bold": False},
    "Picture": {"size": 12, "align": CENTER, "before": 8, "after": 2, "keep": True},
    "Picture Caption": {"size": 12, "align": CENTER, "before": 0, "after": 10, "keep": False},
    "Table Text": {"size": TABLE_PT},
    "Table Text Pale": {"size": TABLE_PT, "colour": GREY, "italic": True},
    "Note": {"size": 11, "colour": GREY, "before": 3, "after": 8},
    "After Table": {"size": 6},
    "List Bullet": {"size": BODY_PT, "lines": 1.5, "after": 0},
    "List Number": {"size": BODY_PT, "lines": 1.5, "after": 0},
    "Footer": {"size": SMALL_PT, "colour": GREY},
}


def _apply(
    style: Any,
    size: float,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    lines: float = 1.0,
    before: float = 0,
    after: float = 0,
    first: float = 0,
    keep: bool = False,
    colour: RGBColor = INK,
) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = colour
    _set_font(style)
    form = style.paragraph_format
    form.alignment, form.line_spacing, form.keep_with_next = align, lines, keep
    form.space_before, form.space_after = Pt(before), Pt(after)
    if first:
        form.first_line_indent = Mm(first)
    for border in style.element.findall(".//" + qn("w:pBdr")):
        border.getparent().remove(border)


def _set_font(style: Any) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _set_language(file: Any) -> None:
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "ru-RU")
    defaults = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    if defaults.find(qn("w:lang")) is None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "ru-RU")
        defaults.append(language)
