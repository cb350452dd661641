"""Words of others → parts of the Turtle and the IRIs in which they are written."""

import re
import unicodedata

from kg.vocab import PREFIXES


def head(comment: str) -> str:
    """The first lines of a file of entities: whence it comes, and its prefixes."""
    prefixes = (f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in ("kg", "org", "owl", "skos", "xsd"))
    return f"# {literal(comment)[1:-1]}\n{''.join(prefixes)}\n"


def block(subject: str, facts: list[str]) -> str:
    """All that is said of one subject."""
    return f"<{subject}> " + " ;\n    ".join(facts) + " .\n"


def labels(names: list[str]) -> str:
    """Names as English literals, in a row."""
    return " , ".join(f"{literal(name)}@en" for name in names)


def dated(text: str) -> str:
    """A day, month or year (`2021-12-02`, `2021-12`, `2021`) as a literal of its kind."""
    kind = {4: "gYear", 7: "gYearMonth"}.get(len(text), "date")
    return f'"{text}"^^xsd:{kind}'


def literal(text: str) -> str:
    """Any words as a literal that ends where they end."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c for c in escaped if c.isprintable()) + '"'


def slug(text: str) -> str:
    """Words as a part of an IRI: "Mevlüt Çavuşoğlu" → mevlut-cavusoglu."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-") or "x"
