"""Looking up names: loading the reference knowledge, and matching against 100,000 names beside
the parse of the same text, in one process.

The shipped names are filled up to 100,000 with made-up persons in a folder of one's own.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import spacy

from kg.gazetteer import load_gazetteer, search
from kg.model import Article
from kg.pipeline import DEFAULT_MODEL
from kg.sources import read

ARTICLES = Path(__file__).parent.parent / "examples" / "articles"
SYLLABLES = [
    "ba",
    "ko",
    "ri",
    "mu",
    "sen",
    "tal",
    "or",
    "vi",
    "pash",
    "lo",
    "den",
    "gra",
    "ni",
    "chu",
    "far",
    "el",
    "zo",
    "ka",
    "ti",
    "men",
]


def main(names: int = 100_000, repeats: int = 10) -> None:
    texts = [a.text for a in read([str(ARTICLES)]) if isinstance(a, Article)] * repeats
    fresh = "import time; from kg.gazetteer import load_gazetteer as l; t=time.perf_counter(); l();"
    fresh += "print(time.perf_counter()-t)"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    loading = min(
        float(subprocess.run([sys.executable, "-c", fresh], capture_output=True, text=True).stdout)
        for _ in range(3)
    )
    shipped = load_gazetteer()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"gazetteer: {len(shipped.names):,} names of {len(shipped.entities):,} entities")
    print(f"  loading   {loading:.2f} s in a new process, {after - before:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        _invent(names - len(shipped.names), Path(folder) / "invented.ttl")
        large = load_gazetteer(own=Path(folder))
    begin = time.perf_counter()
    found = sum(1 for text in texts for _ in large.find(text))
    matching = time.perf_counter() - begin
    nlp = spacy.load(DEFAULT_MODEL)
    begin = time.perf_counter()
    for _ in nlp.pipe(texts, batch_size=16):
        pass
    parsing = time.perf_counter() - begin
    print(f"  matching  {matching:.2f} s for {len(large.names):,} names, {found:,} found")
    print(f"  parsing   {parsing:.2f} s of the same text; ratio {matching / parsing:.3f}")
    begin = time.perf_counter()
    first = search(shipped, "lawrow")[0].entity.name
    print(f"  search    {time.perf_counter() - begin:.3f} s for lawrow → {first}")


def _invent(count: int, path: Path) -> None:
    random.seed(1)
    lines = ["@prefix kg: <https://w3id.org/geopolitical-kg/ontology#> ."]
    lines.append("@prefix skos: <http://www.w3.org/2004/02/skos/core#> .")
    for i in range(count):
        words = ("".join(random.choices(SYLLABLES, k=3)).title() for _ in range(2))
        name = f"{' '.join(words)} {i}"
        lines.append(
            f'<http://example.org/p{i}> a kg:Person ; skos:prefLabel "{name}"@en ; kg:code "---" .'
        )
    path.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=100_000)
    main(parser.parse_args().names)
