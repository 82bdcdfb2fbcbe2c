import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.careplan.rules.wording import EasyKind, HintKind, Kind, easy_hints, hints, openers
from avec.careplan.rules.wording.reading import sentences

NBSP = "\u00a0"
anything = st.text(max_size=400)
like_french = st.text(alphabet="jeaéèvc nNtTsSimoulrd’'.,;-?!()%0123456789\n\u00a0…", max_size=300)


def kinds(statement, called="Odette"):
    return {hint.kind for hint in hints(statement, called=called)}


# --- goals that need nothing ---


@pytest.mark.parametrize(
    "statement",
    [
        "Je vais au marché avec ma fille, le premier samedi du mois.",
        "Je continue à marcher seule jusqu’au jardin.",
        "J’appelle ma sœur chaque dimanche",
        "Odette choisit elle-même ses habits le matin.",
        "Chaque soir, Odette éteint la lumière à l’heure qu’elle veut",
        "Je prends mon café matin et soir.",
        "Je vais chez Xavier et Claire le dimanche.",
        "Je mange avec mon père et ma mère le dimanche.",
        "« Je veux dormir jusqu’à 8 heures »",
        "Je voudrais sortir dans le parc pour ne pas rester seule.",
        "Je ne veux plus de douche le soir, je préfère le matin.",
        "Je regarde la TV dans ma chambre après le repas.",
        "On me laisse le temps de finir mon repas.",
        "Mon vélo est réparé avant l’été.",
        "Je suis autonome pour la toilette du matin.",
        "Je vois M. Karim le mardi.",
    ],
)
def test_a_clear_goal_gets_no_hint(statement):
    assert hints(statement, called="Odette") == []


@pytest.mark.parametrize("statement", ["", "   ", "\n\t", "…", "🙂", "«\u00a0»"])
def test_nothing_written_yet_gets_no_hint(statement):
    assert hints(statement, called="Odette") == []


# --- one kind of hint at a time ---


@pytest.mark.parametrize(
    "statement",
    [
        "Favoriser l’autonomie",
        "Maintenir le lien avec la famille",
        "Améliorer le sommeil",
        "AMÉLIORER le sommeil",
        "Stimuler mon appétit",
        "Mettre en place une sortie",
        "Maintien des acquis",
        "Pouvoir sortir le mardi",
        "Le résident sort le mardi",
    ],
)
def test_who_speaks(statement):
    assert HintKind.FIRST_PERSON in kinds(statement)


def test_the_hint_names_the_person():
    (hint, *_) = hints("Maintenir les acquis de la semaine", called="Odette")
    assert hint.words.startswith("Ce début parle du travail de l’équipe. Avec les mots d’Odette")
    (hint, *_) = hints("Sortir le mardi", called="Karim")
    assert "les mots de Karim" in hint.words


def test_without_a_name_it_still_reads():
    assert "de la personne" in hints("Sortir le mardi", called=" ")[0].words


@pytest.mark.parametrize(
    "statement",
    [
        "Je veux me lever et m’habiller seule",
        "Je range ma chambre le lundi et je fais mon lit",
        "Je me lave le matin ; je choisis mes habits",
        "Je mange dans ma chambre. Je dors dans le salon.",
        "Je voudrais sortir le matin ainsi que cuisiner",
        "Je voudrais aller au marché puis préparer le repas",
        "Je veux lire avec Paul et écrire",
    ],
)
def test_two_ideas(statement):
    assert kinds(statement) == {HintKind.ONE_IDEA}


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("Je veux du bien-être chaque jour", "bien-être"),
        ("Je veux du bien etre chaque jour", "bien-être"),
        ("Je sors dans le parc régulièrement", "régulièrement"),
        ("Je marche le plus possible dans le couloir", "le plus possible"),
        ("Je sors le mardi si possible", "si possible"),
        ("Je marche au maximum dans le parc", "au maximum"),
        ("Je gagne en autonomie chaque jour", "autonomie"),
        ("Je visite le foyer avec Paul dès que possible", "dès que possible"),
    ],
)
def test_vague_words_are_quoted_as_one_writes_them(statement, shown):
    (hint,) = hints(statement, called="Odette")
    assert hint.kind == HintKind.VAGUE
    assert hint.words.startswith(f"«{NBSP}{shown}{NBSP}»")
    assert hint.example


