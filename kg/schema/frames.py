"""The frame language: one line of near-English → a pattern over a dependency parse.

`ontology/FRAMES.md` explains the language to those who write frames.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Literal

Role = Literal["actor", "target"]

PREPOSITIONS = frozenset(
    [
        "about",
        "above",
        "across",
        "after",
        "against",
        "along",
        "alongside",
        "amid",
        "among",
        "around",
        "as",
        "at",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "between",
        "beyond",
        "by",
        "concerning",
        "despite",
        "down",
        "during",
        "for",
        "from",
        "in",
        "inside",
        "into",
        "near",
        "of",
        "off",
        "on",
        "onto",
        "out",
        "outside",
        "over",
        "past",
        "regarding",
        "through",
        "throughout",
        "to",
        "toward",
        "towards",
        "under",
        "until",
        "up",
        "upon",
        "via",
        "with",
        "within",
        "without",
    ]
)
_TOKEN = re.compile(r"\[|\]|[^\s\[\]]+")
_WORD = re.compile(r"[\w.'’&-]+|[$€£¥]")
_SLOTS: dict[str, Role] = {"ACTOR": "actor", "TARGET": "target"}
_NO_SLOTS = frozenset({"DATE", "PLACE", "TRIGGER", "SAID_BY", "VICTIM", "OBJECT", "SUBJECT"})
_OWNERS: dict[str, Role] = {slot + "'s": role for slot, role in _SLOTS.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a frame asks for after its trigger.

    Attributes:
        role: The role it fills, or None for fixed words.
        words: Lemmas of which it, or the head of its slot, must be one; empty where anything
            will do.
        preps: Prepositions that introduce it; empty when it hangs on the trigger directly;
            with "" among them it may do either.
        clause: `to` for an infinitive, `that` for the subject of a content clause.
        inner: It belongs to the infinitive before it, not to the trigger.
        optional: The frame also holds without it.
        owner: Role of the word's possessor (`TARGET's proposal`).
        strict: The phrase itself must be a participant, not something inside it (`TARGET!`).
    """

    role: Role | None
    words: frozenset[str]
    preps: frozenset[str] = frozenset()
    clause: Literal["to", "that"] | None = None
    inner: bool = False
    optional: bool = False
    owner: Role | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A pattern of the trigger lexicon.

    Attributes:
        text: The line as written.
        type: Name of the event type it stands for.
        trigger: Lemmas of the word that reports the event.
        noun: The trigger is a noun.
        subject: Role of the verb's subject, or of the noun's possessor.
        subject_words: Lemmas of which the subject must be one (`ACTOR:court`); empty for any.
        two_sided: `ACTOR` stands twice: all sides are actors.
        needed: Sets of words of each of which one must be in the sentence: a quick first test.
        negative: A look-alike: where it fits, the type does not hold.
    """

    text: str
    type: str
    trigger: frozenset[str]
    noun: bool
    subject: Role | None
    subject_words: frozenset[str]
    parts: tuple[Part, ...]
    two_sided: bool
    needed: tuple[frozenset[str], ...]
    negative: bool = False


def parse_frame(
    text: str, type: str, lists: Mapping[str, frozenset[str]], negative: bool = False
) -> Frame:
    """Read one frame.

    Args:
        text: The line, such as `ACTOR order TARGET to leave|depart`.
        type: Event type whose file it stands in.
        lists: Word lists by name, for `{name}`.
        negative: It stands among the look-alikes (`kg:notFrame`).

    Raises:
        ValueError: What is wrong with the line, in words.
    """
    tokens: list[str] = _TOKEN.findall(text)
    if len(tokens) < 2:
        raise ValueError("a frame has a slot or 'the' and a trigger word")
    first, noun = tokens[0], False
    subject: Role | None
    subject_words = frozenset[str]()
    if _is_slot(first):
        subject, subject_words = _slot(first, lists)
    elif first == "the":
        noun, subject = True, "actor"
    elif first in _OWNERS:
        noun, subject = True, _OWNERS[first]
    else:
        raise ValueError(f"begins with {first!r}; a frame begins with ACTOR, TARGET or the")
    trigger = frozenset() if tokens[1] in (*_SLOTS, "[", "]") else _words(tokens[1], lists)
    if not trigger:
        raise ValueError(f"{tokens[1]!r} is no trigger word")
    parts = _parts(tokens[2:], lists, noun)
    actors = [p for p in parts if p.role == "actor"]
    return Frame(
        text=text,
        type=type,
        trigger=trigger,
        noun=noun,
        subject=subject,
        subject_words=subject_words,
        parts=parts,
        two_sided=bool(actors) and ((subject == "actor" and not noun) or len(actors) > 1),
        needed=_needed(subject_words, parts),
        negative=negative,
    )


def _needed(subject_words: frozenset[str], parts: tuple[Part, ...]) -> tuple[frozenset[str], ...]:
    binding = [p for p in parts if not p.optional]
    sets = [subject_words, *(p.words for p in binding)]
    sets += [p.preps for p in binding if "" not in p.preps]
    return tuple(s for s in sets if s)


def _parts(tokens: list[str], lists: Mapping[str, frozenset[str]], noun: bool) -> tuple[Part, ...]:
    parts: list[Part] = []
    optional = inner = False
    preps: frozenset[str] = frozenset()
    clause: Literal["to", "that"] | None = None
    owner: Role | None = None
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else None
        if token in "[]":
            if optional == (token == "["):
                raise ValueError("brackets do not match")
            optional = token == "["
        elif token == "that":
            clause = "that"
        elif token in _OWNERS:
            owner = _OWNERS[token]
        elif token == "to" and following and not _is_slot(following) and following not in "[]":
            clause, inner = "to", False
        elif _is_preposition(token) and _introduces(following):
            preps = frozenset(token.split("|"))
        elif (
            optional
            and _is_preposition(token)
            and tokens[i + 1 : i + 2] == ["]"]
            and i + 2 < len(tokens)
        ):
            preps = frozenset({"", *token.split("|")})  # `[with] ACTOR`
        else:
            role, words = _slot(token, lists) if _is_slot(token) else (None, _words(token, lists))
            # a noun's complements are often left out: only its fixed words are binding
            free = optional or (noun and role is not None)
            strict = role is not None and "!" in token
            parts.append(Part(role, words, preps, clause, inner, free, owner, strict))
            inner = inner or clause == "to"
            preps, clause, owner = frozenset(), None, None
    if optional:
        raise ValueError("brackets do not match")
    parts = _phrases(parts)
    if preps or clause or owner:
        raise ValueError("ends in a preposition that introduces nothing")
    return tuple(parts)


def _phrases(parts: list[Part]) -> list[Part]:
    """Fixed words in a row are one phrase whose last word is the head: "on hunger strike"."""
    for i in range(len(parts) - 1, 0, -1):
        first, second = parts[i - 1], parts[i]
        fixed = not (first.role or second.role) and first.words and second.words
        same = first.optional == second.optional and not (second.preps or second.clause)
        if fixed and same and first.preps and not first.clause:
            parts[i - 1] = replace(second, preps=first.preps, owner=first.owner or second.owner)
            parts[i] = replace(first, preps=frozenset(), owner=None)
    return parts


def _is_slot(token: str) -> bool:
    return token.partition(":")[0].removesuffix("!") in _SLOTS


def _slot(token: str, lists: Mapping[str, frozenset[str]]) -> tuple[Role, frozenset[str]]:
    name, _, words = token.partition(":")
    return _SLOTS[name.removesuffix("!")], _words(words, lists) if words else frozenset()


@cache
def _is_preposition(token: str) -> bool:
    return all(word in PREPOSITIONS for word in token.split("|"))


def _introduces(following: str | None) -> bool:
    """Whether a preposition-like token before this one is a preposition, not a particle."""
    return following is not None and following not in "[]" and not _is_preposition(following)


def _words(token: str, lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if token == "*":
        return frozenset()
    words: set[str] = set()
    for piece in token.split("|"):
        if piece in _SLOTS:
            raise ValueError(f"{piece} stands alone: write it in a frame of its own")
        name = re.fullmatch(r"\{([\w-]+)\}", piece)
        if name and name[1] not in lists:
            raise ValueError(f"there is no word list {name[1]!r}")
        if piece.isupper() and (
            piece in _NO_SLOTS or get_close_matches(piece, _SLOTS, cutoff=0.75)
        ):
            raise ValueError(f"{piece!r} is no slot; the slots are {' and '.join(_SLOTS)}")
        if piece and not name and not _WORD.fullmatch(piece):
            raise ValueError(f"{piece!r} is neither a word nor a list in braces")
        if not name and ((piece != piece.lower() and not piece.isupper()) or not piece):
            raise ValueError(f"{piece!r}: words are written in lower case")
        words |= lists[name[1]] if name else {piece.lower()}
    return frozenset(words)
