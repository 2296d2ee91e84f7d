"""Renderers: the same `Document` as DOCX and as PDF. They give form and change no word."""

from collections.abc import Callable

from msoko.documents.blocks import Document


def renderer(form: str) -> Callable[[Document], bytes]:
    """The renderer of «docx» or «pdf». Imported when asked for: python-docx and typst take time to load."""
    if form == "docx":
        from msoko.documents.rendering.docx import to_docx

        return to_docx
    if form == "pdf":
        from msoko.documents.rendering.pdf import to_pdf

        return to_pdf
    raise ValueError(f"a document is written as docx or pdf, not as {form!r}")
