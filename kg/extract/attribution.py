"""According to whom: the source that a sentence names for an event."""

from collections.abc import Callable

from spacy.tokens import Token

from kg.extract import syntax
from kg.model import Participant

Resolve = Callable[[Token], list[Participant]]


def said_by(
    trigger: Token, speech: frozenset[str], resolve: Resolve
) -> tuple[Participant | None, str | None]:
    """The innermost source of a claim.

    Args:
        trigger: Head word of the event.
        speech: Lemmas of verbs of saying.
        resolve: Phrase head → participants.

    Returns:
        The source and the rule that found it; two Nones when the article itself says so.
    """
    current = trigger
    for above in trigger.ancestors:
        if above.pos_ in ("VERB", "AUX") and above.lemma_.lower() in speech:
            if current.dep_ in ("ccomp", "xcomp", "parataxis", "dep") and not _apart(
                current, above
            ):
                for subject in syntax.subjects(above):
                    found = resolve(subject)
                    if found:
                        return found[0], f"said by: {subject.text} {above.text} …"
                return None, None
        source = _according(above)
        if source is not None and above.pos_ in ("VERB", "AUX"):
            found = resolve(source)
            if found:
                return found[0], f"said by: according to {source.text}"
        current = above
    return _beside(trigger, speech, resolve)


def _beside(
    trigger: Token, speech: frozenset[str], resolve: Resolve
) -> tuple[Participant | None, str | None]:
    """A source in a clause beside the event: "…, the ministry said", "according to X"."""
    source = _according(trigger)
    if source is not None:
        found = resolve(source)
        if found:
            return found[0], f"said by: according to {source.text}"
    for head in (trigger, *trigger.ancestors):
        for child in head.children:
            if child.dep_ == "parataxis" and child.lemma_.lower() in speech:
                for subject in syntax.subjects(child):
                    found = resolve(subject)
                    if found:
                        return found[0], f"said by: {subject.text} {child.text}"
    return None, None


def _apart(clause: Token, verb: Token) -> bool:
    """Whether a semicolon makes two statements of what the parser takes for one."""
    first, last = sorted((clause.i, verb.i))
    return any(t.text == ";" for t in verb.doc[first:last])


def _according(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "according":
            for to in child.children:
                for source in to.children:
                    if source.dep_ == "pobj":
                        return source
    return None
