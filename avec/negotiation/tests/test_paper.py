"""The record on paper: who reads the table reads it, nobody else; everything said is there; each reading is noted."""

import subprocess

import pytest
from django.urls import reverse

from avec.audit.models import Entry
from avec.negotiation.actions import answer_text, go_on
from avec.negotiation.rules import Answer
from avec.people.tests.factories import member, relative, sign_in

from .table import around
from .test_text import talked

pytestmark = pytest.mark.django_db

SAID = (
    "Une douche suffit.",
    "Trois douches par semaine",
    "au lieu de",
    "Dr Estève",
    "Il reste à l’expliquer.",
    "Dormir, et ne pas courir",
    "Les pas viennent d’un seul côté.",
    "C’est encore tôt.",
    "L’histoire",
)


def answered():
    found, _fixed = talked()
    go_on(found.negotiation, by=found.nurse)
    answer_text(
        found.negotiation,
        found.seat(found.resident),
        Answer.RESERVATIONS,
        words="C’est encore tôt.",
        by=found.resident,
    )
    return found


def words_of(pdf):
    command = ["pdftotext", "-", "-"]
    run = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603
    return " ".join(run.stdout.decode().replace("\u00a0", " ").split())


@pytest.mark.parametrize("size", ["", "?taille=grand"])
def test_everything_that_was_said_is_on_paper(client, size):
    found = answered()
    for who in found.everybody:
        sign_in(client, who)
        page = client.get(reverse("negotiation:paper", args=[found.negotiation.pk]) + size)
        pdf = client.get(reverse("negotiation:pdf", args=[found.negotiation.pk]) + size)
        assert pdf["Content-Type"] == "application/pdf"
        shown, printed = page.content.decode().replace("\u00a0", " "), words_of(pdf.content)
        for words in SAID:
            assert words in shown, words
            assert words in printed, words


def test_it_opens_with_the_table_and_each_reading_is_noted(client):
    found = answered()
    for stranger in (member(found.person.establishment), relative(found.person, "carer").member):
        sign_in(client, stranger)
        for name in ("paper", "pdf"):
            assert client.get(reverse(f"negotiation:{name}", args=[found.negotiation.pk])).status_code == 404
    sign_in(client, found.nurse)
    for name in ("paper", "pdf"):
        client.get(reverse(f"negotiation:{name}", args=[found.negotiation.pk]))
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"negotiation_paper.read", "negotiation_pdf.read"} <= verbs


def test_a_table_that_begins_is_printed_too(client):
    found = around(points=0)
    sign_in(client, found.nurse)
    assert client.get(reverse("negotiation:pdf", args=[found.negotiation.pk])).status_code == 200
