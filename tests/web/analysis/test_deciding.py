"""A finding's own page, and what people decide about findings."""

import pytest
from django.test import Client
from django.urls import reverse

from msoko.web.analysis.models import Finding
from msoko.web.analysis.services import confirm, reopen, set_parameters
from msoko.web.collection.models import Batch
from msoko.web.collection.services import withdraw
from msoko.web.definitions import definitions
from msoko.web.people.models import AuditEntry, User
from tests.web.analysis.lists import YEAR, Region, client_of, finding_of, region_of, sit, words
from tests.web.analysis.schools import calculated, school

pytestmark = pytest.mark.django_db

WEAK, WEAKER, FOREIGN = "sch990001", "sch990002", "sch990009"
SAT = {WEAK: (40, 30), WEAKER: (40, 35), FOREIGN: (40, 28)}


@pytest.fixture
def region() -> Region:
    made = region_of({WEAK: "Слабая школа", WEAKER: "Слабейшая школа"}, {FOREIGN: "Чужая школа"})
    sit(SAT)
    return made


@pytest.fixture
def department(region: Region) -> Client:
    return client_of("department", region.home)


def address(finding: Finding) -> str:
    return reverse("analysis:finding", args=[finding.pk])


def decide(client: Client, finding: Finding, deed: str, **said: str) -> str:
    """By the button of the finding's page; the words of the page that comes back."""
    value = f"{finding.pk}-{finding.state}"
    query = f"?territory={finding.organisation_id}"
    answer = client.post(
        f"{reverse('analysis:decide')}{query}", {deed: value, "back": address(finding), **said}, follow=True
    )
    assert answer.status_code == 200
    return words(answer)


def tick(client: Client, findings: list[Finding], deed: str, **said: str) -> str:
    """By the button over the list, for those that are ticked."""
    chosen = [f"{one.pk}-{one.state}" for one in findings]
    answer = client.post(reverse("analysis:decide"), {deed: "ticked", "finding": chosen, **said}, follow=True)
    return words(answer)


# ---- what the page says


def test_the_page_tells_the_sentence_the_rule_the_version_and_the_source(department):
    finding, method = finding_of(WEAK), definitions().methods["low_results.posterior"]
    said = words(department.get(address(finding)))
    assert " ".join(finding.sentence.replace("\u00a0", " ").replace("\u202f", " ").split()) in said
    for part in (method.title, method.source.document, finding.version, *method.to_check):
        assert " ".join(part.replace("\u00a0", " ").split()) in said
    assert "О чём вывод не говорит" in said
    assert "повод проверить, а не нарушение" in said


def test_the_numbers_are_told_in_russian(department):
    page = department.get(address(finding_of(WEAK))).context["page"]
    told = [word for word, _ in page.facts] + [word for one in page.listings for word in one.columns]
    assert told
    assert [word for word in told if word.isascii()] == []
    plain = [(word.replace("\u00a0", " "), value.replace("\u00a0", " ")) for word, value in page.facts]
    assert ("Не справились", "75 % (60 из 80; 65–83 %)") in plain


def test_every_value_it_follows_from_is_a_link_to_its_procedure_and_protocols(department):
    page = department.get(address(finding_of(WEAK))).context["page"]
    own = [one for one in page.sources if one.whose == "Слабая школа"]
    protocols = {words(department.get(one.href)).count("ВПР 2022.xlsx") for one in own}
    assert (len(own), protocols) == (2, {1})


def test_a_finding_whose_protocol_is_withdrawn_says_that_it_is_being_calculated_anew(department):
    finding = finding_of(WEAK)
    assert "считаются заново" not in words(department.get(address(finding)))
    withdraw(Batch.objects.filter(procedure=finding.inputs[0][0]).get(), None, "ошибка в файле")
    assert "считаются заново" in words(department.get(address(finding)))
    calculated()
    assert "Это прежний вывод" in words(department.get(address(finding)))


