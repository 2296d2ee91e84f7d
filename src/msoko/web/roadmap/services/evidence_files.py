"""What confirms execution: files kept under the hash of their bytes, links, records of the platform itself.

A file is taken in whole, looked at and only then gets its place and its row. It is sent to readers as an attachment
under a type of our own table, so that no browser opens it as a page of this site.
"""

import fcntl
import os
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.http import content_disposition_header

from msoko.core.vocabulary.russian import NBSP, quote
from msoko.web.collection.services.uploading import Spooled, TooLarge, spool
from msoko.web.people.models import User
from msoko.web.people.services import audit
from msoko.web.people.sight import sight_of
from msoko.web.roadmap.evidence import ALLOWED, BY_MEDIA_TYPE, FileType, Refused, clean_name, type_of
from msoko.web.roadmap.evidence.scanning import scan
from msoko.web.roadmap.evidence_records import NO_SUCH, name_of
from msoko.web.roadmap.execution_rights import Hands
from msoko.web.roadmap.links import BadLink, checked_link, name_of_link
from msoko.web.roadmap.models import Assignment, Evidence
from msoko.web.roadmap.report_values import BadValue, text
from msoko.web.roadmap.services.carrying_out import GONE, CannotExecute, examined, the_only

LARGEST = 30 * 1024 * 1024  # a scan of some fifty sheets
MEGABYTE = 1024 * 1024
MOST = 100  # pieces of evidence of one assignment: more is a mistake or an attempt to fill the disk
LONGEST_WORDS = 300
LOCK = ".lock"
AGE_OF_RUBBISH = 24 * 60 * 60  # seconds: between the place of a file and the commit of its row pass moments
TOO_MANY = f"К{NBSP}поручению уже приложено {MOST} подтверждений: отзовите лишние."
WITHDRAWN = "Это подтверждение уже отозвано."
MAY_ADD = (*Assignment.OPEN, Assignment.State.REPORTED)
"""While a report waits for its verifier something may be added, but nothing taken away."""


class NoFile(Exception):
    """The file can't be given out; why, in Russian."""


# ---- files


def add_file(assignment: Assignment, who: User, chunks: Iterable[bytes], name: str, about: str = "") -> Evidence:
    """Keep a file that confirms; `about` is the thing required that it is. The same file twice is there once.

    Raises CannotExecute: who may not, what is not taken, what a scanner has found. Nothing is kept then.
    """
    said = _words(about)
    _examine(assignment, who, MAY_ADD)  # before the bytes are taken in: a stranger's are not
    try:
        spooled = spool(chunks, name, LARGEST)
    except TooLarge as problem:
        raise _refused(name, f"он больше {LARGEST // MEGABYTE}{NBSP}МБ") from problem
    try:
        kind = _checked(spooled, name)
        return _keep(assignment, who, spooled, kind, said)
    finally:
        spooled.path.unlink(missing_ok=True)


def _checked(spooled: Spooled, name: str) -> FileType:
    try:
        kind = type_of(spooled.path.read_bytes(), name)
        scan(spooled.path, settings.SCANNER, settings.SCANNER_SECONDS)
    except Refused as problem:
        raise _refused(name, str(problem)) from problem
    return kind


def _refused(name: str, why: str) -> CannotExecute:
    shown = clean_name(name, ("",))
    taken = f"Принимаем {ALLOWED}, до{NBSP}{LARGEST // MEGABYTE}{NBSP}МБ."
    return CannotExecute(f"Файл {quote(shown)} не{NBSP}принят: {why}. {taken}")


@transaction.atomic
def _keep(assignment: Assignment, who: User, spooled: Spooled, kind: FileType, about: str) -> Evidence:
    row = _examine(assignment, who, MAY_ADD)
    with _folder_locked():
        place = kept(spooled.sha256)
        place.parent.mkdir(exist_ok=True)
        os.replace(spooled.path, place)
    return _add(
        row, who, kind=Evidence.Kind.FILE, about=about, name=clean_name(spooled.name, kind.endings),
        sha256=spooled.sha256, size=spooled.size, media_type=kind.media_type,
    )  # fmt: skip


def kept(sha256: str) -> Path:
    return Path(settings.EVIDENCE) / sha256[:2] / sha256


