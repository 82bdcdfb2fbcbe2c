"""A group and its campaigns, for the tests of this room."""

from datetime import date, timedelta
from random import Random

from django.db.models import F
from django.utils import timezone

from avec.accounts.models import Establishment, Member, Role
from avec.barometer.actions import close_campaign, open_campaign, settle_campaign
from avec.barometer.answering import answer
from avec.barometer.cards import card_of, give
from avec.barometer.instruments import usual_barometer
from avec.barometer.models import Campaign, Group, GroupKind, GroupMember, SideChoice
from avec.barometer.rules import APART, GRACE, Kind, Side


def house(finess: str = "340000001") -> Establishment:
    return Establishment.objects.get_or_create(finess=finess, defaults={"name": "Les Tilleuls"})[0]


def member(
    role: str = Role.PROFESSIONAL.value, *, name: str = "Benali", at: Establishment | None = None
) -> Member:
    return Member.objects.create(establishment=at or house(), role=role, given_name="Sonia", family_name=name)


def group(
    leader: Member, *, kind: str = GroupKind.WORKING_GROUP.value, name: str = "Repas et sorties"
) -> Group:
    """A group that this member leads."""
    made = Group.objects.create(establishment=leader.establishment, kind=kind, name=name, created_by=leader)
    GroupMember.objects.create(
        group=made,
        member=leader,
        side=SideChoice.PROFESSIONAL,
        leads=True,
        agreed_at=timezone.now(),
    )
    return made


def campaign(
    of: Group,
    *,
    kind: Kind = Kind.ANONYMOUS,
    users: int = 30,
    professionals: int = 30,
    title: str = "Novembre",
) -> Campaign:
    """In preparation: today to in two weeks."""
    today: date = timezone.localdate()
    return Campaign.objects.create(
        group=of,
        barometer=usual_barometer(),
        title=title,
        kind=kind.value,
        opens_on=today - timedelta(days=1),
        closes_on=today + timedelta(days=14),
        asked_users=users,
        asked_professionals=professionals,
        created_by=of.created_by,
    )


def some_ratings(of: Campaign, seed: int = 0) -> dict[str, int | None]:
    chance = Random(seed)  # noqa: S311 (matter for a test)
    return {code: chance.randint(0, 4) for code in of.barometer.instrument.codes}


def answers(of: Campaign, side: Side, count: int, *, part: str = "", seed: int = 0) -> None:
    for place, token in enumerate(give(of, side, count)):
        card = card_of(token)
        assert card is not None
        answer(card, some_ratings(of, seed + place), part=part)


def over(of: Campaign, by: Member) -> Campaign:
    """Closed by somebody, and the grace period gone by."""
    closed = close_campaign(of, by=by)
    closed.closed_at = timezone.now() - GRACE - timedelta(minutes=1)
    closed.save(update_fields=["closed_at"])
    return closed


def a_month_later(of: Group) -> None:
    """What the group counted before is a month older: it may open another one."""
    Campaign.objects.filter(group=of, settled_at__isnull=False).update(settled_at=F("settled_at") - APART)


def settled(of: Campaign, by: Member, *, users: int = 6, professionals: int = 7) -> Campaign:
    """Opened, answered by so many on each side, closed and counted, a month after the group's last one."""
    Campaign.objects.filter(group=of.group, settled_at__isnull=False).update(
        settled_at=F("settled_at") - APART
    )
    opened = open_campaign(of, by=by)
    answers(opened, Side.USER, users)
    answers(opened, Side.PROFESSIONAL, professionals, seed=1000)
    return settle_campaign(over(opened, by), by=by)
