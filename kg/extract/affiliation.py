"""Where the people and bodies that a phrase describes belong: to which state or organization."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extract.discourse import Referent
from kg.extract.pronouns import pronoun
from kg.extract.scene import Scene, referent
from kg.gazetteer import Entity, Kind

_BODIES = frozenset(
    {"Ministry", "Military", "Police", "IntelligenceService", "Mission", "Government"}
)
_DEPTH = 3


def affiliation(token: Token, scene: Scene, depth: int = 0) -> Referent | None:
    """State or organization that a phrase names as its own: "the Russian foreign ministry"."""
    if depth > _DEPTH:
        return None
    for child in _telling(token):
        found = nation(child, scene)
        if found is None and child.pos_ == "PRON":
            found = _of_pronoun(child, scene)
        found = found or affiliation(child, scene, depth + 1)
        if found is not None:
            return found
    return None


def several_nations(token: Token, scene: Scene) -> list[Referent]:
    """States that share a plural: "Indian and Pakistani troops", "leaders of Mali and Niger"."""
    if token.tag_ not in ("NNS", "NNPS"):
        return []
    telling = [c for c in token.lefts if c.dep_ in ("amod", "nmod", "compound")]
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            for preposition in (child, *child.conjuncts):
                telling += [p for p in preposition.children if p.dep_ == "pobj"]
    words = [w for t in telling for w in (t, *t.conjuncts)]
    found = [n for w in words if (n := nation(w, scene)) and n.is_state]
    return list({n.id: n for n in found}.values())


def nation(token: Token, scene: Scene) -> Referent | None:
    """The state or organization that a word names or is an adjective or city of."""
    if (who := scene.discourse.short.get(token.text)) is not None:
        return who
    mention = scene.mention(token)
    found = [(e, k) for e, k in mention.candidates if isinstance(e, Entity)] if mention else []
    if not found:
        return None
    if _is_scene_of_people(token, scene):
        found = [(e, k) for e, k in found if k != "metonym"] or found
    entity, _ = choose(found, scene)
    if entity.type in ("Official", "Person", "City", "Region", "Place"):
        return scene.state(entity.code) or referent(entity)
    return referent(entity)


def _is_scene_of_people(token: Token, scene: Scene) -> bool:
    """Those who protest in Brussels are Belgians; officials in Brussels are the EU's."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("in", "at", "near", "outside"):
        return False
    people = scene.gazetteer.nouns.get(token.head.head.lemma_.lower())
    return people is None or bool(people.suffix)


def choose(found: Sequence[tuple[Entity, Kind]], scene: Scene) -> tuple[Entity, Kind]:
    """The candidate meant: one that exists on the day, a government before its capital."""
    day = scene.discourse.published

    def rank(candidate: tuple[Entity, Kind]) -> tuple[bool, bool, bool, int]:
        entity, _ = candidate
        city = entity.type in ("City", "Region") and any(k == "metonym" for _, k in found)
        gone = day is None and entity.end is not None
        return (not entity.existed(day), gone, city, found.index(candidate))

    return min(found, key=rank)


def local_state(scene: Scene) -> Referent | None:
    """State of a place that the same sentence gives with `in`."""
    for token in scene.doc:
        if token.dep_ == "pobj" and token.head.lower_ in ("in", "across", "near", "at"):
            found = nation(token, scene)
            if found is not None and found.is_state:
                return found
    return None


def serves_state(token: Token, scene: Scene) -> bool:
    """Whether people belong to a body of a state: "employees of the Russian embassy"."""
    bodies = [c for c in token.lefts if c.dep_ == "compound"]
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "at", "from"):
            bodies += [p for p in child.children if p.dep_ == "pobj"]
    nouns = (scene.gazetteer.nouns.get(b.lemma_.lower()) for b in bodies)
    kinds = {n.kind for n in nouns if n and not n.suffix}
    kinds |= {e.type for b in bodies for e in scene.entities(b)}
    return bool(kinds & _BODIES)


def _of_pronoun(token: Token, scene: Scene) -> Referent | None:
    found = pronoun(token, scene)
    if not found or found[0].code == "---":
        return None
    return scene.state(found[0].code) or found[0]


def _telling(token: Token) -> Iterator[Token]:
    """Words that may tell where a phrase belongs, the most telling first."""
    for dep in ("poss", "amod", "nmod", "compound"):
        yield from (c for c in token.lefts if c.dep_ == dep and c.pos_ != "PRON")
    # "his Turkish counterpart" is Turkish
    yield from (c for c in token.lefts if c.dep_ == "poss" and c.pos_ == "PRON")
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "from", "in", "for", "with", "at"):
            yield from (p for p in child.children if p.dep_ == "pobj")
    yield from (c for c in token.rights if c.dep_ == "appos")
    if token.dep_ == "appos":
        yield token.head
    for child in token.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            yield from (p for c in child.children for p in c.children if p.dep_ == "pobj")
