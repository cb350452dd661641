"""Wikidata in small: the same items as lines of its dump and as the graph of its endpoint."""

import json
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

WD = "http://www.wikidata.org/entity/"
WIKIBASE = "http://wikiba.se/ontology#"
RDFS_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
ALT_LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
DATETIME = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")
INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
FRANCE, GHANA, NIGERIA, GERMANY, BAVARIA, USA = "Q142", "Q117", "Q1033", "Q183", "Q980", "Q30"
SOMEVALUE = "somevalue"


@dataclass(frozen=True)
class Held:
    """A statement that somebody held a position; times as `2017-05-14`, `2017-05` or `2017`."""

    position: str
    begin: str | None = None
    end: str | None = None
    rank: str = "normal"


@dataclass(frozen=True)
class Item:
    """Anything that has a number there."""

    id: str
    labels: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    claims: dict[str, tuple[str, ...]] = field(default_factory=dict)
    died: str | None = None
    held: tuple[Held, ...] = ()


def human(id: str, name: str | None, *held: Held, **facts: Any) -> Item:
    claims = {"P31": ("Q5",)}
    for key, property in (("gender", "P21"), ("citizen", "P27")):
        if key in facts:
            claims[property] = (facts[key],)
    language = facts.get("language", "en")
    labels = {language: name} if name else {"xx": "Nemo"}
    return Item(id, labels, facts.get("aliases", ()), claims, facts.get("died"), held)


def position(id: str, name: str, *aliases: str, **facts: str) -> Item:
    keys = (("of", "P1001"), ("country", "P17"))
    return Item(id, {"en": name}, aliases, {p: (facts[k],) for k, p in keys if k in facts})


ITEMS = (
    position("Q191954", "President of the French Republic", "President of France", of=FRANCE),
    position("Q900001", "Foreign Minister of Ghana", "Ghana's top diplomat", "FM", of=GHANA),
    position("Q900002", "Minister-President of Bavaria", of=BAVARIA, country=GERMANY),
    position("Q900003", "grand vizier of trade"),
    position("Q900004", "keeper of the seals", of="Q999999"),
    position("Q900005", "Minister of Health", "Health Minister of Ghana", of=GHANA),
    position("Q900006", "President of Ghana", of=GHANA),
    human(
        "Q3052772", "Emmanuel Macron", Held("Q191954", "2017-05-14"),
        aliases=("Emmanuel Jean-Michel Frédéric Macron", "Macron", "25th President"),
        gender="Q6581097", citizen=FRANCE,
    ),
    human(
        "Q800001", "Ada Okonjo", Held("Q900001", "2019-03", "2021-06-30"),
        Held("Q900005", "2015", "2019-03"), Held("Q900006", "1990-01-01", rank="deprecated"),
        aliases=("Ada Mensah", "Ada"), gender="Q6581072", citizen=GHANA,
    ),
    human("Q800002", "Franz Huber", Held("Q900002", "2001", "2005"), citizen=GERMANY),
    human("Q800003", "Reversed Man", Held("Q900001", "2001-02-01", "2001-01-31"), citizen=GHANA),
    human("Q800004", "Tunde Bello", Held("Q900003", "2007-07-26"), citizen=NIGERIA, language="mul"),
    human("Q800005", "Jean Inconnu", Held("Q900004", "2010"), citizen=FRANCE),
    human("Q800006", None, Held("Q900001", "2010"), citizen=GHANA),
    human("Q800007", "Kofi Undated", Held("Q900001"), citizen=GHANA),
    human(
        "Q800008", "Yaw Late", Held("Q900005", "1999", SOMEVALUE), citizen=GHANA,
        died="2003-04-05",
    ),
    human("Q800009", "Esi Gone", Held("Q900005", "2004", SOMEVALUE), citizen=GHANA),
    Item("Q800010", {"en": "A Cat"}, (), {"P31": ("Q146",)}, None, (Held("Q900001", "2000"),)),
    Item("Q800011", {"en": "Nobody Special"}, (), {"P31": ("Q5",)}),
)  # fmt: skip


# As lines of the dump ----------------------------------------------------------------------------


def dump(items: tuple[Item, ...] = ITEMS) -> str:
    """The JSON array of Wikidata's dump, one entity a line."""
    return "[\n" + ",\n".join(json.dumps(entity(i)) for i in items) + "\n]\n"


