"""Differences between two editions: nothing where they say the same, each difference once and at its place."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core.roadmap.change import Change, ChangeKind, change_from_json
from msoko.core.roadmap.changes import (
    FIELDS,
    ActivityText,
    ProgrammeText,
    RoadmapText,
    SectionText,
    differences,
)
from msoko.core.roadmap.passport import Indicator, Participant, Passport, Risk, Stage
from tests.core.roadmap.passports import line, lines, passports, text

BEGINS, ENDS = date(2023, 1, 1), date(2025, 12, 31)
OTHER = {
    "title": "Другое", "deadline": "октябрь", "own_dates": ((date(2023, 5, 1), date(2023, 5, 2)),), "level": "school",
    "executors": "Школы", "result": "Справка", "indicator": "2 %", "addressees": "ШНОР", "evidence": ("приказ",),
}  # fmt: skip


def programme(*roadmaps: RoadmapText, **more) -> ProgrammeText:
    return ProgrammeText("Программа", BEGINS, ENDS, roadmaps=roadmaps, **more)


def roadmap(*activities: ActivityText, title: str = "Карта", section: str = "Раздел") -> RoadmapText:
    return RoadmapText(title, (SectionText(section, activities),))


def activity(key: int, title: str = "", number: str = "", **more) -> ActivityText:
    return ActivityText(key, title or f"Мероприятие {key}", number=number or f"1.{key}", **more)


def next_of(before: ActivityText, **more) -> ActivityText:
    """The same activity in the next edition."""
    return replace(before, key=before.key + 1000, descends_from=before.key, **more)


def edition(of: ProgrammeText) -> ProgrammeText:
    """A copy as the next edition begins with."""
    roadmaps = tuple(
        replace(one, sections=tuple(
            replace(part, activities=tuple(next_of(activity) for activity in part.activities)) for part in one.sections
        ))
        for one in of.roadmaps
    )  # fmt: skip
    return replace(of, roadmaps=roadmaps)


def sentences(old: ProgrammeText, new: ProgrammeText) -> list[str]:
    return [one.sentence for one in differences(old, new)]


# ---- any programmes

drawn_activities = st.builds(
    ActivityText, st.just(0), line, st.none(), text, text, executors=text, result=text, evidence=lines
)
drawn = st.builds(
    ProgrammeText,
    line,
    st.just(BEGINS),
    st.just(ENDS),
    passports,
    lines,
    st.fixed_dictionaries({"strengths": lines, "threats": lines}),
    st.lists(
        st.builds(
            RoadmapText,
            line,
            st.lists(st.builds(SectionText, text, st.lists(drawn_activities, max_size=4).map(tuple)), max_size=3).map(
                tuple
            ),
        ),
        max_size=3,
    ).map(tuple),
)


def with_keys(of: ProgrammeText, first: int) -> ProgrammeText:
    keys = iter(range(first, first + 1000))
    roadmaps = tuple(
        replace(one, sections=tuple(
            replace(part, activities=tuple(replace(each, key=next(keys)) for each in part.activities))
            for part in one.sections
        ))
        for one in of.roadmaps
    )  # fmt: skip
    return replace(of, roadmaps=roadmaps)


def bare(of: ProgrammeText) -> ProgrammeText:
    """Without keys, and with a target left open as no target: what the reader of a document sees."""
    roadmaps = tuple(
        replace(one, sections=tuple(
            replace(part, activities=tuple(replace(each, key=0, descends_from=None) for each in part.activities))
            for part in one.sections
        ))
        for one in of.roadmaps
    )  # fmt: skip
    indicators = tuple(
        replace(one, targets={year: value for year, value in one.targets.items() if value is not None})
        for one in of.passport.indicators
    )
    return replace(of, roadmaps=roadmaps, passport=replace(of.passport, indicators=indicators))


@settings(deadline=None, max_examples=40)
@given(drawn)
def test_an_edition_that_says_the_same_has_no_differences(old):
    old = with_keys(old, 1)
    assert differences(old, edition(old)) == []
    assert differences(old, old) == []


@settings(deadline=None, max_examples=40)
@given(drawn, drawn)
def test_no_differences_are_found_only_where_both_say_the_same(old, new):
    old, new = with_keys(old, 1), with_keys(new, 1001)
    assert (differences(old, new) == []) == (bare(old) == bare(new))


@settings(deadline=None, max_examples=40)
@given(drawn, drawn)
def test_what_is_added_one_way_is_removed_the_other_way(old, new):
    old, new = with_keys(old, 1), with_keys(new, 1001)

    def told(kind: ChangeKind, changes: list[Change]) -> Counter[str]:
        return Counter(one.about for one in changes if one.kind is kind and one.about)

    there, back = differences(old, new), differences(new, old)
    assert told(ChangeKind.ADDED, there) == told(ChangeKind.REMOVED, back)


@settings(deadline=None, max_examples=40)
@given(drawn, st.randoms(use_true_random=False))
def test_every_activity_shuffled_anywhere_is_neither_lost_nor_invented(old, random):
    old = with_keys(old, 1)
    new = edition(old)
    everything = [each for one in new.roadmaps for part in one.sections for each in part.activities]
    random.shuffle(everything)
    shuffled = replace(new, roadmaps=(RoadmapText("Одна", (SectionText("Общий", tuple(everything)),)),))
    about = [one for one in differences(old, shuffled) if one.about]
    assert {one.kind for one in about} <= {ChangeKind.MOVED}


# ---- one difference at a time


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_one_field_of_one_activity_is_one_change_at_its_number(field):
    first, second = activity(1), activity(2)
    old = programme(roadmap(first, second))
    new = programme(roadmap(next_of(first), next_of(second, **{field: OTHER[field]})))
    (change,) = differences(old, new)
    assert (change.kind, change.place, change.about) == (
        ChangeKind.CHANGED,
        "мероприятие 1.2",
        new.roadmaps[0].activities[1].title,
    )
    assert change.text.startswith(FIELDS[field])


def test_words_stand_on_both_sides_of_an_arrow():
    first = activity(1, number="2.3", deadline="сентябрь")
    old = programme(roadmap(first))
    assert sentences(old, programme(roadmap(next_of(first, deadline="октябрь")))) == [
        "Мероприятие 2.3: срок «сентябрь» → «октябрь»"
    ]
    assert sentences(old, programme(roadmap(next_of(first, deadline="")))) == [
        "Мероприятие 2.3: срок: «сентябрь» → пусто"
    ]


def test_of_several_roadmaps_the_place_names_which():
    first = activity(1, deadline="сентябрь")
    other = roadmap(activity(2), title="Другая")
    old = programme(roadmap(first), other)
    new = edition(programme(roadmap(replace(first, deadline="май")), other))
    assert sentences(old, new) == ["Дорожная карта «Карта», мероприятие 1.1: срок «сентябрь» → «май»"]


@pytest.mark.parametrize("numbers", [("", "1"), ("1", "1")])
def test_where_a_number_does_not_tell_the_title_stands_beside_it(numbers):
    first, second = (activity(key, "Семинар" if key == 1 else "Выезд") for key in (1, 2))
    first, second = replace(first, number=numbers[0]), replace(second, number=numbers[1])
    old = programme(roadmap(first, second))
    new = programme(roadmap(next_of(first, result="Справка"), next_of(second)))
    (sentence,) = sentences(old, new)
    assert "«Семинар»" in sentence


def test_added_and_removed_activities_are_named():
    first, second = activity(1, "Семинар"), activity(2, "Выезд")
    old = programme(roadmap(first))
    assert sentences(old, programme(roadmap(next_of(first), second))) == ["Мероприятие 1.2: добавлено «Выезд»"]
    assert sentences(programme(roadmap(first, second)), programme(roadmap(next_of(first)))) == [
        "Мероприятие 1.2: исключено «Выезд»"
    ]


def test_an_activity_that_went_to_another_section_or_roadmap_is_moved():
    first, second = activity(1), activity(2)
    old = programme(RoadmapText("Карта", (SectionText("Учителя", (first,)), SectionText("Дети", (second,)))))
    sections = (SectionText("Учителя", ()), SectionText("Дети", (next_of(second), next_of(first))))
    assert sentences(old, programme(RoadmapText("Карта", sections))) == [
        "Мероприятие 1.1: перенесено из раздела «Учителя» в раздел «Дети»"
    ]
    apart = programme(roadmap(first, title="А"), roadmap(second, title="Б"))
    together = programme(roadmap(title="А"), roadmap(next_of(second), next_of(first), title="Б"))
    assert sentences(apart, together) == [
        "Дорожная карта «А», мероприятие 1.1: перенесено из дорожной карты «А» в дорожную карту «Б»"
    ]


def test_another_order_is_one_change_and_so_are_other_numbers():
    first, second = activity(1), activity(2)
    old = programme(roadmap(first, second))
    assert sentences(old, programme(roadmap(next_of(second), next_of(first)))) == [
        "Дорожная карта «Карта», раздел «Раздел»: изменён порядок мероприятий"
    ]
    new = programme(roadmap(next_of(first, number="1.2"), next_of(second, number="1.3")))
    assert sentences(old, new) == ["Дорожная карта «Карта»: изменены номера: 1.1 → 1.2, 1.2 → 1.3"]


def test_a_roadmap_with_another_title_is_the_same_by_its_activities():
    first, second = activity(1), activity(2)
    old = programme(roadmap(first, title="Карта"), roadmap(second, title="Вторая"))
    new = edition(programme(roadmap(first, title="План"), roadmap(second, title="Вторая")))
    assert sentences(old, new) == ["Дорожная карта «План»: название «Карта» → «План»"]


def test_a_roadmap_that_is_gone_takes_its_activities_by_name():
    first, second = activity(1, "Семинар"), activity(2, "Выезд")
    old = programme(roadmap(first, title="А"), roadmap(second, title="Б"))
    assert sentences(old, edition(programme(roadmap(first, title="А")))) == [
        "Исключена дорожная карта «Б»",
        "Дорожная карта «Б», мероприятие 1.2: исключено «Выезд»",
    ]


def test_a_section_is_added_removed_and_renamed():
    first = activity(1)
    old = programme(roadmap(first, section="Учителя"))
    assert sentences(old, programme(roadmap(next_of(first), section="Кадры"))) == [
        "Дорожная карта «Карта»: название раздела «Учителя» → «Кадры»"
    ]
    two = (SectionText("Учителя", (next_of(first),)), SectionText("Дети"))
    assert sentences(old, programme(RoadmapText("Карта", two))) == ["Дорожная карта «Карта»: добавлен раздел «Дети»"]


def test_an_activity_without_its_ancestor_is_known_by_its_title():
    first = activity(1, "Семинар", deadline="май")
    assert sentences(programme(roadmap(first)), programme(roadmap(replace(first, key=7, deadline="июнь")))) == [
        "Мероприятие 1.1: срок «май» → «июнь»"
    ]


# ---- passport, SWOT, principles


def of_passport(old: Passport, new: Passport) -> list[str]:
    return sentences(programme(passport=old), programme(passport=new))


def test_a_target_of_a_year_is_named_with_its_indicator():
    old = Passport(indicators=(Indicator("Доля школ", "%", "≤", targets={2024: 40, 2025: None}),))
    new = Passport(indicators=(Indicator("Доля школ", "%", "≤", targets={2024: 45, 2025: 0}),))
    assert of_passport(old, new) == [
        "Паспорт, целевые показатели, «Доля школ»: цель на 2024 год «40» → «45»",
        "Паспорт, целевые показатели, «Доля школ»: цель на 2025 год: было пусто → «0»",
    ]


def test_lines_rows_and_texts_of_the_passport_say_what_is_different():
    old = Passport(goal="Поднять", tasks=("Первая", "Вторая"), stages=(Stage("Основной", BEGINS, ENDS),))
    new = Passport(
        goal="Удержать", tasks=("Первая", "Вторая", "Третья"), stages=(Stage("Основной", BEGINS, date(2025, 6, 1)),),
        participants=(Participant("Школы", ("участвуют",)),), risks=(Risk("Нет учителей"),),
    )  # fmt: skip
    assert of_passport(old, new) == [
        "Паспорт, цель: «Поднять» → «Удержать»",
        "Паспорт, задачи: добавлено «Третья»",
        "Паспорт, этапы реализации, «Основной»: окончание «31.12.2025» → «01.06.2025»",
        "Паспорт, участники и их функции: добавлено «Школы»",
        "Паспорт, риски и меры по их снижению: добавлено «Нет учителей»",
    ]


def test_functions_of_a_participant_and_another_order_of_rows_are_told():
    school, office = Participant("Школы", ("участвуют",)), Participant("Управление")
    new = Passport(participants=(office, replace(school, functions=("участвуют", "отчитываются"))))
    assert of_passport(Passport(participants=(school, office)), new) == [
        "Паспорт, участники и их функции, «Школы», функции: добавлено «отчитываются»",
        "Паспорт, участники и их функции: изменён порядок",
    ]


def test_title_period_swot_and_principles_are_compared_too():
    old = programme(swot={"strengths": ("Кураторы",)}, principles=("Честность",))
    new = replace(
        programme(swot={"strengths": ("Кураторы", "Данные")}, principles=("Открытость",)),
        title="План", ends=date(2026, 12, 31),
    )  # fmt: skip
    assert sentences(old, new) == [
        "Название: «Программа» → «План»",
        "Срок реализации: «01.01.2023–31.12.2025» → «01.01.2023–31.12.2026»",
        "SWOT-анализ, сильные стороны: добавлено «Данные»",
        "Принципы: «Честность» → «Открытость»",
    ]


def test_a_change_comes_back_from_json_as_it_was():
    change = Change(ChangeKind.MOVED, "мероприятие 1", "перенесено", "Семинар")
    assert change_from_json(change.to_json()) == change
