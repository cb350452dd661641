"""Whether a reported event happened, is planned, is only possible, or is denied."""

from collections.abc import Mapping

from spacy.tokens import Token

from kg.extract.syntax import has_to
from kg.model import Status

_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "without"})
_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_CONDITIONAL = frozenset({"may", "might", "could", "can"})
_OCCASIONS = frozenset({"at", "during", "in", "after", "before", "amid", "following", "since"})
_EXPECTANT = frozenset(
    {"agree", "decide", "promise", "want", "hope", "offer", "seek", "ask", "order"}
)
Words = Mapping[str, frozenset[str]]


def status(
    trigger: Token, default: Status, words: Words, content: bool
) -> tuple[Status, str | None]:
    """Factuality of the event that a trigger reports.

    Args:
        trigger: Head word of the event.
        default: What its class says when the words say nothing.
        words: Word lists of the ontology (`deny`, `plan`, `possible`, `speech`).
        content: The event is a speech act, which happens by being reported.

    Returns:
        The status, and the rule that decided, None for the default.
    """
    if trigger.pos_ in ("NOUN", "PROPN"):
        found = _of_noun(trigger, words)
        if found:
            return found
    found = _of_verb(trigger, default) if trigger.pos_ in ("VERB", "AUX") else None
    if found:
        return found
    if trigger.dep_ == "conj" and trigger.pos_ == "VERB" and trigger.head.pos_ == "VERB":
        shared = not any(c.dep_ in ("aux", "nsubj", "auxpass") for c in trigger.children)
        found = _of_verb(trigger.head, default) if shared else None
        if found and found[0] != "denied":
            return found
    return _governed(trigger, words, content) or (default, None)


def _of_noun(noun: Token, words: Words) -> tuple[Status, str] | None:
    for child in noun.children:
        lemma = child.lemma_.lower()
        if child.dep_ in ("amod", "compound"):
            if lemma in words["possible"] or child.lower_ in words["possible"]:
                return "possible", f"status: {child.text} {noun.text}"
            if lemma in words["plan"] or child.lower_ in words["plan"]:
                return "planned", f"status: {child.text} {noun.text}"
        if child.dep_ in ("det", "neg") and child.lower_ == "no":
            return "denied", f"status: no {noun.text}"
    head = noun.head
    if noun.dep_ == "attr" and any(c.dep_ == "neg" for c in head.children):
        return "denied", f"status: {head.text} not {noun.text}"
    if noun.dep_ in ("dobj", "nsubjpass", "attr") and head.pos_ in ("VERB", "AUX"):
        return _of_verb(head, "actual")
    return None


def _of_verb(verb: Token, default: Status) -> tuple[Status, str] | None:
    for child in verb.children:
        if child.dep_ == "neg" or (
            child.dep_ in ("advmod", "preconj") and child.lower_ in _NEGATIONS
        ):
            return "denied", f"status: {child.text} {verb.text}"
        if child.dep_ == "mark" and child.lower_ in ("if", "unless", "whether"):
            return "possible", f"status: {child.text} … {verb.text}"
    for child in verb.children:
        if child.dep_ not in ("aux", "auxpass"):
            continue
        if child.lower_ in _CONDITIONAL:
            return "possible", f"status: {child.text} {verb.text}"
        if child.lower_ in _FUTURE:
            return "planned", f"status: {child.text} {verb.text}"
        if child.lower_ in ("would", "should", "'d") and default == "actual":
            return "planned", f"status: {child.text} {verb.text}"
        if child.lower_ == "going":
            return "planned", f"status: {child.text} to {verb.text}"
    subject_no = any(
        c.dep_ in ("nsubj", "nsubjpass") and any(d.lower_ in ("no", "neither") for d in c.children)
        for c in verb.children
    )
    return ("denied", "status: no …") if subject_no else None


def _governed(token: Token, words: Words, content: bool) -> tuple[Status, str] | None:
    """Status from the verbs, nouns and adjectives that a trigger hangs on."""
    current = token
    for above in token.ancestors:
        if current.dep_ in ("relcl", "conj", "nsubj", "csubj"):
            break
        lemma = above.lemma_.lower()
        open_clause = current.dep_ in (
            "xcomp",
            "ccomp",
            "acl",
            "pcomp",
            "dobj",
            "advcl",
            "prep",
            "nsubjpass",
            "pobj",
        )
        if current.dep_ in ("acl", "xcomp", "advcl") and not (
            has_to(current) or above.pos_ == "VERB"
        ):
            break
        if above.pos_ == "NOUN" and any(c.lower_ == "no" for c in above.children):
            return "denied", f"status: no {above.text} …"
        if current.dep_ == "prep" and current.lower_ in _OCCASIONS:
            break  # "denied in a call that …": the call took place
        if open_clause and lemma in words["deny"] and current.dep_ != "advcl":
            return "denied", f"status: {above.text} …"
        if open_clause and lemma in words["possible"] and current.dep_ != "advcl":
            return "possible", f"status: {above.text} …"
        if current.dep_ in ("xcomp", "acl") and has_to(current) and not content:
            if lemma in words["plan"] or lemma in _EXPECTANT or lemma == "be":
                return "planned", f"status: {above.text} to …"
        if above.pos_ in ("VERB", "AUX"):
            if lemma in words["speech"]:
                break
            if current.dep_ == "xcomp":
                found = _of_verb(above, "actual")
                if found:
                    return found
            elif current.dep_ not in ("prep", "pobj", "dobj", "pcomp"):
                break
        current = above
    if (
        token.pos_ == "VERB"
        and has_to(token)
        and token.dep_ in ("ROOT", "advcl", "acl")
        and not content
    ):
        return "planned", f"status: to {token.text}"
    return None
