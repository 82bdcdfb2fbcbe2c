import pytest

from avec.contracts.rules import same_code, short_code

PRINT = "3f2a91c0" + 56 * "7"


def test_a_code_is_the_start_of_the_fingerprint_in_two_groups():
    assert short_code(PRINT) == "3F2A-91C0"


@pytest.mark.parametrize(
    "typed", ["3F2A-91C0", "3f2a 91c0", "3f2a91c0", " 3F2A–91CO ", "3f2a-9lc0", "3F2A-9IC0", "3F2A.91C0"]
)
def test_a_code_is_known_however_it_is_typed(typed):
    assert same_code(typed, PRINT)


@pytest.mark.parametrize("typed", ["", "3F2A", "3F2A-91C1", "3F2A-91C0-7", "-"])
def test_another_code_is_not(typed):
    assert not same_code(typed, PRINT)
