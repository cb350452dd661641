"""What `ontology/reference/` has to know, counted, and facts of history that it must get right."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.gazetteer import Entity, Gazetteer, Tenure
from kg.schema import read_turtle
from kg.vocab import BASE, ONTOLOGY

FILES = sorted((Path(__file__).parent.parent / "ontology" / "reference").glob("*.ttl"))
TODAY = date(2026, 1, 1)
"""State of knowledge of most tenures."""
Facts = Mapping[str, Mapping[str, list[str]]]


@pytest.fixture(scope="session")
def facts() -> Facts:
    """Subject (behind the base of instances) → local name of a property → values."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in FILES:
        for quad in read_turtle(path):
            if isinstance(quad.subject, ox.NamedNode):
                key = re.split("[/#]", quad.predicate.value)[-1]
                value = getattr(quad.object, "value", "")
                found[quad.subject.value.removeprefix(BASE)][key].append(
                    value.removeprefix(BASE).removeprefix(ONTOLOGY)
                )
    return {subject: dict(about) for subject, about in found.items()}


def _of(facts: Facts, folder: str) -> dict[str, Mapping[str, list[str]]]:
    return {k.split("/")[-1]: v for k, v in facts.items() if k.startswith(f"{folder}/")}


def _now(facts: Facts) -> dict[str, Mapping[str, list[str]]]:
    return {k: v for k, v in _of(facts, "state").items() if "end" not in v}


# Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_file_says_whence_it_comes_and_is_small_enough_to_edit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = text[: text.index("@prefix")]
    assert re.search("Sources?:|Contains data from|[Nn]ames and dates from", head)
    assert re.search(r"checked 20\d\d-\d\d", head)
    assert path.stat().st_size < 1_000_000


# States ------------------------------------------------------------------------------------------


def test_states_have_names_codes_and_capitals(facts: Facts) -> None:
    for code, state in _of(facts, "state").items():
        assert state["code"] == [code]
        assert ("sameAs" in state and "officialName" in state) or code == "RHO", code
        assert "capital" in state or code == "HKG", code
        # the same word is the adjective: the Vietnamese, the Swiss; Congo's is taken by Zaire
        same = any(re.search("(ese|ss|ois|ino|ari|oth)$", a) for a in state.get("adjective", ()))
        assert "demonym" in state or same or code in _NO_DEMONYM, code
    for code, state in _now(facts).items():
        assert "iso2" in state, code
        assert ("cow" in state and "gw" in state) or code in ("ESH", "HKG", "PSE", "VAT"), code


_NO_DEMONYM = frozenset(
    ["COG", "DMA", "GUY", "KIR", "MHL", "SYC", "VAT", "SCG", "SMR", "RVN", "VDR"]
)


@pytest.mark.parametrize(
    ("code", "begin", "end"),
    [
        ("XKX", "2008-02-17", None),
        ("TWN", "1949-12-07", None),
        ("PSE", "1988-11-15", None),
        ("ESH", "1976-02-27", None),
        ("SUN", "1922-12-30", "1991-12-26"),
        ("YUG", "1918-12-01", "2003-02-04"),
        ("SCG", "2003-02-04", "2006-06-05"),
        ("CSK", "1918-10-28", "1993-01-01"),
        ("DDR", "1949-10-07", "1990-10-03"),
        ("ZAR", "1971-10-27", "1997-05-17"),
        ("YMD", "1967-11-30", "1990-05-22"),
        ("SSD", "2011-07-09", None),
    ],
)
def test_states_that_came_or_went(code: str, begin: str, end: str | None, facts: Facts) -> None:
    state = facts[f"state/{code}"]
    assert (state["begin"], state.get("end")) == ([begin], [end] if end else None)


@pytest.mark.parametrize(
    ("group", "begin"),
    [
        ("abkhazia-authorities", "1992-07-23"),
        ("transnistria-authorities", "1990-09-02"),
        ("somaliland-authorities", "1991-05-18"),
        ("south-ossetia-authorities", "1991-12-21"),
        ("trnc", "1983-11-15"),
        ("artsakh", "1991-09-02"),
    ],
)
def test_authorities_that_few_recognize(group: str, begin: str, facts: Facts) -> None:
    assert facts[f"group/{group}"]["begin"] == [begin]


