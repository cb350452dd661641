"""Predicate-argument structure read off a dependency parse in ClearNLP labels.

Every function takes tokens and gives tokens; none knows about events.
"""

from collections.abc import Iterator

from spacy.tokens import Token

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "parataxis"})
_SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
_OBJECT_CONTROL = frozenset(
    [
        "advise",
        "allow",
        "appoint",
        "ask",
        "authorise",
        "authorize",
        "beg",
        "cause",
        "command",
        "compel",
        "direct",
        "enable",
        "encourage",
        "expect",
        "force",
        "get",
        "help",
        "instruct",
        "invite",
        "lead",
        "let",
        "make",
        "oblige",
        "order",
        "permit",
        "persuade",
        "press",
        "pressure",
        "prod",
        "push",
        "request",
        "require",
        "tell",
        "urge",
        "warn",
        "want",
    ]
)
"""Verbs whose object, not whose subject, does what their infinitive says."""
_INSIDE_PASSIVE = frozenset({"prep", "pobj", "dobj", "xcomp", "attr", "oprd", "agent", "pcomp"})
_LOWEST = 4
_TIMES = frozenset({"DATE", "TIME", "PERCENT", "CARDINAL", "MONEY", "QUANTITY"})


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is its object."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    if verb.dep_ in ("acl", "amod", "advcl", "ccomp", "xcomp", "oprd"):
        return not any(c.dep_ in ("nsubj", "dobj") for c in verb.children)
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return is_passive(verb.head) and not any(c.dep_ == "nsubj" for c in verb.children)
    return False


def is_agentless(verb: Token) -> bool:
    """Whether it is a passive that leaves out who does it."""
    return verb.pos_ == "VERB" and is_passive(verb) and not agents(verb)


def subjects(verb: Token) -> list[Token]:
    """Who does it: the logical subject, through voice, control, coordination and relatives."""
    if is_passive(verb):
        return agents(verb)
    return _surface_subject(verb)


def objects(verb: Token) -> list[Token]:
    """To whom it is done: the logical direct object."""
    if is_passive(verb):
        found = [c for c in verb.children if c.dep_ == "nsubjpass"]
        found = found or [c for c in verb.children if c.dep_ == "nsubj"]
        return [_antecedent(f) for f in found] or _governor_subject(verb)
    found = [c for c in verb.children if c.dep_ in ("dobj", "dative", "attr") and c.pos_ != "ADP"]
    if not found:
        found = _shared_objects(verb)
    if not found and verb.dep_ == "relcl" and not _gap_filled(verb):
        found = [verb.head]
    return [_antecedent(f) for f in found]


def theme(clause: Token) -> list[Token]:
    """What a clause is about: its grammatical subject, or its object where it has none."""
    own = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]
    return own or objects(clause)


def attendants(noun: Token) -> list[Token]:
    """Who does something on an occasion, and so takes part in it: "said at a meeting with X"."""
    preposition = noun.head
    verb = preposition.head
    if noun.dep_ != "pobj" or preposition.lower_ not in ("at", "during", "in"):
        return []
    if verb.pos_ != "VERB" or preposition.dep_ != "prep":
        return []
    return objects(verb) if is_passive(verb) else subjects(verb)


def agents(verb: Token) -> list[Token]:
    """What `by` introduces in a passive."""
    found = [
        p
        for c in verb.children
        if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")
        for p in c.children
        if p.dep_ == "pobj"
    ]
    if not found:
        found = _lowered_agents(verb)
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return agents(verb.head)
    return found


def _lowered_agents(verb: Token) -> list[Token]:
    """An agent that the parser hung on a word inside: "told to leave by Mali"."""
    level = [verb]
    for _ in range(_LOWEST):
        level = [c for t in level for c in t.rights if c.dep_ in _INSIDE_PASSIVE]
        for word in level:
            if word.lower_ == "by" and not is_passive(word.head):
                return [p for p in word.children if p.dep_ == "pobj" and p.ent_type_ not in _TIMES]
    return []


def complements(verb: Token) -> list[Token]:
    """Heads of the clauses that complete a verb: infinitives, *that* clauses, quotations."""
    found = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp")]
    found += [c for c in verb.children if c.dep_ in ("advcl", "acl") and has_to(c)]
    for thing in verb.children:
        if thing.dep_ in ("dobj", "nsubjpass", "pobj", "dative"):
            found += [c for c in thing.children if c.dep_ in ("acl", "relcl") and has_to(c)]
        if thing.dep_ == "prep":
            for p in thing.children:
                if p.dep_ == "pcomp":
                    found.append(p)
                elif p.dep_ == "pobj":
                    found += [c for c in p.children if c.dep_ == "acl" and has_to(c)]
    return found


def has_to(verb: Token) -> bool:
    """Whether it is a *to* infinitive."""
    return any(c.lower_ == "to" and c.tag_ == "TO" for c in verb.children)


