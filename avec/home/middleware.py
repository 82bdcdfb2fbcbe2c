"""The menu of the frames: for each role, the pages it can really open, in the same order everywhere."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from avec.accounts.models import Member, Role
from avec.accounts.vocabulary import worded
from avec.barometer.models import GroupMember
from avec.barometer.policy import may_pair, may_start
from avec.people.models import CARE_ROLES, Person
from avec.ui.navigation import Item

from .links import link

# Pages whose address does not begin like the entry they belong to.
BELONGS = {
    "people:team": "people:teams",
    "people:find_colleague": "people:teams",
    "people:add_colleague": "people:teams",
    "people:change_place": "people:teams",
    "people:end_place": "people:teams",
    "careplan:domains": "home:figures",
    "careplan:change_domain": "home:figures",
    "careplan:questionnaires": "home:figures",
    "careplan:add_questionnaire": "home:figures",
    "careplan:questionnaire": "home:figures",
    "careplan:retire_questionnaire": "home:figures",
    "negotiation:grounds": "home:figures",
    "negotiation:add_ground": "home:figures",
    "negotiation:change_ground": "home:figures",
    "negotiation:check_ground": "home:figures",
    "accounts:words": "home:figures",
    "contracts:signing_rules": "home:figures",
    "contracts:change_signing_rule": "home:figures",
    "contracts:restore_signing_rule": "home:figures",
}

LAY = {Role.PERSON.value, Role.RELATIVE.value}
FIGURES = {Role.UNIT_MANAGER.value, Role.DIRECTOR.value, Role.QUALITY.value}


def navigate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Must come after accounts.identify_member. The menu is made only when a frame shows it."""

    def middleware(request: Any) -> HttpResponse:
        request.navigation = SimpleLazyObject(lambda: menu(request.member, request.path, page_of(request)))
        return get_response(request)

    return middleware


def page_of(request: HttpRequest) -> str:
    """The name of the page being read; "" when its address leads nowhere."""
    return request.resolver_match.view_name if request.resolver_match else ""


def menu(member: Member | None, path: str, page: str = "") -> list[Item]:
    """The entries that exist for this member, the page being read marked."""
    entries = [entry for entry in entries_of(member) if entry[0]]
    home = link(BELONGS[page]) if page in BELONGS else ""
    if home in [url for url, *_ in entries]:
        path = home
    # « Accueil » is the beginning of the other addresses of own space: it is current on its own page only.
    within = (url for url, *_ in entries if path == url or (url != link("home:own") and path.startswith(url)))
    here = max(within, key=len, default="")
    return [Item(url, icon, long, short, current=url == here) for url, icon, long, short in entries]


def entries_of(member: Member | None) -> list[tuple[str, str, str, str]]:
    if member is None:
        return []
    if member.role in LAY:
        return [
            (link("home:own"), "home", _("Accueil"), ""),
            (link("home:own_say"), "talk", _("Dire"), ""),
            (link("home:own_contract"), "contract", _("Contrat"), ""),
            (link("home:own_team"), "people", _("Équipe"), ""),
        ]
    entries = []
    if member.role in CARE_ROLES and (member.role not in FIGURES or has_team(member)):
        entries += [
            (link("home:day"), "day", _("Ma journée"), _("Journée")),
            (link("people:list"), "people", worded("%(Short_plural)s"), worded("%(Label)s")),
        ]
    if member.role == Role.UNIT_MANAGER.value and member.unit_id is not None:
        entries.append((link("people:teams"), "people", _("Les équipes"), _("Équipes")))
    if member.role in CARE_ROLES or member.role in FIGURES:
        entries.append((link("clocks:board"), "clock", _("Les horloges"), _("Horloges")))
    if member.role in FIGURES:
        entries.append((link("home:figures"), "chart", _("L’établissement"), _("Chiffres")))
    if measures(member):
        entries.append((link("barometer:home"), "compass", _("Notre partenariat"), _("Partenariat")))
    if member.role == Role.ADMINISTRATOR.value:
        entries.append((link("accounts:members"), "people", _("Les comptes"), _("Comptes")))
    return entries


def measures(member: Member) -> bool:
    """May this member have a group here, or are they in one all the same (a cook, an administrator)?"""
    if may_start(member) or may_pair(member):
        return True
    return GroupMember.objects.filter(member=member, left_at=None).exists()


def has_team(member: Member) -> bool:
    """Is this member in somebody's care team today?"""
    return Person.objects.visible_to(member).exists()
