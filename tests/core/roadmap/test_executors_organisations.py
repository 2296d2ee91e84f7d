"""Which organisations of a territory a named executor is."""

import pytest

from msoko.core.roadmap.executors import match_organisation, understand, understand_all

NAMES = {
    1: "МБОУ СОШ № 1 пгт Заречный",
    2: "МБОУ СОШ № 2 имени А. П. Ветрова пгт Заречный",
    3: "МБОУ «Луговская СОШ»",
    4: "МБОУ «Гимназия № 3»",
    5: "МБОУ ООШ № 2 пгт Ключевой",
    6: "Филиал МБОУ «Луговская СОШ» в с. Берёзовка",
    7: "МБОУ «Тихвинская средняя школа № 4»",
    8: "МБДОУ «Детский сад № 5»",
    9: "МБУ ДО «Дом детского творчества»",
    10: "МБОУ «Начальная школа № 6» пгт Заречный",
    11: "МБОУ «Вечерняя (сменная) школа» пгт Заречный",
    12: "МБОУ «Верхнеозёрская СОШ»",
    13: "МБОУ Лицей",
    14: "МБОУ «СОШ № 14 им. 50-летия Победы»",
    15: "Муниципальное бюджетное общеобразовательное учреждение «Озёрская средняя общеобразовательная школа»",
    16: "МКОУ «Новолуговская ООШ»",
    17: "филиал МБОУ «ТСШ № 4» в с. Сосновка",
}


def matched(cell: str) -> list[tuple[int, ...]]:
    return [match_organisation(executor, NAMES) for executor in understand_all(cell)]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("СОШ №1", 1),
        ("МБОУ «СОШ №2 им. Ветрова»", 2),
        ("СОШ № 2", 2),
        ("ООШ №2", 5),
        ("Луговская СОШ", 3),
        ("Луговская средняя школа", 3),
        ("школа с. Луговое", 3),
        ("МБОУ Луговская СОШ", 3),
        ("Администрация Луговской СОШ", 3),
        ("филиал Луговской СОШ", 6),
        ("филиал МБОУ «Луговская СОШ» в с. Березовка", 6),
        ("ТСШ № 4", 7),
        ("Тихвинская СШ №4", 7),
        ("филиал МБОУ «ТСШ №4» в с. Сосновка", 17),
        ("Гимназия", 4),
        ("Гимназия № 3", 4),
        ("лицей", 13),
        ("детский сад № 5", 8),
        ("МБДОУ № 5", 8),
        ("ДДТ", 9),
        ("МБУ ДО ДДТ", 9),
        ("начальная школа № 6", 10),
        ("НОШ № 6", 10),
        ("Вечерняя школа", 11),
        ("Озерская СОШ", 15),
        ("Верхнеозёрская школа", 12),
        ("СОШ № 14", 14),
        ("Новолуговская школа", 16),
        ("МОУ «СОШ № 1 имени Первого Директора»", 1),
    ],
)
def test_one_organisation_is_found(words: str, key: int) -> None:
    assert matched(words) == [(key,)]


@pytest.mark.parametrize(
    "words", ["СОШ № 50", "гимназия № 1", "школа № 7", "Сосновская СОШ", "филиал в с. Дальнее", "ДЮСШ"]
)
def test_what_the_territory_has_not_is_not_found(words: str) -> None:
    assert matched(words) == [()]


def test_a_name_that_fits_several_gives_them_all() -> None:
    assert matched("школа № 2") == [(2, 5)]
    assert match_organisation(understand("СОШ № 9"), {1: "СОШ № 9 г. Энск", 2: "СОШ № 9 г. Луга"}) == (1, 2)


def test_a_name_that_says_no_more_wins() -> None:
    assert match_organisation(understand("СОШ № 9"), {1: "МБОУ СОШ № 9", 2: "МБОУ «Луговская СОШ № 9»"}) == (1,)


def test_the_legal_form_tells_between_equal_names() -> None:
    assert match_organisation(understand("МАОУ СОШ № 9"), {1: "МБОУ СОШ № 9", 2: "МАОУ СОШ № 9"}) == (2,)


def test_a_branch_is_never_its_parent() -> None:
    assert match_organisation(understand("филиал Луговской СОШ"), {3: NAMES[3]}) == ()
    assert match_organisation(understand("Луговская СОШ"), {6: NAMES[6]}) == ()


def test_each_of_several_schools_is_found() -> None:
    assert matched("МБОУ СОШ № 1, № 2, № 14") == [(1,), (2,), (14,)]
    assert match_organisation(understand("МБОУ СОШ № 1, № 2, № 14"), NAMES) == (1, 2, 14)


@pytest.mark.parametrize("words", ["Руководители ОО", "УО", "ШНОР", "Белова И.И.", "МКУ «ИМЦ»"])
def test_only_named_executors_are_matched(words: str) -> None:
    assert match_organisation(understand(words), {**NAMES, 99: words}) == ()
