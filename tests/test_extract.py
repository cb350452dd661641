"""What extraction makes of whole articles: memory, dates, status, sources, identity."""

from datetime import date

import pytest

from kg.model import Article, Event

pytestmark = pytest.mark.slow
DAY = date(2021, 12, 2)


@pytest.fixture
def events(extractor):
    def read(text: str, id: str = "a", day: date | None = DAY) -> list[Event]:
        return list(extractor(Article(id, text, date=day)))

    return read


def sides(event: Event) -> tuple[set[str], set[str]]:
    return {p.name for p in event.actor}, {p.name for p in event.target}


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("The Russian president visited Cuba.", {"Vladimir Putin"}, {"Cuba"}),
        ("Sergei Lavrov met his Turkish counterpart.",
         {"Sergei Lavrov", "Mevlüt Çavuşoğlu"}, set()),
        ("Kenya recalled its envoy from Somalia. It later expelled two Somali diplomats.",
         {"Kenya"}, {"Somali diplomats"}),
        ("Joe Biden and Vladimir Putin spoke. The two presidents met in Geneva.",
         {"Joe Biden", "Vladimir Putin"}, set()),
        ("Ghana's foreign minister, Kojo Mensah, arrived in Accra. He accused Togo of lying.",
         {"Kojo Mensah"}, {"Togo"}),
        ("Spain, Chile and Peru imposed sanctions on Belarus.",
         {"Spain", "Chile", "Peru"}, {"Belarus"}),
        ("The Kremlin accused the White House of lying.", {"Russia"}, {"United States"}),
        # several nations in one plural
        ("Indian and Pakistani troops attacked a convoy of Nepal.",
         {"Indian troops", "Pakistani troops"}, {"Nepal"}),
        ("The foreign ministers of Poland and Latvia criticised Belarus.",
         {"Zbigniew Rau", "Edgars Rinkēvičs"}, {"Belarus"}),
        ("Mali quarrelled with Niger. The two armies clashed on Monday.",
         {"Malian army", "Nigerien army"}, set()),
        ("Mali quarrelled with Niger. Togo called on both sides to talk.",
         {"Togo"}, {"Mali", "Niger"}),
        # by what they are called
        ("South Sudan was angry. Kenya accused the South of lying.", {"Kenya"}, {"South Sudan"}),
        ("Emmanuel Macron came late. Kenya accused Mr Macron's government of lying.",
         {"Kenya"}, {"France"}),
        ("The Chadian side criticised Sudan.", {"Chad"}, {"Sudan"}),
        ("Ethiopian warplanes bombed Eritrea.", {"Ethiopia"}, {"Eritrea"}),
        ("Eritrea shelled the village of Zalambessa in Ethiopia.", {"Eritrea"}, {"Zalambessa"}),
        ("In Kenya, crowds attacked a British diplomat.", {"crowds"}, {"British diplomat"}),
        ("Colombia fears the National Liberation Army. On Monday the rebels attacked Peru.",
         {"National Liberation Army"}, {"Peru"}),
        # the one beside it, the ones named together, the ones that share a name
        ("Chad and Ghana are at odds. Sudan suffers. Chad attacked its neighbour.",
         {"Chad"}, {"Sudan"}),
        ("Peru, Chile and Cuba met in Lima. The three condemned Haiti.",
         {"Peru", "Chile", "Cuba"}, {"Haiti"}),
        ("The two Koreas signed an accord.", {"South Korea", "North Korea"}, set()),
        ("Benin shelled Togo. Ghana stopped its aid to the country.", {"Ghana"}, {"Togo"}),
        # whose man he is
        ("Paul Mensah, the leader of the Malian opposition, condemned Niger.",
         {"Paul Mensah"}, {"Niger"}),
        # who held an office before, and at the time told of
        ("Joe Biden spoke. His predecessor criticised China.", {"Donald Trump"}, {"China"}),
        ("In 2003 the then British prime minister visited Libya.", {"Tony Blair"}, {"Libya"}),
        # two names with a hyphen
        ("The Biden-Putin talks began on Friday.", {"Joe Biden", "Vladimir Putin"}, set()),
        ("Russo-Ukrainian talks collapsed on Friday.", {"Russia", "Ukraine"}, set()),
        # nobody's leaders
        ("Leaders of the West condemned Belarus.", {"leaders"}, {"Belarus"}),
        # a fighter that is shot down is a plane
        ("Turkish fighters shot down a Syrian bomber.", {"Turkey"}, {"Syrian bomber"}),
        # on whose occasion
        ("Kenya said at a meeting with Togo that all was well.", {"Kenya", "Togo"}, set()),
        # where it was done
        ("Two Polish writers were arrested in Cuba.", {"Cuba"}, {"Polish writers"}),
        # whom the rest of the clause concerns
        ("Peru agreed to lift the ban on tea from Kenya.", {"Peru"}, {"Kenya"}),
        # what somebody acts with is not whom he acts on
        ("Chile has refused to send peacekeepers to Haiti.", {"Chile"}, {"Haiti"}),
        # whoever says so is not concerned
        ("Peru agreed to drop the claim, according to a Chilean official.", {"Peru"}, set()),
        # of no known state
        ("The authorities freed two Kenyan teachers.", {"authorities"}, {"Kenyan teachers"}),
        ("A student leader accused Kenya of neglect.", {"Kenyan student leader"}, {"Kenya"}),
        # one side turns to the other
        ("Ghana restored relations with Togo.", {"Ghana"}, {"Togo"}),
        ("Ghana and Togo restored relations.", {"Ghana", "Togo"}, set()),
        # what the article abbreviates
        ("The Chadian Armed Forces (CAF) marched on Friday. The CAF criticised Mali.",
         {"Chadian Armed Forces"}, {"Mali"}),
        # whose deed follows a passive, and a gap inside what is said
        ("Three Togolese were met by Chad and accused Mali of fraud.",
         {"Togolese"}, {"Mali"}),
        ("Haiti fears the gang, which the police say abducted two Cuban nuns.",
         {"gang"}, {"Cuban nuns"}),
        # people in a city, people of an organization
        ("Protesters in Brussels attacked the police.",
         {"Belgian protesters"}, {"Belgian police"}),
        ("Officials in Brussels criticised Kenya.", {"European Union officials"}, {"Kenya"}),
        # who tells reporters something does nothing to them; who tells them to leave does
        ("Eritrea told two foreign reporters to leave the country.", {"Eritrea"}, {"reporters"}),
    ],
)  # fmt: skip
def test_who(events, text: str, actor: set[str], target: set[str]) -> None:
    assert sides(events(text)[-1]) == (actor, target)