def test_a_school_sees_its_own_findings_without_buttons_and_no_other_school_s(region):
    director = client_of("school", school(WEAK))
    said = words(director.get(address(finding_of(WEAK))))
    assert "Слабая школа" in said
    assert "Подтвердить" not in said
    assert "Слабейшая школа" not in said
    assert director.get(address(finding_of(WEAKER))).status_code == 404


def test_a_finding_out_of_sight_is_not_found(department):
    assert department.get(address(finding_of(FOREIGN))).status_code == 404
    assert department.get(reverse("analysis:finding", args=[999999])).status_code == 404


@pytest.mark.parametrize("role", ["methodist", "curator", "region"])
def test_readers_see_the_finding_and_decide_nothing(region, role):
    reader = client_of(role, region.region if role == "region" else region.home)
    finding = finding_of(WEAK)
    assert "Подтвердить" not in words(reader.get(address(finding)))
    answer = reader.post(f"{reverse('analysis:decide')}?territory={school(WEAK).pk}", {"confirm": f"{finding.pk}-new"})
    assert answer.status_code == 403
    assert finding_of(WEAK).state == Finding.State.NEW


# ---- decisions


def test_confirming_is_kept_with_who_and_when(department):
    said = decide(department, finding_of(WEAK), "confirm")
    finding = finding_of(WEAK)
    assert (finding.state, str(finding.decided_by)) == (Finding.State.CONFIRMED, "Человек department")
    assert "подтверждён" in said
    assert "Подтверждён 1 вывод." in said
    assert AuditEntry.objects.filter(action="finding_confirmed").count() == 1


def test_dismissing_asks_for_a_reason(department):
    assert "Назовите причину" in decide(department, finding_of(WEAK), "dismiss")
    assert finding_of(WEAK).state == Finding.State.NEW
    said = decide(department, finding_of(WEAK), "dismiss", reason="Класс закрыт.")
    assert (finding_of(WEAK).state, finding_of(WEAK).reason) == (Finding.State.DISMISSED, "Класс закрыт.")
    assert "Класс закрыт." in said


def test_a_decision_is_taken_back_and_stays_in_the_history(department):
    decide(department, finding_of(WEAK), "dismiss", reason="Класс закрыт.")
    said = decide(department, finding_of(WEAK), "reopen", reason="Ошиблись школой.")
    assert finding_of(WEAK).state == Finding.State.NEW
    for words_of_history in ("Снят", "Класс закрыт.", "Возвращён в новые", "Ошиблись школой."):
        assert words_of_history in said


def test_many_are_confirmed_at_once(department):
    said = tick(department, [finding_of(WEAK), finding_of(WEAKER)], "confirm")
    assert "Подтверждены 2 вывода." in said
    assert {finding_of(one).state for one in (WEAK, WEAKER)} == {Finding.State.CONFIRMED}


def test_many_are_dismissed_with_one_reason(department):
    tick(department, [finding_of(WEAK), finding_of(WEAKER)], "dismiss", reason="Данные исправляются.")
    assert {finding_of(one).reason for one in (WEAK, WEAKER)} == {"Данные исправляются."}


def test_without_a_tick_nothing_is_decided_and_that_is_said(department):
    assert "Ничего не отмечено" in tick(department, [], "confirm")


def test_one_that_cannot_be_decided_does_not_keep_the_others_back(department):
    seen = [finding_of(WEAK), finding_of(WEAKER)]
    confirm(finding_of(WEAK), User.objects.get(email="department@people.example"))
    said = tick(department, seen, "dismiss", reason="Ошибка.")
    assert finding_of(WEAK).state == Finding.State.CONFIRMED
    assert finding_of(WEAKER).state == Finding.State.DISMISSED
    assert "решил кто-то ещё" in said
    assert "Снят 1 вывод." in said
    assert "Слабая школа" in said
    assert "Слабейшая школа" not in said


def test_a_decision_seen_otherwise_is_not_overruled(department):
    seen = finding_of(WEAK)
    decide(department, finding_of(WEAK), "dismiss", reason="Класс закрыт.")
    assert "решил кто-то ещё" in decide(department, seen, "confirm")
    assert finding_of(WEAK).state == Finding.State.DISMISSED


