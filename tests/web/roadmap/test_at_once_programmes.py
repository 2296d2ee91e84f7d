"""Programmes, documents and findings when two people act at the same moment: one wins, the other is told."""

from datetime import date
from functools import partial

import pytest

from msoko.web.analysis.models import Finding
from msoko.web.analysis.services import confirm, dismiss
from msoko.web.people.models import Role
from msoko.web.roadmap.edited_texts import activity_of, title_of
from msoko.web.roadmap.models import Activity, Assignment, Programme, Report, RoadmapImport
from msoko.web.roadmap.services import programmes
from msoko.web.roadmap.services.contents import Wording, edit_activity
from msoko.web.roadmap.services.drafts import FROZEN
from msoko.web.roadmap.services.editions import HAS_DRAFT, approve, close, new_edition
from msoko.web.roadmap.services.executing import report
from msoko.web.roadmap.services.importing import claim_received
from msoko.web.roadmap.services.importing_live import make_live
from msoko.web.roadmap.services.seen import MEANWHILE, fingerprint_of
from tests.web.collection.conftest import home
from tests.web.roadmap import at_once as together
from tests.web.roadmap import signed
from tests.web.roadmap.at_once import at_once, refused
from tests.web.roadmap.living import found
from tests.web.roadmap.making import SEPTEMBER, TODAY, activity, assigned, person, place, programme, section

__all__ = ["home"]
pytestmark = together.marks
ORDER = "Приказ от 12.09.2026 № 41"
DRAFT = Programme.State.DRAFT


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def test_of_two_approvals_of_one_edition_one_is_told_that_it_is_approved() -> None:
    where = place()
    draft = programme(where.municipality, state=DRAFT)
    activity(draft)
    answers = at_once(*[partial(approve, draft, None, TODAY, ORDER, TODAY)] * 3)
    assert refused(answers) == [plain(FROZEN[Programme.State.APPROVED])] * 2
    assert Assignment.objects.count() == 3


def test_two_who_begin_to_change_a_programme_make_one_draft() -> None:
    where = place()
    plan = programme(where.municipality)
    activity(plan)
    answers = at_once(*[partial(new_edition, plan, None, "Новый приказ")] * 3)
    assert refused(answers) == [plain(HAS_DRAFT)] * 2
    assert Programme.objects.filter(state=DRAFT).count() == 1


def test_a_programme_is_not_closed_and_changed_at_once() -> None:
    where = place()
    plan = programme(where.municipality)
    activity(plan)
    who = person(Role.DEPARTMENT, where.municipality)
    answers = at_once(partial(close, plan, who, "Срок вышел."), partial(new_edition, plan, who, "Новый приказ"))
    assert len(refused(answers)) == 1
    plan.refresh_from_db()
    assert plan.is_live == Programme.objects.filter(previous=plan).exists()


def test_a_report_handed_in_while_a_new_edition_comes_into_force_is_neither_lost_nor_doubled() -> None:
    where = place()
    plan = programme(where.municipality)
    activity(plan)
    assigned(plan)
    draft = new_edition(plan, None, "Новый приказ")
    Activity.objects.filter(roadmap__programme=draft).update(result="Иначе")
    one = Assignment.objects.get(organisation=where.schools[0])
    director = person(Role.SCHOOL, where.schools[0])
    answers = at_once(
        partial(report, one, director, done="Провели."), partial(approve, draft, None, TODAY, ORDER, TODAY)
    )
    assert refused(answers) == []
    assert Report.objects.count() == 1
    rows = Assignment.objects.filter(organisation=where.schools[0])
    assert [(row.pk, row.state) for row in rows] == [(one.pk, "reported")]
    assert rows.get().occurrence.activity.roadmap.programme == draft


def test_a_report_about_what_is_excluded_holds_up_the_edition_or_comes_too_late() -> None:
    where = place()
    plan = programme(where.municipality)
    activity(plan)
    activity(plan, "Провести семинар", windows=[SEPTEMBER])
    assigned(plan)
    draft = new_edition(plan, None, "Новый приказ")
    Activity.objects.filter(roadmap__programme=draft, title="Провести семинар").delete()
    one = Assignment.objects.get(organisation=where.schools[0], occurrence__activity__title="Провести семинар")
    director = person(Role.SCHOOL, where.schools[0])
    at_once(partial(report, one, director, done="Провели."), partial(approve, draft, None, TODAY, ORDER, TODAY))
    one.refresh_from_db()
    draft.refresh_from_db()
    assert (one.state, draft.state, Report.objects.count()) in (("reported", "draft", 1), ("cancelled", "approved", 0))


def test_of_two_who_make_one_document_live_one_makes_a_programme(home: object) -> None:
    document = signed.reviewed(place().municipality)
    RoadmapImport.objects.update(begins=date(2025, 9, 1), ends=date(2027, 8, 31))
    answers = at_once(*[partial(make_live, document, None, takes_unchecked=True)] * 3)
    assert len(refused(answers)) == 2
    assert all("уже стал программой" in one for one in refused(answers))
    assert Programme.objects.count() == 1


def test_of_two_workers_one_reads_a_document(home: object) -> None:
    signed.received(place().municipality)
    claimed = at_once(claim_received, claim_received, claim_received)
    assert sum(one is not None for one in claimed) == 1


def test_of_two_who_save_one_text_at_once_the_second_is_asked() -> None:
    draft = programme(place().municipality, state=DRAFT)
    seen = fingerprint_of(title_of(draft))
    said = {"begins": draft.begins, "ends": draft.ends, "seen": seen}
    answers = at_once(*(partial(programmes.describe, draft, None, title=title, **said) for title in ("Раз", "Два")))
    assert refused(answers) == [plain(MEANWHILE)]


def test_of_two_who_save_one_activity_at_once_the_second_is_asked() -> None:
    draft = programme(place().municipality, state=DRAFT)
    one = activity(draft, within=section(draft))
    seen = fingerprint_of(activity_of(one))
    answers = at_once(
        *(partial(edit_activity, Activity.objects.get(pk=one.pk), None, Wording(title), None, seen) for title in "АБ")
    )
    assert refused(answers) == [plain(MEANWHILE)]


@pytest.mark.parametrize("orders", [(confirm, dismiss), (confirm, confirm), (dismiss, dismiss)])
def test_of_two_decisions_about_a_finding_at_once_one_counts(orders: tuple) -> None:
    finding = found(place().schools[0], "new")
    answers = at_once(*(partial(order, Finding.objects.get(pk=finding.pk), None, "Причина") for order in orders))
    assert len(refused(answers)) == 1
    assert "вывод изменился" in refused(answers)[0]
