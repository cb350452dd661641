"""`kg codebook`: the event types of the ontology, to read or to use in other software."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Quiet
from kg.errors import KGError, UsageError


class BookFormat(StrEnum):
    """Forms in which the codebook can be had."""

    text = "text"
    markdown = "markdown"
    html = "html"
    json = "json"


def codebook(
    what: Annotated[
        str | None,
        typer.Argument(
            help="Only this: a type, its label or property, a CAMEO code, or a PLOVER category, "
            'with or without a mode ("ASSAULT drone").'
        ),
    ] = None,
    format: Annotated[BookFormat, typer.Option("--format", "-f")] = BookFormat.text,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; standard output if none.")
    ] = None,
    outline: Annotated[
        bool, typer.Option("--outline", help="Only the tree with definitions (text, markdown).")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Look for mistakes in the files instead.")
    ] = False,
    ontology: Annotated[
        Path | None, typer.Option(help="Folder of an ontology of your own.", exists=True)
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Show the codebook: event types with definitions, codes, frames and marked sentences.

    Without WHAT, text is the tree of all types; the other formats have everything in full.

    Example: kg codebook Expulsion
    """
    from kg.schema import load_examples, load_schema
    from kg.views import codebook as views

    if check:
        _check(ontology, quiet)
        return
    schema = load_schema(ontology)
    book = views.make_codebook(schema, load_examples(ontology))
    entries = None
    if what is not None:
        entries = views.find(book, what)
        if not entries:
            near = ", ".join(views.nearest(book, what))
            hint = f"Do you mean {near}?" if near else "See: kg codebook"
            raise KGError(f'nothing in the codebook is called "{what}". {hint}')
    if outline and (entries is not None or format not in (BookFormat.text, BookFormat.markdown)):
        raise UsageError("--outline is of the whole tree, as text or markdown.")
    if format is BookFormat.text:
        text = views.outline(book) if entries is None else views.as_text(book, entries)
    elif format is BookFormat.markdown:
        text = views.as_outline(book) if outline else views.as_markdown(book, entries)
    elif format is BookFormat.html:
        text = views.as_html(book, entries)
    else:
        text = views.as_json(book, entries)
    if output is None:
        typer.echo(text.rstrip("\n"))
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KGError(f"{output}: cannot be written: {error.strerror or error}.") from error
    if not quiet:
        typer.echo(f"{len(entries or book.entries)} event types written to {output}")


def _check(folder: Path | None, quiet: bool) -> None:
    """Print what is wrong with the files of an ontology; exit code 1 if anything is."""
    from kg.rdf import read_shapes, validate
    from kg.schema import (
        check_ontology,
        data_folder,
        load_examples,
        load_schema,
        ontology_files,
        places,
        read_turtle,
    )
    from kg.vocab import ONTOLOGY

    folder = folder or data_folder("ontology")
    schema = load_schema(folder)
    flaws = [
        f"{f.place}: {f.message}" for f in check_ontology(schema, load_examples(folder), folder)
    ]
    shipped = data_folder("ontology")
    shapes = read_shapes([shipped / "quality.ttl", shipped / "codebook.ttl"])
    files = [f for f in ontology_files(folder) if "reference" not in f.parts]
    findings = validate((quad for file in files for quad in read_turtle(file)), shapes)
    where = places(folder)
    local = {f.focus: f.focus.replace(ONTOLOGY, "kg:") for f in findings}
    flaws += [f"{where.get(f.focus, local[f.focus])}: {f.message}" for f in findings]
    for flaw in flaws:
        typer.echo(flaw)
    if not quiet or flaws:
        number = f"{len(flaws)} flaw{'' if len(flaws) == 1 else 's'}"
        typer.echo(f"{len(schema.types)} event types checked, {number}")
    if flaws:
        raise typer.Exit(1)
