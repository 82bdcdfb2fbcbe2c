from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.wording import worded_lazy
from avec.people.banner import Around
from avec.people.models import CareTeamMember, Person, today
from avec.ui.forms import DayField, PlainForm, words_field
from avec.ui.words import elide

from ..doers import LIVE, Doer, end_of, start_of
from ..models import (
    Activity,
    ActivityStatus,
    Goal,
    ParticipationChoice,
    Performer,
    PerformerKind,
)
from ..rules.doing import Doing, end_before_start, hints_on
from ..rules.rhythm import Rhythm, RhythmRefused, in_words
from ..words import part_words
from .easy import easy_words_field, picto_field
from .parts import Choices, Named, level_field, marked, radios, team_choices
from .rhythms import RhythmFields, controls_of
from .serafin import SerafinField

STATES = [
    (ActivityStatus.PREPARING.value, ActivityStatus.PREPARING.label),
    (ActivityStatus.ACTIVE.value, ActivityStatus.ACTIVE.label),
]
# Controls that are not columns: the rhythm, who does it, the days.
NOT_COLUMNS = (
    *RhythmFields.base_fields,
    "version",
    "goals",
    "doers",
    "house",
    "partners",
    "starts_on",
    "ends_on",
    "serafin_code",
    "serafin_more",
)


