"""A sentence in capitals → the same sentence as a parser expects it, character by character."""

import re
from collections.abc import Callable, Iterable

Names = Callable[[str], Iterable[tuple[int, int]]]
"""A text in, places of known names in it out."""

_SHARE = 0.8
_FEWEST = 12
_LONGEST_ACRONYM = 5


def calm(text: str, names: Names) -> str:
    """Give a sentence in capitals small letters, and its known names their capital.

    Args:
        text: A sentence; one that is not in capitals comes back as it is.
        names: Where known names stand in a text in title case.

    Returns:
        A text of the same length, so that offsets stay.
    """
    letters = [c for c in text if c.isalpha()]
    shouted = sum(c.isupper() for c in letters)
    if len(letters) < _FEWEST or shouted / len(letters) < _SHARE:
        return text
    small, titled = text.lower(), text.title()
    if not len(small) == len(titled) == len(text):
        return text
    pieces = list(small)
    for start, end in names(text):
        if end - start <= _LONGEST_ACRONYM and text[start:end].lower() not in _WORDS:
            pieces[start:end] = text[start:end]
    for start, end in names(titled):
        pieces[start:end] = titled[start:end]
    first = next((i for i, c in enumerate(pieces) if c.isalpha()), 0)
    pieces[first] = pieces[first].upper()
    return "".join(pieces)


_WORDS = frozenset(
    {"us", "it", "who", "in", "is", "as", "at", "an", "or", "no", "so", "are", "can"}
)
"""Words that are also acronyms: in capitals one cannot tell them apart."""


def untitled(text: str, names: Names, small: Callable[[str], bool]) -> str:
    """Write A Headline in Which Each Word Has a Capital as a sentence, names as they are.

    Args:
        text: A headline; one that is not in title case comes back as it is.
        names: Where known names stand in a text.
        small: Whether a word in title case is an ordinary one.

    Returns:
        A text of the same length, so that offsets stay.
    """
    words = [w for w in _WORD.finditer(text) if len(w[0]) > 1]
    titled = [w for w in words if w[0].istitle()]
    if len(titled) < _FEWEST_TITLED or any(w[0].islower() and w[0] not in _JOINING for w in words):
        return text
    known = list(names(text))
    pieces = list(text)
    for word in titled:
        place = word.start()
        if place and not any(start <= place < end for start, end in known) and small(word[0]):
            pieces[place] = pieces[place].lower()
    return "".join(pieces)


_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_TITLED = 3
# fmt: off
_JOINING = frozenset([
    "a", "about", "after", "against", "ahead", "al", "all", "amid", "among", "an", "and", "are",
    "around", "as", "at", "be", "before", "behind", "between", "bin", "but", "by", "da", "de",
    "del", "der", "di", "down", "du", "during", "el", "for", "from", "has", "how", "ibn", "if",
    "in", "into", "is", "it", "its", "la", "more", "near", "new", "no", "nor", "not", "of",
    "off", "on", "onto", "or", "out", "over", "per", "since", "so", "than", "that", "the",
    "their", "through", "to", "under", "until", "up", "upon", "van", "via", "von", "vs", "was",
    "when", "while", "who", "why", "with", "within", "without", "yet",
])
# fmt: on
"""Words that newspapers leave small in a headline in title case, and small parts of names."""
