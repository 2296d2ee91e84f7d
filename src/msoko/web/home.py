"""The folder that holds what this installation knows: database, facts, uploads, secret key."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """MSOKO_HOME, else a folder of this user. Created on first use, closed to other users."""
    said = os.environ.get("MSOKO_HOME")
    folder = Path(said) if said else _folder_of_this_user()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _folder_of_this_user() -> Path:
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "msoko"


def secret_key(folder: Path) -> str:
    """The installation's own key, made once. Written whole before it is named, so two first starts agree."""
    file = folder / "secret_key"
    if not file.exists():
        fresh = folder / f"secret_key.{secrets.token_hex(4)}"
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.chmod(0o600)
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return file.read_text()
