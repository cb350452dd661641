"""Gold data beside the checkout, no part of the project, and the scorers that come with them."""

import importlib.util
from pathlib import Path
from types import ModuleType

SHARED = Path(__file__).parent.parent.parent / "shared"


def gold_file(name: str) -> Path | None:
    """`dev.jsonl` of a set, if it is there."""
    path = SHARED / name / "dev.jsonl"
    return path if path.exists() else None


def scorer(name: str) -> ModuleType:
    """The scorer of a set."""
    path = SHARED / name / "score.py"
    spec = importlib.util.spec_from_file_location(f"score_{name}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
