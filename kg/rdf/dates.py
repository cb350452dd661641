"""EDTF → typed dates: `2021-12-01`, `2021-06`, `199X`, `2014-21`, `2014/..` → xsd literals.

Only what a plain date type can say is translated; the EDTF text itself always goes along.
"""

import re
from datetime import date

import pyoxigraph as ox

from kg.rdf.terms import DATE, xsd

_MONTH, _YEAR = xsd("gYearMonth"), xsd("gYear")
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}


def date_literals(edtf: str) -> dict[str, ox.Literal]:
    """What an EDTF string says as xsd dates.

    Args:
        edtf: A date, month, year, season, decade or an interval of these.

    Returns:
        `{"date": …}` for a single day, month or year; `begin` and `end` (or one of them) for
        anything that spans several; empty when the text is no date that can be typed.
    """
    if "/" not in edtf:
        extent = _extent(edtf)
        if extent is None:
            return {}
        return (
            {"date": extent[0]} if extent[0] == extent[1] else dict(zip(_ENDS, extent, strict=True))
        )
    parts = [None if p in ("", "..") else p for p in edtf.split("/")]
    extents = [p and _extent(p) for p in parts]
    if len(parts) != 2 or any(p and not e for p, e in zip(parts, extents, strict=True)):
        return {}
    return {name: e[i] for i, (name, e) in enumerate(zip(_ENDS, extents, strict=True)) if e}


_ENDS = ("begin", "end")


def _extent(text: str) -> tuple[ox.Literal, ox.Literal] | None:
    """First and last day, month or year of one EDTF date."""
    text = text.rstrip("~?%")
    if re.fullmatch(r"\d{3}X", text):
        return _year(int(text[:3]) * 10), _year(int(text[:3]) * 10 + 9)
    season = re.fullmatch(r"(\d{4})-(2[1-4])", text)
    if season:
        first, last = _SEASONS[season[2]]
        year = int(season[1])
        # a winter is named after the year in which it begins
        return _month(year, first), _month(year + (last < first), last)
    if not _is_day((text + "-01-01")[:10]):
        return None
    kind = {4: _YEAR, 7: _MONTH, 10: DATE}.get(len(text))
    literal = ox.Literal(text, datatype=kind) if kind else None
    return (literal, literal) if literal else None


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _year(year: int) -> ox.Literal:
    return ox.Literal(f"{year:04}", datatype=_YEAR)


def _month(year: int, month: int) -> ox.Literal:
    return ox.Literal(f"{year:04}-{month:02}", datatype=_MONTH)
