"""Cells with several executors: the words they share, schools named in a row, whole documents."""

import pytest

from msoko.core.roadmap.executors import Kind, department_is_oo, understand, understand_all, understand_document


def names(cell: str, is_oo: bool = False) -> list[str]:
    return [one.canonical for one in understand_all(cell, is_oo)]


def kinds(cell: str) -> list[Kind]:
    return [one.kind for one in understand_all(cell)]


@pytest.mark.parametrize(
    ("cell", "canonical"),
    [
        ("руководители и педагоги ШНОР", ["Руководители ШНОР", "Педагоги ШНОР"]),
        ("директора, заместители директоров по УВР ОО", ["Директора ОО", "Заместители директоров по УВР ОО"]),
        ("методисты и специалисты УО", ["Методисты УО", "Специалисты УО"]),
        ("руководители РМО и ШМО", ["Руководители РМО", "Руководители ШМО"]),
        ("директора школ и детских садов", ["Директора школ", "Директора детских садов"]),
        ("Специалисты УО и ИМЦ", ["Специалисты УО", "Специалисты ИМЦ"]),
        ("директора и их заместители", ["Директора", "Их заместители"]),
        ("Руководители ОО, имеющих низкие результаты, и школ-лидеров", None),
    ],
)
def test_shared_words_are_given_to_both(cell: str, canonical: list[str] | None) -> None:
    expected = canonical or ["Руководители ОО, имеющих низкие результаты", "Руководители школ-лидеров"]
    assert names(cell) == expected


@pytest.mark.parametrize(
    ("cell", "canonical"),
    [
        ("УО и ИМЦ", ["УО", "ИМЦ"]),
        ("заместители директоров по УВР, руководители ШМО", ["Заместители директоров по УВР", "Руководители ШМО"]),
        ("педагоги, руководители РМО", ["Педагоги", "Руководители РМО"]),
        ("муниципальный координатор, педагоги ШНОР", ["Муниципальный координатор", "Педагоги ШНОР"]),
        ("руководители школ и УО", ["Руководители школ", "УО"]),
    ],
)
def test_words_that_are_not_shared_stay_with_their_own(cell: str, canonical: list[str]) -> None:
    assert names(cell) == canonical


@pytest.mark.parametrize(
    ("cell", "schools"),
    [
        ("МБОУ СОШ № 1, № 3, № 5", ["МБОУ СОШ № 1", "МБОУ СОШ № 3", "МБОУ СОШ № 5"]),
        ("школы № 1, 2 и 6", ["школа № 1", "школа № 2", "школа № 6"]),
        ("СОШ №№ 1–3", ["СОШ № 1", "СОШ № 2", "СОШ № 3"]),
        ("МБОУ «СОШ № 1», «СОШ № 3»", ["МБОУ «СОШ № 1»", "СОШ № 3"]),
        ("директора СОШ №№ 1, 14", ["СОШ № 1", "СОШ № 14"]),
        ("Школа № 2 и школа № 3", ["Школа № 2", "школа № 3"]),
        ("ШНОР (МБОУ СОШ № 1, Луговская СОШ)", ["МБОУ СОШ № 1", "Луговская СОШ"]),
    ],
)
def test_each_of_several_schools_is_an_executor(cell: str, schools: list[str]) -> None:
    found = understand_all(cell)
    assert [one.name for one in found] == schools
    assert {one.kind for one in found} == {Kind.NAMED}


def test_the_office_is_told_of_each_school() -> None:
    assert names("Зам. директора школ № 1, 2") == ["Заместитель директора школы № 1", "Заместитель директора школы № 2"]
    for cell in ("Директора МБОУ СОШ № 1, МБОУ «Луговская СОШ»", "директора МБОУ «СОШ № 1», «СОШ № 2»"):
        assert [one.role for one in understand_all(cell)] == ["director", "director"]


def test_a_school_that_is_left_out_is_not_named_as_executor() -> None:
    (one,) = understand_all("Руководители ОО (кроме МБОУ СОШ № 1)")
    assert (one.kind, one.condition) == (Kind.ALL_SCHOOLS, "кроме МБОУ СОШ № 1")


def test_a_cell_of_everyone() -> None:
    cell = "Отдел образования района, МКУ «ЦРО» Руководители РМО; ШНОР и школы-лидеры, ТПМПК, СОШ № 2, Белова И.И."
    assert kinds(cell) == [
        *(Kind.DEPARTMENT, Kind.METHODIST, Kind.ASSOCIATIONS, Kind.LOW_RESULTS, Kind.LEADER_SCHOOLS, Kind.EXTERNAL),
        *(Kind.NAMED, Kind.PERSON),
    ]


OF_A_DEPARTMENT = ["Специалисты ОО", "Руководители ОО, специалисты ОО", "Школьные команды"]


@pytest.mark.parametrize(
    ("cells", "is_department"),
    [
        (OF_A_DEPARTMENT, True),
        (["Отдел образования", "Специалисты ОО"], True),
        (["Начальник ОО"], True),
        (["Специалисты ОО", "Педагоги школ"], True),
        (["Специалисты ОО"], False),  # nothing stands beside it: nothing is guessed
        (["УО", "Специалисты ОО", "Руководители ОО"], False),
        (["ОО, УО", "Руководители ОО"], False),
        (["Отдел образования", "Руководители ОО"], False),
        ([], False),
    ],
)
def test_a_document_tells_whether_its_oo_is_the_department(cells: list[str], is_department: bool) -> None:
    assert department_is_oo(cells) is is_department


def test_specialists_of_oo_are_those_of_the_department_in_such_a_document() -> None:
    found = understand_document(OF_A_DEPARTMENT)
    assert [[one.canonical for one in cell] for cell in found] == [
        ["Специалисты отдела образования"],
        ["Руководители ОО", "Специалисты отдела образования"],
        ["Школьные команды"],
    ]
    assert [one.kind for one in found[1]] == [Kind.ALL_SCHOOLS, Kind.DEPARTMENT]


def test_bare_oo_of_such_a_document_is_for_the_user_to_say() -> None:
    assert understand("ОО", department_is_oo=True).kind is Kind.UNKNOWN
    assert understand("ОО").kind is Kind.ALL_SCHOOLS


def test_two_spellings_of_one_institution_have_one_name_in_a_document() -> None:
    cells = ["МКУ ДППО «ИМЦ», ОО", "МКУ ДППО «ИМЦ»", "МКУ ДПО «ИМЦ»", 'МКУ "ЦРО"']
    found = understand_document(cells)
    assert [[one.canonical for one in cell] for cell in found] == [
        ["МКУ ДППО «ИМЦ»", "ОО"],
        ["МКУ ДППО «ИМЦ»"],
        ["МКУ ДППО «ИМЦ»"],
        ["МКУ «ЦРО»"],
    ]
    assert found[2][0].words == "МКУ ДПО «ИМЦ»"
