"""The fields that take a document or a sound: they give a Received, judged by its bytes."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from unicodedata import normalize

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from avec.documents.actions import fitting_title
from avec.documents.judging import (
    MAX_SECONDS,
    MAX_SIZE,
    MAX_SOUND,
    FileRefused,
    document,
    refuse_heavy,
    sound,
)


@dataclass(frozen=True)
class Received:
    """What came in, as store_file takes it. seconds: how long a sound lasts, where it says so."""

    title: str
    content_type: str
    content: bytes
    seconds: int | None = None


class ReceivedField(forms.FileField):
    """Reads the file once, when its size is known to fit."""

    most = MAX_SIZE
    accept = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput())
        words = {
            "required": _("Choisissez un fichier."),
            "invalid": _("Ce fichier n’est pas arrivé. Choisissez-le de nouveau."),
            "missing": _("Ce fichier n’est pas arrivé. Choisissez-le de nouveau."),
            "empty": _("Ce fichier est vide. Choisissez-en un autre."),
        }
        kwargs["error_messages"] = words | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # data-most: recorder.js says that a file is too heavy before it is sent.
        return super().widget_attrs(widget) | {"accept": self.accept, "data-most": str(self.most)}

    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        if not isinstance(data, UploadedFile):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            refuse_heavy(data.size or 0, self.most)
            data.seek(0)
            return self.judged(file_title(data.name or ""), data.name or "", data.read())
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal), code="unfit") from None

    def clean(self, data: Any, initial: Any = None) -> Any:
        received = self.to_python(data)
        self.validate(received)
        self.run_validators(received)
        return received

    def judged(self, title: str, name: str, content: bytes) -> Received:
        raise NotImplementedError


class DocumentField(ReceivedField):
    """A PDF, an image or plain words, 25 MB at most."""

    accept = ".pdf,.png,.jpg,.jpeg,.txt,application/pdf,image/png,image/jpeg,text/plain"

    def judged(self, title: str, name: str, content: bytes) -> Received:
        return Received(title, document(content, name), content)


class SoundField(ReceivedField):
    """A sound, 20 MB and 10 minutes at most. `<c-ui.recorder :field="form.recording" />` shows it."""

    most = MAX_SOUND
    seconds = MAX_SECONDS
    accept = "audio/*,.mp3,.m4a,.ogg,.oga,.opus,.wav,.weba,.webm"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # On a phone without scripts, the input itself opens the recorder.
        return super().widget_attrs(widget) | {"capture": True}

    def judged(self, title: str, name: str, content: bytes) -> Received:
        found = sound(content)
        return Received(
            title, found.content_type, content, None if found.seconds is None else round(found.seconds)
        )


def file_title(name: str) -> str:
    """The name of a file without its folders nor its ending, on one line."""
    last = normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem = PurePath(last).stem if last.strip(". ") else ""
    return fitting_title(stem.replace("_", " ").strip(". "))