@pytest.mark.parametrize(
    ("code", "iso2", "cow", "gw"),
    [
        ("USA", "US", "2", "2"),
        ("DEU", "DE", "255", "260"),
        ("YEM", "YE", "679", "678"),
        ("SRB", "RS", "345", "340"),
        ("TUV", "TV", "947", "973"),
        ("VNM", "VN", "816", "816"),
        ("SSD", "SS", "626", "626"),
        ("KOR", "KR", "732", "732"),
    ],
)
def test_numbers_of_states(code: str, iso2: str, cow: str, gw: str, facts: Facts) -> None:
    state = facts[f"state/{code}"]
    assert [state[k] for k in ("iso2", "cow", "gw")] == [[iso2], [cow], [gw]]


def test_neighbours_are_mutual(facts: Facts) -> None:
    states = _of(facts, "state")
    pairs = {(k, b.split("/")[-1]) for k, v in states.items() for b in v.get("borders", ())}
    assert len(pairs) > 600
    assert not {(a, b) for a, b in pairs if (b, a) not in pairs}


@pytest.mark.parametrize(
    "line",
    [
        "RUS: Moscow, Kremlin",
        "GBR: London, Downing Street, Whitehall, Buckingham Palace",
        "FRA: Paris, Élysée, Elysee, Hôtel Matignon",
        "KOR: Seoul, Blue House",
        "USA: Washington, White House, Oval Office",
        "CHN: Beijing, Zhongnanhai",
        "CAN: Ottawa, Rideau Hall, Parliament Hill",
        "BRA: Brasilia, Planalto, Itamaraty",
        "JPN: Tokyo, Nagatacho, Kasumigaseki, Kantei",
        "IND: New Delhi, Rashtrapati Bhavan, South Block, Raisina Hill",
        "ARG: Buenos Aires, Casa Rosada",
        "ITA: Rome, Chigi, Palazzo Chigi, Quirinal, Quirinale, Farnesina, Viminale",
        "NLD: The Hague, Binnenhof, Catshuis",
        "CZE: Prague Castle",
        "DEU: Bellevue Palace, Kanzleramt",
        "ESP: Moncloa, Zarzuela Palace",
        "PHL: Malacanang",
        "UKR: Kyiv, Bankova",
        "KAZ: Akorda",
        "CHL: La Moneda",
        "MYS: Putrajaya, Wisma Putra",
        "NPL: Singha Durbar",
        "TUR: Beştepe, Bestepe",
        "PER: Torre Tagle",
        "NGA: Aso Rock",
        "ZAF: Union Buildings",
        "VEN: Miraflores",
    ],
)
def test_seats_of_government_stand_for_states(line: str, gazetteer: Gazetteer) -> None:
    code, _, names = line.partition(": ")
    for name in names.split(", "):
        found = gazetteer.names.get(name.removeprefix("The "), gazetteer.names.get(name, ()))
        assert (f"{BASE}state/{code}", "metonym") in {(e.id, kind) for e, kind in found}, name


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("Foggy Bottom", "group/us-state-department"),
        ("Bundestag", "group/bundestag"),
        ("Brussels", "org/EU"),
        ("Pentagon", "state/USA"),
    ],
)
def test_seats_of_bodies(name: str, subject: str, gazetteer: Gazetteer) -> None:
    assert f"{BASE}{subject}" in {e.id for e, _ in gazetteer.names[name]}


# Membership --------------------------------------------------------------------------------------

MEMBERS = {
    "UN": 193, "EU": 27, "NATO": 32, "CoE": 46, "OSCE": 57, "AU": 55, "OAS": 34, "ASEAN": 11,
    "Arab-League": 22, "GCC": 6, "OIC": 57, "ECOWAS": 12, "SADC": 16, "OECD": 38, "G20": 19,
    "G7": 7, "BRICS": 10, "SCO": 10, "CSTO": 6, "EAEU": 5, "Commonwealth": 56, "euro-zone": 21,
    "OPEC": 12, "APEC": 21, "WTO": 164, "ICC": 123, "Warsaw-Pact": 0,
}  # fmt: skip
"""States alone: the EU, Macau and the Cook Islands are members of some of them, too."""


