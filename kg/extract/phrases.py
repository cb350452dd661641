"""Phrases read off a dependency parse: what prepositions introduce, what belongs to a noun."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.syntax import CLAUSES

_TELLING = frozenset({"of", "from", "in", "at"})
_DEFINITE = frozenset({"the", "this", "that", "these", "both", "his", "her", "its", "their", "two"})


def prepositional(token: Token, preps: frozenset[str]) -> list[Token]:
    """What prepositions among `preps` introduce below a word, through chains ("out of X")."""
    found = []
    for child in token.children:
        if child.dep_ not in ("prep", "agent", "dative", "prt", "advmod", "mark"):
            continue
        if child.lower_ in preps:
            found += [p for p in child.children if p.dep_ in ("pobj", "pcomp")]
        if child.dep_ != "agent" and child.lower_ != "according":
            found += prepositional(child, preps)
    return found


def coordinated(noun: Token) -> list[Token]:
    """A noun and all that are coordinated with it to its right.

    Parsers take the second of three names in a list for an apposition ("Spain, Chile and Peru"):
    a name set off by a comma and itself coordinated is one of the list.
    """
    heads = [noun, *(c for c in noun.conjuncts if c.i > noun.i)]
    for child in noun.rights:
        listed = child.dep_ == "appos" and child.pos_ == "PROPN" and child.ent_type_
        if listed and child.ent_type_ == noun.ent_type_ and list(child.conjuncts):
            heads += [child, *(c for c in child.conjuncts if c.i > child.i)]
    different = {h.i: h for h in heads if h.i == noun.i or h.pos_ not in ("VERB", "AUX")}
    return [different[i] for i in sorted(different)]


def nominals(base: Token) -> list[Token]:
    """Nouns of the phrases below a word: its objects and what its prepositions introduce."""
    found: list[Token] = []
    level = [base]
    while level:
        below = [
            c
            for t in level
            for c in t.children
            if c.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "pobj", "prep", "agent", "conj")
            and c.pos_ not in ("VERB", "AUX")
        ]
        found += [c for c in below if c.pos_ != "ADP"]
        level = below
    return found


def all_prepositional(verb: Token) -> list[Token]:
    """What any preposition introduces below a verb and its object, in order."""
    found = []
    for base in (verb, *[c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]):
        for child in base.children:
            if child.dep_ in ("prep", "dative", "agent"):
                found += [p for p in child.children if p.dep_ == "pobj"]
    return sorted(found, key=lambda t: t.i)


def nearby(verb: Token) -> Iterator[Token]:
    """The words that hang on a verb or noun directly, nearest level first.

    Prepositions are among them, what they introduce is not; nor are words of other clauses.
    """
    level = [verb]
    while level:
        below = [c for t in level for c in t.children if _belongs(c, t, verb)]
        yield from below
        level = [t for t in below if t.pos_ != "ADP"]


def _belongs(child: Token, head: Token, base: Token) -> bool:
    if child.dep_ in CLAUSES and (head.i != base.i or child.pos_ in ("VERB", "AUX")):
        return False
    if child.dep_ in ("nsubj", "punct", "agent"):
        return False
    return not (child.dep_ == "conj" and child.pos_ == "VERB" and head.i == base.i)


def phrase_start(noun: Token) -> int:
    """Index of the first word of a noun phrase, without what hangs loosely before it."""
    start = noun.i
    for child in noun.lefts:
        if child.dep_ in ("punct", "cc", "preconj", "mark", "advmod", "prep", "conj", "appos"):
            continue
        start = min(start, child.left_edge.i)
    return start


def phrase_end(noun: Token) -> int:
    """Index behind the last word of a noun phrase, with what tells whose or where it is.

    "18 employees of the Russian embassy", "people in northern Nigeria", but not what happened to
    them there, nor an aside.
    """
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ != "prep" or child.i != end or child.lower_ not in _TELLING:
            break
        inner = next((p for p in child.children if p.dep_ == "pobj"), None)
        named = inner is not None and (inner.pos_ == "PROPN" or child.lower_ in ("of", "from"))
        if inner is None or not named or inner.ent_type_ in ("DATE", "TIME", "CARDINAL"):
            break
        end = inner.i + 1
        for other in inner.conjuncts:
            if other.i > inner.i and other.pos_ in ("NOUN", "PROPN"):
                end = other.i + 1
    return end


def is_definite(token: Token, counted: bool = True) -> bool:
    """Whether a phrase points at something known.

    Args:
        counted: "Two envoys" does, too.
    """
    words = _DEFINITE if counted else _DEFINITE - {"two"}
    return any(c.lower_ in words for c in token.children)
