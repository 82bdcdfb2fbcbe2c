"""One row of the table of signatories."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from avec.careplan.forms import radios
from avec.ui.forms import PlainForm

from ..models import DemandChoice, SigningRule
from ..rules import Demand, Measure, Signatory, unfit


class RuleForm(PlainForm):
    """What is asked of one signatory in one measure, and where it is written."""

    demand = radios(_("Ce qui lui est demandé"))
    source = forms.CharField(
        label=_("Source"),
        max_length=250,
        help_text=_("Un article de loi, un jugement type, une décision de la maison."),
        error_messages={
            "required": _(
                "Écrivez la source : un article de loi, un jugement type, une décision de la maison."
            ),
            "max_length": _("Écrivez moins de %(limit_value)d lettres."),
        },
    )
    to_check = forms.BooleanField(
        label=_("À vérifier à la source : le texte officiel n’a pas encore été lu"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rule: SigningRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only what may be asked of this signatory is offered.
        self.fields["demand"].choices = [  # type: ignore[attr-defined]
            (one.value, capfirst(str(one.label)))
            for one in DemandChoice
            if not unfit(Signatory(rule.signatory), Demand(one.value), Measure(rule.measure))
        ]
        self.fields["demand"].error_messages["invalid_choice"] = _("Choisissez une des réponses.")

    def clean_demand(self) -> Demand:
        return Demand(self.cleaned_data["demand"])


def rule_initial(rule: SigningRule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in RuleForm.base_fields}
