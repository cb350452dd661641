"""Names in text, who held an office when, and what is said of broken reference files."""

import re
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import SchemaError
from kg.gazetteer import Gazetteer, load_gazetteer, named, search
from kg.vocab import BASE

REFERENCE = Path(__file__).parent.parent / "ontology" / "reference"
PEOPLE = sorted(REFERENCE.glob("people-*.ttl"))
needs_people = pytest.mark.skipif(not PEOPLE, reason="no people-*.ttl in ontology/reference")
UN_MEMBERS = """
AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB
BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA
ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI
HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA
LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM
NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU RUS RWA SAU SDN
SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO
TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
"""


# States ------------------------------------------------------------------------------------------


def test_all_members_of_the_united_nations(gazetteer: Gazetteer) -> None:
    codes = UN_MEMBERS.split()
    assert len(set(codes)) == 193
    for code in codes:
        state = gazetteer.entities[f"{BASE}state/{code}"]
        assert (state.type, state.code) == ("State", code)
        # "Congolese" and "Dominican" are given to the larger of two neighbours alone
        assert state.adjective or code in ("COG", "DMA"), code
        assert state.existed(date(2024, 1, 1)), code
        assert gazetteer.codes[code] == state
        assert any(e is state for e, kind in gazetteer.names[state.name] if kind == "name"), code


@pytest.mark.parametrize(
    ("code", "day", "existed"),
    [
        ("SSD", date(2011, 7, 8), False),
        ("SSD", date(2011, 7, 9), True),
        ("SUN", date(1990, 1, 1), True),
        ("SUN", date(2000, 1, 1), False),
        ("SSD", None, True),
    ],
)
def test_a_state_exists_from_a_day_to_a_day(
    code: str, day: date | None, existed: bool, gazetteer: Gazetteer
) -> None:
    assert gazetteer.entities[f"{BASE}state/{code}"].existed(day) is existed


# Names in text -----------------------------------------------------------------------------------

# known names stand in brackets, each with the entity that is its first candidate
FOUND = [
    ("[Nigeria] and [Niger] met.", "state/NGA state/NER"),
    ("[Guinea-Bissau], [Papua New Guinea], [Equatorial Guinea] and [Guinea]", "GNB PNG GNQ GIN"),
    ("the [Democratic Republic of the Congo] and the [Republic of the Congo]", "COD COG"),
    ("[South Sudan], not [Sudan]", "SSD SDN"),
    ("[North Korea]'s army and [South Korean] troops", "PRK KOR"),
    ("[Oman], [Romania], a woman and Omanhene", "OMN ROU"),
    ("[Mali], Malicorne and malice", "MLI"),
    ("[Chad]-based rebels", "TCD"),
    ("The [U.S.] and the [U.K.] agreed.", "USA GBR"),
    ("[U.S.]-led forces of the [US]", "USA USA"),
    ("He left the [U.S.].", "USA"),
    ("Let us go; it is up to us, USB and SUS.", ""),
    ("“[Iran]’s” envoy, ([Iraq]).", "IRN IRQ"),
    ("[Türkiye] and [Turkey]", "TUR TUR"),
    ("[Côte d'Ivoire] is [Ivory Coast].", "CIV CIV"),
    ("[Iranians] and [Germans]", "IRN DEU"),
    ("[NATO] and the [United Nations Security Council]", "org/NATO org/UN-security-council"),
    ("the [European Union] ([EU]), not EUs", "org/EU org/EU"),
    ("The [Kremlin] and the [White House] spoke.", "RUS USA"),
    ("nothing here", ""),
    ("", ""),
]


@pytest.mark.parametrize(("marked", "expected"), FOUND)
def test_names_in_text(marked: str, expected: str, gazetteer: Gazetteer) -> None:
    text = marked.replace("[", "").replace("]", "")
    matches = list(gazetteer.find(text))
    for match in reversed(matches):
        text = f"{text[: match.start]}[{text[match.start : match.end]}]{text[match.end :]}"
    assert text == marked
    first = [m.candidates[0][0].id.removeprefix(BASE) for m in matches]
    assert first == [e if "/" in e else f"state/{e}" for e in expected.split()]


def test_a_capital_means_the_city_or_the_government(gazetteer: Gazetteer) -> None:
    (match,) = gazetteer.find("Moscow")
    kinds = {(c.id.removeprefix(BASE), kind) for c, kind in match.candidates}
    assert {("place/moscow", "name"), ("state/RUS", "metonym")} <= kinds


