"""`kg validate`: the store against the shapes of the ontology."""

import json

import typer

from kg.cli.options import DEFAULT_STORE, Json, Quiet, Store, progress


def validate(store: Store = DEFAULT_STORE, as_json: Json = False, quiet: Quiet = False) -> None:
    """Check every article's graph, and the reference knowledge, against the SHACL shapes.

    Exit code 1 when something does not conform.

    Example: kg validate --store kg-store
    """
    from kg.rdf import read_shapes, validate
    from kg.schema import ontology_files
    from kg.store import ONTOLOGY_GRAPH, open_store

    # the reference knowledge has no shapes, and reading it would take most of the time
    shapes = read_shapes(f for f in ontology_files() if "reference" not in f.parts)
    findings = []
    graphs = 0
    with open_store(store, read_only=True) as opened:
        names = [g for g in opened.graphs() if g != ONTOLOGY_GRAPH]
        for graph in progress(names, "graphs", quiet):
            graphs += 1
            findings += validate(opened.quads(graph), shapes)
    if as_json:
        rows = [{"focus": f.focus, "path": f.path, "message": f.message} for f in findings]
        typer.echo(json.dumps({"graphs": graphs, "findings": rows}))
    else:
        for finding in findings:
            typer.echo(f"{finding.focus}  {finding.path}: {finding.message}")
        if not quiet or findings:
            typer.echo(f"{graphs} graphs checked, {len(findings)} findings")
    if findings:
        raise typer.Exit(1)
