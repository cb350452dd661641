"""Files, folders and standard input → articles; what cannot be read → rejections with a reason."""

from kg.sources.read import MAX_CHARS, read

__all__ = ["MAX_CHARS", "read"]
