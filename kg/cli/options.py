"""Options that several commands share, and how commands talk while they work."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from kg.errors import KGError, UsageError
from kg.model import Rejection

DEFAULT_STORE = "kg-store"

Store = Annotated[
    str,
    typer.Option(
        "--store", "-s", help="Folder of the store, or URL of a SPARQL endpoint.", envvar="KG_STORE"
    ),
]
Model = Annotated[
    str, typer.Option("--model", "-m", help="spaCy pipeline, by name or path.", envvar="KG_MODEL")
]
NoModel = Annotated[
    bool,
    typer.Option(
        "--no-model", help="The lexicon alone, without the classifier.", envvar="KG_NO_MODEL"
    ),
]
Seconds = Annotated[
    float,
    typer.Option("--seconds", min=0.1, help="Time for one article, after which it is rejected."),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no summary.", envvar="KG_QUIET")
]
Json = Annotated[bool, typer.Option("--json", help="Print facts as JSON.", envvar="KG_JSON")]
Published = Annotated[
    str | None,
    typer.Option(
        "--date", "-d", help="Publication day of articles that carry none, as 2021-12-02."
    ),
]
Inputs = Annotated[
    list[str], typer.Argument(help="Files (.txt, .md, .jsonl), folders, or - for standard input.")
]

Entities = Annotated[
    Path | None,
    typer.Option(
        "--entities",
        help="Folder of entities of your own; kg-entities, if there is one.",
        envvar="KG_ENTITIES",
    ),
]
OWN_ENTITIES = Path("kg-entities")

T = TypeVar("T")


def own_entities(folder: Path | None) -> Path | None:
    """The value of `--entities`, or the folder that `kg entities import` writes.

    Raises:
        UsageError: The folder that was named does not exist.
    """
    if folder is None:
        return OWN_ENTITIES if OWN_ENTITIES.is_dir() else None
    if not folder.is_dir():
        raise UsageError(f"--entities {folder}: no such folder.")
    return folder


def parse_date(text: str | None) -> date | None:
    """The value of `--date`.

    Raises:
        UsageError: It is no day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f'--date "{text}" is no day. Write it as 2021-12-02.') from error


def progress(items: Iterable[T], what: str, quiet: bool) -> Iterator[T]:
    """Pass items on while a line on stderr counts them; silent when nobody watches."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield from items
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f} {task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None)
        for item in items:
            yield item
            bar.advance(task)


def report_rejections(rejected: list[Rejection], file: Path | None = None) -> None:
    """Say on stderr (and write to a file) what was not used, and why."""
    lines = [f"{r.place}: {r.reason}" for r in rejected]
    for line in lines:
        typer.echo(f"kg: {line}", err=True)
    if file is None:
        return
    try:
        file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise KGError(f"{file}: cannot be written: {error.strerror or error}.") from error
