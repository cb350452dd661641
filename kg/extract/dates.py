"""Date phrases → EDTF, seen from the day of publication.

Method: a small grammar finds the phrases that news uses; `dateutil` reads the absolute ones.
Relative ones count from the day of publication, anaphoric ones ("the next day") from the date named
before them. What the words do not say stays open: "in March" is a month, "recently" is nothing.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from dateutil import parser
from dateutil.relativedelta import relativedelta

from kg.extract.datewords import DATE, DAYS, LEAD, MONTHS, NUMBERS, SEASONS


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date phrase of a sentence.

    Attributes:
        start: Character offset in the sentence; `end` exclusive.
        begin: First day it covers; `last` the last one.
        edtf: The value if nothing more is known.
        lead: `since`, `by` … when such a word stands before it.
        fixed: It does not depend on tense (a bare weekday or month does).
    """

    start: int
    end: int
    begin: date
    last: date
    edtf: str
    lead: str | None = None
    fixed: bool = True


_SOON = 60
"""Days ahead up to which a day without a year is that of this year."""


def date_phrases(
    text: str,
    published: date | None,
    anchor: date | None,
    future: bool = False,
    day: date | None = None,
) -> Iterator[DatePhrase]:
    """All date phrases of a sentence.

    Args:
        text: The sentence.
        published: Day of publication; without it only absolute phrases have a value.
        anchor: Begin of the last date that the article named: "two years later" counts from it.
        future: Read bare weekdays and months as those to come.
        day: The last single day that it named, which "the next day" follows; None if that is
            the anchor.
    """
    day = day or anchor
    for found in DATE.finditer(text):
        value = _value(found, published, anchor, day, future)
        if value is None:
            continue
        begin, last, edtf, fixed = value
        lead = LEAD.search(text, 0, found.start())
        word = lead["lead"].lower() if lead else None
        if found[0].lower().startswith(("since", "until", "by", "within")):
            word = found[0].split()[0].lower()
        yield DatePhrase(found.start(), found.end(), begin, last, edtf, word, fixed)
        anchor = begin
        day = begin if begin == last else day


def _value(
    m: re.Match[str],
    published: date | None,
    anchor: date | None,
    day: date | None,
    future: bool,
) -> tuple[date, date, str, bool] | None:
    try:
        if found := _absolute(m) or _yearless(m, published or anchor, future):
            return found
        found = _relative(m, published, day or published, future) if published else None
        return found or _anchored(m, anchor or published, day or published)
    except (ValueError, OverflowError):  # 31 February: words that name no day
        return None


def _absolute(m: re.Match[str]) -> tuple[date, date, str, bool] | None:
    if m["day"]:
        return _day(_parsed(m["day"], dayfirst=not m["day"].startswith(("19", "20"))))
    if m["slashed"]:
        # 4/5/2021 is in April here and in May there
        readings = {_parsed(m["slashed"], dayfirst=d) for d in (True, False)}
        day = readings.pop()
        return _whole_year(day.year) if readings else _day(day)
    if m["y8"]:
        return (date(int(m["y8"]), 1, 1), date(int(m["y9"]), 12, 31), f"{m['y8']}/{m['y9']}", True)
    if m["month"]:
        first = _parsed(m["month"])
        return _whole_month(first.year, first.month)
    year = m["sy"] or m["sy0"]
    if m["season"] and year:
        return _season(int(year), m["season"].lower())
    if m["decade"]:
        y = int(m["decade"])
        return (date(y, 1, 1), date(y + 9, 12, 31), f"{y // 10}X", True)
    if m["y7"]:
        return _whole_year(int(m["y7"]))
    return None


def _yearless(
    m: re.Match[str], near: date | None, future: bool
) -> tuple[date, date, str, bool] | None:
    """A day without a year: the last one before a day that is known, or the next one to come.

    News tells of the next few weeks in any tense: "the talks set for May 3".
    """
    if near is None or not (m["m4"] or m["m5"]):
        return None
    month, day = _month(m["m4"] or m["m5"]), int(m["d4"] or m["d5"])
    years = [y for y in range(near.year - 1, near.year + 2) if _exists(y, month, day)]
    options = [date(year, month, day) for year in years]
    if future:
        return _day(min(options, key=lambda o: abs((o - near).days))) if options else None
    past = [o for o in options if (o - near).days <= _SOON]
    return _day(max(past)) if past else None


