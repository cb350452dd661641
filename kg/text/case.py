"""A sentence in capitals → the same sentence as a parser expects it, character by character."""

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