def _memberships(facts: Facts) -> Iterator[tuple[str, str, str, str]]:
    for found in _of(facts, "membership").values():
        end = found.get("end", [""])[0]
        yield found["organization"][0], found["member"][0], found["begin"][0], end


def test_memberships_are_of_somebody_in_something_from_before_to_after(facts: Facts) -> None:
    rows = list(_memberships(facts))
    assert len(rows) >= 1_300
    for organization, member, begin, end in rows:
        assert facts[organization]["type"][0] in ("InternationalOrganization", "Court"), (
            organization
        )
        assert member in facts, member
        assert not end or begin < end, (organization, member)


@pytest.mark.parametrize("organization", MEMBERS)
def test_number_of_members(organization: str, facts: Facts) -> None:
    rows = [r for r in _memberships(facts) if r[0] == f"org/{organization}" and r[3] < "2026-06"]
    current = [r[1] for r in rows if not r[3]]
    assert len(current) == len(set(current)) == MEMBERS[organization]


@pytest.mark.parametrize(
    "row",
    [
        "EU GBR 1973-01-01 2020-01-31",
        "EU HRV 2013-07-01",
        "CoE RUS 1996-02-28 2022-03-16",
        "NATO FIN 2023-04-04",
        "NATO SWE 2024-03-07",
        "NATO POL 1999-03-12",
        "ECOWAS MLI 1975-05-28 2025-01-29",
        "ECOWAS NER 1975-05-28 2025-01-29",
        "ECOWAS BFA 1975-05-28 2025-01-29",
        "UN CHE 2002-09-10",
        "UN SSD 2011-07-14",
        "UN PRK 1991-09-17",
        "UN SUN 1945-10-24 1991-12-24",
        "AU MAR 2017-01-30",
        "ASEAN TLS 2025-10-26",
        "OPEC QAT 1961 2019-01-01",
        "OPEC AGO 2007-01-01 2024-01-01",
        "ICC PHL 2011-11-01 2019-03-17",
        "ICC BDI 2004 2017-10-27",
        "WTO CHN 2001-12-11",
        "WTO RUS 2012-08-22",
        "CIS GEO 1993-12 2009-08-18",
        "SCO IRN 2023-07-04",
        "EAC SOM 2024-03-04",
        "euro-zone HRV 2023-01-01",
    ],
)
def test_who_joined_and_left_when(row: str, facts: Facts) -> None:
    organization, state, *days = row.split()
    wanted = (f"org/{organization}", f"state/{state}", *days, *([""] if len(days) == 1 else []))
    assert wanted in set(_memberships(facts))


# Organizations and groups ------------------------------------------------------------------------


def test_organizations_and_courts(facts: Facts) -> None:
    bodies = [
        v
        for v in _of(facts, "org").values()
        if v["type"][0] in ("InternationalOrganization", "Court")
    ]
    assert len(bodies) >= 240
    assert sum(v["type"][0] == "Court" for v in bodies) >= 10
    assert sum(bool(v.get("altLabel")) for v in bodies) >= 200
    names = (x for v in bodies for x in (*v["prefLabel"], *v.get("altLabel", ())))
    assert sum(bool(re.fullmatch(r"[A-Z][A-Za-z]*[A-Z][A-Za-z+]*", n)) for n in names) >= 150


def test_groups_parties_and_services_have_a_country_and_a_code(facts: Facts) -> None:
    kinds = ("ArmedGroup", "Movement", "Party", "IntelligenceService")
    bodies = {k: v for k, v in _of(facts, "group").items() if v["type"][0] in kinds}
    assert len(bodies) >= 450
    count = Counter(v["type"][0] for v in bodies.values())
    assert all(count[k] >= 40 for k in kinds), count
    stateless = [k for k, v in bodies.items() if "state" not in v]
    assert len(stateless) <= 15, stateless
    assert all(v["code"] for v in bodies.values())


# Offices and tenures -----------------------------------------------------------------------------

