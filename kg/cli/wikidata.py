"""The work of `kg entities import wikidata`: what is read from where, and what is said of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import typer

from kg.cli.options import progress
from kg.errors import KGError, StoreError, UsageError
from kg.gazetteer import Gazetteer, load_gazetteer, named
from kg.gazetteer.wikidata import (
    Choice,
    Counts,
    Merge,
    Spool,
    dump_source,
    read_dump,
    read_endpoint,
    write,
)
from kg.model import Rejection
from kg.store.http import request, without_password

_SHOWN = 20
"""Rejections that are shown; a whole dump has thousands."""
_STATES = ("State", "Territory")
_TIMEOUT = 180.0


@dataclass(frozen=True, slots=True)
class Job:
    """One import.

    Attributes:
        source: Path of a dump, or URL of an endpoint.
        states: Codes or names of the states that are wanted; all when empty.
        since: First year of interest.
        page: Statements to ask an endpoint for at a time.
        into: Folder to write to.
    """

    source: str
    states: list[str]
    since: int | None
    page: int
    into: Path

    def run(self, rejects: Path | None, quiet: bool) -> tuple[Counts, Path]:
        """Read the source, and write the file of entities.

        Args:
            rejects: File for the list of what was not used.
            quiet: No progress.

        Returns:
            What came of it, and the file.

        Raises:
            UsageError: A state is unknown.
            KGError: The source cannot be read, or the file not be written.
        """
        codes = _codes(self.states)
        file = self.into / _file_name(self.source, codes)
        known = load_gazetteer(own=self.into if self.into.is_dir() else None, without=file)
        with _spool(file, self.source, _numbers(codes, known), self.page) as (spool, reading):
            unit = "pages read" if _is_url(self.source) else "thousand lines read"
            for _ in progress(reading, unit, quiet):
                pass
            place = without_password(self.source) if _is_url(self.source) else self.source
            merge = Merge(spool, known, place, Choice(frozenset(codes), self.since))
            comment = f"From {place}: Wikidata (CC0), by kg entities import wikidata."
            merge.counts.rejected = _report(write(merge, spool, file, comment), rejects)
            spool.discard()
        return merge.counts, file


def summary(counts: Counts, file: Path) -> str:
    """What came of it, in a line."""
    return (
        f"{counts.people:,} people, {counts.offices:,} offices, {counts.tenures:,} terms of office "
        f"in {file}; known before: {counts.known:,} people, {counts.same:,} terms; left out: "
        f"{counts.undated:,} terms without dates, {counts.elsewhere:,} of other states or times; "
        f"{counts.rejected:,} rejected"
    )


def _is_url(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _codes(states: list[str]) -> list[str]:
    """Codes of the states that the user named."""
    codes = set()
    shipped = load_gazetteer() if states else None
    for text in states:
        entity = shipped and (shipped.codes.get(text.upper()) or named(shipped, text))
        if not entity or entity.type not in _STATES or not entity.wikidata:
            raise UsageError(f'--state "{text}" is no known state. Use a code such as FRA.')
        codes.add(entity.code)
    return sorted(codes)


def _numbers(codes: list[str], known: Gazetteer) -> list[str]:
    """Wikidata numbers of the states, or of all."""
    states = [e for e in known.entities.values() if e.type in _STATES and e.wikidata]
    return sorted({e.wikidata or "" for e in states if not codes or e.code in codes})


def _file_name(source: str, codes: list[str]) -> str:
    """One file for each source and choice of states, so that one import keeps another's."""
    endings = r"\.(json|ndjson|jsonl|gz|bz2)\b"
    stem = "" if _is_url(source) else re.sub(endings, "", Path(source).name)
    stem = stem if stem.startswith("wikidata") else f"wikidata-{stem}".rstrip("-")
    return "-".join([stem, *codes]) + ".ttl"


@contextmanager
def _spool(
    file: Path, source: str, states: list[str], page: int
) -> Iterator[tuple[Spool, Iterator[int]]]:
    """The records that have come so far, and the reading of the rest."""
    place = without_password(source)
    key = f"1 {place} {' '.join(states)}" if _is_url(source) else dump_source(Path(source))
    fresh = not file.parent.exists()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KGError(f"{file.parent}: cannot be made: {error.strerror or error}.") from error
    with Spool(file.with_suffix(".resume"), key) as spool:
        if _is_url(source):
            reading = read_endpoint(partial(_ask, source), place, states, spool, page)
        else:
            reading = read_dump(Path(source), spool)
        try:
            yield spool, reading
        except StoreError as error:
            kept = " What has come is kept; the same command goes on from there."
            raise StoreError(f"{error}{kept if spool.mark else ''}") from error
        finally:
            if not spool.done and not spool.mark:  # nothing was read
                spool.discard()
                if fresh:
                    file.parent.rmdir()


def _ask(url: str, query: str) -> bytes:
    body = urlencode({"query": query}).encode()
    form, accept = "application/x-www-form-urlencoded", "application/sparql-results+json"
    return request(url, body, form, accept, timeout=_TIMEOUT)


def _report(rejected: Iterator[Rejection], file: Path | None) -> int:
    """Say what was not used, as it comes; the number of it."""
    number = 0
    try:
        with file.open("w", encoding="utf-8") if file else nullcontext() as out:
            for number, rejection in enumerate(rejected, 1):
                line = f"{rejection.place}: {rejection.reason}"
                if number <= _SHOWN:
                    typer.echo(f"kg: {line}", err=True)
                if out is not None:
                    out.write(line + "\n")
    except OSError as error:
        raise KGError(f"{file}: cannot be written: {error.strerror or error}.") from error
    if number > _SHOWN:
        where = f"in {file}" if file else "listed with --rejects FILE"
        typer.echo(f"kg: and {number - _SHOWN:,} more, {where}.", err=True)
    return number
