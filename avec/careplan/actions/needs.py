from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.ui.words import NBSP, date_long

from ..found import Found, fill
from ..models import Attachment, CarePlan, Need, NeedStatus
from ..policy import may_assess, may_change_need, may_follow_need
from .conflicts import OutOfDate


class NeedRefused(ValueError):
    """What it lacks. The message is for the screen."""


@transaction.atomic
def write_need(plan: CarePlan, found: Found, *, by: Member) -> Need:
    """A need or a strength noted alone, without an assessment."""
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_assess(by, plan))
    need = Need(plan=plan, person_id=plan.person_id, establishment_id=plan.establishment_id, written_by=by)
    fill(need, found)
    need.save()
    record("need.written", need, by=by, person=plan.person)
    return need


@transaction.atomic
def change_need(need: Need, found: Found, *, version: int, by: Member) -> Need:
    """Say it otherwise: its author. OutOfDate when it was saved since the form was opened."""
    need = _held(need)
    require(may_change_need(by, need))
    if need.version != version:
        raise OutOfDate(need)
    fill(need, found)
    need.version += 1
    need.save()
    # A file is never shared more widely than what it is joined to.
    Attachment.objects.filter(need=need, level__lt=need.level).update(level=need.level)
    record("need.changed", need, by=by, person=need.person)
    return need


@transaction.atomic
def comment_need(need: Need, words: str, *, by: Member) -> Need:
    """Add a comment beside: what is written there stays."""
    need = _held(need)
    require(may_follow_need(by, need))
    _add_comment(need, words, by)
    need.save(update_fields=["comments", "version"])
    record("need.commented", need, by=by, person=need.person)
    return need


@transaction.atomic
def end_need(need: Need, status: NeedStatus, reason: str, *, by: Member) -> Need:
    """It is covered, or no longer true: why is kept as a comment, and the line stays readable."""
    need = _held(need)
    require(may_follow_need(by, need))
    if status not in {NeedStatus.COMPLETED, NeedStatus.REVOKED}:
        raise NeedRefused(_("Choisissez ce qu’il devient."))
    if len(reason.strip()) < 5:
        raise NeedRefused(_("Écrivez pourquoi, en quelques mots."))
    need.status = status.value
    _add_comment(need, f"{str(status.label).capitalize()}{NBSP}: {reason.strip()}", by)
    need.save(update_fields=["status", "comments", "version"])
    record("need.ended", need, by=by, person=need.person, status=status.value)
    return need


def _held(need: Need) -> Need:
    held = Need.objects.select_for_update(of=("self",))
    return held.select_related("plan__person", "person", "assessment").get(pk=need.pk)


def _add_comment(need: Need, words: str, by: Member) -> None:
    """« Sonia Benali, le 3 novembre 2026 : … »"""
    if not words.strip():
        raise NeedRefused(_("Écrivez votre commentaire."))
    signed = _("%(name)s, le %(day)s") % {"name": by.name, "day": date_long(timezone.localdate())}
    need.comments = [*need.comments, f"{signed}{NBSP}: {words.strip()}"]
    need.version += 1
