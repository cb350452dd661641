"""The frame language, and the gates that every file of the ontology passes."""

import re
import shutil
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import SchemaError
from kg.schema import Frame, Part, Schema, load_schema, ontology_files, parse_frame
from kg.schema.codebook import load_examples
from kg.vocab import ONTOLOGY, PREFIXES

ROOT = Path(__file__).parent.parent / "ontology"
LISTS = {"troops": frozenset({"army", "troop"}), "long-list": frozenset({"pact"})}

# The language ------------------------------------------------------------------------------------


def shown(part: Part) -> str:
    """A part on one line: [optional] role or words, what introduces it, whose it is."""
    body = part.role.upper() if part.role else "|".join(sorted(part.words)) or "*"
    if part.role and part.words:
        body += ":" + "|".join(sorted(part.words))
    body += "!" * part.strict
    if part.owner:
        body = f"{part.owner.upper()}'s {body}"
    if part.preps:
        body = f"{'|'.join(sorted(part.preps))} {body}"
    if part.clause:
        body = f"({part.clause}) {body}"
    if part.inner:
        body = f"> {body}"
    return f"[{body}]" if part.optional else body


# frame, trigger, kind of trigger and role before it, parts
READ = [
    ("ACTOR expel TARGET", "expel", "verb actor", ["TARGET"]),
    ("TARGET flee", "flee", "verb target", []),
    ("ACTOR order TARGET to leave|depart", "order", "verb actor", ["TARGET", "(to) depart|leave"]),
    ("ACTOR threaten to *", "threaten", "verb actor", ["(to) *"]),
    ("ACTOR threaten to bomb TARGET", "threaten", "verb actor", ["(to) bomb", "> TARGET"]),
    ("ACTOR speak to TARGET", "speak", "verb actor", ["to TARGET"]),
    ("ACTOR speak [to TARGET]", "speak", "verb actor", ["[to TARGET]"]),
    ("ACTOR insist that *", "insist", "verb actor", ["(that) *"]),
    ("ACTOR demand that TARGET", "demand", "verb actor", ["(that) TARGET"]),
    ("ACTOR reject TARGET's offer", "reject", "verb actor", ["TARGET's offer"]),
    ("ACTOR ban import from TARGET!", "ban", "verb actor", ["import", "from TARGET!"]),
    ("ACTOR shoot down TARGET", "shoot", "verb actor", ["down TARGET"]),
    (
        "ACTOR call off talk|meeting [with TARGET]",
        "call",
        "verb actor",
        ["off meeting|talk", "[with TARGET]"],
    ),
    (
        "ACTOR declare TARGET persona non grata",
        "declare",
        "verb actor",
        ["TARGET", "persona", "non", "grata"],
    ),
    ("ACTOR go on hunger strike", "go", "verb actor", ["on strike", "hunger"]),
    ("ACTOR deploy {troops} on TARGET", "deploy", "verb actor", ["army|troop", "on TARGET"]),
    ("ACTOR sign {long-list}|deal", "sign", "verb actor", ["deal|pact"]),
    ("ACTOR join NATO", "join", "verb actor", ["nato"]),
    ("ACTOR attack|raid TARGET", "attack|raid", "verb actor", ["TARGET"]),
    ("the expulsion of TARGET by ACTOR", "expulsion", "noun actor", ["[of TARGET]", "[by ACTOR]"]),
    ("the raid on|against TARGET", "raid", "noun actor", ["[against|on TARGET]"]),
    ("the visit to capital", "visit", "noun actor", ["(to) capital"]),
    ("TARGET's arrest by ACTOR", "arrest", "noun target", ["[by ACTOR]"]),
    ("ACTOR's invasion of TARGET", "invasion", "noun actor", ["[of TARGET]"]),
    ("ACTOR:court|judge order TARGET", "order", "verb actor court|judge", ["TARGET"]),
    ("ACTOR recall TARGET:{troops}", "recall", "verb actor", ["TARGET:army|troop"]),
]


@pytest.mark.parametrize(("line", "trigger", "head", "parts"), READ, ids=[r[0] for r in READ])
def test_a_frame_is_read_as_it_is_meant(
    line: str, trigger: str, head: str, parts: list[str]
) -> None:
    frame = parse_frame(line, "Any", LISTS)
    assert "|".join(sorted(frame.trigger)) == trigger
    words = "|".join(sorted(frame.subject_words))
    assert f"{'noun' if frame.noun else 'verb'} {frame.subject} {words}".strip() == head
    assert [shown(p) for p in frame.parts] == parts
    assert (frame.text, frame.type, frame.two_sided, frame.negative) == (line, "Any", False, False)


@pytest.mark.parametrize(
    ("line", "two_sided"),
    [
        ("ACTOR meet [with] ACTOR", True),
        ("ACTOR meet", False),
        ("the talk between ACTOR and ACTOR", True),
        ("the talk of ACTOR with TARGET", False),
        ("TARGET lose aid from ACTOR", False),
    ],
)
def test_two_actors_make_a_frame_two_sided(line: str, two_sided: bool) -> None:
    assert parse_frame(line, "Any", LISTS).two_sided is two_sided


