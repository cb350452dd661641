"""Files, folders and standard input: what is read, and what is refused with place and reason."""

import io
import json
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.model import Article, Rejection
from kg.sources import MAX_CHARS, read
from kg.text import sentences

GOOD = "Kenya recalled its ambassador from Somalia.\n"
SURROGATES = range(0xD800, 0xE000)


def all_of(*inputs: Path | str, published: date | None = None) -> list[Article | Rejection]:
    return list(read([str(i) for i in inputs], published))


def articles(found: Iterable[Article | Rejection]) -> list[Article]:
    return [a for a in found if isinstance(a, Article)]


def rejections(found: Iterable[Article | Rejection]) -> list[tuple[str, str]]:
    return [(r.place, r.reason) for r in found if isinstance(r, Rejection)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*rows: object) -> str:
    return "".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows)


# What is read ------------------------------------------------------------------------------------


def test_front_matter_is_read_and_not_part_of_the_text(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.txt",
        '---\nid: wire-7\ntitle: "Envoy: recalled"\n# a remark\n\ndate: 2021-12-02T08:30:00Z\n'
        "source: Wire\nurl: https://example.org/7\nlanguage: en-GB\n---\n" + GOOD,
    )
    assert all_of(path) == [
        Article(
            "wire-7",
            GOOD,
            "Envoy: recalled",
            date(2021, 12, 2),
            "Wire",
            "https://example.org/7",
            "en-GB",
        )
    ]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (GOOD, GOOD),
        (b"\xef\xbb\xbf" + GOOD.encode(), GOOD),
        ("One.\r\nTwo.\rThree.\n", "One.\nTwo.\nThree.\n"),
        ("\r\n\r\nLate start.\r\n", "\n\nLate start.\n"),
        ("---\r\ntitle: T\r\n---\r\nBody.\r\n", "Body.\n"),
        ("---\n---\nNot closed as front matter.\n", "---\n---\nNot closed as front matter.\n"),
        ("--- not a fence\nBody.\n", "--- not a fence\nBody.\n"),
        ("Body.\n---\ntitle: T\n---\n", "Body.\n---\ntitle: T\n---\n"),
        ("Zürich — “Łódź” 東京\n", "Zürich — “Łódź” 東京\n"),
    ],
    ids=["plain", "bom", "line ends", "blank head", "crlf front", "bare", "dash", "tail", "wide"],
)
def test_the_text_of_a_file(content: str | bytes, text: str, tmp_path: Path) -> None:
    (article,) = articles(all_of(write(tmp_path / "a.md", content)))
    assert article.text == text


def test_a_file_without_front_matter_is_named_after_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "2021-12-02-envoy.txt", GOOD)
    assert all_of(path) == [Article("2021-12-02-envoy", GOOD, source=str(path))]


def test_every_line_of_jsonl_is_an_article(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl",
        lines(
            {
                "id": "x",
                "text": GOOD,
                "title": "T",
                "date": "2021-12-02",
                "source": "S",
                "url": "U",
            },
            "",
            {"text": GOOD, "unheard-of": [1, 2]},
            {"id": 3, "text": GOOD, "date": None, "language": "en-GB"},
        ),
    )
    assert all_of(path) == [
        Article("x", GOOD, "T", date(2021, 12, 2), "S", "U"),
        Article("a:3", GOOD, source=f"{path}:3"),
        Article("3", GOOD, source=f"{path}:4", language="en-GB"),
    ]


def test_half_a_surrogate_pair_becomes_a_character_that_can_be_stored(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "A \\ud83d broken sign.", "title": "\\udc00"}\n')
    (article,) = articles(all_of(path))
    assert (article.text, article.title) == ("A \ufffd broken sign.", "\ufffd")


def test_a_folder_is_read_in_order_of_its_names_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.jsonl", ".hidden.txt", ".git/config", "a/.x/deep.txt"):
        write(tmp_path / name, '{"text": "One."}\n' if name.endswith("jsonl") else GOOD)
    found = all_of(tmp_path)
    assert [a.id for a in articles(found)] == ["a/y:1", "a/z", "b"]
    assert rejections(found) == []


def test_an_empty_folder_has_no_articles(tmp_path: Path) -> None:
    assert all_of(tmp_path) == []