def governing_verbs(token: Token) -> Iterator[Token]:
    """Verbs above a word, nearest first."""
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            yield above


def _surface_subject(verb: Token) -> list[Token]:
    own = [c for c in verb.children if c.dep_ in _SUBJECTS and c.dep_ != "expl"]
    if own:
        return [_antecedent(s) for s in (*_listed_before(verb, own[0]), *own)]
    return _governor_subject(verb) or _loose_subject(verb)


def _loose_subject(verb: Token) -> list[Token]:
    """A name before an inserted clause: "Washington, he added, had refused"."""
    return [
        c
        for c in verb.lefts
        if c.dep_ == "npadvmod" and c.pos_ == "PROPN" and c.ent_type_ not in _TIMES
    ][:1]


def _listed_before(verb: Token, subject: Token) -> list[Token]:
    """The first of two names in a headline: "Ethiopia, Egypt join the bloc"."""
    if subject.pos_ != "PROPN":
        return []
    return [
        c
        for c in verb.lefts
        if c.dep_ == "npadvmod" and c.pos_ == "PROPN" and c.ent_type_ not in _TIMES
        if c.i < subject.i and c.nbor().text == ","
    ]


def _governor_subject(verb: Token) -> list[Token]:
    """Subject of a verb that has none of its own, from what it depends on."""
    head = verb.head
    if head.i == verb.i:
        return []
    match verb.dep_:
        case "conj" if head.pos_ in ("VERB", "AUX"):
            return objects(head) if is_passive(head) else _surface_subject(head)
        case "xcomp" | "ccomp" if head.pos_ in ("VERB", "AUX", "ADJ"):
            if _has_inner_gap(head) and not has_to(verb):
                return [head.head]
            return _controller(head)
        case "advcl":
            return _surface_or_passive(head)
        case "acl" | "relcl":
            if head.pos_ in ("NOUN", "PROPN", "PRON") and not has_to(verb):
                return [head]
            return _holder(head)
        case "prep" if head.pos_ == "PUNCT" and verb.tag_ == "VBG":
            # "the police, raiding a house, …": some parsers hang the participle on the comma
            noun = head.head.pos_ in ("NOUN", "PROPN")
            return [head.head] if noun else _surface_or_passive(head.head)
        case "pcomp":
            above = next((a for a in head.ancestors if a.pos_ in ("VERB", "AUX", "NOUN")), None)
            if above is None:
                return []
            if above.pos_ == "NOUN":
                return _holder(above)
            dobj = [c for c in above.children if c.dep_ in ("dobj", "nsubjpass")]
            blamed = head.lower_ in ("of", "for", "from") and dobj
            return [_antecedent(d) for d in dobj] if blamed else _surface_or_passive(above)
        case _:
            return []


def _has_inner_gap(verb: Token) -> bool:
    """ "the quake, which the police say killed nine": the pronoun belongs to what is said."""
    told = [c.tag_ in ("WDT", "WP") for c in verb.lefts if c.dep_ == "nsubj"]
    return verb.dep_ == "relcl" and len(told) > 1 and any(told)


def _controller(verb: Token) -> list[Token]:
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if passive:
        return [_antecedent(p) for p in passive]
    things = [c for c in verb.children if c.dep_ in ("dobj", "dative")]
    if things and verb.lemma_ in _OBJECT_CONTROL:
        return [_antecedent(t) for t in things]
    return _surface_subject(verb)


def _surface_or_passive(verb: Token) -> list[Token]:
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    return [_antecedent(p) for p in passive] or _surface_subject(verb)


def _holder(noun: Token) -> list[Token]:
    """Whose decision, threat or plan it is: "Russia's decision to …", "X made a threat to …"."""
    owner = [c for c in noun.children if c.dep_ == "poss"]
    if owner:
        return owner
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ == "VERB":
        return _surface_subject(noun.head)
    return []


def _shared_objects(verb: Token) -> list[Token]:
    """Object of coordinated verbs: "arrested and later deported the men"."""
    for other in verb.children:
        if other.dep_ == "conj" and other.pos_ == "VERB" and not is_passive(other):
            between = verb.doc[verb.i + 1 : other.i]
            if all(t.dep_ in ("cc", "advmod", "punct", "conj", "prt", "aux") for t in between):
                return [c for c in other.children if c.dep_ == "dobj"]
    return []


def _gap_filled(verb: Token) -> bool:
    """Whether a relative clause has its pronoun in another place than the object."""
    return any(
        c.dep_ in ("nsubj", "nsubjpass") and c.tag_ in ("WDT", "WP") for c in verb.children
    ) or not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _antecedent(token: Token) -> Token:
    """For a relative pronoun, the noun it stands for."""
    if token.tag_ not in ("WDT", "WP") and not (token.lower_ == "that" and token.dep_ != "det"):
        return token
    for above in token.ancestors:
        if above.dep_ == "relcl":
            return above.head
    return token
