"""Forms as our pages show them: checked by the server, refused with a sentence and status 422."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.ui.pictograms import MOST, PICTOGRAMS, THEMES, Theme

OLDEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class PlainForm(forms.Form):
    """The browser checks nothing: what is missing is said in the page's own words, and drafts may be incomplete."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, picked or typed the French way."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        words = {
            "required": _("Écrivez une date."),
            "invalid": _("Écrivez une date, par exemple 31/01/2027."),
        }
        kwargs["error_messages"] = words | kwargs.get("error_messages", {})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not OLDEST <= day <= LATEST:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def words_field(rows: int = 3, **kwargs: Any) -> forms.CharField:
    """Several lines of words."""
    kwargs.setdefault("max_length", 4000)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class PictosField(forms.MultipleChoiceField):
    """Pictograms in the order they were chosen, twelve at most. `<c-ui.picto-picker :field="form.pictos" />` shows it."""

    most = MOST
    themes: tuple[Theme, ...] = THEMES

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple())
        words = {
            "required": _("Choisissez au moins une image."),
            "invalid_choice": _("Une de ces images n’existe pas. Choisissez parmi celles de la page."),
            "invalid_list": _("Choisissez parmi les images de la page."),
            "too_many": _("Gardez %(most)s images au plus\u00a0: il y en a %(count)s."),
        }
        kwargs["error_messages"] = words | kwargs.get("error_messages", {})
        super().__init__(choices=[(key, each.words) for key, each in PICTOGRAMS.items()], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A single key, as a field of one picture or a draft keeps it, is a list of one."""
        return [value] if isinstance(value, str) and value else value or []

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().to_python(value)))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > self.most:
            facts = {"most": self.most, "count": len(value)}
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many", params=facts)


def form_status(*shown: forms.BaseForm) -> int:
    """422 when a form is shown again with what to mend, 200 when it opens."""
    return 422 if any(form.is_bound and form.errors for form in shown) else 200
