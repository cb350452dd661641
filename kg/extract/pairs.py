"""Two who were named before: "both sides", "the two presidents", "the two armies"."""

from spacy.tokens import Token

from kg.extract.affiliation import affiliation
from kg.extract.discourse import Referent
from kg.extract.scene import Scene

_PAIRS = frozenset({"side", "leader", "man", "country", "party"})
_WITH_NUMBER = frozenset(
    {"neighbour", "neighbor", "nation", "state", "power", "rival", "government", "ally", "foe"}
)
"""Nouns that stand for two who were named before only where the text says "two" or "both"."""


def is_pair(token: Token, noun: bool = False) -> bool:
    """Whether a plural stands for two who were named before.

    Args:
        noun: Only where the text says "two" or "both".
    """
    if token.tag_ not in ("NNS", "NNPS"):
        return False
    words = {c.lower_ for c in token.children}
    if "both" in words or {"the", "two"} <= words:
        return True
    return not noun and token.lemma_.lower() in _PAIRS and words == {"the"}


def both(token: Token, role: str | None, scene: Scene) -> list[Referent]:
    """The two persons or states meant, in the order of the text; empty where none are known."""
    lemma = token.lemma_.lower()
    if affiliation(token, scene) is not None or not (role or lemma in _PAIRS | _WITH_NUMBER):
        return []
    before = scene.position(token)
    holders = [p for p in scene.discourse.people(before) if role and _holds(p, role, scene)]
    if len(holders) > 1:
        return holders[1::-1]
    people = role is not None or lemma in ("leader", "man", "minister")
    if people:
        found = scene.discourse.recent(before, 2, person=True)
        return found or scene.discourse.recent(before, 2, person=False)
    return two_states(token, scene) or scene.discourse.recent(before, 2, person=True)


def two_states(token: Token, scene: Scene) -> list[Referent]:
    """The two states last spoken of, be it only by their adjectives."""
    before = scene.position(token)
    found = scene.discourse.recent(before, 2, person=False)
    if found:
        return found
    last = {s.code: s for s in scene.discourse.states(before)[:4]}
    return list(last.values())[1::-1] if len(last) > 1 else []


def _holds(person: Referent, role: str, scene: Scene) -> bool:
    day = scene.discourse.published
    offices = scene.gazetteer.offices_of(person.id, day) if day else []
    return person.role == role or any(o.role == role for o in offices)
