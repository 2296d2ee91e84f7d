"""Who the participants are is neither kept nor told: not in the database, nor on the disk, nor in what is printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from msoko.core.collection.reading import Hints
from msoko.web.collection import due
from msoko.web.collection.models import Batch
from msoko.web.collection.services import accept, read_received, receive, reread
from msoko.web.collection.services.uploading import kept
from tests.core.collection.readers.books import xlsx
from tests.web.collection.orders import read_in, taken, values
from tests.web.collection.protocols import LOGIN, NAME, many, protocol, protocol_csv, rows_of

pytestmark = pytest.mark.django_db
PERSONAL = {
    "Фамилия": "Тайнинская",
    "Имя": "Секретина",
    "Серия и номер паспорта": "0199887766",
    "СНИЛС": "112-233-445 95",
}
SECRETS = tuple(PERSONAL.values())


def stored_bytes(home: Path) -> Iterator[bytes]:
    """Every file below the home, Parquet also unpacked, and every table of the database."""
    import pyarrow.parquet as pq

    for file in home.rglob("*"):
        if file.is_file():
            yield file.read_bytes()
            if file.suffix == ".parquet":
                yield str(pq.read_table(file).to_pylist()).encode()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield repr(cursor.fetchall()).encode()


def leaks(home: Path) -> set[str]:
    return {secret for said in stored_bytes(home) for secret in SECRETS if secret.encode() in said}


def test_the_search_for_leaks_finds_one(home: Path) -> None:
    receive([protocol_csv(many(LOGIN, 2), {"Примечание": "0199887766"})], "m.csv", Hints())
    assert leaks(home) == {"0199887766"}


@pytest.mark.parametrize("form", [protocol, protocol_csv])
def test_personal_columns_are_nowhere_after_import_and_are_told_as_dropped(form, home: Path) -> None:  # type: ignore[no-untyped-def]
    name = NAME if form is protocol else NAME.replace("xlsx", "csv")
    batch = taken(form(many(LOGIN, 3), extra=PERSONAL), name)
    assert values()
    assert leaks(home) == set()
    assert set(batch.dropped) == set(PERSONAL)
    assert not kept(batch.upload.sha256).exists()


def test_personal_columns_of_another_sheet_are_nowhere_either(home: Path) -> None:
    batch = taken(xlsx(rows_of(many(LOGIN, 3)), [list(PERSONAL), list(SECRETS)]))
    assert not kept(batch.upload.sha256).exists()
    assert batch.dropped == ["лист № 2: сведения о людях"]


def test_a_file_that_nobody_understands_is_not_kept(home: Path) -> None:
    (batch,) = read_in(protocol_csv([], PERSONAL).replace("Пользователь".encode("cp1251"), b"who") + b"\n", "m.csv")
    assert batch.state == Batch.State.REFUSED
    assert leaks(home) == set()
    assert not kept(batch.upload.sha256).exists()


def test_a_file_without_personal_columns_is_kept_as_it_came() -> None:
    content = protocol(many(LOGIN, 2))
    assert kept(taken(content).upload.sha256).read_bytes() == content


def test_a_refused_file_whose_columns_are_known_waits_for_its_year(home: Path) -> None:
    content = protocol_csv(many(LOGIN, 2))
    (batch,) = read_in(content, "m.csv")
    assert batch.state == Batch.State.REFUSED
    assert reread(batch, Hints(year=2022, grade=5, subject="mathematics"))
    batch.refresh_from_db()
    (again,) = read_received(batch)
    assert again.state == Batch.State.PREVIEW


def test_what_was_forgotten_cannot_be_read_again() -> None:
    (batch,) = read_in(protocol(many(LOGIN, 2), extra=PERSONAL))
    assert not reread(batch, Hints(year=2021))
    assert accept(batch, None, create_missing=True).state == Batch.State.ACCEPTED


def test_the_same_personal_file_again_is_read_and_forgotten_again(home: Path) -> None:
    content = protocol(many(LOGIN, 2), extra=PERSONAL)
    first = taken(content)
    assert taken(content).pk == first.pk
    assert leaks(home) == set()


def test_bytes_that_another_waits_to_read_are_left_to_him() -> None:
    content = protocol(many(LOGIN, 2), extra=PERSONAL)
    (first,) = receive([content], NAME, Hints())
    (second,) = receive([content], NAME, Hints())
    read_received(first)
    assert kept(first.upload.sha256).exists()
    assert [batch.state for batch in read_received(second)] == [Batch.State.PREVIEW]
    assert not kept(first.upload.sha256).exists()


def test_what_a_killed_reader_left_is_forgotten_by_the_next_worker(home: Path) -> None:
    content = protocol(many(LOGIN, 2), extra=PERSONAL)
    (batch,) = read_in(content)
    kept(batch.upload.sha256).write_bytes(content)  # killed between saving and forgetting
    due._swept.clear()
    due.do_one()
    assert leaks(home) == set()


def test_a_program_error_is_told_without_the_words_of_the_file(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*arguments: object) -> None:
        raise ValueError(f"could not convert {SECRETS[0]}")

    monkeypatch.setattr("msoko.web.collection.services.reading.read", stumble)
    with caplog.at_level("INFO", logger="msoko"):
        (batch,) = read_in(protocol(many(LOGIN, 2), extra=PERSONAL))
    assert [complaint["code"] for complaint in batch.complaints] == ["internal_error"]
    assert "ValueError" in caplog.text
    assert SECRETS[0] not in caplog.text
    assert leaks(home) == set()


def test_nothing_of_an_archive_that_was_not_opened_stays(home: Path) -> None:
    import io
    import zipfile

    from msoko.core.collection import UnreadableFile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("список.txt", " ".join(SECRETS))
    with pytest.raises(UnreadableFile, match="нет таблиц"):
        receive([out.getvalue()], "архив.zip", Hints())
    assert leaks(home) == set()
    assert not Batch.objects.exists()
