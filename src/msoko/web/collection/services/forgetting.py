"""What must not stay on the disk: uploads with personal columns, and files that no record names."""

import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from msoko.core.facts import store
from msoko.web.collection.models import Batch, Upload
from msoko.web.collection.services.uploading import LOCK, kept, uploads_locked

TO_BE_READ = (Batch.State.RECEIVED, Batch.State.READING)
# Between the writing of a file and the commit of its row pass seconds; a day is beyond every doubt.
AGE_OF_RUBBISH = timedelta(days=1)


def forget_personal(upload: Upload) -> bool:
    """Remove the kept bytes once they are read, where they had personal columns or nobody could tell their columns.

    What was read stands in the facts, without those columns; who wants to read the file anew uploads it again.
    """
    with uploads_locked():
        batches = list(upload.batches.values_list("state", "source", "dropped"))
        unread = any(state in TO_BE_READ for state, _, _ in batches)
        is_recognised = any(source for _, source, _ in batches)
        is_personal = any(dropped for _, _, dropped in batches)
        if unread or (is_recognised and not is_personal):
            return False
        kept(upload.sha256).unlink(missing_ok=True)
    return True


def sweep() -> list[str]:
    """Remove what crashes left: facts and uploads that no row names, uploads that should have been forgotten.

    Returns the names of the removed files. Safe beside readers and writers.
    """
    named: set[str] = set()
    for names in Batch.objects.values_list("facts", "summary").distinct():
        named.update(filter(None, names))
    removed = store.sweep(Path(settings.FACTS), named, time.time() - AGE_OF_RUBBISH.total_seconds())
    return removed + _sweep_uploads() + _forget_what_was_missed()


def _sweep_uploads() -> list[str]:
    folder, oldest = Path(settings.UPLOADS), time.time() - AGE_OF_RUBBISH.total_seconds()
    removed: list[str] = []
    if not folder.is_dir():
        return removed
    with uploads_locked():
        named = set(Upload.objects.values_list("sha256", flat=True))
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.name not in (named | {LOCK}) and file.stat().st_mtime < oldest:
                file.unlink()
                removed.append(file.name)
    return removed


def _forget_what_was_missed() -> list[str]:
    """Whoever was killed between reading and forgetting has left the file."""
    doubtful = Upload.objects.filter(~Q(batches__dropped=[]) | Q(batches__source="")).distinct()
    return [one.sha256 for one in doubtful if kept(one.sha256).exists() and forget_personal(one)]
