"""A district with four schools and those who take part in a story: run in a process of its own, on a server's home."""

import subprocess
import sys
from pathlib import Path

from tests.live_server import ROOT, environment

PASSWORD = "длинный-пароль-7"
SPECIALIST, METHODIST, SCHOOL = (f"{word}@people.example" for word in ("specialist", "methodist", "school"))
SCHOOLS = 4


def settle(home: Path) -> None:
    """Writes them into the database of the home; raises AssertionError where that fails."""
    variables = environment(home) | {"DJANGO_SETTINGS_MODULE": "msoko.web.settings"}
    variables["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    command = [sys.executable, "-m", "tests.browser.people_of_a_district"]
    done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def main() -> None:
    import django

    django.setup()

    from msoko.web.people.models import Role
    from tests.web.roadmap import making

    here = making.place(SCHOOLS)
    people = (
        (SPECIALIST, Role.DEPARTMENT, here.municipality),
        (METHODIST, Role.METHODIST, here.municipality),
        (SCHOOL, Role.SCHOOL, here.schools[0]),
    )
    for email, role, organisation in people:
        user = making.person(role, organisation, email)
        user.set_password(PASSWORD)
        user.save()


if __name__ == "__main__":
    main()
