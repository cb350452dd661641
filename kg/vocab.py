"""Namespaces, and the few structural terms that code may name.

Everything else (event classes, their properties, the people of the world) comes from
`ontology/` through `kg.schema` and `kg.gazetteer`. `KG` is closed: a misspelt term
raises `AttributeError` where it is written instead of making a new IRI.
"""

from rdflib import Namespace
from rdflib.namespace import DefinedNamespace
from rdflib.term import URIRef

ONTOLOGY = "https://w3id.org/geopolitical-kg/ontology#"
BASE = "https://w3id.org/geopolitical-kg/id/"
WIKIDATA = "http://www.wikidata.org/entity/"


class KG(DefinedNamespace):
    """The structural terms of the ontology; `ontology/core.ttl` defines each of them."""

    _NS = Namespace(ONTOLOGY)
    _fail = True

    # classes
    Event: URIRef
    Report: URIRef
    Article: URIRef
    Run: URIRef
    Mention: URIRef
    Actor: URIRef

    # an event
    type: URIRef
    category: URIRef
    mode: URIRef
    context: URIRef
    quad: URIRef
    cameo: URIRef
    actedOn: URIRef
    actor: URIRef
    target: URIRef
    date: URIRef
    begin: URIRef
    end: URIRef
    edtf: URIRef
    status: URIRef
    place: URIRef
    score: URIRef
    count: URIRef
    unit: URIRef

    # a report of it
    reports: URIRef
    saidBy: URIRef
    confidence: URIRef
    sentence: URIRef
    sentenceStart: URIRef
    sentenceEnd: URIRef
    trigger: URIRef
    triggerStart: URIRef
    triggerEnd: URIRef
    actorText: URIRef
    targetText: URIRef
    dateText: URIRef
    dateTextStart: URIRef
    dateTextEnd: URIRef
    why: URIRef

    # the words for a participant
    actorMention: URIRef
    targetMention: URIRef
    saidByMention: URIRef
    placeMention: URIRef
    refersTo: URIRef
    mentionText: URIRef
    mentionStart: URIRef
    mentionEnd: URIRef

    # an article
    text: URIRef
    documentId: URIRef
    source: URIRef
    url: URIRef
    fingerprint: URIRef

    # a run
    software: URIRef
    model: URIRef
    ontologyVersion: URIRef

    # an entity
    code: URIRef
    resolved: URIRef


PREFIXES = {
    "kg": ONTOLOGY,
    "id": BASE,
    "state": BASE + "state/",
    "io": BASE + "org/",
    "person": BASE + "person/",
    "office": BASE + "office/",
    "group": BASE + "group/",
    "place": BASE + "place/",
    "event": BASE + "event/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "dct": "http://purl.org/dc/terms/",
    "sh": "http://www.w3.org/ns/shacl#",
}
"""Prefix → namespace, declared for the user in every query and every Turtle file."""
