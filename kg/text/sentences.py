"""Clean text → sentences, by rules that know the abbreviations of newswire."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kg.model import Article, Sentence
from kg.text.clean import clean

# possessive, and never begun inside a run of stops: a line of dots must not take quadratic time
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"')\]]*+(?=\s+[\"'(\[]*[^\Wa-zà-ÿ_])|\n+|(?<=\S)\s*$")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Brig|Sen|Rep|Gov|St|Mt|Jr|Sr|Rev|Hon"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|Nos|vs|etc|Inc|Ltd|Co|Corp|Bros|v"
    r"|[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]))\.$"
)
# "U.S. President" goes on, "in the U.S. The president" does not: after such an abbreviation only
# these words start afresh
_MAY_CLOSE = re.compile(r"(?:\b[A-Za-z]\.[A-Za-z]|\b(?:etc|Inc|Ltd|Co|Corp|Bros|Jr|Sr))\.$")
_STARTERS = re.compile(
    r"\s+[\"'(]*(?:The|A(?!\.)|An|He|She|It|They|We|In|On|At|But|And|After|His|Her|Its|Their|This|That"
    r"|These|Those|Both|Some|Many|However|Meanwhile|Earlier|Later|Last|As|For|When|While|Since)\b"
)
MONTHS = "January February March April May June July August September October November December"
_MONTH = "|".join(rf"{m[:3]}(?:{m[3:]}|t)?" for m in MONTHS.split())
_DATELINE = re.compile(
    r"(?:[A-Z][\w.'-]*(?:[ /][A-Z][\w.'-]*){0,4})"
    rf"(?:, ?(?!(?:{_MONTH})\b)[A-Z][\w.' ]{{1,25}})?"
    rf"(?:, ?(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?)?"
    r"(?: \([A-Z][\w. ]{1,20}\))?\s*(?:—|–|--|-)\s+(?=[\"'(]|[^\Wa-zà-ÿ_])"
)
MAX_SENTENCE = 3000
"""Longest sentence in characters; longer ones are cut so that parsing stays bounded."""


def sentences(article: Article) -> Iterator[Sentence]:
    """The sentences of an article, in order, without empty ones.

    A dateline at the head of a paragraph is cut off and kept in `Sentence.place`. A first line
    without a final stop is a headline. A sentence longer than `MAX_SENTENCE` is cut.
    """
    cleaned = clean(article.text)
    text, origin, ends = cleaned.text, cleaned.origin, cleaned.ends
    begin = 0
    first = True
    for end in _boundaries(text):
        start = begin + len(text[begin:end]) - len(text[begin:end].lstrip())
        begin = end
        if not text[start:end].strip():
            continue
        dateline = _dateline(text, start, end)
        place = text[start:dateline].strip(" —–-") if dateline > start else None
        day = _dateline_day(text[start:dateline], article.date) if place else None
        body = text[dateline:end].rstrip()
        headline = first and place is None and body.rstrip("\"')]")[-1:] not in ".!?…"
        first = False
        for cut in range(0, len(body), MAX_SENTENCE):
            piece = body[cut : cut + MAX_SENTENCE]
            yield Sentence(piece, dateline + cut, origin, ends, article, place, day, headline)


def _dateline_day(dateline: str, published: date | None) -> date | None:
    """The day that a dateline names; without a year, the last such day before publication."""
    found = _DATELINE.match(dateline + "A")
    if not found or not found["month"] or published is None:
        return None
    month = next(i for i, m in enumerate(MONTHS.split(), 1) if m[:3] == found["month"][:3])
    try:
        day = date(int(found["year"] or published.year), month, int(found["day"]))
        # a day of tomorrow is a matter of time zones, one of next month is last year's
        late = not found["year"] and day - published > timedelta(days=7)
        return day.replace(year=day.year - 1) if late else day
    except ValueError:
        return None


def _boundaries(text: str) -> Iterator[int]:
    for end in _END.finditer(text):
        if "\n" in end.group() or end.end() == len(text):
            yield end.end()
            continue
        word = max(0, end.start() - 12), end.start() + 1
        goes_on = not (_MAY_CLOSE.search(text, *word) and _STARTERS.match(text, end.end()))
        if _ABBREVIATION.search(text, *word) and goes_on:
            continue
        yield end.end()


def _dateline(text: str, start: int, end: int) -> int:
    """Where the sentence begins after a dateline, if it has one."""
    if start and text[start - 1] != "\n":
        return start
    found = _DATELINE.match(text, start, end)
    if not found:
        return start
    head = found[0]
    shouted = head.split(",")[0].split(" (")[0].split(" —")[0]
    return found.end() if found["month"] or shouted.isupper() else start
