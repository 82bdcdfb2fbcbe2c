"""The fields of a form that take a document or a sound, and what is said when they do not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils import timezone

from avec.documents.forms import DocumentField, HoldsSound, Received, SoundField, file_title
from avec.documents.models import HeldSound
from avec.documents.tests import recordings as made

PDF = b"%PDF-1.7\nrest"
NBSP = "\u00a0"


class AForm(forms.Form):
    paper = DocumentField(required=False)
    voice = SoundField(required=False)


def filled(**files):
    return AForm({}, {name: SimpleUploadedFile(title, content) for name, (title, content) in files.items()})


@pytest.mark.parametrize("kind", made.EACH)
def test_a_sound_is_taken_whatever_its_name(kind):
    form = filled(voice=("C:\\Mes sons\\ma_voix.mp3", made.EACH[kind]()))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["voice"] == Received("ma voix", kind, made.EACH[kind](), 2)
    assert form.cleaned_data["paper"] is None


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("bilan.pdf", PDF, "application/pdf"),
        ("photo.PNG", b"\x89PNG\r\n\x1a\nrest", "image/png"),
        ("photo", b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        ("lettre.txt", "Chère Odette, «\u00a0bonjour\u00a0»\r\n\tÀ bientôt 🙂".encode(), "text/plain"),
    ],
)
def test_a_document_is_taken(name, content, kind):
    form = filled(paper=(name, content))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["paper"].content_type == kind


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("voix.mp3", made.EXE, "est un programme"),
        ("voix.mp3", made.ZIP, "est une archive"),
        ("voix.webm", made.webm(kinds=(1, 2)), "est un film"),
        ("voix.webm", made.webm()[:-20], "n’est pas arrivé en entier"),
        ("voix.ogg", b"", "est vide"),
        ("voix.mp3", PDF, "est un PDF"),
        ("voix.mp3", b"bonjour", "n’est pas ce que dit son nom"),
        ("voix.webm", made.webm(seconds=620), "plus de 10 minutes"),
    ],
)
def test_an_unfit_sound_is_refused_with_a_sentence(name, content, words):
    form = filled(voice=(name, content))
    assert words in form.errors["voice"][0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bilan.pdf", made.HTML, "est une page de site"),
        ("bilan.pdf", made.EXE, "est un programme"),
        ("bilan.pdf", made.ZIP, "est une archive"),
        ("dessin.png", made.SVG, "est un dessin SVG"),
        ("lettre.txt", made.HTML, "est une page de site"),
        ("lettre.txt", b"\xff\xfe\x00", "n’est pas ce que dit son nom"),
        ("lettre.txt", b"a\x00b", "n’est pas ce que dit son nom"),
        ("bilan.pdf", b"bonjour", "n’est pas ce que dit son nom"),
        ("bilan.pdf", b"", "est vide"),
        ("voix.pdf", made.wav(), "est un son"),
    ],
)
def test_an_unfit_document_is_refused_with_a_sentence(name, content, words):
    form = filled(paper=(name, content))
    assert words in form.errors["paper"][0]


class Unread(UploadedFile):
    """Its size is said; nobody may read it."""

    def read(self, *args):
        raise AssertionError("read")


@pytest.mark.parametrize(
    ("field", "size", "words"),
    [
        ("paper", 25 * 1024 * 1024 + 1, f"il pèse 26{NBSP}Mo, et Avec en prend 25{NBSP}Mo au plus"),
        ("voice", 200 * 1024 * 1024, f"il pèse 200{NBSP}Mo, et Avec en prend 20{NBSP}Mo au plus"),
    ],
)
def test_what_is_too_heavy_is_refused_unread(field, size, words):
    form = AForm({}, {field: Unread(file=None, name="voix.mp3", size=size)})
    assert words in form.errors[field][0]


def test_a_required_file_is_asked_for():
    assert DocumentField().error_messages["required"] == "Choisissez un fichier."
    with pytest.raises(forms.ValidationError, match="Choisissez un fichier"):
        DocumentField().clean(None)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\Bilan de\u202e\nfdp.exe.pdf", "Bilan de fdp.exe"),
        ("Compte_rendu.pdf", "Compte rendu"),
        (".pdf", "pdf"),
        ("...", "Sans titre"),
        ("", "Sans titre"),
        ("e\u0301te\u0301.png", "été"),
        ("x" * 400 + ".pdf", "x" * 250),
    ],
)
def test_the_title_comes_from_the_name_cleaned(name, title):
    assert file_title(name) == title


def test_the_input_says_what_it_takes():
    html = str(AForm()["voice"])
    assert 'accept="audio/*' in html
    assert 'data-most="20971520"' in html


class Spoken(HoldsSound, forms.Form):
    words = forms.CharField()
    voice = SoundField()


def spoken(holder, words="", voice=None, held=""):
    files = {"voice": SimpleUploadedFile("voix.weba", voice)} if voice else {}
    return Spoken({"words": words, "voice_held": held}, files, holder=holder)


@pytest.fixture
def odette():
    return uuid4()


@pytest.mark.django_db
def test_nobody_has_to_speak_twice(odette):
    form = spoken(odette, voice=made.webm())
    assert set(form.errors) == {"words"}
    held = HeldSound.objects.get()
    again = spoken(odette, words="Le jardin", held=str(held.pk))
    assert again.is_valid()
    assert again.cleaned_data["voice"] == Received("voix", "audio/webm", made.webm(), 2)
    assert HeldSound.objects.count() == 1  # until the action has written it
    again.let_go()
    assert HeldSound.objects.count() == 0


@pytest.mark.django_db
def test_a_refusal_after_the_form_holds_it_too(odette):
    form = spoken(odette, words="Le jardin", voice=made.webm())
    assert form.is_valid()
    assert not HeldSound.objects.exists()
    form.add_error(None, "Le projet vient d’être clos.")
    assert HeldSound.objects.exists()


@pytest.mark.django_db
def test_it_stays_held_while_the_form_is_mended_again(odette):
    spoken(odette, voice=made.webm()).is_valid()
    held = HeldSound.objects.get()
    assert not spoken(odette, held=str(held.pk)).is_valid()
    assert HeldSound.objects.get() == held
    # A new recording takes its place.
    assert not spoken(odette, held=str(held.pk), voice=made.wav()).is_valid()
    assert HeldSound.objects.get().content_type == "audio/wav"


@pytest.mark.django_db
def test_what_is_unfit_is_not_held(odette):
    assert set(spoken(odette, voice=made.EXE).errors) == {"words", "voice"}
    assert not HeldSound.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("held", ["mine", "not-a-number", "6f1c0e9a-5d0b-4c6e-9a54-0b7d4ad3a1f2"])
def test_nobody_else_gets_it_and_it_does_not_last(odette, held):
    spoken(odette, voice=made.webm()).is_valid()
    kept = HeldSound.objects.get()
    if held == "mine":
        held = str(kept.pk)
        HeldSound.objects.update(held_at=timezone.now() - timedelta(hours=3))
        assert "n’est plus gardé" in spoken(odette, words="oui", held=held).errors["voice"][0]
    assert "n’est plus gardé" in spoken(uuid4(), words="oui", held=held).errors["voice"][0]
    spoken(uuid4(), voice=made.webm()).is_valid()
    assert HeldSound.objects.filter(pk=kept.pk).exists() is (held != str(kept.pk))


def test_without_a_holder_nothing_is_held():
    assert set(spoken(None, voice=made.webm()).errors) == {"words"}
    assert "voice" in spoken(None, words="oui", held="x").errors
