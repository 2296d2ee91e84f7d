"""Words of the command line that name things of the definitions."""

from msoko.cli.outcome import WrongCall
from msoko.core.definitions.kinds import Subject
from msoko.core.definitions.loading import Ambiguous, Definitions


def the_subject(definitions: Definitions, words: str) -> Subject:
    """The one subject that the words name. Raises WrongCall where there is none or several."""
    found = definitions.subject_by(words)
    if found is None:
        raise WrongCall(f"Неизвестный предмет: {words}")
    if isinstance(found, Ambiguous):
        names = ", ".join(subject.name for subject in found.subjects)
        raise WrongCall(f"Предмет «{words}» неоднозначен: {names}")
    return found
