"""A text → the language it is in, if it is not English.

Most English is known by its function words alone, at no cost; only where these are few is the
language identifier asked (py3langid: BSD, offline, 5 MB), since it errs on short English texts.
"""

import re

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 4000
"""Characters from which the language is told."""
_FEWEST = 8
"""Words below which no language is told."""
_SHARE = 0.12
"""Of function words, above which a text is English: news has 0.25 to 0.45."""
_ENGLISH = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "in",
        "is",
        "it",
        "its",
        "not",
        "of",
        "on",
        "or",
        "said",
        "she",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "which",
        "who",
        "will",
        "with",
        "would",
    ]
)


def foreign_language(text: str) -> str | None:
    """ISO 639-1 code of a text's language; None if it is English or cannot be told.

    Use before extraction: frames and parser know English only.
    """
    words = _WORD.findall(text[:_LOOKED_AT].casefold())
    if len(words) < _FEWEST:
        return None
    if sum(w in _ENGLISH for w in words) / len(words) >= _SHARE:
        return None
    import py3langid  # takes most of a second to load, and is rarely needed

    found: str = py3langid.classify(text[:_LOOKED_AT].casefold())[0]
    return None if found == "en" else found
