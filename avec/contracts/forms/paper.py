"""What a signed paper says: the sheet itself, then one part per line that waits for a choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.careplan.models import StanceChoice
from avec.documents.forms import HoldsSound, ScanField, SoundInput
from avec.documents.holding import held_sound
from avec.documents.models import HeldSound
from avec.people.models import today
from avec.ui.forms import DayField, PlainForm, words_field

from ..choosing import Choice
from ..models import SignatureLine
from ..rules import RIGHTS, Outcome, Way, lacks

NOTHING = "nothing"
ON_PAPER = [
    (Outcome.SIGNED.value, gettext_lazy("A signé")),
    (Outcome.RESERVATIONS.value, gettext_lazy("A signé, avec des réserves")),
    (Outcome.MARK.value, gettext_lazy("A fait une croix, devant témoin")),
    (Outcome.ORAL.value, gettext_lazy("A dit oui à voix haute")),
    (Outcome.NOT_NOW.value, gettext_lazy("A choisi\u00a0: pas maintenant")),
    (Outcome.REFUSED.value, gettext_lazy("A choisi de ne pas signer")),
    (NOTHING, gettext_lazy("Rien n’est écrit sur le papier")),
]
STANCES = [("", gettext_lazy("rien de coché")), *StanceChoice.choices[:3]]
PARTS = ("outcome", "rights", "words", "witness", "back")


@dataclass(frozen=True)
class LineFields:
    """The fields of one line, as the page lays them."""

    line: SignatureLine
    outcome: forms.BoundField
    rights: forms.BoundField | None
    words: forms.BoundField
    articles: Sequence[forms.BoundField]
    witness: forms.BoundField
    back: forms.BoundField


class HeldScanField(ScanField):
    """A scan that came in once is not asked again when something else is missing: a phone may not have kept it."""

    holder_id: UUID | None = None
    held: HeldSound | None = None

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", SoundInput())
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        if not isinstance(data, str) or data in self.empty_values or self.holder_id is None:
            return super().to_python(data)
        self.held = held_sound(self.holder_id, data)
        if self.held is None:
            words = _("Ce papier n’est plus gardé\u00a0: il l’est deux heures. Choisissez-le de nouveau.")
            raise forms.ValidationError(words, code="gone")
        return self.judged(self.held.title, "", bytes(self.held.data))


class PaperForm(HoldsSound, PlainForm):
    scan = HeldScanField(
        label=gettext_lazy("Le papier signé, numérisé ou photographié"),
        help_text=gettext_lazy("Un PDF, ou une image (PNG ou JPEG)\u00a0: 40 pages et 25 Mo au plus."),
    )
    signed_on = DayField(label=gettext_lazy("Le jour où il a été signé"))
    code = forms.CharField(
        label=gettext_lazy("Le code écrit au bas de chaque page"),
        help_text=gettext_lazy(
            "Deux groupes de 4 signes, comme 3F2A-91C0. Il dit de quelle version est ce papier."
        ),
        max_length=40,
        error_messages={"required": gettext_lazy("Recopiez le code écrit au bas du papier.")},
    )
    reading = forms.ChoiceField(
        label=gettext_lazy("Ce papier est le texte"),
        choices=[("easy", gettext_lazy("facile à lire")), ("full", gettext_lazy("complet"))],
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Dites lequel des deux textes a été signé.")},
    )

    def __init__(
        self,
        *args: Any,
        lines: Sequence[SignatureLine],
        headings: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.headings = headings
        for line in lines:
            self.add_line(line)

    def sounds(self) -> dict[str, Any]:
        """What is held while the form is mended: the paper."""
        return {"scan": self.fields["scan"]}

    def add_line(self, line: SignatureLine) -> None:
        name = line.name
        about = {"name": name}
        self.fields[field("outcome", line)] = forms.ChoiceField(
            label=_("Ce que dit le papier pour %(name)s") % about,
            choices=ON_PAPER,
            widget=forms.RadioSelect(),
            # Nothing waits for a witness: the paper may well say nothing of them.
            initial="" if line.required else NOTHING,
            error_messages={"required": _("Dites ce qui est écrit sur le papier pour %(name)s.") % about},
        )
        if line.voice == "person":
            self.fields[field("rights", line)] = forms.MultipleChoiceField(
                label=_("Les droits cochés par %(name)s") % about,
                choices=RIGHTS,
                widget=forms.CheckboxSelectMultiple(),
                required=False,
            )
        self.fields[field("words", line)] = words_field(
            2, label=_("Les mots écrits à la main par %(name)s") % about, required=False
        )
        for number, heading in self.headings.items():
            self.fields[field(f"article-{number}", line)] = forms.ChoiceField(
                label=_("Article %(number)s\u00a0: %(heading)s") % {"number": number, "heading": heading},
                choices=STANCES,
                required=False,
            )
        self.fields[field("witness", line)] = forms.CharField(
            label=_("Qui a vu %(name)s faire la croix") % about,
            help_text=_("Son nom et son prénom, comme sur le papier."),
            required=False,
            max_length=160,
        )
        self.fields[field("back", line)] = DayField(
            label=_("Quand l’équipe revient voir %(name)s") % about,
            help_text=_(
                "Laissez vide si rien n’est écrit\u00a0: après un oui à voix haute, c’est dans 7 jours."
            ),
            required=False,
        )

    def parts(self) -> Iterator[LineFields]:
        for line in self.lines:
            yield LineFields(
                line=line,
                outcome=self[field("outcome", line)],
                rights=self[field("rights", line)] if line.voice == "person" else None,
                words=self[field("words", line)],
                articles=[self[field(f"article-{number}", line)] for number in self.headings],
                witness=self[field("witness", line)],
                back=self[field("back", line)],
            )

    def several(self) -> Iterable[str]:
        return [field("rights", line) for line in self.lines if line.voice == "person"]

    def clean_signed_on(self) -> date:
        signed_on: date = self.cleaned_data["signed_on"]
        if signed_on > today():
            raise forms.ValidationError(
                _("Écrivez le jour de la signature\u00a0: il ne peut pas être à venir.")
            )
        return signed_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for line in self.lines:
            if data.get(field("outcome", line)) not in {None, "", NOTHING}:
                self.check_line(line, data)
        said = [data.get(field("outcome", line)) for line in self.lines]
        if self.lines and all(outcome == NOTHING for outcome in said):
            self.add_error(
                field("outcome", self.lines[0]),
                _(
                    "Ce papier ne dit rien de personne\u00a0: il ne change rien. Gardez-le, et revenez quand il est signé."
                ),
            )
        return data

    def check_line(self, line: SignatureLine, data: Mapping[str, Any]) -> None:
        choice = self.choice_of(line, data)
        missing = lacks(
            choice.outcome,
            words=choice.words,
            rights_read=choice.rights_read,
            stances=list(choice.clauses.values()),
            is_person=line.voice == "person",
            way=Way.PAPER,
            witnessed=bool(choice.witness_name.strip()),
        )
        about = {"name": line.name}
        sentences = {
            "rights": _(
                "Les 4 droits se lisent avant de signer. S’ils ne sont pas cochés sur le papier, "
                "lisez-les avec %(name)s, puis cochez-les ici."
            ),
            "outcome": _(
                "Un article n’a pas un simple «\u00a0d’accord\u00a0»\u00a0: choisissez «\u00a0avec des réserves\u00a0»."
            ),
            "words": _("Recopiez les réserves de %(name)s, ou ce qui est coché à chaque article."),
            "witness": _("Écrivez qui a vu faire la croix\u00a0: quelqu’un qui ne signe pas ce contrat."),
        }
        for part in missing:
            self.add_error(field(part, line), sentences[part] % about)
        if choice.come_back_on is not None and choice.come_back_on < today():
            self.add_error(field("back", line), _("Écrivez une date à venir pour revenir."))

    def choice_of(self, line: SignatureLine, data: Mapping[str, Any]) -> Choice:
        outcome = Outcome(data[field("outcome", line)])
        comes_back = outcome in {Outcome.ORAL, Outcome.NOT_NOW}
        return Choice(
            outcome=outcome,
            words=data.get(field("words", line), ""),
            rights_read=data.get(field("rights", line)) or (),
            clauses={
                str(number): data[field(f"article-{number}", line)]
                for number in self.headings
                if data.get(field(f"article-{number}", line))
            },
            reading=data.get("reading") or "full",
            come_back_on=data.get(field("back", line)) if comes_back else None,
            witness_name=data.get(field("witness", line), "") if outcome == Outcome.MARK else "",
        )

    def choices(self) -> dict[SignatureLine, Choice]:
        """What the paper says, for each line of which it says something."""
        return {
            line: self.choice_of(line, self.cleaned_data)
            for line in self.lines
            if self.cleaned_data[field("outcome", line)] != NOTHING
        }


def field(part: str, line: SignatureLine) -> str:
    """The name of a field of this line: « outcome-2 »."""
    return f"{part}-{line.order}"
