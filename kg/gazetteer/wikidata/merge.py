"""Records → Turtle in the form of `ontology/reference/`, joined to what is known already."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.gazetteer.entities import Entity, Gazetteer
from kg.gazetteer.turtle import block, dated, labels, literal, slug
from kg.gazetteer.wikidata.known import Known, overlap
from kg.gazetteer.wikidata.offices import Offices, Post
from kg.gazetteer.wikidata.people import People
from kg.gazetteer.wikidata.records import ENDED, Person, Term, first_day
from kg.gazetteer.wikidata.spool import Spool
from kg.model import Rejection
from kg.vocab import BASE, WIKIDATA

_LONGEST = 75
"""Years in an office; who entered it before and never left was forgotten by Wikidata."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user wants.

    Attributes:
        states: Codes of the states whose offices come in; all when empty.
        since: First year of interest: terms that ended before are left out.
    """

    states: frozenset[str] = frozenset()
    since: int | None = None


@dataclass(slots=True)
class Counts:
    """What came of it.

    Attributes:
        people: New people.
        known: People who were known already.
        offices: New offices.
        tenures: New terms of office.
        same: Terms that were known already.
        undated: Terms without a usable date, of which nobody can tell when they were.
        elsewhere: Terms of other states or times than the user wants.
        rejected: People and terms that could not be used.
    """

    people: int = 0
    known: int = 0
    offices: int = 0
    tenures: int = 0
    same: int = 0
    undated: int = 0
    elsewhere: int = 0
    rejected: int = 0


class Merge:
    """Joins the records of a spool to what is known.

    Attributes:
        counts: What came of it; grows while `turtle` runs, except for `rejected`.
    """

    def __init__(self, spool: Spool, gazetteer: Gazetteer, place: str, choice: Choice):
        """Match positions and people.

        Args:
            spool: The records.
            gazetteer: What is known already.
            place: The file or address, for messages.
            choice: What the user wants.
        """
        self.counts = Counts()
        self._spool, self._place, self._choice = spool, place, choice
        known = Known(gazetteer)
        self._tenures_of = gazetteer.tenures_of
        self._people = People(known, Offices(known, spool), spool)
        self._written: set[str] = set()

    def turtle(self) -> Iterator[str | Rejection]:
        """Blocks of Turtle, each subject once; and what is not used, with the reason."""
        for person in self._spool.people():
            place = f"{self._place}:{person.line}" if person.line else self._place
            place = f"{place}: {person.id}"
            if person.name is None:
                yield Rejection(place, "has no English name.")
                continue
            terms: list[tuple[Term, Post]] = []
            broken = False
            for term, post in self._people.posts(person):
                reason = post if isinstance(post, str) else _mistake(person, term)
                if isinstance(post, Post) and reason is None:
                    terms.append((term, post))
                elif self._near(person, post):
                    broken = True
                    yield Rejection(place, f"{person.name}: {reason}")
            yield from self._person(person, terms, broken, place)

    def _near(self, person: Person, post: Post | str) -> bool:
        """Whether what is wrong with a term can matter to the user."""
        of = post.of if isinstance(post, Post) else self._people.state(person)
        return not self._choice.states or (of is not None and of.code in self._choice.states)

    def _person(
        self, person: Person, terms: list[tuple[Term, Post]], broken: bool, place: str
    ) -> Iterator[str | Rejection]:
        wanted = [(term, post) for term, post in terms if self._wanted(person, term, post)]
        dated = [(term, post) for term, post in wanted if _dates(person, term)]
        self.counts.elsewhere += len(terms) - len(wanted)
        self.counts.undated += len(wanted) - len(dated)
        if not (dated or ((wanted or broken) and self._choice.since is None)):
            return
        entity = self._people.known(person)
        state = self._people.state(person)
        of = [post.of for _, post in (dated or wanted)] or ([state] if state else [])
        if entity is None and not of:
            yield Rejection(place, f"{person.name}: belongs to no known state.")
            return
        id = entity.id if entity else f"{BASE}person/{slug(person.name or '')}-{slug(person.id)}"
        if entity is None:
            self.counts.people += 1
            yield _new_person(id, person, of[-1].code)
        else:
            self.counts.known += 1
            yield from _more_of(entity, person)
        yield from self._tenures(id, person, dated)

    def _wanted(self, person: Person, term: Term, post: Post) -> bool:
        if self._choice.states and post.of.code not in self._choice.states:
            return False
        end = _end(person, term)
        return not (end and self._choice.since and int(end[:4]) < self._choice.since)

    def _tenures(self, id: str, person: Person, terms: list[tuple[Term, Post]]) -> Iterator[str]:
        seen: set[str] = set()
        for term, post in terms:
            if post.id not in self._written:
                self._written.add(post.id)
                self.counts.offices += post.new
                yield from filter(None, [post.turtle])
            begin, end = term.begin, _end(person, term)
            last = f"{post.id.rsplit('/', 1)[-1]}-{begin or 'x'}-{id.rsplit('/', 1)[-1]}"
            tenure = f"{BASE}tenure/{last}"
            held = any(t.office == post.id and overlap(term, t) for t in self._tenures_of(id))
            if held or tenure in seen:
                self.counts.same += 1
                continue
            seen.add(tenure)
            self.counts.tenures += 1
            facts = ["a kg:Tenure", f"org:member <{id}>", f"kg:office <{post.id}>"]
            facts += [f"kg:{k} {dated(v)}" for k, v in (("begin", begin), ("end", end)) if v]
            yield block(tenure, facts)


def _new_person(id: str, person: Person, code: str) -> str:
    name = person.name or ""
    aliases = [a for a in person.aliases if a != name and _is_full_name(a)]
    facts = ["a kg:Official", f"skos:prefLabel {labels([name])}"]
    facts += [f"skos:altLabel {labels(aliases)}"] if aliases else []
    facts.append(f"kg:code {literal(code)}")
    facts += [f"kg:gender {literal(person.gender)}"] if person.gender else []
    facts.append(f"owl:sameAs <{WIKIDATA}{person.id}>")
    return block(id, facts)


def _more_of(entity: Entity, person: Person) -> Iterator[str]:
    """The number of somebody known, and names that nobody knew."""
    facts = []
    names = [a for a in person.aliases if a != entity.name and _is_full_name(a)]
    facts += [f"skos:altLabel {labels(names)}"] if names else []
    facts += [f"owl:sameAs <{WIKIDATA}{person.id}>"] if entity.wikidata is None else []
    yield from [block(entity.id, facts)] if facts else []


def _is_full_name(name: str) -> bool:
    """Whether a name means one person: not "Boris", "The Donald" or "45th president"."""
    words = name.split()
    if len(words) < 2 or words[0].casefold() == "the" or any(c.isdigit() for c in name):
        return False
    return words[0][:1].isupper() and words[-1][:1].isupper()


def _end(person: Person, term: Term) -> str | None:
    """When a term ended, at the latest with the person's life; None where nobody knows."""
    if term.end and term.end != ENDED:
        return term.end
    return person.died


def _mistake(person: Person, term: Term) -> str | None:
    end = _end(person, term)
    if not term.begin or not end:
        return None
    length = min(len(term.begin), len(end))  # 2017 is not before 2017-05-14
    if end[:length] >= term.begin[:length]:
        return None
    how = "ends" if end == term.end else "ends with the life of its holder"
    return f"the term in {term.position} {how} ({end}) before it begins ({term.begin})."


def _dates(person: Person, term: Term) -> bool:
    """Whether one can tell when a term was."""
    if term.begin is None:
        return term.end not in (None, ENDED)
    if _end(person, term):
        return True
    return term.end is None and first_day(term.begin).year > date.today().year - _LONGEST
