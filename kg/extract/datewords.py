"""The words of date phrases in news English: months, days, numbers, and the grammar over them."""

import re

MONTHS = {
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
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
DAYS = {
    d: i
    for i, d in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}
NUMBERS = {
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
CALENDAR = frozenset({*MONTHS, *DAYS})
"""Months, also shortened, and days of the week."""
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
# with a capital: "this may lead to war" names no month
_M = (
    r"(?-i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_W = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_N = (
    r"(?:\d{1,3}|a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|twenty)"
)
_U = r"(?:day|week|month|year|decade)s?"
_Y = r"(?:19|20)\d\d"
_D = r"\d\d?(?:st|nd|rd|th)?"
_PATTERNS = [
    (
        "day",
        rf"(?P<day>{_Y}([-/])\d\d?\2\d\d?|\d\d?\.\d\d?\.{_Y}"
        rf"|{_M} {_D},? {_Y}|{_D}(?:(?: of)? |-){_M}(?:,? |-){_Y})",
    ),
    ("slashed", rf"(?P<slashed>\d\d?/\d\d?/{_Y})"),
    ("span", rf"(?:from|between) (?P<y8>{_Y}) (?:to|until|and) (?P<y9>{_Y})"),
    ("month", rf"(?P<month>{_M}(?: of)?,? {_Y})"),
    ("md", rf"(?P<m4>{_M}) (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[,.]\d)"),
    ("dm", rf"(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m5>{_M})(?![a-z])"),
    (
        "season",
        rf"(?P<sw>last|this|next|in(?: the)?|(?P<sy0>{_Y})) "
        r"(?P<season>spring|summer|autumn|fall|winter)"
        rf"(?:(?: of)? (?P<sy>{_Y}))?",
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
    ("within", rf"(?P<within>within (?P<wn>{_N}) (?P<wu>hour|day|week|month)s?)"),
    ("ago", rf"(?P<an>{_N}) (?P<au>{_U}) ago"),
    ("later", rf"(?P<ln>{_N}) (?P<lu>{_U}) (?P<lw>later|earlier|afterwards?|before)"),
    (
        "rel",
        r"(?:(?:early|earlier|late|later) )?"
        r"(?P<rw>last|this|next|that) (?P<ru>week|month|year|weekend)",
    ),
    (
        "thismonth",
        r"(?:in|since|until|by|last|this|next|of|during|early|late|mid-|through) ?"
        rf"(?:early |late |mid-)?(?P<m6>{_M})(?![a-z]|\.?(?: of)? ?\d)",
    ),
    ("decade", r"(?:the )?(?:early |late |mid-)?(?P<decade>(?:19|20)\d0)s"),
    ("year", rf"(?<![$€£])(?P<y7>{_Y})(?![\d%]|\.\d)"),
]
DATE = re.compile(r"(?<![\w-])(?:" + "|".join(p for _, p in _PATTERNS) + r")(?!\w)", re.IGNORECASE)
"""One date phrase; the named groups say which kind."""
LEAD = re.compile(
    r"\b(?P<lead>since|by|until|before|from|after)\s+"
    r"(?:early |late |the end of |the start of |mid-)?$",
    re.IGNORECASE,
)