def test_the_given_day_is_for_articles_that_carry_none(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", GOOD)
    write(tmp_path / "b.txt", "---\ndate: 2020-01-01\n---\n" + GOOD)
    found = articles(all_of(tmp_path, published=date(2021, 12, 2)))
    assert [a.date for a in found] == [date(2021, 12, 2), date(2020, 1, 1)]


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (GOOD, ["stdin"]),
        ("---\nid: front\n---\n" + GOOD, ["front"]),
        (lines({"id": "x", "text": GOOD}, {"text": GOOD}), ["x", "stdin:2"]),
        ("\ufeff" + lines({"id": "x", "text": GOOD}, {"text": GOOD}), ["x", "stdin:2"]),
        ("\n" + lines({"id": "x", "text": GOOD}, {"text": GOOD}), ["x", "stdin:3"]),
    ],
    ids=["text", "front matter", "jsonl", "jsonl with mark", "jsonl after a blank line"],
)
def test_standard_input(content: str, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.TextIOWrapper(io.BufferedReader(io.BytesIO(content.encode())))
    monkeypatch.setattr("sys.stdin", pipe)
    assert [a.id for a in articles(all_of("-"))] == ids


# What is refused ---------------------------------------------------------------------------------

LATIN = "Erster Satz.\nDie Türkei schloss die Grenze.\n".encode("latin-1")
REFUSED: dict[str, tuple[str, bytes, str, str]] = {
    "empty": ("x.txt", b"", "", "is empty."),
    "blank": ("x.txt", b" \n\t\n", "", "is empty."),
    "empty jsonl": ("x.jsonl", b"", "", "is empty."),
    "blank jsonl": ("x.jsonl", b"\n\n", "", "is empty."),
    "front matter alone": ("x.txt", b"---\nid: x\n---\n\n", "", "has no text."),
    "binary": ("x.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "", "is not text but a binary file."),
    "binary jsonl": ("x.jsonl", b"\x89PNG\0\0", ":1", "is not UTF-8."),
    "encoding": ("x.txt", LATIN, ":2", "is not UTF-8. Convert it first"),
    "utf-16": ("x.txt", GOOD.encode("utf-16"), "", "is not text but a binary file."),
    "encoding jsonl": ("x.jsonl", b'{"text": "T\xfcrkei"}\n', ":1", "is not UTF-8."),
    "unknown key": ("x.txt", b"---\nid: x\nautor: y\n---\nA.\n", ":3", '"autor: y" is no field.'),
    "no key": ("x.txt", b"---\nid: x\njust words\n---\nA.\n", ":3", '"just words" is no field.'),
    "front date": ("x.txt", b"---\nid: x\ndate: soon\n---\nA.\n", ":3", 'date "soon" is no day.'),
    "front 30 feb": ("x.txt", b"---\ndate: 2021-02-30\n---\nA.\n", ":2", 'date "2021-02-30" is no'),
    "unknown suffix": ("x.docx", b"PK\x03\x04", "", 'cannot read ".docx" files. Known kinds: '),
    "no suffix": ("x", b"Words.\n", "", 'cannot read "" files.'),
    "broken line": ("x.jsonl", b'{"text": "A."\n', ":1", "is not JSON: Expecting"),
    "cut line": ("x.jsonl", b'{"text": "A', ":1", "is not JSON: Unterminated string"),
    "deep line": ("x.jsonl", b"[" * 200_000 + b"\n", ":1", "is not JSON: nested too deep."),
    "list": ("x.jsonl", b'["A."]\n', ":1", "is not a JSON object."),
    "number": ("x.jsonl", b"1\n", ":1", "is not a JSON object."),
    "missing text": ("x.jsonl", b'\n{"id": "x"}\n', ":2", 'no "text". Every article needs one.'),
    "null text": ("x.jsonl", b'{"text": null}\n', ":1", 'no "text".'),
    "number text": ("x.jsonl", b'{"text": 7}\n', ":1", 'no "text".'),
    "blank text": ("x.jsonl", b'{"text": " "}\n', ":1", "has no text."),
    "jsonl date": ("x.jsonl", b'{"text": "A.", "date": "2021-13-01"}\n', ":1", 'date "2021-13-01"'),
    "seconds": (
        "x.jsonl",
        b'{"text": "A.", "date": 1638403200}\n',
        ":1",
        'date "1638403200" is no',
    ),
    "US date": ("x.jsonl", b'{"text": "A.", "date": "12/02/2021"}\n', ":1", 'date "12/02/2021" is'),
    "date with tail": (
        "x.jsonl",
        b'{"text": "A.", "date": "2021-12-021"}\n',
        ":1",
        'date "2021-12-021',
    ),
    "huge number": ("x.jsonl", b'{"text": "A.", "n": ' + b"9" * 5000 + b"}\n", ":1", "is not JSON"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_has_a_place_and_the_rest_is_read(case: str, tmp_path: Path) -> None:
    name, content, place, reason = REFUSED[case]
    write(tmp_path / "a.txt", GOOD)
    bad = write(tmp_path / name, content)
    write(tmp_path / "z.txt", GOOD)
    found = all_of(tmp_path)
    assert [a.id for a in articles(found)] == ["a", "z"]
    ((where, why),) = rejections(found)
    assert where == f"{bad}{place}"
    assert why.startswith(reason)
    assert why.endswith(".")
    assert "\n" not in where + why


def test_a_broken_line_costs_that_line_alone(tmp_path: Path) -> None:
    good = {"text": GOOD}
    path = write(tmp_path / "a.jsonl", lines(good, "{oops", good, {"id": "x"}, good)[:-1])
    found = all_of(path)
    assert [a.id for a in articles(found)] == ["a:1", "a:3", "a:5"]
    assert [place for place, _ in rejections(found)] == [f"{path}:2", f"{path}:4"]


def test_an_id_that_was_there_before_is_refused_where_it_stands(tmp_path: Path) -> None:
    first = write(tmp_path / "a.jsonl", lines({"id": "x", "text": GOOD, "source": "Wire"}))
    again = write(
        tmp_path / "b.jsonl",
        lines({"id": "y", "text": GOOD}, {"id": "x", "text": GOOD, "source": "Wire"}),
    )
    front = write(tmp_path / "c.txt", "---\nid: x\nsource: Wire\n---\n" + GOOD)
    found = all_of(first, again, front)
    assert [a.id for a in articles(found)] == ["x", "y"]
    assert [place for place, _ in rejections(found)] == [f"{again}:2", str(front)]
    assert all('the id "x" was there before' in reason for _, reason in rejections(found))


def test_the_same_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", GOOD)
    found = all_of(path, tmp_path)
    assert len(articles(found)) == 1
    assert [place for place, _ in rejections(found)] == [str(path)]


def test_a_text_of_50_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(50_000_000)
    write(tmp_path / "z.txt", GOOD)
    found = all_of(tmp_path)
    assert [a.id for a in articles(found)] == ["z"]
    assert rejections(found) == [
        (
            str(big),
            "50 MB is too long for one article. Split it, or write JSON Lines "
            "with one article a line.",
        )
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_the_longest_article(name: str, tmp_path: Path) -> None:
    def length(chars: int) -> list[Article | Rejection]:
        text = "é" * chars
        return all_of(
            write(tmp_path / name, text if name == "a.txt" else lines({"text": text, "id": "a"}))
        )

    assert len(articles(length(MAX_CHARS))) == 1
    ((place, reason),) = rejections(length(MAX_CHARS + 1))
    assert place.startswith(str(tmp_path / name))
    assert "2,000,001 characters is too long" in reason


def test_a_line_of_50_megabytes_costs_that_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        file.write(b"word " * 10_000_000)
        file.write(b'"}\n' + lines({"text": GOOD}).encode())
    found = all_of(path)
    assert rejections(found) == [(f"{path}:1", "the line is too long. Split the article.")]
    assert [a.id for a in articles(found)] == ["a:2"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    secret = write(tmp_path / "a.txt", GOOD)
    secret.chmod(0)
    write(tmp_path / "z.txt", GOOD)
    found = all_of(tmp_path)
    assert rejections(found) == [(str(secret), "cannot be read: Permission denied.")]
    assert [a.id for a in articles(found)] == ["z"]


def test_a_file_that_goes_away_while_others_are_read(tmp_path: Path) -> None:
    first, gone, last = (write(tmp_path / n, GOOD) for n in ("a.txt", "b.txt", "c.txt"))
    reading = read([str(first), str(gone), str(last)])
    found = [next(reading)]
    gone.unlink()
    found += reading
    assert [a.id for a in articles(found)] == ["a", "c"]
    assert rejections(found) == [(str(gone), "cannot be read: No such file or directory.")]


def test_a_link_to_nowhere_is_refused_in_a_folder(tmp_path: Path) -> None:
    link = tmp_path / "a.txt"
    link.symlink_to(tmp_path / "none.txt")
    write(tmp_path / "z.txt", GOOD)
    found = all_of(tmp_path)
    assert [a.id for a in articles(found)] == ["z"]
    assert [place for place, _ in rejections(found)] == [str(link)]


def test_an_input_that_is_not_there_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    good = write(tmp_path / "a.txt", GOOD)
    with pytest.raises(ArticleError, match=r"none\.txt: no such file or folder\.$"):
        read([str(good), str(tmp_path / "none.txt")])


# Whatever stands in a file -----------------------------------------------------------------------

PIECES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"---\n",
            b"id: x\n",
            b"date: 2021-12-02\n",
            b'{"text": "',
            b'"}\n',
            b"\r\n",
            b"\0",
            b". A",
        ]
    ),
    st.text(max_size=20).map(str.encode),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    content=st.lists(PIECES, max_size=8).map(b"".join),
    name=st.sampled_from(["a.txt", "a.jsonl"]),
)
def test_no_bytes_break_reading(
    content: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"random-{name}"
    found = all_of(write(path, content))
    assert found
    for place, reason in rejections(found):
        assert place.startswith(str(path))
        assert reason.endswith(".")
        assert "\n" not in reason
    read_articles = articles(found)
    assert len({a.id for a in read_articles}) == len(read_articles)
    for article in read_articles:
        assert article.id
        assert article.text.strip()
        article.text.encode()
        for sentence in sentences(article):
            span = sentence.span(0, len(sentence.text))
            assert 0 <= span.start < span.end <= len(article.text)
            assert article.text[span.start : span.end] == span.text


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.dictionaries(
            st.sampled_from(["id", "text", "date", "title", "source", "url", "language"]),
            st.one_of(st.none(), st.integers(), st.text(max_size=20), st.lists(st.booleans())),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_every_line_is_an_article_or_a_rejection(
    rows: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "rows.jsonl"
    found = all_of(write(path, lines(*rows)))
    assert len(found) == len(rows)
    for article in articles(found):
        assert not any(ord(c) in SURROGATES for c in article.id + article.text)
