"""Frames of the lexicon over a parse → candidates: a trigger, its type and its arguments."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract import phrases, syntax
from kg.schema import Frame, Part, Schema
from kg.schema.frames import Role


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame that fits: whose words say which event happens to whom.

    Attributes:
        trigger: Head word.
        words: Other words that the frame consumed, which start no event of their own.
        actor: Heads of the phrases in that role; not yet known to be participants.
        weight: How much the frame asked for; the highest wins.
    """

    frame: Frame
    trigger: Token
    words: tuple[Token, ...]
    actor: tuple[Token, ...]
    target: tuple[Token, ...]
    weight: float

    @property
    def strict(self) -> bool:
        """Whether its target must be a participant itself."""
        return any(p.strict for p in self.frame.parts)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Frames by trigger lemma; built once per schema."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    support: frozenset[str]
    carrier: frozenset[str]

    def hyphenated(self) -> set[str]:
        """All words of frames that have a hyphen, which a tokenizer would cut."""
        frames = (f for found in (*self.verbs.values(), *self.nouns.values()) for f in found)
        words = (
            s for f in frames for s in (f.trigger, f.subject_words, *(p.words for p in f.parts))
        )
        return {word for group in words for word in group if "-" in word}


def build_lexicon(schema: Schema, everything: bool = False) -> Lexicon:
    """Index the schema's frames.

    Args:
        schema: The ontology.
        everything: Also the classes outside PLOVER (statements, votes, elections).
    """
    verbs: dict[str, list[Frame]] = defaultdict(list)
    nouns: dict[str, list[Frame]] = defaultdict(list)
    for type in schema.types.values():
        if type.category is None and not everything:
            continue
        for frame in type.frames:
            for lemma in sorted(frame.trigger):
                (nouns if frame.noun else verbs)[lemma].append(frame)
    return Lexicon(
        {k: tuple(v) for k, v in verbs.items()},
        {k: tuple(v) for k, v in nouns.items()},
        schema.words.get("support", frozenset()),
        schema.words.get("carrier", frozenset()),
    )


def candidates(doc: Doc, lexicon: Lexicon) -> Iterator[list[Candidate]]:
    """For each trigger of a sentence its fitting frames, most specific first.

    Look-alikes (`notFrame`) that fit remove the frames of their type.
    """
    tokens = list(doc)
    present = {t.lemma_.lower() for t in tokens}
    present.update([t.lower_ for t in tokens])
    for token in tokens:
        found: list[Candidate] = []
        kind = token.pos_
        if kind in ("VERB", "AUX") or token.tag_.startswith("VB"):
            frames = _possible(lexicon.verbs.get(_verb_lemma(token, lexicon), ()), present)
            found = [c for f in frames if (c := match_verb(f, token))]
        elif kind in ("NOUN", "PROPN") and _heads(token, lexicon):
            frames = _possible(lexicon.nouns.get(token.lemma_.lower(), ()), present)
            found = [c for f in frames if (c := match_noun(f, token, lexicon.support))]
        barred = {c.frame.type for c in found if c.frame.negative}
        found = [c for c in found if not c.frame.negative and c.frame.type not in barred]
        if found:
            yield sorted(found, key=lambda c: -c.weight)


def _possible(frames: tuple[Frame, ...], present: set[str]) -> list[Frame]:
    """Frames whose words are in the sentence at all; most are not, and need no look at grammar."""
    return [f for f in frames if not any(present.isdisjoint(n) for n in f.needed)]


def match_verb(frame: Frame, verb: Token) -> Candidate | None:
    """Fit a verb frame on a verb."""
    bound: dict[Role, list[Token]] = {"actor": [], "target": []}
    if frame.subject:
        bound[frame.subject] += syntax.subjects(verb)
        if not all(_fits(s, frame.subject_words) for s in bound[frame.subject]):
            return None
        if frame.subject_words and not bound[frame.subject]:
            return None
    return _match_parts(frame, verb, bound, [verb])


def match_noun(frame: Frame, noun: Token, support: frozenset[str]) -> Candidate | None:
    """Fit a noun frame on a noun, alone or as the object of a supporting verb."""
    bound: dict[Role, list[Token]] = {"actor": [], "target": []}
    trigger = noun
    anchors = [noun]
    if noun.dep_ == "compound":
        noun = noun.head
        anchors.append(noun)
    holder = _owner(noun)
    verb = noun.head
    is_object = noun.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB"
    if is_object and verb.lemma_ in support:
        anchors.append(verb)
        holder = holder or syntax.subjects(verb)
    if is_object and holder and holder[0].pos_ == "PRON":
        holder = syntax.subjects(verb) or holder  # "they continued their attacks"
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and not holder:
            holder = syntax.agents(child)
            anchors.append(child)
    if frame.subject:
        bound[frame.subject] += holder
    return _match_parts(frame, trigger, bound, anchors)


def _verb_lemma(verb: Token, lexicon: Lexicon) -> str:
    """Dictionary form of a verb, also where the lemmatiser is wrong ("staged" → "stag")."""
    word, lemma = verb.lower_, verb.lemma_.lower()
    if word == lemma + "ed" and lemma + "e" in lexicon.verbs:
        return lemma + "e"
    if lemma in lexicon.verbs:
        return lemma
    endings = {"VBD": ("d", "ed"), "VBN": ("d", "ed"), "VBZ": ("s", "es"), "VBG": ("ing",)}
    for ending in endings.get(verb.tag_, ()):
        for form in (word.removesuffix(ending), word.removesuffix(ending) + "e"):
            if word.endswith(ending) and form in lexicon.verbs:
                return form
    return lemma


