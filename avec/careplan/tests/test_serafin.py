"""SERAFIN-PH found with everyday words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan import serafin
from avec.careplan.serafin import find_need, find_service
from avec.careplan.serafin_words import NEED_WORDS, SERVICE_WORDS


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("marcher", "1.2.1.3"),
        ("Elle marche avec une canne", "1.2.1.3"),
        ("toilette", "1.2.1.1"),
        ("TOILETTES", "1.2.1.1"),
        ("amis", "1.2.1.2"),
        ("travail", "1.3.3.2"),
        ("memoire", "1.1.1"),
        ("mémoire", "1.1.1"),
        ("cœur", "1.1.5"),
        ("coeur", "1.1.5"),
        ("escarre", "1.1.9"),
        ("douleurs", "1.1.3"),
        ("bus", "1.3.4.2"),
        ("promenades", "1.2.1.3"),
        ("argent", "1.3.5.1"),
        ("petits-enfants", "1.3.3.4"),
        ("voter", "1.3.1.1"),
        ("faire le ménage", "1.3.2.2"),
        ("pair-aidant", "1.3.3.5"),
        ("hématopoïétique", "1.1.5"),
    ],
)
def test_everyday_words_lead_to_the_need(words, code):
    assert code in [found.code for found in find_need(words)[:3]]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("kiné", "2.1.2.1"),
        ("douche", "2.2.1"),
        ("projet", "2.3.1.1"),
        ("infirmière", "2.1.1.2"),
        ("sorties", "2.3.4.2"),
        ("tutelle", "2.3.5.3"),
        ("lessive", "2.3.2.2"),
        ("navette", "3.2.4.1"),
    ],
)
def test_everyday_words_lead_to_the_service(words, code):
    assert code in [found.code for found in find_service(words)[:3]]


def test_more_words_found_come_first():
    assert find_need("prendre le bus pour aller au travail")[0].code in {"1.3.3.2", "1.3.4.2"}
    assert find_need("appareil auditif")[0].code == "1.1.2"


def test_a_code_gives_what_is_under_it():
    assert [found.code for found in find_need("1.3.2")] == ["1.3.2", "1.3.2.1", "1.3.2.2"]
    assert find_need("1.1.1")[0].code == "1.1.1"
    assert "1.1.10" not in [found.code for found in find_need("1.1.1")]


@pytest.mark.parametrize("words", ["", "   ", "de la", "zzzz", "…", "💐", "\u202e"])
def test_nothing_is_found_for_nothing(words):
    assert find_need(words) == find_service(words) == []


@given(st.text(max_size=300))
def test_any_words_may_be_searched(words):
    assert len(find_need(words)) <= serafin.MOST
    assert all(serafin.is_need(found.code) for found in find_need(words))
    assert all(serafin.is_service(found.code) for found in find_service(words))


def test_the_lists_are_whole():
    assert (len(serafin.NEEDS), len(serafin.DIRECT), len(serafin.INDIRECT)) == (35, 37, 35)
    assert serafin.label("1.2.1.3") == "Besoins pour la mobilité"
    assert serafin.label("2.3.1.1") == "Accompagnements à l’expression du projet personnalisé"
    assert serafin.label("9.9") == ""
    assert not serafin.is_need("2.1")
    assert set(NEED_WORDS) <= set(serafin.NEEDS)
    assert set(SERVICE_WORDS) <= set(serafin.SERVICES)


def test_every_need_has_everyday_words():
    assert set(serafin.NEEDS) - set(NEED_WORDS) == {"1"}


def test_each_code_stands_once_in_its_branch():
    listed = [found.code for _, branch in serafin.by_branch(serafin.NEEDS) for found in branch]
    assert sorted(listed) == sorted(set(serafin.NEEDS) - {"1"})
