"""Articles → events.

    sentence ─► mentions ─► frames that fit ─► participants ─► date, status, source ─► Event

`make_extractor` binds the knowledge once; the result reads one article after another and keeps
nothing between them.
"""

from kg.extract.frames import build_lexicon
from kg.extract.reading import FrameExtractor, make_extractor

__all__ = ["FrameExtractor", "build_lexicon", "make_extractor"]
