"""What a contract asks of a team: a choice to be made, a date to come back, a copy to hand over, what comes next.

Two queries for all the contracts, one for their drafts, however many there are. A contract has
one row for each thing that somebody may do about it today.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member, Role
from avec.contracts.models import (
    CareContract,
    ContractDraft,
    Handover,
    IndividualDocument,
    NextChoice,
    NextStep,
    Signature,
    SignatureLine,
    State,
)
from avec.contracts.rules import AGREED, Outcome, Waited, is_stale, lapsed, waits
from avec.contracts.told import chosen_day
from avec.people.models import Stay, teams_of
from avec.ui.words import date_long, distance

from .links import link
from .rules import Group, a_month_after, group_of, share_used
from .tasks import NEAR, OPEN, READ, Task, promised

# A signed copy is handed over within these days; past them, it is asked for.
COPY_DAYS = 7
SIGNED = [outcome.value for outcome in AGREED]


@dataclass(frozen=True)
class Read:
    """One contract as the day reads it: `lines` with the latest choice of each."""

    contract: Any
    lines: list[Any]
    member: Member
    now: date

    @property
    def issued(self) -> date:
        return timezone.localdate(self.contract.issued_at)

    @property
    def leads(self) -> bool:
        """May this reader act on more than their own line? A trainee does not do it alone (T16)."""
        return self.member.role != Role.TRAINEE.value

    @property
    def waiting(self) -> list[Any]:
        """The lines that the contract still waits for: of a group, one signature is enough."""
        asked = [line for line in self.lines if line.required]
        waiting = waits(
            [Waited(Outcome(line.outcome) if line.outcome else None, line.one_of) for line in asked]
        )
        return [line for line, waited in zip(asked, waiting, strict=True) if waited]

    def task(self, group: Group, since: date, kind: str, due: str, **parts: Any) -> Task:
        parts.setdefault("action_url", link("contracts:read", self.contract.pk))
        return Task(self.contract.person, group, since, kind, due, **parts)


def contracts(member: Member, now: date) -> Iterator[Task]:
    """Everything that the contracts of the people I accompany ask for."""
    for contract in contracts_near(member, now):
        read = Read(contract, list(contract.lines.all()), member, now)
        if contract.state == State.TO_SIGN.value:
            yield from to_sign(read)
        elif contract.state == State.IN_FORCE.value:
            yield from in_force(read)
        else:
            yield from not_signed(read)


def contracts_near(member: Member, now: date) -> Iterable[Any]:
    """Those in which something may wait, with the latest choice on each line. Two queries."""
    latest = Signature.objects.filter(line=OuterRef("pk")).order_by("-at")
    kept = Handover.objects.filter(line=OuterRef("pk"), document__isnull=True)
    lines = SignatureLine.objects.select_related("contract__person").annotate(
        outcome=Subquery(latest.values("outcome")[:1]),
        chosen_on=Subquery(latest.annotate(day=chosen_day()).values("day")[:1]),
        back_on=Subquery(latest.values("come_back_on")[:1]),
        has_copy=Exists(kept),
    )
    admitted = Stay.objects.filter(person=OuterRef("person")).order_by("-admitted_on").values("admitted_on")
    steps = NextStep.objects.filter(contract=OuterRef("pk")).order_by("-at")
    newer = CareContract.objects.filter(person=OuterRef("person"), version__gt=OuterRef("version"))
    without_copy = SignatureLine.objects.filter(
        ~Exists(kept), contract=OuterRef("pk"), signatures__outcome__in=SIGNED
    )
    past_term = Q(ends_on__lt=now)
    here = Q(state=State.TO_SIGN.value) | Q(
        Q(state=State.IN_FORCE.value) & (past_term | Exists(without_copy.exclude(voice="professional")))
        | Q(state=State.REFUSED.value, newer=False),
        plan__step__in=OPEN,
    )
    found: QuerySet[CareContract] = (
        CareContract.objects.visible_to(member)
        .filter(teams_of(member, "person_id", external=False))
        .annotate(
            newer=Exists(newer.exclude(state=State.WITHDRAWN.value)),
            following=Exists(newer.filter(state=State.TO_SIGN.value)),
        )
        .filter(here)
        .defer("content")
        .select_related("person")
        .annotate(
            admitted_on=Subquery(admitted[:1]),
            step_what=Subquery(steps.values("what")[:1]),
            step_on=Subquery(steps.values("on")[:1]),
            step_at=Subquery(steps.values("at")[:1]),
            instead=Exists(IndividualDocument.objects.filter(contract=OuterRef("pk"))),
        )
        .prefetch_related(Prefetch("lines", lines))
        .order_by("issued_at")
    )
    return found[:READ]


def to_sign(read: Read) -> Iterator[Task]:
    """My own choice first; then whom the team comes back to on a date; then those who have not chosen."""
    contract, now = read.contract, read.now
    waiting = read.waiting
    mine = any(line.member_id == read.member.pk for line in waiting)
    promises = [line for line in waiting if line.back_on is not None and read.leads]
    others = [line.name for line in waiting if line.member_id != read.member.pk and line not in promises]
    for line in promises:
        group = group_of(line.back_on, now)
        if group is not None:
            yield read.task(
                group,
                line.back_on,
                _("Revenir voir %s pour son choix") % line.name,
                promised(line.back_on, now),
                share=share_used(line.chosen_on, line.back_on, now),
                text=_("A dit oui à voix haute le %s\u00a0: la signature reste à recueillir.")
                % date_long(line.chosen_on)
                if line.outcome == "oral"
                else _("A choisi « pas maintenant » le %s.") % date_long(line.chosen_on),
                action=_("Voir le contrat"),
            )
    if not mine and not others:
        return
    first = contract.version == 1 and contract.admitted_on is not None
    start = contract.admitted_on if first else read.issued
    due = a_month_after(start)
    stale = is_stale(read.issued, now) and not mine
    yield read.task(
        group_of(due, now) or Group.SOON,
        due,
        _("Contrat à signer\u00a0: votre choix est attendu")
        if mine
        else _("Contrat qui attend des signatures depuis trop longtemps")
        if stale
        else _("Contrat à faire signer"),
        _("Proposé le %(day)s, %(distance)s")
        % {"day": date_long(read.issued), "distance": distance(read.issued, now)}
        if stale
        else _("Avant le %(day)s, %(distance)s") % {"day": date_long(due), "distance": distance(due, now)}
        if due >= now
        else promised(due, now),
        share=share_used(start, due, now),
        text=_("On attend le choix de\u00a0: %s.") % ", ".join(others) if others else "",
        law=_("Un mois après l’arrivée, comme le contrat de séjour (CASF D311).") if first else "",
        action=_("Lire et choisir") if mine else _("Voir le contrat"),
    )


def in_force(read: Read) -> Iterator[Task]:
    """Its term has passed; or somebody who signed does not have their copy."""
    contract, now = read.contract, read.now
    if lapsed(contract.ends_on, now) and read.leads and not contract.following:
        yield read.task(
            Group.LATE,
            contract.ends_on,
            _("Contrat dont le terme est passé\u00a0: dire la suite"),
            _("Terme le %(day)s, %(distance)s")
            % {"day": date_long(contract.ends_on), "distance": distance(contract.ends_on, now)},
            share=1.0,
            text=_("Les soins continuent. Proposez le suivant, ou notez la fin de celui-ci."),
            action=_("Voir le contrat"),
        )
    signed = [line for line in read.lines if line.outcome in SIGNED]
    without = [line for line in signed if not line.has_copy and line.voice != "professional"]
    signed_on = max((line.chosen_on for line in signed if line.required), default=None)
    if signed_on is None or not without:
        return
    due = signed_on + timedelta(days=COPY_DAYS)
    if due <= now:
        yield read.task(
            Group.LATE if due < now else Group.TODAY,
            due,
            _("Copie du contrat signé à remettre"),
            _("Signé le %(day)s, %(distance)s")
            % {"day": date_long(signed_on), "distance": distance(signed_on, now)},
            share=1.0,
            text=_("N’a pas encore sa copie\u00a0: %s.") % ", ".join(line.name for line in without),
            action=_("Remettre la copie"),
            action_url=hand_over_url(contract, without),
        )


def hand_over_url(contract: Any, without: list[Any]) -> str:
    """Where it is written down: whom it is for is chosen already when there is one alone."""
    url = link("contracts:hand_over", contract.pk)
    return f"{url}?a={without[0].pk}" if url and len(without) == 1 else url


def not_signed(read: Read) -> Iterator[Task]:
    """Somebody chose not to sign: the team says what comes next; then its date comes."""
    contract, now = read.contract, read.now
    if not read.leads:
        return
    if contract.step_what is None:
        refused_on = max((line.chosen_on for line in read.lines if line.outcome == "refused"), default=None)
        if refused_on is None or contract.instead:
            return
        yield read.task(
            Group.TODAY,
            refused_on,
            _("Contrat non signé, par choix\u00a0: dire la suite"),
            _("Choisi le %(day)s, %(distance)s")
            % {"day": date_long(refused_on), "distance": distance(refused_on, now)},
            share=min((now - refused_on).days / COPY_DAYS, 1.0),
            text=_("Les soins continuent. En reparler, négocier, demander une aide, écrire le DIPC."),
            action=_("Dire la suite"),
            action_url=link("contracts:next_step", contract.pk) or link("contracts:read", contract.pk),
        )
        return
    written = contract.instead and contract.step_what == NextChoice.DOCUMENT.value
    group = group_of(contract.step_on, now) if contract.step_on is not None else None
    if group is not None and not written:
        yield read.task(
            group,
            contract.step_on,
            _("Contrat non signé\u00a0: la suite prévue"),
            promised(contract.step_on, now),
            share=share_used(timezone.localdate(contract.step_at), contract.step_on, now),
            text=str(NextChoice(contract.step_what).label),
            action=_("Voir le contrat"),
        )


def drafts(member: Member, now: date) -> Iterator[Task]:
    """Drafts of contracts that go, or are gone, from what can be proposed as it is. One query."""
    if member.role == Role.TRAINEE.value:
        return
    found = (
        ContractDraft.objects.visible_to(member)
        .open()
        .filter(teams_of(member, "person_id", external=False), plan__step__in=OPEN)
        .filter(expires_on__lte=now + NEAR)
        .select_related("person", "changed_by")
        .order_by("expires_on")[:READ]
    )
    for draft in found:
        gone = draft.is_expired(now)
        kept_on = timezone.localdate(draft.changed_at)
        yield Task(
            draft.person,
            Group.LATE if gone else group_of(draft.expires_on, now) or Group.SOON,
            draft.expires_on,
            _("Brouillon de contrat effacé des propositions\u00a0: à relire")
            if gone
            else _("Brouillon de contrat qui s’efface bientôt des propositions"),
            _("Depuis le %(day)s, %(distance)s")
            % {"day": date_long(draft.expires_on), "distance": distance(draft.expires_on, now)}
            if gone
            else _("Gardé jusqu’au %(day)s, %(distance)s")
            % {"day": date_long(draft.expires_on), "distance": distance(draft.expires_on, now)},
            share=share_used(kept_on, draft.expires_on, now),
            text=_("Gardé par %(name)s le %(day)s.")
            % {"name": draft.changed_by.name, "day": date_long(kept_on)},
            action=_("Reprendre le brouillon"),
            action_url=link("contracts:prepare", draft.person_id),
        )


KINDS = (contracts, drafts)
