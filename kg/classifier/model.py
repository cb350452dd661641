"""The shipped classifier: marked sentences → category, mode and status, with probabilities.

A small encoder, distilled from BERT and fine-tuned on the sentences of `ontology/`, runs in ONNX
Runtime on one thread. `MODEL_CARD.md` beside the model says what it was trained on and how good
it is.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as runtime
from tokenizers import Tokenizer

from kg.classifier.inputs import Dyad, Encoded, encode, prepare
from kg.errors import ModelError
from kg.model import Status

FOLDER = Path(__file__).parent / "data"
"""Where the shipped model lies: `model.onnx`, `tokenizer.json`, `labels.json`."""

_BROKEN = (runtime.Fail, runtime.InvalidProtobuf, runtime.InvalidGraph, runtime.NoSuchFile)
_BATCH = 8
"""Dyads a call: more are no faster, and are filled up to the longest among them."""
_SLOWER = ["SkipLayerNormFusion"]
"""Fused additions and normalisations took an eighth of the time more than single ones."""
_SURE = 0.5
"""Share of a mode among those of its category, from which it is told."""
NOTHING = "none"
"""Label for two between whom nothing is reported."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the classifier says of a dyad.

    Attributes:
        category: The likeliest PLOVER category, as if something were reported.
        mode: The mode of that category, if one is likelier than all others together.
        confidence: Probability of the category among the 16.
        nothing: Probability that nothing is reported between the two.
        categories: Category → probability, summing to 1.
    """

    category: str
    mode: str | None
    status: Status
    confidence: float
    nothing: float
    categories: Mapping[str, float]


class Classifier:
    """A loaded model; immutable, shared by all articles of a process."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self._labels: dict[str, Any] = json.loads(
            (folder / "labels.json").read_text(encoding="utf-8")
        )
        self._tokenizer = prepare(Tokenizer.from_file(str(folder / "tokenizer.json")))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=_SLOWER,
        )

    def __call__(self, dyads: Sequence[Dyad]) -> list[Prediction]:
        """Classify dyads, in their order."""
        encoded = encode(dyads, self._tokenizer)
        # those of like length together: padding costs as much as words do
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
        found: dict[int, Prediction] = {}
        for begin in range(0, len(order), _BATCH):
            batch = order[begin : begin + _BATCH]
            found |= zip(batch, self._predict([encoded[i] for i in batch]), strict=True)
        return [found[i] for i in range(len(dyads))]

    def _predict(self, batch: list[Encoded]) -> Iterator[Prediction]:
        longest = max(len(e.ids) for e in batch)
        ids = np.zeros((len(batch), longest), dtype=np.int64)
        for row, one in enumerate(batch):
            ids[row, : len(one.ids)] = one.ids
        given = {
            "ids": ids,
            "mask": (ids != 0).astype(np.int64),
            "places": np.array([e.places for e in batch], dtype=np.int64),
        }
        category, mode, status = self._session.run(["category", "mode", "status"], given)
        heat = self._labels["temperature"]
        category = _softmax(category / heat)
        for row in range(len(batch)):
            yield self._prediction(category[row], mode[row], status[row])

    def _prediction(self, category: Any, mode: Any, status: Any) -> Prediction:
        names: list[str] = self._labels["categories"]
        everything = dict(zip(names, (float(p) for p in category), strict=True))
        nothing = everything.pop(NOTHING)
        whole = sum(everything.values()) or 1.0
        among = {name: p / whole for name, p in everything.items()}
        best = max(among, key=lambda name: among[name])
        modes: list[list[str]] = self._labels["modes"]
        own = [i for i, (of, _) in enumerate(modes) if of == best]
        shares = _softmax(mode[own]) if own else None
        sure = shares is not None and float(shares.max()) >= _SURE
        chosen = own[int(shares.argmax())] if shares is not None and sure else None
        return Prediction(
            category=best,
            mode=(modes[chosen][1] or None) if chosen is not None else None,
            status=cast(Status, self._labels["statuses"][int(status.argmax())]),
            confidence=among[best],
            nothing=nothing,
            categories=among,
        )


@lru_cache(maxsize=2)
def load_classifier(folder: Path = FOLDER) -> Classifier | None:
    """Load the model once per process; None where there is none.

    Raises:
        ModelError: The model is there and cannot be read.
    """
    if not (folder / "model.onnx").exists():
        return None
    try:
        return Classifier(folder)
    except (OSError, ValueError, KeyError, *_BROKEN) as error:
        raise ModelError(
            f"{folder}: the classifier cannot be loaded ({error}). Use --no-model to go without it."
        ) from error


def _softmax(values: Any) -> Any:
    shifted = np.exp(values - values.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)