def test_a_foreign_finding_is_not_found_and_nothing_is_decided(department):
    foreign = finding_of(FOREIGN)
    answer = department.post(
        reverse("analysis:decide"),
        {"confirm": "ticked", "finding": [f"{finding_of(WEAK).pk}-new", f"{foreign.pk}-new"]},
    )
    assert answer.status_code == 404
    assert finding_of(WEAK).state == finding_of(FOREIGN).state == Finding.State.NEW


@pytest.mark.parametrize("value", ["", "x", "-new", "99999999999999999999-new"])
def test_a_senseless_finding_is_not_found(department, value):
    assert department.post(reverse("analysis:decide"), {"confirm": value}).status_code == 404


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_a_decision_leads_back_only_into_the_system(department, back):
    answer = department.post(reverse("analysis:decide"), {"confirm": f"{finding_of(WEAK).pk}-new", "back": back})
    assert answer.headers["Location"] == reverse("analysis:support")


def test_beside_the_list_a_decision_leads_back_to_the_list(department):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/support/?year={YEAR}"}
    said = department.get(address(finding_of(WEAK)), headers=headers).content.decode()
    assert f'name="back" value="/support/?year={YEAR}"' in said


# ---- what has come before


def test_the_history_tells_what_was_said_before_with_the_decision_about_it(region, department):
    before = finding_of(WEAK)
    decide(department, before, "confirm", reason="Так и есть.")
    method = definitions().methods["low_results.posterior"]
    set_parameters(method, region.home, {"threshold": 40}, "приказ № 1", None)
    calculated()
    now = finding_of(WEAK)
    assert now.predecessor == before
    said = words(department.get(address(now)))
    assert address(before) in said
    assert "решение перенесено" in said
    old = words(department.get(address(before)))
    assert "Это прежний вывод" in old
    assert address(now) in old
    assert "Вернуть" not in old


def test_a_finding_that_is_no_longer_made_says_so(region, department):
    finding = finding_of(WEAK)
    set_parameters(definitions().methods["low_results.posterior"], region.home, {"threshold": 90}, "приказ", None)
    calculated()
    assert "по нынешним данным методика его не делает" in words(department.get(address(finding)))


# ---- two specialists at once


def test_of_two_who_decide_at_once_the_second_sees_both_decisions_and_loses_no_word(region, department):
    seen = finding_of(WEAK)
    confirm(finding_of(WEAK), User.objects.get(email="department@people.example"), "Совет решил.")
    said = decide(department, seen, "dismiss", reason="В классе был карантин.")
    for words_of_it in ("Вы хотели", "снять", "В классе был карантин.", "подтверждён", "Совет решил."):
        assert words_of_it in said
    assert finding_of(WEAK).state == Finding.State.CONFIRMED
    decide(department, finding_of(WEAK), "dismiss", reason="В классе был карантин.")
    assert finding_of(WEAK).reason == "В классе был карантин."


def test_two_who_decide_alike_need_not_be_asked(region, department):
    seen = finding_of(WEAK)
    confirm(finding_of(WEAK), User.objects.get(email="department@people.example"), "Совет решил.")
    assert "Так уже решено: 1 вывод." in decide(department, seen, "confirm")
    assert finding_of(WEAK).reason == "Совет решил."


def test_a_decision_made_anew_with_another_reason_is_not_taken_back_unseen(region, department):
    who = User.objects.get(email="department@people.example")
    seen = confirm(finding_of(WEAK), who, "Совет решил.")
    page = words(department.get(address(seen)))
    assert "Совет решил." in page
    reopen(finding_of(WEAK), who)
    confirm(finding_of(WEAK), who, "Приказ № 7.")
    shown = {"reopen": f"{seen.pk}-{seen.version_shown}", "back": address(seen)}
    said = words(department.post(reverse("analysis:decide"), shown, follow=True))
    assert "Приказ № 7." in said
    assert finding_of(WEAK).state == Finding.State.CONFIRMED
