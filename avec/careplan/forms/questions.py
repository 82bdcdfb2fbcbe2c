"""The questions of a scale as fields of a form: nothing is required while it is being filled."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.ui.words import quote

from ..rules.gas import FACES as DRAWN
from ..rules.questionnaires import FACES, Answer, Answers, Form, Kind, Question, shown_questions, told
from ..rules.questionnaires import answered as is_answered
from ..rules.questionnaires import faults_of as faults_in

# The drawings of the five faces, from the least to the best.
DRAWINGS = [DRAWN[level].key for level in sorted(DRAWN)]
LEAVE = gettext_lazy("Pas de réponse")


def name_of(place: int) -> str:
    return f"question_{place}"


def face(number: int) -> SafeString:
    return format_html(
        '<svg class="face" aria-hidden="true" focusable="false"><use href="#face-{}"></use></svg> {}',
        DRAWINGS[number],
        FACES[number],
    )


class NumberField(forms.CharField):
    """A number typed the French way, with its bounds said in words."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        self.question = question
        mode = "numeric" if question.whole else "decimal"
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"inputmode": mode}), **kwargs)

    def clean(self, value: Any) -> Any:
        typed = (
            super().clean(value).replace("\u00a0", "").replace(" ", "").replace(",", ".").replace("−", "-")
        )
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation:
            raise forms.ValidationError(_("Écrivez un nombre.")) from None
        if not number.is_finite() or abs(number) > 1_000_000:
            raise forms.ValidationError(_("Écrivez un nombre."))
        if self.question.whole:
            if number != int(number):
                raise forms.ValidationError(_("Écrivez un nombre entier."))
            return int(number)
        return float(number)


def bounds_words(question: Question) -> str:
    least, most = (
        f"{value:g}".replace(".", ",") if value is not None else ""
        for value in (question.least, question.most)
    )
    if least and most:
        return _("De %(least)s à %(most)s.") % {"least": least, "most": most}
    if least:
        return _("À partir de %s.") % least
    return _("Jusqu’à %s.") % most if most else ""


def condition_words(question: Question, form: Form) -> str:
    """« Si « Une chute… » : Oui. »"""
    earlier = {one.id: one for one in form.questions}
    parts = []
    for condition in question.when:
        about = earlier[condition.question]
        given = [told(about, answer_of(about, code)) for code in sorted(condition.among)]
        parts.append(
            _("%(question)s : %(answers)s")
            % {"question": quote(about.words), "answers": _(" ou ").join(given)}
        )
    glue = _(", ou ") if question.when_any else _(", et ")
    return _("Seulement si %s.") % glue.join(parts) if parts else ""


def answer_of(question: Question, code: str) -> Answer:
    """An answer from what a condition or a radio button holds."""
    if question.kind == Kind.YES_NO:
        return code == "yes"
    return int(code) if question.kind == Kind.FACES else code


def field_of(question: Question, form: Form) -> forms.Field:
    label = (
        format_html('{} <span class="field__need">{}</span>', question.words, _("(obligatoire)"))
        if question.required
        else question.words
    )
    hints = [question.hint, condition_words(question, form)]
    if question.kind == Kind.NUMBER:
        hints.append(bounds_words(question))
    common: dict[str, Any] = {
        "label": label,
        "required": False,
        "help_text": " ".join(hint for hint in hints if hint),
    }
    if question.kind == Kind.TEXT:
        return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 2}), **common)
    if question.kind == Kind.NUMBER:
        return NumberField(question, **common)
    if question.kind == Kind.SEVERAL:
        return forms.MultipleChoiceField(
            choices=[(one.code, one.words) for one in question.options],
            widget=forms.CheckboxSelectMultiple,
            **common,
        )
    choices: list[tuple[str, Any]] = (
        [(str(number), face(number)) for number in range(len(FACES))]
        if question.kind == Kind.FACES
        else [(one.code, one.words) for one in question.options]
    )
    leave = [] if question.required else [("", LEAVE)]
    return forms.ChoiceField(choices=[*choices, *leave], widget=forms.RadioSelect, **common)


class QuestionsMixin(forms.Form):
    """A form with the questions of a scale after its own fields: `asked` is the scale, or None."""

    asked: Form | None = None

    def add_questions(self, asked: Form | None) -> None:
        self.asked = asked
        for place, question in enumerate(asked.questions if asked else ()):
            self.fields[name_of(place)] = field_of(question, asked)  # type: ignore[arg-type]

    @property
    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions under the titles of their sections, in order."""
        sections: list[tuple[str, list[forms.BoundField]]] = []
        for place, question in enumerate(self.asked.questions if self.asked else ()):
            if not sections or sections[-1][0] != question.section:
                sections.append((question.section, []))
            sections[-1][1].append(self[name_of(place)])
        return sections

    def answers(self) -> dict[str, Answer]:
        """What was answered, as the rules read it."""
        found: dict[str, Answer] = {}
        for place, question in enumerate(self.asked.questions if self.asked else ()):
            value = self.cleaned_data.get(name_of(place))
            if value in (None, "", []):
                continue
            found[question.id] = answer_of(question, value) if isinstance(value, str) else value
        return found

    def check_questions(self, *, whole: bool) -> None:
        """Say what does not fit; with `whole`, what is missing too. What would be lost is told, never dropped."""
        if self.asked is None:
            return
        answers = self.answers()
        faults = faults_in(self.asked, answers)
        shown = {question.id for question in shown_questions(self.asked, answers)}
        for place, question in enumerate(self.asked.questions):
            name = name_of(place)
            if name in self.errors:
                continue
            given = is_answered(answers, question)
            if given and question.id not in shown:
                self.add_error(name, _("Effacez cette réponse, ou changez celle dont la question dépend."))
            elif question.id in faults and (whole or given):
                self.add_error(name, faults[question.id])

    @staticmethod
    def initial_of(asked: Form | None, answers: Answers) -> dict[str, Any]:
        """What the fields open with."""
        initial: dict[str, Any] = {}
        for place, question in enumerate(asked.questions if asked else ()):
            value = answers.get(question.id)
            if isinstance(value, bool):
                value = "yes" if value else "no"
            if value is not None:
                initial[name_of(place)] = value if isinstance(value, list) else str(value).replace(".", ",")
        return initial

    def several(self) -> list[str]:
        """The fields that hold several values, for the draft."""
        return [name for name, field in self.fields.items() if isinstance(field, forms.MultipleChoiceField)]
