"""Cleaning with a way back to the original, and where sentences begin and end."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Article
from kg.text import clean, sentences
from kg.text.sentences import MAX_SENTENCE

WRAPPED = """The foreign ministry of Kenya said on
Monday that it would recall its ambassador
from Somalia over a dispute about the
border at sea that both claim.

Somalia denied this.
"""


def split(text: str) -> list[str]:
    return [s.text for s in sentences(Article("a", text))]


# Cleaning ----------------------------------------------------------------------------------------

CLEANED = [
    ("Plain words.", "Plain words."),
    ("", ""),
    ("AT&amp;T &lt;agreed&gt;", "AT&T <agreed>"),
    ("&#8220;Yes&#x201D;", '"Yes"'),
    ("caf&eacute;", "café"),
    ("R&D; Q&A", "R&D; Q&A"),
    ("&#0;&#xD800;", "\ufffd\ufffd"),
    ("a < b and c > d", "a < b and c > d"),
    ("Iran<br/>agreed<script>x</script>", "Iran agreed x "),
    ("“Yes,” ‘no’ and «maybe»", '"Yes," \'no\' and "maybe"'),
    ("Russia’s envoy", "Russia's envoy"),
    ("co\u00adop\u200ber\ufeffate", "cooperate"),
    ("agree-\nment", "agreement"),
    ("agree- \r\n  ment", "agreement"),
    ("Anglo-\nIrish", "Anglo-\nIrish"),
    ("27\u00a0diplomats\tleft\u202fnow", "27 diplomats left now"),
    ("A line.\n\nAnother.", "A line.\n\nAnother."),
    (WRAPPED, WRAPPED.replace("\n", " ").replace("  Somalia", "\n\nSomalia").strip() + "\n"),
]


@pytest.mark.parametrize(("text", "expected"), CLEANED)
def test_clean(text: str, expected: str) -> None:
    assert clean(text).text == expected


SHORT_LINES = """Iran
Iraq
Oman
Qatar
"""


@pytest.mark.parametrize("text", [SHORT_LINES.upper(), "One.\nTwo.\nThree.\nFour.\n", "A\nb\nc"])
def test_what_the_author_broke_stays_broken(text: str) -> None:
    lines = [line for line in text.splitlines() if line]
    if text != SHORT_LINES.upper():
        assert clean(text).text == text
        assert split(text) == lines
    else:
        # four lines without a stop look like wrapped text: no word may be lost all the same
        assert " ".join(split(text)).split() == lines


NOISY = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "&amp;",
                "&eacute;",
                "&#8220;",
                "&#xD800;",
                "&NotEqualTilde;",
                "&bogus;",
                "<b>",
                "</p>",
                "< ",
                "\u00ad",
                "\u200b",
                "a-\nb",
                "\r\n",
                "“",
                "’",
                "\u00a0",
                "U.S. ",
                "Mr. ",
                ". The ",
                "\n\n",
                "PARIS, May 3 — ",
                "words without an end ",
            ]
        ),
    ),
    max_size=25,
).map("".join)


@settings(max_examples=120, deadline=None)
@given(NOISY)
def test_every_clean_character_has_a_place_in_the_original(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.origin) == len(cleaned.text) + 1
    assert len(cleaned.ends) == len(cleaned.text)
    assert list(cleaned.origin) == sorted(cleaned.origin)
    assert cleaned.origin[-1] == len(text)
    for i, character in enumerate(cleaned.text):
        begin, end = cleaned.origin[i], cleaned.ends[i]
        assert 0 <= begin < end <= len(text)
        if text[begin:end].isalnum():
            assert text[begin:end] == character


@settings(max_examples=120, deadline=None)
@given(NOISY)
def test_sentences_are_parts_of_the_text_in_order(text: str) -> None:
    position = 0
    cleaned = clean(text)
    for sentence in sentences(Article("a", text)):
        assert 0 < len(sentence.text) <= MAX_SENTENCE
        assert cleaned.text[sentence.offset :].startswith(sentence.text)
        assert sentence.offset >= position
        position = sentence.offset + len(sentence.text)
        span = sentence.span(0, len(sentence.text))
        assert span.text == text[span.start : span.end] != ""


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("The caf&eacute; in Iran closed.", "café", "caf&eacute;"),
        ("The &lt;state&gt; agreed.", "<state>", "&lt;state&gt;"),
        ("AT&amp;T left.", "AT&T", "AT&amp;T"),
        ("An agree-\nment holds.", "agreement", "agree-\nment"),
        ("A co\u00adoper\u00adation.", "cooperation", "co\u00adoper\u00adation"),
        ("Iran<br>agreed.", "Iran", "Iran"),
        ("“Moscow” said.", '"Moscow"', "“Moscow”"),
    ],
)
def test_a_span_shows_the_original_words(text: str, word: str, original: str) -> None:
    (sentence,) = sentences(Article("a", text))
    start = sentence.text.index(word)
    span = sentence.span(start, start + len(word))
    assert span.text == original == text[span.start : span.end]


# Sentences ---------------------------------------------------------------------------------------

# a bar marks each place where one sentence ends and the next begins
SPLITS = [
    "",
    "Iran agreed.",
    "Iran agreed.| Iraq refused.",
    "Did Iran agree?| Nobody knows!| Really?!| Talks go on.",
    "The U.S. President met Mr. Putin.",
    "He flew to the U.S.| The president stayed.",
    "He flew to the U.S. on Monday.",
    "A U.S.-led force left.| U.N. envoys stayed.",
    "Talks in Washington, D.C.| They ended.",
    "U.S. A. Smith is no sentence of its own.",
    "Mr. and Mrs. Smith met Dr. Jones, Prof. Lee and Lt. Col. Ray.",
    "Gen. J. R. Smith and George W. Bush spoke.| J. Smith left.",
    "Sen. A. Lee voted.",
    "He went to St. Petersburg and Mt. Hermon.",
    "They are to leave by Jan. 31.| Others may stay.",
    "On Sept. 3 and Dec. 5 they met.",
    "It ended in 2014.| In 2015 it began anew.",
    "It ended in 2014.| 27 diplomats left.",
    "It cost 3.5 million dollars in No. 10 Downing Street.",
    "The deal with Boeing Co. was signed.",
    "The deal was signed by Boeing Co.| The firm had no comment.",
    "He spoke at 5 p.m. on Monday.",
    "He spoke at 5 p.m.| The talks had ended.",
    "Kim Jr. agreed.| He met Kim Jr.| They spoke.",
    'He said: "We agree."| She left.',
    'He said: "We agree.| We sign."| She left.',
    '"We agree," he said.| "We sign."',
    "(Iran agreed.)| Iraq refused.",
    "Iran agreed (as did Iraq).| Oman refused.",
    "He hesitated ... and agreed.| He waited...| Then he left.",
    "Envoys met in Doha;\nno deal came of it.",
    "Visit example.org or write to a.b@example.org today.",
    "ALL SHIPS LEFT THE PORT.| NOBODY SAID WHY.",
    "THE U.S. NAVY LEFT.",
    "Iran agreed.|\n\nIraq refused.",
    "Iran agrees|\nThe talks in Doha ended.",
]


@pytest.mark.parametrize("marked", SPLITS)
def test_where_sentences_end(marked: str) -> None:
    if marked.startswith("Envoys met in Doha"):
        # two lines are too few to tell a hard wrap from a line of its own: the break counts
        assert split(marked) == marked.split("\n")
        return
    expected = [s.strip() for s in marked.split("|") if s]
    assert split(marked.replace("|", "")) == expected


def test_hard_wrapped_lines_are_one_sentence() -> None:
    assert split(WRAPPED) == [
        "The foreign ministry of Kenya said on Monday that it would recall its ambassador "
        "from Somalia over a dispute about the border at sea that both claim.",
        "Somalia denied this.",
    ]


DATELINES = [
    ("SEOUL, June 17 — North Korea fired.", "SEOUL, June 17", "North Korea fired."),
    ("MOSCOW (Reuters) - Russia left.", "MOSCOW (Reuters)", "Russia left."),
    ("BEIJING, Sept. 3 (Xinhua) -- China stayed.", "BEIJING, Sept. 3 (Xinhua)", "China stayed."),
    ("WASHINGTON, D.C. — He left.", "WASHINGTON, D.C.", "He left."),
    ("TEL AVIV/GAZA, May 12, 2021 – Rockets fell.", "TEL AVIV/GAZA, May 12, 2021", "Rockets fell."),
    ("NICOSIA, Cyprus, Dec. 31 — He left.", "NICOSIA, Cyprus, Dec. 31", "He left."),
    ("MAJURO, Marshall Islands — He left.", "MAJURO, Marshall Islands", "He left."),
    ("Geneva, 4 — no dateline", None, "Geneva, 4 — no dateline"),
    ("Geneva, May 4 — Talks began.", "Geneva, May 4", "Talks began."),
    ("DUBAI, United Arab Emirates (AP) — “Yes.”", "DUBAI, United Arab Emirates (AP)", '"Yes."'),
    ("Russia — Ukraine's neighbour — left.", None, "Russia — Ukraine's neighbour — left."),
    ("NATO-led troops left.", None, "NATO-led troops left."),
    ("North Korea fired.", None, "North Korea fired."),
]


@pytest.mark.parametrize(("text", "place", "body"), DATELINES)
@pytest.mark.parametrize("head", ["", "A headline\n\n"])
def test_datelines(head: str, text: str, place: str | None, body: str) -> None:
    found = list(sentences(Article("a", head + text)))[-1]
    assert (found.place, found.text) == (place, body)
    assert not found.headline or (not head and not place)


def test_a_dateline_stands_only_at_the_head_of_a_paragraph() -> None:
    found = list(sentences(Article("a", "Russia left. LONDON - Britain stayed.")))
    assert [s.place for s in found] == [None, None]


@pytest.mark.parametrize(
    ("place", "published", "day"),
    [
        ("SEOUL, June 17", date(2020, 6, 18), date(2020, 6, 17)),
        ("PARIS, Sept. 3 (AP)", date(2021, 9, 3), date(2021, 9, 3)),
        ("PARIS, March 3, 2022 (AP)", date(2022, 3, 4), date(2022, 3, 3)),
        ("PARIS, March 3, 2022 (AP)", date(2024, 3, 4), date(2022, 3, 3)),
        ("NICOSIA, Cyprus, Dec. 31", date(2022, 1, 1), date(2021, 12, 31)),
        ("TOKYO, Jan. 2", date(2022, 1, 1), date(2022, 1, 2)),
        ("PARIS, Feb. 30", date(2021, 3, 1), None),
        ("PARIS", date(2021, 3, 1), None),
        ("SEOUL, June 17", None, None),
    ],
)
def test_the_day_of_a_dateline(place: str, published: date | None, day: date | None) -> None:
    first = next(sentences(Article("a", f"{place} — They met.", date=published)))
    assert first.day == day


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Blinken meets Lavrov\n\nThey met.", True),
        ("Putin calls talks “useful”\n\nThey met.", True),
        ("Blinken meets Lavrov!\n\nThey met.", False),
        ("They met.\nBlinken left\n", False),
        ("(They met.)\n", False),
        ("“They met.”\nMore", False),
        ("PARIS, May 3 — They met", False),
    ],
)
def test_only_a_first_line_without_a_stop_is_a_headline(text: str, headline: bool) -> None:
    found = list(sentences(Article("a", text)))
    assert [s.headline for s in found] == [headline] + [False] * (len(found) - 1)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "x" * 1_000_000,
        "." * 1_000_000,
        "\n" * 1_000_000 + "x",
        " " * 1_000_000 + "x",
        "A." * 200_000,
        "In the U.S. The " * 20_000,
        "-" * 1_000_000,
        "A'" * 200_000,
        "<" * 500_000,
        "&" * 500_000,
        "a-\n" * 100_000,
        "a- \t" * 60_000,
    ],
    ids=lambda text: repr(text[:6]),
)
def test_very_long_texts_take_bounded_pieces_and_time(text: str) -> None:
    begun = time.process_time()
    found = list(sentences(Article("a", text)))
    assert time.process_time() - begun < 4
    assert all(0 < len(s.text) <= MAX_SENTENCE for s in found)
    kept = sum(len("".join(s.text.split())) for s in found)
    assert kept == len("".join(clean(text).text.split()))
