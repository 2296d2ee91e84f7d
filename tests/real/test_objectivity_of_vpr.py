"""The published markers on the real files through the command: the counts of expected.json come out one by one."""

import json
import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from msoko.core.definitions.loading import Definitions
from tests.cli.conftest import shell

FILES_WITH_MARKERS = (
    "2020/4/Математика.xlsx",
    "2020/4/Русский язык.xlsx",
    "2020/5/Математика.xlsx",
    "2020/5/Русский язык.xlsx",
    "2021/4/Проведение работы по математике, 4 класс. ВПР 2021.xlsx",
    "2021/4/Проведение работы по русскому языку, 4 класс. ВПР 2021.xlsx",
    "2021/5/Проведение работы по математике, 5 класс. ВПР 2021.xlsx",
    "2021/5/Проведение работы по русскому языку, 5 класс. ВПР 2021.xlsx",
    "2021/6/Проведение работы по математике, 6 класс. ВПР 2021.xlsx",
)
SUBJECTS = {"МА": "математика", "РУ": "русский язык"}
FENCES = ("p25", "median", "p75", "iqr", "low_fence", "high_fence", "min", "max")

Json = dict[str, Any]
Ask = Callable[..., Json]


@pytest.fixture(scope="module")
def expected(real_files: Path) -> Json:
    whole = json.loads((real_files / "vpr" / "expected.json").read_text())
    return whole | {"by_file": {entry["file"]: entry for entry in whole["files"]}}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, real_files: Path) -> Ask:
    """ask(method, year, parameter=value …): the answer of `msoko findings` over all procedures, asked once."""
    home = tmp_path_factory.mktemp("objectivity") / "home"
    files = [real_files / "vpr" / name for name in FILES_WITH_MARKERS]
    imported = shell(home, "import", *files, "--accept", "--create-schools", "--json")
    assert imported.code == 0, imported.err

    @cache
    def asked(method: str, year: int, **parameters: object) -> Json:
        values = {"score": "printed", "procedures": "any"} | parameters
        settings = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
        answer = shell(home, "findings", "--method", f"objectivity.{method}", "--year", year, *settings, "--json")
        assert answer.code == 0, answer.err
        return answer.data

    return asked


@pytest.fixture(params=FILES_WITH_MARKERS)
def wanted(request: pytest.FixtureRequest, expected: Json) -> Json:
    return expected["by_file"][request.param]


def procedure_of(answer: Json, subject: str, grade: int) -> Json:
    (found,) = [
        one
        for one in answer["procedures"]
        if (one["procedure"]["subject"], one["procedure"]["grade"]) == (SUBJECTS[subject], grade)
    ]
    return found


def flagged_of(answer: Json, wanted: Json) -> Json:
    return procedure_of(answer, wanted["subject"], wanted["grade_of_work"])


def login_of(organisation: Json) -> str:
    """These files name every school by a login of one kind."""
    (login,) = [one for one in organisation["logins"] if re.fullmatch(r"sch\d+", one)]
    return login


def digest_of(organisations: list[Json]) -> str:
    return sha256("\n".join(sorted(map(login_of, organisations))).encode()).hexdigest()[:16]


def test_inflated_means_are_those_of_the_written_rule(ask: Ask, wanted: Json) -> None:
    high = wanted["school_markers"]["high_mean"]
    found = flagged_of(ask("inflated_mean", wanted["year"]), wanted)
    reference = found["reference"]
    assert (found["eligible"], len(found["flagged"])) == (high["eligible"], high["flagged"])
    assert digest_of(found["flagged"]) == high["digest"]
    assert reference["n"] == high["region_n"]
    for ours, theirs in (("mean", "mean"), ("sd", "sd"), ("low", "ci_low"), ("high", "ci_high")):
        assert reference[ours] == pytest.approx(high[f"region_{theirs}"], abs=1e-6)


