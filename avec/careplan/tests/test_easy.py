"""Easy to read: a whole text, its words, its manner; an activity told simply; the report on a contract."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan.rules.rhythm import in_words
from avec.careplan.rules.wording import (
    EasyKind,
    EasyLine,
    EasySource,
    easy_hints,
    easy_report,
    told_simply,
)
from avec.careplan.rules.wording.easy_lists import FOREIGN, SAME_THING, SIMPLER, TO_EXPLAIN
from avec.careplan.rules.wording.reading import count_words, sentences
from avec.careplan.tests.test_rhythm import rhythms

NBSP = "\u00a0"
anything = st.text(max_size=300)
SIMPLE = [
    "Vous arrosez les plantes.",
    "Vous sortez le matin.",
    "Malik vient avec vous.",
    "C’est le mardi, à 10 h.",
    "Vous choisissez vos habits.",
    "Votre fille vient le dimanche.",
]
simple_lines = st.lists(st.sampled_from(SIMPLE), max_size=6)


def easy(text):
    return [(hint.line, hint.kind) for hint in easy_hints(text)]


# --- sentences ---


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Vous voyez Mme. Vidal. Elle vient.", ["Vous voyez Mme. Vidal.", "Elle vient."]),
        ("Vous partez à 14 h 30. Vous rentrez.", ["Vous partez à 14 h 30.", "Vous rentrez."]),
        ("Vous partez à 14 h. Vous rentrez.", ["Vous partez à 14 h.", "Vous rentrez."]),
        ("À 14h30 vous partez.", ["À 14h30 vous partez."]),
        ("La chambre n° 2. Elle est claire.", ["La chambre n° 2.", "Elle est claire."]),
        ("Des fruits, etc. Vous mangez.", ["Des fruits, etc.", "Vous mangez."]),
        ("Des fruits, etc. puis un café.", ["Des fruits, etc. puis un café."]),
        ("Avec B. Masson et J.-P. Petit. Oui.", ["Avec B. Masson et J.-P. Petit.", "Oui."]),
        ("Avec J. P. Petit.", ["Avec J. P. Petit."]),
        ("De la vitamine C. Vous mangez.", ["De la vitamine C.", "Vous mangez."]),
        ("L’unité D. Elle part.", ["L’unité D.", "Elle part."]),
        ("Elle dit : « Je viens. » Elle part.", ["Elle dit : « Je viens. »", "Elle part."]),
        ("Elle dit « oui ». Elle part.", ["Elle dit « oui ».", "Elle part."]),
        ("« Tu viens ? » demande Claire.", ["« Tu viens ? » demande Claire."]),
        ("« Je viens. Je reste. »", ["« Je viens.", "Je reste. »"]),
        ("1. Vous mangez.", ["1. Vous mangez."]),
        ("Vous venez le 3. Vous restez.", ["Vous venez le 3.", "Vous restez."]),
        ("Vous marchez 10 m. Vous rentrez.", ["Vous marchez 10 m.", "Vous rentrez."]),
        ("Le 3 nov. 2026 à midi.", ["Le 3 nov. 2026 à midi."]),
        ("Peut-être… je ne sais pas.", ["Peut-être… je ne sais pas."]),
    ],
)
def test_a_sentence_survives_its_abbreviations(text, cut):
    assert sentences(text) == cut
    spaced = text.replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
    assert [line.replace(NBSP, " ") for line in sentences(spaced)] == cut


@given(st.text(alphabet="aAB.!?…»« \u00a0’-1Mh\n", max_size=200))
def test_cutting_loses_no_word(text):
    assert sum(count_words(one) for one in sentences(text)) == count_words(text)


# --- a whole text ---


def test_more_than_three_sentences_ask_for_a_blank_line():
    assert easy("\n".join(SIMPLE[:3])) == []
    assert easy("\n".join(SIMPLE[:5])) == [(4, EasyKind.PARAGRAPH)]
    assert easy("\n".join([*SIMPLE[:3], "", *SIMPLE[3:]])) == []
    assert easy("Il faut :\nun seau\nun arrosoir\ndes gants\nun chapeau") == []


@pytest.mark.parametrize("text", ["Vous arro-\nsez les plantes.", "Vous arro\u00adsez les plantes."])
def test_a_word_is_not_cut(text):
    assert (1, EasyKind.CUT) in easy(text)


def test_a_dash_inside_a_word_is_no_cut():
    assert easy("Vous avez un rendez-vous.\nMalik vient.") == []


@pytest.mark.parametrize(
    "line", ["Vous venez le 3 nov. 2027.", "Vous venez le 1er févr.", "Le 3 sept vous venez."]
)
def test_a_month_is_written_whole(line):
    assert (1, EasyKind.DATE) in easy(line)


@pytest.mark.parametrize(
    "text",
    [
        "ESAT : un lieu de travail.\nVous allez à l’ESAT.",
        "Vous allez à l’ESAT.\nL’ESAT, c’est un lieu de travail.",
        "« ESAT » veut dire un lieu de travail.\nL’ESAT est ouvert.",
        "Vous avez une curatelle.\nLa curatelle : Mme Vidal vous aide pour l’argent.",
        "Les directives anticipées sont des choses écrites.\nVous avez une directive anticipée.",
    ],
)
def test_what_the_text_explains_is_not_flagged(text):
    assert easy(text) == []


@pytest.mark.parametrize("term", [*TO_EXPLAIN, *FOREIGN])
def test_a_hard_word_asks_for_its_explanation(term):
    found = [hint for hint in easy_hints(f"Voici un mot : {term}.") if hint.kind == EasyKind.WORD]
    assert found
    assert found[0].firm
    assert term in found[0].words.replace(NBSP, " ")


@pytest.mark.parametrize("term", list(SIMPLER))
def test_a_word_that_has_a_simpler_one(term):
    kinds = {hint.kind: hint for hint in easy_hints(f"Vous dites {term} ici.")}
    assert not kinds[EasyKind.SIMPLER].firm


def test_a_word_of_the_trade_asks_for_another():
    assert easy("Vous aidez aux transferts.") == [(1, EasyKind.WORD)]


@pytest.mark.parametrize("words", SAME_THING)
def test_one_thing_keeps_one_word(words):
    first, second, *_others = words
    kinds = [
        (hint.line, hint.firm)
        for hint in easy_hints(f"Vous dites {first}.\nVous dites {second}.")
        if hint.kind == EasyKind.SAME_WORD
    ]
    assert kinds == [(2, False)]
    assert all(kind != EasyKind.SAME_WORD for _line, kind in easy(f"{first}\n{first}s"))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("La porte est ouverte par Malik.", EasyKind.PASSIVE),
        ("Vous êtes bien aidé le soir par Julie.", EasyKind.PASSIVE),
        ("Le repas a été changé.", EasyKind.PASSIVE),
        ("Vous ne sortez pas.", EasyKind.NEGATION),
        ("Malik n’entre jamais sans frapper.", EasyKind.NEGATION),
        ("Vous irez au jardin.", EasyKind.TENSE),
        ("Vous mangerez dehors.", EasyKind.TENSE),
        ("Je mange avec ma fille.", EasyKind.VOUS),
        ("Tu viens avec Malik.", EasyKind.VOUS),
        ("Le résident vient au jardin.", EasyKind.VOUS),
    ],
)
def test_the_manner_is_advice(line, kind):
    found = easy_hints(line)
    assert [hint.kind for hint in found] == [kind]
    assert not found[0].firm


@pytest.mark.parametrize(
    "line",
    [
        "Le repas est servi 2 fois par semaine.",
        "Vous êtes allé au jardin en été.",
        "Vous considérez cela.",
        "Claire dit : « Je viens avec toi. »",
        "Votre personne de confiance : Claire.",
        "La personne qui vous aide vient.",
        "Vous avez été à la mer.",
        "Le pas de la porte est haut.",
    ],
)
def test_what_only_looks_like_it_is_left_alone(line):
    manner = {EasyKind.PASSIVE, EasyKind.NEGATION, EasyKind.TENSE, EasyKind.VOUS}
    assert not manner & {kind for _line, kind in easy(line)}


@given(anything)
def test_hints_point_to_lines_that_exist(text):
    lines = text.splitlines()
    assert all(1 <= hint.line <= len(lines) and lines[hint.line - 1].strip() for hint in easy_hints(text))


@given(st.one_of(simple_lines.map("\n".join), anything), st.sampled_from(SIMPLE))
def test_a_simple_sentence_more_changes_nothing_before_it(text, more):
    lines = text.splitlines()
    before = easy_hints("\n".join(lines))
    after = easy_hints("\n".join([*lines, "", more]))
    assert [hint for hint in after if hint.line <= len(lines)] == before
    assert not [hint for hint in after if hint.line > len(lines)]


@pytest.mark.parametrize(
    "bit",
    [
        *(
            "ne ",
            "n’a ",
            "est ",
            "vous ",
            "« ",
            "»",
            "a ete ",
            "est e ",
            "M. ",
            "A. ",
            "etc. ",
            "1. ",
            "x : ",
            "c’est ",
        ),
        *("rez", "vous b ", "par ", "L’ESAT ", "docteur ", "but ", "é-\n", "-\n", ". »"),
    ],
)
def test_20_000_characters_of_anything_are_read_to_the_end(bit):
    """An expression that goes back on its steps would never come out of here."""
    assert all(hint.words for hint in easy_hints(bit * (20_000 // len(bit))))


# --- an activity told simply ---


def test_an_activity_is_told_one_idea_a_line():
    told = told_simply(
        "Arroser les plantes",
        performer="Julie Fabre",
        rhythm="le mardi, à 10 h",
        place="au jardin",
        participation="with",
        means="un arrosoir",
    )
    assert [line.replace(NBSP, " ") for line in told] == [
        "Arroser les plantes.",
        "Vous le faites avec Julie Fabre.",
        "C’est le mardi, à 10 h.",
        "C’est au jardin.",
        "Il faut : un arrosoir.",
    ]


@pytest.mark.parametrize(
    ("parts", "lines"),
    [
        ({"rhythm": "chaque mardi matin"}, ["C’est chaque mardi matin."]),
        ({"rhythm": "Le mardi"}, ["C’est le mardi."]),
        ({"rhythm": "deux fois par semaine"}, ["C’est 2 fois par semaine."]),
        ({"rhythm": "On en parle lundi."}, ["On en parle lundi."]),
        ({"rhythm": "quand Odette le demande, le soir"}, ["C’est quand vous le demandez, le soir."]),
        (
            {"rhythm": "chaque jour, jusqu’au 3 mars 2027"},
            ["C’est chaque jour.", "Cela dure jusqu’au 3 mars 2027."],
        ),
        ({"rhythm": "chaque jour, 10 fois en tout"}, ["C’est chaque jour.", "C’est 10 fois en tout."]),
        ({"place": "Dans le couloir"}, ["C’est dans le couloir."]),
        ({"place": "La salle à manger"}, ["Le lieu : la salle à manger."]),
        ({"place": "dans sa chambre"}, ["C’est dans votre chambre."]),
        ({"rhythm": "dıx fois"}, ["C’est dıx fois."]),
        ({"rhythm": "à son rythme"}, ["C’est à votre rythme."]),
        ({"means": "ses gants, un sac de cinq litres"}, ["Il faut : vos gants, un sac de 5 litres."]),
        ({"means": "un fauteuil neuf"}, ["Il faut : un fauteuil neuf."]),
        ({"place": "Auteuil"}, ["Le lieu : Auteuil."]),
        ({"means": "Le fauteuil est prêt."}, ["Le fauteuil est prêt."]),
        ({"means": "Un seau, des gants"}, ["Il faut : un seau, des gants."]),
        (
            {"means": "un seau\ndes gants\nun chapeau ; une pelle"},
            ["Il faut :", "un seau", "des gants", "un chapeau", "une pelle"],
        ),
        ({"participation": "by"}, ["Vous le faites vous-même."]),
        (
            {"participation": "by", "performer": "Odette et Malik"},
            ["Vous le faites vous-même.", "Malik le fait aussi."],
        ),
        ({"participation": "with"}, ["Vous le faites avec l’équipe."]),
        ({"participation": "with", "performer": "L’équipe"}, ["Vous le faites avec l’équipe."]),
        (
            {"participation": "presence", "performer": "Claire et Malik"},
            ["Claire et Malik le font.", "Vous êtes là."],
        ),
        ({"participation": "for"}, ["L’équipe le fait pour vous."]),
        (
            {"participation": "for", "performer": "L’aide-soignante du matin et du soir"},
            ["L’aide-soignante du matin et du soir le fait pour vous."],
        ),
        ({"performer": "Les aides-soignantes"}, ["Les aides-soignantes le font."]),
        ({"performer": "Odette"}, []),
    ],
)
def test_what_is_said_of_an_activity(parts, lines):
    told = told_simply("Chanter.", called="Odette", **parts)
    assert [line.replace(NBSP, " ") for line in told] == ["Chanter.", *lines]


few_words = st.lists(
    st.sampled_from(["marcher", "chanter", "jardin", "table", "fleurs", "café", "le", "la", "avec", "matin"]),
    min_size=1,
    max_size=5,
).map(" ".join)
names = st.sampled_from(
    ["", "Malik", "Julie Fabre", "Odette et Malik", "l’équipe", "Les soignants", "B. Masson"]
)
short_rhythms = rhythms.map(lambda rhythm: in_words(rhythm, called="Odette")).filter(
    lambda words: count_words(words) <= 9 and words.count(",") <= 2
)


@given(
    few_words,
    names,
    short_rhythms,
    st.one_of(st.just(""), few_words, few_words.map("dans le {}".format)),
    st.sampled_from(["by", "with", "presence", "for", ""]),
    st.lists(few_words, max_size=3).map("\n".join),
)
def test_short_things_are_told_within_the_rules(title, performer, rhythm, place, participation, means):
    told = told_simply(
        title,
        performer=performer,
        rhythm=rhythm,
        place=place,
        participation=participation,
        means=means,
        called="Odette",
    )
    assert not [hint for hint in easy_hints("\n".join(told)) if hint.firm], told
    assert all(line.strip() and "\u202f" not in line for line in told)


@given(
    anything, anything, anything, anything, st.sampled_from(["by", "with", "presence", "for", ""]), anything
)
def test_whatever_is_written_is_told(title, performer, rhythm, place, participation, means):
    told = told_simply(
        title,
        performer=performer,
        rhythm=rhythm,
        place=place,
        participation=participation,
        means=means,
        called="Odette",
    )
    assert all(line.strip() and "\n" not in line for line in told)


# --- the report ---


def test_the_report_says_where_each_line_comes_from_and_what_lacks():
    lines = [
        EasyLine(EasySource.FIXED, "", "Voici votre contrat."),
        EasyLine(EasySource.GOAL, "g1", "Vous allez à l’ESAT (le matin).", "work"),
        EasyLine(EasySource.GOAL, "g1", "L’ESAT, c’est un lieu de travail."),
        EasyLine(EasySource.GOAL, "g2", "Vous ne mangez plus seul."),
        EasyLine(EasySource.GOAL, "g2", "Malik mange avec vous."),
        EasyLine(EasySource.ACTIVITY, "a1", "Arroser les plantes.", "garden"),
        EasyLine(EasySource.ACTIVITY, "a2", "Marcher."),
        EasyLine(EasySource.ANSWER, "e1", "« Je veux dormir, manger, lire (un peu) ; puis sortir. »"),
        EasyLine(EasySource.ANSWER, "e1", "  "),
    ]
    report = easy_report(lines)
    assert (report.sentences, report.simple, report.advised) == (8, 5, 2)
    assert [(read.line.key, [hint.kind for hint in read.hints]) for read in report.to_simplify] == [
        ("g1", [EasyKind.SIGNS])
    ]
    assert [(line.kind, line.key) for line in report.without_image] == [
        (EasySource.GOAL, "g2"),
        (EasySource.ACTIVITY, "a2"),
    ]
    assert report.lines[1].hints[0].line == 2


sources = st.builds(
    EasyLine,
    st.sampled_from(EasySource),
    st.sampled_from(["a", "b"]),
    st.one_of(anything, st.sampled_from(SIMPLE)),
    st.sampled_from(["", "garden"]),
)


@given(st.lists(sources, max_size=8))
def test_the_report_counts_every_line_once(lines):
    report = easy_report(lines)
    assert [read.line for read in report.lines] == [line for line in lines if line.words.strip()]
    assert report.sentences == report.simple + report.advised + len(report.to_simplify)
    assert all(hint.line == number for number, read in enumerate(report.lines, 1) for hint in read.hints)
    illustrated = {line.source for line in lines if line.picto and line.words.strip()}
    assert not {line.source for line in report.without_image} & illustrated
