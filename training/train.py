"""Fine-tunes the encoder on the sentences of the ontology and writes `kg/classifier/data`.

    make model

Needs the packages of the extra `training`; nothing else of the project does. Method: MiniLM (Wang
et al. 2020) fine-tuned with marks around actor, target and trigger (Baldini Soares et al. 2019), a
linear head each for category, mode and status over the states of the first token and of the marks,
the weights of several runs averaged (Wortsman et al. 2022), temperature scaling (Guo et al. 2017)
on sentences held out, weights in int8.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from card import write_card
from data import NOTHING, Labelled, labelled, varied
from frames import told
from network import Heads, average, load_encoder, write
from tokenizers import Tokenizer
from torch import Tensor, nn

from kg.classifier.inputs import encode, prepare
from kg.gazetteer import load_gazetteer
from kg.schema import load_schema

STATUSES = ["actual", "planned", "possible", "denied"]
OUTPUT = Path(__file__).parent.parent / "kg" / "classifier" / "data"
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
HALF = DEVICE == "cuda" or torch.cpu.get_capabilities().get("avx512_bf16", False)
"""Half precision takes a third of the time, but many times as long where it is only imitated."""
UNKNOWN = -100
"""Label of what a sentence does not tell; the losses leave it out."""
HELD_OUT = 12
"""One group of sentences in so many is held out: to choose the temperature, and for the card."""


class Labels:
    """What the numbers of the heads mean."""

    def __init__(self, rows: list[Labelled]) -> None:
        self.categories = sorted({r.category for r in rows})
        self.modes = sorted({(r.category, r.mode) for r in rows if r.category != NOTHING})
        self._category = {c: i for i, c in enumerate(self.categories)}
        self._mode = {m: i for i, m in enumerate(self.modes)}

    @property
    def sizes(self) -> tuple[int, int, int]:
        """How many categories, modes and statuses there are."""
        return len(self.categories), len(self.modes), len(STATUSES)

    def facts(self, heat: float) -> dict:
        """What goes with the model: the meaning of its numbers, and its temperature."""
        return {
            "categories": self.categories,
            "modes": self.modes,
            "statuses": STATUSES,
            "temperature": round(heat, 3),
        }

    def numbers(self, row: Labelled) -> tuple[int, int, int]:
        return (
            self._category[row.category],
            self._mode.get((row.category, row.mode), UNKNOWN),
            STATUSES.index(row.status) if row.status else UNKNOWN,
        )


def batches(rows, tokenizer, labels, size, shuffle=None):
    """Tensors of dyads of like length, batch by batch; shuffled if a source of chance is given."""
    encoded = encode([r.dyad for r in rows], tokenizer)
    jitter = shuffle.random if shuffle else float
    order = sorted(range(len(rows)), key=lambda i: len(encoded[i].ids) + 8 * jitter())
    cuts = [order[i : i + size] for i in range(0, len(order), size)]
    if shuffle:
        shuffle.shuffle(cuts)
    for cut in cuts:
        longest = max(len(encoded[i].ids) for i in cut)
        ids = torch.zeros(len(cut), longest, dtype=torch.long)
        for r, i in enumerate(cut):
            ids[r, : len(encoded[i].ids)] = torch.tensor(encoded[i].ids)
        places = torch.tensor([encoded[i].places for i in cut])
        gold = torch.tensor([labels.numbers(rows[i]) for i in cut]).T
        yield (ids.to(DEVICE), (ids != 0).long().to(DEVICE), places.to(DEVICE)), gold.to(DEVICE)


def train(args: argparse.Namespace) -> None:
    """The whole of `make model`."""
    rows = labelled(load_schema())
    labels = Labels(rows)
    fit, held = split(rows, args.share)
    print(f"{len(fit)} dyads to learn from, {len(held)} held out", flush=True)
    # each run on a processor of its own: two at once take less time than one after the other
    with get_context("spawn").Pool(min(args.runs, os.cpu_count() or 1)) as pool:
        found = pool.map(partial(run, args=args), range(args.runs), chunksize=1)
    encoder, tokenizer_file = load_encoder(args.layers)
    model = Heads(encoder, labels.sizes)
    model.load_state_dict(average(found))
    logits, gold = gather(model, held, prepare(Tokenizer.from_buffer(tokenizer_file)), labels)
    heat = temperature(logits, gold)
    folder = Path(args.output)
    write(model, tokenizer_file, labels.facts(heat), folder)
    write_card(folder, rows, held, logits.argmax(-1), gold, labels.categories, heat, args)


def run(number: int, args: argparse.Namespace) -> dict[str, np.ndarray]:
    """The weights after one run; runs begin alike and see the sentences in other orders."""
    torch.set_num_threads(1)  # also makes the sums, and so the weights, the same every time
    torch.manual_seed(args.seed)
    schema = load_schema()
    rows = labelled(schema)
    labels = Labels(rows)
    encoder, tokenizer_file = load_encoder(args.layers)
    tokenizer = prepare(Tokenizer.from_buffer(tokenizer_file))
    model = Heads(encoder, labels.sizes).to(DEVICE)
    torch.manual_seed(args.seed + number)
    learn(
        model, *split(rows, args.share), schema, tokenizer, labels, args, args.seed + 100 * number
    )
    return {name: weights.cpu().numpy() for name, weights in model.state_dict().items()}


def split(rows: list[Labelled], share: float) -> tuple[list[Labelled], list[Labelled]]:
    """Dyads to learn from and dyads held out, never of the same sentence."""
    groups = sorted({r.group for r in rows})
    random.Random(7).shuffle(groups)
    cut = len(groups) // HELD_OUT
    held, rest = set(groups[:cut]), groups[cut:]
    kept = set(rest[: round(share * len(rest))])
    return [r for r in rows if r.group in kept], [r for r in rows if r.group in held]


def learn(model, fit, held, schema, tokenizer, labels, args, seed) -> None:
    """Epochs turn by turn over the sentences as they are and over variations of them.

    Each also sees sentences made from frames, other ones every time.
    """
    names = sorted(
        e.name
        for e in load_gazetteer().codes.values()
        if e.type == "State" and e.name.isalpha() and e.end is None
    )
    counts = np.array([sum(r.category == c for r in fit) for c in labels.categories], dtype=float)
    weight = torch.tensor((counts.mean() / counts) ** 0.5, dtype=torch.float32, device=DEVICE)
    losses = (
        (1.0, nn.CrossEntropyLoss(weight=weight, label_smoothing=0.1)),
        (0.4, nn.CrossEntropyLoss(label_smoothing=0.1)),
        (0.4, nn.CrossEntropyLoss()),
    )
    inner = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    groups = [{"params": inner, "lr": args.rate}, {"params": heads, "lr": args.rate * 5}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    made = sum(1 for _ in told(schema, seed, args.frames))
    steps = args.epochs * ((len(fit) + made) // args.batch + 1)
    warm = 0.1 * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / warm) * max(0.0, (steps - s) / steps)
    )
    chance = random.Random(seed)
    for epoch in range(args.epochs):
        model.train()
        begin = time.time()
        shown = list(varied(fit, seed + epoch, names)) if epoch % 2 else without(fit, chance)
        shown += told(schema, seed + epoch, args.frames)
        for given, gold in batches(shown, tokenizer, labels, args.batch, chance):
            with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=HALF):
                out = model(*given)
            parts = [
                share * loss(o.float(), g)
                for (share, loss), o, g in zip(losses, out, gold, strict=True)
                if (g != UNKNOWN).any()
            ]
            optimizer.zero_grad()
            torch.stack(parts).sum().backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        logits, right = gather(model, held, tokenizer, labels)
        accuracy = (logits.argmax(-1) == right).float().mean()
        spent = time.time() - begin
        print(f"seed {seed}, epoch {epoch + 1}: held out {accuracy:.3f}, {spent:.0f} s", flush=True)


def without(rows: list[Labelled], chance: random.Random) -> list[Labelled]:
    """Half of the dyads without the mark of the trigger, which need not be known later."""
    return [
        replace(r, dyad=replace(r.dyad, trigger=())) if chance.random() < 0.5 else r for r in rows
    ]


def gather(model, rows, tokenizer, labels) -> tuple[Tensor, Tensor]:
    """Logits of the categories, and the right ones, in one order."""
    model.eval()
    logits, gold = [], []
    with torch.no_grad(), torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=HALF):
        for given, right in batches(rows, tokenizer, labels, 64):
            logits.append(model(*given)[0].float().cpu())
            gold.append(right[0].cpu())
    return torch.cat(logits), torch.cat(gold)


def temperature(logits: Tensor, gold: Tensor) -> float:
    """The divisor of logits at which held-out sentences are likeliest."""
    options = np.linspace(0.3, 3.0, 109)
    costs = [float(nn.functional.cross_entropy(logits / t, gold)) for t in options]
    return float(options[int(np.argmin(costs))])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", default=str(OUTPUT))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--share", type=float, default=1.0, help="of the sentences to learn from")
    parser.add_argument("--frames", type=int, default=20, help="sentences made from frames, a type")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--runs", type=int, default=2, help="whose weights are averaged")
    train(parser.parse_args())