def entity(item: Item) -> dict[str, Any]:
    claims: dict[str, Any] = {
        p: [statement(wikibase_item(v)) for v in values] for p, values in item.claims.items()
    }
    if item.died:
        claims["P570"] = [statement(time_value(item.died))]
    if item.held:
        claims["P39"] = [
            statement(wikibase_item(h.position), h.rank, f"{item.id}$ABC-{n}", qualifiers(h))
            for n, h in enumerate(item.held)
        ]
    aliases = [{"language": "en", "value": a} for a in item.aliases]
    return {
        "type": "item",
        "id": item.id,
        "labels": {k: {"language": k, "value": v} for k, v in item.labels.items()},
        "descriptions": {},
        # what is empty is a list in Wikidata's dumps
        "aliases": {"en": aliases} if aliases else [],
        "claims": claims or [],
        "sitelinks": [],
    }


def statement(
    snak: dict[str, Any], rank: str = "normal", id: str = "", more: dict[str, Any] | None = None
) -> dict[str, Any]:
    found = {"mainsnak": snak, "type": "statement", "id": id, "rank": rank}
    return found | ({"qualifiers": more} if more else {})


def wikibase_item(id: str) -> dict[str, Any]:
    value = {"entity-type": "item", "numeric-id": int(id[1:]), "id": id}
    return {"snaktype": "value", "datavalue": {"value": value, "type": "wikibase-entityid"}}


def time_value(text: str) -> dict[str, Any]:
    if text == SOMEVALUE:
        return {"snaktype": SOMEVALUE}
    value = {"time": f"+{padded(text, '00')}T00:00:00Z", "precision": precision(text)}
    return {"snaktype": "value", "datavalue": {"value": value, "type": "time"}}


def qualifiers(held: Held) -> dict[str, Any]:
    found = {"P580": held.begin, "P582": held.end}
    return {p: [time_value(t)] for p, t in found.items() if t}


def precision(text: str) -> int:
    return {4: 9, 7: 10, 10: 11}[len(text)]


def padded(text: str, empty: str) -> str:
    return f"{text}-{empty}-{empty}"[:10]


# As the graph of the endpoint --------------------------------------------------------------------


def graph(items: tuple[Item, ...] = ITEMS) -> ox.Store:
    """The same items as Wikidata's query service has them."""
    store = ox.Store()

    def add(subject: ox.NamedNode, predicate: ox.NamedNode, object: Any) -> None:
        store.add(ox.Quad(subject, predicate, object))

    def time(node: ox.NamedNode, property: str, kind: str, text: str, value: ox.NamedNode) -> None:
        if text == SOMEVALUE:
            add(node, prop(kind, property), ox.BlankNode())
            return
        literal = ox.Literal(f"{padded(text, '01')}T00:00:00Z", datatype=DATETIME)
        add(node, prop(kind, property), literal)
        add(node, prop(f"{kind}/value", property), value)
        add(value, ox.NamedNode(WIKIBASE + "timeValue"), literal)
        number = ox.Literal(str(precision(text)), datatype=INTEGER)
        add(value, ox.NamedNode(WIKIBASE + "timePrecision"), number)

    for item in items:
        node = ox.NamedNode(WD + item.id)
        for language, label in item.labels.items():
            add(node, RDFS_LABEL, ox.Literal(label, language=language))
        for alias in item.aliases:
            add(node, ALT_LABEL, ox.Literal(alias, language="en"))
        for property, values in item.claims.items():
            for value in values:
                add(node, prop("direct", property), ox.NamedNode(WD + value))
        if item.died:
            death = ox.NamedNode(f"{WD}statement/{item.id}-D")
            add(node, ox.NamedNode("http://www.wikidata.org/prop/P570"), death)
            time(death, "P570", "statement", item.died, ox.NamedNode(f"{WD}v/{item.id}"))
            [quad] = store.quads_for_pattern(death, prop("statement", "P570"), None)
            add(node, prop("direct", "P570"), quad.object)
        for number, held in enumerate(item.held):
            held_node = ox.NamedNode(f"{WD}statement/{item.id}-ABC-{number}")
            add(node, ox.NamedNode("http://www.wikidata.org/prop/P39"), held_node)
            add(held_node, prop("statement", "P39"), ox.NamedNode(WD + held.position))
            rank = f"{WIKIBASE}{held.rank.capitalize()}Rank"
            add(held_node, ox.NamedNode(WIKIBASE + "rank"), ox.NamedNode(rank))
            for property, text in (("P580", held.begin), ("P582", held.end)):
                if text:
                    value = ox.NamedNode(f"{WD}v/{item.id}-{number}-{property}")
                    time(held_node, property, "qualifier", text, value)
    return store


def prop(kind: str, property: str) -> ox.NamedNode:
    return ox.NamedNode(f"http://www.wikidata.org/prop/{kind}/{property}")
