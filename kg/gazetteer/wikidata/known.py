"""What is known already, indexed by what Wikidata says of it: numbers and names."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from kg.gazetteer.entities import Entity, Gazetteer, Office, Tenure
from kg.gazetteer.search import fold
from kg.gazetteer.wikidata.records import ENDED, Term, first_day

STATES = ("State", "Territory")
_OWNERS = (*STATES, "InternationalOrganization")
_PEOPLE = ("Official", "Person")


class Known:
    """Look-up of states, offices and people.

    Attributes:
        owners: States and organizations by Wikidata number.
        offices: Offices by Wikidata number.
        numbered: People by Wikidata number.
        roles: Roles that known offices have.
    """

    def __init__(self, gazetteer: Gazetteer):
        self.gazetteer = gazetteer
        entities = gazetteer.entities.values()
        self.owners = _numbered(e for e in entities if e.type in _OWNERS)
        self.numbered = _numbered(e for e in entities if e.type in _PEOPLE)
        self.offices = {o.wikidata: o for o in gazetteer.offices.values() if o.wikidata}
        self.roles = {o.role for o in gazetteer.offices.values()}
        self._calls: dict[str, list[str]] = defaultdict(list)
        self._owner_called: dict[str, Entity] = {}
        self._people_called: dict[str, list[Entity]] = defaultdict(list)
        self._titles = {(o.of, o.name.casefold()): o for o in gazetteer.offices.values()}
        for alias, meant in gazetteer.names.items():
            for entity, kind in meant:
                if isinstance(entity, Office):
                    self._titles[entity.of, alias.casefold()] = entity
                elif entity.type in _PEOPLE and kind == "name":
                    self._people_called[fold(alias)].append(entity)
                elif entity.type in _OWNERS and kind in ("name", "adjective"):
                    self._calls[entity.id].append(alias.casefold())
                    if kind == "name":
                        self._owner_called.setdefault(alias.casefold(), entity)

    def people(self, name: str) -> list[Entity]:
        """People with exactly this name, accents and case aside."""
        found = self._people_called.get(fold(name), [])
        return list({e.id: e for e in found}.values())

    def title(self, of: str, name: str) -> Office | None:
        """The office of a state or organization that has this name of its own."""
        return self._titles.get((of, name.casefold()))

    def office(self, of: str, role: str) -> Office | None:
        """The office of a state or organization that is this role."""
        id = self.gazetteer.office(of, role)
        return self.gazetteer.offices[id] if id else None

    def owner_in(self, name: str) -> Entity | None:
        """The state or organization in the name of an office: "Secretary-General of NATO"."""
        lower = name.casefold()
        for of in re.finditer(r" of (?:the )?", lower):
            owner = self._owner_called.get(lower[of.end() :])
            if owner is not None and lower[: of.start()] in self.gazetteer.roles:
                return owner
        return None

    def words_for_role(self, name: str, of: str) -> Iterator[str]:
        """The words that are left of an office's name without those for its state."""
        lower = name.casefold().removeprefix("the ")
        for call in sorted(self._calls[of], key=len, reverse=True):
            for ending in (f" of {call}", f" of the {call}", f" ({call})"):
                if lower.endswith(ending):
                    yield lower.removesuffix(ending)
            for beginning in (f"{call} ", f"{call}'s "):
                if lower.startswith(beginning):
                    yield lower.removeprefix(beginning)

    def says_whose(self, name: str, of: str) -> bool:
        """Whether the name of an office has the name or adjective of its state in it."""
        lower = name.casefold()
        return any(re.search(rf"\b{re.escape(c)}(?!\w)", lower) for c in self._calls[of])

    def shared_term(self, person: str, office: str, term: Term) -> bool:
        """Whether somebody known was in an office at the time of a term."""
        tenures = self.gazetteer.tenures_of(person)
        return any(t.office == office and overlap(term, t) for t in tenures)


def overlap(term: Term, tenure: Tenure) -> bool:
    """Whether a term and a known tenure have a day in common; one without dates has none."""
    if term.begin is None and term.end in (None, ENDED):
        return False
    begin = first_day(term.begin) if term.begin else date.min
    end = first_day(term.end) if term.end and term.end != ENDED else date.max
    # a year or month in which somebody came and went still has a day
    later = (tenure.end or date.max) > begin or tenure.begin == begin
    return later and ((tenure.begin or date.min) < end or tenure.begin == begin)


def _numbered(entities: Iterator[Entity]) -> Mapping[str, Entity]:
    return {e.wikidata: e for e in entities if e.wikidata}
