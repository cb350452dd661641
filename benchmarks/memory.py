"""Memory over a long run: 100,000 short articles, each with names and numbers never seen before.

The articles are passages of the mixed news of `throughput.py`. What a run keeps for ever would
show here: words a parser remembers, caches, the article's memory.
"""

import argparse
import os
import random
import time
from collections.abc import Iterator

os.environ.setdefault("OMP_NUM_THREADS", "1")

from throughput import mixed

from kg.model import Article
from kg.pipeline import Settings, extract_all, load_extractor

SYLLABLES = [a + b for a in "bdfghklmnprstvwyz" for b in "aeiou"]
LENGTH = 350
"""Characters of a passage, about."""


def passages(count: int, seed: int = 5) -> Iterator[Article]:
    """Short articles in turn, each with a new name and a new number in it."""
    chance = random.Random(seed)
    pieces = []
    for article in mixed(60):
        piece = ""
        for line in article.text.replace(". ", ".\n").split("\n"):
            piece += line + " "
            if len(piece) > LENGTH:
                pieces.append(piece.strip())
                piece = ""
    for i in range(count):
        name = " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2))
        added = f" {name}, a spokesman in Paris, counted {chance.randrange(10**7):,} of them."
        yield Article(f"passage-{i}", pieces[i % len(pieces)] + added)


def resident() -> float:
    """Megabytes of this process that are in memory now."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024


def main(count: int = 5_000, model: bool = True) -> None:
    extractor = load_extractor(Settings(classifier=model))
    begin = time.perf_counter()
    events = words = 0
    print(f"memory: {count:,} articles, {'with' if model else 'without'} the classifier")
    for done, found in enumerate(extract_all(passages(count), extractor), 1):
        events += len(getattr(found, "events", ()))
        words += len(found.article.text.split()) if hasattr(found, "article") else 0
        if done == 1_000 or done % max(count // 10, 1) == 0:
            seconds = time.perf_counter() - begin
            print(
                f"  {done:7,} articles  {resident():6,.0f} MB  {events:7,} events  "
                f"{words / seconds:6,.0f} words/s",
                flush=True,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--no-model", action="store_true")
    arguments = parser.parse_args()
    main(arguments.articles, not arguments.no_model)
