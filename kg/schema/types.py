"""What the ontology says of events, as values."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Status
from kg.schema.codes import CameoCode, Category, Mode
from kg.schema.frames import Frame


@dataclass(frozen=True, slots=True)
class EventType:
    """One class of events.

    Attributes:
        name: Local name of the class, such as `Expulsion`.
        use_when: The cases it is for.
        not_when: The cases that look like it, with the type that is right.
        category: PLOVER category; None for classes outside PLOVER (votes, elections).
        quad: 1 to 4, as `Event.quad`; 0 outside PLOVER.
        score: Of its mode or category, if neither it nor a superclass has one of its own.
        cameo: CAMEO code that events of this type fall under.
        content: It reports words: what its complement says is no event of its own.
        own_content: What its complement says is done by or to one of its sides: a warning of what a
            third one may do is no threat.
        planned_as: Type of the same event while it is still to come (a meeting that is planned).
        announced_as: Type of the same event when its own actor says that it will come (a
            promise to withdraw).
        refused_as: Type of the same event when somebody says that it will not be done.
        ordered: It runs from the order to a deadline, where one is set.
        place_is_target: Where nobody is named, the place stands for whom it hits.
        mentioned_is_target: Where no slot of the frame names a target, the first one whom the rest
            of the clause concerns is it.
        place_is_actor: In a passive without an agent, the state where it happens does it.
        typical_actor: Entity classes, such as `State`, of whoever as a rule does it.
        action: IRI of the property that a plain triple uses.
        lineage: Superclasses below `Event`, nearest first.
    """

    name: str
    label: str
    definition: str
    use_when: str
    not_when: str
    category: str | None
    mode: str | None
    context: tuple[str, ...]
    quad: int
    score: float
    cameo: str | None
    two_sided: bool
    content: bool
    own_content: bool
    place_is_target: bool
    mentioned_is_target: bool
    place_is_actor: bool
    ordered: bool
    default_status: Status
    planned_as: str | None
    announced_as: str | None
    refused_as: str | None
    typical_actor: tuple[str, ...]
    typical_target: tuple[str, ...]
    action: str
    lineage: tuple[str, ...]
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """The event part of the ontology.

    Attributes:
        types: Event types by name.
        categories: PLOVER categories by name.
        modes: PLOVER modes by category and name.
        contexts: PLOVER context → its definition.
        cameo: CAMEO codes by number.
        words: Word lists by name.
        labels: Label by local name, for every class and property.
        inverse_labels: Action property (local name) → its words seen from the target.
        parents: Class → direct superclasses, local names, the whole class tree.
        broader: Property → all its super-properties, local names, of our own terms only.
        looks: Class → colour and shape in the picture of the graph.
    """

    types: Mapping[str, EventType]
    categories: Mapping[str, Category]
    modes: Mapping[tuple[str, str], Mode]
    contexts: Mapping[str, str]
    cameo: Mapping[str, CameoCode]
    words: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    inverse_labels: Mapping[str, str]
    parents: Mapping[str, tuple[str, ...]]
    broader: Mapping[str, tuple[str, ...]]
    looks: Mapping[str, tuple[str, str]]

    @property
    def actions(self) -> dict[str, str]:
        """Event type → IRI of its action property."""
        return {name: type.action for name, type in self.types.items()}

    def ancestors(self, name: str) -> tuple[str, ...]:
        """All superclasses of a class, nearest first, without `owl:Thing`."""
        return ancestors(name, self.parents)


def ancestors(name: str, parents: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What is above a class or property, nearest first, of our own terms only."""
    seen: list[str] = []
    queue = list(parents.get(name, ()))
    while queue:
        parent = queue.pop(0)
        if parent not in seen and not parent.startswith("http"):
            seen.append(parent)
            queue.extend(parents.get(parent, ()))
    return tuple(seen)
