import datetime

import pytest
from django.utils import timezone

from avec.contracts.models import State

pytestmark = pytest.mark.django_db


def test_a_contract_signed_before_its_first_day_says_when_it_begins(contract):
    contract.state = State.IN_FORCE.value
    contract.starts_on = timezone.localdate()
    assert contract.state_words == "signé, en cours"
    contract.starts_on = timezone.localdate() + datetime.timedelta(days=7)
    assert contract.state_words.startswith("signé, commence le ")
