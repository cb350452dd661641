"""Words for a state → which one: "the country", "his government", "its neighbour"."""

from spacy.tokens import Token

from kg.extract.affiliation import affiliation
from kg.extract.discourse import Referent
from kg.extract.names import named
from kg.extract.phrases import is_definite
from kg.extract.scene import Scene, unknown

STATE_NOUNS = frozenset(
    [
        "country",
        "nation",
        "state",
        "government",
        "regime",
        "administration",
        "authority",
        "leadership",
        "junta",
        "republic",
        "kingdom",
        "capital",
        "emirate",
        "sultanate",
        "neighbour",
        "neighbor",
    ]
)


def state(token: Token, scene: Scene, explicit: bool, avoid: frozenset[str]) -> list[Referent]:
    """Which state a noun such as "country" or "government" stands for.

    Args:
        explicit: Only what the phrase itself says; nothing from the article's memory.
        avoid: IRIs of those who do the deed, and so are not meant.
    """
    owner = affiliation(token, scene) or _state_of_owner(token, scene)
    before = scene.position(token)
    if token.lemma_.lower().startswith("neighb") and owner is not None:
        return [] if explicit else _neighbour(owner, token, scene)
    if owner is not None:
        return [owner]
    named = [c for c in token.lefts if c.dep_ in ("amod", "compound") and c.text[:1].isupper()]
    if named and token.pos_ == "NOUN":
        # "the Catalan government" is no state that we know, and none that was spoken of
        name = " ".join(t.text for t in (*named, token))
        return [] if explicit else [unknown(name, "Organization", "---")]
    if explicit or not is_definite(token):
        return []
    found = scene.discourse.last(before, person=False, far=0, avoid=avoid)
    if found is None or not found.is_state:
        others = [s for s in scene.discourse.states(before) if s.id not in avoid]
        focus = scene.discourse.focus()
        found = focus if focus and focus.id not in avoid else next(iter(others), None)
    return [found] if found else []


def _neighbour(owner: Referent, token: Token, scene: Scene) -> list[Referent]:
    """The state beside a state that the article speaks of most; else the one it spoke of last."""
    others = [s for s in scene.discourse.states(scene.position(token)) if s.code != owner.code]
    known = scene.gazetteer.entities.get(owner.id)
    beside = [s for s in others if known and s.id in known.borders]
    return sorted(beside or others[:1], key=scene.discourse.often, reverse=True)[:1]


def _state_of_owner(token: Token, scene: Scene) -> Referent | None:
    """The state of a person whose government it is: "Mr Uribe's government"."""
    for child in token.lefts:
        mention = scene.mention(child) if child.dep_ in ("poss", "compound") else None
        who = named(mention, child, scene) if mention else None
        if who is not None and who.is_person:
            return scene.state(who.code)
    return None
