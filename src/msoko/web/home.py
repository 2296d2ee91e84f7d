"""The folder that holds what this installation knows: database, facts, uploads, secret key."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """MSOKO_HOME, else a folder of this user. Created on first use, closed to other users."""
    folder = place_of_home()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def place_of_home() -> Path:
    """Where it is or would be; nothing is created."""
    said = os.environ.get("MSOKO_HOME")
    return Path(said) if said else _folder_of_this_user()


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
