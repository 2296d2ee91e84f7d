"""The written files: official layouts, the dirt that was counted, the same bytes every time."""

from __future__ import annotations

import hashlib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from python_calamine import CalamineWorkbook

from msoko.core.collection import read
from msoko.core.collection.reading import Hints
from msoko.core.definitions.loading import Definitions
from msoko.core.vocabulary.statuses import Level
from msoko.simulation import Simulated, layouts, simulate
from msoko.simulation.layouts import EXAM_PERSONAL, VPR_AFTER_ITEMS, VPR_BEFORE_ITEMS
from msoko.simulation.vpr_files import F1_SCHOOLS, NBSP

SEED = 5
DESCRIPTION = "Описания работ/Описание работ ВПР 2026.xlsx"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    """Two subjects in one year, all eighteen schools: about an eighth of the demonstration."""
    return simulate(tmp_path_factory.mktemp("district"), 18, SEED, years=(2026,), subjects=("РУ", "МА"))


def _rows(written: Simulated, path: str, sheet: str) -> list[list]:
    return (
        CalamineWorkbook.from_path(str(written.folder / path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    )


def _vpr_paths(written: Simulated) -> list[str]:
    return [file.path for file in written.files if file.what == "ВПР, протокол"]


def test_vpr_headers_are_those_of_2022(written: Simulated) -> None:
    header = _rows(written, "ВПР/2026/4/Математика.xlsx", "Протокол")[0]
    assert tuple(header[:8]) == VPR_BEFORE_ITEMS
    assert tuple(header[-4:]) == VPR_AFTER_ITEMS
    assert header[8:14] == ["1 (1б)", "2 (1б)", "3 (2б)", "4 (1б)", "5(1) (1б)", "5(2) (1б)"]


def test_a_row_names_login_region_municipality_and_school_as_real_files_do(written: Simulated) -> None:
    row = _rows(written, "ВПР/2026/4/Математика.xlsx", "Протокол")[1]
    assert row[0] == "edu990101"
    assert row[2:5] == [
        "reg990000 | Н-ская область",
        "reg99_m001 | Заречный район",
        "edu990101 | МБОУ СОШ № 1 пгт Заречный",
    ]


def test_every_file_carries_as_many_rows_as_it_says(written: Simulated) -> None:
    by_path = {file.path: file for file in written.files}
    for path in _vpr_paths(written):
        assert len(_rows(written, path, "Протокол")) - 1 == by_path[path].participants


def test_the_total_is_the_sum_of_items_except_where_it_was_spoiled(written: Simulated) -> None:
    differing = 0
    for path in _vpr_paths(written):
        for row in _rows(written, path, "Протокол")[1:]:
            points = sum(int(cell) for cell in row[8:-4] if isinstance(cell, float))
            differing += row[-1] != points
    assert differing == written.dirt["«Итого баллов» не равно сумме"] + written.dirt["строка сдвинута на столбец"] == 3


def test_dirt_is_counted_cell_by_cell(written: Simulated) -> None:
    seen: Counter[str] = Counter()
    for path in _vpr_paths(written):
        for row in _rows(written, path, "Протокол")[1:]:
            seen["вариант «отсутствовал»"] += row[7] == "отсутствовал"
            seen["«не пройд.»"] += row[8:-4].count("не пройд.")
            seen["не приступал: «X»"] += row[8:-4].count("X")
            seen["не приступал: «Х» (кириллица)"] += row[8:-4].count("Х")
            seen["неразрывный пробел в классе"] += NBSP in str(row[-4])
    shifted = 1  # the slipped row may have lost an X of its first item
    for kind, count in seen.items():
        assert written.dirt[kind] - shifted <= count <= written.dirt[kind], kind
        assert count > 0, kind


def test_schools_that_hand_in_f1_are_not_in_the_district_file(written: Simulated) -> None:
    logins = {row[0] for row in _rows(written, "ВПР/2026/8/Математика.xlsx", "Протокол")[1:]}
    own = [file for file in written.files if file.what == "ВПР, Ф1 индивидуальные результаты"]
    assert len(own) == len(F1_SCHOOLS)
    for file in own:
        rows = _rows(written, file.path, "Ф1")
        assert rows[0][0] == "ВПР 2026 Математика 8 класс"
        assert rows[1][0].endswith(f"| Кол-во участников: {file.participants}")
        assert rows[4][:6] == list(layouts.F1_BEFORE_ITEMS)
        assert rows[5][0] not in logins
        assert len(rows) == 5 + file.participants


def test_exam_blocks_have_titles_header_rows_and_means(written: Simulated) -> None:
    rows = _rows(written, "ЕГЭ/2026/ЕГЭ 2026.xlsx", "Протокол")
    titles = [i for i, row in enumerate(rows) if str(row[0]).startswith("Протокол проверки результатов")]
    assert [rows[i + 2][0] for i in titles] == [
        "01 - Русский язык 2026.05.30",
        "02 - Математика профильная 2026.06.06",
        "22 - Математика базовая 2026.06.06",
    ]
    assert [str(row[0]) for row in rows].count("Средние") == 3
    assert all(rows[i + 1][0] == "99 - Н-ская область" for i in titles)


def test_answers_of_an_exam_add_up_to_its_primary_score(written: Simulated) -> None:
    rows = _rows(written, "ЕГЭ/2026/ЕГЭ 2026.xlsx", "Протокол")
    header = rows[3]
    short, total = header.index("Задания с кратким ответом"), header.index("Первичный балл")
    end = next(i for i, row in enumerate(rows) if row[0] == "Средние")
    for row in rows[4:end]:
        plain = sum(1 if sign == "+" else int(sign) if sign.isdigit() else 0 for sign in row[short])
        essay = sum(int(part.split("(")[0]) for part in row[short + 1].split(")") if part)
        assert plain + essay == row[total]


def test_only_one_file_has_personal_columns(written: Simulated) -> None:
    having = [
        file.path
        for file in written.files
        if "протокол" in file.what and file.what != "ВПР, протокол"
        if set(EXAM_PERSONAL) & {cell for row in _rows(written, file.path, "Протокол")[:5] for cell in row}
    ]
    assert having == ["ОГЭ/2026/ОГЭ 2026 Математика.xlsx"]


def test_shares_in_region_tables_make_a_hundred(written: Simulated) -> None:
    rows = _rows(written, "Регион/2026/Распределение первичных баллов ВПР 2026.xlsx", "Распределение")
    assert rows[1][:7] == list(layouts.DISTRIBUTION)
    for row in rows[2:]:
        shares = [float(cell.replace(",", ".")) for cell in row[7:] if cell]
        assert sum(shares) == pytest.approx(100, abs=0.3)
    assert [row[3] for row in rows[2:4]] == ["Н-ская область", "Заречный район"]


def test_lowered_confirmed_and_raised_make_all(written: Simulated) -> None:
    rows = _rows(written, "Регион/2026/Сравнение отметок с отметками по журналу ВПР 2026.xlsx", "4 МА")
    table = rows[next(i for i, row in enumerate(rows) if row[0] == "Группы участников") + 1 :]
    for start in (0, 5):
        lowered, confirmed, raised, everyone = (row[1] for row in table[start + 1 : start + 5])
        assert lowered + confirmed + raised == everyone > 500


@pytest.mark.parametrize(
    ("layout", "header"),
    [
        ("organisations", layouts.REGISTER),
        ("social_passport", layouts.SOCIAL_PASSPORT),
        ("staff", layouts.STAFF),
        ("yearly_marks", layouts.YEARLY_MARKS),
        ("journal_marks", layouts.PERIOD_MARKS),
        ("work_description", layouts.WORK_DESCRIPTION),
    ],
)
def test_our_own_files_have_the_headers_of_our_own_forms(layout: str, header: tuple[str, ...]) -> None:
    form = yaml.safe_load((files("msoko") / "definitions" / "layouts" / f"{layout}.yaml").read_text("utf-8"))
    assert tuple(column["title"] for column in form["columns"]) == header


def test_the_system_recognises_every_file_and_fails_none(written: Simulated) -> None:
    definitions = Definitions.load()
    sources = {
        "реестр организаций": "layouts/organisations",
        "социальный паспорт": "layouts/social_passport",
        "кадры": "layouts/staff",
        "ВПР, протокол": "vpr_pupils/2022",
        "ВПР, Ф1 индивидуальные результаты": "vpr_individual/f1",
        "ОГЭ, протокол": "oge_protocol/2025",
        "ЕГЭ, протокол": "ege_protocol/2025",
        "описание работ": "layouts/work_description",
        "годовые отметки": "layouts/yearly_marks",
        "отметки за четверти": "layouts/journal_marks",
        "сводные таблицы региона": "fis_oko",
    }
    for file in written.files:
        readings = read(written.folder / file.path, file.path, Hints(file.path), definitions)
        assert all(reading.source.startswith(sources[file.what]) for reading in readings), file.path
        if "протокол" in file.what or file.what.startswith("сводные"):
            assert all(r.naming.year == 2026 and r.naming.grade and r.naming.subject for r in readings), file.path
        complaints = [complaint for reading in readings for complaint in reading.complaints]
        assert not [complaint for complaint in complaints if complaint.level is Level.FAIL], file.path


def test_marks_of_a_class_make_its_pupils(written: Simulated) -> None:
    for path, sheet in (
        ("Отметки/2026/Годовые отметки 2026.xlsx", "Годовые отметки"),
        ("Отметки/2026/Отметки за четверти 2026.xlsx", "Отметки за период"),
    ):
        rows = _rows(written, path, sheet)[1:]
        assert len(rows) > 1000
        assert all(row[7] == sum(row[8:13]) for row in rows)


def test_the_social_passport_counts_no_more_than_there_are(written: Simulated) -> None:
    rows = _rows(written, "Социальный паспорт школ.xlsx", "Социальный паспорт")[1:]
    assert len(rows) == 18
    for row in rows:
        assert all(cell <= row[4] for cell in row[5:] if isinstance(cell, float))
        assert row[5] + row[6] <= row[4]


def test_bytes_are_the_same_every_time(tmp_path: Path) -> None:
    def digests(folder: Path) -> dict[str, str]:
        done = simulate(folder, 3, SEED, years=(2025,), subjects=("МА",), pupils_per_school=60)
        return {file.path: hashlib.sha256((folder / file.path).read_bytes()).hexdigest() for file in done.files}

    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_progress_names_every_file_once(tmp_path: Path) -> None:
    heard: list[str] = []
    done = simulate(tmp_path, 1, SEED, years=(2025,), subjects=("МА",), pupils_per_school=40, report=heard.append)
    assert heard == [file.path for file in done.files]
    assert all((tmp_path / path).is_file() for path in heard)


def test_every_work_of_the_year_is_described_as_its_protocol_numbers_it(written: Simulated) -> None:
    readings = read(written.folder / DESCRIPTION, DESCRIPTION, Hints(), Definitions.load())
    assert not [complaint for reading in readings for complaint in reading.complaints]
    assert len(readings) == len(_vpr_paths(written))
    maths = next(one for one in readings if (one.naming.subject, one.naming.grade) == ("mathematics", 4))
    header = _rows(written, "ВПР/2026/4/Математика.xlsx", "Протокол")[0]
    assert [f"{row['item']} ({row['maximum']}б)" for row in maths.rows] == header[8:-4]
    assert all(row["level"] and row["element"] and row["outcome"] for reading in readings for row in reading.rows)