def test_nobody_of_a_known_state_makes_no_event(events) -> None:
    assert not events("The prime minister called a snap election for September.")


def test_a_word_inside_a_name_is_no_event(events) -> None:
    found = events("The Firm for Protection and Cooperation in Europe praised Kenya.")
    assert [e.type for e in found] == ["Endorsement"]


def test_a_word_with_a_hyphen_is_one_word(events) -> None:
    (truce,) = events("Mali declared a cease-fire with the rebels of Chad.")
    assert (truce.type, truce.trigger.text) == ("CeasefireDeclaration", "declared")
    (ties,) = events("Mali re-established diplomatic ties with Chad.")
    assert (ties.type, ties.trigger.text) == ("RelationsOpened", "re-established")


def test_a_description_with_its_name_is_told_by_the_name(events) -> None:
    (event,) = events("Kenya expelled its Somali guest, Awad Duale.")
    assert [p.text for p in event.target] == ["Awad Duale"]


def test_people_of_an_organization_act_for_it(events) -> None:
    for who, code in (("MSF nurses", "MSF"), ("UN staff", "UN"), ("Kenyan nurses", "KEN-CVL")):
        (event,) = events(f"{who} were abducted by Malian rebels.")
        assert [p.code for p in event.target] == [code]


def test_rebels_who_took_the_capital_act_for_the_state(events) -> None:
    codes = [
        p.code
        for year in (2010, 2023)
        for e in events("The Taliban released two Kenyan nurses.", day=date(year, 5, 1))
        for p in e.actor
    ]
    assert codes == ["AFG-REB", "AFG"]


