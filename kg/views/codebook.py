"""The event part of the ontology → a codebook to read: text, Markdown, HTML or JSON.

Everything in it comes from the files in `ontology/`: the class tree with definitions, when to use
a type and when not, codes, frames, and the sentences with their marks.
"""

import base64
import dataclasses
import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, Template
from markupsafe import Markup, escape

from kg.schema import EventType, Example, Schema


@dataclass(frozen=True, slots=True)
class Entry:
    """One type as the codebook shows it.

    Attributes:
        parent: Name of its superclass; None at the top.
        narrower: Names of its subclasses.
        codes: CAMEO codes that lead to it, its own first.
        sentences: Sentences that report an event of the type.
        lookalikes: Sentences of its file that report another type, or nothing.
    """

    type: EventType
    parent: str | None
    narrower: tuple[str, ...]
    codes: tuple[str, ...]
    sentences: tuple[Example, ...]
    lookalikes: tuple[Example, ...]

    @property
    def action(self) -> str:
        """Local name of the action property."""
        return self.type.action.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All types in the order of the tree, and what they refer to."""

    schema: Schema
    entries: dict[str, Entry]

    @property
    def tops(self) -> list[Entry]:
        """Types without a superclass, in PLOVER's order, those outside PLOVER last."""
        order = list(self.schema.categories)
        tops = [e for e in self.entries.values() if e.parent is None]
        return sorted(
            tops,
            key=lambda e: (
                order.index(e.type.category) if e.type.category else len(order),
                e.type.name,
            ),
        )

    def tree(self, top: str, depth: int = 0) -> Iterable[tuple[int, Entry]]:
        """A type and all below it, each with its depth."""
        entry = self.entries[top]
        yield depth, entry
        for name in entry.narrower:
            yield from self.tree(name, depth + 1)


def make_codebook(schema: Schema, examples: Iterable[Example]) -> Codebook:
    """Gather what there is to say of each event type.

    Args:
        schema: As `kg.schema.load_schema` reads it.
        examples: As `kg.schema.load_examples` reads them.
    """
    sentences: dict[str, list[Example]] = {name: [] for name in schema.types}
    for example in examples:
        sentences.setdefault(example.home, []).append(example)
    narrower: dict[str, list[str]] = {name: [] for name in schema.types}
    codes: dict[str, list[str]] = {name: [] for name in schema.types}
    for type in schema.types.values():
        parent = _parent(type, schema)
        if parent is not None:
            narrower[parent].append(type.name)
    for code in schema.cameo.values():
        if code.type in codes:
            codes[code.type].append(code.code)
    entries = {
        name: Entry(
            type=type,
            parent=_parent(type, schema),
            narrower=tuple(sorted(narrower[name])),
            codes=tuple(sorted(codes[name], key=lambda c: (not schema.cameo[c].carried, c))),
            sentences=tuple(e for e in sentences[name] if e.type == name),
            lookalikes=tuple(e for e in sentences[name] if e.type != name),
        )
        for name, type in schema.types.items()
    }
    return Codebook(schema, entries)


def _parent(type: EventType, schema: Schema) -> str | None:
    """The superclass; a name that no file declares is a flaw that `check_ontology` reports."""
    return next((name for name in type.lineage[:1] if name in schema.types), None)


def find(codebook: Codebook, words: str) -> list[Entry]:
    """Types that somebody means: by class name, label, action property, CAMEO code, PLOVER
    category, or category and mode (`ASSAULT drone`).

    Returns:
        In the order of the tree; empty when nothing is called so.
    """
    wanted = re.sub(r"[\s/:.-]+", " ", words).strip().casefold()
    code = codebook.schema.cameo.get(words.strip())
    if code is not None and code.type in codebook.entries:
        return [codebook.entries[code.type]]
    found = []
    for top in codebook.tops:
        for _, entry in codebook.tree(top.type.name):
            type = entry.type
            names = {type.name, type.label, entry.action, type.category or ""}
            names.add(f"{type.category} {(type.mode or '').replace('-', ' ')}")
            if wanted in {n.casefold() for n in names}:
                found.append(entry)
    exact = [e for e in found if wanted == e.type.name.casefold()]
    return exact or found


def nearest(codebook: Codebook, words: str) -> list[str]:
    """Up to three class names that are spelt like this."""
    names = {name.casefold(): name for name in codebook.entries}
    return [names[n] for n in difflib.get_close_matches(words.casefold(), names, 3, 0.5)]


