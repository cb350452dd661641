"""Which sentences may hold an event: a look at their words, before any parse.

A sentence that names nobody, or has neither the words of a frame nor the names of two sides, is not
parsed; whom it names stays in the memory of the article all the same.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from itertools import chain

from kg.extract.discourse import Discourse
from kg.extract.frames import Lexicon
from kg.extract.scene import referent
from kg.gazetteer import Entity, Gazetteer
from kg.model import Sentence

Lemmas = Callable[[str], frozenset[str]]
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SIDES = 2
_SHORT = 3
_COUNTS = frozenset({"State", "Territory", "InternationalOrganization", "Official", "ArmedGroup"})


def make_sieve(
    lexicon: Lexicon, gazetteer: Gazetteer, lemmas: Lemmas, pairs: bool
) -> Callable[[str], bool]:
    """A test of sentences.

    Args:
        lemmas: Word → the dictionary forms it may be of.
        pairs: Let a sentence pass also for the names of two sides, for a classifier to look at.
    """
    people = {name.split()[-1] for name in (*gazetteer.nouns, *gazetteer.roles)}
    # "the Biden-Putin talks", "the two Koreas": parts of names that are no names of their own
    people |= {name.casefold() for name in gazetteer.surnames if len(name) > _SHORT}
    people |= {w.casefold() for e in gazetteer.codes.values() for w in e.name.split()[1:]}
    needs = _needs(lexicon)

    def may_hold(text: str) -> bool:
        present: set[str] = set()
        for word in _WORD.findall(text):
            present |= lemmas(word)
            if "-" in word:
                for piece in word.split("-"):
                    present |= lemmas(piece)
        somebody = not present.isdisjoint(people) or any(True for _ in gazetteer.find(text))
        if not somebody:
            return False
        for word in present & needs.keys():
            for needed in needs[word]:
                if not any(map(present.isdisjoint, needed)):
                    return True
        return pairs and _names_two_sides(text, gazetteer)

    return may_hold


def _needs(lexicon: Lexicon) -> Mapping[str, Collection[tuple[frozenset[str], ...]]]:
    """Trigger → what its frames need besides it, each once, the least first."""
    found: dict[str, set[tuple[frozenset[str], ...]]] = defaultdict(set)
    for frame in chain(*lexicon.verbs.values(), *lexicon.nouns.values()):
        if not frame.negative:
            for trigger in frame.trigger:
                found[trigger].add(frame.needed)
    return {trigger: sorted(needs, key=len) for trigger, needs in found.items()}


def skim(sentence: Sentence, discourse: Discourse, gazetteer: Gazetteer) -> None:
    """Enter whom an unparsed sentence names into the article's memory, by plain names only."""
    for match in gazetteer.find(sentence.text):
        entity, kind = match.candidates[0]
        if isinstance(entity, Entity) and kind == "name" and entity.type in _COUNTS:
            discourse.note(referent(entity), sentence.offset + match.start)


def _names_two_sides(text: str, gazetteer: Gazetteer) -> bool:
    codes: set[str] = set()
    for match in gazetteer.find(text):
        entity = match.candidates[0][0]
        if isinstance(entity, Entity) and entity.type in _COUNTS:
            codes.add(entity.code)
            if len(codes) >= _SIDES:
                return True
    return False
