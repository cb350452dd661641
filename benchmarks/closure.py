"""What writing out broader classes and properties costs when events are loaded into a store.

The events of `examples/articles`, extracted once, are encoded and loaded again and again under
other article ids, with the closure and without it, turn by turn, into new stores on disk; the best
of several rounds counts. Extraction, which takes far longer than loading, is left out.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from pyoxigraph import Quad

from kg.model import Article, Event
from kg.pipeline import Settings, load_extractor, make_meaning, make_run
from kg.rdf import Meaning, encode_article
from kg.schema import load_schema
from kg.sources import read
from kg.store import open_store

ARTICLES = Path(__file__).parent.parent / "examples" / "articles"
BATCH = 100


def load(items: list[tuple[Article, list[Event]]], meaning: Meaning) -> tuple[float, int]:
    """Seconds and triples."""
    run = make_run(Settings())
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/store") as store:
        begin = time.perf_counter()
        triples = 0
        for start in range(0, len(items), BATCH):
            quads = list(_encoded(items[start : start + BATCH], run, meaning))
            triples += len(quads)
            store.load(quads)
        return time.perf_counter() - begin, triples


def _encoded(items, run, meaning) -> Iterator[Quad]:  # type: ignore[no-untyped-def]
    for article, events in items:
        yield from encode_article(article, events, run, meaning)


def main(count: int = 1000, rounds: int = 3) -> None:
    schema = load_schema()
    extractor = load_extractor(Settings(), schema)
    read_once = [(a, list(extractor(a))) for a in read([str(ARTICLES)]) if isinstance(a, Article)]
    full = [
        (replace(a, id=f"{a.id}-{i}"), events)
        for i, (a, events) in enumerate(islice(cycle(read_once), count))
    ]
    bare = [(a, [replace(e, lineage=()) for e in events]) for a, events in full]
    meaning = make_meaning(schema)
    narrow = replace(meaning, lineage={}, broader={})
    best = {"without": (float("inf"), 0), "with": (float("inf"), 0)}
    for _ in range(rounds):
        best["without"] = min(best["without"], load(bare, narrow))
        best["with"] = min(best["with"], load(full, meaning))
    print(f"closure: {count} articles, {sum(len(e) for _, e in full):,} reports, best of {rounds}")
    for name, (seconds, triples) in best.items():
        print(f"  {name:8} closure  {seconds:6.2f} s  {triples:9,} triples")
    print(f"  ratio with / without: {best['with'][0] / best['without'][0]:.2f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    main(parser.parse_args().articles)
