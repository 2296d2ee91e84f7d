"""One code in a school, grade and year of ВПР is one pupil: measured on the real files, work against work."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from msoko.core.analysis import linking
from msoko.core.analysis.panel import People, Procedure
from msoko.core.collection import judge, read
from msoko.core.collection.reading import Hints, Naming
from msoko.core.definitions.loading import Definitions
from tests.cli.conftest import Answer, shell

MATHS_4, RUSSIAN_4 = (
    f"2021/4/Проведение работы по {subject}, 4 класс. ВПР 2021.xlsx" for subject in ("математике", "русскому языку")
)
MATHS_5, RUSSIAN_5 = (
    f"2021/5/Проведение работы по {subject}, 5 класс. ВПР 2021.xlsx" for subject in ("математике", "русскому языку")
)
PAIRS = [
    ("2020/4/Математика.xlsx", "2020/4/Русский язык.xlsx"),
    ("2020/5/Математика.xlsx", "2020/5/Русский язык.xlsx"),
    ("2020/5/Русский язык.xlsx", "2020/5/История.xlsx"),
    (MATHS_4, RUSSIAN_4),
    (MATHS_5, RUSSIAN_5),
]
WORTH_BELIEVING = {"least_sex": 80, "least_class": 50}


@pytest.fixture(params=PAIRS, ids=lambda pair: pair[0][:6])
def pair(request: pytest.FixtureRequest, real_files: Path) -> linking.Linked:
    works = [work_of(real_files, name) for name in request.param]
    return linking.put_together(dict(works))


@cache
def table_of(folder: Path, name: str) -> tuple[Naming, pa.Table]:
    definitions = Definitions.load()
    (reading,) = read(folder / "vpr" / name, name, Hints(name), definitions)
    return reading.naming, judge(reading, definitions).table.drop_columns(["variant", "status"])


def work_of(folder: Path, name: str) -> tuple[Procedure, People]:
    """The work with the rows of its participants; the login of a school stands for its key."""
    naming, table = table_of(folder, name)
    rows = table.filter(table["in_items"])
    text = {column: np.array(rows[column].to_pylist(), str) for column in ("login", "code", "class_name", "sex")}
    school = np.array([int("".join(filter(str.isdigit, login)) or 0) for login in text["login"].tolist()])
    key = sum(name.encode())
    return (
        Procedure(key, "vpr", naming.subject or "", naming.grade or 0, naming.year or 0),
        People(
            school,
            text["code"],
            text["class_name"],
            text["code"],
            text["sex"],
            rows["items_total"].to_numpy().astype(np.int32),
            np.zeros(rows.num_rows, np.int8),
        ),
    )


def within_classes(found: linking.Linked) -> float:
    """The correlation of a pupil's two scores within the class: without what a class has in common."""
    first = np.flatnonzero((found.pupil[1:] == found.pupil[:-1]) & (found.class_name[:-1] != ""))
    classes = np.unique(
        np.char.add(found.organisation[first].astype(str), found.class_name[first]), return_inverse=True
    )[1]
    sizes = np.bincount(classes)
    scores = [found.score[first + step].astype(float) for step in (0, 1)]
    centred = [one - (np.bincount(classes, one) / sizes)[classes] for one in scores]
    return float(np.corrcoef(*centred)[0, 1])


@pytest.mark.parametrize("names", PAIRS, ids=lambda pair: pair[0][:6])
def test_nearly_all_rows_find_their_other_work_and_no_code_stands_twice(
    names: tuple[str, str], real_files: Path
) -> None:
    """The absent among them: they have a row in either file."""
    columns = [table_of(real_files, name)[1].select(["login", "code"]).to_pylist() for name in names]
    first, second = ({(row["login"], row["code"]) for row in rows} for rows in columns)
    assert [len(first), len(second)] == [len(rows) for rows in columns]
    assert len(first & second) > 0.94 * max(len(first), len(second))


def test_sex_and_class_agree_where_both_files_tell_them(pair: linking.Linked) -> None:
    for what, least in ((linking.SEX, 0.96), (linking.CLASS, 0.97)):
        shares = pair.agreement(what).values()
        assert sum(one.k for one in shares) / sum(one.n for one in shares) > least, what


def test_scores_of_one_code_go_together_as_those_of_one_pupil(pair: linking.Linked) -> None:
    assert 0.4 < within_classes(pair) < 0.8


def test_scores_of_codes_given_out_at_random_do_not(pair: linking.Linked) -> None:
    """The same measure on codes dealt out anew within each school: it would see that they are nobody's."""
    lot = np.random.default_rng(1)
    order = np.lexsort((lot.random(len(pair.pupil)), pair.work, pair.organisation))
    by_school = np.lexsort((pair.pupil, pair.work, pair.organisation))
    dealt = pair.score.copy()
    dealt[by_school] = pair.score[order]
    other = linking.Linked(**{**vars_of(pair), "score": dealt})
    assert abs(within_classes(other)) < 0.2


def vars_of(found: linking.Linked) -> dict[str, object]:
    return {name: getattr(found, name) for name in linking.Linked.__dataclass_fields__}


def test_few_schools_are_doubted_and_theirs_are_the_codes_that_say_little(pair: linking.Linked) -> None:
    doubted = list(linking.doubts(pair, WORTH_BELIEVING))
    assert len(doubted) < 0.05 * len(set(pair.organisation.tolist()))
    is_doubted = np.isin(pair.organisation, doubted)
    assert within_classes(pair.take(is_doubted)) < within_classes(pair.take(~is_doubted))


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory, real_files: Path) -> Answer:
    home = tmp_path_factory.mktemp("links") / "home"
    files = [real_files / "vpr" / name for name in (MATHS_4, RUSSIAN_4)]
    imported = shell(home, "import", *files, "--accept", "--create-schools", "--json")
    assert imported.code == 0, imported.err
    return shell(home, "findings", "--method", "groups.two_marks", "--year", 2021, "--json")


def test_the_command_counts_pupils_with_two_marks_and_tells_no_code(answer: Answer, real_files: Path) -> None:
    said = answer.data
    counted = [one["statistic"]["all"] for one in said["findings"]]
    assert len(counted) > 500
    assert sum(one["n"] for one in counted) > 22_000
    assert 0 < sum(one["k"] for one in counted) < 0.1 * sum(one["n"] for one in counted)
    codes = set(work_of(real_files, MATHS_4)[1].code.tolist())
    assert not [code for code in list(codes)[:200] if f'"{code}"' in json.dumps(said)]
