from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.people.clash import merged
from avec.ui.forms import DayField, PlainForm, words_field

from ..actions import Chosen
from ..preparing import Offer

# Fields that carry several values: a draft keeps them all.
SEVERAL = ("goes_in", "offered", "added")


class PreparingForm(PlainForm):
    """What goes in the next version, who else is asked, from when to when, and why.

    `offered`: what the page showed to tick. What came since is left in, and read before it is proposed.
    """

    goes_in = forms.MultipleChoiceField(
        label=_("Ce qui entre dans ce contrat"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    added = forms.MultipleChoiceField(
        label=_("Demander aussi à"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    starts_on = DayField(label=_("Le contrat commence le"))
    ends_on = DayField(label=_("Il finit le"))
    review_on = DayField(
        label=_("Nous le relisons ensemble avant le"),
        help_text=_("Au moins une fois par an, et à chaque changement important de la vie."),
    )
    why = words_field(
        rows=3,
        label=_("Pourquoi cet avenant"),
        required=False,
        help_text=_("Une phrase que chacun comprend. Elle sera écrite en tête de l’avenant."),
    )
    offered = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput())
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, offers: Sequence[Offer], people: Sequence[Offer], amends: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers, self.people = offers, people
        things = [(offer.key, offer.label) for offer in offers]
        gone = _("Cela n’est plus dans le projet : relisez la liste.")
        for name, choices in (
            ("goes_in", things),
            ("offered", things),
            ("added", [(one.key, one.label) for one in people]),
        ):
            field = self.fields[name]
            field.choices = choices  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = gone
        if not amends:
            del self.fields["why"]

    def ticked(self, offers: Sequence[Offer], name: str) -> list[tuple[Offer, bool]]:
        chosen = {str(one) for one in self[name].value() or ()}
        return [(offer, offer.key in chosen) for offer in offers]

    @property
    def goals(self) -> list[tuple[Offer, bool]]:
        return self.ticked([offer for offer in self.offers if offer.key.startswith("goal:")], "goes_in")

    @property
    def others(self) -> list[tuple[Offer, bool]]:
        """What was negotiated, and the week."""
        return self.ticked([offer for offer in self.offers if not offer.key.startswith("goal:")], "goes_in")

    @property
    def asked(self) -> list[tuple[Offer, bool]]:
        return self.ticked(self.people, "added")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on, review_on = (data.get(name) for name in ("starts_on", "ends_on", "review_on"))
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("Écrivez une date de fin après la date de début."))
        elif starts_on and ends_on and (ends_on - starts_on).days > 366:
            self.add_error("ends_on", _("Un contrat dure un an au plus : écrivez une date plus proche."))
        elif starts_on and review_on and ends_on and not starts_on < review_on <= ends_on:
            self.add_error("review_on", _("Écrivez une date entre le début et la fin du contrat."))
        goals = {key for key in data.get("offered", ()) if key.startswith("goal:")}
        if goals and not goals & set(data.get("goes_in", ())):
            self.add_error("goes_in", _("Le contrat a au moins un objectif : gardez-en un."))
        return data

    def chosen(self) -> Chosen:
        data = self.cleaned_data
        return Chosen(
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            review_on=data["review_on"],
            why=data.get("why", ""),
            left_out=tuple(sorted(set(data["offered"]) - set(data["goes_in"]))),
            added=tuple(sorted(data["added"])),
        )


def both_of(form: PreparingForm, fresh: PreparingForm, version: int) -> dict[str, Any]:
    """Two colleagues' choices together: the words of both, and what either of them ticked."""
    both = merged(form, fresh, version)
    for name in ("goes_in", "added"):
        both[name] = list(dict.fromkeys([*(form[name].data or ()), *(fresh[name].value() or ())]))
    return both


def initial_of(
    chosen: Chosen, offers: Sequence[Offer], people: Sequence[Offer], version: int
) -> dict[str, Any]:
    """The form opened on these choices."""
    offered = [offer.key for offer in offers]
    asked = {one.key for one in people}
    return {
        "goes_in": [key for key in offered if key not in chosen.left_out],
        "offered": offered,
        "added": [key for key in chosen.added if key in asked],
        "starts_on": chosen.starts_on,
        "ends_on": chosen.ends_on,
        "review_on": chosen.review_on,
        "why": chosen.why,
        "version": version,
    }
