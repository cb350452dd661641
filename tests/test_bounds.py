"""Input that no newspaper prints: other languages, capitals, endless sentences, too much of it."""

from datetime import date

import pytest

from kg.model import Article, Rejection
from kg.pipeline import Extracted, Settings, extract_all, load_extractor
from kg.sources.language import foreign_language
from kg.text.case import calm, untitled

DAY = date(2021, 12, 2)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Die Regierung hat am Freitag zwei Diplomaten ausgewiesen und droht mit Vergeltung.",
            "de",
        ),
        ("Le président a rencontré son homologue vendredi à Alger pour signer un accord.", "fr"),
        ("El gobierno expulsó el viernes a dos diplomáticos y amenaza con represalias.", "es"),
        ("Правительство выслало двух дипломатов и пригрозило ответными мерами в пятницу.", "ru"),
    ],
)
def test_another_language_is_told(text: str, language: str) -> None:
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Kenya expelled two Somali diplomats on Friday, and Mogadishu said it would answer.",
        "Jakarta expels Australian attaché",
        "KENYA EXPELLED TWO SOMALI DIPLOMATS ON FRIDAY, AND SAID THAT IT WOULD CLOSE THE EMBASSY.",
        "Macron, Merkel, Zelenskiy, Putin meet in Paris for first Normandy summit since 2016",
        "",
        "12345 !!! 67890",
    ],
)
def test_english_is_not_taken_for_another(text: str) -> None:
    assert foreign_language(text) is None


def test_capitals_become_small_but_for_names() -> None:
    def names(text: str):
        return [(text.find(n), text.find(n) + len(n)) for n in ("Kenya", "NATO") if n in text]

    assert calm("KENYA AND NATO MET IN THE CAPITAL.", names) == "Kenya and NATO met in the capital."
    assert calm("Kenya met NATO in the capital.", names) == "Kenya met NATO in the capital."
    assert calm("NATO.", names) == "NATO."


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("Kenya Tells NATO to Lift Ban", "Kenya tells NATO to lift ban"),
        ("Envoy of Kenya Meets Rebel Leaders", "Envoy of Kenya meets rebel leaders"),
        ("Kenya’s Army Leaves Town Under Cease-Fire", "Kenya’s army leaves town under cease-fire"),
        # a sentence as others write it, however many names it has
        ("Kenya tells Ghana, Mali and Lift Ban", "Kenya tells Ghana, Mali and Lift Ban"),
        ("Lift Ban", "Lift Ban"),
        ("", ""),
    ],
)
def test_a_headline_in_title_case_becomes_a_sentence(headline: str, sentence: str) -> None:
    def names(text: str):
        return [(text.find(n), text.find(n) + len(n)) for n in ("Kenya", "NATO") if n in text]

    assert untitled(headline, names, lambda word: word not in ("Ghana", "Mali")) == sentence


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "types", "actors", "targets"),
    [
        (
            "Merkel Accuses Turkey's Erdogan of Blackmail Over Refugees",
            ["AccusationOfCrime"],
            ["Angela Merkel"],
            ["Recep Tayyip Erdoğan"],
        ),
        ("Kenya Bans Somali Flights Amid Border Row", ["FlightBan"], ["Kenya"], ["Somalia"]),
        ("Putin Meets Modi in Delhi", ["Meeting"], ["Vladimir Putin", "Narendra Modi"], []),
        # the text below the headline tells which word is a name
        (
            "Obama Praises Ban for Patience\n\nOn Monday Barack Obama wrote to Ban Ki-moon.",
            ["Endorsement"],
            ["Barack Obama"],
            ["Ban Ki-moon"],
        ),
    ],
)
def test_a_headline_in_title_case_is_read(extractor, text, types, actors, targets) -> None:
    found = [e for e in extractor(Article("a", text)) if e.sentence.text == text.split("\n")[0]]
    assert [e.type for e in found] == types
    assert [p.name for e in found for p in e.actor] == actors
    assert [p.name for e in found for p in e.target] == targets
    assert all(text[e.trigger.start : e.trigger.end] == e.trigger.text for e in found)


@pytest.mark.slow
def test_a_text_in_capitals_is_read(extractor) -> None:
    text = "KENYA EXPELLED TWO SOMALI DIPLOMATS. SOMALIA RECALLED ITS AMBASSADOR FROM NAIROBI."
    found = list(extractor(Article("a", text, date=DAY)))
    assert [e.type for e in found] == ["Expulsion", "Recall"]
    assert all(text[e.trigger.start : e.trigger.end] == e.trigger.text for e in found)
    assert found[0].trigger.text == "EXPELLED"


@pytest.mark.slow
def test_a_sentence_of_five_thousand_words_is_read(schema, gazetteer) -> None:
    patient = load_extractor(Settings(seconds=300), schema, gazetteer)  # busy machines are slow
    words = (
        "the army of Kenya attacked a convoy near the border while officials said that talks with "
    )
    text = words * 400 + "Somalia."
    assert list(patient(Article("a", text, date=DAY)))


@pytest.mark.slow
def test_an_article_that_takes_too_long_is_rejected_with_a_reason(schema, gazetteer) -> None:
    hasty = load_extractor(Settings(classifier=False, seconds=0.1), schema, gazetteer)
    endless = Article("endless", "Kenya expelled diplomats while Somalia recalled one " * 4000)
    short = Article("short", "Kenya expelled two Somali diplomats.")
    slow, quick = extract_all([endless, short], hasty)
    assert isinstance(slow, Rejection)
    assert "longer than 0.1 s" in slow.reason
    assert "--seconds" in slow.reason
    assert isinstance(quick, Extracted)
    assert [e.type for e in quick.events] == ["Expulsion"]
