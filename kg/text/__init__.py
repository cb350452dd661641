"""Article text → clean sentences → parsed sentences, all with a way back to the original."""

from kg.text.clean import Clean, clean
from kg.text.parse import Parser, load_parser
from kg.text.sentences import Sentence, sentences

__all__ = ["Clean", "Parser", "Sentence", "clean", "load_parser", "sentences"]
