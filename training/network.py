"""The network: MiniLM with heads on the marks; how its weights come in, and go out in int8."""

from __future__ import annotations

import json
import zipfile
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load as load_tensors
from torch import Tensor, nn
from transformers import BertConfig, BertModel


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
        hidden = self.encoder.embeddings(input_ids=ids)
        bias = ((1 - mask) * -1e4).to(hidden.dtype)[:, None, None, :]
        *layers, last = self.encoder.encoder.layer
        for layer in layers:
            hidden = layer(hidden, attention_mask=bias)
        rows = torch.arange(ids.shape[0], device=ids.device)[:, None]
        read = torch.cat([torch.zeros_like(places[:, :1]), places], dim=1)
        joint = self.drop(_layer_at(last, hidden[rows, read], hidden, bias).flatten(1))
        return self.category(joint), self.mode(joint), self.status(joint)


def _layer_at(layer: nn.Module, asking: Tensor, hidden: Tensor, bias: Tensor) -> Tensor:
    """A layer's states at the few places that are read; at all places it takes an eighth longer."""
    own = layer.attention.self
    query, key, value = (
        part(states).unflatten(-1, (own.num_attention_heads, -1)).transpose(1, 2)
        for part, states in ((own.query, asking), (own.key, hidden), (own.value, hidden))
    )
    seen = nn.functional.scaled_dot_product_attention(
        query, key, value, attn_mask=bias, dropout_p=own.dropout.p if own.training else 0.0
    )
    return layer.feed_forward_chunk(layer.attention.output(seen.transpose(1, 2).flatten(2), asking))


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


def average(runs: list[dict[str, np.ndarray]]) -> dict[str, Tensor]:
    """The mean of the weights of several runs, which must have begun with the same ones."""
    return {
        name: torch.from_numpy(np.mean([run[name] for run in runs], axis=0).astype(one.dtype))
        for name, one in runs[0].items()
    }


def write(model: Heads, tokenizer_file: bytes, facts: dict, folder: Path) -> None:
    """The model as ONNX in int8, with what its labels mean and its tokenizer."""
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
    (folder / "labels.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print(f"{folder}: {(folder / 'model.onnx').stat().st_size / 1e6:.1f} MB")
