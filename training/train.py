"""Fine-tunes the encoder on the sentences of the ontology and writes `kg/classifier/data`.

    make model

Needs the packages of the extra `training`; nothing else of the project does. Method: MiniLM (Wang
et al. 2020) fine-tuned with marks around actor, target and trigger (Baldini Soares et al. 2019), a
linear head each for category, mode and status over the states of the first token and of the marks,
temperature scaling (Guo et al. 2017) on sentences held out, weights in int8.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zipfile
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from card import write_card
from data import NOTHING, Labelled, labelled, varied
from frames import told
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load as load_tensors
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from kg.classifier.inputs import encode, prepare
from kg.gazetteer import load_gazetteer
from kg.schema import load_schema

STATUSES = ["actual", "planned", "possible", "denied"]
OUTPUT = Path(__file__).parent.parent / "kg" / "classifier" / "data"
UNKNOWN = -100
"""Label of what a sentence does not tell; the losses leave it out."""
HELD_OUT = 12
"""One group of sentences in so many is held out: to choose the temperature, and for the card."""


class Heads(nn.Module):
    """The encoder with one linear head each for category, mode and status."""

    def __init__(self, encoder: BertModel, sizes: tuple[int, int, int]) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size * 4
        self.drop = nn.Dropout(0.2)
        self.category = nn.Linear(width, sizes[0])
        self.mode = nn.Linear(width, sizes[1])
        self.status = nn.Linear(width, sizes[2])

    def forward(self, ids: Tensor, mask: Tensor, places: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        rows = torch.arange(hidden.shape[0], device=ids.device)
        marks = [hidden[rows, places[:, i]] for i in range(3)]
        joint = self.drop(torch.cat([hidden[:, 0], *marks], dim=-1))
        return self.category(joint), self.mode(joint), self.status(joint)


class Labels:
    """What the numbers of the heads mean."""

    def __init__(self, rows: list[Labelled]) -> None:
        self.categories = sorted({r.category for r in rows})
        self.modes = sorted({(r.category, r.mode) for r in rows if r.category != NOTHING})
        self._category = {c: i for i, c in enumerate(self.categories)}
        self._mode = {m: i for i, m in enumerate(self.modes)}

    def numbers(self, row: Labelled) -> tuple[int, int, int]:
        return (
            self._category[row.category],
            self._mode.get((row.category, row.mode), UNKNOWN),
            STATUSES.index(row.status) if row.status else UNKNOWN,
        )


def load_encoder(layers: int) -> tuple[BertModel, bytes]:
    """MiniLM from the package that carries its weights, and its tokenizer file."""
    package = files("all_minilm_l6_v2") / "model.zip"
    with package.open("rb") as raw, zipfile.ZipFile(raw) as archive:
        config = BertConfig(**json.loads(archive.read("config.json")))
        config.num_hidden_layers = layers
        weights = load_tensors(archive.read("model.safetensors"))
        tokenizer = archive.read("tokenizer.json")
    encoder = BertModel(config, add_pooling_layer=False)
    missing = encoder.load_state_dict(weights, strict=False).missing_keys
    assert not [m for m in missing if "position_ids" not in m], missing
    # the vectors of words stay as they are: our sentences are too few to teach new ones
    encoder.embeddings.word_embeddings.requires_grad_(False)
    return encoder, tokenizer


def batches(rows, tokenizer, labels, size, device, shuffle=None):
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
        yield (ids.to(device), (ids != 0).long().to(device), places.to(device)), gold.to(device)


def train(args: argparse.Namespace) -> None:
    """The whole of `make model`."""
    torch.manual_seed(args.seed)
    schema = load_schema()
    rows = labelled(schema)
    labels = Labels(rows)
    fit, held = split(rows, args.share)
    encoder, tokenizer_file = load_encoder(args.layers)
    tokenizer = prepare(Tokenizer.from_buffer(tokenizer_file))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = Heads(encoder, (len(labels.categories), len(labels.modes), len(STATUSES))).to(device)
    print(f"{len(fit)} dyads to learn from, {len(held)} held out", flush=True)
    learn(model, fit, held, schema, tokenizer, labels, device, args)
    logits, gold = gather(model, held, tokenizer, labels, device)
    heat = temperature(logits, gold)
    folder = Path(args.output)
    write(model, tokenizer_file, labels, heat, folder)
    write_card(folder, rows, held, logits.argmax(-1), gold, labels.categories, heat, args)


def split(rows: list[Labelled], share: float) -> tuple[list[Labelled], list[Labelled]]:
    """Dyads to learn from and dyads held out, never of the same sentence."""
    groups = sorted({r.group for r in rows})
    random.Random(7).shuffle(groups)
    cut = len(groups) // HELD_OUT
    held, rest = set(groups[:cut]), groups[cut:]
    kept = set(rest[: round(share * len(rest))])
    return [r for r in rows if r.group in kept], [r for r in rows if r.group in held]


def learn(model, fit, held, schema, tokenizer, labels, device, args) -> None:
    """Epochs turn by turn over the sentences as they are and over variations of them.

    Each also sees sentences made from frames, other ones every time.
    """
    names = sorted(
        e.name
        for e in load_gazetteer().codes.values()
        if e.type == "State" and e.name.isalpha() and e.end is None
    )
    counts = np.array([sum(r.category == c for r in fit) for c in labels.categories], dtype=float)
    weight = torch.tensor((counts.mean() / counts) ** 0.5, dtype=torch.float32, device=device)
    losses = (
        (1.0, nn.CrossEntropyLoss(weight=weight, label_smoothing=0.1)),
        (0.4, nn.CrossEntropyLoss(label_smoothing=0.1)),
        (0.4, nn.CrossEntropyLoss()),
    )
    inner = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    groups = [{"params": inner, "lr": args.rate}, {"params": heads, "lr": args.rate * 5}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    made = sum(1 for _ in told(schema, args.seed, args.frames))
    steps = args.epochs * ((len(fit) + made) // args.batch + 1)
    warm = 0.1 * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / warm) * max(0.0, (steps - s) / steps)
    )
    chance = random.Random(args.seed)
    for epoch in range(args.epochs):
        model.train()
        begin = time.time()
        shown = list(varied(fit, args.seed + epoch, names)) if epoch % 2 else without(fit, chance)
        shown += told(schema, args.seed + epoch, args.frames)
        for given, gold in batches(shown, tokenizer, labels, args.batch, device, chance):
            # half precision where it counts: a third of the time on processors that have it
            with torch.autocast(device, dtype=torch.bfloat16):
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
        logits, right = gather(model, held, tokenizer, labels, device)
        accuracy = (logits.argmax(-1) == right).float().mean()
        print(
            f"epoch {epoch + 1}: held out {accuracy:.3f}, {time.time() - begin:.0f} s", flush=True
        )


def without(rows: list[Labelled], chance: random.Random) -> list[Labelled]:
    """Half of the dyads without the mark of the trigger, which need not be known later."""
    return [
        replace(r, dyad=replace(r.dyad, trigger=())) if chance.random() < 0.5 else r for r in rows
    ]


def gather(model, rows, tokenizer, labels, device) -> tuple[Tensor, Tensor]:
    """Logits of the categories, and the right ones, in one order."""
    model.eval()
    logits, gold = [], []
    with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16):
        for given, right in batches(rows, tokenizer, labels, 64, device):
            logits.append(model(*given)[0].float().cpu())
            gold.append(right[0].cpu())
    return torch.cat(logits), torch.cat(gold)


def temperature(logits: Tensor, gold: Tensor) -> float:
    """The divisor of logits at which held-out sentences are likeliest."""
    options = np.linspace(0.3, 3.0, 109)
    costs = [float(nn.functional.cross_entropy(logits / t, gold)) for t in options]
    return float(options[int(np.argmin(costs))])


def write(model: Heads, tokenizer_file: bytes, labels: Labels, heat: float, folder: Path) -> None:
    """The model as ONNX in int8, with its labels and its tokenizer."""
    folder.mkdir(parents=True, exist_ok=True)
    model.cpu().eval()
    ones, places = torch.ones(2, 12, dtype=torch.long), torch.zeros(2, 3, dtype=torch.long)
    names = ["category", "mode", "status"]
    whole = folder / "whole.onnx"
    torch.onnx.export(
        model,
        (ones, ones, places),
        str(whole),
        input_names=["ids", "mask", "places"],
        output_names=names,
        dynamo=False,
        opset_version=17,
        dynamic_axes={
            "ids": {0: "n", 1: "t"},
            "mask": {0: "n", 1: "t"},
            "places": {0: "n"},
            **{name: {0: "n"} for name in names},
        },
    )
    quantize_dynamic(str(whole), str(folder / "model.onnx"), weight_type=QuantType.QInt8)
    whole.unlink()
    (folder / "tokenizer.json").write_bytes(tokenizer_file)
    facts = {
        "categories": labels.categories,
        "modes": labels.modes,
        "statuses": STATUSES,
        "temperature": round(heat, 3),
    }
    (folder / "labels.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print(f"{folder}: {(folder / 'model.onnx').stat().st_size / 1e6:.1f} MB")


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
    train(parser.parse_args())
