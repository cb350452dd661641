"""Raw article text → text a parser can read, with a map back to the original offsets."""

import html
import re
from dataclasses import dataclass

_NOISE = re.compile(
    r"(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,31});)"
    r"|(?P<tag></?[A-Za-z][^<>]{0,300}>)"
    r"|(?P<invisible>[\u00ad\u200b-\u200f\u2060\ufeff])"
    r"|(?P<hyphen>(?<=[a-z])-[ \t]*\r?\n[ \t]*(?=[a-z]))"
    r"|(?P<space>[\u00a0\u2000-\u200a\u202f\u3000\t\r])"
)
_QUOTES = str.maketrans("‘’‚‛“”„‟«»´`", "''''\"\"\"\"\"\"''")
_WRAPPED_LINE = 100


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean text and where its characters stood.

    Attributes:
        origin: Where the original of the i-th character begins, plus one entry for the end.
        ends: Where the original of the i-th character ends; an entity is several characters.
    """

    text: str
    origin: tuple[int, ...] | range
    ends: tuple[int, ...] | range


def clean(text: str) -> Clean:
    """Resolve entities, drop markup and invisible characters, undo hard line wraps.

    Use before sentence splitting; offsets into the result go through `Clean.origin` and
    `Clean.ends` before they leave the package.
    """
    plain = text.translate(_QUOTES)
    if _is_wrapped(plain):
        plain = re.sub(r"(?<=\S)\n(?=\S)", " ", plain)
    if not _NOISE.search(plain):
        return Clean(plain, range(len(plain) + 1), range(1, len(plain) + 1))
    pieces: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    position = 0
    for noise in _NOISE.finditer(plain):
        pieces.append(plain[position : noise.start()])
        origin.extend(range(position, noise.start()))
        ends.extend(range(position + 1, noise.start() + 1))
        replacement = _replacement(noise)
        pieces.append(replacement)
        origin.extend([noise.start()] * len(replacement))
        ends.extend([noise.end()] * len(replacement))
        position = noise.end()
    pieces.append(plain[position:])
    origin.extend(range(position, len(plain) + 1))
    ends.extend(range(position + 1, len(plain) + 1))
    return Clean("".join(pieces), tuple(origin), tuple(ends))


def _replacement(noise: re.Match[str]) -> str:
    match noise.lastgroup:
        case "entity":
            return html.unescape(noise[0]).translate(_QUOTES)
        case "space" | "tag":
            return " "
        case _:
            return ""


def _is_wrapped(text: str) -> bool:
    """Whether single line breaks are the typesetter's, not the author's.

    Wrapped text has several lines in a row that stop short of a common width in mid-sentence.
    """
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    if len(lines) < 4 or max(map(len, lines)) > _WRAPPED_LINE:
        return False
    running = sum(1 for line in lines if line[-1].isalnum() or line[-1] in ",;-")
    return running > len(lines) / 2
