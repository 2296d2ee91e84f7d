"""When all rows are gathered: ends that slipped into the next row, columns shared by many rows, complaints."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise

from msoko.core.roadmap.reading.complaints import Complaint, shortened
from msoko.core.roadmap.reading.drafts import (
    ASSUMED_DEADLINE,
    ASSUMED_EXECUTORS,
    DEADLINE_NAMES_PEOPLE,
    EXECUTORS_ARE_TIME,
    HEAD_MOVED,
    JOINED_BLINDLY,
    NO_DEADLINE,
    NO_EXECUTORS,
    SAME_NUMBER,
    SHARED,
    SHIFTED,
    STRANGE_DEADLINE,
    TAIL_MOVED,
    Draft,
)
from msoko.core.roadmap.reading.headers import Role
from msoko.core.roadmap.reading.joining import tail_of
from msoko.core.roadmap.reading.parsed import ParsedActivity
from msoko.core.roadmap.reading.sentences import begins_in_the_middle

MOSTLY = 0.4  # from this share of empty cells on they are taken for what stands above
FEWEST = 6  # rows, of which that share says something
_ASSUMED = {Role.DEADLINE: ASSUMED_DEADLINE, Role.EXECUTORS: ASSUMED_EXECUTORS}
_COMPLAINED_OF = {
    NO_DEADLINE.words: ("deadline_empty", "Впишите срок или отметьте, что он зависит от другого плана."),
    STRANGE_DEADLINE.words: (
        "deadline_strange",
        "Проверьте срок: там может стоять место или текст другой колонки.",
    ),
    DEADLINE_NAMES_PEOPLE.words: ("deadline_names_people", "Проверьте, не переставлены ли срок и исполнитель."),
    NO_EXECUTORS.words: ("executors_empty", "Назначьте исполнителя."),
    EXECUTORS_ARE_TIME.words: ("executors_are_time", "Проверьте, не переставлены ли срок и исполнитель."),
    SHIFTED.words: ("cells_shifted", "Сверьте строку с документом."),
    JOINED_BLINDLY.words: ("joined_blindly", "Сверьте строку с документом; лишнее отделите."),
}


def put_right(drafts: list[Draft]) -> None:
    """Changes the drafts in place: tails go back to the row above, empty cells take what is shared."""
    _make_headings(drafts)
    for upper, lower in pairwise(drafts):
        if upper.header is lower.header:
            for role in (Role.TITLE, Role.RESULT, Role.INDICATOR):
                for place in upper.header.places(role):
                    _give_back_a_tail(upper, lower, place)
    for _, together in groupby(drafts, key=lambda draft: id(draft.header)):
        _share_what_is_mostly_empty(list(together))


def _make_headings(drafts: list[Draft]) -> None:
    """«5 | Вечера встреч:» at the end of a table, and the rows 5.1, 5.2 in the next one: it was their heading."""
    for upper, lower in list(pairwise(drafts)):
        own = f"{upper.number}." if upper.number else "-"
        title = " ".join(upper.text(Role.TITLE).split())
        if title.endswith(":") and _says_nothing_else(upper) and (lower.number or "").startswith(own):
            drafts.remove(upper)
            for draft in drafts:
                if (draft.number or "").startswith(own) and draft.sections[: len(upper.sections)] == upper.sections:
                    draft.sections = (*upper.sections, title, *draft.sections[len(upper.sections) :])


def _says_nothing_else(draft: Draft) -> bool:
    named = (Role.NUMBER, Role.TITLE)
    return all(draft.header.columns[place].role in named for place, text in draft.texts.items() if text)


def _give_back_a_tail(upper: Draft, lower: Draft, place: int) -> None:
    role = upper.header.columns[place].role
    text, below = upper.texts.get(place, ""), lower.texts.get(place, "")
    if role is not Role.TITLE and not begins_in_the_middle(below):
        return
    if found := tail_of(text, below):
        upper.texts[place] = f"{text} {found[0]}"
        lower.texts[place] = found[1]
        upper.doubt(TAIL_MOVED)
        lower.doubt(HEAD_MOVED)
        upper.lines += [line for line in lower.lines[:1] if line not in upper.lines]


def _share_what_is_mostly_empty(drafts: Sequence[Draft]) -> None:
    """A column filled here and there holds for the rows below, unless some of its cells are merged to say so."""
    if len(drafts) < FEWEST:
        return
    for role, doubt in _ASSUMED.items():
        if any(SHARED[role] in draft.doubts for draft in drafts):
            continue
        for place in drafts[0].header.places(role):
            empty = sum(place not in draft.texts for draft in drafts)
            if not MOSTLY * len(drafts) <= empty < len(drafts) or place not in drafts[0].texts:
                continue
            above = ""
            for draft in drafts:
                if place not in draft.texts:
                    draft.texts[place] = above
                    draft.doubt(doubt)
                above = draft.texts[place]


def finished(drafts: Sequence[Draft], words: Collection[str]) -> tuple[list[ParsedActivity], list[Complaint]]:
    """Activities, and what is wrong with them. A draft without a title is no activity, its words are complained of."""
    kept = [draft for draft in drafts if draft.text(Role.TITLE).strip()]
    lost = [_lost(draft) for draft in drafts if not draft.text(Role.TITLE).strip()]
    repeated = list(_repeated_numbers(kept))
    activities = [draft.finished(words) for draft in kept]
    of_rows = [one for activity in activities for one in _complaints_of(activity)]
    numbers = [*repeated, *_missing_numbers(kept), *_columns_that_lack(kept)]
    return activities, sorted([*lost, *of_rows, *numbers], key=lambda one: one.line or 0)


def _lost(draft: Draft) -> Complaint:
    words = " | ".join(draft.texts.values())
    message = "У строки нет названия мероприятия, поэтому она не взята."
    advice = "Если это мероприятие или его часть, внесите его при проверке."
    return Complaint("row_lost", message, advice, draft.lines[0], draft.page, shortened(words))


def _complaints_of(activity: ParsedActivity) -> Iterator[Complaint]:
    for doubt in activity.doubts:
        if known := _COMPLAINED_OF.get(doubt):
            yield Complaint(known[0], doubt, known[1], activity.lines[0], activity.page, _shown(activity))


def _shown(activity: ParsedActivity) -> str:
    return shortened(" ".join(filter(None, (activity.number, activity.title))))


def _about(draft: Draft, code: str, message: str, advice: str) -> Complaint:
    return Complaint(code, message, advice, draft.lines[0], draft.page, shortened(draft.text(Role.TITLE)))


def _repeated_numbers(drafts: Sequence[Draft]) -> Iterator[Complaint]:
    seen: dict[tuple[tuple[str, ...], str], Draft] = {}
    for draft in drafts:
        if draft.number is None:
            continue
        first = seen.setdefault((draft.sections, draft.number), draft)
        if first is not draft:
            draft.doubt(SAME_NUMBER)
            message = f"Номер {draft.number} уже был (строка {first.lines[0]})."
            yield _about(draft, "number_repeated", message, "Проверьте, не осталась ли старая редакция пункта.")


def _missing_numbers(drafts: Sequence[Draft]) -> Iterator[Complaint]:
    before: Draft | None = None
    for draft in drafts:
        if draft.number is None:
            if draft.expects_number:
                advice = "Проверьте, не часть ли это предыдущей строки."
                yield _about(draft, "number_missing", "У мероприятия нет номера.", advice)
            continue
        gap = _gap(before, draft) if before is not None and before.sections == draft.sections else ""
        if gap:
            yield _about(draft, "number_skipped", gap, "Проверьте, нет ли пропущенной строки.")
        before = draft


def _gap(before: Draft, after: Draft) -> str:
    """Which numbers are not there; «» where the row is the next one."""
    own, other = (before.number or "").split("."), (after.number or "").split(".")
    if len(own) != len(other) or own[:-1] != other[:-1] or not (own[-1].isdecimal() and other[-1].isdecimal()):
        return ""
    first, last = int(own[-1]) + 1, int(other[-1]) - 1
    if last < first:
        return ""
    low, high = (".".join([*own[:-1], str(number)]) for number in (first, last))
    lacks = f"пропущен {low}" if first == last else f"пропущены {low}–{high}"
    return f"После номера {before.number} идёт {after.number}: {lacks}."


def _columns_that_lack(drafts: Sequence[Draft]) -> Iterator[Complaint]:
    if not drafts:
        return
    time, people = (Role.DEADLINE, Role.BOTH, Role.PERIOD), (Role.EXECUTORS, Role.BOTH)
    for roles, what in ((time, "срока"), (people, "исполнителей")):
        if not any(draft.header.has(role) for draft in drafts for role in roles):
            message = f"В таблице нет колонки {what}."
            yield Complaint("column_missing", message, "Заполните при проверке.", drafts[0].lines[0], drafts[0].page)
