"""Whose row it is: one text for one person, hashed with a key and then forgotten."""

from dataclasses import replace
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msoko.core import collection
from msoko.core.collection import judge, linking
from msoko.core.collection.identity import identities, identity_columns, identity_of
from msoko.core.collection.personal import personal_columns
from msoko.core.collection.reading import Hints
from msoko.core.definitions.checking import check
from msoko.core.facts import store
from msoko.core.vocabulary.words import look_alike, normal
from tests.core.collection.readers.books import DEFINITIONS, xlsx
from tests.core.collection.readers.test_exam_protocol import ABOVE, EGE, EGE_HEADER

KEY, OTHER_KEY = b"k" * linking.SHORTEST_KEY, b"o" * linking.SHORTEST_KEY
SCHOOL = "oo:990101"
WHO = {"surname": "Ёжикова-Вишня", "name": "Анна", "patronymic": "Львовна", "series": "0410", "number": "012345"}
PERSON = ["Ёжикова-Вишня", "Анна", "Львовна", "0410", "012345"]
words = st.sampled_from(["Анна", "анна", "АННА ", "Ёлкина", "елкина", "Ёлкина-Ель", "Ёлкина  Ель", "Ель"])
documents = st.sampled_from(["4510123456", "4510123457", "4511123456"])


def protocol(*people, title="01 - Русский язык 2025.05.30"):
    """A protocol of ЕГЭ of these persons (surname, name, patronymic, series, number), codes of their own."""
    rows = [
        [number, 1001, 990101, "11А", *person, 401, f"{crc32(title.encode())}{number:04d}", "++", "1(2)", 3, 50]
        for number, person in enumerate(people)
    ]
    return xlsx([*ABOVE, [title], EGE_HEADER, *rows])


def links(content, key=KEY):
    (reading,) = collection.read(content, "f.xlsx", Hints("f.xlsx"), DEFINITIONS, key)
    return reading.pupils.link


@pytest.mark.parametrize(
    "written",
    [
        WHO | {"surname": "ЕЖИКОВА - ВИШНЯ", "name": " анна "},
        WHO | {"number": "12345"},  # a spreadsheet took the zero away
        WHO | {"series": "410"},
        {"full_name": "Ёжикова-Вишня Анна  Львовна", "document": "04 10 № 012345"},
        {"full_name": "ежикова вишня анна львовна", "document": "0410-012345"},
        WHO | {"name": "Aннa"},  # Latin letters
    ],
)
def test_one_person_is_one_however_she_is_written(written):
    assert identity_of(written, SCHOOL) == identity_of(WHO, SCHOOL)


@pytest.mark.parametrize(
    "changed",
    [{"number": "012346"}, {"series": "0411"}, {"surname": "Ёжикова"}, {"patronymic": ""}, {"name": "Инна"}],
)
def test_whoever_differs_in_anything_is_another(changed):
    assert identity_of(WHO | changed, SCHOOL) != identity_of(WHO, SCHOOL)


def test_a_document_is_the_same_in_every_school_and_a_name_without_one_only_in_its_own():
    assert identity_of(WHO, SCHOOL) == identity_of(WHO, "oo:990102")
    nameless = WHO | {"number": "", "series": ""}
    assert identity_of(nameless, SCHOOL) != identity_of(nameless, "oo:990102")


@pytest.mark.parametrize("document", ["", "—", "нет", "000000", "1", "№", "Паспорт РФ", "паспорт 45"])
def test_what_is_no_document_leaves_the_name_alone(document):
    plain = {"surname": "Ёжикова", "name": "Анна"}
    assert identity_of(plain | {"document": document}, SCHOOL) == identity_of(plain, SCHOOL)


@pytest.mark.parametrize("said", [{}, {"surname": "Ёжикова"}, {"name": "Анна"}, {"surname": "123", "name": "45"}])
def test_one_word_is_nobody(said):
    assert identity_of(said, SCHOOL) == ""
    assert identity_of({"surname": "Ёжикова", "name": "Анна"}, "") == ""


@settings(deadline=None)
@given(st.lists(st.tuples(words, words, documents), max_size=5))
def test_two_rows_have_one_identity_only_where_name_and_document_are_one(rows):
    said = {"surname": [a for a, _, _ in rows], "name": [b for _, b, _ in rows], "document": [c for _, _, c in rows]}
    found = identities(said, [SCHOOL] * len(rows))
    plain = [(" ".join(f"{a} {b}".lower().replace("ё", "е").replace("-", " ").split()), c) for a, b, c in rows]
    is_one = [[one == other for other in plain] for one in plain]
    assert [[one == other for other in found] for one in found] == is_one


