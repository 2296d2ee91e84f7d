"""Year, grade and subject: content, else the file's name, else folders, else the user."""

import pytest

from msoko.core.collection.complaints import Complaints
from msoko.core.collection.names import Said, said_by_folders, said_by_name
from msoko.core.collection.naming import Content, name_procedure
from msoko.core.collection.reading import Hints, Naming, Origin
from msoko.core.definitions.kinds import Source
from msoko.core.definitions.loading import Definitions

DEFINITIONS = Definitions.load()
SILENT = Content()
OF_2020, OF_2021 = DEFINITIONS.sources["vpr_pupils/2020"], DEFINITIONS.sources["vpr_pupils/2021"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Русскому языку", Said(None, None, "russian")),
        ("Немецкий язык", Said(None, None, "german")),
        ("Проведение работы по математике, 4 класс. ВПР 2021", Said(2021, 4, "mathematics")),
        ("ВПР_МА_5_2021", Said(2021, 5, "mathematics")),
        ("vpr2021.ma4", Said(2021, 4, "mathematics")),
        ("ma5", Said(None, 5, "mathematics")),
        ("МА-5", Said(None, 5, "mathematics")),
        ("MA-5", Said(None, 5, "mathematics")),
        ("4 РУ", Said(None, 4, "russian")),
        ("6кл_ФИЗИКА_2021", Said(2021, 6, "physics")),
        ("5-й класс", Said(None, 5, None)),
        ("история_6", Said(None, 6, "history")),
        ("Окружающий мир 4", Said(None, 4, "world_around")),
        ("2021", Said(2021, None, None)),
        ("5", Said(None, 5, None)),
        ("ВПР 2021", Said(2021, None, None)),
        ("", Said()),
    ],
)
def test_a_name_says_what_it_says(name: str, said: Said) -> None:
    assert said_by_name(name, DEFINITIONS) == said


@pytest.mark.parametrize(
    "name",
    [
        "СОШ № 5",
        "школа 12",
        "reg22",
        "лицей 8",
        "школа_7",
        "вариант 2",
        "Отчет об итогах 5",
        "results in 5",
        "5-6 класс",
        "математика 5-6 классы",
        "МА 5-6",
    ],
)
def test_numbers_of_other_things_are_no_grades(name: str) -> None:
    assert said_by_name(name, DEFINITIONS).grade is None


@pytest.mark.parametrize("name", ["1998", "2014", "2036", "120215", "2020 и 2021"])
def test_what_is_no_year_of_a_work_or_more_than_one_is_not_taken(name: str) -> None:
    assert said_by_name(name, DEFINITIONS).year is None


@pytest.mark.parametrize("name", ["История 6 класс 2021-2022", "История 6 класс 2021/22", "История 6 класс 2021–2022"])
def test_an_academic_year_is_not_taken_for_the_year_of_the_work(name: str) -> None:
    assert said_by_name(name, DEFINITIONS) == Said(None, 6, "history")


def test_two_subjects_in_a_name_name_none() -> None:
    assert said_by_name("русский язык и литература, 5 класс", DEFINITIONS).subject is None


def test_the_nearest_folder_speaks_first() -> None:
    assert said_by_folders("2020/ВПР 2022/5/x.xlsx", DEFINITIONS) == Said(2022, 5, None)
    assert said_by_folders("Математика\\2022\\11 класс\\x.xlsx", DEFINITIONS) == Said(2022, 11, "mathematics")


def named(content: Content = SILENT, source: Source = OF_2021, **hints: object) -> tuple[Naming, dict[str, str]]:
    complaints = Complaints()
    naming = name_procedure(source, Hints(**hints), DEFINITIONS, complaints, content)  # type: ignore[arg-type]
    return naming, {one.code: f"{one.level} {one.message} {one.advice}" for one in complaints.all()}


def test_each_part_has_its_origin() -> None:
    naming, said = named(Content(year=2022), path="2021/5/История.xlsx")
    assert (naming.year, naming.grade, naming.subject) == (2022, 5, "history")
    assert naming.origins == {"year": Origin.CONTENT, "grade": Origin.FOLDER, "subject": Origin.FILE_NAME}
    assert said["named_by_path"].startswith("PASS")


def test_the_content_wins_over_the_user_and_both_are_named() -> None:
    naming, said = named(Content(2022, 5, "history"), path="x.xlsx", year=2021)
    assert naming.year == 2022
    assert said["year_differs"].startswith("WARNING")
    assert "2022" in said["year_differs"]
    assert "2021" in said["year_differs"]


def test_the_user_corrects_what_only_the_name_tells() -> None:
    naming, said = named(path="2021/5/История.xlsx", year=2022, grade=6, subject="МА")
    assert (naming.year, naming.grade, naming.subject) == (2022, 6, "mathematics")
    assert set(naming.origins.values()) == {Origin.USER}
    assert said == {}


def test_the_name_wins_over_the_folders_and_the_difference_is_told() -> None:
    naming, said = named(path="2021/5/История 6 класс.xlsx")
    assert naming.grade == 6
    assert said["grade_differs"].startswith("WARNING")


def test_what_lacks_is_a_fail_that_says_how_to_give_it() -> None:
    _, said = named(source=DEFINITIONS.sources["vpr_individual/f1"], path="История 2021-2022.xlsx")
    fail = said["procedure_unresolved"]
    assert fail.startswith("FAIL")
    assert all(word in fail for word in ("год", "класс", "--year", "--grade", "2021-2022"))
    assert "--subject" not in fail


def test_the_year_of_the_layout_is_the_last_resort_and_asks_to_be_confirmed() -> None:
    naming, said = named(path="История 5 класс.xlsx")
    assert (naming.year, naming.origins["year"]) == (2021, Origin.LAYOUT)
    assert said["year_by_layout"].startswith("WARNING")
    assert named(path="История 5 класс 2023.xlsx")[0].year == 2023


def test_a_subject_that_nobody_knows_is_a_fail() -> None:
    _, said = named(path="5 класс 2021.xlsx", subject="астрология")
    assert said["unknown_subject"].startswith("FAIL")


@pytest.mark.parametrize(
    ("year", "month", "academic_year", "pupils_grade"),
    [(2020, None, 2020, 6), (2021, None, 2020, 5), (2022, 3, 2021, 5), (2022, 10, 2022, 6)],
)
def test_works_of_autumn_are_sat_by_pupils_a_grade_higher(
    year: int, month: int | None, academic_year: int, pupils_grade: int
) -> None:
    naming, _ = named(Content(year, 5, "history", month), OF_2020)
    assert (naming.academic_year, naming.pupils_grade) == (academic_year, pupils_grade)


def test_nobody_sits_the_work_of_the_last_grade_a_grade_higher() -> None:
    naming, _ = named(Content(2022, 11, "physics", 10), OF_2020)
    assert (naming.academic_year, naming.pupils_grade) == (2021, 11)
