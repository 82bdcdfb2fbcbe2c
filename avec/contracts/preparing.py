"""The workbench of the next version: what may go in, who signs and why, what the text would say. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.vocabulary import worded
from avec.careplan.models import CarePlan, Goal
from avec.careplan.rules.wording import EasyKind, EasyLine, EasySource, easy_report
from avec.documents.rules import fingerprint
from avec.people.models import Mandate, MandateKind, Person, today
from avec.ui.words import date_long

from .actions import Chosen
from .models import CareContract, ContractDraft, DemandChoice, MeasureChoice, SigningRule, State
from .negotiated import negotiations_for_contract
from .present import (
    ClauseShown,
    NegotiatedShown,
    answered_shown,
    clauses_shown,
    negotiated_shown,
)
from .rules import (
    Change,
    ContractText,
    Demand,
    Measure,
    Signatory,
    as_data,
    changes_between,
    from_data,
    usual_period,
)
from .signatories import (
    SIGNATORIES,
    Party,
    made_by,
    mandates_of,
    may_be_added,
    measure_for,
    parties_of,
    rules_of,
)
from .text import activities_of, contract_text, goals_for_contract, heading_of, level_of

SCHEDULE = "schedule"
# A mandate that ends within these days is said so before anybody signs.
SOON = timedelta(days=60)
# For how long a mandate that is over is still said here.
LATELY = timedelta(days=365)
GUARDING = (MandateKind.ASSISTANCE, MandateKind.REPRESENTATION, MandateKind.PARENT)


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


def usual_choice() -> Chosen:
    """Before any draft: everything goes in, for a year from today."""
    ends_on, review_on = usual_period(today())
    return Chosen(starts_on=today(), ends_on=ends_on, review_on=review_on)


def choice_of(draft: ContractDraft | None) -> Chosen:
    if draft is None:
        return usual_choice()
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
    chosen = chosen or usual_choice()
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
class Care:
    """Something to know about a signatory before asking them, and the page that mends it."""

    words: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class SignerRow:
    """Who signs, what is asked of them, where it is written, what to see to first."""

    party: Party
    demand: str
    source: str
    to_check: bool
    cares: list[Care]


@dataclass(frozen=True)
class Signers:
    measure: str
    rows: list[SignerRow]
    over: list[Care]  # mandates that ended lately: who held them does not sign
    may_be_added: list[Offer]


def signers_of(person: Person, parties: Sequence[Party], ends_on: date) -> Signers:
    """The table of the house, applied: each signatory with the row that asks them."""
    in_force = mandates_of(person)
    measure = measure_for(in_force)
    rules = {(rule.measure, rule.signatory): rule for rule in rules_of(person.establishment_id)}
    held: dict[UUID, list[Mandate]] = {}
    for mandate in in_force:
        held.setdefault(mandate.related_person_id, []).append(mandate)
    usual = parties_of(person)
    table = {party.key for party in usual}
    rows = [
        signer_row(party, person, measure, rules, held, added=party.key not in table, ends_on=ends_on)
        for party in parties
    ]
    offers = [Offer(party.key, party.text.name, party.text.capacity) for party in may_be_added(person, usual)]
    return Signers(str(MeasureChoice(measure).label), rows, over_lately(person, held), offers)


def signer_row(
    party: Party,
    person: Person,
    measure: Measure,
    rules: Mapping[tuple[str, str], SigningRule],
    held: Mapping[UUID, Sequence[Mandate]],
    *,
    added: bool,
    ends_on: date,
) -> SignerRow:
    mandate = None
    if party.relative is not None:
        mandates = held.get(party.relative.pk, ())
        mandate = next((one for one in mandates if signs_by(one, party)), None)
    if mandate is not None and party.text.signatory == Signatory.GUARDIAN:
        # Each guardian follows their own measure.
        measure = made_by(mandate)
    rule = None if added else rules.get((measure.value, party.text.signatory))
    return SignerRow(
        party,
        demand_words(party, rule),
        rule.source if rule else _("ajouté dans ce brouillon"),
        rule.to_check if rule else False,
        [*account_of(party, person), *ending_of(mandate, person, ends_on)],
    )


def signs_by(mandate: Mandate, party: Party) -> bool:
    signatory = SIGNATORIES.get(mandate.kind)
    return signatory is not None and signatory.value == party.text.signatory


def demand_words(party: Party, rule: SigningRule | None) -> str:
    if party.text.required and rule is not None and rule.demand == Demand.JUDGED.value:
        return _("signe : son jugement le demande")
    if party.text.one_of:
        return str(DemandChoice.ONE_SIGNS.label)
    return str(DemandChoice.SIGNS.label if party.text.required else DemandChoice.MAY.label)


def account_of(party: Party, person: Person) -> list[Care]:
    """Whoever has no account signs in the room or on paper, or is invited."""
    words = _("%(name)s n’a pas encore de compte : son choix se donne dans la salle ou sur papier.")
    if party.relative is not None:
        if party.relative.member_id:
            return []
        url = reverse("people:invite", args=[person.pk, party.relative.pk])
        return [Care(words % {"name": party.text.name}, url, _("L’inviter"))]
    if party.professional is None and person.member_id is None:
        url = reverse("people:invite_person", args=[person.pk])
        return [Care(words % {"name": party.text.name}, url, _("L’inviter"))]
    return []


def ending_of(mandate: Mandate | None, person: Person, ends_on: date) -> list[Care]:
    """A mandate that ends soon, or before the contract does."""
    if mandate is None or mandate.ends_on is None:
        return []
    day = date_long(mandate.ends_on)
    circle = reverse("people:circle", args=[person.pk])
    if mandate.ends_on <= today() + SOON:
        words = _(
            "Son mandat finit bientôt, le %(day)s : demandez le nouveau jugement avant de faire signer."
        )
    elif mandate.ends_on < ends_on:
        words = _("Son mandat finit le %(day)s, avant la fin de ce contrat : il faudra le renouveler.")
    else:
        return []
    return [Care(words % {"day": day}, circle, _("Voir son mandat"))]


def over_lately(person: Person, held: Mapping[UUID, Sequence[Mandate]]) -> list[Care]:
    """Whoever represented the person until lately, and does so no more."""
    mandates = (
        Mandate.objects.filter(related_person__person=person, kind__in=GUARDING)
        .select_related("related_person")
        .order_by("ends_on", "pk")
    )
    circle = reverse("people:circle", args=[person.pk])
    found = []
    for mandate in mandates:
        day = mandate.revoked_on or mandate.ends_on
        kinds = {one.kind for one in held.get(mandate.related_person_id, ())}
        if day is None or not today() - LATELY <= day < today() or mandate.kind in kinds:
            continue
        words = _(
            "Le mandat de %(name)s (%(kind)s) est fini depuis le %(day)s : aucune signature ne lui est demandée."
        )
        facts = {
            "name": mandate.related_person.name,
            "kind": str(mandate.get_kind_display()),
            "day": date_long(day),
        }
        found.append(Care(words % facts, circle, _("Écrire le nouveau mandat")))
    return found


@dataclass(frozen=True)
class EasyToMend:
    """A sentence that could be simpler, or stands without an image, and the form that mends it."""

    words: str
    hints: list[str]
    url: str
    fixed: str = ""  # why these words have no form


@dataclass(frozen=True)
class EasyChecked:
    """The easy text, checked sentence by sentence."""

    sentences: int
    to_mend: list[EasyToMend]
    without_image: list[EasyToMend]

    @property
    def simple(self) -> int:
        return self.sentences - len(self.to_mend)


def easy_checked(text: ContractText, goals: Sequence[Goal]) -> EasyChecked:
    report = easy_report(easy_lines_of(text, goals))
    to_mend = []
    for read in report.lines:
        # Each sentence has its own line, and each goal or activity its block: there is no paragraph to cut.
        hints = [hint.words for hint in read.hints if hint.kind != EasyKind.PARAGRAPH]
        if hints:
            to_mend.append(EasyToMend(read.line.words, hints, mended_at(read.line), fixed_by(read.line)))
    without_image = [EasyToMend(line.words, [], mended_at(line)) for line in report.without_image]
    return EasyChecked(report.sentences, to_mend, without_image)


def easy_lines_of(text: ContractText, goals: Sequence[Goal]) -> list[EasyLine]:
    """The easy text, each line with the goal, the activity or the negotiation that it comes from."""
    lines = [EasyLine(EasySource.FIXED, "balance", words) for words in text.balance]
    # An activity that serves two goals is told under each, and checked once.
    told: set[UUID] = set()
    for goal, clause in zip(goals, text.clauses, strict=True):
        lines += [EasyLine(EasySource.GOAL, str(goal.pk), words, clause.picto) for words in clause.easy]
        for activity, shown in zip(activities_of(goal), clause.activities, strict=True):
            if activity.pk not in told:
                told.add(activity.pk)
                lines += [
                    EasyLine(EasySource.ACTIVITY, str(activity.pk), words, shown.picto)
                    for words in shown.easy
                ]
    lines += [EasyLine(EasySource.FIXED, SCHEDULE, words) for words in text.schedule_easy]
    for one in text.negotiated:
        lines += [EasyLine(EasySource.POINT, one.negotiation, words, "talk") for words in one.easy]
    return lines


def mended_at(line: EasyLine) -> str:
    """The form that changes these words; nothing where they are told from facts."""
    match line.kind:
        case EasySource.GOAL:
            return reverse("careplan:change_goal", args=[line.key])
        case EasySource.ACTIVITY:
            return reverse("careplan:change_activity", args=[line.key])
        case _:
            return ""


def fixed_by(line: EasyLine) -> str:
    match line.kind:
        case EasySource.POINT:
            return _("Ce sont les mots de l’accord : ils restent comme ils ont été dits.")
        case EasySource.FIXED:
            return _("Cette phrase est écrite à partir du projet.")
        case _:
            return ""


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