def test_columns_are_found_by_their_headers_and_a_number_of_the_row_is_no_document():
    source = DEFINITIONS.sources["ege_protocol/2025"]
    assert identity_columns(["Номер", "Фамилия", "Имя"], source) == {"surname": 1, "name": 2}
    assert identity_columns(["Серия", "Номер", "ФИО"], source) == {"series": 0, "number": 1, "full_name": 2}
    assert identity_columns(["ФИО", "Паспорт"], source) == {"full_name": 0, "document": 1}
    said = ["Фамилия участника", "ИМЯ", "Отчество (при наличии)", "Серия док.", "№ документа", "Номер аудитории"]
    assert identity_columns(said, source) == {"surname": 0, "name": 1, "patronymic": 2, "series": 3, "document": 4}
    assert identity_columns(["Фамилия, имя, отчество", "Серия и номер документа"], source) == {
        "surname": 0,
        "document": 1,
    }


def test_a_person_has_one_link_in_all_subjects_of_a_year_and_another_in_the_next_year():
    other = ["Другая", "Анна", "Львовна", "0410", "012399"]
    (russian, second) = links(protocol(PERSON, other))
    (maths,) = links(protocol(PERSON, title="02 - Математика профильная 2025.05.27"))
    (next_year,) = links(protocol(PERSON, title="01 - Русский язык 2026.05.30"))
    assert russian == maths
    assert len({russian, second, next_year}) == 3


def test_another_key_gives_other_links_that_say_so():
    (one,), (other,) = links(protocol(PERSON)), links(protocol(PERSON), OTHER_KEY)
    mark = linking.LENGTH_OF_MARK
    assert one[mark:] != other[mark:]
    assert (one[:mark], other[:mark]) == (linking.mark_of(KEY), linking.mark_of(OTHER_KEY))


@pytest.mark.parametrize(
    ("key", "why"), [(None, linking.NO_KEY), (b"k" * 31, linking.SHORT_KEY), (b"", linking.SHORT_KEY)]
)
def test_without_a_key_no_link_is_made_and_the_reason_is_told(key, why):
    (reading,) = collection.read(protocol(PERSON), "f.xlsx", Hints("f.xlsx"), DEFINITIONS, key)
    assert (reading.pupils.link, reading.pupils.identity) == (None, None)
    (told,) = [one for one in reading.complaints if one.code == "not_linked"]
    assert why in told.message
    assert linking.LINK_COLUMN not in judge(reading, DEFINITIONS).table.column_names


def test_neither_persons_nor_the_key_are_in_what_was_read(tmp_path):
    (reading,) = collection.read(protocol(PERSON), "f.xlsx", Hints("f.xlsx"), DEFINITIONS, KEY)
    table = judge(reading, DEFINITIONS).table
    kept = store.read(tmp_path, store.write(table, tmp_path))
    said = f"{reading!r} {reading.pupils.identity} {kept.to_pylist()} {kept.schema}"
    assert not [part for part in (*PERSON, "ежикова", "410012345", KEY.decode()) if part in said]
    assert kept[linking.LINK_COLUMN].to_pylist() == reading.pupils.link
    assert not [one for one in reading.complaints if (reading.pupils.link or [""])[0] in f"{one}"]


def test_a_file_that_tells_nobody_s_name_has_no_links():
    header = [name for name in EGE_HEADER if name not in ("Фамилия", "Имя", "Отчество", "Серия", "Номер")]
    rows = [[1, 1001, 990101, "11А", 401, "1000000001", "++", "1(2)", 3, 50]]
    (reading,) = collection.read(xlsx([*ABOVE, EGE[2], header, *rows]), "f.xlsx", Hints("f.xlsx"), DEFINITIONS, KEY)
    assert reading.pupils.link is None
    assert "linked" not in [one.code for one in reading.complaints]


def test_a_shifted_row_is_nobody_s():
    row = [1, 1001, "Ёжикова", 990101, "11А", *PERSON[1:], 401, "1000000001", "++", "1(2)", 3, 50]
    assert links(xlsx([*ABOVE, EGE[2], EGE_HEADER, row])) is None


def test_whatever_tells_a_person_is_dropped_under_any_header():
    source = replace(DEFINITIONS.sources["ege_protocol/2025"], identity={"surname": ("Кто…",), "number": ("№ кор.",)})
    assert personal_columns(["Кто это", "Балл", "№ кор."], source) == [0, 2]


def test_an_unknown_part_of_an_identity_is_refused(tmp_path):
    folder = tmp_path / "sources" / "ours"
    folder.mkdir(parents=True)
    text = (
        "{title: Наша, why: нужна, checked: 2026-01-01, reader: exam_protocol, grain: pupils, procedure: ege, "
        "recognised_by: [Наш код], identity: {nickname: [Прозвище]}}"
    )
    (folder / "2025.yaml").write_text(text, encoding="utf-8")
    assert "в «identity» неизвестные поля: nickname" in " ".join(map(str, check(tmp_path)))


def test_no_cache_keeps_a_name() -> None:
    """What a file tells of a person is forgotten with its row: the words of people go through no memory."""
    assert not any(hasattr(one, "cache_info") for one in (normal, look_alike, identity_of))
