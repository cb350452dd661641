"""How likely a reading is right: from what its frame asked for, what it got, and the classifier.

Method: logistic regression (Platt 1999) on the sentences of the ontology, where it is known what is
right; `benchmarks/calibration.py --fit` renews the weights and draws how well they hold elsewhere.
"""

import math

from kg.extract.choose import Reading

FEATURES = (
    "bias",
    "frame",
    "weight",
    "actor",
    "target",
    "unresolved",
    "asked",
    "agreement",
    "noun",
)
_WEIGHTS = (-3.15, 0.57, 1.33, 1.54, 1.56, -0.31, -1.33, 2.41, 0.12)
_MOST = 0.98
_LEAST = 0.02
_HEAVIEST = 6.0


def features(reading: Reading) -> tuple[float, ...]:
    """What the probability is computed from, in the order of `FEATURES`."""
    everyone = (*reading.actor, *reading.target)
    asked = reading.agreement is not None
    frame = reading.candidate.frame
    return (
        1.0,
        float(bool(frame.type)),
        min(reading.candidate.weight, _HEAVIEST) / _HEAVIEST,
        float(bool(reading.actor)),
        float(bool(reading.target) or len(reading.actor) > 1),
        float(any(not p.resolved for p in everyone)),
        float(asked),
        reading.agreement or 0.0,
        float(frame.noun),
    )


def confidence(reading: Reading) -> float:
    """Probability that category and participants of a reading are right, 0 to 1."""
    sum_ = sum(w * f for w, f in zip(_WEIGHTS, features(reading), strict=True))
    return round(min(max(1 / (1 + math.exp(-sum_)), _LEAST), _MOST), 3)
