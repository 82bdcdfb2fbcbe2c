"""What a group's barometer asks of one of its members. Nobody is told who answered, nor how many did.

Two queries whatever the number of groups. A campaign is one row: for whoever leads the group, the next step; for
a member, the card to give back. Only of a pair is it known here that one has answered: each card there has a name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.barometer.models import RUNNING, Campaign, GroupMember, Invitation
from avec.barometer.rules import GRACE, Phase
from avec.ui.words import date_long, distance

from .links import link
from .rules import Group, group_of, share_used
from .tasks import Task


class Asks(StrEnum):
    AGREE = "agree"  # a pair exists by the choice of both
    ANSWER = "answer"
    OPEN = "open"
    COUNT = "count"


@dataclass(frozen=True)
class Ask:
    """One thing that a place in a group asks for; `on`: its day."""

    asks: Asks
    place: GroupMember
    on: date
    campaign: Campaign | None = None

    @property
    def url(self) -> str:
        if self.campaign is None:
            return link("barometer:group", self.place.group_id)
        return link("barometer:campaign", self.campaign.pk)


def named(place: Any) -> str:
    """A group by its name; a pair by the other one of it."""
    other = getattr(place, "other", "")
    return _("Avec %s") % other if place.group.is_pair and other else place.group.name


def places_of(member: Member) -> list[Any]:
    """Where this member belongs today, with the campaigns that are not counted yet."""
    others = GroupMember.objects.filter(group=OuterRef("group"), left_at=None).exclude(member=member)
    name = Concat("member__given_name", Value(" "), "member__family_name")
    used = Invitation.objects.filter(campaign=OuterRef("pk"), member=member, used=True)
    running = Campaign.objects.filter(state__in=RUNNING).annotate(mine=Exists(used))
    return list(
        GroupMember.objects.filter(
            member=member,
            left_at=None,
            group__archived_at=None,
            group__establishment_id=member.establishment_id,
        )
        .select_related("group__establishment", "group__created_by")
        .annotate(other=Subquery(others.annotate(name=name).values("name")[:1]))
        .prefetch_related(Prefetch("group__campaigns", running, to_attr="running"))
        .order_by("group__name")
    )


def asks_of(places: list[Any], now: datetime) -> Iterator[Ask]:
    for place in places:
        if place.agreed_at is None and place.group.is_pair:
            yield Ask(Asks.AGREE, place, timezone.localdate(place.group.created_at))
            continue
        for campaign in place.group.running:
            ask = asked(place, campaign, now)
            if ask is not None:
                yield ask


def asked(place: GroupMember, campaign: Any, now: datetime) -> Ask | None:
    # The query joins the group once, for all its campaigns.
    campaign.group = place.group
    phase = campaign.course.phase(now)
    if phase == Phase.DRAFT:
        return Ask(Asks.OPEN, place, campaign.opens_on, campaign) if place.leads else None
    if phase == Phase.OPEN:
        waiting = campaign.course.is_waiting(now) or campaign.mine
        return None if waiting else Ask(Asks.ANSWER, place, campaign.closes_on, campaign)
    if place.leads:
        return Ask(Asks.COUNT, place, campaign.last_day, campaign)
    return None


def partnership(member: Member, now: date) -> Iterator[Task]:
    """The rows of a day."""
    moment = timezone.now()
    for ask in asks_of(places_of(member), moment):
        group = Group.TODAY if ask.asks == Asks.AGREE else group_of(ask.on, now)
        if ask.asks == Asks.COUNT:
            # Sealed until it is counted: it waits now, and is not late as a legal delay would be.
            group = Group.TODAY
        if group is None:
            continue
        kind, due, action = said(ask, now, moment)
        start = ask.campaign.opens_on if ask.campaign else ask.on
        yield Task(
            None,
            group,
            ask.on,
            kind,
            due,
            share=share_used(start, ask.on, now) if ask.asks == Asks.ANSWER else 0.0,
            text=ask.campaign.title if ask.campaign else "",
            action=action,
            action_url=ask.url,
            page=ask.url,
            about=named(ask.place),
        )


def said(ask: Ask, now: date, moment: datetime) -> tuple[str, str, str]:
    """What waits, its date in words, and the button."""
    day, far = date_long(ask.on), distance(ask.on, now)
    until = {"day": day, "distance": far}
    if ask.asks == Asks.AGREE:
        name = ask.place.group.created_by.name
        return _("%s vous propose un binôme") % name, _("Demandé %s") % far, _("Répondre")
    if ask.asks == Asks.OPEN:
        return _("Baromètre à ouvrir"), _("Prévu le %(day)s, %(distance)s") % until, _("Préparer")
    if ask.asks == Asks.ANSWER:
        return _("Baromètre ouvert"), _("Jusqu’au %(day)s, %(distance)s") % until, _("Voir")
    assert ask.campaign is not None
    if moment < ask.campaign.course.closes + GRACE:
        return _("Baromètre fermé"), _("Les résultats s’ouvrent 30 minutes après la fermeture"), _("Voir")
    return _("Baromètre\u00a0: réponses à compter"), _("Fermé le %(day)s, %(distance)s") % until, _("Compter")