def test_matches_are_in_order_and_do_not_overlap(gazetteer: Gazetteer) -> None:
    text = "The Russian Foreign Ministry in Moscow told South Korea's President and NATO. " * 50
    position = 0
    for match in gazetteer.find(text):
        assert position <= match.start < match.end
        position = match.end
    assert position


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Russia", "Russia"),
        ("russia", "Russia"),
        (" Iran ", "Iran"),
        ("united states", "United States"),
        ("Burma", "Myanmar"),
        ("RUS", "Russia"),
        ("usa", "United States"),
        ("NATO", "NATO"),
        ("Cavusoglu", "Mevlüt Çavuşoğlu"),
        ("çavuşoğlu mevlüt", "Mevlüt Çavuşoğlu"),
        ("lawrow", "Sergey Lavrov"),
        ("ghadafi", "Muammar Gaddafi"),
        ("rusia", "Russia"),
    ],
)
def test_a_typed_name_finds_what_it_names_first(
    typed: str, first: str, gazetteer: Gazetteer
) -> None:
    assert search(gazetteer, typed)[0].entity.name == first


@pytest.mark.parametrize("typed", ["", "  ", "zzzz", "…", "qwertyuiop"])
def test_nothing_is_found_by_no_name(typed: str, gazetteer: Gazetteer) -> None:
    assert search(gazetteer, typed) == []


def test_a_misspelling_is_no_name(gazetteer: Gazetteer) -> None:
    assert named(gazetteer, "russia").code == "RUS"  # type: ignore[union-attr]
    assert named(gazetteer, "Çavusoğlu Mevlut") is None
    assert named(gazetteer, "rusia") is None


# Offices -----------------------------------------------------------------------------------------


@needs_people
@pytest.mark.parametrize(
    ("code", "role", "day", "name"),
    [
        ("USA", "president", date(2021, 1, 19), "Donald Trump"),
        ("USA", "president", date(2021, 1, 20), "Joe Biden"),
        ("GBR", "prime minister", date(2022, 9, 10), "Liz Truss"),
        ("GBR", "prime minister", date(2022, 11, 10), "Rishi Sunak"),
        ("RUS", "foreign minister", date(2021, 12, 2), "Sergey Lavrov"),
        ("UKR", "president", date(2014, 2, 1), "Viktor Yanukovych"),
        ("UKR", "president", date(2023, 2, 1), "Volodymyr Zelensky"),
        ("IRN", "president", date(2023, 1, 1), "Ebrahim Raisi"),
        ("RUS", "foreign minister", None, None),
        ("RUS", "lord of the manor", date(2021, 12, 2), None),
        ("USA", "president", date(1788, 1, 1), None),
    ],
)
def test_who_held_an_office(
    code: str, role: str, day: date | None, name: str | None, gazetteer: Gazetteer
) -> None:
    holder = gazetteer.holder(f"{BASE}state/{code}", role, day)
    assert (holder and holder.name) == name


@needs_people
def test_a_person_has_the_offices_of_the_day(gazetteer: Gazetteer) -> None:
    lavrov = search(gazetteer, "Sergey Lavrov")[0].entity
    in_2021 = [o.role for o in gazetteer.offices_of(lavrov.id, date(2021, 12, 2))]
    assert in_2021 == ["foreign minister"]
    assert gazetteer.offices_of(lavrov.id, date(1950, 1, 1)) == []
    assert len(gazetteer.offices_of(lavrov.id)) >= 1
    assert gazetteer.offices_of("nobody") == []


@needs_people
def test_a_new_holder_enters_when_the_old_one_leaves(gazetteer: Gazetteer) -> None:
    """At most one person holds a presidency on a day."""
    for office in gazetteer.offices.values():
        if office.role != "president":
            continue
        terms = sorted(
            (t for t in gazetteer.tenures if t.office == office.id),
            key=lambda t: t.begin or date.min,
        )
        for earlier, later in pairwise(terms):
            assert earlier.end is not None, (office.name, earlier.person)
            assert later.begin is not None, (office.name, later.person)
            assert earlier.end <= later.begin, (office.name, later.person)


