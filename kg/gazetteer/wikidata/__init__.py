"""Wikidata's office-holders → a file of entities of one's own.

`read_dump` or `read_endpoint` fills a `Spool`, a file in which the reading can be taken up again;
`Merge` joins its records to what is known; `write` makes the file.
"""

from kg.gazetteer.wikidata.endpoint import PAGE, Ask
from kg.gazetteer.wikidata.merge import Choice, Counts, Merge
from kg.gazetteer.wikidata.spool import Spool
from kg.gazetteer.wikidata.transfer import LINES, dump_source, read_dump, read_endpoint, write

__all__ = [
    "LINES",
    "PAGE",
    "Ask",
    "Choice",
    "Counts",
    "Merge",
    "Spool",
    "dump_source",
    "read_dump",
    "read_endpoint",
    "write",
]
