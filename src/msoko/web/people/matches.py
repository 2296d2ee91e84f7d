"""Which organisations the schools of a file may be: told for a person to confirm, never decided here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from msoko.web.people import names
from msoko.web.people.models import Organisation
from msoko.web.people.services.schools import NewSchool, clean_key, organisations_by_key

MOST_CANDIDATES = 5  # more names than that are not a choice but a search


class Why(StrEnum):
    """The reason to think of a candidate, as the screen says it."""

    SAME_DIGITS = "те же цифры в логине и похожее название"
    SAME_NAME = "то же название в том же муниципалитете"


@dataclass(frozen=True)
class Candidate:
    organisation: Organisation
    why: Why


@dataclass(frozen=True)
class Proposal:
    """`known` by its exact key; else `candidates` to choose from; with neither, the school is new."""

    claim: NewSchool
    known: Organisation | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.known is None and not self.candidates


def propose(claims: Sequence[NewSchool], within: Organisation | None = None) -> list[Proposal]:
    """One proposal a claim, in the order of the claims; three queries at most, however many there are.

    Candidates stand within the territory: what a person may not accept for is neither offered nor named.
    """
    known = organisations_by_key(claim.key for claim in claims)
    unknown = [claim for claim in claims if clean_key(claim.key) not in known]
    likeness = _Likeness.of_schools(within) if unknown else None
    return [
        Proposal(claim, known[clean_key(claim.key)])
        if likeness is None or clean_key(claim.key) in known
        else Proposal(claim, None, likeness.candidates(claim))
        for claim in claims
    ]


@dataclass(frozen=True)
class _Likeness:
    by_digits: dict[str, list[Organisation]]
    by_name: dict[tuple[str, frozenset[str]], list[Organisation]]

    @classmethod
    def of_schools(cls, within: Organisation | None) -> "_Likeness":
        by_digits: dict[str, list[Organisation]] = defaultdict(list)
        by_name: dict[tuple[str, frozenset[str]], list[Organisation]] = defaultdict(list)
        schools = Organisation.objects.schools() if within is None else Organisation.objects.schools().within(within)
        for school in schools.select_related("municipality").prefetch_related("keys"):
            for key in school.keys.all():
                by_digits[names.digits(key.key)].append(school)
            by_name[_municipality_of(school), names.telling_words(school.name)].append(school)
        return cls(by_digits, by_name)

    def candidates(self, claim: NewSchool) -> tuple[Candidate, ...]:
        found = {one.pk: Candidate(one, Why.SAME_NAME) for one in self._of_same_name(claim)}
        for one in self._of_same_digits(claim):
            found.setdefault(one.pk, Candidate(one, Why.SAME_DIGITS))
        return tuple(found.values())[:MOST_CANDIDATES]

    def _of_same_name(self, claim: NewSchool) -> Iterable[Organisation]:
        words = names.telling_words(claim.name)
        if not words or not claim.municipality.strip():
            return []
        return self.by_name.get((names.normal_territory(claim.municipality), words), [])

    def _of_same_digits(self, claim: NewSchool) -> Iterable[Organisation]:
        namesakes = self.by_digits.get(names.digits(claim.key), []) if names.digits(claim.key) else []
        return [one for one in namesakes if names.alike(one.name, claim.name)]


def _municipality_of(school: Organisation) -> str:
    """Of a school without a place, the municipality that its protocol named."""
    municipality = school.municipality
    if municipality is None or municipality.is_placeholder:
        return names.normal_territory(school.note_from_file.split(",")[0])
    return municipality.normal_name
