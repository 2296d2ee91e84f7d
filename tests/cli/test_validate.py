"""`msoko validate`: what it prints, that chance comes from the seed, what it refuses."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from msoko.core.analysis.panel import Group
from msoko.core.analysis.validation.manipulations import MANIPULATIONS
from msoko.core.analysis.validation.panels import panel_of
from msoko.core.analysis.validation.protocols import works_below
from msoko.core.analysis.validation.signals import SIGNALS
from msoko.core.definitions.loading import Definitions
from msoko.core.definitions.validation import UNTOUCHED, Validation
from msoko.simulation.books import write_book
from msoko.simulation.honest import YEAR, districts_of, honest_region
from msoko.simulation.sittings import build_district, planned, sit
from msoko.simulation.vpr_files import protocol
from tests.cli.conftest import Call

SMALL = ("validate", "--quick", "--schools", "40", "--json")
KEYS = {"seed", "quick", "sources", "parameters", "measured", "stability"}
ROW = {
    "signal", "manipulation", "source", "size", "units", "schools", "repetitions", "auc", "precision_5", "found",
    "false_alarm",
}  # fmt: skip


@pytest.fixture(scope="module")
def protocols(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four works of thirty invented schools as files."""
    folder = tmp_path_factory.mktemp("protocols")
    district = build_district(5, 30, years=(2025,), subjects=("РУ", "МА"), kinds=("ВПР",), grades=(4, 5))
    for work, year in planned(district):
        write_book(folder, protocol(sit(district, work, year), district.schools, Counter()))
    (folder / "note.csv").write_text("ни о чём;\n", encoding="utf-8")
    return folder


def test_every_signal_is_measured_against_every_manipulation_without_real_files(msoko: Call) -> None:
    answer = msoko(*SMALL)
    assert answer.code == 0
    assert set(answer.data) == KEYS
    assert all(set(one) == ROW for one in answer.data["measured"])
    told = Validation.from_plain(answer.data)
    asked = {(signal.method, key) for signal in SIGNALS for key in (UNTOUCHED, *(one.key for one in MANIPULATIONS))}
    assert {(one.signal, one.manipulation) for one in told.measured} == asked
    assert told.quick
    assert [one.key for one in told.sources] == ["simulated", "districts"]
    assert {one.manipulation for one in told.measured if one.source == "districts"} == {UNTOUCHED}
    assert told.source("districts").repetitions == 2 * 2  # two whole districts in each of two regions
    assert "simulated: 2/2" in answer.err


def test_the_same_seed_prints_the_same_and_another_seed_something_else(msoko: Call) -> None:
    first, again, other = (msoko(*SMALL, "--seed", seed).out for seed in (4, 4, 5))
    assert first == again != other


def test_protocols_of_a_folder_are_measured_beside_the_invented_region(msoko: Call, protocols: Path) -> None:
    answer = msoko(*SMALL, "--real", protocols)
    assert [one["key"] for one in answer.data["sources"]] == ["real", "simulated", "districts"]
    assert answer.data["sources"][0]["works"] == ["МА4", "МА5", "РУ4", "РУ5"]
    assert "note.csv" in answer.err


def test_rows_read_from_protocols_are_those_that_were_written(protocols: Path) -> None:
    chosen = works_below(protocols, Definitions.load())
    district = build_district(5, 30, years=(2025,), subjects=("РУ", "МА"), kinds=("ВПР",), grades=(4, 5))
    written = {work.code: sit(district, work, year) for work, year in planned(district)}
    assert chosen.year == 2025
    for work in chosen.works:
        sitting = written[f"{work.procedure.code}{work.procedure.grade}"]
        assert work.is_absent.sum() == sitting.is_absent.sum()
        totals = np.sort(sitting.total[sitting.present])
        # A row may have been spoiled on purpose: its score is then in no figure.
        assert len(totals) - 3 <= work.present.sum() <= len(totals)
        assert abs(work.total[work.present].mean() - totals.mean()) < 0.02


def test_an_honest_region_has_the_works_of_two_years_and_no_school_of_the_demonstration() -> None:
    chosen = honest_region(3, 20, Definitions.load())
    assert chosen.year == YEAR
    assert {one.procedure.year for one in chosen.earlier} == {YEAR - 1}
    assert len(chosen.works) == len(chosen.earlier) == 4
    for work in chosen.works:
        assert len(np.unique(work.organisation)) == 20
        assert work.organisation.min() >= 18
        assert (work.items <= work.maxima).all()


def test_a_district_knows_its_own_rows_and_the_region_as_a_sum() -> None:
    region = honest_region(3, 40, Definitions.load())
    districts = districts_of(region)
    assert len(districts) == 2  # forty schools are two whole districts and four schools more
    for district in districts:
        assert len(np.unique(district.works[0].organisation)) == 18
        panel = panel_of((*district.works, *district.earlier), district.year, district.region)
        for work in region.works:
            group = panel.reference(work.procedure)
            assert isinstance(group, Group)
            assert group.n == work.present.sum() > panel_of(district.works, 2025).region[work.procedure.key].n


def test_a_region_too_small_for_a_district_is_measured_without(msoko: Call) -> None:
    answer = msoko("validate", "--quick", "--schools", "15", "--json")
    assert [one["key"] for one in answer.data["sources"]] == ["simulated"]


def test_a_table_for_people_names_the_area_of_every_signal(msoko: Call) -> None:
    answer = msoko("validate", "--quick", "--schools", "40")
    assert "simulated\tlifted_two\tobjectivity.bunching\tAUC" in answer.out


@pytest.mark.parametrize(("folder", "reason"), [("нет такой", "Папки нет"), (".", "нет четырёх работ")])
def test_a_folder_without_the_works_is_refused(msoko: Call, tmp_path: Path, folder: str, reason: str) -> None:
    answer = msoko(*SMALL, "--real", tmp_path / folder)
    assert answer.code == 1
    assert reason in answer.data["refused"][0]


def test_nothing_is_written_where_there_is_no_working_copy(
    msoko: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("msoko.documents.library.validation_report.pages.ROOT", tmp_path)
    answer = msoko("validate", "--write", "--json")
    assert answer.code == 1
    assert "рабочей копии" in answer.data["refused"][0]


@pytest.mark.parametrize("words", [("--write",), ("--write", "--quick", "--real", ".")])
def test_a_measurement_that_knows_less_than_the_shipped_one_is_not_written(msoko: Call, words: tuple[str, ...]) -> None:
    answer = msoko("validate", "--json", *words)
    assert answer.code == 1
    assert "полное измерение" in answer.data["refused"][0]