def open_evidence(evidence: Evidence) -> tuple[BinaryIO, dict[str, str]]:
    """The bytes, open for reading, and the headers to send them with. Whether the reader may, the view has asked.

    Raises NoFile where it is no file, was withdrawn, or its bytes are not there.
    """
    if evidence.kind != Evidence.Kind.FILE or evidence.withdrawn_at is not None:
        raise NoFile("Этот файл отозван: открыть его нельзя.")
    kind = BY_MEDIA_TYPE.get(evidence.media_type)
    try:
        stream = kept(evidence.sha256).open("rb")
    except OSError as problem:
        raise NoFile(f"Файла {quote(evidence.name)} нет на{NBSP}месте: сообщите администратору.") from problem
    return stream, {
        "Content-Type": kind.media_type if kind else "application/octet-stream",
        "Content-Length": str(evidence.size),
        "Content-Disposition": content_disposition_header(True, evidence.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


@contextmanager
def _folder_locked() -> Iterator[None]:
    """One at a time: else rubbish could be swept between the coming of the same bytes and their row."""
    folder = Path(settings.EVIDENCE)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sweep_evidence() -> list[str]:
    """Remove files that no row names, left by crashes a day ago or earlier; their names."""
    folder, oldest = Path(settings.EVIDENCE), time.time() - AGE_OF_RUBBISH
    if not folder.is_dir():
        return []
    removed = []
    with _folder_locked():
        named = {LOCK, *Evidence.objects.exclude(sha256="").values_list("sha256", flat=True)}
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.name not in named and file.stat().st_mtime < oldest:
                file.unlink()
                removed.append(file.name)
    return removed


# ---- links and records


@transaction.atomic
def add_link(assignment: Assignment, who: User, url: str, name: str = "", about: str = "") -> Evidence:
    """An address on the web (http, https). Raises CannotExecute. Show it with `links.REL`."""
    try:
        address = checked_link(url)
    except BadLink as problem:
        raise CannotExecute(str(problem)) from problem
    title, said = _words(name) or name_of_link(address), _words(about)
    row = _examine(assignment, who, MAY_ADD)
    return _add(row, who, kind=Evidence.Kind.LINK, about=said, name=title, url=address)


@transaction.atomic
def add_record(assignment: Assignment, who: User, record_type: str, record_id: str, about: str = "") -> Evidence:
    """A record of the platform that the person sees; `record_type` is a key of `evidence_records.RECORDS`.

    Raises CannotExecute; for what does not exist the same as for what is out of sight.
    """
    said = _words(about)
    row = _examine(assignment, who, MAY_ADD)
    name = name_of(sight_of(who), record_type, str(record_id))
    if name is None:
        raise CannotExecute(NO_SUCH)
    return _add(row, who, kind=Evidence.Kind.RECORD, about=said, name=name[:LONGEST_WORDS],
                record_type=record_type, record_id=str(int(record_id)))  # fmt: skip


@transaction.atomic
def withdraw_evidence(evidence: Evidence, who: User) -> None:
    """Handed in by mistake. The row stays as history, the file is not given out any more. Raises CannotExecute."""
    row = _examine(evidence.assignment, who, Assignment.OPEN)
    now = timezone.now()
    if not Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None).update(withdrawn_at=now):
        raise CannotExecute(WITHDRAWN)
    evidence.withdrawn_at = now
    audit(who, "evidence_withdrawn", row, row.organisation, name=evidence.name)


# ---- shared


def _examine(assignment: Assignment, who: User, states: Collection[str]) -> Assignment:
    """The locked row. Evidence is added to whatever the assignment has become meanwhile, if that is a fitting state."""
    with transaction.atomic():
        seen = Assignment.objects.filter(pk=assignment.pk).first()
        if seen is None:
            raise CannotExecute(GONE)
        return the_only(examined([seen], who, states, _executes))


def _executes(row: Assignment, hands: Hands) -> str:
    return hands.why_not_execute(row)


def _add(row: Assignment, who: User, **fields: Any) -> Evidence:
    """The same thing about the same requirement is there once, however often the button was pressed."""
    theirs = Evidence.objects.filter(assignment=row, withdrawn_at=None)
    same = {key: fields[key] for key in ("kind", "about", "sha256", "url", "record_type", "record_id") if key in fields}
    before = theirs.filter(**same).first()
    if before is not None:
        return before
    if theirs.count() >= MOST:
        raise CannotExecute(TOO_MANY)
    made = Evidence.objects.create(assignment=row, added_by=who, **fields)
    audit(who, "evidence_added", row, row.organisation, name=made.name)
    return made


def _words(said: str) -> str:
    """One line. Raises CannotExecute where it is too long."""
    try:
        return " ".join(text(said, LONGEST_WORDS, "Название").split())
    except BadValue as problem:
        raise CannotExecute(str(problem)) from problem
