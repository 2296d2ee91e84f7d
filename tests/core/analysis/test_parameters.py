"""Values of parameters: layers over the defaults, what is typed, and what is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msoko.core.analysis.parameters import BadParameter, read, with_values
from msoko.core.definitions.kinds import Parameter
from tests.core.analysis.panels import method

RULE = method("low_results.share_30")


def parameter(kind, default=None, **more):
    return Parameter("key", "Название", kind, default, "что это", **more)


def test_later_layers_lie_over_earlier_ones_and_the_rest_stays():
    values = with_values(RULE, {"min_n": 5, "threshold": 25}, {"min_n": "7"})
    assert (values["min_n"], values["threshold"]) == (7, 25)
    untouched = {key: value for key, value in values.items() if key not in ("min_n", "threshold")}
    assert untouched == {key: RULE.defaults[key] for key in untouched}


def test_the_defaults_are_never_changed():
    before = dict(RULE.defaults)
    with_values(RULE, {"min_n": 1, "procedures": "any"})
    assert RULE.defaults == before


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [
        ("percent", "30", 30),
        ("percent", "33,3", 33.3),
        ("percent", "33.3", 33.3),
        ("probability", "0,9", 0.9),
        ("count", " 10 ", 10),
        ("count", "10.0", 10),
        ("number", "-2,5", -2.5),
        ("flag", "да", True),
        ("flag", "Нет", False),
        ("flag", "0", False),
        ("procedures", "vpr/5, oge", ["vpr/5", "oge"]),
        ("texts", "а,, б ", ["а", "б"]),
        ("weights", '{"a": 2, "b": -0.5}', {"a": 2, "b": -0.5}),
    ],
)
def test_what_is_typed_is_of_the_kind(kind, said, meant):
    value = read(parameter(kind), said)
    assert value == meant
    assert type(value) is type(meant)


@pytest.mark.parametrize(
    ("kind", "said", "why"),
    [
        ("percent", "101", "от 0 до 100"),
        ("percent", "nan", "от 0 до 100"),
        ("probability", "1,5", "от 0 до 1"),
        ("count", "10,5", "целое число"),
        ("count", "-1", "от 0"),
        ("count", True, "целое число"),
        ("number", "много", "число"),
        ("flag", "иногда", "да или нет"),
        ("weights", "много", "имя: число"),
        ("weights", '{"a": "два"}', "должно стоять число"),
        ("procedures", "/", "не называет процедуры"),
        ("procedures", "", "хотя бы одна"),
        ("subjects", "", "хотя бы один предмет"),
        ("weights", '{"a": 1e300}', "должно стоять число"),
    ],
)
def test_what_cannot_be_is_refused_with_the_title_and_the_reason(kind, said, why):
    with pytest.raises(BadParameter, match=why) as refused:
        read(parameter(kind), said)
    assert "Название" in str(refused.value)


def test_bounds_and_choices_of_the_parameter_itself_hold():
    with pytest.raises(BadParameter, match="от 1 до 5"):
        read(parameter("count", lowest=1, highest=5), "6")
    with pytest.raises(BadParameter, match="items, printed"):
        read(parameter("choice", choices=("items", "printed")), "both")
    assert read(parameter("choice", choices=("items", "printed")), "printed") == "printed"


def test_a_parameter_that_the_method_does_not_have_is_told_with_those_it_has():
    with pytest.raises(BadParameter, match=r"нет параметра «foo».*min_n"):
        with_values(RULE, {"foo": 1})


def test_a_subject_that_nobody_has_heard_of_is_refused_where_subjects_are_known():
    known = ("mathematics", "математика", "МА")
    assert with_values(RULE, {"procedures": "vpr/МА"}, subjects=known)["procedures"] == ["vpr/МА"]
    with pytest.raises(BadParameter, match="астрология"):
        with_values(RULE, {"procedures": "vpr/астрология"}, subjects=known)
    with pytest.raises(BadParameter, match="астрология"):
        with_values(method("groups.at_risk"), {"subjects": "МА, астрология"}, subjects=known)


@given(value=st.integers(1, 100))
def test_a_number_typed_is_the_number_meant(value):
    assert with_values(RULE, {"threshold": str(value)}) == with_values(RULE, {"threshold": value})
