"""Descriptions → whom they mean: "the Turkish president", "his country", "27 Russian diplomats"."""

from dataclasses import replace

from spacy.tokens import Token

from kg.extract.affiliation import affiliation, nation, serves_state
from kg.extract.discourse import Referent
from kg.extract.names import named
from kg.extract.pronouns import pronoun
from kg.extract.scene import Scene, referent, slug
from kg.gazetteer import GroupNoun
from kg.vocab import BASE

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
_ANYBODYS = frozenset({"Official", "Equipment"})
"""Kinds whose owner the country of an article does not tell: four diplomats, a jet."""
_PAIRS = frozenset({"side", "leader", "man", "country", "party"})
_DEFINITE = frozenset({"the", "this", "that", "these", "both", "his", "her", "its", "their", "two"})
_NO_LONGER = frozenset({"former", "ex", "then", "late", "onetime"})


def role_of(token: Token, scene: Scene) -> str | None:
    """Main name of the office that a noun names, its compounds included."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    return next((r for p in _phrases(token) if (r := scene.gazetteer.roles.get(p))), None)


def noun_of(token: Token, scene: Scene) -> GroupNoun | None:
    """What kind of group or body a noun names, its compounds included."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    return next((n for p in _phrases(token) if (n := scene.gazetteer.nouns.get(p))), None)


def described(token: Token, scene: Scene, explicit: bool) -> list[Referent]:
    """Whom a common noun describes.

    Args:
        explicit: Only what the phrase itself says; nothing from the article's memory.
    """
    lemma = token.lemma_.lower()
    if not explicit and _is_pair(token):
        both = _both(token, scene)
        if both:
            return both
    if lemma == "counterpart":
        return [] if explicit else _counterpart(token, scene)
    role = role_of(token, scene)
    if role:
        return _role_holder(token, role, scene, explicit)
    if lemma in STATE_NOUNS:
        return _state(token, scene, explicit)
    noun = noun_of(token, scene)
    group = _group(token, noun, scene, explicit) if noun else None
    return [group] if group else []


def _role_holder(token: Token, role: str, scene: Scene, explicit: bool) -> list[Referent]:
    owner = affiliation(token, scene)
    if owner is None and explicit:
        return []
    if owner is None:
        known = scene.discourse.last(scene.position(token), person=True, role=role, far=50)
        if known:
            return [known]
        owner = scene.discourse.focus()
    if owner is None:
        return []
    gone = any(c.lower_ in _NO_LONGER for c in token.children)
    if not gone and token.tag_ not in ("NNS", "NNPS"):
        holder = scene.gazetteer.holder(owner.id, role, scene.discourse.published)
        if holder:
            return [referent(holder, role=role)]
    return [replace(scene.unnamed(token, owner.code), role=role)]


def _counterpart(token: Token, scene: Scene) -> list[Referent]:
    """Who holds abroad the office of the one before: "his Turkish counterpart"."""
    nations = (nation(c, scene) for c in token.children if c.dep_ != "poss")
    owner = next((n for n in nations if n), None)
    if owner is None:
        return []
    day, gazetteer = scene.discourse.published, scene.gazetteer
    for possessor in (c for c in token.children if c.dep_ == "poss"):
        mention = scene.mention(possessor)
        one = named(mention, possessor, scene) if mention else None
        for person in [one] if one else pronoun(possessor, scene):
            for office in gazetteer.offices_of(person.id, day):
                holder = gazetteer.holder(owner.id, office.role, day)
                if holder:
                    return [referent(holder, role=office.role)]
    return [scene.unnamed(token, owner.code)]


def _state(token: Token, scene: Scene, explicit: bool) -> list[Referent]:
    owner = affiliation(token, scene)
    before = scene.position(token)
    if token.lemma_.lower().startswith("neighb") and owner is not None:
        others = [s for s in scene.discourse.states(before) if s.code != owner.code]
        return [] if explicit else others[:1]
    if owner is not None:
        return [owner]
    if explicit or not is_definite(token):
        return []
    found = scene.discourse.last(before, person=False, far=2)
    if found is None or not found.is_state:
        found = next(iter(scene.discourse.states(before)), None) or scene.discourse.focus()
    return [found] if found else []


