"""What an article has spoken of so far: the memory that pronouns and short names refer to."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

_PERSONS = frozenset({"Official", "Person"})
_PLACES = frozenset({"State", "Territory"})
_MEMORY = 300
"""Mentions that descriptions can refer back to; keeps long articles linear."""
_UNIONS = frozenset({"alliance", "bloc", "organization", "organisation", "union"})


@dataclass(frozen=True, slots=True)
class Referent:
    """An entity as the article means it; a `Participant` without its words.

    Attributes:
        gender: `male`, `female` or None.
        plural: It stands for several people.
        role: Main name of the office by which the article introduced it.
    """

    id: str
    name: str
    code: str
    type: str
    resolved: bool = True
    gender: str | None = None
    plural: bool = False
    role: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is one human being."""
        return self.type in _PERSONS

    @property
    def is_state(self) -> bool:
        """Whether it is a state or territory."""
        return self.type in _PLACES


@dataclass(frozen=True, slots=True)
class _Entry:
    referent: Referent
    sentence: int
    position: int
    subject: bool


@dataclass(slots=True)
class Discourse:
    """Memory of one article; made anew for each.

    Attributes:
        published: Day of the article, which decides who holds an office and which states exist.
        home: State of the dateline, for "the police" without a country.
        spelled: Person's IRI → the full name as this article spells it.
        short: Abbreviation → for whom the article introduced it: "Sudanese Armed Forces (SAF)".
    """

    published: date | None
    home: Referent | None = None
    sentence: int = 0
    spelled: dict[str, str] = field(default_factory=dict)
    short: dict[str, Referent] = field(default_factory=dict)
    _asides: list[_Entry] = field(default_factory=list)
    _entries: list[_Entry] = field(default_factory=list)
    _names: dict[str, Referent] = field(default_factory=dict)
    _states: Counter[Referent] = field(default_factory=Counter)
    _groups: list[tuple[Referent, ...]] = field(default_factory=list)

    def note(self, referent: Referent, position: int, subject: bool = False) -> None:
        """Remember that the article mentions it here."""
        self._entries.append(_Entry(referent, self.sentence, position, subject))
        if referent.is_state:
            self._states[referent] += 1
        if referent.is_person:
            for word in referent.name.split():
                if len(word) > 2 and word[0].isupper():
                    self._names[word.casefold()] = referent
            self._names[referent.name.casefold()] = referent

    def note_group(self, members: list[Referent]) -> None:
        """Remember those who are named in one list."""
        if len(members) > 1:
            self._groups.append(tuple(members))

    def group(self, size: int) -> list[Referent]:
        """Those last named in one list of a size."""
        return list(next((g for g in reversed(self._groups) if len(g) == size), ()))

    def named(self, name: str) -> Referent | None:
        """The person whom the article introduced under a name of which this is a part."""
        words = name.casefold().split()
        known = self._names.get(" ".join(words)) or self._names.get(words[-1])
        # another first name is another person: Chelsea is not Hillary Clinton
        same = known and (len(words) == 1 or {*words} <= {*known.name.casefold().split()})
        return known if same else None

    def update(self, referent: Referent) -> None:
        """Replace what is known of a person, such as a code found later."""
        for name, known in self._names.items():
            if known.id == referent.id:
                self._names[name] = referent

    def last(
        self,
        before: int,
        *,
        person: bool | None = None,
        gender: str | None = None,
        plural: bool = False,
        code: str | None = None,
        role: str | None = None,
        far: int = 3,
        avoid: frozenset[str] = frozenset(),
    ) -> Referent | None:
        """The most prominent recent referent of a kind.

        Subjects of this and the last sentence come first, then the nearest.
        """
        best: tuple[float, Referent] | None = None
        for entry in reversed(self._entries):
            age = self.sentence - entry.sentence
            if age > far:
                break
            ref = entry.referent
            if (
                ref.id in avoid
                or entry.position >= before
                or not _suits(ref, person, gender, plural, code, role)
            ):
                continue
            rank = -2.0 * age + (1.5 if entry.subject else 0) + 1e-6 * entry.position
            if best is None or rank > best[0]:
                best = (rank, ref)
        return best[1] if best else None

    def recent(self, before: int, count: int, *, person: bool, far: int = 4) -> list[Referent]:
        """The last few different persons or states, in the order of the text.

        The subject of this sentence does something to them and is none of them, if others are.
        """
        others = self._recent(before, count, person, far, with_subject=False)
        return others or self._recent(before, count, person, far, with_subject=True)

    def _recent(
        self, before: int, count: int, person: bool, far: int, with_subject: bool
    ) -> list[Referent]:
        found: list[Referent] = []
        for entry in reversed(self._entries):
            ref = entry.referent
            if self.sentence - entry.sentence > far or len(found) == count:
                break
            if entry.subject and entry.sentence == self.sentence and not with_subject:
                continue
            wanted = ref.is_person if person else ref.is_state
            if entry.position < before and wanted and ref.code not in {f.code for f in found}:
                found.append(ref)
        return found[::-1] if len(found) == count else []

    def note_aside(self, state: Referent, position: int) -> None:
        """Remember a state that only an adjective names: "the Jordanian minister"."""
        self._asides.append(_Entry(state, self.sentence, position, False))

    def states(self, before: int) -> list[Referent]:
        """States mentioned before a place in the text, adjectives included, the last first."""
        recent = (*self._entries[-_MEMORY:], *self._asides[-_MEMORY:])
        entries = sorted((e for e in recent if e.position < before), key=lambda e: -e.position)
        return list(dict.fromkeys(e.referent for e in entries if e.referent.is_state))

    def often(self, state: Referent) -> int:
        """How often the article has named a state, adjectives included."""
        asides = sum(1 for a in self._asides[-_MEMORY:] if a.referent.id == state.id)
        return self._states[state] + asides

    def people(self, before: int) -> list[Referent]:
        """Persons mentioned before a place in the text, the last one first."""
        entries = (e for e in reversed(self._entries[-_MEMORY:]) if e.position < before)
        people: dict[str, Referent] = {}
        for entry in entries:
            if entry.referent.is_person:
                people.setdefault(entry.referent.id, entry.referent)
        return list(people.values())

    def body(self, noun: str, before: int) -> Referent | None:
        """The body last named by a name that ends in a noun: "the council", "the alliance"."""
        for entry in reversed(self._entries[-_MEMORY:]):
            ref = entry.referent
            if entry.position >= before or ref.is_state or ref.is_person or ref.plural:
                continue
            if ref.name.casefold().endswith(" " + noun):
                return ref
            if noun in _UNIONS and ref.type == "InternationalOrganization":
                return ref
        return None

    def organization(self, kind: str, suffix: str, before: int) -> Referent | None:
        """The named organization of a kind that people stand for: "the rebels" for the FARC."""
        if not suffix:
            return None
        for entry in reversed(self._entries[-_MEMORY:]):
            ref = entry.referent
            if entry.position < before and ref.type == kind and ref.resolved and not ref.plural:
                return ref if ref.code.endswith("-" + suffix) else None
        return None

    def half(self, word: str, before: int) -> Referent | None:
        """The state that "the North" stands for, where one with such a name was spoken of."""
        return next((s for s in self.states(before) if s.name.startswith(word + " ")), None)

    def same_group(self, noun: str, before: int) -> Referent | None:
        """The group last named with this very noun: "four diplomats" after "Russian diplomats"."""
        ending = " " + noun.casefold()
        for entry in reversed(self._entries[-_MEMORY:]):
            ref = entry.referent
            if entry.position < before and ref.plural and ref.name.casefold().endswith(ending):
                return ref
        return None

    def together(self, before: int) -> list[Referent]:
        """Those who did something together last: the joint subjects of a recent sentence."""
        for age in (0, 1):
            joint = [
                e.referent
                for e in self._entries
                if e.subject and e.position < before and self.sentence - e.sentence == age
            ]
            different = list(dict.fromkeys(joint))
            if len(different) > 1:
                return different
            if different and different[0].plural:
                return different
        return []

    def focus(self) -> Referent | None:
        """The state that the article is about: its dateline's, else the most mentioned."""
        if self.home is not None:
            return self.home
        return self._states.most_common(1)[0][0] if self._states else None


def _suits(
    ref: Referent,
    person: bool | None,
    gender: str | None,
    plural: bool,
    code: str | None,
    role: str | None,
) -> bool:
    if person is not None and ref.is_person != person:
        return False
    if gender and ref.gender and ref.gender != gender:
        return False
    if plural != ref.plural and not (plural and not ref.is_person):
        return False
    if role and ref.role != role:
        return False
    return code is None or ref.code == code
