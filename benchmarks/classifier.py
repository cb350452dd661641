"""The action between marked spans: lexicon, classifier and both, on the dyads beside the checkout.

Also what the classifier costs: dyads a second on one thread, and the time to load it.
"""

import json
import time
from collections import Counter

from shared import gold_file, scorer

from kg.classifier import Dyad, load_classifier
from kg.classifier.model import Classifier
from kg.extract.action import Action, actions
from kg.pipeline import Settings, load_extractor
from kg.schema import load_schema

BATCH = 32


def main() -> None:
    begin = time.perf_counter()
    classifier = load_classifier()
    if classifier is None:
        print("classifier: none; make model trains one")
        return
    print(f"classifier: loaded in {time.perf_counter() - begin:.2f} s")
    speed(classifier)
    path = gold_file("dyads")
    if path is None:
        print("  scores skipped, no dyads beside the checkout")
        return
    judge = scorer("dyads")
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    dyads = [
        Dyad(r["text"], tuple(map(tuple, r["actor"])), tuple(map(tuple, r["target"]))) for r in rows
    ]
    schema = load_schema()
    lexicon = load_extractor(Settings(classifier=False), schema)
    voices = {
        "lexicon alone": actions(dyads, lexicon, None, schema),
        "classifier alone": actions(dyads, lambda _: (), classifier, schema),
        "both": actions(dyads, lexicon, classifier, schema),
    }
    gold = [r["category"] for r in rows]
    print(f"  {len(rows)} dyads, spans given     accuracy  macro-F1  quad macro-F1")
    for name, found in voices.items():
        said = [judge.fold(a.category or "") or None for a in found]
        accuracy = sum(g == s for g, s in zip(gold, said, strict=True)) / len(gold)
        macro = judge.macro_f1(gold, said)
        quad = judge.macro_f1([judge.QUAD[g] for g in gold], [judge.QUAD.get(s) for s in said])
        print(f"  {name:24}   {accuracy:8.3f}  {macro:8.3f}  {quad:8.3f}")
    errors(gold, voices["both"], judge)


def errors(gold: list[str], found: list[Action], judge) -> None:  # type: ignore[no-untyped-def]
    pairs = Counter(
        (g, judge.fold(a.category or "nothing")) for g, a in zip(gold, found, strict=True)
    )
    wrong = [(n, g, s) for (g, s), n in pairs.items() if g != s]
    common = ", ".join(f"{g} as {s} {n}" for n, g, s in sorted(wrong, reverse=True)[:8])
    print(f"  most often wrong: {common}")


def speed(classifier: Classifier, count: int = 640) -> None:
    text = "The Kenyan foreign ministry on Friday accused {} of breaking the accord on river water."
    names = ("Ghana", "the Malian army", "two mining companies from Peru", "Chad")
    dyads = []
    for i in range(count):
        name = names[i % len(names)]
        start = text.index("{}")
        made = Dyad(text.format(name), ((0, 27),), ((start, start + len(name)),))
        dyads.append(made)
    classifier(dyads[:BATCH])
    begin = time.perf_counter()
    classifier(dyads)
    print(
        f"  {count / (time.perf_counter() - begin):.0f} dyads/s on one thread, batches of {BATCH}"
    )


if __name__ == "__main__":
    main()
