"""A parse whose capital letters are all accounted for needs no recogniser of names.

Recognising names costs as much as all the rest of parsing. Where the gazetteer knows every name of
a sentence, its labels are written from what is known.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from spacy.tokens import Doc, Span, Token

from kg.extract.datewords import CALENDAR
from kg.extract.mentions import is_title
from kg.gazetteer import Entity, Gazetteer

_PERSONS = frozenset({"Official", "Person"})
_PLACES = frozenset({"State", "Territory", "City", "Region", "Place"})
_NAMES = frozenset({"PROPN", "NOUN", "ADJ", "X"})


def make_labels(gazetteer: Gazetteer) -> Callable[[Doc], Sequence[Span] | None]:
    """A parse in, its names, times and numbers out; None where a name is not known."""
    plain = {w for name in (*gazetteer.nouns, *gazetteer.roles) for w in name.split()}

    def labels(doc: Doc) -> list[Span] | None:
        found: list[Span] = []
        covered: set[int] = set()
        for match in gazetteer.find(doc.text):
            span = doc.char_span(match.start, match.end, alignment_mode="expand")
            if span is not None and covered.isdisjoint(range(span.start, span.end)):
                entity, kind = match.candidates[0]
                found.append(Span(doc, span.start, span.end, _label(entity, kind)))
                covered.update(range(span.start, span.end))
        rest = [t for t in doc if t.i not in covered]
        if any(_may_be_name(t, plain) for t in rest):
            return None
        return [*found, *_times(rest)]

    return labels


def _may_be_name(token: Token, plain: set[str]) -> bool:
    if not token.text[0].isupper() or token.pos_ not in _NAMES:
        return False
    if token.i == 0 and token.pos_ != "PROPN":
        return False
    return not (_is_calendar_word(token) or is_title(token) or token.lemma_.lower() in plain)


def _times(rest: list[Token]) -> Iterator[Span]:
    """Days, months and numbers, neighbours together: they act for nobody."""
    told = [t for t in rest if t.pos_ == "NUM" or _is_calendar_word(t)]
    # neighbours have the same distance between their place in the sentence and in the list
    for _, group in groupby(enumerate(told), key=lambda pair: pair[1].i - pair[0]):
        words = [token for _, token in group]
        label = "DATE" if any(_is_calendar_word(t) for t in words) else "CARDINAL"
        yield Span(words[0].doc, words[0].i, words[-1].i + 1, label)


def _is_calendar_word(token: Token) -> bool:
    return token.text[0].isupper() and token.lower_.rstrip(".") in CALENDAR


def _label(entity: object, kind: str) -> str:
    if kind in ("adjective", "demonym"):
        return "NORP"
    if isinstance(entity, Entity) and entity.type in _PERSONS:
        return "PERSON"
    return "GPE" if isinstance(entity, Entity) and entity.type in _PLACES else "ORG"