def _group(token: Token, noun: GroupNoun, scene: Scene, explicit: bool) -> Referent | None:
    owner = affiliation(token, scene)
    if owner is None and not explicit and is_definite(token):
        body = scene.discourse.body(noun.lemma.split()[-1], scene.position(token))
        if body is not None:
            return body
    if owner is None and not explicit:
        same = scene.discourse.same_group(token.text, scene.position(token))
        if same is not None:
            return same
        owner = _implied_owner(token, noun, scene)
    plural = token.tag_ in ("NNS", "NNPS")
    if owner is None:
        return None if explicit else replace(scene.unnamed(token, "---"), plural=plural)
    if "-" in owner.code and noun.suffix and owner.code.endswith(noun.suffix):
        return owner
    if noun.kind == "Government" and owner.is_state:
        return owner
    base = owner.code.split("-")[0]
    suffix = "" if serves_state(token, scene) else noun.suffix
    code = f"{base}-{suffix}" if suffix and base != "---" else owner.code
    state = scene.gazetteer.codes.get(base)
    first = (state.adjective or state.name) if state and owner.is_state else owner.name
    words = noun.lemma if " " in noun.lemma and not plural else token.text
    words = words if token.pos_ == "PROPN" else words.lower()
    name = f"{first} {words}"
    return Referent(f"{BASE}group/{code}/{slug(name)}", name, code, noun.kind, plural=plural)


def _implied_owner(token: Token, noun: GroupNoun, scene: Scene) -> Referent | None:
    """Whose police it is when the phrase does not say."""
    if noun.suffix:
        known = scene.discourse.last(scene.position(token), person=False, plural=True, far=30)
        if known and known.code.endswith(noun.suffix):
            return known
    if noun.unaffiliated or (noun.kind in _ANYBODYS and not is_definite(token)):
        return None
    return _local_state(scene) or scene.discourse.focus()


def _local_state(scene: Scene) -> Referent | None:
    """State of a place that the same sentence gives with `in`."""
    for token in scene.doc:
        if token.dep_ == "pobj" and token.head.lower_ in ("in", "across", "near", "at"):
            found = nation(token, scene)
            if found is not None and found.is_state:
                return found
    return None


def _is_pair(token: Token) -> bool:
    """Two who were named before: "the two presidents", "both sides"."""
    if token.tag_ not in ("NNS", "NNPS"):
        return False
    words = {c.lower_ for c in token.children}
    return bool(words & {"two", "both"}) or (
        token.lemma_.lower() in _PAIRS and "the" in words and len(words) == 1
    )


def _both(token: Token, scene: Scene) -> list[Referent]:
    if affiliation(token, scene) is not None:
        return []
    before, lemma = scene.position(token), token.lemma_.lower()
    role = role_of(token, scene)
    holders = [p for p in scene.discourse.people(before) if role and _holds(p, role, scene)]
    if len(holders) > 1:
        return holders[1::-1]
    people = role is not None or lemma in ("leader", "man", "minister")
    first = scene.discourse.recent(before, 2, person=people)
    return first or scene.discourse.recent(before, 2, person=not people)


def _holds(person: Referent, role: str, scene: Scene) -> bool:
    day = scene.discourse.published
    offices = scene.gazetteer.offices_of(person.id, day) if day else []
    return person.role == role or any(o.role == role for o in offices)


def is_definite(token: Token) -> bool:
    """Whether a phrase points at something known."""
    return any(c.lower_ in _DEFINITE for c in token.children)


def _phrases(token: Token) -> list[str]:
    """A noun with its compounds, the longest phrase first: "foreign minister", "minister"."""
    words = [c.lower_ for c in token.lefts if c.dep_ in ("compound", "amod")]
    lemma = token.lemma_.lower()
    return [" ".join([*words[i:], lemma]) for i in range(len(words) + 1)]
