"""Frames that fit a sentence → the readings that survive: which events, with which participants."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extract import syntax
from kg.extract.frames import Candidate, Lexicon, candidates
from kg.extract.participants import owners, participants, place
from kg.extract.scene import Scene
from kg.model import Participant
from kg.schema import EventType

_PLACES = frozenset({"City", "Region", "Place"})
_HOLDERS = frozenset({"Government", "Official"})
_MEANS = frozenset({"Equipment", "Military"})
_AT = ("in", "at", "near", "outside", "off")
_ASIDE = frozenset({"relcl", "appos", "parataxis", "punct", "csubj", "intj", "meta"})
Types = Mapping[str, EventType]


@dataclass(frozen=True, slots=True)
class Reading:
    """A frame on a trigger, with the participants that its slots name.

    Attributes:
        type: Name of the event type.
        rank: What the frame asked for and got; the highest on a trigger wins.
        why: The voices that chose the type, in order.
        agreement: Probability that the classifier gives to the category; None if not asked.
    """

    candidate: Candidate
    type: str
    actor: tuple[Participant, ...]
    target: tuple[Participant, ...]
    rank: float
    why: tuple[str, ...]
    agreement: float | None = None


def readings(scene: Scene, lexicon: Lexicon, types: Types) -> list[Reading]:
    """The events of a sentence, in order: the best reading of each trigger, if it is one.

    What a speech act contains, and the toll of an attack, are no events of their own.
    """
    chosen = [
        best for fitting in candidates(scene.doc, lexicon) if (best := _best(fitting, scene, types))
    ]
    consumed = {w.i for f in chosen for w in f.candidate.words}
    chosen = [f for f in chosen if f.candidate.trigger.i not in consumed]
    chosen = [f for f in chosen if not _is_content(f, chosen, types)]
    return _without_consequences(chosen, types)


def _without_consequences(chosen: list[Reading], types: Types) -> list[Reading]:
    """An attack and its toll are one event: "blew up the depot, killing two workers"."""
    merged = {f.candidate.trigger.i: f for f in chosen}
    for found in chosen:
        trigger = found.candidate.trigger
        cause = merged.get(trigger.head.i)
        if trigger.dep_ != "advcl" or trigger.tag_ != "VBG" or cause is None:
            continue
        kinds = [types[f.candidate.frame.type].category for f in (found, cause)]
        if kinds[0] == kinds[1] and {a.id for a in found.actor} <= {a.id for a in cause.actor}:
            del merged[trigger.i]
            others = tuple(t for t in found.target if t.id not in {c.id for c in cause.target})
            merged[cause.candidate.trigger.i] = replace(cause, target=cause.target + others)
    return list(merged.values())


def _best(fitting: list[Candidate], scene: Scene, types: Types) -> Reading | None:
    """The reading of one trigger that asks most of the sentence and gets it.

    A role that its frame leaves open is taken from the next best frame of the same category.
    """
    resolved = (_resolve(c, scene, types[c.frame.type]) for c in fitting)
    ranked = sorted((r for r in resolved if r), key=lambda r: -r.rank)
    if not ranked:
        return None
    best = ranked[0]
    category = types[best.candidate.frame.type].category
    for other in ranked[1:]:
        if types[other.candidate.frame.type].category == category:
            best = _completed(best, other, types[best.candidate.frame.type].two_sided)
    return best


def _completed(best: Reading, other: Reading, two_sided: bool) -> Reading:
    if two_sided and len(best.actor) < 2 and len(other.actor) > 1:
        return replace(best, actor=other.actor)
    if not best.actor and other.actor:
        best = replace(best, actor=other.actor)
    taken = {a.id for a in best.actor}
    if not two_sided and not best.target and not taken & {t.id for t in other.target}:
        best = replace(best, target=other.target)
    return best


def _resolve(candidate: Candidate, scene: Scene, type: EventType) -> Reading | None:
    """Participants of a reading; None where the words in its slots name nobody."""
    if scene.is_inside_name(candidate.trigger):
        return None  # "the Agency for the Protection of Birds"
    actor = _everyone(candidate.actor, scene)
    doers = _with_states(actor, scene)
    target = _others(_everyone(candidate.target, scene, not candidate.strict, doers), actor)
    if not candidate.actor and type.place_is_actor and syntax.is_agentless(candidate.trigger):
        actor = _others(_authority(candidate.trigger, scene), target)
    frame = candidate.frame
    if candidate.actor and not actor and not frame.noun:
        return None  # what does it is nobody: "a drug that kills", "the figures suggest"
    if type.own_content:
        target = [t for t in target if not _is_own_state(t, actor)]
    if type.own_content and _is_about_others(candidate, scene, doers, target):
        return None
    if frame.subject == "target" and candidate.target and not target and not frame.noun:
        return None  # "laughter greeted his remark"
    wanted = any(p.role == "target" and not p.optional for p in frame.parts)
    if wanted and not target:
        return None
    if all(t.type in _PLACES for t in target):
        # "closed the Russian consulate in Seattle" is about Russia
        aside = [p for w in candidate.words for p in owners(w, scene, before=True)]
        target = _others(aside, actor) or target
    if not target:
        target = _others(_owners(candidate, scene), actor)
    named = bool(target)
    if not target and type.place_is_target and not type.two_sided:
        where = place_of(candidate.trigger, scene)
        target = _others([where] if where else [], actor)
    if type.two_sided or frame.two_sided:
        actor, target = actor + target, []
        if frame.noun and len(actor) == 1:
            actor += _others(_everyone(syntax.attendants(candidate.trigger), scene), actor)
    if len(actor) == 1 and type.mentioned_is_target:
        own = {a.code for a in actor}
        if all(_is_means(t, own) for t in target):
            target = _others(mentioned(candidate, scene, own), actor) or target
    if type.two_sided or frame.two_sided:
        if len(actor) < 2 and frame.noun:
            return None
    if frame.noun:
        # "the Katyn massacre": a place before a noun is where, not who
        actor = [a for a in actor if a.type not in _PLACES]
    whole = (*actor, *target)
    if all(p.code == "---" and p.type in _HOLDERS for p in whole):
        return None  # "the prime minister called an election", of no known state
    if not actor and (not target or (frame.noun and not any(t.resolved for t in target))):
        return None
    # whoever is named as hit comes before where it happened
    rank = candidate.weight + 0.6 * bool(actor) + (0.6 if named else 0.4) * bool(target)
    rank += 0.05 * len(type.lineage)
    rule = f"frame: {frame.text} ({type.name})"
    return Reading(candidate, type.name, tuple(actor), tuple(target), rank, (rule,))


def _owners(candidate: Candidate, scene: Scene) -> list[Participant]:
    """Whose thing it is that a frame's fixed object names: "welcomed Baku's decision"."""
    for word in candidate.words:
        if word.dep_ in ("dobj", "nsubjpass", "pobj", "attr") and word.pos_ in ("NOUN", "PROPN"):
            found = participants(word, scene, loose=False) or owners(word, scene)
            if found:
                return found
    return []


