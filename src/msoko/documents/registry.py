"""The documents that can be made, found by folder: a new one is a new folder in `library/` and no edit elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any

import yaml

from msoko.documents.blocks import Document
from msoko.documents.rendering import renderer

LIBRARY = "msoko.documents.library"
SCOPES = frozenset({"municipality", "school"})
FORMATS = frozenset({"docx", "pdf"})


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document: its manifest, and its content builder, which is imported when first used."""

    slug: str
    title: str
    about: str
    scopes: tuple[str, ...]
    formats: tuple[str, ...]

    def build(self, data: Any) -> Document:
        """The content. `data` is what the folder's content.py asks for."""
        builder: Callable[[Any], Document] = import_module(f"{LIBRARY}.{self.slug}.content").build
        return builder(data)

    def render(self, data: Any, form: str) -> bytes:
        """The file's bytes. Raises ValueError for a format that the manifest does not name."""
        if form not in self.formats:
            raise ValueError(f"document {self.slug} is not written as {form!r}")
        return renderer(form)(self.build(data))


@cache
def document_kinds() -> dict[str, DocumentKind]:
    """All kinds by slug, in alphabetical order. Raises ValueError for a manifest with unknown or missing words."""
    folders = sorted(entry.name for entry in files(LIBRARY).iterdir() if (entry / "manifest.yaml").is_file())
    return {slug: _read(slug) for slug in folders}


def _read(slug: str) -> DocumentKind:
    manifest = yaml.safe_load((files(LIBRARY) / slug / "manifest.yaml").read_text(encoding="utf-8"))
    return checked(slug, manifest)


def checked(slug: str, manifest: dict[str, Any]) -> DocumentKind:
    """The kind that a manifest describes; ValueError says which word is wrong."""
    wanted = {"title", "about", "scopes", "formats"}
    if set(manifest) != wanted:
        raise ValueError(f"library/{slug}/manifest.yaml: missing or unknown: {sorted(set(manifest) ^ wanted)}")
    for key, known in (("scopes", SCOPES), ("formats", FORMATS)):
        if not manifest[key] or not set(manifest[key]) <= known:
            raise ValueError(f"library/{slug}/manifest.yaml: {key} must be some of {sorted(known)}")
    return DocumentKind(
        slug, manifest["title"], manifest["about"], tuple(manifest["scopes"]), tuple(manifest["formats"])
    )
