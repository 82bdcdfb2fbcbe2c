from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

MAX_PDF = 25 * 1024 * 1024


class VerifyForm(forms.Form):
    document = forms.FileField(
        label=_("Le contrat, en PDF"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide. Choisissez-en un autre."),
        },
    )

    def clean_document(self) -> UploadedFile[Any]:
        document: UploadedFile[Any] = self.cleaned_data["document"]
        if document.size and document.size > MAX_PDF:
            raise forms.ValidationError(_("Ce fichier est trop lourd : il dépasse 25 Mo."))
        return document
