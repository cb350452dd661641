"""A word → the dictionary forms it may be of, from the tables of a pipeline's lemmatiser.

Faster than tagging by far, and enough to see that a sentence cannot hold a word.
"""

from collections.abc import Callable
from functools import cache, lru_cache

from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Token

Lemmas = Callable[[str], frozenset[str]]
_KINDS = ("verb", "noun")
_REMEMBERED = 50_000


def remember_lemmas(nlp: Language) -> None:
    """Let the lemmatiser of a pipeline remember all words, and not only the inflected ones."""
    lemmatizer = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None
    if not isinstance(lemmatizer, Lemmatizer):
        return
    look_up = lemmatizer.lemmatize
    known: dict[tuple[int, int, int], list[str]] = {}

    def lemmatize(token: Token) -> list[str]:
        key = (token.orth, token.pos, token.morph.key)  # type: ignore[attr-defined]
        found = known.get(key)
        if found is None:
            if len(known) >= _REMEMBERED:
                known.clear()
                lemmatizer.cache.clear()
            found = known[key] = look_up(token)
        return found

    lemmatizer.lemmatize = lemmatize


def dictionary_of(nlp: Language) -> Callable[[str], bool | None] | None:
    """Whether a word is an ordinary one: True, False, or None for what is only listed as a noun.

    The list of nouns holds names of persons and places, too, so it alone proves little.

    Args:
        nlp: A pipeline; its lemmatiser must work by rules.

    Returns:
        None where the pipeline has no such list.
    """
    lemmas = lemmas_of(nlp)
    tables = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if lemmas else None
    if lemmas is None or tables is None or not tables.has_table("lemma_index"):
        return None
    index = tables.get_table("lemma_index")

    @cache  # made when first asked: few articles have such a headline
    def listed() -> tuple[frozenset[str], frozenset[str]]:
        others: frozenset[str] = frozenset().union(*(index[k] for k in ("verb", "adj", "adv")))
        return others, frozenset(index["noun"])

    def ordinary(word: str) -> bool | None:
        forms, (others, nouns) = lemmas(word), listed()
        if not forms.isdisjoint(others):
            return True
        return False if forms.isdisjoint(nouns) else None

    return ordinary


def lemmas_of(nlp: Language) -> Lemmas | None:
    """The possible dictionary forms of a word, as verb or as noun.

    Args:
        nlp: A pipeline; its lemmatiser must work by rules.

    Returns:
        None where the pipeline has no such tables.
    """
    if "lemmatizer" not in nlp.pipe_names:
        return None
    tables = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if tables is None or not (tables.has_table("lemma_exc") and tables.has_table("lemma_rules")):
        return None
    known, rules = tables.get_table("lemma_exc"), tables.get_table("lemma_rules")

    @lru_cache(maxsize=_REMEMBERED)
    def lemmas(word: str) -> frozenset[str]:
        word = word.lower()
        found = {word}
        for kind in _KINDS:
            found.update(known.get(kind, {}).get(word, ()))
            for ending, instead in rules.get(kind, ()):
                if ending and word.endswith(ending):
                    found.add(word[: len(word) - len(ending)] + instead)
        return frozenset(found)

    return lemmas
