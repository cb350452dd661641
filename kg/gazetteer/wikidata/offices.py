"""Positions of Wikidata → offices: the known one where that is certain, else a new one.

A position is a known office of a state if its name says so in full: "President of France", "French
foreign minister", or "Prime Minister" where it applies to that state and no part of it. Words that
mean something else elsewhere ("Secretary of State", "Chancellor") must also have a holder in
common with the known office.
"""

import re
from dataclasses import dataclass

from kg.gazetteer.entities import Entity, Office
from kg.gazetteer.turtle import block, labels, literal, slug
from kg.gazetteer.wikidata.known import STATES, Known
from kg.gazetteer.wikidata.records import Position
from kg.gazetteer.wikidata.spool import Spool
from kg.vocab import BASE, WIKIDATA


@dataclass(frozen=True, slots=True)
class Post:
    """The office for a position.

    Attributes:
        of: Its state or organization.
        turtle: What has to be written of it; empty if all is known.
        new: Whether nobody knew it.
    """

    id: str
    of: Entity
    turtle: str
    new: bool = False


class Offices:
    """Finds or makes the office for each position, always the same one."""

    def __init__(self, known: Known, spool: Spool):
        self._known = known
        self._spool = spool
        self._found: dict[str, Post | str] = {}
        self._taken: dict[str, str] = {}

    def find(self, number: str, fallback: Entity | None) -> Post | str:
        """The office for a position.

        Args:
            number: The position's number.
            fallback: The state of its holder, for a position of no country.

        Returns:
            The office, or why there is none.
        """
        found = self._found.get(number)
        if found is None or (isinstance(found, str) and fallback is not None):
            found = self._found[number] = self._make(number, fallback)
        return found

    def _make(self, number: str, fallback: Entity | None) -> Post | str:
        position = self._spool.position(number)
        if position is None:
            return f"the position {number} is not there."
        if position.name is None:
            return f"the position {number} has no English name."
        of, whole = self._owner(position)
        countries = position.jurisdictions or position.countries
        of = of or (None if countries else fallback)
        if of is None:
            where = f"{' and '.join(countries)}, which is no known state" if countries else "none"
            return f'the country of "{position.name}" ({number}) is {where}.'
        known = self._known.offices.get(number)
        role = self._role(position, of, whole) if known is None else None
        known = known or (self._known.office(of.id, role) if role else None)
        if known is None:
            return self._new(position, of, role)
        first = self._taken.setdefault(known.id, number) == number
        news = [f"owl:sameAs <{WIKIDATA}{number}>"] if first and not known.wikidata else []
        owner = self._known.gazetteer.entities.get(known.of, of)
        return Post(known.id, owner, block(known.id, news) if news else "")

    def _owner(self, position: Position) -> tuple[Entity | None, bool]:
        """Whose it is, and whether it is of all of it, not of a part."""
        owners = self._known.owners
        applies = [owners[j] for j in position.jurisdictions if j in owners]
        if applies:
            return applies[0], len(position.jurisdictions) == 1
        named = self._known.owner_in(position.name or "")
        if named is not None and named.type not in STATES:
            return named, True
        of = next((owners[c] for c in position.countries if c in owners), named)
        return of, not position.jurisdictions

    def _role(self, position: Position, of: Entity, whole: bool) -> str | None:
        """The role that a position is, if its names say one and no other."""
        name = position.name or ""
        # other names have to say whose it is: a part of the state has a "Prime Minister", too
        said = {(name, name.casefold())} if whole else set()
        for alias in (name, *position.aliases):
            said |= {(alias, words) for words in self._known.words_for_role(alias, of.id)}
        certain = {self._certain(position, of, *names) for names in said} - {None}
        return certain.pop() if len(certain) == 1 else None

    def _certain(self, position: Position, of: Entity, name: str, words: str) -> str | None:
        title = self._known.title(of.id, name) or self._known.title(of.id, words)
        if title is not None:
            return title.role
        role = self._known.gazetteer.roles.get(words)
        if role is None or _words(role) <= _words(words):
            return role
        office = self._known.office(of.id, role)
        return role if office and self._shares_holder(position, office) else None

    def _shares_holder(self, position: Position, office: Office) -> bool:
        return any(
            self._known.shared_term(person.id, office.id, term)
            for name, term in self._spool.holders(position.id)
            for person in self._known.people(name)
        )

    def _new(self, position: Position, of: Entity, role: str | None) -> Post:
        name = position.name or ""
        last = f"{of.code}-{slug(role)}" if role else ""
        changes, overlaps = self._spool.successions(position.id)
        one = 3 * overlaps <= changes  # some overlaps are mistakes
        usual = role is not None and (role in self._known.roles or len(_words(role)) > 1)
        free = usual and one and self._taken.setdefault(last, position.id) == position.id
        if role is None or not free:
            # "the ambassador of the state" would be any: the office is a role of its own
            common = name in self._known.gazetteer.roles.values()
            role = f"{name} of {of.name}" if common else name
            last = f"{of.code}-{slug(name)}-{slug(position.id)}"
        id = f"{BASE}office/{last}"
        # a title is found in texts by itself: it has to say whose it is, and to mean one person
        single = free or (one and changes > 1)
        titles = [a for a in position.aliases if single and self._known.says_whose(a, of.id)]
        facts = ["a kg:Office", f"skos:prefLabel {labels([name])}"]
        facts += [f"skos:altLabel {labels(titles)}"] if titles else []
        facts.append(f"kg:role {literal(role)}")
        facts.append(f"kg:{'state' if of.type in STATES else 'organization'} <{of.id}>")
        facts.append(f"owl:sameAs <{WIKIDATA}{position.id}>")
        return Post(id, of, block(id, facts), new=True)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
