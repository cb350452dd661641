"""Slips of the parser that are mended, and right parses that are left alone."""

import pytest
import spacy

from kg.pipeline import DEFAULT_MODEL
from kg.text.repair import repair

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def parse():
    nlp = spacy.load(DEFAULT_MODEL)

    def of(text: str):
        doc = nlp.make_doc(text)
        for token in doc:
            token.is_sent_start = token.i == 0
        return nlp(doc)

    return of


def subjects(doc, verb: str) -> set[str]:
    found = next(t for t in doc if t.text == verb)
    return {c.text for c in found.children if c.dep_ in ("nsubj", "nsubjpass")}


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        # a name behind a date
        ("On Monday Ana Roe, the Chadian minister, accused Togo of lying.", "accused", "Roe"),
        (
            "On 14 March Ana Roe, his deputy, demanded that Mali give up its claim.",
            "demanded",
            "Roe",
        ),
        ("In May Mr Okoye pardoned two rebels.", "pardoned", "Okoye"),
        ("On 8 June 2018 the Malian president pulled out.", "pulled", "president"),
        # an apposition between a name and its verb
        ("Ana Roe, leader of the small Liberals, called on Mr. Okoye to resign.", "called", "Roe"),
        ("On Friday police in Lagos, the port, fired shots at strikers.", "fired", "police"),
        # a verb of a headline that was taken for a plural
        ("Venezuela's Maduro rejects U.N. report on torture", "rejects", "Maduro"),
        ("Saudi-led coalition bombs Sanaa airport", "bombs", "coalition"),
    ],
)
def test_a_clause_gets_its_subject(parse, text: str, verb: str, subject: str) -> None:
    assert subjects(repair(parse(text)), verb) == {subject}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya expelled two diplomats on Friday.",
        "On Friday, Kenya expelled two diplomats.",
        "The house, built in 1912, burned down.",
        "The minister said the army would leave in May.",
        "The Monday attack killed two soldiers.",
    ],
)
def test_a_right_parse_stays(parse, text: str) -> None:
    doc = parse(text)
    before = [(t.dep_, t.head.i, t.tag_) for t in doc]
    assert [(t.dep_, t.head.i, t.tag_) for t in repair(doc)] == before


def test_every_repair_gives_a_tree(parse) -> None:
    for text in (
        "On Monday Ana Roe, the Chadian minister, accused Togo of lying.",
        "The four cut all ties with Doha.",
        "The police of Gen. Okoye, the ruler, detained Ana Roe, a writer.",
        "Oslo and Rome last week imposed visa bans and asset freezes on Russian officials.",
    ):
        doc = repair(parse(text))
        assert sum(t.head.i == t.i for t in doc) == 1, text
        assert {t.i for t in doc} == {
            t.i for root in doc if root.head.i == root.i for t in root.subtree
        }
