"""Orders that edit a draft, and that none of them touches an edition in force."""

from collections.abc import Callable
from datetime import date

import pytest

from msoko.web.people.models import AuditEntry
from msoko.web.roadmap.models import Activity, Level, Programme, Roadmap, Section, SwotEntry
from msoko.web.roadmap.services import contents, descending, editions, programmes
from msoko.web.roadmap.services.contents import Wording
from msoko.web.roadmap.services.drafts import CannotChange
from tests.web.roadmap import making
from tests.web.roadmap.making import Place, activity, place, programme, section

pytestmark = pytest.mark.django_db
DRAFT = Programme.State.DRAFT


@pytest.fixture
def here() -> Place:
    return place()


@pytest.fixture
def draft(here: Place) -> Programme:
    """One roadmap of two sections, two activities in the first, one in the second; a line of SWOT."""
    made = programme(here.municipality, state=DRAFT)
    for title, where in (("Семинар", "Учителя"), ("Выезд", "Учителя"), ("Работа", "Дети")):
        activity(made, title, within=section(made, where), order=made.roadmaps.get().activities.count())
    SwotEntry.objects.create(programme=made, list="strengths", text="Кураторы знают школы")
    return made


def titles(roadmap: Roadmap) -> list[str]:
    return [one.title for part in roadmap.sections.all() for one in part.activities.all()]


# ---- title, period, passport, principles


def test_another_period_reads_all_deadlines_anew(draft):
    one = activity(draft, deadline="ежегодно, сентябрь", windows=())
    programmes.describe(draft, None, title="Иначе", begins=date(2026, 1, 1), ends=date(2028, 12, 31))
    one.refresh_from_db()
    assert [begins for begins, _ in one.windows] == ["2026-09-01", "2027-09-01", "2028-09-01"]
    assert Programme.objects.get(pk=draft.pk).title == "Иначе"


@pytest.mark.parametrize(
    ("title", "begins", "ends"),
    [
        ("  ", date(2026, 1, 1), date(2026, 12, 31)),
        ("План", date(2026, 1, 1), date(2025, 1, 1)),
        ("План", date(1026, 1, 1), date(2026, 1, 1)),
    ],
)
def test_a_programme_without_a_name_or_with_impossible_days_is_refused(draft, title, begins, ends):
    with pytest.raises(CannotChange):
        programmes.describe(draft, None, title=title, begins=begins, ends=ends)
    assert Programme.objects.get(pk=draft.pk).title == draft.title


def test_fields_of_the_passport_are_set_one_by_one(draft):
    programmes.set_passport_field(draft, None, "goal", "Поднять результаты")
    programmes.set_passport_field(draft, None, "tasks", ["Первая", "Вторая"])
    programmes.set_passport_field(draft, None, "goal", "")
    assert Programme.objects.get(pk=draft.pk).passport == {"tasks": ["Первая", "Вторая"]}


def test_what_no_passport_holds_leaves_it_as_it_was(draft):
    programmes.set_passport_field(draft, None, "goal", "Поднять")
    with pytest.raises(ValueError, match="Этапы"):
        programmes.set_passport_field(draft, None, "stages", [{"title": "Этап", "begins": "вчера"}])
    with pytest.raises(KeyError):
        programmes.set_passport_field(draft, None, "слоган", "Вперёд")
    assert Programme.objects.get(pk=draft.pk).passport == {"goal": "Поднять"}


def test_principles_are_lines_without_empty_ones(draft):
    programmes.set_principles(draft, None, [" Честность ", "", "Открытость"])
    assert Programme.objects.get(pk=draft.pk).principles == ["Честность", "Открытость"]


def test_a_draft_is_thrown_away_with_all_it_has(draft):
    programmes.discard(draft, None)
    assert not Programme.objects.exists()
    assert not Activity.objects.exists()
    assert AuditEntry.objects.first().action == "programme_discarded"


# ---- SWOT


def test_lines_of_swot_are_added_edited_moved_and_removed(draft):
    second = programmes.add_swot(draft, None, "strengths", "Данные в одном месте")
    programmes.move_swot(second, None, -1)
    assert [one.text for one in draft.swot.filter(list="strengths")] == ["Данные в одном месте", "Кураторы знают школы"]
    programmes.edit_swot(second, None, "threats", "Кадры уходят")
    assert [one.text for one in draft.swot.filter(list="threats")] == ["Кадры уходят"]
    programmes.remove_swot(second, None)
    assert draft.swot.count() == 1
    with pytest.raises(CannotChange, match="удалили"):
        programmes.edit_swot(second, None, "threats", "Кадры уходят")