def test_a_preposition_in_brackets_may_be_missing() -> None:
    (part,) = parse_frame("ACTOR meet [with] ACTOR", "Any", LISTS).parts
    assert (part.preps, part.optional) == (frozenset({"", "with"}), False)


def test_a_look_alike_is_marked() -> None:
    assert parse_frame("ACTOR attack problem", "Any", LISTS, negative=True).negative


WRONG = [
    ("", "a slot or 'the' and a trigger word"),
    ("ACTOR", "a slot or 'the' and a trigger word"),
    ("the", "a slot or 'the' and a trigger word"),
    ("expel TARGET", "begins with 'expel'"),
    ("Actor expel TARGET", "begins with 'Actor'"),
    ("ACTOR TARGET", "'TARGET' is no trigger word"),
    ("the TARGET", "'TARGET' is no trigger word"),
    ("ACTOR * TARGET", "'*' is no trigger word"),
    ("ACTOR expel [TARGET", "brackets do not match"),
    ("ACTOR expel TARGET]", "brackets do not match"),
    ("ACTOR expel [[TARGET]]", "brackets do not match"),
    ("ACTOR Expel TARGET", "'Expel': words are written in lower case"),
    ("ACTOR expel Diplomat", "'Diplomat': words are written in lower case"),
    ("ACTOR expel a||b", "'': words are written in lower case"),
    ("ACTOR {nope} TARGET", "there is no word list 'nope'"),
    ("ACTOR send troop|{nope}", "there is no word list 'nope'"),
    ("ACTOR demand that", "introduces nothing"),
    ("ACTOR reject TARGET's", "introduces nothing"),
    ("ACTOR leave pact|TARGET", "TARGET stands alone"),
    ("ACTOR [ TARGET", "'[' is no trigger word"),
    ("ACTOR send {troops", "'{troops' is neither a word nor a list in braces"),
    ("ACTOR expel TARGETS", "'TARGETS' is no slot; the slots are ACTOR and TARGET"),
    ("ACTOR expel TARGET from PLACE", "'PLACE' is no slot"),
]


@pytest.mark.parametrize(("line", "reason"), WRONG, ids=[r[0] or "empty" for r in WRONG])
def test_what_is_no_frame_says_why(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        parse_frame(line, "Any", LISTS)


def test_a_wrong_frame_in_a_file_is_named_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("reference"))
    path = folder / "events" / "sanction" / "Expulsion.ttl"
    text = path.read_text(encoding="utf-8")
    frame = re.search(r'kg:frame "([^"]+)"', text)
    assert frame
    number = text[: frame.start()].count("\n") + 1
    path.write_text(text.replace(frame[1], "ACTOR {nowhere} TARGET"), encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        load_schema(folder)
    assert str(caught.value) == (
        f"{path}:{number}: frame \"ACTOR {{nowhere}} TARGET\": there is no word list 'nowhere'."
    )


def test_broken_turtle_and_a_missing_folder_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"none: no such folder\.$"):
        load_schema(tmp_path / "none")
    (tmp_path / "core.ttl").write_text("@prefix kg: <http://x/> .\nkg:a kg:b\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"core\.ttl:\d+: not Turtle") as caught:
        load_schema(tmp_path)
    assert "\n" not in str(caught.value)


# The ontology ------------------------------------------------------------------------------------

NAMED = {
    "AGREE": "Agreement Promise PlannedMeeting",
    "CONSULT": "Meeting Negotiation Visit PhoneCall",
    "SUPPORT": "Endorsement Recognition TreatySigning Ratification",
    "CONCEDE": "Apology Pardon EasingOfRestrictions CeasefireDeclaration",
    "COOPERATE": "Trade JointExercise Extradition IntelligenceSharing",
    "AID": "EconomicAid MilitaryAid HumanitarianAid Asylum",
    "RETREAT": "Withdrawal Release Disarmament Ceasefire Resignation LiftingOfSanctions",
    "REQUEST": "Demand Appeal",
    "ACCUSE": "Criticism Accusation Lawsuit Investigation",
    "REJECT": "Refusal Veto Defiance",
    "THREATEN": "Threat Ultimatum",
    "PROTEST": "Demonstration Strike Riot Boycott",
    "SANCTION": "Sanctions Expulsion Recall MissionClosure TreatyWithdrawal AidSuspension",
    "MOBILIZE": "TroopBuildup Deployment Exercise Alert",
    "COERCE": "Annexation Occupation Blockade Arrest Deportation Seizure Cyberattack",
    "ASSAULT": "Attack Airstrike Shelling Bombing Killing Abduction Invasion Clash",
}
Facts = dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]]


