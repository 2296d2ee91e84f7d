"""What holds for all deadlines, whatever their words and the period."""

import json
import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from msoko.core.roadmap.deadlines import Deadline, Kind, Window, in_words, to_json, understand
from msoko.core.roadmap.deadlines.words import FORMS
from msoko.core.vocabulary.russian import MONTHS_GENITIVE

NOMINATIVE = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)
PERIOD = date(2021, 1, 1), date(2023, 12, 31)
# «До 1 марта года, следующего за отчётным» is due after the end of the period: in the year that follows it.
LONGEST_AFTER_THE_END = timedelta(days=366 + 31)

days = st.dates(date(2021, 1, 1), date(2023, 12, 31))
periods = st.builds(
    lambda begins, length: (begins, begins + timedelta(days=length)),
    st.dates(date(1995, 1, 1), date(2060, 1, 1)),
    st.integers(0, 2000),
)
months = st.sampled_from(range(1, 13))
years = st.sampled_from(["", " 2021 г.", " 2022", " 2023 года", " 2021-2022 гг."])
FREQUENCIES = [
    *("ежегодно", "каждый год", "2 раза в год", "1 раз в четверть", "ежеквартально", "ежемесячно", "еженедельно"),
    *("каждую среду", "по итогам полугодия", "раз в 2 года", "в конце каждой четверти", "до 25 числа каждого месяца"),
]
LASTING = ["постоянно", "в течение года", "весь период", "в течение учебного года", "в течение всего учебного года"]
times = st.one_of(
    st.builds(lambda month, year: f"{NOMINATIVE[month - 1]}{year}", months, years),
    st.builds(lambda a, b, year: f"{NOMINATIVE[a - 1]}-{NOMINATIVE[b - 1]}{year}", months, months, years),
    st.builds(
        lambda day, month, year: f"до {day} {MONTHS_GENITIVE[month - 1]}{year}", st.integers(1, 28), months, years
    ),
    st.builds(lambda n, year: f"{n} квартал{year}", st.integers(1, 4), years),
    days.map(lambda day: f"{day:%d.%m.%Y}"),
)
# Wordings of the grammar whose last words are no condition: a condition may end with any words.
wordings = st.one_of(
    st.sampled_from([*FREQUENCIES, *LASTING]),
    times,
    st.lists(times, min_size=2, max_size=3).map(", ".join),
    st.builds(lambda often, time: f"{often}, {time}", st.sampled_from(FREQUENCIES), times),
    st.builds(lambda time: f"{time}, ежегодно", times),
    st.builds(lambda time: f"по отчёту отдела {time}; {time}", times),
)
torn_words = st.lists(
    st.sampled_from(
        [
            *FORMS,
            "2021",
            "2021-2022",
            "15",
            "1",
            "31.02.2021",
            "01.09",
            "(",
            ")",
            ",",
            ";",
            ":",
            "-",
            "/",
            "№",
            "кв.",
            "г.",
        ]
    ),
    max_size=12,
).map(" ".join)


def answer(deadline: Deadline) -> tuple[object, ...]:
    """What of a deadline does not depend on how its words are typed."""
    return deadline.kind, deadline.windows, deadline.understood


def assert_is_consistent(deadline: Deadline, begins: date, ends: date) -> None:
    windows = deadline.windows
    assert list(windows) == sorted(set(windows), key=lambda one: (one.ends, one.begins))
    assert all(begins <= one.begins <= one.ends <= ends + LONGEST_AFTER_THE_END for one in windows)
    assert deadline.understood == (deadline.kind is not None)
    assert deadline.understood or not (windows or deadline.condition or deadline.needs_date_from)
    assert not (deadline.understood and deadline.not_understood)
    assert windows or deadline.remarks or deadline.kind in (None, Kind.BY_SCHEDULE)
    assert deadline.kind is not Kind.BY_SCHEDULE or (not windows and deadline.needs_date_from)
    assert in_words(deadline)
    assert json.loads(json.dumps(to_json(deadline)))["understood"] is deadline.understood


@given(st.text(max_size=80), periods)
@example("<p>", (date.min, date.max))
@example("ежемесячно", (date(1, 1, 1), date(1, 3, 1)))
@example("до 1 марта года, следующего за отчётным", (date(9998, 1, 1), date.max))
@settings(deadline=None)
def test_any_text_gives_an_answer_that_does_not_contradict_itself(words, period):
    assert_is_consistent(understand(words, *period), *period)


@given(torn_words, periods)
@settings(deadline=None)
def test_any_heap_of_known_words_gives_an_answer_that_does_not_contradict_itself(words, period):
    assert_is_consistent(understand(words, *period), *period)


@given(wordings, periods)
@settings(deadline=None)
def test_windows_lie_within_the_period_in_the_order_of_their_last_days(words, period):
    assert_is_consistent(understand(words, *period), *period)


