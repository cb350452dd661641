"""What a person types → the entities that may be meant, also misspelt or without accents.

For people who look somebody up; names in articles are found by `Gazetteer.find`, which never
guesses.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from kg.gazetteer.entities import RANK, Entity, Gazetteer

_ALIKE = 0.82
"""Least Jaro-Winkler similarity of a word: Lawrow and Lavrov have 0.84."""
_SOUNDS_ALIKE = 0.97
_SHORTEST_SOUND = 3
_WORDS = 0.9
"""Score from which a hit has all the words as they were typed."""
_WORD = re.compile(r"\w+")
_LETTERS = str.maketrans("øłđıßæœþð", "oldisaotd")


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody found.

    Attributes:
        name: The name that fits what was typed.
        score: 1 for the whole name or code, less for a part of it, least for a misspelling.
    """

    entity: Entity
    name: str
    score: float


def named(gazetteer: Gazetteer, text: str) -> Entity | None:
    """The entity that a person means who types exactly this name or code, accents aside."""
    hit = next(iter(search(gazetteer, text, limit=1)), None)
    return hit.entity if hit is not None and hit.score == 1 else None


def search(gazetteer: Gazetteer, text: str, limit: int = 10) -> list[Hit]:
    """Entities that somebody may mean by these words.

    Args:
        text: A name, part of one, or a code, in any case, with or without accents.
        limit: Most hits.

    Returns:
        Best first: whole names and codes, then names with all the words, then names with words
        that sound or are spelt alike; the last only where no whole name fits.
    """
    wanted = fold(text).split()
    if not wanted:
        return []
    best: dict[str, tuple[tuple[float, int, int], Hit]] = {}
    folded = {alias: fold(alias) for alias in gazetteer.names}
    for alias, score in (*_whole(wanted, folded), *_alike(wanted, folded)):
        for entity, kind in gazetteer.names[alias]:
            if isinstance(entity, Entity):
                rank = (-score, RANK[kind], len(alias))
                if entity.id not in best or rank < best[entity.id][0]:
                    best[entity.id] = (rank, Hit(entity, alias, score))
    owner = gazetteer.codes.get(text.strip().upper())
    if owner is not None:
        best[owner.id] = ((-1.0, -1, 0), Hit(owner, owner.name, 1.0))
    found = sorted(best.values(), key=lambda b: (b[0], b[1].entity.name))
    hits = [hit for _, hit in found[:limit]]
    exact = hits and hits[0].score == 1
    return [h for h in hits if h.score >= _WORDS] if exact else hits


def fold(text: str) -> str:
    """Lower case, without accents, marks or repeated spaces: "Çavuşoğlu" → cavusoglu."""
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(kept))


_SPELLINGS = (
    ("tsch", "ch"), ("tch", "ch"), ("sch", "sh"), ("dzh", "j"), ("dj", "j"), ("dsch", "j"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("w", "v"), ("zh", "j"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("iy", "i"), ("ij", "i"), ("yi", "i"), ("y", "i"),
    ("j", "i"), ("c", "k"), ("x", "ks"), ("z", "s"),
)  # fmt: skip
"""Ways in which languages write one sound of a foreign name, and one of them for all."""


def _sound(word: str) -> str:
    for one, other in _SPELLINGS:
        word = word.replace(one, other)
    return re.sub(r"(.)\1+", r"\1", word)


def _whole(wanted: list[str], folded: dict[str, str]) -> Iterator[tuple[str, float]]:
    """Names that have all the words; 1 where they have no others."""
    whole = " ".join(wanted)
    for alias, plain in folded.items():
        if whole == plain:
            yield alias, 1.0
        elif all(word in plain for word in wanted):
            words = plain.split()
            if all(word in words for word in wanted):
                yield alias, _WORDS + 0.09 * len(wanted) / len(words)


def _alike(wanted: list[str], folded: dict[str, str]) -> Iterator[tuple[str, float]]:
    """Names that for each word have one that sounds or is spelt like it."""
    homes: dict[str, set[str]] = defaultdict(set)
    for alias, plain in folded.items():
        for word in plain.split():
            homes[word].add(alias)
    sounds: dict[str, set[str]] = defaultdict(set)
    for word in homes:
        sounds[_sound(word)].add(word)
    scores: list[dict[str, float]] = []
    for word in wanted:
        near = process.extract(
            word, homes.keys(), scorer=JaroWinkler.similarity, score_cutoff=_ALIKE, limit=40
        )
        of_word: dict[str, float] = defaultdict(float)
        sound = _sound(word)
        heard = sounds[sound] if len(sound) >= _SHORTEST_SOUND else ()
        same = [(other, _SOUNDS_ALIKE, 0) for other in heard]
        for other, similarity, _ in (*same, *near):
            for alias in homes[other]:
                of_word[alias] = max(of_word[alias], similarity)
        scores.append(of_word)
    for alias in set.intersection(*(set(s) for s in scores)):
        yield alias, _WORDS * 0.99 * min(s[alias] for s in scores)
