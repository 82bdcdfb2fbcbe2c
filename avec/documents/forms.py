"""The fields that take a document or a sound: they give a Received, judged by its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from avec.documents.actions import fitting_title
from avec.documents.holding import held_sound, hold_sound, let_go
from avec.documents.judging import (
    MAX_SECONDS,
    MAX_SIZE,
    MAX_SOUND,
    FileRefused,
    document,
    refuse_heavy,
    sound,
)
from avec.documents.models import HeldSound
from avec.documents.scans import scan


@dataclass(frozen=True)
class Received:
    """What came in, as store_file takes it. seconds: how long a sound lasts, where it says so; pages: of a scan."""

    title: str
    content_type: str
    content: bytes
    seconds: int | None = None
    pages: int | None = None


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


class ScanField(DocumentField):
    """The scan or the photograph of a signed paper: a PDF of 40 pages at most, or an image."""

    accept = ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"

    def judged(self, title: str, name: str, content: bytes) -> Received:
        found = scan(content, name)
        return Received(title, found.kind, content, pages=found.pages)


class SoundInput(forms.FileInput):
    """The sound just sent, else the name of the one that is held."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name) or data.get(f"{name}_held", "")

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in files and f"{name}_held" not in data


class SoundField(ReceivedField):
    """A sound, 20 MB and 10 minutes at most. `<c-ui.recorder :field="form.recording" />` shows it."""

    # Set by HoldsSound.
    holder_id: UUID | None = None
    held: HeldSound | None = None

    most = MAX_SOUND
    seconds = MAX_SECONDS
    accept = "audio/*,.mp3,.m4a,.ogg,.oga,.opus,.wav,.weba,.webm"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # On a phone without scripts, the input itself opens the recorder.
        return super().widget_attrs(widget) | {"capture": True}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", SoundInput())
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        if not isinstance(data, str) or data in self.empty_values or self.holder_id is None:
            return super().to_python(data)
        self.held = held_sound(self.holder_id, data)
        if self.held is None:
            words = _(
                "L’enregistrement n’est plus gardé\u00a0: il l’est deux heures. Enregistrez-le de nouveau."
            )
            raise forms.ValidationError(words, code="gone")
        held = self.held
        return Received(held.title, held.content_type, bytes(held.data), held.seconds)

    def judged(self, title: str, name: str, content: bytes) -> Received:
        found = sound(content)
        return Received(
            title, found.content_type, content, None if found.seconds is None else round(found.seconds)
        )


class HoldsSound(forms.Form):
    """Mixed into a form with a recording: when another answer is missing, nobody has to speak twice.

    `holder`: the member who speaks or writes. Call `let_go` once the form is received.
    """

    def __init__(self, *args: Any, holder: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holder_id = holder
        for field in self.sounds().values():
            field.holder_id = holder

    def sounds(self) -> dict[str, SoundField]:
        return {name: field for name, field in self.fields.items() if isinstance(field, SoundField)}

    def full_clean(self) -> None:
        super().full_clean()
        self.hold()

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, error)
        self.hold()

    def hold(self) -> None:
        """Keep aside what was said, once, if the form comes back."""
        if self.holder_id is None or not self.is_bound or not self.errors:
            return
        for name, field in self.sounds().items():
            received = getattr(self, "cleaned_data", {}).get(name)
            if received is not None and field.held is None:
                field.held = hold_sound(
                    self.holder_id,
                    title=received.title,
                    content_type=received.content_type,
                    content=received.content,
                    seconds=received.seconds,
                )

    def let_go(self) -> None:
        if self.holder_id is not None:
            let_go(self.holder_id)


def file_title(name: str) -> str:
    """The name of a file without its folders nor its ending, on one line."""
    last = normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    stem = PurePath(last).stem if last.strip(". ") else ""
    return fitting_title(stem.replace("_", " ").strip(". "))
