"""A sentence with marked spans → the token ids that the classifier reads.

The marks are put into the text itself, as tokens that the encoder's vocabulary keeps free: who
acts, on whom, and by which words. Training and use share this module, so that both see the same
input.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

LENGTH = 34
"""Tokens of a window; a longer text is cut to the surroundings of its marks."""

_MARKS = {
    "actor": ("[unused1]", "[unused2]"),
    "target": ("[unused3]", "[unused4]"),
    "trigger": ("[unused5]", "[unused6]"),
}
SPECIAL = tuple(mark for pair in _MARKS.values() for mark in pair)
_CONTEXT = 700
"""Characters kept on each side of the marks before the text is cut into tokens."""

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Dyad:
    """A text with the spans of an actor and of a target in it.

    Attributes:
        text: One or a few sentences.
        actor: Character offsets, end exclusive; several for a list of names.
        target: Likewise; may be empty.
        trigger: Of the words that tell the action, if they are known.
    """

    text: str
    actor: tuple[Offsets, ...]
    target: tuple[Offsets, ...] = ()
    trigger: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True)
class Encoded:
    """One dyad as the encoder takes it.

    Attributes:
        ids: Token ids, at most `LENGTH`.
        places: Where the marks of actor, target and trigger open; 0 for a missing one.
    """

    ids: list[int]
    places: tuple[int, int, int]


def prepare(tokenizer: Tokenizer) -> Tokenizer:
    """Teach a tokenizer the marks; they stand in its vocabulary already."""
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(dyads: Sequence[Dyad], tokenizer: Tokenizer) -> list[Encoded]:
    """Token ids and places of marks of each dyad.

    Args:
        tokenizer: As `prepare` gives it.
    """
    openers = [tokenizer.token_to_id(pair[0]) or 0 for pair in _MARKS.values()]
    found = tokenizer.encode_batch([_marked(d) for d in dyads])
    return [_window(f.ids, openers) for f in found]


def _marked(dyad: Dyad) -> str:
    """The text with its marks, without what lies far from them."""
    edges = [o for spans in (dyad.actor, dyad.target, dyad.trigger) for s in spans for o in s]
    begin = max(min(edges, default=0) - _CONTEXT, 0)
    end = max(edges, default=0) + _CONTEXT
    pieces: list[str] = []
    position = begin
    for place, mark in sorted(_insertions(dyad)):
        pieces += [dyad.text[position:place], f" {mark[2]} "]
        position = place
    return "".join([*pieces, dyad.text[position:end]])


def _insertions(dyad: Dyad) -> Iterator[tuple[int, tuple[int, int, str]]]:
    """Where which mark goes; of several at one place, those that close come first."""
    spans: Iterable[tuple[str, tuple[Offsets, ...]]] = (
        ("actor", dyad.actor),
        ("target", dyad.target),
        ("trigger", dyad.trigger),
    )
    for role, found in spans:
        for start, end in found:
            yield start, (1, -end, _MARKS[role][0])
            yield end, (0, -start, _MARKS[role][1])


def _window(ids: list[int], openers: list[int]) -> Encoded:
    """At most `LENGTH` ids around the marks, the first and last special token kept."""
    if len(ids) > LENGTH:
        marks = [i for i, token in enumerate(ids) if token in openers]
        middle = (marks[0] + marks[-1]) // 2 if marks else 0
        room = LENGTH - 2
        start = min(max(middle - room // 2, 1), len(ids) - 1 - room)
        ids = [ids[0], *ids[start : start + room], ids[-1]]
    first = [ids.index(opener) if opener in ids else 0 for opener in openers]
    return Encoded(ids, (first[0], first[1], first[2]))
