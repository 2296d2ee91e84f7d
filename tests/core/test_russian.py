"""How numbers, shares, plurals and dates are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.vocabulary.russian import (
    MINUS,
    NBSP,
    THIN,
    capitalised,
    counted,
    interval,
    join_with_and,
    long_date,
    nbsp,
    number,
    percent,
    plural,
    quote,
    rounded,
    share,
    share_in_words,
    short_date,
    signed,
    with_guillemets,
)
from msoko.core.vocabulary.shares import Share, wilson
from msoko.core.vocabulary.unknowns import Unknown

SCHOOL = ("школа", "школы", "школ")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0, 0, "0"),
        (7, 0, "7"),
        (1234, 0, f"1{THIN}234"),
        (1234567.125, 2, f"1{THIN}234{THIN}567,13"),
        (12.5, 0, "13"),
        (-12.5, 0, f"{MINUS}13"),
        (2.675, 2, "2,68"),
        (-0.04, 1, "0,0"),
        (Unknown.MISSING, 3, f"нет{NBSP}данных"),
        (Unknown.NOT_APPLICABLE, 0, "—"),
        (Unknown.SUPPRESSED, 0, "•"),
    ],
)
def test_a_number_is_written_the_russian_way(value, digits, text):
    assert number(value, digits) == text


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_written_number_reads_back(units, digits):
    value = units / 10**digits
    text = number(value, digits)
    back = float(text.replace(THIN, "").replace(",", ".").replace(MINUS, "-"))
    assert back == pytest.approx(value, abs=0.5 * 10**-digits)


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_is_rounded_as_its_decimal_notation_is(value, digits):
    exact = f"{rounded(value, digits):,f}".replace(",", THIN).replace(".", ",").replace("-", MINUS)
    assert number(value, digits) in (exact, exact.removeprefix(MINUS))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="not a number"):
        number(value)


def test_the_four_states_never_look_alike():
    shown = {number(0), *(number(state) for state in Unknown)}
    assert len(shown) == 4
    assert len({state.meaning for state in Unknown}) == 3


def test_a_change_has_its_sign_only_where_it_shows():
    assert [signed(3.2), signed(-3.2), signed(0.2), signed(Unknown.MISSING)] == [
        "+3",
        f"{MINUS}3",
        "0",
        f"нет{NBSP}данных",
    ]


def test_a_share_has_its_count_and_its_interval():
    assert share_in_words(Share(19, 56)) == f"34{NBSP}% (19{NBSP}из{NBSP}56; 23–47{NBSP}%)"
    assert share(19, 56, 23, 47) == share_in_words(Share(19, 56))
    assert percent(34.1) == f"34{NBSP}%"
    assert percent(34.15, 1) == f"34,2{NBSP}%"


def test_a_share_of_nobody_is_not_zero():
    assert share_in_words(Share(0, 0)) == "—"
    assert share(0, 0, 0, 0) == "—"
    assert share_in_words(Share(0, 5)).startswith("0")
    assert share_in_words(Unknown.SUPPRESSED) == "•"


def test_an_interval_over_zero_is_said_in_words():
    assert interval(-3, 5) == f"от{NBSP}{MINUS}3 до{NBSP}5{NBSP}%"


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    # Closed form worked out by hand to four decimals; 0 of 10 and 10 of 10 mirror each other.
    [(0, 10, 0, 27.7533), (10, 10, 72.2467, 100), (5, 10, 23.6593, 76.3407), (1, 1, 20.6549, 100)],
)
def test_the_interval_is_wilsons(k, n, low, high):
    assert wilson(k, n) == pytest.approx((low, high), abs=1e-3)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_mirrors(kn):
    k, n = kn
    low, high = wilson(k, n)
    assert 0 <= low <= 100 * k / n <= high <= 100
    mirrored = wilson(n - k, n)
    assert (100 - mirrored[1], 100 - mirrored[0]) == pytest.approx((low, high))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_more_participants_never_widen_the_interval(kn):
    k, n = kn
    narrow, wide = wilson(4 * k, 4 * n), wilson(k, n)
    assert narrow[1] - narrow[0] <= wide[1] - wide[0]


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3), (0, 0)])
def test_an_impossible_share_is_refused(k, n):
    with pytest.raises(ValueError, match="share"):
        wilson(k, n)


@pytest.mark.parametrize(
    ("n", "form"),
    [
        (0, "школ"),
        (1, "школа"),
        (2, "школы"),
        (5, "школ"),
        (11, "школ"),
        (12, "школ"),
        (21, "школа"),
        (111, "школ"),
        (122, "школы"),
        (1.5, "школы"),
    ],
)
def test_the_noun_agrees_with_the_number(n, form):
    assert plural(n, *SCHOOL) == form


@given(st.integers(0, 10**9))
def test_the_noun_looks_at_the_last_two_digits_only(n):
    assert plural(n, *SCHOOL) == plural(n % 100, *SCHOOL) == plural(-n, *SCHOOL)


def test_a_count_is_glued_to_its_noun():
    assert counted(1018, *SCHOOL) == f"1{THIN}018{NBSP}школ"
    assert counted(2.5, "балл", "балла", "баллов", 1) == f"2,5{NBSP}балла"


def test_dates_in_words_and_in_digits():
    day = date(2026, 3, 5)
    assert long_date(day) == f"5{NBSP}марта 2026{NBSP}г."
    assert short_date(day) == "05.03.2026"


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["а"], "а"), (["а", "б"], "а и б"), (["а", "б", "в"], "а, б и в")],
)
def test_a_list_ends_with_and(words, text):
    assert join_with_and(words) == text


def test_quotation_marks_are_russian_and_nest():
    assert with_guillemets('МКОУ "Школа" (филиал "Луч")') == "МКОУ «Школа» (филиал «Луч»)"
    assert quote('МКОУ "Школа"') == "«МКОУ „Школа“»"
    assert with_guillemets("“Луч”") == "«Луч»"


@given(st.text(alphabet='аб "«»№', max_size=30))
def test_no_straight_quotation_mark_is_left(text):
    assert '"' not in with_guillemets(text)
    assert quote(text).count("«") == quote(text).count("»") == 1


def test_what_belongs_together_is_glued():
    glued = nbsp("В школе №5 и в лицее — 34 % из 5 классов, не было бы")
    assert glued == (
        f"В{NBSP}школе №{NBSP}5 и{NBSP}в{NBSP}лицее{NBSP}— 34{NBSP}% из{NBSP}5{NBSP}классов, не{NBSP}было{NBSP}бы"
    )


@given(st.text(alphabet="аивксош №5%—- \u00a0", max_size=60))
def test_gluing_changes_only_spaces_and_is_done_once(text):
    glued = nbsp(text)
    assert glued.replace(NBSP, "").replace(" ", "") == text.replace(NBSP, "").replace(" ", "")
    assert nbsp(glued) == glued


def test_a_sentence_begins_large_and_keeps_its_abbreviations():
    assert capitalised("вПР") == "ВПР"
    assert capitalised("") == ""
