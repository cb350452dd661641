"""Frames of the lexicon → plain sentences, so that the classifier knows every common wording.

A frame says by its type what it reports, so a sentence made from it is right by construction, if
wooden: "The Malian government lifted the ban on Ghana on Monday."
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data import Labelled

from kg.classifier.inputs import Dyad
from kg.schema import EventType, Frame, Schema
from kg.schema.frames import PREPOSITIONS

WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@dataclass
class _Text:
    """A text that grows, with the spans of its roles."""

    words: str = ""

    def __post_init__(self) -> None:
        self.spans: dict[str, list[tuple[int, int]]] = {"actor": [], "target": [], "trigger": []}

    def add(self, words: str, role: str | None = None) -> None:
        if not words:
            return
        start = len(self.words) + bool(self.words)
        self.words = f"{self.words} {words}" if self.words else words
        if role:
            self.spans[role].append((start, start + len(words)))


def told(schema: Schema, seed: int, most: int) -> Iterator[Labelled]:
    """Sentences made from frames, at most so many a type."""
    chance = random.Random(seed)
    for type in schema.types.values():
        if type.category is None:
            continue
        frames = [f for f in type.frames if not f.negative and _tellable(f)]
        chance.shuffle(frames)
        for frame in frames[:most]:
            made = _sentence(frame, type, chance)
            if made is not None:
                yield made


def _tellable(frame: Frame) -> bool:
    return "*" not in frame.text and not frame.noun and "'s" not in frame.text


def _sentence(frame: Frame, type: EventType, chance: random.Random) -> Labelled | None:
    text = _Text()
    if chance.random() < 0.2:
        text.add(chance.choice(WORDS["when"]).capitalize() + ",")
    tokens = re.findall(r"\[|\]|[^\s\[\]]+", frame.text)
    skipping = False
    behind = False
    for i, token in enumerate(tokens):
        if token == "[":
            skipping = chance.random() < 0.35 and "TARGET" not in "".join(tokens[i : i + 4])
            continue
        if token == "]":
            skipping = False
            continue
        if skipping:
            continue
        slot = token.partition(":")[0].removesuffix("!")
        if slot in ("ACTOR", "TARGET"):
            words = sorted(frame.subject_words) if i == 0 and frame.subject_words else []
            name = _name(words, chance)
            text.add(name[0].upper() + name[1:] if not text.words else name, slot.lower())
            behind = False
        elif i == 1:
            verb = chance.choice(sorted(frame.trigger))
            text.add(_past(verb), "trigger")
        elif token == "to" or token == "that":
            text.add(token)
            behind = True
        elif all(w in PREPOSITIONS for w in token.split("|")):
            text.add(chance.choice(token.split("|")))
        else:
            text.add(_fixed(token, frame, behind, chance))
            behind = False
    actor, target = text.spans["actor"], text.spans["target"]
    if not target and len(actor) > 1:
        actor, target = actor[:1], actor[1:]
    if not actor or not target:
        return None
    if chance.random() < 0.5 and "," not in text.words:
        text.add(chance.choice(WORDS["when"]))
    trigger = tuple(text.spans["trigger"]) if chance.random() < 0.5 else ()
    dyad = Dyad(text.words + ".", tuple(actor), tuple(target), trigger)
    return Labelled(dyad, type.category or "", type.mode or "", type.default_status, frame.text)


def _name(words: list[str], chance: random.Random) -> str:
    people = chance.choice(WORDS["peoples"])
    if words:
        return f"the {people} {chance.choice(words)}"
    kind = chance.random()
    if kind < 0.4:
        return chance.choice(WORDS["states"])
    if kind < 0.85:
        return f"the {people} {chance.choice(WORDS['bodies'])}"
    return chance.choice(WORDS["others"])


def _fixed(token: str, frame: Frame, infinitive: bool, chance: random.Random) -> str:
    found = next((p.words for p in frame.parts if _stands_for(p.words, token)), None)
    word = chance.choice(sorted(found)) if found else chance.choice(token.split("|"))
    if infinitive or word in WORDS["particles"] or word.endswith(("ly", "ing", "ed")):
        return word
    return f"{chance.choice(['the', 'its', 'a', '', 'all', 'new'])} {word}".strip()


def _stands_for(words: frozenset[str], token: str) -> bool:
    plain = {w for w in token.split("|") if not w.startswith("{")}
    return bool(words) and plain <= words and (bool(plain) or token.startswith("{"))


def _past(verb: str) -> str:
    if verb in WORDS["past"]:
        return WORDS["past"][verb]
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb):
        return verb + verb[-1] + "ed"
    return verb + "ed"
