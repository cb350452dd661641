"""The learned voice: what it is given, what it answers, and that all goes on without it."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from kg.classifier import Dyad, load_classifier
from kg.classifier.inputs import LENGTH, encode, prepare
from kg.classifier.model import FOLDER, Classifier
from kg.cli import main
from kg.errors import ModelError
from kg.extract.action import actions
from kg.model import Article
from kg.pipeline import Settings, load_extractor


def dyad(text: str, actor: str, target: str, trigger: str | None = None) -> Dyad:
    def place(words: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(words), text.index(words) + len(words)),)

    return Dyad(text, place(actor), place(target), place(trigger) if trigger else ())


CLEAR = [
    ("Kenya expelled two Somali diplomats.", "Kenya", "two Somali diplomats", "SANCTION"),
    ("Rebels shelled a market in Goma on Monday.", "Rebels", "a market in Goma", "ASSAULT"),
    ("Norway gave Malawi 20 million dollars in food aid.", "Norway", "Malawi", "AID"),
    ("Ghana accused Togo of arming the rebels.", "Ghana", "Togo", "ACCUSE"),
    ("The Chilean president met his Peruvian counterpart in Lima.", "The Chilean president",
     "his Peruvian counterpart", "CONSULT"),
    ("Workers marched against the government in Accra.", "Workers", "the government", "PROTEST"),
]  # fmt: skip


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    found = load_classifier()
    if found is None:
        pytest.skip("no model in kg/classifier/data; make model trains one")
    return found


@pytest.fixture(scope="session")
def tokenizer() -> Tokenizer:
    path = FOLDER / "tokenizer.json"
    if not path.exists():
        pytest.skip("no tokenizer in kg/classifier/data; make model brings one")
    return prepare(Tokenizer.from_file(str(path)))


@st.composite
def dyads(draw: st.DrawFn) -> Dyad:
    text = draw(st.text(min_size=4, max_size=600))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    return Dyad(text, ((cuts[0], cuts[1]),), ((cuts[2], cuts[3]),))


@settings(max_examples=60, deadline=None)
@given(dyads())
def test_any_text_fits_the_window(tokenizer: Tokenizer, one: Dyad) -> None:
    (found,) = encode([one], tokenizer)
    assert 2 <= len(found.ids) <= LENGTH
    assert all(0 <= place < len(found.ids) for place in found.places)


def test_a_long_text_is_cut_around_its_marks(tokenizer: Tokenizer) -> None:
    far = "The weather was fine in all of the valley. " * 400
    one = dyad(far + "Kenya expelled two Somali diplomats. " + far, "Kenya", "two Somali diplomats")
    (found,) = encode([one], tokenizer)
    assert len(found.ids) == LENGTH
    assert all(found.places[:2])


def test_clear_cases(classifier: Classifier) -> None:
    found = classifier([dyad(text, actor, target) for text, actor, target, _ in CLEAR])
    assert [p.category for p in found] == [category for *_, category in CLEAR]
    for prediction in found:
        assert sum(prediction.categories.values()) == pytest.approx(1.0, abs=1e-4)
        assert 0 <= prediction.nothing <= 1


def test_the_order_and_size_of_a_batch_change_nothing(classifier: Classifier) -> None:
    asked = [dyad(text, actor, target) for text, actor, target, _ in CLEAR]
    alone = [classifier([one])[0].category for one in asked]
    many = [p.category for p in classifier([*asked * 20, *reversed(asked)])]
    assert many == [*alone * 20, *reversed(alone)]


def test_no_dyads_no_answers(classifier: Classifier) -> None:
    assert classifier([]) == []


def test_a_folder_without_a_model_gives_none(tmp_path: Path) -> None:
    assert load_classifier(tmp_path) is None


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"nonsense")
    (tmp_path / "labels.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelError, match="--no-model"):
        load_classifier(tmp_path)


@pytest.mark.slow
def test_lexicon_and_classifier_answer_alone_and_together(schema, gazetteer, classifier) -> None:
    lexicon = load_extractor(Settings(classifier=False), schema, gazetteer)
    asked = [
        dyad("Kenya expelled two Somali diplomats.", "Kenya", "two Somali diplomats"),
        dyad("Kenya sulked while Togo was away.", "Kenya", "Togo"),
    ]
    plain = actions(asked, lexicon, None, schema)
    both = actions(asked, lexicon, classifier, schema)
    assert [a.category for a in plain] == ["SANCTION", None]
    assert (both[0].category, both[0].type, both[0].mode) == ("SANCTION", "Expulsion", "expel")
    assert any(w.startswith("classifier") for w in both[0].why)
    assert both[1].category is not None


@pytest.mark.slow
def test_kg_classify_answers_the_good_lines_and_names_the_bad(tmp_path: Path, capsys) -> None:
    text = "Kenya expelled two Somali diplomats."
    good = {"id": "a", "text": text, "actor": [[0, 5]], "target": [[15, 35]]}
    rows = [good, good | {"actor": [[0, 99]]}, good | {"id": "b"}]
    file = tmp_path / "dyads.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    for options in ([], ["--no-model"]):
        with pytest.raises(SystemExit) as ended:
            main(["classify", str(file), *options])
        shown = capsys.readouterr()
        assert ended.value.code == 1
        answers = [json.loads(line) for line in shown.out.splitlines()]
        assert [(a["id"], a["category"]) for a in answers] == [("a", "SANCTION"), ("b", "SANCTION")]
        assert f"{file}:2: " in shown.err
        assert "outside the text" in shown.err


@pytest.mark.slow
def test_the_classifier_says_so_in_why(schema, gazetteer, classifier) -> None:
    read = load_extractor(Settings(), schema, gazetteer)
    found = list(read(Article("a", "Kenya reprimanded Togo on Friday.")))
    assert all(e.why for e in found)


@pytest.mark.slow
def test_the_classifier_fills_a_role_that_the_lexicon_leaves_open(schema, gazetteer) -> None:
    text = "Chad opened an inquiry after complaints about how guards treated people held in Niger."
    alone = load_extractor(Settings(classifier=False), schema, gazetteer)
    both = load_extractor(Settings(), schema, gazetteer)
    article = Article("a", text)
    (before,) = [e for e in alone(article) if e.type == "Investigation"]
    (after,) = [e for e in both(article) if e.type == "Investigation"]
    assert (before.target, [p.name for p in after.target]) == ((), ["Niger"])
    assert any(reason.startswith("classifier: target 0.") for reason in after.why)
