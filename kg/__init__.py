"""A geopolitical event knowledge graph: who did what to whom, when, according to whom.

    article ─► sentences ─► mentions ─► events ─► RDF ─► store ─► query ─► graph, page, tables

`kg.sources` reads articles; `kg.text` cleans, splits and parses them; `kg.extract` turns sentences
into events; `kg.rdf` writes them as triples; `kg.store` keeps them; `kg.query` asks; `kg.views`
shows the answers. `kg.pipeline` is the only module that knows this order. What the software knows
of the world, event types and their words included, is data in `ontology/`.
"""
