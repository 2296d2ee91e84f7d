"""What else the words of an executor say: the role, the condition, the one name, a person's name."""

import pytest

from msoko.core.roadmap.executors import ROLES, Kind, understand


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("УО", ""),
        ("РМО учителей математики", ""),
        ("и. о. директора школы", "director"),
        ("Управление образования администрации района", ""),
        ("Руководители ОО", "director"),
        ("директора школ", "director"),
        ("заведующие ДОУ", "director"),
        ("заместители руководителей по УВР", "deputy"),
        ("зам. директора по ВР", "deputy"),
        ("начальник отдела образования", "head"),
        ("руководители РМО", "head"),
        ("руководители ШМО", "head"),
        ("классные руководители", "teacher"),
        ("педагоги-наставники", "teacher"),
        ("педагоги-психологи", "specialist"),
        ("главный специалист УО", "specialist"),
        ("методисты ИМЦ", "methodist"),
        ("муниципальный координатор", "coordinator"),
        ("тьюторы", "curator"),
        ("школьные команды", "team"),
        ("экспертная группа", "team"),
        ("администрация школы", "administration"),
        ("управляющий совет школы", "council"),
        ("представители ШНОР", "representative"),
        ("ответственные за проведение ВПР в школах", "responsible"),
        ("обучающиеся 9 классов", "pupils"),
        ("родители", "parents"),
        ("участники программы", "member"),
    ],
)
def test_the_role_within_the_organisation_is_said(words: str, role: str) -> None:
    assert understand(words).role == role
    assert not role or ROLES[role]


@pytest.mark.parametrize(
    ("words", "canonical", "condition"),
    [
        ("Школы (не менее 3)", "Школы", "не менее 3"),
        ("УО по согласованию", "УО", "по согласованию"),
        ("Рабочая группа, согласно приказу от 01.09.2024 № 5", "Рабочая группа", "согласно приказу от 01.09.2024 № 5"),
        ("ОО, в том числе ШНОР", "ОО", "в том числе ШНОР"),
        ("Все школы, кроме вечерних", "Все школы", "кроме вечерних"),
        ("УО на основании данных школ", "УО", "на основании данных школ"),
        ("Команды школ участие обязательное", "Команды школ", "участие обязательное"),
        ("ИМЦ (при необходимости)", "ИМЦ", "при необходимости"),
        ("РМК", "РМК", None),
    ],
)
def test_a_condition_is_no_part_of_the_name(words: str, canonical: str, condition: str | None) -> None:
    found = understand(words)
    assert (found.canonical, found.condition) == (canonical, condition)


def test_a_number_of_schools_does_not_say_which_schools() -> None:
    assert understand("Школы (не менее 2 ШНОР)").kind is Kind.ALL_SCHOOLS
    assert understand("Школы (ШНОР)").kind is Kind.LOW_RESULTS


@pytest.mark.parametrize(
    ("words", "canonical"),
    [
        ("Управление образования", "УО"),
        ("управление образования администрации Заречного района", "УО"),
        ("Управление образование.", "УО"),
        ("специалисты управления образования", "Специалисты УО"),
        ("Отдел образования администрации района", "Отдел образования"),
        ("общеобразовательные организации", "ОО"),
        ("Руководители образовательных организаций", "Руководители ОО"),
        ("ООО", "ОО"),
        ("руководители районных методических объединений", "Руководители РМО"),
        ("заместители директоров по учебно-воспитательной работе", "Заместители директоров по УВР"),
        ("зам. директора по воспитательной работе", "Заместитель директора по ВР"),
        ("школы с низкими образовательными результатами", "ШНОР"),
        ('МКУ "Центр развития образования"', "МКУ «Центр развития образования»"),
        (
            "МКУ «Отдел образования администрации Лугового района»",
            "МКУ «Отдел образования администрации Лугового района»",
        ),
        ("СОШ №4", "СОШ № 4"),
        ("Ответственный исполнитель: УО", "УО"),
        ("Информационный отдел (далее — Отдел)", "Информационный отдел"),
    ],
)
def test_one_name_a_thing(words: str, canonical: str) -> None:
    assert understand(words).canonical == canonical


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        ("Главный специалист УО Белова И.И.", Kind.DEPARTMENT, "Белова И.И."),
        ("Директор МКУ «ЦРО» Белова И. И.", Kind.METHODIST, "Белова И. И."),
        ("УО (Белова И.И.)", Kind.DEPARTMENT, "Белова И.И."),
        ("УО — И.И. Белова", Kind.DEPARTMENT, "И.И. Белова"),
        ("Директор Луговской СОШ Белова И.И.", Kind.NAMED, "Луговской СОШ"),
        ("МБОУ СОШ № 2 им. А.П. Ветрова", Kind.NAMED, "МБОУ СОШ № 2 им. А.П. Ветрова"),
        ("Белова Инна Ивановна", Kind.PERSON, "Белова Инна Ивановна"),
    ],
)
def test_a_persons_name_is_kept_apart_from_the_office(words: str, kind: Kind, name: str) -> None:
    found = understand(words)
    assert (found.kind, found.name) == (kind, name)
    assert "Белова" not in found.canonical or kind is Kind.PERSON


def test_latin_letters_that_look_cyrillic_make_no_difference() -> None:
    assert understand("PMO").kind is Kind.ASSOCIATIONS
    assert understand("OO").kind is Kind.ALL_SCHOOLS


@pytest.mark.parametrize("words", ["", "—", "***", "см. приложение", "по мере необходимости", "123"])
def test_what_names_nobody_is_told_as_unknown(words: str) -> None:
    assert understand(words).kind is Kind.UNKNOWN


def test_the_words_stay_as_written() -> None:
    assert understand(" зам. директора  по УВР, ").words == "зам. директора по УВР"
