"""What many tests read and none changes, loaded once a run."""

import pytest

from kg.gazetteer import Gazetteer, load_gazetteer
from kg.model import Extractor
from kg.pipeline import Settings, load_extractor
from kg.schema import Schema, load_schema


@pytest.fixture(scope="session")
def schema() -> Schema:
    """The shipped ontology."""
    return load_schema()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The shipped reference knowledge."""
    return load_gazetteer()


@pytest.fixture(scope="session")
def extractor(schema: Schema, gazetteer: Gazetteer) -> Extractor:
    """The extractor of the lexicon alone, with its parser; only for tests marked slow."""
    return load_extractor(Settings(classifier=False), schema, gazetteer)
