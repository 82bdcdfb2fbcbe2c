"""The decisions of a campaign, as they are read: in words, late said as late; names only for who belongs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from avec.ui.words import date_long, distance

from ..models import OVER, Campaign, Decision, DecisionState
from ..rules import Instrument


@dataclass(frozen=True)
class Decided:
    """One decision. `user_name` and what each side says of the outcome are "" for who is not of the group."""

    pk: UUID
    text: str
    numbers: tuple[int, ...]
    about: str  # « critères 4 et 8 », or ""
    user_name: str
    professional_name: str
    due_on: date
    due: str  # « d’ici le 15 janvier 2027, dans 2 mois »
    state: str
    state_words: str  # « en cours »
    late: bool
    sign: str
    user_outcome: str = ""
    professional_outcome: str = ""

    @property
    def pair(self) -> str:
        """« Rose et Malik », or nothing where the names stay in the group."""
        if not self.user_name:
            return ""
        return _("%(user)s et %(professional)s") % {
            "user": self.user_name,
            "professional": self.professional_name,
        }

    @property
    def is_over(self) -> bool:
        return self.state in OVER


def decisions_of(campaign: Campaign, day: date, *, named: bool = True) -> list[Decided]:
    """The decisions of this campaign on that day, the nearest first; one query.

    `named=False` for who is not of the group: no name, no words of anybody (policy.may_read_words).
    """
    return [decided(one, campaign.barometer.instrument, day, named=named) for one in campaign.decisions.all()]


def decided(decision: Decision, instrument: Instrument, day: date, *, named: bool = True) -> Decided:
    numbers = tuple(
        criterion.number for criterion in instrument.criteria if criterion.code in decision.criteria
    )
    return Decided(
        pk=decision.pk,
        text=decision.words,
        numbers=numbers,
        about=_about(numbers),
        user_name=decision.user_name if named else "",
        professional_name=decision.professional_name if named else "",
        due_on=decision.due_on,
        due=_due(decision, day),
        state=decision.state,
        state_words=str(DecisionState(decision.state).label),
        late=decision.state not in OVER and decision.due_on < day,
        sign=decision.sign,
        user_outcome=decision.user_outcome if named else "",
        professional_outcome=decision.professional_outcome if named else "",
    )


def _due(decision: Decision, day: date) -> str:
    if decision.state in OVER and decision.settled_on:
        return str(DecisionState(decision.state).label) + " " + _("le %s") % date_long(decision.settled_on)
    if decision.due_on < day:
        facts = {"day": date_long(decision.due_on), "ago": distance(decision.due_on, day)}
        return _("prévu le %(day)s, %(ago)s") % facts
    facts = {"day": date_long(decision.due_on), "ahead": distance(decision.due_on, day)}
    return _("d’ici le %(day)s, %(ahead)s") % facts


def _about(numbers: Iterable[int]) -> str:
    said = [str(number) for number in numbers]
    if not said:
        return ""
    if len(said) == 1:
        return _("critère %s") % said[0]
    return _("critères %(some)s et %(last)s") % {"some": ", ".join(said[:-1]), "last": said[-1]}
