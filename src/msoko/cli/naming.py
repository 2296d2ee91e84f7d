"""Words of the command line that name things of the definitions."""

from typing import TYPE_CHECKING

from msoko.cli.outcome import WrongCall
from msoko.core.definitions.kinds import Subject
from msoko.core.definitions.loading import Ambiguous, Definitions

if TYPE_CHECKING:
    from msoko.web.people.models import Organisation


def the_subject(definitions: Definitions, words: str) -> Subject:
    """The one subject that the words name. Raises WrongCall where there is none or several."""
    found = definitions.subject_by(words)
    if found is None:
        raise WrongCall(f"Неизвестный предмет: {words}")
    if isinstance(found, Ambiguous):
        names = ", ".join(subject.name for subject in found.subjects)
        raise WrongCall(f"Предмет «{words}» неоднозначен: {names}")
    return found


def the_organisation(words: str) -> "Organisation":
    """The organisation of this id, login or exact name. Raises WrongCall where there is none or several."""
    from msoko.web.people.models import Organisation

    known = Organisation.objects.filter(merged_into=None)
    found = known.filter(pk=int(words)) if words.isdecimal() and len(words) < 18 else known.none()
    for more in (known.filter(keys__key=words.lower()), known.filter(name__iexact=words)):
        found = found if found.exists() else more
    several = list(found.distinct()[:2])
    if len(several) != 1:
        raise WrongCall(f"Организация «{words}» {'названа неоднозначно' if several else 'не известна'}.")
    return several[0]
