"""Names → whom they mean: known entities, persons the article introduced, or somebody new."""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from spacy.tokens import Token

from kg.extract.affiliation import affiliation, choose, local_state
from kg.extract.discourse import Referent
from kg.extract.mentions import Mention, is_title
from kg.extract.pronouns import FEMALE, MALE
from kg.extract.scene import Scene, referent, slug, unknown
from kg.gazetteer import Entity, Office
from kg.vocab import BASE

DEPENDENTS = ("poss", "amod", "compound", "nmod", "nummod")
PERSONS = ("Official", "Person")
HALVES = frozenset({"North", "South", "East", "West"})
_SEPARATOR = re.compile(r"[\s-]+")
_SAME_NAME = 0.7
_TYPES = {"ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Place"}


def named(mention: Mention, token: Token, scene: Scene) -> Referent | None:
    """Whom a name means here.

    Args:
        mention: The name.
        token: The word of it that the sentence uses.
    """
    if mention.text in HALVES:
        half = scene.discourse.half(mention.text, scene.position(token))
        if half is not None:
            return half
    office = next((e for e, _ in mention.candidates if isinstance(e, Office)), None)
    if office is not None:
        return holder(office, scene)
    entities = [(e, k) for e, k in mention.candidates if isinstance(e, Entity)]
    if entities:
        entity, kind = choose(entities, scene)
        if kind == "name" and entity.type in PERSONS:
            _note_spelling(entity, mention.text, scene)
        if kind == "demonym" or (kind == "adjective" and token.dep_ not in DEPENDENTS):
            return _people(entity, mention)
        return referent(entity)
    if mention.label == "PERSON":
        return person(mention.text, token, scene)
    known = scene.discourse.named(mention.text)
    if known is None and mention.label in ("GPE", "NORP", "") and " " not in mention.text:
        known = _surname(mention.text, scene)
    if known is not None:
        return known
    owner = affiliation(token, scene)
    type = _TYPES.get(mention.label, "NamedEntity")
    if owner is None and type == "Place":
        owner = local_state(scene)  # "the town of Rubkona in South Sudan"
    return unknown(mention.text, type, owner.code if owner else "---")


def namesakes(token: Token, scene: Scene) -> list[Referent]:
    """The states that share a name in the plural: "the two Koreas", "both Congos"."""
    name = token.text.removesuffix("s")
    if token.tag_ != "NNPS" and not (token.text != name and token.pos_ == "PROPN"):
        return []
    day = scene.discourse.published
    found = [
        e
        for e in scene.gazetteer.codes.values()
        if e.type == "State" and name in e.name.split() and e.existed(day)
    ]
    return [referent(e) for e in found] if len(found) > 1 else []


def _note_spelling(entity: Entity, words: str, scene: Scene) -> None:
    """Keep another spelling of the same name: Sergei for Sergey, but no nickname or initial."""
    ours, theirs = _SEPARATOR.split(entity.name), _SEPARATOR.split(words)
    alike = SequenceMatcher(None, entity.name.casefold(), words.casefold()).ratio()
    if len(ours) == len(theirs) > 1 and alike >= _SAME_NAME:
        scene.discourse.spelled.setdefault(entity.id, words)


def holder(office: Office, scene: Scene) -> Referent:
    """Who holds an office on the day of the article; the office itself when nobody is known."""
    person = scene.gazetteer.holder(office.of, office.role, scene.discourse.published)
    if person is not None:
        return referent(person, role=office.role)
    owner = scene.gazetteer.entities.get(office.of)
    code = owner.code if owner else "---"
    return Referent(office.id, office.name, code, "Office", role=office.role)


def _people(entity: Entity, mention: Mention) -> Referent:
    return Referent(
        f"{BASE}group/{entity.code}/{slug(mention.text)}",
        mention.text,
        entity.code,
        "SocialGroup",
        plural=mention.text.endswith("s"),
    )


def person(name: str, token: Token, scene: Scene) -> Referent:
    """Whom a person's name means: somebody of the article, of our knowledge, or somebody new."""
    known = scene.discourse.named(name)
    owner = affiliation(token, scene) or _home(token, scene)
    if known is not None:
        if known.code == "---" and owner:
            known = replace(known, code=owner.code)
            scene.discourse.update(known)
        return known
    surname = _surname(name, scene) if " " not in name else None
    if surname is not None:
        return surname
    code = owner.code if owner else "---"
    suffix = _allegiance(token, scene) if owner and owner.is_state else ""
    somebody = unknown(name, "Person", f"{code}-{suffix}" if suffix else code)
    return replace(somebody, gender=_gender(token, scene))


def _home(token: Token, scene: Scene) -> Referent | None:
    """State of somebody who is described without one: "Ana Roe, the unification minister"."""
    told = [c for c in token.children if c.dep_ == "appos"]
    told += [token.head] if token.dep_ == "appos" else []
    told += [c for c in token.lefts if c.dep_ == "compound" and not is_title(c)]
    roles, nouns = scene.gazetteer.roles, scene.gazetteer.nouns
    for word in told:
        noun = nouns.get(word.lemma_.lower())
        if word.lemma_.lower() in roles or (noun is not None and not noun.suffix):
            return scene.discourse.focus()
    return None


def _allegiance(token: Token, scene: Scene) -> str:
    """Suffix of those whom a person leads or belongs to: "Ana Roe, leader of the opposition"."""
    told = [c for c in token.children if c.dep_ == "appos"]
    told += [token.head] if token.dep_ == "appos" else []
    inner = [c for t in told for c in t.lefts if c.dep_ in ("compound", "amod")]
    of = [c for t in told for c in t.rights if c.lower_ == "of"]
    inner += [p for o in of for p in o.children if p.dep_ == "pobj"]
    inner += [c for c in token.lefts if c.dep_ == "compound"]
    inner += [c for i in inner for c in i.lefts if c.dep_ in ("compound", "amod")]
    for word in inner:
        noun = scene.gazetteer.nouns.get(word.lemma_.lower())
        if noun is not None and noun.suffix in ("OPP", "REB"):
            return noun.suffix
    return ""


def _surname(name: str, scene: Scene) -> Referent | None:
    """A known person by bare surname: the one in office on the day, or the only one."""
    found = scene.gazetteer.surnames.get(name.split()[-1], ())
    day = scene.discourse.published
    serving = [e for e in found if day and scene.gazetteer.offices_of(e.id, day)]
    chosen = serving if len(serving) == 1 else found if len(found) == 1 else ()
    return referent(chosen[0]) if chosen else None


def _gender(token: Token, scene: Scene) -> str | None:
    before = scene.doc[max(0, token.left_edge.i - 1) : token.i + 1]
    words = {t.lower_ for t in before} | {c.lower_ for c in token.children}
    if words & MALE:
        return "male"
    return "female" if words & FEMALE else None