def test_a_line_of_swot_says_something(draft):
    with pytest.raises(CannotChange):
        programmes.add_swot(draft, None, "threats", "  ")


# ---- roadmaps, sections, activities


def test_a_roadmap_is_added_with_a_section_to_begin_with(draft):
    made = contents.add_roadmap(draft, None, "Вторая карта", "low_results")
    assert list(draft.roadmaps.values_list("title", flat=True)) == ["План мероприятий", "Вторая карта"]
    assert made.sections.count() == 1
    contents.move_roadmap(made, None, -1)
    assert list(draft.roadmaps.values_list("title", flat=True)) == ["Вторая карта", "План мероприятий"]
    contents.remove_roadmap(made, None)
    assert draft.roadmaps.count() == 1


def test_activities_move_within_their_section_and_stop_at_its_ends(draft):
    roadmap, first = draft.roadmaps.get(), Activity.objects.get(title="Семинар")
    contents.move_activity(first, None, 1)
    assert titles(roadmap) == ["Выезд", "Семинар", "Работа"]
    contents.move_activity(first, None, 1)
    assert titles(roadmap) == ["Выезд", "Семинар", "Работа"]


def test_the_order_of_activities_runs_through_the_roadmap(draft):
    roadmap = draft.roadmaps.get()
    contents.move_section(Section.objects.get(title="Дети"), None, -1)
    assert titles(roadmap) == ["Работа", "Семинар", "Выезд"]
    assert list(roadmap.activities.values_list("title", flat=True)) == titles(roadmap)


def test_a_fresh_activity_is_understood_at_once(draft):
    where = Section.objects.get(title="Учителя")
    made = contents.add_activity(
        where,
        None,
        Wording("Курсы", deadline="ежегодно, май", executors_words="УО, руководители ОО", evidence=("план",)),
    )
    made.refresh_from_db()
    assert made.windows == [["2026-05-01", "2026-05-31"], ["2027-05-01", "2027-05-31"]]
    assert [one.kind for one in made.executors.all()] == ["department", "all_schools"]
    assert titles(draft.roadmaps.get()) == ["Семинар", "Выезд", "Курсы", "Работа"]


def test_own_dates_go_before_the_words_until_they_are_taken_away(draft):
    one = Activity.objects.get(title="Семинар")
    own = ((date(2026, 3, 1), date(2026, 3, 5)), (date(2026, 2, 1), date(2026, 2, 5)))
    contents.edit_activity(one, None, Wording("Семинар", deadline="ежегодно, май", own_dates=own))
    one.refresh_from_db()
    assert (one.dates_by_person, one.windows) == (True, [["2026-02-01", "2026-02-05"], ["2026-03-01", "2026-03-05"]])
    contents.edit_activity(one, None, Wording("Семинар", deadline="ежегодно, май"))
    one.refresh_from_db()
    assert (one.dates_by_person, one.windows[0]) == (False, ["2026-05-01", "2026-05-31"])


@pytest.mark.parametrize(
    "own", [((date(2025, 12, 31), date(2026, 1, 5)),), ((date(2027, 5, 1), date(2028, 1, 1)),),
            ((date(2026, 5, 5), date(2026, 5, 1)),)],
)  # fmt: skip
def test_own_dates_outside_the_programme_or_backwards_are_refused(draft, own):
    one = Activity.objects.get(title="Семинар")
    with pytest.raises(CannotChange, match="даты"):
        contents.edit_activity(one, None, Wording("Семинар", own_dates=own))


def test_an_activity_goes_to_a_section_of_another_roadmap_but_not_of_another_programme(draft, here):
    one, other = Activity.objects.get(title="Семинар"), contents.add_roadmap(draft, None, "Вторая")
    contents.edit_activity(one, None, Wording("Семинар"), other.sections.get())
    assert (titles(other), titles(draft.roadmaps.first())) == (["Семинар"], ["Выезд", "Работа"])
    foreign = section(programme(here.municipality, "Чужая", state=DRAFT))
    with pytest.raises(CannotChange):
        contents.edit_activity(one, None, Wording("Семинар"), foreign)
    one.refresh_from_db()
    assert one.roadmap == other


def test_numbers_are_given_anew_by_section_and_place(draft):
    contents.renumber(draft.roadmaps.get(), None)
    assert list(Activity.objects.values_list("number", flat=True)) == ["1.1", "1.2", "2.1"]


def test_an_order_about_what_is_gone_says_so(draft):
    one = Activity.objects.get(title="Семинар")
    Activity.objects.filter(pk=one.pk).delete()
    with pytest.raises(CannotChange, match="удалили"):
        contents.edit_activity(one, None, Wording("Семинар"))
    programmes.discard(draft, None)
    with pytest.raises(CannotChange, match="удалили"):
        programmes.set_principles(draft, None, ["Честность"])