def _heads(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun heads its phrase, or only a carrier does: "mediation effort"."""
    if noun.dep_ != "compound":
        return True
    return noun.head.lemma_.lower() in lexicon.carrier and noun.head.i == noun.i + 1


def _owner(noun: Token) -> list[Token]:
    """Possessor of a noun, or the nationality or name before it."""
    owner = [c for c in noun.children if c.dep_ == "poss" and c.pos_ != "ADV"]
    if owner:
        return owner
    before = [c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod")]
    before += [c for b in before for c in b.lefts if c.dep_ in ("amod", "nmod")]
    # "the Biden-Putin talks"
    before += [c for b in before for c in b.lefts if c.i == b.i - 2 and c.nbor().text == "-"]
    before = list({c.i: c for c in before}.values())
    return [c for c in before if c.ent_type_ or c.text[:1].isupper()]


def _match_parts(
    frame: Frame, trigger: Token, bound: dict[Role, list[Token]], anchors: list[Token]
) -> Candidate | None:
    words: list[Token] = []
    weight = 0.25 * bool(frame.subject and bound[frame.subject])
    weight += 2.0 * bool(frame.subject_words)
    inner: Token | None = None
    for part in frame.parts:
        base = [inner] if part.inner and inner is not None else [*anchors, *words]
        found = _find(part, base, trigger, words)
        if not found:
            if part.optional:
                continue
            return None
        if part.clause == "to":
            inner = found[0]
        if part.role:
            bound[part.role] += [f for f in found if f not in bound[part.role]]
            weight += 0.5 + (0.5 if part.preps else 0) + (1.0 if part.words else 0)
        else:
            if part.owner:
                owners = [o for f in found for o in _owner(f)]
                bound[part.owner] += [o for o in owners if o not in bound[part.owner]]
            words += found[:1] if part.words else []
            weight += 2.0 if part.words else 0.5
            weight += 0.5 if part.preps else 0
    return Candidate(
        frame, trigger, tuple(words), tuple(bound["actor"]), tuple(bound["target"]), weight
    )


def _find(part: Part, base: list[Token], trigger: Token, words: list[Token]) -> list[Token]:
    """Tokens that satisfy one part of a frame."""
    if part.clause == "to":
        clauses = [c for b in base for c in syntax.complements(b) if syntax.has_to(c)]
        return [c for c in clauses if _fits(c, part.words)]
    if part.clause == "that":
        clauses = [c for b in base for c in b.children if c.dep_ in ("ccomp", "acl")]
        if not part.role:
            return [c for c in clauses if _fits(c, part.words)][:1]
        return [s for c in clauses for s in syntax.theme(c)][:1]
    if part.preps:
        found = [
            p
            for b in base
            for p in _introduced(b, part.preps)
            if _fits(p, part.words) and p not in words
        ]
        if found or "" not in part.preps:
            return found[:1] if part.words else _nearest(found, trigger)
    head = base[0]
    if part.words and not part.role:
        near = (t for b in base for t in _reachable(b) if not _is_cut(t))
        return [t for t in near if _fits(t, part.words)][:1]
    found = syntax.objects(head) if head.pos_ in ("VERB", "AUX") else []
    found = [f for f in found if f not in words and _fits(f, part.words)]
    if not found and part.role and not part.words and not part.strict:
        found = [
            s
            for c in head.children
            if c.dep_ in ("ccomp", "xcomp")
            for s in c.children
            if s.dep_ in ("nsubj", "nsubjpass")
        ]
    if not found and not part.role:
        found = [t for t in head.children if t.dep_ in ("prep", "advmod", "acomp", "oprd")]
    return found


def _introduced(base: Token, preps: frozenset[str]) -> list[Token]:
    """Noun phrases after a preposition, or after a particle that takes an object.

    Where nothing hangs on the base itself, the phrases inside its own are searched: parsers
    often hang "by Caracas" on the diplomats that Caracas expels.
    """
    found = phrases.prepositional(base, preps)
    if base.pos_ == "VERB" and any(
        c.lower_ in preps and c.dep_ in ("prt", "advmod") for c in base.children
    ):
        found += syntax.objects(base)
    if not found:
        found = [p for inner in phrases.nominals(base) for p in phrases.prepositional(inner, preps)]
    if not found and base.pos_ == "VERB" and syntax.is_passive(base):
        stranded = any(
            c.lower_ in preps and not list(c.children) for c in base.children if c.i > base.i
        )
        found += syntax.objects(base) if stranded else []
    return found


def _nearest(found: list[Token], trigger: Token) -> list[Token]:
    return sorted(found, key=lambda f: abs(f.i - trigger.i))[:1]


def _reachable(base: Token) -> Iterator[Token]:
    yield from phrases.nearby(base)
    if base.pos_ == "VERB":
        for thing in syntax.objects(base):
            yield thing
            yield from phrases.nearby(thing)
        yield from (c for c in syntax.complements(base) if c.tag_ == "VBG")


def _is_cut(token: Token) -> bool:
    """Whether a word is the second half of another one: the "term" of "long-term"."""
    return token.i > 0 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_


def _fits(token: Token, words: frozenset[str]) -> bool:
    return not words or token.lemma_.lower() in words or token.lower_ in words