@given(wordings, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_case_dashes_blanks_and_the_last_full_stop_change_nothing(words, chance):
    typed = "".join(letter.upper() if chance.random() < 0.5 else letter for letter in words)
    typed = "".join(chance.choice("-–—−‑") if letter == "-" else letter for letter in typed)
    typed = "".join(chance.choice([" ", "  ", "\n", "\u00a0", "\t "]) if letter == " " else letter for letter in typed)
    assert answer(understand(f" {typed}. ", *PERIOD)) == answer(understand(words, *PERIOD))


@given(wordings)
@settings(deadline=None)
def test_letters_that_look_alike_change_nothing(words):
    latin = words.translate(str.maketrans("аеоср", "aeocp"))
    assert answer(understand(latin, *PERIOD)) == answer(understand(words, *PERIOD))
    assert answer(understand("в течёние года", *PERIOD)) == answer(understand("в течение года", *PERIOD))


@given(wordings, st.sampled_from(["зюзюка", "отменено", "или", "кроме", "за исключением", "№ 5", "xyz", "нечётные"]))
@settings(deadline=None)
def test_a_word_that_is_not_understood_is_never_passed_over(words, nonsense):
    deadline = understand(f"{words} {nonsense}", *PERIOD)
    assert not deadline.understood
    assert nonsense.split()[-1] in " ".join(deadline.not_understood)
    assert not understand(f"{nonsense} {words}", *PERIOD).understood


@given(wordings)
@settings(deadline=None)
def test_what_was_not_understood_stands_in_the_words(words):
    deadline = understand(f"{words} зюзюка", *PERIOD)
    assert all(piece in f"{words} зюзюка" for piece in deadline.not_understood)


@given(days)
@settings(deadline=None)
def test_a_day_is_read_in_every_way_of_writing_it(day):
    month = MONTHS_GENITIVE[day.month - 1]
    ways = [
        f"{day:%d.%m.%Y}",
        f"{day:%d.%m.%y}г.",
        f"{day.day}.{day.month:02d}.{day.year} г.",
        day.isoformat(),
        f"{day.day} {month} {day.year} года",
        f"«{day:%d}» {month} {day.year} г.",
        f"{day.day}-го {month} {day.year}",
    ]
    assert understand(f"{day.year} год, {day.day} {month}", *PERIOD).windows == (Window(day, day),)
    for words in ways:
        assert answer(understand(words, *PERIOD)) == (Kind.ONCE, (Window(day, day),), True), words
        assert understand(f"до {words}", *PERIOD).windows == (Window(PERIOD[0], day),), words


@given(days, days)
@settings(deadline=None)
def test_from_day_to_day_is_one_window_and_backwards_none(one, other):
    begins, ends = sorted([one, other])
    for words in (f"{begins:%d.%m.%Y}-{ends:%d.%m.%Y}", f"с {begins:%d.%m.%Y} г. по {ends:%d.%m.%Y} г."):
        assert understand(words, *PERIOD).windows == (Window(begins, ends),)
    assert understand(f"{ends:%d.%m.%Y} - {begins:%d.%m.%Y}", *PERIOD).understood == (begins == ends)


@given(st.sets(months, min_size=1, max_size=4))
@settings(deadline=None)
def test_every_year_has_each_of_its_months(chosen):
    said = ", ".join(NOMINATIVE[month - 1] for month in chosen)
    expected = [(year, month) for year in (2021, 2022, 2023) for month in sorted(chosen)]
    for words in (f"ежегодно, {said}", f"{said} ежегодно", f"ежегодно ({said})", f"{said} 2021-2023 гг."):
        windows = understand(words, *PERIOD).windows
        assert [(one.ends.year, one.ends.month) for one in windows] == expected
        assert all(one.begins.day == 1 and (one.ends + timedelta(days=1)).day == 1 for one in windows)


@given(wordings, st.integers(2022, 2024))
@settings(deadline=None)
def test_a_longer_period_keeps_all_due_days_of_a_shorter_one(words, last):
    """Only what is cut by the end of the shorter period, or is numbered from its end, moves."""
    shorter, longer = (understand(words, date(2021, 1, 1), date(year, 12, 31)) for year in (last, last + 1))
    due = {one.ends for one in longer.windows}
    end = date(last, 12, 31)
    assert {one.ends for one in shorter.windows if one.ends != end} <= due


@given(st.lists(st.tuples(days, days).map(sorted).map(tuple), min_size=1, max_size=3, unique=True))
@settings(deadline=None)
def test_what_is_told_of_a_few_dates_is_read_as_the_same_dates(ranges):
    """The round trip: dates → words of the screen → the same dates."""
    windows = tuple(sorted((Window(*one) for one in ranges), key=lambda one: (one.ends, one.begins)))
    said = understand("; ".join(f"{one.begins:%d.%m.%Y}–{one.ends:%d.%m.%Y}" for one in windows), *PERIOD)
    assert said.windows == windows
    told = re.sub(r"; \d\s+сро\w+$", "", in_words(said).removeprefix("всё время: "))
    assume(not told.startswith("каждый год"))  # it does not say of which years
    assert understand(told, *PERIOD).windows == windows, told


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        understand("ежегодно", date(2022, 1, 1), date(2021, 12, 31))
    assert understand("ежегодно", date(2022, 1, 1), date(2022, 1, 1)).windows
