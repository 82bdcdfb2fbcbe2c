"""The care plan on paper: tagged, in French, in two sizes, and never broken by what people write."""

import subprocess
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avec.documents.pdf import Party, Position, Quote
from avec.documents.plan_pdf import (
    Exchange,
    GoalPart,
    Heard,
    Part,
    PlanSheet,
    Table,
    plan_pdf,
)


def sheet(words: str = "Je veux aller au jardin.", size: str = "full") -> PlanSheet:
    odette = Quote("person", "Odette", words, "dite le 3 mars 2026")
    return PlanSheet(
        title="Le projet d’Odette",
        person_name="Odette Marcillac",
        establishment="Les Tilleuls",
        printed="imprimé le 22 novembre 2026, par Sonia Benali",
        made_on=date(2026, 11, 22),
        size=size,  # type: ignore[arg-type]
        parties=(Party("person", "Odette"), Party("professional", "Sonia Benali", "infirmière")),
        parts=(
            Part(
                "Ce qu’Odette demande",
                exchanges=(Exchange(odette, "Le jardin ouvre tôt.", "Sonia Benali"), Exchange(odette)),
            ),
            Part(
                "Les objectifs",
                goals=(
                    GoalPart(
                        "1",
                        "Le jardin",
                        (words,),
                        ("Terme : 3 juin 2027",),
                        (odette,),
                        (Position("person", "Odette", "D’accord", words),),
                        (Heard("person", "Odette", "+1, plus que prévu", words, "le 3 avril 2026"),),
                        "Un point d’écart.",
                    ),
                ),
            ),
            Part("Les actions", table=Table("Qui fait quoi", ("Action", "Qui"), ((words, "Odette"),))),
            Part("Ses forces, ses besoins", ("Rien n’est encore noté.",)),
        ),
        note="Cette copie n’est pas signée.",
    )


def text_of(pdf: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    run = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603
    return run.stdout.decode()


@pytest.mark.parametrize("size", ["full", "large"])
def test_everything_is_printed_in_order(size):
    text = " ".join(text_of(plan_pdf(sheet(size=size))).split())
    places = [
        text.index(words)
        for words in (
            "Ce qu’Odette demande",
            "Le jardin ouvre tôt",
            "Pas encore de réponse",
            "Un point d’écart",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("size", ["full", "large"])
def test_it_says_that_it_is_accessible_and_made_to_last(size):
    pdf = plan_pdf(sheet(size=size))
    assert b"pdfuaid:part" in pdf
    assert b"pdfaid:part" in pdf
    assert b"/StructTreeRoot" in pdf
    assert b"/Lang(fr-FR)" in pdf or b"/Lang (fr-FR)" in pdf


def test_the_same_plan_gives_the_same_bytes():
    assert plan_pdf(sheet()) == plan_pdf(sheet())


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=300))
def test_no_words_break_the_sheet(words):
    assert plan_pdf(sheet(words)).startswith(b"%PDF-")


def test_very_long_words_run_over_the_pages():
    assert plan_pdf(sheet("Je veux sortir. " * 1250)).startswith(b"%PDF-")
