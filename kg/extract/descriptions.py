"""Descriptions → whom they mean: "the Turkish president", "his country", "27 Russian diplomats"."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from string import capwords

from spacy.tokens import Token

from kg.extract.affiliation import affiliation, local_state, nation, serves_state, several_nations
from kg.extract.countries import STATE_NOUNS, state
from kg.extract.dates import date_phrases
from kg.extract.discourse import Referent
from kg.extract.names import named
from kg.extract.pairs import both, is_pair, two_states
from kg.extract.phrases import is_definite
from kg.extract.pronouns import pronoun
from kg.extract.scene import Scene, referent, slug
from kg.gazetteer import GroupNoun
from kg.vocab import BASE

_ANYBODYS = frozenset({"Official", "Equipment"})
"""Kinds whose owner the country of an article does not tell: four diplomats, a jet."""
_PLACES = frozenset({"Place", "City", "Region"})
_ANYONE = frozenset({"people", "person", "man", "woman"})
_NO_LONGER = frozenset({"former", "ex", "late", "onetime"})
_ANY = frozenset({"a", "an", "another", "any"})
_IN_OFFICE = frozenset({"predecessor", "successor"})


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


def described(
    token: Token, scene: Scene, explicit: bool, avoid: frozenset[str] = frozenset()
) -> list[Referent]:
    """Whom a common noun describes.

    Args:
        explicit: Only what the phrase itself says; nothing from the article's memory.
        avoid: IRIs of those who do the deed: "the country" that they act on is another.
    """
    lemma = token.lemma_.lower()
    if lemma == "counterpart":
        return [] if explicit else _counterpart(token, scene)
    if lemma in _IN_OFFICE:
        return [] if explicit else _in_office(token, scene, before=lemma == "predecessor")
    role, noun = role_of(token, scene), noun_of(token, scene)
    if noun is not None and noun.craft and _is_aloft(token, scene):
        noun = replace(noun, suffix="", kind="Equipment")
    if not explicit and is_pair(token):
        found = both(token, role, scene)
        if found:
            return found
    nations = several_nations(token, scene) if role or noun else []
    each = not nations and not explicit and noun is not None and is_pair(token, noun=True)
    if each:
        nations = two_states(token, scene)
    if len(nations) > 1:
        return [w for n in nations for w in _of_nation(token, role, noun, n, scene, each)]
    if role:
        return _role_holder(token, role, scene, explicit)
    if lemma in STATE_NOUNS:
        found = state(token, scene, explicit, avoid)
        whose = found or explicit or scene.discourse.focus()
        if not whose and noun is not None and noun.kind == "Government":
            return [replace(scene.unnamed(token, "---"), type="Government")]
        return found
    if lemma == "side":
        owner = affiliation(token, scene)
        return [owner] if owner else []
    place = _named_place(token, noun, scene) if noun else None
    if place is not None:
        return [place]
    group = _group(token, noun, scene, explicit) if noun else None
    return [group] if group else []


def _is_aloft(token: Token, scene: Scene) -> bool:
    """Whether a fighter is a plane: its verb is one of air combat."""
    verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    return verb is not None and verb.lemma_.lower() in scene.words["air-combat"]


def _of_nation(
    token: Token,
    role: str | None,
    noun: GroupNoun | None,
    nation: Referent,
    scene: Scene,
    single: bool,
) -> list[Referent]:
    """One nation's share in what several have: "the leaders of Britain and France".

    Args:
        single: Each has one of them: "the two armies".
    """
    if role:
        return _holder_or_office(token, role, nation, scene, plural=False)
    return [_group_of(token, noun, nation, scene, single=single)] if noun else []


def _named_place(token: Token, noun: GroupNoun, scene: Scene) -> Referent | None:
    """A place with its name behind its kind: "the village of Ak-Sai"."""
    if noun.kind not in _PLACES:
        return None
    for preposition in token.rights:
        if preposition.dep_ == "prep" and preposition.lower_ == "of":
            for inner in preposition.children:
                mention = scene.mention(inner) if inner.pos_ == "PROPN" else None
                who = named(mention, inner, scene) if mention else None
                if who is not None and not who.is_state:
                    owner = local_state(scene) or scene.discourse.focus()
                    unowned = who.code == "---" and owner is not None
                    return replace(who, code=owner.code) if unowned and owner else who
    return None


def _role_holder(token: Token, role: str, scene: Scene, explicit: bool) -> list[Referent]:
    owner = affiliation(token, scene)
    if owner is None and explicit:
        return []
    if owner is None and _belongs_elsewhere(token):
        return [replace(scene.unnamed(token, "---"), role=role)]
    if owner is None:
        known = scene.discourse.last(scene.position(token), person=True, role=role, far=50)
        if known:
            return [known]
        owner = scene.discourse.focus()
    if owner is None:
        return [replace(scene.unnamed(token, "---"), role=role, type="Official")]
    return _holder_or_office(token, role, owner, scene, token.tag_ in ("NNS", "NNPS"))


def _belongs_elsewhere(token: Token) -> bool:
    """Whether people belong to somebody named whom we do not know: "leaders of the West"."""
    of = [c for c in token.rights if c.dep_ == "prep" and c.lower_ in ("of", "from")]
    return any(p.pos_ == "PROPN" for c in of for p in c.children)


def _holder_or_office(
    token: Token, role: str, owner: Referent, scene: Scene, plural: bool
) -> list[Referent]:
    """Who holds the office on the day, or somebody who is only known by it."""
    words = {c.lower_ for c in token.children}
    day = scene.discourse.published
    if "then" in words:
        # "in 2003 the then prime minister": of the time that the sentence tells of
        told = next(date_phrases(scene.sentence.text, day, day), None)
        day = told.begin if told else None
    if not words & (_NO_LONGER | _ANY) and not plural:
        holder = scene.gazetteer.holder(owner.id, role, day)
        if holder:
            return [referent(holder, role=role)]
    return [replace(scene.unnamed(token, owner.code), role=role)]


def _in_office(token: Token, scene: Scene, before: bool) -> list[Referent]:
    """Who held an office before or after somebody: "his predecessor", "Mr Okoye's successor"."""
    day, gazetteer = scene.discourse.published, scene.gazetteer
    for person in _possessors(token, scene):
        for tenure in gazetteer.tenures_of(person.id):
            office = gazetteer.offices.get(tenure.office)
            edge = tenure.begin if before else tenure.end
            if office is None or edge is None or (day and tenure.begin and tenure.begin > day):
                continue
            then = edge - timedelta(days=1) if before else edge
            holder = gazetteer.holder(office.of, office.role, then)
            if holder is not None and holder.id != person.id:
                return [referent(holder, role=office.role)]
        return [scene.unnamed(token, person.code)]
    return []


def _possessors(token: Token, scene: Scene) -> Iterator[Referent]:
    """The persons whose something it is: "his counterpart", "Mr Okoye's successor"."""
    for possessor in (c for c in token.children if c.dep_ == "poss"):
        mention = scene.mention(possessor)
        one = named(mention, possessor, scene) if mention else None
        yield from [one] if one else pronoun(possessor, scene)


def _counterpart(token: Token, scene: Scene) -> list[Referent]:
    """Who holds abroad the office of the one before: "his Turkish counterpart"."""
    nations = (nation(c, scene) for c in token.children if c.dep_ != "poss")
    owner = next((n for n in nations if n), None)
    if owner is None:
        return []
    day, gazetteer = scene.discourse.published, scene.gazetteer
    for person in _possessors(token, scene):
        for office in gazetteer.offices_of(person.id, day):
            holder = gazetteer.holder(owner.id, office.role, day)
            if holder:
                return [referent(holder, role=office.role)]
    return [scene.unnamed(token, owner.code)]


def _group(token: Token, noun: GroupNoun, scene: Scene, explicit: bool) -> Referent | None:
    owner = affiliation(token, scene)
    implied = owner is None
    if owner is None and not explicit and is_definite(token, counted=False):
        before = scene.position(token)
        body = scene.discourse.body(noun.lemma.split()[-1], before)
        body = body or scene.discourse.organization(noun.kind, noun.suffix, before)
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
    return _group_of(token, noun, owner, scene, implied)


def _group_of(
    token: Token,
    noun: GroupNoun,
    owner: Referent,
    scene: Scene,
    implied: bool = False,
    single: bool = False,
) -> Referent:
    """A group or body of a state or organization.

    Args:
        implied: The phrase does not say whose it is; people are then called without nationality.
        single: A plural of which each owner has one.
    """
    plural = token.tag_ in ("NNS", "NNPS") and not single
    if "-" in owner.code and noun.suffix and owner.code.endswith(noun.suffix):
        return owner
    if noun.kind == "Government" and owner.is_state:
        return owner
    base = owner.code.split("-")[0]
    # an international organization's people act for it, a state's private people do not
    ours = base == owner.code and not owner.is_state
    suffix = "" if ours or serves_state(token, scene) else noun.suffix
    code = f"{base}-{suffix}" if suffix and base != "---" else owner.code
    state = scene.gazetteer.codes.get(base)
    first = (state.adjective or state.name) if state and owner.is_state else owner.name
    words = " ".join([*noun.lemma.split()[:-1], token.text if plural else noun.lemma.split()[-1]])
    words = capwords(words) if token.pos_ == "PROPN" else words.lower()
    origin = _origin(token) if suffix else None
    if origin is not None:
        name = f"{words} {origin}"
    else:
        name = words if implied and suffix else f"{first} {words}"
    return Referent(f"{BASE}group/{code}/{slug(name)}", name, code, noun.kind, plural=plural)


def _origin(token: Token) -> str | None:
    """Where people come from, in the words of the text: "people from Malaita"."""
    if token.lemma_.lower() not in _ANYONE:
        return None
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("from", "of"):
            inside = token.doc[child.i : child.right_edge.i + 1]
            end = next((t.i for t in inside if t.is_punct), inside.end)
            return token.doc[child.i : end].text
    return None


def _implied_owner(token: Token, noun: GroupNoun, scene: Scene) -> Referent | None:
    """Whose police it is when the phrase does not say."""
    if noun.suffix:
        known = scene.discourse.last(scene.position(token), person=False, plural=True, far=30)
        if known and known.code.endswith(noun.suffix):
            return known
    if noun.unaffiliated or (noun.kind in _ANYBODYS and not is_definite(token)):
        return None
    return local_state(scene) or scene.discourse.focus()


def _phrases(token: Token) -> list[str]:
    """A noun with its compounds, the longest phrase first: "foreign minister", "minister"."""
    words = [c.lower_ for c in token.lefts if c.dep_ in ("compound", "amod")]
    lemma = token.lemma_.lower()
    return [" ".join([*words[i:], lemma]) for i in range(len(words) + 1)]
