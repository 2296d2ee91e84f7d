"""What every test gets: a temporary home, a database of its own, the real files where they are.

The environment is laid before Django reads it: this file is loaded first, pytest-django sets Django up after
`pytest_configure`. That is why the settings module is named here and not in pyproject.toml.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from hypothesis import HealthCheck, settings

from tests.manual import Manual

pytest_plugins = ["tests.browser_fixtures"]

ROOT = Path(__file__).resolve().parent.parent
NO_REAL_FILES = "the real files are not here (MSOKO_TESTDATA)"
MARKS_OF_FIXTURES = {
    "browser": {"browser", "server", "demo_server"},
    "database": {"db", "transactional_db"},
    "real": {"real_files"},
}

os.environ["DJANGO_SETTINGS_MODULE"] = "msoko.web.settings"

# A test says whether a law holds. How long an example takes says how busy the machine is.
settings.register_profile("without a time limit", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("without a time limit")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--manual", choices=["write", "check"], help="write docs/manual, or fail when it is stale")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Manual(config.getoption("--manual")), "manual")
    if not hasattr(config, "workerinput"):
        _choose_the_database(config)
    _make_a_home(config)
    # pytest-django sets Django up only where something has read the settings by now, and nothing has.
    django.setup()


def _choose_the_database(config: pytest.Config) -> None:
    """Once a run, in the process that starts the others: they take the address from its environment."""
    os.environ.pop("DATABASE_URL", None)
    if os.environ.get("MSOKO_TEST_DATABASE", "sqlite") == "postgresql":
        from tests.postgres import start_private_cluster

        cluster = start_private_cluster()
        config.add_cleanup(cluster.stop)
        os.environ["DATABASE_URL"] = cluster.url


def _make_a_home(config: pytest.Config) -> None:
    home = tempfile.mkdtemp(prefix="msoko-test-")
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    os.environ["MSOKO_HOME"] = home
    os.environ["MSOKO_SECRET_KEY"] = "a key for tests only"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks follow from fixtures, so that no test can forget its own."""
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db"):
            wanted.add("db")
        for mark, fixtures in MARKS_OF_FIXTURES.items():
            if wanted & fixtures:
                item.add_marker(mark)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_REAL_FILES in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"SKIPPED {len(skipped)} TESTS: {NO_REAL_FILES}", yellow=True, bold=True)


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Argon2 is slow on purpose; tests make many accounts and protect nothing."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def real_files() -> Path:
    """The folder of real files: MSOKO_TESTDATA, else `shared` beside the checkout. Skips loudly where it is not."""
    folder = Path(os.environ.get("MSOKO_TESTDATA") or ROOT.parent / "shared")
    if not (folder / "vpr").is_dir():
        pytest.skip(NO_REAL_FILES)
    return folder