_UNARMED = frozenset(
    [
        "AND",
        "DMA",
        "FSM",
        "GRD",
        "LCA",
        "LIE",
        "MCO",
        "MHL",
        "NRU",
        "PLW",
        "SMR",
        "TUV",
        "VUT",
        "WSM",
        "VAT",
    ]
)
_OUTSIDE = frozenset(["TWN", "XKX", "ESH"])
"""They have no ambassador to the United Nations."""
_HEADS = frozenset(
    [
        "president",
        "monarch",
        "emir",
        "sultan",
        "emperor",
        "supreme leader",
        "pope",
        "prince",
        "governor-general",
    ]
)
_GOVERNS = _HEADS | {"prime minister", "chief executive", "chief adviser", "state counsellor"}


def test_every_state_has_its_offices(facts: Facts) -> None:
    roles = defaultdict(set)
    for office in _of(facts, "office").values():
        for state in office.get("state", ()):
            roles[state.split("/")[-1]].update(office["role"])
    for code in _now(facts):
        if code == "HKG":
            continue
        assert roles[code] & _HEADS, code
        # where there is no prime minister the president governs
        assert roles[code] & {"prime minister", "chief executive", "president", "sultan", "pope"}
        assert "foreign minister" in roles[code], code
        assert ("defence minister" in roles[code]) or code in _UNARMED, code
        assert {"ambassador", "government spokesperson", "foreign ministry spokesperson"} <= roles[
            code
        ], code
        assert ("ambassador to the United Nations" in roles[code]) or code in _OUTSIDE, code


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("Secretary of State", "USA-foreign-minister"),
        ("Foreign Secretary", "GBR-foreign-minister"),
        ("German Chancellor", "DEU-prime-minister"),
        ("Taoiseach", "IRL-prime-minister"),
        ("Rais", "PSE-president"),
        ("Chief Cabinet Secretary", "JPN-government-spokesperson"),
    ],
)
def test_names_of_offices(name: str, office: str, gazetteer: Gazetteer) -> None:
    assert f"{BASE}office/{office}" in {e.id for e, _ in gazetteer.names[name]}


def test_tenures_are_dated_to_the_month(facts: Facts) -> None:
    tenures = _of(facts, "tenure")
    assert len(tenures) >= 6_000
    bounds = [v[0] for t in tenures.values() for k in ("begin", "end") if (v := t.get(k))]
    assert all(t.get("begin") for t in tenures.values())
    assert sum(len(b) == 4 for b in bounds) <= 29
    assert sum(len(b) == 10 for b in bounds) / len(bounds) > 0.9


def _gaps(tenures: list[Tenure], begin: date, end: date) -> list[int]:
    """Days from begin to end on which none of the tenures ran, each time more than a month."""
    gaps = []
    for tenure in sorted(tenures, key=lambda t: t.begin or date.min):
        if (tenure.begin or date.min) > begin:
            gaps.append((min(tenure.begin or date.min, end) - begin).days)
        begin = max(begin, tenure.end or end)
        if begin >= end:
            break
    gaps.append((end - begin).days)
    return [g for g in gaps if g > 45]


def _coverage(gazetteer: Gazetteer, roles: frozenset[str]) -> dict[str, float]:
    """Code of a state → share of the time from 1990 on in which somebody held one of the roles."""
    held = defaultdict(list)
    for tenure in gazetteer.tenures:
        office = gazetteer.offices[tenure.office]
        if office.role in roles:
            held[office.of].append(tenure)
    shares = {}
    for entity in gazetteer.entities.values():
        begin = max(entity.begin or date.min, date(1990, 1, 1))
        end = min(entity.end or TODAY, TODAY)
        if entity.type == "State" and begin < end:
            missing = sum(_gaps(held[entity.id], begin, end))
            shares[entity.code] = 1 - missing / (end - begin).days
    return shares


def test_who_led_the_states(gazetteer: Gazetteer) -> None:
    shares = _coverage(gazetteer, _GOVERNS)
    g20 = "ARG AUS BRA CAN CHN DEU FRA GBR IDN IND ITA JPN KOR MEX RUS SAU TUR USA ZAF"
    assert {c: shares[c] for c in g20.split() if shares[c] < 1} == {}
    assert sum(s == 1 for s in shares.values()) >= 185


