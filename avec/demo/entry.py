"""Who one may enter as, and their account: the cast, then the professionals that an imported file brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from avec.accounts.models import Member, User
from avec.people.models import CARE_ROLES, CareTeamMember, in_force

from .cast import BY_SLUG, CAST, DOMAIN, Actor, Group, Words
from .house import RIVES, TILLEULS

IMPORTED = "importe-"
SHOWN = 24


@dataclass(frozen=True)
class Card:
    """One card of the page."""

    slug: str
    voice: str
    name: str
    short: str
    job: Words
    story: Words
    first: Words = ""


def cards() -> list[tuple[Words, list[Card]]]:
    """The groups of the page, in order, with their cards; a group without cards is left out."""
    groups: list[tuple[Words, list[Card]]] = [
        (group.value, [card_of(actor) for actor in CAST if actor.group == group]) for group in Group
    ]
    groups.append((_("Venus d’un fichier importé"), list(map(imported_card, imported_professionals()))))
    return [(title, shown) for title, shown in groups if shown]


def card_of(actor: Actor) -> Card:
    return Card(actor.slug, actor.voice, actor.name, actor.given_name, actor.job, actor.story, actor.first)


def imported_professionals() -> Iterable[Member]:
    """Members of other invented establishments, in somebody's care team today."""
    teams = CareTeamMember.objects.filter(in_force()).select_related("person").order_by("person_id")
    return (
        Member.objects.active()
        .filter(establishment__is_demo=True, role__in=CARE_ROLES, pk__in=teams.values("member"))
        .exclude(establishment__finess__in=[TILLEULS, RIVES])
        .select_related("establishment")
        .prefetch_related(Prefetch("teams", queryset=teams))
        .order_by("establishment__name", "family_name")[:SHOWN]
    )


def imported_card(member: Member) -> Card:
    persons = list(dict.fromkeys(team.person.name for team in member.teams.all()))
    names = ", ".join(persons[:3]) + ("…" if len(persons) > 3 else "")
    story = _("Dans l’équipe de %(names)s, à %(place)s.") % {
        "names": names,
        "place": member.establishment.name,
    }
    return Card(f"{IMPORTED}{member.pk}", "professional", member.name, member.given_name, member.job, story)


def account_for(slug: str) -> User | None:
    """The account to enter with, at the place of the cast; None when nobody has that name."""
    if slug in BY_SLUG:
        member = Member.objects.filter(
            user__email=BY_SLUG[slug].email, establishment__finess__in=[TILLEULS, RIVES]
        ).first()
    else:
        member = imported_member(slug)
    if member is None:
        return None
    user = member.user or open_account(slug, member)
    if user.current_member_id != member.pk:
        user.current_member = member
        user.save(update_fields=["current_member"])
    return user


def imported_member(slug: str) -> Member | None:
    try:
        pk = UUID(slug.removeprefix(IMPORTED)) if slug.startswith(IMPORTED) else None
    except ValueError:
        return None
    return next((member for member in imported_professionals() if member.pk == pk), None)


def open_account(slug: str, member: Member) -> User:
    """An account without a password: it is entered from the page of the cast only."""
    user = User.objects.create_user(f"{slug}@{DOMAIN}", current_member=member)
    member.user = user
    member.save(update_fields=["user"])
    return user
