"""What both sides say together, on one screen: a level they agree on, or both values; never a calculation.

Nothing holds until everybody in the room has said yes to those very words. Another level or other words make a new
wording, and everybody is asked again. Who leaves is no longer asked. Once the session is closed, nothing changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.clash import OutOfDate

from ..journal import record
from ..models import (
    Attendee,
    Campaign,
    CampaignState,
    JointConfirmation,
    JointRating,
    JointSession,
)
from ..policy import may_lead
from ..rules import LEVELS, Side

MOST = 60  # names in one room


class TogetherRefused(ValueError):
    """Why not, in a sentence for the screen."""


@dataclass(frozen=True)
class Wording:
    """What the group says of a criterion. Agreed without a level: « non concerné »."""

    agreed: bool = True
    level: int | None = None
    user_level: int | None = None
    professional_level: int | None = None
    words: str = ""
    user_words: str = ""
    professional_words: str = ""

    @classmethod
    def of(cls, rating: JointRating) -> "Wording":
        return cls(**{name: getattr(rating, name) for name in cls.__dataclass_fields__})


def _open_session(campaign_id: UUID) -> JointSession:
    """The session as it is now, its row locked: two screens write one after the other."""
    session = (
        JointSession.objects.select_for_update(of=("self",))
        .select_related("campaign__group__establishment", "campaign__barometer")
        .filter(pk=campaign_id)
        .first()
    )
    if session is None:
        raise TogetherRefused(_("La séance n’est pas commencée."))
    if session.closed_at is not None:
        raise TogetherRefused(_("La séance est close\u00a0: plus rien n’y change."))
    return session


def _present(session: JointSession) -> list[Attendee]:
    return list(session.attendees.filter(left_at=None))


def _both_sides(there: Iterable[Attendee]) -> bool:
    return {one.side for one in there} == {side.value for side in Side}


@transaction.atomic
def open_session(campaign: Campaign, *, by: Member) -> JointSession:
    """The moment begins. Opened twice, it is the same one. Of a pair, both are there: nobody writes their names."""
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("group").get(pk=campaign.pk)
    require(may_lead(by, campaign.group))
    if campaign.state != CampaignState.SETTLED:
        raise TogetherRefused(_("Personne ne lit les réponses tant qu’elles ne sont pas comptées."))
    session, made = JointSession.objects.get_or_create(campaign=campaign, defaults={"opened_by": by})
    if made and campaign.group.is_pair:
        Attendee.objects.bulk_create(
            Attendee(session=session, side=place.side, name=place.member.name[:80])
            for place in campaign.group.members.filter(left_at=None).select_related("member")
        )
    if made:
        record("together.opened", session, by=by)
    return session


@transaction.atomic
def attend(campaign: Campaign, side: Side, names: Sequence[str], *, by: Member) -> list[Attendee]:
    """Write who is in the room. Somebody who had left and is named again has come back."""
    session = _open_session(campaign.pk)
    require(may_lead(by, session.campaign.group))
    known = {(one.side, one.name.casefold()): one for one in session.attendees.all()}
    if len(known) + len(names) > MOST:
        raise TogetherRefused(_("C’est trop de noms pour une séance\u00a0: 60 au plus."))
    came = []
    for name in names:
        before = known.get((side.value, name.casefold()))
        if before is None:
            before = Attendee.objects.create(session=session, side=side.value, name=name)
            known[side.value, name.casefold()] = before
        elif before.left_at is None:
            raise TogetherRefused(
                _("%s est déjà dans la liste. Pour quelqu’un d’autre, ajoutez une initiale.") % name
            )
        else:
            before.left_at = None
            before.save(update_fields=["left_at"])
        came.append(before)
    record("together.attended", session, by=by, side=side.value, count=len(came))
    return came


@transaction.atomic
def leave(campaign: Campaign, attendee: Attendee, *, by: Member) -> list[JointRating]:
    """Somebody goes. A name that confirmed nothing is taken off; what only waited for them holds now: it is given back."""
    session = _open_session(campaign.pk)
    require(may_lead(by, session.campaign.group))
    attendee = session.attendees.get(pk=attendee.pk)
    if attendee.left_at is not None:
        return []
    if attendee.confirmations.exists():
        attendee.left_at = timezone.now()
        attendee.save(update_fields=["left_at"])
    else:
        attendee.delete()
    waiting = session.ratings.filter(confirmed_at=None)
    held_now = [rating for rating in waiting if _hold_if_all_said_yes(rating, _present(session))]
    record("together.left", session, by=by, side=attendee.side, held=len(held_now))
    return held_now


@transaction.atomic
def say_together(
    campaign: Campaign, criterion: str, wording: Wording, *, version: int, by: Member
) -> JointRating:
    """Write what the group says of a criterion. `version`: the one the screen showed, 0 when nothing was written.

    Raises OutOfDate when another screen wrote in the meantime.
    """
    session = _open_session(campaign.pk)
    require(may_lead(by, session.campaign.group))
    if criterion not in session.campaign.barometer.instrument.codes:
        raise TogetherRefused(_("Ce critère n’est pas dans ce baromètre."))
    _check(wording)
    if not _both_sides(_present(session)):
        raise TogetherRefused(
            _("Il faut au moins une personne de chaque côté\u00a0: écrivez d’abord qui est là.")
        )
    rating = session.ratings.filter(criterion=criterion).first()
    if rating is not None and Wording.of(rating) == wording:
        return rating
    if (rating.version if rating else 0) != version:
        raise OutOfDate(rating)
    rating = rating or JointRating(session=session, criterion=criterion)
    for name, value in asdict(wording).items():
        setattr(rating, name, value)
    rating.version, rating.confirmed_at = version + 1, None
    rating.save()
    record("together.said", session, by=by, criterion=criterion, version=rating.version)
    return rating


def _check(wording: Wording) -> None:
    levels = (wording.level, wording.user_level, wording.professional_level)
    if any(level is not None and level not in LEVELS for level in levels):
        raise TogetherRefused(_("Une note va de 0 à 4."))
    if not wording.agreed and None in {wording.user_level, wording.professional_level}:
        raise TogetherRefused(_("Donnez la note de chaque côté."))
    if wording.agreed and (wording.user_level, wording.professional_level) != (None, None):
        raise TogetherRefused(_("D’accord, c’est une seule note."))
    if not wording.agreed and wording.level is not None:
        raise TogetherRefused(_("Sans accord, il n’y a pas de note commune."))


@transaction.atomic
def say_yes(
    campaign: Campaign, criterion: str, names: Iterable[object] | None, *, version: int, by: Member
) -> JointRating:
    """So many of those present (their ids; None for everybody) say: yes, that is what we say. About one wording."""
    session = _open_session(campaign.pk)
    require(may_lead(by, session.campaign.group))
    rating = session.ratings.get(criterion=criterion)
    if rating.version != version:
        raise OutOfDate(rating)
    there = _present(session)
    asked = None if names is None else {str(name) for name in names}
    yes = [one for one in there if asked is None or str(one.pk) in asked]
    if not yes:
        raise TogetherRefused(_("Cette personne n’est plus dans la liste."))
    before = set(rating.confirmations.filter(version=version).values_list("attendee", flat=True))
    JointConfirmation.objects.bulk_create(
        JointConfirmation(rating=rating, attendee=one, version=version) for one in yes if one.pk not in before
    )
    _hold_if_all_said_yes(rating, there)
    record("together.confirmed", session, by=by, criterion=criterion, version=version, count=len(yes))
    return rating


@transaction.atomic
def take_yes_back(
    campaign: Campaign, criterion: str, attendee: UUID, *, version: int, by: Member
) -> JointRating:
    """Not quite, after all: the rating waits for this person again."""
    session = _open_session(campaign.pk)
    require(may_lead(by, session.campaign.group))
    rating = session.ratings.get(criterion=criterion)
    if rating.version != version:
        raise OutOfDate(rating)
    taken, _rows = rating.confirmations.filter(attendee=attendee, version=version).delete()
    if taken and rating.confirmed_at is not None:
        rating.confirmed_at = None
        rating.save(update_fields=["confirmed_at"])
    record("together.unconfirmed", session, by=by, criterion=criterion, version=version)
    return rating


def _hold_if_all_said_yes(rating: JointRating, there: Sequence[Attendee]) -> bool:
    """Both sides are there, and everybody there said yes to this wording: it holds from now on."""
    yes = set(rating.confirmations.filter(version=rating.version).values_list("attendee", flat=True))
    if rating.confirmed_at is not None or not _both_sides(there) or not {one.pk for one in there} <= yes:
        return False
    rating.confirmed_at = timezone.now()
    rating.save(update_fields=["confirmed_at"])
    return True


@transaction.atomic
def close_session(campaign: Campaign, *, by: Member) -> JointSession:
    """The end: what was confirmed holds, what was not is not kept as agreed. It does not open again."""
    session = _open_session(campaign.pk)
    require(may_lead(by, session.campaign.group))
    session.closed_at = timezone.now()
    session.save(update_fields=["closed_at"])
    record("together.closed", session, by=by)
    return session