@pytest.mark.parametrize(
    ("role", "states"),
    [
        ("president", "ARG BRA CHN DEU FRA IDN IND ITA KOR MEX RUS TUR USA ZAF"),
        ("prime minister", "AUS CAN CHN DEU FRA GBR IND ITA JPN RUS"),
    ],
)
def test_heads_without_a_gap(role: str, states: str, gazetteer: Gazetteer) -> None:
    shares = _coverage(gazetteer, frozenset({role}))
    assert {c: shares[c] for c in states.split() if shares[c] < 1} == {}


@pytest.mark.parametrize(("role", "least"), [("foreign minister", 80), ("defence minister", 60)])
def test_ministers_without_large_gaps(role: str, least: int, gazetteer: Gazetteer) -> None:
    shares = _coverage(gazetteer, frozenset({role}))
    assert sum(s >= 0.9 for s in shares.values()) >= least


def test_heads_of_organizations(gazetteer: Gazetteer) -> None:
    held = defaultdict(list)
    for tenure in gazetteer.tenures:
        held[tenure.office].append(tenure)
    for name in (
        "UN-secretary-general", "NATO-secretary-general", "EU-commission-president",
        "EU-parliament-president", "IAEA-director-general", "WHO-director-general",
        "CoE-secretary-general", "Commonwealth-secretary-general", "World-Bank-president",
        "UNESCO-director-general",
    ):  # fmt: skip
        tenures = held[f"{BASE}office/{name}"]
        assert sum(_gaps(tenures, date(1990, 1, 1), TODAY)) < 60, name


# Names -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Sergey Lavrov", "Sergei Lavrov, Lawrow"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy, Volodymyr Zelenskiy, Zelenskyy, Zelenskiy"),
        ("Muammar Gaddafi", "Muammar Qaddafi, Moammar Gadhafi, Muammar Kadhafi"),
        ("Benjamin Netanyahu", "Binyamin Netanyahu"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan, Tayyip Erdogan"),
        ("Kim Jong Un", "Kim Jong-un, Kim Jong Un"),
        ("Alexander Lukashenko", "Alyaksandr Lukashenka, Aleksandr Lukashenko"),
        ("Viktor Yanukovych", "Viktor Yanukovich"),
        ("Bashar al-Assad", "Bashar Assad, Bashar al Assad"),
        ("Slobodan Milošević", "Slobodan Milosevic"),
        ("Mahmoud Ahmadinejad", "Mahmud Ahmadinejad"),
        ("Nursultan Nazarbayev", "Nursultan Nazarbaev"),
        ("Franjo Tuđman", "Franjo Tudjman"),
        ("Gerhard Schröder", "Gerhard Schroeder, Gerhard Schroder"),
        ("Roh Tae-woo", "Roh Tae Woo, Roh Tae-Woo"),
    ],
)
def test_spellings(name: str, spellings: str, gazetteer: Gazetteer) -> None:
    known = {
        e.id
        for alias in (name, name.replace(" Jong Un", " Jong-un"))
        for e, _ in gazetteer.names.get(alias, ())
    }
    assert len(known) == 1
    for spelling in spellings.split(", "):
        found = {e.id for e, _ in gazetteer.names.get(spelling, ())}
        found |= {e.id for e in gazetteer.surnames.get(spelling, ())}
        assert known & found, spelling


_PLAIN = str.maketrans(
    dict(zip("øØłŁđĐðıəƏ", "oOlLdDdiaA", strict=True))
    | {"æ": "ae", "Æ": "Ae", "ß": "ss", "þ": "th", "Þ": "Th"}
)
_OTHER_WORD = frozenset(["Male", "Reunion", "San Jose"])
"""What they would be without accents names something else."""


def test_names_are_found_without_their_accents(gazetteer: Gazetteer) -> None:
    missing = []
    for alias, found in gazetteer.names.items():
        plain = unicodedata.normalize("NFKD", alias.translate(_PLAIN))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
        if plain != alias and plain not in _OTHER_WORD:
            others = {e.id for e, _ in gazetteer.names.get(plain, ())}
            missing += [alias for e, _ in found if e.id not in others]
    assert missing == []