def test_every_order_leaves_its_entry_in_the_audit(draft):
    contents.renumber(draft.roadmaps.get(), None)
    programmes.set_principles(draft, None, ["Честность"])
    assert [one.details["what"] for one in AuditEntry.objects.filter(action="programme_edited").order_by("pk")] == [
        "номера мероприятий дорожной карты «План мероприятий»",
        "принципы",
    ]


# ---- an edition in force is frozen

EDITS: dict[str, Callable[[Programme], object]] = {
    "describe": lambda p: programmes.describe(p, None, title="Иначе", begins=p.begins, ends=p.ends),
    "set_passport_field": lambda p: programmes.set_passport_field(p, None, "goal", "Иначе"),
    "set_principles": lambda p: programmes.set_principles(p, None, ["Иначе"]),
    "discard": lambda p: programmes.discard(p, None),
    "add_swot": lambda p: programmes.add_swot(p, None, "threats", "Иначе"),
    "add_findings": lambda p: programmes.add_findings(p, None, []),
    "edit_swot": lambda p: programmes.edit_swot(p.swot.get(), None, "threats", "Иначе"),
    "move_swot": lambda p: programmes.move_swot(p.swot.get(), None, 1),
    "remove_swot": lambda p: programmes.remove_swot(p.swot.get(), None),
    "add_roadmap": lambda p: contents.add_roadmap(p, None, "Иначе"),
    "edit_roadmap": lambda p: contents.edit_roadmap(p.roadmaps.get(), None, "Иначе"),
    "move_roadmap": lambda p: contents.move_roadmap(p.roadmaps.get(), None, 1),
    "remove_roadmap": lambda p: contents.remove_roadmap(p.roadmaps.get(), None),
    "add_section": lambda p: contents.add_section(p.roadmaps.get(), None, "Иначе"),
    "edit_section": lambda p: contents.edit_section(Section.objects.first(), None, "Иначе"),
    "move_section": lambda p: contents.move_section(Section.objects.first(), None, 1),
    "remove_section": lambda p: contents.remove_section(Section.objects.first(), None),
    "add_activity": lambda p: contents.add_activity(Section.objects.first(), None, Wording("Иначе")),
    "edit_activity": lambda p: contents.edit_activity(Activity.objects.first(), None, Wording("Иначе")),
    "move_activity": lambda p: contents.move_activity(Activity.objects.first(), None, 1),
    "remove_activity": lambda p: contents.remove_activity(Activity.objects.first(), None),
    "renumber": lambda p: contents.renumber(p.roadmaps.get(), None),
    "approve": lambda p: editions.approve(p, None, date(2026, 1, 1), "Приказ № 1"),
    "take_new": lambda p: descending.take_new(p, None),
}


def told(of: Programme) -> object:
    """Everything that was signed."""
    fields = ("title", "begins", "ends", "passport", "principles", "state", "order_words")
    return (
        [Programme.objects.filter(pk=of.pk).values_list(*fields).get()],
        list(SwotEntry.objects.values_list()),
        list(Roadmap.objects.values_list()),
        list(Section.objects.values_list()),
        list(Activity.objects.values_list()),
    )


def test_every_order_that_writes_texts_is_among_the_tried():
    written = {
        name
        for module in (programmes, contents)
        for name, order in vars(module).items()
        if callable(order) and getattr(order, "__module__", "") == module.__name__ and name[0].islower()
    }
    assert written - {"checked_period"} == set(EDITS) - {"approve", "take_new"}


@pytest.mark.parametrize("state", [one for one in Programme.State if one != DRAFT])
@pytest.mark.parametrize("edit", EDITS)
def test_a_frozen_edition_refuses_every_edit_and_stays_as_it_is(draft, edit, state):
    Programme.objects.filter(pk=draft.pk).update(state=state)
    before = told(draft)
    with pytest.raises(CannotChange):
        EDITS[edit](draft)
    assert told(draft) == before


def test_a_draft_that_was_approved_in_the_meantime_is_frozen_too(draft):
    """The page was opened while it was a draft."""
    seen = Programme.objects.get(pk=draft.pk)
    editions.approve(draft, None, making.TODAY, "Приказ № 1")
    with pytest.raises(CannotChange, match="утверждена"):
        programmes.set_principles(seen, None, ["Иначе"])


def test_levels_of_the_room_and_of_templates_are_the_same_words():
    assert {one.value for one in Level} == {"municipality", "school"}
