"""What may go in, what a draft chooses of it, and what the contract would say today."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.vocabulary import worded
from avec.careplan.models import CarePlan, Goal, StanceChoice
from avec.documents.rules import fingerprint
from avec.people.models import Person, today

from ..actions import Chosen
from ..choosing import latest_outcomes
from ..models import CareContract, ContractDraft, State
from ..negotiated import negotiations_for_contract
from ..present import (
    ClauseShown,
    NegotiatedShown,
    answered_shown,
    clauses_shown,
    negotiated_shown,
)
from ..rules import (
    Change,
    ContractText,
    Outcome,
    as_data,
    changes_between,
    from_data,
    usual_period,
)
from ..signatories import Party, may_be_added, parties_of
from ..text import activities_of, contract_text, goals_for_contract, heading_of, level_of

SCHEDULE = "schedule"


@dataclass(frozen=True)
class Offer:
    """Something that may go in, or wait: how a draft names it, and what is known of it."""

    key: str
    label: str
    about: str = ""


def current_contract(person: Person) -> CareContract | None:
    """The contract in force, that the next version amends."""
    return CareContract.objects.filter(person=person, state=State.IN_FORCE.value).order_by("-version").first()


def offers_of(plan: CarePlan, goals: Sequence[Goal], previous: CareContract | None) -> list[Offer]:
    """Each goal, each negotiation that was concluded since the last contract, and the week."""
    before = {clause["goal"] for clause in previous.content["clauses"]} if previous else set()
    offers = [
        Offer(f"goal:{goal.pk}", heading_of(goal), about_goal(goal, previous, before)) for goal in goals
    ]
    offers += [
        Offer(f"negotiation:{one.pk}", one.title, _("un accord cherché ensemble"))
        for one in negotiations_for_contract(plan)
    ]
    if any(activities_of(goal) for goal in goals):
        offers.append(
            Offer(
                SCHEDULE,
                _("Une semaine ordinaire"),
                _("comment se passent les soins, jour par jour, écrit à partir des actions"),
            )
        )
    return offers


def about_goal(goal: Goal, previous: CareContract | None, before: set[str]) -> str:
    count = len(activities_of(goal))
    parts = [
        _("objectif %(number)s") % {"number": goal.number},
        ngettext("%(count)s action", "%(count)s actions", count) % {"count": count},
    ]
    if previous is not None:
        known = str(goal.pk) in before
        parts.append(_("déjà dans le contrat en cours") if known else _("nouveau depuis le contrat en cours"))
    return ", ".join(parts)


def usual_choice(person: Person) -> Chosen:
    """Before any draft: everything goes in, for a year from today, and those whom the last contract asked as well."""
    ends_on, review_on = usual_period(today())
    return Chosen(starts_on=today(), ends_on=ends_on, review_on=review_on, added=asked_before(person))


def asked_before(person: Person) -> tuple[str, ...]:
    """Whom the contract in force asked besides the table, and who can still be asked."""
    previous = current_contract(person)
    if previous is None:
        return ()
    lines = previous.lines.filter(required=False).values_list("relative_id", "member_id")
    known = {pk for line in lines for pk in line if pk is not None}
    return tuple(
        party.key for party in may_be_added(person, parties_of(person)) if party.signatory_pk in known
    )


def choice_of(draft: ContractDraft | None, person: Person) -> Chosen:
    if draft is None:
        return usual_choice(person)
    return Chosen(
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        review_on=draft.review_on,
        why=draft.why,
        left_out=tuple(draft.left_out),
        added=tuple(draft.added),
    )


def same_choice(one: Chosen, other: Chosen) -> bool:
    return _plain(one) == _plain(other)


def _plain(chosen: Chosen) -> tuple[object, ...]:
    days = (chosen.starts_on, chosen.ends_on, chosen.review_on)
    return (*days, chosen.why.strip(), frozenset(chosen.left_out), frozenset(chosen.added))


@dataclass
class Preview:
    """What the contract would say today."""

    goals: list[Goal]
    clauses: list[ClauseShown]
    answered: list[dict[str, str]]
    negotiated: list[NegotiatedShown]
    text: ContractText
    before: ContractText | None
    previous: CareContract | None
    parties: list[Party]
    not_asked: list[str]  # witnesses who do not read all that this contract says

    @cached_property
    def data(self) -> dict[str, Any]:
        return as_data(self.text)

    @cached_property
    def print(self) -> str:
        """What is proposed is what was read: the print of the text that the page shows."""
        return fingerprint(self.data)


def preview(plan: CarePlan, chosen: Chosen | None = None) -> Preview:
    chosen = chosen or usual_choice(plan.person)
    previous = current_contract(plan.person)
    versions = CareContract.objects.filter(person=plan.person).order_by("-version")
    latest = versions.values_list("version", flat=True).first() or 0
    goals = [goal for goal in goals_for_contract(plan) if f"goal:{goal.pk}" not in chosen.left_out]
    level = level_of(plan, goals, chosen.left_out, previous=previous)
    parties = parties_of(plan.person, chosen.added)
    asked = [party for party in parties if party.may_be_asked(level)]
    text = contract_text(
        plan,
        goals=goals,
        parties=asked,
        version=latest + 1,
        previous=previous,
        starts_on=chosen.starts_on,
        ends_on=chosen.ends_on,
        review_on=chosen.review_on,
        why=chosen.why.strip() if previous else "",
        left_out=chosen.left_out,
    )
    return Preview(
        goals=goals,
        clauses=clauses_shown(text, {}),
        answered=answered_shown(text),
        negotiated=negotiated_shown(text),
        text=text,
        before=from_data(previous.content) if previous else None,
        previous=previous,
        parties=asked,
        not_asked=[party.text.name for party in parties if party not in asked],
    )


def changes_of(shown: Preview) -> tuple[Change, ...]:
    """What the draft changes to the contract in force."""
    return changes_between(shown.before, shown.text) if shown.before else ()


@dataclass(frozen=True)
class Reserve:
    """What a signatory of the contract in force kept back: their words, and the articles they did not agree to."""

    voice: str
    name: str
    words: str
    articles: list[str]


def reserves_on(previous: CareContract | None) -> list[Reserve]:
    """What the next version may answer to."""
    if previous is None:
        return []
    stances = dict(StanceChoice.choices)
    headings = {str(clause["number"]): clause["heading"] for clause in previous.content["clauses"]}
    return [
        Reserve(
            line.voice,
            line.name,
            choice.words,
            [
                _("%(article)s : %(stance)s")
                % {"article": headings[number], "stance": str(stances[stance]).lower()}
                for number, stance in sorted(choice.choices.items(), key=lambda pair: int(pair[0]))
                if stance != "agrees"
            ],
        )
        for line, choice in latest_outcomes(previous).items()
        if choice is not None and choice.outcome == Outcome.RESERVATIONS
    ]


def always_in(text: ContractText) -> list[tuple[str, str]]:
    """What no draft leaves out, and why."""
    count = len(text.answered)
    answers = ngettext("%(count)s réponse", "%(count)s réponses", count) % {"count": count}
    return [
        (
            _("Les réponses « pas possible » et « plus tard » (%(count)s)") % {"count": answers},
            worded(_("%(Short_the)s lit ce qui lui a été refusé, et pourquoi.")),
        ),
        (
            _("Ce que chacun pense de chaque objectif"),
            _("Un désaccord reste écrit : il n’empêche pas de signer."),
        ),
        (_("Les droits"), _("Ils se lisent avant de signer.")),
        (
            _("Le bilan de l’année dernière"),
            _("Il dit ce que sont devenus les objectifs du contrat d’avant."),
        ),
    ]
