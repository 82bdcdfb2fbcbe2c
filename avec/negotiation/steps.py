"""What is missing to go on, each line with a way to do it and who is waited for; and which way is open."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import PhaseChoice
from .present import ShownTable
from .rules import PHASES, Phase
from .rules.gates import Condition, Lack

# Where on the page of the table each lack is made good.
ANCHOR = {
    Lack.PARTIES: "autour",
    Lack.PERSON: "autour",
    Lack.AIM: "but",
    Lack.AIM_ACCEPTED: "but",
    Lack.DEADLINE: "date",
    Lack.POINTS: "ajouter",
    Lack.CLASSES: "points",
    Lack.STAKES: "enjeux",
    Lack.OUTCOMES: "points",
    Lack.ANSWERS: "reponses",
    Lack.NEXT_STEP: "suite",
}
MOST = 6


@dataclass(frozen=True)
class GateRow:
    """One condition: said, met or not, where to do it, who or what is waited for."""

    condition: str
    met: bool
    url: str
    waiting: str

    @property
    def label(self) -> str:
        """For <c-ui.gate>: the condition, then who is waited for."""
        if self.met or not self.waiting:
            return self.condition
        return _("%(condition)s On attend\u00a0: %(waiting)s.") % {
            "condition": self.condition,
            "waiting": self.waiting,
        }


def gate_rows(shown: ShownTable) -> list[GateRow]:
    """What must hold to leave this phase. A link to do it, for who leads or is waited for."""
    return [GateRow(one.words, one.met, _url(shown, one), _waiting(shown, one)) for one in shown.gate]


def _url(shown: ShownTable, one: Condition) -> str:
    if one.met:
        return ""
    table = reverse("negotiation:table", args=[shown.negotiation.pk])
    if one.lack in (Lack.PARTIES, Lack.PERSON) and shown.may_lead and shown.phase == Phase.FRAME:
        return reverse("negotiation:add_party", args=[shown.negotiation.pk])
    if one.lack == Lack.CLASSES and one.points and shown.may_lead:
        return reverse("negotiation:point", args=[shown.negotiation.pk, one.points[0]])
    if one.lack == Lack.OUTCOMES and one.points:
        point = shown.sitting.points[one.points[0]]
        return f"{table}?point={point.number}#p{point.number}"
    return f"{table}#{ANCHOR[one.lack]}"


def _waiting(shown: ShownTable, one: Condition) -> str:
    if one.who:
        return shown.names(one.who)
    named = [shown.sitting.points[key] for key in one.points]
    words = [_("point %s") % point.number for point in named[:MOST]]
    if len(named) > MOST:
        words.append(_("et %s autres") % (len(named) - MOST))
    return ", ".join(words)


@dataclass(frozen=True)
class Steps:
    """The ways out of this phase, in words: the template of phase_tools shows them."""

    rows: list[GateRow]
    open: bool
    title: str
    following: str
    following_word: str
    meaning: str
    may_reopen: bool
    may_stop_here: bool


def steps_of(shown: ShownTable) -> Steps:
    phase = Phase(shown.phase)
    place = PHASES.index(phase) if phase in PHASES else len(PHASES)
    following = PHASES[place + 1] if place + 1 < len(PHASES) else None
    word = str(PhaseChoice(following.value).label).capitalize() if following else ""
    rows = gate_rows(shown)
    ready = all(row.met for row in rows)
    if following and ready:
        title = _("Rien ne manque pour passer à «\u00a0%s\u00a0».") % word
    elif following:
        title = _("Pour passer à «\u00a0%s\u00a0», il manque encore ceci.") % word
    elif ready:
        title = _("Tout le monde a répondu\u00a0: vous pouvez conclure.")
    else:
        title = _("Pour conclure, il manque encore ceci.")
    return Steps(
        rows=rows,
        open=ready and following is not None,
        title=title,
        following=following.value if following else "",
        following_word=word,
        meaning=_meaning(following),
        may_reopen=shown.may_lead and place > 0,
        may_stop_here=shown.may_lead and shown.overdue > 0 and phase != Phase.CONCLUDE,
    )


def _meaning(following: Phase | None) -> str:
    """What going on will mean, before doing it."""
    return (
        {
            Phase.EXPLORE: _(
                "Chaque personne dira ce qui compte pour elle. On n’ajoutera plus personne à la table,"
                " et le but ne changera plus, sauf à revenir à cette étape."
            ),
            Phase.POSITIONS: _("Chaque personne dira ce qu’elle demande, et pourra proposer un pas."),
            Phase.CONCLUDE: _(
                "Le texte de l’accord sera écrit, puis relu. Chaque personne répondra oui, oui avec des réserves, ou non."
            ),
        }.get(following, "")
        if following
        else ""
    )