def outline(codebook: Codebook) -> str:
    """The class tree as plain text, one type a line."""
    lines = []
    for top in codebook.tops:
        for depth, entry in codebook.tree(top.type.name):
            name = "  " * depth + entry.type.name
            lines.append(f"{name:32}  {entry.type.cameo or '':4}  {entry.type.definition}")
        lines.append("")
    return "\n".join(lines)


def as_text(codebook: Codebook, entries: Sequence[Entry]) -> str:
    """Types in full, for a terminal; marks are written as in the files."""
    return _template("codebook.txt", autoescape=False).render(
        book=codebook, entries=entries, marked=_marked
    )


def as_outline(codebook: Codebook) -> str:
    """The class tree with definitions as Markdown, a section for each category."""
    return _template("outline.md", autoescape=False).render(book=codebook, cell=_cell)


def as_markdown(codebook: Codebook, entries: Sequence[Entry] | None = None) -> str:
    """Types in full as Markdown, all by default."""
    return _template("codebook.md", autoescape=False).render(
        book=codebook, entries=_all(codebook, entries), marked=_bold, cell=_cell
    )


def as_html(codebook: Codebook, entries: Sequence[Entry] | None = None) -> str:
    """One HTML page that needs nothing else: tree, search, and types in full (all by default)."""
    shown = _all(codebook, entries)
    script = Markup((files("kg.views") / "book" / "codebook.js").read_text("utf-8"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    style = Markup((files("kg.views") / "book" / "codebook.css").read_text("utf-8"))
    names = {e.type.name for e in shown}
    text = _template("codebook.html", autoescape=True).render(
        book=codebook,
        entries=shown,
        shown=names,
        linked=lambda words: _linked(words, names),
        script=script,
        style=style,
        digest=digest,
    )
    # half a surrogate pair, which a broken file may hold, cannot be written as UTF-8
    return text.encode("utf-8", "replace").decode("utf-8")


def as_json(codebook: Codebook, entries: Sequence[Entry] | None = None) -> str:
    """Types, and the categories, modes, contexts and codes they refer to, for other software."""
    schema = codebook.schema
    facts = {
        "categories": [dataclasses.asdict(c) for c in schema.categories.values()],
        "modes": [dataclasses.asdict(m) for m in schema.modes.values()],
        "contexts": dict(schema.contexts),
        "cameo": [dataclasses.asdict(c) for c in schema.cameo.values()],
        "types": [_facts(e) for e in _all(codebook, entries)],
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def _all(codebook: Codebook, entries: Sequence[Entry] | None) -> Sequence[Entry]:
    if entries is not None:
        return entries
    return [e for top in codebook.tops for _, e in codebook.tree(top.type.name)]


def _facts(entry: Entry) -> dict[str, Any]:
    type = entry.type
    facts = {f.name: getattr(type, f.name) for f in dataclasses.fields(type) if f.name != "frames"}
    return facts | {
        "parent": entry.parent,
        "narrower": entry.narrower,
        "codes": entry.codes,
        "frames": [f.text for f in type.frames if not f.negative],
        "not_frames": [f.text for f in type.frames if f.negative],
        "sentences": [
            {
                "text": e.text,
                "type": e.type,
                "status": e.status,
                "spans": {r: [[s.start, s.end] for s in spans] for r, spans in e.spans.items()},
                "note": e.note,
            }
            for e in (*entry.sentences, *entry.lookalikes)
        ],
    }


def _template(name: str, autoescape: bool) -> Template:
    text = (files("kg.views") / "book" / name).read_text("utf-8")
    environment = Environment(autoescape=autoescape, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(text)


def _marked(example: Example) -> str:
    return "".join(f"{{{role}:{w}}}" if role else w for role, w in example.segments)


def _bold(example: Example) -> str:
    """Marks as Markdown: the trigger bold, other roles named behind the words."""
    words = []
    for role, text in example.segments:
        plain = _cell(text)
        words.append(
            plain
            if role is None
            else f"**{plain}**"
            if role == "trigger"
            else f"{plain} *({role})*"
        )
    return "".join(words)


def _cell(text: str) -> str:
    return re.sub(r"([|*_`<\[\]\\])", r"\\\1", text)


def _linked(words: str, names: set[str]) -> Markup:
    """Class names in a note become links to their entries."""
    parts = re.split(r"\b([A-Z]\w+)\b", words)
    return Markup("").join(
        Markup('<a href="#{0}">{0}</a>').format(p) if p in names else escape(p) for p in parts
    )
