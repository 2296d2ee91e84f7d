"""A signed document comes in, is read by the worker, and waits until a person has looked at it."""

import logging
import os
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from msoko.core.roadmap.passport import NAMES
from msoko.core.roadmap.reading.containers import MOST_BYTES, Document, UnreadableDocument, read_roadmaps
from msoko.web.collection.services.uploading import Spooled, spool
from msoko.web.people.models import Kind, Organisation, User
from msoko.web.people.services import audit
from msoko.web.roadmap.models import ImportedRow, RoadmapImport
from msoko.web.roadmap.services.drafts import CannotChange
from msoko.web.roadmap.services.import_reading import fields_of, rows_of
from msoko.web.roadmap.services.import_texts import as_line, as_text
from msoko.web.roadmap.services.programmes import checked_period
from msoko.web.roadmap.services.seen import MEANWHILE, fingerprint_of

log = logging.getLogger("msoko.roadmap")
LIVES_IN = (Kind.MUNICIPALITY, Kind.SCHOOL, Kind.BRANCH)
"""Of such organisations a programme can be."""
# The reader gives a document up after three minutes: whoever has been silent for ten is dead.
SILENCE = timedelta(minutes=10)
BROKE_OFF = "Чтение прервалось."
BROKE_OFF_TWICE = (
    "Чтение документа дважды прервалось: он требует слишком много памяти или времени. "
    "Сохраните его заново как DOCX или разделите на части и загрузите снова."
)
INTERNAL_ERROR = (
    "Документ не удалось прочитать из-за ошибки программы. Файл сохранён, ничего не потеряно. "
    "Сообщите администратору название файла и время; мероприятия можно загрузить и в виде DOCX или текста."
)


class CannotImport(Exception):
    """What was asked for can't be done with this document; `reasons` say why and what to do, in Russian."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def receive(chunks: Iterable[bytes], name: str, organisation: Organisation, who: User | None) -> RoadmapImport:
    """Keep the bytes under their hash and put the document in the line to be read.

    Raises TooLarge, and CannotImport where the organisation can't have programmes; nothing is kept then.
    """
    if organisation.kind not in LIVES_IN:
        raise CannotImport("Программа бывает у муниципалитета или школы: выберите территорию и загрузите файл снова.")
    spooled = spool(chunks, name, MOST_BYTES)
    try:
        return _put_in_line(spooled, organisation, who)
    finally:
        spooled.path.unlink(missing_ok=True)


@transaction.atomic
def _put_in_line(spooled: Spooled, organisation: Organisation, who: User | None) -> RoadmapImport:
    document = RoadmapImport.objects.create(
        organisation=organisation,
        file_name=as_line(spooled.name)[-300:] or "без названия",
        sha256=spooled.sha256,
        received_by=who,
    )
    audit(who, "roadmap_document_received", document, organisation, path=document.file_name)
    place = kept(spooled.sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(spooled.path, place)
    return document


def kept(sha256: str) -> Path:
    """Where the bytes of a signed document are. Apart from uploads of data, which are swept when nobody counts them."""
    return Path(settings.SIGNED_DOCUMENTS) / sha256[:2] / sha256


# ---- reading, by the worker


def claim_received() -> RoadmapImport | None:
    """The next document to be read, now ours: compare-and-set, so that of two workers one gets it."""
    silent_since = timezone.now() - SILENCE
    waiting = Q(state=RoadmapImport.State.RECEIVED) | Q(state=RoadmapImport.State.READING, claimed_at__lt=silent_since)
    for document in RoadmapImport.objects.filter(waiting).select_related("organisation").order_by("pk")[:5]:
        broke_off = document.state == RoadmapImport.State.READING
        if broke_off and document.failure:
            _give_up(document, waiting)
        elif _claim(document, waiting, BROKE_OFF if broke_off else ""):
            return document
    return None


def _claim(document: RoadmapImport, waiting: Q, failure: str) -> bool:
    document.state, document.claimed_at = RoadmapImport.State.READING, timezone.now()
    mine = RoadmapImport.objects.filter(waiting, pk=document.pk)
    return bool(mine.update(state=document.state, claimed_at=document.claimed_at, failure=failure))


def _give_up(document: RoadmapImport, waiting: Q) -> None:
    """A document that has brought down its reader twice must not keep the worker from everything else."""
    failed: dict[str, Any] = {"state": RoadmapImport.State.FAILED, "claimed_at": None, "failure": BROKE_OFF_TWICE}
    RoadmapImport.objects.filter(waiting, pk=document.pk).update(**failed)


def read_received(document: RoadmapImport) -> bool:
    """Read a claimed document: it is then to be reviewed, or has failed with a reason. False where somebody else has
    it by now. An error of the program becomes a failure by name, never silence."""
    try:
        read = read_roadmaps(kept(document.sha256), document.file_name)
        fields, rows = fields_of(read), rows_of(read, document)
    except UnreadableDocument as refusal:
        return _failed(document, f"{refusal.message} {refusal.advice}")
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a document does to the reader, the person gets an answer
        _log_without_words(document, error)
        return _failed(document, INTERNAL_ERROR)
    return _store(document, read, fields, rows)


def _failed(document: RoadmapImport, why: str) -> bool:
    failed: dict[str, Any] = {"state": RoadmapImport.State.FAILED, "claimed_at": None, "failure": as_text(why)[:1000]}
    return bool(_held(document).update(**failed))


@transaction.atomic
def _store(document: RoadmapImport, read: Document, fields: dict[str, Any], rows: list[ImportedRow]) -> bool:
    reviewed: dict[str, Any] = {"state": RoadmapImport.State.REVIEW, "claimed_at": None, "failure": ""}
    if not _held(document).update(**reviewed, **fields):
        return False
    ImportedRow.objects.filter(document=document).delete()
    ImportedRow.objects.bulk_create(rows, batch_size=200)
    return True


def _held(document: RoadmapImport) -> QuerySet[RoadmapImport]:
    """The document as long as it is still ours: the moment of the claim tells one reader from another."""
    ours = {"state": RoadmapImport.State.READING, "claimed_at": document.claimed_at}
    return RoadmapImport.objects.filter(pk=document.pk, **ours)


def _log_without_words(document: RoadmapImport, error: Exception) -> None:
    """Where it happened and what kind of error it is; its words may quote the document, which may name a person."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    log.error("Reading of signed document %s failed: %s at %s", document.pk, type(error).__name__, where)


