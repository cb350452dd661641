"""A parsed sentence → the names in it: those the gazetteer knows and those the NER suspects."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.extract.datewords import CALENDAR
from kg.gazetteer import Entity, Gazetteer, Kind, Office

_NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "sir",
        "lord",
        "lady",
        "dame",
        "president",
        "premier",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "emperor",
        "sultan",
        "sheikh",
        "sheik",
        "emir",
        "ayatollah",
        "pope",
        "gen",
        "general",
        "col",
        "colonel",
        "lt",
        "lieutenant",
        "capt",
        "captain",
        "maj",
        "major",
        "sgt",
        "sergeant",
        "adm",
        "admiral",
        "marshal",
        "brig",
        "brigadier",
        "sen",
        "senator",
        "rep",
        "representative",
        "gov",
        "governor",
        "secretary",
        "minister",
        "prime",
        "foreign",
        "ambassador",
        "judge",
        "justice",
        "professor",
        "prof",
        "rev",
        "chairman",
    ]
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence.

    Attributes:
        start: Index of its first token; `end` exclusive.
        label: NER label for a name that the gazetteer lacks, else empty.
        candidates: What the gazetteer says it may mean.
    """

    start: int
    end: int
    text: str
    label: str
    candidates: tuple[tuple[Entity | Office, Kind], ...] = ()


def mentions(doc: Doc, gazetteer: Gazetteer) -> list[Mention]:
    """All names of a sentence, without overlaps, in order.

    A person's name that the NER sees wins over a shorter known one inside it: "Paris Hilton"
    is nobody's capital.
    """
    known = list(_known(doc, gazetteer))
    suspected = list(_suspected(doc, gazetteer))
    names = [
        s
        for s in suspected
        if not any(k.start <= s.start and s.end <= k.end for k in known)
        and not any(k.start < s.end and s.start < k.end and not _wins(s, k) for k in known)
    ]
    names += [k for k in known if not any(s.start < k.end and k.start < s.end for s in names)]
    return sorted(names, key=lambda m: m.start)


def _wins(suspected: Mention, known: Mention) -> bool:
    inside = suspected.start <= known.start and known.end <= suspected.end
    longer = suspected.end - suspected.start > known.end - known.start
    return inside and longer and suspected.label == "PERSON"


def _known(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    text = doc.text  # joined anew at every look
    for match in gazetteer.find(text):
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is not None and not _is_common_word(span):
            yield Mention(span.start, span.end, text[match.start : match.end], "", match.candidates)


def _is_common_word(span: Span) -> bool:
    """A name in capitals that is an ordinary word here ("US" yes, "us" no; "Turkey" yes)."""
    token = span[0]
    return len(span) == 1 and token.pos_ in ("PRON", "ADP", "DET", "CCONJ")


def _suspected(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    for ent in doc.ents:
        if ent.label_ not in _NAMED:
            continue
        start, end = _trim(ent)
        # "Mr. Lavrov American issues": a nationality behind a name is not of it
        while end - start > 1 and (
            doc[end - 1].text == "-" or _is_nationality(doc[end - 1].text, gazetteer)
        ):
            end -= 1
        if start >= end or not doc[start].text[:1].isupper():
            continue
        span = doc[start:end]
        if ent.label_ != "PERSON" and _is_description(span, gazetteer):
            continue
        titled = start > 0 and doc[start - 1].lower_.rstrip(".") in _TITLES and start > ent.start
        yield Mention(start, end, span.text, "PERSON" if titled else ent.label_)


def _is_nationality(word: str, gazetteer: Gazetteer) -> bool:
    return any(kind == "adjective" for _, kind in gazetteer.names.get(word, ()))


def _is_description(span: Span, gazetteer: Gazetteer) -> bool:
    """Whether a name only describes: "Czech Interior Ministry", but not "Oxford University"."""
    head: Token = span.root
    if head.lemma_.lower() not in gazetteer.nouns:
        return False
    nations = {
        i
        for match in gazetteer.find(span.text)
        for i, t in enumerate(span)
        if match.start <= t.idx - span.start_char < match.end
    }
    words = [
        t.lemma_.lower() if t.i == head.i else t.lower_
        for i, t in enumerate(span)
        if i not in nations and t.pos_ not in ("PART", "PUNCT", "DET")
    ]
    return len(words) == 1 or " ".join(words) in gazetteer.nouns


def is_title(token: Token) -> bool:
    """Whether a word before a name is a title."""
    return token.lower_.rstrip(".") in _TITLES


def _is_calendar_word(token: Token) -> bool:
    """The month or weekday that the NER takes for a first name: "In May Mr Abiy"."""
    return token.lower_ in CALENDAR and token.dep_ in ("pobj", "npadvmod")


def _trim(ent: Span) -> tuple[int, int]:
    """Without article, titles before and possessive after the name."""
    start, end = ent.start, ent.end
    while start < end and (
        ent.doc[start].lower_ in ("the", "a", "an")
        or (end - start > 1 and ent.doc[start].lower_.rstrip(".") in _TITLES)
        or (end - start > 1 and _is_calendar_word(ent.doc[start]))
    ):
        start += 1
    while end > start and ent.doc[end - 1].lower_ in ("'s", "'", "s", "-"):
        end -= 1
    return start, end
