from avec.accounts.rules import (
    IDLE,
    RENEWAL,
    TOTAL,
    WARNING,
    Life,
    fingerprint,
    is_sign_in_name,
    new_token,
    sign_in_name,
)


def test_a_token_is_long_and_its_fingerprint_tells_nothing_of_it():
    token = new_token()
    assert len(token) >= 43
    assert len(fingerprint(token)) == 64
    assert token not in fingerprint(token)
    assert new_token() != token


def test_a_sign_in_name_is_read_from_a_card_and_typed():
    assert sign_in_name("Odette", "Les Tilleuls", 821) == "odette-0821@les-tilleuls.avec"
    assert sign_in_name("Chloé-Maï", "Résidence de l’Œuf", 7) == "chloe-mai-0007@residence-de-l-oeuf.avec"
    assert sign_in_name("", "", 7) == "bonjour-0007@ici.avec"


def test_a_sign_in_name_is_told_from_an_address():
    assert is_sign_in_name("odette-0821@les-tilleuls.avec")
    assert not is_sign_in_name("odette@exemple.fr")


def test_a_session_ends_after_thirty_minutes_without_a_sign_of_life():
    life = Life(opened=0, seen=1000)
    assert life.left(1000) == IDLE == 1800
    assert not life.is_over(1000 + IDLE - 1)
    assert life.is_over(1000 + IDLE)


def test_a_session_ends_after_twelve_hours_whatever_happens():
    life = Life(opened=0, seen=TOTAL - 10)
    assert TOTAL == 12 * 3600
    assert life.left(TOTAL - 10) == 10
    assert life.is_over(TOTAL)
    assert not life.may_grow(TOTAL - 10)
    assert Life(opened=0, seen=100).may_grow(100)


def test_the_warning_leaves_two_minutes_and_a_renewal_is_not_written_at_every_page():
    assert WARNING >= 120
    assert not Life(0, 100).is_stale(100 + RENEWAL - 1)
    assert Life(0, 100).is_stale(100 + RENEWAL)
    # The last page before the warning may have been read just before a renewal was due.
    assert IDLE - RENEWAL > WARNING
