"""Copies the files that pages load out of node_modules, each one named here, into the static folder."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src" / "msoko" / "web" / "static" / "vendor"

BOOTSTRAP = "bootstrap-reboot.min.css", "bootstrap-grid.min.css", "bootstrap-utilities.min.css"
GOLOS = [f"golos-text-{script}-wght-normal.woff2" for script in ("cyrillic", "cyrillic-ext", "latin", "latin-ext")]
PT_SANS = [f"pt-sans-{script}-{weight}-normal.woff2" for script in ("cyrillic", "latin") for weight in (400, 700)]
FILES = {
    # Reset, grid and utilities only: the components are our own (web/look), so the rest of Bootstrap stays out.
    **{f"bootstrap/dist/css/{name}": f"bootstrap/{name}" for name in BOOTSTRAP},
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    "@fontsource-variable/golos-text/index.css": "golos-text/index.css",
    "@fontsource-variable/golos-text/LICENSE": "golos-text/LICENSE",
    **{f"@fontsource-variable/golos-text/files/{name}": f"golos-text/files/{name}" for name in GOLOS},
    "@fontsource/pt-sans/LICENSE": "pt-sans/LICENSE",
    **{f"@fontsource/pt-sans/files/{name}": f"pt-sans/files/{name}" for name in PT_SANS},
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