def test_at_most_three_vague_words_are_shown():
    found = hints("Je sors souvent, rapidement, au mieux, si possible, au maximum le lundi", called="Odette")
    assert len(found) == 3


def test_a_long_goal():
    statement = "Je voudrais aller au marché le samedi avec ma fille " * 4
    (hint,) = [hint for hint in hints(statement, called="Odette") if hint.kind == HintKind.LONG]
    assert "40 mots" in hint.words


def test_25_words_are_not_too_long():
    assert HintKind.LONG not in kinds("Je vais " + "là " * 23)
    assert HintKind.LONG in kinds("Je vais " + "là " * 24)


@pytest.mark.parametrize(
    "statement",
    [
        "Ma prise en charge se fait le matin",
        "Mon observance est suivie chaque jour",
        "J’ai des troubles du comportement le soir",
        "Je déambule dans le couloir : ma déambulation est accompagnée",
        "J’ai un GIR 4",
        "Les AVQ sont faites avec moi",
        "Je suis non compliant avec mon traitement",
    ],
)
def test_professional_words(statement):
    assert HintKind.JARGON in kinds(statement)


@pytest.mark.parametrize("statement", ["JE VAIS AU PARC LE MARDI", "Je regarde un DVD le soir avec Paul"])
def test_capitals_that_are_no_acronym(statement):
    assert HintKind.JARGON not in kinds(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "Je ne veux plus manger seule le soir",
        "Je voudrais ne pas tomber dans la salle de bains",
        "Je veux pas de douche le soir",
        "Je n’ai plus mal la nuit",
        "Éviter mes chutes la nuit",
    ],
)
def test_what_is_not_wanted_asks_what_instead(statement):
    assert HintKind.NEGATION in kinds(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "Je n’aime pas la douche mais j’aime le bain du soir",
        "Je voudrais manger avec Paul pour ne pas être seule",
        "Je ne sors pas le matin, je voudrais sortir le soir",
    ],
)
def test_a_refusal_that_says_what_instead(statement):
    assert HintKind.NEGATION not in kinds(statement)


@pytest.mark.parametrize("statement", ["Je voudrais aller mieux", "Je dors bien", "Je veux du calme"])
def test_nothing_that_one_could_see(statement):
    assert HintKind.OBSERVABLE in kinds(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "Je dors bien la nuit",
        "Je marche 20 mètres",
        "Je parle avec Paul",
        "Je mange dans ma chambre",
        "Je vais jusqu’au parc",
        "Je me lave seul",
        "Je vais en ville",
        "Je lis à la bibliothèque",
    ],
)
def test_one_landmark_is_enough(statement):
    assert kinds(statement) == set()


# --- easy to read ---


def easy(text):
    return [(hint.line, hint.kind) for hint in easy_hints(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Vous allez au marché.\nVotre fille vient avec vous.",
        "Vous avez 3 rendez-vous.",
        "Le 3 mars 2027, vous visitez le foyer.",
        "En 2027, vous déménagez.",
        "Mme Vidal signe avec vous.",
        "Vous regardez la TV le soir.",
        "",
        "\n\n",
    ],
)
def test_an_easy_text_gets_no_hint(text):
    assert easy_hints(text) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Vous mangez. Vous dormez.", EasyKind.ONE_SENTENCE),
        ("Vous mangez (un peu).", EasyKind.SIGNS),
        ("Vous mangez ; vous dormez.", EasyKind.SIGNS),
        ("Vous mangez…", EasyKind.SIGNS),
        ("Vous mangez – un peu.", EasyKind.SIGNS),
        ("50 % des personnes sont venues.", EasyKind.SIGNS),
        ("Vous mangez & vous dormez.", EasyKind.SIGNS),
        ("Vous venez trois fois.", EasyKind.NUMBERS),
        ("Vous avez 12 500 euros.", EasyKind.NUMBERS),
        ("Vous venez le 03/03/2027.", EasyKind.DATE),
        ("Le chapitre II parle de vos droits.", EasyKind.ROMAN),
        ("Au XIXe siècle.", EasyKind.ROMAN),
        ("Vous vivez à l’EHPAD.", EasyKind.ACRONYM),
        ("La CAF vous aide.", EasyKind.ACRONYM),
        ("VENEZ TOUS ici.", EasyKind.CAPITALS),
        ("Un jour, le matin, le midi, le soir.", EasyKind.COMMAS),
        ("Quand il pleut, si vous êtes fatigué, vous restez.", EasyKind.CONDITIONS),
    ],
)
def test_what_could_be_simpler(line, kind):
    assert easy(line) == [(1, kind)]


