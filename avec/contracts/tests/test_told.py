import datetime

import pytest
from django.utils import timezone

from avec.accounts.models import Member
from avec.contracts.models import PaperScan, Signature
from avec.contracts.told import choice_words, chosen_on, way_words

AT = datetime.datetime(2027, 3, 3, 10, tzinfo=timezone.get_default_timezone())
SONIA = Member(given_name="Sonia", family_name="Benali")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"outcome": "signed", "method": "password"}, "a signé le 3 mars 2027"),
        (
            {"outcome": "signed", "way": "room", "method": "password", "witness": SONIA},
            "a signé le 3 mars 2027, devant Sonia Benali",
        ),
        (
            {"outcome": "oral", "way": "room", "method": "witness", "witness": SONIA},
            "a dit oui à voix haute le 3 mars 2027, devant Sonia Benali, qui l’atteste",
        ),
        (
            {"outcome": "mark", "way": "room", "method": "witness", "witness": SONIA},
            "a fait une croix le 3 mars 2027, devant Sonia Benali",
        ),
        (
            {"outcome": "mark", "way": "room", "witness": SONIA, "witness_name": "Karim Haddad"},
            "a fait une croix le 3 mars 2027, devant Karim Haddad",
        ),
    ],
)
def test_a_choice_says_how_it_was_given(given, words):
    assert choice_words(Signature(at=AT, **given)) == words


def test_a_paper_was_signed_on_its_own_day():
    scan = PaperScan(signed_on=datetime.date(2027, 3, 1))
    choice = Signature(at=AT, outcome="signed", way="paper", method="paper", witness=SONIA, scan=scan)
    assert chosen_on(choice) == datetime.date(2027, 3, 1)
    # Whoever scanned the paper did not see it signed.
    assert way_words(choice) == "sur papier"
    assert choice_words(choice) == "a signé le 1er mars 2027, sur papier"
