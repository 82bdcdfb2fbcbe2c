"""« Mon évaluation »: what one professional found, line by line, with a scale or without."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.wording import worded_lazy
from avec.people.models import today
from avec.ui.forms import DayField, PlainForm, words_field

from ..found import Found
from ..models import Assessment, Need, NeedStatus, Questionnaire
from ..rules.questionnaires import Form, from_items
from .parts import SHARED, TEAM_ONLY, radios
from .questions import QuestionsMixin
from .serafin import SerafinField

LEVELS = [*SHARED, TEAM_ONLY]
KINDS = [("need", gettext_lazy("un besoin")), ("strength", gettext_lazy("un point fort"))]
ROWS, MOST_ROWS = 3, 8
MOST_FIELDS = 70  # a draft keeps 80
ROW_FIELDS = ("pk", "kind", "words", "serafin", "analysis", "comment", "level")


def level_choice(initial: str = "C2") -> forms.ChoiceField:
    return radios(gettext_lazy("Partagé"), LEVELS, initial=initial)


def row_name(place: int, name: str) -> str:
    return f"row_{place}_{name}"


def rows_wanted(asked: Form | None, wanted: Any, least: int) -> int:
    """How many lines the page holds: what is asked, within what a draft keeps."""
    questions = len(asked.questions) if asked else 0
    most = min(MOST_ROWS, (MOST_FIELDS - questions) // len(ROW_FIELDS))
    try:
        count = int(wanted)
    except (TypeError, ValueError):
        count = 0
    return max(least, min(max(count, ROWS), max(most, ROWS)))


class FoundForm(PlainForm):
    """A need or a strength, alone."""

    kind = radios(gettext_lazy("C’est"), KINDS)
    words = words_field(
        2,
        label=gettext_lazy("En mots simples"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Écrivez le besoin ou le point fort en quelques mots.")},
    )
    serafin = SerafinField("besoins")
    analysis = words_field(2, label=gettext_lazy("Ce que j’en comprends"), required=False)
    comment = words_field(2, label=gettext_lazy("Commentaire"), required=False, max_length=2000)
    level = level_choice()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def found(self) -> Found:
        data = self.cleaned_data
        return Found(
            words=data["words"],
            is_strength=data["kind"] == "strength",
            serafin=data["serafin"],
            analysis=data["analysis"],
            comment=data["comment"],
            level=data["level"],
        )

    @staticmethod
    def initial_of(need: Need) -> dict[str, Any]:
        return {
            "kind": "strength" if need.is_strength else "need",
            "words": need.words,
            "serafin": need.serafin,
            "analysis": next(iter(need.analyses), ""),
            "comment": next(iter(need.comments), ""),
            "level": need.level,
            "version": need.version,
        }


class AssessmentForm(QuestionsMixin, PlainForm):
    """The whole page in one form: a draft may be incomplete, a line that is started needs its words."""

    discipline = forms.CharField(
        label=gettext_lazy("Discipline"),
        max_length=120,
        help_text=gettext_lazy("Par exemple : soins infirmiers, ergothérapie, accompagnement éducatif."),
        error_messages={"required": gettext_lazy("Écrivez votre discipline.")},
    )
    assessed_on = DayField(label=gettext_lazy("Date de l’évaluation"))
    # Not « method »: a control of that name hides the form's own method from scripts.
    how = forms.CharField(
        label=gettext_lazy("Comment j’ai fait"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Un entretien, un repas partagé, une observation, une mise en situation…"),
    )
    summary = words_field(
        5,
        label=gettext_lazy("Ce que je retiens, en mots simples"),
        required=False,
        help_text=worded_lazy(gettext_lazy("%(Short_the)s peut le lire une fois l’évaluation validée.")),
    )
    by_person = forms.BooleanField(
        label=worded_lazy(gettext_lazy("%(Short_the)s a répondu %(them)s-même ; j’ai noté ses réponses")),
        required=False,
    )
    level = level_choice()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Form | None = None, count: int = ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = count
        if asked is None:
            del self.fields["by_person"]
        self.add_questions(asked)
        for place in range(count):
            self.add_row(place)
        self.initial["rows"] = count

    def add_row(self, place: int) -> None:
        fields: dict[str, forms.Field] = {
            "pk": forms.UUIDField(required=False, widget=forms.HiddenInput),
            "kind": forms.ChoiceField(
                label=_("C’est"), required=False, choices=KINDS, widget=forms.RadioSelect
            ),
            "words": words_field(2, label=_("En mots simples"), required=False, max_length=2000),
            "serafin": SerafinField("besoins"),
            "analysis": words_field(2, label=_("Ce que j’en comprends"), required=False),
            "comment": words_field(2, label=_("Commentaire"), required=False, max_length=2000),
            "level": forms.ChoiceField(label=_("Partagé"), required=False, choices=LEVELS, initial="C2"),
        }
        for name in ROW_FIELDS:
            self.fields[row_name(place, name)] = fields[name]

    @property
    def lines(self) -> list[dict[str, forms.BoundField]]:
        return [{name: self[row_name(place, name)] for name in ROW_FIELDS} for place in range(self.count)]

    def clean_assessed_on(self) -> Any:
        day = self.cleaned_data["assessed_on"]
        if day and day > today():
            raise forms.ValidationError(
                _("Une évaluation a déjà eu lieu : écrivez une date passée, ou aujourd’hui.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for place in range(self.count):
            written = any(
                data.get(row_name(place, name))
                for name in ("kind", "words", "serafin", "analysis", "comment")
            )
            if written and not data.get(row_name(place, "words")):
                self.add_error(
                    row_name(place, "words"), _("Écrivez ce besoin ou ce point fort en quelques mots.")
                )
            elif written and not data.get(row_name(place, "kind")):
                self.add_error(row_name(place, "kind"), _("Dites si c’est un besoin ou un point fort."))
        self.check_questions(whole=False)
        return data

    def found(self) -> list[Found]:
        data, found = self.cleaned_data, []
        for place in range(self.count):
            value = {name: data.get(row_name(place, name)) for name in ROW_FIELDS}
            if value["words"]:
                found.append(
                    Found(
                        words=value["words"],
                        is_strength=value["kind"] == "strength",
                        serafin=value["serafin"] or "",
                        analysis=value["analysis"] or "",
                        comment=value["comment"] or "",
                        level=value["level"] or data["level"],
                        pk=value["pk"],
                    )
                )
        return found

    @staticmethod
    def opened_on(assessment: Assessment, needs: list[Need], asked: Form | None) -> dict[str, Any]:
        """What the page opens with, for an assessment that is being written."""
        initial: dict[str, Any] = {
            name: getattr(assessment, name) for name in ("discipline", "summary", "level", "version")
        }
        initial["by_person"] = assessment.by_person
        initial["how"] = assessment.method
        initial["assessed_on"] = assessment.assessed_at
        for place, need in enumerate(needs):
            line = FoundForm.initial_of(need) | {"pk": str(need.pk)}
            initial |= {row_name(place, name): line[name] for name in ROW_FIELDS}
        return initial | QuestionsMixin.initial_of(
            asked, from_items(asked, assessment.items) if asked else {}
        )


class OwnAnswersForm(QuestionsMixin, PlainForm):
    """The person answers for themself."""

    words = words_field(3, label=gettext_lazy("Ce que je veux ajouter"), required=False, max_length=2000)

    def __init__(self, *args: Any, asked: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_questions(asked)
        self.fields["words"] = self.fields.pop("words")  # last on the page

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.check_questions(whole=True)
        return data


class ReasonForm(PlainForm):
    """Why something is taken back."""

    reason = words_field(
        3,
        label=gettext_lazy("Pourquoi"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Écrivez pourquoi, en quelques mots.")},
    )


class FollowForm(PlainForm):
    """What a need becomes: a comment beside, covered, or no longer true."""

    becomes = radios(
        gettext_lazy("Ce qu’il devient"),
        [
            ("active", gettext_lazy("il reste actuel : j’ajoute un commentaire")),
            (NeedStatus.COMPLETED.value, gettext_lazy("il est couvert")),
            (NeedStatus.REVOKED.value, gettext_lazy("il n’est plus vrai, ou c’était une erreur")),
        ],
    )
    words = words_field(
        3,
        label=gettext_lazy("Le commentaire, ou pourquoi"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Écrivez votre commentaire, ou pourquoi.")},
    )


class QuestionnaireForm(PlainForm):
    """A file, and the right to use it."""

    file = forms.FileField(
        label=gettext_lazy("Le fichier de la grille"),
        help_text=gettext_lazy("Un fichier JSON, 200 ko au plus : le nôtre, ou un questionnaire FHIR R4."),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Ce fichier est vide. Choisissez-en un autre."),
            "invalid": gettext_lazy("Ce fichier n’est pas arrivé. Choisissez-le de nouveau."),
            "missing": gettext_lazy("Ce fichier n’est pas arrivé. Choisissez-le de nouveau."),
        },
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    source = words_field(
        3,
        label=gettext_lazy("Source et droit d’usage"),
        max_length=2000,
        help_text=gettext_lazy(
            "Qui l’a écrite, où elle est publiée, et ce qui vous autorise à vous en servir."
        ),
        error_messages={
            "required": gettext_lazy("Écrivez d’où vient cette grille, et par quel droit vous l’utilisez.")
        },
    )
    for_person = forms.BooleanField(
        label=worded_lazy(gettext_lazy("%(Short_the)s peut y répondre %(them)s-même, dans son espace")),
        required=False,
    )
    replaces = forms.ChoiceField(
        label=gettext_lazy("Elle remplace"),
        required=False,
        help_text=gettext_lazy(
            "La version d’avant n’est plus proposée ; les réponses déjà données la gardent."
        ),
    )

    def __init__(self, *args: Any, current: list[Questionnaire], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one.title} ({_('version')} {one.version})") for one in current]
        self.fields["replaces"].choices = [("", _("aucune : elle est nouvelle")), *choices]  # type: ignore[attr-defined]