def test_the_line_is_told():
    assert easy("Vous mangez.\n\nVous dormez (un peu).") == [(3, EasyKind.SIGNS)]


@pytest.mark.parametrize(("many", "firm"), [(12, None), (13, False), (15, False), (16, True), (40, True)])
def test_the_length_of_a_sentence(many, firm):
    found = easy_hints(" ".join(["là"] * many))
    assert [hint.firm for hint in found] == ([] if firm is None else [firm])


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Je vois M. Karim. Il vient.", ["Je vois M. Karim.", "Il vient."]),
        ("Le Dr. Martin vient.", ["Le Dr. Martin vient."]),
        ("Il fait 3.5 degrés à 14h30.", ["Il fait 3.5 degrés à 14h30."]),
        ("Vraiment ?! Oui…", ["Vraiment ?!", "Oui…"]),
        ("Sans point", ["Sans point"]),
        ("...", []),
    ],
)
def test_sentences_are_cut(text, cut):
    assert sentences(text) == cut


# --- openers ---


def test_each_kind_has_its_beginnings():
    for kind in Kind:
        assert len(openers(kind)) >= 3
        assert all("…" in words for words in openers(kind))


def test_a_serafin_code_finds_its_family():
    assert openers("1.2.1.3") == openers(Kind.AUTONOMY)


@pytest.mark.parametrize("kind", ["", "something else", "1.20"])
def test_without_a_kind_one_of_each(kind):
    assert len(openers(kind)) == 4


@pytest.mark.parametrize("words", [words for kind in Kind for words in openers(kind)])
def test_a_beginning_is_said_by_the_person_or_with_them(words):
    assert HintKind.FIRST_PERSON not in kinds(words) or words.startswith("On")


# --- whatever is typed ---


@given(st.one_of(anything, like_french), st.text(max_size=20))
def test_no_text_is_a_fault(text, called):
    for hint in [*hints(text, called=called), *easy_hints(text)]:
        assert hint.words
        assert "\u202f" not in hint.words


@given(anything, anything)
def test_a_hint_never_says_the_text_back(secret, called):
    """Only words of our lists and acronyms are quoted: nothing else typed comes back."""
    shown = " ".join(hint.words for hint in hints(f"{secret} zébulon42 {secret}", called=""))
    assert "zébulon42" not in shown


@given(like_french)
def test_lines_told_exist(text):
    assert all(1 <= hint.line <= len(text.splitlines()) for hint in easy_hints(text))


@pytest.mark.parametrize(
    "bit",
    [
        "a",
        ".",
        "’",
        "'",
        "-",
        "ne ",
        "et a ",
        "A",
        "A-",
        "I",
        "1 ",
        "1.",
        " ",
        "\u00a0",
        "🙂",
        "שלום ",
        "é",
        "«",
        "\n",
    ],
)
def test_20_000_characters_of_anything_are_read_to_the_end(bit):
    """An expression that goes back on its steps would never come out of here."""
    text = bit * (20_000 // len(bit))
    assert len(hints(text, called="Odette")) < 20
    assert all(hint.words for hint in easy_hints(text))
