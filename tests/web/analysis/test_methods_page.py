"""«Методики»: where every rule comes from, which values are in force, and how a territory sets its own."""

import pytest
from django.test import Client
from django.urls import reverse

from msoko.core.definitions.validation import shipped
from msoko.core.vocabulary.russian import number
from msoko.web.analysis.models import MethodSetting
from msoko.web.analysis.parameter_words import in_words, procedure_in_words
from msoko.web.analysis.services import set_parameters
from msoko.web.definitions import definitions
from tests.web.analysis.lists import Region, client_of, region_of, words
from tests.web.analysis.schools import DISTRICT, school

pytestmark = pytest.mark.django_db
SHARE = "low_results.share_30"
LOGIN = "sch990001"


@pytest.fixture
def region(db: None) -> Region:
    return region_of({LOGIN: "Школа № 1"})


@pytest.fixture
def department(region: Region) -> Client:
    return client_of("department", region.home)


def page(client: Client, query: str = "") -> str:
    return words(client.get(f"{reverse('analysis:method', args=[SHARE])}{query}"))


def set_by_form(client: Client, **said: str) -> str:
    answer = client.post(reverse("analysis:set_parameters", args=[SHARE]), said, follow=True)
    assert answer.status_code == 200
    return words(answer)


def own_values() -> list[dict[str, object]]:
    return [one.values for one in MethodSetting.objects.filter(withdrawn_at=None)]


def test_every_method_is_listed_with_its_source_and_scope(department):
    said = words(department.get(reverse("analysis:methods")))
    for method in definitions().methods.values():
        assert reverse("analysis:method", args=[method.name]) in said
        assert " ".join(method.source.edition.split()) in said
    assert "региональная" in said
    assert "Низкие результаты" in said


def test_no_family_of_methods_is_shown_by_its_folder(department):
    families = [title for title, _ in department.get(reverse("analysis:methods")).context["families"]]
    assert [title for title in families if title.isascii()] == []


@pytest.mark.parametrize("role", ["school", "methodist", "curator", "region"])
def test_everybody_who_sees_findings_reads_the_rules_but_does_not_set_them(region, role):
    place = {"school": school(LOGIN), "region": region.region}.get(role, region.home)
    reader = client_of(role, place)
    assert "30 %" in page(reader)
    assert "Задать значения" not in page(reader)
    for name in ("set_parameters", "withdraw_parameters"):
        assert reader.post(reverse(f"analysis:{name}", args=[SHARE]), {"min_n": "5"}).status_code == 403
    assert own_values() == []


def test_a_department_sets_values_of_its_own_with_their_grounds(department):
    said = set_by_form(department, threshold="40", min_n="5", repeated="нет", why="Приказ № 12 от 01.09.2026")
    assert own_values() == [{"threshold": 40, "min_n": 5, "repeated": False}]
    assert "Значения заданы" in said
    assert "своё значение" in said
    assert "Приказ № 12 от 01.09.2026" in said
    assert DISTRICT in said


def test_own_values_are_marked_in_the_list_of_methods(region, department):
    set_parameters(definitions().methods[SHARE], region.home, {"min_n": 5}, "Приказ № 12", None)
    said = words(department.get(reverse("analysis:methods")))
    assert 'Наименьшее число участников — 5 <span class="faint">вместо 10: Приречный район' in said
    assert "Приказ № 12" in said


def test_values_from_above_hold_below_until_a_municipality_sets_its_own(region, department):
    method = definitions().methods[SHARE]
    set_parameters(method, region.region, {"min_n": 7, "threshold": 35}, "Письмо министерства", None)
    assert "Письмо министерства" in page(department)
    set_by_form(department, min_n="5", why="Приказ № 12")
    values = {one.parameter.key: one.value for one in department.get(_address()).context["page"].told.parameters}
    assert (values["min_n"], values["threshold"]) == (5, 35)


def _address() -> str:
    return reverse("analysis:method", args=[SHARE])


@pytest.mark.parametrize(
    ("field", "said", "reason"),
    [
        ("threshold", "140", "Нужно число от 1 до 100"),
        ("min_n", "0", "Нужно число от 1"),
        ("min_n", "много", "Нужно: целое число"),
        ("robust", "2", "Нужно число от 0 до 1"),
        ("procedures", "//", "не называет процедуры"),
    ],
)
def test_a_value_that_cannot_be_is_told_beside_its_field(department, field, said, reason):
    answer = department.post(reverse("analysis:set_parameters", args=[SHARE]), {field: said, "why": "Приказ"})
    assert reason in str(answer.context["form"].errors[field])
    assert own_values() == []


def test_grounds_are_required_and_so_is_a_value(department):
    answer = department.post(reverse("analysis:set_parameters", args=[SHARE]), {"min_n": "5"})
    assert "why" in answer.context["form"].errors
    answer = department.post(reverse("analysis:set_parameters", args=[SHARE]), {"why": "Приказ"})
    assert "Ни одного значения не задано" in words(answer)
    assert own_values() == []


