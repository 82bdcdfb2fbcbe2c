"""A file joined to the plan or to one of its lines."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from avec.documents.forms import DocumentField
from avec.ui.forms import PlainForm

from .assessments import LEVELS
from .parts import radios


def levels_within(level: str) -> list[tuple[str, Any]]:
    """What may be chosen for a file joined to something of this level: never wider."""
    return [(code, words) for code, words in LEVELS if code >= level]


class AttachmentForm(PlainForm):
    file = DocumentField(
        label=gettext_lazy("Le fichier"),
        help_text=gettext_lazy("Un PDF, une image (PNG ou JPEG) ou un texte, 25 Mo au plus."),
    )
    title = forms.CharField(
        label=gettext_lazy("Son titre"),
        required=False,
        max_length=250,
        help_text=gettext_lazy(
            "Ce qu’il montre, et de quand il date. Sans titre, le nom du fichier est pris."
        ),
    )
    level = radios(gettext_lazy("Partagé"))

    def __init__(self, *args: Any, level: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = levels_within(level)
        self.fields["level"].choices = choices  # type: ignore[attr-defined]
        self.fields["level"].initial = next(
            (code for code, _words in choices if code == (level or "C2")), None
        )
