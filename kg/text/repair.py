"""A parse → the same parse with slips mended that small parsers make on news prose.

Each repair looks for a shape that no English sentence has, so that a right parse stays as it is:
a finite clause without a subject beside a name that stands where its subject belongs.
"""

from spacy.tokens import Doc, Token

from kg.text.sentences import MONTHS

_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_MONTHS = frozenset(m.lower() for m in MONTHS.split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_NAMES = frozenset({"NOUN", "PROPN"})
_BEFORE_DATES = frozenset({"on", "in", "by", "since", "until", "late", "early"})


def repair(doc: Doc) -> Doc:
    """Mend a parse in place.

    Args:
        doc: One sentence, parsed in ClearNLP labels.

    Returns:
        The same object.
    """
    for token in doc:
        if token.lower_ in _DAYS or (token.lower_ in _MONTHS and token.text[0].isupper()):
            _part_date_from_name(token)
            _part_name_from_date(token)
    for token in doc:
        if token.lower_ == "according":
            token.lemma_ = "according"  # no accord
        if token.pos_ in _NAMES and _has(token, "nsubj") and _has(token, "dobj"):
            token.pos_, token.tag_ = "VERB", "VBD"  # "the four cut all ties": no noun has an object
        elif token.dep_ == "ROOT" and token.pos_ in _NAMES:
            _raise_clause(token)
            _turn_plural(token)
        elif token.dep_ == "ccomp" and token.tag_ == "VBZ":
            _lower_noun(token)
        elif token.pos_ == "VERB":
            _turn_second_subject(token)
    return doc


def _part_date_from_name(day: Token) -> None:
    """ "On Thursday Vitaly Churkin, the ambassador, accused": a name is no part of the day."""
    noun = day.head
    while _is_date_word(noun) and noun.head.i > noun.i:
        noun = noun.head
    if noun.i < day.i or _is_date_word(noun) or noun.pos_ not in _NAMES:
        return
    words = [t for t in day.doc[noun.left_edge.i : noun.i] if _is_date_word(t)]
    first, last = words[0], words[-1]
    if first.i != noun.left_edge.i or last.i - first.i != len(words) - 1:
        return
    verb = next((a for a in noun.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.i < noun.i or verb.dep_ in ("acl", "relcl", "amod"):
        return
    if noun.dep_ == "pobj" and noun.head.i == first.i - 1 and noun.head.lower_ in _BEFORE_DATES:
        if not _without_subject(verb, noun):
            return
        preposition = noun.head
        _hang(noun, verb, "nsubjpass" if _has(verb, "auxpass") else "nsubj")
        _hang(day, preposition, "pobj")
    elif noun.dep_ in _SUBJECTS:
        _hang(day, verb, "npadvmod")
    else:
        return
    for other in words:
        if other.i != day.i:
            _hang(other, day, "nummod")


def _turn_second_subject(verb: Token) -> None:
    """ "The police detained Ana Roe, a writer": a second subject behind the verb is its object."""
    found = [c for c in verb.children if c.dep_ == "nsubj"]
    if len(found) == 2 and found[0].i < verb.i < found[1].i and not _has(verb, "dobj"):
        found[1].dep_ = "dobj"


def _part_name_from_date(day: Token) -> None:
    """ "In a call last Thursday, Ana Roe, the minister, denied": a name is no second date."""
    verb = next((a for a in day.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.i < day.i or any(c.dep_ in _SUBJECTS for c in verb.children):
        return
    for child in day.rights:
        if child.dep_ in ("conj", "appos") and child.pos_ in _NAMES and not _is_date_word(child):
            _hang(child, verb, "nsubjpass" if _has(verb, "auxpass") else "nsubj")
            return


def _without_subject(verb: Token, noun: Token) -> bool:
    """Whether a verb lacks a subject, or has one that is an apposition to a noun before it."""
    found = [c for c in verb.children if c.dep_ in _SUBJECTS]
    for subject in found:
        before = subject.left_edge.i - 1
        between = subject.doc[noun.i : before + 1]
        set_off = before > noun.i and subject.doc[before].text == ","
        closed = subject.i + 1 < verb.i and subject.nbor().text == ","
        if not (set_off and closed and not any(t.pos_ == "VERB" for t in between)):
            return False
        _hang(subject, subject.doc[before - 1], "appos")
    return True


def _raise_clause(noun: Token) -> None:
    """ "Ana Roe, leader of the opposition, called on …": no name with a participle behind it."""
    for verb in noun.children:
        participle = verb.dep_ in ("acl", "relcl") and verb.tag_ in ("VBN", "VBD")
        if not participle or verb.i < noun.i + 2 or verb.nbor(-1).text != ",":
            continue
        if any(c.dep_ in ("agent", "auxpass", *_SUBJECTS) for c in verb.children):
            continue
        if not (_has(verb, "dobj") or _has(verb, "prep") or _has(verb, "ccomp")):
            continue
        after = [c for c in noun.children if c.i > verb.i]
        verb.head = verb
        verb.dep_ = "ROOT"
        verb.tag_ = "VBD"
        verb.pos_ = "VERB"
        _hang(noun, verb, "nsubj")
        for child in after:
            _hang(child, verb, child.dep_)
        return


def _turn_plural(noun: Token) -> None:
    """ "Lima's Ana Roe rejects UN report": no plural runs from one noun straight into another."""
    if noun.tag_ != "NNS" or noun.i == 0 or noun.i + 1 == len(noun.doc):
        return
    before, after = noun.nbor(-1), noun.nbor()
    if before.dep_ != "compound" or before.head.i != noun.i or before.pos_ not in _NAMES:
        return
    behind = next((c for c in noun.rights if c.dep_ == "appos"), None)
    if behind is None or behind.left_edge.i != after.i:
        return
    noun.pos_, noun.tag_ = "VERB", "VBZ"
    for child in [c for c in noun.lefts if c.i != before.i]:
        _hang(child, before, child.dep_)
    _hang(before, noun, "nsubj")
    _hang(behind, noun, "dobj")


def _lower_noun(verb: Token) -> None:
    """ "imposed visa bans and asset freezes on officials": a plural that was taken for a verb."""
    above = verb.head
    first = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if first is None or verb.i == 0 or above.i > first.i or _has(above, "dobj"):
        return
    before = verb.nbor(-1)
    listed = before.tag_ == "NN" and before.dep_ == "conj" and before.head.i == first.i
    if not listed or _has(verb, "mark") or _has(verb, "aux") or _has(verb, "dobj"):
        return
    verb.pos_, verb.tag_ = "NOUN", "NNS"
    _hang(first, above, "dobj")
    _hang(verb, first, "conj")
    _hang(before, verb, "compound")


def _is_date_word(token: Token) -> bool:
    word = token.lower_
    return word in _DAYS or word in _MONTHS or (token.like_num and word.isdigit())


def _has(verb: Token, dep: str) -> bool:
    return any(c.dep_ == dep for c in verb.children)


def _hang(token: Token, head: Token, dep: str) -> None:
    token.head = head
    token.dep_ = dep
