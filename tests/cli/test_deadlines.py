"""`msoko deadlines`: words in, dated windows out."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call

PERIOD = ("--from", "2020-01-01", "--to", "2022-12-31")
KEYS = {"text", "period", "kind", "windows", "condition", "understood", "not_understood", "needs_date_from", "remarks"}


def test_one_deadline_is_one_object(msoko: Call) -> None:
    answer = msoko("deadlines", *PERIOD, "--json", "ежегодно, май")
    assert answer.code == 0
    assert set(answer.data) == KEYS
    assert answer.data["kind"] == "recurring"
    assert answer.data["windows"] == [[f"{year}-05-01", f"{year}-05-31"] for year in (2020, 2021, 2022)]
    assert (answer.data["condition"], answer.data["understood"]) == (None, True)


def test_what_is_not_understood_is_an_answer_and_no_refusal(msoko: Call) -> None:
    answer = msoko("deadlines", *PERIOD, "--json", "май зюзюка")
    assert answer.code == 0
    said = answer.data
    assert (said["kind"], said["windows"], said["understood"]) == (None, [], False)
    assert said["not_understood"] == ["зюзюка"]


def test_several_deadlines_are_a_list_in_their_order(msoko: Call) -> None:
    said = msoko("deadlines", *PERIOD, "--json", "май 2021", "по плану УО", "2020-2022").data["deadlines"]
    assert [one["kind"] for one in said] == ["once", "by_schedule", "continuous"]
    assert [one["text"] for one in said] == ["май 2021", "по плану УО", "2020-2022"]


def test_a_person_reads_sentences_and_remarks(msoko: Call) -> None:
    assert msoko("deadlines", *PERIOD, "май").out.splitlines() == [
        "каждый год: 1–31\u00a0мая; 3\u00a0срока",
        "Год не назван: взят каждый год периода.",
    ]
    assert msoko("deadlines", *PERIOD, "май 2021", "зюзюка").out.splitlines() == [
        "май 2021\t1–31\u00a0мая 2021\u00a0г.",
        "зюзюка\tне понято: «зюзюка»",
    ]


def test_dates_may_be_written_the_russian_way(msoko: Call) -> None:
    said = msoko("deadlines", "--from", "01.09.2021", "--to", "31.08.2022", "--json", "май").data
    assert said["period"] == ["2021-09-01", "2022-08-31"]
    assert said["windows"] == [["2022-05-01", "2022-05-31"]]


def test_lines_of_a_file_are_answered_line_by_line(msoko: Call, tmp_path: Path) -> None:
    file = tmp_path / "сроки.txt"
    own = {"text": "май", "period": ["2021-09-01", "2022-08-31"]}
    file.write_text(f"\ufeffмай 2021\n\n{json.dumps(own)}\nзюзюка\n", encoding="utf-8")
    answer = msoko("deadlines", *PERIOD, "--file", file, "--jsonl")
    assert answer.code == 0
    said = [json.loads(line) for line in answer.out.splitlines()]
    assert [(one["text"], one["period"][0], one["understood"]) for one in said] == [
        ("май 2021", "2020-01-01", True),
        ("май", "2021-09-01", True),
        ("зюзюка", "2020-01-01", False),
    ]
    assert len(msoko("deadlines", *PERIOD, "--file", file, "--json").data["deadlines"]) == 3


def test_a_file_whose_lines_have_their_own_periods_needs_no_other(msoko: Call, tmp_path: Path) -> None:
    file = tmp_path / "сроки.jsonl"
    file.write_text('{"text": "май", "period": ["2021-01-01", "2021-12-31"]}\n', encoding="utf-8")
    (line,) = msoko("deadlines", "--file", file, "--jsonl").out.splitlines()
    assert json.loads(line)["windows"] == [["2021-05-01", "2021-05-31"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Не сказано, какие сроки читать"),
        (("май",), "добавьте --from"),
        (("--from", "2020-01-01", "май"), "добавьте --to"),
        (("--from", "2020-13-01", "--to", "2020-12-31", "май"), "«2020-13-01» — не дата"),
        (("--from", "скоро", "--to", "2020-12-31", "май"), "«скоро» — не дата"),
        (("--from", "2021-01-01", "--to", "2020-12-31", "май"), "раньше, чем начинается"),
        (("--file", "нет-такого.txt"), "не прочитан"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_prints_nothing(msoko: Call, words: tuple[str, ...], told: str) -> None:
    answer = msoko("deadlines", *words)
    assert (answer.code, answer.out) == (2, "")
    assert told in answer.err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"text": "май"', "строка 1: это не JSON"),
        ('{"words": "май"}', "строка 1: нет ключа «text»"),
        ('{"text": "май", "period": "2021"}', "строка 1: «period»"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_by_its_number(msoko: Call, tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "сроки.jsonl"
    file.write_text(line, encoding="utf-8")
    answer = msoko("deadlines", *PERIOD, "--file", file, "--json")
    assert answer.code == 1
    assert told in answer.data["refused"][0]


def test_a_file_in_another_encoding_is_refused(msoko: Call, tmp_path: Path) -> None:
    file = tmp_path / "сроки.txt"
    file.write_bytes("май".encode("cp1251"))
    assert "UTF-8" in msoko("deadlines", *PERIOD, "--file", file).err