def test_an_office_holder_is_the_one_of_the_day(events) -> None:
    text = "The American president visited Kenya."
    assert sides(events(text, day=date(2015, 7, 25))[0])[0] == {"Barack Obama"}
    assert sides(events(text, day=date(2019, 7, 25))[0])[0] == {"Donald Trump"}


def test_a_person_is_called_as_the_article_spells_the_name(events) -> None:
    one, two = events(
        "Foreign Minister Lavrov visited Cuba. Later Sergei Lavrov accused Chile of lying."
    )
    assert [next(iter(e.actor)).name for e in (one, two)] == ["Sergei Lavrov"] * 2
    assert one.actor[0].id == two.actor[0].id
    (other,) = events("Sergey V. Lavrov visited Cuba.")
    assert (other.actor[0].name, other.actor[0].id) == ("Sergey Lavrov", one.actor[0].id)


def test_an_unknown_person_is_kept_and_marked(events) -> None:
    (event,) = events("Ghana's foreign minister, Kojo Mensah, accused Togo of lying.")
    assert event.actor[0].code == "GHA"
    assert not event.actor[0].resolved


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russia expelled two Polish diplomats.", "actual"),
        ("Russia will expel two Polish diplomats.", "planned"),
        ("Russia may expel two Polish diplomats.", "possible"),
        ("Russia did not expel two Polish diplomats.", "denied"),
        ("Russia denied expelling two Polish diplomats.", "denied"),
    ],
)
def test_status(events, text: str, status: str) -> None:
    assert [e.status for e in events(text)] == [status]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Poland said that Russia had expelled two diplomats.", "Poland"),
        ("Russia expelled two diplomats, according to Poland.", "Poland"),
        ("Russia expelled two diplomats on Monday.", None),
    ],
)
def test_source(events, text: str, source: str | None) -> None:
    (event,) = events(text)
    assert (event.said_by.name if event.said_by else None) == source


def test_a_demand_is_one_event_and_what_is_demanded_none(events) -> None:
    assert [e.category for e in events("Kenya demanded that Somalia release the ship.")] == [
        "REQUEST"
    ]


def test_a_meeting_to_come_is_a_planned_meeting(events) -> None:
    (event,) = events("Blinken will meet Lavrov in Stockholm on Friday.")
    assert (event.category, event.type, event.date) == ("AGREE", "PlannedMeeting", "2021-12-03")


def test_a_deadline_ends_an_ordered_expulsion(events) -> None:
    (event,) = events("Russia on Wednesday ordered American diplomats to leave by Jan. 31.")
    assert event.date == "2021-12-01/2022-01-31"


def test_a_headline_takes_the_date_of_the_body(events) -> None:
    text = "Russia expels diplomats\n\nRussia expelled two Polish diplomats on Wednesday."
    assert [e.date for e in events(text)] == ["2021-12-01", "2021-12-01"]


def test_two_articles_name_the_same_event_alike(events) -> None:
    (one,) = events("Russia expelled two Polish diplomats on Wednesday.", "one")
    (two,) = events("On Dec. 1 two Polish diplomats were expelled by Moscow.", "two")
    assert one.id == two.id


def test_undated_events_of_two_articles_stay_apart(events) -> None:
    text = "Russia expelled two Polish diplomats."
    assert events(text, "one")[0].id != events(text, "two")[0].id


def test_offsets_are_into_the_article_as_it_came(events) -> None:
    text = (
        "Caf&eacute; owners watched. Mali\u00adans saw Russia\u2019s army attack Kyiv on\nMonday."
    )
    for event in events(text):
        for span in (event.trigger, event.sentence, *event.actor, *event.target):
            assert text[span.start : span.end] == span.text


