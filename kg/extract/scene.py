"""What reading one sentence needs: its parse, the names in it, and the article's memory."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extract.discourse import Discourse, Referent
from kg.extract.mentions import Mention
from kg.extract.phrases import phrase_end, phrase_start
from kg.gazetteer import Entity, Gazetteer
from kg.model import Participant, Sentence, article_iri
from kg.vocab import BASE


@dataclass(slots=True)
class Scene:
    """One sentence in its article.

    Attributes:
        words: Word lists of the ontology (`speech`, `air-combat`).
        speakers: Index of a verb of saying → who says it, filled as names are read.
        named: IRI → the word by which this sentence names somebody, filled likewise.
    """

    gazetteer: Gazetteer
    discourse: Discourse
    sentence: Sentence
    doc: Doc
    mentions: list[Mention]
    words: Mapping[str, frozenset[str]]
    speakers: dict[int, Referent] = field(default_factory=dict)
    named: dict[str, Token] = field(default_factory=dict)
    _at: Mapping[int, Mention] = field(init=False)

    def __post_init__(self) -> None:
        self._at = {i: m for m in self.mentions for i in range(m.start, m.end)}

    def mention(self, token: Token) -> Mention | None:
        """The name that a word belongs to."""
        return self._at.get(token.i)

    def is_head(self, token: Token) -> bool:
        """Whether a word heads the name that it belongs to."""
        mention = self._at.get(token.i)
        return mention is not None and self.doc[mention.start : mention.end].root.i == token.i

    def is_inside_name(self, token: Token) -> bool:
        """Whether a word is only a part of the longer name of somebody."""
        mention = self._at.get(token.i)
        return (
            mention is not None
            and mention.label in ("ORG", "PERSON")
            and mention.end - mention.start > 1
            and token.pos_ in ("NOUN", "PROPN")
        )

    def entities(self, token: Token) -> list[Entity]:
        """Entities that the name at a word may mean."""
        mention = self._at.get(token.i)
        return [e for e, _ in mention.candidates if isinstance(e, Entity)] if mention else []

    def is_person(self, token: Token) -> bool:
        """Whether the name at a word is a person's."""
        mention = self._at.get(token.i)
        return mention is not None and (
            mention.label == "PERSON"
            or any(e.type in ("Official", "Person") for e in self.entities(token))
        )

    def position(self, token: Token) -> int:
        """Place of a word in the article."""
        return self.sentence.offset + token.idx

    def state(self, code: str) -> Referent | None:
        """The state or organization that owns a code, suffix aside."""
        owner = self.gazetteer.codes.get(code.split("-")[0])
        return referent(owner) if owner else None

    def participant(self, who: Referent, token: Token) -> Participant:
        """A referent in a role, with the words of the phrase that a token heads."""
        mention = self._at.get(token.i)
        start = min(phrase_start(token), mention.start if mention else token.i)
        end = mention.end if mention else phrase_end(token) if token.pos_ == "NOUN" else token.i + 1
        end = max(token.i + 1, end)
        last = self.doc[end - 1]
        span = self.sentence.span(self.doc[start].idx, last.idx + len(last.text))
        return Participant(
            who.id, who.name, who.code, who.type, span.text, span.start, span.end, who.resolved
        )

    def places(self, found: Iterable[Participant]) -> tuple[tuple[int, int], ...]:
        """Character offsets of participants' words in the clean text of the sentence."""
        length = len(self.sentence.text)
        shown = [self.sentence.inside(p.start, p.end) for p in found]
        return tuple(s for s in shown if s and s[1] <= length)

    def unnamed(self, token: Token, code: str) -> Referent:
        """Somebody whom this article describes but does not name; local to the article."""
        owner = self.gazetteer.codes.get(code.split("-")[0])
        words = [c.text for c in token.lefts if c.dep_ == "compound"] + [token.text]
        noun = " ".join(words).lower() if token.pos_ == "NOUN" else " ".join(words)
        name = f"{owner.adjective or owner.name} {noun}" if owner else noun
        local = article_iri(self.sentence.article.id).rsplit("/", 1)[-1]
        return Referent(
            f"{BASE}local/{local}/{slug(name)}",
            name,
            code,
            "Group",
            resolved=False,
            plural=token.tag_ in ("NNS", "NNPS"),
        )


def referent(entity: Entity, role: str | None = None) -> Referent:
    """A known entity as the article means it."""
    return Referent(
        entity.id, entity.name, entity.code, entity.type, gender=entity.gender, role=role
    )


def unknown(name: str, type: str, code: str) -> Referent:
    """Somebody known by name only; the same name is taken to mean the same one."""
    return Referent(f"{BASE}name/{slug(name)}", name, code, type, resolved=False)


def slug(name: str) -> str:
    """A name as the last part of an IRI."""
    return re.sub(r"\W+", "-", name.casefold()).strip("-") or "unnamed"
