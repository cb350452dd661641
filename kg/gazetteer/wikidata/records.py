"""What is taken from Wikidata, whichever way it comes: people, their terms, and positions."""

import re
from dataclasses import dataclass
from datetime import date

ENDED = "?"
"""The end of a term that is over, nobody knows since when."""
LANGUAGES = ("en", "mul", "en-gb", "en-us", "en-ca")
"""Languages whose names are English ones, the best first; `mul` holds names in all languages."""
_YEAR, _MONTH, _DAY = 9, 10, 11
_TIME = re.compile(r"([+-]?)(\d{4,})-(\d\d)-(\d\d)(?:T|$)")


@dataclass(frozen=True, slots=True)
class Term:
    """A statement that somebody held a position.

    Attributes:
        id: Of the statement.
        begin: Day, month or year, such as `2017-05`.
        end: The same, or `ENDED`.
    """

    id: str
    position: str
    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A human being of Wikidata; all ids are numbers there, such as `Q42`.

    Attributes:
        line: Where it stands in a dump; 0 elsewhere.
    """

    id: str
    name: str | None
    aliases: tuple[str, ...] = ()
    gender: str | None = None
    citizenships: tuple[str, ...] = ()
    died: str | None = None
    terms: tuple[Term, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """An office of Wikidata, with what it applies to (P1001) and the country (P17)."""

    id: str
    name: str | None
    aliases: tuple[str, ...] = ()
    jurisdictions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def wikidata_time(text: str, precision: int | None) -> str | None:
    """A time as Wikidata writes it → as much of it as is known.

    Args:
        text: Such as `+2017-05-14T00:00:00Z`; parts that are not known are 00.
        precision: 9 year, 10 month, 11 day; None where it is not given.

    Returns:
        `2017-05-14`, `2017-05` or `2017`; None for what is vaguer than a year or before our era.

    Raises:
        ValueError: It is no time.
    """
    found = _TIME.match(text)
    if found is None:
        raise ValueError(f'"{text}" is no time.')
    sign, year, month, day = found.groups()
    known = _DAY if precision is None else min(precision, _DAY)
    if known < _YEAR or sign == "-" or not 0 < int(year) <= date.max.year:
        return None
    year = f"{int(year):04}"
    if known == _YEAR or month == "00":
        return year
    known = _MONTH if day == "00" else known
    try:
        date(int(year), int(month), int(day) if known == _DAY else 1)
    except ValueError as error:
        raise ValueError(f'"{text}" is no time.') from error
    return f"{year}-{month}-{day}" if known == _DAY else f"{year}-{month}"


def first_day(text: str) -> date:
    """First day of a day, month or year."""
    return date.fromisoformat((text + "-01-01")[:10])


def english(names: dict[str, str]) -> str | None:
    """The name of somebody who has names in several languages."""
    found = (names[language] for language in LANGUAGES if names.get(language))
    return next((" ".join(name.split()) for name in found if name.strip()), None)