def mentioned(candidate: Candidate, scene: Scene, own: set[str]) -> list[Participant]:
    """Whom the rest of the clause concerns: "agreed to lift the ban on Kenya's tea".

    The nearest to the trigger comes first; other statements and asides are left out.

    Args:
        own: Codes of those who act; their own troops and goods are not whom they act on.
    """
    level = [candidate.trigger, *candidate.words]
    seen = {t.i for t in level}
    while level:
        below = [c for t in level for c in t.children if c.i not in seen and _concerns(c, t)]
        seen |= {t.i for t in below}
        for word in sorted(below, key=lambda t: t.i):
            if word.pos_ in ("NOUN", "PROPN", "PRON") or word.dep_ in ("poss", "amod", "compound"):
                found = participants(word, scene, loose=False)
                known = [p for p in found if p.code not in own and _is_somebody(p)]
                if known:
                    return known
        level = below
    return []


def _concerns(child: Token, head: Token) -> bool:
    """Whether a word belongs to what its head says, and not to another statement."""
    if child.dep_ in _ASIDE or (child.dep_ == "agent" and not syntax.is_passive(head)):
        return False
    if child.lower_ == "according":
        return False  # who says so
    if child.dep_ in ("nsubj", "nsubjpass"):
        return head.dep_ in ("ccomp", "xcomp", "acl", "pcomp", "advcl")
    if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
        return head.dep_ != "ROOT" and not any(c.dep_ == "nsubj" for c in child.children)
    if child.dep_ in ("advcl", "acl"):
        return syntax.has_to(child) or (child.dep_ == "acl" and child.tag_ in ("VBN", "VBG"))
    return True


