"""The words of a house: each form for each word, and what must hold for all of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.accounts.models import Called
from avec.accounts.vocabulary import (
    FORMS,
    NEUTRAL,
    WORDS,
    Forms,
    capital,
    current,
    feminine_of,
    plural_of,
    speak_of,
    speaking,
    vocabulary,
    worded,
)

NBSP = "\u00a0"
# word, gender: a, the, of_the, to_the, of, this, plural, they, them, accompagné
KNOWN = [
    (
        "resident",
        "female",
        "une résidente, la résidente, de la résidente, à la résidente, de résidente, cette résidente, résidentes, "
        "elle, elle, accompagnée",
    ),
    (
        "resident",
        "male",
        "un résident, le résident, du résident, au résident, de résident, ce résident, résidents, il, lui, accompagné",
    ),
    (
        "patient",
        "female",
        "une patiente, la patiente, de la patiente, à la patiente, de patiente, cette patiente, patientes, "
        "elle, elle, accompagnée",
    ),
    (
        "patient",
        "male",
        "un patient, le patient, du patient, au patient, de patient, ce patient, patients, il, lui, accompagné",
    ),
    (
        "user",
        "female",
        "une usagère, l’usagère, de l’usagère, à l’usagère, d’usagère, cette usagère, usagères, elle, elle, accompagnée",
    ),
    (
        "user",
        "male",
        "un usager, l’usager, de l’usager, à l’usager, d’usager, cet usager, usagers, il, lui, accompagné",
    ),
    *(
        (
            "supported",
            gender,
            "une personne accompagnée, la personne accompagnée, de la personne accompagnée, "
            "à la personne accompagnée, de personne accompagnée, cette personne accompagnée, "
            "personnes accompagnées, elle, elle, accompagnée",
        )
        for gender in ("female", "male")
    ),
]
NAMES = ["a", "the", "of_the", "to_the", "of", "this", "plural", "they", "them"]


@pytest.mark.parametrize(("word", "gender", "expected"), KNOWN)
def test_the_word_agrees_with_whom_we_know(word, gender, expected):
    who = vocabulary(word, word).known(gender)
    assert [*(getattr(who, name) for name in NAMES), who.agree("accompagné")] == expected.split(", ")


@pytest.mark.parametrize("word", WORDS)
def test_somebody_whose_gender_is_not_known_is_called_by_a_word_that_fits_everyone(word):
    who = vocabulary(word, word).known("unknown")
    assert (who.the, who.short.the, who.they) == ("la personne accompagnée", "la personne", "elle")


NOBODY = [
    (
        "resident",
        "le résident ou la résidente",
        "du résident ou de la résidente",
        "au résident ou à la résidente",
    ),
    ("patient", "le patient ou la patiente", "du patient ou de la patiente", "au patient ou à la patiente"),
    ("user", "l’usager ou l’usagère", "de l’usager ou de l’usagère", "à l’usager ou à l’usagère"),
    ("supported", "la personne accompagnée", "de la personne accompagnée", "à la personne accompagnée"),
]


@pytest.mark.parametrize(("word", "the", "of_the", "to_the"), NOBODY)
def test_of_nobody_in_particular_both_forms_are_written(word, the, of_the, to_the):
    words = vocabulary(word, word)
    assert (words.the, words.of_the, words.to_the) == (the, of_the, to_the)


@pytest.mark.parametrize(
    ("word", "the", "of_the", "to_the", "label"),
    [
        (
            "resident",
            "les résidents et les résidentes",
            "des résidents et des résidentes",
            "aux résidents et aux résidentes",
            "Résidents",
        ),
        (
            "patient",
            "les patients et les patientes",
            "des patients et des patientes",
            "aux patients et aux patientes",
            "Patients",
        ),
        (
            "user",
            "les usagers et les usagères",
            "des usagers et des usagères",
            "aux usagers et aux usagères",
            "Usagers",
        ),
        (
            "supported",
            "les personnes accompagnées",
            "des personnes accompagnées",
            "aux personnes accompagnées",
            "Personnes",
        ),
    ],
)
def test_several(word, the, of_the, to_the, label):
    words = vocabulary(word, word)
    assert (words.the_plural, words.of_the_plural, words.to_the_plural) == (the, of_the, to_the)
    assert words.label == label


@pytest.mark.parametrize(
    ("word", "one", "many"),
    [
        ("patient", "un patient ou une patiente partenaire", "patients et patientes partenaires"),
        ("supported", "une personne accompagnée partenaire", "personnes accompagnées partenaires"),
        ("resident", "un résident ou une résidente partenaire", "résidents et résidentes partenaires"),
        ("user", "un usager ou une usagère partenaire", "usagers et usagères partenaires"),
    ],
)
def test_the_partner_has_a_word_of_their_own(word, one, many):
    partner = vocabulary("resident", word).partner
    assert (partner.a, partner.plural) == (one, many)


def test_participles_agree():
    words = vocabulary("resident", "resident")
    assert words.agree("accompagné") == "accompagné ou accompagnée"
    assert words.agree("libre") == "libre"
    assert words.known("female").agree("absent") == "absente"
    assert words.known("female").agree("nouveau", "nouvelle") == "nouvelle"
    assert words.agree_plural("accueilli") == "accueillis"
    assert words.known("female").agree_plural("accueilli") == "accueillies"


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [
        ("accompagné", "accompagnée"),
        ("usager", "usagère"),
        ("heureux", "heureuse"),
        ("actif", "active"),
        ("ancien", "ancienne"),
        ("libre", "libre"),
        ("présent", "présente"),
    ],
)
def test_regular_feminines(masculine, feminine):
    assert feminine_of(masculine) == feminine


def test_regular_plurals():
    assert [plural_of(word) for word in ("usager", "gris", "local", "nouveau")] == [
        "usagers",
        "gris",
        "locaux",
        "nouveaux",
    ]


def test_capitals_begin_a_sentence_and_nothing_else():
    assert capital("l’usager") == "L’usager"
    assert capital("à la résidente") == "À la résidente"
    assert capital("") == ""


def test_without_a_house_the_words_are_neutral():
    assert current() is NEUTRAL
    assert worded("%(The)s parle") == "La personne accompagnée parle"
    assert worded("avec %(short_the)s") == "avec la personne"


def test_a_sentence_takes_the_words_of_the_house_that_speaks():
    with speaking(vocabulary("user", "patient")):
        assert worded("%(Of_the)s, %(partner_the)s") == (
            "De l’usager ou de l’usagère, le patient ou la patiente partenaire"
        )
        with speaking(vocabulary("resident", "resident")):
            assert worded("%(plural)s") == "résidents et résidentes"
        assert worded("%(short_a)s") == "un usager ou une usagère"
    assert worded("%(plural)s") == "personnes accompagnées"


def test_a_page_about_one_person_agrees_with_them():
    with speaking(vocabulary("resident", "patient")):
        speak_of("female")
        assert worded("%(the)s, %(plural)s, %(they)s") == "la résidente, résidents et résidentes, elle"
        assert worded("%(partner_a)s") == "un patient ou une patiente partenaire"
        speak_of("unknown")
        assert worded("%(short_the)s, %(label)s, %(to_the_plural)s") == (
            "la personne, Résidents, aux résidents et aux résidentes"
        )
    with speaking(vocabulary("supported", "supported")):
        speak_of("male")
        assert worded("%(the)s, %(short_plural)s") == "la personne accompagnée, personnes"


def test_outside_a_house_nobody_is_spoken_of():
    speak_of("female")
    assert current() is NEUTRAL


def test_a_form_that_does_not_exist_is_a_fault():
    with pytest.raises(KeyError):
        worded("%(genitive)s")
    assert len(Forms(NEUTRAL)) == len(list(Forms(NEUTRAL)))


def test_the_codes_are_those_of_the_establishment():
    assert set(WORDS) == set(Called.values)


codes = st.sampled_from(sorted(WORDS))
genders = st.sampled_from(["female", "male", "unknown", None])
VOWELS = "aeiouyhéèêàâîôûœ"


@given(codes, codes, genders, st.sampled_from(FORMS), st.sampled_from(["whole", "short", "partner"]))
def test_every_form_reads_as_french(called, partner, gender, form, which):
    words = vocabulary(called, partner)
    who = words if gender is None else words.known(gender)
    who = {"whole": who, "short": who.short, "partner": words.partner}[which]
    said = getattr(who, form)
    assert said
    assert said == said.strip()
    assert "  " not in said
    # No « de le », « à les », « de une »; nothing left unelided before a vowel, nothing elided before another letter.
    assert not re.search(r"\b(de|à) (le|les|une?|des)\b", said)
    assert not re.search(rf"\b(le|la|de|du|au|ce) [{VOWELS}]", said)
    assert not re.search(rf"\b[ld]’[^{VOWELS}]", said)
    # No article twice, no point in the middle of a word.
    articles = r"(le|la|les|un|une|des|du|aux?|ce|cet|cette|aucune?|chaque)"
    assert not re.search(rf"\b{articles} {articles}\b", said)
    assert "·" not in said
    assert "(" not in said
    assert "." not in said


@given(codes, genders, st.sampled_from(["accompagné", "présent", "libre", "heureux"]))
def test_the_participle_agrees_like_the_pronoun(called, gender, adjective):
    words = vocabulary(called, called)
    who = words if gender is None else words.known(gender)
    forms = {"il": adjective, "elle": feminine_of(adjective)}
    expected = dict.fromkeys(forms[each] for each in who.they.split(" ou "))
    assert who.agree(adjective) == " ou ".join(expected)
