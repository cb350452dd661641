"""Date phrases → EDTF, seen from the day of publication.

Method: a small grammar of the phrases that news uses; relative ones count from the day of
publication, anaphoric ones ("the next day") from the date named before them. What the words do not
say stays open: "in March" is a month, "recently" is nothing.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: i
    for i, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug\n        ",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_DAYS = {
    d: i
    for i, d in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}
_NUMBERS = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"a": 1, "an": 1, "couple": 2, "fifteen": 15, "twenty": 20}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_M = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_W = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_N = r"(?:\d{1,3}|a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty)"
_U = r"(?:day|week|month|year|decade)s?"
_Y = r"(?:19|20)\d\d"
_PATTERNS = [
    ("iso", r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)"),
    ("mdy", rf"(?P<m1>{_M}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>{_Y})"),
    ("dmy", rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m2>{_M}),? (?P<y2>{_Y})"),
    ("span", rf"(?:from|between) (?P<y8>{_Y}) (?:to|until|and) (?P<y9>{_Y})"),
    ("my", rf"(?P<m3>{_M})(?: of)?,? (?P<y3>{_Y})"),
    ("md", rf"(?P<m4>{_M}) (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[,.]\d)"),
    ("dm", rf"(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m5>{_M})(?![a-z])"),
    (
        "season",
        rf"(?P<sw>last|this|next|in(?: the)?|(?P<sy0>{_Y})) (?P<season>spring|summer|autumn|fall|winter)(?:(?: of)? (?P<sy>{_Y}))?",
    ),
    ("weekday", rf"(?P<ww>(?:last|next|this|the following|the previous) )?(?P<w>{_W})"),
    ("near", r"(?P<near>today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening))"),
    (
        "sameday",
        r"(?P<same>(?:the|that) (?:same )?(?:day|evening|night)(?! (?:before|after|when|of)))",
    ),
    (
        "nextday",
        r"(?P<nextday>(?:the )?(?:next|following) (?:day|morning)|the day after\b(?! tomorrow))",
    ),
    ("daybefore", r"(?P<daybefore>(?:the )?(?:previous day|day before|night before))"),
    ("ago", rf"(?P<an>{_N}) (?P<au>{_U}) ago"),
    ("later", rf"(?P<ln>{_N}) (?P<lu>{_U}) (?P<lw>later|earlier|afterwards?|before)"),
    (
        "rel",
        r"(?:(?:early|earlier|late|later) )?(?P<rw>last|this|next|that) (?P<ru>week|month|year|weekend)",
    ),
    (
        "thismonth",
        rf"(?:in|since|until|by|last|this|next|of|during|early|late|mid-|through) ?(?:early |late |mid-)?(?P<m6>{_M})(?![a-z]| \d)",
    ),
    ("decade", r"(?:the )?(?:early |late |mid-)?(?P<decade>(?:19|20)\d0)s"),
    ("year", rf"(?P<y7>{_Y})(?![\d%])"),
]
_DATE = re.compile(r"(?<![\w-])(?:" + "|".join(p for _, p in _PATTERNS) + r")(?!\w)", re.IGNORECASE)
_LEAD = re.compile(
    r"\b(?P<lead>since|by|until|before|from|after)\s+(?:early |late |the end of |the start of |mid-)?$",
    re.IGNORECASE,
)


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


def date_phrases(
    text: str, published: date | None, anchor: date | None, future: bool = False
) -> Iterator[DatePhrase]:
    """All date phrases of a sentence.

    Args:
        text: The sentence.
        published: Day of publication; without it only absolute phrases have a value.
        anchor: Day that "the next day" follows: the last one the article named.
        future: Read bare weekdays and months as those to come.
    """
    for found in _DATE.finditer(text):
        value = _value(found, published, anchor, future)
        if value is None:
            continue
        begin, last, edtf, fixed = value
        lead = _LEAD.search(text, 0, found.start())
        word = lead["lead"].lower() if lead else None
        if found[0].lower().startswith(("since", "until", "by")):
            word = found[0].split()[0].lower()
        yield DatePhrase(found.start(), found.end(), begin, last, edtf, word, fixed)
        anchor = begin


def with_lead(phrase: DatePhrase, published: date | None, planned: bool, ordered: bool) -> str:
    """EDTF of an event that the phrase dates, its preposition taken into account.

    Args:
        planned: The event is still to come; "by X" then runs from publication to X.
        ordered: It is an order with a deadline; "by X" then ends the interval.
    """
    if phrase.lead == "since":
        return f"{phrase.edtf}/.."
    if phrase.lead in ("by", "until") and (planned or ordered):
        begin = published.isoformat() if planned and published else ".."
        return f"{begin}/{phrase.last.isoformat()}"
    return phrase.edtf


def _value(
    m: re.Match[str], published: date | None, anchor: date | None, future: bool
) -> tuple[date, date, str, bool] | None:
    try:
        return _absolute(m) or (
            _relative(m, published, anchor or published, future)
            if published
            else _anchored(m, anchor)
        )
    except (ValueError, OverflowError):  # 31 February: words that name no day
        return None


def _absolute(m: re.Match[str]) -> tuple[date, date, str, bool] | None:
    if m["iso"]:
        return _day(date.fromisoformat(m["iso"]))
    if m["y1"]:
        return _day(date(int(m["y1"]), _month(m["m1"]), int(m["d1"])))
    if m["y2"]:
        return _day(date(int(m["y2"]), _month(m["m2"]), int(m["d2"])))
    if m["y8"]:
        return (date(int(m["y8"]), 1, 1), date(int(m["y9"]), 12, 31), f"{m['y8']}/{m['y9']}", True)
    if m["y3"]:
        return _whole_month(int(m["y3"]), _month(m["m3"]))
    year = m["sy"] or m["sy0"]
    if m["season"] and year:
        return _season(int(year), m["season"].lower())
    if m["decade"]:
        y = int(m["decade"])
        return (date(y, 1, 1), date(y + 9, 12, 31), f"{y // 10}X", True)
    if m["y7"]:
        return _whole_year(int(m["y7"]))
    return None


def _relative(
    m: re.Match[str], published: date, anchor: date | None, future: bool
) -> tuple[date, date, str, bool] | None:
    if m["m4"] or m["m5"]:
        month, day = _month(m["m4"] or m["m5"]), int(m["d4"] or m["d5"])
        options = [date(published.year + d, month, day) for d in (-1, 0, 1)]
        return _day(min(options, key=lambda o: abs((o - published).days)))
    if m["m6"]:
        month = _month(m["m6"])
        past = published.year - (month > published.month)
        return _whole_month(past + 1 if future and past < published.year else past, month, False)
    if m["w"]:
        return _weekday(m, published, anchor or published, future)
    if m["near"]:
        shift = {"yesterday": -1, "tomorrow": 1}.get(m["near"].lower(), 0)
        return _day(published + timedelta(shift))
    if m["an"]:
        return _ago(published, _number(m["an"]), m["au"].lower().rstrip("s"))
    if m["ru"]:
        return _rel(m["rw"].lower(), m["ru"].lower(), published)
    if m["season"]:
        return _relative_season(m["sw"].lower(), m["season"].lower(), published)
    return _anchored(m, anchor)


def _anchored(m: re.Match[str], anchor: date | None) -> tuple[date, date, str, bool] | None:
    if anchor is None:
        return None
    if m["same"]:
        return _day(anchor)
    if m["nextday"]:
        return _day(anchor + timedelta(1))
    if m["daybefore"]:
        return _day(anchor - timedelta(1))
    if m["ln"]:
        number, unit = _number(m["ln"]), m["lu"].lower().rstrip("s")
        sign = -1 if m["lw"].lower() in ("earlier", "before") else 1
        if unit in ("day", "week"):
            return _day(anchor + timedelta(sign * number * (7 if unit == "week" else 1)))
        return _shifted(anchor, sign * number, unit)
    return None


def _weekday(
    m: re.Match[str], published: date, anchor: date, future: bool
) -> tuple[date, date, str, bool]:
    wanted = _DAYS[m["w"].lower()]
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
        months = anchor.year * 12 + anchor.month - 1 + number
        return _whole_month(months // 12, months % 12 + 1)
    return _whole_year(anchor.year + number * (10 if unit == "decade" else 1))


def _rel(word: str, unit: str, published: date) -> tuple[date, date, str, bool]:
    step = {"last": -1, "next": 1}.get(word, 0)
    if unit == "week":
        return _week(published + timedelta(7 * step))
    if unit == "weekend":
        monday = published - timedelta(published.weekday()) + timedelta(7 * min(step, 0))
        if word == "this" and published.weekday() < 4:
            monday -= timedelta(0)
        begin = monday + timedelta(5)
        return (begin, begin + timedelta(1), f"{begin}/{begin + timedelta(1)}", True)
    return _shifted(published, step, unit)


def _relative_season(word: str, season: str, published: date) -> tuple[date, date, str, bool]:
    middle = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}[season]
    year = published.year
    if word == "last" and middle >= published.month - 1:
        year -= 1
    if season == "winter" and word == "last" and published.month > 2:
        year = published.year - 1
    return _season(year, season)


def _season(year: int, season: str) -> tuple[date, date, str, bool]:
    first = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[season]
    begin = date(year, first, 1)
    last = (begin + timedelta(92)).replace(day=1) - timedelta(1)
    return (begin, last, f"{year}-{_SEASONS[season]}", True)


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


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _number(word: str) -> int:
    word = word.lower().removeprefix("a ").removesuffix(" of") or "a"
    return int(word) if word.isdigit() else _NUMBERS.get(word, 1)
