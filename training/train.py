"""Fine-tunes the encoder on the sentences of the ontology and writes `kg/classifier/data`.

    make model

Needs PyTorch and the packages of `training/requirements.txt`; nothing else of the project does.
Method: fine-tuning of MiniLM (Wang et al. 2020) with entity markers (Baldini Soares et al. 2019),
temperature scaling (Guo et al. 2017) on sentences held out.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zipfile
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from data import Labelled, labelled, varied
from safetensors.torch import load as load_tensors
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from kg.classifier.inputs import encode, prepare
from kg.gazetteer import load_gazetteer
from kg.schema import load_schema

STATUSES = ["actual", "planned", "possible", "denied"]


class Heads(nn.Module):
    """Encoder with one linear head each for category, mode and status."""

    def __init__(self, encoder: BertModel, sizes: tuple[int, int, int]) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size * 4
        self.drop = nn.Dropout(0.2)
        self.category = nn.Linear(width, sizes[0])
        self.mode = nn.Linear(width, sizes[1])
        self.status = nn.Linear(width, sizes[2])

    def forward(self, ids, mask, places):
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        rows = torch.arange(hidden.shape[0], device=ids.device)
        marks = [hidden[rows, places[:, i]] for i in range(3)]
        joint = self.drop(torch.cat([hidden[:, 0], *marks], dim=-1))
        return self.category(joint), self.mode(joint), self.status(joint)


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
    return encoder, tokenizer


def batches(rows, tokenizer, labels, size, device, shuffle=None):
    """Tensors of dyads of like length, batch by batch."""
    encoded = encode([r.dyad for r in rows], tokenizer)
    order = sorted(
        range(len(rows)),
        key=lambda i: len(encoded[i].ids) + (shuffle.random() * 8 if shuffle else 0),
    )
    cuts = [order[i : i + size] for i in range(0, len(order), size)]
    if shuffle:
        shuffle.shuffle(cuts)
    for cut in cuts:
        longest = max(len(encoded[i].ids) for i in cut)
        ids = torch.zeros(len(cut), longest, dtype=torch.long)
        for r, i in enumerate(cut):
            ids[r, : len(encoded[i].ids)] = torch.tensor(encoded[i].ids)
        places = torch.tensor([encoded[i].places for i in cut])
        gold = [
            torch.tensor([labels["category"][rows[i].category] for i in cut]),
            torch.tensor([labels["mode"].get((rows[i].category, rows[i].mode), -100) for i in cut]),
            torch.tensor([STATUSES.index(rows[i].status) if rows[i].status else -100 for i in cut]),
        ]
        yield (
            cut,
            [t.to(device) for t in (ids, (ids != 0).long(), places)],
            [g.to(device) for g in gold],
        )


def train(args) -> None:
    torch.manual_seed(args.seed)
    random.seed(args.seed)
    schema = load_schema()
    names = sorted(
        e.name
        for e in load_gazetteer().codes.values()
        if e.type == "State" and e.name.isalpha() and e.end is None
    )
    rows = labelled(schema)
    groups = sorted({r.group for r in rows})
    random.Random(7).shuffle(groups)
    held = set(groups[: len(groups) // 12])
    if args.share < 1:
        kept = set(groups[len(held) :][: int(args.share * (len(groups) - len(held)))])
    else:
        kept = set(groups) - held
    fit, check = [r for r in rows if r.group in kept], [r for r in rows if r.group in held]
    categories = sorted({r.category for r in rows})
    modes = sorted({(r.category, r.mode) for r in rows if r.category != "none"})
    labels = {
        "category": {c: i for i, c in enumerate(categories)},
        "mode": {m: i for i, m in enumerate(modes)},
    }
    encoder, tokenizer_file = load_encoder(args.layers)
    tokenizer = prepare(Tokenizer.from_buffer(tokenizer_file))
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = Heads(encoder, (len(categories), len(modes), len(STATUSES))).to(device)
    counts = np.array([sum(r.category == c for r in fit) for c in categories], dtype=float)
    weight = torch.tensor((counts.mean() / counts) ** 0.5, dtype=torch.float32, device=device)
    losses = (
        nn.CrossEntropyLoss(weight=weight, label_smoothing=0.1),
        nn.CrossEntropyLoss(label_smoothing=0.1),
        nn.CrossEntropyLoss(),
    )
    # the vectors of words stay as they are: we have too few sentences to teach new ones
    encoder.embeddings.word_embeddings.requires_grad_(False)
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": args.rate},
            {"params": heads, "lr": args.rate * 5},
        ],
        weight_decay=0.01,
        fused=True,
    )
    steps = args.epochs * (len(fit) // args.batch + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, (s + 1) / (0.1 * steps)) * max(0.0, (steps - s) / steps)
    )
    pick = random.Random(args.seed)
    print(f"{len(fit)} dyads to learn from, {len(check)} held out, {steps} steps", flush=True)
    for epoch in range(args.epochs):
        model.train()
        begin, total = time.time(), 0.0
        plain = [r for r in fit] if epoch % 2 == 0 else list(varied(fit, args.seed + epoch, names))
        if epoch % 2 == 0:
            plain = [
                Labelled(_maybe_without(r, pick), r.category, r.mode, r.status, r.group)
                for r in plain
            ]
        for step, (_, given, gold) in enumerate(
            batches(plain, tokenizer, labels, args.batch, device, pick)
        ):
            if step % 50 == 0:
                print(f"  {step} {time.time() - begin:.0f} s", flush=True)
            # half precision where it counts: a third of the time on processors that have it
            with torch.autocast(device, dtype=torch.bfloat16):
                out = [o.float() for o in model(*given)]
            loss = losses[0](out[0], gold[0])
            for head, share in ((1, 0.4), (2, 0.4)):
                if (gold[head] != -100).any():
                    loss = loss + share * losses[head](out[head], gold[head])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        right = evaluate(model, check, tokenizer, labels, device)
        print(
            f"epoch {epoch + 1}: loss {total / max(1, len(fit) // args.batch):.3f}, held out {right}, {time.time() - begin:.0f} s",
            flush=True,
        )
    logits, gold = gather(model, check, tokenizer, labels, device)
    heat = temperature(logits, gold)
    torch.save(model.state_dict(), "/tmp/model.pt")
    write(model, tokenizer_file, categories, modes, heat, Path(args.output))


def _maybe_without(row, pick):
    from dataclasses import replace

    return replace(row.dyad, trigger=()) if pick.random() < 0.5 else row.dyad


def gather(model, rows, tokenizer, labels, device):
    model.eval()
    logits, gold = [], []
    with torch.no_grad(), torch.autocast(device, dtype=torch.bfloat16):
        for _, given, right in batches(rows, tokenizer, labels, 64, device):
            logits.append(model(*given)[0].float().cpu())
            gold.append(right[0].cpu())
    return torch.cat(logits), torch.cat(gold)


def evaluate(model, rows, tokenizer, labels, device) -> str:
    logits, gold = gather(model, rows, tokenizer, labels, device)
    return f"{(logits.argmax(-1) == gold).float().mean():.3f}"


def temperature(logits, gold) -> float:
    """The divisor of logits at which held-out sentences are likeliest."""
    options = np.linspace(0.3, 3.0, 109)
    costs = [float(nn.functional.cross_entropy(logits / t, gold)) for t in options]
    return float(options[int(np.argmin(costs))])


def write(model, tokenizer_file, categories, modes, heat, folder) -> None:
    """ONNX in int8, labels and tokenizer."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    model.cpu().eval()
    example = (
        torch.ones(2, 12, dtype=torch.long),
        torch.ones(2, 12, dtype=torch.long),
        torch.zeros(2, 3, dtype=torch.long),
    )
    whole = folder / "whole.onnx"
    torch.onnx.export(
        model,
        example,
        str(whole),
        input_names=["ids", "mask", "places"],
        output_names=["category", "mode", "status"],
        dynamo=False,
        opset_version=17,
        dynamic_axes={
            "ids": {0: "n", 1: "t"},
            "mask": {0: "n", 1: "t"},
            "places": {0: "n"},
            "category": {0: "n"},
            "mode": {0: "n"},
            "status": {0: "n"},
        },
    )
    quantize_dynamic(str(whole), str(folder / "model.onnx"), weight_type=QuantType.QInt8)
    whole.unlink()
    (folder / "tokenizer.json").write_bytes(tokenizer_file)
    labels = {
        "categories": categories,
        "modes": modes,
        "statuses": STATUSES,
        "temperature": round(heat, 3),
    }
    (folder / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    print(
        f"{folder}: {(folder / 'model.onnx').stat().st_size / 1e6:.1f} MB, temperature {heat:.2f}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--output", default=str(Path(__file__).parent.parent / "kg" / "classifier" / "data")
    )
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the sentences, for a learning curve"
    )
    parser.add_argument("--seed", type=int, default=13)
    train(parser.parse_args())
