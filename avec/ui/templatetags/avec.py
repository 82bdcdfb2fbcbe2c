"""The filters and tags of every template: a builtin library, no {% load %} needed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from avec.ui import words
from avec.ui.pictograms import Pictogram, chosen

register = template.Library()

# One turn of the clock's pie, drawn with a circle of radius 5.5.
CLOCK_TURN = 34.56


def local(value: date | datetime) -> date | datetime:
    """An aware moment as the clock on the wall shows it; a date as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def local_day(value: date | datetime) -> date:
    shown = local(value)
    return shown.date() if isinstance(shown, datetime) else shown


@register.filter
def date_long(value: date | None) -> str:
    return words.date_long(local(value)) if value else ""


@register.filter
def date_full(value: date | None) -> str:
    return words.date_full(local(value)) if value else ""


@register.filter
def date_short(value: date | None) -> str:
    return words.date_short(local(value)) if value else ""


@register.filter
def datetime_words(value: datetime | None) -> str:
    shown = local(value) if value else None
    return words.datetime_words(shown) if isinstance(shown, datetime) else date_long(shown)


@register.filter
def pictograms(keys: Iterable[str] | None) -> list[Pictogram]:
    """The pictograms of these keys, in their order; an unknown key is left out."""
    return chosen(keys or [])


@register.filter
def pictos_as_words(keys: Iterable[str] | None) -> str:
    """« manger · avec · ma fille »."""
    return " · ".join(str(each.words) for each in chosen(keys or []))


@register.filter
def length_words(seconds: float | None) -> str:
    return words.length_words(float(seconds)) if seconds else ""


@register.filter
def distance(value: date | None) -> str:
    return words.distance(local_day(value), timezone.localdate()) if value else ""


@register.filter(is_safe=True)
@stringfilter
def quote(value: str) -> str:
    return words.quote(value)


@register.filter(is_safe=True)
@stringfilter
def nbsp(value: str) -> str:
    return words.nbsp(value)


@register.filter
@stringfilter
def initials(value: str) -> str:
    return words.initials(value)


@register.filter(is_safe=True)
@stringfilter
def elide(value: str, before: str = "de") -> str:
    return words.elide(value, before)


@register.filter
def pluralise_fr(value: Any, forms: str = ",s") -> str:
    """`value` is a number, or anything that has a length."""
    return words.pluralise_fr(len(value) if hasattr(value, "__len__") else int(value or 0), forms)


@register.filter
def ground(voice: str) -> str:
    """The voice whose colours a block takes: what was observed keeps the person's."""
    return "person" if voice == "observed" else voice


@register.filter
def said(text: str, voice: str) -> str:
    """The words as this voice shows them: an observation was not said, so it has no guillemets."""
    shown = text.strip() if voice == "observed" else words.quote(text)
    return SafeString(shown) if isinstance(text, SafeString) else shown


@register.filter
def clock_dash(share: float | str) -> str:
    """The used-up share (0 to 1) of a delay, as a dash pattern for the clock's pie."""
    used = min(max(float(share or 0), 0.0), 1.0)
    return f"{used * CLOCK_TURN:.2f} {CLOCK_TURN}"


@register.filter
def thread_step(states: Iterable[str]) -> str:
    """The five steps in words: « Étape 3 sur 5 »."""
    states = list(states)
    step = states.index("now") + 1 if "now" in states else states.count("done")
    if not step:
        return _("Le fil n’a pas encore commencé")
    return _("Étape %(step)s sur %(count)s") % {"step": step, "count": len(states)}


@register.filter
def kind(field: BoundField) -> str:
    """How a field is laid out: "choices" (a fieldset of picks), "check" (one pick) or "input"."""
    widget = field.field.widget
    if widget.use_fieldset and getattr(widget, "input_type", "") in {"radio", "checkbox"}:
        return "choices"
    return "check" if getattr(widget, "input_type", "") == "checkbox" else "input"


@register.filter
def described_by(field: BoundField, hint: str = "") -> str:
    """The ids of the hint and of the error, in the order they are read."""
    ids = [f"{field.auto_id}_helptext"] if hint or field.help_text else []
    return " ".join([*ids, f"{field.auto_id}_error"] if field.errors else ids)


@register.filter
def control(field: BoundField, hint: str = "") -> SafeString:
    """The input itself, tied to its hint and its error."""
    attrs: dict[str, str | bool] = (
        {"aria-describedby": described} if (described := described_by(field, hint)) else {}
    )
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def first_control(field: BoundField) -> str:
    """The id an error leads to: the input, or the first choice of a group."""
    return f"{field.auto_id}_0" if kind(field) == "choices" else field.auto_id


@register.filter
def error_lines(form: BaseForm) -> list[dict[str, str]]:
    """The errors of a form in the order of its fields, each with the id of its input."""
    lines = [{"text": str(text), "target": ""} for text in form.non_field_errors()]
    for field in form:
        lines += [{"text": str(text), "target": first_control(field)} for text in field.errors]
    return lines


@register.simple_tag
def gap_points(person: float | str, professional: float | str) -> dict[str, Any]:
    """Where two values of a scale from −2 to +2 stand on a line 260 wide."""
    at = {
        name: 130 + 54 * float(value) for name, value in (("person", person), ("professional", professional))
    }
    ticks = [
        {"x": 130 + 54 * value, "label": f"{value:+d}".replace("-", "−") if value else "0"}
        for value in range(-2, 3)
    ]
    left, right = min(at.values()), max(at.values())
    points = {name: f"{x:.1f}" for name, x in at.items()} | {"square": f"{at['professional'] - 8.6:.1f}"}
    return points | {"ticks": ticks, "bar": f"M{left:.1f} 27H{right:.1f}" if left != right else ""}
