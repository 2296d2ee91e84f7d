"""`msoko remind`: the letters of the day from the shell."""

import json

from tests.cli.conftest import Call


def test_where_nobody_has_anything_to_do_no_letter_is_sent_and_the_command_says_so(msoko: Call) -> None:
    answer = msoko("remind", "--json")
    assert answer.code == 0
    assert answer.data["letters"]["sent"] == 0
    assert answer.data["failures"] == []
    assert json.dumps(answer.data["day"])