def _is_somebody(who: Participant) -> bool:
    return who.type != "Equipment" and (who.resolved or who.code != "---" or who.type != "Group")


def _is_means(who: Participant, own: set[str]) -> bool:
    """Whether it is what somebody acts with: "send peacekeepers", "withdraw its troops"."""
    return who.type in _MEANS and who.code in own


def _is_own_state(who: Participant, actor: list[Participant]) -> bool:
    """Whether it is the very state for which an official acts: no official threatens that."""
    codes = {a.code for a in actor if a.type == "Official"}
    return who.type == "State" and who.code in codes


def _is_about_others(
    candidate: Candidate, scene: Scene, doers: frozenset[str], target: list[Participant]
) -> bool:
    """Whether what is announced is done by a third side: "warned that the rebels may attack"."""
    sides = doers | _with_states(target, scene)
    for clause in syntax.complements(candidate.trigger):
        for subject in (c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")):
            about = participants(subject, scene, loose=False)
            if about and not sides & _with_states(about, scene):
                return True
    return False


def _with_states(found: list[Participant], scene: Scene) -> frozenset[str]:
    """IRIs of participants and of the states for which they act."""
    states = {s.id for p in found if (s := scene.state(p.code))}
    return frozenset(p.id for p in found) | states


def _authority(trigger: Token, scene: Scene) -> list[Participant]:
    """Whose police and courts it must have been: "was arrested in Niger", "expelled from Peru"."""
    where = place_of(trigger, scene, (*_AT, "from", "by"))
    return [where] if where and where.type in ("State", "Territory") else []


def _others(found: list[Participant], taken: list[Participant]) -> list[Participant]:
    return [p for p in found if p.id not in {t.id for t in taken}]


def _everyone(
    tokens: Iterable[Token],
    scene: Scene,
    loose: bool = True,
    avoid: frozenset[str] = frozenset(),
) -> list[Participant]:
    found: list[Participant] = []
    for token in tokens:
        known = {f.id for f in found}
        found += [p for p in participants(token, scene, loose, avoid) if p.id not in known]
    return found


def _is_content(found: Reading, others: list[Reading], types: Types) -> bool:
    """Whether it is what somebody threatens, demands, promises: no event of its own."""
    trigger = found.candidate.trigger
    for other in others:
        head = other.candidate.trigger
        if other is found or not types[other.candidate.frame.type].content:
            continue
        if head.i == trigger.i or not head.is_ancestor(trigger):
            continue
        path = [trigger, *[a for a in trigger.ancestors if head.is_ancestor(a)]]
        if path[-1].dep_ in ("relcl", "nsubj", "nsubjpass", "conj"):
            continue
        if any(t.dep_ in ("relcl", "advcl", "parataxis") for t in path):
            if not any(t.dep_ == "advcl" and syntax.has_to(t) for t in path):
                continue
        own = {a.id for a in found.actor} - {p.id for p in (*other.actor, *other.target)}
        stated = trigger.pos_ in ("NOUN", "PROPN") and own and found.candidate.actor
        if not stated:
            return True
    return False


def place_of(trigger: Token, scene: Scene, preps: tuple[str, ...] = _AT) -> Participant | None:
    """Where an event happens: the place that a preposition names beside its trigger."""
    for base in (trigger, trigger.head):
        for child in base.children:
            if child.dep_ == "prep" and child.lower_ in preps:
                for name in child.children:
                    if name.dep_ == "pobj":
                        return place(name, scene)
        if base.pos_ in ("VERB", "AUX"):
            break
    return None
