"""Article text → clean sentences → parsed sentences, all with a way back to the original."""

from kg.text.clean import Clean, clean
from kg.text.parse import Reader, load_reader
from kg.text.sentences import sentences

__all__ = ["Clean", "Reader", "clean", "load_reader", "sentences"]
