"""Who measures, who reads, who leads.

A barometer is a group's, not a person's record. Its members read it; those who lead it prepare, close and count
it. The direction and quality read what was settled, never before (T40). What a group publishes, everybody in the
house reads: figures and decisions, no words of anybody (T41). A pair is read by its two members and nobody else.
Answering asks for no account: the card opens the page (views/answering.py).
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from avec.accounts.models import Establishment, Member, Role
from avec.people.models import CARE_ROLES, CareTeamMember, Mandate, Person, in_force

from .models import OVER, Campaign, CampaignState, Decision, Group, GroupKind, GroupMember
from .rules import INSIDE, OUTSIDE, Kind, Side

STEERING = frozenset({Role.DIRECTOR.value, Role.QUALITY.value})
# Who may start a group: those who work with the persons, steer, or represent the users.
STARTING = frozenset({*CARE_ROLES, *STEERING, Role.UNIT_MANAGER.value, Role.USERS_REPRESENTATIVE.value}) - {
    Role.TRAINEE.value
}
# The users' side; everybody else answers as a professional.
USERS = frozenset({Role.PERSON.value, Role.RELATIVE.value, Role.USERS_REPRESENTATIVE.value})


def usual_side(member: Member) -> str:
    """The side somebody answers on, unless whoever leads says otherwise."""
    return Side.USER.value if member.role in USERS else Side.PROFESSIONAL.value


# Published figures open to everybody in the house, but to who keeps the machine (T44).
NEVER = frozenset({Role.ADMINISTRATOR.value})


def own_place(group: Group, member: Member | None) -> GroupMember | None:
    """The member's place in the group, if they hold one now."""
    if member is None or not member.is_active or member.establishment_id != group.establishment_id:
        return None
    return GroupMember.objects.filter(group=group, member=member, left_at=None).first()


def place_beside(member: Member) -> Subquery:
    """The same with a list of campaigns, in its own query: null outside the group, else whether they lead it."""
    own = GroupMember.objects.filter(group=OuterRef("group"), member=member, left_at=None)
    return Subquery(own.values("leads")[:1])


def may_start(member: Member | None) -> bool:
    """Start a group, or compare those one reads."""
    return member is not None and member.is_active and member.role in STARTING


def may_pair(member: Member | None) -> bool:
    """Ask somebody to make a pair: anybody who gives or receives care here."""
    return member is not None and member.is_active and member.role in {*CARE_ROLES, *USERS}


def known_to(member: Member | None) -> QuerySet[Member]:
    """Those this member may ask to make a pair: of somebody who accompanies, the persons whose team they are in and
    who speaks for them; of a person or of their circle, the team. With an account, for both answer and agree.
    """
    if not may_pair(member) or member is None:
        return Member.objects.none()
    persons = Person.objects.visible_to(member)
    found = Member.objects.active().filter(establishment_id=member.establishment_id, user__isnull=False)
    if member.role in CARE_ROLES:
        mandates = Mandate.objects.in_force().filter(related_person__person__in=persons)
        return found.filter(
            Q(pk__in=persons.values("member"))
            | Q(pk__in=mandates.exclude(related_person__member=None).values("related_person__member"))
        )
    teams = CareTeamMember.objects.filter(in_force(), person__in=persons, consent_withdrawn_on__isnull=True)
    return found.filter(pk__in=teams.values("member"))


def may_lead(member: Member | None, group: Group) -> bool:
    """Prepare a campaign, print its cards, close it, count it, hold the session: who leads the group."""
    place = own_place(group, member)
    return place is not None and place.leads and group.archived_at is None


def may_belong(member: Member | None, group: Group) -> bool:
    return own_place(group, member) is not None


def may_read(member: Member | None, campaign: Campaign) -> bool:
    """Read the results: once settled, never before; the group, who steers the house, everybody once published."""
    if member is None or not member.is_active or campaign.state != CampaignState.SETTLED:
        return False
    group = campaign.group
    if member.establishment_id != group.establishment_id:
        return False
    if own_place(group, member) is not None:
        return True
    if group.kind == GroupKind.PAIR:
        return False
    return member.role in STEERING or (campaign.published_at is not None and member.role not in NEVER)


def may_read_words(member: Member | None, campaign: Campaign) -> bool:
    """Comments and words of the session stay in the group (T41)."""
    return may_read(member, campaign) and own_place(campaign.group, member) is not None


def may_review(member: Member | None, campaign: Campaign) -> bool:
    """Read words over before they are shown. A pair reads each other straight: neither hides the other's words."""
    return may_read_words(member, campaign) and not campaign.group.is_pair


def groups_of(member: Member) -> QuerySet[Group]:
    """The groups whose page opens to this member: those they belong to; those of the house, for who steers it."""
    own = GroupMember.objects.filter(group=OuterRef("pk"), member=member, left_at=None)
    found = Q(Exists(own))
    if member.role in STEERING:
        found |= ~Q(kind=GroupKind.PAIR)
    return Group.objects.filter(found, establishment_id=member.establishment_id)


def readable_campaigns(member: Member) -> QuerySet[Campaign]:
    """The settled campaigns this member may read: the same answer as `may_read`, one by one."""
    if not member.is_active:
        return Campaign.objects.none()
    own = GroupMember.objects.filter(group=OuterRef("group"), member=member, left_at=None)
    found = Q(Exists(own))
    if member.role in STEERING:
        found |= ~Q(group__kind=GroupKind.PAIR)
    if member.role not in NEVER:
        found |= Q(published_at__isnull=False) & ~Q(group__kind=GroupKind.PAIR)
    return Campaign.objects.filter(
        found, group__establishment_id=member.establishment_id, state=CampaignState.SETTLED
    )


def floor_for(campaign: Campaign, *, outside: bool = False) -> int:
    """Under how many answers of a side nothing is said. A pair chose to be named, for the two of them alone."""
    if outside:
        return OUTSIDE
    return 1 if campaign.kind == Kind.NAMED.value else INSIDE


def open_decisions(establishment: Establishment) -> QuerySet[Decision]:
    """What the groups of a house decided and have not finished: what its programme may take up. Never a pair's."""
    return Decision.objects.filter(
        ~Q(state__in=OVER),
        ~Q(campaign__group__kind=GroupKind.PAIR),
        campaign__group__establishment=establishment,
    )
