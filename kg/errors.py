"""The one exception tree of the package.

A message names the place, the fact and the way out, for example
``articles.jsonl:12: no "date". Every article needs one; add it or pass --date.``
The command line prints it as one line and exits with 1 (2 for `UsageError`); anything
that is not a `KGError` is a bug of ours and keeps its traceback.
"""


class KGError(Exception):
    """Base of every error that the package raises on purpose."""


class UsageError(KGError):
    """What the user asked for makes no sense: a wrong option, an unknown name."""


class ArticleError(KGError):
    """An input cannot be read as articles."""


class SchemaError(KGError):
    """A file of the ontology or of the reference knowledge is wrong."""


class ModelError(KGError):
    """The language model is missing or cannot be loaded."""


class StoreError(KGError):
    """The store cannot be opened, read or written."""


class BusyError(StoreError):
    """A server gave no answer this time, but may give one later.

    Attributes:
        wait: Seconds that the server asks to wait, if it says so.
    """

    def __init__(self, message: str, wait: float | None = None):
        super().__init__(message)
        self.wait = wait


class QueryError(KGError):
    """A query cannot be parsed or run, or took too long."""
