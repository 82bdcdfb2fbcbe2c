from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from avec.accounts.journal import record
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.rules import fold

from ..models import Domain
from ..policy import may_edit_domains
from ..rules.domains import USUAL, DomainRefused, check_words


@transaction.atomic
def add_domain(words: str, serafin: str = "", *, by: Member) -> Domain:
    """Add a domain at the end of the house's list. Raises DomainRefused with a sentence."""
    require(may_edit_domains(by))
    name = check_words(words, _names_of(by))
    domain = Domain.objects.create(
        establishment_id=by.establishment_id, words=name, serafin=serafin, position=_last_position(by) + 1
    )
    record("domain.added", domain, by=by)
    return domain


@transaction.atomic
def add_usual_domains(*, by: Member) -> int:
    """Add what the list still lacks of the usual domains. How many were added."""
    require(may_edit_domains(by))
    names, last = _names_of(by), _last_position(by)
    missing = [(words, code) for words, code in USUAL if fold(words) not in names]
    for place, (words, code) in enumerate(missing, start=last + 1):
        domain = Domain.objects.create(
            establishment_id=by.establishment_id, words=words, serafin=code, position=place
        )
        record("domain.added", domain, by=by)
    return len(missing)


@transaction.atomic
def rename_domain(domain: Domain, words: str, serafin: str = "", *, by: Member) -> Domain:
    """Give it another name from today: what was said keeps the name of its day."""
    require(may_edit_domains(by))
    domain = _held(domain, by)
    domain.words = check_words(words, _names_of(by, but=domain))
    domain.serafin = serafin
    domain.save(update_fields=["words", "serafin"])
    record("domain.renamed", domain, by=by)
    return domain


@transaction.atomic
def move_domain(domain: Domain, *, up: bool, by: Member) -> None:
    """One place up or down; at the end of the list nothing moves."""
    require(may_edit_domains(by))
    domain = _held(domain, by)
    ordered = list(_live(by))
    place = next(index for index, one in enumerate(ordered) if one.pk == domain.pk)
    other = place + (-1 if up else 1)
    if not 0 <= other < len(ordered):
        return
    ordered[place], ordered[other] = ordered[other], ordered[place]
    for index, one in enumerate(ordered):
        one.position = index
    Domain.objects.bulk_update(ordered, ["position"])
    record("domain.moved", domain, by=by)


@transaction.atomic
def retire_domain(domain: Domain, *, by: Member) -> None:
    """No longer offered: what was said under it keeps it."""
    require(may_edit_domains(by))
    domain = _held(domain, by)
    domain.retired_at = timezone.now()
    domain.save(update_fields=["retired_at"])
    record("domain.retired", domain, by=by)


def _held(domain: Domain, by: Member) -> Domain:
    """The domain as it is now, of the member's own house, or a refusal."""
    require(domain.establishment_id == by.establishment_id)
    found = Domain.objects.select_for_update().filter(pk=domain.pk, retired_at__isnull=True).first()
    if found is None:
        raise DomainRefused("Ce domaine n’est plus dans la liste.")
    return found


def _live(by: Member) -> QuerySet[Domain]:
    return Domain.objects.filter(establishment=by.establishment_id, retired_at__isnull=True)


def _names_of(by: Member, but: Domain | None = None) -> frozenset[str]:
    return frozenset(fold(one.words) for one in _live(by) if but is None or one.pk != but.pk)


def _last_position(by: Member) -> int:
    return _live(by).aggregate(last=Max("position"))["last"] or 0