def test_setting_anew_replaces_what_was_set_and_withdrawing_brings_the_rule_back(department):
    set_by_form(department, min_n="5", why="Приказ № 1")
    assert 'value="5"' in page(department)
    set_by_form(department, threshold="40", why="Приказ № 2")
    assert own_values() == [{"threshold": 40}]
    answer = department.post(reverse("analysis:withdraw_parameters", args=[SHARE]), follow=True)
    assert "Свои значения убраны" in words(answer)
    assert own_values() == []
    assert "своё значение" not in page(department)


def test_another_territory_is_out_of_reach(region, department):
    address = f"{reverse('analysis:set_parameters', args=[SHARE])}?territory={region.other.pk}"
    assert department.post(address, {"min_n": "5", "why": "Приказ"}).status_code == 404


def test_a_method_that_does_not_exist_is_not_found(department):
    assert department.get(reverse("analysis:method", args=["no.such"])).status_code == 404


def test_weights_are_typed_line_by_line(region, department):
    method = definitions().methods["context.index"]
    (weights,) = [one for one in method.parameters if one.kind == "weights"]
    address = reverse("analysis:set_parameters", args=[method.name])
    typed = "\n".join(f"{name}: 0,5" for name in weights.default)
    department.post(address, {weights.key: typed, "why": "Приказ"})
    assert own_values() == [{weights.key: dict.fromkeys(weights.default, 0.5)}]
    wrong = department.post(address, {weights.key: "доход: много", "why": "Приказ"})
    assert weights.key in wrong.context["form"].errors


def test_values_of_parameters_read_as_a_person_says_them():
    words_of = {
        one.key: in_words(one, one.default).replace("\u00a0", " ") for one in definitions().methods[SHARE].parameters
    }
    assert words_of["threshold"] == "30 %"
    assert words_of["repeated"] == "да"
    assert words_of["robust"] == "0,9"
    assert words_of["procedures"] == "ВПР, 5 класс; ВПР, 6 класс; ОГЭ; ЕГЭ"
    assert words_of["score"] == "сумма баллов за задания"


@pytest.mark.parametrize(
    ("word", "said"),
    [("any", "все процедуры"), ("vpr/4-8/mathematics", "ВПР, 4–8 классы, математика"), ("РУ4", "РУ4")],
)
def test_procedures_read_as_a_person_says_them(word, said):
    assert procedure_in_words(word).replace("\u00a0", " ") == said


def test_every_parameter_of_every_method_can_be_shown_and_typed_again(department):
    """What the form offers as a value is a value that it takes."""
    for method in definitions().methods.values():
        answer = department.get(reverse("analysis:method", args=[method.name]))
        assert answer.status_code == 200, method.name
        typed = {
            name: field.widget.attrs.get("placeholder") or field.choices[1][0]
            for name, field in answer.context["form"].fields.items()
            if name != "why"
        }
        answer = department.post(reverse("analysis:set_parameters", args=[method.name]), {**typed, "why": "Как было"})
        assert answer.status_code == 302, (method.name, answer.context and answer.context["form"].errors)


def test_a_signal_shows_what_its_trials_have_measured(department):
    said = words(department.get(reverse("analysis:method", args=["objectivity.bunching"])))
    assert "Что показала проверка" in said
    known = shipped().of("objectivity.bunching", "lifted_two", "real")
    assert known is not None
    assert known.auc is not None
    assert f"{number(known.auc.value, 2)} (" in said


def test_a_method_that_was_not_tried_says_nothing_of_trials(department):
    assert "Что показала проверка" not in page(department)


def test_a_value_that_somebody_set_and_that_cannot_be_does_not_break_the_pages(settings, tmp_path):
    path = tmp_path / "definitions" / "method_settings" / "low_results" / "share_30.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("set: {min_n: -5}\nwhy: Опечатка.\nsource: Тест.\n", encoding="utf-8")
    settings.DEFINITIONS_FOLDER = tmp_path / "definitions"
    region = region_of({"sch990001": "Слабая школа"})
    client = client_of("department", region.home)
    addresses = (reverse("analysis:methods"), reverse("analysis:support"), "/methods/low_results.share_30/")
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]


def test_a_file_that_cannot_be_read_breaks_no_page_and_is_named_to_those_who_can_mend_it(settings, tmp_path):
    path = tmp_path / "definitions" / "methods" / "low_results" / "share_30.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("title: [", encoding="utf-8")
    settings.DEFINITIONS_FOLDER = tmp_path / "definitions"
    region = region_of({"sch990001": "Слабая школа"})
    client = client_of("department", region.home)
    said = {name: client.get(reverse(name)).content.decode() for name in ("analysis:methods", "cycles:overview")}
    for page_said in said.values():
        assert "definitions/methods/low_results/share_30.yaml: не читается как YAML" in page_said
        assert str(tmp_path) not in page_said
    assert "Низкие результаты — доля не справившихся" in said["analysis:methods"]
    assert client.get(reverse("analysis:support")).status_code == 200