class ActivityForm(RhythmFields, PlainForm):
    title = forms.CharField(
        label=gettext_lazy("Ce qu’on fait"),
        max_length=250,
        error_messages={"required": gettext_lazy("Écrivez ce qu’on fait.")},
    )
    participation = radios(
        worded_lazy(gettext_lazy("La part %(short_of_the)s")),
        error_messages={"required": worded_lazy(gettext_lazy("Dites comment %(short_the)s y prend part."))},
    )
    doers = forms.MultipleChoiceField(
        label=gettext_lazy("Qui le fait"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choisissez dans la liste.")},
    )
    house = words_field(
        1,
        label=gettext_lazy("Une fonction, ou quelqu’un d’autre de la maison"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Par exemple : l’aide-soignante du soir. Un par ligne."),
    )
    partners = words_field(
        1,
        label=gettext_lazy("Un partenaire du dehors"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Par exemple : la médiathèque. Un par ligne."),
    )
    place = forms.CharField(label=gettext_lazy("Où"), max_length=120, required=False)
    means = words_field(
        2,
        label=gettext_lazy("Avec quels moyens"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Du matériel, du temps, un transport…"),
    )
    starts_on = DayField(label=gettext_lazy("Commence le"), required=False)
    ends_on = DayField(label=gettext_lazy("Finit le"), required=False)
    goals = Named(label=gettext_lazy("Pour ces objectifs"), queryset=Goal.objects.none(), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Qui y veille dans l’équipe"), required=False)
    description = words_field(2, label=gettext_lazy("En détail"), required=False, max_length=2000)
    easy_words = easy_words_field(
        gettext_lazy(
            "Une phrase courte par ligne, en disant « vous » : elle sera dans le contrat. "
            "Sans ces mots, le contrat fait des phrases simples avec ce qui est écrit plus haut."
        )
    )
    picto = picto_field()
    serafin_code = SerafinField("prestations")
    serafin_more = SerafinField("prestations", label=gettext_lazy("Une autre prestation SERAFIN-PH"))
    status = radios(gettext_lazy("Où elle en est"), STATES)
    level = level_field()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        person: Person,
        goals: Any,
        team: Sequence[CareTeamMember],
        circle: Sequence[Around] = (),
        activity: Activity | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.activity, self.person = activity, person
        self.made: Rhythm | None = None
        self.rhythm_refused = ""
        self.fields["participation"].choices = participation_choices(person)  # type: ignore[attr-defined]
        self.fields["participation"].label = _("La part %s") % elide(person.called)
        if goals:
            self.fields["goals"].queryset = goals  # type: ignore[attr-defined]
        else:
            del self.fields["goals"]
        self.known = known_doers(person, circle, team, activity)
        self.fields["doers"].choices = [  # type: ignore[attr-defined]
            (key, label) for key, (label, _doer) in self.known.items()
        ]
        choices = team_choices(team)
        if (
            activity is not None
            and activity.owner is not None
            and str(activity.owner_id) not in dict(choices)
        ):
            choices.append((str(activity.owner_id), activity.owner.name))
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]
        if activity is None or activity.status not in LIVE:
            del self.fields["status"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors.keys() & set(RhythmFields.base_fields):
            self.read_rhythm(data)
        if not self.errors.keys() & {"doers", "house", "partners"} and not self.performers:
            self.add_error("doers", _("Dites qui le fait : cochez, ou écrivez."))
        if refusal := end_before_start(data.get("starts_on"), data.get("ends_on")):
            self.add_error("ends_on", refusal)
        return data

    def read_rhythm(self, data: dict[str, Any]) -> None:
        try:
            self.made = self.rhythm_made()
        except RhythmRefused as refused:
            self.rhythm_refused = str(refused)
            self.add_error("rhythm_kind", self.rhythm_refused)
        if self.made is not None:
            data["rhythm"] = in_words(self.made, called=self.person.called)[:250]
        elif data.get("rhythm_kind") == "words" and not data.get("rhythm"):
            self.add_error("rhythm", _("Écrivez quand, en quelques mots."))

    @property
    def performers(self) -> list[Doer]:
        """Who does it, in the order of the list: the person first."""
        data = self.cleaned_data
        chosen = [self.known[key][1] for key in self.known if key in data.get("doers", ())]
        written = [
            Doer(kind, words=line)
            for name, kind in (("house", PerformerKind.PROFESSIONAL), ("partners", PerformerKind.PARTNER))
            for line in lines_of(data.get(name, ""))
        ]
        return [*chosen, *written]

    @property
    def hints(self) -> list[str]:
        """What is worth looking at again, on what is filled so far."""
        data = self.cleaned_data
        performers = self.performers
        terms = [goal.due_on for goal in data.get("goals", ()) if goal.due_on]
        doing = Doing(
            with_person=any(doer.kind == PerformerKind.PERSON for doer in performers),
            performers=len(performers),
            participation=data.get("participation", ""),
            starts_on=data.get("starts_on"),
            ends_on=data.get("ends_on"),
            goal_term=max(terms, default=None),
        )
        return hints_on(doing, called=self.person.called)

    def fields_of_activity(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        columns = {name: value for name, value in data.items() if name not in NOT_COLUMNS}
        owner = columns.pop("owner")
        said = data.get("rhythm_kind")
        codes = [data["serafin_code"], data["serafin_more"], *self.other_codes()]
        return columns | {
            "owner_id": UUID(owner) if owner else None,
            "performers": self.performers,
            "rhythm": data.get("rhythm", "") if said else "",
            "recurrence": self.made.to_code() if self.made else "",
            "starts_at": self.moment("starts_at", data["starts_on"]),
            "ends_at": self.moment("ends_at", data["ends_on"]),
            "serafin": list(dict.fromkeys(code for code in codes if code)),
        }

    def other_codes(self) -> list[str]:
        """Codes received from elsewhere, past the two that the form shows."""
        return self.activity.serafin[2:] if self.activity is not None else []

    def moment(self, name: str, day: date | None) -> Any:
        """The moment of a day; an hour received from elsewhere stays while the day does."""
        if day is None:
            return None
        before = getattr(self.activity, name, None)
        if before is not None and timezone.localdate(before) == day:
            return before
        return start_of(day) if name == "starts_at" else end_of(day)


def lines_of(words: str) -> list[str]:
    return [line.strip()[:120] for line in words.splitlines() if line.strip()][:6]


def known_doers(
    person: Person, circle: Iterable[Around], team: Iterable[CareTeamMember], activity: Activity | None
) -> dict[str, tuple[Any, Doer]]:
    """Who may be ticked: the person, their circle, the team, and whoever does it already."""
    known: dict[str, tuple[Any, Doer]] = {
        "person": (marked("person", person.called), Doer(PerformerKind.PERSON.value))
    }
    for around in circle:
        name = f"{around.name}, {around.word}" if around.word else around.name
        doer = Doer(PerformerKind.RELATIVE.value, relative=around.relative)
        known[str(around.relative.pk)] = (marked(around.voice, name), doer)
    for tie in team:
        label = f"{tie.member.name}, {tie.function or tie.member.job}".rstrip(", ")
        doer = Doer(PerformerKind.PROFESSIONAL.value, member=tie.member)
        known[str(tie.member_id)] = (marked("professional", label), doer)
    for performer in performers_of(activity):
        key = key_of(performer)
        if key and key not in known:
            doer = Doer(performer.kind, relative=performer.relative, member=performer.member)
            known[key] = (doer.named(person), doer)
    return known


def performers_of(activity: Activity | None) -> list[Performer]:
    if activity is None:
        return []
    return list(activity.performers.select_related("relative", "member"))


def key_of(performer: Performer) -> str:
    if performer.kind == PerformerKind.PERSON:
        return "person"
    return str(performer.relative_id or performer.member_id or "")


def activity_initial(activity: Activity) -> dict[str, Any]:
    """What the form shows of an activity; words received from elsewhere stay words."""
    names = (
        "title",
        "participation",
        "place",
        "means",
        "description",
        "easy_words",
        "status",
        "level",
        "version",
    )
    performers = performers_of(activity)
    written: dict[str, list[str]] = {kind: [] for kind in PerformerKind.values}
    for performer in performers:
        if not key_of(performer):
            written[performer.kind].append(performer.words)
    if not performers and activity.performer:
        written[PerformerKind.PROFESSIONAL.value].append(activity.performer)
    codes = [*activity.serafin, "", ""]
    return (
        {name: getattr(activity, name) for name in names}
        | controls_of(activity.recurrence, activity.rhythm)
        | {
            "owner": str(activity.owner_id or ""),
            "goals": [str(pk) for pk in activity.goals.values_list("pk", flat=True)],
            "doers": [key_of(performer) for performer in performers if key_of(performer)],
            "picto": [activity.picto] if activity.picto else [],
            "house": "\n".join(written[PerformerKind.PROFESSIONAL.value]),
            "partners": "\n".join(written[PerformerKind.PARTNER.value]),
            "starts_on": timezone.localdate(activity.starts_at) if activity.starts_at else None,
            "ends_on": timezone.localdate(activity.ends_at) if activity.ends_at else None,
            "serafin_code": codes[0],
            "serafin_more": codes[1],
        }
    )


class EndForm(PlainForm):
    """When an activity ended, and whether it was done."""

    done = radios(
        gettext_lazy("Qu’est-elle devenue ?"),
        [("yes", gettext_lazy("elle est terminée")), ("no", gettext_lazy("elle ne se fera pas"))],
    )
    on = DayField(label=gettext_lazy("Depuis le"))

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > today():
            raise forms.ValidationError(
                _("Ce jour est à venir : écrivez plutôt une date de fin dans l’action.")
            )
        return day


def participation_choices(person: Person) -> Choices:
    return [
        (
            how,
            format_html(
                '<svg class="participation__mark" aria-hidden="true" focusable="false"><use href="#p-{}"></use></svg> {}',
                how,
                part_words(how, person.called),
            ),
        )
        for how in ParticipationChoice.values
    ]
