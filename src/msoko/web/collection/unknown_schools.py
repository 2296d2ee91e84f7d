"""Rows of our own forms and official lists whose school is none of those that the file may speak for.

Such rows are kept, and count from the day on which the school stands in the register; until then nobody reads them, so
the person who hands them in is told which they are.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from msoko.core.collection.complaints import MOST_PLACES, Complaint, Place
from msoko.core.collection.reading import Grain
from msoko.core.facts import store
from msoko.core.vocabulary.russian import NBSP, counted, with_guillemets
from msoko.core.vocabulary.statuses import Level
from msoko.web.collection.models import Batch
from msoko.web.collection.queries import DESCRIPTION, REGISTER
from msoko.web.people.models import Organisation
from msoko.web.people.school_finder import SchoolFinder, said_of_school

CODE = "school_not_in_register"
MOST_NAMED = 5


def rows_of_unknown_schools(batch: Batch) -> Counter[str]:
    """School as the file calls it → its rows, in the order of the file; of registers and descriptions none."""
    is_about_schools = batch.source != DESCRIPTION and batch.naming.get("procedure") != REGISTER
    if batch.grain != Grain.RECORDS or not is_about_schools or not batch.facts:
        return Counter()
    schools = Organisation.objects.schools()
    finder = SchoolFinder(schools.within(batch.territory) if batch.territory else schools)
    rows = store.read(Path(settings.FACTS), batch.facts).to_pylist()
    return Counter(said for row in rows if (said := said_of_school(row)) and finder.school_of(row) is None)


def told_of_unknown_schools(unknown: Mapping[str, int], territory: Organisation | None) -> str:
    """«Нет в реестре: Школа 77 и ещё 2. Методики не учтут 3 строки, пока логины или названия …»"""
    named = ", ".join(with_guillemets(name) for name in list(unknown)[:MOST_NAMED])
    more = f" и{NBSP}ещё {len(unknown) - MOST_NAMED}" if len(unknown) > MOST_NAMED else ""
    where = f"среди школ территории «{territory.name}»" if territory else f"в{NBSP}реестре"
    rows = counted(sum(unknown.values()), "строку", "строки", "строк")
    why = "пока логины или названия в реестре и в файле не станут одинаковыми"
    return f"Нет {where}: {named}{more}. Методики не{NBSP}учтут {rows}, {why}."


def complaint_of_unknown_schools(batch: Batch) -> Complaint | None:
    """What an accepted file is told to have; None where every row has its school."""
    unknown = rows_of_unknown_schools(batch)
    if not unknown:
        return None
    places = [Place(value=name) for name in list(unknown)[:MOST_PLACES]]
    message = told_of_unknown_schools(unknown, batch.territory)
    return Complaint(Level.WARNING, CODE, message, count=sum(unknown.values()), places=places)
