"""A word in the slot of a frame → the participants it stands for.

Names, role descriptions, groups, pronouns and definite descriptions become `Participant`s;
words that name nobody give an empty list. Nothing here decides about events.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extract.discourse import Discourse, Referent
from kg.extract.mentions import Mention
from kg.extract.syntax import governing_verbs, phrase_start, subjects
from kg.gazetteer import Entity, Gazetteer, Office
from kg.model import Participant, article_iri
from kg.text import Sentence
from kg.vocab import BASE

_MALE = frozenset({"he", "him", "his", "himself", "mr", "mr.", "king", "prince", "sir", "lord"})
_FEMALE = frozenset({"she", "her", "hers", "herself", "ms", "ms.", "mrs", "mrs.", "queen", "lady"})
_STATE_NOUNS = frozenset(
    {
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
    }
)
_INSIDE = ("of", "by", "from", "against", "in", "to", "with", "for", "on", "at", "between", "into")
_BODIES = frozenset(
    {"Ministry", "Military", "Police", "IntelligenceService", "Mission", "Government"}
)
_NO_PARTICIPANTS = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY", "LANGUAGE", "LAW"}
)
_PERSON_LABELS = frozenset({"PERSON"})
_DEPENDENTS = ("poss", "amod", "compound", "nmod", "nummod")


@dataclass(slots=True)
class Reader:
    """Reads one sentence for participants, with the article's memory behind it."""

    gazetteer: Gazetteer
    discourse: Discourse
    sentence: Sentence
    doc: Doc
    mentions: list[Mention]
    speech: frozenset[str]

    def participants(self, token: Token, loose: bool = True) -> list[Participant]:
        """Everyone that a phrase stands for, coordination included.

        Args:
            token: Head of the phrase.
            loose: If the phrase names nobody, take whom it mentions inside ("the ban on Turkish
                goods" → Turkey).
        """
        found: list[Participant] = []
        for head in (token, *token.conjuncts):
            if head.i < token.i or (head.i != token.i and head.pos_ in ("VERB", "AUX")):
                continue
            direct = self._direct(head)
            if not direct and loose:
                direct = self._inside(head)
            found += [p for p in direct if p.id not in {f.id for f in found}]
        return found

    def owners(self, token: Token) -> list[Participant]:
        """Whom a phrase mentions as owner, maker or aim: "Baku's decision", "a call by the UN"."""
        return self._inside(token, ("of", "by", "from", "against", "to", "with", "for", "on"))

    def note_all(self) -> None:
        """Enter whom this sentence names into the article's memory, in order."""
        for token in self.doc:
            mention = self._mention(token)
            named = mention is not None and self._head(mention).i == token.i
            if named or token.lemma_.lower() in self.gazetteer.nouns or self._role(token):
                if token.dep_ in ("amod", "compound", "nmod", "appos") and not named:
                    continue
                for referent in self._referents(token, explicit=True):
                    self.discourse.note(
                        referent, self._position(token), token.dep_ in ("nsubj", "nsubjpass")
                    )

    def place(self, token: Token) -> Participant | None:
        """The place that a prepositional object names."""
        mention = self._mention(token)
        if mention is None:
            return None
        for entity, kind in mention.candidates:
            located = isinstance(entity, Entity) and entity.type in (
                "City",
                "Region",
                "State",
                "Territory",
                "Place",
            )
            if located and kind == "name" and isinstance(entity, Entity):
                return self._participant(_referent(entity), token)
        if mention.label in ("GPE", "LOC", "FAC"):
            return self._participant(self._unknown(mention, "Place", "---"), token)
        return None

    # -- from a phrase to referents

    def _direct(self, token: Token) -> list[Participant]:
        return [self._participant(r, token) for r in self._referents(token)]

    def _referents(self, token: Token, explicit: bool = False) -> list[Referent]:
        mention = self._mention(token)
        if token.ent_type_ in _NO_PARTICIPANTS and mention is None:
            return []
        if token.pos_ == "PRON" and mention is None:
            return [] if explicit else self._pronoun(token)
        if mention is not None:
            named = self._named(mention, token)
            return [named] if named else []
        apposed = [c for c in token.children if c.dep_ == "appos" and self._is_person(c)]
        if apposed:
            return self._referents(apposed[0], explicit)
        if token.lemma_.lower() == "counterpart":
            return [] if explicit else self._counterpart(token)
        role = self._role(token)
        if role:
            return self._role_holder(token, role, explicit)
        lemma = token.lemma_.lower()
        if lemma in _STATE_NOUNS or lemma.endswith("neighbour") or lemma.endswith("neighbor"):
            return self._state_description(token, explicit)
        if lemma in self.gazetteer.nouns or self._phrase_noun(token) in self.gazetteer.nouns:
            group = self._group(token, explicit)
            return [group] if group else []
        if token.pos_ == "PROPN" and not explicit:
            return [
                self._unknown(
                    Mention(token.i, token.i + 1, _name(self.doc, token), ""),
                    "NamedEntity",
                    self._affiliation(token) or "---",
                )
            ]
        return []

    def _inside(self, token: Token, preps: tuple[str, ...] = _INSIDE) -> list[Participant]:
        """Whom a phrase that names nobody mentions inside: owner, nationality, complement."""
        for child in token.lefts:
            if child.dep_ in _DEPENDENTS:
                found = self._direct(child) or (self._inside(child) if child.dep_ == "poss" else [])
                if found:
                    return found
        for preposition in token.rights:
            if preposition.dep_ in ("prep", "agent") and preposition.lower_ in preps:
                for inner in preposition.children:
                    if inner.dep_ == "pobj":
                        found = self.participants(inner)
                        if found:
                            return found
        return []

    # -- the kinds of phrases

    def _named(self, mention: Mention, token: Token) -> Referent | None:
        day = self.discourse.published
        titled = next((c for c in mention.candidates if isinstance(c[0], Office)), None)
        if titled and isinstance(titled[0], Office):
            holder = self.gazetteer.holder(titled[0].of, titled[0].role, day)
            if holder:
                return _referent(holder, role=titled[0].role)
            owner = self.gazetteer.entities.get(titled[0].of)
            return Referent(
                titled[0].id, titled[0].name, owner.code if owner else "---", "Official"
            )
        entities = [(e, k) for e, k in mention.candidates if isinstance(e, Entity)]
        if entities:
            entity, kind = self._choose(entities)
            if kind == "demonym" or (kind == "adjective" and token.dep_ not in _DEPENDENTS):
                return self._people(entity, mention)
            return _referent(entity)
        if mention.label in _PERSON_LABELS:
            return self._person(mention, token)
        known = self.discourse.named(mention.text)
        if known is not None:
            return known
        surname = self._surname(mention.text)
        if surname and mention.label in ("GPE", "NORP", ""):
            return surname
        kind_of = {"ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Place"}
        code = self._affiliation(token) or "---"
        return self._unknown(mention, kind_of.get(mention.label, "NamedEntity"), code)

    def _choose(self, found: list[tuple[Entity, str]]) -> tuple[Entity, str]:
        """The candidate meant: one that exists on the day, a government before its capital."""
        day = self.discourse.published

        def rank(candidate: tuple[Entity, str]) -> tuple[bool, bool, int]:
            entity, kind = candidate
            city = entity.type in ("City", "Region") and any(k == "metonym" for _, k in found)
            return (not entity.existed(day), city, found.index(candidate))

        return min(found, key=rank)

    def _people(self, entity: Entity, mention: Mention) -> Referent:
        name = mention.text
        return Referent(
            f"{BASE}group/{entity.code}/{_slug(name)}",
            name,
            entity.code,
            "SocialGroup",
            plural=name.endswith("s"),
        )

    def _person(self, mention: Mention, token: Token) -> Referent:
        known = self.discourse.named(mention.text)
        code = self._affiliation(token)
        if known is not None:
            if known.code == "---" and code:
                known = replace(known, code=code)
                self.discourse.update(known)
            return known
        if " " not in mention.text:
            surname = self._surname(mention.text)
            if surname:
                return surname
        gender = self._gender(token)
        person = self._unknown(mention, "Person", code or "---")
        return replace(person, gender=gender)

    def _surname(self, name: str) -> Referent | None:
        """A known person by bare surname: one in office on the day, if there is just one."""
        found = self.gazetteer.surnames.get(name.split()[-1], ())
        serving = [e for e in found if self.gazetteer.offices_of(e.id, self.discourse.published)]
        chosen = serving if len(serving) == 1 else list(found) if len(found) == 1 else []
        return _referent(chosen[0]) if chosen else None

    def _role_holder(self, token: Token, role: str, explicit: bool) -> list[Referent]:
        before = self._position(token)
        plural = token.tag_ in ("NNS", "NNPS")
        if plural and not explicit and self._is_definite(token) and not self._affiliation(token):
            both = self.discourse.recent(before, 2, person=True) or self.discourse.recent(
                before, 2, person=False
            )
            if both:
                return both
        person = next((c for c in token.children if c.dep_ == "appos" and self._is_person(c)), None)
        if person is not None:
            return self._referents(person, explicit)
        code = self._affiliation(token)
        if not code and explicit:
            return []
        if not code:
            known = self.discourse.last(before, person=True, role=role, far=50)
            if known:
                return [known]
            focus = self.discourse.focus()
            code = focus.code if focus else None
        if not code:
            return []
        former = any(c.lower_ in ("former", "ex", "then", "late") for c in token.children)
        owner = self.gazetteer.codes.get(code)
        if owner and not plural and not former:
            holder = self.gazetteer.holder(owner.id, role, self.discourse.published)
            if holder:
                return [_referent(holder, role=role)]
        return [self._unnamed(token, code)]

    def _counterpart(self, token: Token) -> list[Referent]:
        """Who holds abroad the office of the one before: "his Turkish counterpart"."""
        day, gazetteer = self.discourse.published, self.gazetteer
        nations = [c for c in token.children if c.dep_ != "poss"]
        owner = next((o for c in nations if (o := self._nation(c))), None)
        if owner is None:
            return []
        for possessor in (c for c in token.children if c.dep_ == "poss"):
            for person in self._referents(possessor):
                for office in gazetteer.offices_of(person.id, day):
                    holder = gazetteer.holder(owner.id, office.role, day)
                    if holder:
                        return [_referent(holder, role=office.role)]
        return [self._unnamed(token, owner.code)]

    def _nation(self, token: Token) -> Referent | None:
        mention = self._mention(token)
        for entity, _ in mention.candidates if mention else ():
            if isinstance(entity, Entity):
                return self._state_of(entity)
        return None

    def _state_description(self, token: Token, explicit: bool) -> list[Referent]:
        owner = self._affiliation_entity(token)
        before = self._position(token)
        if token.lemma_.lower().startswith("neighb") and owner is not None:
            return [] if explicit else self._other_state(owner, before)
        if owner is not None:
            return [owner]
        if explicit:
            return []
        if token.tag_ == "NNS" and self._is_definite(token):
            return self.discourse.recent(before, 2, person=False)
        if not self._is_definite(token):
            return []
        found = self.discourse.last(before, person=False, far=5)
        if found and found.is_state:
            return [found]
        focus = self.discourse.focus()
        return [focus] if focus else []

    def _other_state(self, owner: Referent, before: int) -> list[Referent]:
        """The state last mentioned beside another one: "its neighbour"."""
        return [s for s in self.discourse.states(before) if s.code != owner.code][:1]

    def _group(self, token: Token, explicit: bool) -> Referent | None:
        lemma = token.lemma_.lower()
        phrase = self._phrase_noun(token)
        noun = self.gazetteer.nouns.get(phrase) or self.gazetteer.nouns[lemma]
        plural = token.tag_ in ("NNS", "NNPS")
        owner = self._affiliation_entity(token)
        if owner is None and not explicit:
            owner = self._implied_owner(token, noun.suffix, noun.unaffiliated)
        if owner is None:
            if noun.unaffiliated or (explicit and not noun.suffix):
                return None
            if explicit:
                return None
            return replace(self._unnamed(token, "---"), plural=plural)
        if noun.kind == "Government" and owner.is_state:
            return owner
        base = owner.code.split("-")[0]
        suffix = "" if self._serves_state(token) else noun.suffix
        code = f"{base}-{suffix}" if suffix and base != "---" else owner.code
        if not owner.is_state and not noun.suffix:
            code = owner.code
        state = self.gazetteer.codes.get(base)
        first = (state.adjective or state.name) if state and owner.is_state else owner.name
        name = f"{first} {phrase if phrase in self.gazetteer.nouns and ' ' in phrase else token.text.lower()}"
        return Referent(f"{BASE}group/{code}/{_slug(name)}", name, code, noun.kind, plural=plural)

    def _serves_state(self, token: Token) -> bool:
        """Whether people belong to a body of a state: "employees of the Russian embassy"."""
        bodies = [c for c in token.lefts if c.dep_ == "compound"]
        bodies += [
            p
            for c in token.rights
            if c.dep_ == "prep" and c.lower_ in ("of", "at", "from")
            for p in c.children
            if p.dep_ == "pobj"
        ]
        kinds = {
            n.kind
            for b in bodies
            if (n := self.gazetteer.nouns.get(b.lemma_.lower())) and not n.suffix
        }
        kinds |= {
            e.type
            for b in bodies
            if (m := self._mention(b))
            for e, _ in m.candidates
            if isinstance(e, Entity)
        }
        return bool(kinds & _BODIES)

    def _implied_owner(self, token: Token, suffix: str, unaffiliated: bool) -> Referent | None:
        """Whose police it is when the sentence does not say."""
        before = self._position(token)
        if suffix:
            known = self.discourse.last(before, person=False, plural=True, far=30)
            if known and known.code.endswith(suffix):
                return known
        if unaffiliated:
            return None
        local = self._local_state(token)
        return local or self.discourse.focus()

    def _local_state(self, token: Token) -> Referent | None:
        """State of a place that the same sentence gives with `in`."""
        for t in self.doc:
            if t.dep_ == "pobj" and t.head.lower_ in ("in", "across", "near", "at"):
                mention = self._mention(t)
                for entity, _ in mention.candidates if mention else ():
                    if isinstance(entity, Entity) and entity.code in self.gazetteer.codes:
                        return _referent(self.gazetteer.codes[entity.code])
        return None

    def _pronoun(self, token: Token) -> list[Referent]:
        word, before = token.lower_, self._position(token)
        if word in _MALE or word in _FEMALE:
            gender = "male" if word in _MALE else "female"
            found = self.discourse.last(before, person=True, gender=gender)
            return [found] if found else []
        if word in ("it", "its", "itself"):
            if token.dep_ == "nsubj" and any(c.lemma_ == "be" for c in (token.head,)):
                return []
            found = self.discourse.last(before, person=False)
            return [found] if found else []
        if word in ("they", "them", "their", "themselves", "both"):
            found = self.discourse.last(before, person=None, plural=True)
            if found and found.plural:
                return [found]
            both = self.discourse.recent(before, 2, person=True, far=1)
            return both or ([found] if found else [])
        if word in ("i", "me", "my", "we", "us", "our"):
            return self._speaker(token, word in ("i", "me", "my"))
        return []

    def _speaker(self, token: Token, alone: bool) -> list[Referent]:
        """Who says "I"; for "we" the state or body that the speaker speaks for."""
        for verb in governing_verbs(token):
            if verb.lemma_.lower() in self.speech:
                for subject in subjects(verb):
                    if subject.i != token.i and subject.lower_ not in ("i", "we"):
                        found = self._referents(subject)
                        state = self.gazetteer.codes.get(found[0].code) if found else None
                        return [_referent(state)] if state and not alone else found
        return []

    # -- small helpers

    def _affiliation(self, token: Token) -> str | None:
        owner = self._affiliation_entity(token)
        return owner.code if owner else None

    def _affiliation_entity(self, token: Token, depth: int = 0) -> Referent | None:
        """State or organization whose person, body or group a phrase is."""
        if depth > 3:
            return None
        for child in self._affiliating(token):
            mention = self._mention(child)
            if mention is not None:
                for entity, _ in mention.candidates:
                    if isinstance(entity, Entity):
                        chosen, _ = self._choose(
                            [(e, k) for e, k in mention.candidates if isinstance(e, Entity)]
                        )
                        return self._state_of(chosen)
            elif child.pos_ == "PRON":
                found = self._pronoun(child)
                if found:
                    state = self.gazetteer.codes.get(found[0].code.split("-")[0])
                    return _referent(state) if state else found[0]
            deeper = self._affiliation_entity(child, depth + 1)
            if deeper is not None:
                return deeper
        return None

    def _affiliating(self, token: Token) -> Iterator[Token]:
        """Words that may tell where a phrase belongs, the most telling first."""
        for dep in ("poss", "amod", "nmod", "compound"):
            yield from (c for c in token.lefts if c.dep_ == dep)
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "in", "for", "with"):
                yield from (p for p in child.children if p.dep_ == "pobj")
        yield from (c for c in token.rights if c.dep_ == "appos")
        if token.dep_ == "appos":
            yield token.head
        for child in token.rights:
            if child.dep_ == "acl" and child.tag_ == "VBN":
                yield from (p for c in child.children for p in c.children if p.dep_ == "pobj")

    def _state_of(self, entity: Entity) -> Referent:
        if entity.type in ("City", "Region", "Place") and entity.code in self.gazetteer.codes:
            return _referent(self.gazetteer.codes[entity.code])
        return _referent(entity)

    def _mention(self, token: Token) -> Mention | None:
        return next((m for m in self.mentions if m.start <= token.i < m.end), None)

    def _head(self, mention: Mention) -> Token:
        root: Token = self.doc[mention.start : mention.end].root
        return root

    def _is_person(self, token: Token) -> bool:
        mention = self._mention(token)
        if mention is None:
            return False
        return mention.label in _PERSON_LABELS or any(
            isinstance(e, Entity) and e.type in ("Official", "Person")
            for e, _ in mention.candidates
        )

    def _role(self, token: Token) -> str | None:
        """Main name of the office that a noun names, its compounds included."""
        if token.pos_ not in ("NOUN", "PROPN"):
            return None
        lemma = token.lemma_.lower()
        words = [c.lower_ for c in token.lefts if c.dep_ in ("compound", "amod")]
        for i in range(len(words) + 1):
            role = self.gazetteer.roles.get(" ".join([*words[i:], lemma]))
            if role:
                return role
        return None

    def _phrase_noun(self, token: Token) -> str:
        words = [c.lower_ for c in token.lefts if c.dep_ in ("compound", "amod")]
        for i in range(len(words)):
            phrase = " ".join([*words[i:], token.lemma_.lower()])
            if phrase in self.gazetteer.nouns:
                return phrase
        return token.lemma_.lower()

    def _is_definite(self, token: Token) -> bool:
        return any(
            c.lower_
            in ("the", "this", "that", "these", "both", "his", "her", "its", "their", "two")
            for c in token.children
        )

    def _gender(self, token: Token) -> str | None:
        before = self.doc[max(0, token.left_edge.i - 1) : token.i + 1]
        words = {t.lower_ for t in before} | {c.lower_ for c in token.children}
        if words & _MALE:
            return "male"
        return "female" if words & _FEMALE else None

    def _unknown(self, mention: Mention, type: str, code: str) -> Referent:
        """Somebody known by name only; the same name is taken to mean the same one."""
        name = mention.text
        return Referent(f"{BASE}name/{_slug(name)}", name, code, type, resolved=False)

    def _unnamed(self, token: Token, code: str) -> Referent:
        """Somebody this article describes but does not name; local to the article."""
        state = self.gazetteer.codes.get(code)
        words = [c.text for c in token.lefts if c.dep_ == "compound"] + [token.text]
        noun = " ".join(words).lower() if token.pos_ == "NOUN" else " ".join(words)
        name = f"{state.adjective or state.name} {noun}" if state else noun
        local = article_iri(self.sentence.article.id).rsplit("/", 1)[-1]
        return Referent(
            f"{BASE}local/{local}/{_slug(name)}",
            name,
            code,
            "Group",
            resolved=False,
            plural=token.tag_ in ("NNS", "NNPS"),
        )

    def _participant(self, referent: Referent, token: Token) -> Participant:
        mention = self._mention(token)
        start = min(phrase_start(token), mention.start if mention else token.i)
        end = max(token.i + 1, mention.end if mention else 0)
        first, last = self.doc[start], self.doc[end - 1]
        span = self.sentence.span(first.idx, last.idx + len(last.text))
        return Participant(
            referent.id,
            referent.name,
            referent.code,
            referent.type,
            span.text,
            span.start,
            span.end,
            referent.resolved,
        )

    def _position(self, token: Token) -> int:
        return self.sentence.offset + token.idx


def _referent(entity: Entity, role: str | None = None) -> Referent:
    return Referent(
        entity.id, entity.name, entity.code, entity.type, gender=entity.gender, role=role
    )


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.casefold()).strip("-") or "unnamed"


def _name(doc: Doc, token: Token) -> str:
    words = [c for c in token.lefts if c.dep_ == "compound" and c.pos_ == "PROPN"]
    return doc[words[0].i if words else token.i : token.i + 1].text
