"""Date phrases of news → EDTF, seen from a day of publication."""

from datetime import date

import pytest

from kg.extract.dates import date_phrases

DAY = date(2021, 12, 2)  # a Thursday


def values(text: str, published: date | None = DAY, **kwargs) -> list[str]:
    return [p.edtf for p in date_phrases(text, published, published, **kwargs)]


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("on 2019-07-04", "2019-07-04"),
        ("on March 18, 2014", "2014-03-18"),
        ("on 18 March 2014", "2014-03-18"),
        ("on the 3rd of May, 2011", "2011-05-03"),
        ("on Sept. 5th, 2001", "2001-09-05"),
        ("on 7-Aug-1998", "1998-08-07"),
        ("on 2019/07/04", "2019-07-04"),
        ("on 04.07.2019", "2019-07-04"),
        ("on 7/24/2019", "2019-07-24"),
        ("on 24/7/2019", "2019-07-24"),
        ("on 4/7/2019", "2019"),  # in April or in July
        ("in March of 2014", "2014-03"),
        ("on Nov. 24", "2021-11-24"),
        ("by Jan. 31", "2022-01-31"),
        ("in June 2015", "2015-06"),
        ("in March", "2021-03"),
        ("early this month", "2021-12"),
        ("in 2014", "2014"),
        ("from 1998 to 2000", "1998/2000"),
        ("in the 1990s", "199X"),
        ("on Wednesday", "2021-12-01"),
        ("on Thursday", "2021-12-02"),
        ("last Thursday", "2021-11-25"),
        ("next Monday", "2021-12-06"),
        ("yesterday", "2021-12-01"),
        ("tomorrow", "2021-12-03"),
        ("three days ago", "2021-11-29"),
        ("two months ago", "2021-10"),
        ("a year ago", "2020"),
        ("last week", "2021-11-22/2021-11-28"),
        ("last month", "2021-11"),
        ("this year", "2021"),
        ("last weekend", "2021-11-27/2021-11-28"),
        ("next weekend", "2021-12-11/2021-12-12"),
        ("last spring", "2021-21"),
        ("next spring", "2022-21"),
        ("in summer 2008", "2008-22"),
        ("within 72 hours", "2021-12-05"),
    ],
)
def test_value(phrase: str, edtf: str) -> None:
    assert values(f"It happened {phrase}.") == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "This may lead to war.",
        "The march on the capital went on.",
        "They met in recent days.",
        "It cost $2000.",
        "A decade of 20,000 dead.",
        "They met on Feb. 31.",
        "They met on February 31, 2014.",
        "They met on 13/14/2019.",
        "Version 2021.10.2 came out.",
    ],
)
def test_no_date(text: str) -> None:
    assert values(text) == []


def test_a_leap_day_is_found_in_the_nearest_leap_year() -> None:
    assert values("on Feb. 29", date(2024, 3, 4)) == ["2024-02-29"]


def test_a_bare_weekday_of_something_planned_is_the_next_one() -> None:
    assert values("They will meet on Friday.", future=True) == ["2021-12-03"]


def test_without_a_day_of_publication_only_absolute_phrases_have_a_value() -> None:
    assert values("On Friday, in 2014 and last week.", None) == ["2014"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met on May 3, 2018. The next day they parted.", "2018-05-04"),
        ("They met on May 3, 2018, as in 2010. The next day they parted.", "2018-05-04"),
        ("They quarrelled in 2014 and must agree within seven days.", "2021-12-09"),
        ("They met on May 3, 2018. Three weeks later they parted.", "2018-05-24"),
        ("They met on May 3, 2018. The same day they parted.", "2018-05-03"),
    ],
)
def test_anaphoric_phrases_count_from_the_date_before_them(text: str, edtf: str) -> None:
    assert values(text)[-1] == edtf
