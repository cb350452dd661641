"""The `kg` command: one file a command, and the boundary where errors become one line."""

from kg.cli.app import app, main

__all__ = ["app", "main"]
