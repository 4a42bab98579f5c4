"""The demo shop's customers can be reached nowhere: reserved domains and telephone ranges, and consent by the dice."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

from core.intake.logs import contacts as intake
from data import customers, shop
from data.contacts import CONSENT, IN_WORDS, contacts
from data.names import NAMES
from data.towns import ELSEWHERE, TOWNS

# RFC 2606 keeps these free; nothing else may stand after an @.
RESERVED = re.compile(r"(example\.(com|org|net)|[a-z-]+\.example)")
# Country's code -> national numbers kept free: Ofcom, NANP, Bundesnetzagentur, Arcep, ComReg, PTS, ACMA.
UNUSED = re.compile(
    r"\+(44(2079460\d{3}|7700900\d{3}|1(13|14|17|21|31|61)4960\d{3}|2920180\d{3}|1632960\d{3})"
    r"|1\d{3}55501\d\d|49(30231\d{2}|4066969|2214710|8999998|6990009)\d{3}|33(19900|26191|35301|46571|53649)\d{4}"
    r"|3532091\d{5}|46(8465004|4062804)\d{2}|61[23]5550\d{4})"
)


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    return pd.read_csv(shop.OUT, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def people(log) -> pd.DataFrame:
    return log[log["CustomerID"] != ""].drop_duplicates("CustomerID")


def table() -> pd.DataFrame:
    return pd.read_csv(customers.OUT, dtype=str, keep_default_na=False)


def test_every_address_ends_in_a_domain_that_is_nobodys(people):
    for emails in (people["Email"], table()["email"]):
        good = emails[[intake.email(text) is not None for text in emails]]
        assert len(good) > 0.9 * len(emails)
        assert all(RESERVED.fullmatch(email.split("@")[1]) for email in good)


def test_an_address_that_is_mistyped_hits_nobody_either(people):
    bad = [email for email in people["Email"] if email and intake.email(email) is None]
    assert 10 < len(bad) < 100
    assert all("example" in re.split(r"@|\(at\)", email)[-1] for email in bad), bad


def test_every_telephone_number_is_of_a_range_that_is_kept_free(people):
    rows = [*people[["Phone", "Country"]].itertuples(index=False)]
    rows += [(phone, "United Kingdom") for phone in table()["phone"] if phone.startswith("0")]
    rows += [(phone, "") for phone in table()["phone"] if phone.startswith("+")]
    numbers = [intake.phone(phone, intake.region(country)) for phone, country in rows if phone not in ("", *IN_WORDS)]
    assert len(numbers) > 3_500
    wrong = {number for number in numbers if not number or not UNUSED.fullmatch(number)}
    assert not wrong


def test_every_pattern_of_every_town_is_of_a_range_that_is_kept_free():
    for country, (_, towns) in TOWNS.items():
        for town in towns:
            for pattern in filter(None, (town.phone, town.national)):
                number = intake.phone(pattern.replace("#", "7"), intake.region(country))
                assert number, town
                assert UNUSED.fullmatch(number), (town, number)


def test_names_come_in_the_language_of_the_market(people):
    german = people[people["Country"] == "Germany"]
    assert set(german["LastName"]) <= set(NAMES["German"][1])
    assert people["LastName"].str.contains("[äöüéøñç]").any()
    assert {language for language, _ in [*TOWNS.values(), ELSEWHERE]} == set(NAMES)


def test_a_customer_has_one_address_on_all_lines_and_nobody_elses(log, people):
    known = log[log["CustomerID"] != ""]
    assert len(known[["CustomerID", *shop.CONTACTS]].drop_duplicates()) == len(people)
    assert people.loc[people["Email"] != "", "Email"].is_unique
    assert not log.loc[log["CustomerID"] == "", [*shop.CONTACTS]].ne("").any(axis=None)


def test_some_agreed_some_did_not_and_some_were_never_asked(people):
    shares = people["MarketingConsent"].value_counts(normalize=True)
    assert shares.to_dict() == pytest.approx(CONSENT, abs=0.02)


def test_consent_has_nothing_to_do_with_what_people_buy(log, people):
    consent = people.set_index("CustomerID")["MarketingConsent"]
    lines = log[log["CustomerID"] != ""].groupby("CustomerID").size()
    many = (lines > lines.median()).reindex(consent.index)
    home = people.set_index("CustomerID")["Country"] == "United Kingdom"
    for other in (many, home, people.set_index("CustomerID")["Email"] == ""):
        assert chi2_contingency(pd.crosstab(consent, other))[1] > 0.01


def test_the_same_seed_makes_the_same_people_whoever_they_stand_beside():
    few = pd.DataFrame({"country": ["Germany", "Atlantis", "USA"]})
    one, two = (contacts(few, np.random.default_rng(3)) for _ in range(2))
    assert one.equals(two)
    assert one.at[1, "city"] == one.at[1, "phone"] == ""


def test_contacts_leave_the_rows_of_the_log_as_they_are(log):
    assert list(log.columns[8:]) == list(shop.CONTACTS)
    plain = log.iloc[:, :8]
    assert plain.duplicated().equals(log.duplicated())
