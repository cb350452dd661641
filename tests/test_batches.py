"""Several articles read at once, and names recognised only where some are unknown."""

from datetime import date

import pytest

from kg.errors import ArticleError
from kg.extract.known import make_labels
from kg.model import Article, BatchExtractor, Rejection
from kg.pipeline import Extracted, Settings, extract_all
from kg.text import load_reader

pytestmark = pytest.mark.slow
DAY = date(2021, 12, 2)
TEXTS = (
    "Kenya expelled two Somali diplomats on Friday. Somalia recalled its ambassador the next day.",
    "",
    "The Turkish president met his French counterpart. He accused Greece of lying.",
    "It rained in the hills.",
    "Ghana and Togo signed a treaty. Their neighbour rejected it.",
)


def test_articles_read_together_give_what_each_gives_alone(extractor) -> None:
    articles = [Article(f"a{i}", text, date=DAY) for i, text in enumerate(TEXTS)]
    assert isinstance(extractor, BatchExtractor)
    together = extractor.many(articles)
    assert together == [extractor(a) for a in articles]
    assert [bool(events) for events in together] == [True, False, True, False, True]


def test_one_article_twice_is_read_twice(extractor) -> None:
    article = Article("a", TEXTS[0], date=DAY)
    one, other = extractor.many([article, article])
    assert one == other != []


def test_words_are_forgotten_without_loss(extractor, monkeypatch) -> None:
    articles = [Article(f"a{i}", text, date=DAY) for i, text in enumerate(TEXTS * 3)]
    before = [extractor(a) for a in articles]
    monkeypatch.setattr("kg.text.parse._NEW_STRINGS", 0)
    assert [extractor(a) for a in articles] == before


def test_a_stream_keeps_its_order(extractor) -> None:
    lost = Rejection("lost", "no text")
    articles = [Article(f"a{i}", text, date=DAY) for i, text in enumerate(TEXTS)]
    stream = [articles[0], lost, *articles[1:], lost]
    found = list(extract_all(stream, extractor))
    assert [f if isinstance(f, Rejection) else f.article for f in found] == stream


def test_an_extractor_that_takes_one_article_at_a_time_works_too() -> None:
    def moody(article: Article) -> list:
        if not article.text:
            raise ArticleError("nothing to read")
        return []

    found = list(extract_all([Article("a", "x"), Article("b", ""), Article("c", "y")], moody))
    assert [type(f) for f in found] == [Extracted, Rejection, Extracted]
    assert found[1].reason == "nothing to read"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "On Monday, Kenya's president met 20 Somali officials.",
            {"Monday": "DATE", "Kenya": "GPE", "20": "CARDINAL", "Somali": "NORP"},
        ),
        ("President Emmanuel Macron met the Army.", {"Emmanuel Macron": "PERSON"}),
        ("It happened in May 2014.", {"May 2014": "DATE"}),
        ("Kenya praised Oswin Tarbell.", None),
        ("The Norwegian Tarbell Fund left Kenya.", None),
        ("Paris Tarbell met nobody.", None),
    ],
)
def test_the_names_of_a_sentence_are_known_or_a_recogniser_is_asked(
    gazetteer, text: str, labels: dict[str, str] | None
) -> None:
    reader = load_reader(Settings().model)
    ((_, _, doc),) = reader([Article("a", text)], lambda text: (), labels=lambda doc: ())
    found = make_labels(gazetteer)(doc)
    assert (None if found is None else {s.text: s.label_ for s in found}) == labels
