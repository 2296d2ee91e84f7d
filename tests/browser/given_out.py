"""A system with a programme given out to three schools: run in a process of its own, on the home of a server."""

import subprocess
import sys
from pathlib import Path

from tests.live_server import ROOT, environment

PASSWORD = "длинный-пароль-7"
DEPARTMENT, METHODIST, FIRST, SECOND = (f"{word}@people.example" for word in ("district", "methodist", "one", "two"))
TITLE, WITHOUT_EVIDENCE = "Провести семинар для учителей", "Заполнить карту дефицитов"
ORDER = "приказ"


def give_out(home: Path) -> None:
    """Writes it all into the database of the home; raises AssertionError where that fails."""
    variables = environment(home) | {"DJANGO_SETTINGS_MODULE": "msoko.web.settings"}
    variables["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    command = [sys.executable, "-m", "tests.browser.given_out"]
    done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> None:
    import django

    django.setup()
    from datetime import timedelta

    from django.utils import timezone

    from msoko.web.people.models import Role
    from tests.web.roadmap import making

    here, today = making.place(3), timezone.localdate()
    people = (
        (DEPARTMENT, Role.DEPARTMENT, here.municipality),
        (METHODIST, Role.METHODIST, here.municipality),
        (FIRST, Role.SCHOOL, here.schools[0]),
        (SECOND, Role.SCHOOL, here.schools[1]),
    )
    for email, role, organisation in people:
        user = making.person(role, organisation, email)
        user.set_password(PASSWORD)
        user.save()
    year = timedelta(days=400)
    plan = making.programme(here.municipality, begins=today - year, ends=today + year)
    for title, days, evidence in ((TITLE, 4, [ORDER]), (WITHOUT_EVIDENCE, -3, [])):
        due = today + timedelta(days=days)
        window = (str(due - timedelta(days=9)), str(due))
        making.activity(plan, title, windows=[window], evidence=evidence)
    making.assigned(plan, today)


if __name__ == "__main__":
    main()
