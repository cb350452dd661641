"""A user's own table of entities (CSV) → Turtle in the form of `ontology/reference/`.

One row an entity or a term of office. A table with a mistake gives no Turtle at all, only the list
of its mistakes.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.errors import SchemaError
from kg.gazetteer.entities import Entity, Gazetteer
from kg.gazetteer.search import named
from kg.gazetteer.turtle import dated, head, literal, slug
from kg.schema import Schema
from kg.vocab import BASE

COLUMNS = (
    "name", "type", "code", "aliases", "of", "gender", "role", "begin", "end", "wikidata",
)  # fmt: skip
_NEEDED = ("name", "type", "code")
_FOLDERS = (("State", "state"), ("Person", "person"), ("Place", "place"), ("Organization", "org"))
_CODE = re.compile(r"---|[A-Z][A-Za-z0-9+]*(-[A-Z]+)*")
_WIKIDATA = re.compile(r"Q[1-9]\d*")
_DATE = re.compile(r"(?:\d{4})(?:-\d\d(?:-\d\d)?)?")


@dataclass(slots=True)
class Table:
    """What was read.

    Attributes:
        turtle: The file to write; empty when there are mistakes.
        entities: Number of new entities.
        tenures: Number of terms of office.
        mistakes: `file:line: reason`, all of them.
    """

    turtle: str = ""
    entities: int = 0
    tenures: int = 0
    mistakes: list[str] = field(default_factory=list)


def read_table(path: Path, gazetteer: Gazetteer, schema: Schema) -> Table:
    """Read a table with the columns `name`, `type` and `code`, and any of the others.

    Args:
        path: CSV in UTF-8; `aliases` are separated by semicolons, `of` is the state or
            organization that somebody or an office belongs to, by name or code; `begin` and `end`
            are days, months or years.
        gazetteer: What is known already; a known person gets new terms of office only.
        schema: For the classes that a `type` may be.

    Raises:
        SchemaError: The file cannot be read, or lacks a column.
    """
    table = Table()
    blocks: dict[str, str] = {}
    seen: dict[str, int] = {}
    for line, row in _rows(path):
        mistakes = list(_mistakes(row, gazetteer, schema))
        name = row["name"]
        if not row["role"] and name.casefold() in seen:
            mistakes.append(f'"{name}" is in line {seen[name.casefold()]}, too.')
        seen.setdefault(name.casefold(), line)
        if mistakes:
            table.mistakes += [f"{path}:{line}: {m}" for m in mistakes]
            continue
        known = _known(row, gazetteer)
        if known is None:
            subject = _iri(row, schema, gazetteer)
            blocks.setdefault(subject, _entity(subject, row, gazetteer))
        else:
            subject = known.id
        if row["role"]:
            for tenure_iri, text in _term(subject, row, gazetteer):
                blocks.setdefault(tenure_iri, text)
        elif known is not None:
            table.mistakes.append(f'{path}:{line}: "{name}" is known already, as {known.id}.')
    if table.mistakes:
        return table
    table.entities = sum(
        " a kg:Office" not in b and " a kg:Tenure" not in b for b in blocks.values()
    )
    table.tenures = sum(" a kg:Tenure" in b for b in blocks.values())
    table.turtle = head(f"From {path.name}.") + "\n".join(blocks[b] for b in sorted(blocks))
    return table


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SchemaError(f"{path}: cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path}: not UTF-8. Save the table as CSV in UTF-8.") from error
    reader = csv.DictReader(text.splitlines(), restkey="")
    missing = [c for c in _NEEDED if c not in (reader.fieldnames or ())]
    if missing:
        raise SchemaError(f'{path}:1: no column "{missing[0]}". Columns are {", ".join(COLUMNS)}.')
    unknown = [c for c in reader.fieldnames or () if c not in COLUMNS]
    if unknown:
        raise SchemaError(f'{path}:1: unknown column "{unknown[0]}". Use {", ".join(COLUMNS)}.')
    for row in reader:
        plain = {c: " ".join((row.get(c) or "").split()) for c in COLUMNS}
        if any(plain.values()):
            yield reader.line_num, plain


def _mistakes(row: dict[str, str], gazetteer: Gazetteer, schema: Schema) -> Iterator[str]:
    for column in _NEEDED:
        if not row[column]:
            yield f"no {column}."
    if row["type"] and "NamedEntity" not in schema.ancestors(row["type"]):
        yield f'"{row["type"]}" is no class of entities, such as State, Official, ArmedGroup, City.'
    if row["code"] and not _CODE.fullmatch(row["code"]):
        yield f'"{row["code"]}" is no code. Write RUS, NATO, SYR-REB, or --- where nobody knows.'
    elif "-" in row["code"].strip("-") and row["code"].split("-")[0] not in gazetteer.codes:
        yield f'"{row["code"]}": no state or organization has the code {row["code"].split("-")[0]}.'
    elif re.fullmatch("[A-Z]{3}", row["code"]) and row["type"] in ("Person", "Official", "City"):
        if row["code"] not in gazetteer.codes:
            yield f'no state has the ISO code "{row["code"]}".'
    if row["of"] and _owner(row["of"], gazetteer) is None:
        yield f'"{row["of"]}" is no known state or organization.'
    if row["role"] and row["role"].casefold() not in gazetteer.roles:
        yield f'"{row["role"]}" is no known role, such as president or foreign minister.'
    if row["role"] and not row["of"]:
        yield "a role needs the state or organization in the column of."
    if row["gender"] not in ("", "male", "female"):
        yield f'gender "{row["gender"]}" is neither male nor female.'
    if row["wikidata"] and not _WIKIDATA.fullmatch(row["wikidata"]):
        yield f'"{row["wikidata"]}" is no Wikidata number such as Q142.'
    yield from _wrong_dates(row)


def _wrong_dates(row: dict[str, str]) -> Iterator[str]:
    days = {}
    for column in ("begin", "end"):
        if not row[column]:
            continue
        try:
            if not _DATE.fullmatch(row[column]):
                raise ValueError
            days[column] = date.fromisoformat((row[column] + "-01-01")[:10])
        except ValueError:
            yield f'{column} "{row[column]}" is no day, month or year.'
    if len(days) == 2 and days["end"] < days["begin"]:
        yield f"ends ({row['end']}) before it begins ({row['begin']})."


def _owner(text: str, gazetteer: Gazetteer) -> Entity | None:
    return gazetteer.codes.get(text.upper()) or named(gazetteer, text)


def _known(row: dict[str, str], gazetteer: Gazetteer) -> Entity | None:
    """The entity that has this name, class and code already."""
    found = (e for e, kind in gazetteer.names.get(row["name"], ()) if kind == "name")
    return next(
        (
            e
            for e in found
            if isinstance(e, Entity) and e.code == row["code"] and e.name == row["name"]
        ),
        None,
    )


def _iri(row: dict[str, str], schema: Schema, gazetteer: Gazetteer) -> str:
    classes = (row["type"], *schema.ancestors(row["type"]))
    folder = next((f for kind, f in _FOLDERS if kind in classes), "group")
    iri = f"{BASE}{folder}/{row['code'] if folder == 'state' else slug(row['name'])}"
    # somebody else has this name
    return iri if iri not in gazetteer.entities else f"{iri}-{slug(row['code'])}"


def _entity(subject: str, row: dict[str, str], gazetteer: Gazetteer) -> str:
    facts = [f"<{subject}> a kg:{row['type']}", f"skos:prefLabel {literal(row['name'])}@en"]
    aliases = [" ".join(a.split()) for a in row["aliases"].split(";")]
    labels = " , ".join(f"{literal(a)}@en" for a in dict.fromkeys(aliases) if a)
    if labels:
        facts.append(f"skos:altLabel {labels}")
    facts.append(f"kg:code {literal(row['code'])}")
    owner = _owner(row["of"], gazetteer) if row["of"] and not row["role"] else None
    if owner is not None:
        state = owner.type in ("State", "Territory")
        facts.append(f"kg:{'state' if state else 'organization'} <{owner.id}>")
    if row["gender"]:
        facts.append(f'kg:gender "{row["gender"]}"')
    if row["wikidata"]:
        facts.append(f"owl:sameAs <http://www.wikidata.org/entity/{row['wikidata']}>")
    return " ;\n    ".join(facts) + " .\n"


def _term(subject: str, row: dict[str, str], gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """The term of office, and the office where it is new."""
    owner = _owner(row["of"], gazetteer)
    if owner is None:
        return
    role = gazetteer.roles[row["role"].casefold()]
    office = gazetteer.office(owner.id, role)
    if office is None:
        office = f"{BASE}office/{owner.code}-{slug(role)}"
        label = literal(f"{role} of {owner.name}")
        of = "state" if owner.type in ("State", "Territory") else "organization"
        yield (
            office,
            (
                f"<{office}> a kg:Office ;\n    skos:prefLabel {label}@en ;\n"
                f"    kg:role {literal(role)} ; kg:{of} <{owner.id}> .\n"
            ),
        )
    last = subject.rsplit("/", 1)[-1]
    tenure = f"{BASE}tenure/{office.rsplit('/', 1)[-1]}-{row['begin'] or 'x'}-{last}"
    dates = "".join(f" ;\n    kg:{c} {dated(row[c])}" for c in ("begin", "end") if row[c])
    yield (
        tenure,
        (f"<{tenure}> a kg:Tenure ;\n    org:member <{subject}> ; kg:office <{office}>{dates} .\n"),
    )
