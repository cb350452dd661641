"""Marked texts: reading them, what is wrong with them, and what `kg classify` answers."""

import io
import json

import pytest

from kg.model import Rejection
from kg.sources.dyads import MarkedText, read_dyads

TEXT = "Kenya expelled two Somali diplomats on Friday."
GOOD = {"id": "a", "text": TEXT, "actor": [[0, 5]], "target": [[15, 35]]}


def read(*rows) -> list[MarkedText | Rejection]:
    lines = "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)
    return list(read_dyads(io.BytesIO(lines.encode()), "d.jsonl"))


def test_a_marked_text() -> None:
    (one,) = read(GOOD)
    assert one == MarkedText("a", TEXT, ((0, 5),), ((15, 35),))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"actor": [[0, 500]]}, "outside the text"),
        ({"actor": [[-1, 5]]}, "outside the text"),
        ({"actor": [[5, 0]]}, "ends before it begins"),
        ({"actor": [[5, 5]]}, "ends before it begins"),
        ({"actor": []}, 'needs "actor" and "target"'),
        ({"target": None}, 'needs "actor" and "target"'),
        ({"target": "two"}, "no list of"),
        ({"target": [[1, 2, 3]]}, "no list of"),
        ({"target": [[True, 2]]}, "no list of"),
        ({"target": [["0", "5"]]}, "no list of"),
        ({"text": "  "}, 'no "text"'),
        ({"text": 5}, 'no "text"'),
        ({"text": "a" * 200_000}, "longer than"),
        ({"colour": "red"}, 'unknown field "colour"'),
    ],
)
def test_a_broken_line_is_rejected_alone(change: dict, reason: str) -> None:
    before, broken, after = read(GOOD, GOOD | change, GOOD)
    assert isinstance(before, MarkedText)
    assert isinstance(after, MarkedText)
    assert isinstance(broken, Rejection)
    assert broken.place == "d.jsonl:2"
    assert reason in broken.reason


@pytest.mark.parametrize("line", ["{\n", "[1]\n", "nonsense\n", "[" * 100_000 + "\n"])
def test_what_is_no_object(line: str) -> None:
    broken, after = read(line, GOOD)
    assert isinstance(broken, Rejection)
    assert isinstance(after, MarkedText)
