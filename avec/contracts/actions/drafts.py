"""The draft of the next version: what goes in, from when to when, who else is asked. Its text stays the plan's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.careplan.models import CarePlan
from avec.people.clash import OutOfDate
from avec.people.journal import record
from avec.people.models import today

from ..holding import held_draft
from ..models import CareContract, ContractDraft
from ..policy import may_draft, may_prepare
from ..rules import draft_until
from .issuing import issue_contract


class DraftExpired(Exception):
    """Nobody touched it for a month: it is read again before it is proposed."""


@dataclass(frozen=True)
class Chosen:
    """What a draft chooses (models.ContractDraft says each in full)."""

    starts_on: date
    ends_on: date
    review_on: date
    why: str = ""
    left_out: Sequence[str] = ()
    added: Sequence[str] = ()


@transaction.atomic
def keep_draft(plan: CarePlan, chosen: Chosen, *, version: int, by: Member) -> ContractDraft:
    """Keep what was chosen; the first time, the draft begins. `version`: the one that was read, 0 for none.

    Raises OutOfDate, with the draft as a colleague left it, when it changed meanwhile.
    """
    require(may_prepare(by, plan))
    # Held before the plan, as by whoever proposes it: nobody throws it away nor proposes it while it is written.
    drafts = ContractDraft.objects.open().filter(plan=plan)
    draft = drafts.select_for_update(of=("self",)).first()
    if draft is not None and draft.version != version:
        raise OutOfDate(draft)
    new = draft is None
    if draft is None:
        # One at a time: the plan is held while the first is written.
        CarePlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
        if (begun := drafts.first()) is not None:
            raise OutOfDate(begun)
        draft = ContractDraft(
            plan=plan,
            person_id=plan.person_id,
            establishment_id=plan.establishment_id,
            written_by=by,
            version=0,
        )
    draft.starts_on, draft.ends_on, draft.review_on = chosen.starts_on, chosen.ends_on, chosen.review_on
    draft.why = chosen.why.strip()
    draft.left_out, draft.added = sorted(chosen.left_out), sorted(chosen.added)
    draft.changed_by, draft.changed_at = by, timezone.now()
    draft.expires_on = draft_until(today())
    draft.version += 1
    draft.save()
    record("contract_draft.begun" if new else "contract_draft.kept", draft, by=by, person=plan.person)
    return draft


@transaction.atomic
def discard_draft(draft: ContractDraft, *, by: Member) -> None:
    """Throw it away: it is no longer offered, and nothing of the plan is lost."""
    draft = held_draft(draft)
    require(may_draft(by, draft))
    draft.close(by)
    record("contract_draft.discarded", draft, by=by, person=draft.person)


@transaction.atomic
def issue_draft(draft: ContractDraft, *, version: int, by: Member) -> CareContract:
    """Propose for signature what was chosen. Raises OutOfDate, DraftExpired, NotReady."""
    draft = held_draft(draft)
    require(may_draft(by, draft))
    if draft.version != version:
        raise OutOfDate(draft)
    if draft.is_expired(today()):
        raise DraftExpired
    contract = issue_contract(
        draft.plan,
        by=by,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        review_on=draft.review_on,
        left_out=draft.left_out,
        added=draft.added,
        why=draft.why,
    )
    draft.close(by, issued=contract)
    record("contract_draft.issued", draft, by=by, person=draft.person, contract=str(contract.pk))
    return contract
