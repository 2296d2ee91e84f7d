"""The real documents go through the worker to the review and become programmes whole."""

import json
from pathlib import Path

import pytest

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Activity, RoadmapImport
from msoko.web.roadmap.services.importing import claim_received, read_received, receive, set_passport
from msoko.web.roadmap.services.importing_live import make_live
from tests.web.collection.conftest import home
from tests.web.roadmap import making

__all__ = ["home"]
pytestmark = pytest.mark.django_db
NUMBERS = ("000", "001", "002", "003", "004")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_real_document_is_reviewed_and_becomes_a_programme(real_files: Path, number: str) -> None:
    place = making.place(schools=3)
    who = making.person(Role.DEPARTMENT, place.municipality)
    (file,) = (real_files / "seeds").glob(f"{number}_*")
    receive([file.read_bytes()], file.name, place.municipality, who)
    document = claim_received()
    assert document is not None
    assert read_received(document)
    document.refresh_from_db()
    assert document.state == RoadmapImport.State.REVIEW, document.failure
    wanted = len(json.loads((real_files / "gold" / f"activities_{number}.json").read_text()))
    assert abs(document.rows.count() - wanted) <= 0.03 * wanted
    client = making.client_of(who)
    page = client.get(f"/roadmaps/imports/{document.pk}/").content.decode()
    assert page.count("<article") == min(100, document.rows.count())
    if not (document.begins and document.ends):
        set_passport(document, who, title="План", begins=making.BEGINS, ends=making.ENDS, fields={})
    programme = make_live(document, who, takes_unchecked=True)
    activities = Activity.objects.filter(roadmap__programme=programme)
    assert activities.count() == document.rows.count()
    assert activities.exclude(windows=[]).count() > 0.7 * activities.count()
    assert activities.filter(executors=None).count() <= 0.1 * activities.count()
