"""Cells as clerks type them: a person beside an office, spaced hyphens, offices of a place, labels of lists."""

import pytest

from msoko.core.roadmap.executors import Kind, split, understand_all

CELLS = [
    ("Ветрова А.А., методист ИМЦ", [(Kind.METHODIST, "Методист ИМЦ")]),
    ("Ветрова А.А. – методист ИМЦ", [(Kind.METHODIST, "Методист ИМЦ")]),
    ("Ветрова А.А. специалист УО", [(Kind.DEPARTMENT, "Специалист УО")]),
    ("Ветрова А.А., и.о. директора ИМЦ", [(Kind.METHODIST, "И.о. директора ИМЦ")]),
    ("Ветрова А.А., директор МБОУ СОШ № 1", [(Kind.NAMED, "Директор МБОУ СОШ № 1")]),
    ("Ветрова А.А., УО", [(Kind.PERSON, "Ветрова А.А."), (Kind.DEPARTMENT, "УО")]),
    ("Ветрова А.А., методисты ИМЦ", [(Kind.PERSON, "Ветрова А.А."), (Kind.METHODIST, "Методисты ИМЦ")]),
    ("УО администрации Приречного района", [(Kind.DEPARTMENT, "УО")]),
    ("УО администрации, ОО", [(Kind.DEPARTMENT, None), (Kind.ALL_SCHOOLS, "ОО")]),
    ("УО администрации школ", [(Kind.DEPARTMENT, "УО"), (Kind.ALL_SCHOOLS, "Администрации школ")]),
    ("рабочая группа УО", [(Kind.DEPARTMENT, "Рабочая группа УО")]),
    ("рабочая группа УО, ИМЦ", [(Kind.DEPARTMENT, "Рабочая группа УО"), (Kind.METHODIST, "ИМЦ")]),
    ("команда ШНОР", [(Kind.LOW_RESULTS, "Команда ШНОР")]),
    ("ППк ОО", [(Kind.ALL_SCHOOLS, "ППк ОО")]),
    ("администрация ШНОР", [(Kind.LOW_RESULTS, "Администрация ШНОР")]),
    ("Учителя - предметники", [(Kind.ALL_SCHOOLS, "Учителя - предметники")]),
    ("педагоги - психологи, УО", [(Kind.ALL_SCHOOLS, None), (Kind.DEPARTMENT, "УО")]),
    ("методические объединения учителей и УО", [(Kind.ASSOCIATIONS, None), (Kind.DEPARTMENT, "УО")]),
    ("управляющие советы и Директора школ", [(Kind.ALL_SCHOOLS, "Управляющие советы"), (Kind.ALL_SCHOOLS, None)]),
    ("учителя-предметники и методист ИМЦ Ветрова А.А.", [(Kind.ALL_SCHOOLS, None), (Kind.METHODIST, "Методист ИМЦ")]),
    ("муниципальный оператор и зам.начальника УО", [(Kind.DEPARTMENT, None), (Kind.DEPARTMENT, None)]),
    ("школьные кураторы", [(Kind.ALL_SCHOOLS, "Школьные кураторы")]),
    ("школы-кураторы", [(Kind.LEADER_SCHOOLS, "Школы-кураторы")]),
    ("МКУ «ЦОКО»", [(Kind.METHODIST, "МКУ «ЦОКО»")]),
    ("ГАУ «ЦОКО»", [(Kind.EXTERNAL, "ГАУ «ЦОКО»")]),
    ("ГорУО, МЦОКО", [(Kind.DEPARTMENT, "ГорУО"), (Kind.METHODIST, "МЦОКО")]),
    ("МБДОУ д/с № 5", [(Kind.NAMED, "МБДОУ д/с № 5")]),
    ("д/с", [(Kind.PRESCHOOLS, "Д/с")]),
    ("Все ОО, включая ДОУ", [(Kind.ALL_SCHOOLS, None)]),
    ("педагоги, обучающиеся которых пишут ВПР", [(Kind.ALL_SCHOOLS, None)]),
    ("УО – ответственный, ОО – исполнители", [(Kind.DEPARTMENT, None), (Kind.ALL_SCHOOLS, None)]),
    ("На уровне района – УО, на уровне школы – администрация ОО", [(Kind.DEPARTMENT, None), (Kind.ALL_SCHOOLS, None)]),
    (
        "Ответственные: УО, ИМЦ. Исполнители: ОО",
        [(Kind.DEPARTMENT, "УО"), (Kind.METHODIST, "ИМЦ"), (Kind.ALL_SCHOOLS, "ОО")],
    ),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS, ids=[cell for cell, _ in CELLS])
def test_a_cell_names_those_that_a_person_would_read_there(cell, expected):
    found = understand_all(cell)
    assert [one.kind for one in found] == [kind for kind, _ in expected]
    said = [(one.canonical, canonical) for one, (_, canonical) in zip(found, expected, strict=True) if canonical]
    assert [one for one, _ in said] == [canonical for _, canonical in said]


def test_the_name_of_a_person_stays_with_the_office():
    (one,) = understand_all("Ветрова А.А., методист ИМЦ")
    assert (one.name, one.role, one.words) == ("Ветрова А.А.", "methodist", "Ветрова А.А., методист ИМЦ")


def test_a_full_stop_before_a_label_ends_a_list():
    assert split("Ответственные: УО, ИМЦ. Исполнители: ОО") == ("Ответственные: УО", "ИМЦ", "Исполнители: ОО")
