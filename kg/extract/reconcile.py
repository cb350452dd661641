"""What the sentences of one article tell each other: dates of headlines and of repeated reports."""

from collections.abc import Mapping
from dataclasses import replace

from kg.extract.assemble import identity
from kg.model import Event, Participant


def reconciled(headlines: list[Event], body: list[Event], names: Mapping[str, str]) -> list[Event]:
    """All events of an article, headlines first, with what the rest of it says about them.

    Args:
        names: IRI → name of a person as the article spells it.
    """
    dated = [_dated_by_body(h, body) for h in headlines]
    told = [_dated_by_another(e, body) for e in body]
    return [_spelled(event, names) for event in (*dated, *told)]


def _spelled(event: Event, names: Mapping[str, str]) -> Event:
    """Persons called as the article spells them, from the first mention on; their IRIs stay."""

    def rename(who: Participant) -> Participant:
        return replace(who, name=names[who.id]) if who.id in names else who

    if not names:
        return event
    return replace(
        event,
        actor=tuple(rename(p) for p in event.actor),
        target=tuple(rename(p) for p in event.target),
        said_by=rename(event.said_by) if event.said_by else None,
    )


def _dated_by_body(headline: Event, body: list[Event]) -> Event:
    """A headline's event takes the date that the article gives for the same event."""
    if headline.date is not None:
        return headline
    codes = {p.code for p in headline.actor}
    same = (
        e
        for e in body
        if e.date and e.category == headline.category and codes & {p.code for p in e.actor}
    )
    found = next(same, None)
    if found is None:
        return headline
    new = identity(headline.type, headline, found.date, headline.status, headline.document)
    return replace(
        headline, id=new, date=found.date, why=(*headline.why, "date: from the article's body")
    )


def _dated_by_another(event: Event, others: list[Event]) -> Event:
    """A report without a date has the one that the article gives elsewhere for the same event."""
    if event.date is not None or event.status != "actual":
        return event
    sides = _codes(event)
    same = {
        e.date
        for e in others
        if e.date and e.type == event.type and e.status == "actual"
        if _codes(e) == sides and not _others_did_it(e, event)
    }
    if len(same) != 1 or "---" in sides[0] | sides[1] or not all(sides):
        return event
    found = same.pop()
    return replace(
        event,
        id=identity(event.type, event, found, event.status, event.document),
        date=found,
        why=(*event.why, "date: of the same event elsewhere in the article"),
    )


def _others_did_it(one: Event, other: Event) -> bool:
    """Whether two persons did it, and so each something else: a president and the next one."""
    who = [{p.id for p in e.actor if p.type in ("Official", "Person")} for e in (one, other)]
    return bool(who[0]) and bool(who[1]) and not who[0] & who[1]


def _codes(event: Event) -> tuple[set[str], set[str]]:
    return {p.code for p in event.actor}, {p.code for p in event.target}
