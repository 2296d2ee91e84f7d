"""Words that two executors share: «руководители и педагоги ШНОР», «директора школ и детских садов»."""

import re
from collections.abc import Sequence

from msoko.core.roadmap.executors import heads
from msoko.core.roadmap.executors.dividing import Part
from msoko.core.roadmap.executors.groups import SCHOOL_GROUPS, is_area_of_work, kind_of
from msoko.core.roadmap.executors.kinds import Kind
from msoko.core.roadmap.executors.roles import role_in
from msoko.core.roadmap.executors.schools import name_in
from msoko.core.roadmap.executors.tokens import Token, tokens_of
from msoko.core.vocabulary.words import look_alike

_OF_SCHOOLS = (*SCHOOL_GROUPS, Kind.ASSOCIATIONS)
_OF_THE_DISTRICT = (Kind.DEPARTMENT, Kind.METHODIST, Kind.EXTERNAL)
# Those work at a school, so that a comma is enough: «директора, заместители директоров ШНОР».
_AT_SCHOOLS = ("director", "head", "deputy", "teacher", "specialist", "pupils", "parents", "administration")
_ONLY_AT_SCHOOLS = ("teacher", "pupils", "parents")  # no methodical centre has them

_PART_OF_A_SCHOOL = re.compile(r"шмо|объединен|класс")


def with_shared_words(parts: Sequence[Part]) -> list[tuple[Part, str]]:
    """Each part with its words made whole: those of its own and those it shares with a neighbour."""
    whole = [part.words for part in parts]
    for i in range(1, len(parts)):
        whole[i] = _with_people_of(whole[i - 1], parts[i])
    for i in range(len(parts) - 1, 0, -1):
        whole[i - 1] = _with_organisation_of(whole[i - 1], whole[i], parts[i].before)
    return list(zip(parts, whole, strict=True))


def _with_people_of(before: str, part: Part) -> str:
    """«директора школ» + «и детских садов» → «директора детских садов»."""
    people, organisation = parted(before)
    if (
        part.before in ("и", ",")
        and people
        and name_in(organisation)
        and name_in(part.words).strip("«»") == part.words.strip("«»")
    ):
        return f"{people} {part.words}"
    if part.before != "и" or not people or not organisation or role_in(look_alike(part.words)):
        return part.words
    own, theirs = kind_of(look_alike(part.words), ""), kind_of(look_alike(organisation), "")
    alike = any(own in family and theirs in family for family in (_OF_SCHOOLS, _OF_THE_DISTRICT))
    return f"{people} {part.words}" if alike else part.words


def _with_organisation_of(words: str, following: str, separator: str) -> str:
    """«руководители» + «и педагоги ШНОР» → «руководители ШНОР»."""
    people, organisation = parted(words)
    next_people, theirs = parted(following)
    if not people or organisation or not next_people or not theirs:
        return words
    kind = kind_of(look_alike(theirs), "")
    at_schools = kind in SCHOOL_GROUPS and not _PART_OF_A_SCHOOL.search(look_alike(theirs))
    at_schools = at_schools and all(role_in(look_alike(one)) in _AT_SCHOOLS for one in (words, following))
    of_district = kind in _OF_THE_DISTRICT and role_in(look_alike(words)) not in _ONLY_AT_SCHOOLS
    if (separator == "," and at_schools) or (separator == "и" and (at_schools or of_district)):
        return f"{words} {theirs}"
    return words


def parted(words: str) -> tuple[str, str]:
    """«заместители директоров по УВР ОО» → («заместители директоров», «ОО»); no people, no parting: («», words)."""
    tokens = tokens_of(words)
    end = next((i for i, token in enumerate(tokens) if not _is_of_people(token)), len(tokens))
    if not any(heads.names_people_in_any_case(token) for token in tokens[:end]):
        return "", words
    start = end
    while start < len(tokens) and (tokens[start].plain in ("по", "и") or is_area_of_work(tokens[start].plain)):
        start += 1
    return words[: tokens[end - 1].end], words[tokens[start].start :] if start < len(tokens) else ""


def _is_of_people(token: Token) -> bool:
    return heads.is_adjective(token) or token.plain in ("их", "все") or heads.names_people_in_any_case(token)
