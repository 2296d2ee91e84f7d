"""Lists of assignments read no passports: each row would bring its programme's along."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from msoko.web.people.models import Role
from msoko.web.roadmap.models import Assignment
from tests.web.roadmap.making import client_of, person
from tests.web.roadmap.plans import plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["cycles:overview", "roadmap:assignments", "roadmap:my_tasks", "roadmap:verifying"])
@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.METHODIST])
def test_no_list_reads_passports(name: str, role: str) -> None:
    here = plan()
    Assignment.objects.filter(occurrence__activity=here.everywhere).update(state="reported")
    client = client_of(person(role, here.place.municipality, "reader@msoko.example"))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name)).status_code == 200
    about = [query["sql"] for query in captured if '"roadmap_assignment"."id"' in query["sql"]]
    assert about
    assert [sql for sql in about if '"passport"' in sql] == []
