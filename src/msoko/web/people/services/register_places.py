"""Where the rows of a register belong: regions and municipalities made on the way, heads of branches, namesakes."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msoko.core.vocabulary.russian import join_with_and
from msoko.web.people import names
from msoko.web.people.models import Kind, Organisation
from msoko.web.people.register_lines import Line
from msoko.web.people.services.register_report import RegisterReport
from msoko.web.people.services.tree import grow, placeholder_municipality, rewrite, root, transplant

NameInPlace = tuple[str, int, str]  # kind, id of the municipality, normal name


@dataclass
class Places:
    """The territories of a register, all of them in the tree, and who stands in them under what name."""

    regions: dict[str, Organisation] = field(default_factory=dict)
    municipalities: dict[tuple[int, str], Organisation] = field(default_factory=dict)  # (id of region, normal name)
    by_name: dict[str, list[Organisation]] = field(default_factory=lambda: defaultdict(list))
    schools: dict[NameInPlace, list[Organisation]] = field(default_factory=lambda: defaultdict(list))
    nowhere: dict[int | None, Organisation] = field(default_factory=dict)
    made: set[int] = field(default_factory=set)  # ids of territories made by this import
    home: Organisation | None = None  # the municipality whose own register it is

    @classmethod
    def prepared(cls, lines: Sequence[Line], report: RegisterReport, within: Organisation | None) -> "Places":
        """Reads the territories, makes those that the lines name anew (never where `within` forbids), reads schools."""
        places = cls(home=within if within and within.kind == Kind.MUNICIPALITY else None)
        places._read_territories()
        if within is None:
            places._make_regions(lines)
            places._make_municipalities(lines)
        places._take_rows_of_territories(lines, report, within)
        places._read_schools()
        return places

    def _read_territories(self) -> None:
        root()
        for one in Organisation.objects.filter(kind=Kind.REGION).select_related("parent"):
            self.regions[one.normal_name] = one
        for one in Organisation.objects.filter(kind=Kind.MUNICIPALITY).select_related("parent", "region"):
            self._learn(one)

    def _learn(self, municipality: Organisation) -> None:
        self.municipalities[municipality.parent_id or 0, municipality.normal_name] = municipality
        if not municipality.is_placeholder:
            self.by_name[municipality.normal_name].append(municipality)

    def _make_regions(self, lines: Sequence[Line]) -> None:
        wanted = _best_spelling(_named_regions(lines), names.normal)
        missing = [key for key in sorted(wanted) if key not in self.regions]
        for one in grow([Organisation(kind=Kind.REGION, name=wanted[key], parent=root()) for key in missing]):
            self.regions[one.normal_name] = one
            self.made.add(one.pk)

    def _make_municipalities(self, lines: Sequence[Line]) -> None:
        """Those named with their region first, so that a row without the region finds them in any order of rows."""
        for with_region in (True, False):
            wanted: dict[tuple[int, str], list[tuple[bool, str]]] = defaultdict(list)
            for foreign, name, line in _named_municipalities(lines):
                if bool(line.region) == with_region and self._municipality(name, line.region) is None:
                    wanted[self._region(line.region).pk, names.normal_territory(name)].append((foreign, name))
            self._adopt(wanted)
            self._grow_municipalities({key: min(spellings)[1] for key, spellings in sorted(wanted.items())})

    def _adopt(self, wanted: dict[tuple[int, str], list[tuple[bool, str]]]) -> None:
        """A municipality that stood under «Без региона» goes under the region now named, with its schools."""
        temporary = next((one for one in self.regions.values() if one.is_placeholder), None)
        regions = {one.pk: one for one in self.regions.values()}
        adopted = []
        for region, normal in sorted(wanted) if temporary else []:
            one = self.municipalities.pop((temporary.pk, normal), None) if temporary else None
            if one is not None and region != one.parent_id:
                one.parent = regions[region]
                self.municipalities[region, normal] = one
                adopted.append(one)
                del wanted[region, normal]
        transplant(adopted)

    def _grow_municipalities(self, wanted: Mapping[tuple[int, str], str]) -> None:
        regions = {one.pk: one for one in self.regions.values()}
        seedlings = [
            Organisation(kind=Kind.MUNICIPALITY, name=name, parent=regions[region])
            for (region, _), name in wanted.items()
        ]
        for one in grow(seedlings):
            self._learn(one)
            self.made.add(one.pk)

    def _region(self, name: str) -> Organisation:
        """The region of that name; unnamed, the sole real one, else the temporary one."""
        if name and names.normal(name) in self.regions:
            return self.regions[names.normal(name)]
        real = [one for one in self.regions.values() if not one.is_placeholder]
        if len(real) == 1 and not name:
            return real[0]
        temporary = self._nowhere(None).parent
        assert temporary is not None
        return self.regions.setdefault(temporary.normal_name, temporary)

    def _nowhere(self, region: Organisation | None) -> Organisation:
        key = region.pk if region else None
        if key not in self.nowhere:
            self.nowhere[key] = placeholder_municipality(region)
        return self.nowhere[key]

    def _municipality(self, name: str, region: str) -> Organisation | None:
        """By name and region; without the region, if there is but one of that name."""
        normal = names.normal_territory(name)
        if region:
            known = self.regions.get(names.normal(region))
            return self.municipalities.get((known.pk, normal)) if known else None
        namesakes = self.by_name.get(normal, [])
        return namesakes[0] if len(namesakes) == 1 else None

    def _take_rows_of_territories(
        self, lines: Sequence[Line], report: RegisterReport, within: Organisation | None
    ) -> None:
        """Rows about territories themselves: made already, they may correct a spelling; each has one row at most."""
        rows: dict[int | None, list[Line]] = defaultdict(list)
        territories = {line: self._territory_of(line) for line in lines if line.is_territory}
        for line, one in territories.items():
            rows[one.pk if one and (within is None or within.holds(one)) else None].append(line)
        for line in rows.pop(None, []):
            report.conflicts.append(f"Строка {line.number}, «{line.name}»: территория вне ваших прав.")
        for rivals in rows.values():
            if len(rivals) > 1:
                numbers = join_with_and([str(line.number) for line in sorted(rivals, key=lambda line: line.number)])
                report.conflicts.append(f"Строки {numbers} говорят об одной территории «{rivals[0].name}».")
            else:
                self._take_row_of_territory(rivals[0], territories[rivals[0]], report)
        report.territories_created = len(self.made - rows.keys())

    def _take_row_of_territory(self, line: Line, one: Organisation | None, report: RegisterReport) -> None:
        assert one is not None
        said = {"name": line.name, "full_name": line.full_name or one.full_name}
        changes = {key: (getattr(one, key), now) for key, now in said.items() if getattr(one, key) != now}
        for key, now in said.items():
            setattr(one, key, now)
        if changes:
            rewrite([one])
        report.note(line, "created" if one.pk in self.made else "changed" if changes else "unchanged", changes)

    def _territory_of(self, line: Line) -> Organisation | None:
        if line.kind == Kind.REGION:
            return self.regions.get(names.normal(line.name))
        return self._municipality(line.name, line.region)

    def _read_schools(self) -> None:
        for one in Organisation.objects.schools().select_related("parent", "municipality__region", "region"):
            self._settle(one)

    def _settle(self, school: Organisation) -> None:
        if school.municipality_id:
            self.schools[school.kind, school.municipality_id, school.normal_name].append(school)

    def settled(self, owners: Mapping[Line, Organisation]) -> None:
        """What the rows have just made or moved can be found as heads of branches."""
        fresh = {one.pk for one in owners.values()}
        for key, known in self.schools.items():
            self.schools[key] = [one for one in known if one.pk not in fresh]
        for one in owners.values():
            self._settle(one)

    def municipality_of(self, line: Line) -> Organisation:
        """Named in its column, else as the organisation above; else the place of those without one."""
        for name in (line.municipality, line.parent if line.kind == Kind.SCHOOL else ""):
            found = self._municipality(name, line.region) if name else None
            if found:
                return found
        if self.home and not line.municipality:
            return self.home
        return self._nowhere(self.regions.get(names.normal(line.region)) if line.region else None)

    def stands_right(self, line: Line, one: Organisation, parent: Organisation) -> bool:
        """Is it where the line says? A line that names no place leaves it where it stands."""
        if one.parent_id == parent.pk or not (line.municipality or line.parent):
            return True
        stays_in_branch = line.kind == Kind.BRANCH and not line.parent
        return stays_in_branch and one.municipality_id == self.municipality_of(line).pk

    def parent_of(self, line: Line, report: RegisterReport) -> Organisation:
        """The municipality, and for a branch its head school there, if it is named and the only one of that name."""
        municipality = self.municipality_of(line)
        if line.kind != Kind.BRANCH or not line.parent:
            return municipality
        heads = self.schools.get((Kind.SCHOOL, municipality.pk, names.normal(line.parent)), [])
        if len(heads) != 1:
            report.complaints.append(
                f"Строка {line.number}, «{line.name}»: головная школа «{line.parent}» не найдена; "
                f"филиал подчинён муниципалитету."
            )
        return heads[0] if len(heads) == 1 else municipality

    def name_in_place(self, line: Line) -> NameInPlace:
        return line.kind, self.municipality_of(line).pk, names.normal(line.name)

    def namesakes(self, line: Line) -> list[Organisation]:
        return self.schools.get(self.name_in_place(line), [])


def _named_regions(lines: Iterable[Line]) -> list[tuple[bool, str]]:
    """(not the territory's own row, name): rows about the territory itself sort first."""
    own = [(False, line.name) for line in lines if line.kind == Kind.REGION]
    return own + [(True, line.region) for line in lines if line.region and line.kind != Kind.REGION]


def _named_municipalities(lines: Iterable[Line]) -> list[tuple[bool, str, Line]]:
    own = [(False, line.name, line) for line in lines if line.kind == Kind.MUNICIPALITY]
    return own + [(True, line.municipality, line) for line in lines if line.municipality and not line.is_territory]


def _best_spelling(named: Iterable[tuple[bool, str]], normal: Callable[[str], str]) -> dict[str, str]:
    spellings: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for entry in named:
        spellings[normal(entry[1])].append(entry)
    return {key: min(entries)[1] for key, entries in spellings.items()}
