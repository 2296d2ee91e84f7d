"""Importing a register of organisations: as often as one likes, in any order of rows, with the same outcome."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from msoko.core.vocabulary.russian import join_with_and, quote
from msoko.web.people import names
from msoko.web.people.models import ExternalKey, Kind, Organisation, User
from msoko.web.people.register_lines import Line, parse
from msoko.web.people.services.auditing import audit
from msoko.web.people.services.register_places import Places
from msoko.web.people.services.register_report import RegisterReport
from msoko.web.people.services.schools import organisations_by_key
from msoko.web.people.services.tree import grow, rewrite, transplant
from msoko.web.people.signals import organisations_placed

SAID_BY_A_LINE = ("name", "full_name", "kind", "school_type", "area", "status")


@transaction.atomic
def import_register(
    rows: Iterable[Mapping[str, object]], who: User | None = None, within: Organisation | None = None
) -> RegisterReport:
    """Brings organisations to what the rows say. Rows: dicts with the keys of the layout «Реестр организаций».

    Schools are known by any of their logins, else by the exact normal name in the municipality, never by digits.
    A row that contradicts another row or the tree is refused by name, the others are taken. `within` refuses rows
    about anything outside that territory (a department brings its own municipality only).
    """
    parsed = parse(rows)
    report = RegisterReport(complaints=parsed.complaints, conflicts=parsed.conflicts)
    lines = sorted(parsed.lines, key=lambda line: (names.normal(line.name), line.logins, line.number))
    work = _Import(report, within, Places.prepared(lines, report, within))
    work.take([line for line in lines if line.kind == Kind.SCHOOL])
    work.take([line for line in lines if line.kind == Kind.BRANCH])
    report.outcomes.sort(key=lambda outcome: outcome.line.number)
    audit(who, "register_imported", None, within, **report.as_json())
    return report


def preview_register(rows: Iterable[Mapping[str, object]], within: Organisation | None = None) -> RegisterReport:
    """What `import_register` would do; nothing is changed."""
    with transaction.atomic():
        report = import_register(rows, None, within)
        transaction.set_rollback(True)
    return report


@dataclass
class _Import:
    report: RegisterReport
    within: Organisation | None
    places: Places

    def take(self, lines: list[Line]) -> None:
        """One kind of rows: find what they speak of, refuse contradictions, then write all at once."""
        known = organisations_by_key(login for line in lines for login in line.logins)
        meant = self._what_is_meant(self._without_shared_logins(lines), known)
        parents = {line: self.places.parent_of(line, self.report) for line in meant}
        allowed = {line: one for line, one in meant.items() if self._is_allowed(line, one, parents[line])}
        self._write(allowed, parents, known)

    def _without_shared_logins(self, lines: list[Line]) -> list[Line]:
        """Two rows that claim one login contradict each other: neither is taken."""
        claims = Counter(login for line in lines for login in line.logins)
        shared: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            for login in line.logins:
                if claims[login] > 1:
                    shared[login].append(line)
        for login, rivals in sorted(shared.items()):
            self._refuse(rivals, f"называют один и тот же логин {login}: оставьте его в одной")
        refused = {line for rivals in shared.values() for line in rivals}
        return [line for line in lines if line not in refused]

    def _what_is_meant(self, lines: list[Line], known: Mapping[str, Organisation]) -> dict[Line, Organisation | None]:
        """The organisation each row speaks of, None for a new one; rows that mean two, or share one, are refused."""
        by_login: dict[Line, Organisation | None] = {}
        by_name: dict[Line, Organisation | None] = {}
        for line in lines:
            owners = {known[login].pk: known[login] for login in line.logins if login in known}
            if len(owners) > 1:
                words = join_with_and([quote(one.name) for one in owners.values()])
                self.report.conflicts.append(f"{_start(line)}: логины строки принадлежат разным школам: {words}.")
            elif owners:
                by_login[line] = next(iter(owners.values()))
            else:
                self._find_by_name(line, by_name)
        return self._without_rivals(by_login, by_name)

    def _find_by_name(self, line: Line, found: dict[Line, Organisation | None]) -> None:
        namesakes = self.places.namesakes(line)
        if len(namesakes) > 1:
            self.report.conflicts.append(
                f"{_start(line)}: в муниципалитете несколько школ с таким названием; впишите логин."
            )
        else:
            found[line] = namesakes[0] if namesakes else None

    def _without_rivals(
        self, by_login: dict[Line, Organisation | None], by_name: dict[Line, Organisation | None]
    ) -> dict[Line, Organisation | None]:
        """Several rows about one organisation, or namesakes that no login tells apart, would double it silently."""
        meant = by_login | by_name
        same: dict[object, list[Line]] = defaultdict(list)
        for line, one in meant.items():
            same[self.places.name_in_place(line)].append(line)
            if one is not None:
                same[one.pk].append(line)
        refused: set[Line] = set()
        for thing, lines in same.items():
            doubtful = [line for line in lines if line in by_name or isinstance(thing, int)]
            if len(lines) > 1 and doubtful:
                refused.update(doubtful)
                self._refuse(lines, "говорят об одной школе: впишите все её логины в одну строку")
        return {line: one for line, one in meant.items() if line not in refused}

    def _refuse(self, rivals: list[Line], what: str) -> None:
        rows = join_with_and(
            [f"{line.number} («{line.name}»)" for line in sorted(rivals, key=lambda line: line.number)]
        )
        conflict = f"Строки {rows} {what}."
        if conflict not in self.report.conflicts:
            self.report.conflicts.append(conflict)

    def _is_allowed(self, line: Line, one: Organisation | None, parent: Organisation) -> bool:
        if self.within is None:
            return True
        inside = self.within.holds(parent) and (one is None or self.within.holds(one) or _is_homeless(one))
        if not inside:
            self.report.conflicts.append(f"{_start(line)}: школа вне территории «{self.within}».")
        return inside

    def _write(
        self,
        meant: Mapping[Line, Organisation | None],
        parents: Mapping[Line, Organisation],
        known: Mapping[str, Organisation],
    ) -> None:
        fresh = {line: _seedling(line, parents[line]) for line, one in meant.items() if one is None}
        grow(list(fresh.values()))
        for line in fresh:
            self.report.note(line, "created")
        self._change({line: one for line, one in meant.items() if one is not None}, parents)
        owners = {line: meant[line] or fresh[line] for line in meant}
        ExternalKey.objects.bulk_create(
            ExternalKey(key=login, organisation=owner)
            for line, owner in owners.items()
            for login in line.logins
            if login not in known
        )
        self.places.settled(owners)

    def _change(self, meant: Mapping[Line, Organisation], parents: Mapping[Line, Organisation]) -> None:
        changed, moved = [], []
        attached = _count_of_new_logins(meant)
        for line, one in meant.items():
            changes = _apply(line, one)
            if attached[line]:
                changes["logins"] = ("", f"+{attached[line]}")
            if not self.places.stands_right(line, one, parents[line]):
                changes["parent"] = (str(one.parent), str(parents[line]))
                one.parent = parents[line]
                moved.append(one)
            if changes.keys() - {"parent", "logins"}:
                changed.append(one)
            self.report.note(line, "changed" if changes else "unchanged", changes)
        rewrite(changed)
        transplant(moved)
        self.report.placed += len(moved)
        if moved:
            organisations_placed.send(Organisation, ids=[one.pk for one in moved])


def _start(line: Line) -> str:
    return f"Строка {line.number}, «{line.name}»"


def _is_homeless(one: Organisation) -> bool:
    return one.municipality is not None and one.municipality.is_placeholder


def _seedling(line: Line, parent: Organisation) -> Organisation:
    said = {name: getattr(line, name) for name in SAID_BY_A_LINE if getattr(line, name)}
    return Organisation(parent=parent, **said)


def _apply(line: Line, one: Organisation) -> dict[str, tuple[str, str]]:
    """Puts what the line says into the organisation; returns what that changed."""
    changes = {}
    for name in SAID_BY_A_LINE:
        said, before = getattr(line, name), getattr(one, name)
        if said and said != before:
            changes[name] = (str(before), str(said))
            setattr(one, name, said)
    return changes


def _count_of_new_logins(meant: Mapping[Line, Organisation]) -> Counter[Line]:
    logins = {login for line in meant for login in line.logins}
    known = set(ExternalKey.objects.filter(key__in=logins).values_list("key", flat=True))
    return Counter({line: sum(login not in known for login in line.logins) for line in meant})