def _relative(
    m: re.Match[str], published: date, day: date, future: bool
) -> tuple[date, date, str, bool] | None:
    if m["m6"]:
        month = _month(m["m6"])
        past = published.year - (month > published.month)
        return _whole_month(past + 1 if future and past < published.year else past, month, False)
    if m["w"]:
        return _weekday(m, published, day, future)
    if m["near"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(m["near"].lower(), 0)
        return _day(published + timedelta(shift))
    if m["an"]:
        return _ago(published, _number(m["an"]), m["au"].lower().rstrip("s"))
    if m["ru"]:
        return _rel(m["rw"].lower(), m["ru"].lower(), published)
    if m["season"]:
        return _relative_season(m["sw"].lower(), m["season"].lower(), published)
    return None


def _anchored(
    m: re.Match[str], anchor: date | None, day: date | None
) -> tuple[date, date, str, bool] | None:
    if anchor is None or day is None:
        return None
    if m["same"]:
        return _day(day)
    if m["nextday"]:
        return _day(day + timedelta(1))
    if m["daybefore"]:
        return _day(day - timedelta(1))
    if m["within"]:
        hours = {"hour": 1, "day": 24, "week": 168, "month": 730}[m["wu"].lower()]
        return _day(day + timedelta(hours=_number(m["wn"]) * hours))
    if m["ln"]:
        number, unit = _number(m["ln"]), m["lu"].lower().rstrip("s")
        sign = -1 if m["lw"].lower() in ("earlier", "before") else 1
        if unit in ("day", "week"):
            return _day(day + timedelta(sign * number * (7 if unit == "week" else 1)))
        return _shifted(anchor, sign * number, unit)
    return None


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= monthrange(year, month)[1]


def _weekday(
    m: re.Match[str], published: date, anchor: date, future: bool
) -> tuple[date, date, str, bool]:
    wanted = DAYS[m["w"].lower()]
    word = (m["ww"] or "").strip().lower()
    if word == "the following":
        return _day(anchor + timedelta((wanted - anchor.weekday() - 1) % 7 + 1))
    if word == "next" or (future and not word):
        return _day(published + timedelta((wanted - published.weekday() - 1) % 7 + 1), bool(word))
    back = (published.weekday() - wanted) % 7
    if word in ("last", "the previous") and back == 0:
        back = 7
    return _day(published - timedelta(back), bool(word))


def _ago(published: date, number: int, unit: str) -> tuple[date, date, str, bool]:
    if unit == "day":
        return _day(published - timedelta(number))
    if unit == "week":
        return _week(published - timedelta(7 * number))
    return _shifted(published, -number, unit)


def _shifted(anchor: date, number: int, unit: str) -> tuple[date, date, str, bool]:
    if unit == "month":
        moved = anchor + relativedelta(months=number)
        return _whole_month(moved.year, moved.month)
    return _whole_year(anchor.year + number * (10 if unit == "decade" else 1))


def _rel(word: str, unit: str, published: date) -> tuple[date, date, str, bool]:
    step = {"last": -1, "next": 1}.get(word, 0)
    if unit == "week":
        return _week(published + timedelta(7 * step))
    if unit == "weekend":
        monday = published - timedelta(published.weekday()) + timedelta(7 * step)
        begin = monday + timedelta(5)
        return (begin, begin + timedelta(1), f"{begin}/{begin + timedelta(1)}", True)
    return _shifted(published, step, unit)


def _relative_season(word: str, season: str, published: date) -> tuple[date, date, str, bool]:
    """The season before, around or after a day; a bare one ("in spring") is the last begun."""
    step = {"next": 1, "last": -1}.get(word, 0)
    found = [_season(published.year + d, season) for d in (-2, -1, 0, 1, 2)]
    if step > 0:
        return next(f for f in found if f[0] > published)
    ended = [f for f in found if (f[1] if step else f[0]) < published]
    return ended[-1]


def _season(year: int, season: str) -> tuple[date, date, str, bool]:
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[season]
    begin = date(year, first, 1)
    last = (begin + timedelta(92)).replace(day=1) - timedelta(1)
    return (begin, last, f"{year}-{SEASONS[season]}", True)


def _day(day: date, fixed: bool = True) -> tuple[date, date, str, bool]:
    return (day, day, day.isoformat(), fixed)


def _week(day: date) -> tuple[date, date, str, bool]:
    monday = day - timedelta(day.weekday())
    sunday = monday + timedelta(6)
    return (monday, sunday, f"{monday}/{sunday}", True)


def _whole_month(year: int, month: int, fixed: bool = True) -> tuple[date, date, str, bool]:
    last = date(year, month, monthrange(year, month)[1])
    return (date(year, month, 1), last, f"{year:04}-{month:02}", fixed)


def _whole_year(year: int) -> tuple[date, date, str, bool]:
    return (date(year, 1, 1), date(year, 12, 31), f"{year:04}", True)


@lru_cache(maxsize=4096)
def _parsed(words: str, dayfirst: bool = False) -> date:
    """The day that an absolute date names; the first one of a month."""
    return parser.parse(words, default=datetime(1, 1, 1), dayfirst=dayfirst).date()


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _number(word: str) -> int:
    word = word.lower().removeprefix("a ").removesuffix(" of")
    return int(word) if word.isdigit() else NUMBERS[word]