# Places ------------------------------------------------------------------------------------------


def test_cities(facts: Facts, gazetteer: Gazetteer) -> None:
    cities = [v for v in _of(facts, "place").values() if v["type"] == ["City"]]
    assert len(cities) >= 5_900
    assert [v["prefLabel"] for v in cities if not v.get("state")] == [["Badme"]]
    assert len({s for v in cities for s in v.get("state", ())}) >= 195
    for code, state in _of(facts, "state").items():
        for capital in state.get("capital", ()):
            found = gazetteer.names.get(capital, ())
            kinds = {e.type for e, _ in found if isinstance(e, Entity)}
            assert kinds & {"City", "State"} or capital == "Victoria", (code, capital)


def test_a_city_takes_nobodys_name(gazetteer: Gazetteer) -> None:
    """Only capitals share a name, with the state that is governed from there."""
    for alias, found in gazetteer.names.items():
        cities = [e for e, kind in found if isinstance(e, Entity) and e.type == "City"]
        if cities:
            assert len(cities) == 1, alias
            others = {(e.id, kind) for e, kind in found if e is not cities[0]}
            assert all(kind == "metonym" for _, kind in others), (alias, others)


COMMON = """
Reading Nice Mobile Split Most Bath Of Orange Independence Man Bo Mary Batman Bush Van Surprise
Enterprise Providence Phoenix Paradise Aurora Corona Delta Mesa Norman Austin Madison Lincoln
Jackson Warren Eugene Elizabeth Victoria Santos George Derby Slough Salt Split Nancy Charlotte
Orlando Vladimir Constantine Columbia Westminster Ajax Ontario Hassan Anand Mascara Sale Moreno
"""


@pytest.mark.parametrize("name", sorted(set(COMMON.split())))
def test_a_name_that_is_also_a_word_or_a_person_does_not_stand_alone(
    name: str, gazetteer: Gazetteer
) -> None:
    found = gazetteer.names.get(name, ())
    assert not [e.id for e, _ in found if isinstance(e, Entity) and e.type == "City"]


@pytest.mark.parametrize(
    "line",
    [
        "GBR: Reading, England; Bath, England; Birmingham; Manchester; Stoke-on-Trent",
        "FRA: Nice, France; Strasbourg; Metz",
        "HRV: Split, Croatia; Zagreb",
        "USA: Phoenix, Arizona; Mobile, Alabama; Chicago; Quebec",
        "UKR: Kramatorsk; Zaporizhzhia; Zaporozhye; Mykolaiv; Kryvyi Rih; Gorlovka; Zhitomir",
        "RUS: Novorossiysk; Vladikavkaz; Arkhangelsk; Engels, Russia; Petropavlovsk-Kamchatsky",
        "IRQ: Baquba; Diwaniya; Umm Qasr; Dohuk; Kirkuk; Fallujah",
        "IRN: Abadan; Khorramshahr; Mahabad; Sanandaj; Nishapur",
        "LBY: Ajdabiya; Sabha, Libya; Zliten; Misrata",
        "SDN: El Obeid; Gedaref; Wad Medani; El Fasher",
        "ETH: Bahir Dar; Dire Dawa; Nekemte; Adigrat",
        "MMR: Lashio; Sittwe; Myeik; Taunggyi",
        "PRK: Sinuiju; Wonsan; Chongjin; Hamhung",
        "NGA: Maiduguri; Makurdi; Gusau, Nigeria; Yenagoa",
        "TUR: Gaziantep; Diyarbakir; Van, Turkey; Batman, Turkey; Izmit",
        "LUX: Luxembourg City",
        "DJI: Djibouti City",
    ],
)
def test_cities_that_news_names(line: str, gazetteer: Gazetteer) -> None:
    code, _, names = line.partition(": ")
    for name in names.split("; "):
        if name != "Quebec":
            (match,) = gazetteer.find(f"in {name} today")
            assert match.end - match.start == len(name), name
            assert code in {e.code for e, _ in match.candidates if isinstance(e, Entity)}, name


