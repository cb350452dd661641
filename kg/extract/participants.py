"""A word in the slot of a frame → the participants it stands for.

Names, role descriptions, groups, pronouns and definite descriptions become `Participant`s;
words that name nobody give an empty list. Nothing here decides about events.
"""

import re

from spacy.tokens import Doc, Token

from kg.extract.affiliation import affiliation, nation
from kg.extract.countries import STATE_NOUNS
from kg.extract.descriptions import described, noun_of, role_of
from kg.extract.discourse import Referent
from kg.extract.mentions import is_title
from kg.extract.names import DEPENDENTS, HALVES, named, namesakes, person
from kg.extract.phrases import coordinated, is_definite
from kg.extract.pronouns import pronoun
from kg.extract.scene import Scene, referent, unknown
from kg.gazetteer import Entity
from kg.model import Participant

_INSIDE = ("of", "by", "from", "against", "in", "to", "with", "for", "on", "at", "between", "into")
_OWNING = ("of", "by", "from", "against", "to", "with", "for", "on")
_NOBODY = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE", "LAW"}
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_LOCATED = frozenset({"City", "Region", "State", "Territory", "Place"})


def participants(
    token: Token, scene: Scene, loose: bool = True, avoid: frozenset[str] = frozenset()
) -> list[Participant]:
    """Everyone that a phrase stands for, coordination included.

    Args:
        token: Head of the phrase.
        loose: If the phrase names nobody, take whom it mentions inside ("the ban on Turkish
            goods" → Turkey).
        avoid: IRIs for whom a pronoun cannot stand, since they do the deed themselves.
    """
    found: list[Participant] = []
    for head in coordinated(token):
        direct = _direct(head, scene, avoid)
        if not direct and loose:
            direct = _inside(head, scene, _INSIDE)
        found += [p for p in direct if p.id not in {f.id for f in found}]
    return found


def owners(token: Token, scene: Scene, before: bool = False) -> list[Participant]:
    """Whom a phrase mentions as owner, maker or aim: "Baku's decision", "a call by the UN".

    Args:
        before: Only those that stand before the noun.
    """
    return _inside(token, scene, () if before else _OWNING)


def place(token: Token, scene: Scene) -> Participant | None:
    """The place that a prepositional object names."""
    mention = scene.mention(token)
    if mention is None:
        return None
    for entity, kind in mention.candidates:
        if isinstance(entity, Entity) and entity.type in _LOCATED and kind == "name":
            return scene.participant(referent(entity), token)
    if mention.label in ("GPE", "LOC", "FAC"):
        return scene.participant(unknown(mention.text, "Place", "---"), token)
    return None


def _numbered(token: Token, scene: Scene) -> list[Referent]:
    """Those who were named together: "the four cut all ties"."""
    known = any(c.lower_ in ("the", "these", "those", "all") for c in token.children)
    return scene.discourse.group(_NUMBERS.get(token.lower_, 0)) if known else []


def note_all(scene: Scene) -> None:
    """Enter whom a sentence names into the article's memory, in order."""
    for token in scene.doc:
        if token.pos_ == "PRON" and _is_subject(token) and token.dep_ != "conj":
            # whom a pronoun stands for stays in mind, so that the next one can mean the same
            for who in pronoun(token, scene):
                scene.discourse.note(who, scene.position(token), subject=True)
            continue
        head = scene.is_head(token)
        if (
            head
            and token.dep_ in DEPENDENTS
            and token.dep_ != "poss"
            and not scene.is_person(token)
        ):
            aside = nation(token, scene)
            if aside is not None:
                scene.discourse.note_aside(aside, scene.position(token))
            continue
        if not head and (
            token.dep_ in ("amod", "compound", "nmod", "appos") or not _may_act(token, scene)
        ):
            continue
        subject = _is_subject(token)
        found = referents(token, scene, explicit=True)
        if not found and is_definite(token):
            found = referents(token, scene)
        if len(found) == 1 and token.dep_ != "conj" and list(token.conjuncts):
            named = [r for t in coordinated(token) for r in referents(t, scene, explicit=True)]
            scene.discourse.note_group(named)
        for who in found:
            scene.discourse.note(who, scene.position(token), subject)
            scene.named.setdefault(who.id, token)
            if subject and token.head.lemma_.lower() in scene.words["speech"]:
                scene.speakers[token.head.i] = who
    _note_abbreviations(scene)


