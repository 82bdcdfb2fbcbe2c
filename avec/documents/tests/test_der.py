"""One writing passes, and no other of the same value."""

import pytest

from avec.documents.der import is_der


@pytest.mark.parametrize(
    "written",
    [
        "0500",
        "0101ff",
        "020100",
        "0201ff",
        "02020080",
        "0202ff7f",
        "03020080",
        "060355040a",
        "06022a03",
        "3006020101020102",
        "a003020101",
        "8001ff",
        "0c81" + "80" + "61" * 128,
        "3000",
    ],
)
def test_the_shortest_writing_passes(written):
    assert is_der(bytes.fromhex(written))


@pytest.mark.parametrize(
    "written",
    [
        "",  # nothing
        "05",  # cut
        "050100",  # NULL that holds something
        "010101",  # true is FF
        "0200",  # a number without digits
        "02020001",  # a digit too many
        "0202ff80",
        "03020701",  # bits after the end
        "030108",
        "0300",
        "03020780",  # a part of a byte
        "300405000000",  # zeros that fill a place
        "0000",
        "0603558001",  # an arc padded
        "06015500",  # something after
        "060180",  # an arc without end
        "3080060101550000",  # a length told at the end
        "3081020500",  # a length too long
        "0c8200" + "80" + "61" * 128,
        "30030500",  # cut inside
        "2403040161",  # words in pieces
        "1f810100",  # a long tag
        "300502010105",
    ],
)
def test_any_other_is_refused(written):
    assert not is_der(bytes.fromhex(written))


def test_depth_is_no_matter():
    nested = b""
    for _ in range(60):
        nested = bytes([0x30, len(nested)]) + nested
    assert is_der(nested)