REGIONS = """
Crimea, Donbas, Xinjiang, Tibet, Tigray, Amhara, Oromia, Kashmir, Nagorno-Karabakh,
Transnistria, Abkhazia, South Ossetia, Chechnya, Dagestan, Tatarstan, Bashkortostan, Darfur,
Kordofan, Somaliland, Puntland, Jubaland, Galmudug, Catalonia, Scotland, Rakhine, Kurdistan,
Sinai Peninsula, Gaza Strip, West Bank, Golan Heights, Balochistan, Sindh, Gilgit-Baltistan,
Manipur, Assam, Uttar Pradesh, Guangdong, Sichuan, Yunnan, Inner Mongolia, Alberta, Ontario,
Bavaria, Saxony, Sicily, Lombardy, North Kivu, South Kivu, Ituri, Katanga, Cabo Delgado,
Casamance, Biafra, Zamfara, Borno, Helmand, Nangarhar, Badakhshan, Nineveh, Anbar, Diyala,
Shabwa, Hadramawt, Cyrenaica, Tripolitania, Fezzan, Aceh, West Papua, Mindanao, Sinaloa,
Chiapas, Tamaulipas, Antioquia, Zulia, Essequibo, Vojvodina, Republika Srpska, Herzegovina,
Gagauzia, Adjara, Syunik, Nakhchivan, Gorno-Badakhshan, Karakalpakstan, Ohio, Pennsylvania,
Texas, California, Queensland, New South Wales, Wallonia, Flanders, Corsica
"""


@pytest.mark.parametrize("name", REGIONS.replace("\n", " ").strip().split(", "))
def test_regions(name: str, gazetteer: Gazetteer) -> None:
    assert "Region" in {getattr(e, "type", "") for e, _ in gazetteer.names[name.strip()]}


# Who was it that day -----------------------------------------------------------------------------