def _note_abbreviations(scene: Scene) -> None:
    """Learn from "the Sudanese Armed Forces (SAF)" whom the letters stand for."""
    doc = scene.doc
    for opening in doc[1:-2]:
        letters = opening.nbor().text
        if opening.text != "(" or not _LETTERS.fullmatch(letters) or opening.nbor(2).text != ")":
            continue
        begin = _initialled(doc, opening.i, letters)
        if begin is not None:
            found = referents(doc[begin : opening.i].root, scene, explicit=True)
            if len(found) == 1 and found[0].name != letters:
                scene.discourse.short[letters] = found[0]


def _initialled(doc: Doc, end: int, letters: str) -> int | None:
    """Where the words before a place begin whose initials are these letters, if they are."""
    left = list(letters)
    for i in range(end - 1, -1, -1):
        word = doc[i].text
        if word[0] == left[-1]:
            left.pop()
            if not left:
                return i
        elif not word.islower():
            return None
    return None


_LETTERS = re.compile(r"[A-Z]{3,8}")


def referents(
    token: Token, scene: Scene, explicit: bool = False, avoid: frozenset[str] = frozenset()
) -> list[Referent]:
    """Whom the phrase that a word heads means.

    Args:
        explicit: Only what the phrase itself says; nothing from the article's memory.
        avoid: IRIs for whom a pronoun cannot stand.
    """
    mention = scene.mention(token)
    if (who := scene.discourse.short.get(token.text)) is not None:
        return [who]
    if mention is None and token.pos_ == "NUM" and not explicit:
        return _numbered(token, scene)
    if mention is None and token.ent_type_ in _NOBODY:
        return []
    if mention is not None and not mention.candidates and (same := namesakes(token, scene)):
        return same
    if mention is not None:
        who = named(mention, token, scene)
        return [who] if who else []
    if token.pos_ == "PRON":
        return [] if explicit else pronoun(token, scene, avoid)
    aside = next((c for c in token.children if c.dep_ == "appos" and scene.is_person(c)), None)
    if aside is not None:
        return referents(aside, scene, explicit)
    found = described(token, scene, explicit, avoid)
    if not found and token.text in HALVES:
        half = scene.discourse.half(token.text, scene.position(token))
        return [half] if half else []
    if is_title(token) and token.text.endswith("."):  # "Mr.", cut off from its name by the parser
        return found
    if not found and token.pos_ == "PROPN" and (not explicit or _has_title(token)):
        owner = affiliation(token, scene)
        before = [c for c in token.lefts if c.dep_ == "compound" and c.pos_ == "PROPN"]
        before = [c for c in before if c.nbor().text != "-"]  # "the Biden-Putin talks" names two
        name = " ".join(t.text for t in (*(c for c in before if not is_title(c)), token))
        if _has_title(token) or name in scene.gazetteer.surnames:
            return [person(name, token, scene)]
        return [unknown(name, "NamedEntity", owner.code if owner else "---")]
    return found


def _has_title(token: Token) -> bool:
    return any(c.dep_ == "compound" and is_title(c) for c in token.lefts)


def _direct(token: Token, scene: Scene, avoid: frozenset[str] = frozenset()) -> list[Participant]:
    return [
        scene.participant(r, _naming(token, r, scene)) for r in referents(token, scene, avoid=avoid)
    ]


def _naming(token: Token, who: Referent, scene: Scene) -> Token:
    """The word that names whom a pronoun or a description stands for, if this sentence does.

    "Russia said it had expelled …": the words that tell who acts are "Russia".
    """
    for child in token.rights:
        if child.dep_ == "appos" and scene.is_person(child) and scene.mention(token) is None:
            return child
    name = scene.named.get(who.id) if token.pos_ == "PRON" else None
    return name if name is not None and name.i < token.i else token


def _inside(token: Token, scene: Scene, preps: tuple[str, ...]) -> list[Participant]:
    """Whom a phrase that names nobody mentions inside: owner, nationality, complement."""
    for child in token.lefts:
        if child.dep_ in DEPENDENTS:
            found = _direct(child, scene)
            if not found and child.dep_ == "poss":
                found = _inside(child, scene, preps)
            if found:
                return found
    for preposition in token.rights:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in preps:
            for inner in preposition.children:
                if inner.dep_ == "pobj":
                    found = participants(inner, scene)
                    if found:
                        return found
    return []


def _may_act(token: Token, scene: Scene) -> bool:
    return (
        token.lemma_.lower() in STATE_NOUNS
        or _has_title(token)
        or noun_of(token, scene) is not None
        or role_of(token, scene) is not None
    )


def _is_subject(token: Token) -> bool:
    while token.dep_ == "conj":
        token = token.head
    return token.dep_ in ("nsubj", "nsubjpass")
