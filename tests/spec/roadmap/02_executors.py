"""Исполнители словами

В ячейке «Исполнители» стоят слова, а поручать нужно организациям. Здесь показано, как слова делятся на исполнителей и
кого каждый из них называет.
"""

from msoko.core.roadmap.executors import (
    ROLES,
    Kind,
    department_is_oo,
    match_organisation,
    split,
    understand,
    understand_all,
    understand_document,
)
from msoko.core.vocabulary.russian import join_with_and, quote

KINDS = {
    Kind.ALL_SCHOOLS: "все школы",
    Kind.LOW_RESULTS: "школы с низкими результатами",
    Kind.RISK: "школы зоны риска",
    Kind.OBJECTIVITY: "школы с признаками необъективности",
    Kind.DEPARTMENT: "управление образования",
    Kind.METHODIST: "методическая служба",
    Kind.ASSOCIATIONS: "методические объединения",
    Kind.CURATORS: "кураторы",
    Kind.COORDINATOR: "муниципальный координатор",
    Kind.LEADER_SCHOOLS: "школы-лидеры",
    Kind.PRESCHOOLS: "детские сады",
    Kind.EXTRA_SCHOOLS: "дополнительное образование",
    Kind.NAMED: "названная организация",
    Kind.EXTERNAL: "внешняя организация",
    Kind.PERSON: "человек",
    Kind.UNKNOWN: "укажите сами",
}


def executors(cell: str) -> str:
    return join_with_and([quote(one.canonical) for one in understand_all(cell)])


def test_a_cell_is_cut_at_its_separators(manual):
    """Ячейка делится по разделителям

    Разделители — запятая, точка с запятой и новая строка, если они стоят вне скобок и кавычек. Слова остаются такими,
    как в документе.
    """
    cells = ["УО, ИМЦ; руководители ОО,", "УО (отдел качества, ИМЦ), ОО", "МКУ «Центр, который помогает», РМО"]
    manual.table("По разделителям", [{"в документе": cell, "частей": len(split(cell))} for cell in cells])
    assert [len(split(cell)) for cell in cells] == [3, 2, 2]


def test_executors_written_without_a_separator_are_divided(manual):
    """Без разделителей исполнители делятся по смыслу

    Новый исполнитель начинается со слова, которое не относится к предыдущему: «специалисты УО» — один исполнитель, а
    «ИМЦ УО» — два. Общее слово получают оба.
    """
    cells = [
        "УО ИМЦ Руководители ОО",
        "УО совместно с ИМЦ",
        "руководители и педагоги ШНОР",
        "директора школ и детских садов",
        "заместители директора по УВР, ВР",
        "школы, вошедшие в список ШНОР",
    ]
    manual.table("По смыслу", [{"в документе": cell, "исполнители": executors(cell)} for cell in cells])
    assert [len(understand_all(cell)) for cell in cells] == [3, 2, 2, 2, 1, 1]


def test_words_say_whom_they_name(manual):
    """Слова называют организации, группу или человека

    Одна вещь получает одно название: «Управление образования администрации района» и «УО» — одно и то же.
    """
    wordings = [
        ("Руководители образовательных организаций", Kind.ALL_SCHOOLS),
        ("заместители директоров по учебно-воспитательной работе", Kind.ALL_SCHOOLS),
        ("команды ШНОР", Kind.LOW_RESULTS),
        ("школы, находящиеся в зоне риска", Kind.RISK),
        ("ОО с признаками необъективных результатов", Kind.OBJECTIVITY),
        ("специалисты управления образования администрации района", Kind.DEPARTMENT),
        ("методисты ИМЦ", Kind.METHODIST),
        ("руководители РМО", Kind.ASSOCIATIONS),
        ("кураторы школ", Kind.CURATORS),
        ("Муниципальный координатор ВПР", Kind.COORDINATOR),
        ("школы-лидеры", Kind.LEADER_SCHOOLS),
        ("заведующие ДОУ", Kind.PRESCHOOLS),
        ("педагоги УДО", Kind.EXTRA_SCHOOLS),
        ("директор СОШ №4", Kind.NAMED),
        ("ТПМПК", Kind.EXTERNAL),
        ("Белова И.И.", Kind.PERSON),
        ("участники программы", Kind.UNKNOWN),
    ]
    rows = []
    for words, kind in wordings:
        found = understand(words)
        assert found.kind is kind
        rows.append(
            {
                "в документе": words,
                "название": found.canonical,
                "кто это": KINDS[kind],
                "кто в организации": ROLES.get(found.role, "—"),
            }
        )
    manual.table("Кого называют слова", rows)
    assert {kind for _, kind in wordings} == set(Kind)


def test_what_is_not_understood_is_told(manual):
    """Что не понято, о том система спрашивает

    Если названы не все школы, а какие — знают только авторы документа, исполнителей указывает пользователь: поручение
    не уходит всем подряд.
    """
    wordings = ["школы, имеющие кадетские классы", "участники проекта", "рабочая группа", "финансовое управление"]
    manual.says(f"Ответ «{KINDS[Kind.UNKNOWN]}» получат, например: {join_with_and([quote(one) for one in wordings])}.")
    assert {understand(words).kind for words in wordings} == {Kind.UNKNOWN}


def test_a_condition_is_kept_apart(manual):
    """Условие хранится отдельно от исполнителя"""
    wordings = ["Команды школ (не менее 2)", "ИРО по согласованию", "Все школы, кроме вечерних"]
    found = [understand(words) for words in wordings]
    manual.table(
        "Условия",
        [{"в документе": one.words, "исполнитель": one.canonical, "условие": one.condition} for one in found],
    )
    assert [one.condition for one in found] == ["не менее 2", "по согласованию", "кроме вечерних"]


def test_schools_are_found_by_their_names(manual):
    """Школа находится по названию

    Правовая форма, кавычки и вид школы могут быть записаны иначе. Если подходят несколько организаций, система
    предложит все. Филиал — не то же, что школа, к которой он относится.
    """
    names = {
        1: "МБОУ СОШ № 2",
        2: "МБОУ ООШ № 2",
        3: "МБОУ «Луговская СОШ»",
        4: "Филиал МБОУ «Луговская СОШ» в с. Берёзовка",
    }
    wordings = ["средняя школа №2", "школа № 2", "Луговская школа", "филиал Луговской СОШ", "гимназия № 1"]
    found = {words: match_organisation(understand(words), names) for words in wordings}
    told = {words: "; ".join(names[key] for key in keys) or "нет" for words, keys in found.items()}
    manual.table("Названия школ", [{"в документе": words, "найдено": keys} for words, keys in told.items()])
    assert list(found.values()) == [(1,), (1, 2), (3,), (4,), ()]


def test_oo_may_be_the_department(manual):
    """«ОО» бывает отделом образования

    Обычно «ОО» — образовательные организации. Если в документе есть и «специалисты ОО», и «руководители ОО», то первые
    работают в отделе образования: это видно только по всему документу.
    """
    cells = ["Специалисты ОО", "Руководители ОО, специалисты ОО"]
    found = [one for executors in understand_document(cells) for one in executors]
    manual.table("Один документ", [{"в документе": one.words, "название": one.canonical} for one in found])
    assert department_is_oo(cells)
    assert [one.kind for one in found] == [Kind.DEPARTMENT, Kind.ALL_SCHOOLS, Kind.DEPARTMENT]
