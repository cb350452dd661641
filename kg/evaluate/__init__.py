"""Predicted events beside gold ones → precision, recall, F1, and how many attributes are right."""

from kg.evaluate.gold import GoldDocument, read_gold
from kg.evaluate.score import ATTRIBUTES, LEVELS, Level, Scores, score

__all__ = ["ATTRIBUTES", "LEVELS", "GoldDocument", "Level", "Scores", "read_gold", "score"]
