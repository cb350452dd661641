"""Extraction of mixed news beside bare spaCy parsing of the same text, in one process on one core.

A third of the text is `examples/articles`, full of events; two thirds are `uneventful.txt`, in
which nobody does anything to anybody. Bare parsing is tagging, parsing and NER of each article as
one text by the same model, as `nlp.pipe` does it. Rounds take turns, the best counts.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import spacy

from kg.model import Article, Extractor
from kg.pipeline import DEFAULT_MODEL, Settings, extract_all, load_extractor
from kg.sources import read

HERE = Path(__file__).parent
ARTICLES = HERE.parent / "examples" / "articles"
UNEVENTFUL = HERE / "uneventful.txt"


def mixed(count: int) -> list[Article]:
    """Articles of both kinds, in the proportion of one word to two."""
    eventful = [a for a in read([str(ARTICLES)]) if isinstance(a, Article)]
    quiet = [
        Article(f"quiet-{i}", text)
        for i, text in enumerate(UNEVENTFUL.read_text(encoding="utf-8").split("\n\n"))
    ]
    words = sum(len(a.text.split()) for a in eventful) / len(eventful)
    share = 2 * words / (sum(len(a.text.split()) for a in quiet) / len(quiet))
    found: list[Article] = []
    quiet_ones, owed = cycle(quiet), 0.0
    for article in cycle(eventful):
        found.append(article)
        owed += share
        found += islice(quiet_ones, int(owed))
        owed -= int(owed)
        if len(found) >= count:
            return [replace(a, id=f"{a.id}-{i}") for i, a in enumerate(found[:count])]
    return found


def main(count: int = 600, rounds: int = 2) -> None:
    articles = mixed(count)
    words = sum(len(a.text.split()) for a in articles)
    print(f"throughput: {count} articles, {words:,} words, a third eventful, {DEFAULT_MODEL}")
    nlp = spacy.load(DEFAULT_MODEL)
    lexicon = load_extractor(Settings(classifier=False))
    both = load_extractor(Settings())

    def bare() -> int:
        return sum(1 for _ in nlp.pipe((a.text for a in articles), batch_size=16))

    def extract_with(extractor: Extractor) -> Callable[[], int]:
        return lambda: sum(1 for _ in extract_all(articles, extractor))

    runs = {
        "bare spaCy": bare,
        "kg extract --no-model": extract_with(lexicon),
        "kg extract": extract_with(both),
    }
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, run in runs.items():
            begin = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - begin)
    for name, seconds in best.items():
        ratio = best["bare spaCy"] / seconds
        print(f"  {name:22} {words / seconds:8,.0f} words/s  ratio to bare spaCy {ratio:.2f}")
    slower = best["kg extract --no-model"] / best["kg extract"]
    print(f"  with the classifier at {slower:.2f} of the speed without")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=600)
    main(parser.parse_args().articles)
