"""Every test of the room has folders of its own."""

from tests.web.collection.conftest import home

__all__ = ["home"]