def test_inflated_means_of_ten_participants_and_more(ask: Ask, wanted: Json) -> None:
    found = flagged_of(ask("inflated_mean", wanted["year"], min_n=10), wanted)
    assert len(found["flagged"]) == wanted["school_markers"]["high_mean"]["flagged_n_ge_10"]


def test_mismatches_with_the_journal_by_correlation_of_ranks(ask: Ask, wanted: Json) -> None:
    spearman = wanted["school_markers"]["spearman"]
    found = flagged_of(ask("journal_mismatch", wanted["year"]), wanted)
    reference = found["reference"]
    assert len(found["flagged"]) == spearman["negative_tie_corrected"]
    assert found["eligible"] == spearman["schools_n_ge_10"] - spearman["constant"]
    assert (reference["schools_min_n"], reference["constant"]) == (spearman["schools_n_ge_10"], spearman["constant"])
    assert reference["median"] == pytest.approx(spearman["median_tie_corrected"], abs=1e-6)
    assert reference["min"] == pytest.approx(spearman["min_tie_corrected"], abs=1e-6)


def test_mismatches_with_the_journal_by_the_published_formula(ask: Ask, wanted: Json) -> None:
    spearman = wanted["school_markers"]["spearman"]
    found = flagged_of(ask("journal_mismatch", wanted["year"], formula="published"), wanted)
    assert len(found["flagged"]) == spearman["negative_published_formula"]
    assert found["eligible"] == spearman["schools_n_ge_10"]  # the formula has an answer for constant schools, too
    assert found["reference"]["median"] == pytest.approx(spearman["median_published"], abs=1e-6)


@pytest.mark.parametrize("least", [1, 10])
@pytest.mark.parametrize("pair", ["2021/5 РУ", "2021/5 МА", "2021/6 МА"])
def test_changes_of_a_cohort_are_those_of_the_written_rule(ask: Ask, expected: Json, pair: str, least: int) -> None:
    (wanted,) = [one for one in expected["cohort_change"] if one["denominator"] == pair]
    figures = wanted[f"n_ge_{least}"]
    year, grade, subject = re.split(r"[/ ]", pair)
    reference = procedure_of(ask("cohort_change", int(year), min_n=least), subject, int(grade))["reference"]
    assert reference["schools_both"] == figures["schools"]
    assert (reference["drop"], reference["rise"]) == (figures["drop"], figures["rise"])
    assert [reference[name] for name in FENCES] == pytest.approx([figures[name] for name in FENCES], abs=1e-6)


@pytest.mark.parametrize("method", ["inflated_mean", "markers_2021"])
def test_how_many_schools_the_published_rules_mark_is_told_as_it_is(ask: Ask, method: str) -> None:
    """What the definition warns of is counted here, over its default procedures of 2021."""
    procedures = "vpr/РУ4,vpr/МА4,vpr/РУ5,vpr/МА5"
    findings = ask(method, 2021, procedures=procedures)["findings"]
    marked = {finding["organisation"]["id"] for finding in findings}
    definition = Definitions.load().methods[f"objectivity.{method}"]
    assert f"{len(marked)} школ" in definition.does_not_tell


def test_every_marker_of_the_list_together_is_one_of_the_three_methods(ask: Ask) -> None:
    together = ask("markers_2021", 2021)
    told = {
        (finding["organisation"]["id"], marker["procedure"])
        for finding in together["findings"]
        for marker in finding["statistic"]["markers"]
    }
    alone = {
        (school["id"], one["procedure"]["id"])
        for method in ("inflated_mean", "journal_mismatch", "cohort_change")
        for one in ask(method, 2021)["procedures"]
        for school in one["flagged"]
    }
    assert told == alone


def test_the_files_with_markers_are_all_that_the_expected_figures_name(expected: Json) -> None:
    assert {name for name, entry in expected["by_file"].items() if entry.get("school_markers")} == {*FILES_WITH_MARKERS}