# ---- what a person decides about the whole document


@contextmanager
def under_review(document: RoadmapImport) -> Iterator[RoadmapImport]:
    """One transaction on a document that may still be changed, read anew and locked. Raises CannotImport."""
    with transaction.atomic():
        fresh = RoadmapImport.objects.select_for_update(of=("self",)).select_related("organisation").defer("lines")
        locked = fresh.get(pk=document.pk)
        if locked.state == RoadmapImport.State.LIVE:
            raise CannotImport("Документ уже стал программой: его строки больше не меняются, правьте программу.")
        if locked.state != RoadmapImport.State.REVIEW:
            raise CannotImport(f"Документ не на проверке: {locked.get_state_display()}. Обновите страницу.")
        yield locked


PREFIX = "passport-"  # before the name of a passport's field in the form


class PassportChanged(CannotImport):
    """Somebody else has put the passport right since it was shown; `now` is what it says."""

    def __init__(self, document: RoadmapImport) -> None:
        super().__init__(MEANWHILE)
        self.now = passport_said_of(document)


def passport_said_of(document: RoadmapImport) -> dict[str, Any]:
    """What the form of the passport begins with, by its fields."""
    fields = {f"{PREFIX}{name}": (document.passport.get(name) or {}).get("value", "") for name in NAMES}
    return {"title": document.title, "begins": document.begins, "ends": document.ends, **fields}


def set_passport(
    document: RoadmapImport,
    who: User | None,
    *,
    title: str,
    begins: date | None,
    ends: date | None,
    fields: Mapping[str, str],
    seen: str = "",
) -> RoadmapImport:
    """Title, period and fields as the person has put them right. A field that he has changed is certain.

    Raises CannotImport, also for a period that no programme has; PassportChanged where `seen` (services.seen) is no
    longer what is stored.
    """
    if begins and ends:
        _check_period(begins, ends)
    with under_review(document) as fresh:
        if seen and seen != fingerprint_of(passport_said_of(fresh)):
            raise PassportChanged(fresh)
        fresh.title, fresh.begins, fresh.ends = as_line(title)[:1000], begins, ends
        fresh.passport = {**fresh.passport, **dict(_corrected(fresh.passport, fields))}
        fresh.save(update_fields=["title", "begins", "ends", "passport"])
        told = {"path": fresh.file_name, "name": fresh.title, "part": "passport"}
        audit(who, "roadmap_document_described", fresh, fresh.organisation, **told)
    return fresh


def _check_period(begins: date, ends: date) -> None:
    try:
        checked_period(begins, ends)
    except CannotChange as impossible:
        raise CannotImport(*impossible.reasons) from impossible


def _corrected(passport: Mapping[str, dict[str, Any]], fields: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for name, said in fields.items():
        before, value = passport.get(name) or {}, as_text(said)
        if value != before.get("value", ""):
            yield name, {"value": value, "line": before.get("line"), "confidence": 1}


def discard(document: RoadmapImport, who: User | None) -> bool:
    """The document is not to become a programme. It stays in the list; False where it already is one."""
    live = (RoadmapImport.State.LIVE, RoadmapImport.State.DISCARDED)
    with transaction.atomic():
        discarded = RoadmapImport.objects.filter(pk=document.pk).exclude(state__in=live)
        if not discarded.update(state=RoadmapImport.State.DISCARDED, claimed_at=None):
            return False
        audit(who, "roadmap_document_discarded", document, document.organisation, path=document.file_name)
    return True


def read_again(document: RoadmapImport, who: User | None) -> bool:
    """Put a document that failed in the line once more. False where it did not fail or its bytes are gone."""
    if not kept(document.sha256).exists():
        return False
    with transaction.atomic():
        failed = RoadmapImport.objects.filter(pk=document.pk, state=RoadmapImport.State.FAILED)
        if not failed.update(state=RoadmapImport.State.RECEIVED, failure=""):
            return False
        audit(who, "roadmap_document_received", document, document.organisation, path=document.file_name)
    return True


def review_again(document: RoadmapImport, who: User | None) -> bool:
    """Back to the review, with all that was put right, where the draft made of the document has been thrown away.
    False where there is a programme, or where there never was one."""
    with transaction.atomic():
        orphaned = RoadmapImport.objects.filter(pk=document.pk, state=RoadmapImport.State.LIVE, programme=None)
        if not orphaned.update(state=RoadmapImport.State.REVIEW):
            return False
        audit(who, "roadmap_document_reopened", document, document.organisation, path=document.file_name)
    return True
