"""Pronouns → whom they stand for, from the memory of the article."""

from spacy.tokens import Token

from kg.extract.discourse import Referent
from kg.extract.scene import Scene
from kg.extract.syntax import governing_verbs

MALE = frozenset({"he", "him", "his", "himself", "mr", "mr.", "king", "prince", "sir", "lord"})
FEMALE = frozenset({"she", "her", "hers", "herself", "ms", "ms.", "mrs", "mrs.", "queen", "lady"})


def pronoun(token: Token, scene: Scene, avoid: frozenset[str] = frozenset()) -> list[Referent]:
    """Whom a pronoun stands for; empty where nobody fits.

    Args:
        avoid: IRIs for whom it cannot stand; a reflexive one ("himself") may.
    """
    avoid = frozenset() if token.lower_.endswith(("self", "selves")) else avoid
    word, before, discourse = token.lower_, scene.position(token), scene.discourse
    if word in MALE or word in FEMALE:
        gender = "male" if word in MALE else "female"
        found = discourse.last(before, person=True, gender=gender, avoid=avoid)
        return [found] if found else []
    if word in ("it", "its", "itself"):
        found = None if _is_empty(token) else discourse.last(before, person=False, avoid=avoid)
        return [found] if found else []
    if word in ("they", "them", "their", "themselves", "both"):
        together = discourse.together(before)
        if together and not avoid & {t.id for t in together}:
            return together
        found = discourse.last(before, plural=True, avoid=avoid)
        return [found] if found else []
    if word in ("i", "me", "my", "we", "us", "our"):
        return _speaker(token, scene, word in ("i", "me", "my"))
    return []


def _is_empty(token: Token) -> bool:
    """The "it" of "it is clear that …", which stands for nobody."""
    return token.dep_ == "nsubj" and token.head.lemma_ in ("be", "seem", "appear")


def _speaker(token: Token, scene: Scene, alone: bool) -> list[Referent]:
    """Who says "I"; for "we" the state or body that the speaker speaks for."""
    for verb in governing_verbs(token):
        speaker = scene.speakers.get(verb.i)
        if speaker is not None:
            owner = None if alone else scene.state(speaker.code)
            return [owner or speaker]
    return []
