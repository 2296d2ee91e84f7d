"""Addresses keep what they carry and change only what they are asked to."""

from urllib.parse import parse_qs

from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from msoko.web.look.addresses import address_with, changed_query, kept_pairs

WORDS = st.text(alphabet="abcяж1 &=?", min_size=1, max_size=8)


def test_one_parameter_changes_and_the_rest_stay():
    request = RequestFactory().get("/results/", {"year": "2021", "sort": "mean", "page": "3"})
    assert address_with(request, {"sort": "-mean", "page": None}) == "/results/?year=2021&sort=-mean"


def test_the_bare_page_is_a_path_and_not_an_empty_link():
    request = RequestFactory().get("/results/", {"page": "3"})
    assert address_with(request, {"page": None}) == "/results/"


def test_parameters_of_a_given_address_win_over_those_of_the_page():
    request = RequestFactory().get("/results/", {"year": "2021", "score": "items"})
    address = address_with(request, {"format": "xlsx"}, "/export/?score=printed")
    assert parse_qs(address.partition("?")[2]) == {"year": ["2021"], "score": ["printed"], "format": ["xlsx"]}


def test_repeated_parameters_are_all_kept():
    assert changed_query(QueryDict("columns=a&columns=b"), {"sort": "a"}) == "?columns=a&columns=b&sort=a"


@given(st.dictionaries(WORDS, WORDS, max_size=4), WORDS, WORDS)
def test_what_is_set_is_read_back_and_what_is_removed_is_gone(before, name, value):
    query = QueryDict(mutable=True)
    query.update(before)
    changed = QueryDict(changed_query(query, {name: value}).removeprefix("?"))
    assert changed.dict() == {**before, name: value}
    removed = QueryDict(changed_query(changed, {name: None}).removeprefix("?"))
    assert name not in removed


def test_a_form_carries_along_what_it_does_not_ask_itself():
    assert kept_pairs(QueryDict("year=2021&q=лес&page=2"), {"q", "page"}) == [("year", "2021")]
