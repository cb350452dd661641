"""The learned classifier: what one marked actor does to one marked target.

`load_classifier()` gives the shipped model, or None where it was left out.
"""

from kg.classifier.inputs import Dyad
from kg.classifier.model import Classifier, Prediction, load_classifier

__all__ = ["Classifier", "Dyad", "Prediction", "load_classifier"]