@needs_people
def test_every_office_belongs_to_somebody_known_and_has_a_known_role(gazetteer: Gazetteer) -> None:
    for office in gazetteer.offices.values():
        assert office.of in gazetteer.entities, office.name
        assert office.role.casefold() in gazetteer.roles, office.name


# What is wrong with a file -----------------------------------------------------------------------

HEAD = """@prefix kg: <https://w3id.org/geopolitical-kg/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
x:me a kg:Official ; skos:prefLabel "Me Myself"@en ; kg:code "RUS" .
x:post a kg:Office ; skos:prefLabel "tester of Russia"@en ; kg:role "tester" ;
    kg:state <https://w3id.org/geopolitical-kg/id/state/RUS> .
"""
TENURE = """x:t a kg:Tenure ; org:member x:{} ; kg:office x:{} ;
    kg:begin "{}"^^xsd:date ; kg:end "{}"^^xsd:date ."""
BROKEN = {
    "turtle": ("x:a a\n.", r":10: not Turtle: "),
    "reversed": (TENURE.format("me", "post", "2021-02-01", "2021-01-31"), "ends before it begins"),
    "person": (TENURE.format("you", "post", "2021-01-01", "2021-02-01"), r"org/you, which is not"),
    "office": (TENURE.format("me", "seat", "2021-01-01", "2021-02-01"), r"org/seat, which is not"),
    "no office": ("x:t a kg:Tenure ; org:member x:me .", "which is not defined"),
    "date": (TENURE.format("me", "post", "spring", "2021-02-01"), 'kg:begin "spring" is no day'),
    "30 February": ('x:s a kg:State ; skos:prefLabel "S" ; kg:end "2021-02-30" .', "is no day"),
    "no class": ('x:a skos:prefLabel "A"@en .', "has no class"),
    "office without name": ("x:o a kg:Office .", "org/o has no skos:prefLabel"),
    "role without name": ("x:r a kg:Role .", "org/r has no skos:prefLabel"),
    "unknown state": (
        'x:a a kg:Party ; skos:prefLabel "A" ; kg:state x:XYZ .',
        r":9: .*org/XYZ, wh",
    ),
    "circle": (
        'x:a a kg:NGO ; skos:prefLabel "A" ; kg:organization x:b .\n'
        'x:b a kg:NGO ; skos:prefLabel "B" ; kg:organization x:a .',
        r":9: .*org/a belongs to itself, by way of .*org/b",
    ),
    "defined twice": (
        '<https://w3id.org/geopolitical-kg/id/state/RUS> a kg:State ; skos:prefLabel "R" .',
        r"state/RUS is in .*, too",
    ),
    "noun without name": ("x:n a kg:GroupNoun .", "org/n has no skos:prefLabel"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small reference files, to which a test adds its own."""
    for name in ("states.ttl", "nouns.ttl"):
        shutil.copy(REFERENCE / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named(case: str, folder: Path) -> None:
    content, reason = BROKEN[case]
    path = folder / "mine.ttl"
    path.write_text(HEAD + content, encoding="utf-8")
    with pytest.raises(SchemaError, match=reason) as caught:
        load_gazetteer(folder)
    # "mine" comes before "states", which is where the second definition is met
    place = folder / "states.ttl" if case == "defined twice" else path
    assert re.match(rf"{re.escape(str(place))}:\d+: ", str(caught.value))
    assert "\n" not in str(caught.value)


def test_a_file_of_ones_own_adds_people(folder: Path) -> None:
    (folder / "mine.ttl").write_text(
        HEAD + TENURE.format("me", "post", "2021-01-01", "2021-02-01"), encoding="utf-8"
    )
    mine = load_gazetteer(folder)
    russia = f"{BASE}state/RUS"
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 1, 31), date(2021, 2, 1)]
    holders = [mine.holder(russia, "tester", day) for day in days]
    assert [h and h.name for h in holders] == [None, "Me Myself", "Me Myself", None]
    assert [e.name for e in mine.surnames["Myself"]] == ["Me Myself"]
    assert [m.candidates[0][0].id for m in mine.find("Me Myself agreed.")] == [
        "https://example.org/me"
    ]


def test_an_empty_folder_knows_nobody(tmp_path: Path) -> None:
    nobody = load_gazetteer(tmp_path)
    assert list(nobody.find("Russia and China")) == []
    assert search(nobody, "Russia") == []
