"""What an agreement changes in the plan, chosen while a point is settled: the form whose fields the move keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.models import Member
from avec.accounts.wording import worded_lazy
from avec.careplan.forms.activities import lines_of, participation_choices
from avec.careplan.forms.parts import marked, radios
from avec.careplan.forms.rhythms import RhythmFields
from avec.careplan.models import Activity, Expectation, Goal
from avec.careplan.policy import is_open
from avec.careplan.rules.rhythm import RhythmRefused, in_words
from avec.careplan.words import short
from avec.people.models import today
from avec.people.policy import standing_of
from avec.people.rules import Deed, Level, may_do
from avec.ui.forms import DayField, PlainForm, words_field
from avec.ui.words import elide, quote

from ..models import Negotiation, Party
from ..rules import Becomes, OutcomeKind
from ..rules.becomes import lacks
from ..sitting import Sitting

PREFIX = "plan"
CHOICES = [
    (Becomes.NOTHING.value, gettext_lazy("rien\u00a0: c’est seulement dit")),
    (Becomes.GOAL.value, gettext_lazy("un nouvel objectif")),
    (Becomes.ACTIVITY.value, gettext_lazy("une nouvelle action")),
    (Becomes.SCHEDULE.value, gettext_lazy("une action qui existe déjà se fera autrement")),
]


@dataclass(frozen=True)
class Offers:
    """What of the plan may be named on this table: nothing that one of its parties could not read."""

    goals: Sequence[Goal]
    activities: Sequence[Activity]
    words: Sequence[Expectation]


def offers_of(negotiation: Negotiation, member: Member) -> Offers:
    """In four queries. The table may be read by everybody in the room: the person's own words, no relative's."""
    open_here = {"plan": negotiation.plan_id, "level__lte": negotiation.level}
    activities = Activity.objects.visible_to(member).live().filter(**open_here, kind="action")
    words = Expectation.objects.visible_to(member).filter(
        **open_here, voice__in=["person", "observed"], withdrawn_at__isnull=True
    )
    return Offers(
        goals=list(Goal.objects.visible_to(member).live().filter(**open_here)),
        activities=list(activities.filter(level__in=_writable(negotiation, member)).select_related("plan")),
        words=list(words.exclude(words="")[:30]),
    )


def _writable(negotiation: Negotiation, member: Member) -> list[str]:
    """The levels of what this member may change in the plan: asked once, whatever the plan holds."""
    if not is_open(negotiation.plan):
        return []
    standing, day = standing_of(member, negotiation.person), today()
    return [level.value for level in Level if may_do(standing, Deed.WRITE, level, day)]


class BecomesForm(RhythmFields, PlainForm):
    """Nothing, a new goal, a new activity, or an activity that is done otherwise."""

    becomes = radios(
        gettext_lazy("Ce que cela change dans le projet"),
        CHOICES,
        initial=Becomes.NOTHING.value,
        required=False,
    )
    statement = words_field(
        2,
        label=gettext_lazy("L’objectif, en disant « je »"),
        required=False,
        max_length=1000,
        help_text=worded_lazy(gettext_lazy("Avec les mots %(short_of_the)s. Une seule idée.")),
    )
    due_on = DayField(
        label=gettext_lazy("Terme"),
        required=False,
        help_text=gettext_lazy("Le jour où l’on regardera ensemble où l’on en est."),
    )
    priority = forms.IntegerField(
        label=gettext_lazy("Priorité"),
        required=False,
        help_text=gettext_lazy("1 passe avant 2."),
        error_messages={"invalid": gettext_lazy("Écrivez un nombre, à partir de 1.")},
    )
    expected_result = words_field(
        2,
        label=gettext_lazy("On saura que c’est atteint quand"),
        required=False,
        max_length=1000,
    )
    expectations = forms.MultipleChoiceField(
        label=gettext_lazy("Vient de ces mots"), required=False, widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(label=gettext_lazy("Ce qu’on fait"), max_length=250, required=False)
    participation = radios(worded_lazy(gettext_lazy("La part %(short_of_the)s")), required=False)
    goal = forms.ChoiceField(label=gettext_lazy("Pour cet objectif"), required=False)
    activity = forms.ChoiceField(label=gettext_lazy("L’action qui change"), required=False)
    doers = forms.MultipleChoiceField(
        label=gettext_lazy("Qui le fait"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = words_field(
        1,
        label=gettext_lazy("Quelqu’un d’autre"),
        required=False,
        max_length=250,
        help_text=gettext_lazy("Par exemple\u00a0: l’aide-soignante du soir. Un par ligne."),
    )
    place = forms.CharField(label=gettext_lazy("Où"), max_length=120, required=False)
    starts_on = DayField(label=gettext_lazy("À partir du"), required=False)
    ends_on = DayField(label=gettext_lazy("Jusqu’au"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        sitting: Sitting,
        point: str,
        offers: Offers,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("prefix", PREFIX)
        super().__init__(data, **kwargs)
        negotiation = sitting.negotiation
        self.person, self.sitting, self.point, self.offers = negotiation.person, sitting, point, offers
        called = self.person.called
        self.known = dict(known_doers(sitting))
        self.choose("participation", participation_choices(self.person))
        self.fields["participation"].label = _("La part %s") % elide(called)
        self.choose("doers", [(key, label) for key, (label, _doer) in self.known.items()])
        self.choose("goal", [("", _("aucun en particulier")), *self.goals_offered()])
        self.fields["goal"].initial = str(negotiation.goal_id or "")
        self.choose(
            "activity",
            [("", _("choisir une action")), *[(str(one.pk), named(one)) for one in offers.activities]],
        )
        if not offers.activities:
            self.choose("becomes", [one for one in CHOICES if one[0] != Becomes.SCHEDULE.value])
        if offers.words:
            self.choose("expectations", [(str(one.pk), quote(short(one.words, 90))) for one in offers.words])
            if negotiation.expectation_id:
                self.fields["expectations"].initial = [str(negotiation.expectation_id)]
        else:
            del self.fields["expectations"]

    def choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def goals_offered(self) -> Iterator[tuple[str, str]]:
        for goal in self.offers.goals:
            yield str(goal.pk), f"{goal.number}. {short(goal.statement, 90)}"
        table = self.sitting.table
        for key, outcome in table.outcomes.items():
            if key != self.point and outcome.becomes == Becomes.GOAL:
                number = self.sitting.points[key].number
                words = short(str(outcome.fields.get("statement", "")), 70)
                yield (
                    f"point:{key}",
                    _("l’objectif du point %(number)s\u00a0: %(words)s") % {"number": number, "words": words},
                )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = data.get("becomes") or Becomes.NOTHING.value
        # What another choice asked for does not stop this one.
        for name in list(self.errors):
            if name not in ASKED[chosen]:
                del self.errors[name]
        if chosen in HOW and not self.errors.keys() & set(RhythmFields.base_fields):
            self.read_rhythm(data)
        for name, sentence in lacks(chosen, self.plan_fields(), today()).items():
            shown = "rhythm_kind" if name == "rhythm" else name
            if not self.errors.keys() & {shown, name}:
                self.add_error(shown, sentence)
        return data

    def read_rhythm(self, data: dict[str, Any]) -> None:
        try:
            made = self.rhythm_made()
        except RhythmRefused as refused:
            self.add_error("rhythm_kind", str(refused))
            return
        if made is not None:
            data["rhythm"] = in_words(made, called=self.person.called)[:250]
            data["recurrence"] = made.to_code()
        elif data.get("rhythm_kind") == "words" and not data.get("rhythm"):
            self.add_error("rhythm", _("Écrivez quand, en quelques mots."))
        elif data.get("rhythm_kind") != "words":
            data["rhythm"] = ""

    @property
    def chosen(self) -> Becomes:
        """What the agreement becomes. Call once the form is valid."""
        return Becomes(self.cleaned_data.get("becomes") or Becomes.NOTHING.value)

    def plan_fields(self) -> dict[str, Any]:
        """The plain values that the move keeps (rules/becomes.py)."""
        making = {
            Becomes.NOTHING: dict,
            Becomes.GOAL: self.goal_fields,
            Becomes.ACTIVITY: self.activity_fields,
            Becomes.SCHEDULE: self.schedule_fields,
        }
        return {name: value for name, value in making[self.chosen]().items() if value not in ("", None, [])}

    def goal_fields(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "statement": data.get("statement", "").strip(),
            "due_on": iso(data.get("due_on")),
            "priority": data.get("priority"),
            "expected_result": data.get("expected_result", "").strip(),
            "expectations": data.get("expectations", []),
        }

    def activity_fields(self) -> dict[str, Any]:
        data = self.cleaned_data
        goal = data.get("goal", "")
        words = dict(self.goals_offered()).get(goal, "")
        served = {"point": goal.removeprefix("point:")} if goal.startswith("point:") else {"goal": goal}
        return {
            "title": data.get("title", "").strip(),
            "participation": data.get("participation", ""),
            **served,
            "goal_words": words,
            **self.how_fields(),
        }

    def schedule_fields(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("activity", "")
        found = next((one for one in self.offers.activities if str(one.pk) == chosen), None)
        if found is None:
            return {}
        return {
            "activity": chosen,
            "activity_title": found.title,
            "was": was_of(found),
            **self.how_fields(),
        }

    def how_fields(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "doers": self.doers_chosen(),
            "rhythm": data.get("rhythm", "").strip() if data.get("rhythm_kind") else "",
            "recurrence": data.get("recurrence", ""),
            "place": data.get("place", "").strip(),
            "starts_on": iso(data.get("starts_on")),
            "ends_on": iso(data.get("ends_on")),
        }

    def doers_chosen(self) -> list[dict[str, str]]:
        data = self.cleaned_data
        chosen = [self.known[key][1] for key in self.known if key in data.get("doers", ())]
        written = [{"kind": "professional", "name": line} for line in lines_of(data.get("others", ""))]
        return [*chosen, *written]


RHYTHM = frozenset(RhythmFields.base_fields)
HOW = frozenset({Becomes.ACTIVITY.value, Becomes.SCHEDULE.value})
HOW_ASKED = RHYTHM | {"becomes", "doers", "others", "place", "starts_on", "ends_on"}
# The fields that each choice asks for.
ASKED: dict[str, frozenset[str]] = {
    Becomes.NOTHING.value: frozenset({"becomes"}),
    Becomes.GOAL.value: frozenset(
        {"becomes", "statement", "due_on", "priority", "expected_result", "expectations"}
    ),
    Becomes.ACTIVITY.value: HOW_ASKED | {"title", "participation", "goal"},
    Becomes.SCHEDULE.value: HOW_ASKED | {"activity"},
}


def becomes_form(
    sitting: Sitting, point: object, member: Member, data: Mapping[str, Any] | None = None
) -> BecomesForm:
    """The form of one point, for whoever settles it. Three queries: for the point in hand, not for each."""
    key = str(getattr(point, "pk", point))
    return BecomesForm(data, sitting=sitting, point=key, offers=offers_of(sitting.negotiation, member))


def agreed_part(form: BecomesForm, kind: OutcomeKind) -> tuple[Becomes, dict[str, Any]]:
    """What `settle` is given: only an agreement changes the plan, whatever was left in the form."""
    if kind != OutcomeKind.AGREED:
        return Becomes.NOTHING, {}
    return form.chosen, form.plan_fields()


def iso(day: Any) -> str:
    return day.isoformat() if day else ""


def named(activity: Activity) -> str:
    """« Aider à la toilette, à 7 h »."""
    return ", ".join(part for part in (short(activity.title, 70), short(activity.rhythm, 40)) if part)


def was_of(activity: Activity) -> dict[str, str]:
    """How it is done today: the agreement replaces this, and nothing that came since."""
    return {"rhythm": activity.rhythm, "place": activity.place, "performer": activity.performer}


def known_doers(sitting: Sitting) -> Iterator[tuple[str, tuple[Any, dict[str, str]]]]:
    """The person, then those at the table: who else does it is written."""
    person = sitting.negotiation.person
    yield "person", (marked("person", person.called), {"kind": "person", "name": person.called})
    for party in sitting.at_table:
        if party.voice != "person":
            yield str(party.pk), (marked(party.voice, label_of(party)), doer_of(party))


def label_of(party: Party) -> str:
    return f"{party.name}, {party.capacity}" if party.capacity else party.name


def doer_of(party: Party) -> dict[str, str]:
    if party.relative_id is not None:
        return {"kind": "relative", "key": str(party.relative_id), "name": party.name}
    return {"kind": "professional", "key": str(party.professional_id), "name": party.name}
