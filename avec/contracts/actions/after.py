"""After the choices: what follows a refusal, the individual document, the end of a contract. Nothing closes the door."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.careplan.actions import note_step
from avec.careplan.rules import Step
from avec.people.journal import record
from avec.people.models import today

from ..holding import held_contract
from ..models import (
    CareContract,
    ContractEnd,
    EndChoice,
    IndividualDocument,
    IndividualWhyChoice,
    NextChoice,
    NextStep,
    State,
)
from ..policy import is_short_stay, may_end, may_follow_up, may_write_individual
from ..proof import ENDED, imprint_of_row


class AfterRefused(ValueError):
    """What was asked cannot be written as it is. The message is for the screen."""


@transaction.atomic
def note_next_step(
    contract: CareContract, what: NextChoice, *, on: date | None, words: str = "", by: Member
) -> NextStep:
    """Say what comes after somebody chose not to sign, and when. Raises AfterRefused."""
    contract = held_contract(contract)
    require(may_follow_up(by, contract))
    if on is None:
        raise AfterRefused(_("Écrivez quand\u00a0: sans date, rien ne se passe."))
    if on < today():
        raise AfterRefused(_("Écrivez une date à venir."))
    step = NextStep.objects.create(contract=contract, what=what.value, on=on, words=words.strip(), by=by)
    record(
        "contract.followed",
        step,
        by=by,
        person=contract.person,
        what=what.value,
        imprint=imprint_of_row(step),
    )
    return step


@transaction.atomic
def write_individual_document(
    contract: CareContract, why: IndividualWhyChoice, *, by: Member
) -> IndividualDocument:
    """The same content, that the house commits to alone (CASF, art. L311-4). Once: pressing twice gives the same one.

    Raises AfterRefused when nobody chose not to sign and the stay is not a short one.
    """
    contract = held_contract(contract)
    require(may_write_individual(by, contract))
    known = IndividualDocument.objects.filter(contract=contract).first()
    if known is not None:
        return known
    if why == IndividualWhyChoice.REFUSED and contract.state != State.REFUSED.value:
        raise AfterRefused(_("Personne n’a choisi de ne pas signer ce contrat."))
    if why == IndividualWhyChoice.SHORT and not is_short_stay(contract.person):
        raise AfterRefused(
            _(
                "Ce séjour n’est pas noté comme un séjour de moins de deux mois par an\u00a0: notez-le d’abord."
            )
        )
    document = IndividualDocument.objects.create(
        contract=contract, why=why.value, fingerprint=contract.fingerprint, by=by
    )
    # Care goes on, by the same goals: the plan lives without a signature.
    note_step(contract.plan, Step.IN_FORCE, by=by)
    record(
        "contract.individual",
        document,
        by=by,
        person=contract.person,
        why=why.value,
        fingerprint=contract.fingerprint,
        imprint=imprint_of_row(document),
    )
    return document


@transaction.atomic
def end_contract(
    contract: CareContract, why: EndChoice, *, on: date, words: str = "", by: Member
) -> ContractEnd:
    """A contract in force stops: since when, and why. Raises AfterRefused."""
    contract = held_contract(contract)
    require(may_end(by, contract))
    if on > today():
        raise AfterRefused(
            _("Écrivez le jour même, ou un jour passé\u00a0: la fin se note quand elle est là.")
        )
    if on < contract.starts_on:
        raise AfterRefused(_("Écrivez un jour après le début du contrat."))
    if why == EndChoice.OTHER and not words.strip():
        raise AfterRefused(_("Écrivez la raison."))
    end = ContractEnd.objects.create(contract=contract, on=on, why=why.value, words=words.strip(), by=by)
    contract.state = State.ENDED.value
    contract.save(update_fields=["state"])
    if contract.plan.step == Step.IN_FORCE:
        note_step(contract.plan, Step.CO_CONSTRUCTION, by=by)
    record(
        ENDED,
        end,
        by=by,
        person=contract.person,
        contract=str(contract.pk),
        why=why.value,
        imprint=imprint_of_row(end),
    )
    return end
