"""The house's table of signatories: a row changed, with its source; the usual one put back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts import journal as house_journal
from avec.accounts.models import Establishment, Member
from avec.accounts.policy import require
from avec.people.clash import OutOfDate

from ..models import SigningRule
from ..policy import may_change_signing_rules
from ..rules import Demand, Measure, Signatory, unfit


class RuleRefused(ValueError):
    """A row that cannot be asked as it is. The message is for the screen."""


@transaction.atomic
def change_rule(
    rule: SigningRule, demand: Demand, *, source: str, to_check: bool, version: int, by: Member
) -> SigningRule:
    """Change what is asked of one signatory in one measure. Raises RuleRefused, OutOfDate.

    Contracts already proposed keep their lines: a table speaks of those to come.
    """
    require(may_change_signing_rules(by, rule.establishment_id))
    if fault := unfit(Signatory(rule.signatory), demand, Measure(rule.measure)):
        raise RuleRefused(fault)
    if not source.strip():
        raise RuleRefused(
            _("Écrivez la source\u00a0: un article de loi, un jugement type, une décision de la maison.")
        )
    # Two first changes of one row at the same second: the second finds the first.
    Establishment.objects.select_for_update().get(pk=rule.establishment_id)
    written = (
        SigningRule.objects.select_for_update()
        .filter(establishment_id=rule.establishment_id, measure=rule.measure, signatory=rule.signatory)
        .first()
    )
    if written is not None and written.version != version:
        raise OutOfDate(written)
    written = written or rule
    written.demand, written.source, written.to_check = demand.value, source.strip(), to_check
    written.revised_by, written.revised_at = by, timezone.now()
    written.version = version + 1
    written.save()
    house_journal.record("signing_rule.changed", written, by=by, demand=demand.value)
    return written


@transaction.atomic
def restore_rule(rule: SigningRule, *, by: Member) -> None:
    """Back to the usual row, as it is shipped."""
    require(may_change_signing_rules(by, rule.establishment_id))
    house_journal.record("signing_rule.restored", rule, by=by, demand=rule.demand)
    SigningRule.objects.filter(pk=rule.pk).delete()
