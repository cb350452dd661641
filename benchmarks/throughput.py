"""Extraction of 1,000 articles beside bare spaCy parsing of the same text, in one process.

The articles of `examples/articles`, repeated with other ids. Bare parsing is tagging, parsing and
NER of each article as one text by the same model, as `nlp.pipe` does it.
"""

import argparse
import resource
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import spacy

from kg.model import Article
from kg.pipeline import DEFAULT_MODEL, Settings, load_extractor
from kg.sources import read

ARTICLES = Path(__file__).parent.parent / "examples" / "articles"


def main(count: int = 1000) -> None:
    found = [a for a in read([str(ARTICLES)]) if isinstance(a, Article)]
    articles = [replace(a, id=f"{a.id}-{i}") for i, a in enumerate(islice(cycle(found), count))]
    words = sum(len(a.text.split()) for a in articles)
    print(f"throughput: {count} articles, {words:,} words, model {DEFAULT_MODEL}")

    nlp = spacy.load(DEFAULT_MODEL)
    begin = time.perf_counter()
    for _ in nlp.pipe((a.text for a in articles), batch_size=16):
        pass
    bare = time.perf_counter() - begin

    extractor = load_extractor(Settings())
    begin = time.perf_counter()
    events = sum(1 for a in articles for _ in extractor(a))
    ours = time.perf_counter() - begin

    for name, seconds in (("bare spaCy", bare), ("kg extract", ours)):
        rates = f"{count / seconds:6.1f} articles/s  {words / seconds:8,.0f} words/s"
        print(f"  {name}  {seconds:7.1f} s  {rates}")
    print(f"  ratio kg / bare spaCy, words/s: {bare / ours:.2f}; {events:,} events")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    main(parser.parse_args().articles)
