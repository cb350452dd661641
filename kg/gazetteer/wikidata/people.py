"""People of Wikidata → the known people that they certainly are."""

from kg.gazetteer.entities import Entity
from kg.gazetteer.wikidata.known import Known, overlap
from kg.gazetteer.wikidata.offices import Offices, Post
from kg.gazetteer.wikidata.records import Person, Term
from kg.gazetteer.wikidata.spool import Spool

_NUMBER, _OFFICE, _NAME = 3, 2, 1
"""How sure: by number; by name and an office at the same time; by name, state and time."""


class People:
    """Tells who is known already. Where two may be the same person, neither is."""

    def __init__(self, known: Known, offices: Offices, spool: Spool):
        self._known = known
        self._offices = offices
        self._claims: dict[str, tuple[int, str]] = {}
        for person in spool.people():
            sure, entity = self._best(person)
            if entity is None:
                continue
            before, _ = claim = self._claims.get(entity.id, (0, ""))
            if sure == before:
                claim = sure, ""
            self._claims[entity.id] = (sure, person.id) if sure > before else claim

    def known(self, person: Person) -> Entity | None:
        """The known person that this one certainly is."""
        _, entity = self._best(person)
        claimed = entity is not None and self._claims[entity.id][1] == person.id
        return entity if claimed else None

    def posts(self, person: Person) -> list[tuple[Term, Post | str]]:
        """Every term, with its office or why there is none."""
        state = self.state(person)
        return [(t, self._offices.find(t.position, state)) for t in person.terms]

    def state(self, person: Person) -> Entity | None:
        """The state of which somebody is a citizen."""
        owners = self._known.owners
        return next((owners[c] for c in person.citizenships if c in owners), None)

    def _best(self, person: Person) -> tuple[int, Entity | None]:
        numbered = self._known.numbered.get(person.id)
        if numbered is not None:
            return _NUMBER, numbered
        names = (person.name or "", *(a for a in person.aliases if " " in a))
        found = {e.id: e for name in names if name for e in self._known.people(name)}
        if not found:
            return 0, None
        posts = self.posts(person)
        scored = [(self._sure(person, posts, e), e) for e in found.values() if _fits(person, e)]
        sure = max((s for s, _ in scored), default=0)
        best = [e for s, e in scored if s == sure > 0]
        return (sure, best[0]) if len(best) == 1 else (0, None)

    def _sure(self, person: Person, posts: list[tuple[Term, Post | str]], entity: Entity) -> int:
        held = [(term, post) for term, post in posts if isinstance(post, Post)]
        if any(self._known.shared_term(entity.id, post.id, term) for term, post in held):
            return _OFFICE
        name = person.name or ""
        if " " not in name or entity not in self._known.people(name):
            return 0
        own = [self._known.owners.get(c) for c in person.citizenships]
        codes = {post.of.code for _, post in held} | {e.code for e in own if e is not None}
        if entity.code.partition("-")[0] not in codes:
            return 0
        tenures = self._known.gazetteer.tenures_of(entity.id)
        together = any(overlap(term, t) for term, _ in posts for t in tenures)
        return _NAME if together or not tenures else 0


def _fits(person: Person, entity: Entity) -> bool:
    return entity.wikidata is None and entity.gender in (None, person.gender or entity.gender)