def test_every_event_says_why(events) -> None:
    (event,) = events("Russia did not expel two Polish diplomats, Poland said.")
    assert event.why[0] == "frame: ACTOR expel TARGET (Expulsion)"
    assert any(w.startswith("status:") for w in event.why)
    assert any(w.startswith("said by:") for w in event.why)


@pytest.mark.parametrize("text", ["", "…", "12 34 56", "АБВ ГДЕ", "a" * 5000, "THE " * 2000])
def test_nonsense_gives_no_events(events, text: str) -> None:
    assert events(text) == []


@pytest.mark.parametrize(
    ("text", "type", "status"),
    [
        ("Kenya warned Togo that it would no longer put up with insults.", "Threat", "actual"),
        ("Kenya said it would not release the Togolese soldiers.", "RefusalToRelease", "actual"),
        ("Kenya said it would release the Togolese soldiers.", "Promise", "actual"),
        ("Kenya has not released the Togolese soldiers.", "Release", "denied"),
        (
            "In a telephone call with Togo, Kenya denied that it would attack Benin.",
            "PhoneCall",
            "actual",
        ),
    ],
)
def test_what_is_said_of_the_future(events, text: str, type: str, status: str) -> None:
    found = events(text)[0]
    assert type in (found.type, *found.lineage)
    assert found.status == status


def test_a_warning_of_what_a_third_side_may_do_is_no_threat(events) -> None:
    assert "Threat" not in {e.type for e in events("Kenya warned Togo that Benin may attack it.")}


def test_a_pronoun_is_shown_by_the_words_that_name_whom_it_stands_for(events) -> None:
    (event,) = events("Kenya said it had expelled two Somali diplomats.")
    assert [p.text for p in event.actor] == ["Kenya"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kenya lifted a ban on Friday, two days after Togo shelled Benin.", "2021-11-24"),
        ("Kenya met Togo on Friday and recalled its envoy from Benin.", "2021-11-26"),
        ("On May 3 Kenya met Togo, and Ghana expelled the Malian envoy.", "2021-05-03"),
        ("Ghana said on Sunday that Togo had massed troops along the border with Benin.", None),
        ("Ghana said on Sunday that it was expelling the Malian envoy.", "2021-11-28"),
    ],
)
def test_the_date_of_the_last_event(events, text: str, day: str | None) -> None:
    assert events(text)[-1].date == day


def test_an_undated_report_has_the_date_of_the_same_event_elsewhere(events) -> None:
    text = (
        "Togo expelled the Malian envoy on Monday. Later came news. Togo expelled the Malian envoy."
    )
    first, second = (e for e in events(text) if e.type == "Expulsion")
    assert first.date == second.date == "2021-11-29"
    assert first.id == second.id


def test_what_another_president_did_has_no_date_from_there(events) -> None:
    text = (
        "Barack Obama expelled Russian diplomats in May 2016. Joe Biden expelled Russian diplomats."
    )
    assert [e.date for e in events(text)] == ["2016-05", None]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        # words replaced by a thesaurus: names are still found
        ("Secretary of Condition Antony J. Blinken fulfilled with journalists.", []),
        ("Secretary of Condition Antony Blinken satisfied Sergey Lavrov in Stockholm.", []),
        ("Russia annexed Ukraine's Crimean\nPeninsula in 2014 in a transfer.", ["Annexation"]),
        ("The U.S. Senate met. Mr. Blinken accused Russia of lying.", ["Accusation"]),
        # a title that the parser cuts off from its name is nobody
        ("Polish soldiers returned home, as Mr. Biden instructed so.", []),
        # an accident is nobody's deed, and what reporters are told is none done to them
        ("A bus crash killed nine people in Kenya.", []),
        ("Kenya was hit by a flood, which the police say killed nine.", []),
        ("Vladimir Putin told reporters that all was calm.", []),
        ("Colourless the of of treaty banana quickly under Kenya.", []),
    ],
)
def test_noise_gives_no_events_and_hides_none(events, text: str, types: list[str]) -> None:
    assert [e.type for e in events(text) if e.type != "Meeting"] == types
