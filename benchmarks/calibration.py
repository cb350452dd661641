"""Does confidence mean what it says? Of events said to be 80 % sure, 80 % should be right.

Reads the gold articles beside the checkout, prints the expected calibration error over ten bins of
equal width (Guo et al. 2017), and draws `out/calibration.png`. With `--fit`, prints new weights for
`kg/extract/confidence.py`, fitted on the sentences of the ontology (not on the gold articles).
"""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from shared import gold_file, scorer

import kg.extract.assemble as assembly
from kg.extract.confidence import FEATURES, confidence, features
from kg.model import Article, Event, to_json
from kg.pipeline import Settings, load_extractor
from kg.schema import Example, load_examples, load_schema, load_training

PICTURE = Path(__file__).parent.parent / "out" / "calibration.png"
BINS = 10
DAY = date(2021, 12, 2)


def main() -> None:
    path = gold_file("gold")
    if path is None:
        print("calibration: skipped, no gold articles beside the checkout")
        return
    pairs = list(judged(path))
    said, right = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs], dtype=float)
    places = [np.flatnonzero((said * BINS).astype(int).clip(0, BINS - 1) == b) for b in range(BINS)]
    bins = [(said[i].mean(), right[i].mean(), len(i)) for i in places if len(i)]
    error = sum(n * abs(s - r) for s, r, n in bins) / len(said)
    print(f"calibration: {len(said)} events, {right.mean():.3f} right, {said.mean():.3f} said")
    print(f"  expected calibration error over {BINS} bins: {error:.3f}")
    for s, r, n in bins:
        print(f"  said {s:.2f}  right {r:.2f}  of {n}")
    draw(bins, error)


def judged(path: Path) -> Iterator[tuple[float, bool]]:
    """Confidence of each event of the gold articles, and whether it matches one as a dyad."""
    judge_of, extractor = scorer("gold"), load_extractor(Settings())
    for line in path.open(encoding="utf-8"):
        document = json.loads(line)
        day = date.fromisoformat(document["date"]) if document["date"] else None
        found = [to_json(e) for e in extractor(Article(document["id"], document["text"], date=day))]
        place = judge_of.sentence_of(document["text"])
        taken: set[int] = set()
        for event in sorted(found, key=lambda e: -e["confidence"]):
            match = next(
                (
                    i
                    for i, gold in enumerate(document["events"])
                    if i not in taken
                    and place(gold["trigger"]["start"]) == place(event["trigger"]["start"])
                    and gold["category"] == event["category"]
                    and judge_of.agree(gold, event, False)
                ),
                None,
            )
            taken |= {match} if match is not None else set()
            yield event["confidence"], match is not None


def draw(bins: list[tuple[float, float, int]], error: float) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4.5, 4.5))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.plot([s for s, _, _ in bins], [r for _, r, _ in bins], marker="o")
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="share that is right")
    axes.set_title(f"expected calibration error {error:.3f}", fontsize=10)
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, dpi=120, bbox_inches="tight")
    print(f"  drawn: {PICTURE.name}")


def fit(rate: float = 0.5, steps: int = 4000, ridge: float = 1e-3) -> None:
    """Weights of a logistic regression, by gradient descent."""
    rows, right = learned()
    x, y = np.array(rows), np.array(right, dtype=float)
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        w -= rate * (x.T @ (p - y) / len(y) + ridge * w)
    print(f"calibration: fitted on {len(y)} events of our sentences, {y.mean():.3f} right")
    print("  _WEIGHTS = (" + ", ".join(f"{v:.2f}" for v in w) + ")")
    print("  for " + ", ".join(FEATURES))


def learned() -> tuple[list[tuple[float, ...]], list[bool]]:
    """Features of the events that are read at a marked trigger, and whether they are right."""
    seen: list[tuple[float, ...]] = []
    assembly.confidence = lambda r: (seen.append(features(r)), confidence(r))[1]  # type: ignore[attr-defined]
    schema, extractor = load_schema(), load_extractor(Settings())
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for example in (*load_examples(), *load_training()):
        seen.clear()
        events = list(extractor(Article("x", example.text, date=DAY)))
        for row, event in zip(seen, events, strict=False):
            answer = judge(event, example, schema)
            if answer is not None:
                rows.append(row)
                right.append(answer)
    return rows, right


def judge(event: Event, example: Example, schema) -> bool | None:  # type: ignore[no-untyped-def]
    """Whether an event is what a sentence is marked with; None where that is not known."""
    trigger = example.spans.get("trigger", ())
    if example.type is None:
        return False
    if not any(t.start < event.trigger.end and event.trigger.start < t.end for t in trigger):
        return None
    both = (*event.actor, *event.target)
    marked = (*example.spans.get("actor", ()), *example.spans.get("target", ()))
    covered = all(any(m.start < p.end and p.start < m.end for p in both) for m in marked)
    return covered and event.category == schema.types[example.type].category


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    fit() if parser.parse_args().fit else main()