@pytest.fixture(scope="module")
def facts() -> Facts:
    """What the ontology says of each of its own terms: term → property → values."""
    found: Facts = defaultdict(lambda: defaultdict(list))
    for path in ontology_files(ROOT):
        if "reference" not in path.parts:
            for quad in ox.parse(path=path):
                if getattr(quad.subject, "value", "").startswith(ONTOLOGY):
                    term = quad.subject.value.removeprefix(ONTOLOGY)  # type: ignore[union-attr]
                    found[term][_short(quad.predicate.value)].append(quad.object)
    return found


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if prefix != "id" and iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _kinds(facts: Facts, term: str) -> set[str]:
    return {_short(v.value) for v in facts[term]["rdf:type"] if isinstance(v, ox.NamedNode)}


def _texts(facts: Facts, term: str, key: str) -> list[str]:
    return [v.value for v in facts[term][key] if isinstance(v, ox.Literal) and v.language == "en"]


def test_a_file_defines_its_class_and_the_property_of_its_class_alone() -> None:
    for path in ROOT.glob("events/*/*.ttl"):
        if path.stem != "words":
            quads = list(ox.parse(path=path))
            subjects = {q.subject.value.removeprefix(ONTOLOGY) for q in quads}
            actions = {
                q.object.value.removeprefix(ONTOLOGY)
                for q in quads
                if q.predicate.value == ONTOLOGY + "action"
            }
            assert subjects == {path.stem} | actions, path
            assert len(actions) == 1, path


@pytest.mark.parametrize(
    ("category", "name"), [(c, n) for c, names in NAMED.items() for n in names.split()]
)
def test_the_types_of_the_annotation_guide_lie_below_their_category(
    category: str, name: str, schema: Schema
) -> None:
    type = schema.types[name]
    assert type.category == category
    assert category.capitalize() in (name, *type.lineage)


def test_every_type_of_a_category_lies_below_its_class(schema: Schema) -> None:
    for name, type in schema.types.items():
        if type.category:
            assert type.category.capitalize() in (name, *type.lineage), name
            assert all(schema.types[a].category == type.category for a in type.lineage), name


def test_words_of_frames_are_words(schema: Schema) -> None:
    for frame in _frames(schema):
        for word in frame.trigger.union(frame.subject_words, *(p.words for p in frame.parts)):
            assert re.fullmatch(r"[\w$£€¥][\w'’&.+-]*", word), frame.text


def _frames(schema: Schema) -> list[Frame]:
    return [f for t in schema.types.values() for f in t.frames]


def test_word_lists_have_names_definitions_and_uses(schema: Schema, facts: Facts) -> None:
    lists = [t for t in facts if "kg:WordList" in _kinds(facts, t)]
    labels = [_texts(facts, t, "rdfs:label") for t in lists]
    assert sorted(name for names in labels for name in names) == sorted(schema.words)
    assert len(set(schema.words)) == len(lists)
    assert all(len(_texts(facts, t, "skos:definition")) == 1 for t in lists)
    named = {n for f in _frames(schema) for n in re.findall(r"\{([\w-]+)\}", f.text)}
    code = "".join(p.read_text("utf-8") for p in (ROOT.parent / "kg").rglob("*.py"))
    used = named | {n for n in schema.words if f'"{n}"' in code}
    assert named <= set(schema.words)
    assert set(schema.words) - used == set()


# The codebook ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[[example]\n", ":1: not TOML"),
        ('[[example]]\ntext = "A.\n', ":2: not TOML: Illegal character"),
        ('[[examples]]\ntext = "A."\n', ":1: begin each sentence with a line [[example]]"),
        ("example = 5\n", ":1: begin each sentence with a line [[example]]"),
        ("[[example]]\ntext = 5\n", ":1: text must be a text in quotation marks"),
        ('[[example]]\ntext = "A."\ntype = ["B"]\n', ":1: type must be a text"),
        ('[[example]]\ntext = "{actor:} left."\n', ":1: the mark actor is empty"),
        ('[[example]]\ntext = "{actor: A} left."\n', ":1: the mark actor is empty or has a space"),
        ('[[example]]\ntext = "A."\ntyp = "B"\n', ":1: unknown key 'typ'"),
        ('\n[[example]]\nstatus = "actual"\n', ":2: no text"),
        ('[[example]]\ntext = "A."\nstatus = "done"\n', ":1: status 'done'"),
        (
            '[[example]]\ntext = "{actor:A left."\n',
            ":1: '{actor:A left.' is a mark that is not closed",
        ),
        (
            '[[example]]\ntext = "{doer:A} left."\n',
            ":1: '{doer:A}' is a mark that is not closed or has an unknown",
        ),
    ],
)
def test_a_wrong_sentence_file_is_one_line(content: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "events" / "x" / "Type.toml"
    path.parent.mkdir(parents=True)
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        list(load_examples(tmp_path))
    assert str(caught.value).startswith(str(path))
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_in_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "events" / "x" / "Type.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'\xef\xbb\xbf[[example]]\r\ntext = "A."\r\n')
    assert [e.line for e in load_examples(tmp_path)] == [1]
    path.write_bytes(b'[[example]]\ntext = "\xe9t\xe9"\n')
    with pytest.raises(SchemaError, match=r"Type\.toml:2: not UTF-8\. Save"):
        list(load_examples(tmp_path))
