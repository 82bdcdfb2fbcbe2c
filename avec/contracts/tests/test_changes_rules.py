"""What differs from one version to the next, in sentences."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avec.contracts.rules import (
    ActivityText,
    AnsweredText,
    ChangeKind,
    ClauseText,
    ContractText,
    NegotiatedText,
    OriginText,
    PartyText,
    PositionText,
    WeekText,
    by_place,
    changes_between,
    from_data,
    marked,
)
from avec.contracts.tests.frozen import FROZEN
from avec.ui.words import NBSP

BEFORE = from_data(FROZEN)
GARDEN = BEFORE.clauses[0]
WALK = GARDEN.activities[0]


def told(after, before=BEFORE, **how):
    return [change.words.replace(NBSP, " ") for change in changes_between(before, after, **how)]


def with_clause(**changes):
    return replace(BEFORE, clauses=(replace(GARDEN, **changes),))


def with_walk(**changes):
    return with_clause(activities=(replace(WALK, **changes),))


DOOR = replace(GARDEN, goal="g2", heading="Ma porte", statement="On frappe", activities=(), origins=())


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (replace(BEFORE, clauses=(GARDEN, DOOR)), ["Nouvel objectif : Ma porte."]),
        (replace(BEFORE, clauses=()), ["L’objectif « Le jardin » n’est plus dans le contrat."]),
        (
            replace(BEFORE, clauses=(), left_out=("Le jardin",)),
            ["L’objectif « Le jardin » est gardé pour plus tard."],
        ),
        (replace(BEFORE, left_out=("Le chat",)), ["L’objectif « Le chat » est gardé pour plus tard."]),
        (with_clause(heading="La cour"), ["L’objectif « Le jardin » s’appelle maintenant « La cour »."]),
        (with_clause(statement="Aller au jardin"), ["Le jardin : l’objectif est dit autrement."]),
        (
            with_clause(due_on="2027-03-01"),
            ["Le jardin : c’était pour le 10 février 2027, c’est maintenant pour le 1er mars 2027."],
        ),
        (with_clause(due_on=""), ["Le jardin : c’était pour le 10 février 2027. Il n’y a plus de date."]),
        (with_clause(priority=2), ["Le jardin : c’était la priorité 1, c’est maintenant la priorité 2."]),
        (with_clause(expected_result=""), ["Le jardin : on saura autrement que c’est atteint."]),
        (
            with_clause(origins=()),
            ["Le jardin : cela ne vient plus de ce qu’Odette a dit : « Je veux aller au jardin. »"],
        ),
        (
            with_clause(positions=(PositionText("person", "Odette", "in_part", "Trop tôt."),)),
            ["L’avis d’Odette sur « Le jardin » : d’accord en partie."],
        ),
        (with_clause(activities=()), ["Cela s’arrête : Marcher jusqu’au banc."]),
        (
            with_clause(activities=(WALK, ActivityText("Lire", "", "", "", ""))),
            ["Nouveau : Lire."],
        ),
        (
            with_walk(rhythm="chaque jour"),
            ["Marcher jusqu’au banc : c’était le mardi, c’est maintenant chaque jour."],
        ),
        (
            with_walk(performer="Malik"),
            ["Marcher jusqu’au banc : c’était Julie Fabre, c’est maintenant Malik."],
        ),
        (
            with_walk(place=""),
            ["Marcher jusqu’au banc, le lieu : c’était au jardin. Le contrat ne dit plus où."],
        ),
        (
            with_walk(participation="for"),
            ["Marcher jusqu’au banc : c’était avec Odette, c’est maintenant pour Odette."],
        ),
        (with_walk(means="une canne"), ["Marcher jusqu’au banc : les moyens sont dits."]),
        (
            replace(BEFORE, schedule=(WeekText("Mardi", ("Marcher",)),)),
            ["Le contrat dit maintenant la semaine, jour par jour."],
        ),
        (
            replace(BEFORE, answered=()),
            ["« Je veux ma cafetière. » : le contrat n’en parle plus."],
        ),
        (
            replace(
                BEFORE,
                answered=(),
                clauses=(
                    GARDEN,
                    replace(
                        DOOR, origins=(OriginText("e2", "person", "Odette", "Je veux ma cafetière.", ""),)
                    ),
                ),
            ),
            [
                "Nouvel objectif : Ma porte.",
                "« Je veux ma cafetière. » : c’est maintenant un objectif, « Ma porte ».",
            ],
        ),
        (
            replace(BEFORE, answered=(replace(BEFORE.answered[0], reply="postponed", until="2027-01-02"),)),
            ["« Je veux ma cafetière. » : on en reparle plus tard."],
        ),
        (
            replace(
                BEFORE,
                negotiated=(NegotiatedText("n", "La douche", "2026-11-20", "total", (), (), "", "", ()),),
            ),
            ["Nous avons négocié : La douche."],
        ),
        (
            replace(
                BEFORE,
                parties=(
                    *BEFORE.parties,
                    PartyText("representative", "Hélène Vidal", "curatrice"),
                ),
            ),
            ["Hélène Vidal signe maintenant ce contrat."],
        ),
        (replace(BEFORE, parties=BEFORE.parties[1:]), ["Sonia Benali ne signe plus ce contrat."]),
        (
            replace(BEFORE, parties=(BEFORE.parties[0], replace(BEFORE.parties[1], required=False))),
            ["La signature d’Odette Marcillac n’est plus attendue. Elle reste possible."],
        ),
        (
            replace(BEFORE, ends_on="2027-12-31"),
            ["Le contrat va maintenant du 12 novembre 2026 au 31 décembre 2027."],
        ),
        (
            replace(BEFORE, review_on="2027-12-01"),
            ["Nous le relisons ensemble avant le 1er décembre 2027."],
        ),
        (replace(BEFORE, rights=()), ["Les droits sont dits autrement."]),
        # What is new in the form only is no change.
        (replace(BEFORE, version=2, previous="x", why="On se parle.", balance=()), []),
        (with_walk(easy=("Vous marchez.",)), []),
        (replace(BEFORE, parties=tuple(replace(one, says="Je signe.") for one in BEFORE.parties)), []),
    ],
)
def test_each_change_has_its_sentence(after, words):
    assert told(after) == words


def test_the_person_is_told_vous():
    assert told(with_walk(participation="by"), easy=True) == [
        "Marcher jusqu’au banc : c’était avec vous, c’est maintenant par vous-même."
    ]


def test_a_change_gives_both_texts_under_its_heading():
    after = with_walk(rhythm="chaque jour")
    [(where, [change])] = by_place(changes_between(BEFORE, after))
    assert (where, change.before, change.after) == ("Le jardin", "le mardi", "chaque jour")


def test_the_week_says_which_days_change():
    monday, sunday = WeekText("Lundi", ("Lire",)), WeekText("Dimanche", ("Dormir",))
    before = replace(BEFORE, schedule=(WeekText("Chaque jour", ("Marcher",)), monday))
    after = replace(BEFORE, schedule=(monday, sunday))
    assert told(after, before) == ["Dans la semaine, cela change : chaque jour, le dimanche."]


def test_what_differs_between_two_texts_is_marked():
    left, right = marked("le mardi matin", "le jeudi matin")
    assert [(piece.text, piece.differs) for piece in right] == [
        ("le ", False),
        ("jeudi", True),
        (" matin", False),
    ]
    assert "".join(piece.text for piece in left) == "le mardi matin"


# Few words, so that two texts often speak of the same things.
word = st.sampled_from(["", "a", "b", "Le mardi.", "Malik", "L’équipe", "."])
dates = st.sampled_from(["", "2026-01-01", "2027-01-01", "soon"])
few = {"max_size": 3}
activities = st.builds(
    ActivityText, word, word, word, word, st.sampled_from(["by", "with", "presence", "for", ""]), word,
    st.lists(word, **few).map(tuple), word,
)  # fmt: skip
origins = st.builds(OriginText, word, st.sampled_from(["person", "observed"]), word, word, dates)
positions = st.builds(PositionText, word, word, st.sampled_from(["agrees", "in_part", "x"]), word)
clauses = st.builds(
    ClauseText,
    st.integers(1, 3), word, word, word, st.lists(word, **few).map(tuple), word, dates, st.integers(0, 2),
    word, st.lists(activities, **few).map(tuple), st.lists(origins, **few).map(tuple),
    st.lists(positions, **few).map(tuple),
)  # fmt: skip
answers = st.builds(
    AnsweredText, word, word, word, word, st.sampled_from(["declined", "postponed"]), word, word, dates
)
parties = st.builds(PartyText, st.sampled_from(["person", "professional"]), word, word, st.booleans())
texts = st.builds(
    ContractText,
    version=st.integers(1, 3), previous=word, establishment=word, finess=word, person=word, person_name=word,
    called=st.just("Odette"), starts_on=dates, ends_on=dates, review_on=dates,
    balance=st.lists(word, **few).map(tuple), parties=st.lists(parties, **few).map(tuple),
    clauses=st.lists(clauses, **few).map(tuple), answered=st.lists(answers, **few).map(tuple),
    schedule=st.lists(st.builds(WeekText, word, st.lists(word, **few).map(tuple)), **few).map(tuple),
    left_out=st.lists(word, **few).map(tuple),
)  # fmt: skip


@given(texts)
def test_the_same_text_has_no_change(text):
    assert changes_between(text, text) == ()
    assert changes_between(text, replace(text, version=9, why="x", balance=())) == ()


@given(texts, texts)
def test_what_is_new_one_way_is_gone_the_other_way(one, other):
    there, back = changes_between(one, other), changes_between(other, one)
    apart = {"Ce qui est gardé pour plus tard"}

    def of(changes, kind):
        return sorted(
            change.after or change.before
            for change in changes
            if change.kind == kind and change.where not in apart
        )

    assert of(there, ChangeKind.ADDED) == of(back, ChangeKind.REMOVED)
    assert of(there, ChangeKind.REMOVED) == of(back, ChangeKind.ADDED)
    assert all(change.words and "\u202f" not in change.words for change in (*there, *back))
    assert all(change.before != change.after for change in there if change.kind == ChangeKind.CHANGED)


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_marked_text_is_the_text(before, after):
    left, right = marked(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after