HELD = """
state/USA|president|1991-01-17|George H. W. Bush
state/USA|president|2001-09-11|George W. Bush
state/USA|president|2025-01-20|Donald Trump
state/USA|foreign minister|1990-08-02|James Baker
state/USA|foreign minister|1999-03-24|Madeleine Albright
state/USA|foreign minister|2003-02-05|Colin Powell
state/USA|foreign minister|2022-02-24|Antony Blinken
state/USA|defence minister|1991-01-17|Dick Cheney
state/USA|defence minister|2003-03-20|Donald Rumsfeld
state/USA|vice-president|2009-06-01|Joe Biden
state/SUN|president|1991-08-19|Mikhail Gorbachev
state/SUN|foreign minister|1990-10-03|Eduard Shevardnadze
state/RUS|president|1993-10-04|Boris Yeltsin
state/RUS|president|2008-08-08|Dmitry Medvedev
state/RUS|prime minister|2008-08-08|Vladimir Putin
state/RUS|foreign minister|1998-01-01|Yevgeny Primakov
state/RUS|defence minister|2014-03-18|Sergei Shoigu
state/RUS|defence minister|2024-06-01|Andrei Belousov
state/GBR|prime minister|1990-11-01|Margaret Thatcher
state/GBR|prime minister|1997-05-03|Tony Blair
state/GBR|foreign minister|2016-07-14|Boris Johnson
state/GBR|monarch|2022-09-07|Queen Elizabeth II
state/GBR|monarch|2022-09-09|King Charles III
state/FRA|president|1995-05-16|François Mitterrand
state/FRA|president|1995-05-18|Jacques Chirac
state/FRA|foreign minister|2003-02-14|Dominique de Villepin
state/DEU|prime minister|1990-10-03|Helmut Kohl
state/DEU|prime minister|2021-12-08|Olaf Scholz
state/DEU|prime minister|2025-05-07|Friedrich Merz
state/DEU|foreign minister|1999-03-24|Joschka Fischer
state/ITA|prime minister|2022-10-23|Giorgia Meloni
state/JPN|prime minister|1993-08-10|Morihiro Hosokawa
state/JPN|prime minister|2022-07-08|Fumio Kishida
state/JPN|prime minister|2025-11-01|Sanae Takaichi
state/JPN|emperor|2019-05-02|Emperor Naruhito
state/CHN|president|1992-01-01|Yang Shangkun
state/CHN|president|2013-03-15|Xi Jinping
state/CHN|foreign minister|2023-06-01|Qin Gang
state/KOR|president|1992-06-01|Roh Tae-woo
state/KOR|president|2018-04-27|Moon Jae-in
state/KOR|foreign minister|2005-01-01|Ban Ki-moon
state/IND|prime minister|1990-12-01|Chandra Shekhar
state/IND|prime minister|1998-05-11|Atal Bihari Vajpayee
state/IND|foreign minister|2024-01-01|Subrahmanyam Jaishankar
state/PAK|prime minister|1999-10-11|Nawaz Sharif
state/CAN|prime minister|1992-01-01|Brian Mulroney
state/CAN|prime minister|2025-04-01|Mark Carney
state/AUS|prime minister|1990-08-02|Bob Hawke
state/AUS|defence minister|1999-09-20|John Moore
state/BRA|president|1992-06-03|Fernando Collor de Mello
state/BRA|president|2023-01-02|Luiz Inácio Lula da Silva
state/MEX|president|1994-01-01|Carlos Salinas
state/ARG|president|1990-01-01|Carlos Menem
state/ZAF|president|1994-05-11|Nelson Mandela
state/ZAF|president|1990-02-02|F. W. de Klerk
state/SAU|monarch|1990-08-02|King Fahd
state/TUR|prime minister|2003-03-20|Recep Tayyip Erdoğan
state/IRN|president|2006-01-01|Mahmoud Ahmadinejad
state/IRQ|president|2003-03-19|Saddam Hussein
state/EGY|president|2011-02-10|Hosni Mubarak
state/EGY|president|2013-01-01|Mohamed Morsi
state/ISR|prime minister|1993-09-13|Yitzhak Rabin
state/ISR|prime minister|2022-01-01|Naftali Bennett
state/SYR|president|2024-12-07|Bashar al-Assad
state/UKR|president|2004-12-01|Leonid Kuchma
state/UKR|foreign minister|2022-02-24|Dmytro Kuleba
state/POL|president|1991-01-01|Lech Wałęsa
state/CSK|president|1990-06-01|Václav Havel
state/YUG|president|1999-03-24|Slobodan Milošević
state/GEO|president|2008-08-08|Mikheil Saakashvili
state/VEN|president|1992-02-04|Carlos Andrés Pérez
state/VEN|president|2002-04-11|Hugo Chávez
state/COD|president|1998-08-02|Laurent-Désiré Kabila
state/ZAR|president|1996-10-01|Mobutu Sese Seko
state/RWA|president|1994-04-05|Juvénal Habyarimana
state/PHL|president|1990-01-01|Corazon Aquino
state/SGP|prime minister|1990-11-27|Lee Kuan Yew
state/MMR|president|2012-01-01|Thein Sein
org/UN|secretary-general|1991-01-01|Javier Pérez de Cuéllar
org/UN|secretary-general|1994-04-07|Boutros Boutros-Ghali
org/UN|secretary-general|2003-03-20|Kofi Annan
org/NATO|secretary-general|1992-01-01|Manfred Wörner
org/NATO|secretary-general|2024-10-02|Mark Rutte
org/EU-commission|president|1992-02-07|Jacques Delors
org/EU|high representative|2001-01-01|Javier Solana
org/IAEA|director-general|2003-02-01|Mohamed ElBaradei
org/IMF|managing director|2008-09-15|Dominique Strauss-Kahn
org/World-Bank|president|1993-01-01|Lewis Preston
org/WHO|director-general|2020-03-11|Tedros Adhanom Ghebreyesus
"""


@pytest.mark.parametrize("row", HELD.strip().splitlines())
def test_who_it_was(row: str, gazetteer: Gazetteer) -> None:
    owner, role, day, name = row.split("|")
    holder = gazetteer.holder(f"{BASE}{owner}", role, date.fromisoformat(day))
    assert (holder and holder.name) == name


def test_nobody_before_the_office_was_there(gazetteer: Gazetteer) -> None:
    russia = gazetteer.entities[f"{BASE}state/RUS"]
    assert russia.begin is not None
    assert gazetteer.holder(russia.id, "president", russia.begin - timedelta(days=400)) is None
