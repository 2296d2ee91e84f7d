"""What a sent form brings to confirm execution: files beside each thing required, a link, a record of the system."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.core.files.uploadedfile import UploadedFile

from msoko.core.vocabulary.russian import NBSP, counted
from msoko.web.people.requests import Request
from msoko.web.roadmap.models import Assignment
from msoko.web.roadmap.report_form import required_of
from msoko.web.roadmap.services.carrying_out import CannotExecute
from msoko.web.roadmap.services.evidence_files import add_file, add_link, add_record

MORE = "file-more"
MOST_FILES = 30  # in one form; more are added by the next one
TOO_MANY_FILES = f"За{NBSP}один раз{NBSP}— не{NBSP}больше {MOST_FILES} файлов. Остальные приложите следующим."
LINK, RECORD = ("link_url", "link_name", "link_about"), ("record", "record_about")


@dataclass
class Attached:
    """How many came in, why others did not, and which fields have done their work and need not be kept."""

    count: int = 0
    problems: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def in_words(self) -> str:
        return f"Приложено: {counted(self.count, 'подтверждение', 'подтверждения', 'подтверждений')}."


def attach(request: Request, assignment: Assignment) -> Attached:
    """Everything that the form brings; what is refused does not hold up the rest."""
    done = Attached()
    files = list(_files(request, assignment))
    if len(files) > MOST_FILES:
        done.problems.append(TOO_MANY_FILES)
    for about, file in files[:MOST_FILES]:
        _try(done, partial(add_file, assignment, request.user, file.chunks(), file.name or "", about))
    said: Mapping[str, str] = request.POST
    link = [said.get(name, "") for name in LINK]
    if link[0].strip() and _try(done, partial(add_link, assignment, request.user, *link)):
        done.used |= set(LINK)
    kind, _, key = said.get("record", "").partition(":")
    about = said.get("record_about", "")
    if kind and _try(done, partial(add_record, assignment, request.user, kind, key, about)):
        done.used |= set(RECORD)
    return done


def _try(done: Attached, add: Callable[[], object]) -> bool:
    try:
        add()
    except CannotExecute as refusal:
        done.problems.append(str(refusal))
        return False
    done.count += 1
    return True


def _files(request: Request, assignment: Assignment) -> Iterator[tuple[str, UploadedFile]]:
    """(which of the required things it is, the file)."""
    for index, name in enumerate(required_of(assignment)):
        for file in request.FILES.getlist(f"file-{index}"):
            yield name, file
    for file in request.FILES.getlist(MORE):
        yield "", file
