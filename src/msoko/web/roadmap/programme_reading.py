"""Words that are just being typed, read back at once: «понято как: …»."""

from dataclasses import dataclass

from msoko.core.roadmap.deadlines import in_words
from msoko.core.vocabulary.russian import nbsp
from msoko.web.people.models import Organisation
from msoko.web.people.sight import Sight
from msoko.web.roadmap.executor_words import Tellers, ToldExecutor
from msoko.web.roadmap.models import Executor, Programme
from msoko.web.roadmap.services.understanding import known_of


@dataclass(frozen=True)
class ReadBack:
    """`deadline` is '' where nothing is typed; `remarks` say how the words were read where there are several ways."""

    deadline: str
    is_understood: bool
    remarks: tuple[str, ...]
    executors: list[ToldExecutor]

    def __bool__(self) -> bool:
        return bool(self.deadline or self.executors)


def read_back(programme: Programme, sight: Sight, deadline: str, executors: str) -> ReadBack:
    """Five queries at most."""
    known = known_of(programme)
    said = known.deadline_of(deadline.strip())
    rows = known.executors_of(executors)
    places = Organisation.objects.select_related("merged_into").in_bulk([key for _, key in rows if key is not None])
    found = [
        Executor(words=one.words, kind=one.kind.value, condition=one.condition or "", organisation=places.get(key or 0))
        for one, key in rows
    ]
    return ReadBack(
        in_words(said) if deadline.strip() else "",
        said.understood and bool(said.windows),
        tuple(nbsp(one) for one in said.remarks) if deadline.strip() else (),
        Tellers.of(programme, sight).told(found) if found else [],
    )
