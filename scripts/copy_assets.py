"""Copies the files that pages load out of node_modules, each one named here, into the static folder."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "msoko" / "web" / "static" / "vendor"

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@fontsource-variable/golos-text/index.css": "golos-text/index.css",
    "@fontsource-variable/golos-text/LICENSE": "golos-text/LICENSE",
    "@fontsource-variable/golos-text/files/golos-text-cyrillic-wght-normal.woff2": (
        "golos-text/files/golos-text-cyrillic-wght-normal.woff2"
    ),
    "@fontsource-variable/golos-text/files/golos-text-cyrillic-ext-wght-normal.woff2": (
        "golos-text/files/golos-text-cyrillic-ext-wght-normal.woff2"
    ),
    "@fontsource-variable/golos-text/files/golos-text-latin-wght-normal.woff2": (
        "golos-text/files/golos-text-latin-wght-normal.woff2"
    ),
    "@fontsource-variable/golos-text/files/golos-text-latin-ext-wght-normal.woff2": (
        "golos-text/files/golos-text-latin-ext-wght-normal.woff2"
    ),
}

# A source map is not shipped, and a manifest of static files refuses a reference to a file that is not there.
SOURCE_MAP = re.compile(rb"\s*(?:/\*[#@]\s*sourceMappingURL=.*?\*/|//[#@]\s*sourceMappingURL=\S+)\s*\Z")


def without_source_map(content: bytes) -> bytes:
    """The text of a style sheet or script without its last line's pointer to a source map."""
    return SOURCE_MAP.sub(b"\n", content)


def copy_assets() -> None:
    """Fills the vendor folder anew; raises FileNotFoundError when a named file is not in its package."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        content = (MODULES / source).read_bytes()
        if target.endswith((".css", ".js")):
            content = without_source_map(content)
        path = VENDOR / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    copy_assets()
